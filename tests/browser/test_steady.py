"""What comes late moves nothing that somebody already reads.

Layout shift as https://web.dev/articles/cls counts it: .1 is called good; here .05. The script of the page comes after its first picture,
as on a slow connection.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from page_kinds import DEMO, DESKTOP, FACES, KINDS, PHONE, Visit, visit

pytestmark = pytest.mark.browser
MOST = 0.05
COUNT = """new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) globalThis.moved = (globalThis.moved ?? 0) + entry.value;
}).observe({type: "layout-shift", buffered: true})"""
DRAWN = "() => new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(go, 50))))"


@pytest.fixture(scope="module")
def someone(browser: Browser, served: str, visits: dict[str, Visit]) -> Visit:
    one = visits["steady"] = visit(browser, served, PHONE)  # conftest.py closes it after the last test of the file
    one.context.add_init_script(COUNT)
    return one


def settled(someone: Visit, size: dict[str, int], path: str) -> Page:
    page = someone.page
    page.set_viewport_size(size)  # type: ignore[arg-type]  # a TypedDict
    page.goto("about:blank")
    with someone.late("**/assets/tsunagite/site.js"):
        page.goto(someone.served + path, wait_until="commit")
        page.wait_for_selector(".ts-footer", state="attached")
        page.evaluate(DRAWN)
    page.wait_for_load_state("networkidle")
    page.evaluate(DRAWN)
    return page


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("kind", KINDS)
def test_what_the_scripts_bring_moves_nothing(someone: Visit, kind: str, size: dict[str, int]) -> None:
    page = settled(someone, size, KINDS[kind])
    assert page.evaluate("globalThis.moved ?? 0") <= MOST


def test_who_comes_back_to_a_search_is_where_they_were_with_all_that_was_shown(someone: Visit) -> None:
    page = someone.page
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # a TypedDict
    page.goto(f"{someone.served}{DEMO}search/?need=exercise")
    page.get_by_role("button", name="もっと見る").click()
    link = page.locator("#found .ts-card__name a").nth(20)
    link.scroll_into_view_if_needed()
    name, place = link.inner_text(), page.evaluate("scrollY")
    link.click()
    page.wait_for_url("**/r/**")
    page.go_back()
    expect(page.locator("#found .ts-card__name a", has_text=name).first).to_be_focused()
    assert page.locator("#found .ts-card").count() == 30
    assert abs(page.evaluate("scrollY") - place) < 60
    expect(page.locator(".ts-found__filters")).to_contain_text("体を動かす")


def test_on_a_wide_screen_place_and_cards_stand_side_by_side(someone: Visit) -> None:
    page = someone.page
    page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]  # a TypedDict
    page.goto(f"{someone.served}{FACES}r/yashima-center/")
    number, place = page.locator(".ts-reach").bounding_box(), page.locator(".ts-side").bounding_box()
    assert number
    assert place
    assert place["x"] >= number["x"] + number["width"]
    assert place["y"] < number["y"]
    page.goto(f"{someone.served}{FACES}all/")
    first, second = (page.locator(".ts-card").nth(at).bounding_box() for at in (0, 1))
    assert first
    assert second
    assert (second["y"], second["x"] > first["x"]) == (first["y"], True)


EDGES = """() => [".ts-brand__name", ".ts-page > .ts-back, .ts-page > .ts-hero", ".ts-footer > *"]
  .map((one) => Math.round(document.querySelector(one).getBoundingClientRect().left))"""


@pytest.mark.parametrize("width", [1280, 1920])
def test_header_page_and_footer_have_one_left_edge_the_same_on_every_page(someone: Visit, width: int) -> None:
    page = someone.page
    page.set_viewport_size({"width": width, "height": 900})
    found = {}
    for kind in ("home", "list", "search", "record", "contact", "map", "worksheet", "gaps", "role"):
        page.goto(someone.served + KINDS[kind])
        found[kind] = page.evaluate(EDGES)
    assert len({edge for edges in found.values() for edge in edges}) == 1, found


def test_a_district_begins_with_its_first_record_on_the_first_screen_of_a_phone(someone: Visit) -> None:
    page = someone.page
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # a TypedDict
    page.goto(someone.served + KINDS["district"])
    name = page.locator(".ts-card__name").first.bounding_box()
    assert name
    assert name["y"] + name["height"] <= PHONE["height"]
    page.get_by_role("link", name="資料・予定・町の窓口").click()
    expect(page.get_by_role("link", name="この地区の予定")).to_be_in_viewport()


def test_the_list_of_the_map_and_the_steps_of_a_sheet_stand_beside_them_on_a_wide_screen(someone: Visit) -> None:
    page = someone.page
    page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]  # a TypedDict
    for kind, one, other in (
        ("map", ".ts-bigmap", "#map-list"),
        ("worksheet_form", ".ts-wf-part:not(.ts-wf-part--away)", ".ts-wf-steps"),
        ("district", ".ts-card", ".ts-listing__side"),
    ):
        page.goto(someone.served + KINDS[kind])
        expect(page.locator(other)).to_be_visible()
        left, right = page.locator(one).first.bounding_box(), page.locator(other).bounding_box()
        assert left
        assert right
        assert right["x"] >= left["x"] + left["width"], kind
    page.goto(someone.served + KINDS["worksheet_form"])
    page.locator(".ts-wf-steps button").nth(2).click()
    expect(page.locator(".ts-wf-steps [aria-current=step]")).to_have_text(
        page.locator(".ts-wf-part:not(.ts-wf-part--away) > legend").inner_text()
    )
    assert page.locator(".ts-wf-progress progress").get_attribute("value") == "3"
