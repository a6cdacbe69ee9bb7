"""What is open when: our module and opening-hours-py (the rules of OpenStreetMap) judge the same made-up hours alike.

The two differ on purpose where a night runs into or out of a closed holiday: there, OpenStreetMap shuts at midnight a pub
that opened on the eve, and opens at midnight one that was shut all day. So nights and closing days are tried apart.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from opening_hours import OpeningHours

from node import ask_node
from tsunagite.text.holidays import national_holidays

OSM_DAYS = dict(zip("月火水木金土日", ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"), strict=True))
HOLIDAYS = [day for year in (2026, 2027) for day in national_holidays(year)]
CASES = 300


def made_up(chance: Random, *, nights: bool) -> dict[str, Any]:
    """Hours as a record may have them: up to three spans, any weekdays, some nth weeks; past midnight or with closings."""

    def times() -> list[str]:
        found = [f"{hour:02}:{chance.choice(('00', '15', '30', '45'))}" for hour in chance.sample(range(24), 2)]
        return found if nights else sorted(found)

    def span() -> dict[str, Any]:
        days = "".join(day for day in OSM_DAYS if chance.random() < 0.4) or chance.choice(list(OSM_DAYS))
        nth = sorted(chance.sample(range(1, 6), chance.choice((0, 0, 1, 2))))
        opens, closes = times()
        return {"days": days, "open": opens, "close": closes, "nth": nth}

    return {
        "spans": [span() for _ in range(chance.randint(1, 3))],
        "holidays": not nights,
        "yearEnd": "01-01/01-01" if nights else "12-28/01-04",
        "note": False,
        "appointment": False,
    }


def some_moments(chance: Random, *, closings: bool) -> list[datetime]:
    """Moments of two years; with ``closings`` half of them on days near holidays and New Year."""
    days = [date(year, 1, 10) + timedelta(days=chance.randrange(345)) for year in (2026, 2027) for _ in range(4)]
    if closings:
        days += [chance.choice(HOLIDAYS) + timedelta(days=chance.randint(-1, 1)) for _ in range(6)]
        days += [date(2026, 12, 31) + timedelta(days=chance.randint(-6, 6)) for _ in range(2)]
    clock = [time(hour, minute) for hour in range(24) for minute in (0, 7, 15, 30, 59)]
    return [datetime.combine(day, chance.choice(clock)) for day in days]  # on the wall, so without a zone


def as_osm(opening: dict[str, Any]) -> str:
    """The same hours in the language of OpenStreetMap. ``,`` adds a rule, ``;`` lets a later one replace the day."""
    rules = []
    for span in opening["spans"]:
        nth = f"[{','.join(map(str, span['nth']))}]" if span["nth"] else ""
        days = ",".join(f"{OSM_DAYS[day]}{nth}" for day in span["days"])
        end = int(span["close"][:2]) + (24 if span["close"] <= span["open"] else 0)
        rules.append(f"{days} {span['open']}-{end:02}:{span['close'][3:]}")
    # Holidays are written as dates: the second judge's own table of Japan has another equinox in 2027.
    off = [f"{day:%Y %b %d} off" for day in HOLIDAYS] if opening["holidays"] else []
    return "; ".join([", ".join(rules), *off, *(["Dec 28-Jan 4 off"] if opening["holidays"] else [])])


def judged_alike(chance: Random, *, nights: bool) -> int:
    """Ask both judges; return at how many moments something was open."""
    cases = [(made_up(chance, nights=nights), some_moments(chance, closings=not nights)) for _ in range(CASES)]
    question = {
        "cases": [
            {"opening": opening, "moments": [m.isoformat(timespec="minutes") for m in when]} for opening, when in cases
        ],
        "holidays": [day.isoformat() for day in HOLIDAYS],
    }
    (states,) = ask_node("opening_states.mjs", question)
    for (opening, when), ours in zip(cases, states, strict=True):
        judge = OpeningHours(as_osm(opening))
        theirs = ["open" if judge.is_open(moment) else "closed" for moment in when]
        assert ours == theirs, (as_osm(opening), [str(moment) for moment in when])
    return sum(ours.count("open") for ours in states)


def test_two_judges_agree_on_days_nights_and_weeks_of_a_month() -> None:
    assert judged_alike(Random(20261123), nights=True) > CASES  # noqa: S311 - no secret


def test_two_judges_agree_on_days_around_holidays_and_new_year() -> None:
    assert judged_alike(Random(20261124), nights=False) > CASES  # noqa: S311 - no secret


def test_two_judges_agree_on_the_weekdays_of_a_usual_week() -> None:
    """ "On Saturdays at ten" is yes where it is open on some such Saturday of the next months, holidays left aside."""
    chance, today = Random(20261125), date(2027, 1, 12)  # noqa: S311 - no secret
    cases = [
        (made_up(chance, nights=True), [(chance.choice("月火水木金土日"), chance.randrange(1440)) for _ in range(6)])
        for _ in range(150)
    ]
    question = {"cases": [{"opening": opening, "days": asked} for opening, asked in cases], "today": today.isoformat()}
    (answers,) = ask_node("opening_days.mjs", question)
    for (opening, asked), ours in zip(cases, answers, strict=True):
        judge = OpeningHours(as_osm(opening))
        for (name, minute), answer in zip(asked, ours, strict=True):
            first = today + timedelta(days=("月火水木金土日".index(name) - today.weekday()) % 7)
            moments = [
                datetime.combine(first + timedelta(weeks=week), time(minute // 60, minute % 60)) for week in range(27)
            ]
            assert answer == any(judge.is_open(moment) for moment in moments), (as_osm(opening), name, minute)
    assert sum(map(sum, answers)) > 150
