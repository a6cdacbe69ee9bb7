"""The ways through the site by keyboard alone: finder, own list, map, search and first page, each from the top to its end."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from keyboard import Keyboard, expect_printed, pressed_for_print
from page_kinds import DEMO, DESKTOP, FACES, PHONE, Visit

pytestmark = pytest.mark.browser
Reader = Callable[..., Visit]
MOST = 12
"""Presses of Tab until the first result, from the top of a page."""
SIZES = pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])


CARD, NUMBER = ".ts-card__name a", "a[href^='tel:']"
FIRST = {
    "home": ".ts-tile",
    "index": ".ts-tile",
    "list": CARD,
    f"{DEMO}all/2/": CARD,
    f"{DEMO}needs/exercise/": CARD,
    f"{DEMO}needs/violence/": CARD,
    f"{DEMO}kinds/medical/": CARD,
    "district": CARD,
    "level": CARD,
    f"{DEMO}en/needs/exercise/": CARD,
    "search": ".ts-otherways .ts-tile",
    "search_results": f"#found {CARD}",
    "search_narrowed": f"#found {CARD}",
    "search_nothing": "#found a",
    "map": "#map-list a",
    "district_map": "#map-list a",
    "contact": "#step-1 .cf-row",
    "contact_where": "#cf-town",
    "contact_answer": f"#step-3 {NUMBER}",
    "contact_delicate": f"#step-3 {NUMBER}",
    "contact_town": f".cf-window {NUMBER}",
    "contact_quiet": f".cf {NUMBER}",
    "emergency": NUMBER,
    "my_list_sent": ".ts-item h2 a",
    "calendar": ".cal-item",
    "calendar_month": ".cal-month a, .cal-item",
    "news": "li a",
    "worksheets": "li a",
    "questions": "details summary",
}
"""The first thing that a page of each kind was opened for."""


@pytest.mark.parametrize("kind", FIRST)
def test_the_first_result_is_at_most_twelve_keys_away(visitor: Reader, kind: str) -> None:
    for size in (PHONE, DESKTOP):
        someone = visitor(size)
        page = someone.open(kind)
        wanted = page.locator("#content").locator(FIRST[kind])
        expect(wanted.locator("visible=true").first).to_be_visible()
        walked = []
        for _press in range(MOST):
            page.keyboard.press("Tab")
            walked.append(page.evaluate("document.activeElement.textContent.trim().slice(0, 20)"))
            if page.evaluate("document.activeElement.matches('.ts-skip')"):
                page.keyboard.press("Enter")
            if page.evaluate("which => document.activeElement.matches(which)", FIRST[kind]):
                break
        else:
            pytest.fail(f"{size['width']} pixels: {' › '.join(walked)}")
        assert someone.complaints == []


def test_a_link_past_the_header_leaves_the_address_and_a_list_that_was_sent(visitor: Reader) -> None:
    page = visitor(PHONE).open("my_list_sent")
    sent = page.get_by_role("heading", name=re.compile("送られてきたリスト"))
    expect(sent).to_be_visible()
    before = page.evaluate("[location.href, history.length]")
    Keyboard(page).skip()
    page.evaluate("() => new Promise((go) => setTimeout(go, 50))")  # a change of the address would be heard now
    assert page.evaluate("[location.href, history.length]") == before
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#content') !== null")
    expect(sent).to_be_visible()


@SIZES
def test_the_finder_is_walked_from_the_first_page_to_paper_and_back(visitor: Reader, size: dict[str, int]) -> None:
    someone = visitor(size)
    page = someone.open("home")
    keys = Keyboard(page)
    keys.skip()
    keys.to(page.get_by_role("link", name="わたしの窓口をさがす"), MOST - 1)
    page.keyboard.press("Enter")
    page.wait_for_url("**/contact/")
    keys.skip()
    keys.to(page.get_by_role("link", name="物忘れが心配"), 4)
    town = page.get_by_role("heading", name="その人の住んでいる町は、どこですか")
    keys.press("Enter", lambda: expect(town).to_be_focused())
    keys.to(page.get_by_label("町の名前、または郵便番号"), 2)
    page.keyboard.type("やしまに")
    proposed = page.get_by_role("button", name="屋島西町")
    expect(proposed).to_be_visible()
    keys.press("Enter", lambda: expect(proposed).to_be_focused())
    answer = page.get_by_role("heading", name="屋島西町の方は、ここに電話してください")
    keys.press("Enter", lambda: expect(answer).to_be_focused())
    keys.to(page.locator(".cf-window--first a.ts-call"), 4)
    pressed_for_print(page)
    keys.to(page.get_by_role("button", name="印刷する"), 30)
    keys.press("Enter", lambda: expect_printed(page))
    keys.to(page.get_by_role("button", name="町を変える"), 3)
    keys.press("Enter", lambda: expect(town).to_be_focused())
    page.go_back()
    expect(answer).to_be_focused()
    keys.to(page.locator("#step-3 .cf-back"), 1, "Shift+Tab")
    keys.press("Enter", lambda: expect(town).to_be_focused())
    assert someone.complaints == []


@SIZES
def test_a_list_of_ones_own_is_filled_ordered_noted_emptied_and_sent(visitor: Reader, size: dict[str, int]) -> None:
    someone = visitor(size)
    page = someone.open(f"{FACES}all/")
    keys = Keyboard(page)
    for at in range(3):
        star = page.locator(".ts-card .ts-save").nth(at)
        keys.to(star, 40)
        keys.press("Enter", lambda star=star: expect(star).to_have_attribute("aria-pressed", "true"))  # type: ignore[misc]
    page.goto(f"{someone.served}{FACES}list/")
    expect(page.locator(".ts-mine")).to_have_attribute("data-ready", "")
    items = page.locator(".ts-item")
    keys.skip()
    keys.to(items.nth(0).locator("h2 a"), 6)
    keys.to(items.nth(0).locator("textarea"), 3)
    page.keyboard.type("火曜に見学")
    keys.to(items.nth(0).get_by_role("button", name="を下へ"), 3)
    keys.press("Enter", lambda: expect(items.nth(1).locator("textarea")).to_have_value("火曜に見学"))
    keys.press("Enter", lambda: expect(items.nth(2).locator("textarea")).to_have_value("火曜に見学"))
    keys.to(items.nth(2).get_by_role("button", name="を外す"), 2)
    keys.press("Enter", lambda: expect(items).to_have_count(2))
    undo = page.get_by_role("button", name="もとに戻す")
    keys.to(undo, 30, "Shift+Tab")
    keys.press("Enter", lambda: expect(items.nth(2).locator("textarea")).to_have_value("火曜に見学"))
    expect(items.nth(2).locator("h2")).to_be_focused()
    pressed_for_print(page)
    page.evaluate("Object.defineProperty(navigator, 'share', {value: undefined})")
    keys.to(page.locator("[data-do=print]"), 10)
    keys.press("Enter", lambda: expect_printed(page))
    keys.to(page.locator("[data-do=share]"), 1)
    keys.press("Enter", lambda: expect(page.locator("#link")).to_be_visible())
    keys.to(page.locator("[data-do=plan]"), 1)
    keys.press("Enter", lambda: expect(page.locator("#plan")).to_be_focused())
    manage = page.locator(".ts-mine__head summary")
    keys.to(manage, 60, "Shift+Tab")
    keys.press("Enter")
    keys.to(page.locator("[data-do=begin]"), 4)
    keys.press("Enter", lambda: expect(page.locator("#list-name")).to_be_focused())
    page.keyboard.press("Control+A")
    page.keyboard.type("散歩")
    keys.press("Enter", lambda: expect(page.locator("#which option")).to_have_text(["リスト1（3件）", "散歩（0件）"]))
    keys.to(page.locator("[data-do=drop]"), 3)
    keys.press("Enter", lambda: expect(page.locator("#which option")).to_have_count(1))
    keys.to(undo, 3)
    keys.press("Enter", lambda: expect(page.locator("#which option")).to_have_count(2))
    keys.to(page.locator("#which"), 3)
    keys.press("ArrowUp", lambda: expect(items).to_have_count(3))
    keys.to(page.locator("[data-do=drop-all]"), 6)
    keys.press("Enter", lambda: expect(items).to_have_count(0))
    assert someone.complaints == []


@SIZES
def test_numbers_on_the_map_open_and_a_place_opens_and_closes(visitor: Reader, size: dict[str, int]) -> None:
    someone = visitor(size)
    page = someone.open("map")
    marks = page.locator(".leaflet-marker-icon:not(.ts-map__name)")
    expect(marks.first).to_be_visible()
    keys = Keyboard(page)
    keys.to(marks.first, 40)
    pin = page.locator(".leaflet-marker-icon:focus .ts-map__pin")
    for _deeper in range(12):
        if pin.count():
            break
        before = page.locator("#map-count").inner_text()
        keys.press("Enter", lambda before=before: expect(page.locator("#map-count")).not_to_have_text(before))  # type: ignore[misc]
    name = page.locator(".leaflet-marker-icon:focus").get_attribute("title")
    popup = page.locator(".leaflet-popup-content")
    keys.press("Enter", lambda: expect(popup).to_be_focused())
    keys.to(popup.get_by_role("link", name=str(name)), 1)
    keys.to(page.get_by_role("button", name="閉じる"), 1)
    keys.press("Escape", lambda: expect(popup).to_have_count(0))
    assert page.locator(".leaflet-marker-icon:focus").get_attribute("title") == name
    keys.press("Enter", lambda: expect(popup).to_be_focused())
    keys.to(page.get_by_role("button", name="閉じる"), 2)
    keys.press("Enter", lambda: expect(popup).to_have_count(0))
    assert page.locator(".leaflet-marker-icon:focus").get_attribute("title") == name
    keys.press("Enter", lambda: expect(popup).to_be_focused())
    keys.to(popup.get_by_role("link", name=str(name)), 1)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(str(name))
    assert someone.complaints == []


def test_a_search_is_walked_on_a_phone_from_the_word_to_the_filters_and_back(visitor: Reader) -> None:
    someone = visitor(PHONE)
    page = someone.open("search")
    keys = Keyboard(page)
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.insert_text("体操")
    expect(page.locator("[role=option]").first).to_be_visible()
    keys.press("ArrowDown")
    expect(page.locator("[role=option]").first).to_have_attribute("aria-selected", "true")
    keys.press("Escape", lambda: expect(page.locator("[role=listbox]")).to_be_hidden())
    title = page.locator("#found-title")
    keys.press("Enter", lambda: expect(title).to_be_focused())
    assert keys.to(page.locator("#found .ts-card__name a").first, 4)
    narrow = page.locator("[data-way=sheet]")
    keys.to(narrow, 12, "Shift+Tab")
    sheet = page.get_by_role("dialog")
    keys.press("Enter", lambda: expect(sheet).to_be_visible())
    keys.press("Escape", lambda: expect(sheet).to_be_hidden())
    expect(narrow).to_be_focused()
    keys.press("Enter", lambda: expect(sheet.locator("form")).to_be_visible())
    choice = sheet.get_by_label("体を動かす")
    keys.to(choice, 20)
    keys.press("Space", lambda: expect(page.locator(".ts-found__filters a")).to_have_count(1))
    expect(choice).to_be_focused()
    keys.to(sheet.locator("[data-sheet=show]"), 40)
    page.keyboard.press(
        "Tab"
    )  # past the last stop lies the browser itself, and then the first one again: never the page behind
    assert page.evaluate("document.activeElement.matches('body, dialog *')")
    keys.to(sheet.locator("[data-sheet=show]"), 3, "Shift+Tab")
    keys.press("Enter", lambda: expect(title).to_be_focused())
    chip = page.locator(".ts-found__filters a")
    keys.to(chip, 4)
    keys.press("Enter", lambda: expect(chip).to_have_count(0))
    expect(title).to_be_focused()
    assert someone.complaints == []


def test_a_search_near_a_place_is_put_in_order_and_shown_on_its_map_on_a_phone(visitor: Reader) -> None:
    someone = visitor(PHONE)
    page = someone.open(f"{DEMO}search/?q=体操")
    keys = Keyboard(page)
    expect(page.locator("#found .ts-card").first).to_be_visible()
    keys.skip()
    title = page.locator("#found-title")
    near = page.locator("[data-way=near]")
    keys.to(near, 12)
    keys.press("Enter", lambda: expect(page.locator("#near")).to_be_visible())
    keys.to(page.locator("#near-q"), 8)
    page.keyboard.insert_text("やしまにしまち")
    place = page.locator(".ts-near__places button").first
    keys.press("Enter", lambda: expect(place).to_be_focused())
    keys.press("Enter", lambda: expect(page.locator(".ts-found__filters")).to_contain_text("屋島西町の近く"))
    expect(title).to_be_focused()
    sort = page.locator(".ts-sort select")
    keys.to(sort, 12)
    keys.press("ArrowDown", lambda: expect(page).to_have_url(re.compile("sort=")))
    to_map = page.locator(".ts-view[data-view=map]")
    keys.to(to_map, 14, "Shift+Tab")
    keys.press("Enter", lambda: expect(page.locator(".ts-view[data-view=list]")).to_be_focused())
    mark = page.locator(".ts-resultmap .leaflet-marker-icon:not(.ts-map__name)").first
    expect(mark).to_be_visible()
    keys.to(mark, 20)
    assert someone.complaints == []


def test_a_search_is_walked_on_a_wide_screen_through_filters_results_and_map(visitor: Reader) -> None:
    someone = visitor(DESKTOP)
    page = someone.open(f"{DEMO}search/?q=屋島")
    keys = Keyboard(page)
    expect(page.locator(".ts-facets form")).to_be_visible()
    choice = page.locator(".ts-facets").get_by_label("体を動かす")
    keys.to(choice, 40)
    keys.press("Space", lambda: expect(page.locator(".ts-found__filters a")).to_have_count(1))
    expect(choice).to_be_focused()
    keys.press("Space", lambda: expect(page.locator(".ts-found__filters a")).to_have_count(0))
    expect(choice).to_be_focused()
    more = page.locator(".ts-found__more button")
    keys.to(more, 120)
    keys.press("Enter", lambda: expect(page.locator("#found .ts-card")).to_have_count(30))
    take = page.locator(".ts-found__take summary")
    keys.to(take, 160)
    keys.press("Enter")
    pressed_for_print(page)
    keys.to(page.locator("[data-take=print]"), 2)
    keys.press("Enter", lambda: expect_printed(page))
    mark = page.locator(".ts-resultmap .leaflet-marker-icon:not(.ts-map__name)").first
    keys.to(mark, 20)
    keys.press("Enter")
    assert someone.complaints == []


@SIZES
def test_the_first_page_is_walked_through_its_box_its_menu_and_a_need(visitor: Reader, size: dict[str, int]) -> None:
    someone = visitor(size)
    page = someone.open("home")
    keys = Keyboard(page)
    keys.skip()
    box = page.locator("#q")
    keys.to(box, 1)
    page.keyboard.insert_text("配食")
    expect(page.locator("[role=option]").first).to_be_visible()
    keys.press("ArrowDown")
    keys.press("Escape", lambda: expect(page.locator("[role=listbox]")).to_be_hidden())
    expect(box).to_be_focused()
    keys.to(page.locator("#content .ts-tile").first, MOST)
    page.keyboard.press("Enter")
    page.wait_for_url("**/needs/**")
    if size is PHONE:
        menu = page.locator(".ts-menu summary")
        keys.to(menu, 6)
        keys.press("Enter", lambda: expect(page.locator(".ts-menu nav")).to_be_visible())
        keys.to(page.locator(".ts-menu [data-list]"), 20)
        keys.press("Escape", lambda: expect(page.locator(".ts-menu nav")).to_be_hidden())
        expect(menu).to_be_focused()
    assert someone.complaints == []
