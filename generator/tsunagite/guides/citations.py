"""The list of everything the guides stand on: acts by article, then documents, each with how far it was checked and when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tsunagite.guides.view import KnowledgeBase
from tsunagite.records.model.features.guide import Act, Citation
from tsunagite.site.record import Link
from tsunagite.text.dates import japanese_date

DOUBTS = ("unread", "ordinance")


@dataclass(frozen=True)
class CitationRow:
    """One article (or document) and what it is cited for. ``doubt`` is what was not read yet; of several states the least sure counts."""

    label: str
    on: tuple[str, ...]
    pages: tuple[Link, ...]
    doubt: str
    checked: str
    publisher: str = ""
    url: str = ""


@dataclass(frozen=True)
class CitedAct:
    """One act with every article that is cited, in the order of articles."""

    act: Act
    rows: tuple[CitationRow, ...]


@dataclass(frozen=True)
class CitationList:
    """The page: acts, documents, and how many citations are in which state."""

    acts: tuple[CitedAct, ...]
    documents: tuple[CitationRow, ...]
    articles: int
    unread: int
    ordinance: int


def citation_list(base: KnowledgeBase) -> CitationList:
    """Return all citations of guides, of the glossary and of the list of requests. The same article cited by several pages is one row."""
    found: dict[tuple[str, str], list[tuple[Citation, Link]]] = {}
    for citation, page in _cited(base):
        name = citation.article + citation.paragraph if citation.act else citation.title
        found.setdefault((citation.act or "", name), []).append((citation, page))
    acts = tuple(
        CitedAct(act, tuple(_row(name, cited) for (_, name), cited in sorted(_of(found.items(), act.id), key=lambda item: _numbers(item[0][1]))))
        for act in base.directory.guides.acts
        if any(key[0] == act.id for key in found)
    )  # fmt: skip
    documents = tuple(_row(name, cited) for (_, name), cited in sorted(_of(found.items(), "")))
    rows = [row for act in acts for row in act.rows]
    return CitationList(acts, documents, len(rows), *(sum(row.doubt == doubt for row in rows) for doubt in DOUBTS))


def _cited(base: KnowledgeBase) -> Iterator[tuple[Citation, Link]]:
    for guide in base.directory.guides.written:
        for citation in guide.head.sources:
            yield citation, base.links[guide.id]
    for term in base.directory.guides.glossary:
        for citation in term.sources:
            yield citation, Link("ことばの一覧", "glossary/")
    for request in base.directory.guides.redirects:
        for citation in request.sources:
            yield citation, Link("ケアマネジャーに頼めないこと", f"not-care-manager/#{request.id}")


Found = tuple[tuple[str, str], list[tuple[Citation, Link]]]


def _of(found: Iterable[Found], act: str) -> Iterator[Found]:
    return (item for item in found if item[0][0] == act)


def _row(name: str, cited: list[tuple[Citation, Link]]) -> CitationRow:
    first = cited[0][0]
    states = {citation.state for citation, _ in cited}
    days = [citation.checked_on for citation, _ in cited if citation.checked_on]
    return CitationRow(
        name,
        tuple(dict.fromkeys(citation.on for citation, _ in cited if citation.on)),
        tuple(dict.fromkeys(page for _, page in cited)),
        next((doubt for doubt in DOUBTS if doubt in states), ""),
        japanese_date(min(days)) if days else "",
        first.publisher,
        first.url or "",
    )


def _numbers(article: str) -> tuple[tuple[int, ...], str]:
    """Return how an article sorts: 第7条 before 第27条, 第115条の45 before 第115条の46."""
    return tuple(int(number) for number in re.findall(r"\d+", article)), article
