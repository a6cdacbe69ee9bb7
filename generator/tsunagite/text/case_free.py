"""Case-free words: what in a text would tell whose case it is. The same patterns run in the browser forms.

Patterns are written so that Python and JavaScript read them alike, and meant for text in NFKC.
"""

from __future__ import annotations

import re

from tsunagite.text.normalize import nfkc

_ROLES = (
    "皆|子|娘|息子|奥|隣|母|父|祖母|祖父|姉|兄|孫|嫁|夫|妻|親|旦那|先生|仲間|大工|坊|住職|[一-龥々]*[者員民師士屋家族人客生長係役]"
    "|同|多|仕|模|異|各|王|神|有|一|外|左"
)
PATTERNS: tuple[tuple[str, str], ...] = (
    ("name", rf"(?<![一-龥々])(?!(?:{_ROLES})(?:さん|様|氏))[一-龥々]{{1,4}}(?:さん|様|氏)(?![名子々式相])"),
    (
        "name",
        r"^(?!.*(?:[課係部室局所会院店社員町市区]|担当|窓口|福祉|代表|地区|住民|地域))[一-龥々]{1,3} [一-龥々ぁ-んァ-ヶー]{1,4}$",
    ),
    ("initial", r"(?<![A-Za-z])[A-Z](?:[.・][A-Z])?\.?(?:さん|様|氏|君|くん|ちゃん)|(?<![A-Za-z])[A-Z]\.[A-Z]\."),
    ("age", r"(?<![0-9])[0-9]{2,3} ?[歳才](?!以上|以下|未満|代|台|から|まで|を|に|前後|の壁)"),
    ("room", r"[0-9]{2,4} ?号室|(?<![0-9])[0-9]+号棟 ?[0-9]"),
    (
        "address",
        r"(?<![0-9])[0-9]+番地|(?<![0-9一二三四五六七八九])[0-9一二三四五六七八九]+丁目 ?[0-9]+(?:番|[-‐‑–—−ー])",
    ),
    ("birth", r"生年月日|(?:大正|昭和|平成|19[0-9]{2}年?)[0-9元]{0,2}年?[0-9]{1,2}月[0-9]{1,2}日 ?生"),
    ("phone", r"0[789]0[-‐‑–—−ー ]?[0-9]{4}[-‐‑–—−ー ]?[0-9]{4}"),
)
"""(what it tells, pattern), in the order they are looked for."""
SMALL_COUNT = r"(?<![0-9.,月])[1-9](?:人|名|世帯|件|軒)(?!目|に1|ずつ|一組|で1|あたり)"
"""A number below 10 of people or homes: in a small town it may say who."""
ONE_OR_TWO = r"(?:(?<![0-9.,月])[12]|[一二])(?:人|名|世帯|軒)(?![目組暮一ず以])"
OF_WHOM = (
    r"[0-9]{2}(?:代|歳)|高齢の|(?:認知症|がん|癌|難病|精神|うつ|統合失調|知的|発達|身体)|要介護 ?[1-5]|要支援 ?[12]|透析|ひきこもり|虐待|"
    r"生活保護|[男女]性|外国籍"
)
"""A sentence in which both stand counts one or two persons or homes, and says of what age, illness or need they are."""
_FOUND = tuple((what, re.compile(pattern)) for what, pattern in PATTERNS)
_SMALL = re.compile(SMALL_COUNT)
_ONE, _WHOM, _SENTENCE = re.compile(ONE_OR_TWO), re.compile(OF_WHOM), re.compile(r"[。\n]")


def personal_detail(text: str) -> tuple[str, str] | None:
    """Return (what, the words) of the first thing in a text that tells whose case it is, or None."""
    plain = nfkc(text)
    found = ((what, match[0]) for what, pattern in _FOUND if (match := pattern.search(plain)))
    return next(found, None)


def small_count(text: str) -> str:
    """Return the first count of people or homes below 10 in a text, or ""."""
    match = _SMALL.search(nfkc(text))
    return match[0] if match else ""


def few_with_detail(text: str) -> str:
    """Return the first sentence that counts one or two persons or homes and says of what age, illness or need they are, or "".

    In a town everybody knows whom it means.
    """
    found = (sentence for sentence in _SENTENCE.split(nfkc(text)) if _ONE.search(sentence) and _WHOM.search(sentence))
    return next(found, "").strip()
