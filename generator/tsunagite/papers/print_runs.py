"""What has changed since a paper was printed: each record as it was printed beside the record of today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tsunagite.papers.parts.cover import full_title
from tsunagite.papers.parts.entry import PaperEntry, entry_of
from tsunagite.papers.parts.selection import Selection
from tsunagite.papers.source import PaperSource
from tsunagite.records.model.features.pamphlet import PrintedRecord, PrintRun
from tsunagite.records.model.resource import Resource
from tsunagite.site.record import record_path
from tsunagite.site.words import pause_text
from tsunagite.text.dates import japanese_date


@dataclass(frozen=True)
class PrintedChange:
    """One difference: what it is about, what the paper says, what is true now ("" where it is gone)."""

    about: str
    printed: str
    now: str


@dataclass(frozen=True)
class Changed:
    """A record whose printed words are no longer true. ``path`` is its page, or "" where it has none."""

    name: str
    path: str
    changes: tuple[PrintedChange, ...]


@dataclass(frozen=True)
class PrintRunView:
    """A print run compared with today."""

    id: str
    path: str
    title: str
    paper_path: str
    day: str
    copies: int
    placed_at: tuple[str, ...]
    replaced: bool
    count: int
    changed: tuple[Changed, ...]

    @classmethod
    def of(cls, source: PaperSource, run: PrintRun) -> PrintRunView:
        """Compare what was printed with the records of today."""
        paper = source.directory.pamphlets.get(run.pamphlet)
        compared = (_compare_record(source, printed) for printed in run.records)
        return cls(
            id=run.id,
            path=f"p/{run.pamphlet}/{run.printed_on.isoformat()}/",
            title=full_title(Selection(source, paper)) if paper else run.pamphlet,
            paper_path=f"pamphlets/{run.pamphlet}/" if paper else "",
            day=japanese_date(run.printed_on),
            copies=run.copies,
            placed_at=run.placed_at,
            replaced=run.replaced,
            count=len(run.records),
            changed=tuple(one for one in compared if one.changes),
        )


def print_run_views(source: PaperSource) -> tuple[PrintRunView, ...]:
    """Return every print run, the one with most changes first, then the oldest."""
    views = [PrintRunView.of(source, run) for run in source.directory.print_runs.values()]
    return tuple(sorted(views, key=lambda view: (view.replaced, -len(view.changed), view.path)))


def printed_record(entry: PaperEntry) -> PrintedRecord:
    """Return what a paper says of a record, to be kept with the print run."""
    return PrintedRecord(
        id=entry.id,
        name=entry.plain_name,
        phones=tuple(phone.number for phone in entry.phones),
        place=entry.place,
        hours=entry.hours,
    )


def entries_now(source: PaperSource, ids: tuple[str, ...]) -> tuple[PaperEntry, ...]:
    """Return records as papers print them today."""
    return tuple(entry_of(source, source.directory.resources[i]) for i in ids)


def _compare_record(source: PaperSource, printed: PrintedRecord) -> Changed:
    resource = source.directory.resources.get(printed.id)
    if printed.id in source.directory.hidden:  # what nobody may publish is not published as something that was
        return Changed(
            "のせなくなった記録", "", (PrintedChange("のせていません", "", "いまは、このサイトにのせていません。"),)
        )
    if resource is None:
        return Changed(
            printed.name, "", (PrintedChange("のせていません", printed.name, "いまは、このサイトにのせていません。"),)
        )
    path = record_path(resource.id)
    if ended := _end_of_record(resource, source.today):
        return Changed(printed.name, path, (PrintedChange("ようす", "", ended),))
    today = printed_record(entry_of(source, resource))
    pairs = (
        ("名前", printed.name, today.name), ("電話", "、".join(printed.phones), "、".join(today.phones)),
        ("場所", printed.place, today.place), ("時間", printed.hours, today.hours),
    )  # fmt: skip
    bound = resource.consent is not None and bool(
        resource.consent.fields
    )  # what was printed may be what nobody may publish any more
    changes = (
        PrintedChange(about, "" if bound else was, now or "いまは、のせていません。")
        for about, was, now in pairs
        if was != now
    )
    return Changed(printed.name, path, tuple(changes))


def _end_of_record(resource: Resource, today: date) -> str:
    if resource.is_closed:
        return f"{japanese_date(resource.closed_date)}に終わりました。" if resource.closed_date else "終わりました。"
    pause = resource.pause_after(today)
    return pause_text(pause) if pause else ""
