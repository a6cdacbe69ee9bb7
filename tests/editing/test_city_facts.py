"""Facts that only a municipality knows: each empty one is listed with what to write where, and disappears when it is written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

Run = Callable[..., Any]
RECORD = """\
id: tsuho
name: 見守りボタン
name_kana: みまもりぼたん
kind: 制度
services: [あんしん通報]
needs: [見守り]
support_level: [公助]
summary: ボタンで助けを呼びます。
phones: [{number: 089-948-6688}]
service_areas: [kochi]
verified_on: 2026-11-20
verified_by: 長寿福祉課
verify_method: 電話
"""


def facts(said: Any) -> list[str]:
    return [
        line.removeprefix("・ ")
        for line in said.out.partition("だけのことで、まだ書かれていないこと")[2].splitlines()[1:]
    ]


def test_every_empty_fact_is_listed_until_it_is_written_or_the_city_has_none(tmp_path: Path, tsunagite: Run) -> None:
    tsunagite("init", tmp_path, "-m", "高知市", "--no-guides", "--no-troubles")
    before = facts(tsunagite("doctor", "--root", tmp_path))
    assert [line.split("の、この県")[0] for line in before[:5]] == [
        "#7119（救急車を呼ぶか迷う）", "#9110（警察への相談）", "#8008（DV相談ナビ）", "#8891（性暴力の相談）", "#8000（子どもの急な病気）",
    ]  # fmt: skip
    assert "（つながる時間、#を押せない電話の番号、出どころ、読んだ日）" in before[0]
    assert "{id: ambulance_advice, hours: …, direct: …, source: …, url: …, read_on: …}" in before[0]
    assert [line.split("」")[0].split("「")[1] for line in before[5:]] == [
        "緊急通報", "タクシー券", "高齢者への配食", "見守り訪問", "ごみ出し支援", "紙おむつの支給・助成", "位置検索・見守りシール", "住まいの手直しの助成", "救急医療情報キット",
    ]  # fmt: skip

    hotline, service = (tmp_path / f"resources/vocabulary/{name}.yml" for name in ("hotline", "service"))
    text = hotline.read_text(encoding="utf-8")
    text = text.replace("    # hidden: true  #", "    hidden: true  #")
    first, rest = text.split("  - id: city_duty", 1)
    hotline.write_text(
        first.replace("    hidden: true  #", "    # hidden: true  #").replace("    # hours: ", "    hours: ")
        + "  - id: city_duty"
        + rest,
        encoding="utf-8",
    )
    checklist = (
        service.read_text(encoding="utf-8")
        .replace("    # hidden", "    hidden")
        .replace("機器の貸し出し。\n    hidden", "機器の貸し出し。\n    # hidden")
    )
    service.write_text(checklist, encoding="utf-8")
    (tmp_path / "resources/schemes").mkdir()
    (tmp_path / "resources/schemes/tsuho.yml").write_text(RECORD, encoding="utf-8")
    assert "まちがい 0" in tsunagite("check", tmp_path, "--today", "2026-11-22").out
    after = facts(tsunagite("doctor", "--root", tmp_path))
    assert [line.split(" →")[0].split("。→")[0] for line in after] == [
        "#7119（救急車を呼ぶか迷う）の、この県・この市のことがまだです（#を押せない電話の番号、出どころ、読んだ日）",
        "市のサービス「緊急通報」の記録「見守りボタン」に、まだないことがあります: eligibility（対象）、how_to_use（使うには）、url（ウェブサイト）",
    ]


def test_the_files_of_a_new_site_hold_every_fact_as_a_comment_and_change_nothing(
    tmp_path: Path, tsunagite: Run
) -> None:
    tsunagite("init", tmp_path, "-m", "高知市")
    for name, count in (("hotline", 6), ("service", 9)):
        text = (tmp_path / f"resources/vocabulary/{name}.yml").read_text(encoding="utf-8")
        assert [list(term) for term in yaml.safe_load(text)["terms"]] == [["id"]] * count
        written = yaml.safe_load(
            "\n".join(
                line.replace("    # ", "    ", 1) if line.startswith("    # ") else line for line in text.splitlines()
            )
        )["terms"]
        assert all(term["hidden"] is True for term in written), "what stands in a comment can be used as it is"
        assert name == "service" or written[0].keys() == {"id", "hours", "direct", "source", "url", "read_on", "hidden"}
