"""A reader's walk over an attacked site in Chromium: hostile records on every kind of page, hostile addresses, drafts and storage.

The policy of the pages is switched off for it: what would be injected would run, and what runs calls ``pwn()``, which is an error here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from playwright.sync_api import Browser, Error, Page

from attacks.strings import MARK
from page_kinds import PHONE, Visit, visit

TOWN = "tsunagite-town/"
PAGES = (
    "", "all/", "r/hostile-0/", "map/", "calendar/", "contact/", "contact/about/hostile-0/", "events/hostile-0/", "emergency/", "news/", "quality/", "sources/",
    "opendata/", "roles/roles-0/", "processes/processes-0/", "reference/reference-0/", "glossary/", "not-care-manager/", "guides/citations/", "needs/exercise/",
    "p/hostile-0/", "pamphlets/hostile-0/", "profiles/hostile-0/", "stakeholders/", "worksheets/proposal/proposal-0/", "worksheets/community-issues/community-issues-0/",
    "embed/make/", "accessibility/", "gaps/", "sleeping/",
)  # fmt: skip
ARMED = f"window.{MARK} = () => console.error('{MARK} has run'); window.addEventListener('securitypolicyviolation', (event) => console.error(`policy: ${{event.blockedURI}}`));"
FIELDS = "form.ts-wf :is(textarea, input[type=text])"
HARMLESS = re.compile(r"^Failed to load resource|does not conform to the required format, \"yyyy-MM-dd\"")
"""A tile, or a page that an address of ours does not name; words where a day should stand."""


def complaints(browser: Browser, served: str, words: Iterable[str], pages: Iterable[str] = PAGES) -> Iterator[str]:
    """Walk with some hostile strings as what a reader types, sends and has stored; yield what went wrong."""
    someone = visit(browser, served, PHONE, bypass_csp=True, accept_downloads=True)
    someone.context.add_init_script(ARMED)
    page = someone.page
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(f"a dialog: {dialog.message}"), dialog.dismiss()))
    root = f"{served}{TOWN}"
    for path in pages:
        _open(page, root + path)
        _press(page)
        yield from heard(someone, asked, path)
    for text in words:
        for path in (f"search/?q={quote(text)}", f"offline/?from={quote(text)}", f"map/?area={quote(text)}", f"contact/?k={quote(text)}&a={quote(text)}",
                     f"list/#r={quote(text)}", f"embed/?kind={quote(text)}&area={quote(text)}"):  # fmt: skip
            _open(page, root + path)
            yield from heard(someone, asked, path)
        _store(page, text)
        for path in ("worksheets/factors/form/", "list/", "search/"):
            _open(page, root + path)
            if "form" in path:
                for field in page.locator(FIELDS).all()[:3]:
                    if field.is_visible():
                        field.fill(text)
            yield from heard(someone, asked, f"{path} with {text!r} stored")
    someone.context.close()


def _open(page: Page, address: str) -> None:
    page.goto(address, wait_until="load")


def _press(page: Page) -> None:
    """Open what is folded, and the points of a map."""
    page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
    for marker in page.locator(".leaflet-marker-icon:not(.ts-map__name)").all()[:4]:
        try:
            marker.click(timeout=1000, force=True)
        except Error:  # a cluster that came apart took it away
            continue


def _store(page: Page, text: str) -> None:
    """Put a string wherever a page keeps something."""
    draft = json.dumps({"title": text, "factors": [{"side": text, "factor": text}], "id": text})
    lists = json.dumps({"lists": [{"name": text, "items": [{"id": text, "note": text}]}], "open": 0})
    page.evaluate(
        """([draft, lists, text]) => {
          for (const key of ["tsunagite-sheet:factors", "tsunagite-sheet:factors:other", "tsunagite-person:factors"]) localStorage.setItem(key, draft);
          for (const key of Object.keys(localStorage).filter((one) => one.includes("list"))) localStorage.setItem(key, lists);
          localStorage.setItem("tsunagite-lists:/tsunagite-town/", lists);
          localStorage.setItem("tsunagite-mode", text);
          sessionStorage.setItem("tsunagite-here", draft);
        }""",
        [draft, lists, text],
    )


def heard(someone: Visit, asked: list[str], place: str) -> Iterator[str]:
    found = [one for one in someone.complaints if not HARMLESS.search(one)] + asked
    foreign = [one for one in someone.foreign if "tiles.example" not in one]
    someone.complaints.clear()
    someone.asked.clear()
    asked.clear()
    counted = f"document.querySelectorAll('[{MARK}]').length"
    try:
        planted = someone.page.evaluate(counted)
    except Error:  # a button led to another page
        someone.page.wait_for_load_state("load")
        planted = someone.page.evaluate(counted)
    yield from (f"{place}: {one}" for one in found)
    yield from (f"{place}: asks {one}" for one in foreign)
    if planted:
        yield f"{place}: {planted} elements of others"
    if not someone.page.url.startswith(someone.served):
        yield f"{place}: led away to {someone.page.url}"
