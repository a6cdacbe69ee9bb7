"""A site under a sub-path of a host that sends the headers `ci publish` writes: every kind of page works, and nothing is asked for outside."""

from __future__ import annotations

from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, expect

from page_kinds import DEMO, DESKTOP, FACES, PHONE, Visit, visit

pytestmark = pytest.mark.browser


def strayed(reader: Visit) -> list[str]:
    """What the reader's browser asked the host for outside the sites."""
    sites = tuple(reader.served + name for name in (DEMO, FACES))
    return [address for address in reader.asked if address.startswith(reader.served) and not address.startswith(sites)]


@pytest.mark.parametrize(
    ("scheme", "kinds"),
    [
        ("light", ("home", "search_results", "contact_answer", "my_list_sent", "404")),
        ("dark", ("map", "worksheet_form")),
    ],
)
def test_no_page_breaks_the_policy_in_light_or_dark_or_leaves_the_sub_path(
    browser: Browser, served: str, scheme: str, kinds: tuple[str, ...]
) -> None:
    """Each kind of page under the same headers: test_pages.py."""
    reader = visit(browser, served, DESKTOP, color_scheme=scheme)
    for kind in kinds:
        page = reader.open(kind)
        page.wait_for_load_state("networkidle")
        if kind == "search_results":
            expect(page.locator("main li a[href*='/r/'], main article").first).to_be_visible()
        if kind == "map":
            expect(page.locator(".leaflet-marker-icon:not(.ts-map__name), .leaflet-interactive").first).to_be_visible()
        assert reader.complaints == [], kind
    assert strayed(reader) == []


def test_no_page_needs_a_script_or_a_style_inside_it(served: str) -> None:
    """The policy that the demonstration sends allows the site's own files and the map's host, and nothing written into a page."""
    with urlopen(f"{served}{DEMO}") as answer:  # noqa: S310 - our own server
        policy = answer.headers["Content-Security-Policy"]
    assert policy == (
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: https://cyberjapandata.gsi.go.jp; "
        "connect-src 'self' https://cyberjapandata.gsi.go.jp; base-uri 'self'; form-action 'self'; object-src 'none'; frame-ancestors 'self'"
    )


def test_the_policy_is_in_force(browser: Browser, served: str) -> None:
    reader = visit(browser, served, PHONE)
    page = reader.open("home")
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.ran = true'}))"
    )
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p onclick=\"window.ran=true\" id=\"x\">x</p>')")
    page.locator("#x").dispatch_event("click")
    assert page.evaluate("window.ran") is None
    assert "Content Security Policy" in " ".join(reader.complaints)


def test_words_typed_a_record_found_and_its_code_work_below_the_sub_path(browser: Browser, served: str) -> None:
    reader = visit(browser, served, DESKTOP)
    page = reader.open(DEMO)
    find(page, "体操")
    page.locator("#found a[href*='/r/']").first.click()
    page.wait_for_load_state("networkidle")
    assert page.url.startswith(f"{served}{DEMO}r/")
    assert reader.complaints == []
    assert strayed(reader) == []


def find(page: Page, words: str) -> None:
    box = page.get_by_role("searchbox").or_(page.get_by_role("combobox")).first
    box.click()
    box.fill(words)
    box.press("Enter")
    page.wait_for_url("**/search/?**")


def test_the_worker_keeps_pages_of_its_own_sub_path_alone(browser: Browser, served: str) -> None:
    context = browser.new_context(viewport=PHONE, locale="ja-JP")
    page = context.new_page()
    page.goto(served + FACES)
    scope = page.evaluate("navigator.serviceWorker.ready.then((one) => [one.scope, one.active.scriptURL])")
    assert scope == [served + FACES, f"{served}{FACES}sw.js"]
    urls = page.evaluate(
        "caches.keys().then((names) => Promise.all(names.map((name) => caches.open(name).then((one) => one.keys())))).then((all) => all.flat().map((one) => one.url))"
    )
    assert [address for address in urls if not address.startswith(served + FACES)] == []


def test_a_page_opened_from_a_folder_says_how_to_open_the_site(
    browser: Browser, built_faces: Path, served_faces: str
) -> None:
    page = browser.new_page()
    for path in ("index.html", "search/index.html", "about/index.html"):
        page.goto((built_faces / path).as_uri())
        expect(page.locator("#content > .ts-notice").first).to_contain_text("http.server")
    page.goto(f"{served_faces}{FACES}")
    assert page.get_by_text("http.server").count() == 0
    page.close()
