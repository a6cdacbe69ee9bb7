"""What filled sheets tell of a need, beside what the area has for it, and the 地域課題 sheet that begins from both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from tsunagite.analysis.cases import CASES, LEAST, NOTICES, SHEETS, Cases, CaseTable, Count, Place
from tsunagite.analysis.coverage import FAR, Coverage
from tsunagite.assessment import words
from tsunagite.assessment.view import AssessmentView
from tsunagite.site.record import Link
from tsunagite.worksheets.start import StartView, start_of
from tsunagite.worksheets.view import filled_path

FROM_SHEETS = "gaps/from-sheets/"
SHEET = "community-issues"
MOST_LINES = 5
"""So many 気づき are copied to a new sheet."""
NOWHERE = "場所を書いていない用紙"
RULES = (
    f"公開してよいとされた用紙だけを数えます。{LEAST}枚より少ない地区と、{LEAST}件より少ない数は出しません。引き算でわかってしまう合計も「以上」と書きます。だれのことかを、わからなくするためです。",
    "用紙を写して書いた用紙は、もとの用紙と合わせて1枚です。同じことばの行は1件です。困りごとと地区は、用紙の頭に書かれたものです。",
)
"""How sheets are counted, as it stands below the table."""


@dataclass(frozen=True)
class CaseRow:
    """What the sheets of one place (or of all) tell of a need. ``start`` is None for all places together."""

    anchor: str
    place: str
    path: str
    sentence: str
    gap: str
    numbers: tuple[tuple[str, str], ...]
    """What is counted and how many, in words."""
    sheets: tuple[Link, ...]
    start: StartView | None


@dataclass(frozen=True)
class NeedCases:
    """The rows of one need."""

    need: Link
    rows: tuple[CaseRow, ...]


class CasesView:
    """The cases of a site, in words. ``sample``: they come from samples."""

    def __init__(self, assessment: AssessmentView) -> None:
        self.assessment, self.directory = assessment, assessment.directory

    @cached_property
    def cases(self) -> Cases:
        """The numbers."""
        return Cases(self.directory)

    @property
    def sample(self) -> bool:
        """Whether what is told comes from samples."""
        return self.cases.sample

    @cached_property
    def needs(self) -> tuple[NeedCases, ...]:
        """Every need of which anything may be told."""
        return tuple(
            NeedCases(Link(self._label(table.need), self.assessment.need_path(table.need)), tuple(self._rows(table)))
            for table in self.cases.tables
        )

    def of_need(self, need_id: str) -> tuple[CaseRow, ...]:
        """Return the rows of a need."""
        path = self.assessment.need_path(need_id)
        return next((one.rows for one in self.needs if one.need.path == path), ())

    def of_area(self, area_id: str) -> tuple[CaseRow, ...]:
        """Return the rows of a district."""
        path = self.assessment.profile_path(area_id)
        return tuple(row for one in self.needs for row in one.rows if path and row.path == path and row.start)

    def _label(self, need_id: str) -> str:
        return self.directory.vocabularies["need"][need_id].label

    def _rows(self, table: CaseTable) -> Iterator[CaseRow]:
        whole = self.assessment.coverages.whole
        for number, (place, counts) in enumerate(table.places.items(), start=1):
            area_id, name = self._name(place)
            cell = self.assessment.coverages.of(area_id, table.need) if area_id else None
            sentence = self._sentence(table.need, counts[SHEETS])
            gap = gap_sentence(cell, self._label(table.need), f"{name}の") if cell else ""
            yield CaseRow(
                anchor=f"{table.need}-{number}",
                place=name,
                path=self.assessment.profile_path(area_id),
                sentence=sentence,
                gap=gap or "地域の記録にない場所なので、登録の数と近さはわかりません。",
                numbers=tuple(self._numbers(counts)),
                sheets=tuple(Link(one.head.title, filled_path(one)) for one in table.sheets[place]),
                start=self._start(table, place, name, f"{sentence}{gap}"),
            )
        name = self.assessment.whole_name
        yield CaseRow(
            anchor=f"{table.need}-all",
            place=name,
            path=self.assessment.profile_path(whole),
            sentence=self._sentence(table.need, table.whole[SHEETS]),
            gap=gap_sentence(self.assessment.coverages.of(whole, table.need), self._label(table.need), f"{name}の"),
            numbers=tuple(self._numbers(table.whole)),
            sheets=(),
            start=None,
        )

    def _name(self, place: Place) -> tuple[str, str]:
        if place.area_id:
            return place.area_id, words.area_name(self.directory.areas[place.area_id])
        return "", place.name or NOWHERE

    def _sentence(self, need_id: str, sheets: Count) -> str:
        return f"{count_text(sheets, '枚')}の用紙が「{self._label(need_id)}」のことを書いています。"

    def _numbers(self, counts: Mapping[str, Count]) -> Iterator[tuple[str, str]]:
        yield "気づき", count_text(counts[NOTICES])
        yield "個別の困りごと", count_text(counts[CASES])
        for side in self.cases.sides:
            yield f"要因（{side}）", count_text(counts[side])

    def _start(self, table: CaseTable, place: Place, name: str, told: str) -> StartView | None:
        sheet = self.directory.worksheets.sheet(SHEET)
        if sheet is None:
            return None
        cases = table.places[place][CASES].number
        copy = {
            "title": f"{name}の「{self._label(table.need)}」"[:80],
            "area": place.area_id,
            "place": place.name[:60] if not place.area_id else "",
            "needs": [self._label(table.need)],
            "grew_from": [one.head.id for one in table.sheets[place]],
            "sample": self.sample,
            "notices": [{"notice": line} for line in table.notices[place][:MOST_LINES]],
            "problems": [{"letter": "a", "figures": told} | ({"cases": cases} if cases else {})],
        }
        return start_of(sheet, {key: value for key, value in copy.items() if value})


def count_text(count: Count, unit: str = "件") -> str:
    """Return a number, that it is too small to be told, or what it is at least."""
    if count.number is None:
        return f"{LEAST}{unit}未満" if count.exact else "数を出せません"
    return f"{count.number}{unit}{'' if count.exact else '以上'}"


def gap_sentence(cell: Coverage, need: str, whose: str) -> str:
    """Return what there is for a need, as a sentence: how many records, and for how many older people none is near."""
    if not cell.open:
        return f"{whose}「{need}」の登録は0件です。"
    if cell.far.share is None:
        return f"{whose}「{need}」の登録は{cell.open}件です。近さはわかりません。"
    if not cell.far.within:
        return f"{whose}「{need}」の登録は{cell.open}件ですが、65歳以上の人のだれにも、{FAR}m以内に一つもありません。"
    if cell.far.within == cell.far.people:
        return f"{whose}「{need}」の登録は{cell.open}件です。距離のわかる65歳以上の人の全員に、{FAR}m以内に一つはあります。"
    return f"{whose}「{need}」の登録は{cell.open}件です。距離のわかる65歳以上の人の{words.percent(1 - cell.far.share)}は、{FAR}m以内に一つもありません。"
