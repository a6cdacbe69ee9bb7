"""A note beside opening hours rules them: it narrows the days it names, or nothing of them is certain any more."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsunagite.text.dates import WEEKDAYS, parse_days
from tsunagite.text.hours_notes import closes_on_holidays, ruled_by

WEEK = [{"days": "月-土", "open": "09:00", "close": "18:00"}]


def shown(spans: list[dict[str, Any]] | None) -> list[str] | None:
    return (
        None if spans is None else [f"{one['days']}{one.get('nth', '')} {one['open']}-{one['close']}" for one in spans]
    )


@pytest.mark.parametrize(
    ("note", "spans"),
    [
        ("水・土は午前のみ", ["月火木金 09:00-18:00", "水土 09:00-12:00"]),
        ("木曜日、土曜日は午前中のみ", ["月火水金 09:00-18:00", "木土 09:00-12:00"]),
        ("木曜日、土曜日は12：30まで", ["月火水金 09:00-18:00", "木土 09:00-12:30"]),
        ("土曜日のみ13:00まで", ["月-金 09:00-18:00", "土 09:00-13:00"]),
        ("【木】8:30～12:30", ["月火水金土 09:00-18:00", "木 08:30-12:30"]),
        ("水曜、土曜午後休診", ["月火木金 09:00-18:00", "水土 09:00-12:00"]),
        ("休診日：水曜・日曜・祝日", ["月火木金土 09:00-18:00"]),
        ("第2・第4水曜休診", ["月火木金土 09:00-18:00", "水[1, 3, 5] 09:00-18:00"]),
        ("土曜日は第1・3のみ", ["月-金 09:00-18:00", "土[1, 3] 09:00-18:00"]),
        ("昼休み12:30～14:00", ["月-土 09:00-12:30", "月-土 14:00-18:00"]),
        ("金曜日は20:00まで", ["月火水木土 09:00-18:00", "金 09:00-20:00"]),
    ],
)
def test_a_note_narrows_the_days_it_names(note: str, spans: list[str]) -> None:
    assert shown(ruled_by(WEEK, note)) == spans


@pytest.mark.parametrize(
    "note",
    [
        "第2・第4水曜",
        "不定休",
        "隔週土曜休診",
        "水曜日は奇数週のみ",
        "受付は11:30まで",
        "木曜午後、土曜午後、日祝休診",
        "11月～2月は17:00まで",
        "土曜は要問合せ",
    ],
)
def test_what_is_not_understood_leaves_nothing_certain(note: str) -> None:
    assert ruled_by(WEEK, note) is None


@pytest.mark.parametrize(
    "note",
    [
        "予約制",
        "時間外も電話対応",
        "日曜日は当番医",
        "祝日、12/29～1/3を除く",
        "月曜が休日の場合は翌日休館。毎月末日休館。",
        "開所日のみ",
        "緊急時は24時間対応",
    ],
)
def test_what_says_nothing_of_a_usual_week_changes_nothing(note: str) -> None:
    assert ruled_by(WEEK, note) == WEEK


def test_holidays_that_close_with_weekdays_are_known() -> None:
    assert [
        closes_on_holidays(note) for note in ("日曜・祝日休診", "休診日：水・日・祝", "祝日は開館", "水曜休診")
    ] == [True, True, False, False]


NOTES = st.lists(
    st.sampled_from(
        [
            "水・土は午前のみ",
            "【木】8:30～12:30",
            "第2・第4水曜休診",
            "12:00～13:00休憩",
            "日祝休診",
            "土曜日は13:00まで",
            "予約制",
        ]
    ),
    max_size=4,
)


@given(st.sets(st.sampled_from(WEEKDAYS), min_size=1), NOTES)
def test_a_note_is_obeyed_once_and_opens_no_day(days: set[str], notes: list[str]) -> None:
    spans = [{"days": "".join(day for day in WEEKDAYS if day in days), "open": "09:00", "close": "18:00"}]
    note = "。".join(notes)
    once = ruled_by(spans, note)
    if once is not None:
        assert {day for one in once for day in parse_days(one["days"]) or ()} <= days
        assert ruled_by(once, note) == once
