"""A site under a sub-path of a host that sends the headers `ci publish` writes: every kind of page works, and nothing is asked for outside."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from conftest import PatientServer, SubPathHandler
from page_kinds import DEMO, DESKTOP, FACES, PHONE, Visit, visit
from tsunagite.publishing.headers import headers_of

pytestmark = pytest.mark.browser


class HostHandler(SubPathHandler):
    """Sends the headers of its site with every answer."""

    def __init__(self, *args: Any, headers: dict[str, dict[str, str]], **kwargs: Any) -> None:
        self.of_sites = headers
        super().__init__(*args, **kwargs)

    def end_headers(self) -> None:
        for name, value in self.of_sites.get(self.path.split("/")[1], {}).items():
            self.send_header(name, value)
        super().end_headers()


@pytest.fixture(scope="module")
def host(built_demo: Path, built_faces: Path) -> Iterator[str]:
    """The address of a host that serves the demonstration and the faces below a path each."""
    sites = {DEMO.strip("/"): built_demo, FACES.strip("/"): built_faces}
    server = PatientServer(
        ("127.0.0.1", 0),
        partial(HostHandler, sites=sites, headers={name: headers_of(site) for name, site in sites.items()}),
    )
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


def strayed(reader: Visit) -> list[str]:
    """What the reader's browser asked the host for outside the sites."""
    sites = tuple(reader.served + name for name in (DEMO, FACES))
    return [address for address in reader.asked if address.startswith(reader.served) and not address.startswith(sites)]


PAGES = (
    "home",
    "record",
    "search_results",
    "map",
    "contact_answer",
    "calendar",
    "guide",
    "checklist",
    "worksheet_form",
    "worksheet_cells",
    "my_list_sent",
    "pamphlet",
    "offline",
    "404",
)  # each with scripts of its own


@pytest.mark.parametrize(
    ("scheme", "size", "kinds"), [("light", PHONE, PAGES), ("dark", DESKTOP, ("map", "worksheet_form"))]
)
def test_no_kind_of_page_breaks_the_policy_of_the_headers_or_leaves_the_sub_path(
    browser: Browser, host: str, scheme: str, size: dict[str, int], kinds: tuple[str, ...]
) -> None:
    reader = visit(browser, host, size, color_scheme=scheme)
    for kind in kinds:
        page = reader.open(kind)
        page.wait_for_load_state("networkidle")
        if kind == "search_results":
            expect(page.locator("main li a[href*='/r/'], main article").first).to_be_visible()
        if kind == "map":
            expect(page.locator(".leaflet-marker-icon, .leaflet-interactive").first).to_be_visible()
        assert reader.complaints == [], kind
    assert strayed(reader) == []


def test_the_policy_is_in_force(browser: Browser, host: str) -> None:
    reader = visit(browser, host, PHONE)
    page = reader.open("home")
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.ran = true'}))"
    )
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p onclick=\"window.ran=true\" id=\"x\">x</p>')")
    page.locator("#x").dispatch_event("click")
    assert page.evaluate("window.ran") is None
    assert "Content Security Policy" in " ".join(reader.complaints)


def test_words_typed_a_record_found_and_its_code_work_below_the_sub_path(browser: Browser, host: str) -> None:
    reader = visit(browser, host, DESKTOP)
    page = reader.open(DEMO)
    find(page, "体操")
    page.locator("main a[href*='r/']").first.click()
    page.wait_for_load_state("networkidle")
    assert page.url.startswith(f"{host}{DEMO}r/")
    assert reader.complaints == []
    assert strayed(reader) == []


def find(page: Page, words: str) -> None:
    box = page.get_by_role("searchbox").or_(page.get_by_role("combobox")).first
    box.click()
    box.fill(words)
    box.press("Enter")
    page.wait_for_url("**/search/?**")


def test_the_worker_keeps_pages_of_its_own_sub_path_alone(browser: Browser, host: str) -> None:
    context = browser.new_context(viewport=PHONE, locale="ja-JP")
    page = context.new_page()
    page.goto(host + FACES)
    scope = page.evaluate("navigator.serviceWorker.ready.then((one) => [one.scope, one.active.scriptURL])")
    assert scope == [host + FACES, f"{host}{FACES}sw.js"]
    urls = page.evaluate(
        "caches.keys().then((names) => Promise.all(names.map((name) => caches.open(name).then((one) => one.keys())))).then((all) => all.flat().map((one) => one.url))"
    )
    assert [address for address in urls if not address.startswith(host + FACES)] == []
