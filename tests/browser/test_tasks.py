"""Five tasks of those who use the site, done as tests/browser/tasks.md writes them, online and cut off; taps and time counted."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from playwright.sync_api import TimeoutError as Waited

from conftest import PatientServer, SubPathHandler
from page_kinds import PHONE

pytestmark = pytest.mark.browser
DOCUMENT = Path(__file__).with_name("tasks.md").read_text(encoding="utf-8")
MOST_TAPS, MOST_SECONDS = 12, 30
PER_TAP, PER_CHARACTER, PER_PAGE = (
    1.0,
    0.3,
    2.0,
)  # how fast people are, and how fast a page may come; how fast this machine is says nothing
STEP = re.compile(
    r"^\d+\. (開く|押す|書く|選ぶ|見る|かかる|紙に出る|届く)「(.*?)」(?:(?:に|から)「(.*)」)?$", re.MULTILINE
)
TASKS = {
    head: STEP.findall(body)
    for head, body in re.findall(r"^## \d+\. (.+?)\n(.*?)(?=^## |\Z)", DOCUMENT, re.MULTILINE | re.DOTALL)
}
# What a telephone would do with a sheet of paper and a link is written down instead.
STUBS = """Object.defineProperty(navigator, 'share', {value: undefined});
Object.defineProperty(navigator, 'clipboard', {value: {writeText: async (text) => { window.sent = text; }}});
window.print = () => { window.printed = true; };"""


class Hand:
    """A finger on a telephone: finds what it presses by the words people see or hear."""

    def __init__(self, page: Page, root: str) -> None:
        self.page, self.root, self.taps, self.seconds = page, root, 0, 0.0
        page.on("domcontentloaded", lambda _: self.waits())

    def waits(self) -> None:
        self.seconds += PER_PAGE

    def do(self, verb: str, what: str, more: str) -> None:
        taps, characters = {"押す": (1, 0), "書く": (1, len(more)), "選ぶ": (2, 0)}.get(verb, (0, 0))
        {
            "開く": self.open,
            "押す": self.press,
            "書く": self.write,
            "選ぶ": self.choose,
            "見る": self.see,
            "かかる": self.call,
            "紙に出る": self.paper,
            "届く": self.sent,
        }[verb](what, more)
        self.taps += taps
        self.seconds += taps * PER_TAP + characters * PER_CHARACTER

    def open(self, path: str, _: str) -> None:
        self.page.goto(self.root + path)

    def press(self, name: str, _: str) -> None:
        # What lies on top, then the page itself, then its foot; the header has words of its own.
        # A busy machine is slower than a telephone: then she looks again.
        for place in map(self.page.locator, ("dialog[open]", "main", ".ts-footer") * 4):
            found = (
                place.get_by_role("button", name=name)
                .or_(place.get_by_role("link", name=name))
                .or_(place.locator("summary", has_text=name))
            )
            if place.count() and (place.get_attribute("open") is not None or self.comes(found)):
                self.page.wait_for_load_state("load")  # a person is never as fast as a script that is still on its way
                self.seen(found).tap()
                return
        raise AssertionError(name)

    def comes(self, found: Locator) -> bool:
        """Whether it is seen, or comes within a moment."""
        with suppress(Waited):
            found.locator("visible=true").first.wait_for(timeout=4000)
            return True
        return False

    def write(self, label: str, text: str) -> None:
        field = self.seen(self.page.get_by_label(label))
        field.tap()
        field.press_sequentially(text)

    def choose(self, label: str, option: str) -> None:
        field = self.seen(self.page.get_by_label(label))
        field.select_option(field.locator("option", has_text=option).first.get_attribute("value"))

    def see(self, words: str, _: str) -> None:
        expect(self.seen(self.page.locator("main").get_by_text(words))).to_be_visible()

    def call(self, number: str, _: str) -> None:
        link = self.seen(self.page.locator("main a[href^='tel:']", has_text=number))
        box = link.bounding_box()
        assert box
        assert box["height"] >= 44

    def paper(self, words: str, _: str) -> None:
        self.page.wait_for_function("window.printed")
        self.page.emulate_media(media="print")
        expect(self.seen(self.page.get_by_text(words))).to_be_visible()
        self.page.emulate_media(media="null")

    def sent(self, words: str, _: str) -> None:
        self.page.wait_for_function("words => window.sent?.includes(words)", arg=words)

    def seen(self, found: Locator) -> Locator:
        one = found.locator("visible=true").first
        one.wait_for()
        return one


@pytest.fixture(scope="module")
def server(built_demo: Path) -> Iterator[PatientServer]:
    yield (one := serve(built_demo, 0))
    stop(one)


def serve(site: Path, port: int) -> PatientServer:
    one = PatientServer(("127.0.0.1", port), partial(SubPathHandler, sites={"tsunagite-demo": site}))
    threading.Thread(target=one.serve_forever, args=(0.05,), daemon=True).start()
    return one


def stop(one: PatientServer) -> None:
    one.shutdown()
    one.server_close()


def phone(browser: Browser) -> BrowserContext:
    context = browser.new_context(
        viewport=PHONE, has_touch=True, is_mobile=True, locale="ja-JP", timezone_id="Asia/Tokyo"
    )
    context.add_init_script(STUBS)
    return context


def done(browser: Browser, root: str, cut: PatientServer | None, task: str) -> Hand:
    context = phone(browser)
    page = context.new_page()
    if cut:
        page.goto(root)
        page.wait_for_function("navigator.serviceWorker.controller !== null")
        page.wait_for_function(
            "async () => (await caches.match(new URL('offline/saved', (await navigator.serviceWorker.ready).scope))) !== undefined"
        )
        stop(cut)
    hand = Hand(page, root)
    for verb, what, more in TASKS[task]:
        hand.do(verb, what, more)
    if cut:
        expect(page.locator(".ts-offline")).to_be_visible()  # and the day is said
    context.close()
    return hand


def test_the_document_is_read_whole() -> None:
    written = re.findall(r"^\d+\. ", DOCUMENT, re.MULTILINE)
    assert len(TASKS) == 5
    assert sum(map(len, TASKS.values())) == len(written)


@pytest.mark.parametrize("task", TASKS)
def test_a_task_is_done_online(browser: Browser, server: PatientServer, task: str) -> None:
    hand = done(browser, f"http://127.0.0.1:{server.server_port}/tsunagite-demo/", None, task)
    assert hand.taps <= MOST_TAPS, hand.taps
    assert hand.seconds <= MOST_SECONDS, hand.seconds


@pytest.mark.parametrize("task", TASKS)
def test_a_task_is_done_cut_off(browser: Browser, built_demo: Path, task: str) -> None:
    server = serve(built_demo, 0)  # an address of its own: nothing of another test is saved for it
    hand = done(browser, f"http://127.0.0.1:{server.server_port}/tsunagite-demo/", server, task)
    assert hand.taps <= MOST_TAPS, hand.taps
    assert hand.seconds <= MOST_SECONDS, hand.seconds
