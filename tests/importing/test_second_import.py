"""A list a second time: no edit is lost, every change is listed, rows keep their records though they are numbered anew."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tsunagite.importing.draft import Take
from tsunagite.importing.report.report import ImportReport, diff, lines
from tsunagite.importing.run import Options, import_sources, write_answers
from tsunagite.records.yaml.reader import read_file
from tsunagite.records.yaml.rewrite import rewritten

pytestmark = pytest.mark.usefixtures("no_dictionary")

ROOT = Path(__file__).resolve().parent.parent.parent
DESCRIPTION = """\
id: salon-list
name: サロン一覧
owner: 見本市
licence: CC BY 4.0
credit: 見本市
data_date: 2026-09-01
file: files/salon.csv
into: clubs
id_rule: {prefix: salon, number: 番号}
columns: {名称: name, 住所: location.address, 電話: phones, 定員: capacity}
constants: {kind: 通いの場・サロン}
"""
HEADER = "番号,名称,住所,電話,定員\n"
LIST = HEADER + "1,さくら,本町1,087-000-0001,10\n2,もも,東町2,087-000-0002,20\n3,うめ,西町3,087-000-0003,30\n"
FILE, CONFLICTS = "resources/sources/files/salon.csv", "resources/sources/conflicts.yml"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site that has imported LIST."""
    write(tmp_path, "resources/sources/salon-list.yml", DESCRIPTION)
    write(tmp_path, FILE, LIST)
    assert run(tmp_path).exit_code == 0
    return tmp_path


def write(root: Path, name: str, text: str) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")


def run(root: Path, text: str = "", **options: Any) -> ImportReport:
    if text:
        write(root, FILE, text)
    return import_sources(root, [], Options(**options))


def record(root: Path, record_id: str) -> dict[str, Any]:
    value: dict[str, Any] = read_file(root / f"resources/clubs/{record_id}.yml", "").value
    return value


def edit(root: Path, record_id: str, old: str, new: str) -> None:
    path = root / f"resources/clubs/{record_id}.yml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def said(report: ImportReport, words: str) -> list[str]:
    return [line for line in lines(report) if words in line]


def test_a_change_of_the_list_is_taken_and_an_edit_stays_with_its_comment(site: Path) -> None:
    edit(site, "salon-1", "capacity: 10", "capacity: 12  # 電話で聞いた\nmemo: 駐車場なし")
    report = run(site, LIST.replace("本町1", "本町1-9"))
    text = (site / "resources/clubs/salon-1.yml").read_text(encoding="utf-8")
    assert "address: 本町1-9\n" in text
    assert "capacity: 12  # 電話で聞いた\nmemo: 駐車場なし\n" in text
    assert said(report, "一覧に合わせます") == ["  2行（salon-1 さくら）を一覧に合わせます: 場所の住所 本町1 → 本町1-9"]
    assert run(site).files == 0


def test_a_dry_run_shows_the_diff_and_writes_nothing(site: Path) -> None:
    before = {path: path.read_bytes() for path in site.rglob("*.yml")}
    report = run(site, LIST.replace("本町1", "本町1-9") + "4,ゆり,南町4,,\n", dry_run=True)
    text = "\n".join(diff(report))
    assert "--- a/resources/clubs/salon-1.yml\n+++ b/resources/clubs/salon-1.yml" in text
    assert "-  address: 本町1\n+  address: 本町1-9" in text
    assert "--- /dev/null\n+++ b/resources/clubs/salon-4.yml" in text
    assert {path: path.read_bytes() for path in site.rglob("*.yml")} == before


@pytest.mark.parametrize("way", ["flag", "file", "hand"])
@pytest.mark.parametrize("take", list(Take))
def test_a_conflict_waits_for_a_person_and_ends_with_the_answer(site: Path, way: str, take: Take) -> None:
    edit(site, "salon-1", "capacity: 10", "capacity: 12")
    theirs = LIST.replace(",10\n", ",15\n")
    for _ in range(2):
        report = run(site, theirs)
        [line] = said(report, "記録も一覧も変わっています")
        assert "（capacity）: 記録「12」、一覧「15」、前の一覧「10」" in line
        assert record(site, "salon-1")["capacity"] == 12
    if way == "hand":
        edit(site, "salon-1", "capacity: 12", "capacity: 15")
        run(site)
    elif way == "flag":
        run(site, take=take)
    else:
        text = (site / CONFLICTS).read_text(encoding="utf-8")
        assert "take: null" in text
        write(site, CONFLICTS, text.replace("take: null", "take: " + {"list": "一覧", "record": "記録"}[take]))
        run(site)
    assert record(site, "salon-1")["capacity"] == (15 if take is Take.LIST or way == "hand" else 12)
    assert not (site / CONFLICTS).exists()
    assert run(site).files == 0


def test_a_wrong_answer_is_reported_at_its_line_and_nothing_of_it_is_lost(site: Path) -> None:
    edit(site, "salon-1", "capacity: 10", "capacity: 12")
    run(site, LIST.replace(",10\n", ",15\n"))
    text = (site / CONFLICTS).read_text(encoding="utf-8").replace("take: null", "take: どちらでも")
    write(site, CONFLICTS, text)
    report = run(site)
    assert ([found.code for found in report.findings], report.exit_code) == (["I173"], 1)
    assert (site / CONFLICTS).read_text(encoding="utf-8") == text


def test_a_row_that_is_gone_is_proposed_to_close_and_comes_back(site: Path) -> None:
    without = LIST.replace("2,もも,東町2,087-000-0002,20\n", "")
    report = run(site, without)
    assert said(report, "一覧からなくなりました。終わったのなら status: 終了、closed_date: 2026-09-01 にします")
    assert "status" not in record(site, "salon-2")
    run(site, close_gone=True)
    assert (record(site, "salon-2")["status"], record(site, "salon-2")["closed_date"]) == ("終了", "2026-09-01")
    assert run(site).files == 0
    report = run(site, LIST)
    assert "status" not in record(site, "salon-2")
    assert said(report, "状態 終了 → （なし）")


def test_what_people_said_of_a_gone_record_stays(site: Path) -> None:
    edit(site, "salon-2", "capacity: 20", "capacity: 20\nstatus: 休止\nclosed_date: 2026-08-01")
    report = run(site, LIST.replace("2,もも,東町2,087-000-0002,20\n", ""), close_gone=True)
    assert record(site, "salon-2")["status"] == "休止"
    assert said(report, "一覧からなくなり") == []


def test_a_deleted_record_is_not_made_again(site: Path) -> None:
    (site / "resources/clubs/salon-2.yml").unlink()
    report = run(site, LIST.replace("東町2", "東町9"))
    assert not (site / "resources/clubs/salon-2.yml").exists()
    assert said(report, "記録が消されているので")
    assert report.exit_code == 0


def test_a_row_put_in_between_renumbers_nothing(site: Path) -> None:
    moved = (
        HEADER
        + "1,あやめ,北町9,087-000-0009,5\n2,さくら,本町1,087-000-0001,10\n3,もも,東町2,087-000-0002,20\n4,うめ,西町3,087-000-0003,30\n"
    )
    report = run(site, moved)
    assert [record(site, f"salon-{number}")["name"] for number in (1, 2, 3)] == ["さくら", "もも", "うめ"]
    assert record(site, "salon-1-2")["name"] == "あやめ"
    plan = report.lists[0].plan
    assert plan is not None
    assert [one.id for one in plan.new] == ["salon-1-2"]
    assert [name for name in plan.files if name.startswith("resources/clubs/")] == ["resources/clubs/salon-1-2.yml"], (
        "the number is no part of a record"
    )
    assert record(site, "salon-3")["sources"] == [{"source": "salon-list"}]
    assert run(site).files == 0


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ("7,うめ（西町サロン）,西町3,087-000-0003,30\n", "named a little differently, numbered anew, same place"),
        ("9,うめ,南町8,087-000-0003,30\n", "moved and numbered anew, same name and telephone"),
        ("3,うめ,南町8,087-000-0099,30\n", "moved with a new telephone, same number and name"),
        ("3,旧うめサロン会館,西町3,087-000-0003,30\n", "renamed, same number, place and telephone"),
    ],
)
def test_a_row_is_known_again(site: Path, row: str, what: str) -> None:
    run(site, LIST.replace("3,うめ,西町3,087-000-0003,30\n", row))
    assert record(site, "salon-3")["name"] == row.split(",")[1], what
    assert not (site / "resources/clubs/salon-7.yml").exists()


def test_two_classes_with_one_telephone_keep_their_records_when_the_list_is_numbered_anew(site: Path) -> None:
    head = HEADER + "1,さくら,本町1,087-000-0001,10\n"
    run(site, head + "2,なかよし（第１）,東町1,087-000-0002,70\n3,なかよし（第２）,東町31,087-000-0002,22\n")
    before = {name: record_id for record_id in ("salon-2-2", "salon-3-2") for name in [record(site, record_id)["name"]]}
    run(
        site,
        HEADER
        + "1,なかよし（第１）,東町1,087-000-0002,70\n2,なかよし（第２）,東町31,087-000-0002,22\n3,なかよし（第３）,東町9,087-000-0002,30\n",
    )
    assert {name: record(site, record_id)["name"] for name, record_id in before.items()} == {
        name: name for name in before
    }
    assert {record(site, record_id)["capacity"] for record_id in before.values()} == {70, 22}


def test_a_place_that_moved_and_has_a_word_more_in_its_name_is_asked_by_its_telephone(site: Path) -> None:
    run(
        site,
        HEADER
        + "1,見本ファミリー歯科医院,本町812,087-000-0001,\n2,もも,東町2,087-000-0002,20\n3,うめ,西町3,087-000-0003,30\n",
    )
    moved = (
        HEADER
        + "2,もも,東町2,087-000-0002,20\n3,うめ,西町3,087-000-0003,30\n9,見本ファミリー歯科矯正歯科医院,南町1393,087-000-0001,\n"
    )
    report = run(site, moved, close_gone=True)
    assert said(report, "（見本ファミリー歯科矯正歯科医院）は salon-1-2（見本ファミリー歯科医院）かもしれません")
    assert "status" not in record(site, "salon-1-2")


def test_a_place_the_list_called_paused_is_closed_when_its_row_is_gone(site: Path) -> None:
    run(site, LIST.replace("もも", "もも（休止中）"))
    assert record(site, "salon-2")["status"] == "休止"
    run(site, LIST.replace("2,もも,東町2,087-000-0002,20\n", ""), close_gone=True)
    assert record(site, "salon-2")["status"] == "終了"


@pytest.mark.parametrize(("remark", "status"), [("休止中", "休止"), ("廃止", "終了"), ("プールは休止中", None)])
def test_a_remark_that_a_place_is_paused_or_gone_is_its_status_and_a_later_list_opens_it_again(
    site: Path, remark: str, status: str | None
) -> None:
    plain, remarked = (
        "".join(line + ("" if not at else f",{said}") + "\n" for at, line in enumerate(LIST.splitlines())).replace(
            HEADER.strip(), HEADER.strip() + ",備考"
        )
        for said in ("", remark)
    )
    columns = DESCRIPTION.replace("定員: capacity}", "定員: capacity, 備考: attributes.備考}")
    write(site, "resources/sources/salon-list.yml", columns)
    run(site, remarked)
    assert record(site, "salon-2").get("status") == status
    run(site, plain)
    assert "status" not in record(site, "salon-2")


def test_a_row_that_a_map_tool_named_is_no_record(site: Path) -> None:
    report = run(site, LIST + "4,新規マップピン,,,\n")
    assert said(report, "5行（新規マップピン）を除きました: 道具や試しの人が付けた仮の名前です")


def test_a_row_that_may_be_a_known_one_is_asked(site: Path) -> None:
    other = LIST.replace("3,うめ,西町3,087-000-0003,30\n", "3,健康教室,西町3,087-000-0088,30\n")
    report = run(site, other)
    assert said(report, "4行（健康教室）は salon-3（うめ）かもしれません。決まるまで何もしません")
    assert (record(site, "salon-3")["name"], report.exit_code) == ("うめ", 0)
    [pair] = report.doubts
    write_answers(site, {pair: False})
    run(site)
    assert record(site, "salon-3-2")["name"] == "健康教室"
    assert record(site, "salon-3")["name"] == "うめ"


def test_the_answer_yes_makes_it_the_known_record(site: Path) -> None:
    other = LIST.replace("3,うめ,西町3,087-000-0003,30\n", "3,健康教室,西町3,087-000-0088,30\n")
    report = run(site, other)
    write_answers(site, dict.fromkeys(report.doubts, True))
    run(site)
    assert record(site, "salon-3")["name"] == "健康教室"


def test_a_record_that_cannot_be_read_is_left_and_reported(site: Path) -> None:
    write(site, "resources/clubs/salon-1.yml", "id: salon-1\nname: [\n")
    report = run(site, LIST.replace("本町1", "本町1-9"))
    assert said(report, "I171")
    assert (site / "resources/clubs/salon-1.yml").read_text(encoding="utf-8") == "id: salon-1\nname: [\n"


# The proof: four lists of 高松市 of 2024, fifty edits by hand, and what the city put in their place in 2026.

LISTS = {
    "takamatsu-group-home": ("group_home", "care"),
    "takamatsu-elderly-facility": ("elderly_welfare_facility", "care"),
    "takamatsu-support-center": ("regional_comprehensive_support_center", "consultation"),
    "takamatsu-children-club": ("children_club", "children"),
}
EDITS: tuple[Callable[[dict[str, Any]], dict[str, Any]], ...] = (
    lambda data: {**data, "memo": "見学に行った。入口に段が二つ"},
    lambda data: {**data, "summary": "電話をすると、家まで迎えに来てくれる所。"},
    lambda data: {**data, "needs": [*data["needs"], "体を動かす"]},
    lambda data: {**data, "attributes": {**data.get("attributes", {}), "駐車場": "3台"}},
    lambda data: {**data, "verified_on": "2026-10-01", "verified_by": "社会福祉協議会", "verify_method": "電話"},
    lambda data: (
        {**data, "phones": [{**data["phones"][0], "label": "受付"}, *data["phones"][1:]]}
        if "phones" in data
        else {**data, "memo": "電話なし"}
    ),
    lambda data: {key: value for key, value in data.items() if key != "url"} | {"contact_note": "電話で聞いてください"},
    lambda data: {**data, "capacity": 99},
    lambda data: {**data, "location": {**data["location"], "directions": "バス停のとなり"}},
    lambda data: {**data, "name": data["name"] + "（通称 つなぎ）"},
)


@pytest.fixture(scope="module")
def takamatsu(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with the four lists of 2024, fifty of its records edited by hand, each with a comment."""
    root = tmp_path_factory.mktemp("second") / "site"
    for source_id, (file, _) in LISTS.items():
        (root / "resources/sources/files").mkdir(parents=True, exist_ok=True)
        described = (
            (ROOT / f"resources/sources/{source_id}.yml")
            .read_text(encoding="utf-8")
            .replace(f"{file}.xlsx", f"{file}.csv")
        )
        described = re.sub("(?m)^data_date: .*$", "data_date: 2024-09-01", described)
        (root / f"resources/sources/{source_id}.yml").write_text(described, encoding="utf-8")
        shutil.copy(ROOT / f"tests/importing/files/takamatsu_2024/{file}.csv", root / "resources/sources/files")
    assert import_sources(root, []).exit_code == 0
    return root


def records_of(root: Path) -> dict[str, Path]:
    return {path.stem: path for path in sorted(root.glob("resources/*/*.yml")) if "sources" not in path.parts}


def leaves(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, (*path, key))
    else:
        yield path, value


def test_two_years_later_no_edit_is_lost_and_every_change_is_listed(takamatsu: Path) -> None:
    before = {record_id: read_file(path, "").value for record_id, path in records_of(takamatsu).items()}
    chosen = sorted(before)[:: len(before) // 50][:50]
    edited = {}
    for number, record_id in enumerate(chosen):
        path = records_of(takamatsu)[record_id]
        edited[record_id] = EDITS[number % len(EDITS)](before[record_id])
        text = rewritten(path.read_text(encoding="utf-8"), edited[record_id])
        path.write_text(f"# {record_id} を直した人の覚え書き\n" + text, encoding="utf-8")
    assert len(edited) == 50
    for source_id, (file, _) in LISTS.items():
        described = takamatsu / f"resources/sources/{source_id}.yml"
        shutil.copy(ROOT / f"tests/importing/files/takamatsu_2026/{file}.xlsx", takamatsu / "resources/sources/files")
        text = described.read_text(encoding="utf-8").replace(f"{file}.csv", f"{file}.xlsx")
        described.write_text(text.replace("data_date: 2024-09-01", "data_date: 2026-08-05"), encoding="utf-8")
    report = import_sources(takamatsu, [], Options(close_gone=True))
    assert report.exit_code == 0, "\n".join(lines(report))
    after = {record_id: read_file(path, "").value for record_id, path in records_of(takamatsu).items()}
    plans = [one.plan for one in report.lists if one.plan]
    listed = {update.id: update for plan in plans for update in (*plan.changed, *plan.kept)}
    closed = {gone.id for plan in plans for gone in plan.gone}

    assert set(before) <= set(after), "no record is deleted"
    for record_id, mine in edited.items():
        text = records_of(takamatsu)[record_id].read_text(encoding="utf-8")
        assert text.startswith(f"# {record_id} を直した人の覚え書き\n")
        had, has = dict(leaves(before[record_id])), dict(leaves(after[record_id]))
        for path, value in leaves(mine):
            if had.get(path) != value and path != ("phones",):
                kept = set(value) <= set(has.get(path, ())) if path == ("needs",) else has.get(path) == value
                assert kept, (record_id, path, value, has.get(path))
        if mine.get("phones") != before[record_id].get("phones"):
            assert after[record_id]["phones"][0]["label"] == "受付"
        assert ("url" in mine) or ("url" not in after[record_id]), record_id
    for record_id, data in after.items():
        here = edited.get(record_id, before.get(record_id))
        if here is not None and data != here:
            assert record_id in closed or listed[record_id].changes, record_id
    names = {
        record_id: (before[record_id]["name"], after[record_id]["name"])
        for record_id in before
        if record_id not in edited
    }
    changed_names = {
        record_id for record_id, (old, new) in names.items() if "".join(old.split()) != "".join(new.split())
    }
    assert changed_names <= {update.id for update in listed.values() if update.name_before or update.changes}
    assert {"group-home-4", "group-home-10"} <= closed
    assert after["group-home-10"]["closed_date"] == date(2026, 8, 5).isoformat()
    assert after["group-home-5"]["name"].endswith("春風荘") or "group-home-5" in edited
    assert sum(len(plan.conflicts) for plan in plans) >= 1
    assert all(one.is_accounted_for for one in report.lists)
    assert import_sources(takamatsu, []).files == 0
