"""From raw records to typed ones: vocabularies first, then settings, then every record, collecting all findings."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar
from zlib import crc32

from pydantic import BaseModel

from tsunagite.engine.digest import digest_of_bytes
from tsunagite.engine.memo import Known, Ref, memo, run_all
from tsunagite.engine.processes import WORTH_SHARING
from tsunagite.findings import Finding, SourceLocation, error
from tsunagite.records.load import suggested_readings
from tsunagite.records.load.contact import path_of, shared_troubles
from tsunagite.records.load.suggested_readings import accepted_readings
from tsunagite.records.load.tree import RawRecord, RawTree, RecordFile, raw_file, read_surroundings
from tsunagite.records.load.vocabularies import has_icon, unknown_icon, vocabularies_of
from tsunagite.records.model.area import Area
from tsunagite.records.model.base.fields import Part
from tsunagite.records.model.base.problems import validate
from tsunagite.records.model.base.shared import SharedParts
from tsunagite.records.model.base.vocabulary import Vocabularies
from tsunagite.records.model.features.area_list import AreaList
from tsunagite.records.model.features.event import Event
from tsunagite.records.model.features.finder import Assignment, Concern
from tsunagite.records.model.features.pamphlet import Pamphlet, PrintRun
from tsunagite.records.model.features.tie import Tie
from tsunagite.records.model.organization import Organization
from tsunagite.records.model.resource import Resource
from tsunagite.records.model.site import SiteSettings
from tsunagite.records.model.source import Source
from tsunagite.records.yaml.reader import bytes_of, read_bytes

MODELS: dict[str, type[Part]] = {
    "resource": Resource,
    "organization": Organization,
    "area": Area,
    "area_list": AreaList,
    "source": Source,
    "trouble": Concern,
    "duty": Assignment,
    "event": Event,
    "pamphlet": Pamphlet,
    "print_run": PrintRun,
    "tie": Tie,
}
RecordT = TypeVar("RecordT", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Located(Generic[RecordT]):
    """A valid record together with where it was written."""

    record: RecordT
    place: SourceLocation
    folder: str = ""
    digest: bytes = b""
    """Stands for everything that was written of the record: its file's bytes, or its own part of a file of many."""
    sketch: bytes = b""
    """Stands for the same of a resource, but for its words (``Resource.sketch``)."""


@dataclass
class Records:
    """All valid records of a site by sort."""

    vocabularies: Vocabularies
    settings: SiteSettings
    resource: list[Located[Resource]] = field(default_factory=list)
    organization: list[Located[Organization]] = field(default_factory=list)
    area: list[Located[Area]] = field(default_factory=list)
    area_list: list[Located[AreaList]] = field(default_factory=list)
    source: list[Located[Source]] = field(default_factory=list)
    trouble: list[Located[Concern]] = field(default_factory=list)
    duty: list[Located[Assignment]] = field(default_factory=list)
    event: list[Located[Event]] = field(default_factory=list)
    pamphlet: list[Located[Pamphlet]] = field(default_factory=list)
    print_run: list[Located[PrintRun]] = field(default_factory=list)
    tie: list[Located[Tie]] = field(default_factory=list)
    readings: dict[str, str] = field(default_factory=dict)
    """Words for furigana that a person accepted, with the reading of each run of kanji."""
    unreadable: set[str] = field(default_factory=set)
    """Ids of records with errors: references to them are not reported a second time."""


class FileRead(NamedTuple):
    """What one file gave: valid records with their sort, findings, ids (or the file's name) of what could not be read."""

    placed: tuple[tuple[str, Located[Any]], ...] = ()
    findings: tuple[Finding, ...] = ()
    unreadable: tuple[str, ...] = ()


GROUPS = 64
"""Record files are read in so many groups, each kept as one result: loading 10,000 records one by one takes three times as long."""


class _Content(NamedTuple):
    """A record file, its bytes, and its size."""

    file: RecordFile
    content: bytes
    size: int


def read_records(root: Path) -> tuple[Records, list[Finding]]:
    """Read and validate everything below ``root/resources``; groups of files that the store of this build knows are not validated again.

    A record with an error is left out; its findings say why. Raises UsageError where the folder is missing.
    """
    tree, files = read_surroundings(root)
    records, findings = _surroundings_of(tree)
    vocabularies = Known(records.vocabularies, [vocabulary.text for vocabulary in records.vocabularies.values()])
    groups: dict[int, list[RecordFile]] = {}
    for file in files:
        groups.setdefault(crc32(file.name.encode()) % GROUPS, []).append(file)
    read: dict[RecordFile, FileRead] = {}
    unknown: list[tuple[list[RecordFile], Ref[tuple[FileRead, ...]]]] = []
    for group in groups.values():
        result = memo(read_group)(vocabularies, tuple(_Content(file, *bytes_of(root / file.name)) for file in group))
        if result.is_known:  # at once: until then it holds the bytes of its files
            read.update(zip(group, result.value, strict=True))
        else:
            unknown.append((group, result))
    run_all([result for _, result in unknown], alone=sum(len(group) for group, _ in unknown) < WORTH_SHARING)
    while unknown:
        group, result = unknown.pop()
        read.update(zip(group, result.value, strict=True))
    for file in files:
        _add(read[file], records, findings)
    _add_shared_troubles(records, vocabularies, findings)
    findings += [unknown_icon(one.record.icon, one.place) for one in records.trouble if not has_icon(one.record.icon)]
    return records, findings


def _add_shared_troubles(records: Records, vocabularies: Known[Vocabularies], findings: list[Finding]) -> None:
    own = {placed.record.id for placed in records.trouble} | records.unreadable
    files, found = shared_troubles(records.settings, own)
    findings.extend(found)
    if files:
        for read in memo(read_group)(
            vocabularies, tuple(_Content(file, *bytes_of(path_of(file))) for file in files)
        ).value:
            _add(read, records, findings)


def read_group(vocabularies: Vocabularies, contents: tuple[_Content, ...]) -> tuple[FileRead, ...]:
    """Validate the records of some files."""
    shared = SharedParts()
    return tuple([_read(one, vocabularies, shared) for one in contents])


def _read(one: _Content, vocabularies: Vocabularies, shared: SharedParts) -> FileRead:
    """Validate the records of a file; the digest of its bytes stands for a record that has the file to itself."""
    raw = raw_file(one.file, read_bytes(one.content, one.size, one.file.name))
    if len(raw.records) == 1 and not raw.records[0].place.loc:
        return _record(raw.records[0], vocabularies, shared, digest_of_bytes(one.content))
    found = [_record(record, vocabularies, shared) for record in raw.records]
    return FileRead(
        tuple(record for read in found for record in read.placed),
        (*raw.findings, *(finding for read in found for finding in read.findings)),
        (*raw.unread, *(name for read in found for name in read.unreadable)),
    )


def records_of(tree: RawTree) -> tuple[Records, list[Finding]]:
    """Validate everything that was read. A record with an error is left out; its findings say why."""
    records, findings = _surroundings_of(tree)
    shared = SharedParts()
    for raw in tree.records:
        _add(_record(raw, records.vocabularies, shared), records, findings)
    return records, findings


def _surroundings_of(tree: RawTree) -> tuple[Records, list[Finding]]:
    vocabularies, found = vocabularies_of(tree)
    findings = [*tree.findings, *found]
    readings, found = accepted_readings(tree.vocabulary.get(suggested_readings.NAME, ()))
    findings += found
    settings = _settings(tree, vocabularies, findings)
    return Records(vocabularies, settings, readings=readings, unreadable=set(tree.unread)), findings


def _record(raw: RawRecord, vocabularies: Vocabularies, shared: SharedParts, digest: bytes = b"") -> FileRead:
    if not isinstance(raw.data, dict):
        return FileRead(findings=(error("F102", raw.place),))
    record, found = validate(MODELS[raw.sort], raw.data, raw.place, vocabularies)
    if record is None:
        return FileRead((), tuple(found), (str(raw.data.get("id")),))
    sketch = _told(record.sketch(raw.data)) if isinstance(record, Resource) else b""
    return FileRead(
        ((raw.sort, Located(shared.one(record), raw.place, raw.folder, digest or _told(raw.data), sketch)),),
        tuple(found),
    )


def _told(data: object) -> bytes:
    return digest_of_bytes(repr(data).encode(errors="surrogatepass"))


def _add(read: FileRead, records: Records, findings: list[Finding]) -> None:
    for sort, placed in read.placed:
        getattr(records, sort).append(placed)
    findings.extend(read.findings)
    records.unreadable.update(read.unreadable)


def _settings(tree: RawTree, vocabularies: Vocabularies, findings: list[Finding]) -> SiteSettings:
    if tree.settings is None:
        return SiteSettings()
    if not isinstance(tree.settings.data, dict):
        findings.append(error("F102", tree.settings.place))
        return SiteSettings()
    settings, found = validate(SiteSettings, tree.settings.data, tree.settings.place, vocabularies)
    findings.extend(found)
    return settings or SiteSettings()
