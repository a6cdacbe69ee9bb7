"""Dates, times and weekdays: one right form is read, the usual other ones are guessed, nonsense is neither."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsunagite.text import dates


@pytest.mark.parametrize(
    ("written", "day"),
    [("2026-09-02", date(2026, 9, 2)), ("２０２６－０９－０２", date(2026, 9, 2)), (" 2026-09-02 ", date(2026, 9, 2))],
)
def test_a_date_in_the_right_form_is_read_in_any_width(written, day):
    assert dates.parse_iso(written) == day


@pytest.mark.parametrize(
    "written", ["2026/9/2", "2026-9-2", "2026-02-30", "令和8年9月2日", "", "2026-09-02 10:00", "20260902"]
)
def test_anything_else_is_no_date(written):
    assert dates.parse_iso(written) is None


@pytest.mark.parametrize(
    "written",
    [
        "2026/9/2",
        "2026年9月2日",
        "2026.9.2",
        "令和8年9月2日",
        "R8.9.2",
        "Ｒ８．９．２",
        "令和8年 9月 2日ごろ",
        "2026-9-2",
    ],
)
def test_dates_as_people_write_them_are_guessed(written):
    assert dates.guess_date(written) == date(2026, 9, 2)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("令和元年5月1日", date(2019, 5, 1)),
        ("平成31年4月30日", date(2019, 4, 30)),
        ("H1.1.8", date(1989, 1, 8)),
        ("昭和64年1月7日", date(1989, 1, 7)),
    ],
)
def test_eras_begin_with_the_year_one(written, day):
    assert dates.guess_date(written) == day


@pytest.mark.parametrize("written", ["", "来週", "2026年13月1日", "2026年2月30日", "9月2日"])
def test_nothing_is_guessed_where_no_day_is_written(written):
    assert dates.guess_date(written) is None


@pytest.mark.parametrize(
    ("written", "time"),
    [("9:30", "09:30"), ("09:30", "09:30"), ("０：００", "00:00"), ("24:00", "24:00"), ("23:59", "23:59")],
)
def test_a_time_of_day_is_read(written, time):
    assert dates.parse_time(written) == time


@pytest.mark.parametrize("written", ["24:01", "25:00", "9:60", "9時", "930", "", "-1:00", "9:3"])
def test_what_is_no_time_of_day_is_not_read(written):
    assert dates.parse_time(written) is None


@pytest.mark.parametrize(
    ("written", "time"),
    [
        ("9時半", "09:30"),
        ("9時", "09:00"),
        ("午後1時", "13:00"),
        ("午後1時30分", "13:30"),
        ("13.30", "13:30"),
        ("午前9時5分", "09:05"),
        ("午後12時", "12:00"),
    ],
)
def test_times_as_people_say_them_are_guessed(written, time):
    assert dates.guess_time(written) == time


@pytest.mark.parametrize(
    ("written", "days"),
    [("月水金", "月水金"), ("金・月", "月金"), ("月-金", "月火水木金"), ("月～土", "月火水木金土"), ("月〜金", "月火水木金"), ("平日", "月火水木金"),
     ("毎日", "月火水木金土日"), ("土日祝", "土日祝"), ("月曜日・木曜日", "月木"), ("日祝", "日祝"), ("水", "水"), ("火 曜", "火")],
)  # fmt: skip
def test_weekdays_are_read_in_the_order_of_the_week(written, days):
    assert dates.parse_days(written) == tuple(days)


@pytest.mark.parametrize("written", ["", "第2月", "月月", "金-月", "mon", "月-", "祝-月", "月火?"])
def test_what_names_no_weekdays_is_refused(written):
    assert dates.parse_days(written) is None


@pytest.mark.parametrize(
    ("days", "shown"),
    [("月火水木金", "月～金"), ("月火", "月・火"), ("火木", "火・木"), ("月火水木金土日", "毎日"), ("月火水木金土日祝", "毎日・祝"), ("土日祝", "土・日・祝"),
     ("木金土", "木～土"), ("月水木金", "月・水・木・金"), ("祝", "祝")],
)  # fmt: skip
def test_weekdays_are_shown_as_people_print_them(days, shown):
    assert dates.day_run(tuple(days)) == shown


def test_days_and_months_are_shown_without_leading_zeros():
    assert dates.japanese_date(date(2026, 9, 2)) == "2026年9月2日"
    assert dates.japanese_month(date(2026, 9, 2)) == "2026年9月"


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [(date(2026, 1, 31), 1, date(2026, 2, 28)), (date(2027, 12, 31), 2, date(2028, 2, 29)), (date(2026, 11, 22), 12, date(2027, 11, 22)),
     (date(2026, 8, 31), 1, date(2026, 9, 30)), (date(2026, 12, 1), 1, date(2027, 1, 1)), (date(2026, 3, 1), -1, date(2026, 2, 1)),
     (date(9999, 6, 1), 12, date(9999, 12, 31))],
)  # fmt: skip
def test_months_are_added_to_the_same_day_or_the_last_of_the_month(day, months, then):
    assert dates.add_months(day, months) == then


@given(st.dates(date(1901, 1, 1), date(2199, 12, 31)), st.integers(1, 120))
def test_adding_months_never_skips_one(day, months):
    then = dates.add_months(day, months)
    assert (then.year * 12 + then.month) - (day.year * 12 + day.month) == months
    assert then.day == day.day or (then + timedelta(days=1)).day == 1


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused_without_an_error(text):
    assert dates.parse_iso(text) is None or dates.parse_iso(text) == dates.guess_date(text)
    dates.guess_date(text)
    assert dates.guess_time(text) is None or dates.parse_time(dates.guess_time(text)) == dates.guess_time(text)
    assert dates.parse_days(text) != ()


@given(st.lists(st.sampled_from(dates.DAYS), min_size=1, unique=True))
def test_a_selection_of_weekdays_is_read_back_in_any_order(days):
    assert dates.parse_days("".join(days)) == tuple(day for day in dates.DAYS if day in days)


def test_a_run_of_weekdays_may_end_with_the_holidays() -> None:
    assert dates.parse_days("月〜金、祝") == (*"月火水木金", "祝")
    assert dates.parse_days("月～金・祝") == (*"月火水木金", "祝")


def test_two_weekdays_without_a_mark_between_are_two_weekdays() -> None:
    assert dates.parse_days("土曜日曜") == ("土", "日")
    assert dates.parse_days("土曜日日曜日") == ("土", "日")
