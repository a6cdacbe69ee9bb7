"""Pages in other languages in a real browser: the switch keeps the page, records speak the language of their address, and what stays Japanese says so."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from page_kinds import DESKTOP, FACES, PHONE, Visit, visit
from page_probes import ALL_RULES, AXE_SOURCE, RUN_AXE, SIDEWAYS, wait_until
from tsunagite import i18n
from tsunagite.i18n.editions import CODES, edition

RECORD = f"{FACES}r/yashima-center/"
LOOKED_INTO = ("en", "vi")
"""Languages of which axe sees every page; the others are made by the same templates."""
UNMARKED = """() => {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const within = node.parentElement;
    const { lang } = within.closest("[lang]");
    const japanese = lang.startsWith("zh") ? /[ぁ-ゖァ-ヺ]/u : /[ぁ-ゖァ-ヺ一-鿿]/u;
    if (japanese.test(node.data) && !within.closest("script, style, template") && !lang.startsWith("ja")) found.push(node.data.trim());
  }
  return found;
}"""
"""Japanese that a reader aloud would read with the voice of another language."""


@pytest.fixture
def reader(browser: Browser, served_faces: str, visits: dict[str, Visit]) -> Visit:
    """A reader with a telephone, the same for all tests of the file."""
    if "languages" not in visits:
        visits["languages"] = visit(browser, served_faces, PHONE)
    return visits["languages"]


def speaks(page: Page, language: str) -> None:
    """Wait until the layer of a language has been laid over a page."""
    wait_until(page, f"document.documentElement.lang === '{language}' && document.querySelector('[data-edition]')")


def test_the_switch_keeps_the_page(reader: Visit) -> None:
    page = reader.open(f"{FACES}emergency/")
    page.locator(".ts-languages summary").click()
    page.get_by_role("link", name="English").click()
    expect(page).to_have_url(f"{reader.served}{FACES}en/emergency/")
    page.locator(".ts-languages summary").click()
    page.get_by_role("link", name="Tiếng Việt").click()
    expect(page).to_have_url(f"{reader.served}{FACES}vi/emergency/")
    page.locator(".ts-languages summary").click()
    page.locator(".ts-languages").get_by_role("link", name="日本語", exact=True).click()
    expect(page).to_have_url(f"{reader.served}{FACES}emergency/")


def test_a_record_speaks_english_and_no_word_of_the_page_stays_japanese(reader: Visit) -> None:
    page = reader.open(f"{RECORD}?lang=en")
    speaks(page, "en")
    expect(page.locator("#verified h2")).to_have_text("Verification and sources")
    expect(page.locator(".ts-record__head .ts-card__facts")).to_contain_text("Community General Support Center")
    assert page.evaluate(UNMARKED) == []
    shown = set(page.locator("main").inner_text().split("\n"))
    own = {i18n.catalogue("ja")["ui"][name].strip() for name in edition("en").page}
    assert {text for text in shown if text.strip() in own and text.strip() != "Esc"} == set()
    page.get_by_role("link", name="Home").first.click()
    expect(page).to_have_url(f"{reader.served}{FACES}en/")
    assert reader.complaints == []


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("inside", ["", "emergency/", "contact/", "kinds/consultation/"])
def test_pages_of_editions_have_no_faults_and_fit_a_telephone(reader: Visit, code: str, inside: str) -> None:
    one = edition(code)
    page = reader.open(f"{FACES}{one.folder}/{inside}")
    assert page.locator("html").get_attribute("lang") == one.lang
    assert one.is_japanese or page.evaluate(UNMARKED) == []
    assert page.evaluate(SIDEWAYS) <= 0
    if code in LOOKED_INTO or inside == "kinds/consultation/":
        page.evaluate(AXE_SOURCE)
        assert page.evaluate(RUN_AXE, ALL_RULES)["violations"] == []


@pytest.mark.parametrize("code", LOOKED_INTO)
def test_a_record_in_a_language_has_no_faults(reader: Visit, code: str) -> None:
    page = reader.open(f"{RECORD}?lang={code}")
    speaks(page, edition(code).lang)
    assert page.evaluate(SIDEWAYS) <= 0
    page.evaluate(AXE_SOURCE)
    assert page.evaluate(RUN_AXE, ALL_RULES)["violations"] == []


def test_english_words_find_records_and_lead_to_them_in_english(reader: Visit) -> None:
    page = reader.open(f"{FACES}en/")
    page.get_by_role("searchbox").fill("community general support")
    page.get_by_role("searchbox").press("Enter")
    speaks(page, "en")
    link = page.locator("#found a[href*='/r/']").first
    expect(link).to_have_attribute("href", f"{reader.served}{RECORD}?lang=en")
    assert page.evaluate(UNMARKED) == []


def test_the_emergency_page_of_a_language_is_there_without_a_network(browser: Browser, served_faces: str) -> None:
    one = visit(browser, served_faces, DESKTOP, service_workers="allow")
    page = one.open(f"{FACES}en/")
    wait_until(page, "navigator.serviceWorker.controller")
    page.reload()
    page.evaluate(
        """async () => {
          const name = `tsunagite:${new URL("../", location.href).pathname}:languages`;
          const wanted = new URL("emergency/", location.href).href;
          while (!(await (await caches.open(name)).match(wanted))) await new Promise((go) => setTimeout(go, 50));
        }"""
    )
    one.context.set_offline(True)
    page.goto(f"{served_faces}{FACES}en/emergency/")
    expect(page.locator("h1")).to_have_text(edition("en").ui["emergency"])
    expect(page.locator(".ts-offline")).to_contain_text("There is no network now. This page was saved on ")
    one.context.close()
