"""The search box and the search page in a browser: by keyboard, by touch, with an input method, and without script."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, Route, expect

from page_kinds import DEMO, DESKTOP, PHONE, Visit
from page_probes import AXE_SOURCE

pytestmark = pytest.mark.browser


@pytest.fixture
def home(visitor: Callable[..., Visit]) -> Visit:
    someone = visitor()
    someone.open("home")
    return someone


def searched(reader: Visit) -> list[str]:
    return [address for address in reader.asked if "/search/" in address or "search_" in address]


def typed(page: Page, words: str) -> None:
    page.locator("#q").fill(words)  # one word and one list: a list for its beginning would be taken for it
    expect(page.locator("[role=option]").first).to_be_visible()


def test_nothing_of_the_search_is_fetched_before_the_box_is_pressed(home: Visit) -> None:
    home.page.wait_for_load_state("networkidle")
    assert searched(home) == []
    with home.page.expect_response("**/search/meta.json"):
        home.page.locator("#q").focus()
    assert home.foreign == []
    assert home.complaints == []


def test_suggestions_are_chosen_with_the_arrows_and_closed_with_escape(home: Visit) -> None:
    page = home.page
    box = page.locator("#q")
    typed(page, "配食")
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    first = page.locator("[role=option]").first
    expect(first).to_have_attribute("aria-selected", "true")
    assert box.get_attribute("aria-activedescendant") == first.get_attribute("id")
    page.keyboard.press("Escape")
    expect(page.locator("[role=listbox]")).to_be_hidden()
    expect(box).to_have_value("配食")
    page.keyboard.press("ArrowDown")
    expect(first).to_be_visible()
    page.keyboard.press("ArrowDown")
    href = first.get_attribute("data-href")
    assert href
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{href.removeprefix('./')}")


def test_a_suggestion_is_chosen_by_touch(home: Visit) -> None:
    typed(home.page, "屋島")
    home.page.locator("[role=option]", has_text="屋島地区").click()
    expect(home.page.locator("h1")).to_contain_text("屋島地区")


def test_enter_searches_and_the_results_are_in_rank_order(home: Visit) -> None:
    home.page.locator("#q").fill("図書館")
    home.page.keyboard.press("Enter")
    page = home.page
    results = page.locator("#found [data-id]")
    expect(results.first).to_be_visible()
    assert page.url.endswith(f"search/?q={quote('図書館')}")
    assert [one.get_attribute("data-id")[:7] for one in results.all()[:5]] == ["library"] * 5
    total = int(page.locator("#found").get_attribute("data-total") or 0)
    assert total >= results.count() > 0
    expect(page.locator("#found mark").first).to_have_text("図書館")


def test_only_what_was_searched_is_marked(visitor: Callable[..., Visit]) -> None:
    page = visitor().open(f"{DEMO}search/?q=屋島 公園")
    name = page.locator("[data-id] h3", has_text="屋島みどり").first
    expect(name.locator("mark").first).to_have_text("屋島")


def test_a_word_under_composition_is_neither_suggested_nor_searched(home: Visit) -> None:
    page = home.page
    with page.expect_response("**/search/meta.json"):
        page.locator("#q").focus()
    page.wait_for_load_state("networkidle")
    asked = len(home.asked)
    device = page.context.new_cdp_session(page)
    for composed in ("h", "は", "はい", "はいしょく"):
        device.send(
            "Input.imeSetComposition",
            {"text": composed, "selectionStart": len(composed), "selectionEnd": len(composed)},
        )
        assert page.locator("[role=option]").count() == 0
    assert [
        address for address in home.asked[asked:] if "/search/" in address
    ] == []  # what devices keep may come at any time
    # The Enter that takes the conversion over must not search.
    device.send(
        "Input.dispatchKeyEvent", {"type": "rawKeyDown", "windowsVirtualKeyCode": 229, "key": "Enter", "code": "Enter"}
    )
    assert "search/" not in page.url
    device.send("Input.insertText", {"text": "配食"})
    expect(page.locator("[role=option]").first).to_be_visible()
    expect(page.locator("#q")).to_have_value("配食")


def test_back_and_forward_bring_each_search_again(visitor: Callable[..., Visit]) -> None:
    page = visitor().open("search")
    for words in ("公園", "図書館"):
        page.locator("#q").fill(words)
        page.keyboard.press("Enter")
        expect(page.locator("#found mark").first).to_have_text(words)
    page.go_back()
    expect(page.locator("#q")).to_have_value("公園")
    expect(page.locator("#found mark").first).to_have_text("公園")
    page.go_forward()
    expect(page.locator("#q")).to_have_value("図書館")


def test_more_results_come_on_a_press_and_the_focus_stays_with_them(visitor: Callable[..., Visit]) -> None:
    page = visitor().open(f"{DEMO}search/?q=公園")
    results = page.locator("#found [data-id]")
    expect(results).to_have_count(10)
    page.get_by_role("button", name="もっと見る").click()
    expect(results).to_have_count(30)
    expect(results.nth(10).locator("a").first).to_be_focused()


def test_a_filter_in_the_address_narrows_and_can_be_taken_off(visitor: Callable[..., Visit]) -> None:
    page = visitor().open(f"{DEMO}search/?q=公園&area=yashima")
    section = page.locator("#found")
    expect(section).to_be_visible()
    narrow = int(section.get_attribute("data-total") or 0)
    page.get_by_role("link", name="「屋島地区」のしぼりこみをやめる").click()
    expect(section).not_to_have_attribute("data-total", str(narrow))
    assert int(section.get_attribute("data-total") or 0) > narrow
    assert "area=" not in page.url


def test_a_list_leads_to_a_search_inside_it(visitor: Callable[..., Visit]) -> None:
    page = visitor().open("district")
    page.get_by_role("link", name="この中からさがす").click()
    expect(page.locator("#found .ts-chip")).to_have_text("屋島地区 ×")
    page.locator("#q").fill("医院")
    page.keyboard.press("Enter")
    expect(page.locator("#found mark").first).to_be_visible()
    assert "area=yashima" in page.url


def test_where_nothing_is_found_somebody_to_ask_is_named(visitor: Callable[..., Visit]) -> None:
    page = visitor().open(f"{DEMO}search/?q=ぬぬぬぬぬ")
    notes = page.locator(".ts-found__notes")
    expect(notes.get_by_role("link", name="わたしの窓口をさがす")).to_be_visible()
    notes.get_by_role("link", name="地域包括支援センター").click()
    expect(page.locator("#found [data-id]").first).to_contain_text("地域包括支援センター")


def test_without_a_connection_the_page_says_so(reader: Callable[..., Visit]) -> None:
    someone = reader()
    page = someone.open("search")
    expect(page.locator(".ts-ways")).to_be_visible()
    page.wait_for_load_state("networkidle")
    someone.context.set_offline(True)
    page.locator("#q").fill("公園")
    page.keyboard.press("Enter")
    expect(page.locator("#found")).to_contain_text("いまはさがせません")
    expect(page.locator("#found [data-id]")).to_have_count(0)  # those of another search would look like its own
    expect(page.locator("#search-failed")).to_contain_text("見つからない、という意味ではありません")
    someone.context.set_offline(False)
    page.keyboard.press("Enter")


def test_a_search_on_a_slow_line_says_that_it_is_on_its_way_and_then_shows_what_it_found(
    reader: Callable[..., Visit],
) -> None:
    someone = reader()
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    files = re.compile(r"/search/.*[.]json")
    someone.context.route(files, hold)
    page = someone.open("search_results")
    expect(page.locator("#search-wait")).to_be_visible()
    expect(page.locator("#found-title")).to_have_text("さがしています")
    someone.context.unroute(files)
    for route in held:
        route.continue_()
    expect(page.locator("#found [data-id]").first).to_be_visible()
    expect(page.locator("#search-wait")).to_be_hidden()


def test_without_script_the_form_leads_to_a_page_with_other_ways(reader: Callable[..., Visit]) -> None:
    page = reader(java_script_enabled=False).open("home")
    page.locator("#q").fill("公園")
    page.locator("#q").press("Enter")
    page.wait_for_url("**/search/?q=*")
    assert "<noscript>" in page.content()  # Chromium shows it only to readers who really have no script
    expect(page.get_by_role("link", name="困りごとからさがす")).to_be_visible()


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_open_suggestions_and_results_have_no_barrier(visitor: Callable[..., Visit], size: dict[str, int]) -> None:
    page = visitor(size).open("search_results")
    expect(page.locator("#found [data-id]").first).to_be_visible()
    page.locator("#q").fill("")
    typed(page, "屋島")
    page.keyboard.press("ArrowDown")
    page.evaluate(AXE_SOURCE)
    found = page.evaluate(
        "axe.run({resultTypes: ['violations']}).then((result) => result.violations.map((one) => [one.id, one.nodes.map((node) => node.html)]))"
    )
    assert found == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_header_has_the_box_where_there_is_room_and_else_leads_to_the_search(visitor: Callable[..., Visit]) -> None:
    page = visitor(DESKTOP).open("record")
    expect(page.locator("#header-q")).to_be_hidden()
    expect(page.locator(".ts-searchlink")).to_have_attribute("href", re.compile(r"search/$"))
    page.set_viewport_size({"width": 1600, "height": 900})
    expect(page.locator(".ts-searchlink")).to_be_hidden()
    page.locator("#header-q").fill("屋島")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=*")
    expect(page.locator("#found [data-id]").first).to_be_visible()
