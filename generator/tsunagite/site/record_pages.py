"""Everything made of one record: its page, and what devices keep of it as data, some sixteen records to a file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial

from tsunagite.engine.artifact import Artifact, Draft, Frame, Page, PageDraft
from tsunagite.offline.record_data import record_data, record_files
from tsunagite.opendata.record_text import has_text, record_text
from tsunagite.records.load.photos import PhotoFile
from tsunagite.site.layout.templates import Templates, delicate_head
from tsunagite.site.record import RecordParts, RecordView, photo_path, record_path
from tsunagite.site.view import SiteView

FOLDER = "data/records"
TEXT = "index.md"
"""The name of a record as Markdown, beside its page."""


class _Views:
    """The views of the records of one file: page and data are made from the same."""

    def __init__(self, site: SiteView) -> None:
        self._site = site
        self._made: dict[str, RecordView] = {}

    def of(self, parts: RecordParts) -> RecordView:
        record_id = parts.resource.id
        if record_id not in self._made:
            self._made[record_id] = self._site.record(parts)
        return self._made[record_id]


def records(site: SiteView, frame: Frame) -> Iterator[Draft]:
    """Yield the page of every record, and every file of records as data; only those of edited records are made again."""
    templates = Templates()
    for number, found in record_files(site, site.neighbours):
        views = _Views(site)
        for parts in found:
            key = site.prints.of(site.surroundings_print, parts)
            yield PageDraft(
                record_path(parts.resource.id), "record", key, partial(_page, site, templates, views, parts)
            ).framed(frame)
            if has_text(site.directory, parts.resource):
                yield Draft(f"{record_path(parts.resource.id)}{TEXT}", key, partial(_text, site, views, parts))
            for _, file in parts.photos if not parts.resource.is_closed and not parts.resource.is_idea else ():
                yield Draft(
                    photo_path(parts.resource.id, file),
                    file.digest.encode(),
                    partial(_photo, site, parts.resource.id, file),
                )
        path = f"{FOLDER}/{number}.json"
        key = site.prints.of(site.surroundings_print, [(parts.resource, parts.replacement) for parts in found])
        yield Draft(path, key, partial(_data, views, path, found))


def _page(site: SiteView, templates: Templates, views: _Views, parts: RecordParts) -> Page:
    view = views.of(parts)
    path, base = view.card.path, Page(view.card.path, "record", "", "", "").base
    body = templates.render("record", base=base, view=view, exit_url=site.settings.exit_url)
    if view.delicate:
        return Page(path, "record", "相談先の案内", "相談先の案内です。", body, delicate_head(base))
    head = f'<script type="application/ld+json">{view.json_ld}</script>' if view.json_ld else ""
    head += (
        f'<link rel="alternate" type="text/markdown" href="{TEXT}">' if has_text(site.directory, parts.resource) else ""
    )
    return Page(path, "record", view.card.name, view.card.sentence or view.card.kind, body, head)


def _photo(site: SiteView, record_id: str, file: PhotoFile) -> Artifact:
    from tsunagite.pictures import for_page  # noqa: PLC0415 - Pillow is loaded where there are photographs

    return Artifact(photo_path(record_id, file), for_page(site.directory.photos.content(file)))


def _text(site: SiteView, views: _Views, parts: RecordParts) -> Artifact:
    return Artifact(
        f"{record_path(parts.resource.id)}{TEXT}", record_text(site.directory, parts.resource, views.of(parts))
    )


def _data(views: _Views, path: str, found: tuple[RecordParts, ...]) -> Artifact:
    content = {parts.resource.id: record_data(views.of(parts), parts.resource) for parts in found}
    return Artifact(path, json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode())
