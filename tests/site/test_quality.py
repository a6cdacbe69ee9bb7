"""The page of the state of the data: whom to call, what is known of which kinds, what may be one record, how the number went."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from small_site import TODAY, resource, site_view
from tsunagite.check.load import load
from tsunagite.news.history import FileHistory, History
from tsunagite.site.quality import QualityView, percent_of
from tsunagite.site.trend import Month, TrendView, months_of

POINT = {"address": "見本市桜町一丁目9-12", "lat": 34.3401, "lng": 134.0434}


def at(day: str) -> int:
    return int(datetime.fromisoformat(f"{day}T03:00:00").replace(tzinfo=UTC).timestamp())


def test_records_to_call_about_are_counted_by_owner_and_area_without_lists_and_samples(tmp_path: Path) -> None:
    site = site_view(
        tmp_path,
        resource("old", organization="kai", verified_on="2024-01-05"),
        resource("older", organization="kai", verified_on="2023-05-01"),
        resource("fresh", organization="kai"),
        resource("made-up", organization="kai", verified_on="2020-01-05", sample=True, phones=[{"number": "087-000-0000"}]),
        organizations__kai={"id": "kai", "name": "さくら会"},
    )  # fmt: skip
    view = QualityView.of(site.directory, TODAY, ())
    assert [(one.name, one.count, one.never, one.oldest) for one in view.by_owner] == [
        ("さくら会", 2, 0, "2023年5月1日")
    ]
    assert [(one.name, one.count) for one in view.by_area] == [("地区のわからない記録", 2)]
    clubs = next(one for one in view.by_group if one.label == "通いの場・住民活動")
    assert (clubs.total, clubs.percents[0], clubs.percents[3]) == (4, 100, 0)  # telephone, fee


def test_like_names_near_each_other_are_suspected_and_rows_that_one_list_tells_apart_are_not(tmp_path: Path) -> None:
    far = {"address": "見本市港町二丁目1", "lat": 34.36, "lng": 134.08}
    source = {
        "id": "list", "name": "公園", "owner": "見本市", "licence": "CC BY 4.0", "credit": "見本市", "file": "files/x.csv", "into": "clubs",
        "id_rule": {"prefix": "x", "number": "番号"}, "columns": {"名前": "name"},
    }  # fmt: skip
    site = site_view(
        tmp_path,
        {**resource("one", location=POINT), "name": "サンリッチ屋島"},
        {**resource("two", location=POINT), "name": "ケアハウスサンリッチ屋島"},
        {**resource("three", location=far), "name": "サンリッチ屋島"},
        {**resource("east", location=POINT, sources=[{"source": "list"}]), "name": "見本ひだまり公園東"},
        {**resource("west", location=POINT, sources=[{"source": "list"}]), "name": "見本ひだまり公園西"},
        sources__list=source,
    )
    pairs = {(one.first.label, one.second.label) for one in QualityView.of(site.directory, TODAY, ()).suspected}
    assert {frozenset(pair) for pair in pairs} == {frozenset(("サンリッチ屋島", "ケアハウスサンリッチ屋島"))}
    said = tmp_path / "resources/sources/pairs.yml"
    for answer, left in (("", 1), ("same: true", 1), ("same: false", 0)):
        said.write_text(f"pairs:\n  - a: two\n    b: one\n    {answer}\n", encoding="utf-8")
        assert QualityView.of(load(tmp_path, TODAY).directory, TODAY, ()).suspected_count == left, answer


def test_the_number_of_each_month_is_that_of_records_that_had_come_and_not_closed(tmp_path: Path) -> None:
    site = site_view(
        tmp_path,
        resource("first"),
        resource("later"),
        resource("ended", status="終了", closed_date="2026-10-10"),
        resource("uncommitted"),
        resource("idea", stage="すぐできる", phones=[]),
    )
    begun, later = at("2026-08-15"), at("2026-09-20")
    files = {
        "first": FileHistory(None, begun),
        "ended": FileHistory(None, begun),
        "later": FileHistory(later, later),
        "idea": FileHistory(None, begun),
    }
    months = months_of(site.directory, History(files, "x", begun, ""), TODAY)
    assert months == (
        Month(date(2026, 8, 31), 2),
        Month(date(2026, 9, 30), 3),
        Month(date(2026, 10, 31), 2),
        Month(TODAY, 3),
    )
    assert TrendView.of(months).text == "2026年8月の2件から、1件ふえて、2026年11月は3件です。"
    assert months_of(site.directory, History(missing="shallow"), TODAY) == ()
    assert (TrendView.of(()).rows, TrendView.of(()).text) == ((), "")
    assert TrendView.of(months[:1]).text == "いまは2件です。うつりかわりは、来月から出ます。"


@pytest.mark.parametrize(
    ("count", "total", "told"), [(0, 0, 0), (0, 9, 0), (9, 9, 100), (2633, 2636, 99), (1, 900, 1), (1, 2, 50)]
)
def test_what_is_not_all_is_not_100_per_cent(count: int, total: int, told: int) -> None:
    assert percent_of(count, total) == told
