"""`tsunagite areas districts`: a table of towns and districts becomes layers; every wrong row is told at once, and nothing is written then."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.small_site import TODAY, resource

from tsunagite.check.load import load
from tsunagite.findings import has_errors
from tsunagite.site.view import SiteView
from tsunagite.text.town_lists import find_towns, towns_in
from tsunagite.text.towns import town_key

Run = Callable[..., Any]

TOWNS = {"sakura": "桜町", "asahi-1": "朝日町一丁目", "asahi-2": "朝日町二丁目", "hama": "浜町", "yama": "大字山谷"}
KEYS = {town_key(name) for name in TOWNS.values()}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Return a site of five towns, a derived district, and a club in 桜町."""
    root = tmp_path / "site"
    (root / "resources/areas").mkdir(parents=True)
    (root / "resources/clubs").mkdir()
    (root / "mkdocs.yml").write_text("site_name: x\n", encoding="utf-8")
    write(root / "resources/site.yml", {"municipality": "見本市", "prefecture": "見本県", "area": "mihon"})
    write(root / "resources/areas/mihon.yml", {"id": "mihon", "name": "見本市", "level": "市", "lg_code": "999999"})
    write(root / "resources/areas/districts.yml", {"records": [{"id": "kita", "name": "北", "level": "地区", "parent": "mihon", "body": "北の会"}]})
    towns = [{"id": key, "name": name, "level": "町字", "parent": "kita" if key == "hama" else "mihon", **({"basis": "derived"} if key == "hama" else {})} for key, name in TOWNS.items()]
    write(root / "resources/areas/towns.yml", {"records": towns})
    write(root / "resources/clubs/aozora.yml", resource("aozora", location={"address": "見本市桜町1-2"}))
    return root


def write(path: Path, value: dict[str, Any]) -> None:
    path.write_text(yaml.safe_dump(value, allow_unicode=True, sort_keys=False), encoding="utf-8")


def table(site: Path, *rows: str, encoding: str = "cp932") -> Path:
    path = site.parent / "町の表.csv"
    path.write_text("\n".join(rows) + "\n", encoding=encoding)
    return path


def records(site: Path, name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load((site / f"resources/areas/{name}.yml").read_text(encoding="utf-8"))["records"]
    return found


def view(site: Path) -> SiteView:
    loaded = load(site, TODAY)
    assert not has_errors(loaded.findings), loaded.findings
    return SiteView.of(loaded.directory, TODAY)


def test_several_layers_are_read_from_one_table_and_shown_beside_the_districts(site: Path, tsunagite: Run) -> None:
    path = table(site, "町名,中学校区,日常生活圏域,備考", "桜町,ひがし中,東圏域,", "朝日町,ひがし中,東圏域,", "浜町の一部,ひがし中,西圏域,", "浜町の一部,にし中,西圏域,")
    done = tsunagite("areas", "districts", path, "--root", site)
    assert done.code == 0, done.err
    assert "中学校区: 2（まるごと入る町字 3、一部だけ入る町字 1）" in done.out
    assert "中学校区のわからない町字 1（どこにも入れていません）: 大字山谷" in done.out
    assert records(site, "chugakkoku") == [
        {"id": "chugakkoku-1", "name": "ひがし中", "level": "ほかの区分", "layer": "中学校区", "parent": "mihon", "towns": ["asahi-1", "asahi-2", "sakura"], "parts_of": ["hama"]},
        {"id": "chugakkoku-2", "name": "にし中", "level": "ほかの区分", "layer": "中学校区", "parent": "mihon", "parts_of": ["hama"]},
    ]
    assert [(one["name"], one["level"], one.get("layer")) for one in records(site, "spheres")] == [("東圏域", "日常生活圏域", None), ("西圏域", "日常生活圏域", None)]
    shown = view(site)
    directory = shown.directory
    assert [area.id for area in directory.lineage("sakura")] == ["sakura", "chugakkoku-1", "spheres-1", "mihon"]
    assert [area.id for area in directory.lineage("hama")] == ["hama", "kita", "mihon"], "a part of a town is not the town"
    pages = {page.path: page for page in shown.lists.pages()}
    assert [(fact.label, fact.text) for fact in pages["areas/chugakkoku-1/"].facts] == [("町", "朝日町一丁目、朝日町二丁目、桜町"), ("一部だけがふくまれる町", "浜町"), ("日常生活圏域", "東圏域")]
    assert pages["areas/chugakkoku-1/"].total == 1
    again = tsunagite("areas", "districts", path, "--root", site)
    assert again.code == 0
    assert [one["id"] for one in records(site, "chugakkoku")] == ["chugakkoku-1", "chugakkoku-2"]


def test_a_table_of_districts_is_surer_than_what_was_derived_and_keeps_what_people_wrote(site: Path, tsunagite: Run) -> None:
    path = table(site, "町,地区", "桜町,北地区", "浜町,みなみ", "大字山谷,みなみ")
    assert tsunagite("areas", "districts", path, "--root", site, "--layer", "地区").code == 0
    kita, minami = records(site, "districts")
    assert (kita["id"], kita["body"], kita["towns"]) == ("kita", "北の会", ["sakura"])
    assert (minami["id"], minami["level"], minami["towns"]) == ("districts-minami", "地区", ["hama", "yama"])
    shown = view(site)
    assert (shown.directory.areas["hama"].parent, shown.directory.areas["hama"].basis) == ("districts-minami", "official")
    assert {page.path: page for page in shown.lists.pages()}["areas/kita/"].total == 1


def test_every_row_that_is_wrong_is_told_at_once_and_nothing_is_written(site: Path, tsunagite: Run) -> None:
    before = {path: path.read_bytes() for path in site.rglob("*.yml")}
    path = table(site, "町,中学校区", "さくら町,A", "桜町,A", "桜町,B", ",A")
    done = tsunagite("areas", "districts", path, "--root", site)
    assert done.code == 1
    assert "2行目: 「さくら町」という町字は、サイトにありません" in done.err
    assert "5行目: 「（空）」" in done.err
    done = tsunagite("areas", "districts", table(site, "町,中学校区", "桜町,A", "桜町,B"), "--root", site)
    assert "桜町が、中学校区の二つ以上に入っています（2行目はA、3行目はB）" in done.err
    done = tsunagite("areas", "districts", table(site, "桜町,A", "浜町,B"), "--root", site)
    assert "はじめの行が見出しではなく" in done.err
    assert {path: path.read_bytes() for path in site.rglob("*.yml")} == before


def test_the_standard_form_of_school_districts_becomes_the_layer_of_lower_secondary_schools_by_itself(site: Path, tsunagite: Run) -> None:
    header = "学校ID,学校名称,学校名称_カナ,通学区域の住所,特記事項"
    path = table(site, header, "1,桜小学校,サクラショウガッコウ,桜町,", "2,東中学校,ヒガシチュウガッコウ,桜町;朝日町一丁目から二丁目まで;浜町（沖を除く。）;むかし町,", encoding="utf-8-sig")
    done = tsunagite("areas", "districts", path, "--root", site)
    assert done.code == 0, done.err
    [east] = records(site, "chugakkoku")
    assert (east["name"], east["name_kana"], east["towns"], east["parts_of"]) == ("東中学校区", "ひがしちゅうがっこうく", ["asahi-1", "asahi-2", "sakura"], ["hama"])
    assert "読めなかったことば 1: むかし町" in done.out
    assert tsunagite("areas", "districts", path, "--root", site, "--layer", "小学校区").code == 0
    assert [one["name"] for one in records(site, "shogakkoku")] == ["桜小学校区"]


@pytest.mark.parametrize(("written", "whole", "parts", "unknown"), [
    ("桜町;浜町", ["桜町", "浜町"], [], []),
    ("朝日町一丁目から二丁目まで", ["朝日町1丁目", "朝日町2丁目"], [], []),
    ("浜町（沖側を除く。）;桜町のうち北", [], ["浜町", "桜町"], []),
    ("桜町、浜町", ["桜町", "浜町"], [], []),
    ("朝日町二丁目8番、9番、13番38号及び21番;山谷", ["大字山谷"], ["朝日町2丁目"], []),
    ("通1区から通2区まで全区", [], [], ["通1区", "通2区"]),
])  # fmt: skip
def test_towns_written_in_the_ways_of_real_tables_are_read(written: str, whole: list[str], parts: list[str], unknown: list[str]) -> None:
    found = towns_in(written, KEYS)
    assert (found.whole, found.parts, found.unknown) == (whole, parts, unknown)


def test_the_name_of_a_divided_town_means_all_of_it() -> None:
    assert (sorted(find_towns("朝日町", KEYS)[0]), find_towns("朝日町", KEYS)[1]) == (["朝日町1丁目", "朝日町2丁目"], False)
    assert find_towns("浜町の一部", KEYS) == (("浜町",), True)
    assert find_towns("浜", KEYS) == ((), False)
