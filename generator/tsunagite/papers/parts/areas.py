"""Which areas have papers, what may stand on paper at all, and which windows a paper names first."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from tsunagite.papers.source import may_be_printed
from tsunagite.records.directory import Directory
from tsunagite.records.model.resource import Resource


def areas_with_papers(directory: Directory, today: date) -> tuple[str, ...]:
    """Return the areas that have papers without asking: the whole municipality first, then districts in 五十音 order."""
    if all(directory.is_equipment(resource) for resource in directory.listed):
        return ()
    whole = directory.settings.area or ""
    districts = (
        area
        for area in directory.areas
        if any(may_be_printed(directory, resource, today) for resource in directory.by_district.get(area, ()))
    )
    return (whole, *(area for area in districts if area != whole))


def is_whole(directory: Directory, area_id: str) -> bool:
    """Tell whether an area is all that the site is about."""
    return area_id in ("", directory.settings.area)


def areas_around(directory: Directory, area_id: str) -> set[str]:
    """Return the areas that hold a district and are smaller than the city: what serves them serves the district."""
    return {area.id for area in directory.lineage(area_id)[1:] if area.level != "city"}


def first_windows(directory: Directory, area_id: str, printable: Collection[str]) -> tuple[Resource, ...]:
    """Return the windows said to serve the area, then the two that can always be asked: main window and main office.

    On a paper of the whole municipality these two come first. ``printable`` are the ids of the records that may stand on paper.
    """
    windows = [r for r in directory.by_group.get("consultation", ()) if r.id in printable]
    inside = {area_id, *(town.id for town in directory.children(area_id)), *areas_around(directory, area_id)}
    serving = [window for window in windows if inside & set(window.service_areas)]
    main = [window for window in windows if window.id == directory.settings.main_window]
    councils = [window for window in windows if window.kind == "social_welfare_council"]
    # A branch bears the name of its main office with something after it.
    head = [one for one in councils if all(other.name.startswith(one.name) for other in councils)][:1]
    real_first = sorted(serving, key=lambda window: window.sample)
    ordered = (*main, *head, *real_first) if is_whole(directory, area_id) else (*real_first, *main, *head)
    return tuple({window.id: window for window in ordered}.values())
