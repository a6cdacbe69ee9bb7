"""What sleeps (眠っている資源): resources that are there and little used, why, and what would wake them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tsunagite.assessment import words
from tsunagite.assessment.view import AssessmentView
from tsunagite.records.directory import is_delicate
from tsunagite.records.model.resource import Resource
from tsunagite.site.record import Link, record_path

ASLEEP: Mapping[str, str] = {
    "little_known": "知らせる：ケアマネジャーの集まりと地区の会で紹介し、資源のちらしを配る。つなぐ人（役割）を一人決める。",
    "hard_to_use": "使いにくいわけを一つ選び、運営する団体と話す。時間・行き方・申し込み・費用のどれかを、小さく変えて試す。",
}
"""The statuses that mean asleep (vocabulary ``use_status``), and the first step that wakes such a resource."""


@dataclass(frozen=True)
class SleepingRow:
    """A resource that sleeps. ``reason`` "" : nobody wrote why."""

    id: str
    link: Link
    kind: str
    needs: tuple[str, ...]
    status: str
    reason: str
    step: str
    areas: tuple[Link, ...]
    sample: bool


def sleeping_in(view: AssessmentView, area_id: str) -> tuple[SleepingRow, ...]:
    """Return what sleeps in an area, real ones before samples; what others in the house should not find is left out."""
    found = [r for r in view.coverages.records_of.get(area_id, ()) if r.use_status in ASLEEP and not r.is_idea]
    shown = (r for r in found if not is_delicate(view.directory, r))
    return tuple(_row(view, r) for r in sorted(shown, key=lambda r: r.sample))


def _row(view: AssessmentView, resource: Resource) -> SleepingRow:
    directory = view.directory
    terms, status = directory.vocabularies["need"], resource.use_status or ""
    districts = view.compared[1]
    return SleepingRow(
        id=resource.id,
        link=Link(resource.name, record_path(resource.id)),
        kind=directory.kind(resource).label,
        needs=tuple(terms[need].label for need in resource.needs),
        status=directory.vocabularies["use_status"][status].label,
        reason=resource.use_status_reason,
        step=ASLEEP[status],
        areas=tuple(
            Link(words.area_name(area), view.profile_path(area.id))
            for area in districts
            if view.coverages.holds(area.id, resource)
        ),
        sample=resource.sample,
    )
