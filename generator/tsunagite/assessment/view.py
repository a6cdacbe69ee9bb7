"""AssessmentView: the tables of gaps as pages see them. Every number comes from ``analysis.coverage``; here it gets words and a link to what is behind it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from tsunagite.analysis.coverage import ELSEWHERE, Coverage, Coverages
from tsunagite.assessment import words
from tsunagite.records.directory import Directory
from tsunagite.records.model.area import Area
from tsunagite.records.model.base.vocabulary import Term
from tsunagite.site.record import Link, record_path
from tsunagite.text.dates import japanese_date

GAPS = "gaps/"
ABOUT = "fields/numbers/"
PROFILES = "profiles/"
MOST_CELLS = 960
"""So many cells stand on one page of the table: with their links they weigh about 45 kB."""
MOST_ROWS = 60
"""So many areas stand on one page of a need: with what is told of each they weigh about 45 kB."""
FEW = 0.5
"""Less than this part of the rate of the whole is few."""


@dataclass(frozen=True)
class GapCell:
    """A number of the table. ``href`` leads from the page to its records, or to the nearest elsewhere; ``is_few``: few for the people there."""

    count: int
    href: str
    is_few: bool = False


@dataclass(frozen=True)
class GapRow:
    """The numbers of one area; ``path`` is its profile ("" for what lies in no district)."""

    label: str
    path: str
    cells: tuple[GapCell, ...]


@dataclass(frozen=True)
class GapTable:
    """One page of the table of needs and areas."""

    path: str
    title: str
    lead: str
    level: str
    needs: tuple[Link, ...]
    rows: tuple[GapRow, ...]
    foot: tuple[GapRow, ...]
    pages: tuple[Link, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class NeedRow:
    """What is known of a need in one area, in words. ``anchor`` is the id of the row; ``nearest`` is told where nothing lies in the area."""

    anchor: str
    area: Link
    records: Link
    rate: str
    near: str
    far: str
    off_hours: str
    free: str
    without_referral: str
    apart: str
    nearest: Link | None
    nearest_text: str
    is_zero: bool
    is_few: bool


@dataclass(frozen=True)
class NeedPage:
    """All that is known of one need, by area."""

    path: str
    need_id: str
    title: str
    level: str
    whole: NeedRow
    rows: tuple[NeedRow, ...]
    areas: int
    zero: int
    """How many areas there are, and how many of them have nothing."""
    without_place: int
    number: int = 1
    pages: tuple[Link, ...] = ()
    """The pages of a table that is longer than one; empty where there is one."""


class AssessmentView:
    """The tables of one site on one day."""

    def __init__(self, directory: Directory, today: date) -> None:
        self.directory, self.today = directory, today

    @cached_property
    def coverages(self) -> Coverages:
        """The numbers."""
        return Coverages(self.directory, self.today)

    @property
    def day(self) -> str:
        """The day on which was counted."""
        return japanese_date(self.today)

    @cached_property
    def layers(self) -> Mapping[str, tuple[Area, ...]]:
        """The areas by their layer (地区, 日常生活圏域, 中学校区 …), larger ones last; the municipality is none of them."""
        found: dict[str, list[Area]] = {}
        levels = self.directory.vocabularies["area_level"]
        order = {"district": 0, "sphere": 1, "layer": 2}
        areas = (area for area in self.coverages.areas.values() if area.id != self.coverages.whole)
        for area in sorted(areas, key=lambda one: (order.get(one.level, 3), one.layer)):
            found.setdefault(area.layer or levels[area.level].label, []).append(area)
        return {layer: tuple(areas) for layer, areas in found.items()}

    @cached_property
    def compared(self) -> tuple[str, tuple[Area, ...]]:
        """The layer whose areas are the rows of the tables: districts, else the first layer that there is; none where a site has no areas."""
        return next(iter(self.layers.items()), ("", ()))

    @cached_property
    def whole_name(self) -> str:
        """What everything together is called."""
        area = self.directory.areas.get(self.coverages.whole)
        return f"{area.name if area else self.directory.settings.municipality or 'このサイト'}全体"

    def profile_path(self, area_id: str) -> str:
        """Return the address of the profile of an area ("" where it has none)."""
        return f"{PROFILES}{area_id}/" if area_id in self.coverages.areas else ""

    def need_path(self, need_id: str, number: int = 1) -> str:
        """Return the address of a page of a need: the first, or a further one of a table longer than that."""
        return f"{GAPS}{need_id}/" + (f"{number}/" if number > 1 else "")

    @cached_property
    def _page_of(self) -> Mapping[str, int]:
        """The page of a need on which each area that is compared stands."""
        return {area.id: at // MOST_ROWS + 1 for at, area in enumerate(self.compared[1])}

    @property
    def _last_page(self) -> int:
        return max(1, -(-len(self.compared[1]) // MOST_ROWS))

    def paths(self) -> Iterator[str]:
        """Yield the address of every page."""
        yield from (path for path, _ in self._pages)
        yield ABOUT
        numbers = range(1, self._last_page + 1)
        yield from (self.need_path(term.id, number) for term in self.coverages.needs for number in numbers)

    @cached_property
    def _pages(self) -> tuple[tuple[str, tuple[Area, ...]], ...]:
        """The address of each page of the table, and the areas on it."""
        areas = self.compared[1]
        size = max(1, MOST_CELLS // max(1, len(self.coverages.needs)))
        return tuple(
            (f"{GAPS}{start // size + 1}/" if start else GAPS, areas[start : start + size])
            for start in range(0, max(1, len(areas)), size)
        )

    def tables(self) -> Iterator[GapTable]:
        """Yield every page of the table of needs and areas."""
        links = tuple(Link(str(number), path) for number, (path, _) in enumerate(self._pages, start=1))
        level = self.compared[0]
        for path, areas in self._pages:
            yield GapTable(
                path=path,
                title=f"困りごと × {level or '全体'}：あるもの、ないもの",
                lead=f"{self.day}の時点の、今日使える記録の数です。数字を押すと、その記録が開きます。",
                level=level,
                needs=tuple(Link(term.label, self.need_path(term.id)) for term in self.coverages.needs),
                rows=tuple(self._row(area.id, area.name, path) for area in areas),
                foot=tuple(self._foot(path)),
                pages=links if len(links) > 1 else (),
                notes=tuple(self.unknown()),
            )

    def _foot(self, page: str) -> Iterator[GapRow]:
        if self.has_districts and self._lies_apart:
            yield self._row(ELSEWHERE, "地区がわからない", page)
        yield self._row(self.coverages.whole, self.whole_name, page)

    @cached_property
    def has_districts(self) -> bool:
        """Whether districts are what is compared."""
        return any(area.level == "district" for area in self.compared[1])

    @cached_property
    def _lies_apart(self) -> bool:
        return any(self.coverages.of(ELSEWHERE, term.id).open for term in self.coverages.needs)

    def unknown(self) -> Iterator[str]:
        """Yield what is not known of all areas, and what their numbers leave out."""
        counted = self.coverages
        for term in counted.needs:
            if (tools := counted.equipment.get(term.id)) and not counted.of(counted.whole, term.id).open:
                yield f"「{term.label}」には、設備（避難場所、AEDなど）の記録が{tools:,}件あります。設備は、件数に入れていません。"
        if not self.compared[1]:
            yield "地区が登録されていないので、全体だけを数えました。"
        towns = self.coverages.towns[self.coverages.whole]
        if not towns:
            yield "町字が登録されていないので、人口と距離はわかりません。"
            return
        if silent := sum(town.population is None or town.population.age_65 is None for town in towns):
            yield f"65歳以上の人口がわからない町が{silent}あります（{len(towns)}町のうち）。"
        if nowhere := sum(town.lat is None for town in towns):
            yield f"位置がわからない町が{nowhere}あります（{len(towns)}町のうち）。"
        if self.has_districts and (apart := len(self.coverages.towns[ELSEWHERE])):
            yield f"どの地区かがわからない町が{apart}あります（{len(towns)}町のうち）。その町の人と資源は、地区の行に入っていません。"

    def _row(self, area_id: str, label: str, page: str) -> GapRow:
        cells = tuple(self._cell(area_id, term, page) for term in self.coverages.needs)
        return GapRow(label, self.profile_path(area_id), cells)

    def _cell(self, area_id: str, term: Term, page: str) -> GapCell:
        cell = self.coverages.of(area_id, term.id)
        records = self.records_path(area_id, term.id) if cell.open else ""
        base = "../" * page.count("/")
        need = ("../" if page != GAPS else "") + self.need_path(term.id, self._page_of.get(area_id, 1))[len(GAPS) :]
        if records:
            return GapCell(cell.open, base + records, self.is_few(area_id, term.id))
        return GapCell(cell.open, f"{need}#{_anchor(area_id)}" if area_id != ELSEWHERE else need)

    def is_few(self, area_id: str, need_id: str) -> bool:
        """Tell whether an area has some, but less than half of what the whole has for so many older people."""
        rate, usual = (self.coverages.of(one, need_id).per_1000 for one in (area_id, self.coverages.whole))
        return bool(rate and usual and rate < usual * FEW)

    def records_path(self, area_id: str, need_id: str) -> str:
        """Return the list that holds the records of a need in an area; "" where no list holds just these."""
        directory = self.directory
        if area_id == self.coverages.whole:
            return f"needs/{need_id}/" if need_id in directory.by_need else ""
        return f"areas/{area_id}/{need_id}/" if area_id in directory.by_district else ""

    def need_pages(self) -> Iterator[NeedPage]:
        """Yield the pages of every need."""
        level, areas = self.compared
        for term in self.coverages.needs:
            rows = [self._need_row(area.id, words.area_name(area), term.id) for area in areas]
            zero = sum(row.is_zero for row in rows)
            whole = self._need_row(self.coverages.whole, self.whole_name, term.id)
            apart = self.has_districts and self.coverages.of(ELSEWHERE, term.id).open
            last = self._last_page
            links = tuple(Link(str(number), self.need_path(term.id, number)) for number in range(1, last + 1))
            for number in range(1, last + 1):
                shown = rows[(number - 1) * MOST_ROWS : number * MOST_ROWS]
                if apart and number == last:
                    shown.append(self._need_row(ELSEWHERE, "地区がわからない", term.id))
                yield NeedPage(
                    path=self.need_path(term.id, number),
                    need_id=term.id,
                    title=f"「{term.label}」の資源は、どこにあるか" + (f"（{number}ページ目）" if number > 1 else ""),
                    level=level,
                    whole=whole,
                    rows=tuple(shown),
                    areas=len(areas),
                    zero=zero,
                    without_place=self.coverages.of(self.coverages.whole, term.id).without_place,
                    number=number,
                    pages=links if last > 1 else (),
                )

    def _need_row(self, area_id: str, label: str, need_id: str) -> NeedRow:
        cell = self.coverages.of(area_id, need_id)
        return NeedRow(
            anchor=_anchor(area_id),
            area=Link(label, self.profile_path(area_id)),
            records=Link(f"{cell.open}件", self.records_path(area_id, need_id) if cell.open else ""),
            rate=words.rate_text(cell),
            near=words.reach_text(cell.near),
            far=words.reach_text(cell.far),
            off_hours=words.answers_text(cell.off_hours),
            free=words.answers_text(cell.free),
            without_referral=words.answers_text(cell.without_referral),
            apart=words.apart_text(cell),
            nearest=nearest_link(cell),
            nearest_text=words.nearest_text(cell.nearest),
            is_zero=not cell.open,
            is_few=self.is_few(area_id, need_id),
        )


def nearest_link(cell: Coverage) -> Link | None:
    """Return the nearest resource elsewhere, where none lies in the area."""
    if cell.here or cell.nearest is None:
        return None
    return Link(cell.nearest.resource.name, record_path(cell.nearest.resource.id))


def _anchor(area_id: str) -> str:
    """Return the id of the row of an area: no heading of a page has it."""
    return f"-{area_id}"
