"""Every mistake has a folder, and the report beside it is what a person reads who made that mistake."""

import re
from pathlib import Path

from mini_sites import BAD, GOOD, findings_of, report_of
from tsunagite.findings import SourceLocation
from tsunagite.i18n import catalogue
from tsunagite.records.yaml.reader import MAX_BYTES

# A fixture of half a megabyte helps nobody; test_a_huge_file_is_reported_without_being_read makes its own.
MADE_BY_A_TEST = {
    "Y107",
    "F110",
    "F111",
    "F116",  # ten megabytes: tests/site/test_photos.py
    "R107",
    "R108",
    "R109",
}  # the last three need a history of git: tests/records/test_past_ids.py


def test_every_mistake_is_reported_with_its_place_its_truth_and_what_to_do(update_reports: bool) -> None:
    reports = {site.name: report_of(site) for site in BAD}
    if update_reports:
        for site in BAD:
            (site / "expected.txt").write_text(reports[site.name], encoding="utf-8")
    assert reports == {site.name: (site / "expected.txt").read_text(encoding="utf-8") for site in BAD}
    assert [name for name, report in reports.items() if not report] == [], "mistakes that nobody hears of"


def test_every_place_of_a_report_is_in_the_file_it_names() -> None:
    assert [
        f"{site.name}: {finding.place}"
        for site in BAD
        for finding in findings_of(site)
        if not is_in_its_file(site, finding.place)
    ] == []


def is_in_its_file(site: Path, place: SourceLocation) -> bool:
    """Tell whether a line and a column exist in the file that a finding names (site.yml may be absent)."""
    path = site / place.file
    if not path.is_file():
        return True
    lines = re.split("\r\n|\r|\n", path.read_bytes().decode("utf-8", errors="replace"))
    return 1 <= place.line <= len(lines) and 1 <= place.column <= len(lines[place.line - 1]) + 1


def test_no_sentence_is_left_unfinished() -> None:
    unfinished = re.compile(r"None|「」|“”|（）|[{}]\s*$|: $|例: *$|<class|pydantic", re.MULTILINE)
    reports = {(site.name, language): report_of(site, language) for site in BAD for language in ("ja", "en")}
    assert {place: report for place, report in reports.items() if unfinished.search(report)} == {}


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
