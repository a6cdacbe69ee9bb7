"""Rules as people write them: which days they name, and what cannot be read."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tsunagite.text.recurrence import LAST, Recurrence, parse_recurrence

TUESDAY = ("火",)
CASES = {
    "毎月第2火曜 13:30": Recurrence(TUESDAY, (2,), start="13:30"),
    "毎月第2火曜日 13:30-15:00": Recurrence(TUESDAY, (2,), start="13:30", end="15:00"),
    "第2火曜日　１３時３０分から１５時まで": Recurrence(TUESDAY, (2,), start="13:30", end="15:00"),
    "毎週火・木曜 午前10時〜11時半": Recurrence(("火", "木"), start="10:00", end="11:30"),
    "毎週火曜日の午後1時": Recurrence(TUESDAY, start="13:00"),
    "第1・第3水曜 9:30～": Recurrence(("水",), (1, 3), start="09:30"),
    "毎月第一土曜 10:00": Recurrence(("土",), (1,), start="10:00"),
    "毎月最終金曜 18:30-20:00": Recurrence(("金",), (LAST,), start="18:30", end="20:00"),
    "奇数月の第3木曜 14:00": Recurrence(("木",), (3,), (), (1, 3, 5, 7, 9, 11), "14:00"),
    "4月・7月・10月・1月の第1月曜 14:00": Recurrence(("月",), (1,), (), (4, 7, 10, 1), "14:00"),
    "毎月10日・25日 9:00": Recurrence(month_days=(10, 25), start="09:00"),
    "毎月末日 9:00": Recurrence(month_days=(LAST,), start="09:00"),
    "平日 9:00-9:20": Recurrence(("月", "火", "水", "木", "金"), start="09:00", end="09:20"),
    "毎日 6:30": Recurrence(("月", "火", "水", "木", "金", "土", "日"), start="06:30"),
}


@pytest.mark.parametrize("text", CASES)
def test_a_rule_is_read_as_it_is_meant(text: str) -> None:
    assert parse_recurrence(text) == CASES[text]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "毎月第2火曜",
        "第6火曜 13:30",
        "ときどき 13:30",
        "13:30",
        "毎月32日 9:00",
        "13月の第1月曜 9:00",
        "第2火曜 25:00",
        "祝日 9:00",
    ],
)
def test_what_cannot_be_read_is_not_guessed(text: str) -> None:
    assert parse_recurrence(text) is None


def days_of(text: str, year: int = 2027) -> list[str]:
    rule = parse_recurrence(text)
    assert rule
    return [f"{d:%m-%d}" for n in range(365) if rule.falls_on(d := date(year, 1, 1) + timedelta(days=n))]


def test_rules_name_the_right_days_of_a_year() -> None:
    assert days_of("毎月第2火曜 9:00") == [
        "01-12",
        "02-09",
        "03-09",
        "04-13",
        "05-11",
        "06-08",
        "07-13",
        "08-10",
        "09-14",
        "10-12",
        "11-09",
        "12-14",
    ]
    assert days_of("毎月第5日曜 9:00") == ["01-31", "05-30", "08-29", "10-31"]
    assert days_of("毎月最終金曜 9:00")[:3] == ["01-29", "02-26", "03-26"]
    assert days_of("偶数月の末日 9:00") == ["02-28", "04-30", "06-30", "08-31", "10-31", "12-31"]
    assert len(days_of("毎週火・木曜 9:00")) == 104
