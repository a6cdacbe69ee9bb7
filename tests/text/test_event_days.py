"""Days of events are read where day and year are certain, and refused aloud everywhere else."""

from datetime import date

import pytest

from tsunagite.text.event_days import NoYearError, read_event_days

ON = date(2024, 9, 1)


@pytest.mark.parametrize(
    ("written", "days", "span"),
    [
        ("2024-10-05", ["2024-10-05"], False),
        ("2024/10/5～2024/10/6", ["2024-10-05", "2024-10-06"], True),
        ("令和6年10月5日", ["2024-10-05"], False),
        ("9月11日（水）", ["2024-09-11"], False),
        ("9月7日(土)～\n11月4日(月・祝) ", ["2024-09-07", "2024-11-04"], True),
        ("9月28日（土）\n9月29日（日）", ["2024-09-28", "2024-09-29"], False),
        (
            "10月11日、25日、11月8日、22日\nいずれも（金）",
            ["2024-10-11", "2024-10-25", "2024-11-08", "2024-11-22"],
            False,
        ),
        ("①10月27日(日)\n②11月6日(水)", ["2024-10-27", "2024-11-06"], False),
        ("1月9日（木）", ["2025-01-09"], False),
        ("1月13日(祝)(月)", ["2025-01-13"], False),
    ],
)
def test_days_are_read_with_their_year(written: str, days: list[str], span: bool) -> None:
    found = read_event_days(written, ON)
    assert found is not None
    assert ([day.isoformat() for day in found.days], found.span) == (days, span)


@pytest.mark.parametrize("written", ["9月11日", "9月11日(aaa)", "9月11日(月)", "9月31日(月)", "9月14日(土)～18日"])
def test_a_day_whose_year_nothing_tells_is_refused(written: str) -> None:
    with pytest.raises(NoYearError):
        read_event_days(written, ON)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "随時（要調整）",
        "9月の試合日程",
        "8月16日(日)まで",
        "～9月25日(金)",
        "8月5日（水）～8月16日（日）※10日以外",
        "10月6日(日)、9月29日(日)",
    ],
)
def test_what_is_no_certain_day_is_none(written: str) -> None:
    assert read_event_days(written, ON) is None
