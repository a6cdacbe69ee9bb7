"""The pages of every edition, and what shared pages say in its language.

``<folder>/data/words.json`` holds the words of shared pages, ``<folder>/data/<n>.json`` those of records (browser/language.js).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from tsunagite.contact.view import TroubleView
from tsunagite.engine.artifact import Artifact, Draft, Frame, Made, Page, page_draft
from tsunagite.engine.keys import Keys
from tsunagite.i18n.editions import HELP, plain
from tsunagite.languages.layer import PER_FILE, RecordTexts, shared_words
from tsunagite.languages.view import EditionView, EditionViews
from tsunagite.offline.record_data import record_files
from tsunagite.records.model.resource import Resource
from tsunagite.site.layout.templates import DELICATE_HEAD, Templates, script, stylesheet
from tsunagite.site.lists import ListCut

STYLE = stylesheet("language") + stylesheet("contact")


def languages(views: EditionViews, keys: Keys, frame: Frame) -> Iterator[Made]:
    """Yield the files of every edition; none where a site is Japanese alone."""
    keys.share(*views.cuts)  # every edition has them
    for view in views.editions:
        yield from _Pages(view, views, keys, frame).all()


class _Pages:
    """Makes the pages of one edition."""

    def __init__(self, view: EditionView, views: EditionViews, keys: Keys, frame: Frame) -> None:
        self._view, self._views, self._keys, self._frame = view, views, keys, frame
        self._templates = Templates(view.edition.code, "_edition_card")
        self._t = view.edition.ui

    def all(self) -> Iterator[Made]:
        view, finder, t = self._view, self._views.finder, self._t
        tiles = {"needs": view.needs, "groups": view.groups}
        home = {**tiles, "in_languages": self._in_languages(), "has_finder": bool(finder)}
        yield self._front("edition_home", "", t["home_title"], t["home_lead"], **home)
        delicate = [one for one in finder.troubles if one.sensitive]
        told = {"lines": view.dangers, "disaster": view.disaster, "delicate": delicate}
        yield self._front("edition_emergency", "emergency/", t["emergency"], t["emergency_lead"], **told)
        yield self._front("edition_help", HELP, t["help"], t["help_lead"])
        if finder:
            yield self._front("edition_contact", "contact/", t["finder"], t["finder_lead"], troubles=finder.troubles)
            yield from map(self._trouble, finder.troubles)
        for index in self._views.indexes:
            name, shown = ("needs", "needs") if index.path == "needs/" else ("kinds", "groups")
            yield self._front("edition_index", index.path, t[name], t[f"{name}_lead"], tiles=tiles[shown])
        yield from map(self._list, self._views.cuts)
        yield Artifact.json(view.path("data/words.json"), shared_words(view, self._views))
        for number, resources in record_files(self._views.directory.published, PER_FILE):
            path = view.path(f"data/{number}.json")
            yield Draft(
                path,
                self._keys.page("edition_records", view.edition.code, resources),
                partial(self._records, path, resources),
            )

    def _records(self, path: str, resources: Sequence[Resource]) -> Artifact:
        """Return the sentences of some records: each record has its own, because a word may mean two things."""
        views = self._views
        content = {one.id: RecordTexts(self._view, views, one).all() for one in resources}
        return Artifact.json(path, content)

    def _in_languages(self) -> list[tuple[str, str, int]]:
        """Return (code, word, number of records) of the languages that places speak."""
        vocabulary = self._views.directory.vocabularies["language"]
        counts = self._views.in_languages
        return [
            (one.id, self._view.sentences.term("language", one.id), counts[one.id])
            for one in vocabulary
            if one.id in counts
        ]

    def _page(self, template: str, inside: str, title: str, lead: str, head: str = "", /, **values: object) -> Page:
        view = self._view
        shown = {
            "view": view,
            "views": self._views,
            "exit_url": self._views.directory.settings.exit_url,
            "heading": title,
            **values,
        }
        return self._templates.page(
            template,
            view.path(inside),
            view.edition.section,
            plain(title),
            plain(lead),
            head=STYLE + head,
            **shown,
        )

    def _front(self, template: str, inside: str, title: str, lead: str, **values: object) -> Draft:
        """Return a page that leads to others: of what is recorded it shows ``values`` alone."""
        key = self._keys.page(template, self._view.edition.code, values)
        return self._draft(inside, key, partial(self._page, template, inside, title, lead, **values))

    def _draft(self, inside: str, key: bytes, page: partial[Page]) -> Draft:
        view = self._view
        return page_draft(view.path(inside), view.edition.section, key, page, self._frame)

    def _trouble(self, trouble: TroubleView) -> Draft:
        view, t = self._view, self._t
        of = view.edition.of
        number = self._views.finder.troubles.index(trouble) + 1
        title = f"{t['delicate_title']} {number}" if trouble.sensitive else of(trouble.label)
        answers = view.answers(trouble)
        values = {"trouble": trouble, "answers": answers, "of": of}
        key = self._keys.page("edition_trouble", view.edition.code, trouble, answers)
        head = script("language_town") + (DELICATE_HEAD if trouble.sensitive else "")
        page = partial(self._page, "edition_trouble", trouble.path, title, t["trouble_lead"], head, **values)
        return self._draft(trouble.path, key, page)

    def _list(self, cut: ListCut) -> Draft:
        key = self._keys.page("edition_list", self._view.edition.code, cut)
        return self._draft(cut.path, key, partial(self._list_page, cut))

    def _list_page(self, cut: ListCut) -> Page:
        view, head, t = self._view, cut.head, self._t
        title = view.title(head)
        shown = t["delicate_list"] if head.delicate else title
        lead = f"{plain(shown)}: {t['count_one'] if head.total == 1 else t['count'].format(count=head.total)}"
        parts = [plain(word) for word, _ in view.parents(head)[-1:]]  # a need and a kind may have one name
        parts += [f"{t['page_of']} {cut.number}"] if cut.number > 1 else []
        return self._page(
            "edition_list", cut.path, f"{shown} – {' – '.join(parts)}", lead, DELICATE_HEAD if head.delicate else "", list=head, cut=cut, heading=title,
            parents=view.parents(head), tiles=view.tiles("kind", head.tiles), entries=view.entries(cut.records),
            search=f"{head.search_path}&lang={view.edition.code}" if head.search_path else "",
        )  # fmt: skip
