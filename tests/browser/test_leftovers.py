"""No word of ours stays Japanese on a page in another language, whatever its state; what records and readers wrote stays, and says so."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

import pytest
import yaml
from playwright.sync_api import Browser, Page, expect

from mini_sites import SITES
from page_kinds import FACES, KINDS, PHONE, Visit, visit
from page_probes import wait_until
from tsunagite import i18n
from tsunagite.i18n.editions import CODES, edition
from tsunagite.records.load.vocabularies import built_in_vocabularies

FOREIGN = [code for code in CODES if not edition(code).is_japanese]
READER = "ぬるぽ"
"""What a reader types."""
SHOWN = """() => {
  const found = [];
  const japanese = /[ぁ-ゖァ-ヺ一-鿿々]/u;
  const language = document.documentElement.lang;
  const foreign = language.startsWith("zh") ? /[ぁ-ゖァ-ヺ]/u : japanese; // Chinese is written with the same characters
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const within = node.parentElement;
    if (within.closest("script, style, template, noscript, [translate=no], [hreflang], .leaflet-container, mark, :has(> mark)")) continue;
    const lang = within.closest("[lang]").lang;
    if ((lang === "ja" && language !== "ja" ? japanese : foreign).test(node.data) && /^(?:ja$|zh|en|vi)/u.test(lang)) found.push([node.data.trim(), lang]);
  }
  if (!language.startsWith("zh")) for (const name of ["aria-label", "title", "placeholder", "alt", "label"]) {
    for (const one of document.querySelectorAll(`[${name}]`)) {
      const text = one.getAttribute(name).trim();
      if (foreign.test(text) && !one.closest("[translate=no], svg, [hreflang], .leaflet-container, template")) found.push([text, name]);
    }
  }
  return found;
}"""
"""[text, the language that it says it has] of all text of a page, also of what is folded or hidden, and of names that only some readers hear."""


QUIET = """() => new Promise((go) => {
  let waits = setTimeout(go, 200);
  new MutationObserver(() => {
    clearTimeout(waits);
    waits = setTimeout(go, 200);
  }).observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
})"""
"""Waits until no script has changed anything for a moment."""


def with_language(path: str, code: str) -> str:
    """Return the address of a shared page in a language."""
    page, mark, place = path.partition("#")
    return f"{page}{'&' if '?' in page else '?'}lang={code}{mark}{place}"


def press(page: Page, selector: str) -> None:
    page.locator(selector).first.click()


def opened(page: Page) -> None:
    """Unfold everything."""
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")


def near(page: Page) -> None:
    press(page, "[data-way=near]")
    page.fill("#near-q", READER)
    wait_until(page, "document.querySelector('#near-said').textContent")


def here(page: Page) -> None:
    press(page, "[data-way=near]")
    press(page, "[data-near=here]")
    wait_until(page, "document.querySelector('#near-said').textContent")


def sheet(page: Page) -> None:
    press(page, "[data-way=sheet]")
    wait_until(page, "document.querySelector('#sheet').open")
    opened(page)


def mapped(page: Page) -> None:
    press(page, "[data-view=map]")
    wait_until(page, "document.querySelector('.ts-resultmap .leaflet-container')")


def shared(page: Page) -> None:
    opened(page)
    press(page, ".ts-share > button")
    press(page, ".ts-map button")
    wait_until(page, "document.querySelector('.ts-map .leaflet-container')")


def saved(page: Page) -> None:
    press(page, "[aria-pressed][data-id], .ts-save")
    opened(page)


def suggested(page: Page) -> None:
    page.locator("#q").press_sequentially("そうだん")
    wait_until(page, "document.querySelector('[role=option]')")


def nothing(page: Page) -> None:
    opened(page)


SEARCH = f"{FACES}search/"
PAGES: dict[str, tuple[str, Callable[[Page], None]]] = {
    "search": (SEARCH, nothing),
    "suggested": (SEARCH, suggested),
    "results": (f"{SEARCH}?q=相談", opened),
    "narrowed": (f"{SEARCH}?need=exercise&open=sat&near=yashima-nishimachi&age=80&verified=1y", opened),
    "near": (f"{SEARCH}?q=相談", near),
    "here": (f"{SEARCH}?q=相談", here),
    "sheet": (f"{SEARCH}?q=相談", sheet),
    "map of results": (f"{SEARCH}?q=屋島", mapped),
    "empty": (f"{SEARCH}?q={READER}", nothing),
    "empty, filtered": (f"{SEARCH}?q={READER}&area=yashima&fee=free", nothing),
    "emergency": (f"{SEARCH}?q=胸が痛い", nothing),
    "violence": (f"{SEARCH}?q=夫に殴られる", nothing),
    "record": (KINDS["record"], opened),
    "record shared": (KINDS["record"], shared),
    "imported": (KINDS["imported"], opened),
    "closed": (KINDS["closed"], opened),
    "idea": (KINDS["idea"], opened),
    "sample": (KINDS["sample"], opened),
    "delicate": (KINDS["refuge"], opened),
    "my list": (KINDS["my_list"], opened),
    "my list sent": (KINDS["my_list_sent"], opened),
    "offline": (KINDS["offline"], opened),
    "map": (f"{FACES}map/", opened),
    "calendar": (f"{FACES}calendar/", opened),
    "month": (f"{FACES}calendar/2026-12/", opened),
    "missing": (KINDS["404"], nothing),
}
OWN_PAGES = (
    "",
    "needs/",
    "needs/advice/",
    "kinds/",
    "kinds/consultation/",
    "contact/",
    "contact/about/memory/",
    "contact/about/family-talk/",
    "emergency/",
    "help/",
)


def edition_texts(code: str) -> list[str]:
    """Return all words of vocabularies and all sentences of our own data in a language."""
    one = edition(code)
    return [*one.texts.values(), *(text for labels in one.labels.values() for text in labels.values())]


@cache
def own_words() -> str:
    """Return everything that the records of the site say in words of their own."""
    terms = {term.label for vocabulary in built_in_vocabularies().values() for term in vocabulary}

    def texts(value: object) -> list[str]:
        if isinstance(value, dict):
            return [text for one in value.values() for text in texts(one)]
        if isinstance(value, list):
            return [text for one in value for text in texts(one)]
        return [value] if isinstance(value, str) and value not in terms else []

    files = sorted((SITES / "faces" / "resources").rglob("*.yml"))
    return "\n".join(text for path in files for text in texts(yaml.safe_load(path.read_text(encoding="utf-8"))))


def is_own(text: str) -> bool:
    """Tell whether a text is what a record or a reader wrote: all its Japanese stands in one of their fields."""
    if text in ALLOWED:
        return True
    parts = [part for part in re.split(r"[「」“”()（）,:·#]|\s", text) if re.search(r"[ぁ-ゖァ-ヺ一-鿿々]", part)]
    return all(part.removesuffix("地区") in own_words() or part in ALLOWED or part in READER for part in parts)


ALLOWED = {
    *(
        name for code in FOREIGN for text in edition_texts(code) for name in re.findall("⟦(.+?)⟧", text)
    ),  # said in both languages
    *("リスト1", "相談", "夫に殴られる", "殴られる", "胸が痛い"),
    *("社会福祉協議会", "郵便"),  # the name of an organisation, the label of a number
    *("2026年3月31日に電話で確認（社会福祉協議会）", "会費", "1回100円"),  # a record on a list of one's own
}


@pytest.fixture
def reader(browser: Browser, served_faces: str, visits: dict[str, Visit]) -> Visit:
    """A reader with a telephone, the same for all tests of the file."""
    if "leftovers" not in visits:
        visits["leftovers"] = visit(browser, served_faces, PHONE)
    visits["leftovers"].start_again(PHONE)
    return visits["leftovers"]


def speaks(page: Page, code: str) -> None:
    """Wait until a shared page speaks, and its scripts have brought what they bring."""
    wait_until(
        page,
        f"document.documentElement.lang === '{edition(code).lang}' && document.querySelector('.ts-header[data-edition]')",
    )
    page.evaluate(QUIET)


@pytest.mark.parametrize("code", FOREIGN)
def test_no_word_of_ours_stays_japanese(reader: Visit, code: str) -> None:
    left: set[str] = set()
    for name, (path, act) in PAGES.items():
        page = reader.open(with_language(path, code))
        speaks(page, code)
        act(page)
        page.evaluate(QUIET)
        left |= {f"{name}: {text} [{lang}]" for text, lang in page.evaluate(SHOWN) if not is_own(text)}
        title = page.title().removesuffix("｜つなぎ手")
        left |= {
            f"{name}: {part} [title]"
            for part in title.split("｜")
            if re.search("[ぁ-ゖァ-ヺ]", part) and not is_own(part)
        }
    assert not left, "\n".join(sorted(left))
    assert [one for one in reader.complaints if "404" not in one] == []


@pytest.mark.parametrize("code", FOREIGN)
def test_pages_of_an_edition_hold_no_word_of_ours_in_japanese(reader: Visit, code: str) -> None:
    left: set[str] = set()
    for inside in OWN_PAGES:
        page = reader.open(f"{FACES}{edition(code).folder}/{inside}")
        left |= {f"{inside}: {text} [{lang}]" for text, lang in page.evaluate(SHOWN) if not is_own(text)}
    assert not left, "\n".join(sorted(left))


def test_what_has_an_easy_word_is_shown_in_it(reader: Visit) -> None:
    """In easy Japanese nothing can be told by its letters: no text is one for which the edition has another."""
    easy, ui = edition("easy"), i18n.catalogue("ja")["ui"]
    known = (
        {ui[key].strip(): text for key, text in easy.page.items() if key in ui} | dict(easy.browser) | dict(easy.texts)
    )
    hard = {
        japanese
        for japanese, text in known.items()
        if text != japanese and "{" not in japanese and japanese not in {*known.values()}
    }
    left: set[str] = set()
    for name, (path, act) in PAGES.items():
        page = reader.open(with_language(path, "easy"))
        speaks(page, "easy")
        page.evaluate("document.querySelector('.ts-readings').click()")
        act(page)
        page.evaluate(QUIET)
        left |= {f"{name}: {text}" for text, _ in page.evaluate(SHOWN) if text in hard}
    assert not left, "\n".join(sorted(left))


def test_the_switch_keeps_what_was_searched(reader: Visit) -> None:
    page = reader.open(f"{SEARCH}?q=相談")
    page.locator(".ts-languages summary").click()
    page.get_by_role("link", name="English").click()
    speaks(page, "en")
    expect(page.locator("#q")).to_have_value("相談")
    page.locator(".ts-languages summary").click()
    page.get_by_role("link", name="Tiếng Việt").click()
    speaks(page, "vi")
    expect(page.locator("#q")).to_have_value("相談")


def test_a_search_that_cannot_be_answered_says_so_in_the_language(reader: Visit) -> None:
    reader.page.route(re.compile(r"/search/index/|/search/.*\.json|/data/search"), lambda route: route.abort())
    page = reader.open(with_language(f"{SEARCH}?q=相談", "vi"))
    speaks(page, "vi")
    expect(page.locator("#search-failed")).to_be_visible()
    assert [text for text, _ in page.evaluate(SHOWN) if not is_own(text)] == []
