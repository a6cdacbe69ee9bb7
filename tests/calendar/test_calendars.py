"""Files for calendar programs: read back with icalendar and unrolled by dateutil, they name the same days as our pages."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import icalendar
import pypdf
import pytest
from dateutil.rrule import rrulestr

from node import ask_node
from small_site import TODAY, resource, site_view
from tsunagite.calendar import view as calendar_view
from tsunagite.calendar.files import calendars, year_plans
from tsunagite.calendar.view import CROWD
from tsunagite.calendar.year_plan import MOST, year_plan
from tsunagite.engine.artifact import Artifact, Page
from tsunagite.engine.assemble import Views

SITE = {"name": "つなぎ手", "municipality": "高松市", "area": "takamatsu", "site_url": "https://tsunagite.example/"}
AREAS = {
    "records": [
        {"id": "takamatsu", "name": "高松市", "level": "市"},
        {"id": "kita", "name": "木太", "level": "地区", "parent": "takamatsu"},
    ]
}


def event(name: str, **fields: Any) -> dict[str, Any]:
    return {"id": name, "title": name, "kind": "地域ケア会議", "verified_on": "2026-10-05", **fields}


EVENTS = [
    event(
        "second-tuesday",
        when="毎月第2火曜 13:30-15:00",
        holidays="skip",
        cancelled=["2027-01-12"],
        days=[{"on": "2027-01-19"}],
        areas=["kita"],
    ),
    event("weekly", when="毎週月・木曜 10:00-11:00", holidays="skip"),
    event("last-friday", when="毎月最終金曜 18:30", holidays="hold"),
    event("odd-months", when="奇数月の第3木曜 14:00-15:30"),
    event("tenth", when="毎月10日・末日 9:00-9:30", valid_to="2027-06-30"),
    event("once", days=[{"on": "2026-12-06", "start": "9:30", "end": "11:30", "note": "雨のときは13日です。"}]),
    event("night", when="毎月第1土曜 23:00-1:00"),
]


def site_of(folder: Path) -> Views:
    club = resource(
        "club",
        hours=[{"days": "水", "nth": [2, 4], "open": "10:00", "close": "12:00"}],
        closed_on_days={"holidays": True},
    )
    shop = resource("open-place", hours=[{"days": "平日", "open": "10:00", "close": "12:00"}])
    return site_view(folder, club, shop, site=SITE, areas__all=AREAS, events__all={"records": EVENTS})


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Views:
    return site_of(tmp_path_factory.mktemp("calendar") / "town")


def test_a_club_does_not_meet_in_its_pause(tmp_path: Path) -> None:
    fields = {
        "hours": [{"days": "水", "nth": [2, 4], "open": "10:00", "close": "12:00"}],
        "closed_on_days": {"holidays": True},
    }
    club = resource("club", **fields, pause={"since": "2026-12-01", "until": "2027-02-23"})
    listed = resource("listed", **fields, status="休止")
    calendar = site_view(tmp_path / "town", club, listed, site=SITE, areas__all=AREAS).calendar.calendar
    assert [meeting.id for meeting in calendar.meetings] == ["club"]
    days = calendar.days_by_rule(calendar.meetings[0])
    assert [day.isoformat() for day in days[:3]] == ["2026-11-25", "2027-02-24", "2027-03-10"]


def made(site: Views) -> dict[str, bytes]:
    def frame(page: Page) -> Artifact:
        return Artifact(f"{page.path}index.html", page.body.encode())

    return {one.path: one.content for one in calendars(site.calendar, site.keys, frame)}


@pytest.fixture(scope="module")
def files(site: Views) -> dict[str, bytes]:
    return made(site)


def starts(part: icalendar.Event) -> list[datetime]:
    """Unroll one entry as a calendar program does."""
    start = part.decoded("dtstart").replace(tzinfo=None)
    if "rrule" not in part:
        return [start]
    rule = part["rrule"].to_ical().decode().replace("T145959Z", "T235959")  # dateutil wants one kind of time
    without = part.get("exdate")
    gone = {value.dt.replace(tzinfo=None) for value in without.dts} if without else set()
    return [moment for moment in rrulestr(rule, dtstart=start) if moment not in gone]


def unrolled(content: bytes) -> list[tuple[str, str]]:
    calendar = icalendar.Calendar.from_ical(content)
    found = [
        (f"{moment:%Y-%m-%d %H:%M}", str(part["summary"]))
        for part in calendar.walk("VEVENT")
        for moment in starts(part)
    ]
    return sorted(found)


def test_a_calendar_program_sees_exactly_the_days_of_the_pages(site: Views, files: dict[str, bytes]) -> None:
    shown = sorted(
        (f"{one.day} {one.start}", one.meeting.event.title if one.meeting.event else "club")
        for one in site.calendar.calendar.all
    )
    assert len(shown) > 150
    assert unrolled(files["calendar/calendar.ics"]) == shown
    by_another = ask_node("ical_days.mjs", files["calendar/calendar.ics"].decode())
    assert sorted(map(tuple, by_another)) == shown


def test_cancelled_days_holidays_and_year_end_are_left_out_and_a_moved_day_is_there(files: dict[str, bytes]) -> None:
    second = [moment for moment, title in unrolled(files["calendar/calendar.ics"]) if title == "second-tuesday"]
    assert second[:4] == ["2026-12-08 13:30", "2027-01-19 13:30", "2027-02-09 13:30", "2027-03-09 13:30"]
    weekly = {moment[:10] for moment, title in unrolled(files["calendar/calendar.ics"]) if title == "weekly"}
    assert "2026-11-23" not in weekly, "勤労感謝の日"
    assert not weekly & {"2026-12-31", "2027-01-01"}
    assert "2026-12-28" in weekly
    tenth = [moment[:10] for moment, title in unrolled(files["calendar/calendar.ics"]) if title == "tenth"]
    assert tenth[:3] == ["2026-11-30", "2026-12-10", "2026-12-31"]
    assert tenth[-1] == "2027-06-30"


def test_a_file_says_who_it_is_in_which_zone_and_when_it_was_checked(files: dict[str, bytes]) -> None:
    calendar = icalendar.Calendar.from_ical(files["calendar/areas/kita/calendar.ics"])
    parts = calendar.walk("VEVENT")
    assert str(calendar["x-wr-calname"]) == "木太地区の予定（つなぎ手）"
    assert [str(part["uid"]) for part in parts] == [
        "second-tuesday@tsunagite.example",
        "second-tuesday-20270119@tsunagite.example",
    ]
    assert parts[0]["dtstart"].params["TZID"] == "Asia/Tokyo"
    assert parts[0].decoded("dtstart").utcoffset().total_seconds() == 9 * 3600
    assert parts[0]["dtstamp"].to_ical() == b"20261005T000000Z"
    assert str(parts[0]["url"]) == "https://tsunagite.example/events/second-tuesday/"


def test_no_character_that_some_programs_take_for_a_line_end_is_in_a_file(tmp_path: Path) -> None:
    strange = event(
        "strange",
        title="集い\u2028BEGIN:VEVENT",
        place="館\x85X-EVIL:1",
        for_whom="一行\u2029TEL二行",
        days=[{"on": "2026-12-06", "start": "9:30"}],
    )
    site = site_view(
        tmp_path / "town", resource("club"), site=SITE, areas__all=AREAS, events__all={"records": [strange]}
    )
    text = next(content for path, content in made(site).items() if path.endswith(".ics")).decode()
    assert not set(text) & set("\x85\u2028\u2029")
    assert "SUMMARY:集い BEGIN:VEVENT\r\n" in text
    assert [line for line in text.split("\r\n") if line.startswith(("X-EVIL", "TEL"))] == []


def test_an_end_after_midnight_lies_on_the_next_day_and_a_missing_end_is_an_hour_later(files: dict[str, bytes]) -> None:
    ends = {
        str(p["summary"]): p.decoded("dtend") - p.decoded("dtstart")
        for p in icalendar.Calendar.from_ical(files["calendar/calendar.ics"]).walk("VEVENT")
    }
    assert ends["night"].total_seconds() == 2 * 3600
    assert ends["last-friday"].total_seconds() == 3600


def test_clubs_that_meet_are_there_and_places_that_are_open_are_not(files: dict[str, bytes]) -> None:
    titles = {title for _, title in unrolled(files["calendar/calendar.ics"])}
    assert "club" in titles
    assert "open-place" not in titles


def test_the_same_records_give_the_same_bytes(files: dict[str, bytes], tmp_path: Path) -> None:
    assert made(site_of(tmp_path / "again")) == files


def test_the_list_ends_after_six_weeks_and_the_months_after_a_year(site: Views) -> None:
    shown = {part.day for page in site.calendar.lists[0].pages.cuts for part in page}
    assert shown <= {one.day for one in site.calendar.calendar.all}
    assert max(shown) <= date(2027, 1, 3)
    assert [link.path for link in site.calendar.month_links][::11] == ["calendar/2026-11/", "calendar/2027-10/"]
    assert site.today == TODAY


def test_who_did_not_say_what_happens_on_holidays_gets_a_doubt_instead_of_a_guess(site: Views) -> None:
    doubtful = {(str(one.day), one.meeting.id) for one in site.calendar.calendar.all if one.doubtful}
    assert ("2026-12-31", "tenth") in doubtful
    assert not {meeting for _, meeting in doubtful} & {"weekly", "last-friday", "second-tuesday"}


def test_a_site_where_nothing_meets_has_no_calendar(tmp_path: Path) -> None:
    site = site_view(tmp_path / "town", resource("bank", kind="銀行・信用金庫"))
    assert not site.calendar
    assert list(site.calendar.paths()) == []
    assert made(site) == {}


def test_the_year_lies_on_a3_with_every_meeting_its_days_and_rows_to_write_in(site: Views) -> None:
    (paper,) = year_plans(site.calendar)
    assert paper.path == "papers/year-plan.pdf"
    document = pypdf.PdfReader(BytesIO(paper.content))
    assert [round(float(side) / 72 * 25.4) for side in document.pages[0].mediabox[2:]] == [420, 297]
    assert document.metadata is not None
    assert document.metadata.title == "高松市 年間の予定（2026年11月〜2027年10月）"
    text = "".join(page.extract_text() for page in document.pages)
    for word in (
        *(event["title"] for event in EVENTS),
        "club",
        "毎月第2火曜 13時30分から15時まで",
        "2026年11月22日に作成",
        "毎週",
        "書き足す欄",
        "支える人の会議・研修",
        "通いの場・会",
    ):
        assert word in text, word
    plan = year_plan(site.calendar)
    cells = {row.title: row.cells for section in plan.sections for row in section.rows}
    assert cells["second-tuesday"][:4] == ("10", "8", "19", "9")
    assert cells["tenth"][1:4] == ("10・31※", "10・31", "10・28")
    assert cells["once"] == ("", "6", *[""] * 10)


def test_where_many_clubs_meet_on_a_day_lists_of_the_city_count_them_and_their_district_shows_each(
    tmp_path: Path,
) -> None:
    hours = [{"days": "水", "open": "10:00", "close": "12:00"}]
    clubs = [resource(f"club-{number}", hours=hours, service_areas=["kita"]) for number in range(CROWD + 2)]
    clubs += [
        resource("nowhere", hours=hours),
        resource("thursday", hours=[{"days": "木", "open": "10:00", "close": "12:00"}], service_areas=["kita"]),
    ]
    site = site_view(tmp_path / "town", *clubs, site=SITE, areas__all=AREAS, events__all={"records": EVENTS[1:3]})
    pages = made(site)
    whole, month, nowhere = (pages[f"calendar/{path}index.html"].decode() for path in ("", "2026-12/", "elsewhere/"))
    for page in (whole, month):
        assert f"通いの場・会 {CROWD + 3}か所" in page
        assert "r/club-" not in page
        for word in ("r/thursday/", "events/weekly/"):
            assert word in page, word
    assert 'href="../calendar/elsewhere/"' in whole
    assert 'href="calendar.ics">全部の予定のファイル' in whole.replace("../calendar/calendar", "calendar")
    assert nowhere.count("r/nowhere/") == 6
    assert sum(shown(pages, "calendar/areas/kita/").count(f"r/club-{number}/") for number in range(CROWD + 2)) == (CROWD + 2) * 6  # fmt: skip
    assert len(unrolled(pages["calendar/calendar.ics"])) == len(site.calendar.calendar.all)


def test_a_file_of_the_whole_city_leaves_thousands_of_clubs_to_the_files_of_their_districts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calendar_view, "MOST_IN_FILE", CROWD)
    hours = [{"days": "水", "open": "10:00", "close": "12:00"}]
    clubs = [resource(f"club-{number}", hours=hours, service_areas=["kita"]) for number in range(CROWD + 2)]
    clubs.append(resource("nowhere", hours=hours))
    site = site_view(tmp_path / "town", *clubs, site=SITE, areas__all=AREAS, events__all={"records": EVENTS[1:3]})
    pages = made(site)
    meetings = {one.id for one in site.calendar.calendar.meetings}
    filed = {
        name: {str(one["uid"]).split("@")[0] for one in icalendar.Calendar.from_ical(content).walk("VEVENT")}
        for name, content in pages.items()
        if name.startswith("calendar/") and name.endswith(".ics")
    }
    assert "calendar/kinds/clubs/calendar.ics" not in filed
    assert len(filed["calendar/areas/kita/calendar.ics"]) >= CROWD + 2
    assert len(filed["calendar/calendar.ics"]) < CROWD
    found = set().union(*filed.values())
    assert [one for one in meetings if not any(uid.startswith(one) for uid in found)] == []
    whole, kind = (pages[f"calendar/{path}index.html"].decode() for path in ("", "kinds/clubs/"))
    for page in (whole, kind):
        assert f"通いの場や会（{CROWD + 3}件）は多いため" in page
        assert 'href="../calendar/#choose"' in page.replace("../../../calendar", "../calendar")
    assert "行事と会議の予定のファイル（2件、.ics）" in whole
    assert ".ics" not in kind


def shown(pages: dict[str, bytes], path: str) -> str:
    """Return all pages of a list, found as a reader finds them: by the links below each page, and no page is left over."""
    texts: dict[str, str] = {}
    ways = [path]
    while ways:
        if (here := ways.pop()) not in texts:
            texts[here] = pages[f"{here}index.html"].decode()
            ways += [f"{path}{number}/" for number in re.findall(rf'href="[./]*{path}(\d+)/"', texts[here])]
    assert {f"{one}index.html" for one in texts} == {name for name in pages if re.fullmatch(rf"{path}(\d+/)?index.html", name)}  # fmt: skip
    return "".join(texts.values())


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """A district in which 300 clubs meet at one hour of one day, and as many more over the week."""
    days = "水水水月火木"
    clubs = [resource(f"club-{n}", hours=[{"days": days[n % 6], "open": "10:00", "close": "12:00"}], service_areas=["kita"], summary="お茶を飲みながら話します。" * 3) for n in range(600)]  # fmt: skip
    many = [event(f"event-{n}", when="毎週金曜 10:00-11:00") for n in range(CROWD)]
    folder = tmp_path_factory.mktemp("crowd") / "town"
    return made(site_view(folder, site=SITE, areas__all=AREAS, clubs__all={"records": clubs}, events__all={"records": many}))  # fmt: skip


def test_no_page_of_a_calendar_is_heavy_however_many_meet(crowd: dict[str, bytes]) -> None:
    heavy = {path: len(content) for path, content in crowd.items() if path.endswith(".html") and len(content) > 90_000}
    assert heavy == {}


def test_every_meeting_of_a_crowded_district_is_on_one_of_its_pages_once(crowd: dict[str, bytes]) -> None:
    found = Counter(re.findall(r"r/(club-\d+)/", shown(crowd, "calendar/areas/kita/")))
    assert len(found) == 600
    assert set(found.values()) == {6}


def test_a_long_month_counts_in_its_table_and_leads_to_the_page_of_each_day(crowd: dict[str, bytes]) -> None:
    first = crowd["calendar/2026-12/index.html"].decode()
    table = first[first.index("<table") : first.index("</table>")]
    assert "events/" not in table
    links = re.findall(rf'href="[./]*(calendar/2026-12/(?:\d+/)?)#(d\d\d)">予定 {CROWD}件', table)
    assert [day for _, day in links] == ["d04", "d11", "d18", "d25"]
    for path, day in links:
        assert f'id="{day}" data-day="2026-12-{day[1:]}"' in crowd[f"{path}index.html"].decode()
    assert len(re.findall(r'class="cal-item" href="[./]*events/event-', shown(crowd, "calendar/2026-12/"))) == CROWD * 4


def test_a_paper_of_the_year_counts_clubs_that_are_too_many_to_set(tmp_path: Path) -> None:
    clubs = [
        resource(
            f"club-{number}",
            hours=[{"days": "水", "nth": [1], "open": "10:00", "close": "12:00"}],
            service_areas=["kita"],
        )
        for number in range(MOST + 1)
    ]
    site = site_view(
        tmp_path / "town",
        site=SITE,
        areas__all=AREAS,
        clubs__all={"records": clubs},
        events__all={"records": EVENTS[1:3]},
    )
    plan = year_plan(site.calendar)
    assert [section.heading for section in plan.sections if section.rows and section.heading == "通いの場・会"] == []
    assert f"通いの場・会（{MOST + 1}か所）は多いため、この紙にはのせていません。" in plan.note
