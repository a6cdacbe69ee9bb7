"""A checklist counts its marks and keeps them on the device; a reset forgets them."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from page_kinds import PHONE, visit

pytestmark = pytest.mark.browser


def test_marks_are_counted_kept_and_cleared(browser: Browser, served: str) -> None:
    reader = visit(browser, served, PHONE)
    page = reader.open("checklist")
    tally = page.locator(".ts-tally output")
    expect(tally).to_have_text("0 / 20")
    page.locator(".ts-check-line").nth(0).click()
    page.locator(".ts-check-line input").nth(3).press("Space")
    expect(tally).to_have_text("2 / 20")
    page.reload()
    expect(tally).to_have_text("2 / 20")
    assert page.evaluate("localStorage.length") == 1
    page.get_by_role("button", name="印を消す").click()
    expect(tally).to_have_text("0 / 20")
    assert page.evaluate("localStorage.length") == 0
    assert reader.foreign == []
