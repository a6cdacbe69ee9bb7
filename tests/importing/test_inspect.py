"""A list is looked at before it is imported: what it is, why, whose, of which day, and its first rows as the records they would become."""

from __future__ import annotations

import difflib
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tsunagite.importing.tables import table_file
from tsunagite.records.yaml.reader import read_file

AED = """全国地方公共団体コード,ID,地方公共団体名,名称,名称_カナ,所在地_連結表記,緯度,経度,設置位置,電話番号,データ更新日,担当課内メモ
352128,A1,柳井市,柳井会館,ヤナイカイカン,山口県柳井市南町1-1,33.96,132.10,玄関,0820-22-2111,2025-04-01,x
,,,,,,,,,,,
352128,A2,柳井市,,ナシ,山口県柳井市南町1-2,33.96,132.11,二階,,2025-03-31,
"""
GROUPS = """全国地方公共団体コード,ID,地方公共団体名,名称,名称_カナ,名称_英字,所在地_全国地方公共団体コード,町字ID,所在地_連結表記,所在地_都道府県,所在地_市区町村,所在地_町字,所在地_番地以下,建物名等(方書),緯度,経度,電話番号,内線番号,連絡先メールアドレス,連絡先FormURL,設立年,活動分野,備考
352128,1,柳井市,柳井さくら会,ヤナイサクラカイ,,352128,,山口県柳井市南町1-1-1,山口県,柳井市,南町,1-1-1,,33.96,132.10,0820-22-2111,12,,,1990,福祉,
352128,2,柳井市,柳井つばき会,ヤナイツバキカイ,,352128,,山口県柳井市南町1-1-2,山口県,柳井市,南町,1-1-2,,33.961,132.10,0820-22-2112,,,,1991,子育て,月1回
"""


@pytest.fixture
def look(tmp_path: Path, tsunagite: Any) -> Any:
    """Give a function that runs a command of ``import`` on one file for an empty site, and proves that it wrote nothing."""
    root = tmp_path / "site"
    (root / "resources").mkdir(parents=True)

    def run(command: str, name: str, content: str, *words: str) -> list[str]:
        path = tmp_path / name
        if name.endswith(".zip"):
            with zipfile.ZipFile(path, "w") as archive:
                archive.writestr("list.csv", content)
        else:
            path.write_text(content, encoding="utf-8")
        said = tsunagite("import", command, path, "--root", root, *words)
        assert said.code == 0, said.out + said.err
        assert [one for one in root.rglob("*") if one.is_file()] == []
        return said.out.splitlines()

    return run


def test_a_list_of_a_known_form_is_shown_with_the_evidence_for_it(look: Any) -> None:
    lines = [line.strip() for line in look("inspect", "一覧.csv", AED)]
    assert "ファイル: CSV（UTF-8）、見出しは 1 行目、列 12、行 3" in lines
    assert (
        "形: AED設置箇所一覧（自治体標準オープンデータセット）（列 12 のうち 10 がわかります。決め手の見出し: 名称・設置位置）"
        in lines
    )
    assert "公表している団体: 柳井市（列「地方公共団体名」から）" in lines
    assert "一覧の日付: 2025-04-01（列「データ更新日」から）" in lines
    assert "所在地_連結表記 → 場所の住所" in lines
    assert "使わない列: 全国地方公共団体コード・地方公共団体名" in lines
    assert "わからない列（読みません）: データ更新日・担当課内メモ" in lines
    assert "行 3: 新しい記録 1・除く 2" in lines
    at = lines.index("はじめの 2 行は、こうなります:")
    assert lines[at + 1] == "2行 柳井会館: 新しい記録 → yanai-aed-a1"
    assert {
        "名前: 柳井会館",
        "ふりがな: やないかいかん",
        "電話: 0820-22-2111",
        "場所の住所: 山口県柳井市南町1-1",
        "場所の緯度: 33.96",
    } <= set(lines[at:])
    assert lines[-3:] == ["4行 ―: 除く", "名前がありません", "見ただけで、何も書いていません。"]


def test_it_is_said_in_english_too_and_a_zip_is_named(look: Any) -> None:
    lines = [
        line.strip()
        for line in look("inspect", "aed_20240115.zip", AED.replace("データ更新日", "メモ"), "--lang", "en")
    ]
    assert "File: CSV（UTF-8）, inside a zip, header in row 1, 12 columns, 3 rows" in lines
    assert "Day of the list: 2024-01-15 (from the name of the file)" in lines
    assert "所在地_連結表記 → location.address" in lines
    assert "row 2 柳井会館: new record → aed-a1" in lines


def test_a_file_that_the_site_has_in_an_older_edition_is_known_by_its_rows(tmp_path: Path, tsunagite: Any) -> None:
    root = tmp_path / "site"
    (root / "resources").mkdir(parents=True)
    old = tmp_path / "aed_20240115.csv"
    old.write_text(AED.replace("データ更新日", "メモ"), encoding="utf-8")
    assert tsunagite("import", old, "--root", root).code == 0
    new = tmp_path / "aed_20250115.csv"
    new.write_text(AED.replace("データ更新日", "メモ").replace("玄関", "二階"), encoding="utf-8")
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    lines = [line.strip() for line in tsunagite("import", "inspect", new, "--root", root).out.splitlines()]
    assert "一覧: サイトにある「AED設置箇所一覧」（aed）の新しい版です（同じ名前の行 100%、同じ列 100%）" in lines
    assert "2行 柳井会館: 記録を直す → aed-a1" in lines
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before


def test_a_list_that_the_site_describes_is_read_by_its_description(tmp_path: Path, tsunagite: Any) -> None:
    root = tmp_path / "site"
    (root / "resources").mkdir(parents=True)
    (tmp_path / "aed.csv").write_text(AED, encoding="utf-8")
    assert tsunagite("import", tmp_path / "aed.csv", "--root", root).code == 0
    said = tsunagite("import", "inspect", root / "resources/sources/aed.yml", "--root", root)
    lines = [line.strip() for line in said.out.splitlines()]
    assert said.code == 0
    assert "一覧: サイトの説明「AED設置箇所一覧」（aed）のとおりに読みます" in lines
    assert "一覧の日付: 2025-04-01（サイトの一覧の説明から）" in lines
    assert "2行 柳井会館: 変わりなし → aed-a1" in lines
    assert not any("新しい版" in line for line in lines)


def test_what_cannot_be_read_ends_with_its_reason_and_exit_code_1(tmp_path: Path, tsunagite: Any) -> None:
    (tmp_path / "site/resources").mkdir(parents=True)
    (tmp_path / "list.pdf").write_bytes(b"%PDF-1.7\n")
    for command in ("inspect", "draft", "apply"):
        said = tsunagite("import", command, tmp_path / "list.pdf", "--root", tmp_path / "site")
        assert (said.code, "PDF のファイルで、表ではありません。" in said.out + said.err) == (1, True)


def test_an_unknown_table_is_shown_as_its_draft_would_make_it(look: Any) -> None:
    lines = [line.strip() for line in look("inspect", "団体.csv", GROUPS)]
    assert "形: 知らない形です。下書き（tsunagite import draft）で読むと、列 23 のうち 11 が項目になります" in lines
    assert any(line.startswith("2行 柳井さくら会: 新しい記録 → yanai-list-") for line in lines)
    assert "メール: " not in "\n".join(lines)


def test_a_draft_of_a_list_with_standard_columns_needs_five_edited_lines_at_most(
    look: Any, tmp_path: Path, tsunagite: Any
) -> None:
    draft = look("draft", "団体.csv", GROUPS)
    at = next(number for number, line in enumerate(draft) if line.startswith("# はじめの"))
    assert any(line.startswith("#   2行 柳井さくら会: 新しい記録 → yanai-list-") for line in draft[at:])
    edits = {
        "licence:": "licence: CC BY 4.0",
        "into:": "into: clubs",
        "  # kind:": "  kind: 通いの場・サロン",
        "  # needs:": "  needs: [居場所・仲間]",
        "  # support_level:": "  support_level: [互助]",
    }
    complete = [next((new for old, new in edits.items() if line.startswith(old)), line) for line in draft]
    assert sum(line.startswith("+ ") for line in difflib.ndiff(draft, complete)) == 5
    mapping = tmp_path / "mapping.yml"
    mapping.write_text("\n".join(complete) + "\n", encoding="utf-8")
    said = tsunagite("import", tmp_path / "団体.csv", "--mapping", mapping, "--root", tmp_path / "site")
    assert said.code == 0, said.out
    first, second = (read_file(path, "").value for path in sorted((tmp_path / "site/resources/clubs").glob("*.yml")))
    assert (first["name"], first["name_kana"], first["kind"], first["needs"]) == (
        "柳井さくら会",
        "やないさくらかい",
        "通いの場・サロン",
        ["居場所・仲間"],
    )
    assert (first["phones"], first["attributes"]) == (
        [{"number": "0820-22-2111"}],
        {"内線番号": "12", "設立年": "1990", "活動分野": "福祉"},
    )
    assert (second["location"], second["attributes"]["備考"]) == (
        {"address": "山口県柳井市南町1-1-2", "lat": 33.961, "lng": 132.1},
        "月1回",
    )
    described = read_file(next((tmp_path / "site/resources/sources").glob("*.yml")), "").value
    assert (described["owner"], described["licence"], described["id_rule"]["number"]) == ("柳井市", "CC BY 4.0", "ID")


def test_every_file_is_read_once_also_where_questions_are_asked(
    tmp_path: Path, tsunagite: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "site"
    (root / "resources").mkdir(parents=True)
    (tmp_path / "aed.csv").write_text(
        "ID,名称,所在地_連結表記,設置位置,緯度,経度\n1,見本会館,見本市本町1,玄関,34.300,134.0\n", encoding="utf-8"
    )
    hall = "名称,住所,電話番号,団体名,利用可能曜日,説明,緯度,経度\n見本会館,見本市桃町2,087-839-2811,見本市,,,34.301,134.0\n"  # 111 m away
    (tmp_path / "halls.csv").write_text(hall, encoding="utf-8")
    opened: list[str] = []
    asked: list[str] = []
    read_text = table_file._read_text
    monkeypatch.setattr(
        table_file, "_read_text", lambda path, name, encoding: opened.append(name) or read_text(path, name, encoding)
    )
    monkeypatch.setattr("typer.confirm", lambda question: asked.append(question) or True)
    said = tsunagite(
        "import", tmp_path / "aed.csv", tmp_path / "halls.csv", "--root", root, "--owner", "見本市", "--ask"
    )
    assert said.code == 0, said.out
    assert (opened, len(asked)) == (["aed.csv", "halls.csv"], 1)
    [record] = [path for path in root.glob("resources/*/*.yml") if path.parent.name != "sources"]
    assert read_file(record, "").value["attributes"]["AED"] == "設置場所 玄関"


def test_numbers_without_an_area_code_are_still_telephone_numbers(look: Any) -> None:
    rows = "会名,電話\nさくら会,962-0001\nもも会,962-0002（代）\nうめ会,要相談\n"
    lines = [line.strip() for line in look("inspect", "一覧.csv", rows)]
    assert "電話 → 電話" in lines
    assert lines.count("連絡先がない理由: もとの一覧の電話番号が読み取れません。") == 2


def test_columns_that_share_a_name_are_told(tmp_path: Path, tsunagite: Any) -> None:
    (tmp_path / "site/resources").mkdir(parents=True)
    path = tmp_path / "一覧.csv"
    path.write_text("会名,○,○\nさくら会,a,b\nもも会,c,d\n", encoding="utf-8")
    said = tsunagite("import", "inspect", path, "--root", tmp_path / "site")
    assert (said.code, "I187  知らない形の一覧です（列: 会名、○、○）" in said.out) == (1, True), said


def test_a_draft_without_a_name_takes_the_rows_as_they_stand_once_a_person_says_the_name(look: Any) -> None:
    lines = look("draft", "一覧.csv", "相談先,電話番号\nさくら,087-839-2801\nもも,087-839-2802\n")
    assert "name_kana" not in "".join(lines), "a name in kana is no reading of nothing"
    assert "  number: 行  # 行ごとにちがう値の列。なければ「行」" in lines
