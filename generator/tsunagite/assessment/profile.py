"""ProfileView: all that a meeting asks about its area, on one page: people, what is there, what is missing, what sleeps, whom to meet, what goes on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from tsunagite.analysis.coverage import ELSEWHERE
from tsunagite.analysis.finder import Finder
from tsunagite.assessment import words
from tsunagite.assessment.cases import FROM_SHEETS, CasesView
from tsunagite.assessment.sleeping import SleepingRow, sleeping_in
from tsunagite.assessment.view import PROFILES, AssessmentView, nearest_link
from tsunagite.calendar.view import CalendarView, event_path
from tsunagite.news.view import NewsView
from tsunagite.records.directory import is_delicate
from tsunagite.records.load.worksheets import Filled
from tsunagite.records.model.area import Area
from tsunagite.records.model.resource import Resource
from tsunagite.site.record import Fact, Link, record_path
from tsunagite.text.dates import japanese_date
from tsunagite.worksheets.view import WorksheetBook, filled_path

MOST = 12
"""So many names stand below a heading; the rest is counted."""
NEWS = 8


@dataclass(frozen=True)
class NeedLine:
    """A need in an area: how many, compared with the whole, how near; ``names`` where no list holds just these records."""

    label: str
    path: str
    count: int
    records: str
    rate: str
    usual: str
    far: str
    apart: str
    nearest: Link | None
    nearest_text: str
    names: tuple[Link, ...]
    more: int
    is_few: bool


@dataclass(frozen=True)
class ContactLine:
    """Whom to meet: what they answer for, and who it is (windows, or roles of an organisation)."""

    label: str
    links: tuple[Link, ...]
    note: str = ""


@dataclass(frozen=True)
class WorkLine:
    """A sheet of the area, or a measure that goes on: its page and the newest thing that happened."""

    link: Link
    kind: str
    day: str
    text: str
    sample: bool


@dataclass(frozen=True)
class ProfileView:
    """The page of one area."""

    path: str
    area_id: str
    name: str
    level: str
    day: str
    buttons: tuple[Link, ...]
    people: tuple[Fact, ...]
    people_note: str
    total: int
    levels: tuple[tuple[str, str, int], ...]
    """Id, label and number of each support level."""
    needs: tuple[NeedLine, ...]
    zero: tuple[str, ...]
    """The needs without any record."""
    sleeping: tuple[SleepingRow, ...]
    contacts: tuple[ContactLine, ...]
    meetings: tuple[Link, ...]
    sheets: tuple[WorkLine, ...]
    measures: tuple[WorkLine, ...]
    ideas: tuple[Link, ...]
    cases: tuple[Link, ...]
    """What filled sheets tell of the district, as sentences."""
    news: tuple[tuple[str, str, str], ...]
    """Day, address and title."""
    unknown: tuple[str, ...]
    is_sample: bool

    @property
    def title(self) -> str:
        """The heading."""
        return f"{self.name}の今"

    @property
    def paper(self) -> str:
        """The file of the sheet to print."""
        return f"papers/profiles/{self.area_id}.pdf"


class Profiles:
    """Makes the profile of every area."""

    def __init__(
        self, assessment: AssessmentView, sheets: WorksheetBook, calendar: CalendarView, news: NewsView
    ) -> None:
        self.assessment, self.sheets, self.calendar, self.news = assessment, sheets, calendar, news
        self.directory = assessment.directory

    @cached_property
    def cases(self) -> CasesView:
        """What filled sheets tell of needs."""
        return CasesView(self.assessment)

    @cached_property
    def areas(self) -> tuple[Area, ...]:
        """The areas that have a profile: the municipality first, then layer by layer."""
        whole = self.directory.areas.get(self.assessment.coverages.whole)
        inside = (area for areas in self.assessment.layers.values() for area in areas)
        return (*([whole] if whole else []), *inside)

    @cached_property
    def news_key(self) -> list[tuple[str, str, str, str]]:
        """What stands for the news: the directory does not tell them."""
        return [(one.resource.id, one.resource.name, str(one.what), one.when) for one in self.news.events]

    @cached_property
    def layers(self) -> tuple[tuple[str, tuple[Link, ...]], ...]:
        """The profiles by layer, for the page that leads to them."""
        whole = self.directory.areas.get(self.assessment.coverages.whole)
        layers = self.assessment.layers.items()
        return (
            *([("全体", (self._link(whole),))] if whole else []),
            *((layer, tuple(map(self._link, areas))) for layer, areas in layers),
        )

    def _link(self, area: Area) -> Link:
        return Link(words.area_name(area), f"{PROFILES}{area.id}/")

    def paths(self) -> Iterator[str]:
        """Yield the address of every page."""
        yield PROFILES
        yield from (f"{PROFILES}{area.id}/" for area in self.areas)

    def of(self, area: Area) -> ProfileView:
        """Return the profile of an area: pages and papers ask for the same."""
        if area.id not in self._made:
            self._made[area.id] = self._profile(area)
        return self._made[area.id]

    @cached_property
    def _made(self) -> dict[str, ProfileView]:
        return {}

    def _profile(self, area: Area) -> ProfileView:
        counted, levels = self.assessment.coverages, self.directory.vocabularies["area_level"]
        needs = tuple(self._need(area, term.id, term.label) for term in counted.needs)
        by_level = counted.levels.get(area.id, {})
        return ProfileView(
            path=f"{PROFILES}{area.id}/",
            area_id=area.id,
            name=words.area_name(area),
            level=area.layer or levels[area.level].label,
            day=self.assessment.day,
            buttons=tuple(self._buttons(area)),
            people=tuple(self._people(area)),
            people_note=self._people_note(area),
            total=counted.totals.get(area.id, 0),
            levels=tuple(
                (term.id, term.label, by_level.get(term.id, 0)) for term in self.directory.vocabularies["support_level"]
            ),
            needs=needs,
            zero=tuple(
                line.label
                for term, line in zip(counted.needs, needs, strict=True)
                if not line.count and not counted.equipment.get(term.id)
            ),
            sleeping=sleeping_in(self.assessment, area.id),
            contacts=tuple(self._contacts(area)),
            meetings=tuple(self._meetings(area)),
            sheets=tuple(self._work(one) for one in self._sheets(area) if not one.head.history),
            measures=tuple(self._work(one) for one in self._sheets(area) if one.head.history),
            ideas=tuple(self._ideas(area))[:MOST],
            cases=tuple(
                Link(row.sentence + row.gap, f"{FROM_SHEETS}#{row.anchor}") for row in self.cases.of_area(area.id)
            ),
            news=tuple(self._news(area)),
            unknown=tuple(self._unknown(area)),
            is_sample=area.sample,
        )

    def _buttons(self, area: Area) -> Iterator[Link]:
        if self.directory.has_list("district", area.id) or self.directory.has_list("layer", area.id):
            yield Link("資源の一覧", f"areas/{area.id}/")
        elif self.directory.has_list("area", area.id) or self.directory.has_list("place", area.id):
            yield Link("対象にしているもの", f"areas/{area.id}/")
        if self.directory.worksheets.sheets:
            if area.id == self.assessment.coverages.whole:
                yield Link("整理・開発表", "worksheets/resource-matrix/now/")
            elif self.directory.has_list("district", area.id):
                yield Link("整理・開発表", f"worksheets/resource-matrix/now/{area.id}/")
        if len(self.areas) > 1:
            yield Link("ほかの地域とくらべる", f"{PROFILES}?a={area.id}#compare")

    def _people(self, area: Area) -> Iterator[Fact]:
        people = self.assessment.coverages.people[area.id]
        if not people.first_day:
            yield Fact("人口", "わからない")
            return
        yield Fact("人口", words.figure_text(people.total))
        yield Fact("世帯", words.figure_text(people.households, "世帯"))
        for label, figure in (("65歳以上", people.age_65), ("75歳以上", people.age_75), ("85歳以上", people.age_85)):
            total, older = people.total.whole, figure.whole
            share = f"（{words.percent(older / total)}）" if total and older is not None else ""
            yield Fact(label, words.figure_text(figure) + share)

    def _people_note(self, area: Area) -> str:
        people = self.assessment.coverages.people[area.id]
        if not (day := words.people_day(people)):
            return ""
        cities = {above.id for above in self.directory.lineage(area.id)}
        told = (
            one.record.population.credit
            for one in self.directory.placed_area_lists
            if one.record.population and one.record.city in cities
        )
        added = f"{people.towns}の町を足した数" if people.towns else "地域の数"
        parts = f"。一部だけがふくまれる{people.parts}の町は入っていません" if people.parts else ""
        derived = "。町と地区の対応は目安です" if people.towns and area.level == "district" else ""
        source = next((f"。出典：{credit}" for credit in told), "")
        return f"{day}時点。{added}{parts}{derived}{source}。"

    def _need(self, area: Area, need_id: str, label: str) -> NeedLine:
        counted, view = self.assessment.coverages, self.assessment
        cell = counted.of(area.id, need_id)
        records = view.records_path(area.id, need_id) if cell.open else ""
        named = () if records else cell.records
        return NeedLine(
            label=label,
            path=view.need_path(need_id),
            count=cell.open,
            records=records,
            rate=words.rate_text(cell),
            usual=words.rate_text(counted.of(counted.whole, need_id)),
            far=words.reach_text(cell.far),
            apart=words.apart_text(cell),
            nearest=nearest_link(cell),
            nearest_text=words.nearest_text(cell.nearest),
            names=tuple(Link(r.name, record_path(r.id)) for r in named[:MOST]),
            more=max(0, len(named) - MOST),
            is_few=view.is_few(area.id, need_id),
        )

    def _in(self, area: Area) -> tuple[Resource, ...]:
        """Return the records of an area, samples and ideas too."""
        return self.assessment.coverages.records_of.get(area.id, ())

    def _ideas(self, area: Area) -> Iterator[Link]:
        for resource in self._in(area):
            if resource.is_idea and not is_delicate(self.directory, resource):
                yield Link(f"{resource.name}{'（見本）' if resource.sample else ''}", record_path(resource.id))

    def _contacts(self, area: Area) -> Iterator[ContactLine]:
        if area.body:
            yield ContactLine("地区の団体", (), area.body)
        towns = self.assessment.coverages.towns.get(area.id, ()) or (area,)
        duties = self.directory.vocabularies["duty"]
        for duty_id in self.directory.duties:
            windows = dict.fromkeys(
                window for town in towns for window in self._finder.on_duty(duty_id, town.id) if self._is_listed(window)
            )
            if windows and duty_id in duties.terms:
                links = tuple(Link(self.directory.resources[one].name, record_path(one)) for one in windows)
                yield ContactLine(duties[duty_id].label, links, "町ごとに決まっています。" if len(links) > 1 else "")
        for resource in self._in(area):
            if resource.contact_roles and not resource.is_idea and not is_delicate(self.directory, resource):
                roles = "、".join(
                    f"{one.role}{f'（{one.department}）' if one.department else ''}" for one in resource.contact_roles
                )
                yield ContactLine(
                    roles, (Link(resource.name, record_path(resource.id)),), "見本" if resource.sample else ""
                )

    @cached_property
    def _finder(self) -> Finder:
        return Finder(self.directory)

    def _is_listed(self, record_id: str) -> bool:
        resource = self.directory.resources.get(record_id)
        return bool(
            resource
            and not resource.is_closed
            and record_id not in self.directory.hidden
            and not is_delicate(self.directory, resource)
        )

    def _meetings(self, area: Area) -> Iterator[Link]:
        for event in self.directory.events.values():
            if any(above.id == area.id for one in event.areas for above in self.directory.lineage(one)):
                when = event.when or "、".join(japanese_date(day.on) for day in event.days[:2])
                yield Link(f"{event.title}（{when}）{'（見本）' if event.sample else ''}", event_path(event))

    def _sheets(self, area: Area) -> tuple[Filled, ...]:
        return tuple(
            one
            for one in self.sheets.shown
            if one.head.area and any(above.id == area.id for above in self.directory.lineage(one.head.area))
        )

    def _work(self, one: Filled) -> WorkLine:
        last = max(one.head.history, key=lambda entry: entry.on, default=None)
        day = japanese_date(last.on if last else one.head.made_on)
        text = f"{last.phase}：{last.text}{f'（{last.effect}）' if last.effect else ''}" if last else ""
        return WorkLine(Link(one.head.title, filled_path(one)), one.sheet.title, day, text, one.head.sample)

    def _news(self, area: Area) -> Iterator[tuple[str, str, str]]:
        for entry in self.news.entries(self.news.of_area(area.id), NEWS):
            yield entry.day, entry.path, entry.title

    def _unknown(self, area: Area) -> Iterator[str]:
        """Yield what is not known of an area, as sentences."""
        counted = self.assessment.coverages
        towns, people = counted.towns[area.id], counted.people[area.id]
        if not towns and area.level != "town":
            yield "どの町がこの地域に入るか、登録されていません。人口と距離はわかりません。"
        if towns and people.age_65.unknown_towns:
            yield f"65歳以上の人口がわからない町：{people.age_65.unknown_towns}町。"
        if nowhere := [town.name for town in towns if town.lat is None]:
            yield f"位置がわからない町：{'、'.join(nowhere)}。"
        if area.level == "district" and (apart := counted.towns[ELSEWHERE]):
            yield f"どの地区か決まっていない町が{len(apart)}あり、そこにある資源は、どの地区にも入っていません。"
        unplaced = {r.id for term in counted.needs for r in counted.of(area.id, term.id).records if not r.hours}
        if unplaced:
            yield f"時間が書かれていない記録：{len(unplaced)}件。土日や夜に使えるかは、わかりません。"
