"""Towns: addresses of pages that can be typed, and addresses of places found in their town."""

import pytest

from tsunagite.text.romaji import town_slug
from tsunagite.text.towns import town_key, town_of_address


@pytest.mark.parametrize(
    ("name", "kana", "number", "slug"),
    [
        ("屋島西町", "やしまにしまち", None, "yashima-nishimachi"),
        ("朝日町", "あさひまち", 1, "asahimachi-1"),
        ("香川町大野", "かがわちょうおおの", None, "kagawacho-ono"),
        ("瀬戸内町", "せとうちちょう", None, "setouchicho"),
        ("仏生山町", "ぶっしょうざんちょう", None, "busshozancho"),
        ("国分寺町新居", "こくぶんじちょうにい", None, "kokubunjicho-nii"),
        ("塩上町", "しおがみちょう", None, "shiogamicho"),
        ("三条町", "さんじょうちょう", None, "sanjocho"),
        ("発知町", "ほっちまち", None, "hotchimachi"),
    ],
)
def test_a_town_gets_an_address_that_can_be_typed(name: str, kana: str, number: int | None, slug: str) -> None:
    assert town_slug(name, kana, number) == slug


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("見本市錦町2-14-1", "錦町2丁目"),
        ("見本県見本市錦町二丁目３−５", "錦町2丁目"),
        ("見本市松島町2-14-5", "松島町2丁目"),
        ("見本市松島町2-14", "松島町"),
        ("見本市松島町２丁目14", "松島町2丁目"),
        ("見本市山町谷第３号194-1", "山町谷第3号"),
        ("見本市御廐町816", "御厩町"),
        ("見本市錦町9-1-1", None),
        ("となり市錦町2-14-1", None),
    ],
)
def test_an_address_is_found_in_its_town(address: str, found: str | None) -> None:
    names = ["錦町一丁目", "錦町二丁目", "松島町", "松島町二丁目", "山町谷第三号", "御厩町"]
    assert town_of_address(address, [town_key(name) for name in names], "見本県", "見本市") == found
