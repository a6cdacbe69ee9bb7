"""Which licences let a record stand in a file that anybody may use."""

import pytest

from tsunagite.text.licences import is_open


@pytest.mark.parametrize(
    "licence",
    [
        "CC BY 4.0",
        "CC-BY 2.1 JP",
        "ＣＣ ＢＹ ４．０",
        "CC0 1.0",
        "PDL1.0",
        "公共データ利用規約（第1.0版）",
        "政府標準利用規約（第2.0版）",
        "ODC-BY 1.0",
    ],
)
def test_open_licences(licence: str) -> None:
    assert is_open(licence)


@pytest.mark.parametrize(
    "licence",
    ["", "CC BY-NC 4.0", "CC BY-ND 4.0", "CC BY-SA 4.0", "CC BY-NC-SA 4.0", "出典を書けば利用可", "要問い合わせ"],
)
def test_other_licences(licence: str) -> None:
    assert not is_open(licence)
