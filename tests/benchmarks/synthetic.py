"""Made-up sites of any size, the same for the same seed: realistic Japanese, realistic lengths."""

from __future__ import annotations

import random
from pathlib import Path

DISTRICTS = ("屋島", "古高松", "木太", "太田", "仏生山", "一宮", "円座", "香西", "鬼無", "塩江", "牟礼", "庵治")
TOPICS = (
    ("体操の会", "体を動かす", "互助", "clubs", "いすに座ってできる体操"),
    ("通いの場・サロン", "居場所・仲間", "互助", "clubs", "お茶を飲みながらのおしゃべり"),
    ("配食", "食事", "自助", "living", "お弁当を玄関まで届け、声をかける配食"),
    ("商店・スーパー", "買い物", "自助", "shops", "電話で頼める近所の配達"),
    ("家事・ちょっとした手伝い", "掃除・ごみ出し", "互助", "living", "電球の交換やごみ出しの手伝い"),
    ("介護タクシー", "外出・通院", "自助", "transport", "車いすのまま乗れるタクシー"),
    ("居宅介護支援事業所", "介護", "共助", "consultation", "ケアプランの相談"),
    ("診療所", "病院・薬", "共助", "medical", "内科の診療と往診"),
)
SENTENCES = (
    "初めての人も、見学だけの人も歓迎します。",
    "足の悪い人には、いすと手すりのある席を用意しています。",
    "休みが続いた人には、世話役が電話をかけて様子をたずねます。",
    "雨の日は、集会所の中で行います。",
    "近くの店や銀行とも、気になることがあれば知らせ合っています。",
    "家族の付き添いもできます。費用はかかりません。",
)


def write_site(root: Path, count: int, seed: int = 20261122) -> None:
    """Write a site of ``count`` records below ``root``."""
    chance = random.Random(seed)  # noqa: S311 - reproducible text, not a secret
    (root / "content").mkdir(parents=True)
    (root / "content" / "about.md").write_text("# このサイトについて\n\n計測のためのサイトです。\n", encoding="utf-8")
    (root / "mkdocs.yml").write_text(
        "site_name: 計測\ndocs_dir: content\ntheme: {name: material, language: ja, font: false}\nplugins: [tsunagite]\n",
        encoding="utf-8",
    )
    areas = "".join(f"  - {{id: d{i}, name: {name}, level: 地区, parent: city}}\n" for i, name in enumerate(DISTRICTS))
    folder = root / "resources" / "areas"
    folder.mkdir(parents=True)
    (folder / "all.yml").write_text(f"records:\n  - {{id: city, name: 計測市, level: 市}}\n{areas}", encoding="utf-8")
    (root / "resources" / "site.yml").write_text("name: 計測\nmunicipality: 計測市\narea: city\n", encoding="utf-8")
    for number in range(count):
        topic = TOPICS[number % len(TOPICS)]
        district = chance.randrange(len(DISTRICTS))
        path = root / "resources" / topic[3] / f"record-{number}.yml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(_record(number, topic, district, chance), encoding="utf-8")


def _record(number: int, topic: tuple[str, str, str, str, str], district: int, chance: random.Random) -> str:
    kind, need, level, _, phrase = topic
    name = DISTRICTS[district]
    text = "".join(chance.choices(SENTENCES, k=12))
    return f"""\
id: record-{number}
name: {name}{phrase[:6]}の会{number}
name_kana: けいそくようのきろく
kind: {kind}
needs: [{need}, 相談したい]
support_level: [{level}]
summary: {phrase}。週1回、申し込みはいりません。
description: {text}
helpful_for: 休んだ人には翌日に電話をかけます。
how_to_use: [見学の電話をする, 当日に来る]
phones: [{{number: 087-000-{number % 10000:04}, label: 事務局, hours: 平日9時から17時}}]
location: {{address: 計測市{name}町{number % 900}-{number % 30}, lat: {34.2 + chance.random() / 5:.6f}, lng: {133.95 + chance.random() / 5:.6f}}}
service_areas: [d{district}]
hours:
  - {{days: 月-金, open: 9:00, close: 17:00}}
  - {{days: 土, nth: [2, 4], open: 9:00, close: 12:00}}
fee: {{type: 会費, amount: 100, unit: 1回}}
eligibility: {{age_min: 65, situations: [誰でも]}}
access: {{features: [段差なし, 駐車場]}}
verified_on: 2026-09-02
verified_by: 計測課
verify_method: 電話
sample: true
"""
