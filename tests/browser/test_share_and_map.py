"""What a tap brings: the map of one district, the QR code of a record, a menu that closes again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Route, expect

from page_kinds import Visit
from page_probes import wait_until

pytestmark = pytest.mark.browser
PRINT = "void (window.print = () => { window.drawn = document.querySelectorAll('.ts-qr svg').length })"
"""Counts codes in the place of printing. Without ``void`` Playwright would call the function that the expression gives."""


def test_the_map_of_a_district_shows_its_places_only_and_lists_them(visitor: Callable[..., Visit]) -> None:
    reader = visitor()
    page = reader.open("district_map")
    expect(page.locator("h1")).to_have_text("屋島地区の地図")
    expect(page.locator("#map-count")).to_contain_text("件")
    district = page.locator("#map-list a").all_inner_texts()
    assert 20 < len(district) <= 30
    page.goto(reader.served + "tsunagite-demo/areas/yashima/")
    page.get_by_role("link", name="地図で見る").click()
    expect(page.locator("#map-list a")).to_have_text(district)
    assert reader.complaints == []


def test_points_and_clusters_of_the_map_can_be_used_by_keyboard(visitor: Callable[..., Visit]) -> None:
    page = visitor().open("map")
    cluster = page.locator(".leaflet-marker-icon:not(.ts-map__name)").first
    expect(cluster).to_be_visible()
    before = page.locator("#map-count").inner_text()
    cluster.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#map-count")).not_to_have_text(before)


def test_choosing_a_kind_changes_the_map_and_its_list(visitor: Callable[..., Visit]) -> None:
    page = visitor().open("map")
    count = page.locator("#map-count")
    expect(count).to_contain_text("件")
    before = count.inner_text()
    page.locator(".ts-mapkinds summary").click()
    page.get_by_label("医療").uncheck()
    expect(count).not_to_have_text(before)


def test_a_map_whose_places_do_not_come_says_so_and_leads_to_the_lists_of_kinds(reader: Callable[..., Visit]) -> None:
    someone = reader()
    someone.context.route("**/data/map.json*", lambda route: route.abort())
    page = someone.open("map")
    expect(page.locator("#map-failed")).to_contain_text("場所がない、という意味ではありません")
    expect(page.locator("#map-count")).to_be_empty()
    expect(page.locator("#map-list a[href*='kinds/']").first).to_be_visible()


def test_sharing_draws_a_code_of_the_public_address_from_this_site_only(visitor: Callable[..., Visit]) -> None:
    reader = visitor()
    page = reader.open("sample")
    page.evaluate("Object.defineProperty(navigator, 'share', {value: undefined})")
    page.get_by_role("button", name="知らせる").click()
    expect(page.locator(".ts-qr svg")).to_be_visible()
    address = page.locator("link[rel=canonical]").get_attribute("href")
    assert page.locator(".ts-qr p").inner_text() == address
    assert reader.foreign == []


def test_a_record_goes_into_the_address_book_of_the_telephone(visitor: Callable[..., Visit]) -> None:
    reader = visitor()
    page = reader.open("record")
    with page.expect_download() as download:
        page.get_by_role("button", name="連絡先に入れる").click()
    card = Path(download.value.path()).read_text(encoding="utf-8").splitlines()
    assert (card[:2], card[-1]) == (["BEGIN:VCARD", "VERSION:3.0"], "END:VCARD")
    assert "FN:屋島地域包括支援センター" in card
    assert "TEL;TYPE=WORK,VOICE:+81878392811" in card
    assert "URL:https://tsunagite.example/tsunagite-faces/r/yashima-center/" in card
    assert reader.complaints == []


def test_printing_draws_the_code_before_the_paper_is_made(visitor: Callable[..., Visit]) -> None:
    reader = visitor()
    page = reader.open("sample")
    page.evaluate(PRINT)
    page.get_by_role("button", name="印刷する").click()
    wait_until(page, "window.drawn !== undefined")
    assert page.evaluate("window.drawn") == 1, reader.complaints


def test_the_code_is_asked_for_once_more_where_it_did_not_come(reader: Callable[..., Visit]) -> None:
    page = reader().open("sample")
    refused: list[str] = []

    def refuse_first(route: Route) -> None:
        if refused:
            route.continue_()
        else:
            refused.append(route.request.url)
            route.abort()

    page.route("**/qrcode.js", refuse_first)
    page.evaluate(PRINT)
    page.get_by_role("button", name="印刷する").click()
    wait_until(page, "window.drawn !== undefined")
    assert (len(refused), page.evaluate("window.drawn")) == (1, 1)


def test_the_browsers_own_print_command_finds_the_code_drawn(visitor: Callable[..., Visit]) -> None:
    page = visitor().open("sample")
    expect(page.locator(".ts-share button").first).to_be_visible()
    assert page.locator(".ts-qr svg").count() == 0
    page.keyboard.down("Control")
    expect(page.locator(".ts-qr svg")).to_have_count(1)
    page.keyboard.up("Control")


def test_the_menu_closes_with_escape_and_with_a_press_beside_it(visitor: Callable[..., Visit]) -> None:
    page = visitor().open("sample")
    menu = page.locator(".ts-menu")
    menu.locator("summary").click()
    expect(menu.locator("nav")).to_be_visible()
    page.keyboard.press("Escape")
    expect(menu.locator("nav")).to_be_hidden()
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    menu.locator("summary").click()
    page.locator(".ts-demo").click()
    expect(menu.locator("nav")).to_be_hidden()
