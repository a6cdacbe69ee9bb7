"""Where a line of Japanese may end on paper and in headings: between phrases, never inside a word or a number. The one door to budoux.

BudouX (a small statistical model) proposes the borders of phrases (文節). It knows no names of places, facilities and
offices, so that ``NEVER`` takes borders away, and long compounds get borders where the script changes or a ``NOUNS`` begins.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from budoux import Parser

LONGEST = 8
"""Characters of a phrase that stays on one line; a longer one is cut further where the script changes or a noun begins."""
NOUNS = (
    "サブセンター", "センター", "サービス", "デイサービス", "クリニック", "ステーション", "コミュニティ", "リハビリ", "グループ", "ホーム", "ヘルパー", "サロン", "ショート", "ケア",
    "協議会", "事業所", "支援", "介護", "看護", "社会福祉", "福祉", "保健", "地域包括", "地域", "医療", "法人", "整形外科", "歯科", "内科", "外科", "病院",
    "医院", "薬局", "小学校", "中学校", "保育", "老人", "高齢者", "障害", "連合", "自治会", "公民館", "会館", "図書館", "出張所", "総合", "相談", "情報",
    "公表", "さがす", "制度", "手続", "委員", "連絡", "協力", "認知症", "生活", "訪問", "居宅", "通所", "国民健康", "後期", "保険", "附属", "付属", "市役所", "運動", "体操",
)  # fmt: skip
"""Words before which a compound that is too long may be cut."""
NEVER = (
    (
        r"[0-9０-９][0-9０-９,.，．:：～〜/／\-－]*(?:時半?|分間?|秒|年度?|[かヶカケ]月|月|日間?|週間?|回|円|人|名|件|階|号室?|丁目|番地?|歳|才|割|つ|km|m|％|%)?"
        r"(?:[0-9０-９]+(?:分|日|号|月))*(?:から|まで|以上|以下|ごと|ほど|時点)?"
    ),
    r"(?:医療|社会福祉|特定非営利活動|学校|一般社団|一般財団|公益社団|公益財団)法人(?:社団|財団)?",
    r"要支援[12１２]|要介護[1-5１-５]|CC BY [0-9.]+|社会福祉士|保健師|介護福祉士|主任介護支援専門員|介護支援専門員|民生委員|助け合い|さがす|さがし|まちがい|みなさん|ません|でした|おたがい|ください|お知らせ|お問い合わせ|申し込み|ひとり",
)
"""Patterns of what no line may break inside: numbers with their counters, legal forms, titles of professions, words that BudouX cuts."""

_NEVER = re.compile("|".join(NEVER))
_LEGAL_FORM = re.compile(NEVER[1])
_NOUN = re.compile("|".join(sorted(NOUNS, key=len, reverse=True)))
_CUT_AFTER = re.compile(r"(?<=[、。，．！？!?\u3000 ])(?=[^、。，．！？!?\u3000 」』）)】〕])")
_CUT_BEFORE = re.compile(r"(?<=[^「『（(【〔\u3000 ])(?=[「『（(【〔])")
_CLOSING = "、。，．！？!?」』）)】〕ー・ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ々\u3000 "
_OPENING = "「『（(【〔"
_HIRAGANA, _KATAKANA, _KANJI = r"[\u3041-\u3096]", r"[\u30a1-\u30faー]", r"[々〆\u3400-\u9fff]"
_TURN = re.compile(
    f"(?<={_HIRAGANA})(?={_KANJI}|{_KATAKANA})|(?<={_KATAKANA})(?={_KANJI})|(?<={_KANJI})(?={_KATAKANA})|(?<=・)(?=.)|(?<=[A-Za-z])(?={_KANJI})|(?<={_KANJI})(?=[0-9０-９])"
)
_IN_BRACKETS = re.compile(r"（[^（）]{1,9}）|「[^「」]{1,9}」")
_TWO_KANJI = re.compile(f"(?<={_KANJI})(?={_KANJI})")


@lru_cache(maxsize=20_000)
def phrases(sentence: str) -> tuple[str, ...]:
    """Cut a sentence into phrases between which a line may end. Joined they are the sentence."""
    at, borders = 0, set()
    for phrase in _parser().parse(sentence):
        at += len(phrase)
        borders.add(at)
    borders -= {found.start() for found in _TWO_KANJI.finditer(sentence)}
    return _cut(sentence, borders)


@lru_cache(maxsize=20_000)
def name_parts(name: str) -> tuple[str, ...]:
    """Cut a name likewise, after its legal form, by script and by the nouns that names are made of: the model guesses at names."""
    return _cut(name, {found.end() for found in _LEGAL_FORM.finditer(name)})


def _cut(text: str, borders: set[int]) -> tuple[str, ...]:
    within = {
        at
        for whole in (_NEVER, _IN_BRACKETS)
        for found in whole.finditer(text)
        for at in range(found.start() + 1, found.end())
    }

    def allowed(found: set[int]) -> set[int]:
        return {at for at in found - within if _may_end(text, at)}

    kept = allowed(borders | {found.start() for cut in (_CUT_AFTER, _CUT_BEFORE) for found in cut.finditer(text)})
    turns = allowed({found.start() for cut in (_TURN, _NOUN) for found in cut.finditer(text)})
    parts: list[str] = []
    for start, end in _spans(text, kept):
        inside = {at for at in turns if start < at < end} if end - start > LONGEST else set()
        parts += [text[a:b] for a, b in _spans(text[:end], inside, start)]
    return tuple(_joined(parts))


def _may_end(text: str, at: int) -> bool:
    """Tell whether a line may end before the character at ``at``, by the rules of Japanese typesetting (行頭・行末禁則)."""
    return 0 < at < len(text) and text[at] not in _CLOSING and text[at - 1] not in _OPENING


def _spans(text: str, borders: set[int], start: int = 0) -> list[tuple[int, int]]:
    ends = [*sorted(borders - {len(text)}), len(text)]
    return list(zip([start, *ends[:-1]], ends, strict=True))


def _joined(parts: list[str]) -> list[str]:
    """Join a part of one character to its neighbour, and a last one of two to what stands before it: no line holds so little."""
    result: list[str] = []
    for part in parts:
        if part[:1] in tuple(_OPENING) and len(result) > 1 and len(result[-1]) < 3:
            result[-2:] = ["".join(result[-2:])]
        short = len(part.strip(_OPENING + _CLOSING)) < 2 or (
            bool(result) and len(result[-1].strip(_OPENING + _CLOSING)) < 2
        )
        if result and short and not result[-1].endswith(("　", " ", "、", "。")):
            result[-1] += part
        else:
            result.append(part)
    if len(result) > 1 and len(result[-1]) < 3:
        result[-2:] = ["".join(result[-2:])]
    return result


@cache
def _parser() -> Parser:
    import budoux  # noqa: PLC0415 - only where a paper is set anew

    return budoux.load_default_japanese_parser()
