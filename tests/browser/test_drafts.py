"""Nothing that somebody wrote into a form is lost: not to a second window, not to a file that is opened, not to a look at the page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from page_kinds import FACES, PHONE, Visit, visit

pytestmark = pytest.mark.browser
FORM = f"{FACES}worksheets/when-and-why/form/"
STEPS = f"{FACES}worksheets/community-issues/form/"
KEPT = "Object.keys(localStorage).filter((key) => key.startsWith('tsunagite-sheet:'))"


@pytest.fixture
def someone(browser: Browser, served_faces: str) -> Iterator[Visit]:
    one = visit(browser, served_faces, PHONE)
    yield one
    one.context.close()


def first(page: Page) -> Locator:
    return page.locator("[data-part=rows] [data-key=when]").first


def test_two_windows_show_the_newest_words_and_keep_both_drafts(someone: Visit) -> None:
    someone.context.add_init_script(
        "addEventListener('storage', (event) => globalThis.asleep && event.stopImmediatePropagation())"
    )
    one, other = someone.open(FORM), someone.context.new_page()
    other.goto(one.url)
    first(one).fill("雨の日")
    expect(first(other)).to_have_value("雨の日")  # what one keeps the other shows
    one.evaluate("globalThis.asleep = true")
    first(other).fill("冬の朝")
    expect(other.locator(".ts-wf-status")).to_have_text("この端末に下書きを残しました。")
    first(one).fill("夏の昼")  # not knowing of the other, as a window that slept
    expect(one.locator(".ts-wf-other")).to_contain_text("別の画面でも、この用紙を書いていました。")
    expect(first(one)).to_have_value("夏の昼")
    one.get_by_role("button", name="もう一方を出す").click()
    expect(first(one)).to_have_value("冬の朝")
    one.reload()
    expect(first(one)).to_have_value("冬の朝")
    one.get_by_role("button", name="もう一方を出す").click()
    expect(first(one)).to_have_value("夏の昼")
    assert someone.complaints == []


def test_a_form_that_is_only_looked_at_makes_no_draft_and_a_deleted_one_stays_deleted(someone: Visit) -> None:
    page = someone.open(FORM)
    someone.open(STEPS)
    assert page.evaluate(KEPT) == []
    page.locator("[data-part=head] [data-key=title]").fill("雨の日の外出")
    page.get_by_role("button", name="次へ", exact=True).click()
    someone.open(FORM)
    page.go_back()
    expect(page.locator(".ts-wf-where")).to_have_text("2 / 8")  # where they were
    expect(page.locator("[data-part=head] [data-key=title]")).to_have_value("雨の日の外出")
    page.on("dialog", lambda dialog: dialog.accept())
    page.evaluate("document.querySelector('[data-do=clear]').click()")
    someone.open(f"{FACES}worksheets/")
    assert page.evaluate(KEPT) == []


def test_a_file_is_opened_over_a_draft_only_after_a_question_and_the_draft_can_be_brought_back(someone: Visit) -> None:
    page = someone.open(FORM)
    first(page).fill("雨の日")
    file = {
        "name": "asa.yml",
        "mimeType": "text/yaml",
        "buffer": "# tsunagite worksheet: when-and-why\ntitle: 朝\nrows:\n  - when: 冬の朝\n".encode(),
    }
    asked: list[str] = []
    page.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    page.set_input_files("input[type=file]:not([multiple])", file)
    expect(first(page)).to_have_value("雨の日")
    page.once("dialog", lambda dialog: dialog.accept())
    page.set_input_files("input[type=file]:not([multiple])", file)
    expect(first(page)).to_have_value("冬の朝")
    expect(page.locator(".ts-wf-other")).to_contain_text("asa.yml を開きました。")
    page.get_by_role("button", name="もう一方を出す").click()
    expect(first(page)).to_have_value("雨の日")
    assert asked == ["いま書いてあるものの代わりに asa.yml を開きます。いまのものは「もう一方」として残ります。"]


@pytest.mark.parametrize("name", ["QuotaExceededError", "SecurityError"])
def test_a_device_that_keeps_nothing_says_so_before_a_word_is_written(someone: Visit, name: str) -> None:
    someone.context.add_init_script(f"Storage.prototype.setItem = () => {{ throw new DOMException('no', '{name}'); }}")
    page = someone.open(FORM)
    expect(page.locator(".ts-wf-status")).to_have_text(
        "この端末には下書きを残せません。閉じる前にファイルに書き出してください。"
    )
    first(page).fill("雨の日")
    page.once("dialog", lambda dialog: dialog.accept())
    page.evaluate("document.querySelector('[data-do=clear]').click()")
    expect(first(page)).to_have_value("")


def test_a_sheet_is_written_with_the_keyboard_and_the_focus_is_never_lost(someone: Visit) -> None:
    page = someone.open(FORM)
    lines = page.locator("[data-part=rows] .ts-wf-line")
    first(page).focus()
    page.keyboard.type("雨の日")
    page.locator("[data-part=rows] [data-do=add]").press("Enter")
    second = lines.nth(1).locator("[data-key=when]")
    expect(second).to_be_focused()
    page.keyboard.type("冬の朝")
    lines.nth(0).locator("[data-do=remove]").press("Enter")
    expect(first(page)).to_have_value("冬の朝")
    expect(first(page)).to_be_focused()
    page.locator("[data-do=restore]").press("Enter")
    expect(first(page)).to_have_value("雨の日")
    expect(first(page)).to_be_focused()
    outline = "getComputedStyle(document.activeElement).outlineStyle"
    assert page.evaluate(outline) != "none", "the focus is seen"
    page.evaluate("window.print = () => (window.printed = true)")
    page.locator("[data-do=print]").press("Enter")
    assert page.evaluate("window.printed")
    assert someone.complaints == []


def test_a_damaged_draft_about_a_person_does_not_keep_the_others_beyond_their_day(someone: Visit) -> None:
    someone.open(FORM)
    someone.page.evaluate(
        """() => { const put = (name, value) => localStorage.setItem(`tsunagite-person:${name}`, value);
          ["{", "", "null", "[1]", "あ"].forEach((value, at) => put(`${at}damaged`, value));
          for (const at of [0, 1, 2, 3, 4, 5]) put(`${at}old`, JSON.stringify({ until: "2020-01-01", record: {} }));
          put("kept", JSON.stringify({ until: "deleted", record: {} })); put("later", JSON.stringify({ until: "9999-12-31", record: {} })); }"""
    )
    someone.open(f"{FACES}list/")
    expect(someone.page.locator("h1").first).to_be_visible()
    left = someone.page.evaluate(
        "Object.keys(localStorage).filter((key) => key.startsWith('tsunagite-person:')).sort()"
    )
    assert left == ["tsunagite-person:kept", "tsunagite-person:later"]
    assert someone.complaints == []
