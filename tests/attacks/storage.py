"""Everything that a page keeps on a device, damaged and hostile: the words of other programs, half-written values, other shapes, other types.

For each state every place holds another value, and a reader opens pages and presses what can be pressed. Nothing runs, no script of a
page fails, nothing is asked of others, and what is saved as a file is judged as a file of the site.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Download, Error

from attacks.fields import filled
from attacks.judge import BY_KIND
from attacks.strings import strings
from attacks.walk import ARMED, PAGES, TOWN, heard
from attacks.world import types
from page_kinds import PHONE, Visit, visit
from tsunagite.records.yaml.reader import read_text

DEEP = 30_000
RAW = (
    "", " ", "{", "null", "true", "5", "-1e400", '"x"', "[]", "{}", "[null]", "[[[[]]]]", "undefined", "\ud800", "\x00",
    '{"__proto__":{"pwn":1},"constructor":{"prototype":{"pwn":1}}}', '{"toString":null,"length":-1}', "[" * DEEP + "]" * DEEP, "あ" * 70_000,
)  # fmt: skip
"""Values of no shape at all."""
OTHERS = (
    None,
    True,
    False,
    0,
    -1,
    1e308,
    "",
    [],
    {},
    [[]],
    [None],
    {"__proto__": 1},
    "x" * 5_000,
    "2026-02-30",
    "9999-12-31",
)
"""What stands in the place of one value."""
ROOT = f"/{TOWN}"
FORMS = tuple(sorted(name.removeprefix("worksheet-") for name in types() if name.startswith("worksheet-")))
READERS = ("", "search/?q=体操", "list/", "offline/", "map/", "r/hostile-0/", "r/sakura-taiso/")
"""Pages that read what is kept, beside the forms."""


PATHS = (*(f"worksheets/{form}/form/" for form in FORMS), *READERS, *PAGES)
OVER = """() => Object.keys(localStorage).filter((key) => {
  if (!key.startsWith("tsunagite-person:")) return false;
  try { const { until } = JSON.parse(localStorage.getItem(key)); return until !== "deleted" && !(new Date(until) > new Date(Date.now() - 86400000)); } catch { return true; }
})"""
"""Drafts about a person whose day is over, and those of which nobody can know it."""
PRESS = """() => { for (const one of document.querySelectorAll("main button, main [role=button], main summary"))
  if (one.offsetParent && !one.closest(".ts-exit") && !/印刷/u.test(one.textContent)) one.click(); }"""


@cache
def _record(sheet: str) -> dict[str, Any]:
    """Return a draft of a sheet with hostile words in every field."""
    words = iter(strings() * 20)
    made: dict[str, Any] = filled(types()[f"worksheet-{sheet}"], lambda _path, _schema: next(words))
    return made


def places(sheet: str) -> dict[tuple[str, str], Any]:
    """Return what a page keeps where it is right, by the store and the key; a text is kept as it is, all else as JSON."""
    record = _record(sheet)
    items = [{"id": one, "note": strings()[at], "name": strings()[at + 9]} for at, one in enumerate(("sakura-taiso", "hostile-0", "ume-taiso", "gone", "../../evil"))]  # fmt: skip
    return {
        ("local", "tsunagite-mode"): "dark",
        ("local", "tsunagite-furigana"): "on",
        ("local", f"tsunagite-offline:{ROOT}"): "no",
        ("local", f"tsunagite-lists:{ROOT}"): {"current": "1", "lists": [{"key": "1", "name": strings()[3], "items": items}, {"key": "2", "name": "", "items": []}]},
        ("local", f"tsunagite-tally:{ROOT}reference/reference-0/"): [strings()[5], "あ"],
        ("local", "tsunagite-sheet-ids"): [f"{sheet}-draft", f"{sheet}-1"],
        ("local", f"tsunagite-sheet:{sheet}"): record,
        ("local", f"tsunagite-sheet:{sheet}:other"): record,
        ("local", f"tsunagite-person:{sheet}"): {"until": "9999-12-31", "record": record},
        ("local", f"tsunagite-person:{sheet}:other"): {"until": "deleted", "record": record},
        ("session", f"tsunagite-person:{sheet}"): {"record": record},
        ("session", "tsunagite-here"): {"label": strings()[7], "lat": 34.3, "lng": 134.0},
    }  # fmt: skip


def written_keys(package: Path) -> set[str]:
    """Return the beginnings of the keys that the scripts of the pages name."""
    texts = (path.read_text(encoding="utf-8") for path in package.glob("*/browser/*.js"))
    return {found[1] for text in texts for found in re.finditer(r"[\"`](tsunagite-(?!demo)[a-z-]+:?)(?=[\"`$])", text)}


def _leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if path:
        yield path
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(inner, (*path, key))
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            yield from _leaves(inner, (*path, at))


def _damaged(value: Any, dice: random.Random) -> str:
    """Return what is kept in one place: nothing like it, or the right shape with other types in some places of it."""
    if dice.random() < 0.4 or isinstance(value, str):
        return dice.choice((*RAW, *strings()))
    broken = deepcopy(value)
    for path in sorted(_leaves(value), key=len, reverse=True):
        if dice.random() < 0.15:
            inside = broken
            for step in path[:-1]:
                inside = inside[step]
            inside[path[-1]] = dice.choice((*OTHERS, *strings()))
    return json.dumps(broken, ensure_ascii=dice.random() < 0.5)[: None if dice.random() < 0.9 else -7]


@dataclass
class Walk:
    """A reader with full pockets, how many pages they have opened, and how many files the pages saved."""

    browser: Browser
    served: str
    folder: Path
    opened: int = 0
    saved: int = 0

    def complaints(self, states: Iterable[int], paths: Iterable[str] = PATHS) -> Iterator[str]:
        """Open forms and pages with other values kept in each state; yield what went wrong."""
        someone = visit(self.browser, self.served, PHONE, bypass_csp=True, accept_downloads=True)
        someone.context.add_init_script(ARMED)
        someone.page.on("dialog", lambda dialog: dialog.accept() if dialog.type == "confirm" else dialog.dismiss())
        saved: list[Download] = []
        someone.page.on("download", lambda one: saved.append(one))  # noqa: PLW0108 - Playwright marks what it is given
        for state in states:
            dice = random.Random(state)  # noqa: S311 - which value, no secret
            for path in paths:
                sheet = path.split("/")[1] if path.endswith("/form/") else dice.choice(FORMS)
                kept = {place: _damaged(value, dice) for place, value in places(sheet).items()}
                for one in self._opened(someone, path, kept):
                    yield f"{path} in state {state}: {one} {_short(kept)}"
                self.saved += len(saved)
                for download in saved:
                    yield from (f"{path} in state {state}: {one}" for one in _judged(download, self.folder))
                saved.clear()
        someone.context.close()

    def _opened(self, someone: Visit, path: str, kept: dict[tuple[str, str], str]) -> Iterator[str]:
        page = someone.page
        page.goto(f"{self.served}{TOWN}robots.txt")  # of the same origin, without a script
        page.evaluate(
            """(kept) => { localStorage.clear(); sessionStorage.clear();
              for (const [store, key, value] of kept) (store === "local" ? localStorage : sessionStorage).setItem(key, value); }""",
            [[store, key, value] for (store, key), value in kept.items()],
        )
        someone.complaints.clear()
        page.goto(f"{self.served}{TOWN}{path}", wait_until="load")
        self.opened += 1
        yield from (f"what is over still lies there: {one}" for one in page.evaluate(OVER))
        page.evaluate(PRESS)
        page.wait_for_timeout(60)
        yield from heard(someone, [], "")


def _short(kept: dict[tuple[str, str], str]) -> str:
    return " ".join(f"{key[10:30]}={value[:24]!r}" for (_, key), value in kept.items())


def _judged(download: Download, folder: Path) -> Iterator[str]:
    """Judge a file that a page made, as those that the site publishes."""
    path = folder / "saved"
    try:
        download.save_as(path)
    except Error:  # the page was left before it was whole
        return
    suffix, data = Path(download.suggested_filename).suffix, path.read_bytes()
    if suffix in BY_KIND:
        yield from (f"{download.suggested_filename}: {one}" for one in BY_KIND[suffix](data))
    elif suffix == ".yml":
        found = read_text(data.decode("utf-8"), download.suggested_filename).findings
        yield from (f"{download.suggested_filename}: {one.code} {one.values}" for one in found)
    else:
        yield f"nobody judges what a page saves: {download.suggested_filename}"
