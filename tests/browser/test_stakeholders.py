"""The map of relations in a browser: its size is changed, and its names are followed, by keyboard alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from page_kinds import DEMO, PHONE, Visit

pytestmark = pytest.mark.browser


def test_the_map_grows_and_fits_the_screen_and_leads_to_a_record_by_keyboard(visitor: Callable[..., Visit]) -> None:
    page = visitor(PHONE).open(f"{DEMO}stakeholders/")
    drawn = page.locator(".ts-net__map")
    own = drawn.evaluate("(map) => map.getBoundingClientRect().width")
    page.get_by_role("button", name="大きくする").press("Enter")
    assert drawn.evaluate("(map) => map.getBoundingClientRect().width") == pytest.approx(own * 1.25, abs=2)
    page.get_by_role("button", name="全体を見る").press("Enter")
    assert drawn.evaluate("(map) => map.getBoundingClientRect().width") <= PHONE["width"]
    link = drawn.get_by_role("link").first
    name = link.locator("tspan").last.text_content() or ""
    link.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)
