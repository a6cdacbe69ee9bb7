"""Printing a form prints the sheet, filled so far; a sheet about one person keeps its draft as long as was chosen, and exports nothing."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pikepdf
from playwright.sync_api import Page, expect

from page_kinds import DESKTOP, FACES, Visit
from page_probes import wait_until
from pdf_page import text_of
from tsunagite.records.load.worksheets import built_in_sheets

SHEETS = {sheet.id: sheet for sheet in built_in_sheets()}
SIZES = {"a4": (210, 297), "a3": (297, 420)}  # mm
PERSONAL = "emergency-contacts"
CONTACTS = f"{FACES}worksheets/{PERSONAL}/form/"


def printed(page: Page) -> tuple[bytes, list[tuple[int, int]]]:
    """Print a page as its style sheet says; return the PDF and the size of each page in mm."""
    content = page.pdf(prefer_css_page_size=True)
    with pikepdf.open(BytesIO(content)) as pdf:
        return content, [
            (round(float(one.mediabox[2]) / 72 * 25.4), round(float(one.mediabox[3]) / 72 * 25.4)) for one in pdf.pages
        ]


def test_an_empty_form_prints_one_page_of_its_sheet(visitor: Callable[..., Visit], served_faces: str) -> None:
    someone = visitor(DESKTOP)
    wrong = []
    for sheet in SHEETS.values():
        page = someone.open(f"{FACES}worksheets/{sheet.id}/form/")
        content, pages = printed(page)
        short, long = SIZES[sheet.paper.size]
        text = text_of(content)
        titles = ["次に見直す日", *(section.title for section in sheet.sections)]
        missing = [title for title in titles if "".join(title.split()) not in text]
        if missing or "行を足す" in text or pages != [(long, short) if sheet.paper.turned else (short, long)]:
            wrong.append((sheet.id, pages, missing))
    assert wrong == []
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.locator(".ts-wp")).to_have_count(0)
    assert someone.complaints == []


def test_what_is_written_stands_on_the_printed_sheet_with_rows_to_go_on(
    visitor: Callable[..., Visit], served_faces: str
) -> None:
    someone = visitor(DESKTOP)
    page = someone.open(f"{FACES}worksheets/community-issues/form/")
    page.locator("[data-part=head] [data-key=title]").fill("雨の日の外出")
    page.locator("[data-part=head] [data-key=made_by]").fill("地域ケア会議")
    for number in range(4):
        if number:
            page.evaluate("document.querySelector('[data-part=problems] [data-do=add]').click()")
        page.locator("[data-part=problems] [data-key=problem]").nth(number).evaluate(
            "(box, text) => { box.value = text; box.dispatchEvent(new Event('input', {bubbles: true})); }",
            f"停留所で待てない その{number}",
        )
    page.evaluate("document.querySelector('[data-do=next]').click()")
    content, pages = printed(page)
    assert pages == [(420, 297)]
    text = text_of(content)
    assert [
        word
        for word in ("雨の日の外出", "地域ケア会議", *(f"停留所で待てないその{n}" for n in range(4)))
        if word not in text
    ] == []
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    rows = page.locator(".ts-wp section").filter(has_text="地域の問題と根拠").locator("tbody tr")
    assert rows.count() >= 5  # one more than is written
    heights = page.evaluate(
        "(() => { const made = document.querySelector('.ts-wp'); made.style.display = 'block'; return [...made.querySelectorAll('tbody tr')].map(row => row.getBoundingClientRect().height * 25.4 / 96); })()"
    )
    assert min(heights) >= 8.9  # mm


def test_much_that_is_written_takes_more_pages_and_loses_no_word(
    visitor: Callable[..., Visit], served_faces: str
) -> None:
    someone = visitor(DESKTOP)
    page = someone.open(f"{FACES}worksheets/when-and-why/form/")
    for number in range(14):
        if number:
            page.get_by_role("button", name="行を足す").click()
        page.locator("[data-key=when]").nth(number).fill(
            f"{number}番の場面です。" + "雨の日は外に出られない人が多い。" * 12
        )
    content, pages = printed(page)
    assert len(pages) == 2
    assert [number for number in range(14) if f"{number}番の場面です。" not in text_of(content)] == []


def test_the_matrix_asks_one_field_first_is_filled_by_its_cells_and_is_printed_as_cells(
    reader: Callable[..., Visit], served_faces: str
) -> None:
    someone = reader(DESKTOP)
    page = someone.open(f"{FACES}worksheets/resource-matrix/form/")
    part = page.locator("[data-part=items]")
    page.get_by_role("button", name="「互助」の「すでにある」に足す").click()
    page.keyboard.type("店の前のいす")  # the field that matters has the focus
    expect(part.locator(".ts-wf-line [data-key]:visible")).to_have_count(1)  # the other eight come on demand
    expect(part.locator(".ts-wf-letter:visible")).to_have_text(["1 互助・すでにある"])
    expect(page.get_by_role("button", name="「互助」の「すでにある」に足す")).to_have_text("1")
    page.locator("[data-part=items] [data-do=add]").click()
    part.locator("[data-key=what]").nth(1).fill("まだ決めない案")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    cells = page.locator(".ts-wp-cells tbody tr").filter(has_text="互助").locator("td")
    assert [cell.text_content() for cell in cells.all()] == ["1 店の前のいす", "", ""]
    assert "まだ決めない案" in (page.locator(".ts-wp-part table").nth(2).text_content() or "")
    assert printed(page)[1] == [(420, 297)]
    assert someone.complaints == []


def write_a_contact(page: Page) -> None:
    page.locator("[data-key=who]").first.fill("隣の家")
    expect(page.locator(".ts-wf-status")).not_to_be_empty()


def test_a_sheet_about_one_person_keeps_its_draft_as_long_as_was_chosen(
    reader: Callable[..., Visit], served_faces: str
) -> None:
    someone = reader(DESKTOP)
    page = someone.open(CONTACTS)
    write_a_contact(page)
    expect(page.locator(".ts-wf-status")).to_contain_text("このページを開いている間だけ")
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('tsunagite-person'))") == []
    other = someone.context.new_page()  # another tab is another visit
    other.goto(someone.served + CONTACTS)
    expect(other.locator("[data-key=who]").first).to_have_value("")
    page.get_by_label("今日だけ").check()
    expect(page.locator(".ts-wf-status")).to_contain_text("今日だけ")
    other.goto(someone.served + CONTACTS)
    expect(other.locator("[data-key=who]").first).to_have_value("隣の家")
    expect(other.get_by_label("今日だけ")).to_be_checked()
    other.close()
    someone.context.clock.set_fixed_time("2026-11-23T00:10:00+09:00")
    page.goto("about:blank")
    page = someone.open(f"{FACES}worksheets/")  # any page deletes what lies there from yesterday
    wait_until(page, "!Object.keys(localStorage).some(key => key.startsWith('tsunagite-person'))")
    page = someone.open(CONTACTS)
    expect(page.locator("[data-key=who]").first).to_have_value("")
    assert someone.complaints == []


def test_a_draft_kept_until_deleted_is_there_the_next_day_and_goes_when_deleted(
    reader: Callable[..., Visit], served_faces: str
) -> None:
    someone = reader(DESKTOP)
    page = someone.open(CONTACTS)
    page.get_by_label("を押すまで").check()
    write_a_contact(page)
    someone.context.clock.set_fixed_time("2026-11-25T12:00:00+09:00")
    page.reload()
    expect(page.locator("[data-key=who]").first).to_have_value("隣の家")
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="この端末の下書きを消す").click()
    page.reload()
    expect(page.locator("[data-key=who]").first).to_have_value("")


def test_a_sheet_about_one_person_is_never_exported_and_warns_before_it_is_left_unprinted(
    reader: Callable[..., Visit], served_faces: str
) -> None:
    someone = reader(DESKTOP)
    page = someone.open(CONTACTS)
    expect(page.get_by_role("button", name="ファイルに書き出す")).to_have_count(0)
    expect(page.locator("input[type=file]")).to_have_count(0)
    write_a_contact(page)
    asked: list[str] = []

    def stay(dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.evaluate("location.href = '../'")
    page.wait_for_timeout(500)
    assert asked == ["beforeunload"]
    expect(page.locator("[data-key=who]").first).to_have_value("隣の家")
    content, pages = printed(page)
    assert pages == [(210, 297)]
    assert "隣の家" in text_of(content)
    page.evaluate("location.href = '../'")  # printed: nothing would be lost
    page.wait_for_url(f"**/worksheets/{PERSONAL}/")
    assert asked == ["beforeunload"]
