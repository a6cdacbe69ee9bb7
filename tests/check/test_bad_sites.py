"""Every mistake has a folder, and the report beside it is what a person reads who made that mistake."""

import re
from pathlib import Path

import pytest

from mini_sites import BAD, GOOD, findings_of, report_of
from tsunagite.i18n import catalogue
from tsunagite.records.yaml.reader import MAX_BYTES

# A fixture of half a megabyte helps nobody; test_a_huge_file_is_reported_without_being_read makes its own.
MADE_BY_A_TEST = {"Y107"}


@pytest.mark.parametrize("site", BAD, ids=lambda site: site.name)
def test_a_mistake_is_reported_with_its_place_its_truth_and_what_to_do(site: Path, update_reports: bool) -> None:
    expected = site / "expected.txt"
    report = report_of(site)
    if update_reports:
        expected.write_text(report, encoding="utf-8")
    assert report == expected.read_text(encoding="utf-8")
    assert report, "a mistake that nobody hears of"


@pytest.mark.parametrize("site", BAD, ids=lambda site: site.name)
def test_every_place_of_a_report_is_in_the_file_it_names(site: Path) -> None:
    for finding in findings_of(site):
        path = site / finding.place.file
        if not path.is_file():  # site.yml may be absent
            continue
        lines = re.split("\r\n|\r|\n", path.read_bytes().decode("utf-8", errors="replace"))
        assert 1 <= finding.place.line <= len(lines)
        assert 1 <= finding.place.column <= len(lines[finding.place.line - 1]) + 1


@pytest.mark.parametrize("site", BAD, ids=lambda site: site.name)
def test_no_sentence_is_left_unfinished(site: Path) -> None:
    for language in ("ja", "en"):
        report = report_of(site, language)
        assert "None" not in report
        assert not re.search(r"「」|“”|（）|[{}]\s*$|: $|例: *$|<class|pydantic", report, re.MULTILINE), report


def test_every_finding_of_a_site_has_a_bad_site() -> None:
    shown = {finding.code for site in BAD for finding in findings_of(site)}
    known = {code for code in catalogue("ja")["findings"] if code[0] in "YFMRGW"}  # I: imports have tests of their own
    assert known == shown | MADE_BY_A_TEST


def test_a_huge_file_is_reported_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "resources" / "clubs" / "sakura.yml"
    path.parent.mkdir(parents=True)
    path.write_text("# " + "あ" * MAX_BYTES, encoding="utf-8")
    assert report_of(tmp_path) == (
        "resources/clubs/sakura.yml:1:1  Y107 まちがい  ファイルが大きすぎます（1,536,002 バイト。512,000 バイトまで）。\n"
        "    → ひとつのファイルに記録をひとつずつ分けてください。\n"
    )


def test_a_good_site_is_reported_as_good() -> None:
    assert report_of(GOOD) == ""
