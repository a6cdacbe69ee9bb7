"""QualityView: how fresh, how complete and how free of doubles the records are, told openly (データの状態)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from tsunagite.check.places import points_lie_in_the_municipality
from tsunagite.editing.books.calls import By, calls
from tsunagite.engine.memo import Known, memo
from tsunagite.records.directory import Directory, RuleContext, is_delicate
from tsunagite.records.load.records import Located
from tsunagite.records.model.resource import Resource
from tsunagite.site.record import CardView, Link, record_path
from tsunagite.site.trend import Month, TrendView
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
class GroupCalls:
    """Who runs, or where lie, records to call about: how many, how many of them nobody ever checked, and the oldest check."""

    name: str
    count: int
    never: int
    oldest: str


@dataclass(frozen=True)
class GroupKnown:
    """What is known of the records of a kind group: how many there are, and the share for each question of ``QualityView.known``, in percent."""

    label: str
    total: int
    percents: tuple[int, ...]


@dataclass(frozen=True)
class SuspectedPair:
    """Two records that may be one."""

    first: Link
    second: Link
    distance: str


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
    by_owner: tuple[GroupCalls, ...]
    by_area: tuple[GroupCalls, ...]
    by_group: tuple[GroupKnown, ...]
    suspected: tuple[SuspectedPair, ...]
    suspected_count: int
    outside: tuple[Link, ...]
    """Records whose point and address lie outside of the municipality."""
    trend: TrendView

    @classmethod
    def of(cls, directory: Directory, today: date, months: tuple[Month, ...]) -> QualityView:
        """Count what is known. ``months`` is how many records there were, as git tells (empty where it cannot)."""
        listed, late = directory.listed, _late(directory, today)
        pairs = tuple(_suspected(directory))
        return cls(
            day=japanese_date(today),
            total=len(listed),
            samples=sum(r.sample for r in listed),
            verified=_count_verified(directory),
            known=_count_known(listed),
            lists=_lists(directory, today),
            overdue=tuple(CardView.of(directory, r, today) for r in late[:SHOWN]),
            overdue_count=len(late),
            by_owner=_calls(directory, today, "owner"),
            by_area=_calls(directory, today, "area"),
            by_group=tuple(_by_group(directory)),
            suspected=pairs[:SHOWN],
            suspected_count=len(pairs),
            outside=tuple(_outside(directory, today)),
            trend=TrendView.of(months),
        )


def known_shares(directory: Directory) -> tuple[tuple[Share, ...], tuple[Share, ...]]:
    """Return what is known of the records that are listed, and how they were verified: the counts of the page."""
    return _count_known(directory.listed), _count_verified(directory)


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
    return tuple(Share(label, count, percent_of(count, total)) for label, count in counts.most_common())


QUESTIONS: tuple[tuple[str, Callable[[Resource], bool]], ...] = (
    ("電話番号がわかる", lambda r: any(phone.type == "voice" for phone in r.phones)),
    ("開いている時間がわかる", lambda r: bool(r.hours)),
    ("地図の位置がわかる", lambda r: r.point is not None),
    ("費用がわかる", lambda r: r.fee is not None),
    ("対象がわかる", lambda r: r.eligibility is not None),
    ("入りやすさ（車いすなど）がわかる", lambda r: r.access is not None),
    ("ふりがなを確かめた", lambda r: bool(r.name_kana) and r.kana_source == "confirmed"),
)
"""What may be known of a record, in the order of the tables."""


def _count_known(listed: tuple[Resource, ...]) -> tuple[Share, ...]:
    counts = [(label, sum(known(r) for r in listed)) for label, known in QUESTIONS]
    return tuple(Share(label, count, percent_of(count, len(listed))) for label, count in counts)


def _by_group(directory: Directory) -> Iterator[GroupKnown]:
    for group in directory.vocabularies["kind_group"]:
        if found := directory.by_group.get(group.id):
            shares = (percent_of(sum(known(r) for r in found), len(found)) for _, known in QUESTIONS)
            yield GroupKnown(group.label, len(found), tuple(shares))


def _calls(directory: Directory, today: date, by: By) -> tuple[GroupCalls, ...]:
    """Return how many records have to be asked about, as the call sheet (``tsunagite overdue``) has them."""
    days: dict[str, list[date | None]] = {}
    for call in calls(directory, today, by):
        days.setdefault(call.group, []).append(call.resource.verified_on)
    found = []
    for name, checked in days.items():
        known = [day for day in checked if day]
        oldest = japanese_date(min(known)) if known else NO_DAY
        found.append(GroupCalls(name, len(checked), len(checked) - len(known), oldest))
    return tuple(found)


def _suspected(directory: Directory) -> Iterator[SuspectedPair]:
    """Yield the pairs of records that may be one, without those that somebody decided are two. What others should not find, and equipment (one beside the other), is not compared."""
    from tsunagite.importing.match.duplicates import suspected_duplicates  # noqa: PLC0415 - rapidfuzz: where the page is made

    compared = [r for r in directory.listed if not directory.is_equipment(r) and not is_delicate(directory, r)]
    told = repr([(r.id, r.name, *_place_of(r), [row.source for row in r.sources]) for r in compared])
    for pair in memo(suspected_duplicates)(Known(compared, told)).value:
        if frozenset((pair.first, pair.second)) in directory.told_apart:
            continue
        first, second = (Link(directory.resources[one].name, record_path(one)) for one in (pair.first, pair.second))
        yield SuspectedPair(first, second, "距離はわからない" if pair.metres is None else f"{pair.metres}m")


def _place_of(record: Resource) -> tuple[object, ...]:
    at = record.location
    return (at.address, at.lat, at.lng, at.geo_precision) if at else ()


def _outside(directory: Directory, today: date) -> Iterator[Link]:
    located = [one for one in directory.placed if one.record.point]
    told = repr([(one.record.id, *_place_of(one.record)) for one in located])
    ground = Known(directory, directory.ground_digest)
    for record_id in memo(outside_of_the_municipality)(ground, Known(located, told), today).value:
        record = directory.resources[record_id]
        if not is_delicate(directory, record):
            yield Link(record.name, record_path(record_id))


def outside_of_the_municipality(ground: RuleContext, located: list[Located[Resource]], today: date) -> tuple[str, ...]:
    """Return the ids of the records whose point lies outside (R201, R209)."""
    return tuple(one.record.id for one in located if any(points_lie_in_the_municipality(ground, one, today)))


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


def percent_of(count: int, total: int) -> int:
    """Return a share in whole per cent: 100 is all of them, and 0 is none."""
    if count in (0, total):
        return 100 if count else 0
    return min(99, max(1, round(100 * count / total)))
