"""Which areas have papers, what may stand on paper at all, and which windows a paper names first."""

from __future__ import annotations

from datetime import date

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


def may_be_printed(directory: Directory, resource: Resource, today: date) -> bool:
    """Tell whether a record may stand on paper, which nobody can take back: it runs.

    What a consent leaves out is not in the directory of a paper (``records.visibility``). A pause whose end is known is printed with its
    days; one of which nobody knows the end keeps a record off paper. So does a check that is too long ago (``Directory.trusted_until``).
    """
    trusted = directory.trusted_until(resource)
    if trusted and trusted < today:
        return False
    pause = resource.pause_after(None)
    runs = resource.status == "open" or (resource.status == "suspended" and pause is not None)
    return runs and (pause is None or pause.until is not None)


def areas_around(directory: Directory, area_id: str) -> set[str]:
    """Return the areas that hold a district and are smaller than the city: what serves them serves the district."""
    return {area.id for area in directory.lineage(area_id)[1:] if area.level != "city"}


def first_windows(directory: Directory, area_id: str, today: date) -> tuple[Resource, ...]:
    """Return the windows said to serve the area, then the two that can always be asked: main window and main office.

    On a paper of the whole municipality these two come first.
    """
    windows = [r for r in directory.by_group.get("consultation", ()) if may_be_printed(directory, r, today)]
    inside = {area_id, *(town.id for town in directory.children(area_id)), *areas_around(directory, area_id)}
    serving = [window for window in windows if inside & set(window.service_areas)]
    main = [window for window in windows if window.id == directory.settings.main_window]
    councils = [window for window in windows if window.kind == "social_welfare_council"]
    # A branch bears the name of its main office with something after it.
    head = [one for one in councils if all(other.name.startswith(one.name) for other in councils)][:1]
    real_first = sorted(serving, key=lambda window: window.sample)
    ordered = (*main, *head, *real_first) if is_whole(directory, area_id) else (*real_first, *main, *head)
    return tuple({window.id: window for window in ordered}.values())
