"""Days that a note beside opening hours excepts are told of no place as open; Python and the browser agree on them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from node import ask_node
from tsunagite.text.doubt_days import days_in_doubt, is_in_doubt
from tsunagite.text.holidays import national_holidays

HOLIDAYS = frozenset(day for year in (2026, 2027) for day in national_holidays(year))
LIBRARY = (
    "土日祝は17：00まで。12/28　9：30～17：00。1/4　正午～17：00。月が休日の場合は翌日休館。毎月末日休館。"
    "12/29～1/3休館。資料特別整理期間（9月中の7日間程度）休館。"
)


@pytest.mark.parametrize(
    ("note", "codes"),
    [
        ("", ()),
        ("土日祝は17:00まで。", ()),
        ("第2・第4水曜日は休み。9:00~17:00", ()),
        ("翌日2:00まで", ()),
        ("祝日は開館。火曜日が祝日の場合は開館で、翌日が休館。", ("shift",)),
        ("月曜休館（祝日の場合は翌日）を除く", ("shift",)),
        ("定休日：第１、第3水曜日（祝日の場合は翌平日）", ("shift",)),
        ("毎月末日休館", ("month-end",)),
        ("7月第3火曜日～8月末日は全曜日利用可能", ()),
        ("最終金曜日は棚卸しのため休み", ("last-week",)),
        ("8/13～8/15は休み", ("08-13/08-15",)),
        ("お盆と12月30日から1月4日まで休み", ("12-30/01-04",)),
        ("お盆休みあり。夏季休業あり。", ("08-10/08-17", "07-20/08-31")),
        ("13/45は休み", ()),
        ("国民の祝日に関する法律に規定する休日及び年末年始（12月29日から翌年の1月3日まで）は利用不可。", ()),
        ("月曜日が休日に当たるときは、その日後においてその日に最も近い休日でない日とする", ("shift",)),
        ("友引、1/1を除く", ("any", "01-01/01-01")),
        ("開設期間：4/1～10/31", ("any", "04-01/10-31")),  # outside of it nobody is there
        ("7月1日から8月31日まで のみ営業", ("any", "07-01/08-31")),
        ("営業時間：１１月～２月は午前８時～午後６時", ("11-01/02-31",)),
        ("12/30は午前中のみ営業", ("12-30/12-30",)),
        ("8/1から8/20までの期間は8：00から18：10まで", ("08-01/08-20",)),
        (
            LIBRARY,
            ("shift", "month-end", "12-28/12-28", "01-04/01-04", "09-01/09-31"),
        ),
    ],
)
def test_a_note_names_the_days_that_it_excepts(note: str, codes: tuple[str, ...]) -> None:
    assert days_in_doubt(note, "12-29/01-03") == codes


@pytest.mark.parametrize(
    ("code", "day", "doubtful"),
    [
        ("shift", "2026-11-23", True),  # a holiday on a Monday
        ("shift", "2026-11-24", True),  # the Tuesday behind it
        ("shift", "2026-11-25", False),
        ("shift", "2027-05-06", True),  # behind three holidays
        ("shift", "2026-08-10", False),
        ("shift", "2027-02-12", True),  # Friday behind the Thursday of 建国記念の日
        ("shift", "2027-02-15", False),  # Monday: the Friday before it was a working day
        ("month-end", "2027-02-28", True),
        ("month-end", "2027-02-27", False),
        ("last-week", "2026-11-24", True),
        ("last-week", "2026-11-23", False),
        ("12-29/01-03", "2027-01-03", True),
        ("12-29/01-03", "2027-01-04", False),
    ],
)
def test_a_code_holds_on_its_days(code: str, day: str, doubtful: bool) -> None:
    assert is_in_doubt(date.fromisoformat(day), (code,), HOLIDAYS) is doubtful


def test_the_browser_says_of_the_same_days_that_it_cannot_tell() -> None:
    every_day = {"spans": [{"days": "月火水木金土日祝", "open": "00:00", "close": "24:00"}], "yearEnd": "12-29/01-03"}
    days = [date(2026, 11, 1) + timedelta(days=n) for n in range(400)]
    notes = [
        LIBRARY,
        "最終金曜日は休み",
        "友引を除く",
        "祝日の場合は翌平日休館",
        "8/10~8/20と2月下旬は休み",
        "いつも開いています",
    ]
    cases = [
        {"opening": {**every_day, "doubt": list(days_in_doubt(note, "12-29/01-03"))}, "moments": [f"{day}T12:00:00" for day in days]}
        for note in notes
    ]  # fmt: skip
    (states,) = ask_node("opening_states.mjs", {"cases": cases, "holidays": [day.isoformat() for day in HOLIDAYS]})
    for note, found in zip(notes, states, strict=True):
        codes = days_in_doubt(note, "12-29/01-03")
        expected = [is_in_doubt(day, codes, HOLIDAYS) for day in days]
        closed = [day.month * 100 + day.day in (1229, 1230, 1231, 101, 102, 103) for day in days]
        assert found == [
            "closed" if shut else "unsure" if doubt else "open" for shut, doubt in zip(closed, expected, strict=True)
        ], note
