"""The form under which what somebody types meets what is written. search/browser/search_key.js does exactly the same.

Kana, width, case, okurigana (買い物 and 買物), kanji and kana of a few words
(子供 and こども), ヶ and が, long vowels, hyphens, kanji numerals (二丁目 and 2丁目), old and
variant kanji (髙 and 高, 𠮷 and 吉, ⻑ and 長) and which glyph of a kanji is meant make no difference. The table of kanji is sent to the browser, so it stands here only.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from tsunagite.text.characters import RADICALS, VARIATION_SELECTORS

# Old and variant forms in names of people and places, each followed by the usual one (常用漢字表 の いわゆる康熙字典体 and
# forms that registers of the same city mix).
VARIANTS = (
    "髙高﨑崎嵜崎德徳濵浜濱浜邊辺邉辺澤沢廣広國国櫻桜龍竜瀧滝嶋島嶌島藏蔵條条與与榮栄惠恵眞真圓円齋斎齊斉壽寿豐豊寶宝"
    "會会學学體体醫医藥薬團団區区縣県縱縦總総繩縄鹽塩驛駅舊旧濟済佛仏假仮應応關関氣気樂楽鐵鉄籠篭廐厩廏厩籔薮礒磯檜桧"
    "槇槙冨富𠮷吉曽曾桒桑舘館栁柳溪渓渕淵黑黒靑青郞郎敎教靜静淨浄萬万壹一貳二參三冑胄頰頬"
)
_SMALL_AND_TWIN_KANA = (
    "ァアィイゥウェエォオヮワぁあぃいぅうぇえぉおゎわヂジヅズぢじづず"  # ディ is typed デイ, づ as ず
)
_DASHES = "".join(f"{mark}-" for mark in "‐‑‒–—―−~〜")
# NFKC knows the radicals of Kangxi, not those of the supplement (⻑, ⻄).
_RADICALS = "".join(
    f"{chr(code)}{usual}" for code, usual in RADICALS.items() if unicodedata.normalize("NFKC", chr(code)) != usual
)
PAIRS = VARIANTS + _RADICALS + _SMALL_AND_TWIN_KANA + _DASHES
_SELECTORS = re.compile(f"[{VARIATION_SELECTORS}]")  # 葛󠄀 and 葛
# Few characters of a text are in these tables: looking for them is five times as fast as translating every character.
_TABLE = dict(zip(PAIRS[::2], PAIRS[1::2], strict=True))
_IN_TABLE = re.compile(f"[{re.escape(''.join(_TABLE))}]")
_HIRAGANA = {code: code - 0x60 for code in range(0x30A1, 0x30F6)}  # all but ヶ, which stands for itself
_KATAKANA = re.compile("[ァ-ヵ]+")

_KANJI = "[一-鿿々]"
_STEM_END = "[いきぎしじちびみりえけげせてべめれっ]"  # okurigana that may be left out; no particles
_INNER_OKURIGANA = re.compile(f"(?<={_KANJI}){_STEM_END}{{1,2}}(?={_KANJI})")
_LAST_OKURIGANA = re.compile(f"(?<={_KANJI}{_KANJI}){_STEM_END}(?![ぁ-ゖ])")
_BETWEEN_KANJI = re.compile(
    f"(?<={_KANJI})[ケヶヵがヵ](?={_KANJI})|(?<=[ぁ-ゖァ-ヶ])[ケヶヵが](?=[丘岡台])"
)  # also みどりが丘
# One word that is written in kanji, in kana or half and half; by offices and laws in one way, by people in all of them.
_WORDS = {
    "子ども": "こども", "子供": "こども", "小供": "こども", "障がい": "障害", "障碍": "障害", "友だち": "友達", "ご飯": "ごはん", "御飯": "ごはん",
    "車いす": "車椅子", "車イス": "車椅子", "一人": "ひとり", "独り": "ひとり",
}  # fmt: skip
_MIXED = re.compile(f"(?<![一二三四五六七八九十百千0-9])(?:{'|'.join(_WORDS)})")
_NUMBER = re.compile("[一二三四五六七八九十]+")
_LONG = re.compile(r"(?<=[ぁ-ゖァ-ヶ])[ー-]+")
_BLOCK = re.compile(r"(?<=[0-9])(?:丁目|番地の|番地|番(?=[0-9]|\Z)|号(?=[0-9]|\Z|\s)|の(?=[0-9]))")
_HYPHENS = re.compile(r"-+")
_SPLIT = re.compile(r"[^0-9a-zぁ-ゖ一-鿿々〇ヶ\-〆𠀀-𯨟]+")
_DIGITS = {kanji: digit for digit, kanji in enumerate("〇一二三四五六七八九")}


def fold(text: str) -> str:
    """Return the search form of a text. Marks and blanks stay: see ``runs``."""
    plain = _SELECTORS.sub("", unicodedata.normalize("NFKC", text).lower())
    text = _IN_TABLE.sub(lambda match: _TABLE[match[0]], plain)
    text = _MIXED.sub(lambda match: _WORDS[match[0]], text)
    text = _LAST_OKURIGANA.sub("", _INNER_OKURIGANA.sub("", text))
    text = _BETWEEN_KANJI.sub("ヶ", text)
    text = _NUMBER.sub(_digits, text)
    text = _LONG.sub("", text)
    text = _KATAKANA.sub(lambda match: match[0].translate(_HIRAGANA), text)
    return _HYPHENS.sub("-", _BLOCK.sub("-", text))


@lru_cache(maxsize=4096)  # steps and notes repeat from record to record
def runs(text: str) -> tuple[str, ...]:
    """Return the pieces of a folded text between marks and blanks, without hyphens at their ends."""
    pieces = (piece.strip("-") for piece in _SPLIT.split(fold(text)))
    return tuple(piece for piece in pieces if piece)


def key(text: str) -> str:
    """Return a folded name without marks and blanks: 「さくら・体操 クラブ」 and 「さくら体操クラブ」 are one."""
    return "".join(runs(text))


def _digits(match: re.Match[str]) -> str:
    """Read 一 to 九十九; a longer row of numerals digit by digit (二〇二六 is rare, 五十一 is a temple)."""
    kanji = match[0]
    tens, ten, ones = kanji.partition("十")
    if not ten:
        return "".join(str(_DIGITS[one]) for one in kanji)
    if len(tens) > 1 or len(ones) > 1 or "十" in ones:
        return "".join("10" if one == "十" else str(_DIGITS[one]) for one in kanji)
    return str((_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0))
