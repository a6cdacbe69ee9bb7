"""Search: the page, the index in small files, and what results show, in blocks of neighbours.

A browser fetches ``search/meta.json`` when the reader turns to a search box, then the files of the characters asked for,
then the blocks of the results it shows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from itertools import accumulate, pairwise
from typing import NamedTuple

from tsunagite.contact.emergency import EmergencyView
from tsunagite.engine.artifact import Artifact, Draft, Frame, Made
from tsunagite.engine.digest import digest
from tsunagite.engine.keys import Keys
from tsunagite.engine.memo import Known, chunks, memo
from tsunagite.i18n.editions import Edition, edition
from tsunagite.records.model.base.vocabulary import Vocabularies
from tsunagite.search.index import (
    SHARDS,
    Index,
    IndexPart,
    Words,
    postings_of,
    shards_of,
    written_list,
    written_numbers,
    written_places,
)
from tsunagite.search.view import PAGES, DocumentMaker, SearchDocument, SearchTerm, SearchView, Shown, Synonyms
from tsunagite.site.layout import browser
from tsunagite.site.layout.templates import BASE, Templates, stylesheet
from tsunagite.site.lists import IndexView
from tsunagite.site.opening import opening_of
from tsunagite.text.search_key import PAIRS, key

FOLDER = "search"
PART = 256
"""Documents in a part of the index, on average."""
IN_LANGUAGES = ("need", "kind", "kind_group")
"""Vocabularies whose names in other languages are searched, the first before the others."""
_IMPORTS = re.compile(r'(?:^|;)import\b[^;()]*\bfrom ?"\./([a-z_]+\.js)"', re.MULTILINE)
BLOCK = 8  # documents whose results lie in one file; equals lie together, so ten results need few files


def search(  # noqa: PLR0913 - what the page shows besides the search, each part named at the call
    view: SearchView,
    emergencies: EmergencyView,
    indexes: Iterable[IndexView],
    holidays: Mapping[str, object],
    *,
    has_finder: bool,
    frame: Frame,
) -> Iterator[Artifact]:
    """Yield the search page, and what every query needs: all words that are terms, with their records."""
    page = Templates().page(
        "search",
        "search/",
        "search",
        "さがす",
        "ことば・町の名前・ひらがなでさがせます。",
        head=_head(),
        view=view,
        signs=written_signs(emergencies),
        indexes=tuple(indexes),
        tiles=view.directory.settings.tiles,
        contact=has_finder,
    )
    yield frame(page)
    yield Artifact.json(f"{FOLDER}/meta.json", _meta(view, holidays))
    yield Artifact.json(f"{FOLDER}/words.json", _synonyms(view))
    for code in ("zh-Hans", "vi"):
        yield Artifact.json(f"{FOLDER}/languages/{code}.json", _in_language(edition(code), view.directory.vocabularies))
    for number, term in enumerate(view.terms):
        if term.records is not None:
            yield Artifact.json(f"{FOLDER}/terms/{number}.json", written_list(term.records))


def written_signs(emergencies: EmergencyView) -> str:
    """Write by which pieces a search may mean an emergency: for each of them steps from number to number."""
    return " ".join(written_numbers([one - before for before, one in pairwise((0, *its))]) for its in emergencies.signs)


def index(view: SearchView, keys: Keys) -> Iterator[Made]:
    """Yield the index of all words, and the results."""
    groups = memo(_groups)(Known(view, keys.sketch)).value
    grams = Index(_parts(view), [one.words for one in groups])
    for number in range(SHARDS):
        path = f"{FOLDER}/grams/{number:03x}.json"
        yield Draft(path, grams.digest_of([number]), partial(_grams, path, grams, number))
    for number, one in enumerate(groups):
        path = f"{FOLDER}/synonyms/{number}.json"
        made_from = keys.of(one, grams.digest_of(shards_of(one.sought)))
        yield Draft(path, made_from, partial(_group, path, grams, one))
    shown = view.shown()
    for start in range(0, len(shown), BLOCK):
        rows, path = tuple(shown[start : start + BLOCK]), f"{FOLDER}/results/{start // BLOCK}.json"
        yield Draft(path, keys.page(view.kinds, rows), partial(_results, path, view, rows))


def _parts(view: SearchView) -> Iterator[IndexPart]:
    """Yield the index in parts of documents that follow each other; after an edit one of them is made anew."""
    maker = Known(DocumentMaker(view.directory), view.directory.surroundings_digest)
    digests = view.directory.digests
    for documents in chunks(view.shown(), lambda one: digest(one) if isinstance(one, tuple) else digests[one.id], PART):
        yield memo(index_part)(maker, documents).value


def index_part(maker: DocumentMaker, documents: Sequence[Shown]) -> IndexPart:
    """Return the index of some documents that follow each other."""
    return IndexPart.of(postings_of(Words.of(maker.of(one))) for one in documents)


class Group(NamedTuple):
    """The words of a group of synonyms: all of them, those that are found by the others, and those to look for in texts."""

    words: tuple[str, ...]
    found: tuple[str, ...]
    sought: tuple[str, ...]


def _groups(view: SearchView) -> tuple[Group, ...]:
    """Return the groups of synonyms: they depend on the vocabularies and on where records stand, not on their words."""
    spellings = {
        folded for term in view.terms if term.type not in ("service", "department", "trade") for folded in _keys(term)
    }
    return tuple(Group(tuple(one.words), tuple(one.found), _sought(one, spellings)) for one in view.synonyms)


def _grams(path: str, grams: Index, number: int) -> Artifact:
    return Artifact(path, grams.shard(number))


def _group(path: str, grams: Index, group: Group) -> Artifact:
    return Artifact.json(path, [group.found, grams.group(group.sought)])


def _results(path: str, view: SearchView, shown: Iterable[Shown]) -> Artifact:
    kinds = {label: place for place, label in enumerate(view.kinds)}
    levels = {level.id: place for place, level in enumerate(view.levels)}
    rows = [
        _page_row(*one) if isinstance(one, tuple) else _row(DocumentMaker(view.directory).of(one), kinds, levels)
        for one in shown
    ]
    return Artifact.json(path, rows)


def _in_language(words: Edition, vocabularies: Vocabularies) -> dict[str, object]:
    """Return the words of another language: what people type for each Japanese word, first what they call it themselves (search_foreign.js)."""
    labels = (
        (term.label, label)
        for name in IN_LANGUAGES
        for term in vocabularies[name]
        if (label := words.labels.get(name, {}).get(term.id))
    )
    said = [(label, text) for label, text in words.searched.items() if label != "kanji"]
    return {"kanji": words.searched.get("kanji", ""), "words": [*said, *labels]}


@cache
def _needed() -> tuple[str, ...]:
    """Return the script of the page and all that it imports: a slow network is asked for them together, not one after another."""
    found = {"search_page.js": None}
    for name in (queue := ["search_page.js"]):
        for imported in _IMPORTS.findall(browser.published(name)):
            if imported not in found:
                found[imported] = None
                queue.append(imported)
    return tuple(found)


def _head() -> str:
    """Return the style and the scripts that every search needs. What an address needs besides, its own script asks for.

    That script is search/browser/search_ahead.js, which overrides/main.html loads before the style.
    """
    scripts = "".join(
        f'<link rel="modulepreload" href="{BASE}assets/tsunagite/{name}">' for name in ("site.js", *_needed())
    )
    return stylesheet("directory") + scripts


def _meta(view: SearchView, holidays: Mapping[str, object]) -> dict[str, object]:
    """Return what every query needs: how the index is cut, characters that are one, terms and synonyms."""
    return {
        "count": len(view.shown()),
        "records": len(view.records),
        "block": BLOCK,
        "pairs": PAIRS,
        "kinds": view.kinds,
        "levels": [[level.id, level.label] for level in view.levels],
        "terms": [_term(term) for term in view.terms],
        "pages": _pages(view),
        "windows": written_places(view.windows),
        "existing": sum(not resource.is_idea for resource in view.records),
        "holidays": holidays,
    }


def _sought(synonyms: Synonyms, spellings: set[str]) -> tuple[str, ...]:
    """Return the words to look for in texts. Where others lead to a word that is a kind or a need, its records say all; a department stands in the names of its specialists."""
    return tuple(
        word for word in synonyms.found if synonyms.in_names or not synonyms.finds or key(word) not in spellings
    )


def _synonyms(view: SearchView) -> list[str]:
    """Return every word of the synonyms, folded, and how it is written where that differs: for queries that find nothing as they are."""
    written = {folded: word for synonyms in view.synonyms for word in synonyms.words if (folded := key(word))}
    return [folded if folded == word else f"{folded} {word}" for folded, word in written.items()]


def _pages(view: SearchView) -> list[list[object]]:
    """Return, for every sort of page that is no record: its word, the first document after it, and what a word weighs in it."""
    ends = accumulate(map(len, view.pages), initial=len(view.records))
    return [[word, end, weight] for (word, weight), end in zip(PAGES, list(ends)[1:], strict=True)]


def _term(term: SearchTerm) -> list[object]:
    return [
        term.type,
        term.id,
        term.label,
        ["" if one == term.label else one for one in _keys(term)],
        term.path,
        -1 if term.records is None else term.count,
    ]


def _keys(term: SearchTerm) -> list[str]:
    return list(dict.fromkeys(folded for spelling in term.spellings if (folded := key(spelling))))


def _row(document: SearchDocument, kinds: dict[str, int], levels: dict[str, int]) -> list[object]:
    """Return what a result shows (the type ``Row`` of search/browser/search_index.js)."""
    card = document.card
    assert card  # noqa: S101 - a record's document has one
    phone = [card.phone.number, card.phone.href] if card.phone else []
    row: list[object] = [
        document.id, "", card.name, document.readings[0] if document.readings else "", card.sentence, kinds[card.kind],
        [levels[term.id] for term in card.levels], card.place, phone, card.dated_badges, opening_of(document.hours),
    ]  # fmt: skip
    return row


def _page_row(document: SearchDocument, sort: int) -> list[object]:
    """Return the same of a page that is no record: its kind is -1 and less, in the order of ``PAGES``."""
    return [document.id, document.path, document.name, "", document.sentence, -1 - sort, [], "", [], [], None]
