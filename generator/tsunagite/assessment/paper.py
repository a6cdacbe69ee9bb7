"""ProfilePaper: the profile of an area on one sheet of A3; every text is decided here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from tsunagite.assessment.profile import ContactLine, NeedLine, ProfileView
from tsunagite.assessment.words import NOT_NONE
from tsunagite.papers.parts.words import LOST_GLYPH_NOTE, spoken_address
from tsunagite.records.model.site import SiteSettings
from tsunagite.text.dates import japanese_date

MOST = 10
"""So many lines stand below a heading; the page on the web has more."""
MOST_LETTERS = 900
"""About so many letters below the headings of the second column leave a third of it empty."""
MEANING = (
    "▽は、65歳以上の人数のわりに、全体の半分より少ないもの。800m以内の人は、65歳以上のうち、町の真ん中から直線で800m以内に一つでもある町に住む人の割合。"
    "見本・案・休止中のものは数えていません。"
)


@dataclass(frozen=True)
class NeedCells:
    """A row of the table of needs."""

    label: str
    count: str
    mark: str
    zero: bool
    rate: str
    far: str


@dataclass(frozen=True)
class ProfilePaper:
    """Everything the sheet prints."""

    path: str
    title: str
    site_name: str
    made: str
    printed_on: str
    note: str
    people: tuple[tuple[str, str], ...]
    people_note: str
    levels: str
    needs: tuple[NeedCells, ...]
    meaning: str
    sleeping: tuple[str, ...]
    no_sleeping: str
    contacts: tuple[str, ...]
    no_contacts: str
    work: tuple[str, ...]
    no_work: str
    nearest: tuple[str, ...]
    news: tuple[str, ...]
    unknown: tuple[str, ...]
    has_room: bool
    """Whether what stands in the second column leaves room to write there: else everything follows on."""
    site_url: str
    qr_alt: str
    lost_glyph_note: str

    @classmethod
    def of(cls, settings: SiteSettings, today: date, view: ProfileView) -> ProfilePaper:
        """Decide every text of the sheet of an area."""
        url = settings.address_of(view.path)
        shown = spoken_address(url)
        contacts, work = _short(map(_contact, view.contacts)), _short(_work(view))
        return cls(
            path=view.paper,
            title=f"{view.title}（見本）" if view.is_sample else view.title,
            site_name=shown or settings.name,
            made=today.isoformat(),
            printed_on=f"{japanese_date(today)}の時点",
            note=NOT_NONE,
            people=tuple((fact.label, fact.text) for fact in view.people),
            people_note=view.people_note,
            levels=f"{view.total}件（{'、'.join(f'{label} {count}件' for _, label, count in view.levels)}）",
            needs=tuple(map(_cells, view.needs)),
            meaning=MEANING,
            sleeping=_short(
                f"{row.link.label}{'（見本）' if row.sample else ''}：{row.status}。{row.reason}"
                for row in view.sleeping
            ),
            no_sleeping="「知られていない」「使いにくい」と書かれた記録は、まだありません。",
            contacts=contacts,
            no_contacts="担当の窓口が、まだ書かれていません。",
            work=work,
            no_work="この地域の会議と、公開された用紙・取り組み・案は、まだありません。",
            nearest=tuple(
                f"{line.label}：{line.nearest.label}（{line.nearest_text}）" for line in view.needs if line.nearest
            ),
            news=_short(f"{day}　{text}" for day, _, text in view.news),
            unknown=view.unknown,
            has_room=sum(map(len, (*contacts, *work))) < MOST_LETTERS,
            site_url=url,
            qr_alt=f"QRコード。{shown} を開きます。",
            lost_glyph_note=LOST_GLYPH_NOTE,
        )


def _cells(line: NeedLine) -> NeedCells:
    mark = "▽" if line.is_few else ""
    return NeedCells(line.label, f"{line.count}件", mark, not line.count, line.rate, line.far)


def _contact(line: ContactLine) -> str:
    names = [link.label for link in line.links[:MOST]]
    more = f"、ほか{len(line.links) - MOST}か所" if len(line.links) > MOST else ""
    return f"{line.label}：{'、'.join(names)}{more}{f'（{line.note}）' if names and line.note else line.note}"


def _work(view: ProfileView) -> Iterator[str]:
    yield from (f"会議：{link.label}" for link in view.meetings)
    yield from (f"用紙：{one.link.label}（{one.day}）{'（見本）' if one.sample else ''}" for one in view.sheets)
    yield from (
        f"取り組み：{one.link.label}（{one.day} {one.text}）{'（見本）' if one.sample else ''}" for one in view.measures
    )
    yield from (f"案：{link.label}" for link in view.ideas)


def _short(lines: Iterable[str]) -> tuple[str, ...]:
    found = list(lines)
    return (*found[:MOST], *([f"ほか{len(found) - MOST}件は、ウェブのページにあります。"] if len(found) > MOST else []))
