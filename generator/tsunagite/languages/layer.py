"""What shared pages say in Japanese, and what that is in the language of an edition: the data of browser/language.js.

A record has one page for all languages. Its sentences are made twice, by ``site`` in Japanese and by ``Sentences`` in another language,
and put side by side. A text of a page that stands in neither table stays Japanese.
"""

from __future__ import annotations

from collections.abc import Iterator

from tsunagite import i18n
from tsunagite.i18n.editions import HELP, JAPANESE
from tsunagite.languages.view import EditionView, EditionViews
from tsunagite.offline.record_data import file_count
from tsunagite.records.model.resource import Resource
from tsunagite.site import words
from tsunagite.site.lists import Tile
from tsunagite.text import phones

_WORDS = i18n.catalogue(JAPANESE)["ui"]
PER_FILE = 64
"""Records in one file of sentences, about."""
_SHOWN = (
    "need",
    "kind_group",
    "kind",
    "service",
    "department",
    "trade",
    "event_kind",
    "location_type",
    "access",
    "fee",
    "care_level",
    "situation",
    "support_level",
    "status",
    "stage",
    "language",
)
"""Vocabularies whose words stand on shared pages besides those of one record."""


def shared_words(view: EditionView, views: EditionViews) -> dict[str, object]:
    """Return the type ``Words`` of browser/language.js."""
    edition, say = view.edition, view.sentences
    texts = {
        term.label: say.term(name, term.id) for name in reversed(_SHOWN) for term in views.directory.vocabularies[name]
    }
    for danger in views.directory.vocabularies["emergency"]:  # the search says whom to call, and what to do until then
        texts |= {text: edition.of(text) for text in (danger.label, danger.definition) if text}
    texts |= dict(_of_finder(view, views))
    texts |= {f"案：{term.label}": say.term("stage", term.id) for term in views.directory.vocabularies["stage"]}
    texts |= {_WORDS[key].strip(): text.strip() for key, text in edition.page.items() if key in _WORDS}
    texts |= edition.browser
    if notice := views.directory.settings.demonstration:
        texts[notice] = edition.ui["demonstration"]
    texts |= {"予約制です。": edition.data["by_appointment"], words.OLD: edition.data["old"]}
    pages = ["", "emergency/", HELP]
    if views.finder:
        pages += ["contact/", *(one.path for one in views.finder.troubles if not one.sensitive)]
    return {
        "lang": edition.lang,
        "folder": edition.folder,
        "files": file_count(len(views.directory.published), PER_FILE),
        "words": {ja: text for ja, text in texts.items() if "{" in ja or text != edition.japanese(ja)},
        "paths": {tile.path: [tile.label, text] for tile, text in _tiles(view, views)},
        "months": edition.data["months"],
        "days": edition.data["days"],
        "day": edition.data["month_day"],
        "date": edition.data["date"],
        "month": edition.data["month"],
        "and": edition.data["and"],
        "note": edition.ui["only_japanese"],
        "saved": edition.ui["saved"],
        "pages": [view.path(page) for page in pages],
    }


def _of_finder(view: EditionView, views: EditionViews) -> Iterator[tuple[str, str]]:
    """Yield the troubles and the numbers to call, which the search and every page's end name."""
    finder, of = views.finder, view.edition.of
    for trouble in finder.troubles:
        yield from ((text, of(text)) for text in (trouble.label, trouble.example))
    for line in finder.lines.values():
        said = view.line(line)
        yield from ((line.label, said.label), (line.about, said.about), (line.hours, said.hours))


def _tiles(view: EditionView, views: EditionViews) -> Iterator[tuple[Tile, str]]:
    for name, tiles in (("need", views.lists.needs()), ("kind_group", views.lists.groups())):
        for tile in tiles:
            yield tile, view.sentences.term(name, tile.id)


class RecordTexts:
    """The sentences of one record's page, by what they are in Japanese."""

    def __init__(self, view: EditionView, views: EditionViews, resource: Resource) -> None:
        self._view, self._views, self._resource = view, views, resource
        self._say, self._data = view.sentences, view.edition.data
        self._shown = views.shown(resource)
        self._found: dict[str, str] = {}

    def all(self) -> dict[str, str]:
        """Return what differs from the Japanese."""
        self._add(self._shown.card.kind, self._say.term("kind", self._resource.kind))
        for part in (self._badges, self._state, self._reach, self._use, self._proof):
            part()
        ja = self._view.edition.japanese
        return {japanese: text for japanese, text in self._found.items() if text and text != ja(japanese)}

    def _add(self, japanese: str, text: object) -> None:
        if japanese.strip():
            self._found[japanese.strip()] = str(text).strip()

    def _badges(self) -> None:
        card, resource = self._shown.card, self._resource
        fresh = self._say.fresh(self._views.directory, resource, self._views.today)
        if card.fresh and fresh:
            self._add(card.fresh[0], fresh[0])
        for badge, text in zip(card.badges, self._view.badges(resource), strict=True):
            self._add(badge, text)

    def _state(self) -> None:
        shown, resource, say, data = self._shown, self._resource, self._say, self._data
        if pause := resource.pause_after(self._views.today):
            self._add(shown.pause, say.pause(pause))
            self._add(shown.card.pause[0] if shown.card.pause else "", say.pause(pause))
        if shown.overdue and resource.verified_on:
            self._add(shown.overdue, say.say("overdue", month=say.month(resource.verified_on)))
        day = resource.closed_date
        self._add(shown.ended, say.say("ended_on", date=say.day(day)) if day else data["ended"])
        self._add(shown.idea, data["not_there_yet"])
        if resource.alert and shown.alert_until:
            self._add(f"（{shown.alert_until}まで）", say.say("until", date=say.day(resource.alert.until)))

    def _reach(self) -> None:
        organization = self._views.directory.organizations.get(self._resource.organization or "")
        written = (*self._resource.phones, *(organization.phones if organization else ()))
        notes = {phones.plain_phone(phone.number): self._say.phone_note(phone) for phone in reversed(written)}
        for phone in self._shown.phones:
            self._add(phone.note, notes.get(phone.number, ""))
        for link in self._shown.links:
            if link.path.startswith("mailto:"):
                self._add(link.label, f"{self._data['mail']} {link.path.removeprefix('mailto:')}")

    def _use(self) -> None:
        shown, resource, say = self._shown, self._resource, self._say
        for row, (days, span, _) in zip(shown.hours, say.hours(resource.hours), strict=False):
            self._add(row.days, days)
            self._add(row.span, span)
        self._add(words.closed_text(resource), say.closed(resource))
        for fact, (label, text) in zip(shown.facts, say.facts(resource), strict=True):
            self._add(fact.label, label)
            self._add(fact.text, text)

    def _proof(self) -> None:
        shown, edition, say = self._shown, self._view.edition, self._say
        directory, resource, ja = self._views.directory, self._resource, edition.japanese
        self._add(shown.verification.text, say.verification(directory, resource))
        due = directory.review_due(resource)
        if shown.verification.due_text and due:
            self._add(
                f"{_WORDS['next_review']}{shown.verification.due_text}",
                f"{edition.page['next_review']}{say.month(due)}",
            )
        if shown.organization:
            self._add(f"{_WORDS['run_by']}{shown.organization}", f"{edition.page['run_by']}{ja(shown.organization)}")
        for source in shown.sources:
            self._add(f"{_WORDS['source']}{source.label}", f"{edition.page['source']}{ja(source.label)}")
