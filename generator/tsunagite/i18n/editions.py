"""Editions: the pages of a site in another language. Each has one file of words, ``editions/<code>.toml``, and a folder of pages.

An edition holds the pages of ``counterpart`` (home, emergency, finder, lists by need and by kind). A record has one page for all
languages, which ``languages/browser/language.js`` shows in the language of its address (``?lang=en``).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from tsunagite import i18n

FOLDER = Path(__file__).parent / "editions"
CODES = ("easy", "en", "zh-Hans", "vi")
"""Every edition, in the order in which readers are offered them."""
JAPANESE = "ja"
SECTION = "edition-"
"""Begins the section of a page of an edition (``engine.artifact.Page``)."""
MARK = "tsunagiteTO"
"""Begins what stands in the frame for the address of a page in another language, from the root of the site: ``tsunagiteTOen``."""
HELP = "help/"
"""The page that only editions have."""
_BOTH = re.compile(r"(?:emergency/|contact/(?:about/[^/]+/)?|(?:needs|kinds)/.*)?")
_SHARED = re.compile(r"(?:r/[^/]+|search|list|map|offline|calendar(?:/.+)?)/")
"""Pages that all languages share, as in ``languages/browser/language.js``."""
_TOWN = re.compile(r"contact/.+")


@dataclass(frozen=True)
class Edition:
    """The words of one language. ``lang`` is what pages write into ``lang`` and ``hreflang``."""

    code: str
    name: str
    lang: str
    locale: str
    """Its code in Open Graph: ``en_US``."""
    label: str
    """The field of a term that holds its word in this language: ``label_en``."""
    ui: Mapping[str, str]
    """Words of the pages of an edition."""
    page: Mapping[str, str]
    """Words of pages that all languages share (records, search), under their names in ``[ui]`` of ``ja.toml``."""
    data: Mapping[str, Any]
    """Sentences made from the fields of a record, and the names of days and months."""
    labels: Mapping[str, Mapping[str, str]]
    """Words of the vocabularies, by vocabulary and id."""
    browser: Mapping[str, str]
    """Sentences that scripts say on shared pages, by what they are in Japanese; ``{time}``, ``{day}`` and ``{n}`` stand for values,
    ``{text}`` for what readers and records say, ``{list}`` for words of ours; what begins with ``…`` stands in no running text."""
    searched: Mapping[str, str]
    """What people type in this language, with commas between, by the Japanese word that the search knows; ``kanji``: characters of this
    language, each followed by the Japanese one."""
    texts: Mapping[str, str]
    """Sentences of our own data (emergencies, telephones, troubles), by what they are in Japanese."""

    @property
    def folder(self) -> str:
        """The folder of its pages: ``zh-hans``."""
        return self.code.lower()

    @property
    def section(self) -> str:
        """The section of its pages."""
        return SECTION + self.code

    @property
    def is_japanese(self) -> bool:
        """Whether readers need no mark at words that are not translated."""
        return self.lang == JAPANESE

    @cached_property
    def words(self) -> Mapping[str, str]:
        """All words that templates may ask for."""
        return {**self.page, **self.ui}

    def of(self, japanese: str) -> str:
        """Return a sentence of our own data, marked as Japanese where it is not translated."""
        return self.texts.get(japanese) or self.japanese(japanese)

    def japanese(self, text: str) -> str:
        """Return a text that stays Japanese with the marks by which pages tell it apart (``marked``)."""
        return text if self.is_japanese or not _JAPANESE.search(text) else f"{BEGIN}{text}{END}"


BEGIN, END = "⟦", "⟧"
"""Stand around what stays Japanese in a text of another language, until a page writes ``lang="ja"``."""
_JAPANESE = re.compile(r"[ぁ-ゖァ-ヺ一-鿿々]")


def plain(text: str) -> str:
    """Return a text without the marks around its Japanese parts, for titles and attributes."""
    return text.replace(BEGIN, "").replace(END, "")


@cache
def edition(code: str) -> Edition:
    """Return the edition of a code. Raises KeyError for one without a file."""
    if code not in CODES:
        raise KeyError(code)
    data = _read(code)
    about = data["edition"]
    page = {**_page_words(code), **data["page"]}
    return Edition(
        code, about["name"], about["lang"], about["locale"], about["label"], data["ui"], page, data["data"],
        data.get("labels", {}), data.get("browser", {}), data.get("searched", {}), data.get("texts", {}),
    )  # fmt: skip


def _page_words(code: str) -> Mapping[str, str]:
    """Return the words of shared pages that a catalogue of messages holds already: those that an edition without one has to write."""
    if code not in i18n.LANGUAGES:
        return {}
    ui = i18n.catalogue(code)["ui"]
    return {name: ui[name] for name in _read(CODES[0])["page"]}


@cache
def _read(code: str) -> Mapping[str, Any]:
    with (FOLDER / f"{code}.toml").open("rb") as file:
        return tomllib.load(file)


def editions(codes: Iterable[str]) -> tuple[Edition, ...]:
    """Return the editions that a site asks for, in the order in which readers are offered them."""
    wanted = set(codes)
    return tuple(edition(code) for code in CODES if code in wanted)


def counterpart(path: str) -> str | None:
    """Return the address that a Japanese page has inside the folder of every edition, or None where editions have no such page."""
    return path if _BOTH.fullmatch(path) else None


def nearest(path: str) -> str:
    """Return the nearest page of an edition to a Japanese page, inside its folder."""
    found = counterpart(path)
    return found if found is not None else "contact/" if _TOWN.fullmatch(path) else ""


@dataclass(frozen=True)
class Languages:
    """Where pages stand in the languages of one site. ``site_url`` ends without a slash; "" where nobody has written it."""

    editions: tuple[Edition, ...] = ()
    site_url: str = ""

    def of_section(self, section: str) -> Edition | None:
        """Return the edition of a section, or None for a Japanese page."""
        return next((one for one in self.editions if one.section == section), None)

    def _japanese(self, path: str) -> str | None:
        """Return the Japanese page of a page of an edition; None where there is none."""
        folder, _, rest = path.partition("/")
        inside = any(one.folder == folder for one in self.editions)
        return (None if rest == HELP else rest) if inside else path

    def addresses(self, path: str) -> Mapping[str, str]:
        """Return where a page, or the nearest to it, stands in each language, by mark and from the root of the site."""
        japanese = self._japanese(path)
        found = {MARK + JAPANESE: japanese or ""}
        for one in self.editions:
            if _SHARED.fullmatch(path):
                found[MARK + one.code] = f"{path}?lang={one.code}"
            else:
                found[MARK + one.code] = f"{one.folder}/{HELP if japanese is None else nearest(japanese)}"
        return found

    def alternates(self, path: str) -> str:
        """Return the lines for the head of a page that name the same page in other languages ("" where it has none, or no public address).

        Search engines know no code for easy Japanese, so that edition is not named.
        """
        japanese = self._japanese(path)
        inside = None if japanese is None else counterpart(japanese)
        if inside is None or not self.site_url:
            return ""
        return "".join(
            f'<link rel="alternate" hreflang="{lang}" href="{self.site_url}/{address}">'
            for lang, address in self._same(inside)
        )

    def _same(self, inside: str) -> Iterator[tuple[str, str]]:
        found = [(one.lang, f"{one.folder}/{inside}") for one in self.editions if not one.is_japanese]
        if found:
            yield JAPANESE, inside
            yield from found
            yield "x-default", inside
