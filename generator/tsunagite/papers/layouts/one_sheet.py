"""OneSheetView: a role or a process on one sheet of A4, for a newcomer's folder; every text decided before typesetting."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tsunagite.guides.view import ROLE_GROUPS, GuideView, KnowledgeBase, StepView
from tsunagite.papers.parts.facts import closed_words
from tsunagite.papers.parts.words import LOST_GLYPH_NOTE, spoken_address
from tsunagite.papers.source import PaperSource
from tsunagite.records.directory import Directory
from tsunagite.records.model.features.guide import Guide, ProcessGuide, RoleGuide
from tsunagite.site import words
from tsunagite.text.one_line import one_line

FEW = 6
"""A kind with more telephones than this is not listed on a sheet: which of 200 pharmacies is meant, the reader knows."""
MOST_PHONES = 8
BLANKS = 3
_ARTICLE = re.compile(r"^(?P<law>.+?) ?(?P<article>第\d+条[^ ]*)$")
_QUOTED = re.compile(r"^## (?P<heading>[^\n]+)\n+(?P<text>(?:>[^\n]*\n?)+)", re.MULTILINE)


@dataclass(frozen=True)
class Points:
    """A heading with a list. ``mark`` stands before each line: a box to tick, a cross, a dot."""

    heading: str
    lines: tuple[str, ...]
    mark: str
    strong: bool = False


@dataclass(frozen=True)
class SheetStep:
    """One step of a process."""

    title: str
    when: str
    who: str
    what: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class SheetPhone:
    """A number that can be called, whose it is, when somebody answers, and how old this knowledge is."""

    name: str
    number: str
    when: str
    known: str


@dataclass(frozen=True)
class Paperwork:
    """A paper to hand in."""

    document: str
    where: str
    deadline: str


@dataclass(frozen=True)
class OneSheetView:
    """Everything a sheet prints. Nothing depends on the day of the build: an unchanged guide stays the same file."""

    path: str
    title: str
    label: str
    summary: str
    facts: tuple[tuple[str, str], ...]
    first: Points | None
    columns: tuple[tuple[Points, ...], ...]
    said_heading: str
    said: str
    steps_heading: str
    steps: tuple[SheetStep, ...]
    cautions: Points | None
    paperwork_heading: str
    paperwork_columns: tuple[str, ...]
    paperwork: tuple[Paperwork, ...]
    phones_heading: str
    phones: tuple[SheetPhone, ...]
    more: str
    blanks_heading: str
    blanks: int
    sources: str
    dates: str
    made: str
    notes: tuple[str, ...]
    site_url: str
    site_name: str
    qr_alt: str
    lost_glyph_note: str

    @classmethod
    def of(cls, source: PaperSource, guide: GuideView) -> OneSheetView:
        """Decide every text of the sheet of a role or process. Raises TypeError for other guides."""
        head, settings = guide.head, source.settings
        if not isinstance(head, RoleGuide | ProcessGuide):
            raise TypeError(guide.path)
        role = head if isinstance(head, RoleGuide) else None
        process = head if isinstance(head, ProcessGuide) else None
        quoted = _QUOTED.search(guide.text) if role else None
        phones = tuple(_phones(source, guide))
        url = settings.address_of(guide.path)
        shown_url = spoken_address(url)
        return cls(
            path=guide.paper,
            title=head.title,
            label="・".join(filter(None, (guide.section.label, ROLE_GROUPS[role.group] if role else ""))),
            summary=head.summary,
            facts=tuple(
                (label, text) for label, text in (("使う人", process.for_whom), ("めざすところ", process.goal)) if text
            )
            if process
            else (),
            first=Points("こんなときに連絡します", role.contact_when, "●", strong=True) if role else _first_calls(head),
            columns=_columns(role) if role else (),
            said_heading=quoted["heading"] if quoted else "",
            said=_plain(quoted["text"]) if quoted else "",
            steps_heading="進め方",
            steps=tuple(map(_step, guide.steps)),
            cautions=Points("気をつけること", process.cautions, "●") if process and process.cautions else None,
            paperwork_heading="出す書類",
            paperwork_columns=("書類・手続き", "出すところ", "期限"),
            paperwork=tuple(Paperwork(p.document, p.where, p.deadline) for p in process.procedures) if process else (),
            phones_heading=f"{settings.municipality}で電話するところ" if phones else "",
            phones=phones,
            more=_more(source.directory, guide, {phone.name for phone in phones}, on_site=bool(url)),
            blanks_heading="わたしの担当の連絡先（書いておく欄）",
            blanks=BLANKS if role else 0,
            sources=_laws(guide),
            made=head.reviewed_on.isoformat(),
            dates=f"内容を確かめた日 {guide.reviewed}。次の見直しは{guide.due}まで。",
            notes=tuple(
                filter(
                    None,
                    (
                        one_line(settings.demonstration),
                        "番号は変わることがあります。掲載は推薦ではありません。" if phones else "",
                    ),
                )
            ),
            site_url=url,
            site_name=shown_url,
            qr_alt=f"QRコード。{shown_url} を開きます。",
            lost_glyph_note=LOST_GLYPH_NOTE,
        )


def sheets(source: PaperSource, knowledge: KnowledgeBase) -> Iterator[OneSheetView]:
    """Yield the sheet of every role and process."""
    for guide in knowledge.pages():
        if guide.paper:
            yield OneSheetView.of(source, guide)


def _first_calls(head: Guide) -> Points | None:
    lines = tuple(f"{one.when} → {one.call}{f'。次に、{one.then}' if one.then else ''}" for one in head.calls)
    return Points("だれに最初に電話するか", lines, "●", strong=True) if lines else None


def _columns(role: RoleGuide) -> tuple[tuple[Points, ...], ...]:
    return (
        (Points("伝えること", role.tell, "□"), Points("相談できること", role.advises_on, "●")),
        (Points("頼めないこと", role.not_expected, "×"), Points("個人情報の約束", role.privacy, "●")),
    )


def _step(view: StepView) -> SheetStep:
    step = view.step
    who = "・".join(dict.fromkeys(re.sub(r"（[^（）]*）|[「」]", "", one.label) for one in view.who))
    notes = (f"使う用紙：{step.sheet}" if step.sheet else "", step.caution)
    return SheetStep(step.title, step.when, who, step.what, tuple(filter(None, notes)))


def _laws(guide: GuideView) -> str:
    """Return what the guide stands on, every law once with its articles."""
    laws: dict[str, list[str]] = {}
    for source in guide.sources:
        cut = _ARTICLE.match(source.title)
        laws.setdefault(cut["law"] if cut else source.title, []).extend([cut["article"]] if cut else [])
    return (
        f"根拠：{'、'.join(' '.join(filter(None, (law, '・'.join(articles)))) for law, articles in laws.items())}"
        if laws
        else ""
    )


def _plain(quoted: str) -> str:
    """Return a Markdown quotation as one run of text."""
    lines = (line.lstrip(">").strip() for line in quoted.splitlines())
    return re.sub(r"\*\*|<[^<>]+>", "", "".join(lines))


def _phones(source: PaperSource, guide: GuideView) -> Iterator[SheetPhone]:
    """Yield the real numbers of kinds that have few of them, then the window that can always be asked.

    A process asks for advice; a role may be anybody's, so that a library is called only on the sheet of its role.
    """
    directory, cards = source.directory, source.cards
    main = directory.settings.main_window or ""
    terms = directory.vocabularies["kind"]
    found = []
    for kind in (k for k in guide.head.kinds if isinstance(guide.head, RoleGuide) or terms[k].group == "consultation"):
        real = [
            r
            for r in directory.by_kind.get(kind, ())
            if r.id in source.printable and not r.sample and cards[r.id].phone
        ]
        found += real if len(real) <= FEW else [r for r in real if r.id == main]
    ids = list(dict.fromkeys(r.id for r in found))[:MOST_PHONES]
    for record_id in [*ids, *([main] if main in cards and main not in ids else [])]:
        card, record = cards[record_id], directory.resources[record_id]
        if card.phone and record_id in source.printable and not record.sample:
            hours = "、".join(f"{row.days} {row.span}" for row in words.hours_rows(record.hours))
            pause = record.pause_after(source.today)
            when = "。".join(filter(None, (words.pause_text(pause) if pause else "", hours, closed_words(record))))
            yield SheetPhone(card.name, card.phone.number, when, words.verification(directory, record).text)


def _more(directory: Directory, guide: GuideView, printed: set[str], *, on_site: bool) -> str:
    """Return how many others the site knows, by kind."""
    named = []
    for kind in guide.head.kinds:
        left = [r for r in directory.by_kind.get(kind, ()) if r.name not in printed and not r.sample]
        if left:
            named.append(f"{directory.vocabularies['kind'][kind].label} {len(left)}件")
    return f"サイトには、ほかに{'、'.join(named)}がのっています。" if named and on_site else ""
