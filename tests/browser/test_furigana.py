"""Furigana in a browser: over all text that is read and nowhere else, kept on the device, and gone as they came."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from page_kinds import FACES, KINDS, PHONE, Visit
from page_probes import CUT_OFF, SIDEWAYS, wait_until

READINGS = "document.querySelectorAll('ts-furigana').length"
SWITCH = ".ts-menu .ts-readings"


def turn_on(visit: Visit) -> None:
    visit.page.click(".ts-menu summary")
    visit.page.click(SWITCH)
    wait_until(visit.page, f"{READINGS} > 5")


def test_readings_are_drawn_but_are_no_text_and_go_as_they_came(visitor: Callable[..., Visit]) -> None:
    visit = visitor()
    page = visit.open(KINDS["glossary"])
    before = page.evaluate("[document.title, document.querySelector('.ts-page').innerText]")
    turn_on(visit)
    assert page.evaluate("document.querySelectorAll('ruby > rt').length") > 200
    assert page.evaluate("[...document.querySelectorAll('rt')].map((rt) => rt.textContent).join('')") == ""
    assert page.evaluate("document.querySelector('rt').getBoundingClientRect().height") > 5
    assert page.locator("title ruby, option ruby, input ruby, [translate=no] ruby:not([data-kana] ruby)").count() == 0
    page.reload()
    wait_until(page, f"{READINGS} > 5")  # the choice stays on the device
    page.click(".ts-menu summary")
    page.click(SWITCH)
    wait_until(page, f"{READINGS} === 0")
    page.click(".ts-menu summary")
    assert page.evaluate("[document.title, document.querySelector('.ts-page').innerText]") == before
    assert page.evaluate("localStorage.getItem('tsunagite-furigana')") == "off"
    assert visit.complaints == []


def test_what_scripts_bring_later_has_readings_too(visitor: Callable[..., Visit]) -> None:
    visit = visitor()
    page = visit.open(KINDS["search_results"])
    turn_on(visit)
    page.fill("#q", "相談")
    page.press("#q", "Enter")
    wait_until(page, "document.querySelectorAll('#found .ts-card ts-furigana').length > 0")
    assert visit.complaints == []


@pytest.mark.parametrize("kind", ["home", "record", "contact_answer", "emergency", "list"])
def test_a_narrow_page_holds_its_readings(visitor: Callable[..., Visit], kind: str) -> None:
    visit = visitor({"width": 320, "height": 800})
    page = visit.open(KINDS[kind])
    turn_on(visit)
    page.keyboard.press("Escape")
    assert page.evaluate(SIDEWAYS) == 0
    assert page.evaluate(CUT_OFF) == []


def test_the_name_of_a_record_has_the_reading_that_its_record_gives(visitor: Callable[..., Visit]) -> None:
    visit = visitor(PHONE)
    page = visit.open(KINDS["record"])
    turn_on(visit)
    name = page.locator("h1 [data-kana]")
    parts = page.evaluate("[...document.querySelectorAll('h1 [data-kana] rt')].map((rt) => rt.dataset.r).join('|')")
    assert parts == name.get_attribute("data-kana")
    assert name.text_content() in page.title()


def test_pages_in_easy_japanese_begin_with_furigana_and_can_go_on_without(visitor: Callable[..., Visit]) -> None:
    visit = visitor(PHONE)
    page = visit.open(f"{FACES}easy/emergency/")
    wait_until(page, f"{READINGS} > 5")
    assert page.locator("rt[data-r='きゅうきゅうしゃ']").count() > 0
    page.click(".ts-edition__nav .ts-readings")
    wait_until(page, f"{READINGS} === 0")
    page.reload()
    assert page.evaluate("document.documentElement.dataset.furigana ?? 'off'") == "off"
    page.click(".ts-edition__nav .ts-bright")
    assert page.evaluate("document.documentElement.dataset.mode") == "dark"
