"""Names of persons inside text: what is found of made-up sentences, and what is no person though it begins like a surname."""

from __future__ import annotations

import time

import pytest

from tsunagite.text.person_names import is_personal_mail, names_with_title, person_names

NAMING = """
会長の佐藤さんに電話してください。
代表 山田
申し込みは世話人の鈴木まで。
佐藤花子さんが教えます。
講師は田中一郎先生です。
民生委員の高橋さんが見守ります。
連絡先：伊藤
担当：渡辺 健
責任者 中村 太郎
山本会長が毎回来ます。
小林 花子
加藤美香が体操を教えます。
園長 吉田
佐々木様にお電話ください
山口氏の家で開きます
松本代表の畑を借りています。
問い合わせ先 井上
木村ケアマネに相談できます。
施設長　林　正夫
斎藤 みどり
清水恵子（世話役）が鍵を持っています。
鍵は隣の山崎さんが預かっています。
申込先：池田
事務局長 橋本
講師：阿部 由美子
石川先生の教室です。
休みのときは小川くんに聞く。
後藤さん宅で集まります。
近藤 幸子さんのお弁当
遠藤施設長
青木良夫 作
坂本ちゃんの店
代表者 藤田 武
福田 実（会長）
太田さんに頼むと早いです
担当の西村です。
お名前：岡本 久美
氏名 藤原 智子
中野さんの奥さんが作ります。
三浦館長に言うと借りられます。
原田 和子の家
竹内主任に電話
小野さんが運転します
看護師の田村さん
和田保健師が来ます
石田 光子
森田健一が送迎します。
上田さんへ連絡
柴田 節子
酒井・宮崎さんが当番です。
横山 つとむ
大野町会長の高木さん
毛利さんに電話する
代表は蛯名さん
副会長 猪俣 修
由美子さんが担当
講師：纐纈 幸男
阿武さんの畑
世話人は舟越まで
連絡先 諸星
"""
"""Sixty sentences as clubs write them, each with one person. The last eight have surnames that are not in the dictionary."""
NAMING_NOBODY = """
田中町公民館で開きます。
佐藤内科クリニックのとなり
山田川のほとりを歩きます。
高松市役所 長寿福祉課
中野商店で売っています。
石川県立中央病院
松本駅から歩いて5分
小松公園に集合
森林公園で会う
お客さんが多い店です
皆さんでお茶を飲みます
宮崎市から来た人も
福島会館 2階
原則として毎週
東 入口から入る
西 出口の前
担当 地域福祉課
代表電話へ
会長が決まりました
千葉大学前
中山間地域を回ります
上原団地の集会所
長野オリンピックの写真展
新田 東自治会
高田西コミュニティセンター
連絡先 高松市社会福祉協議会
三木 町立図書館
大野 原町バス停
岡本石油が配達します
今井書店 本店
今井さんさん広場のとなり
お遍路さんの休憩所
運営：有限会社さんわ
"""


def test_of_sixty_sentences_that_name_a_person_at_most_four_are_missed() -> None:
    sentences = NAMING.strip().splitlines()
    assert len(sentences) == 60
    missed = [one for one in sentences if not (person_names(one) or names_with_title(one))]
    assert missed == ["副会長 猪俣 修", "講師：纐纈 幸男", "世話人は舟越まで", "連絡先 諸星"]


def test_towns_schools_shops_and_clinics_are_no_persons() -> None:
    sentences = NAMING_NOBODY.strip().splitlines()
    assert {one: found for one in sentences if (found := person_names(one) + names_with_title(one))} == {}


def test_the_name_of_the_municipality_is_a_person_with_a_title_only() -> None:
    assert person_names("高松木太 高松 太一", "高松") == []
    assert person_names("会長の高松さん", "高松") == ["高松さん"]


@pytest.mark.parametrize(
    ("mail", "personal"),
    [
        ("taiso@docomo.ne.jp", True), ("suzuki.1955@gmail.com", True), ("sakura-taiso@gmail.com", False), ("ono@city.example", False),
        ("katorisenko@yahoo.co.jp", False), ("hanako_sato@yahoo.co.jp", True),
    ],
)  # fmt: skip
def test_mail_of_a_carrier_or_with_a_surname_is_personal(mail: str, personal: bool) -> None:
    assert is_personal_mail(mail) is personal


def test_a_long_text_of_surnames_takes_linear_time() -> None:
    text, begin = "佐藤 田中会長" * 12_000, time.process_time()
    person_names(text)
    assert time.process_time() - begin < 10
