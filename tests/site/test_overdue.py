"""Freshness in every output: the badge of the last check, and what nobody has checked for too long leaves 「いま開いている」 and the papers."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from small_site import TODAY, resource, site_view
from tsunagite.engine.assemble import Views
from tsunagite.opendata.view import OpenDataView
from tsunagite.papers.parts.selection import Selection
from tsunagite.papers.source import may_be_printed
from tsunagite.records.model.features.pamphlet import Pamphlet
from tsunagite.search.view import DocumentMaker
from tsunagite.site.layout.templates import Templates
from tsunagite.site.opening import opening_of
from tsunagite.site.record import RecordParts

HOURS = [{"days": ["月", "火"], "open": "10:00", "close": "12:00"}]
OLD, LATE, NEW = {"verified_on": "2024-09-02"}, {"verified_on": "2025-09-02"}, {"verified_on": "2026-09-02"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Views:
    records = [
        resource("old", hours=HOURS, **OLD),
        resource("late", hours=HOURS, **LATE),
        resource("new", hours=HOURS, **NEW),
        resource("listed", verified_on=None, sources=[{"source": "list", "row": "1"}]),
        resource("ended", status="終了", closed_date="2026-01-01"),
    ]
    records = [{key: value for key, value in record.items() if value is not None} for record in records]
    return site_view(
        tmp_path_factory.mktemp("overdue") / "site",
        *records,
        site={"overdue_after_months": 6, "licence": "CC BY 4.0"},
        sources__list={
            "id": "list",
            "name": "一覧",
            "owner": "見本市",
            "licence": "CC BY 4.0",
            "credit": "見本市",
            "data_date": "2026-03-01",
            "file": "files/list.csv",
            "into": "clubs",
            "id_rule": {"prefix": "list", "number": "番号"},
            "columns": {"名前": "name"},
        },
    )


def test_trust_ends_with_the_month_in_which_the_time_after_the_review_ends(site: Views) -> None:
    until = {record_id: site.directory.trusted_until(record) for record_id, record in site.directory.resources.items()}
    assert until == {
        "old": date(2026, 3, 31),
        "late": date(2027, 3, 31),
        "new": date(2028, 3, 31),
        "listed": None,
        "ended": None,
    }


def test_a_site_that_sets_no_time_keeps_everything_as_it_is(tmp_path: Path) -> None:
    site = site_view(tmp_path / "site", resource("old", hours=HOURS, **OLD))
    old = site.directory.resources["old"]
    assert site.directory.trusted_until(old) is None
    assert may_be_printed(site.directory, old, TODAY)
    assert "trusted" not in site.record_views.of(RecordParts(old)).opening


def test_the_interval_of_a_kind_goes_before_that_of_the_site(tmp_path: Path) -> None:
    kinds = {"terms": [{"id": "gathering_place", "label": "通いの場・サロン", "group": "clubs", "review_months": 24}]}
    site = site_view(
        tmp_path / "site",
        resource("new", **NEW),
        resource("own", review_due="2026-10-01", **NEW),
        vocabulary__kind=kinds,
    )
    due = {record_id: site.directory.review_due(record) for record_id, record in site.directory.resources.items()}
    assert due == {"new": date(2028, 9, 2), "own": date(2026, 10, 1)}


def test_every_output_has_the_same_badge_and_the_same_last_day(site: Views) -> None:
    cards = {record_id: site.cards[record_id].fresh for record_id in site.cards}
    assert cards == {
        "old": ("要確認", "", ""), "late": ("要確認", "", ""), "new": ("2026年9月確認", "2027-09-02", "要確認"),
        "listed": ("2026年3月のデータ", "2028-03-01", "要確認"), "ended": None,
    }  # fmt: skip
    document = DocumentMaker(site.directory).of(site.directory.resources["old"])
    assert document.card
    assert document.card.dated_badges == [("2024年9月確認", "2025-09-02", "要確認")], (
        "browsers decide by the reader's day"
    )
    page = json.loads(site.record_views.of(RecordParts(site.directory.resources["old"])).opening)
    columns = site.facets.columns()["hours"]
    assert page["trusted"] == "2026-03-31"
    assert page in [opening_of(entry) for entry in columns.table]
    assert opening_of(document.hours) == page


def test_days_that_a_note_or_the_note_of_closed_days_excepts_are_told_with_the_hours(tmp_path: Path) -> None:
    fields = {
        "hours": HOURS,
        "hours_note": "毎月末日休館",
        "closed_on_days": {"note": "8/13～8/15", "year_end": "12-29/01-03"},
    }
    site = site_view(tmp_path / "site", resource("hall", **fields))
    opening = json.loads(site.record_views.of(RecordParts(site.directory.resources["hall"])).opening)
    assert opening["doubt"] == ["month-end", "08-13/08-15"]


def test_hours_for_programs_end_on_the_last_day_on_which_they_are_relied_on(site: Views) -> None:
    ends = {"old": ["2026-03-31"], "late": ["2027-03-31"], "new": ["2028-03-31"], "listed": [None]}
    given = {record.id: record for record in OpenDataView.of(site.directory, TODAY).records}
    for record_id, last in ends.items():
        data = json.loads(site.record_views.of(RecordParts(site.directory.resources[record_id])).json_ld)
        said = [span.get("validThrough") for span in data.get("openingHoursSpecification", [{}])]
        assert said == last, record_id
        assert [span.valid_to or None for span in given[record_id].spans] == [one for one in last if one], record_id


def test_a_record_page_warns_and_a_list_shows_the_badge(site: Views) -> None:
    old, late = (site.record_views.of(RecordParts(site.directory.resources[one])) for one in ("old", "late"))
    assert (
        old.overdue
        == "2024年9月から確かめられていません。いまも開いているかはわかりません。行く前に、かならず電話で確かめてください。"
    )
    assert late.overdue == ""
    html = Templates().render("record", base="", view=old, exit_url="")
    assert old.overdue in html
    assert '<span class="ts-badge">要確認</span></h1>' in html
    listed = next(site.lists.page(cut) for cut in site.lists.cuts() if cut.path == "all/")
    html = Templates().render("list", base="", view=listed, list=listed.head, exit_url="")
    assert html.count('<span class="ts-badge">要確認</span>') == 2
    assert (
        '<span class="ts-badge ts-badge--checked" data-until="2027-09-02" data-then="要確認">2026年9月確認</span>'
        in html
    )


def test_papers_hold_no_record_that_nobody_has_checked_for_too_long(site: Views) -> None:
    paper = Pamphlet.model_validate(
        {"id": "all", "title": "集まり", "layout": "booklet"}, context={"vocabularies": site.directory.vocabularies}
    )
    assert [one.id for one in Selection(site.papers.source, paper).records] == ["late", "listed", "new"]


def test_a_check_of_an_office_with_a_term_counts_until_the_term_ends(tmp_path: Path) -> None:
    kinds = {"terms": [{"id": "gathering_place", "term_ends": "2026-08-31"}]}
    site = site_view(
        tmp_path / "site",
        resource("before", verified_on="2026-06-01"),
        resource("after", verified_on="2026-09-02"),
        vocabulary__kind=kinds,
    )
    due = {record_id: site.directory.review_due(record) for record_id, record in site.directory.resources.items()}
    assert due == {"before": date(2026, 8, 31), "after": date(2027, 9, 2)}
