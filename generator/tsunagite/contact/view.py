"""The contact finder as pages and the browser see it: troubles, towns, windows, and which windows answer where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from tsunagite.analysis.finder import ContactPoint, Finder
from tsunagite.contact.emergency import DangerView, EmergencyView, LineView
from tsunagite.records.directory import Directory
from tsunagite.records.discretion import is_secret
from tsunagite.records.model.area import Area
from tsunagite.records.model.features.finder import Assignment, Concern
from tsunagite.site import words
from tsunagite.site.opening import opening_json
from tsunagite.site.record import CardView, Link, PhoneView
from tsunagite.text.dates import japanese_date
from tsunagite.text.kana import ROWS, row_of

CONFIRM = "実際の担当は市にご確認ください。"


@dataclass(frozen=True)
class WindowView:
    """A window to call. ``opening`` is JSON for site/browser/hours.js, "" where hours are unknown."""

    card: CardView
    phone: PhoneView
    hours: tuple[words.HoursRow, ...]
    notes: tuple[str, ...]
    opening: str

    @property
    def name(self) -> str:
        """What it is called."""
        return self.card.name


@dataclass(frozen=True)
class TroubleView:
    """A trouble with everything that is the same in every town."""

    id: str
    label: str
    example: str
    icon: str
    path: str
    sensitive: bool
    page_title: str
    dangers: tuple[DangerView, ...]
    after_hours: tuple[LineView, ...]
    say: tuple[str, ...]
    have: tuple[str, ...]
    next: tuple[str, ...]
    needs: tuple[Link, ...]

    @property
    def urgent(self) -> str:
        """When to call at once, or ""."""
        return f"{'、'.join(f'「{danger.label}」' for danger in self.dangers)}ときは、いますぐ" if self.dangers else ""

    @property
    def urgent_lines(self) -> tuple[LineView, ...]:
        """Whom to call then: the first number of each danger."""
        return tuple(dict.fromkeys(danger.lines[0] for danger in self.dangers))


@dataclass(frozen=True)
class AnswerView:
    """A window of an answer: why to call it, and what the window serves (pages of a trouble)."""

    window: WindowView
    why: str
    serves: str = ""


@dataclass(frozen=True)
class GapView:
    """A duty for which no window is written, and the next best step: national numbers, the list of its kind of place, else the national register."""

    text: str
    lines: tuple[LineView, ...] = ()
    list: Link | None = None
    register: str = ""
    url: str = ""


@dataclass(frozen=True)
class TownView:
    """A town to choose. ``row`` is its 五十音 row."""

    area: Area
    path: str
    reading: str
    district: str
    row: str
    layers: tuple[str, ...] = ()
    """Further layers around the town (中学校区: 桜町), those that hold a part of it alone say so."""


@dataclass(frozen=True)
class TownGroup:
    """A window of a town and the troubles one calls it for."""

    window: WindowView
    troubles: tuple[TroubleView, ...]


@dataclass(frozen=True)
class TownPage:
    """The windows of one town on one sheet."""

    town: TownView
    first: tuple[TownGroup, ...]
    others: tuple[AnswerView, ...]
    without: tuple[TroubleView, ...]
    gaps: tuple[GapView, ...]
    lines: tuple[LineView, ...]
    proof: str


@dataclass(frozen=True)
class FinderView:
    """The whole finder of a site. Nothing of it exists where a site has no troubles."""

    directory: Directory
    cards: Mapping[str, CardView]

    def __bool__(self) -> bool:
        return bool(self.directory.troubles)

    @cached_property
    def finder(self) -> Finder:
        """The rules behind it."""
        return Finder(self.directory)

    @cached_property
    def emergency(self) -> EmergencyView:
        """The list of emergencies."""
        return EmergencyView(self.directory.vocabularies)

    @property
    def lines(self) -> Mapping[str, LineView]:
        """Every number for the whole country, and those that the municipality has added, by id."""
        return self.emergency.lines

    @cached_property
    def troubles(self) -> tuple[TroubleView, ...]:
        """The first screen, in its order."""
        return tuple(
            self._trouble(number, trouble) for number, trouble in enumerate(self.directory.troubles.values(), start=1)
        )

    def _trouble(self, number: int, trouble: Concern) -> TroubleView:
        by_need, needs = self.directory.by_need, self.directory.vocabularies["need"]
        return TroubleView(
            id=trouble.id,
            label=trouble.label,
            example=trouble.example,
            icon=trouble.icon,
            path=f"contact/about/{trouble.id}/",
            sensitive=is_secret(trouble),
            page_title=f"相談の案内（{number}）" if trouble.sensitive else f"{trouble.label}：どこに、何と言うか",
            dangers=tuple(
                self.emergency.dangers[danger] for danger in trouble.dangers if danger in self.emergency.dangers
            ),
            after_hours=tuple(self.lines[line] for line in trouble.after_hours if line in self.lines),
            say=trouble.say,
            have=trouble.have,
            next=trouble.next,
            needs=tuple(Link(needs[need].label, f"needs/{need}/") for need in trouble.needs if need in by_need),
        )

    @cached_property
    def towns(self) -> tuple[TownView, ...]:
        """The second screen, in 五十音 order."""
        return tuple(self._town(area) for area in self.finder.places)

    @property
    def examples(self) -> str:
        """Three ways to write towns of this site, as far as it has them: a reading, a name, a postal code ("" without towns)."""
        readings = (town.reading for town in self.towns if town.reading)
        names = (town.area.name for town in self.towns[1:] or self.towns)
        codes = (code.replace("-", "") for town in self.towns for code in town.area.postal_codes)
        return "、".join(filter(None, (next(found, "") for found in (readings, names, codes))))

    def _town(self, area: Area) -> TownView:
        district = self.directory.district_of(area.id)
        reading = area.name_kana if area.kana_source == "confirmed" else ""
        return TownView(
            area,
            f"contact/{area.id}/",
            reading,
            f"{district.name}地区" if district and district.id != area.id else "",
            row_of(area.name_kana),
            self._layers(area),
        )

    def _layers(self, area: Area) -> tuple[str, ...]:
        labels = self.directory.vocabularies["area_level"]
        found = []
        for one, part in self.directory.layers_of(area.id):
            if one.level != "district":
                origin = self.directory.list_of_layer(one)
                marks = (
                    *(["一部"] if part else ["目安"] if one.basis == "derived" else []),
                    *([origin.as_of] if origin else []),
                )
                found.append(
                    f"{one.layer or labels[one.level].label}: {one.name}" + (f"（{'、'.join(marks)}）" if marks else "")
                )
        return tuple(found)

    def rows(self) -> Iterator[tuple[str, tuple[TownView, ...]]]:
        """Yield the towns by 五十音 row; those without a reading last, under そのほか."""
        for row in (*ROWS, ""):
            if found := tuple(town for town in self.towns if town.row == row):
                yield (f"{row}行" if row else "そのほか"), found

    def towns_of(self, area_id: str) -> tuple[Link, ...]:
        """Return the pages of the towns of a district."""
        here = {area.id for area in self.directory.children(area_id)} | {area_id}
        return tuple(Link(town.area.name, town.path) for town in self.towns if town.area.id in here) if self else ()

    @cached_property
    def city(self) -> str:
        """What to call the whole municipality."""
        return self.directory.settings.municipality or "市"

    @cached_property
    def windows(self) -> Mapping[str, WindowView]:
        """Every window of any answer, by the id of its record."""
        ids = {w.id for answers in self.answers.values() for found in answers for w in found}
        return {window_id: self._window(window_id) for window_id in sorted(ids)}

    def _window(self, window_id: str) -> WindowView:
        resource, card = self.directory.resources[window_id], self.cards[window_id]
        assert card.phone, "check R702 asks for a number"  # noqa: S101 - told to the type checker
        notes = (words.closed_text(resource), *(line.strip() for line in resource.hours_note.splitlines()))
        return WindowView(
            card,
            card.phone,
            words.hours_rows(resource.hours),
            tuple(note for note in notes if note),
            opening_json(resource, self.directory.trusted_until(resource)),
        )

    @cached_property
    def answers(self) -> Mapping[str, tuple[tuple[ContactPoint, ...], ...]]:
        """For each town, and for the whole municipality (""): the windows of each trouble, in the order of ``troubles``."""
        troubles = tuple(self.directory.troubles.values())
        places = {"": self.finder.whole, **{town.area.id: town.area.id for town in self.towns}}
        return {
            key: tuple(self.finder.windows(trouble, area_id) for trouble in troubles) for key, area_id in places.items()
        }

    @cached_property
    def unfilled(self) -> Mapping[str, tuple[tuple[str, ...], ...]]:
        """For the same places: the duties of each trouble for which nobody is written."""
        troubles = tuple(self.directory.troubles.values())
        return {
            key: tuple(self.finder.unfilled(trouble, key or self.finder.whole) for trouble in troubles)
            for key in self.answers
        }

    @cached_property
    def gaps(self) -> Mapping[str, GapView]:
        """Every duty for which nobody is written somewhere, by id."""
        ids = dict.fromkeys(duty for by_trouble in self.unfilled.values() for found in by_trouble for duty in found)
        return {
            duty: self._gap(
                duty,
                f"「{self.directory.vocabularies['duty'][duty].label}」の窓口は、まだこのサイトに書かれていません。",
            )
            for duty in ids
        }

    def _gap(self, duty: str, text: str) -> GapView:
        kind = self.directory.vocabularies["kind"].terms.get(self.directory.vocabularies["duty"][duty].group)
        lines = tuple(
            self.lines[line] for line in self.directory.vocabularies["duty"][duty].calls if line in self.lines
        )
        if kind is None:
            return GapView(text, lines)
        if kind.id not in self.directory.by_kind:
            return GapView(text, lines, None, kind.source, kind.url)
        group = self.directory.by_group[kind.group]
        alone = len({resource.kind for resource in group}) == 1
        return GapView(
            text,
            lines,
            Link(f"{kind.label}の一覧", f"kinds/{kind.group}/" if alone else f"kinds/{kind.group}/{kind.id}/"),
        )

    def gaps_of(self, trouble: TroubleView) -> tuple[GapView, ...]:
        """Return the duties of a trouble for which nobody is written, or nobody for some towns."""
        place = self.troubles.index(trouble)
        missing = dict.fromkeys(duty for found in self.unfilled.values() for duty in found[place])
        labels = self.directory.vocabularies["duty"]
        return tuple(
            self._gap(duty, f"「{labels[duty].label}」の窓口が、まだ書かれていない町があります。")
            if duty in self.directory.duties
            else self.gaps[duty]
            for duty in missing
        )

    def town_pages(self) -> Iterator[TownPage]:
        """Yield the page of each town."""
        always = tuple(line for line in self.lines.values() if line.id in self._night and line.always)
        for town in self.towns:
            first: dict[str, list[TroubleView]] = {}
            others: dict[str, str] = {}
            for trouble, found in zip(self.troubles, self.answers[town.area.id], strict=True):
                for number, window in enumerate(found):
                    if number == 0:
                        first.setdefault(window.id, []).append(trouble)
                    else:
                        others.setdefault(window.id, window.why)
            groups = tuple(TownGroup(self.windows[window_id], tuple(of)) for window_id, of in first.items())
            rest = tuple(
                AnswerView(self.windows[window_id], why) for window_id, why in others.items() if window_id not in first
            )
            without = tuple(
                one for one, found in zip(self.troubles, self.answers[town.area.id], strict=True) if not found
            )
            gaps = tuple(
                self.gaps[duty]
                for duty in dict.fromkeys(duty for found in self.unfilled[town.area.id] for duty in found)
            )
            yield TownPage(town, groups, rest, without, gaps, always, self.proof)

    @cached_property
    def _night(self) -> frozenset[str]:
        return frozenset(line.id for trouble in self.troubles if not trouble.sensitive for line in trouble.after_hours)

    def windows_of(self, trouble: TroubleView) -> tuple[AnswerView, ...]:
        """Return every window of a trouble with the areas it serves, for the page that needs no script."""
        rows: list[AnswerView] = []
        for step in self.directory.troubles[trouble.id].windows:
            if step.window and step.window in self.windows:
                rows.append(AnswerView(self.windows[step.window], step.why, f"{self.city}のどこからでも"))
            duty = self.directory.duties.get(step.duty or "")
            served = [row for row in duty.rows if row.window in self.windows] if duty else []
            rows += [AnswerView(self.windows[row.window], step.why, self._served(duty, row.areas)) for row in served]
        named = {row.window.card.id for row in rows}
        place = self.troubles.index(trouble)
        stand_in = dict.fromkeys(
            answers[place][0].id
            for answers in self.answers.values()
            if answers[place] and answers[place][0].id not in named
        )
        where = f"{self.city}のそのほかの町" if rows else f"{self.city}のどこからでも"
        rows += [AnswerView(self.windows[window_id], "", where) for window_id in stand_in]
        return tuple(dict.fromkeys(rows))

    def _served(self, duty: Assignment | None, areas: tuple[str, ...]) -> str:
        if not areas:
            return f"{self.city}のそのほかの町" if duty and len(duty.rows) > 1 else f"{self.city}のどこからでも"
        names = []
        for area in (self.directory.areas[area_id] for area_id in areas if area_id in self.directory.areas):
            whole = area.id == self.finder.whole
            names.append(
                f"{self.city}のそのほかの町"
                if whole and duty and len(duty.rows) > 1
                else area.name + ("地区" if area.level == "district" else "")
            )
        return "、".join(names)

    @cached_property
    def proof(self) -> str:
        """Whether the tables of responsible windows were checked, and what to do about it."""
        duties = self.directory.duties.values()
        if any(duty.sample for duty in duties):
            return f"だれがどの町を受けもつかは、見本です。{CONFIRM}"
        checked = [(duty.verified_on, duty.verified_by) for duty in duties if duty.verified_on]
        if len(checked) < max(1, len(duties)):  # a table that nobody checked is not vouched for by another
            return f"担当は変わることがあります。{CONFIRM}"
        day, by = min(checked)
        return f"担当は{japanese_date(day)}に{by + 'が' if by else ''}確かめました。変わることがあります。{CONFIRM}"

    def paths(self) -> Iterator[str]:
        """Yield the address of every page of the finder."""
        if self:
            yield "contact/"
            yield from (trouble.path for trouble in self.troubles)
            yield from (town.path for town in self.towns)
