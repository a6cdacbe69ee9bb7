"""Hours, closings, fees and ages that lists write as sentences: read where the whole of it is certain, else not at all.

Nothing is guessed: one word that is not understood, and the sentence gives nothing (hours, fees, ages), or nothing of its
part (closings). Whoever uses what is read here keeps the sentence itself beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from tsunagite.text.cells import compact_days
from tsunagite.text.dates import parse_days
from tsunagite.text.normalize import nfkc

Span = dict[str, Any]

# The form in which everything below is read: usual characters, one kind of dash and of bracket, no blanks.
# A word has one reading only (祝日 is never 祝 and 日): a repeated choice between two readings takes exponential time.
_DASHES = re.compile(
    r"[~〜～‐‑‒–—―−－ー]|(?<=[\d曜月火水木金土日時分])-(?=[\d月火水木金土日午正])|から(?=翌|[\d月火水木金土日午正])"
)
DAY = r"(?:祝(?:日(?!曜))?+|[月火水木金土日](?:曜(?:日(?!曜))?+)?+)"
_DAYS = rf"(?:平日|毎日|{DAY}~{DAY}|{DAY}(?:[・、,と及び]*+{DAY})*)"
CLOCK = r"(?:午前|午後|AM|PM)?(?:[0-2]?\d:[0-5]\d|[0-2]?\d時(?:[0-5]?\d分|半)?|正午)"
SPAN = rf"{CLOCK}~{CLOCK}"
_SPANS = rf"{SPAN}(?:[・、,と/]*+{SPAN})*"
_ONE = re.compile(
    rf"(?:毎週)?(?:(?P<nth>第[1-5](?:[・、,]第?[1-5])*)(?P<nthday>{DAY})|毎月(?P<nth2>第[1-5](?:[・、,]第?[1-5])*)(?P<nthday2>{DAY})|(?P<days>{_DAYS}))(?:は|[:,、])?(?P<spans>{_SPANS})"
)
_HOLIDAYS = r"(?:国民の祝日に関する法律に規定する休日|国民の祝日|国民の休日|国民の祝祭日|祝祭日|祝日|祭日|祝)"
_YEAR_END = r"(?:年末・?年始)?\(?12(?:/|月)(\d{1,2})日?(?:~|から)(?:翌年の?)?1(?:/|月)(\d{1,2})日?(?:まで)?\)?"
_OTHER = r"(?:\d{1,2}(?:/|月)\d{1,2}日?~\d{1,2}(?:/|月)\d{1,2}日?)"
_AND = r"(?:、|・|,|及び|並びに|と|や)?"
_CLOSED_ON = rf"(?>{_HOLIDAYS}|{_YEAR_END}|{_OTHER})(?:{_AND}(?>{_HOLIDAYS}|{_YEAR_END}|{_OTHER}))*"
_CLOSED_ON = re.sub(r"\((\\d\{1,2\})\)", r"\1", _CLOSED_ON)  # groups are looked for again in what was found
_CLOSED = re.compile(
    rf"(?:但し、?|ただし、?)?(?P<on>{_CLOSED_ON})(?:を|は)?(?:終日)?(?:除く|除きます|利用不可|休館日?|休業日?|休み|休診|休|お休み)(?:です)?"
)
_CLOSED_HEAD = re.compile(r"(?:休館日|休業日|定休日|休診日|閉館日|休み)(?:は|:|、)")
_CLOSED_BEHIND = re.compile(
    r"(?![^、]*(?:以外|開館|営業|[0-9]))[^、]{0,12}?(?:利用不可|休館|休業|休診|休み|除く|除きます|閉館|閉所)"
)
_CLOSED_LIST = re.compile(
    rf"(?:(?:{_YEAR_END}|[月火水木金土日祝]{{1,8}}+|振替休日|年末年始)[・、,]?){{1,8}}+(?:は)?(?:終日)?(?:利用不可|休館日?|休業日?|休診日?|休み|を?除く)".replace(
        r"(\d{1,2})", r"\d{1,2}"
    )
)
_EXCEPTION = re.compile(
    rf"((?P<days>{DAY}(?:[・、及び]*+{DAY})*)(?:の終了時間)?は(?:(?P<opens>{CLOCK})~)?(?P<closes>{CLOCK})(?P<until>まで)?)[、,]\(?"
)


@dataclass(frozen=True)
class Closings:
    """Days a place is closed: holidays, the year's end as ``12-29/01-03``, other periods as they are written."""

    holidays: bool = False
    year_end: str = ""
    note: str = ""

    @property
    def values(self) -> dict[str, Any]:
        """The fields of ``closed_on_days`` that are known."""
        known = {"holidays": True if self.holidays else None, "year_end": self.year_end, "note": self.note}
        return {key: value for key, value in known.items() if value}


@dataclass(frozen=True)
class ReadHours:
    """Spans as records write them, and closings."""

    spans: tuple[Span, ...] = ()
    closings: Closings = field(default_factory=Closings)


def plain(text: str) -> str:
    """Return a sentence in the form in which it is read."""
    return _DASHES.sub("~", re.sub(r"[\s\u3000]+", "", nfkc(text)))


@lru_cache(maxsize=20_000)
def read_hours(text: str) -> ReadHours | None:
    """Read weekdays and times that a sentence gives in full: 月～土曜日 9:00～17:00（祝日除く）. None where anything is left."""
    rest = plain(text)
    spans: list[Span] = []
    closings = Closings()
    while rest:
        if match := _ONE.match(rest):
            found = _spans_of(match)
            if found is None:
                return None
            spans += found
        elif match := re.match(rf"[(]?{_CLOSED.pattern}[)]?", rest):
            closings = _both(closings, _closings_of(match["on"]))
        else:
            return None
        rest = rest[match.end() :].lstrip("。、,・/;")
    overlapping = len({(span["days"], str(span.get("nth", "")), span["open"]) for span in spans}) != len(spans)
    if (
        not spans
        or overlapping
        or ("は" in text and all(set(parse_days(span["days"]) or ()) <= set("土日祝") for span in spans))
    ):
        return None  # 日曜日は9:00～17:00 alone says how Sundays differ, not that other days are closed
    return ReadHours(tuple(spans), closings)


def _spans_of(match: re.Match[str]) -> list[Span] | None:
    nth = match["nth"] or match["nth2"]
    days = days_in(match["nthday"] or match["nthday2"] or match["days"])
    times = [times_of(one) for one in re.findall(SPAN, match["spans"])]
    if days is None or not all(times):
        return None
    head: Span = {"days": compact_days(days)}
    if nth:
        head["nth"] = sorted({int(one) for one in re.findall(r"[1-5]", nth)})
    return [{**head, "open": time[0], "close": time[1]} for time in times if time]


def days_in(text: str) -> tuple[str, ...] | None:
    """Return the weekdays that words such as 月～金, 土曜日及び祝日 name; None for anything else."""
    return parse_days(re.sub(r"曜(?:日(?!曜))?|(?<=祝)日(?!曜)|及び|と", "", text))


def times_of(span: str) -> tuple[str, str] | None:
    """Return the two times of a span in its plain form (午後1時~5時); None for what is no span."""
    opens, _, closes = span.partition("~")
    first, last = clock_of(opens), clock_of(closes)
    if first is None or last is None:
        return None
    if opens.startswith("午後") and not closes.startswith("午") and last <= first and last < "12:00":
        last = f"{int(last[:2]) + 12:02}{last[2:]}"
    return first, last


def clock_of(text: str) -> str | None:
    """Return HH:MM of 9:00, 13時半, 午後1時30分, 正午."""
    if text == "正午":
        return "12:00"
    match = re.fullmatch(r"(午前|午後|AM|PM)?(\d{1,2})(?::(\d\d)|時(?:(\d{1,2})分|(半))?)", text)
    if not match:
        return None
    hour = int(match[2]) + (12 if match[1] in ("午後", "PM") and int(match[2]) < 12 else 0)
    minute = 30 if match[5] else int(match[3] or match[4] or 0)
    return f"{hour:02}:{minute:02}" if (hour < 24 and minute < 60) or (hour, minute) == (24, 0) else None


@lru_cache(maxsize=20_000)
def closings_in(text: str) -> Closings:
    """Return the closings a note names for certain, clause by clause; clauses about anything else say nothing here."""
    result = Closings()
    for clause in _clauses(text):
        if match := _CLOSED.fullmatch(clause):
            result = _both(result, _closings_of(match["on"]))
    sentences = [plain(sentence) for sentence in re.split(r"。|\n", nfkc(text))]
    year_end = result.year_end or next(filter(None, map(_year_end_in, sentences)), "")
    holidays = result.holidays or any(_CLOSED_LIST.fullmatch(one) and "祝" in one for one in sentences)
    return replace(result, year_end=year_end, holidays=holidays)


def _year_end_in(sentence: str) -> str:
    """Return the year's end that a sentence closes together with other things (12/29~1/3及び臨時休業日を除く), "" where it does not."""
    found = re.search(_YEAR_END, sentence)
    if not found:
        return ""
    part = sentence[found.end() :].partition("、")[0]
    named = not part and _CLOSED_HEAD.match(sentence)
    return _closings_of(found[0]).year_end if named or _CLOSED_BEHIND.match(part) else ""


@lru_cache(maxsize=20_000)
def _clauses(text: str) -> tuple[str, ...]:
    return tuple(_clauses_of(text))


def _clauses_of(text: str) -> Iterator[str]:
    """Yield the clauses of a note; one in front of a list of closings (日曜日は9:00～17:00、12/29～1/3を除く) is cut off."""
    for sentence in re.split(r"。|\n", nfkc(text)):
        clause = plain(sentence).strip("、,・")
        bracketed = re.fullmatch(r"\((.*)\)", clause)
        clause = bracketed[1] if bracketed and bracketed[1].count("(") == bracketed[1].count(")") else clause
        while match := _EXCEPTION.match(clause):
            yield match[1]
            clause = clause[match.end() :].removesuffix(")") if match[0].endswith("(") else clause[match.end() :]
        if clause:
            yield clause


def _closings_of(text: str) -> Closings:
    year_end = re.search(_YEAR_END, text)
    rest = re.sub(_YEAR_END, "、", text)
    other = "、".join(re.findall(_OTHER, rest)).replace("~", "～")
    span = f"12-{int(year_end[1]):02}/01-{int(year_end[2]):02}" if year_end else ""
    return Closings(bool(re.search(_HOLIDAYS, rest)), span, other)


def _both(one: Closings, other: Closings) -> Closings:
    notes = "、".join(dict.fromkeys(filter(None, (one.note, other.note))))
    return Closings(one.holidays or other.holidays, one.year_end or other.year_end, notes)


_MONEY = r"(\d{1,3}(?:,\d{3}){1,3}|\d{1,6})円"
_UNIT = r"(?:1?(?:回|人|名|日|か月|ヶ月|ケ月|カ月|月|年|時間|食|世帯|組))"
_FEE = re.compile(
    rf"(?:参加費|利用料|入場料|料金|受講料|会費|年会費|月会費|会場費)?(?:は|:|、)?"
    rf"(?:(?P<unit>{_UNIT})(?:につき|あたり|当たり)?(?:、|:)?)?{_MONEY}(?:/(?P<per>{_UNIT}))?(?P<more>\([^()]*\))?"
)


def read_fee(text: str) -> dict[str, Any] | None:
    """Read a fee: 無料, 1回200円（材料費別）, 会費 月500円. None where several prices are given or a word is not understood."""
    rest = plain(text).strip("。、")
    if re.fullmatch(r"無料|不要|なし|0円", rest):
        return {"type": "無料"}
    if re.fullmatch(r"(?:実費|材料費のみ|実費のみ|材料費実費)", rest):
        return {"type": "実費のみ"}
    match = _FEE.fullmatch(rest)
    if not match or re.search(r"\d円", match["more"] or ""):
        return None
    amount = int(match[2].replace(",", ""))
    if match["unit"] and match["per"]:
        return None
    unit = match["unit"] or match["per"] or ""
    known = {"type": "会費" if "会費" in rest.partition("円")[0] else "有料", "amount": amount}
    if amount == 0:
        return {"type": "無料"}
    return known | ({"unit": unit if unit[0].isdigit() or unit in ("月", "年") else f"1{unit}"} if unit else {})


_AGE = r"(\d{1,3})歳"


def read_ages(text: str) -> dict[str, int] | None:
    """Read for what ages something is: 65歳以上, 0歳～5歳. None for anything about, for classes (2歳児), or for two groups."""
    rest = re.sub(r"満|の方|の人|の高齢者|が対象|対象", "", plain(text)).strip("。、()")
    if match := re.fullmatch(rf"{_AGE}(?:以上|~)", rest):
        return {"age_min": int(match[1])}
    if match := re.fullmatch(rf"{_AGE}(?:以下|まで)", rest):
        return {"age_max": int(match[1])}
    if match := re.fullmatch(rf"(\d{{1,3}})歳?~{_AGE}(?:まで)?", rest):
        return {"age_min": int(match[1]), "age_max": int(match[2])} if int(match[1]) <= int(match[2]) else None
    if match := re.fullmatch(rf"(?:生後)?\d{{1,3}}(?:か月|ヶ月|ヵ月|カ月|日)~{_AGE}(?:まで)?", rest):
        return {"age_max": int(match[1])}
    return None
