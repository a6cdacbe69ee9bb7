"""Lists of events become events of the calendar, what is over or uncertain is left out aloud; HSDS tables are joined on their ids."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tsunagite.importing.report.report import ImportReport
from tsunagite.importing.run import Options, Said, import_sources
from tsunagite.records.yaml.reader import read_file

SAID = Said(date(2026, 11, 1), owner="見本市", licence="CC BY 4.0", today=date(2026, 11, 24))
HEADER = "都道府県コード又は市区町村コード,NO,都道府県名,市区町村名,イベント名,開始日,終了日,開始時間,終了時間,説明,料金(基本),連絡先名称,連絡先電話番号,場所名称,URL\n"
LIST = HEADER + (
    "999999,1,見本県,見本市,見本体操の日,2026-12-05,2026-12-05,9：30,11:00,みんなで体操します。,無料,健康係,087-000-0001,見本会館,\n"
    "999999,2,見本県,見本市,見本の展示,12月1日(火),12月20日(日),9:00,17:00（入館は16:30まで）,,,,090-0000-0000,,https://example.jp/x\n"
    "999999,3,見本県,見本市,終わった会,2026-11-03,2026-11-03,,,,,,,,\n"
    "999999,4,見本県,見本市,年のない会,12月8日,,,,,,,,,\n"
    "999999,5,見本県,見本市,いつでも,随時,,,,,,,,,\n"
    "999999,6,見本県,見本市,見本体操の日,2026-12-05,2026-12-05,13:30,15:00,,,,,,\n"
    ",,,,,,,,,,,,,,\n"
)
FILE = "resources/events/events.yml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "site/resources").mkdir(parents=True)
    return tmp_path / "site"


def take(root: Path, text: str) -> ImportReport:
    path = root.parent / "events.csv"
    path.write_text(text, encoding="utf-8")
    return import_sources(root, [path], Options(said=SAID))


def events(root: Path) -> list[dict[str, Any]]:
    return list(read_file(root / FILE, FILE).value["records"])


def test_events_to_come_are_events_and_all_others_are_told(root: Path, tsunagite: Any) -> None:
    report = take(root, LIST)
    plan = report.lists[0].plan
    assert plan is not None
    assert (report.exit_code, report.lists[0].rows_read, plan.records, len(plan.dropped)) == (0, 7, 3, 4)
    assert [str(row.why) for row in plan.dropped] == [
        "event_past",
        "event_no_year",
        "event_days_unreadable",
        "blank_row",
    ]
    one, exhibition, other = events(root)
    assert (one["id"], one["days"], one["phones"]) == (
        "events-20261205", [{"on": "2026-12-05", "start": "09:30", "end": "11:00"}], [{"number": "087-000-0001", "label": "健康係"}])  # fmt: skip
    assert other["id"] == "events-20261205-2"
    assert [day["on"] for day in exhibition["days"]] == ["2026-12-01", "2026-12-20"]
    assert ("phones" in exhibition, "end" in exhibition["days"][0], exhibition["verified_by"]) == (
        False,
        False,
        "見本市（CC BY 4.0）",
    )
    assert "16:30まで" in exhibition["days"][1]["note"]
    check = tsunagite("check", str(root), "--today", "2026-11-24").out
    assert ("R302" in check, "まちがい 1" in check) == (True, True)  # the number is a made-up one; all else is right


def test_a_newer_list_keeps_what_people_wrote_and_says_what_is_gone(root: Path) -> None:
    take(root, LIST)
    path = root / FILE
    path.write_text(
        path.read_text(encoding="utf-8").replace("place: 見本会館", "place: 見本会館 2階  # 部屋が決まった"),
        encoding="utf-8",
    )
    before = path.read_bytes()
    assert (take(root, LIST).files, path.read_bytes()) == (0, before)
    report = take(root, LIST.replace("11:00,みんなで", "11:30,みんなで").replace("見本の展示", "別の展示"))
    assert report.lists[0].plan is not None
    assert [(one.id, [change.path[0] for change in one.changes], one.kept) for one in report.lists[0].plan.changed] == [
        ("events-20261205", ["days"], ("place",))
    ]
    assert "place: 見本会館 2階  # 部屋が決まった" in path.read_text(encoding="utf-8")
    assert len(events(root)) == 4
    assert [finding.values["ids"] for finding in report.lists[0].findings if finding.code == "I191"] == [
        ["events-20261201"]
    ]


@pytest.mark.parametrize(("said", "place"), [("一覧", "見本会館 別館"), ("記録", "見本会館 2階")])
def test_what_a_person_decides_of_a_conflict_is_done_and_not_asked_again(root: Path, said: str, place: str) -> None:
    take(root, LIST)
    path, conflicts = root / FILE, root / "resources/sources/conflicts.yml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("place: 見本会館", "place: 見本会館 2階"), encoding="utf-8"
    )
    newer = LIST.replace("見本会館", "見本会館 別館")
    take(root, newer)
    assert events(root)[0]["place"] == "見本会館 2階"
    asked = conflicts.read_text(encoding="utf-8")
    assert "field: place" in asked
    conflicts.write_text(re.sub(r"take:.*", f"take: {said}", asked), encoding="utf-8")
    take(root, newer)
    assert (events(root)[0]["place"], conflicts.exists()) == (place, False)
    assert (take(root, newer).files, conflicts.exists()) == (0, False)


TABLES = {
    "organizations.csv": "id,name,description\no1,見本の会,\n",
    "services.csv": "id,organization_id,name,description,status\ns1,o1,見本の食事会,いっしょに食べます。,active\ns2,o1,見本の送迎,車で送ります。,active\n",
    "service_at_location.csv": "id,service_id,location_id\na1,s1,l1\na2,s2,l2\n",
    "locations.csv": "id,name,location_type,latitude,longitude\nl1,会館,physical,34.1,134.1\nl2,車庫,physical,34.2,134.2\nl3,だれも使わない所,physical,34.3,134.3\n",
    "address.csv": "id,location_id,address_1,city,state_province,postal_code,country,address_type\nd1,l1,本町1,見本市,見本県,760-0001,JP,physical\n",
    "phones.csv": "id,service_id,organization_id,number\np1,s1,,087-000-0001\np2,,o1,087-000-0002\n",
    "schedules.csv": 'id,service_id,byday,opens_at,closes_at,freq\nc1,s1,"TU,TH",10:00:00,12:00:00,WEEKLY\n',
    "taxonomies.csv": "id,name,description\nt1,x,y\n",
    "datapackage.json": '{"resources": [{"path": "services.csv"}]}',
}


def test_hsds_tables_are_joined_on_their_ids(root: Path, tsunagite: Any) -> None:
    folder = root.parent / "package"
    folder.mkdir()
    for name, text in TABLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    done = tsunagite(
        "import",
        *sorted(folder.iterdir()),
        "--root",
        str(root),
        "--licence",
        "CC BY 4.0",
        "--owner",
        "見本の会",
        "--date",
        "2026-11-24",
    )
    assert (done.code, "読んだ行 2 = 記録 2" in done.out) == (0, True)
    assert "locations.csv  I190  どのサービスにもつながらない行が 1 あります。" in done.out
    meal, ride = (read_file(path, "").value for path in sorted((root / "resources/npos").glob("*.yml")))
    assert (meal["name"], meal["location"]["lat"], meal["location"]["postal_code"], meal["phones"]) == (
        "見本の食事会",
        34.1,
        "760-0001",
        [{"number": "087-000-0001"}],
    )
    assert (meal["hours_note"], meal["attributes"]["団体"]) == ("火木 10:00～12:00", "見本の会")
    assert (ride["location"]["lat"], ride["phones"]) == (34.2, [{"number": "087-000-0002"}])


def test_the_day_of_a_list_of_events_is_that_of_the_list_and_never_today(root: Path) -> None:
    text = "イベント名,開始日,終了日,開始時間,場所名称\n年のある会,2026-12-05,2026-12-05,9:30,見本会館\n曜日のある会,12月6日（日）,12月6日（日）,9:30,見本会館\n"
    said = Said(date(2026, 11, 24), owner="見本市", licence="CC BY 4.0", today=date(2026, 11, 24), is_dated=False)
    for name, titles, day in (
        ("undated.csv", ["年のある会"], None),
        ("list_20261101.csv", ["年のある会", "曜日のある会"], "2026-11-01"),
    ):
        (root.parent / name).write_text(text, encoding="utf-8")
        [report] = import_sources(root, [root.parent / name], Options(said=said)).lists
        found = read_file(root / f"resources/events/{report.source_id}.yml", "").value["records"]
        assert [one["title"] for one in found] == titles
        assert {one.get("verified_on") for one in found} == {day}
        assert report.plan is not None
        assert [row.why.value for row in report.plan.dropped] == (["event_no_year"] if day is None else [])
