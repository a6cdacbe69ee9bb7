"""What is imported does not depend on when: twice is once, one by one is all together, and every row is told."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tsunagite.importing.detect.intake import Said
from tsunagite.importing.report.entries import as_json
from tsunagite.importing.report.report import ImportReport, lines
from tsunagite.importing.run import Options, import_sources
from tsunagite.records.yaml.reader import read_file

pytestmark = pytest.mark.usefixtures("no_dictionary")

SAID = Said(date(2026, 11, 24), owner="見本市")
SCHOOLS = "名称,名称_カナ,住所,電話番号,団体名,利用可能曜日,説明\n見本小学校,ミホンショウガッコウ,見本市本町1-1,087-839-2801,,,\n東公民館,ヒガシコウミンカン,見本市東町2-2,087-839-2802,,,\n"
AEDS = "名称,住所,設置位置\n見本小学校,見本市本町1-1,玄関\n西交番,見本市西町9,入口\n"
SHELTERS = (
    "ID,名称,住所,災害種別_洪水,災害種別_地震\ns1,見本小学校体育館,見本市本町1-1,1,1\ns2,東公民館,見本市東町2-2,,1\n"
)
LISTS = {"facility.csv": SCHOOLS, "shelter.csv": SHELTERS, "aed.csv": AEDS}


def take(site: Path, **contents: str) -> ImportReport:
    (site / "resources").mkdir(parents=True, exist_ok=True)
    paths = [site.parent / f"{name}.csv" for name in contents]
    for path, content in zip(paths, contents.values(), strict=True):
        path.write_text(content, encoding="utf-8")
    return import_sources(site, paths, Options(said=SAID))


def state(site: Path) -> dict[str, bytes]:
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in (site / "resources").rglob("*")
        if path.is_file()
    }


def test_lists_one_by_one_give_byte_for_byte_what_all_together_give(tmp_path: Path) -> None:
    together, single = tmp_path / "a/site", tmp_path / "b/site"
    take(together, facility=SCHOOLS, shelter=SHELTERS, aed=AEDS)
    for order in (("facility", "shelter", "aed"), ("facility", "aed", "shelter")):
        shutil.rmtree(single.parent, ignore_errors=True)
        reports = [take(single, **{name: LISTS[f"{name}.csv"]}) for name in order]
        assert state(single) == state(together), order
        assert all(one.is_accounted_for for report in reports for one in report.lists)


# One invented town: a school, two halls, a day service and a park, each in two to four of five lists; one pair is doubtful.
TOWN = {
    "facility": "ID,名称,名称_カナ,住所,電話番号,団体名,利用可能曜日,説明,緯度,経度\nf1,見本小学校,ミホンショウガッコウ,見本市本町1-1,087-839-2801,,,,34.30,134.01\n"
    "f2,東公民館,ヒガシコウミンカン,見本市東町2-2,087-839-2802,,,,34.31,134.02\nf3,さくら会館,サクラカイカン,見本市西町3-3,,,,,34.32,134.03\n"
    "f4,みどりデイサービス,,見本市南町4-4,087-839-2804,,,,34.33,134.04\n",
    "aed": "名称,住所,設置位置,緯度,経度\n見本小学校,見本市本町1-1,玄関,34.30,134.01\n西交番,見本市西町9,入口,34.35,134.05\nさくら会館,見本市西町3-3,1階ロビー,34.32,134.03\n"
    "東公民館,見本市東町2-2,事務室,34.31,134.02\nみどりデイサービス南,見本市南町4-4,受付,34.33,134.04\n",
    "公衆無線LAN一覧": "ID,名称,住所,電話番号,団体名,利用可能曜日,説明,緯度,経度\nw1,東公民館,見本市東町2-2,087-839-0000,,,Mihon_Free,34.31,134.02\n"
    "w2,さくら会館,見本市西町3-3,087-839-0000,,,Mihon_Free,34.32,134.03\nw3,中央公園,見本市中町5,087-839-0000,,,Mihon_Free,34.36,134.06\n",
    "care": "事業所番号,介護サービス事業所名称,介護サービス事業所名称_カナ,住所,電話番号,実施サービス,緯度,経度\n3770100011,みどりデイサービス,ミドリデイサービス,見本市南町4-4,087-839-2804,通所介護,34.33,134.04\n"
    "3770100011,みどりデイサービス,ミドリデイサービス,見本市南町4-4,087-839-2804,訪問介護,34.33,134.04\n3770100029,さくら会館デイ,サクラカイカンデイ,見本市西町3-3,087-839-2803,通所介護,34.32,134.03\n",
    "shelter": "ID,名称,住所,災害種別_洪水,災害種別_地震,緯度,経度\ns1,見本小学校体育館,見本市本町1-1,1,1,34.30,134.01\ns2,東公民館,見本市東町2-2,,1,34.31,134.02\ns3,中央公園,見本市中町5,1,1,34.36,134.06\n",
}
# Every list comes first, last, and before and after every other one.
ORDERS = ("facility aed 公衆無線LAN一覧 care shelter", "shelter 公衆無線LAN一覧 aed facility care", "aed shelter care 公衆無線LAN一覧 facility",
          "公衆無線LAN一覧 care facility shelter aed", "care facility shelter aed 公衆無線LAN一覧", "aed 公衆無線LAN一覧 shelter facility care")  # fmt: skip


def test_overlapping_lists_give_the_same_files_in_any_order(tmp_path: Path) -> None:
    together, single = tmp_path / "a/site", tmp_path / "b/site"
    take(together, **TOWN)
    expected = state(together)
    names = sorted(
        read_file(path, "").value["name"]
        for path in together.glob("resources/*/*.yml")
        if path.parent.name != "sources"
    )
    assert names == [
        "さくら会館",
        "さくら会館デイ",
        "みどりデイサービス",
        "みどりデイサービス南",
        "中央公園",
        "東公民館",
        "西交番",
        "見本小学校",
    ]
    for order in ORDERS:
        shutil.rmtree(single.parent, ignore_errors=True)
        reports = [take(single, **{name: TOWN[name]}) for name in order.split()]
        assert {name for name, text in state(single).items() if expected.get(name) != text} == set(), order
        assert expected.keys() == state(single).keys(), order
        assert all(one.is_accounted_for for report in reports for one in report.lists)
    before = state(single)
    take(single, **TOWN)
    assert state(single) == before


@pytest.mark.parametrize("why", ["edited", "referred to"])
def test_a_record_that_people_edited_or_refer_to_stays_when_its_row_joins_a_new_one(tmp_path: Path, why: str) -> None:
    site = tmp_path / "site"
    take(site, aed=TOWN["aed"])
    [school] = [
        path for path in site.glob("resources/*/*.yml") if read_file(path, "").value.get("name") == "見本小学校"
    ]
    if why == "edited":
        school.write_text(school.read_text(encoding="utf-8") + "memo: 鍵は事務室\n", encoding="utf-8")
    else:
        (site / "content").mkdir()
        (site / "content/guide.md").write_text(f"AED は [[{school.stem}]] に。\n", encoding="utf-8")
    text = school.read_bytes()
    report = take(site, facility=TOWN["facility"])
    assert school.read_bytes() == text
    assert {one.name for listed in report.lists if listed.plan for one in listed.plan.joined} == {
        "さくら会館",
        "東公民館",
    }
    assert f"{school.stem}（見本小学校）" not in "\n".join(lines(report))
    again = take(site, aed=TOWN["aed"])
    assert [(one.name, one.into) for listed in again.lists if listed.plan for one in listed.plan.gone] == [
        ("見本小学校", "facility-f1")
    ]
    assert school.read_bytes() == text


def test_a_row_merged_into_a_record_of_an_earlier_command_is_written_and_told(tmp_path: Path) -> None:
    site = tmp_path / "site"
    take(site, facility=SCHOOLS)
    report = take(site, aed=AEDS)
    [school] = [
        value
        for path in site.glob("resources/*/*.yml")
        if (value := read_file(path, "").value).get("name") == "見本小学校"
    ]
    assert school["attributes"] == {"AED": "設置場所 玄関"}
    assert [row["source"] for row in school["sources"]] == ["facility", "aed"]
    own, other = report.lists
    assert own.plan is not None
    assert other.plan is not None
    assert ([row.into for row in own.plan.merged], [update.id for update in other.plan.changed]) == (
        [school["id"]],
        [school["id"]],
    )
    rows = json.loads(as_json(report))["rows"]
    assert {(row["list"], row["row"], row["fate"]) for row in rows} >= {
        ("aed", 2, "merged"),
        ("aed", 3, "new"),
        ("facility", 2, "updated"),
    }


def test_a_row_that_leaves_its_list_leaves_the_record_too(tmp_path: Path) -> None:
    site = tmp_path / "site"
    aeds = AEDS + "".join(f"店{n},見本市南町{n}-1,入口\n" for n in range(1, 4))
    take(site, facility=SCHOOLS, aed=aeds)
    take(site, aed=aeds.replace("見本小学校,見本市本町1-1,玄関\n", "南会館,見本市南町4,玄関\n"))
    [school] = [
        value
        for path in site.glob("resources/*/*.yml")
        if (value := read_file(path, "").value).get("name") == "見本小学校"
    ]
    assert ("attributes" in school, [row["source"] for row in school["sources"]]) == (False, ["facility"])


WORDS = st.sampled_from(["見本小学校", "東公民館", "さくら会館", "みどり医院", "会館", "第2集会所", ""])
CELL_NAMES = ("number", "name", "reading", "address", "telephone")
CELLS = st.tuples(
    st.sampled_from(["1", "2", "3", "A-1", "医-1", "歯-1", ""]),
    WORDS,
    st.sampled_from(["ミホン", "サクラカイカン", "", "???"]),
    st.sampled_from(["見本市本町1-1", "見本市東町2-2", "見本県見本市西町3", "ほか市本町1", ""]),
    st.sampled_from(["087-839-2801", "087-839-2802", "839-2803", "-", ""]),
)
FORMS: dict[str, str] = {
    "facility": "ID,名称,名称_カナ,住所,電話番号,団体名,利用可能曜日,説明",
    "care": "事業所番号,介護サービス事業所名称,介護サービス事業所名称_カナ,住所,電話番号,実施サービス",
    "aed": "NO,名称,名称_カナ,住所,電話番号,設置位置",
}


NO_ENTRIES = {"header": lambda form: form, "total": lambda form: "合計,12" + "," * (form.count(",") - 1), "note": lambda form: "※ 電話は平日のみ" + "," * form.count(","),
              "end": lambda form: "以下余白" + "," * form.count(","), "blank": lambda form: "," * form.count(","), "long": lambda form: f"{form},x", "short": lambda _form: "x,y"}  # fmt: skip


def table_text(form: str, rows: list[tuple[str, ...] | str]) -> str:
    """Write rows of cells, and rows that are no entries by their name, below the header of a form."""
    more = FORMS[form].count(",") + 1 - len(CELL_NAMES)
    return (
        "\n".join(
            (
                FORMS[form],
                *(
                    NO_ENTRIES[row](FORMS[form]) if isinstance(row, str) else ",".join((*row, *["x"] * more))
                    for row in rows
                ),
            )
        )
        + "\n"
    )


@settings(max_examples=20)
@given(
    form=st.sampled_from(sorted(FORMS)),
    rows=st.lists(CELLS | st.sampled_from(sorted(NO_ENTRIES)), min_size=1, max_size=9),
    next_rows=st.lists(CELLS, max_size=3),
)
def test_rows_in_are_rows_told_and_twice_is_once(
    tmp_path_factory: Any, form: str, rows: list[tuple[str, ...] | str], next_rows: list[tuple[str, ...]]
) -> None:
    site = tmp_path_factory.mktemp("site") / "site"
    text = table_text(form, rows)
    report = take(site, list=text)
    if not all(one.plan for one in report.lists):
        return  # refused as a whole, with its reason
    every_row_is_told_once(report)
    told = {row["row"]: row["fate"] for row in json.loads(as_json(report))["rows"] if row["row"]}
    for number, row in enumerate(rows, start=2):
        if row in ("header", "total", "note", "end", "blank", "long"):
            assert told[number] == "dropped", (row, told)
    before = state(site)
    again = take(site, list=text)
    assert state(site) == before, again
    if all(one.plan for one in again.lists):  # else asked which list it is: no row of it is known
        every_row_is_told_once(again)
    later = take(site, list=table_text(form, [*rows[1:], *next_rows]))  # the next edition: rows left, changed, new
    if all(one.plan for one in later.lists):
        every_row_is_told_once(later)


def every_row_is_told_once(report: ImportReport) -> None:
    told = [row for row in json.loads(as_json(report))["rows"] if row["row"]]
    for one in report.lists:
        assert one.is_accounted_for
        fates: dict[int, set[str]] = {}
        for row in told:
            if row["list"] == one.source_id:
                fates.setdefault(row["row"], set()).add(row["fate"])
        assert fates.keys() == set(range(2, 2 + one.rows_read))
        assert all(len(found) == 1 for found in fates.values()), fates
