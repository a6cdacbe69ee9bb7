"""The list before going public: each thing a resident would stumble over, until none is left."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

Run = Callable[..., Any]
DAY = ("--today", "2026-11-22")


def points(said: Any) -> list[str]:
    return [
        line.removeprefix("・ ").split("→")[0].strip()
        for line in said.out.partition("公開の前に")[2].partition("この県・この市だけ")[0].splitlines()[1:]
    ]


def test_a_new_site_with_a_sample_is_told_everything_that_is_left(tmp_path: Path, tsunagite: Run) -> None:
    tsunagite("init", tmp_path, "--sample", "--no-guides")
    said = tsunagite("doctor", "--root", tmp_path, *DAY)
    assert said.code == 0, "only --publish refuses"
    assert points(said) == [
        "設定がまだです: municipality（市区町村）、prefecture（都道府県）、area（市の地域 ID）、site_url（公開するアドレス）、description（サイトの説明）、main_window（まず聞く窓口）",
        "まちがいや個人情報の連絡先がありません。",
        "見本の断り書きが出ています:「これは見本のサイトです。」",
        "「このサイトについて」が、はじめのままです。",
        "見本の記録が 1 件あります（さくら体操クラブ）。",
        "本物の記録がまだありません。",
        *(
            f"担当「{label}」の窓口がまだ書かれていません。"
            for label in (
                "地域包括支援センター",
                "近くの市区町村の窓口",
                "市区町村の代表の窓口",
                "保健センター",
                "社会福祉協議会",
                "消費生活センター",
                "配偶者暴力相談支援センター",
                "生活困窮の相談窓口",
                "成年後見の相談窓口",
                "民生委員・児童委員",
            )
        ),
        "市の電話の番号がまだありません（市の夜間・休日の電話）。",
    ]
    assert tsunagite("doctor", "--publish", "--root", tmp_path, *DAY).code == 1


RECORD = """\
id: hall
name: 見本会館
name_kana: みほんかいかん
kind: 市役所・支所の窓口
needs: [相談したい]
support_level: [公助]
summary: 相談を受けます。
service_areas: [matsuyama]
phones: [{number: 089-948-6688, type: voice}]
hours: [{days: 平日, open: "8:30", close: "17:15"}]
"""
SOURCE = """\
id: halls
name: 会館一覧
owner: 松山市
licence: CC BY 4.0
credit: 松山市
file: halls.csv
into: places
id_rule: {prefix: hall, number: 番号}
columns: {名称: name}
"""
CONCERN = """\
id: care
label: 介護を頼みたい
example: 風呂に一人で入れない。
needs: [介護]
windows: [{duty: centers}]
say: ["{town}の者です。"]
"""
DUTY = """\
id: centers
title: センターの担当
rows: [{window: hall, areas: [matsuyama]}]
"""


def test_what_is_decided_is_no_longer_told_and_in_the_end_the_site_may_go_public(
    tmp_path: Path, tsunagite: Run
) -> None:
    tsunagite(
        "init",
        tmp_path,
        "-m",
        "松山市",
        "--no-guides",
        "--no-troubles",
        "--mail",
        "a@example.jp",
        "--site-url",
        "https://x.example/",
    )
    settings = tmp_path / "resources/site.yml"
    text = (
        settings.read_text(encoding="utf-8")
        .replace("# description:", "description: 松山市の案内です。")
        .replace("# main_window:", "main_window: hall")
    )
    settings.write_text(text, encoding="utf-8")
    (tmp_path / "content/about.md").write_text("# このサイトについて\n\n長寿福祉課が作っています。\n", encoding="utf-8")
    for name, content in (
        ("consultation/hall.yml", RECORD),
        ("sources/halls.yml", SOURCE),
        ("contact/care.yml", CONCERN),
        ("contact/duties/centers.yml", DUTY),
    ):
        (tmp_path / "resources" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "resources" / name).write_text(content, encoding="utf-8")
    (tmp_path / "resources/sources/halls.csv").write_text("番号,名称\n", encoding="utf-8")
    assert points(tsunagite("doctor", "--root", tmp_path, *DAY)) == [
        "だれがいつ確かめたか書いていない記録が 1 件あります（見本会館）。",
        "このサイトで書いた 1 件の利用条件が決まっていないため、オープンデータに出ません。",
        "いつの時点か書いていない一覧が 1 あります（会館一覧）。ページには「日付不明」と出ます。",
        "担当表「センターの担当」を、だれがいつ確かめたか書いていません。",
    ]
    with (tmp_path / "resources/consultation/hall.yml").open("a", encoding="utf-8") as file:
        file.write("verified_on: 2026-11-20\nverify_method: 電話\n")
    assert "どの部署が確かめたか書いていない記録が 1 件あります（見本会館）。" in points(
        tsunagite("doctor", "--root", tmp_path, *DAY)
    )
    (tmp_path / "resources/consultation/hall.yml").write_text(RECORD, encoding="utf-8")
    checked = "verified_on: 2026-11-20\nverified_by: 長寿福祉課\n"
    for name, more in (
        ("consultation/hall.yml", checked + "verify_method: 電話\n"),
        ("contact/duties/centers.yml", checked),
        ("sources/halls.yml", "data_date: 2026-04-01\n"),
    ):
        with (tmp_path / "resources" / name).open("a", encoding="utf-8") as file:
            file.write(more)
    settings.write_text(text.replace("# licence:", "licence: CC BY 4.0"), encoding="utf-8")
    said = tsunagite("doctor", "--publish", "--root", tmp_path, *DAY)
    assert points(said) == []
    assert "残っていることは、見つかりませんでした。" in said.out
    assert said.code == 0, said.out


def test_a_background_map_of_others_needs_their_name_and_their_terms(tmp_path: Path, tsunagite: Run) -> None:
    tsunagite("init", tmp_path, "-m", "松山市", "--no-guides", "--no-troubles")
    settings = tmp_path / "resources/site.yml"
    text = settings.read_text(encoding="utf-8")
    own = "\ntiles:\n  url: https://tiles.example.jp/{z}/{x}/{y}.png\n  attribution: 見本地図\n"
    settings.write_text(text + own, encoding="utf-8")
    said = "背景地図が https://tiles.example.jp/{z}/{x}/{y}.png なのに、出典が地理院タイルのままです。"
    assert said in points(tsunagite("doctor", "--root", tmp_path, *DAY)), (
        "the address of the terms is still that of another map"
    )
    settings.write_text(text + own + "  attribution_url: https://tiles.example.jp/terms\n", encoding="utf-8")
    assert said not in points(tsunagite("doctor", "--root", tmp_path, *DAY))
