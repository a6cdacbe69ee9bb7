"""The sentences that somebody sets out by: hours, closing days, fees, when it was checked, and what a browser is told of hours."""

from __future__ import annotations

import json
from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from small_site import TODAY, resource, site_view
from tsunagite.engine.assemble import Views
from tsunagite.records.model.contact import Phone
from tsunagite.records.model.hours import Closing, Hours
from tsunagite.records.model.resource import Resource
from tsunagite.records.model.service import Fee, Pause
from tsunagite.site import words
from tsunagite.site.opening import known_days, opening_json
from tsunagite.site.sources import source_rows

DAY = timedelta(days=1)
MONDAY = Hours.model_construct(days=("月",), open="09:15", close="16:45")
KINDS = {
    "terms": [
        {"id": "gathering_place", "label": "通いの場・サロン", "review_months": 6},
        {"id": "welfare_commissioner", "label": "民生委員・児童委員", "term_ends": "2026-11-30"},
    ]
}
LIST = {
    "id": "list", "name": "一覧", "owner": "見本市", "licence": "CC BY 4.0", "credit": "見本市", "file": "files/list.csv",
    "into": "clubs", "columns": {"名前": "name"}, "id_rule": {"prefix": "list", "number": "番号"},
}  # fmt: skip


def record(**fields: object) -> Resource:
    return Resource.model_construct(**{"id": "here", "hours": (MONDAY,), **fields})  # type: ignore[arg-type]


def opening(**fields: object) -> dict[str, object]:
    return dict(json.loads(opening_json(record(**fields), None)))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Views:
    imported = {"sources": [{"source": "list", "row": "1"}], "verified_on": None}
    records = [
        resource("checked", verify_method="電話", verified_by="社会福祉協議会"),
        resource("by-nobody", verify_method="未確認"),
        resource("made-up", sample=True, phones=[{"number": "087-000-0001"}]),
        resource("person", kind="民生委員・児童委員", needs=["相談したい"]),
        resource("listed", **imported),
    ]
    records = [{key: value for key, value in one.items() if value is not None} for one in records]
    return site_view(
        tmp_path_factory.mktemp("words") / "site",
        *records,
        site={"overdue_after_months": 3, "review_months": 12, "licence": "CC BY 4.0"},
        vocabulary__kind=KINDS,
        sources__list={**LIST, "data_date": "2026-09-01"},
    )


def test_a_quarter_of_an_hour_is_told_and_a_day_that_ends_where_it_began_ends_on_the_next():
    assert words.spoken_span(MONDAY) == "9時15分から16時45分まで"
    night = Hours.model_construct(days=("金",), open="22:00", close="22:00")
    assert words.spoken_span(night) == "22時から翌日22時まで"


def test_days_without_hours_are_closing_days_only_where_most_of_the_week_is_written():
    three, four = (
        tuple(Hours.model_construct(days=(day,), open="09:00", close="12:00") for day in days)
        for days in ("月水金", "月火水木")
    )
    assert words.closed_text(record(hours=three)) == ""
    assert words.closed_text(record(hours=four)) == "お休み：金・土・日曜日。"
    assert words.closed_text(record(hours=four, hours_note="第2土曜は開館")) == ""


def test_what_happens_on_holidays_is_told_only_where_somebody_wrote_it():
    told = {
        value: words.closed_text(record(closed_on_days=Closing(holidays=value, year_end="12-29/01-03")))
        for value in (None, False, True)
    }
    new_year = "年末年始（12月29日～1月3日）。"
    assert told == {
        None: f"お休み：{new_year}",
        False: f"お休み：{new_year}祝日も開きます。",
        True: f"お休み：祝日、{new_year}",
    }
    assert "holidays" not in opening(closed_on_days=Closing(year_end="12-29/01-03"))
    assert opening(closed_on_days=Closing(holidays=False))["holidays"] is False


def test_an_amount_of_nothing_is_an_amount(site: Views):
    fee = Fee.model_construct(type="membership", amount=0, unit="1回")
    assert words.fee_text(fee, site.directory.vocabularies) == "会費 1回0円"


def test_a_pause_is_on_from_its_first_day_to_its_last():
    pause = Pause.model_construct(since=TODAY, until=TODAY + DAY)
    until = "2026年11月23日まで"
    assert words.pause_badge(pause, TODAY - DAY) == f"休止（11月22日から{until}）"
    assert words.pause_badge(pause, TODAY) == f"休止（{until}）"
    paused = record(pause=pause)
    assert paused.pause_after(TODAY + DAY) == pause
    assert paused.pause_after(TODAY + 2 * DAY) is None


def test_hours_that_their_own_note_narrows_are_told_to_no_browser():
    assert opening_json(record(hours_note="第1月曜は休み"), None) == ""
    assert opening(closed_on_days=Closing(note="臨時の休みあり"))["note"] is True


def test_only_a_number_that_somebody_answers_is_one_to_call():
    numbers = (Phone(number="087-839-2812", type="fax"), Phone(number="087-839-2811"))
    assert [phone.number for phone in record(phones=numbers).voice_phones] == ["087-839-2811"]


def test_a_day_that_is_still_to_come_tells_no_device_what_day_it_is():
    of = SimpleNamespace(
        published=(record(verified_on=TODAY), record(verified_on=TODAY + DAY)),
        sources={"list": SimpleNamespace(data_date=TODAY + DAY)},
    )
    assert known_days(of, TODAY)["from"] == "2026-11-22"  # type: ignore[arg-type]


def test_a_check_counts_up_to_its_last_day_and_the_kind_says_how_long(site: Views):
    directory, checked = site.directory, site.directory.resources["checked"]
    due = directory.review_due(checked)
    assert due == date(2027, 3, 2)  # six months, as the kind says, and not the twelve of the site
    assert words.fresh_badge(directory, checked, due) == ("2026年9月確認", "2027-03-02", "要確認")
    assert words.fresh_badge(directory, checked, due + DAY) == ("要確認", "", "")
    assert directory.review_due(directory.resources["person"]) == date(2026, 11, 30)
    later = directory.resources["person"].model_copy(update={"verified_on": date(2026, 12, 2)})
    assert directory.review_due(later) == date(2027, 12, 2)  # chosen again since


def test_nobody_is_sent_there_by_an_old_check_from_the_day_after_a_whole_month(site: Views):
    directory, checked = site.directory, site.directory.resources["checked"]
    assert directory.trusted_until(checked) == date(2027, 6, 30)
    assert words.overdue_text(directory, checked, date(2027, 6, 30)) == ""
    assert words.overdue_text(directory, checked, date(2027, 7, 1)).startswith("2026年9月から確かめられていません。")


def test_who_checked_how_is_told_as_it_is_written_and_of_a_sample_that_it_is_made_up(site: Views):
    told = {one: words.verification(site.directory, record).text for one, record in site.directory.resources.items()}
    assert told == {
        "checked": "2026年9月2日に電話で確認（社会福祉協議会）",
        "by-nobody": "2026年9月2日に確認",
        "made-up": "見本の記録です。2026年9月2日に確認",
        "person": "2026年9月2日に確認",
        "listed": "見本市のデータ（2026年9月時点）",
    }


def test_a_list_of_which_nobody_knows_the_day_says_so():
    fields = {
        "name": "一覧",
        "owner": "見本市",
        "licence": "CC BY 4.0",
        "licence_url": None,
        "credit": "見本市",
        "url": None,
    }
    of = SimpleNamespace(
        sources={str(day): SimpleNamespace(**fields, data_date=day) for day in (None, date(2024, 9, 1))},
        placed_area_lists=(),
    )
    assert [one.data_date for one in source_rows(of)] == ["日付不明", "2024年9月1日時点"]  # type: ignore[arg-type]
