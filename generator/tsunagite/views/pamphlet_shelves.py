"""What a leaflet is made of: headings in a neighbour's words, the kinds under each, and the records that come there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from tsunagite.directory import Directory
from tsunagite.model.resource import Resource
from tsunagite.model.vocabulary import Term
from tsunagite.views.lists import Paper

Style = Literal["full", "rows", "names"]
"""How records are set: with place, hours and sentence; a name and its number on one line; names one after another."""


@dataclass(frozen=True)
class Shelf:
    """Records under one heading. ``official`` is the professionals' word, ``lead`` a sentence, ``label`` what is counted."""

    heading: str
    kinds: tuple[str, ...]
    style: Style = "full"
    official: str = ""
    lead: str = ""
    label: str = ""
    may_be_cut: bool = True
    records: tuple[Resource, ...] = ()


Shelves = tuple[tuple[str, tuple[Shelf, ...]], ...]
"""Shelves under large headings."""

# The leaflet of the whole municipality, in this order; kinds that stand nowhere here are counted and found on the site.
CITY: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("相談するところ", (
        "community_support_center", "social_welfare_council", "city_office", "health_center", "life_support_coordinator",
        "telephone_advice", "livelihood_support", "disability_support_center", "guardianship_center", "consumer_center",
    )),
    ("出かけるところ", (
        "gathering_place", "exercise_group", "dementia_cafe", "rest_house", "library", "bath", "community_center",
        "public_facility", "senior_club", "hobby_circle", "children_cafeteria",
    )),
    ("くらしの手伝い", (
        "meal_delivery", "household_help", "watch_over", "mobile_shop", "visiting_barber", "community_bus",
        "welfare_transport", "care_taxi", "volunteer_group",
    )),
)  # fmt: skip
# Headings in a neighbour's words; the official name of the kind follows in regular type. Other kinds: their own name.
HEADINGS = {
    "community_support_center": "介護や健康、くらしの困りごと",
    "social_welfare_council": "支え合いとボランティア",
    "city_office": "市の手続きと相談",
    "health_center": "こころと体の健康",
    "rest_house": "集まって過ごす",
    "library": "本を読む、静かに過ごす",
    "community_center": "地区の集まりと講座",
    "public_facility": "活動に使える場所",
}

# Open data do not say which window is responsible for a district, so a leaflet never says it either.
FIRST_WINDOWS = Shelf("困ったら、まずここへ", (), lead="担当の窓口は市にご確認ください。", may_be_cut=False)
HELP = ("meal_delivery", "household_help", "watch_over", "mobile_shop", "visiting_barber", "volunteer_group", "npo")
RIDES = ("community_bus", "welfare_transport", "care_taxi")
EVERYWHERE = Shelf("市のどこでも頼める手伝い", (*HELP, *RIDES), "rows")
# The leaflet of a district: what serves it or lies in it.
DISTRICT: Shelves = (
    ("相談するところ", (
        FIRST_WINDOWS,
        Shelf("近くの窓口", (
            "community_support_center", "social_welfare_council", "city_office", "health_center",
            "life_support_coordinator", "telephone_advice", "livelihood_support", "disability_support_center",
            "guardianship_center", "consumer_center", "care_management_office", "welfare_commissioner",
        )),
    )),
    ("出かけるところ", (
        Shelf("集まる、体を動かす", (
            "gathering_place", "exercise_group", "dementia_cafe", "senior_club", "hobby_circle", "children_cafeteria",
            "neighborhood_association",
        )),
        Shelf("地区の建物", (
            "community_center", "rest_house", "senior_center", "public_facility", "exchange_hall", "library", "bath",
            "temple_shrine",
        )),
        Shelf("運動や見物に", ("sports_facility", "cultural_facility", "tourist_facility", "road_station"), "rows"),
    )),
    ("買い物と手伝い", (
        Shelf("店、食事、お金", ("shop", "eatery", "bank", "post_office")),
        Shelf("手伝いと見守り", HELP),
        Shelf("乗り物", RIDES),
        EVERYWHERE,
    )),
    ("病院、医院", (
        Shelf("病院", ("hospital",), "rows"),
        Shelf("診療所、医院", ("clinic",), "rows"),
        Shelf("歯医者", ("dental_clinic",), "rows"),
        Shelf("薬局、訪問看護", ("pharmacy", "home_nursing"), "rows"),
    )),
    ("介護と障害のサービス", (
        Shelf("家に来る、通う、借りる", (
            "home_care", "home_rehabilitation", "home_bathing", "day_care", "short_stay", "small_multifunction",
            "equipment_rental", "disability_service",
        ), "rows"),
        Shelf("暮らす施設", ("residential_care", "group_home"), "rows"),
    )),
    ("子どもと公園", (
        Shelf("子育て", ("child_support", "childcare", "after_school_club", "sick_child_care"), "rows"),
        Shelf("公園", ("park",), "names"),
    )),
)  # fmt: skip


def leaflet_areas(directory: Directory) -> tuple[str, ...]:
    """Return the areas that have a leaflet: the whole municipality first, then districts in 五十音 order."""
    if all(directory.is_equipment(resource) for resource in directory.listed):
        return ()
    whole = directory.settings.area or ""
    districts = (area for area in directory.areas if any(map(may_be_printed, directory.by_district.get(area, ()))))
    return (whole, *(area for area in districts if _path(area) != _path(whole)))


def paper_of(directory: Directory, area_id: str) -> Paper:
    """Return the sheet of an area, and the page that offers it."""
    whole = is_whole(directory, area_id)
    name = directory.settings.municipality if whole else f"{directory.areas[area_id].name}地区"
    return Paper(
        _path(area_id), f"{name}　暮らしの相談と居場所".strip(), "A4", "all/" if whole else f"areas/{area_id}/"
    )


def is_whole(directory: Directory, area_id: str) -> bool:
    """Tell whether an area is all that the site is about."""
    return area_id in ("", directory.settings.area)


def _path(area_id: str) -> str:
    return f"papers/{area_id or 'city'}.pdf"


def may_be_printed(resource: Resource) -> bool:
    """Tell whether a record may stand on paper, which nobody can take back: it runs today, and its consent covers print."""
    return resource.status == "open" and (resource.consent is None or "print" in resource.consent.scope)


def found_in(directory: Directory, area_id: str) -> tuple[Resource, ...]:
    """Return what the site lists for an area, equipment left out."""
    if is_whole(directory, area_id):
        return tuple(resource for resource in directory.listed if not directory.is_equipment(resource))
    return directory.by_district.get(area_id, ())


def shelves_of(directory: Directory, area_id: str) -> Shelves:
    """Put what may be printed for an area on its shelves; empty shelves are left out.

    Made-up records stand after real ones. On the municipality's leaflet every kind is a shelf of its own.
    """
    found = [resource for resource in found_in(directory, area_id) if may_be_printed(resource)]
    if is_whole(directory, area_id):
        return _filled(tuple((part, _shelf_by_kind(directory, kinds, found)) for part, kinds in CITY))
    first = first_windows(directory, area_id)
    taken = {resource.id for resource in (*first, *found)}
    serving = [r for r in directory.listed if may_be_printed(r) and not directory.is_equipment(r) and r.id not in taken]
    around, city = areas_around(directory, area_id), {area.id for area in directory.lineage(area_id) if area.level == "city"}
    first_ids = {resource.id for resource in first}
    here = [resource for resource in found if resource.id not in first_ids]
    here += [resource for resource in serving if around & set(resource.service_areas)]
    everywhere = [r for r in serving if city & set(r.service_areas) and not around & set(r.service_areas)]

    def filled(shelf: Shelf) -> Shelf:
        if shelf is FIRST_WINDOWS:
            return replace(shelf, records=first)
        return replace(shelf, records=_sorted(everywhere if shelf is EVERYWHERE else here, shelf.kinds))

    return _filled(tuple((part, tuple(map(filled, shelves))) for part, shelves in DISTRICT))


def areas_around(directory: Directory, area_id: str) -> set[str]:
    """Return the areas that hold a district and are smaller than the city: what serves them serves the district."""
    return {area.id for area in directory.lineage(area_id)[1:] if area.level != "city"}


def _shelf_by_kind(directory: Directory, kinds: tuple[str, ...], found: list[Resource]) -> tuple[Shelf, ...]:
    known = directory.vocabularies["kind"].terms  # a site may hide a kind
    shelves = [_shelf(known[kind], _sorted(found, (kind,))) for kind in kinds if kind in known]
    return tuple(sorted(shelves, key=lambda shelf: all(resource.sample for resource in shelf.records)))


def _shelf(kind: Term, records: tuple[Resource, ...]) -> Shelf:
    heading = HEADINGS.get(kind.id, kind.label)
    official = "" if heading == kind.label else kind.label
    return Shelf(heading, (kind.id,), official=official, label=kind.label, may_be_cut=False, records=records)


def _filled(shelves: Shelves) -> Shelves:
    kept = ((part, tuple(shelf for shelf in found if shelf.records)) for part, found in shelves)
    return tuple((part, found) for part, found in kept if found)


def _sorted(found: Iterable[Resource], kinds: tuple[str, ...]) -> tuple[Resource, ...]:
    """Keep 五十音 order; records without a reading follow in the order of the list they come from (main office first)."""

    def key(resource: Resource) -> tuple[bool, int, bool, int]:
        row = resource.sources[0].row if resource.sources else ""
        number = int(row) if row.isdecimal() and not resource.name_kana else 0
        return resource.sample, kinds.index(resource.kind), not resource.name_kana, number

    return tuple(sorted((resource for resource in found if resource.kind in kinds), key=key))


def first_windows(directory: Directory, area_id: str) -> tuple[Resource, ...]:
    """Return the windows said to serve the area, then the two that can always be asked: main window and main office."""
    windows = [r for r in directory.by_group.get("consultation", ()) if may_be_printed(r)]
    inside = {area_id, *(town.id for town in directory.children(area_id)), *areas_around(directory, area_id)}
    serving = [window for window in windows if inside & set(window.service_areas)]
    main = [window for window in windows if window.id == directory.settings.main_window]
    councils = [window for window in windows if window.kind == "social_welfare_council"]
    # A branch bears the name of its main office with something after it.
    head = [one for one in councils if all(other.name.startswith(one.name) for other in councils)][:1]
    real_first = sorted(serving, key=lambda window: window.sample)
    return tuple({window.id: window for window in (*real_first, *main, *head)}.values())
