"""The lists of this site: imported for real, every row accounted for, a second time without any change."""

import re
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tsunagite.importing.report.report import ImportReport, lines
from tsunagite.importing.run import Options, import_sources
from tsunagite.records.load.pairs import read_pairs
from tsunagite.records.yaml.reader import read_file
from tsunagite.text.cells import one_line

ROOT = Path(__file__).resolve().parent.parent.parent
# What an earlier import wrote; everything else of resources/ is read by an import.
WRITTEN = shutil.ignore_patterns("snapshots")


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ImportReport]:
    """This site's lists imported into a site without any record."""
    root = tmp_path_factory.mktemp("real") / "site"
    for part in ("sources", "areas"):
        shutil.copytree(ROOT / "resources" / part, root / "resources" / part, ignore=WRITTEN)
    shutil.copy(ROOT / "resources/site.yml", root / "resources")
    return root, import_sources(root, [])


@pytest.fixture(scope="module")
def data(fresh: tuple[Path, ImportReport]) -> dict[str, dict[str, Any]]:
    """Every record of the fresh site by id."""
    _, report = fresh
    return {draft.id: draft.data for one in report.lists if one.plan for draft in one.plan.new}


def test_every_row_of_every_list_is_a_record_or_part_of_one_or_dropped_with_a_reason(
    fresh: tuple[Path, ImportReport],
) -> None:
    _, report = fresh
    assert report.exit_code == 0, "\n".join(lines(report))
    assert [one.source_id for one in report.lists if not one.is_accounted_for] == []
    assert len([one for one in report.lists if one.source_id.startswith("takamatsu-")]) >= 40
    assert "mhlw-kaigo" in {one.source_id for one in report.lists}


def test_there_are_two_thousand_records_after_merging(data: dict[str, dict[str, Any]]) -> None:
    assert len(data) >= 2000
    assert len([one for one in data.values() if len({row["source"] for row in one["sources"]}) > 2]) >= 50


def test_every_row_is_reported_where_it_went(fresh: tuple[Path, ImportReport]) -> None:
    _, report = fresh
    text = list(lines(report))
    merged = sum(len(one.plan.merged) for one in report.lists if one.plan)
    dropped = sum(len(one.plan.dropped) for one in report.lists if one.plan)
    assert sum("にまとめました" in line for line in text) == merged >= 500
    assert sum("を除きました" in line for line in text) == dropped >= 50
    assert any("ほかの市町にあります（綾歌郡綾川町" in line for line in text)


def test_importing_again_changes_nothing(fresh: tuple[Path, ImportReport]) -> None:
    root, _ = fresh
    before = {path: path.stat().st_mtime_ns for path in root.rglob("*") if path.is_file()}
    again = import_sources(root, [])
    assert (again.files, [one.plan.changed for one in again.lists if one.plan and one.plan.changed]) == (0, [])
    assert {path: path.stat().st_mtime_ns for path in root.rglob("*") if path.is_file()} == before


def test_the_records_of_this_site_are_those_of_its_lists(data: dict[str, dict[str, Any]]) -> None:
    report = import_sources(ROOT, [], Options(dry_run=True))
    assert [(one.source_id, one.plan.changed) for one in report.lists if one.plan and one.plan.changed] == []
    assert report.files == 0
    plans = [one.plan for one in report.lists if one.plan]
    committed = [
        *(draft for plan in plans for draft in plan.unchanged),
        *(update.draft for plan in plans for update in plan.kept),
    ]
    here, fresh = Counter(draft.name for draft in committed), Counter(one["name"] for one in data.values())
    assert here <= fresh, "ids come from earlier editions, places from the newest"
    assert set(fresh - here) <= {row.name for plan in plans for row in plan.merged}, (
        "rows that were one with a place before it got another name"
    )
    assert (fresh - here).total() <= 5
    assert {path.stem for path in (ROOT / "resources").glob("*/*.yml")} >= {draft.id for draft in committed}


def test_the_doubtful_pairs_are_listed_for_a_person(fresh: tuple[Path, ImportReport]) -> None:
    root, report = fresh
    pairs, findings = read_pairs(root)
    assert findings == []
    assert {frozenset((pair.first, pair.second)) for pair in report.uncertain} <= set(pairs)


def test_no_name_of_an_operator_is_imported_that_a_person_could_have(data: dict[str, dict[str, Any]]) -> None:
    described = read_file(ROOT / "resources/sources/takamatsu-medical.yml", "medical").value
    assert {"establisher", "corporateRepresentative"} <= set(described["ignore"])
    assert not {"establisher", "corporateRepresentative"} & set(described["columns"])
    operators = {
        one["attributes"]["運営する法人"] for one in data.values() if "運営する法人" in one.get("attributes", {})
    }
    assert operators
    assert [name for name in operators if not re.search("会社|法人|組合|協会|[都道府県市町村]$", name)] == []


def test_a_mobile_number_has_its_basis_in_the_record(data: dict[str, dict[str, Any]]) -> None:
    mobile = {
        key: one.get("consent")
        for key, one in data.items()
        if any(re.match("0[6789]0", phone["number"]) for phone in one.get("phones", ()))
    }
    assert set(map(str, mobile.values())) == {"{'basis': 'official_list'}"}


def test_the_offices_of_the_register_are_one_record_each(data: dict[str, dict[str, Any]]) -> None:
    numbers = Counter(
        number
        for one in data.values()
        for number in one.get("external_ids", {}).get("事業所番号", "").split("・")
        if number
    )
    assert len(numbers) == 160
    assert set(numbers.values()) == {1}


def test_free_text_about_hours_stays_as_the_list_has_it(data: dict[str, dict[str, Any]]) -> None:
    assert data["children-club-1"]["hours_note"] == "放課後～19:00\n土曜日　８:０0～19:00"


def test_times_that_differ_by_weekday_are_read_together(data: dict[str, dict[str, Any]]) -> None:
    assert data["city-clinic-1"]["hours"] == [
        {"days": "月木", "open": "14:00", "close": "17:00"},
        {"days": "火金", "open": "10:30", "close": "12:00"},
    ]


def test_nothing_of_the_lists_is_left_on_two_lines_by_accident(data: dict[str, dict[str, Any]]) -> None:
    assert [one["id"] for one in data.values() if one["name"] != one_line(one["name"])] == []
