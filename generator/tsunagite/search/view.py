"""What search finds: documents (records and guides) with their words, and terms (needs, kinds, areas ...) with their records."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from typing import Protocol

from tsunagite.calendar.view import event_path
from tsunagite.contact.view import TroubleView
from tsunagite.guides.view import guide_words
from tsunagite.records.directory import Directory, RecordContext
from tsunagite.records.load.guides import WrittenGuide
from tsunagite.records.model.area import Area
from tsunagite.records.model.base.vocabulary import Term, Vocabularies
from tsunagite.records.model.features.event import Event
from tsunagite.records.model.resource import Resource
from tsunagite.site.opening import hours_entry
from tsunagite.site.record import CardView

OF_TRADE = ("kind", "service", "department")
"""Vocabularies whose words stand in the names of those who offer them."""
DEPARTMENTS = "診療科目"
"""The attribute that holds the departments of a clinic: the column of the standard list of medical facilities (医療機関一覧)."""
NOT_OFFERED = ("無", "無し", "なし", "×")
"""What lists write where a place does not have what the column names."""
IN_ENGLISH = ("kind", "need", "service", "department", "trade", "kind_group")
"""Vocabularies whose English names are searched."""
_ENGLISH = re.compile(r"\b(?!(?:an?|and|at|by|for|in|of|on|or|the|to|whether|with|someone|other)\b)[a-z]{2,}")
_PARTS = re.compile(r"[、，,（）()\s]")


class GuidePage(Protocol):
    """A hand-written page as search sees it."""

    @property
    def label(self) -> str: ...  # noqa: D102 - the title
    @property
    def path(self) -> str: ...  # noqa: D102 - from the root of the site
    @property
    def text(self) -> str: ...  # noqa: D102 - all its words


@dataclass(frozen=True)
class SearchDocument:
    """One page that can be found. ``texts`` are searched but never shown; ``phones`` hold digits only; ``hours``: opening.py."""

    id: str
    path: str
    name: str
    readings: tuple[str, ...]
    services: tuple[str, ...]
    texts: tuple[str, ...]
    phones: tuple[str, ...]
    card: CardView | None
    sentence: str = ""
    hours: str | bool | None = None

    @classmethod
    def of_record(
        cls, resource: Resource, card: CardView, features: Iterable[str] = (), trusted: date | None = None
    ) -> SearchDocument:
        """Gather the words of a record. What terms say (its kind, needs, district) is not repeated here; what it lacks is not said."""
        location, offered = (
            resource.location,
            {name: value for name, value in resource.attributes.items() if value not in NOT_OFFERED},
        )
        notes = (part.note for part in (resource.eligibility, resource.fee, resource.access) if part)
        texts = (
            resource.summary, resource.summary_easy, resource.description, resource.helpful_for,
            resource.linking_tips, *resource.how_to_use, resource.hours_note, *offered, *offered.values(),
            card.place if location and location.address else "", *((location.building, location.directions) if location else ()),
            *features, *notes, *resource.required_docs, resource.contact_note, *(hours.label for hours in resource.hours),
        )  # fmt: skip
        return cls(
            id=resource.id,
            path=card.path,
            name=resource.name,
            readings=tuple(filter(None, (resource.name_kana, *resource.alt_names, resource.name_en))),
            services=resource.services,
            texts=tuple(filter(None, texts)),
            phones=tuple(
                digits
                for number in (*(phone.number for phone in resource.phones), location.postal_code if location else "")
                if (digits := _digits(number))
            ),
            card=card,
            hours=hours_entry(resource, trusted),
        )

    @classmethod
    def of_page(cls, page: GuidePage) -> SearchDocument:
        """An ordinary hand-written page."""
        return cls(page.path.strip("/"), page.path, page.label, (), (), (page.text,), (), None)

    @classmethod
    def of_guide(cls, guide: WrittenGuide) -> SearchDocument:
        """A guide of the knowledge base. Its keywords weigh like services: who types 配食 looks for meals before guides."""
        head, path = guide.head, f"{guide.section}/{guide.id}/"
        readings = (head.title_kana,) if head.title_kana else ()
        return cls(
            path.strip("/"), path, head.title, readings, head.keywords, (guide_words(guide),), (), None, head.summary
        )

    @classmethod
    def of_trouble(cls, trouble: TroubleView) -> SearchDocument:
        """The page of a trouble, found by the trouble's own words; its name is as neutral as the title of the page."""
        words = (trouble.example, *(need.label for need in trouble.needs), "相談", "窓口", "電話")
        return cls(
            trouble.path.strip("/"),
            trouble.path,
            trouble.page_title,
            (trouble.label,),
            (),
            words,
            (),
            None,
            trouble.label,
        )

    @classmethod
    def of_event(cls, event: Event) -> SearchDocument:
        """The page of a meeting or event."""
        path = event_path(event)
        texts = tuple(filter(None, (event.summary, event.when, event.place, event.for_whom)))
        phones = tuple(digits for phone in event.phones if (digits := _digits(phone.number)))
        return cls(path.strip("/"), path, event.title, (), (), texts, phones, None, event.summary or event.when or "")


@dataclass(frozen=True)
class SearchTerm:
    """A word with records behind it. ``records`` are places in the list of documents; None means all of them.

    ``path`` is its static list, "" where it has none of its own, "?" where a search for its label is one; ``count`` is how many that list shows, where equipment is
    found by search alone.
    """

    type: str
    id: str
    label: str
    spellings: tuple[str, ...]
    path: str
    records: tuple[int, ...] | None
    count: int


@dataclass(frozen=True)
class Synonyms:
    """Words that mean the same: who types one finds the others; or, where there are any, what ``finds`` says and not the others."""

    words: tuple[str, ...]
    finds: tuple[str, ...]
    in_names: bool = False
    """Whether ``finds`` is a term that is looked for in names and texts too: who types 目医者 looks for an 眼科医院 before a hospital."""

    @property
    def found(self) -> tuple[str, ...]:
        """Return what is found, first what the others stand for."""
        return self.finds or self.words


PAGES = (("手引き", 0.5), ("相談先", 0.9), ("行事", 0.9))
"""What pages that are no records are called, in the order in which they follow the records, and what a word weighs in them:
who types 包括 wants to call one first and to read about them second."""


Shown = Resource | tuple[SearchDocument, int]
"""A result: a record, or the document of a page with the number of its sort in ``PAGES``."""


@dataclass(frozen=True)
class SearchView:
    """Everything the index is made from. Documents are the ``records``, then ``pages``: guides, pages of the contact finder, events.

    A record's document is made when somebody asks for it: after an edit that is one of ten thousand.
    """

    directory: Directory
    records: tuple[Resource, ...]
    pages: tuple[tuple[SearchDocument, ...], ...]
    kinds: tuple[str, ...]
    """What the kinds of the records are called, in the order of the vocabulary."""
    levels: tuple[Term, ...]

    @classmethod
    def of(cls, directory: Directory, guides: Sequence[GuidePage], troubles: Sequence[TroubleView] = ()) -> SearchView:
        """Put the documents in the order in which equals are shown: kinds as in the vocabulary, names in 五十音, ideas, pages."""
        kinds = {kind.id: place for place, kind in enumerate(directory.vocabularies["kind"])}
        found = [resource for resource in directory.published if not resource.is_closed]
        found.sort(key=lambda resource: (resource.is_idea, kinds[resource.kind]))  # stable: 五十音 within a kind
        pages = (
            (*map(SearchDocument.of_guide, directory.guides.written), *map(SearchDocument.of_page, guides)),
            tuple(map(SearchDocument.of_trouble, troubles)),
            tuple(map(SearchDocument.of_event, directory.events.values())),
        )
        words, used = directory.vocabularies, {resource.kind for resource in found}
        return cls(
            directory,
            tuple(found),
            pages,
            tuple(kind.label for kind in words["kind"] if kind.id in used),
            tuple(words["support_level"]),
        )

    @cached_property
    def terms(self) -> tuple[SearchTerm, ...]:
        """Every word with records behind it."""
        return tuple(_Terms(self.directory, {resource.id: place for place, resource in enumerate(self.records)}).all())

    @cached_property
    def windows(self) -> Mapping[int, Sequence[int]]:
        """Return the places of the records that are windows for advice, by the number of their kind: kinds with ``consultation``, as they are today."""
        kinds = {
            kind.id: number for number, kind in enumerate(self.directory.vocabularies["kind"]) if kind.consultation
        }
        windows: dict[int, list[int]] = {}
        for place, resource in enumerate(self.records):
            if resource.kind in kinds and not resource.is_idea:
                windows.setdefault(kinds[resource.kind], []).append(place)
        return windows

    @cached_property
    def synonyms(self) -> tuple[Synonyms, ...]:
        """The groups of words that mean the same."""
        words = self.directory.vocabularies
        return (
            *(Synonyms((term.label, *term.aliases), term.finds) for term in words["synonyms"]),
            *(
                Synonyms(term.also_called, tuple(term.label.split("・")), in_names=True)
                for name in OF_TRADE
                for term in words[name]
                if term.also_called
            ),
            *_in_english(words),
            *_postal_codes(
                self.directory, {label for term in self.terms if term.type == "area" for label in term.spellings}
            ),
        )

    def shown(self) -> list[Shown]:
        """Return what every document shows as a result, in their order."""
        return [
            *self.records,
            *((document, sort) for sort, documents in enumerate(self.pages) for document in documents),
        ]


@dataclass(frozen=True)
class DocumentMaker:
    """Makes the document of a result: of a record from itself and its surroundings alone."""

    surroundings: RecordContext

    def of(self, one: Shown) -> SearchDocument:
        """Return the document of a record or a page."""
        if isinstance(one, tuple):
            return one[0]
        access = self.surroundings.vocabularies["access"]
        features = (access[feature].label for feature in (one.access.features if one.access else ()))
        return SearchDocument.of_record(
            one, CardView.of(self.surroundings, one), features, self.surroundings.trusted_until(one)
        )


@dataclass(frozen=True)
class _Terms:
    directory: Directory
    places: dict[str, int]

    def all(self) -> Iterator[SearchTerm]:
        directory = self.directory
        for vocabulary, name, index in (
            ("need", "need", directory.by_need),
            ("kind_group", "group", directory.by_group),
            ("kind", "kind", directory.by_kind),
            ("support_level", "level", directory.by_support_level),
        ):
            for term in directory.vocabularies[vocabulary]:
                if found := index.get(term.id):
                    yield SearchTerm(
                        name,
                        term.id,
                        term.label,
                        _spellings(term),
                        self._path(name, term.id),
                        places := self._places(found),
                        len(places),
                    )
        yield from self._written("service", {resource.id: resource.services for resource in directory.published})
        yield from self._written(
            "department", {resource.id: (resource.attributes.get(DEPARTMENTS, ""),) for resource in directory.published}
        )
        yield from self._written("trade", {resource.id: (resource.name,) for resource in directory.published})
        yield from self._areas()
        for organization in directory.organizations.values():
            if found := directory.by_organization.get(organization.id):
                path = f"organizations/{organization.id}/"
                yield SearchTerm(
                    "organization",
                    organization.id,
                    organization.name,
                    (organization.name,),
                    path,
                    places := self._places(found),
                    len(places),
                )

    def _written(self, name: str, texts: Mapping[str, Sequence[str]]) -> Iterator[SearchTerm]:
        """Yield the terms of a vocabulary that records name in their own words: 特定施設（有料老人ホーム）, 皮膚科・内科, ローソン."""
        vocabulary = self.directory.vocabularies[name]
        forms: dict[str, list[str]] = {}
        for term in vocabulary:
            for form in (term.label, *term.aliases, *term.finds):
                forms.setdefault(_plain(form), []).append(term.id)

        @cache
        def named(part: str) -> frozenset[str]:
            """Return the terms of the longest forms in a part: 整形外科 is no 外科."""
            text = _plain(part)
            inside = [form for form in forms if form in text]
            longest = [form for form in inside if not any(form != other and form in other for other in inside)]
            return frozenset(term for form in longest for term in forms[form])

        found: dict[str, list[int]] = {}
        for resource_id, place in self.places.items():
            parts = {part for text in texts[resource_id] for part in _PARTS.split(text) if part}
            for term_id in set().union(*map(named, parts)):
                found.setdefault(term_id, []).append(place)
        for term in vocabulary:
            if places := found.get(term.id):
                yield SearchTerm(name, term.id, term.label, _spellings(term), "?", tuple(sorted(places)), len(places))

    def _path(self, name: str, term_id: str) -> str:
        return {"need": f"needs/{term_id}/", "group": f"kinds/{term_id}/", "level": f"levels/{term_id}/"}.get(name, "")

    def _areas(self) -> Iterator[SearchTerm]:
        directory = self.directory
        inside: dict[str, list[Resource]] = {}  # the town where something lies
        tools: dict[str, list[Resource]] = {}  # equipment in a town and in all around it: no list of a district has it
        for resource in directory.listed:
            if not (town := directory.town_of(resource)):
                continue
            inside.setdefault(town.id, []).append(resource)
            if directory.is_equipment(resource):
                for area in directory.lineage(town.id):
                    tools.setdefault(area.id, []).append(resource)
        for area in directory.areas.values():
            if area.id == directory.settings.area:
                city = directory.settings.municipality
                yield SearchTerm(
                    "city", area.id, city, (area.name, city, area.name_kana), "all/", None, len(self.places)
                )
                continue
            found = {
                r.id: r
                for r in (
                    *directory.by_district.get(area.id, ()),
                    *directory.by_layer.get(area.id, ()),
                    *directory.by_area.get(area.id, ()),
                    *inside.get(area.id, ()),
                )
            }
            more = found | {r.id: r for r in tools.get(area.id, ())}
            if more:
                path = (
                    f"areas/{area.id}/"
                    if area.id in directory.by_district
                    or area.id in directory.by_area
                    or area.id in directory.by_layer
                    or area.id in directory.by_place
                    else ""
                )
                counted = found if path else more
                yield SearchTerm(
                    "area",
                    area.id,
                    _area_label(area),
                    _area_spellings(area),
                    path,
                    self._places(more.values()),
                    len(self._places(counted.values())),
                )

    def _places(self, found: Iterable[Resource]) -> tuple[int, ...]:
        places = map(self.places.get, [resource.id for resource in found])
        return tuple(sorted(place for place in places if place is not None))


def _in_english(vocabularies: Vocabularies) -> Iterator[Synonyms]:
    """Yield the English words for terms: each finds all terms that say it, so that several words find what they share. A word of a group is one where no term says it."""
    found: dict[str, dict[str, None]] = {}
    for name in IN_ENGLISH:
        known = set(found) if name == "kind_group" else ()
        for term in vocabularies[name]:
            for word in _ENGLISH.findall(" ".join((term.label_en, *term.called_en)).casefold()):
                for form in _singular_and_plural(word):
                    if form not in known:
                        found.setdefault(form, {}).update(dict.fromkeys((term.label, *_parts_of_trade(name, term))))
    alike: dict[tuple[str, ...], list[str]] = {}
    for word, labels in found.items():
        alike.setdefault(tuple(labels), []).append(word)
    for finds, forms in alike.items():
        yield Synonyms(tuple(forms), finds, in_names=True)


def _parts_of_trade(vocabulary: str, term: Term) -> list[str]:
    """Return the parts of what a kind or service is called: 避難場所・避難所 is written as one or the other."""
    return term.label.split("・") if vocabulary in OF_TRADE else []


def _singular_and_plural(word: str) -> tuple[str, ...]:
    if word.endswith("ies"):
        return word, f"{word[:-3]}y"
    if word.endswith("y"):
        return word, f"{word[:-1]}ies"
    return word, word[:-1] if word.endswith("s") else f"{word}s"


def _postal_codes(directory: Directory, known: Container[str]) -> Iterator[Synonyms]:
    """Yield postal codes, with and without hyphen, of towns that have records; else of the districts around those towns."""
    towns: dict[str, list[Area]] = {}
    for area in directory.areas.values():
        for code in area.postal_codes:
            towns.setdefault(code, []).append(area)
    for code, areas in towns.items():
        around = [directory.areas[area.parent] for area in areas if area.parent and area.parent in directory.areas]
        if found := [area.name for area in areas if area.name in known] or [
            area.name for area in around if area.name in known
        ]:
            yield Synonyms((code, code.replace("-", "")), tuple(dict.fromkeys(found)))


def _spellings(term: Term) -> tuple[str, ...]:
    """Return every way a term is written: its label, its parts (居場所・仲間), plain words, the official word, aliases."""
    words = (term.label, term.official, *term.aliases, *term.also_called, *term.named)
    parts = [part for word in words for part in word.replace("・", " ").replace("（", " ").replace("）", " ").split()]
    easy = term.label_easy.split("・")  # its blanks stand between words of a sentence: じぶんで する
    return tuple(dict.fromkeys(word for word in (*words, *parts, *easy) if word))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _area_label(area: Area) -> str:
    return f"{area.name}地区" if area.level == "district" else area.name


def _area_spellings(area: Area) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(word for word in (area.name, _area_label(area), area.name_kana, *area.alt_names) if word)
    )


def _digits(number: str) -> str:
    return "".join(one for one in number if one.isdigit())
