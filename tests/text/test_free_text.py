"""Sentences about hours, closings, fees and ages: structured where they are certain, and nothing at all where they are not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsunagite.records.model.hours import Closing, Hours
from tsunagite.records.model.service import Eligibility
from tsunagite.text.cells import compact_days
from tsunagite.text.dates import WEEKDAYS
from tsunagite.text.free_text import closings_in, read_ages, read_fee, read_hours
from tsunagite.text.hours_notes import ruled_by

BASE = [{"days": "毎日", "open": "09:00", "close": "21:00"}]
# Every sentence about hours, fees and ages in the lists of 高松市 and the care register of this site (CC BY 4.0, see
# resources/sources/files/README.md), with what is read of it, looked through by hand; {} = left as a sentence.
TABLE = Path(__file__).parent / "files" / "free_text.tsv"
CELLS = [
    (kind, json.loads(cell), json.loads(read))
    for kind, cell, read in (line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines())
]


def read(kind: str, cell: str) -> dict[str, Any]:
    if kind in ("fee", "ages"):
        return (read_fee(cell) if kind == "fee" else read_ages(cell)) or {}
    whole = read_hours(cell)
    found: dict[str, Any] = {"hours": [dict(span) for span in whole.spans]} if whole else {}
    if closed := (whole.closings if whole else closings_in(cell)).values:
        found["closed"] = closed
    changed = ruled_by(BASE, cell) if kind == "note" and not whole else BASE
    if changed != BASE:
        found["毎日09:00～21:00"] = [
            f"{span['days']}{span.get('nth', '')} {span['open']}～{span['close']}" for span in changed or ()
        ]
    return found


def test_real_cells_are_read_as_the_table_says() -> None:
    assert len(CELLS) >= 200
    assert [(cell, read(kind, cell)) for kind, cell, wanted in CELLS if read(kind, cell) != wanted] == []


def test_what_is_read_is_what_a_record_may_hold() -> None:
    for kind, cell, wanted in CELLS:
        for span in wanted.get("hours", ()):
            Hours.model_validate(span)
        Closing.model_validate(wanted.get("closed", {}))
        if kind == "ages":
            Eligibility.model_validate(wanted)
        assert cell


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("月～土曜日 9:00～17:00（祝日除く）", [("月-土", "09:00", "17:00")]),
        ("平日9時から17時", [("月-金", "09:00", "17:00")]),
        ("月～金曜日 午前9時～午後5時 土曜日 9:00～12:00", [("月-金", "09:00", "17:00"), ("土", "09:00", "12:00")]),
        ("月・水・金 10:00～12:00、13:00～15:00", [("月水金", "10:00", "12:00"), ("月水金", "13:00", "15:00")]),
        ("毎月第2・4火曜 13時半～15時", [("火", "13:30", "15:00")]),
        ("毎日10:00～20:00（年末年始12/29～1/3を除く）", [("毎日", "10:00", "20:00")]),
        ("毎月第2・4火曜 13時半から", None),
        ("放課後～18:30 土曜日 8:30～18:30", None),
        ("月～金 9:00～17:00（要予約）", None),
        ("9:00～17:00", None),
        ("火曜日 9:00～17:00 火曜日 9:00～12:00", None),
        ("日曜日は9:00～17:00", None),
    ],
)
def test_hours(text: str, spans: list[tuple[str, str, str]] | None) -> None:
    found = read_hours(text)
    assert (None if found is None else [(span["days"], span["open"], span["close"]) for span in found.spans]) == spans


def test_weeks_of_the_month_and_closings_come_along() -> None:
    assert read_hours("毎月第2・4火曜 13時半～15時").spans[0]["nth"] == [2, 4]  # type: ignore[union-attr]
    assert read_hours("月～土曜日 9:00～17:00（祝日除く）").closings.values == {"holidays": True}  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "fee"),
    [
        ("1回200円（材料費別）", {"type": "有料", "amount": 200, "unit": "1回"}),
        ("会費 月500円", {"type": "会費", "amount": 500, "unit": "月"}),
        ("無料", {"type": "無料"}),
        ("大人670円、小人310円", None),
        ("5,000円/年（保険料800円を含む）", None),
        ("席種により異なります", None),
    ],
)
def test_fees(text: str, fee: dict[str, Any] | None) -> None:
    assert read_fee(text) == fee


@pytest.mark.parametrize(
    ("text", "ages"),
    [
        ("65歳以上の方", {"age_min": 65}),
        ("0歳～5歳", {"age_min": 0, "age_max": 5}),
        ("おおむね65歳以上", None),
        ("1号認定 3歳児～、2・3号認定 3か月～", None),
        ("2か月～2歳児", None),
        ("小学1～6年生", None),
    ],
)
def test_ages(text: str, ages: dict[str, int] | None) -> None:
    assert read_ages(text) == ages


@given(st.sets(st.sampled_from(WEEKDAYS), min_size=1), st.integers(0, 22), st.sampled_from(["00", "15", "30"]))
def test_what_is_written_is_what_is_read(days: set[str], hour: int, minute: str) -> None:
    week = compact_days(tuple(day for day in WEEKDAYS if day in days))
    found = read_hours(
        f"{week.replace('-', '～')}曜日 {hour}:{minute}～{hour + 1}:{minute}"
        if week != "毎日"
        else f"毎日 {hour}:{minute}～{hour + 1}:{minute}"
    )
    assert found is not None
    assert found.spans == ({"days": week, "open": f"{hour:02}:{minute}", "close": f"{hour + 1:02}:{minute}"},)


@pytest.mark.parametrize("word", ["祝日", "日曜日", "祝祭日", "12/29～1/3", "国民の祝日", "土曜日曜"])
def test_a_word_written_a_thousand_times_is_no_sentence_and_takes_no_time(word: str) -> None:
    cell = word * 1000
    assert read("hours", cell) == {}


def test_saturday_and_sunday_written_without_a_mark_between_are_two_days() -> None:
    whole = read_hours("土曜日曜9:00～17:00")
    assert whole is not None
    assert [(span["days"], span["open"], span["close"]) for span in whole.spans] == [("土日", "09:00", "17:00")]


@pytest.mark.parametrize(
    ("note", "closed"),
    [
        ("土日祝・振替休日・年末・年始（12月29日～1月3日）利用不可", {"holidays": True, "year_end": "12-29/01-03"}),
        ("12/29～1/3及び臨時休業日を除く", {"year_end": "12-29/01-03"}),
        ("祝日の翌日及び12/29～1/3を除く", {"year_end": "12-29/01-03"}),
        ("年末年始（12/29～1/3）は利用不可、時間外利用可", {"year_end": "12-29/01-03"}),
        ("月曜日と年末年始（１２月２９日から翌年の１月３日まで）は利用不可。", {"year_end": "12-29/01-03"}),
        ("休館日は月曜日（月曜日が休日の場合は翌平日）、12月29日から1月3日", {"year_end": "12-29/01-03"}),
        ("12/29～1/3は10:00～15:00", {}),
        ("12/29～1/3以外は休館なし", {}),
        ("12/29～1/3も開館、1/4は休館", {}),
        ("土日祝開館", {}),
        ("祝日の翌日は休館", {}),
    ],
)
def test_closings_named_beside_others_are_read_and_days_that_are_open_are_not(
    note: str, closed: dict[str, Any]
) -> None:
    assert closings_in(note).values == closed
