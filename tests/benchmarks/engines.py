"""Three searches in a real Chromium behind one face: ours, stock Material's worker, and Pagefind."""

from __future__ import annotations

import re
import time
from functools import cached_property
from typing import Protocol
from urllib.parse import quote

from playwright.sync_api import Page

from benchmarks.server import Served
from benchmarks.truth import GUIDE

PATIENCE = 300_000  # ms: Material builds its index of 10,000 records in the visitor's browser


class Engine(Protocol):
    """A search that was opened in a page."""

    name: str

    def find(self, words: str) -> list[str]:
        """Return the ids of what is found (guides as ``guide:<name>``), best first."""


def id_of(address: str) -> str:
    """Return the id of the record or guide behind an address below the site: r/<id>/, help/, roles/doctor/."""
    path = re.sub(r"^https?://[^/]+/|[?#].*$", "", address).strip("/").removesuffix("index.html").strip("/")
    return path[2:] if path.startswith("r/") else GUIDE + path.rpartition("/")[2]


class Ours:
    """Our search: its own modules in the page of results, checked against what the page shows (data-id, data-total)."""

    name = "ours"
    ASK = """
      async ([words, synonyms, count]) => {
        const base = new URL("..", location.href.replace(/[?#].*$/, "")).href;
        const { openIndex } = await import(`${base}assets/tsunagite/search_index.js`);
        const { search } = await import(`${base}assets/tsunagite/search_query.js`);
        const { DirectoryFiles } = await import(`${base}assets/tsunagite/directory_files.js`);
        const { liftOf } = await import(`${base}assets/tsunagite/result_lift.js`);
        const { holidaysAt } = await import(`${base}assets/tsunagite/hours.js`);
        const index = await openIndex(base);
        const files = window.files ??= new DirectoryFiles(base);
        const start = performance.now();
        const found = await search(index, words, { synonyms });
        const here = { moment: new Date(), holidays: holidaysAt(index.meta.holidays, new Date()), metres: null, serves: null };
        const lift = await liftOf(index, found, (number) => files.column(`lift/${number}`), here);
        const documents = lift ? lift.order(found.documents) : found.documents;
        const rows = await index.rows(documents.slice(0, count ?? documents.length));
        return [rows.map(([id, path]) => path || `r/${id}/`), performance.now() - start];
      }
    """
    CALL = """
      async (words) => {
        const { offerHelp } = await import(new URL("../assets/tsunagite/emergency_signs.js", location.href).href);
        await offerHelp(words);
        const section = document.querySelector("#danger");
        return section.hidden ? [] : [...section.querySelectorAll(".ts-call__number")].map((one) => one.textContent);
      }
    """

    def __init__(self, page: Page, served: Served, *, synonyms: bool = True) -> None:
        self.page, self.served, self.synonyms = page, served, synonyms
        self.asked = 0

    @cached_property
    def _beside(self) -> Ours:
        """The same search in a page of its own: the page that is asked keeps the files it has read."""
        return Ours(self.page.context.new_page(), self.served)

    def open(self, words: str) -> list[str]:
        """Open the page of results and return what it shows."""
        self.page.goto(f"{self.served.address}search/?q={quote(words)}", wait_until="commit")
        self.page.wait_for_selector("[data-total]", state="attached", timeout=PATIENCE)
        links = self.page.eval_on_selector_all("[data-total] [data-id] h3 a", "all => all.map(one => one.href)")
        return [id_of(link) for link in links]

    def find(self, words: str) -> list[str]:
        """See Engine. Raises AssertionError where the page of results (every seventh is opened) begins otherwise."""
        paths, _ = self._ask(words, None)
        found = [id_of(path) for path in paths]
        self.asked += 1
        if self.synonyms and self.asked % 7 == 0 and (shown := self._beside.open(words)) != found[: len(shown)]:
            raise AssertionError(f"{words}: the page shows {shown}, its engine finds {found[:20]}")
        return found

    def numbers(self, words: str) -> list[str]:
        """Return the telephone numbers that the page shows above its results, none for what is no emergency."""
        self._arrive()
        return list(self.page.evaluate(self.CALL, words))

    def milliseconds(self, words: str) -> float:
        """Return how long the browser takes to search and to read the first 10 results."""
        return self._ask(words, 10)[1]

    def _ask(self, words: str, count: int | None) -> tuple[list[str], float]:
        self._arrive()
        paths, milliseconds = self.page.evaluate(self.ASK, [words, self.synonyms, count])
        return paths, milliseconds

    def _arrive(self) -> None:
        if "/search/" not in self.page.url:
            self.page.goto(f"{self.served.address}search/")


class Material:
    """Stock Material: its own input, its own worker; the worker's answers are listened to."""

    name = "Material"
    LISTEN = """
      window.answers = []; window.indexed = false;
      window.Worker = class extends window.Worker {
        constructor(...given) {
          super(...given);
          this.addEventListener("message", ({data}) => {
            if (data.type === 1) window.indexed = true;
            if (data.type === 3) window.answers.push(data.data.items.map(([first]) => first.location));
          });
        }
      };
    """

    def __init__(self, page: Page, served: Served) -> None:
        self.page = page
        page.add_init_script(self.LISTEN)
        start = time.perf_counter()
        page.goto(served.address, wait_until="commit")
        page.wait_for_function("window.indexed", timeout=PATIENCE)
        self.ready_seconds = time.perf_counter() - start
        page.evaluate("document.querySelector('[data-md-toggle=search]').click()")

    def find(self, words: str) -> list[str]:
        """See Engine."""
        answers = self._ask(words)
        return list(dict.fromkeys(id_of(location) for location in answers))

    def _ask(self, words: str) -> list[str]:
        self._type("")
        self._type(words)
        self.page.wait_for_function("window.answers.length > 0", timeout=PATIENCE)
        return list(self.page.evaluate("window.answers.at(-1)"))

    def _type(self, words: str) -> None:
        box = "[data-md-component=search-query]"
        self.page.evaluate(
            "([box, words]) => { window.answers = []; const input = document.querySelector(box); input.value = words;"
            " for (const name of ['focus', 'input', 'keyup']) input.dispatchEvent(new Event(name, {bubbles: true})); }",
            [box, words],
        )


class Pagefind:
    """Pagefind's own module over the pages it has indexed."""

    name = "Pagefind"
    ADDRESSES = """
      async (words) => {
        window.known ??= new Map();
        const { results } = await window.pagefind.search(words);
        const unknown = results.filter(({ id }) => !window.known.has(id));
        for (let at = 0; at < unknown.length; at += 50)
          for (const [id, url] of await Promise.all(unknown.slice(at, at + 50).map(async (one) => [one.id, (await one.data()).raw_url ?? (await one.data()).url])))
            window.known.set(id, url);
        return results.map(({ id }) => window.known.get(id));
      }
    """

    def __init__(self, page: Page, served: Served) -> None:
        self.page = page
        page.goto(served.address + "about/")
        page.evaluate(
            "async () => { window.pagefind = await import('/pagefind/pagefind.js'); await window.pagefind.init(); }"
        )

    def find(self, words: str) -> list[str]:
        """See Engine."""
        return [id_of(url) for url in self.page.evaluate(self.ADDRESSES, words)]
