"""From raw records to typed ones: vocabularies first, then settings, then every record, collecting all findings."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Generic, TypeVar

from pydantic import BaseModel

from tsunagite.findings import Finding, Place, error
from tsunagite.model.area import Area
from tsunagite.model.area_list import AreaList
from tsunagite.model.organization import Organization
from tsunagite.model.problems import validate
from tsunagite.model.resource import Resource
from tsunagite.model.site import SiteSettings
from tsunagite.model.source import Source
from tsunagite.model.vocabulary import Vocabularies
from tsunagite.sources.tree import RawTree
from tsunagite.sources.vocabularies import vocabularies_of

MODELS: dict[str, type[BaseModel]] = {
    "resource": Resource,
    "organization": Organization,
    "area": Area,
    "area_list": AreaList,
    "source": Source,
}
RecordT = TypeVar("RecordT", bound=BaseModel)


@dataclass(frozen=True)
class Placed(Generic[RecordT]):
    """A valid record together with where it was written."""

    record: RecordT
    place: Place
    folder: str = ""


@dataclass
class Records:
    """All valid records of a site by sort."""

    vocabularies: Vocabularies
    settings: SiteSettings
    resource: list[Placed[Resource]] = field(default_factory=list)
    organization: list[Placed[Organization]] = field(default_factory=list)
    area: list[Placed[Area]] = field(default_factory=list)
    area_list: list[Placed[AreaList]] = field(default_factory=list)
    source: list[Placed[Source]] = field(default_factory=list)
    unreadable: set[str] = field(default_factory=set)
    """Ids of records with errors: references to them are not reported a second time."""


def records_of(tree: RawTree) -> tuple[Records, list[Finding]]:
    """Validate everything that was read. A record with an error is left out; its findings say why."""
    vocabularies, found_in_vocabularies = vocabularies_of(tree)
    findings = [*tree.findings, *found_in_vocabularies]
    records = Records(vocabularies, _settings(tree, vocabularies, findings), unreadable=set(tree.unread))
    for raw in tree.records:
        if not isinstance(raw.data, dict):
            findings.append(error("F102", raw.place))
            continue
        record, found = validate(MODELS[raw.sort], raw.data, raw.place, vocabularies)
        findings.extend(found)
        if record is None:
            records.unreadable.add(str(raw.data.get("id")))
        else:
            getattr(records, raw.sort).append(Placed(record, raw.place, raw.folder))
    return records, findings


def _settings(tree: RawTree, vocabularies: Vocabularies, findings: list[Finding]) -> SiteSettings:
    if tree.settings is None:
        return SiteSettings()
    if not isinstance(tree.settings.data, dict):
        findings.append(error("F102", tree.settings.place))
        return SiteSettings()
    settings, found = validate(SiteSettings, tree.settings.data, tree.settings.place, vocabularies)
    findings.extend(found)
    return settings or SiteSettings()
