"""QualityView: how fresh and how complete the records are, told openly (データの状態)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from tsunagite.records.directory import Directory
from tsunagite.records.model.resource import Resource
from tsunagite.site.record import CardView
from tsunagite.text.dates import NO_DAY, japanese_date, japanese_month

SHOWN = 20
"""So many records past their review are named."""


@dataclass(frozen=True)
class Share:
    """A line of a table: how many of how many."""

    label: str
    count: int
    percent: int


@dataclass(frozen=True)
class ListState:
    """One published list: how many records come from it, from when, and when it should be fetched again."""

    name: str
    count: int
    data_month: str
    due: str
    is_due: bool


@dataclass(frozen=True)
class QualityView:
    """The state of the data on the day of the build."""

    day: str
    total: int
    samples: int
    verified: tuple[Share, ...]
    known: tuple[Share, ...]
    lists: tuple[ListState, ...]
    overdue: tuple[CardView, ...]
    overdue_count: int

    @classmethod
    def of(cls, directory: Directory, today: date) -> QualityView:
        """Count what is known."""
        listed, late = directory.listed, _late(directory, today)
        return cls(
            day=japanese_date(today),
            total=len(listed),
            samples=sum(r.sample for r in listed),
            verified=_count_verified(directory),
            known=_count_known(listed),
            lists=_lists(directory, today),
            overdue=tuple(CardView.of(directory, r, today) for r in late[:SHOWN]),
            overdue_count=len(late),
        )


def overdue(directory: Directory, today: date) -> list[str]:
    """Return the ids of the first hand-written records past their review, oldest first: those that are named."""
    return [resource.id for resource in _late(directory, today)[:SHOWN]]


def _late(directory: Directory, today: date) -> list[Resource]:
    late = (r for r in directory.listed if r.verified_on and (due := directory.review_due(r)) and due < today)
    return sorted(late, key=lambda r: (str(r.verified_on), r.id))


def _count_verified(directory: Directory) -> tuple[Share, ...]:
    """Return how records were verified, most common first."""
    labels = directory.vocabularies["verify_method"]
    counts = Counter(labels[r.verify_method].label for r in directory.listed)
    total = sum(counts.values())
    return tuple(Share(label, count, _percent(count, total)) for label, count in counts.most_common())


def _count_known(listed: tuple[Resource, ...]) -> tuple[Share, ...]:
    questions: tuple[tuple[str, Callable[[Resource], bool]], ...] = (
        ("電話番号がわかる", lambda r: any(phone.type == "voice" for phone in r.phones)),
        ("開いている時間がわかる", lambda r: bool(r.hours)),
        ("地図の位置がわかる", lambda r: bool(r.location and r.location.has_point)),
        ("費用がわかる", lambda r: r.fee is not None),
        ("対象がわかる", lambda r: r.eligibility is not None),
        ("入りやすさ（車いすなど）がわかる", lambda r: r.access is not None),
        ("ふりがなを確かめた", lambda r: bool(r.name_kana) and r.kana_source == "confirmed"),
    )
    counts = [(label, sum(known(r) for r in listed)) for label, known in questions]
    return tuple(Share(label, count, _percent(count, len(listed))) for label, count in counts)


def _lists(directory: Directory, today: date) -> tuple[ListState, ...]:
    counts = Counter(row.source for r in directory.listed for row in r.sources)
    states = []
    for source in directory.sources.values():
        due = source.review_due
        month = japanese_month(source.data_date) if source.data_date else NO_DAY
        states.append(
            ListState(
                source.name,
                counts[source.id],
                month,
                japanese_month(due) if due else NO_DAY,
                due is not None and due < today,
            )
        )
    return tuple(states)


def _percent(count: int, total: int) -> int:
    return round(100 * count / total) if total else 0
