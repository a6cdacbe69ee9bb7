"""What a care manager cannot be asked: an address opens its entry, and a district narrows the lists behind it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from page_kinds import DEMO, KINDS, PHONE, visit

pytestmark = pytest.mark.browser


def test_an_entry_is_opened_by_its_address_and_narrowed_to_a_district(browser: Browser, served: str) -> None:
    reader = visit(browser, served, PHONE)
    page = reader.open(f"{KINDS['redirects']}#withdraw-cash")
    entry = page.locator("#withdraw-cash")
    expect(entry).to_have_attribute("open", "")
    page.get_by_label("地区でしぼる").select_option("yashima")
    link = entry.locator("a[href*='search/?']").first
    expect(link).to_have_attribute("href", re.compile("area=yashima"))
    link.click()
    expect(page.locator(".ts-found__filters")).to_contain_text("屋島地区")
    assert DEMO in page.url
