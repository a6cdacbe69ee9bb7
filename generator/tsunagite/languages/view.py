"""The views of an edition: entries of lists, tiles, troubles with their windows, emergencies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from tsunagite.contact.emergency import DangerView, LineView
from tsunagite.contact.view import FinderView, TroubleView
from tsunagite.i18n.editions import HELP, Edition, counterpart
from tsunagite.languages.sentences import Sentences
from tsunagite.records.directory import Directory, is_delicate
from tsunagite.records.model.area import Area
from tsunagite.records.model.resource import Resource
from tsunagite.site.layout.frame import languages_of, latin_name
from tsunagite.site.lists import IndexView, ListCut, ListHead, Lists, Tile
from tsunagite.site.record import CardView, PhoneView, RecordView, RecordViews
from tsunagite.site.records import Records
from tsunagite.text.romaji import romaji

MOST_HOURS = 4
"""Lines of hours that an entry of a list shows; the page of the record has all."""


@dataclass(frozen=True, slots=True)
class EntryView:
    """A record in a list of an edition. Texts hold the marks of ``Edition.japanese``."""

    id: str
    path: str
    name: str
    reading: str
    latin: str
    kind: str
    icon: str
    hours: tuple[tuple[str, str, str], ...]
    closed: str
    phone: PhoneView | None
    languages: str
    place: str
    badges: tuple[str, ...]
    pause: tuple[str, str] | None
    fresh: tuple[str, str, str] | None


@dataclass(frozen=True)
class WindowAnswer:
    """A window of a trouble: when to call it, whom it serves."""

    entry: EntryView
    why: str
    serves: str


class EditionView:
    """Everything that the pages of one edition say."""

    def __init__(self, edition: Edition, views: EditionViews) -> None:
        self.edition, self._views = edition, views
        self.sentences = Sentences(edition, views.directory.vocabularies)
        self._entries: dict[str, EntryView] = {}

    def path(self, inside: str) -> str:
        """Return the address of a page of this edition."""
        return f"{self.edition.folder}/{inside}"

    def entry(self, resource: Resource) -> EntryView:
        """Return a record as an entry of a list."""
        if resource.id not in self._entries:
            self._entries[resource.id] = self._entry(resource, self._views.lists.cards[resource.id])
        return self._entries[resource.id]

    def _entry(self, resource: Resource, card: CardView) -> EntryView:
        directory, say, ja = self._views.directory, self.sentences, self.edition.japanese
        usable = not resource.is_idea and not resource.is_closed
        pause = resource.pause_after(self._views.today)
        return EntryView(
            id=resource.id,
            path=f"{card.path}?lang={self.edition.code}",
            name=card.name,
            reading=card.reading,
            latin=resource.name_en or (romaji(card.reading).capitalize() if card.reading else ""),
            kind=say.term("kind", resource.kind),
            icon=card.icon,
            hours=say.hours(resource.hours[:MOST_HOURS]) if usable else (),
            closed=say.closed(resource) if usable else "",
            phone=card.phone,
            languages=say.terms("language", self._views.spoken(resource)),
            place=ja(card.place),
            badges=self.badges(resource),
            pause=(say.pause(pause), pause.until.isoformat() if pause.until else "") if pause else None,
            fresh=say.fresh(directory, resource, self._views.today),
        )

    def badges(self, resource: Resource) -> tuple[str, ...]:
        """Return what the badges of a record say, in the order of ``CardView.badges``."""
        badges = [str(self.edition.data["sample_badge"])] if resource.sample else []
        if resource.is_idea:
            badges.append(self.sentences.term("stage", resource.stage))
        if resource.is_closed:
            badges.append(self.sentences.term("status", resource.status))
        return tuple(badges)

    def entries(self, resources: tuple[Resource, ...]) -> tuple[EntryView, ...]:
        """Return several records as entries."""
        return tuple(map(self.entry, resources))

    # Ways in

    def tiles(self, vocabulary: str, tiles: tuple[Tile, ...]) -> tuple[tuple[str, str, str, int], ...]:
        """Return (address, icon, word, number of records) of tiles."""
        return tuple(
            (self.path(tile.path), tile.icon, self.sentences.term(vocabulary, tile.id), tile.count) for tile in tiles
        )

    @property
    def needs(self) -> tuple[tuple[str, str, str, int], ...]:
        """The tiles of the needs."""
        return self.tiles("need", self._views.lists.needs())

    @property
    def groups(self) -> tuple[tuple[str, str, str, int], ...]:
        """The tiles of the kinds."""
        return self.tiles("kind_group", self._views.lists.groups())

    def title(self, head: ListHead) -> str:
        """Return the name of a list by need or by kind."""
        vocabulary, *_, term = _term_of(head.path)
        return self.sentences.term(vocabulary, term)

    def parents(self, head: ListHead) -> tuple[tuple[str, str], ...]:
        """Return (word, address) of the lists above a list."""
        first, *middle = head.path.rstrip("/").split("/")[:-1]
        found = [(self.edition.ui["needs" if first == "needs" else "kinds"], self.path(f"{first}/"))]
        found += [(self.sentences.term("kind_group", one), self.path(f"{first}/{one}/")) for one in middle]
        return tuple(found)

    # Whom to call

    def line(self, line: LineView) -> LineView:
        """Return a number to call with its words in this language."""
        of = self.edition.of
        hours = str(self.edition.data["always"]) if line.always else of(line.hours) if line.hours else ""
        return LineView(
            line.id, of(line.label), line.number, line.href, of(line.about), hours, line.always,
            tuple(map(of, line.ask)), line.direct, line.direct_href,
        )  # fmt: skip

    def danger(self, danger: DangerView) -> DangerView:
        """Return an emergency with its words in this language."""
        of = self.edition.of
        first = of(danger.first) if danger.first else ""
        lines = tuple(map(self.line, danger.lines))
        return DangerView(danger.id, of(danger.label), first, of(danger.action), lines, danger.urgent)

    @property
    def dangers(self) -> tuple[tuple[LineView, tuple[DangerView, ...]], ...]:
        """The emergencies by the number to call first."""
        groups = self._views.finder.emergency.groups
        return tuple((self.line(line), tuple(map(self.danger, found))) for line, found in groups)

    @property
    def disaster(self) -> LineView | None:
        """The number that keeps messages when a disaster has cut telephones."""
        line = self._views.finder.lines.get("disaster_message")
        return self.line(line) if line else None

    def answers(self, trouble: TroubleView) -> tuple[WindowAnswer, ...]:
        """Return the windows of a trouble with whom they serve."""
        of, resources = self.edition.of, self._views.directory.resources
        return tuple(
            WindowAnswer(self.entry(resources[one.window.card.id]), of(one.why) if one.why else "", self._serves(one.serves))
            for one in self._views.finder.windows_of(trouble)
        )  # fmt: skip

    def _serves(self, written: str) -> str:
        city = self._views.finder.city
        general = {f"{city}のどこからでも": "anywhere", f"{city}のそのほかの町": "elsewhere"}
        parts = []
        for name in written.split("、"):
            if name in general:
                parts.append(str(self.edition.data[general[name]]))
            else:
                latin = self._views.latin.get(name.removesuffix("地区"), "")
                parts.append(
                    self.edition.japanese(name) + (f" {latin}" if latin and not self.edition.is_japanese else "")
                )
        return "、".join(parts) if self.edition.is_japanese else ", ".join(parts)

    def paths(self) -> Iterator[str]:
        """Yield the address of every page."""
        yield self.path("")
        yield self.path("emergency/")
        yield self.path(HELP)
        if self._views.finder:
            yield self.path("contact/")
            yield from (self.path(trouble.path) for trouble in self._views.finder.troubles)
        yield from (self.path(index.path) for index in self._views.indexes)
        yield from (self.path(cut.path) for cut in self._views.cuts)


@dataclass(frozen=True)
class EditionViews:
    """The editions of a site (false where it has none)."""

    directory: Directory
    finder: FinderView
    lists: Lists
    today: date
    records: Records
    record_views: RecordViews

    def __bool__(self) -> bool:
        return bool(self.editions)

    @cached_property
    def editions(self) -> tuple[EditionView, ...]:
        """One view for each language."""
        return tuple(EditionView(one, self) for one in languages_of(self.directory).editions)

    @cached_property
    def cuts(self) -> tuple[ListCut, ...]:
        """The pages of lists that every edition has."""
        return tuple(cut for cut in self.lists.cuts() if counterpart(cut.path) is not None)

    @cached_property
    def indexes(self) -> tuple[IndexView, ...]:
        """The pages that lead to these lists."""
        return tuple(index for index in self.lists.indexes() if counterpart(index.path) is not None)

    @cached_property
    def latin(self) -> Mapping[str, str]:
        """Names of areas in Latin letters, by their names; those whose reading nobody has confirmed have none."""
        return {area.name: latin for area in self.directory.areas.values() if (latin := latin_name(area))}

    @property
    def city(self) -> Area | None:
        """The area of the whole municipality."""
        return self.directory.areas.get(self.directory.settings.area or "")

    def spoken(self, resource: Resource) -> tuple[str, ...]:
        """Return the languages besides Japanese in which somebody there, or on the telephone, can talk."""
        phones = (code for phone in resource.phones for code in phone.languages)
        return tuple(dict.fromkeys(code for code in (*resource.languages, *phones) if code != "ja"))

    @cached_property
    def in_languages(self) -> Mapping[str, int]:
        """How many records speak each language besides Japanese."""
        counts: dict[str, int] = {}
        for resource in self.directory.listed:
            for code in self.spoken(resource):
                counts[code] = counts.get(code, 0) + 1
        return counts

    def shown(self, resource: Resource) -> RecordView:
        """Return the page of a record in Japanese; made once for all editions."""
        if resource.id not in self._shown:
            self._shown[resource.id] = self.record_views.of(self.records.parts_of(resource))
        return self._shown[resource.id]

    @cached_property
    def _shown(self) -> dict[str, RecordView]:
        return {}

    def paths(self) -> Iterator[str]:
        """Yield the address of every page of every edition."""
        for one in self.editions:
            yield from one.paths()

    def delicate(self, resource: Resource) -> bool:
        """Tell whether others in the house should not find the page of a record."""
        return is_delicate(self.directory, resource)


def _term_of(path: str) -> tuple[str, ...]:
    """Return the vocabulary and the ids of a list: kinds/medical/clinic/ is ("kind", "medical", "clinic")."""
    first, *ids = path.rstrip("/").split("/")
    vocabulary = "need" if first == "needs" else "kind_group" if len(ids) == 1 else "kind"
    return (vocabulary, *ids)
