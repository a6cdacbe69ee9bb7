"""MatrixView: the 整理・開発表 as the records and the meetings have it: what exists, what sleeps, what is only an idea, in twelve cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tsunagite.records.directory import Directory
from tsunagite.records.model.features.worksheet import MOST_LINE
from tsunagite.records.model.resource import Resource
from tsunagite.site.record import Link, record_path
from tsunagite.worksheets.view import WorksheetBook

SHEET = "resource-matrix"
MOST = 8
"""Names in one cell: more is a list, not a table that a meeting can look over."""
ASLEEP = {"little_known": "知られていない", "hard_to_use": "使いにくい"}


@dataclass(frozen=True)
class Written:
    """What a meeting wrote into a cell of its own table and nobody has made a record of: its words, and the sheet they stand on."""

    level: str
    stage: str
    what: str
    line: str
    origin: Link
    sample: bool


@dataclass(frozen=True)
class MatrixParts:
    """What a table is made from: its link, the district ("" for others), its resources, what meetings wrote.

    ``origins`` are the sheets that name a resource, by its id.
    """

    link: Link
    area: str
    resources: tuple[Resource, ...]
    need: str = ""
    written: tuple[Written, ...] = ()
    origins: tuple[tuple[str, tuple[Link, ...]], ...] = ()


@dataclass(frozen=True)
class MatrixCell:
    """What stands in a cell: how many records there are, the first of them with the sheets that name them, how many are left out.

    ``written`` is what meetings wrote and is no record yet.
    """

    count: int
    entries: tuple[tuple[Link, str, tuple[Link, ...]], ...]
    more: int
    more_path: str
    written: tuple[Written, ...] = ()


@dataclass(frozen=True)
class MatrixView:
    """The table of one area or of one need."""

    path: str
    title: str
    lead: str
    levels: tuple[str, ...]
    stages: tuple[str, ...]
    cells: tuple[tuple[MatrixCell, ...], ...]
    total: int
    asleep: int
    ideas: int
    parent: Link
    paper: str
    """The file of the table to print, "" where it is not printed (one need in the whole municipality)."""
    workbook: str
    """The same table as a workbook ("" where there is none)."""
    copy: dict[str, Any]
    """The same as a record of the sheet, for a meeting that pins a copy of its own."""

    def words_of(self, cell: MatrixCell) -> Iterator[str]:
        """Yield what a cell says on paper."""
        for link, asleep, _ in cell.entries:
            yield f"{link.label}{f'【眠：{asleep}】' if asleep else ''}"
        if cell.more:
            yield f"ほか{cell.more}件"
        for one in cell.written:
            yield f"{one.what}（用紙から{'・見本' if one.sample else ''}）"


def city_path() -> str:
    """Return the address of the table of the whole municipality."""
    return f"worksheets/{SHEET}/now/"


def matrix_links(directory: Directory) -> tuple[Link, tuple[Link, ...], tuple[Link, ...]]:
    """Return the way to the table of the municipality, of each district that has records, and of each need."""
    whole = Link(directory.settings.municipality or "全体", city_path())
    districts = tuple(
        Link(area.name, f"{city_path()}{area.id}/")
        for area in directory.areas.values()
        if area.level == "district" and area.id in directory.by_district
    )
    needs = tuple(
        Link(term.label, f"{city_path()}need-{term.id.replace('_', '-')}/")
        for term in directory.vocabularies["need"]
        if term.id in directory.by_need
    )
    return whole, districts, needs


def matrix_paths(directory: Directory) -> Iterator[str]:
    """Yield the address of every table."""
    whole, districts, needs = matrix_links(directory)
    yield from (link.path for link in (whole, *districts, *needs))


def matrices(book: WorksheetBook) -> Iterator[MatrixParts]:
    """Yield what every table is made from, without making it."""
    directory = book.directory
    usable = tuple(r for r in directory.published if not r.is_closed and not directory.is_equipment(r))
    by_district: dict[str, dict[str, Resource]] = {}
    for district, found in directory.by_district.items():
        by_district[district] = {r.id: r for r in found}
    for idea in (r for r in usable if r.is_idea):
        for served in idea.service_areas:
            if area := directory.district_of(served):
                by_district.setdefault(area.id, {})[idea.id] = idea
    whole, districts, needs = matrix_links(directory)
    named = book.of_records

    def parts(link: Link, area: str, resources: tuple[Resource, ...], need: str = "") -> MatrixParts:
        origins = tuple((r.id, named[r.id]) for r in resources if r.id in named) if named else ()
        return MatrixParts(link, area, resources, need, tuple(_written(book, area, need)), origins)

    yield parts(whole, "", usable)
    for link in districts:
        area_id = link.path.rstrip("/").rpartition("/")[2]
        yield parts(link, area_id, tuple(by_district.get(area_id, {}).values()))
    by_need: dict[str, list[Resource]] = {}
    for resource in usable:
        for need in dict.fromkeys(resource.needs):
            by_need.setdefault(need, []).append(resource)
    for term in directory.vocabularies["need"]:
        for link in (one for one in needs if one.label == term.label):
            yield parts(link, "", tuple(by_need.get(term.id, ())), term.id)


def _written(book: WorksheetBook, area: str, need: str) -> Iterator[Written]:
    """Yield what shown tables of meetings hold besides records: all, or those of a district or of a need."""
    for one in book.shown:
        if one.sheet.id != SHEET or (need and need not in one.head.needs):
            continue
        if area and getattr(book.directory.district_of(one.head.area or ""), "id", "") != area:
            continue
        for line in one.values["items"]:
            if line["resource"] not in book.directory.resources:
                origin = Link(one.head.title, f"worksheets/{SHEET}/{one.head.id}/")
                yield Written(
                    line["level"],
                    line["stage"],
                    line["what"],
                    f"{one.head.id}#{line['letter']}",
                    origin,
                    one.head.sample,
                )


def matrix_paper(parts: MatrixParts) -> str:
    """Return the file of a table to print: of the municipality and of districts; "" for one need in the whole municipality."""
    return "" if parts.need else f"papers/worksheets/{SHEET}/now/{parts.area or 'all'}.pdf"


def matrix_of(directory: Directory, parts: MatrixParts) -> MatrixView:
    """Return one table."""
    link, area, resources = parts.link, parts.area, parts.resources
    words = directory.vocabularies
    levels, stages = tuple(words["support_level"]), tuple(words["stage"])
    origins = dict(parts.origins)
    wrote = {
        (level.id, stage.id): tuple(w for w in parts.written if (w.level, w.stage) == (level.id, stage.id))
        for level in levels
        for stage in stages
    }
    sorted_in: dict[tuple[str, str], list[Resource]] = {
        (level.id, stage.id): [] for level in levels for stage in stages
    }
    for resource in resources:
        for level_id in (
            resource.support_level if len(resource.support_level) < 2 else dict.fromkeys(resource.support_level)
        ):
            sorted_in[level_id, resource.stage].append(resource)
    held = {place: _sort_sleeping_first(found) for place, found in sorted_in.items()}
    ideas = sum(1 for r in resources if r.is_idea)
    is_need = "/need-" in link.path
    lists = f"areas/{area}/" if area else f"needs/{parts.need}/" if is_need else ""
    about = f"「{link.label}」" if is_need else link.label
    copied: list[dict[str, Any]] = [
        {"level": level.label, "stage": stage.label, "what": r.name, **({"use": words["use_status"][r.use_status].label} if r.use_status in ASLEEP else {}),
         **({"why": r.use_status_reason[:MOST_LINE]} if r.use_status_reason and r.use_status in ASLEEP else {}), "resource": r.id}
        for level in levels for stage in stages for r in held[level.id, stage.id][:MOST]
    ]  # fmt: skip
    copied += [
        {"level": level.label, "stage": stage.label, "what": w.what, "grew_from": [w.line]}
        for level in levels for stage in stages for w in wrote[level.id, stage.id][:MOST] if not w.sample
    ]  # fmt: skip
    return MatrixView(
        path=link.path,
        title=f"{about}の、いまの整理・開発表",
        lead="このサイトの記録と案から作った下書きです。登録がないことは、地域にないことではありません。足りないものは、話し合いで書き足してください。",
        levels=tuple(level.label for level in levels),
        stages=tuple(stage.label for stage in stages),
        cells=tuple(
            tuple(
                _cell(held[level.id, stage.id], lists or f"levels/{level.id}/", origins, wrote[level.id, stage.id])
                for stage in stages
            )
            for level in levels
        ),
        total=len(resources) - ideas,
        asleep=sum(1 for r in resources if r.use_status in ASLEEP),
        ideas=ideas,
        paper=matrix_paper(parts),
        workbook="" if is_need or area else f"papers/worksheets/{SHEET}/now/all.xlsx",
        parent=Link("社会資源・支援体制 整理・開発表", f"worksheets/{SHEET}/"),
        copy={
            "title": f"{about}の整理・開発表",
            **({"area": area} if area else {}),
            **({"needs": [link.label]} if is_need else {}),
            "items": [{"letter": str(number), **item} for number, item in enumerate(copied, start=1)],
        },
    )


def _sort_sleeping_first(found: list[Resource]) -> list[Resource]:
    """Put what sleeps first (that is what the meeting looks for), then real ones before samples."""
    asleep: list[Resource] = []
    real: list[Resource] = []
    samples: list[Resource] = []
    for r in found:
        (asleep if r.use_status in ASLEEP else samples if r.sample else real).append(r)
    return [*sorted(asleep, key=lambda r: r.sample), *real, *samples]


def _cell(
    found: list[Resource], more_path: str, origins: dict[str, tuple[Link, ...]], wrote: tuple[Written, ...]
) -> MatrixCell:
    entries = tuple(
        (Link(r.name, record_path(r.id)), ASLEEP.get(r.use_status or "", ""), origins.get(r.id, ()))
        for r in found[:MOST]
    )
    return MatrixCell(
        len(found), entries, len(found) - len(entries), "" if found and found[0].is_idea else more_path, wrote[:MOST]
    )
