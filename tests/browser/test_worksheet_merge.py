"""A meeting of eight: four devices fill in one sheet each, one puts the files together; nothing is lost, doubles are shown, ids never clash."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from playwright.sync_api import Page, expect

from page_kinds import DESKTOP, FACES, Visit
from tsunagite.check.load import load
from tsunagite.records.yaml.reader import read_text

FORM = f"{FACES}worksheets/community-issues/form/"
DAY = date(2026, 11, 22)


def write(page: Page, part: str, key: str, text: str, nth: int = 0) -> None:
    """Write into a box, also in a step that is not in sight."""
    script = "(box, text) => { box.value = text; for (const what of ['input', 'change']) box.dispatchEvent(new Event(what, {bubbles: true})); }"
    page.locator(f"[data-part={part}] [data-key={key}]").nth(nth).evaluate(script, text)


def press(page: Page, part: str, what: str) -> None:
    page.locator(f"[data-part={part}] [data-do={what}]").evaluate("button => button.click()")


def export(page: Page, folder: Path) -> Path:
    with page.expect_download() as download:
        press(page, "end", "export")
    path = folder / download.value.suggested_filename
    folder.mkdir(parents=True, exist_ok=True)
    download.value.save_as(path)
    return path


def fill_in(page: Page, number: int) -> None:
    """One desk: a notice of its own, a problem that all desks have and one of its own, an issue out of both."""
    write(page, "head", "title", "雨の日の外出")
    write(page, "head", "made_on", "2026-11-20")
    write(page, "head", "made_by", f"{number}の机")
    write(page, "notices", "notice", f"{number}の机の気づき")
    write(page, "problems", "problem", "停留所で待てない")
    press(page, "problems", "add")
    write(page, "problems", "problem", f"{number}の机の問題", 1)
    write(page, "issues", "issue", f"{number}の机の課題")
    write(page, "issues", "factors", "屋根がない")
    write(page, "issues", "problems", "b")
    write(page, "measures", "method", f"{number}の机の方法")
    page.locator("[data-part=measures] [data-key=issue]").first.evaluate("box => { box.value = 'A'; }")
    write(page, "measures", "who", "商店会")


def test_four_devices_fill_one_sheet_each_and_one_puts_them_together(
    visitor: Callable[..., Visit], served_faces: str, tmp_path: Path
) -> None:
    files = []
    for number in range(1, 5):
        someone = visitor(DESKTOP, accept_downloads=True)
        page = someone.open(FORM)
        fill_in(page, number)
        files.append(export(page, tmp_path / str(number)))
    assert {path.name for path in files} == {
        "community-issues-2026-11-20.yml"
    }  # four devices know nothing of each other
    page.set_input_files("input[type=file][multiple]", files[:3])  # the fourth device is the one that collects
    told = page.locator(".ts-wf-merged li")
    expect(told.filter(has_text="行を足しました")).to_have_count(3)
    expect(told.filter(has_text="停留所で待てない")).to_have_count(3)
    expect(told.filter(has_text="ちがう答えが1か所")).to_have_count(3)  # who wrote it
    record = export(page, tmp_path / "resources/worksheets/community-issues")
    data = read_text(record.read_text(encoding="utf-8"), "x").value
    assert [line["notice"] for line in data["notices"]] == [f"{n}の机の気づき" for n in (4, 1, 2, 3)]
    assert [(line["letter"], line["problem"]) for line in data["problems"]] == [
        ("a", "停留所で待てない"), ("b", "4の机の問題"), ("c", "1の机の問題"), ("d", "2の机の問題"), ("e", "3の机の問題"),
    ]  # fmt: skip
    assert [(line["letter"], line["issue"], line["problems"]) for line in data["issues"]] == [
        ("A", "4の机の課題", ["b"]), ("B", "1の机の課題", ["c"]), ("C", "2の机の課題", ["d"]), ("D", "3の机の課題", ["e"]),
    ]  # fmt: skip
    assert [(line["method"], line["issue"]) for line in data["measures"]] == [
        (f"{n}の机の方法", letter) for n, letter in zip((4, 1, 2, 3), "ABCD", strict=True)
    ]
    assert [n for n in (1, 2, 3) if f"会議・部署：{n}の机" not in data["memo"] and f"{n}の机" not in data["memo"]] == []
    assert [finding.code for finding in load(tmp_path, DAY).findings if finding.code[0] in "MYF"] == []
    assert someone.complaints == []


def test_the_second_sheet_of_a_day_gets_the_next_number_and_the_same_sheet_keeps_its_id(
    visitor: Callable[..., Visit], served_faces: str, tmp_path: Path
) -> None:
    someone = visitor(DESKTOP, accept_downloads=True)
    page = someone.open(FORM)
    fill_in(page, 1)
    page.locator("[data-part=head] [data-key=area]").select_option("yashima")
    assert export(page, tmp_path).name == "community-issues-yashima-2026-11-20.yml"
    write(page, "notices", "notice", "書き直した気づき")
    assert export(page, tmp_path).name == "community-issues-yashima-2026-11-20.yml"  # the same sheet once more
    page.once("dialog", lambda dialog: dialog.accept())
    press(page, "end", "clear")
    fill_in(page, 2)
    page.locator("[data-part=head] [data-key=area]").select_option("yashima")
    assert export(page, tmp_path).name == "community-issues-yashima-2026-11-20-2.yml"
    page.reload()  # what was begun before it had a day gets the day it has when it is written
    assert someone.complaints == []
