"""Numbers read as they are seen: codes keep their zeros and hyphens, values keep all their digits."""

from datetime import date, datetime, time, timedelta

import pytest

from tsunagite.text.number_formats import shown_day, shown_number


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [
        (30, "General", "30"),
        (30.0, "General", "30"),
        (34.34281234567, "0.00", "34.34281234567"),
        (0.1 + 0.2, "General", "0.3"),
        (-12, "0", "-12"),
        (1200, "#,##0", "1200"),
        (0.5, "0%", "50%"),
        (7600074, "000-0000", "760-0074"),
        (7600074, "[<=999]000;[<=9999]000-00;000-0000", "760-0074"),
        (760, "[<=999]000;[<=9999]000-00;000-0000", "760"),
        (878392811, "0000000000", "0878392811"),
        (878392811, r"\(000\)000\-0000", "(087)839-2811"),
        (878392811, "000-000-0000", "087-839-2811"),
        (30, '0"人"', "30人"),
        (12345, "00", "12345"),
        (5, "[Red]0", "5"),
        (float("inf"), "0", ""),
        (1e20, "General", "1e+20"),
    ],
)
def test_a_number_is_what_people_see(value: float, number_format: str, shown: str) -> None:
    assert shown_number(value, number_format) == shown


def test_days_and_times_have_one_spelling() -> None:
    midnight = datetime.combine(date(2026, 3, 1), time())
    moments = (
        date(2026, 3, 1),
        midnight,
        midnight.replace(hour=9, minute=5),
        time(9, 5),
        timedelta(hours=25, minutes=30),
    )
    assert [shown_day(moment) for moment in moments] == [
        "2026-03-01",
        "2026-03-01",
        "2026-03-01 09:05",
        "9:05",
        "25:30",
    ]
