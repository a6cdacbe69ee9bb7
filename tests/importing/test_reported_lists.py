"""Lists rebuilt from public reports of people who do this work: each is read with the right values, or its cells are named."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tsunagite.importing import readings
from tsunagite.importing.detect.intake import Said
from tsunagite.importing.draft import Reason
from tsunagite.importing.report.report import ImportReport
from tsunagite.importing.run import Options, import_sources
from tsunagite.records.yaml.reader import read_file

FILES = Path(__file__).parent / "files/reported"
SAID = Said(date(2026, 11, 24))


class Imported:
    """What became of one list: its records by name, its report, and what it says of cells."""

    def __init__(self, root: Path, report: ImportReport) -> None:
        self.report = report
        files = sorted(path for path in (root / "resources").glob("*/*.yml") if path.parent.name != "sources")
        records = [read_file(path, "").value for path in files]
        self.records: dict[str, dict[str, Any]] = {str(one["name"]): one for one in records}
        [listed] = report.lists
        assert listed.plan
        assert listed.is_accounted_for
        self.dropped = {row.row: row.why for row in listed.plan.dropped}
        self.repairs = {(draft.row, repair.column): repair for draft in listed.plan.new for repair in draft.repairs}
        self.told = {one.code: one.values for one in listed.findings}


@pytest.fixture
def imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Imported]:
    """Give a function that imports one of the files into an empty site."""
    monkeypatch.setattr(readings, "_tokenizer", lambda: readings._nothing)

    def run(name: str) -> Imported:
        (tmp_path / "resources").mkdir()
        report = import_sources(tmp_path, [FILES / name], Options(said=SAID))
        assert report.exit_code == 0
        return Imported(tmp_path, report)

    return run


Take = Callable[[str], Imported]


def test_csv_files_pasted_together_lose_neither_rows_nor_their_first_column(imported: Take) -> None:
    got = imported("02-double-bom/concatenated.csv")
    assert list(got.records) == ["見本北会館", "見本南会館", "見本東会館"]
    assert got.dropped == {4: Reason.HEADER_AGAIN}
    assert got.told["I196"]["cells"] == ["A4"]


def test_a_second_byte_order_mark_hides_no_column(imported: Take) -> None:
    got = imported("02-double-bom/no_first.csv")
    assert [one["id"] for one in got.records.values()] == ["no-first-1"]
    assert got.told["I196"]["cells"] == ["A1"]


def test_guards_of_spreadsheets_are_taken_off(imported: Take) -> None:
    got = imported("03-excel-text-guard/list.csv")
    phones = {name: one["phones"] for name, one in got.records.items()}
    assert phones == {
        "見本北会館": [{"number": "0870000001"}],
        "見本南会館": [{"number": "087-000-0002"}],
        "見本西会館": [{"number": "087-000-0003"}],
    }
    assert got.told["I199"]["cells"] == ["K2", "K3", "E4"]


def test_words_for_nothing_are_no_values_and_a_row_named_nan_is_none(imported: Take) -> None:
    got = imported("04-null-words/list.csv")
    assert got.dropped == {5: Reason.NO_NAME}
    assert not {"phones", "hours", "hours_note", "description", "url"} & set(got.records["見本北会館"])
    assert not {"phones", "description", "url"} & set(got.records["見本南会館"])
    assert got.records["見本西会館"]["location"] == {"lat": 34.3401, "lng": 134.0501}
    assert all("備考" not in one["attributes"] for one in got.records.values())
    assert (got.repairs[2, "電話番号"].why, got.repairs[3, "URL"].why) == (Reason.NOTHING, Reason.NOTHING)


def test_numbers_with_exponents_join_nothing_and_are_kept_nowhere(imported: Take) -> None:
    got = imported("05-scientific-ids/care.csv")
    addresses = {name: one["location"]["address"] for name, one in got.records.items()}
    assert addresses == {
        "見本ケア北": "見本県見本市本町1-1",
        "見本ケア南": "見本県見本市本町2-1",
        "見本ケア東": "見本県見本市本町3-1",
    }
    assert not any("E+" in str(one) for one in got.records.values())
    assert got.told["I201"]["cells"] == ["N2", "P2", "N3", "P3", "N4", "P4"]


def test_a_telephone_with_an_exponent_is_none(imported: Take) -> None:
    got = imported("05-scientific-ids/facility.csv")
    assert "phones" not in got.records["見本1.00E+12会館"]
    assert got.records["見本2会館"]["phones"] == [{"number": "087-000-0002"}]


def test_times_are_read_however_a_spreadsheet_left_them(imported: Take) -> None:
    got = imported("06-excel-damage/list.csv")
    hours = {
        name: (one["hours"][0]["open"], one["hours"][0]["close"]) for name, one in got.records.items() if "hours" in one
    }
    usual = ("09:00", "17:00")
    assert hours == {
        "見本北会館": usual, "見本南会館": ("09:00", "17:30"), "見本西会館": usual, "見本東会館": usual, "見本中会館": usual, "見本上会館": usual,
        "見本奥会館": ("22:00", "06:00"),
    }  # fmt: skip
    assert got.records["見本下会館"]["hours_note"] == "月火水木金 9:00～26:00"


def test_what_a_spreadsheet_took_is_proposed_and_not_published(imported: Take) -> None:
    got = imported("06-excel-damage/list.csv")
    assert [name for name, one in got.records.items() if "phones" not in one] == ["見本南会館", "見本西会館"]
    assert (got.repairs[3, "電話番号"].proposal, got.repairs[4, "電話番号"].proposal) == ("087-000-0002", "0870000003")
    assert got.records["見本北会館"]["location"]["address"] == "見本県見本市本町"
    assert got.repairs[2, "住所"].proposal == "1-2"


def test_second_headers_notes_and_totals_are_no_records(imported: Take) -> None:
    got = imported("07-two-headers-notes/list.csv")
    assert list(got.records) == ["見本北会館", "見本南会館"]
    assert got.dropped == {2: Reason.HEADER_AGAIN, 5: Reason.NOTE_ROW, 6: Reason.NOTE_ROW, 7: Reason.TOTAL_ROW}


def test_radicals_become_ideographs_and_variants_stay_as_written(imported: Take) -> None:
    got = imported("08-radicals/list.csv")
    assert list(got.records) == ["長寿会館西", "高松会館", "髙﨑会館", "𠮷野会館", "葛\U000e0100城会館"]
    assert got.records["高松会館"]["location"]["address"] == "見本県見本市木太町1-1"
    assert got.told["I195"]["cells"] == ["E2", "E3", "G3"]


def test_decomposed_kana_are_composed(imported: Take) -> None:
    got = imported("09-nfd/list.csv")
    assert {name: one["name_kana"] for name, one in got.records.items() if "name_kana" in one}[
        "ふれあいプラザ"
    ] == "ふれあいぷらざ"
    assert "デイサービス がんばろう" in got.records
    assert got.told["I197"]["count"] == 4


def test_lost_characters_are_named_with_their_cells_and_entities_decoded(imported: Take) -> None:
    got = imported("10-gaiji/list_utf8.csv")
    assert got.told["I200"]["cells"] == ["E2", "E3", "E4", "E5"]
    assert got.told["I200"]["characters"] == ["U+E000", "〓", "?", "U+FFFD"]
    assert {"見本高会館", "見本&会館 2階"} <= set(got.records)
    assert got.told["I198"]["cells"] == ["E6", "E7"]


def test_private_characters_of_cp932_are_named(imported: Take) -> None:
    assert imported("10-gaiji/list_cp932.csv").told["I200"]["cells"] == ["E2"]


def test_dates_that_a_workbook_made_of_numbers_are_refused(imported: Take) -> None:
    got = imported("30-xlsx/numbers.xlsx")
    assert got.records["見本南会館"]["location"] == {"lat": 34.35, "lng": 134.05}
    assert (got.repairs[3, "住所"].why, got.repairs[3, "住所"].proposal) == (Reason.DATE_CELL, "1-2")
    assert got.repairs[2, "電話番号"].proposal == "0870000001"
    assert got.records["見本南会館"]["hours"] == [{"days": "月-金", "open": "09:00", "close": "17:30"}]


def test_signs_dots_and_country_codes_are_part_of_no_number(imported: Take) -> None:
    got = imported("45-phone-marks/list.csv")
    assert {name: one["phones"] for name, one in got.records.items()} == {
        "見本1会館": [{"number": "087-839-0001"}],
        "見本4会館": [{"number": "087-839-0004"}],
        "見本6会館": [{"number": "087-839-0007"}],
    }


@pytest.mark.parametrize("name", ["points", "aed_points"])
def test_points_of_geojson_reach_the_records_of_every_form(imported: Take, name: str) -> None:
    got = imported(f"41-geojson/{name}.geojson")
    points = [(round(one["location"]["lat"], 2), round(one["location"]["lng"], 2)) for one in got.records.values()]
    assert points == ([(34.34, 134.05), (34.35, 134.06)] if name == "points" else [(34.34, 134.06), (34.34, 134.07)])
