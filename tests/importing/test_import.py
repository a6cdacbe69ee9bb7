"""Imported records are written once, and never over what people wrote; lists that cannot be read say why."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tsunagite.importing.report.report import ImportReport, lines
from tsunagite.importing.run import Options, import_sources

pytestmark = pytest.mark.usefixtures("no_dictionary")

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
columns: {名称: name, 住所: location.address}
constants: {kind: 通いの場・サロン}
"""
LIST = "番号,名称,住所\r\n1,さくら,本町1\r\n2,もも,東町2\r\n"
DESCRIBED = "resources/sources/salon-list.yml"
FILE = "resources/sources/files/salon.csv"
SNAPSHOT = "resources/sources/snapshots/salon-list.json"

Site = Callable[..., Path]


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """Give a function that makes a site of a list and its description; more files by path."""

    def make(files: dict[str, str] | None = None) -> Path:
        root = tmp_path / "site"
        for name, text in {DESCRIBED: DESCRIPTION, FILE: LIST, **(files or {})}.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="")
        return root

    return make


def run(root: Path, dry_run: bool = False) -> ImportReport:
    return import_sources(root, [root / DESCRIBED], Options(dry_run))


def state(root: Path) -> dict[str, tuple[int, bytes]]:
    return {
        path.relative_to(root).as_posix(): (path.stat().st_mtime_ns, path.read_bytes())
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def known_ids(root: Path) -> list[str]:
    """Return the ids the snapshot of the list knows."""
    return list(json.loads((root / SNAPSHOT).read_text(encoding="utf-8"))["records"])


def codes(report: ImportReport) -> list[str]:
    return [finding.code for one in report.lists for finding in one.findings] + [f.code for f in report.findings]


def test_every_new_row_becomes_a_file_of_its_own(site: Site) -> None:
    root = site()
    report = run(root)
    assert (report.exit_code, report.files) == (0, 3)
    assert (root / "resources/clubs/salon-1.yml").read_text(encoding="utf-8") == (
        "id: salon-1\nname: さくら\nname_kana: さくら\nkana_source: suggested\nkind: 通いの場・サロン\n"
        "no_contact_reason: もとの一覧に電話番号がのっていません。\nlocation:\n  address: 本町1\n"
        "sources:\n  - source: salon-list\n"
    )
    assert known_ids(root) == ["salon-1", "salon-2"]
    assert "  読んだ行 2 = 記録 2 + まとめた行 0 + 除いた行 0" in lines(report)


def test_a_second_import_of_the_same_list_writes_nothing_and_says_so(site: Site) -> None:
    root = site()
    run(root)
    before = state(root)
    report = run(root)
    assert state(root) == before
    assert list(lines(report))[-1] == "何も書きませんでした（前回の取り込みのままです）。"


def test_a_dry_run_writes_nothing(site: Site) -> None:
    root = site()
    before = state(root)
    report = run(root, dry_run=True)
    assert state(root) == before
    assert (report.exit_code, report.files) == (0, 3)


def test_what_people_edited_stays_when_the_list_is_the_same(site: Site) -> None:
    root = site()
    run(root)
    record = root / "resources/clubs/salon-1.yml"
    record.write_text(record.read_text(encoding="utf-8") + "memo: 電話で確かめた\n", encoding="utf-8")
    before = state(root)
    assert run(root).files == 0
    assert state(root) == before


def test_a_row_gone_from_the_list_keeps_its_record_and_a_new_row_gets_one(site: Site) -> None:
    root = site()
    run(root)
    (root / FILE).write_text("番号,名称,住所\n3,うめ,南町3\n2,もも,東町2\n", encoding="utf-8")
    report = run(root)
    assert (root / "resources/clubs/salon-1.yml").exists()
    assert (root / "resources/clubs/salon-3.yml").exists()
    assert any(line.startswith("  salon-1（さくら）は一覧からなくなりました。") for line in lines(report))
    assert known_ids(root) == ["salon-1", "salon-2", "salon-3"]


def test_an_invalid_row_is_dropped_before_anything_is_written(site: Site) -> None:
    long_name = "あ" * 121
    root = site({FILE: f"番号,名称,住所\n1,さくら,本町1\n2,{long_name},東町2\n"})
    report = run(root)
    assert report.exit_code == 0
    assert not (root / "resources/clubs/salon-2.yml").exists()
    [line] = [line for line in lines(report) if line.startswith("  3行")]
    assert "記録にできません。「名前」が長すぎます（120 字まで）。" in line
    assert "  読んだ行 2 = 記録 1 + まとめた行 0 + 除いた行 1" in lines(report)


def test_a_record_that_people_wrote_under_the_same_id_is_not_touched(site: Site) -> None:
    mine = "id: salon-1\nname: わたしのさくら\nkind: 通いの場・サロン\n"
    root = site({"resources/clubs/salon-1.yml": mine})
    report = run(root)
    assert (root / "resources/clubs/salon-1.yml").read_text(encoding="utf-8") == mine
    assert [one.id for one in report.lists[0].plan.held] == ["salon-1"] if report.lists[0].plan else False
    assert known_ids(root) == ["salon-2"]


def test_an_id_used_elsewhere_in_the_site_is_not_used_again(site: Site) -> None:
    root = site({"resources/shops/mine.yml": "id: salon-1\nname: 商店\nkind: 商店・スーパー\n"})
    report = run(root)
    assert not (root / "resources/clubs/salon-1.yml").exists()
    assert "  2行（さくら）を除きました: この ID は resources/shops/mine.yml で使われています" in lines(report)
    assert report.exit_code == 0


@pytest.mark.parametrize("into", ["../clubs", "/clubs", "clubs/inner", "sources", "nowhere", "."])
def test_records_go_only_into_a_folder_of_a_kind_group(site: Site, into: str) -> None:
    root = site({DESCRIBED: DESCRIPTION.replace("into: clubs", f'into: "{into}"')})
    before = state(root)
    report = run(root)
    assert (report.exit_code, codes(report)) == (1, ["I122"])
    assert state(root) == before


def test_a_folder_that_links_out_of_the_site_is_refused(site: Site, tmp_path: Path) -> None:
    root = site()
    (tmp_path / "elsewhere").mkdir()
    (root / "resources/clubs").symlink_to(tmp_path / "elsewhere")
    assert codes(run(root)) == ["I122"]
    assert list((tmp_path / "elsewhere").iterdir()) == []


@pytest.mark.parametrize("file", ["../../../secret.csv", "/etc/passwd", "files/link.csv"])
def test_a_list_outside_the_site_is_not_read(site: Site, tmp_path: Path, file: str) -> None:
    root = site({DESCRIBED: DESCRIPTION.replace("files/salon.csv", file)})
    (tmp_path / "secret.csv").write_text(LIST, encoding="utf-8")
    (root / "resources/sources/files/link.csv").symlink_to(tmp_path / "secret.csv")
    report = run(root)
    assert (report.exit_code, codes(report)) == (1, ["I121"])


def test_a_damaged_snapshot_stops_the_list(site: Site) -> None:
    root = site({SNAPSHOT: "{"})
    report = run(root)
    assert (report.exit_code, codes(report)) == (1, ["I123"])
    assert not (root / "resources/clubs").exists()


def test_a_description_that_is_not_there_is_reported(site: Site) -> None:
    root = site()
    report = import_sources(root, [root / "resources/sources/other.yml"])
    assert (report.exit_code, codes(report)) == (1, ["I124"])


def test_a_description_with_a_mistake_is_reported_at_its_line(site: Site) -> None:
    report = run(site({DESCRIBED: DESCRIPTION.replace("owner: 見本市\n", "")}))
    assert (report.exit_code, codes(report)) == (1, ["M101"])


def test_a_missing_column_stops_the_list_and_names_the_nearest_one(site: Site) -> None:
    report = run(site({FILE: LIST.replace("名称", "施設の名称")}))
    assert report.exit_code == 1
    text = "\n".join(lines(report))
    assert "resources/sources/salon-list.yml:10:11  I111  一覧に「名称」という列がありません" in text
    assert "もしかして「施設の名称」ですか。" in text
