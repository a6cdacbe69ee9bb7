"""The list before going public: what a resident would stumble over, each with what to do (``tsunagite doctor``)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tsunagite.analysis.finder import Finder
from tsunagite.editing.city_facts import hotlines_to_fill, services_to_fill
from tsunagite.editing.doctor import Found
from tsunagite.editing.starter import starter_text
from tsunagite.findings import Finding, Severity
from tsunagite.records.directory import Directory
from tsunagite.records.model.base.vocabulary import Term
from tsunagite.records.model.site import MapTiles

SHOWN = 3  # names that stand for all


def open_points(root: Path, directory: Directory, findings: list[Finding]) -> Iterator[Found]:
    """Yield what is still open. Nothing comes where a site may go public."""
    yield from (Found(f"open_{key}", values, note=True) for key, values in (
        *_site(root, directory), *_records(directory, findings), *_lists(directory), *_windows(directory),
    ))  # fmt: skip


def _site(root: Path, directory: Directory) -> Iterator[tuple[str, dict[str, object]]]:
    settings = directory.settings
    missing = [
        name for name in ("municipality", "prefecture", "area", "site_url", "description", "main_window") if not getattr(settings, name)
    ]  # fmt: skip
    if missing:
        titles = type(settings).model_fields
        yield "settings", {"names": "、".join(f"{name}（{titles[name].title}）" for name in missing)}
    if not (
        settings.correction_mail or settings.correction_url or settings.correction_form or settings.correction_phone
    ):
        yield "correction", {}
    if settings.demonstration:
        yield "banner", {"text": settings.demonstration}
    known = MapTiles()
    if settings.tiles.url != known.url and (
        settings.tiles.attribution == known.attribution or settings.tiles.attribution_url == known.attribution_url
    ):
        yield "tiles", {"url": settings.tiles.url}
    about = root / "content" / "about.md"
    if not about.is_file() or about.read_text(encoding="utf-8") == starter_text("about.md"):
        yield "about", {}


def _records(directory: Directory, findings: list[Finding]) -> Iterator[tuple[str, dict[str, object]]]:
    errors = sum(finding.severity == Severity.ERROR for finding in findings)
    if errors:
        yield "errors", {"count": errors}
    samples = [resource.name for resource in directory.published if resource.sample]
    if samples:
        yield "samples", {"count": len(samples), "names": _some(samples)}
    if not any(not resource.sample for resource in directory.listed):
        yield "empty", {}
    own = [resource for resource in directory.listed if not resource.sample and not resource.sources]
    unchecked = [resource.name for resource in own if resource.verified_on is None]
    if unchecked:
        yield "unchecked", {"count": len(unchecked), "names": _some(unchecked)}
    nobody = [resource.name for resource in own if resource.verified_on and not resource.verified_by]
    if nobody:
        yield "section", {"count": len(nobody), "names": _some(nobody)}
    if own and not directory.settings.licence:
        yield "licence", {"count": len(own)}


def _lists(directory: Directory) -> Iterator[tuple[str, dict[str, object]]]:
    undated = [source.name for source in directory.sources.values() if source.data_date is None]
    if undated:
        yield "undated", {"count": len(undated), "names": _some(undated)}
    unknown = [source.name for source in directory.sources.values() if source.left_open]
    if unknown:
        yield "owners", {"count": len(unknown), "names": _some(unknown)}


def _windows(directory: Directory) -> Iterator[tuple[str, dict[str, object]]]:
    if not directory.troubles:
        yield "finder", {}
    finder = Finder(directory)
    for duty_id in finder.empty_duties:
        yield "empty_duty", {"label": directory.vocabularies["duty"][duty_id].label, "id": duty_id}
    named = {line for trouble in directory.troubles.values() for line in trouble.after_hours}
    if silent := [
        term.label
        for term in directory.vocabularies["hotline"]
        if term.local and not term.number and not term.hidden and term.id in named
    ]:
        yield "local_lines", {"names": "、".join(silent)}
    for duty in directory.duties.values():
        if duty.sample:
            yield "sample_duty", {"title": duty.title}
        elif duty.verified_on is None:
            yield "unchecked_duty", {"title": duty.title}
        if without := [area.name for area in finder.without_window(duty.id)]:
            yield "no_window", {"title": duty.title, "count": len(without), "names": _some(without)}


def empty_facts(directory: Directory) -> Iterator[Found]:
    """Yield what only the municipality can say and has not said yet. The pages say nothing false without it."""
    yield from (Found(f"open_{key}", values, note=True) for key, values in _facts(directory))


def _facts(directory: Directory) -> Iterator[tuple[str, dict[str, object]]]:
    fields = Term.model_fields
    for term, missing in hotlines_to_fill(directory.vocabularies["hotline"]):
        line = ", ".join(
            f"{name}: …" for name in ("hours", "direct", "source", "url", "read_on") if name in missing or name == "url"
        )
        yield (
            "hotline",
            {
                "number": term.number,
                "label": term.label,
                "names": "、".join(fields[name].title or name for name in missing),
                "line": f"id: {term.id}, {line}",
            },
        )
    for term, resource, missing in services_to_fill(directory):
        if resource is None:
            yield "service", {"label": term.label, "id": term.id}
        else:
            names = "、".join(f"{name}（{type(resource).model_fields[name].title}）" for name in missing)
            yield "service_part", {"label": term.label, "name": resource.name, "id": resource.id, "names": names}


def _some(names: list[str]) -> str:
    return "、".join(names[:SHOWN]) + (" ほか" if len(names) > SHOWN else "")
