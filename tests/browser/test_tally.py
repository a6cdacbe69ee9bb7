"""A checklist counts its marks and keeps them on the device; the button forgets them or brings them back."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Route, expect

from page_kinds import PHONE, Visit, visit

pytestmark = pytest.mark.browser


def test_marks_are_counted_kept_cleared_and_given_back(visitor: Callable[..., Visit]) -> None:
    reader = visitor(PHONE)
    page = reader.open("checklist")
    tally, groups = page.locator(".ts-tally output"), page.locator(".ts-tally__note").first
    expect(tally).to_have_text("0 / 20")
    page.locator(".ts-check-line").nth(0).click()
    page.locator(".ts-check-line input").nth(7).press("Space")
    expect(tally).to_have_text("2 / 20")
    expect(groups).to_contain_text("暮らし 1 / 6、家族 1 / 4")
    expect(page.get_by_text("この端末の中だけに残ります").last).to_be_visible()
    page.reload()
    expect(tally).to_have_text("2 / 20")
    assert page.evaluate("localStorage.length") == 1
    page.get_by_role("button", name="印を消す").press("Enter")
    expect(tally).to_have_text("0 / 20")
    assert page.evaluate("localStorage.length") == 0
    page.get_by_role("button", name="もとに戻す").press("Enter")
    expect(tally).to_have_text("2 / 20")
    page.reload()
    expect(tally).to_have_text("2 / 20")
    assert reader.foreign == reader.complaints == []


def test_marks_stay_with_their_point_when_the_list_changes(browser: Browser, served: str) -> None:
    page = visit(browser, served, PHONE).open("checklist")
    page.locator(".ts-check-line").nth(5).click()
    expect(page.locator(".ts-tally output")).to_have_text("1 / 20")
    words = page.locator(".ts-check-line").nth(5).inner_text()

    def one_point_fewer(route: Route) -> None:
        answer = route.fetch()
        line = re.compile(r'<label class="ts-check-line">.*?</label>')
        route.fulfill(response=answer, body=line.sub("", answer.text(), count=1))

    page.route("**/twenty-problems/", one_point_fewer)
    page.reload()
    expect(page.locator(".ts-tally output")).to_have_text("1 / 19")
    assert page.locator(".ts-check-line:has(:checked)").all_inner_texts() == [words]


def test_a_device_that_refuses_to_keep_marks_is_not_said_to_keep_them(browser: Browser, served: str) -> None:
    reader = visit(browser, served, PHONE)
    reader.context.add_init_script(
        "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }"
    )
    page = reader.open("checklist")
    page.locator(".ts-check-line").nth(0).click()
    expect(page.locator(".ts-tally output")).to_have_text("1 / 20")
    expect(page.get_by_text("この端末には印を残せません")).to_be_visible()
    expect(page.locator(".ts-tally__note").nth(1)).to_be_hidden()


def test_a_mark_made_before_the_script_came_counts(visitor: Callable[..., Visit]) -> None:
    reader = visitor(PHONE)
    for place, told in enumerate(("1 / 20", "2 / 20")):
        with reader.late("**/tally.js"):
            page = reader.open("checklist")
            page.locator(".ts-check-line").nth(place).click()
        expect(page.locator(".ts-tally output")).to_have_text(told)


def test_without_script_the_list_can_be_marked_and_nothing_is_promised(browser: Browser, served: str) -> None:
    page = visit(browser, served, PHONE, java_script_enabled=False).open("checklist")
    page.locator(".ts-check-line").nth(0).click()
    assert page.locator(".ts-check-line input").nth(0).is_checked()
    assert not page.locator(".ts-tally").is_visible()
