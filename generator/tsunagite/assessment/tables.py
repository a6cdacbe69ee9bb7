"""The numbers of the assessment as tables for spreadsheets and programs. An empty cell is what nobody knows."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

from tsunagite.analysis.coverage import ELSEWHERE, Answers, Coverage
from tsunagite.analysis.population import AGES
from tsunagite.assessment.sleeping import ASLEEP, sleeping_in
from tsunagite.assessment.view import GAPS, AssessmentView
from tsunagite.assessment.words import DEFINITIONS, NOT_NONE
from tsunagite.engine.artifact import Artifact
from tsunagite.spreadsheets.csv_text import csv_bytes
from tsunagite.spreadsheets.data_table import DataTable, Value

AREA = ("区分", "地域のID", "地域")
PEOPLE = dict(zip(AGES, ("人口", "世帯", "65歳以上", "75歳以上", "85歳以上"), strict=True))
ANSWERS = ("土日・夜", "無料", "紹介なし")


TABLES = (
    ("coverage", "困りごと × 地域：件数、人口あたり、近さ、使いやすさ"),
    ("people", "地域の人口と、助け合いのかたちごとの件数"),
    ("sleeping", "眠っている資源"),
)
"""The name and the title of each table."""


def tables(view: AssessmentView) -> Iterator[DataTable]:
    """Yield every table."""
    given_away = view.directory.visible_in("opendata", view.today).resources
    makers = (_coverage_table(view, given_away), _people_table(view), _sleeping_table(view, given_away))
    for (name, title), (columns, rows) in zip(TABLES, makers, strict=True):
        yield DataTable(f"{GAPS}{name}", title, tuple(columns), tuple(rows), NOT_NONE, DEFINITIONS)


def definitions() -> Artifact:
    """Return what the numbers mean, as a table beside the others."""
    return Artifact(f"{GAPS}definitions.csv", csv_bytes(("ことば", "意味"), (*DEFINITIONS, ("0件", NOT_NONE), ("空欄", "わからない。")))[0])  # fmt: skip


def _areas(view: AssessmentView) -> Iterator[tuple[str, str, str]]:
    """Yield layer, id and name of every row: the whole, the areas by layer, and what lies in no district that is known."""
    yield "全体", view.coverages.whole, view.whole_name
    for layer, areas in view.layers.items():
        yield from ((layer, area.id, area.name) for area in areas)
    if view.has_districts:
        yield "地区", ELSEWHERE, "地区がわからない"


def _shown(area: tuple[str, str, str]) -> tuple[Value, ...]:
    """Return an area as a row tells it: what stands for no district is no id."""
    return (area[0], None if area[1] == ELSEWHERE else area[1], area[2])


def _coverage_table(
    view: AssessmentView, given_away: Container[str]
) -> tuple[Sequence[str], Iterator[tuple[Value, ...]]]:
    columns = (
        *AREA, "困りごとのID", "困りごと", "件数", "うち地域にあるもの", "広い地域を対象にするもの", "休止中", "案", "見本", "くわしい場所のわからない件数",
        "65歳以上", "65歳以上1000人あたり", "500m以内の65歳以上", "800m以内の65歳以上", "距離のわかる65歳以上", "町の位置のわからない65歳以上", "人数のわからない町",
        *(f"{one}：{word}" for one in ANSWERS for word in ("はい", "いいえ", "わからない")), "いちばん近い記録のID", "いちばん近い記録までの直線（m）", "測った町",
    )  # fmt: skip
    rows = (
        (*_shown(area), term.id, term.label, *_values(view.coverages.of(area[1], term.id), given_away))
        for area in _areas(view)
        for term in view.coverages.needs
    )
    return columns, rows


def _values(cell: Coverage, given_away: Container[str]) -> Iterator[Value]:
    yield from (cell.open, cell.here, cell.wider, cell.paused, len(cell.ideas), cell.samples, cell.without_place)
    yield cell.older
    yield None if cell.per_1000 is None else round(cell.per_1000, 3)
    known = cell.near.share is not None
    yield from (cell.near.within, cell.far.within) if known else (None, None)
    yield from (cell.near.people, cell.near.unknown, cell.near.unknown_towns)
    for answers in (cell.off_hours, cell.free, cell.without_referral):
        yield from _counts(answers)
    near = cell.nearest
    yield near.resource.id if near and near.resource.id in given_away else None
    yield from (round(near.metres), near.town.id) if near else (None, None)


def _counts(answers: Answers) -> tuple[int, int, int]:
    return answers.yes, answers.no, answers.unknown


def _people_table(view: AssessmentView) -> tuple[Sequence[str], Iterator[tuple[Value, ...]]]:
    levels = view.directory.vocabularies["support_level"]
    figures = (column for label in PEOPLE.values() for column in (label, f"{label}のわからない町"))
    columns = (*AREA, "いつの人口か", *figures, "件数", *(term.label for term in levels), "眠っている資源")
    counted = view.coverages

    def rows() -> Iterator[tuple[Value, ...]]:
        for area in _areas(view):
            people = counted.people[area[1]]
            told = [getattr(people, age) for age in AGES]
            numbers = [
                value
                for one in told
                for value in (one.count if people.first_day else None, one.unknown_towns if people.towns else None)
            ]
            by_level = counted.levels.get(area[1], {})
            yield (
                *_shown(area),
                people.last_day.isoformat() if people.last_day else None,
                *numbers,
                counted.totals.get(area[1], 0),
                *(by_level.get(term.id, 0) for term in levels),
                sum(
                    one.use_status in ASLEEP
                    for one in counted.records_of.get(area[1], ())
                    if not one.is_idea and not one.sample
                ),
            )

    return columns, rows()


def _sleeping_table(
    view: AssessmentView, given_away: Container[str]
) -> tuple[Sequence[str], Iterator[tuple[Value, ...]]]:
    columns = ("記録のID", "名前", "種類", "困りごと", "使われ方", "わけ", "起こすには", "地域", "見本")
    rows = (
        (
            row.id,
            row.link.label,
            row.kind,
            "、".join(row.needs),
            row.status,
            row.reason or None,
            row.step,
            "、".join(area.label for area in row.areas),
            "見本" if row.sample else None,
        )
        for row in sleeping_in(view, view.coverages.whole)
        if row.id in given_away
    )
    return columns, rows
