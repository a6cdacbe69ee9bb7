"""How the records of a booklet are divided to its pages: full pages, none with one record, every record once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pdf_space import columns_of
from small_site import resource, site_view
from tsunagite.papers.editions import fitted, set_paper
from tsunagite.papers.layouts.booklet import Booklet, BookletView
from tsunagite.papers.parts.pages import PageFit, count
from tsunagite.papers.parts.selection import Group, Selection
from tsunagite.records.model.features.pamphlet import Pamphlet
from tsunagite.records.model.resource import Resource

LONG = "畑のことや料理のことを話しながら、ゆっくり体を動かす集まりです。はじめての人も、休みがちな人も来られます。" * 3


def records(*heights: float) -> tuple[tuple[Resource, ...], dict[str, float]]:
    made = tuple(
        Resource.model_construct(id=f"{at:02}", name="会", kind="club", needs=()) for at in range(len(heights))
    )
    return made, {r.id: height for r, height in zip(made, heights, strict=True)}


def divided(*heights: float, in_order: bool = False, groups: int = 1) -> list[list[str]]:
    made, by_id = records(*heights)
    size = -(-len(made) // groups)
    found = tuple(
        Group(f"g{at}", "題", "", made[at * size : (at + 1) * size]) for at in range(groups) if made[at * size :]
    )
    fit = PageFit(by_id, {g.id: 10.0 for g in found}, 100.0, 5.0, in_order)
    pages = fit.pages(found)
    assert all(fit.rest(page) >= 0 or count(page) == 1 for page in pages)
    return [[r.id for section in page for r in section.records] for page in pages]


def test_a_record_without_room_lets_a_later_one_go_before_and_begins_the_next_page() -> None:
    assert divided(40, 60, 30, 20, 35) == [["00", "02", "03"], ["01", "04"]]


def test_where_the_order_means_something_no_record_goes_before_another() -> None:
    assert divided(40, 60, 30, 20, 35, in_order=True) == [["00"], ["01", "02"], ["03", "04"]]


def test_a_page_with_one_record_gets_another_from_the_pages_before_it() -> None:
    assert divided(30, 30, 30, 60, 40, 30) == [["00", "01"], ["02", "03"], ["04", "05"]]
    assert divided(20, 20, 20, 55, 45, 40, in_order=True) == [["00", "01"], ["02", "03"], ["04", "05"]]


def test_a_record_higher_than_a_page_has_one_of_its_own_and_none_is_lost() -> None:
    pages = divided(30, 30, 300, 30, 30)
    assert ["02"] in pages
    assert sorted(i for page in pages for i in page) == ["00", "01", "02", "03", "04"]


def test_a_section_begins_on_the_page_of_another_where_its_heading_and_a_record_have_room() -> None:
    assert divided(30, 30, 30, 30, groups=2) == [["00", "01"], ["02", "03"]]
    assert divided(20, 20, 10, 10, 40, 40, groups=2) == [["00", "01", "02", "03"], ["04", "05"]]


def booklet(folder: Path, **fields: Any) -> Selection:
    window = resource("main", phones=[{"number": "087-839-1999"}], kind="地域包括支援センター", service_areas=["city"])
    site = site_view(
        folder,
        window | {"name": "桜包括センター"},
        *(
            resource(
                f"club-{at:02}",
                phones=[{"number": f"087-839-{2000 + at}"}],
                needs=["居場所・仲間" if at < 17 else "体を動かす"],
                description=LONG[: (at * 37) % 150],
                name_kana="しゅうかい",
            )
            | {"name": f"集会{at}"}
            for at in range(30)
        ),
        areas__all={"records": [{"id": "city", "name": "桜市", "level": "市"}]},
        site={"municipality": "桜市", "area": "city", "site_url": "https://tsunagite.example/", "main_window": "main"},
    )
    described = {"id": "x", "title": "集まる", "layout": "冊子", "needs": ["居場所・仲間", "体を動かす"], **fields}
    return Selection(
        site.papers.source, Pamphlet.model_validate(described, context={"vocabularies": site.directory.vocabularies})
    )


@pytest.mark.parametrize("large", [False, True])
def test_three_quarters_of_every_page_of_a_booklet_are_used_and_none_has_one_record(
    tmp_path: Path, large: bool
) -> None:
    selection = booklet(tmp_path)
    view = fitted("booklet", Booklet.of(selection, large=large))
    assert isinstance(view, BookletView)
    printed = [entry.id for page in view.pages for part in page.parts for entry in part.entries]
    assert sorted(printed) == sorted(r.id for r in selection.records)
    assert [len(page.parts) for page in view.pages].count(0) == 0
    assert min(sum(len(part.entries) for part in page.parts) for page in view.pages) >= 2
    content, ids = set_paper(selection, large=large)
    assert ids[: len(printed)] == tuple(printed)
    used = [page[0].used for page in columns_of(content, 1)]
    assert [(at, round(one, 2)) for at, one in enumerate(used, start=1) if one < 0.75 and at > 1] == []
    assert used[0] > 0.5, "a cover of two sections"
