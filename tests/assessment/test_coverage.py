"""What areas have for each need: the numbers, the people, the distances, and what stays not known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from area_world import AREAS, SETTINGS, TOWNS, small_city
from mini_sites import demonstration
from small_site import TODAY, resource, site_view
from tsunagite.analysis.coverage import ELSEWHERE, FAR, NEAR, Answers, Coverages, Reach
from tsunagite.records.load.records import Located
from tsunagite.records.model.resource import Resource


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> Coverages:
    return Coverages(small_city(tmp_path_factory.mktemp("world") / "site").directory, TODAY)


def names(counted: Coverages, area: str, need: str = "belonging") -> set[str]:
    return {one.id for one in counted.of(area, need).records}


def test_an_area_has_what_lies_in_it_and_what_serves_it_or_a_part_of_it(counted: Coverages) -> None:
    assert names(counted, "north") == {"in-a", "in-b"}
    assert names(counted, "south") == {"in-b", "evening", "noon", "rough"}
    assert (counted.of("south", "belonging").here, counted.of("south", "belonging").wider) == (3, 1)
    assert names(counted, "empty") == set()
    assert names(counted, "ball") == {"in-a", "in-b"}
    assert names(counted, "school") == {"in-a"}, "a part of a town does not count"
    assert names(counted, ELSEWHERE) == {"at-home", "everywhere"}
    assert names(counted, counted.whole) == {"in-a", "in-b", "evening", "noon", "rough", "at-home", "everywhere"}


def test_samples_pauses_and_ideas_are_counted_apart_and_what_has_ended_nowhere(counted: Coverages) -> None:
    city, north = counted.of("city", "belonging"), counted.of("north", "belonging")
    assert (city.paused, city.samples, [one.id for one in city.ideas]) == (1, 1, ["idea"])
    assert (north.paused, north.samples, [one.id for one in north.ideas]) == (0, 0, ["idea"])


def test_what_serves_a_larger_area_is_not_counted_while_it_pauses(tmp_path: Path) -> None:
    records = (resource(name, location=None, service_areas=["city"], status=status)
               for name, status in (("runs", "営業中"), ("asleep", "休止")))  # fmt: skip
    views = site_view(tmp_path, *records, areas__all={"records": AREAS}, site=SETTINGS)
    assert Coverages(views.directory, TODAY).of("south", "belonging").wider == 1


def test_people_are_the_sum_over_towns_and_what_one_town_does_not_tell_is_not_known(counted: Coverages) -> None:
    people = counted.people
    assert (people["north"].total.whole, people["north"].older, people["north"].age_85.whole) == (2000, 300, None)
    assert people["north"].first_day == date(2026, 4, 1)
    assert (people["south"].older, people["school"].older, people["school"].parts) == (450, 200, 1)
    assert (people["city"].older, people["city"].age_65.count, people["city"].age_65.unknown_towns) == (None, 750, 1)
    assert (people["empty"].older, people["empty"].total.whole, people["empty"].towns) == (None, None, 0)


def test_the_rate_is_per_thousand_older_people_and_missing_where_they_are_not_known(counted: Coverages) -> None:
    assert counted.of("north", "belonging").per_1000 == pytest.approx(2 / 300 * 1000)
    assert counted.of("north", "meals").per_1000 == pytest.approx(1 / 300 * 1000)
    assert counted.of("south", "meals").per_1000 == 0
    assert counted.of("city", "belonging").per_1000 is None
    assert counted.of("empty", "belonging").per_1000 is None
    assert not counted.of("north", "belonging").is_small


def test_a_distance_is_a_straight_line_from_the_middle_of_a_town_to_an_exact_place_that_people_go_to(
    counted: Coverages,
) -> None:
    north, south, city = (counted.of(one, "belonging") for one in ("north", "south", "city"))
    assert (north.near, north.far) == (Reach(300, 300), Reach(300, 300)), "b lies 300 m from in-b"
    assert south.near == Reach(400, 400, unknown=50), "evening lies in the middle of c; nobody knows where d is"
    assert city.near == Reach(700, 700, unknown=50, unknown_towns=1)
    assert city.near.share == 1
    assert south.without_place == 1, "rough is known to lie in its town, no more"


def test_of_a_need_without_any_place_no_distance_is_known(counted: Coverages) -> None:
    meals = counted.of("north", "meals")
    assert (meals.open, meals.without_place, meals.near, meals.near.share) == (1, 1, Reach(unknown=300), None)
    assert meals.nearest is None


def test_the_nearest_is_told_with_its_distance_and_the_town_that_it_is_near_to(counted: Coverages) -> None:
    found = counted.of("north", "belonging").nearest
    assert found
    assert (found.resource.id, round(found.metres), found.town.id) == ("in-a", 100, "a")
    lonely = counted.of(ELSEWHERE, "belonging").nearest
    assert lonely
    assert (lonely.resource.id, round(lonely.metres), lonely.town.id) == ("noon", 1000, "e")


def test_what_is_not_written_is_neither_yes_nor_no(counted: Coverages) -> None:
    city = counted.of("city", "belonging")
    assert city.off_hours == Answers(yes=2, no=1, unknown=4)
    assert city.free == Answers(yes=1, no=1, unknown=5), "要問合せ is not known"
    assert city.without_referral == Answers(yes=1, no=1, unknown=5)


def test_needs_that_must_stay_discreet_are_not_counted(counted: Coverages) -> None:
    assert "violence" not in {term.id for term in counted.needs}
    with pytest.raises(KeyError):
        counted.of("city", "violence")


def test_districts_and_what_lies_in_none_are_the_whole(counted: Coverages) -> None:
    districts = [area.id for area in counted.areas.values() if area.level == "district"]
    for term in counted.needs:
        whole = counted.of(counted.whole, term.id)
        assert sum(counted.of(one, term.id).here for one in (*districts, ELSEWHERE)) == whole.open == whole.here


def test_a_site_without_areas_knows_its_records_and_no_people(tmp_path: Path) -> None:
    found = Coverages(site_view(tmp_path / "site", resource("one")).directory, TODAY)
    assert (found.whole, found.of("", "belonging").open, found.of("", "belonging").per_1000) == ("", 1, None)
    assert found.of("", "belonging").near == Reach()


PLACES = st.tuples(st.floats(34.28, 34.34), st.floats(133.97, 134.03))


@settings(max_examples=25)
@given(old=st.lists(PLACES, max_size=4), new=PLACES, where=st.sampled_from(["a", "b", "c"]))
def test_a_new_resource_never_widens_a_gap(counted: Coverages, old: list, new: tuple, where: str) -> None:
    def placed(number: int, place: tuple[float, float]) -> Located[Resource]:
        known = next(one for one in counted.directory.placed if one.record.id == "in-a")
        address = {"address": f"高松市{TOWNS[where]}1-1", "lat": place[0], "lng": place[1]}
        location = known.record.location.model_copy(update=address)
        fields = {"id": f"x-{number}", "needs": ("meals",), "location": location}
        return replace(known, record=known.record.model_copy(update=fields))

    few = [placed(number, place) for number, place in enumerate(old)]
    before, after = (
        Coverages(replace(counted.directory, placed=tuple(found)), TODAY) for found in (few, [*few, placed(9, new)])
    )
    for area in ("north", "south", "ball", "school", "city"):
        was, now = before.of(area, "meals"), after.of(area, "meals")
        assert now.open >= was.open
        assert (now.per_1000 or 0) >= (was.per_1000 or 0)
        assert (now.near.share or 0) >= (was.near.share or 0)
        assert now.far.share >= max(now.near.share, was.far.share or 0)
        assert was.nearest is None or now.nearest.metres <= was.nearest.metres


def metres(lat: float, lng: float, other_lat: float, other_lng: float) -> float:
    """Return the great-circle distance (haversine), independent of what the program computes."""
    a = sin(radians(other_lat - lat) / 2) ** 2
    b = cos(radians(lat)) * cos(radians(other_lat)) * sin(radians(other_lng - lng) / 2) ** 2
    return 2 * 6_371_000 * asin(sqrt(a + b))


def test_the_numbers_of_the_real_city_are_those_of_a_plain_count() -> None:
    """Counted again without any index: every record, town and area is looked at in turn."""
    directory = demonstration().directory.visible_in("web", TODAY)
    found = Coverages(directory, TODAY)
    towns = [area for area in directory.areas.values() if area.level == "town"]
    districts = [area for area in directory.areas.values() if area.level == "district"]
    groups = {kind.id: directory.vocabularies["kind_group"][kind.group] for kind in directory.vocabularies["kind"]}
    for need in ("belonging", "advice", "shopping"):
        real = [
            one for one in directory.published
            if need in one.needs and one.stage == "existing" and one.status == "open" and not one.sample and not one.pause and not groups[one.kind].equipment
        ]  # fmt: skip
        places = [one.location for one in real if one.location and one.location.type == "physical" and one.location.lat and one.location.geo_precision != "town"]  # fmt: skip
        shortest = {town.id: min(metres(town.lat, town.lng, p.lat, p.lng) for p in places) for town in towns}
        lying = dict.fromkeys((d.id for d in districts), 0)
        for district in districts:
            inside = [town for town in towns if district.id in (town.parent, *(a.id for a in districts if town.id in a.towns))]  # fmt: skip
            cell, older = found.of(district.id, need), sum(town.population.age_65 for town in inside)
            for reach, limit in ((cell.near, NEAR), (cell.far, FAR)):
                assert reach == Reach(sum(t.population.age_65 for t in inside if shortest[t.id] <= limit), older)
            names = {town.id for town in inside}
            at = {one.id for one in real if (lies := directory.town_of(one)) and lies.id in names}
            served = {one.id for one in real if district.id in one.service_areas or names & set(one.service_areas)}
            assert {one.id for one in cell.records} == at | served
            assert cell.here == len(at)
            lying[district.id] = len(at)
        assert sum(lying.values()) + found.of(ELSEWHERE, need).here == len(real) == found.of(found.whole, need).open
