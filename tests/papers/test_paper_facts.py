"""What papers say before somebody sets out: closed days, subjects, terms, the notice of a holiday period. The unknown is left out."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from small_site import resource, site_view
from tsunagite.papers.parts.entry import Entries
from tsunagite.papers.parts.facts import (
    closed_words,
    closing_note,
    fee_words,
    holiday_notice,
    subjects,
    terms,
    usual_year_end,
)
from tsunagite.records.model.resource import Resource

NEW_YEAR = {"holidays": True, "year_end": "12-29/01-03"}
RESTATED = "国民の祝日に関する法律に規定する休日及び年末年始（１２月２９日から翌年の１月３日まで）は利用不可。"


def record(tmp_path: Path, **fields: Any) -> Resource:
    view = site_view(tmp_path, resource("window", **fields))
    return view.directory.resources["window"]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, ""),
        ({"closed_on_days": NEW_YEAR}, "休み 祝日・年末年始"),
        ({"closed_on_days": {"year_end": "12-30/01-04"}}, "休み 年末年始（12月30日～1月4日）"),
        ({"closed_on_days": {"holidays": True, "note": "8月は休みます。"}}, "休み 祝日。8月は休みます"),
        ({"closed_on_days": {"holidays": False}}, "祝日も開きます"),
        ({"closed_on_days": NEW_YEAR, "hours_note": RESTATED}, "休み 祝日・年末年始"),
        (
            {"closed_on_days": NEW_YEAR, "hours_note": f"日曜日は17:00まで。{RESTATED}"},
            "休み 祝日・年末年始。日曜日は17:00まで",
        ),
        ({"hours_note": "祝日、12/29～1/3を除く"}, "祝日、12/29～1/3を除く"),
        ({"hours_note": "あ" * 61}, "時間の決まりがほかにもあります。電話で確かめてください"),
    ],
)
def test_closed_days_are_said_in_short_and_nothing_twice(tmp_path: Path, fields: dict[str, Any], words: str) -> None:
    assert closed_words(record(tmp_path, **fields), "12-29/01-03") == words


def test_the_short_form_is_explained_on_the_paper_that_uses_it_and_other_days_are_told(tmp_path: Path) -> None:
    closings = ("12-29/01-03", "12-29/01-03", "12-30/01-04")
    view = site_view(
        tmp_path, *(resource(f"r-{n}", closed_on_days={"year_end": days}) for n, days in enumerate(closings))
    )
    records = tuple(view.directory.resources.values())
    entries = Entries.of(view.papers.source, records)
    assert entries.year_end == usual_year_end(records) == "12-29/01-03"
    assert [entries.by_id[r.id].closed for r in records] == [
        "休み 年末年始",
        "休み 年末年始",
        "休み 年末年始（12月30日～1月4日）",
    ]
    assert closing_note(records, entries.year_end) == "休みの「年末年始」は12月29日～1月3日です。"
    assert not closing_note(records[2:], entries.year_end)


@pytest.mark.parametrize(
    ("today", "told"),
    [
        (date(2026, 11, 23), False),
        (date(2026, 11, 24), True),
        (date(2027, 1, 3), True),
        (date(2027, 1, 4), False),
        (date(2026, 8, 1), False),
    ],
)
def test_a_paper_made_five_weeks_before_the_new_year_or_within_it_says_who_is_closed(
    tmp_path: Path, today: date, told: bool
) -> None:
    closed = record(tmp_path, closed_on_days=NEW_YEAR)
    notice = holiday_notice([closed], "12-29/01-03", today)
    assert notice.startswith("年末年始は1件が休みます。") == told
    assert bool(notice) == told


@pytest.mark.parametrize(
    ("today", "told"),
    [(date(2026, 7, 8), False), (date(2026, 7, 9), True), (date(2026, 8, 16), True), (date(2026, 8, 17), False)],
)
def test_obon_is_told_only_where_a_record_speaks_of_it(tmp_path: Path, today: date, told: bool) -> None:
    closed = record(tmp_path, hours_note="年末年始、お盆休み有り")
    assert bool(holiday_notice([closed], "", today)) == told
    assert not holiday_notice([closed.model_copy(update={"hours_note": ""})], "", today)


def test_terms_are_those_of_the_record_and_no_others(tmp_path: Path) -> None:
    vocabularies = site_view(tmp_path, resource("other")).directory.vocabularies
    full = record(
        tmp_path / "full", eligibility={"age_min": 65, "care_levels": ["要支援1", "要支援2", "要介護1"]}, capacity=12, booking=True,
        access={"features": ["送迎あり"]}, referral_needed=False, phones=[{"number": "087-839-2001"}],
        attributes={"診療科目": "内科、小児科"}, fee={"type": "実費のみ", "amount": 300, "unit": "1食"},
    )  # fmt: skip
    assert (
        terms(full, vocabularies)
        == "対象 65歳以上・要支援1～要介護1　定員 12人　送迎あり　電話してから（予約制）　紹介いりません"
    )
    assert subjects(full) == "内科、小児科"
    assert fee_words(full, vocabularies) == "費用 実費のみ 1食300円"
    bare = record(tmp_path / "bare")
    assert (terms(bare, vocabularies), subjects(bare), fee_words(bare, vocabularies)) == ("", "", "")


def test_what_is_too_long_for_paper_says_that_there_is_more(tmp_path: Path) -> None:
    many = "、".join(f"第{n}内科" for n in range(40))
    long = record(tmp_path, attributes={"診療科目": many}, fee={"type": "有料（自費）", "note": "料" * 60})
    assert subjects(long).endswith("内科ほか")
    assert len(subjects(long)) <= 92
    assert (
        fee_words(long, site_view(tmp_path / "x", resource("other")).directory.vocabularies)
        == "費用 有料（自費）（くわしくは電話で）"
    )
