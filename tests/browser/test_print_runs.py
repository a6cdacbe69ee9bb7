"""Paper that was handed out: the address of its code says what has changed, and its publishers see which copies are wrong."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from page_kinds import KINDS, PHONE, visit

pytestmark = pytest.mark.browser


def test_the_address_of_the_code_says_what_has_changed_since(browser: Browser, served: str) -> None:
    reader = visit(browser, served, PHONE)
    page = reader.open("print_run")
    expect(page.locator(".ts-lead").first).to_contain_text("紙にのっている2件のうち、2件が変わりました。")
    ended = page.locator("section", has=page.get_by_role("heading", name="屋島ふれあいサロン"))
    expect(ended).to_contain_text("2026年3月31日に終わりました。")
    changed = page.locator("section", has=page.get_by_role("heading", name="さくら体操クラブ"))
    expect(changed.locator("del")).to_have_text("087-000-0009")
    expect(changed.locator("ins")).to_have_text("087-000-0000")
    changed.get_by_role("link", name="さくら体操クラブ").click()
    expect(page).to_have_url(re.compile(r"/r/sakura-taiso/$"))


def test_copies_that_are_no_longer_true_are_listed_with_where_they_lie(browser: Browser, served: str) -> None:
    reader = visit(browser, served, PHONE)
    page = reader.open(KINDS["print_runs"])
    row = page.locator("li.ts-paper")
    expect(row).to_contain_text("変わったもの 2件")
    expect(row).to_contain_text("120部")
    expect(row).to_contain_text("屋島コミュニティセンター 120部")
    row.get_by_role("link").click()
    expect(page).to_have_url(re.compile(r"/p/card/2026-03-01/$"))
    page.get_by_role("link", name="新しい紙を見る・印刷する").click()
    expect(page.get_by_role("link", name="ふつうの文字")).to_have_attribute("href", re.compile(r"card\.pdf$"))
