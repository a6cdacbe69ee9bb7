"""Made-up sites of any size, the same for the same seed: realistic Japanese, realistic lengths and spellings."""

from __future__ import annotations

import random
from pathlib import Path
from typing import NamedTuple

SEED = 20261122


class Topic(NamedTuple):
    """What a record is about: its kind, the folder, need and level, words for its name, and sentences."""

    kind: str
    folder: str
    need: str
    level: str
    names: tuple[tuple[str, str], ...]
    summary: str


DISTRICTS = (
    ("東浜", "ひがしはま"), ("西浜", "にしはま"), ("松原", "まつばら"), ("梅ヶ丘", "うめがおか"), ("百合が丘", "ゆりがおか"),
    ("桜木", "さくらぎ"), ("中洲", "なかす"), ("川添", "かわぞえ"), ("山手", "やまて"), ("稲荷前", "いなりまえ"),
    ("古橋", "ふるはし"), ("港北", "こうほく"), ("青葉", "あおば"), ("泉", "いずみ"), ("谷上", "たにがみ"), ("島田", "しまだ"),
)  # fmt: skip
TOWNS = (("本町", "ほんまち"), ("一丁目", "いっちょうめ"), ("二丁目", "にちょうめ"), ("上町", "かみまち"))
FLOWERS = (
    ("さくら", "さくら"), ("ひまわり", "ひまわり"), ("すみれ", "すみれ"), ("つばき", "つばき"), ("コスモス", "こすもす"),
    ("たんぽぽ", "たんぽぽ"), ("あじさい", "あじさい"), ("なでしこ", "なでしこ"), ("若葉", "わかば"), ("青空", "あおぞら"),
    ("ほほえみ", "ほほえみ"), ("陽だまり", "ひだまり"), ("そよ風", "そよかぜ"), ("みなと", "みなと"), ("やすらぎ", "やすらぎ"),
    ("こもれび", "こもれび"), ("せせらぎ", "せせらぎ"), ("ふれあい", "ふれあい"), ("白梅", "しらうめ"), ("千鳥", "ちどり"),
    ("みどり", "みどり"), ("かもめ", "かもめ"), ("花もめん", "はなもめん"), ("星の子", "ほしのこ"), ("虹", "にじ"),
)  # fmt: skip
TOPICS = (
    Topic("体操の会", "clubs", "体を動かす", "互助", (("体操の会", "たいそうのかい"), ("いす体操クラブ", "いすたいそうくらぶ")), "いすに座ってできる体操の集まり"),
    Topic("通いの場・サロン", "clubs", "居場所・仲間", "互助", (("サロン", "さろん"), ("お茶の間", "おちゃのま")), "お茶を飲みながらおしゃべりする集まり"),
    Topic("認知症カフェ", "clubs", "もの忘れ", "互助", (("カフェ", "かふぇ"), ("オレンジカフェ", "おれんじかふぇ")), "もの忘れが気になる人と家族の集まり"),
    Topic("老人クラブ", "clubs", "趣味・役割", "互助", (("長寿会", "ちょうじゅかい"), ("クラブ", "くらぶ")), "60歳以上の人の会"),
    Topic("配食", "living", "食事", "自助", (("配食サービス", "はいしょくさーびす"), ("お弁当の配達", "おべんとうのはいたつ")), "お弁当を玄関まで届け、声をかける配食"),
    Topic("家事・ちょっとした手伝い", "living", "掃除・ごみ出し", "互助", (("ごみ出し応援隊", "ごみだしおうえんたい"), ("ゴミだしの会", "ごみだしのかい")), "電球の交換やごみ出しの手伝い"),
    Topic("見守り", "living", "見守り", "互助", (("見守り隊", "みまもりたい"), ("声かけの会", "こえかけのかい")), "週に1度家を訪ねて様子を聞く見守り"),
    Topic("商店・スーパー", "shops", "買い物", "自助", (("商店", "しょうてん"), ("マーケット", "まーけっと")), "電話で頼める近所の配達"),
    Topic("介護タクシー", "transport", "外出・通院", "自助", (("介護タクシー", "かいごたくしー"), ("移送サービス", "いそうさーびす")), "車いすのまま乗れるタクシー"),
    Topic("居宅介護支援事業所", "consultation", "介護", "共助", (("居宅介護支援事業所", "きょたくかいごしえんじぎょうしょ"), ("ケアプランセンター", "けあぷらんせんたー")), "ケアプランの相談ができる事業所"),
    Topic("通所介護・通所リハビリ", "care", "介護", "共助", (("デイサービスセンター", "でいさーびすせんたー"), ("デイケア", "でいけあ")), "日帰りで通って介護を受ける所"),
    Topic("訪問介護", "care", "介護", "共助", (("ヘルパーステーション", "へるぱーすてーしょん"), ("訪問介護センター", "ほうもんかいごせんたー")), "家に来て手伝うヘルパーの事業所"),
    Topic("グループホーム", "care", "もの忘れ", "共助", (("グループホーム", "ぐるーぷほーむ"), ("の家", "のいえ")), "認知症のある人が少人数で暮らす家"),
    Topic("福祉用具", "care", "住まい・修理", "共助", (("福祉用具店", "ふくしようぐてん"), ("ケアショップ", "けあしょっぷ")), "車いすや介護ベッドを借りられる店"),
    Topic("診療所", "medical", "病院・薬", "共助", (("内科医院", "ないかいいん"), ("整形外科クリニック", "せいけいげかくりにっく")), "外来の診察と往診をする診療所"),
    Topic("歯科", "medical", "病院・薬", "共助", (("歯科医院", "しかいいん"), ("デンタルクリニック", "でんたるくりにっく")), "訪問の治療もする歯科"),
    Topic("薬局", "medical", "病院・薬", "共助", (("薬局", "やっきょく"), ("調剤薬局", "ちょうざいやっきょく")), "薬を家まで届ける薬局"),
    Topic("公園", "places", "体を動かす", "公助", (("公園", "こうえん"), ("児童公園", "じどうこうえん")), "健康遊具といすのある公園"),
    Topic("コミュニティセンター", "public", "居場所・仲間", "公助", (("コミュニティセンター", "こみゅにてぃせんたー"), ("公民館", "こうみんかん")), "地区の人が集まる施設"),
    Topic("ボランティアグループ", "npos", "見守り", "互助", (("ボランティアの会", "ぼらんてぃあのかい"), ("傾聴の会", "けいちょうのかい")), "家を訪ねて話を聞くボランティア"),
)  # fmt: skip
WHO = (
    "初めての人",
    "一人暮らしの人",
    "足の悪い人",
    "耳の遠い人",
    "もの忘れが気になる人",
    "男性",
    "退院したばかりの人",
    "介護をしている家族",
    "島から来る人",
    "子ども連れの人",
)
WHAT = (
    "が多く、見学だけでも歓迎します", "には、世話役が玄関まで迎えに行きます", "のために、手すりといすを用意しています", "からの電話は、夕方まで受けています",
    "が休んだ日は、次の日に電話をかけます", "と一緒に、季節の行事もしています", "には大きな字の案内を渡しています", "も参加しやすいよう、午前に開いています",
    "の相談にも、担当が順に応じます", "には、近くの店や銀行とも知らせ合っています", "は、買物や通院の帰りに寄っていきます", "の声から、ゴミ出しの手伝いも始めました",
)  # fmt: skip
FEES = ("会費", "無料", "実費のみ", "有料（自費）", "要問合せ")
SITUATIONS = ("誰でも", "一人暮らし", "認知症のある人", "介護している家族")
ACCESS = ("段差なし", "車いすで入れる", "車いすトイレ", "送迎あり", "手すり", "筆談・手話")
DAYS = ("月-金", "月・水・金", "火・木", "月-土", "毎日")


def write_site(root: Path, count: int, seed: int = SEED) -> None:
    """Write a site of ``count`` records below ``root``: 16 districts, 64 towns, 20 topics, about 1.9 kB of YAML a record."""
    chance = random.Random(seed)  # noqa: S311 - reproducible text, not a secret
    (root / "content").mkdir(parents=True)
    (root / "content" / "about.md").write_text("# このサイトについて\n\n計測のためのサイトです。\n", encoding="utf-8")
    (root / "mkdocs.yml").write_text(
        "site_name: 計測\ndocs_dir: content\ntheme: {name: material, language: ja, font: false}\nplugins: [tsunagite]\n",
        encoding="utf-8",
    )
    folder = root / "resources" / "areas"
    folder.mkdir(parents=True)
    (folder / "all.yml").write_text(
        "records:\n  - {id: city, name: 計測市, level: 市}\n" + "".join(_areas()), encoding="utf-8"
    )
    (root / "resources" / "site.yml").write_text(
        "name: 計測\nmunicipality: 計測市\narea: city\nsite_url: https://bench.example/\n", encoding="utf-8"
    )
    for number in range(count):
        topic = TOPICS[number % len(TOPICS)]
        path = root / "resources" / topic.folder / f"record-{number}.yml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(_record(number, topic, chance), encoding="utf-8")


def _areas() -> list[str]:
    lines = []
    for number, (name, kana) in enumerate(DISTRICTS):
        lines.append(f"  - {{id: d{number}, name: {name}, name_kana: {kana}, level: 地区, parent: city}}\n")
        for at, (town, town_kana) in enumerate(TOWNS):
            lines.append(
                f"  - {{id: d{number}t{at}, name: {name}{town}, name_kana: {kana}{town_kana}, level: 町字, parent: d{number}}}\n"
            )
    return lines


def _record(number: int, topic: Topic, chance: random.Random) -> str:
    at = chance.randrange(len(DISTRICTS))
    district, kana = DISTRICTS[at]
    flower, flower_kana = chance.choice(FLOWERS)
    ending, ending_kana = chance.choice(topic.names)
    branch = f" 第{number}" if chance.random() < 0.2 else ""
    branch_kana = f" だい{number}" if branch else ""
    sentences = [
        f"{who}{what}。" for who, what in zip(chance.choices(WHO, k=11), chance.choices(WHAT, k=11), strict=True)
    ]
    return f"""\
id: record-{number}
name: {district}{flower}{ending}{branch}
name_kana: {kana}{flower_kana}{ending_kana}{branch_kana}
kind: {topic.kind}
needs: [{topic.need}, 相談したい]
support_level: [{topic.level}]
summary: {topic.summary}。週1回、申し込みはいりません。
description: {"".join(sentences[:8])}
helpful_for: {"".join(sentences[8:])}
how_to_use: [見学の電話をする, 当日に来る]
phones: [{{number: 087-000-{number % 10000:04}, label: 事務局, hours: 平日9時から17時}}]
location: {{address: 計測市{district}{chance.choice(TOWNS)[0]}{chance.randrange(1, 900)}-{chance.randrange(1, 30)}, lat: {34.2 + chance.random() / 5:.6f}, lng: {133.95 + chance.random() / 5:.6f}}}
service_areas: [d{at}]
{_hours(number)}\
fee: {{type: {FEES[number % len(FEES)]}, amount: {100 * chance.randrange(1, 9)}, unit: 1回}}
eligibility: {{age_min: {55 + number % 4 * 5}, situations: [{SITUATIONS[number % len(SITUATIONS)]}]}}
access: {{features: [{ACCESS[number % len(ACCESS)]}, 駐車場]}}
verified_on: 2026-{1 + number % 9:02}-02
verified_by: 計測課
verify_method: 電話
sample: true
"""


def _hours(number: int) -> str:
    """Hours of about a hundred patterns; every seventh record has none."""
    if number % 7 == 0:
        return ""
    days, opens, closes = DAYS[number % len(DAYS)], 8 + number % 3, 15 + number // 3 % 6
    saturday = f"  - {{days: 土, nth: [{1 + number % 4}], open: 9:00, close: 12:00}}\n" if number % 5 else ""
    return f"hours:\n  - {{days: {days}, open: {opens}:00, close: {closes}:00}}\n{saturday}"
