"""What one cell of a published list says: telephone numbers, page addresses, weekdays, decimals. Pure text in, values out."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from tsunagite.text.dates import HOLIDAY, WEEKDAYS
from tsunagite.text.normalize import nfkc, plain_hyphens
from tsunagite.text.phones import is_possible, is_short, numbers_in, plain_phone

MAX_LABEL = 60  # characters; as in model.contact.Phone
_LINE_ENDS = re.compile(r"\r\n?|[\x85\u2028\u2029]")
_LONG_MARK_AS_HYPHEN = re.compile(r"(?<=\d)ー(?=\d)")
_NUMBER_PART = re.compile(r"[\d+(][\d() \-]*\d")
_NUMBER_LIKE = re.compile(r"\d[\d\- ]{2,}")
_USUAL_NUMBER = re.compile(r"0\d{1,4}-\d{1,4}-\d{4}")  # nothing else in the cell: no need to look for it
_FAX = re.compile(r"fax|ファックス|ファクス|ファクシミリ", re.IGNORECASE)
_TEL = re.compile(r"tel|電話番号|電話", re.IGNORECASE)
_AROUND_LABEL = " \t\n()[]【】「」<>:;,、。/・|=~-"
_BLANKS = re.compile(r"\s*\n\s*|\s{2,}")
_DECIMAL = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,20})?")
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


def without_controls(cell: str) -> str:
    """Return the cell trimmed, with line feeds as line ends and without characters nobody can see (tabs become blanks)."""
    if cell.isprintable():  # no control character, no line end, no blank but the usual one
        return cell.strip()
    text = _LINE_ENDS.sub("\n", cell).replace("\t", " ").replace("\ufeff", "")
    return "".join(c for c in text if c == "\n" or unicodedata.category(c) not in ("Cc", "Cs")).strip()


def one_line(cell: str) -> str:
    """Return the cell on one line: line ends and runs of blanks become one blank, all other characters stay as written."""
    text = without_controls(cell)
    return text if text.isprintable() and "  " not in text else _BLANKS.sub(" ", text)


@lru_cache(maxsize=20_000)
def phones_in(cell: str) -> tuple[tuple[FoundPhone, ...], str]:
    """Return the numbers of a cell in order, and the text that could not be taken over.

    Lists write 「087-839-2811」, 「（健康づくり推進課）087-839-2363 （感染症対策課）…」 and 「087-…（代表）」: where text stands before
    the first number, names precede their numbers, else they follow. A number without area code is no number.
    """
    text = _LONG_MARK_AS_HYPHEN.sub("-", plain_hyphens(nfkc(cell)))
    if is_short(text) or (_USUAL_NUMBER.fullmatch(text) and is_possible(text)):
        return (FoundPhone(plain_phone(text)),), ""
    numbers: list[str] = []
    between: list[str] = []
    end = 0
    for start, raw in numbers_in(text):
        written = _NUMBER_PART.match(raw)
        if written is None:
            continue
        between.append(text[end:start])
        numbers.append(plain_phone(written[0]))
        end = start + written.end()
    between.append(text[end:])
    if not numbers:
        return (), text
    labels_first = bool(between[0].strip(_AROUND_LABEL))
    labels = between[:-1] if labels_first else between[1:]
    rest = [between[-1]] if labels_first else [between[0]]
    found: dict[str, FoundPhone] = {}
    for number, words in zip(numbers, labels, strict=True):
        label = _TEL.sub("", _FAX.sub("", words)).strip(_AROUND_LABEL)
        if _NUMBER_LIKE.search(label) or len(label) > MAX_LABEL or label.isdigit():
            rest.append(label)
            label = ""
        found.setdefault(number, FoundPhone(number, re.sub(r"\s+", " ", label), bool(_FAX.search(words))))
    left = (words.strip(_AROUND_LABEL) for words in rest)
    return tuple(found.values()), " ".join(words for words in left if words)


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


def whole_number(cell: str) -> int | None:
    """Read a count such as 30, ３０, 1,200 or 30人; None for anything else."""
    match = _COUNT.fullmatch(nfkc(cell))
    return int(match[1].replace(",", "")) if match else None


def postal_code(cell: str) -> str | None:
    """Read 760-0074, 〒７６０－００７４ or 7600074 as 760-0074; None for anything else."""
    match = re.fullmatch(r"〒?\s*([0-9]{3})-?([0-9]{4})", _LONG_MARK_AS_HYPHEN.sub("-", plain_hyphens(nfkc(cell))))
    return f"{match[1]}-{match[2]}" if match else None
