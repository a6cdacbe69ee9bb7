"""Whoever is online reads what is published now, or is told since when it is so, whatever the host lets browsers keep; offline pages have their day.

The small site is served with the headers of usual hosts; a publication is another telephone number in its files.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from conftest import PatientServer
from page_kinds import PHONE

pytestmark = pytest.mark.browser
RECORD, LIST = "r/sakura-taiso/", "list/#r=sakura-taiso"
BEFORE, AFTER = "087-000-0000", "087-000-0009"
HUNDRED_DAYS = (
    8_640_000  # seconds: a browser keeps such a file for ten days where no header says otherwise (RFC 9111, 4.2.2)
)


class UsualHost(SimpleHTTPRequestHandler):
    """Answers with ``Last-Modified`` alone, with ``ETag`` alone, or as a network that lets everybody keep a file for ten minutes."""

    def __init__(self, *args: Any, host: Host, **kwargs: Any) -> None:
        self.kind = host.kind
        super().__init__(*args, **kwargs)

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        self.tag = f'"{hashlib.sha256(path.read_bytes()).hexdigest()[:12]}"' if path.is_file() else ""
        if self.kind == "ETag" and self.tag and self.headers.get("If-None-Match") == self.tag:
            self.send_response(304)
            self.end_headers()
            return
        super().do_GET()

    def send_header(self, keyword: str, value: str) -> None:
        if not (keyword == "Last-Modified" and self.kind == "ETag"):
            super().send_header(keyword, value)

    def end_headers(self) -> None:
        if self.kind == "ETag" and self.tag:
            self.send_header("ETag", self.tag)
        if self.kind == "ten minutes":
            self.send_header("Cache-Control", "max-age=600")
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name that http.server gives it
        """Keep the report of the tests clean."""


class Host:
    """A copy of the small site; its host can be of each kind, publish a new number, and be cut off."""

    def __init__(self, site: Path, folder: Path) -> None:
        self.site, self.kind, self.port = Path(shutil.copytree(site, folder)), "ETag", 0
        self.connect()

    def connect(self) -> None:
        handler = partial(UsualHost, host=self, directory=str(self.site))
        self.server = PatientServer(("127.0.0.1", self.port), handler)
        self.port = self.server.server_port
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.05,))
        self.thread.start()

    def publish(self, number: str, seconds_ago: int = 0) -> None:
        for path in (self.site / RECORD / "index.html", *(self.site / "data/records").glob("*.json")):
            text = path.read_text(encoding="utf-8")
            path.write_text(text.replace(BEFORE, number).replace(AFTER, number), encoding="utf-8")
            os.utime(path, (path.stat().st_atime, path.stat().st_mtime - seconds_ago))

    def cut(self) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()

    @property
    def root(self) -> str:
        return f"http://127.0.0.1:{self.port}/"


@pytest.fixture(scope="module")
def only_host(built_faces: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    one = Host(built_faces, tmp_path_factory.mktemp("host") / "site")
    yield one
    one.cut()


@pytest.fixture
def host(only_host: Host) -> Iterator[Host]:
    only_host.publish(BEFORE, HUNDRED_DAYS)
    yield only_host
    if not only_host.thread.is_alive():
        only_host.connect()


def opened(browser: Browser, **options: Any) -> tuple[BrowserContext, Page]:
    context = browser.new_context(viewport=PHONE, locale="ja-JP", timezone_id="Asia/Tokyo", **options)
    return context, context.new_page()


def reads_the_new_number_or_is_offered_it(page: Page) -> None:
    """The new number stands there, or the page says the day of what it shows and brings the new one at a press."""
    newer = page.get_by_role("button", name="新しくする")
    number = page.locator(".ts-record .ts-call__number, .ts-record .ts-number").first
    expect(newer.or_(number.filter(has_text=AFTER)).first).to_be_visible()
    if newer.is_visible():
        expect(page.locator(".ts-newer")).to_contain_text("日に受け取ったものです。")
        newer.click()
    expect(number).to_contain_text(AFTER)


def test_without_a_worker_a_reader_has_the_new_number_or_is_offered_it_and_what_the_browser_kept_says_its_day(
    browser: Browser, host: Host
) -> None:
    host.kind = "Last-Modified"
    context, page = opened(browser, service_workers="block")
    page.goto(host.root + LIST)
    expect(page.locator(".ts-item")).to_contain_text(BEFORE)
    page.goto(host.root + RECORD)
    host.publish(AFTER, HUNDRED_DAYS)
    page.goto(host.root + LIST)
    expect(page.locator(".ts-item")).to_contain_text(AFTER)
    page.goto(host.root + RECORD)
    reads_the_new_number_or_is_offered_it(page)
    page.goto("about:blank")
    host.cut()
    page.goto(host.root + RECORD)
    expect(page.locator(".ts-offline")).to_contain_text("日に受け取った内容を出しています。")
    context.close()


def test_with_a_worker_the_new_number_stands_there_and_the_first_page_ever_opened_says_its_day_when_cut_off(
    browser: Browser, host: Host
) -> None:
    host.kind = "ten minutes"
    context, page = opened(browser)
    page.goto(host.root + RECORD)
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    host.publish(AFTER)
    page.goto(host.root + LIST)
    expect(page.locator(".ts-item")).to_contain_text(AFTER)
    page.goto(host.root + RECORD)
    expect(page.locator(".ts-record")).to_contain_text(AFTER)
    page.goto(f"{host.root}r/yashima-center/")
    page.goto("about:blank")
    host.cut()
    page.goto(f"{host.root}r/yashima-center/")  # of ten minutes, a second is over
    expect(page.locator(".ts-offline")).to_contain_text("日に保存した内容を出しています")
    context.close()


def test_a_clock_before_the_day_of_the_data_tells_nothing_of_hours(browser: Browser, host: Host) -> None:
    context, page = opened(browser, service_workers="block")
    context.clock.set_fixed_time("2024-01-10T12:00:00+09:00")  # a device whose battery was empty: a Wednesday
    page.goto(f"{host.root}r/yashima-center/")
    expect(page.locator(".ts-now")).to_have_text(
        "この端末の日付が、のせている情報の日付より前です。いま開いているかは、わかりません。電話で確かめてください。"
    )
    page.goto(f"{host.root}search/?open=now")
    expect(page.locator("#found")).to_contain_text("わからない")
    assert page.locator(".ts-card").filter(has_text="開いている").count() == 0
    context.close()
