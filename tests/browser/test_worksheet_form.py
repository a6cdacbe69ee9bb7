"""Forms of worksheets: filled in on a phone without a signal, kept, warned, written as YAML, built, and found on the site."""

from __future__ import annotations

import random
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from conftest import PatientServer, SubPathHandler
from node import ask_node
from page_kinds import DEMO, FACES, PHONE, Visit, visit
from tsunagite.check.load import load
from tsunagite.engine.assemble import assemble
from tsunagite.records.yaml.reader import dump, read_text
from tsunagite.text.case_free import PATTERNS, personal_detail

FORM = f"{FACES}worksheets/community-issues/form/"
ROOT = Path(__file__).parents[2]
HARD = ["0120", "true", "a: b", "- x", "「声」#3", "さくら #2号館", "x\ny\n", "\\n", '"', "'", "[a, b]", "{a: b}", "null", "2026-02-18", "空　x", "&a", "*b", "!c", "@", "%", "?", "|", ">", "~", "a:", "9:30", "1.5", "-", "○", "😀", "\u2028"]  # fmt: skip


def answers(**question: Any) -> list[Any]:
    return ask_node("worksheet_records.mjs", question)


def test_what_the_browser_writes_the_strict_reader_reads_and_the_other_way_round() -> None:
    dice = random.Random(7)  # noqa: S311 - the same records in every run

    def text() -> str:
        return "".join(dice.sample(HARD, 2)).strip() or "x"

    records = [
        {"id": "a", "title": text(), "needs": [text(), text()], "sample": True, "cases": dice.randrange(100),
         "theme": {"life": text()}, "items": [{"letter": "1", "what": text(), "leads_to": ["2", text()]}, {"letter": "2", "what": one}]}
        for one in HARD for _ in range(4)
    ]  # fmt: skip
    written, read, _ = answers(records=records, texts=[dump(record) for record in records])
    for record, yaml in zip(records, written, strict=True):
        found = read_text(yaml, "x")
        assert (found.findings, found.value) == ((), record), yaml
    assert read == records


def test_what_no_record_may_hold_is_left_out_of_a_file_and_its_name() -> None:
    """A sign that was pasted unseen must not make the whole file one that the site refuses."""
    record = {
        "id": "a",
        "title": "a\x01b\x7f\x9f\ufffe,\ud800c",
        "lines": ["x\x0by", "[\x1f]"],
        "theme": {"life": "あ\x85い\tう\nえ"},
    }
    [[written], _, _] = answers(records=[record])
    found = read_text(written, "x")
    assert found.findings == ()
    assert found.value == {"id": "a", "title": "ab,c", "lines": ["xy", "[]"], "theme": {"life": "あ\x85い\tう\nえ"}}


def test_the_browser_reads_the_samples_as_the_site_does() -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "resources/worksheets").rglob("*.yml"))]
    assert len(texts) > 1
    assert answers(texts=texts)[1] == [read_text(text, "x").value for text in texts]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("title: [a,\n  b]", 1),
        ("id: a\nid: b", 2),
        ("title: &x a", 1),
        ("a: b\n   c: d", 2),
        ("- a", 1),
        ("題: あ", 1),
        ('a: "b', 1),
        ("a: b\nx", 2),
    ],
)
def test_what_the_browser_does_not_know_it_refuses_with_the_line(text: str, line: int) -> None:
    assert answers(texts=[text])[1] == [line]


def test_the_browser_warns_of_the_same_words_as_the_check() -> None:
    words = ["Aさん（82歳）", "８２歳の女性", "65歳以上", "皆さん", "利用者さん", "鈴木さん", "鈴木 花子", "地域福祉課 係長", "302号室", "一丁目2-3", "090-0000-0000", "同様に", "お医者さん", "米屋さん", "昭和12年3月4日生まれ", "K.T."]  # fmt: skip
    found = answers(words=words, patterns=[pattern for _, pattern in PATTERNS])[2]
    assert found == [detail[1] if (detail := personal_detail(word)) else None for word in words]
    assert found.count(None) == 7


def write(page: Page, part: str, key: str, text: str, nth: int = 0) -> None:
    page.locator(f"[data-part={part}] [data-key={key}]").nth(nth).fill(text)


def go(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


@contextmanager
def all_has_come(page: Page) -> Iterator[None]:
    """Wait after a page was opened until its last script is there: it comes when the page has long been shown."""
    with page.expect_event("requestfinished", lambda request: request.url.endswith("/offline.js")):
        yield
    page.wait_for_load_state("networkidle")


def fill_in_without_a_signal(someone: Visit) -> None:
    """Fill in all steps, a name first, and see what the sheet asks; ask the server for nothing."""
    page = someone.page
    with all_has_come(page):
        someone.open(FORM)
    expect(page.locator(".ts-wf-where")).to_have_text("1 / 8")
    someone.context.set_offline(True)
    asked = len(someone.asked)
    write(page, "head", "title", "雨の日の外出")
    write(page, "head", "made_on", "2026-11-20")
    write(page, "head", "made_by", "屋島圏域 地域ケア会議")
    page.locator("[data-part=head]").get_by_text("外出・通院").click()
    go(page, "次へ")
    write(page, "notices", "notice", "鈴木さんが雨の日に出られない")
    expect(page.get_by_role("alert")).to_contain_text("「鈴木さん」は、だれのことかがわかる")
    write(page, "notices", "notice", "買い物が遠い。桜町の80代の男性1人が困っている。")
    expect(page.get_by_role("alert")).to_contain_text("「桜町の80代の男性1人が困っている」には、1人か2人の人数と")
    write(page, "notices", "notice", "雨の日は: 半分に「なる」 #毎週")
    expect(page.get_by_role("alert")).to_have_count(0)
    go(page, "次へ")
    write(page, "problems", "problem", "停留所で待てない")
    write(page, "problems", "cases", "１４")
    go(page, "次へ")
    expect(page.locator("[data-part=screening] .ts-wf-letter:visible")).to_have_text(["a"])
    page.locator("[data-part=screening] select").first.select_option("ある")
    go(page, "次へ")
    write(page, "issues", "issue", "待てる場所をつくる")
    write(page, "issues", "problems", "a")
    go(page, "次へ")
    go(page, "次へ")
    page.locator("[data-part=measures] [data-key=issue]").select_option("A")
    write(page, "measures", "method", "軒下にいすを置く")
    go(page, "次へ")
    doubts = page.locator(".ts-wf-doubts li")
    expect(doubts.filter(has_text="問題と課題のあいだの分析が抜けています")).to_have_count(1)
    expect(doubts.filter(has_text="だれがするのかが決まっていません")).to_have_count(1)
    expect(page.locator(".ts-wf-status")).to_have_text("この端末に下書きを残しました。")
    assert len(someone.asked) == asked  # nothing was asked for while there was no signal


def test_a_sheet_is_filled_in_on_a_phone_without_a_signal_and_found_on_the_site(
    browser: Browser, served: str, tmp_path: Path
) -> None:
    someone = visit(browser, served, PHONE, has_touch=True, accept_downloads=True)
    fill_in_without_a_signal(someone)
    page = someone.page
    doubts = page.locator(".ts-wf-doubts li")

    someone.context.set_offline(False)
    with all_has_come(page):
        page.reload()
    expect(page.locator(".ts-wf-status")).to_have_text("前に書いた下書きの続きです。")
    expect(page.locator(".ts-wf-where")).to_have_text("8 / 8")  # where the reader was
    for _ in range(3):
        go(page, "前へ")
    expect(page.locator("[data-part=issues] [data-key=issue]")).to_have_value("待てる場所をつくる")
    write(page, "issues", "factors", "停留所に屋根がない")
    for _ in range(3):
        go(page, "次へ")
    expect(doubts).to_have_count(1)
    someone.context.set_offline(True)
    with page.expect_download() as download:
        go(page, "ファイルに書き出す")
    assert download.value.suggested_filename == "community-issues-2026-11-20.yml"
    record = tmp_path / "resources/worksheets/community-issues/community-issues-2026-11-20.yml"
    record.parent.mkdir(parents=True)
    download.value.save_as(record)

    text = record.read_text(encoding="utf-8")
    assert 'notice: "雨の日は: 半分に「なる」 #毎週"' in text
    assert {finding.code for finding in load(tmp_path, date(2026, 11, 22)).findings if finding.code[0] in "WMYF"} == {
        "W112",
        "W121",
    }
    record.write_text(text + "publishable_by: 地域福祉課\npublishable_on: 2026-11-21\n", encoding="utf-8")
    shown = assemble(load(tmp_path, date(2026, 11, 22)).directory, date(2026, 11, 22)).worksheets
    (view,) = shown.filled()
    assert (view.title, view.path) == ("雨の日の外出", "worksheets/community-issues/community-issues-2026-11-20/")
    assert [section.id for section in view.sections if section.rows] == [
        "notices",
        "problems",
        "screening",
        "issues",
        "measures",
    ]

    someone.context.set_offline(False)
    page.once("dialog", lambda dialog: dialog.accept())
    go(page, "この端末の下書きを消す")
    expect(page.locator(".ts-wf-status")).to_have_text("下書きを消しました。")
    page.goto(served + FORM)
    page.set_input_files("input[type=file]:not([multiple])", record)
    expect(page.locator(".ts-wf-status")).to_contain_text("を開きました。")
    expect(page.locator("[data-part=issues] [data-key=factors]")).to_have_value("停留所に屋根がない")
    with page.expect_download() as again:
        page.evaluate("document.querySelector('[data-do=export]').click()")
    assert (
        read_text(Path(again.value.path()).read_text(encoding="utf-8"), "x").value
        == read_text(record.read_text(encoding="utf-8"), "x").value
    )
    assert someone.foreign == []
    assert someone.complaints == []
    someone.context.close()


def test_a_form_opened_once_is_there_again_where_there_is_no_signal(browser: Browser, built_faces: Path) -> None:
    """The first page this device ever opened is a form; then the server is gone for good."""
    server = PatientServer(("127.0.0.1", 0), partial(SubPathHandler, sites={FACES.strip("/"): built_faces}))
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    root = f"http://127.0.0.1:{server.server_port}/"
    context = browser.new_context(
        viewport=PHONE, locale="ja-JP", timezone_id="Asia/Tokyo", has_touch=True, accept_downloads=True
    )
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(root + FORM)
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    page.wait_for_function(
        "async () => (await caches.match(new URL('offline/saved', (await navigator.serviceWorker.ready).scope))) !== undefined"
    )
    server.shutdown()
    thread.join()
    server.server_close()

    write(page, "head", "title", "雨の日の外出")
    go(page, "次へ")
    write(page, "notices", "notice", "雨の日は半分になる")
    page.reload()
    expect(page.locator(".ts-offline")).to_contain_text("に保存した内容を出しています")
    expect(page.locator(".ts-wf-status")).to_have_text("前に書いた下書きの続きです。")
    expect(page.locator("[data-part=notices] [data-key=notice]")).to_have_value("雨の日は半分になる")
    expect(page.locator(".ts-wf-where")).to_have_text("2 / 8")
    go(page, "前へ")
    write(page, "head", "made_on", "2026-11-20")
    for _ in range(7):
        go(page, "次へ")
    with page.expect_download() as download:
        go(page, "ファイルに書き出す")
    record = read_text(Path(download.value.path()).read_text(encoding="utf-8"), "x").value
    assert (record["title"], record["notices"]) == ("雨の日の外出", [{"notice": "雨の日は半分になる"}])
    page.goto(f"{root}{FACES}worksheets/care-meeting/form/")  # a form that was never opened
    write(page, "head", "title", "11月の会議")
    assert complaints == []
    context.close()


def test_a_line_can_be_removed_and_brought_back(visitor: Callable[..., Visit]) -> None:
    someone = visitor(PHONE)
    page = someone.open(f"{FACES}worksheets/when-and-why/form/")
    write(page, "rows", "when", "雨の日")
    go(page, "行を足す")
    write(page, "rows", "when", "冬の朝", 1)
    page.get_by_role("button", name="この行を消す").first.click()
    expect(page.locator("[data-part=rows] [data-key=when]")).to_have_count(1)
    go(page, "消した行をもどす")
    expect(page.locator("[data-part=rows] [data-key=when]").first).to_have_value("雨の日")
    page.set_input_files(
        "input[type=file]:not([multiple])",
        {"name": "F.yml", "mimeType": "text/yaml", "buffer": "# tsunagite worksheet: proposal\ntitle: あ\n".encode()},
    )
    expect(page.locator(".ts-wf-status")).to_have_text("F.yml は、この用紙のファイルではありません。")
    expect(page.locator("[data-part=rows] [data-key=when]").first).to_have_value("雨の日")


def test_what_a_file_says_and_the_form_cannot_hold_is_told_and_kept(visitor: Callable[..., Visit]) -> None:
    page = visitor(PHONE).open(f"{FACES}worksheets/when-and-why/form/")
    text = "# tsunagite worksheet: when-and-why\ntitle: 冬の外出\nmade_on: 9月10日\nrows:\n  - when: 雨の日\n"
    page.set_input_files(
        "input[type=file]:not([multiple])", {"name": "F.yml", "mimeType": "text/yaml", "buffer": text.encode()}
    )
    expect(page.locator("[data-part=rows] [data-key=when]").first).to_have_value("雨の日")
    expect(page.locator(".ts-wf-merged li")).to_have_text([re.compile("「9月10日」は、この用紙の欄に入りません")])
    with page.expect_download() as saved:
        page.evaluate("document.querySelector('[data-do=export]').click()")
    assert "「9月10日」" in read_text(Path(saved.value.path()).read_text(encoding="utf-8"), "x").value["memo"]


def test_a_damaged_draft_never_hides_the_form(visitor: Callable[..., Visit]) -> None:
    someone = visitor(PHONE)
    form = f"{FACES}worksheets/factors/form/"
    for draft in (
        '{"factors": [null]}',
        '{"factors": [{"side": 5}], "title": {"a": 1}}',
        '{"factors": {"0": 1}, "id": "../x"}',
        "[1]",
        "5",
        "{",
        "null",
    ):
        page = someone.open(f"{FACES}worksheets/")  # another page: a form keeps its own draft when it is left
        page.evaluate("draft => localStorage.setItem('tsunagite-sheet:factors', draft)", draft)
        page = someone.open(form)
        expect(page.locator(".ts-wf")).to_be_visible()
        go(page, "ファイルに書き出す")


def test_a_filled_sheet_leads_to_what_it_grew_from_and_what_became_of_it(visitor: Callable[..., Visit]) -> None:
    someone = visitor(PHONE)
    page = someone.open(f"{DEMO}worksheets/community-issues/shiosai-issues/")
    trail = page.locator(".ts-ws-trail")
    trail.get_by_role("link").first.click()
    expect(page.locator(".ts-ws-trail")).to_contain_text("雨の日に外へ出られない")


def test_a_meeting_pins_a_copy_of_the_table_made_from_records(visitor: Callable[..., Visit]) -> None:
    someone = visitor(PHONE)
    page = someone.open(f"{DEMO}worksheets/resource-matrix/now/yashima/")
    first = page.locator(".ts-ws-grid tbody li a").first.inner_text()
    page.get_by_role("button", name="この表を写して書きはじめる").click()
    page.wait_for_url("**/worksheets/resource-matrix/form/")
    expect(page.locator(".ts-wf-status")).to_have_text("前に書いた下書きの続きです。")
    expect(page.locator("[data-part=head] [data-key=area]")).to_have_value("yashima")
    expect(page.locator("[data-part=items] [data-key=what]").first).to_have_value(first)
    assert someone.complaints == []


def test_the_minutes_of_a_meeting_begin_with_its_agenda(visitor: Callable[..., Visit]) -> None:
    someone = visitor(PHONE)
    page = someone.open(f"{DEMO}worksheets/care-meeting/shiosai-meeting/")
    page.get_by_role("button", name="「会議の記録」を書きはじめる").click()
    page.wait_for_url("**/worksheets/meeting-minutes/form/")
    expect(page.locator("[data-part=items] [data-key=topic]")).to_have_count(5)
    expect(page.locator("[data-part=items] [data-key=topic]").nth(2)).to_have_value("五つの側から要因を出す")
    with page.expect_download() as download:
        page.evaluate("document.querySelector('[data-do=export]').click()")
    record = read_text(Path(download.value.path()).read_text(encoding="utf-8"), "x").value
    assert (record["grew_from"], record["sample"]) == (["shiosai-meeting"], True)
    someone.open("event")
    page.once("dialog", lambda dialog: dialog.accept())  # what was begun is not thrown away without a question
    page.get_by_role("button", name="「会議の記録」を書きはじめる").click()
    page.wait_for_url("**/worksheets/meeting-minutes/form/")
    expect(page.locator("[data-part=head] [data-key=title]")).to_have_value("屋島地区 地域ケア会議")
    expect(page.locator("[data-part=head] [data-key=area]")).to_have_value("yashima")
    assert someone.complaints == []


def test_a_device_that_keeps_nothing_still_empties_the_form(browser: Browser, served_faces: str) -> None:
    someone = visit(browser, served_faces, PHONE)
    someone.context.add_init_script(
        "for (const name of ['getItem', 'setItem', 'removeItem']) Storage.prototype[name] = () => { throw new DOMException('denied', 'SecurityError'); }"
    )
    page = someone.open(f"{FACES}worksheets/when-and-why/form/")
    write(page, "rows", "when", "雨の日")
    page.once("dialog", lambda dialog: dialog.accept())
    go(page, "この端末の下書きを消す")
    expect(page.locator(".ts-wf-status")).to_have_text("下書きを消しました。")
    expect(page.locator("[data-part=rows] [data-key=when]").first).to_have_value("")
    assert someone.complaints == []
