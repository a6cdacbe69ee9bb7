"""Every kind of page, on a phone and on a desktop, light and dark: readable, reachable, operable, and calling nobody else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from page_kinds import DESKTOP, FACES, KINDS, PHONE, Visit
from page_probes import (
    ALL_RULES,
    AXE_SOURCE,
    COLOURS,
    CUT_OFF,
    LETTERS,
    LONG_LINES,
    PALE_ON_PAPER,
    RUN_AXE,
    SIDEWAYS,
    SMALL_TARGETS,
    SMALL_TEXT,
)

pytestmark = pytest.mark.browser
Reader = Callable[..., Visit]

each_kind = pytest.mark.parametrize("kind", KINDS)
each_frame = pytest.mark.parametrize("kind", ["home", "record", "guide", "404"])


def settle(page: Page, kind: str) -> Page:
    """Wait for what arrives late: the points of the big map, the items of a list, the window of a town."""
    if kind.startswith("my_list"):
        expect(page.locator(".ts-mine")).to_have_attribute("data-ready", "")
    if kind.startswith("search") or kind in ("contact_where", "contact_answer", "contact_delicate"):
        page.wait_for_load_state("networkidle")  # what arrives late moves what has the focus
    if kind == "map":
        expect(page.locator("#map-count")).to_contain_text("件")
    return page


@each_kind
def test_on_a_phone_axe_finds_nothing_text_and_targets_are_large_and_nothing_sticks_out(
    visitor: Reader, kind: str
) -> None:
    someone = visitor(PHONE, has_touch=True)
    page = settle(someone.open(kind), kind)
    assert_axe_finds_nothing_in_light_and_in_dark(page)
    page.wait_for_load_state("networkidle")
    assert someone.complaints == []
    if "map" not in kind:  # a desktop has room for a map beside a result, too
        assert someone.foreign == []
    assert page.evaluate(SMALL_TEXT) == [], "text has 14 pixels"
    assert page.evaluate(SMALL_TARGETS) == [], "everything to press is as high as a finger"
    for folded in [*page.locator("details.ts-tips summary").all(), page.locator("details.ts-menu summary")]:
        if folded.is_visible():  # an empty list has nothing to take along
            folded.click()
            assert page.evaluate(SMALL_TARGETS) == []
    page.evaluate("for (const one of document.querySelectorAll('details.ts-tips, details.ts-menu')) one.open = false")
    for width, letters in ((390, 112.5), (320, 112.5), (640, 112.5), (390, 225)):
        page.set_viewport_size({"width": width, "height": 844})
        page.evaluate(LETTERS, f"{letters}%")
        assert page.evaluate(SIDEWAYS) <= 0, (width, letters)
        assert page.evaluate(CUT_OFF) == [], (width, letters)


@each_kind
def test_on_a_desktop_axe_finds_nothing_and_the_focus_is_always_seen(visitor: Reader, kind: str) -> None:
    someone = visitor(DESKTOP)
    page = settle(someone.open(kind), kind)
    for _ in range(14):
        page.keyboard.press("Tab")
        now = focused(page)
        if now["tag"] == "BODY":
            break
        assert now["seen"], now
        assert now["ring"] == "solid", now
        assert now["width"] >= 3, now
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    assert_axe_finds_nothing_in_light_and_in_dark(page)
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme, contrast="more")  # type: ignore[arg-type]  # a Literal
        assert page.evaluate(RUN_AXE, COLOURS)["violations"] == [], f"{scheme}, more contrast"
    page.emulate_media(contrast="null")
    page.wait_for_load_state("networkidle")
    assert someone.complaints == []
    assert page.evaluate(LONG_LINES) == [], "a line has at most 46 letters"
    page.emulate_media(media="print")
    assert page.evaluate(PALE_ON_PAPER) == []
    assert page.evaluate(SIDEWAYS) <= 0, "on paper"


def assert_axe_finds_nothing_in_light_and_in_dark(page: Page) -> None:
    page.evaluate(AXE_SOURCE)
    for scheme, rules in (("dark", COLOURS), ("light", ALL_RULES)):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]  # colours do not fade while axe looks
        found = page.evaluate(RUN_AXE, rules)
        assert found["passes"] > (10 if scheme == "light" else 0)
        assert found["violations"] == [], scheme


@pytest.mark.parametrize("kind", ["record", "imported", "home"])
def test_the_number_to_call_is_large_and_in_view_without_scrolling(visitor: Reader, kind: str) -> None:
    page = visitor(PHONE).open(kind)
    box = page.locator("a.ts-call--big").first.bounding_box()
    assert box
    assert box["height"] >= 56
    assert box["y"] + box["height"] <= PHONE["height"]
    assert str(page.locator("a.ts-call--big").first.get_attribute("href")).startswith("tel:+81")


@pytest.mark.parametrize("kind", ["closed", "idea", "sample"])
def test_what_cannot_be_called_has_no_button_to_call_it(visitor: Reader, kind: str) -> None:
    page = visitor(PHONE).open(kind)
    assert page.locator(".ts-reach a[href^='tel:']").count() == 0
    words = {
        "closed": "2026年3月31日に終了しました。",
        "idea": "これはまだありません。",
        "sample": "見本の番号です。かかりません。",
    }
    expect(page.locator("article.ts-record")).to_contain_text(words[kind])


def test_an_ended_record_leads_to_what_took_its_place(visitor: Reader) -> None:
    page = visitor(PHONE).open("closed")
    page.locator(".ts-notice").get_by_role("link", name="さくら体操クラブ").click()
    expect(page.locator("h1")).to_contain_text("さくら体操クラブ")


# Keyboard


def focused(page: Page) -> dict[str, Any]:
    return dict(
        page.evaluate("""() => { const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
        return {words: one.textContent.trim(), classes: one.className, tag: one.tagName, ring: style.outlineStyle,
                width: parseFloat(style.outlineWidth), seen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
                inside: !!one.closest("#content")}; }""")
    )


@each_frame
def test_tab_reaches_the_skip_link_first_then_the_search_and_the_menu_which_opens_with_enter(
    visitor: Reader, kind: str
) -> None:
    page = settle(visitor(PHONE).open(kind), kind)
    page.keyboard.press("Tab")
    assert focused(page)["words"] == "本文へ"
    assert focused(page)["seen"]
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert focused(page)["words"] == "さがす"
    page.keyboard.press("Tab")
    assert focused(page)["words"] == "Language"  # this site has other languages
    page.keyboard.press("Tab")
    assert focused(page)["words"] == "メニュー"
    expect(page.get_by_role("navigation", name="メニュー")).to_be_hidden()
    page.keyboard.press("Enter")
    expect(page.get_by_role("navigation", name="メニュー")).to_be_visible()


@each_frame
def test_the_skip_link_leads_past_the_header_into_the_text(visitor: Reader, kind: str) -> None:
    page = settle(visitor(DESKTOP).open(kind), kind)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert focused(page)["inside"], focused(page)


# Without script, in print, in the dark


@pytest.mark.parametrize("kind", ["record", "list", "home", "map", "guide"])
def test_without_script_one_can_call_and_no_button_is_dead(reader: Reader, kind: str) -> None:
    page = reader(PHONE, java_script_enabled=False).open(kind)
    if kind in ("record", "list", "home"):
        expect(page.locator("main a[href^='tel:']").first).to_be_visible()
    # The search box is a plain form: without script it leads to a page with the other ways in (test_search.py).
    pressable = page.locator("button:not(.ts-search *), input:not(.ts-search *)")
    assert [button.inner_text() for button in pressable.all() if button.is_visible()] == []
    page.locator("details.ts-menu summary").click()
    expect(page.get_by_role("navigation", name="メニュー").get_by_role("link").first).to_be_visible()


def test_on_paper_the_header_is_gone_and_the_number_stands_there(visitor: Reader) -> None:
    page = visitor(DESKTOP).open("record")
    page.emulate_media(media="print")
    for gone in (".ts-header", ".ts-back", ".ts-map", ".ts-footer__links"):
        expect(page.locator(gone).first).to_be_hidden()
    number = page.locator(".ts-reach .ts-call__number").first
    expect(number).to_be_visible()
    expect(number).to_have_text("087-839-2811")
    assert number.evaluate("one => getComputedStyle(one).color") == "rgb(0, 0, 0)"


def test_on_paper_a_list_has_its_numbers_and_the_foot_is_low(visitor: Reader) -> None:
    page = visitor({"width": 720, "height": 1000}).open("list")  # about A4
    page.emulate_media(media="print")
    call = page.locator(".ts-card__call").first
    assert call.evaluate("one => getComputedStyle(one, '::after').content").strip('"') == call.get_attribute("data-tel")
    expect(call).to_be_visible()
    expect(page.locator(".ts-save").first).to_be_hidden()
    foot = page.locator(".ts-footer").bounding_box()
    assert foot
    assert foot["height"] <= 200


def test_on_paper_the_folded_parts_are_open(visitor: Reader) -> None:
    page = visitor(DESKTOP).open("record")
    page.emulate_media(media="print")
    expect(page.get_by_text("初回は家族と一緒の訪問にすると、話が進みやすくなります。")).to_be_visible()


@pytest.mark.parametrize("wish", ["light", "dark"])
def test_the_button_changes_the_brightness_and_the_choice_is_remembered(reader: Reader, wish: str) -> None:
    page = reader(DESKTOP, color_scheme=wish).open("home")
    ground = lambda: page.evaluate("getComputedStyle(document.body).backgroundColor")  # noqa: E731 - said three times
    before = ground()
    page.get_by_role("navigation", name="さがし方").get_by_role("button", name="明るさを変える").click()
    after = ground()
    assert after != before
    page.goto(page.url.replace("tsunagite-demo/", FACES) + "r/sakura-taiso/")
    assert ground() == after
