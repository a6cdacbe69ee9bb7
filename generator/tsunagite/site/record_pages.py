"""Everything made of one record: its page, its text, and what devices keep of it as data, some sixteen records to a file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial

from tsunagite.engine.artifact import Artifact, Draft, Frame, Page, page_draft
from tsunagite.engine.keys import Keys
from tsunagite.offline.record_data import record_data, record_files
from tsunagite.opendata.record_text import has_text, record_text
from tsunagite.records.directory import Directory
from tsunagite.records.load.photos import PhotoFile
from tsunagite.site.layout.templates import DELICATE_HEAD, Templates
from tsunagite.site.record import CardView, RecordParts, RecordView, RecordViews, photo_path, record_path
from tsunagite.site.records import Records
from tsunagite.site.share import image_of_record

FOLDER = "data/records"
TEXT = "index.md"
"""The name of a record as Markdown, beside its page."""


class _Maker:
    """Makes page, text and data of the records of one file from the same views."""

    def __init__(
        self, directory: Directory, views: RecordViews, templates: Templates, titles: Mapping[str, str]
    ) -> None:
        self._directory, self._views, self._templates, self._titles = directory, views, templates, titles
        self._made: dict[str, RecordView] = {}

    def _view(self, parts: RecordParts) -> RecordView:
        record_id = parts.resource.id
        if record_id not in self._made:
            self._made[record_id] = self._views.of(parts)
        return self._made[record_id]

    def page(self, parts: RecordParts) -> Page:
        view, exit_url = self._view(parts), self._directory.settings.exit_url
        title, lead, head = "相談先の案内", "相談先の案内です。", DELICATE_HEAD
        if not view.delicate:
            title = self._titles.get(view.card.id, view.card.name)
            lead = view.card.sentence or view.card.kind
            head = f'<script type="application/ld+json">{view.json_ld}</script>' if view.json_ld else ""
            if has_text(self._directory, parts.resource):
                head += f'<link rel="alternate" type="text/markdown" href="{TEXT}">'
        page = self._templates.page(
            "record",
            view.card.path,
            "record",
            title,
            lead,
            head=head,
            view=view,
            exit_url=exit_url,
        )
        return replace(page, picture=image_of_record(self._directory, parts.resource))

    def text(self, parts: RecordParts) -> Artifact:
        content = record_text(self._directory, parts.resource, self._view(parts))
        return Artifact(f"{record_path(parts.resource.id)}{TEXT}", content)

    def data(self, path: str, found: tuple[RecordParts, ...]) -> Artifact:
        content = {parts.resource.id: record_data(self._view(parts), parts.resource) for parts in found}
        return Artifact.json(path, content)


def titles_of_namesakes(directory: Directory) -> dict[str, str]:
    """Return the title of the page of every record whose name another has too: with its place, its kind or, where both are alike, its id."""
    by_name: dict[str, list[CardView]] = defaultdict(list)
    names: dict[str, int] = defaultdict(int)
    for resource in directory.published:
        names[resource.name] += 1
    for resource in directory.published:
        if names[resource.name] > 1:
            by_name[resource.name].append(CardView.of(directory, resource))
    titles: dict[str, str] = {}
    for name, cards in by_name.items():
        for tell in (
            [card.place for card in cards],
            [card.kind for card in cards],
            ["・".join(filter(None, (card.kind, card.place))) for card in cards],
            [card.id for card in cards],
        ):
            if all(tell) and len(set(tell)) == len(cards):
                titles |= {card.id: f"{name}（{one}）" for card, one in zip(cards, tell, strict=True)}
                break
    return titles


def record_pages(
    directory: Directory, records: Records, views: RecordViews, keys: Keys, frame: Frame
) -> Iterator[Draft]:
    """Yield the page of every record, and every file of records as data; only those of edited records are made again."""
    templates, titles = Templates(), titles_of_namesakes(directory)
    for number, resources in record_files(directory.published):
        found = tuple(map(records.parts_of, resources))
        maker = _Maker(directory, views, templates, titles)
        for parts in found:
            path = record_path(parts.resource.id)
            key = keys.page(parts, titles.get(parts.resource.id, ""))
            yield page_draft(path, "record", key, partial(maker.page, parts), frame)
            if has_text(directory, parts.resource):
                yield Draft(f"{path}{TEXT}", key, partial(maker.text, parts))
            for _, file in parts.photos if not parts.resource.is_closed and not parts.resource.is_idea else ():
                photo = photo_path(parts.resource.id, file)
                yield Draft(photo, file.digest.encode(), partial(_photo, directory, photo, file))
        path = f"{FOLDER}/{number}.json"
        key = keys.page([(parts.resource, parts.replacement) for parts in found])
        yield Draft(path, key, partial(maker.data, path, found))


def _photo(directory: Directory, path: str, file: PhotoFile) -> Artifact:
    from tsunagite.pictures import for_page  # noqa: PLC0415 - Pillow is loaded where there are photographs

    return Artifact(path, for_page(directory.photos.content(file)))
