"""Open data under /opendata/: lists in standard forms and one of all records as csv, GeoJSON, HSDS, a catalogue, and the page."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property, partial

from tsunagite.engine.artifact import Artifact, Draft, Frame, Page, PageDraft
from tsunagite.opendata.hsds import services
from tsunagite.opendata.rows import COLUMNS, row_of
from tsunagite.opendata.standard_forms import FORMS, rows_of
from tsunagite.opendata.view import OpenDataView
from tsunagite.site.layout.templates import Templates
from tsunagite.site.view import SiteView
from tsunagite.spreadsheets.csv_text import Encoding, Misfit, csv_bytes

FOLDER = "opendata"


@dataclass(frozen=True)
class DataFile:
    """A file of open data: ``name`` below /opendata/, what it holds, and in which form."""

    name: str
    title: str
    form: str
    count: int
    content: bytes
    misfits: tuple[Misfit, ...] = ()

    @property
    def size(self) -> str:
        """The size as people read it."""
        kilobytes = len(self.content) / 1000
        return f"{kilobytes / 1000:.1f}MB" if kilobytes >= 1000 else f"{max(1, round(kilobytes))}KB"


def csv_files(view: OpenDataView, encoding: Encoding = "utf-8-sig") -> Iterator[DataFile]:
    """Yield the list of all records, then each standard list that has any."""
    content, misfits = csv_bytes([title for title, _ in COLUMNS], map(row_of, view.records), encoding)
    yield DataFile("resources.csv", "すべての記録", "このサイトの形", len(view.records), content, tuple(misfits))
    for form in FORMS:
        rows = rows_of(form, view)
        if rows:
            content, misfits = csv_bytes(form.columns, rows, encoding)
            yield DataFile(f"standard/{form.id}.csv", form.title, form.source, len(rows), content, tuple(misfits))


def _geojson(view: OpenDataView) -> DataFile:
    """Return the records that have a point; a line each, so that two versions can be compared."""
    titles = [title for title, _ in COLUMNS if title not in ("緯度", "経度")]
    keep = [index for index, (title, _) in enumerate(COLUMNS) if title in titles]
    lines = []
    for record in view.records:
        if record.place.lat is None or record.place.lng is None:
            continue
        row = row_of(record)
        values = {title: row[index] for title, index in zip(titles, keep, strict=True) if row[index] not in ("", None)}
        point = {"type": "Point", "coordinates": [record.place.lng, record.place.lat]}
        lines.append(_line({"type": "Feature", "id": record.id, "geometry": point, "properties": values}))
    text = '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"
    return DataFile("resources.geojson", "場所のわかる記録", "GeoJSON", len(lines), text.encode())


def _hsds(view: OpenDataView) -> DataFile:
    text = "[\n" + ",\n".join(_line(service) for service in services(view)) + "\n]\n"
    return DataFile("hsds/services.json", "すべての記録", "HSDS 3.0", len(view.records), text.encode())


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def data_files(view: OpenDataView) -> tuple[DataFile, ...]:
    """Return every file of a site's open data; none where no record may be given away."""
    return (*csv_files(view), _geojson(view), _hsds(view)) if view.chosen else ()


def file_names(view: OpenDataView) -> tuple[str, ...]:
    """Return the names of the files that ``data_files`` will make, without making them."""
    standard = (f"standard/{form.id}.csv" for form in FORMS if form.is_needed(view))
    return ("resources.csv", *standard, "resources.geojson", "hsds/services.json") if view.chosen else ()


def _catalogue(view: OpenDataView, files: tuple[DataFile, ...]) -> bytes:
    """Return catalog.json: what there is, for programs (titles as in DCAT)."""
    base = f"{view.site_url}/{FOLDER}/" if view.site_url else ""
    catalogue = {
        "title": f"{view.site_name} {view.municipality}".strip(),
        "publisher": view.municipality or view.site_name,
        "issued": view.today.isoformat(),
        "records": len(view.records),
        "leftOut": [{"reason": out.reason, "records": out.count} for out in view.left_out],
        "licences": [{"licence": c.licence, "url": c.licence_url, "credit": c.text, "records": c.count} for c in view.credits],
        "dataset": [
            {"title": f.title, "form": f.form, "records": f.count, "byteSize": len(f.content), "downloadURL": base + f.name}
            for f in files
        ],
    }  # fmt: skip
    return (json.dumps(catalogue, ensure_ascii=False, indent=1) + "\n").encode()


@dataclass(frozen=True)
class _OpenData:
    """The files of a site, made together when the first of them is needed."""

    view: OpenDataView
    has_calendar: bool

    @cached_property
    def files(self) -> dict[str, DataFile]:
        return {file.name: file for file in data_files(self.view)}

    def file(self, name: str) -> Artifact:
        return Artifact(f"{FOLDER}/{name}", self.files[name].content)

    def catalogue(self) -> Artifact:
        return Artifact(f"{FOLDER}/catalog.json", _catalogue(self.view, tuple(self.files.values())))

    def page(self) -> Page:
        page = Page(f"{FOLDER}/", "text", "オープンデータ", "このサイトの記録を、だれでも使える形で配っています。", "")
        body = Templates().render(
            "open_data",
            base=page.base,
            view=self.view,
            files=tuple(self.files.values()),
            has_calendar=self.has_calendar,
        )
        return replace(
            page, body=body, head=f'<link rel="stylesheet" href="{page.base}assets/tsunagite/open_data.css">'
        )


def open_data(site: SiteView, frame: Frame) -> Iterator[Draft]:
    """The files and the page that explains them; made again only where a record, a source or the day has changed."""
    made = _OpenData(OpenDataView.of(site.directory, site.today), bool(site.calendar))
    key = site.prints.of(site.surroundings_print, site.directory.listed, made.has_calendar)
    for name in file_names(made.view):
        yield Draft(f"{FOLDER}/{name}", key, partial(made.file, name))
    yield Draft(f"{FOLDER}/catalog.json", key, made.catalogue)
    yield PageDraft(f"{FOLDER}/", "text", key, made.page).framed(frame)
