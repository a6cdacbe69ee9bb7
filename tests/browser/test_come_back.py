"""Who comes back to a page, or loads it again, is where they were with what they had chosen and typed; the page was not kept in memory."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from page_kinds import DEMO, FACES, PHONE, Visit

pytestmark = pytest.mark.browser
Reader = Callable[..., Visit]


def away_and_back(page: Page) -> None:
    page.goto(page.url.partition("/tsunagite-")[0] + f"/{FACES}robots.txt")
    page.go_back()


def loaded_again(page: Page) -> None:
    page.wait_for_timeout(600)  # a place is kept when somebody rests
    page.reload()


def place(page: Page) -> float:
    return float(page.evaluate("scrollY"))


def expect_place(page: Page, read: float) -> None:
    """The page comes to rest where it was, at most a line away."""
    for _wait in range(50):
        if abs(place(page) - read) < 60:
            break
        page.wait_for_timeout(100)
    assert abs(place(page) - read) < 60


def test_the_answer_of_the_finder_stands_where_it_was_left(visitor: Reader) -> None:
    page = visitor(PHONE).open("contact_answer")
    link = page.locator("#step-3 .cf-window .ts-more").last
    link.scroll_into_view_if_needed()
    read, name = place(page), link.get_attribute("href")
    assert read > 300
    link.click()
    page.wait_for_url("**/r/**")
    page.go_back()
    expect(page.locator(f"#step-3 a[href='{name}']").last).to_be_focused()
    expect_place(page, read)
    loaded_again(page)
    expect(page.locator("#step-3")).to_be_visible()
    expect_place(page, read)


def test_a_town_that_was_typed_stays_with_its_proposals(visitor: Reader) -> None:
    page = visitor(PHONE).open("contact_where")
    page.get_by_label("町の名前、または郵便番号").fill("やしまに")
    proposed = page.get_by_role("button", name="屋島西町")
    expect(proposed).to_be_visible()
    loaded_again(page)
    expect(proposed).to_be_visible()
    away_and_back(page)
    expect(page.get_by_label("町の名前、または郵便番号")).to_have_value("やしまに")
    proposed.click()
    expect(page.get_by_role("heading", name="屋島西町の方は、ここに電話してください")).to_be_focused()


def test_of_a_delicate_trouble_no_typed_word_is_kept(visitor: Reader) -> None:
    page = visitor(PHONE).open(f"{DEMO}contact/?k=family-talk")
    page.get_by_label("町の名前、または郵便番号").fill("やしまに")
    expect(page.locator("#cf-found button").first).to_be_visible()
    loaded_again(page)
    expect(page.get_by_label("町の名前、または郵便番号")).to_have_value("")


def test_the_map_shows_the_same_part_with_the_same_kinds(visitor: Reader) -> None:
    someone = visitor(PHONE)
    page = someone.open("map")
    count = page.locator("#map-count")
    expect(count).to_contain_text("件")
    page.locator(".ts-mapkinds summary").click()
    page.get_by_label("医療").uncheck()
    for _deeper in range(2):
        before = count.inner_text()
        page.locator(".leaflet-marker-icon:not(.ts-map__name)").first.press("Enter")
        expect(count).not_to_have_text(before)
    listed, number = page.locator("#map-list a").all_inner_texts(), count.inner_text()
    link = page.locator("#map-list a").nth(3)
    link.scroll_into_view_if_needed()
    read, name = place(page), link.inner_text()
    link.click()
    page.wait_for_url("**/r/**")
    page.go_back()
    expect(count).to_have_text(number)
    expect(page.locator("#map-list a")).to_have_text(listed)
    expect(page.get_by_label("医療")).not_to_be_checked()
    expect(page.locator("#map-list a", has_text=name).first).to_be_focused()
    expect_place(page, read)
    loaded_again(page)
    expect(count).to_have_text(number)
    assert someone.complaints == []


def test_a_list_of_ones_own_has_its_place_and_the_link_that_was_pressed(visitor: Reader) -> None:
    page = visitor(PHONE).open(f"{FACES}list/#r=library-1.sakura-taiso.yashima-center.ended-salon")
    expect(page.locator(".ts-mine")).to_have_attribute("data-ready", "")
    link = page.locator(".ts-item h2 a").nth(2)
    link.scroll_into_view_if_needed()
    read = place(page)
    assert read > 100
    link.click()
    page.wait_for_url("**/r/yashima-center/")
    page.go_back()
    expect(page.locator(".ts-item h2 a").nth(2)).to_be_focused()
    expect_place(page, read)


@pytest.mark.parametrize("path", ["calendar/", "calendar/areas/yashima/", "areas/yashima/", "needs/exercise/", "news/"])
def test_a_list_that_needs_no_script_has_its_place(visitor: Reader, path: str) -> None:
    page = visitor(PHONE).open(DEMO + path)
    page.wait_for_load_state("networkidle")
    page.evaluate("scrollTo({top: 700, behavior: 'instant'})")
    read = place(page)
    assert read > 200
    away_and_back(page)
    expect_place(page, read)
    loaded_again(page)
    expect_place(page, read)


def test_an_idea_that_was_chosen_stays_and_a_device_that_keeps_nothing_says_so(reader: Reader) -> None:
    someone = reader(PHONE)
    page = someone.open(f"{DEMO}gaps/what-if/")
    page.locator("[name=need]").select_option(index=3)
    page.locator("[name=town]").select_option(index=5)
    result = page.locator(".ts-as-result")
    expect(result).to_contain_text("の真ん中に置くと")
    said = result.inner_text()
    for again in (away_and_back, loaded_again):
        again(page)
        expect(result).to_have_text(said, use_inner_text=True)
    told: list[str] = []
    page.on("dialog", lambda dialog: (told.append(dialog.message), dialog.accept()))
    page.evaluate(
        "() => { Storage.prototype.setItem = () => { throw new DOMException('no', 'QuotaExceededError'); }; }"
    )
    page.get_by_role("button", name="「市への提案」に写して書く").press("Enter")
    assert told == ["この端末には書いたものを残せないため、写して始められません。"]
    expect(result).to_have_text(said, use_inner_text=True)
    assert someone.complaints == []


def test_a_list_for_another_site_keeps_what_was_chosen_for_it(visitor: Reader) -> None:
    page = visitor(PHONE).open("embed_make")
    page.locator("#embed-q").fill("体操")
    page.locator("[name=kind]").select_option(index=1)
    lines = page.locator("#embed-script")
    said = lines.input_value()
    assert "体操" in said
    for again in (loaded_again, away_and_back):
        again(page)
        expect(lines).to_have_value(said)
