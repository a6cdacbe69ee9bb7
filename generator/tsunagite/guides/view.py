"""Guides as pages see them: names resolved, links made, the records and other guides that belong to them gathered."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from posixpath import join, normpath

from tsunagite import __version__
from tsunagite.guides.windows import BranchCalls, Windows
from tsunagite.records.directory import Directory
from tsunagite.records.load.guides import WrittenGuide
from tsunagite.records.model.features.guide import (
    Act,
    Branch,
    Citation,
    GlossaryTerm,
    Guide,
    ProcessGuide,
    ProcessStep,
    Redirect,
    ReferenceGuide,
    RoleGuide,
)
from tsunagite.site.record import CardView, Link
from tsunagite.text.dates import japanese_date, japanese_month
from tsunagite.text.kana import ROWS, row_of, sort_key

SECTIONS = {
    "roles": ("役割", "だれに、いつ、何を相談できるか。連絡の前に読む一枚です。", "users-group"),
    "processes": ("手順", "だれが、いつ、何をするか。はじめての人が順番にたどれます。", "list"),
    "reference": ("調べる・点検する", "ことばの整理、点検表、事例、質問と答え。", "bulb"),
}
ROLE_GROUPS = {
    "welfare_window": "相談の窓口", "care": "介護を支える人", "medical": "医療の人", "municipality": "市町村", "community": "地域の人",
    "life": "暮らしの場の人", "safety": "安全を守る人", "rights": "権利を守る人",
}  # fmt: skip
READING_SPEED = 500  # characters a minute: the usual figure for adults reading Japanese prose silently (400-600)
E_GOV = "e-Gov法令検索"
CARDS, PER_KIND = 6, 2
HELPERS, FEW = 3, 8
_IDS = ("kinds", "hotlines", "shape")
"""Fields below the head whose values are names for the program."""
_FOOTNOTE = re.compile(r"\[\^([^\[\]\s]+)\]")
_LINK = re.compile(r"\]\(([^()\s#:]+)\.md(#[^()\s]*)?\)")


@dataclass(frozen=True)
class SourceView:
    """A source at the foot of a guide. ``anchor`` is where a citation leads."""

    anchor: str
    title: str
    publisher: str
    url: str
    on: str
    doubt: str = ""
    """What was not read yet: ordinance, unread, or nothing."""


@dataclass(frozen=True)
class StepView:
    """One step with what it names as links."""

    step: ProcessStep
    who: tuple[Link, ...]
    sheet_path: str
    kinds: tuple[Link, ...]


@dataclass(frozen=True)
class BranchView:
    """One branch of a tree."""

    title: str
    note: str
    source: str
    page: Link | None
    children: tuple[BranchView, ...]
    calls: BranchCalls


@dataclass(frozen=True)
class QuestionView:
    """A question; its answer is Markdown like the text of the guide."""

    question: str
    answer: str
    related: tuple[Link, ...]


@dataclass(frozen=True)
class MissingKind:
    """A kind without a record here, and the national register where one may look for it ("" where none is known)."""

    label: str
    register: str
    url: str


@dataclass(frozen=True)
class GuideView:
    """One guide's page. ``text`` is Markdown whose links and citations lead where they should from that page."""

    path: str
    section: Link
    head: Guide
    text: str
    minutes: int
    reviewed: str
    due: str
    needs: tuple[Link, ...]
    related: tuple[Link, ...]
    sources: tuple[SourceView, ...]
    cards: tuple[CardView, ...]
    lists: tuple[Link, ...]
    missing: tuple[MissingKind, ...] = ()
    worksheets: tuple[Link, ...] = ()
    version: str = ""
    """Of the guides that came with tsunagite, its version."""
    steps: tuple[StepView, ...] = ()
    tree: tuple[BranchView, ...] = ()
    questions: tuple[QuestionView, ...] = ()

    @property
    def paper(self) -> str:
        """Where the sheet of A4 lies ("" for reference pages, which have none)."""
        return "" if isinstance(self.head, ReferenceGuide) else f"papers/{self.path.rstrip('/')}.pdf"

    @property
    def shape(self) -> str:
        """Which parts the page has: role, process, text, checklist, tree, cases or qa."""
        if isinstance(self.head, ReferenceGuide):
            return self.head.shape
        return "role" if isinstance(self.head, RoleGuide) else "process"


@dataclass(frozen=True)
class Shelf:
    """Guides under one heading of an index."""

    heading: str
    guides: tuple[tuple[Link, str], ...]


@dataclass(frozen=True)
class GuideIndex:
    """A page that leads to guides."""

    path: str
    title: str
    lead: str
    shelves: tuple[Shelf, ...]


@dataclass(frozen=True)
class WordView:
    """A word of the glossary, where it stands on the page, and what says so."""

    anchor: str
    entry: GlossaryTerm
    sources: tuple[SourceView, ...]


@dataclass(frozen=True)
class RedirectView:
    """Something a care manager is asked for, and who does it. ``missing`` are kinds that no record stands for yet."""

    entry: Redirect
    need: Link | None
    lists: tuple[Link, ...]
    missing: tuple[MissingKind, ...]
    cards: tuple[CardView, ...]
    sources: tuple[SourceView, ...]


@dataclass(frozen=True)
class SystemView:
    """One of the systems the knowledge base covers."""

    number: int
    title: str
    pages: tuple[Link, ...]
    sheets: tuple[Link, ...]


@dataclass(frozen=True)
class KnowledgeBase:
    """Makes every page of the guides from the directory and its cards."""

    directory: Directory
    cards: Mapping[str, CardView]

    def __bool__(self) -> bool:
        return bool(self.directory.guides.written)

    @cached_property
    def links(self) -> dict[str, Link]:
        """Every guide by id."""
        return {guide.id: Link(guide.head.title, _path(guide)) for guide in self.directory.guides.written}

    @cached_property
    def acts(self) -> dict[str, Act]:
        """Every act of content/acts.yml by id."""
        return {act.id: act for act in self.directory.guides.acts}

    def _sources(self, citations: tuple[Citation, ...]) -> tuple[SourceView, ...]:
        return tuple(source_view(one, self.acts, number) for number, one in enumerate(citations, start=1))

    def indexes(self) -> Iterator[GuideIndex]:
        """Yield the page of all guides and one page per section."""
        if not self:
            return
        shelves = {section: tuple(self._shelves(section)) for section in SECTIONS}
        everything = tuple(
            Shelf(SECTIONS[section][0], tuple(guide for shelf in found for guide in shelf.guides))
            for section, found in shelves.items()
            if found
        )
        extra = tuple(self.extra())
        if extra:
            everything += (Shelf("ことばと早見", extra),)
        yield GuideIndex(
            "guides/",
            "仕事の手引き",
            "役割、手順、ことば、点検表。専門職が使うためのページですが、だれでも読めます。",
            everything,
        )
        for section, found in shelves.items():
            if found:
                yield GuideIndex(f"{section}/", SECTIONS[section][0], SECTIONS[section][1], found)

    def extra(self) -> Iterator[tuple[Link, str]]:
        """Yield the pages made of lists, each with what it is for."""
        guides = self.directory.guides
        yield (
            Link("話し合いの用紙", "worksheets/"),
            f"会議や演習で書く用紙が{len(self.directory.worksheets.sheets)}種類。白紙を印刷できます。",
        )
        if guides.redirects:
            yield (
                Link("ケアマネジャーに頼めないこと", "not-care-manager/"),
                "頼まれごとごとに、代わりにだれに頼めるか。",
            )
        if guides.glossary:
            yield Link("ことばの一覧", "glossary/"), f"専門のことば{len(guides.glossary)}語を、短い文で。"
        if guides.systems:
            yield Link("この知識ベースの地図", "guides/map/"), "どのしくみが、どのページにあるか。"
        if guides.acts:
            yield Link("根拠の一覧", "guides/citations/"), "どの法律の何条を、どのページが、いつ確かめて使っているか。"

    def _shelves(self, section: str) -> Iterator[Shelf]:
        guides = [guide for guide in self.directory.guides.written if guide.section == section]
        guides.sort(key=lambda guide: sort_key(guide.head.title_kana, guide.head.title))
        if section != "roles":
            if guides:
                yield Shelf("", tuple(map(_entry, guides)))
            return
        for group, heading in ROLE_GROUPS.items():
            found = tuple(
                _entry(guide) for guide in guides if isinstance(guide.head, RoleGuide) and guide.head.group == group
            )
            if found:
                yield Shelf(heading, found)

    def pages(self) -> Iterator[GuideView]:
        """Yield every guide."""
        for guide in self.directory.guides.written:
            yield self._page(guide)

    def _page(self, guide: WrittenGuide) -> GuideView:
        head = guide.head
        numbers = {source.id: number for number, source in enumerate(head.sources, start=1) if source.id}
        return GuideView(
            path=_path(guide),
            section=Link(SECTIONS[guide.section][0], f"{guide.section}/"),
            head=head,
            text=_with_links(guide.body, guide.section, numbers),
            minutes=max(1, round(len(guide_words(guide)) / READING_SPEED)),
            reviewed=japanese_date(head.reviewed_on),
            due=japanese_month(head.review_due),
            needs=tuple(
                Link(self.directory.vocabularies["need"][n].label, f"needs/{n}/")
                for n in head.needs
                if n in self.directory.by_need
            ),
            related=tuple(self.links[other] for other in head.related if other in self.links),
            worksheets=tuple(
                Link(s.title, f"worksheets/{s.id}/") for s in self.directory.worksheets.sheets if guide.id in s.guides
            ),
            version=__version__ if guide.is_shared else "",
            sources=self._sources(head.sources),
            cards=self._cards(head.kinds),
            lists=self._lists(head.kinds),
            missing=self._missing(head.kinds),
            steps=tuple(map(self._step, head.steps)) if isinstance(head, ProcessGuide) else (),
            tree=self._tree(head.tree, numbers) if isinstance(head, ReferenceGuide) else (),
            questions=tuple(self._questions(guide, numbers)),
        )

    def _questions(self, guide: WrittenGuide, numbers: Mapping[str, int]) -> Iterator[QuestionView]:
        for one in guide.head.questions if isinstance(guide.head, ReferenceGuide) else ():
            related = tuple(self.links[other] for other in one.related if other in self.links)
            yield QuestionView(one.q, _with_links(one.a, guide.section, numbers), related)

    def _step(self, step: ProcessStep) -> StepView:
        who = tuple(self.links.get(one, Link(one.strip("「」"), "")) for one in step.who)
        return StepView(step, who, self.sheets_called.get(step.sheet, ""), self._lists(step.kinds))

    @cached_property
    def sheets_called(self) -> dict[str, str]:
        """The address of a sheet by the names that guides call it."""
        return {name: f"worksheets/{s.id}/" for s in self.directory.worksheets.sheets for name in (s.title, *s.called)}

    def _tree(self, tree: tuple[Branch, ...], numbers: Mapping[str, int]) -> tuple[BranchView, ...]:
        return tuple(
            BranchView(
                branch.title,
                branch.note,
                f"source-{numbers[branch.source]}" if branch.source and branch.source in numbers else "",
                self.links.get(branch.page or ""),
                self._tree(branch.children, numbers),
                self.windows.of(branch),
            )
            for branch in tree
        )

    @cached_property
    def windows(self) -> Windows:
        """Who answers the telephone, for the branches of trees."""
        return Windows(self.directory, self.cards)

    def _cards(self, kinds: tuple[str, ...]) -> tuple[CardView, ...]:
        """Return the first records of each kind, in 五十音 order: which of them is nearest, the lists and the map say."""
        found = [
            resource
            for kind in kinds
            for resource in self.directory.by_kind.get(kind, ())[: CARDS if len(kinds) == 1 else PER_KIND]
        ]
        return tuple(self.cards[resource.id] for resource in found[:CARDS])

    def _lists(self, kinds: tuple[str, ...]) -> tuple[Link, ...]:
        terms = self.directory.vocabularies["kind"]
        counts = {kind: len(self.directory.by_kind.get(kind, ())) for kind in kinds}
        return tuple(
            Link(f"{terms[kind].label}（{counts[kind]}件）", f"search/?kind={kind}") for kind in kinds if counts[kind]
        )

    def _missing(self, kinds: tuple[str, ...]) -> tuple[MissingKind, ...]:
        terms = (self.directory.vocabularies["kind"][kind] for kind in kinds if not self.directory.by_kind.get(kind))
        return tuple(MissingKind(term.label, term.source, term.url) for term in terms)

    def of_kind(self, kind: str) -> tuple[Link, ...]:
        """Return the role guides that speak of a kind first of all."""
        roles = (guide for guide in self.directory.guides.written if guide.section == "roles")
        return tuple(self.links[guide.id] for guide in roles if kind in guide.head.kinds[:1])

    def of_need(self, need: str) -> tuple[Link, ...]:
        """Return the guides to processes and the reference pages whose first need this is."""
        guides = (guide for guide in self.directory.guides.written if guide.section != "roles")
        return tuple(self.links[guide.id] for guide in guides if need in guide.head.needs[:1])

    def words(self) -> tuple[tuple[str, tuple[WordView, ...]], ...]:
        """Return the glossary by 五十音 row."""
        rows: dict[str, list[WordView]] = {}
        for index, term in sorted(
            enumerate(self.directory.guides.glossary), key=lambda pair: sort_key(pair[1].reading, pair[1].term)
        ):
            word = WordView(f"word-{index + 1}", term, self._sources(term.sources))
            rows.setdefault(row_of(term.reading), []).append(word)
        return tuple((row, tuple(rows[row])) for row in (*ROWS, "") if row in rows)

    @cached_property
    def explained(self) -> dict[str, WordView]:
        """Every word of the glossary, and every other name of it, with its entry."""
        words = [word for _, row in self.words() for word in row]
        return {name: word for word in words for name in (word.entry.term, *word.entry.aliases) if len(name) > 1}

    def redirects(self) -> tuple[RedirectView, ...]:
        """Return what care managers are asked for, each with the records that can help."""
        needs = self.directory.vocabularies["need"]
        return tuple(
            RedirectView(
                one,
                Link(needs[one.need].label, f"needs/{one.need}/") if one.need in self.directory.by_need else None,
                self._lists_of_need(one.kinds, one.need),
                self._missing(one.kinds),
                self._helpers(one.kinds, one.need),
                self._sources(one.sources),
            )
            for one in self.directory.guides.redirects
        )

    def _lists_of_need(self, kinds: tuple[str, ...], need: str) -> tuple[Link, ...]:
        """Return a search for each kind with a record: for those that answer the need, where some do."""
        terms, by_kind, lists = self.directory.vocabularies["kind"], self.directory.by_kind, []
        for kind in kinds:
            found = by_kind.get(kind, ())
            fitting = [resource for resource in found if need in resource.needs]
            if fitting:
                lists.append(Link(f"{terms[kind].label}（{len(fitting)}件）", f"search/?kind={kind}&need={need}"))
            elif found:
                lists.append(Link(f"{terms[kind].label}（{len(found)}件）", f"search/?kind={kind}"))
        return tuple(lists)

    def _helpers(self, kinds: tuple[str, ...], need: str) -> tuple[CardView, ...]:
        """Return cards of the few that answer a need.

        A kind with many records has no card: of 354 clinics, the first by 五十音 is nobody's answer.
        """
        fitting = (
            [resource for resource in self.directory.by_kind.get(kind, ()) if need in resource.needs] for kind in kinds
        )
        few = (resource for found in fitting if len(found) <= FEW for resource in found[:PER_KIND])
        return tuple(self.cards[resource.id] for resource in islice(few, HELPERS))

    def systems(self) -> tuple[SystemView, ...]:
        """Return the table of all systems and their pages."""
        others = {
            "glossary": Link("ことばの一覧", "glossary/"),
            "not-care-manager": Link("ケアマネジャーに頼めないこと", "not-care-manager/"),
            "guides": Link("仕事の手引き", "guides/"),
            "guides/map": Link("この知識ベースの地図", "guides/map/"),
            "guides/citations": Link("根拠の一覧", "guides/citations/"),
        }
        pages = {link.path.rstrip("/"): link for link in self.links.values()} | others
        sheets = {s.id: Link(s.title, f"worksheets/{s.id}/") for s in self.directory.worksheets.sheets}
        return tuple(
            SystemView(
                row.number, row.title, tuple(pages[page] for page in row.pages), tuple(sheets[s] for s in row.sheets)
            )
            for row in sorted(self.directory.guides.systems, key=lambda row: row.number)
        )

    def paths(self) -> Iterator[str]:
        """Yield the address of every page of the guides."""
        yield from (index.path for index in self.indexes())
        yield from (link.path for link in self.links.values())
        yield from (link.path for link, _ in self.extra() if link.path != "worksheets/")


def _entry(guide: WrittenGuide) -> tuple[Link, str]:
    return Link(guide.head.title, _path(guide)), guide.head.summary


def _path(guide: WrittenGuide) -> str:
    return f"{guide.section}/{guide.id}/"


def source_view(source: Citation, acts: Mapping[str, Act], number: int) -> SourceView:
    """Return a citation as a page names it: an act by its full name and article, a document by its title."""
    anchor, doubt = f"source-{number}", "" if source.state in (None, "read") else source.state
    act = acts.get(source.act or "")
    if act is None:
        return SourceView(anchor, source.title, source.publisher, source.url or "", source.on, doubt)
    title = " ".join(filter(None, (act.name, source.article + source.paragraph)))
    return SourceView(anchor, title, E_GOV, act.url or "", source.on, doubt)


def _with_links(text: str, section: str, numbers: Mapping[str, int]) -> str:
    """Return the prose of a guide in ``section`` with citations as raised numbers and links to other Markdown files as links to their pages."""
    base = "../../"

    def cite(match: re.Match[str]) -> str:
        number = numbers[match[1]]
        return f'[{number}](#source-{number}){{.ts-cite aria-label="根拠 {number}"}}'

    def lead(match: re.Match[str]) -> str:
        return f"]({base}{normpath(join(section, match[1]))}/{match[2] or ''})"

    return _LINK.sub(lead, _FOOTNOTE.sub(cite, text))


def guide_words(guide: WrittenGuide) -> str:
    """Return everything a reader reads, to tell how long it takes and to search it."""
    shown = guide.head.model_dump(
        exclude={"kinds", "needs", "related", "keywords", "sources", "reviewed_on", "review_due", "shape", "tally"}
    )
    return _FOOTNOTE.sub("", "\n".join((*_texts(shown), guide.body)))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key not in _IDS:
                yield from _texts(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from _texts(inner)
