"""Characters of texts that come from outside: damage of other programs is repaired, what cannot be known is named. Pure.

Every reader of lists, of workbooks of records and of worksheets sends each cell through ``clean``; ``check`` asks the same of
records on disk. What a text says is never changed: only how its characters are stored.
"""

from __future__ import annotations

import html
import re
import unicodedata
from enum import StrEnum

# Unicode, EquivalentUnifiedIdeograph.txt: radicals of the supplement (U+2E80 to U+2EF3), each followed by its ideograph.
_SUPPLEMENT = (
    "⺁厂⺂乛⺃乚⺄乙⺅亻⺆冂⺇𠘨⺈刀⺉刂⺊卜⺋㔾⺌小⺍尐⺎兀⺏尣⺐尢⺑𡯂⺒巳⺓幺⺔彑⺕彐⺖忄⺗心⺘扌⺙攵⺛旡⺜日⺝月⺞歺⺟母⺠民⺡氵⺢氺⺣灬⺤爫⺥爬⺦丬⺧牛⺨犭⺩王⺪𤴔⺫目⺬示⺭礻⺮𥫗⺯糹⺰纟⺱罓⺲罒⺳㓁"
    "⺴冗⺵𦉫⺶羊⺷𦍌⺸𦍋⺹耂⺺肀⺻聿⺼肉⺽𦥑⺾艹⺿艺⻀艻⻁虎⻂衤⻃覀⻄西⻅见⻆角⻇𧢲⻈讠⻉贝⻊𧾷⻋车⻌辶⻍辷⻎辸⻏邑⻐钅⻑長⻒镸⻓长⻔门⻕𨸏⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞𩙿⻟飠⻠饣⻡𩠐⻢马⻣骨⻤鬼⻥鱼"
    "⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟"
)
_KANGXI = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
RADICALS: dict[int, str] = {
    ord(radical): usual for radical, usual in zip(_SUPPLEMENT[::2], _SUPPLEMENT[1::2], strict=True)
} | _KANGXI
"""Radicals (⻑, ⻄, ⾼), which fonts draw like the ideographs they are mistaken for, and those ideographs."""
VARIATION_SELECTORS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
"""Which glyph of one character is meant (葛󠄀 and 葛): part of how a name is written, nothing for comparing."""

_INVISIBLE = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
_FIND_INVISIBLE = re.compile(f"[{_INVISIBLE}]")
_FIND_RADICAL = re.compile("[\u2e80-\u2fd5]")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_FORMULA_GUARD = re.compile(r'\s*="((?:[^"]|"")*)"\s*')
_QUOTE_GUARD = re.compile(r"'(?=[^'\s])[^']*")
# Ideographs that have a canonical form but are how some names are written (神, 福); NFC alone would change them.
_COMPATIBILITY = re.compile("([\uf900-\ufaff\U0002f800-\U0002fa1f])")
_LOST = "\u3013\ue000-\uf8ff\ufffd\U000f0000-\U0010ffff"
_QUESTION = r"(?<=[一-鿿㐀-䶿])\?(?=[一-鿿㐀-䶿])"
_FIND_LOST = re.compile(f"[{_LOST}]|{_QUESTION}")
_SUSPECT = re.compile(
    rf"[{_INVISIBLE}\u2e80-\u2fd5{_LOST}]|{_QUESTION}|&[#A-Za-z][A-Za-z0-9#]*;|<[bB][rR]|=\"|(?:^|[\n,\"\t ])'",
    re.MULTILINE,
)


class CharacterChange(StrEnum):
    """What was done to a cell (words: i18n ``import.character``)."""

    COMPOSED = "composed"
    INVISIBLE = "invisible"
    RADICAL = "radical"
    ENTITY = "entity"
    GUARD = "guard"


def is_plain(text: str) -> bool:
    """Tell whether nothing in a text (a cell or a whole file) can need ``clean`` or be ``lost``; quick, and never wrong in saying yes."""
    return _SUSPECT.search(text) is None and unicodedata.is_normalized("NFC", text)


def clean(text: str) -> tuple[str, tuple[CharacterChange, ...]]:
    """Return a text as it was meant, and what was changed for that.

    Decomposed kana and letters are composed (NFC; compatibility ideographs stay as written), characters without any width
    or that turn the direction of writing are removed, radicals become ideographs, entities and ``<br>`` of HTML what they
    stand for, and the guards by which spreadsheets keep a text (``="087"``, a leading apostrophe) are taken off.
    """
    if is_plain(text):
        return text, ()
    changes = []
    if (guarded := _FORMULA_GUARD.fullmatch(text)) is not None:
        text = guarded[1].replace('""', '"')
        changes.append(CharacterChange.GUARD)
    elif _QUOTE_GUARD.fullmatch(text):
        text = text[1:]
        changes.append(CharacterChange.GUARD)
    if _ENTITY.search(text) or _BREAK.search(text):
        decoded = _ENTITY.sub(lambda match: html.unescape(match[0]), _BREAK.sub("\n", text)).replace("\u00a0", " ")
        if decoded != text:
            text = decoded
            changes.append(CharacterChange.ENTITY)
    if _FIND_INVISIBLE.search(text):
        text = _FIND_INVISIBLE.sub("", text)
        changes.append(CharacterChange.INVISIBLE)
    if _FIND_RADICAL.search(text) and (whole := text.translate(RADICALS)) != text:
        text = whole
        changes.append(CharacterChange.RADICAL)
    if not unicodedata.is_normalized("NFC", text):
        composed = "".join(
            part if _COMPATIBILITY.fullmatch(part) else unicodedata.normalize("NFC", part)
            for part in _COMPATIBILITY.split(text)
        )
        if composed != text:
            text = composed
            changes.append(CharacterChange.COMPOSED)
    return text, tuple(changes)


def lost(text: str) -> str:
    """Return the first character that stands for one that was lost (private use, U+FFFD, 〓, a ? between kanji), "" without any."""
    match = _FIND_LOST.search(text)
    return match[0] if match else ""


def shown(character: str) -> str:
    """Return a lost character as a message can show it: U+E000, or itself where people can see it."""
    return character if character in "〓?" else f"U+{ord(character):04X}"
