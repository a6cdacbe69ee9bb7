"""Open data under /opendata/: lists in standard forms and one of all records as csv, GeoJSON, HSDS, a catalogue, and the page."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from typing import NamedTuple

from tsunagite.engine.artifact import Artifact, Draft, Frame, Page, page_draft
from tsunagite.engine.keys import Keys
from tsunagite.engine.memo import Known, chunks, memo
from tsunagite.opendata.hsds import services
from tsunagite.opendata.rows import COLUMNS, Value, row_of
from tsunagite.opendata.standard_forms import forms, rows_of
from tsunagite.opendata.view import OpenDataView, OpenRecords
from tsunagite.records.directory import Directory, RecordContext
from tsunagite.records.model.resource import Resource
from tsunagite.site.layout.templates import Templates, stylesheet
from tsunagite.spreadsheets.csv_text import Encoding, Misfit, csv_bytes, csv_rows

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


@dataclass(frozen=True)
class _Table:
    """A list as csv."""

    name: str
    title: str
    form: str
    columns: tuple[str, ...]
    rows: Sequence[Sequence[Value]]


class Lines(NamedTuple):
    """What some records that follow each other add to a file: how many records, and their lines, compressed."""

    records: int
    text: bytes


RECORDS, FEATURES, SERVICES = "resources.csv", "resources.geojson", "hsds/services.json"
CHUNK = 48
"""Records whose lines are made and kept together, on average: after an edit so many are made again."""


def _tables(records: OpenRecords) -> Iterator[_Table]:
    """Yield the list of all records, then each standard list that has any."""
    columns = tuple(title for title, _ in COLUMNS)
    yield _Table(RECORDS, "すべての記録", "このサイトの形", columns, [row_of(record) for record in records.records])
    for form in forms():
        if rows := rows_of(form, records):
            yield _Table(f"standard/{form.id}.csv", form.title, form.source, form.columns, rows)


def csv_files(view: OpenRecords, encoding: Encoding = "utf-8-sig") -> Iterator[DataFile]:
    """Yield every list as csv in an encoding, with what does not fit into it."""
    for one in _tables(view):
        content, misfits = csv_bytes(one.columns, one.rows, encoding)
        yield DataFile(one.name, one.title, one.form, len(one.rows), content, tuple(misfits))


def lines_of(context: RecordContext, chosen: Sequence[Resource]) -> dict[str, Lines]:
    """Return what some records add to each file, by its name, without heads and ends of files."""
    some = OpenRecords(context, tuple(chosen))
    found = {one.name: _lines(len(one.rows), csv_rows(one.rows)) for one in _tables(some)}
    for name, values in ((FEATURES, _features(some)), (SERVICES, services(some))):
        written = [_line(value) for value in values]
        found[name] = _lines(len(written), ",\n".join(written))
    return found


def _lines(records: int, text: str) -> Lines:
    return Lines(records, zlib.compress(text.encode(), 1))


def _features(view: OpenRecords) -> Iterator[dict[str, object]]:
    """Yield the records that have a point; a line each, so that two versions can be compared."""
    titles = [title for title, _ in COLUMNS if title not in ("緯度", "経度")]
    keep = [index for index, (title, _) in enumerate(COLUMNS) if title in titles]
    for record in view.records:
        if record.place.lat is None or record.place.lng is None:
            continue
        row = row_of(record)
        values = {title: row[index] for title, index in zip(titles, keep, strict=True) if row[index] not in ("", None)}
        point = {"type": "Point", "coordinates": [record.place.lng, record.place.lat]}
        yield {"type": "Feature", "id": record.id, "geometry": point, "properties": values}


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def data_files(view: OpenDataView) -> tuple[DataFile, ...]:
    """Return every file of a site's open data; none where no record may be given away."""
    if not view.chosen:
        return ()
    context = Known(view.directory, view.directory.surroundings_digest)
    digests = view.directory.digests
    found: dict[str, list[Lines]] = {}
    for chosen in chunks(view.chosen, lambda resource: digests[resource.id], CHUNK):
        for name, lines in memo(lines_of)(context, chosen).value.items():
            found.setdefault(name, []).append(lines)
    head = _head([title for title, _ in COLUMNS])
    files = [_joined(RECORDS, "すべての記録", "このサイトの形", found[RECORDS], head)]
    files += [
        _joined(name, form.title, form.source, found[name], _head(form.columns))
        for form in forms()
        if (name := f"standard/{form.id}.csv") in found
    ]
    start = b'{"type":"FeatureCollection","features":[\n'
    features = [lines for lines in found[FEATURES] if lines.records]
    files.append(_joined(FEATURES, "場所のわかる記録", "GeoJSON", features, start, b",\n", b"\n]}\n"))
    files.append(_joined(SERVICES, "すべての記録", "HSDS 3.0", found[SERVICES], b"[\n", b",\n", b"\n]\n"))
    return tuple(files)


def _head(columns: Sequence[str]) -> bytes:
    return csv_bytes(columns, ())[0]


def _joined(  # noqa: PLR0913, PLR0917 - a file and what stands before, between and behind its lines
    name: str, title: str, form: str, lines: Sequence[Lines], head: bytes, between: bytes = b"", end: bytes = b""
) -> DataFile:
    text = between.join(zlib.decompress(one.text) for one in lines)
    return DataFile(name, title, form, sum(one.records for one in lines), head + text + end)


def file_names(view: OpenDataView) -> tuple[str, ...]:
    """Return the names of the files that ``data_files`` will make, without making them."""
    standard = (f"standard/{form.id}.csv" for form in forms() if form.is_needed(view))
    return (RECORDS, *standard, FEATURES, SERVICES) if view.chosen else ()


def _catalogue(view: OpenDataView, files: tuple[DataFile, ...]) -> bytes:
    """Return catalog.json: what there is, for programs (titles as in DCAT)."""
    base = f"{view.site_url}/{FOLDER}/" if view.site_url else ""
    catalogue = {
        "title": f"{view.site_name} {view.municipality}".strip(),
        "publisher": view.municipality or view.site_name,
        "issued": view.today.isoformat(),
        "records": len(view.chosen),
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
        return Templates().page(
            "open_data",
            f"{FOLDER}/",
            "text",
            "オープンデータ",
            "このサイトの記録を、だれでも使える形で配っています。",
            head=stylesheet("open_data"),
            view=self.view,
            files=tuple(self.files.values()),
            has_calendar=self.has_calendar,
        )


def open_data(directory: Directory, today: date, *, has_calendar: bool, keys: Keys, frame: Frame) -> Iterator[Draft]:
    """The files and the page that explains them; made again only where a record, a source or the day has changed."""
    made = _OpenData(OpenDataView.of(directory, today), has_calendar)
    key = keys.page(directory.listed, has_calendar)
    for name in file_names(made.view):
        yield Draft(f"{FOLDER}/{name}", key, partial(made.file, name))
    yield Draft(f"{FOLDER}/catalog.json", key, made.catalogue)
    yield page_draft(f"{FOLDER}/", "text", key, made.page, frame)
