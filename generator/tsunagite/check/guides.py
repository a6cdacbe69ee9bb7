"""Guides: what they point at exists, every rule has its source, and somebody reviews them."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from posixpath import join, normpath

from tsunagite.findings import Finding, SourceLocation, error, warning
from tsunagite.records.directory import Directory
from tsunagite.records.load.guides import WrittenGuide
from tsunagite.records.model.features.guide import Act, Branch, Citation, ProcessGuide, ReferenceGuide
from tsunagite.text.harmless import without_effect

FOOTNOTE = re.compile(r"\[\^([^\[\]\s]+)\]")
LINK = re.compile(r"\]\(([^()\s#:]+\.md)(?:#[^()\s]*)?\)")
PAGES_OF_LISTS = ("glossary", "not-care-manager", "guides/map", "guides/citations", "guides")


def guides_have_one_name(directory: Directory, _today: date) -> Iterator[Finding]:
    """R101: a guide's id (its file name) is its own in the whole of content/, because guides point at each other by it."""
    counts = Counter(guide.id for guide in directory.guides.written)
    for guide in directory.guides.written:
        if counts[guide.id] > 1:
            others = "、".join(g.place.file for g in directory.guides.written if g.id == guide.id and g is not guide)
            yield error("R101", guide.place, id=guide.id, count=counts[guide.id], others=others)


def guides_lead_somewhere(directory: Directory, _today: date) -> Iterator[Finding]:
    """R103, G103: the guides, roles and pages that a guide names exist."""
    known = {guide.id: guide for guide in directory.guides.written}
    for guide in directory.guides.written:
        for title, written, place in _references_of(guide):
            if written not in known and written not in directory.guides.unread:
                yield _nowhere(title, written, place, [*known])
        for match in LINK.finditer(guide.body):
            target = normpath(join(guide.section, match[1]))
            if target not in directory.guides.pages and not any(
                target == f"{g.section}/{g.id}.md" for g in known.values()
            ):
                yield error("G103", guide.place_in_body(match.start(1)), link=match[1])
    paths = {f"{guide.section}/{guide.id}" for guide in known.values()} | set(PAGES_OF_LISTS)
    sheets = [sheet.id for sheet in directory.worksheets.sheets]
    for index, row in enumerate(directory.guides.systems):
        for at, sheet in enumerate(row.sheets):
            if sheet not in sheets:
                yield _nowhere("用紙", sheet, SourceLocation("content/systems.yml", (index, "sheets", at)), sheets)
        for at, page in enumerate(row.pages):
            if page not in paths:
                yield _nowhere("ページ", page, SourceLocation("content/systems.yml", (index, "pages", at)), [*paths])


def _nowhere(title: str, written: str, place: SourceLocation, known: list[str]) -> Finding:
    near = difflib.get_close_matches(written, known, n=1, cutoff=0.6)
    return error("R103", place, title=title, written=written, suggestion=near[0] if near else "")


def _references_of(guide: WrittenGuide) -> Iterator[tuple[str, str, SourceLocation]]:
    """Yield what a guide points at by id: (what it is called, the id, where)."""
    head, place = guide.head, guide.place
    for index, other in enumerate(head.related):
        yield "関連する手引き", other, place.at("related", index)
    if isinstance(head, ProcessGuide):
        for number, step in enumerate(head.steps):
            for at, who in enumerate(step.who):
                if who.isascii():  # anything else is written out in Japanese
                    yield "役割", who, place.at("steps", number, "who", at)
    if isinstance(head, ReferenceGuide):
        for index, question in enumerate(head.questions):
            for at, other in enumerate(question.related):
                yield "関連する手引き", other, place.at("questions", index, "related", at)
        for branch, where in _branches(head.tree, place.at("tree")):
            if branch.page:
                yield "手引き", branch.page, where.at("page")


def _branches(tree: tuple[Branch, ...], place: SourceLocation) -> Iterator[tuple[Branch, SourceLocation]]:
    for index, branch in enumerate(tree):
        yield branch, place.at(index)
        yield from _branches(branch.children, place.at(index, "children"))


def sources_are_cited(directory: Directory, _today: date) -> Iterator[Finding]:
    """G104: what the text cites stands in the list of sources."""
    for guide in directory.guides.written:
        known = {source.id for source in guide.head.sources}
        cited = [(match[1], guide.place_in_body(match.start())) for match in FOOTNOTE.finditer(guide.body)]
        if isinstance(guide.head, ReferenceGuide):
            cited += [
                (m[1], guide.place.at("questions", n, "a"))
                for n, one in enumerate(guide.head.questions)
                for m in FOOTNOTE.finditer(one.a)
            ]
            cited += [
                (b.source, where.at("source"))
                for b, where in _branches(guide.head.tree, guide.place.at("tree"))
                if b.source
            ]
        if isinstance(guide.head, ProcessGuide):
            cited += [
                (p.source, guide.place.at("procedures", n, "source"))
                for n, p in enumerate(guide.head.procedures)
                if p.source
            ]
        for name, place in cited:
            if name not in known:
                near = difflib.get_close_matches(name, [one for one in known if one], n=1, cutoff=0.5)
                yield error("G104", place, written=name, suggestion=near[0] if near else "")


def _citations(directory: Directory) -> Iterator[tuple[Citation, SourceLocation]]:
    for guide in directory.guides.written:
        for index, citation in enumerate(guide.head.sources):
            yield citation, guide.place.at("sources", index)
    for at, term in enumerate(directory.guides.glossary):
        for index, citation in enumerate(term.sources):
            yield citation, SourceLocation("content/glossary.yml", (at, "sources", index))
    for at, request in enumerate(directory.guides.redirects):
        for index, citation in enumerate(request.sources):
            yield citation, SourceLocation("content/redirects.yml", (at, "sources", index))


def citations_are_data(directory: Directory, today: date) -> Iterator[Finding]:
    """R103, G108, G109: a citation names an act of the table (and how far and when it was checked) or a document, and the act has not changed since."""
    acts = {act.id: act for act in directory.guides.acts}
    for citation, place in _citations(directory):
        needed = ("state", "checked_on") if citation.act else ("title", "publisher")
        for missing in needed:
            if not getattr(citation, missing):
                yield error("G108", place, missing=missing)
        if citation.act and citation.act not in acts:
            yield _nowhere("法律", citation.act, place.at("act"), [*acts])
        elif citation.act:
            yield from _changed_since(citation, acts[citation.act], place, today)


def _changed_since(citation: Citation, act: Act, place: SourceLocation, today: date) -> Iterator[Finding]:
    """Yield the newest change of an act, promulgated or in force, that came after a citation was checked."""
    days = [
        (day, one.by) for one in act.amendments for day in (one.promulgated_on, one.in_force_on) if day and day <= today
    ]
    day, by = max(days, default=(None, ""))
    if day and citation.checked_on and citation.checked_on < day:
        title = citation.article + citation.paragraph or act.name
        yield warning("G109", place.at("checked_on"), title=title, act=act.name, by=by, day=day)


def guides_are_text(directory: Directory, _today: date) -> Iterator[Finding]:
    """G120: HTML in a guide's text stays text, and a link that would run something is no link."""
    for guide in directory.guides.written:
        for at, found in without_effect(guide.body):
            yield warning("G120", guide.place_in_body(at), found=found)


def guides_are_reviewed(directory: Directory, today: date) -> Iterator[Finding]:
    """G105: laws and fees change each spring, so a guide whose day has passed is reported."""
    for guide in directory.guides.written:
        if guide.head.review_due < today:
            yield warning("G105", guide.place.at("review_due"), title=guide.head.title, due=guide.head.review_due)


def words_are_explained_once(directory: Directory, _today: date) -> Iterator[Finding]:
    """G106: a word of the glossary, or its alias, has one entry."""
    first: dict[str, str] = {}
    for index, term in enumerate(directory.guides.glossary):
        for word in dict.fromkeys((term.term, *term.aliases)):
            if word in first:
                yield error(
                    "G106", SourceLocation("content/glossary.yml", (index, "term")), word=word, other=first[word]
                )
            first.setdefault(word, term.term)
