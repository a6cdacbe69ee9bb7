"""What one cell of a published list says: telephone numbers, page addresses, weekdays, decimals. Pure text in, values out."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from tsunagite.text.dates import HOLIDAY, WEEKDAYS
from tsunagite.text.normalize import nfkc, plain_hyphens
from tsunagite.text.phones import is_possible, is_short, numbers_in, plain_phone

MAX_NOTHING = 12  # characters of a cell that says there is nothing
MAX_LABEL = 60  # characters; as in records.model.contact.Phone
_LINE_ENDS = re.compile(r"\r\n?|[\x85\u2028\u2029]")
_CONTROLS = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]"
)  # categories Cc and Cs, and what no YAML holds; the line feed apart
_LONG_MARK_AS_HYPHEN = re.compile(r"(?<=\d)ー(?=\d)")
_WITHOUT_CODE = re.compile(r"(?<![\d-])(?<!内線)(\d{1,4}-\d{4})(?![\d-])")
_NUMBER_PART = re.compile(r"[\d+(][\d() \-]*\d")
_NUMBER_LIKE = re.compile(r"\d[\d\- ]{2,}")
_USUAL_NUMBER = re.compile(r"0\d{1,4}-\d{1,4}-\d{4}")  # nothing else in the cell: no need to look for it
_FAX = re.compile(r"fax|ファックス|ファクス|ファクシミリ", re.IGNORECASE)
_TEL = re.compile(r"tel|電話番号|電話|phone", re.IGNORECASE)
SHARED = "電話・ファクス兼用"
_SHARED = re.compile(
    r"(?:tel|電話)(?:番号)?[ \t]{0,2}[/・&,、と]?[ \t]{0,2}(?:fax|ファックス|ファクス)(?:番号)?[ \t]{0,2}(?:兼用|共用|共通|同じ|兼)?"
    r"|(?:(?:tel|電話|fax|ファックス|ファクス)(?:番号)?[とも]?[ \t]{0,2})?(?:兼用|共用|共通|同じ|兼(?=[)）]|$))",
    re.IGNORECASE,
)
_SAME_NUMBER = re.compile(
    r"[(]?(?:同上|同左|同じ|〃|兼用|共用|共通|(?:電話|TEL)(?:番号)?(?:と|に)(?:同じ|兼用|共通)|TEL兼用|電話兼用)[)]?",
    re.IGNORECASE,
)
_EXTENSION = re.compile(
    r"(?:内線(?:番号)?|ext\.?|内(?=\d))[ \t]{0,2}[:：]?[ \t]{0,2}(\d{1,6}(?:[-・,、/]\d{1,6}){0,5})", re.IGNORECASE
)
_SIGN_BEFORE = re.compile(r"(?:tel|fax|電話|ファックス|ファクス)(?:番号)?[\s:.(]*$", re.IGNORECASE)
_SIGN_WORDS = {"☎": "TEL ", "☏": "TEL ", "📞": "TEL ", "📱": "TEL ", "📠": "FAX ", "🖷": "FAX ", "✆": "TEL "}
_SIGNS = re.compile("|".join(_SIGN_WORDS))
_BRACKETS = str.maketrans("[]{}〔〕【】", "()()()()")
_ABROAD = re.compile(r"(?<![\d+])(?:\+|00|010-?)81[\s-]*(?:\(0\)[\s-]*|0?(?=[1-9]))")
_DOTTED = re.compile(r"(?<!\d)(0\d{1,4})[.·・･](\d{1,4})[.·・･](\d{3,4})(?!\d)")
_TOUCHING = re.compile(r"([A-Za-z:：])(?=[(+]?0\d)")  # TEL087-…: a number is looked for beside blanks only
_AROUND_LABEL = " \t\n()[]【】「」<>:;,、。/・|=~-"
_BLANKS = re.compile(r"\s*\n\s*|\s{2,}")
_DECIMAL = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,20})?")
_MINUTES = re.compile(
    r"(?:北緯|東経)?([0-9]{2,3})[°度]([0-9]{1,2})['′’分]([0-9]{1,2}(?:\.[0-9]{1,10})?)(?:[\"″”秒]|''|′′)[ ]?[NE]?"
)
_EXPONENT = re.compile(r"\d(?:\.\d+)?[Ee]\+\d{1,3}(?![\dA-Za-z])")
_SPREADSHEETS_SINCE = 2015  # two numbers get the year in which they were typed; an earlier year was typed itself
_COUNT = re.compile(r"([0-9]{1,3}(?:,[0-9]{3}){1,3}|[0-9]{1,9})\s*(?:人|名|席|台|室)?")
_BRACKETED = re.compile(r"[（(][^（）()]*[）)]")
_WEB_ADDRESS = re.compile(
    r"https?://[^\s<>\"（）「」『』、。，；]+"
)  # a path may hold Japanese (…/木太にこにこ保育園/)


@dataclass(frozen=True)
class FoundPhone:
    """A number with its grouping as written, and the name standing beside it ("" = none)."""

    number: str
    label: str = ""
    fax: bool = False
    extension: str = ""


def without_controls(cell: str) -> str:
    """Return the cell trimmed, with line feeds as line ends and without characters nobody can see (tabs become blanks)."""
    if cell.isprintable():  # no control character, no line end, no blank but the usual one
        return cell.strip()
    text = _LINE_ENDS.sub("\n", cell).replace("\t", " ").replace("\ufeff", "")
    return _CONTROLS.sub("", text).strip()


def one_line(cell: str) -> str:
    """Return the cell on one line: line ends and runs of blanks become one blank, all other characters stay as written."""
    text = without_controls(cell)
    return text if text.isprintable() and "  " not in text else _BLANKS.sub(" ", text)


@lru_cache(maxsize=20_000)
def phones_in(cell: str) -> tuple[tuple[FoundPhone, ...], str]:
    """Return the numbers of a cell in order, and the text that could not be taken over.

    Lists write 「087-839-2811」, 「（健康づくり推進課）087-839-2363 （感染症対策課）…」 and 「087-…（代表）」: where text stands before
    the first number, names precede their numbers, else they follow. A number without area code is no number, and neither is
    one that no telephone of its area can have. Of a number that is said to be both, telephone and fax, the telephone counts.
    """
    text = _as_matched(cell)
    if is_short(text) or (_USUAL_NUMBER.fullmatch(text) and is_possible(text)):
        return (FoundPhone(plain_phone(text)),), ""
    numbers: list[str] = []
    between: list[str] = []
    end = 0
    for start, raw in numbers_in(text):
        written = _NUMBER_PART.match(raw)
        if written is None or not is_possible(written[0]):
            continue
        between.append(text[end:start])
        numbers.append(plain_phone(written[0]))
        end = start + written.end()
    between.append(text[end:])
    if not numbers:
        return (), text
    labels_first = bool(between[0].strip(_AROUND_LABEL))
    signs = [""] * len(numbers)
    if not labels_first:  # 087-… (FAX 087-…): FAX speaks of the number behind it
        for index in range(1, len(numbers)):
            if marked := _SIGN_BEFORE.search(between[index]):
                signs[index], between[index] = marked[0], between[index][: marked.start()]
    labels = between[:-1] if labels_first else between[1:]
    rest = [between[-1]] if labels_first else [between[0]]
    if labels_first and _SHARED.search(rest[0]):  # TEL 087-…（FAX兼用）
        labels[-1], rest[0] = f"{labels[-1]} {rest[0]}", ""
    found: dict[str, FoundPhone] = {}
    for number, said, sign in zip(numbers, labels, signs, strict=True):
        words = f"{sign} {said}"
        both = bool(_SHARED.search(words)) or (bool(_FAX.search(words)) and bool(_TEL.search(words)))
        extension = _EXTENSION.search(words)
        label = _SHARED.sub("", words) if both else words
        label = _TEL.sub("", _FAX.sub("", _EXTENSION.sub("", label))).strip(_AROUND_LABEL)
        if _NUMBER_LIKE.search(label) or len(label) > MAX_LABEL or label.isdigit():
            rest.append(label)
            label = ""
        label = " ".join(filter(None, (re.sub(r"\s+", " ", label), SHARED if both else "")))
        fax = bool(_FAX.search(words)) and not both
        found.setdefault(number, FoundPhone(number, label, fax, extension[1] if extension else ""))
    if labels_first and (extension := _EXTENSION.search(rest[0])):
        rest[0] = _EXTENSION.sub("", rest[0])
        found[numbers[-1]] = replace(found[numbers[-1]], extension=extension[1])
    left = (words.strip(_AROUND_LABEL) for words in rest)
    return tuple(found.values()), " ".join(words for words in left if words)


def with_area_code(cell: str, area_code: str) -> str:
    """Return a cell with the area code before each number that is written without one (835-0001、835-0002), or before the whole."""
    text, numbers = _WITHOUT_CODE.subn(rf"{area_code}-\1", plain_hyphens(nfkc(cell)))
    return text if numbers else f"{area_code}-{text}"


def _as_matched(cell: str) -> str:
    """Return a cell in the form in which numbers are looked for: usual hyphens, no +81, nothing that touches a number."""
    text = _LONG_MARK_AS_HYPHEN.sub("-", plain_hyphens(nfkc(_SIGNS.sub(lambda match: _SIGN_WORDS[match[0]], cell))))
    text = _ABROAD.sub("0", text.translate(_BRACKETS))
    text = _DOTTED.sub(lambda match: f"{match[1]}-{match[2]}-{match[3]}", text)
    return _TOUCHING.sub(r"\1 ", text)


def is_same_number(cell: str) -> bool:
    """Tell whether a cell of a fax says that it is that of the telephone (同上, 電話と同じ, 兼用)."""
    return bool(_SAME_NUMBER.fullmatch(nfkc(cell)))


def web_addresses_in(cell: str) -> list[str]:
    """Return the http(s) addresses of a cell in order, each once; none where a blank cuts an address in two."""
    text = without_controls(cell)
    if "/" in _BRACKETED.sub("", _WEB_ADDRESS.sub("", text)):
        return []
    found = (address.rstrip(".,;)") for address in _WEB_ADDRESS.findall(text))
    return [address for address in dict.fromkeys(found) if "." in address]


def compact_days(days: tuple[str, ...]) -> str:
    """Write weekdays as people type them in a record: 毎日, 月-金, 月水木金土日. The reverse of ``dates.parse_days``."""
    if days == WEEKDAYS:
        return "毎日"
    if len(days) >= 3 and HOLIDAY not in days:
        first, last = WEEKDAYS.index(days[0]), WEEKDAYS.index(days[-1])
        if WEEKDAYS[first : last + 1] == days:
            return f"{days[0]}-{days[-1]}"
    return "".join(days)


def decimal(cell: str) -> float | None:
    """Read a decimal number (full-width digits allowed); None for anything else."""
    plain = plain_hyphens(nfkc(cell))
    return float(plain) if _DECIMAL.fullmatch(plain) else None


def degrees(cell: str) -> float | None:
    """Read a latitude or longitude: a decimal number, or degrees, minutes and seconds (34°03'07.7"N, 北緯34度3分7.7秒); None for anything else."""
    if (value := decimal(cell)) is not None:
        return value
    match = _MINUTES.fullmatch(nfkc(cell))
    if match is None or int(match[2]) >= 60 or float(match[3]) >= 60:
        return None
    return round(int(match[1]) + int(match[2]) / 60 + float(match[3]) / 3600, 7)


_NULLS = frozenset({
    "null", "(null)", "<null>", "nan", "n/a", "#n/a", "na", "nil", "none", "\\n", "undefined", "#ref!", "#value!", "#div/0!", "#name?", "#null!", "#num!",
    "不明", "ふめい", "未詳", "わからない", "…", "……", "...", "--", "---", "‐", "－", "ー", "―", "−", "-", "*", "**", "***",
})  # fmt: skip
_NONES = frozenset(
    {
        "なし",
        "無し",
        "無",
        "特になし",
        "特に無し",
        "特にナシ",
        "ナシ",
        "該当なし",
        "該当無し",
        "該当せず",
        "ありません",
        "未設定",
        "未定",
        "未記入",
        "空欄",
    }
)


def says_nothing(cell: str) -> bool:
    """Tell whether a cell holds a word that stands for no value in any column: NULL, nan, #N/A, 不明."""
    return len(cell) <= MAX_NOTHING and cell.strip().lower() in _NULLS


_ERRORS = frozenset(
    {"#ref!", "#n/a", "#name?", "#value!", "#div/0!", "#null!", "#num!", "#spill!", "#calc!", "#getting_data", "#####"}
)
_FORMULA = re.compile(
    r"=[-+(\s]{0,8}(?:\$?[A-Z]{1,3}\$?\d{1,7}(?!\w)|[A-Z][A-Z0-9.]{0,30}\(|\d{1,15}\s?[-+*/^&]|(?:'[^']{1,100}'|\w{1,100})!)",
    re.IGNORECASE,
)


def is_lost(cell: str) -> bool:
    """Tell whether a text is what a spreadsheet leaves of a value: an error (#REF!, #N/A) or the formula itself (=A1+B1)."""
    text = cell.strip()
    return (
        text.lower() in _ERRORS if text.startswith("#") else text.startswith("=") and _FORMULA.match(text) is not None
    )


def says_none(cell: str) -> bool:
    """Tell whether a cell says that there is none (なし), which is no value of a telephone or a text but one of a facility or a fee."""
    return len(cell) <= MAX_NOTHING and cell.strip() in _NONES


def is_exponent(text: str) -> bool:
    """Tell whether a text holds a number as spreadsheets shorten it (3.77E+09): its last digits are lost."""
    return ("E+" in text or "e+" in text) and _EXPONENT.search(text) is not None


def before_date(text: str) -> str:
    """Return what was probably typed where a spreadsheet shows a day (1-2 became 2026-01-02, 3-1-5 became 2003-01-05), "" for anything else."""
    match = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", text)
    if not match:
        return ""
    year, month, day = map(int, match.groups())
    return f"{month}-{day}" if year >= _SPREADSHEETS_SINCE else f"{year % 100}-{month}-{day}"


def whole_number(cell: str) -> int | None:
    """Read a count such as 30, ３０, 1,200 or 30人; None for anything else."""
    match = _COUNT.fullmatch(nfkc(cell))
    return int(match[1].replace(",", "")) if match else None


def with_zero(cell: str) -> str:
    """Return a telephone number with the leading 0 that a spreadsheet took, "" where that is no number, or nothing is missing."""
    plain = _LONG_MARK_AS_HYPHEN.sub("-", plain_hyphens(nfkc(cell)))
    whole = f"0{plain}"
    return (
        whole
        if re.fullmatch(r"[1-9][\d-]{7,11}", plain) and 10 <= sum(map(str.isdigit, whole)) <= 11 and is_possible(whole)
        else ""
    )


def postal_code(cell: str) -> str | None:
    """Read 760-0074, 〒７６０－００７４ or 7600074 as 760-0074; None for anything else."""
    match = re.fullmatch(r"〒?\s*([0-9]{3})-?([0-9]{4})", _LONG_MARK_AS_HYPHEN.sub("-", plain_hyphens(nfkc(cell))))
    return f"{match[1]}-{match[2]}" if match else None
