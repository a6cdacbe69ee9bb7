"""A list of this site in a page of another: as high as it is, read by keyboard, and nothing is left on the device."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Frame, Page, expect

from conftest import PatientServer
from page_kinds import DESKTOP, FACES, visit
from tsunagite.publishing.headers import header_files

pytestmark = pytest.mark.browser
KEPT = "async () => [localStorage.length, sessionStorage.length, document.cookie, (await indexedDB.databases()).length, (await caches.keys()).length, (await navigator.serviceWorker.getRegistrations()).length]"


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args: Any) -> None:
        """Keep the report of the tests clean."""


@pytest.fixture
def hospital(tmp_path: Path, served_faces: str) -> Iterator[str]:
    """The address of another site, whose pages hold a list by script and a list in a plain frame."""
    script = f'<script src="{served_faces}{FACES}assets/tsunagite/embed_host.js" data-group="places" async></script>'
    frame = f'<iframe src="{served_faces}{FACES}embed/?q=しずか" title="一覧" height="300"></iframe>'
    for name, lines in (("script", script), ("frame", frame)):
        (tmp_path / f"{name}.html").write_text(
            f"<!doctype html><html lang=ja><meta charset=utf-8><link rel=icon href=data:,><title>病院</title><h1>病院</h1>{lines}<p><a id=after href=#>つぎ</a></html>",
            encoding="utf-8",
        )
    server = PatientServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path)))
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


def opened(browser: Browser, address: str) -> tuple[Page, list[str]]:
    context = browser.new_context(viewport=DESKTOP, locale="ja-JP", timezone_id="Asia/Tokyo")
    page = context.new_page()
    complaints: list[str] = []
    page.on(
        "console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(address, wait_until="load")
    return page, complaints


def list_in(page: Page) -> Frame:
    handle = page.locator("iframe").element_handle()
    frame = handle.content_frame() if handle else None
    assert frame
    return frame


def test_a_script_puts_a_list_into_another_site_as_high_as_it_is_and_nothing_is_stored(
    browser: Browser, hospital: str
) -> None:
    page, complaints = opened(browser, f"{hospital}script.html")
    frame = list_in(page)
    link = frame.get_by_role("link", name="屋島図書館", exact=True)
    expect(link).to_have_attribute("target", "_blank")
    expect(frame.locator("#said")).to_have_text("1件")
    expect(frame.locator("h1")).not_to_have_text("")
    page.wait_for_function("document.querySelector('iframe').clientHeight !== 400")
    inner = frame.evaluate("document.documentElement.scrollHeight")
    assert abs(page.locator("iframe").evaluate("its => its.clientHeight") - inner) <= 2
    frame.evaluate(
        "document.querySelector('#list').append(Object.assign(document.createElement('li'), {style: 'height: 900px'}))"
    )
    page.wait_for_function("document.querySelector('iframe').clientHeight > 900")
    link.focus()
    page.keyboard.press("Tab")
    assert frame.evaluate("document.activeElement.tagName") == "A", "the next link of the list"
    assert frame.evaluate(KEPT) == [0, 0, "", 0, 0, 0]
    assert page.context.cookies() == []
    assert complaints == []
    with page.context.expect_page() as of_record:
        link.click()
    assert f"/{FACES}r/library-1/" in of_record.value.url


def test_a_plain_frame_shows_the_list_and_never_a_record_whose_page_can_be_left_at_once(
    browser: Browser, hospital: str
) -> None:
    page, complaints = opened(browser, f"{hospital}frame.html")
    frame = list_in(page)
    expect(frame.locator("#said")).to_have_text("ありません。")
    expect(frame.locator("#list li")).to_have_count(0)
    expect(frame.locator("#all")).to_have_attribute("href", re.compile(r"search/\?q="))
    assert complaints == []


def test_a_list_of_a_kind_that_the_site_does_not_have_says_which_word_of_its_address_is_wrong(
    browser: Browser, served_faces: str
) -> None:
    page, complaints = opened(browser, f"{served_faces}{FACES}embed/?kind=libary&area=yashima-in")
    expect(page.locator("#said")).to_have_text("ありません。「kind=libary」の記録は、いまこのサイトにありません。")
    assert complaints == []


def test_the_maker_gives_the_lines_for_what_was_chosen_and_shows_the_list(browser: Browser, served_faces: str) -> None:
    reader = visit(browser, served_faces, DESKTOP)
    page = reader.open(f"{FACES}embed/make/")
    page.get_by_label("種類").select_option("group=places")
    lines = page.get_by_label("スクリプトの一行").input_value()
    assert (
        lines
        == '<script src="https://tsunagite.example/tsunagite-faces/assets/tsunagite/embed_host.js" data-group="places" async></script>'
    )
    assert (
        'src="https://tsunagite.example/tsunagite-faces/embed/?group=places"'
        in page.get_by_label("枠（iframe）の一行").input_value()
    )
    expect(page.frame_locator("#embed-look").get_by_role("link", name="屋島図書館", exact=True)).to_be_visible()
    assert reader.complaints == []


def test_a_frame_with_a_sandbox_says_what_it_needs_to_show_the_list(
    browser: Browser, hospital: str, tmp_path: Path
) -> None:
    page = (tmp_path / "frame.html").read_text(encoding="utf-8")
    (tmp_path / "frame.html").write_text(page.replace("<iframe ", '<iframe sandbox="allow-scripts" '), encoding="utf-8")
    needs = opened(browser, f"{hospital}frame.html")[0].frame_locator("iframe").locator("#needs")
    expect(needs).to_contain_text("allow-scripts allow-same-origin")
    expect(needs).to_be_visible()


def test_other_sites_may_frame_the_list_and_no_other_page(built_faces: Path) -> None:
    files = header_files(built_faces)
    rules: dict[str, list[str]] = {}
    for line in files["_headers"].splitlines():
        if line.startswith("/"):
            rules[line] = []
        else:
            rules[[*rules][-1]].append(line.strip())
    policies = {
        pattern: [line for line in lines if line.startswith("Content-Security-Policy")]
        for pattern, lines in rules.items()
    }
    assert policies["/*"] == []
    assert all(
        "frame-ancestors 'self'" in policies[pattern][0] for pattern in ("/", "/r/*", "/search/*", "/index.html")
    )
    assert "frame-ancestors *" in policies["/embed/*"][0]
    assert "frame-ancestors 'self'" in files[".htaccess"]
    assert "frame-ancestors *" in files["embed/.htaccess"]
    assert "script-src 'self'" in policies["/embed/*"][0]
