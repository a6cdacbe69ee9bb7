"""What a note beside opening hours does to them: 水・土は午前のみ, 【木】8:30～12:30, 第2・第4水曜休診. Pure.

A note rules the hours it stands beside. What it says for certain narrows them; where it speaks of their weekdays or times in
words that are not understood, nothing is certain any more, and the hours are for people to read. Days named by date
(8/13～8/15, 毎月末日) change no usual week: ``doubt_days`` tells them, and whoever shows the hours shows the note beside them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from tsunagite.text.cells import compact_days
from tsunagite.text.dates import DAYS, HOLIDAY, WEEKDAYS, parse_days
from tsunagite.text.free_text import CLOCK, DAY, SPAN, clock_of, days_in, plain, read_hours, times_of

Span = dict[str, Any]
Spans = list[Span]

NOON = "12:00"
_GROUP = rf"(?:毎週)?(?:{DAY}~{DAY}|平日|毎日|{DAY}(?:[・、,/と及び]*+{DAY})*+)"
_NTH = r"第[1-5](?:[・、,/と]?第?[1-5])*+(?:週の?)?"
_OPEN = r"(?:(?:の?(?:診療|開館|営業|利用|開所|開庁)(?:時間|可能時間|可能)?|の時間)は?)?"
_BE = r"(?:です|になります|となります|とします|とする)?"
_ONLY = r"(?:は|のみ|だけ|:|、|,)*+"
_CLOSED = r"(?:休診日?|休館日?|休園日?|休業日?|定休日?|閉館日?|閉所|休み|お休み|利用不可|利用できません|を?除く|を除きます|休(?!日))"
_HEAD = r"(?>休診日?|休館日?|休園日?|休業日?|定休日?|休日|お休み|休み)(?:は|:|、|=)?"
_D = rf"[(]?(?P<days>{_GROUP})[)]?"
_FILLER = re.compile(r"[、,。・;/()※*:&]++|(?:但し|ただし|また|なお)、?|です")


@dataclass(frozen=True)
class _Rule:
    """What one sentence of a note does. ``change`` returns the spans it leaves, None where it does not fit them."""

    pattern: re.Pattern[str]
    change: Callable[[Spans, re.Match[str]], Spans | None]


def _in(span: Span) -> set[str]:
    return set(parse_days(span["days"]) or ())


def _named(match: re.Match[str]) -> set[str]:
    return set(days_in(match["days"].removeprefix("毎週").replace("/", "").replace(",", "")) or ())


def _split(spans: Spans, days: set[str], inside: Callable[[Span], Spans | None]) -> Spans | None:
    """Return the spans with those of some weekdays changed; days of the week that are in no span change nothing."""
    result: Spans = []
    for span in spans:
        week = _in(span)
        both = tuple(day for day in DAYS if day in week & days)
        if not both:
            result.append(span)
            continue
        if other := tuple(day for day in DAYS if day in week - days):
            result.append({**span, "days": compact_days(other)})
        changed = inside({**span, "days": compact_days(both)})
        if changed is None:
            return None
        result += changed
    return result


def _until(spans: Spans, days: set[str], close: str) -> Spans | None:
    """End the spans of some days earlier; one that only begins later falls away, as long as the day keeps another."""
    changed = _split(
        spans, days, lambda span: [{**span, "close": min(close, span["close"])}] if span["open"] < close else []
    )
    if changed is None:
        return None
    kept = set().union(*map(_in, changed)) if changed else set()
    here = set().union(*map(_in, spans)) if spans else set()
    return changed if days & here <= kept else None


def _ends(spans: Spans, match: re.Match[str]) -> Spans | None:
    close = clock_of(match["close"])
    days = _named(match)
    single = all(sum(day in _in(span) for span in spans) <= 1 for day in days)
    if close is None or not days:
        return None
    if single:  # also later than usual: 金曜日は20:00まで
        return _split(
            _with_holiday(spans, days), days, lambda span: [{**span, "close": close}] if span["open"] < close else None
        )
    return _until(spans, days, close)


def _with_holiday(spans: Spans, days: set[str]) -> Spans:
    """Let a holiday that is named with weekdays (土日祝は17:00まで) be open as they are, where the spans do not speak of it."""
    if HOLIDAY not in days or len(days) == 1 or any(HOLIDAY in _in(span) for span in spans):
        return spans
    result = list(spans)
    for index, span in enumerate(spans):
        if _in(span) & days:
            result[index] = {**span, "days": compact_days(tuple(day for day in DAYS if day in _in(span) | {HOLIDAY}))}
            break
    return result


def _morning(spans: Spans, match: re.Match[str]) -> Spans | None:
    days = _named(match)
    return _until(spans, days, NOON) if days else None


def _times(spans: Spans, match: re.Match[str]) -> Spans | None:
    """Give some days the times a note writes; days without hours stay without."""
    days, times = _named(match), [times_of(one) for one in re.findall(SPAN, match["spans"])]
    if not days or not times or not all(times):
        return None
    done: set[str] = set()

    def inside(span: Span) -> Spans:
        new = _in(span) - done
        done.update(new)
        kept = compact_days(tuple(day for day in DAYS if day in new))
        return [{**span, "days": kept, "open": one[0], "close": one[1]} for one in times if one] if new else []

    return _split(_with_holiday(spans, days), days, inside)


def _every_day(spans: Spans, match: re.Match[str]) -> Spans | None:
    """Give every day the times a note writes, where they lie within the hours: 利用可能時間は9:30～12:00、13:00～15:30."""
    times = [one for one in map(times_of, re.findall(SPAN, match["spans"])) if one]
    if times and {(span["open"], span["close"]) for span in spans} == set(times):
        return spans
    whole = [span for span in spans if all(span["open"] <= opens < closes <= span["close"] for opens, closes in times)]
    if not times or whole != spans:
        return None
    return [{**span, "open": opens, "close": closes} for span in spans for opens, closes in times]


def _break(spans: Spans, match: re.Match[str]) -> Spans | None:
    """Take a pause out of every day: 12:00～13:00休憩."""
    pause = times_of(match["span"])
    if pause is None:
        return None
    result: Spans = []
    for span in spans:
        if span["open"] < pause[0] and pause[1] < span["close"]:
            result += [{**span, "close": pause[0]}, {**span, "open": pause[1]}]
        elif span["open"] < pause[0] < span["close"]:
            result.append({**span, "close": pause[0]})
        elif span["open"] < pause[1] < span["close"]:
            result.append({**span, "open": pause[1]})
        elif not pause[0] <= span["open"] < span["close"] <= pause[1]:
            result.append(span)
    return result


def _longer(spans: Spans, match: re.Match[str]) -> Spans | None:
    """Leave the hours alone where those of a season are longer; shorter ones are not those of a usual week."""
    season = times_of(match["span"])
    return spans if season and all(season[0] <= span["open"] and span["close"] <= season[1] for span in spans) else None


def _shut(spans: Spans, match: re.Match[str]) -> Spans | None:
    days = _named(match)
    return _split(spans, days, lambda _span: []) if days else None


def _numbers(match: re.Match[str]) -> set[int]:
    return {int(one) for one in re.findall(r"[1-5]", match["nth"])}


def _shut_in_weeks(spans: Spans, match: re.Match[str]) -> Spans | None:
    days, closed = _named(match), _numbers(match)

    def inside(span: Span) -> Spans:
        weeks = sorted(set(span.get("nth") or (1, 2, 3, 4, 5)) - closed)
        return [{**span, "nth": weeks}] if weeks else []

    return _split(spans, days, inside) if days else None


def _only_in_weeks(spans: Spans, match: re.Match[str]) -> Spans | None:
    days, weeks = _named(match), sorted(_numbers(match))
    return (
        _split(spans, days, lambda span: [{**span, "nth": weeks}] if span.get("nth", weeks) == weeks else None)
        if days
        else None
    )


_SPANS = rf"(?P<spans>{SPAN}(?:[・、,と/及び]*+{SPAN})*+)"
_NTH_DAYS = rf"[(]?(?P<nth>{_NTH})(?P<days>{_GROUP})[)]?"
_RULES = tuple(
    _Rule(re.compile(pattern), change)
    for pattern, change in (
        (rf"{_NTH_DAYS}(?:は|が|の|を|:|、)?(?:終日)?{_CLOSED}{_BE}", _shut_in_weeks),
        (rf"{_HEAD}[(]?(?P<nth>{_NTH})(?P<days>{_GROUP})[)]?{_BE}", _shut_in_weeks),
        (rf"{_NTH_DAYS}(?:は|のみ|だけ)*+(?:診療|開館|開所|営業|開設|利用可能?|開いています)?(?:のみ|だけ)?{_BE}(?<=[のみだけ可能療館所業設す])", _only_in_weeks),
        (rf"(?P<days>{_GROUP})は(?P<nth>{_NTH})(?:のみ|だけ){_BE}", _only_in_weeks),
        (rf"{_D}{_OPEN}{_ONLY}(?:開館|開所|営業)?[(]?{_SPANS}[)]?(?:まで)?(?:の?(?:診療|開館|営業|利用可?|開所))?(?:のみ|だけ)?{_BE}", _times),
        (rf"{_D}(?:の終了時間)?{_ONLY}(?P<close>{CLOCK})(?:まで(?:の?(?:利用可?|開館|営業))?|に?(?:終了|閉館|閉所)){_BE}", _ends),
        (rf"{_D}の終了時間は?(?P<close>{CLOCK}){_BE}", _ends),
        (rf"(?P<spans>{SPAN})[(](?P<days>{_GROUP})[)]", _times),
        (rf"{_D}{_ONLY}午前中?(?:のみ|だけ|まで)?(?:の?(?:診療|営業|開館|利用)(?:のみ|だけ)?)?(?![0-9]){_BE}", _morning),
        (rf"{_D}(?:は|の)?午後(?:は|から|を)?{_CLOSED}{_BE}", _morning),
        (rf"{_D}(?:は|が|を|、|:)?(?:終日)?{_CLOSED}{_BE}", _shut),
        (rf"{_HEAD}{_D}{_BE}", _shut),
        (rf"(?:利用可能時間|利用時間|診療時間|開館時間|営業時間|開所時間)(?:は|:)?{_SPANS}{_BE}", _every_day),
        (rf"(?:平日、?土曜?(?:日)?ともに|昼休み?|休憩(?:時間)?|お?昼休み?)?(?:は|:)?[(]?(?P<span>{SPAN})[)]?(?:は|の間は?|を)?(?:休憩|昼休み?|休診|休み(?:時間)?|閉館|閉所|除く|除きます|利用不可){_BE}", _break),
        (rf"(?:昼休み?|休憩(?:時間)?|お昼休み?)(?:は|:)?[(]?(?P<span>{SPAN})[)]?{_BE}", _break),
        (rf"\d{{1,2}}(?:/|月)\d{{1,2}}日?(?:は|:)?{SPAN}", lambda spans, _match: spans),
        (rf"\d{{1,2}}(?:/|月)\d{{1,2}}日?~\d{{1,2}}(?:/|月)\d{{1,2}}日?(?:まで)?(?:の期間)?(?:は|:)?(?P<span>{SPAN})(?:まで)?", _longer),
    )
)  # fmt: skip
_BY_DATE = re.compile(
    r"場合|翌日|翌平日|翌開館|末日|月末|\d{1,2}(?:/|月)(?:\d|上旬|中旬|下旬|末|第)|年末|年始|お?盆|GW|ゴールデンウィーク|連休|臨時|整理|祝日|祝祭日|休日"
)
_WEEKDAY = re.compile(
    r"(?<![一-鿿々\dの])[月火水木金土日祝]{1,8}(?=曜|[、・,/()はがのをにも:~]|$)|[月火水木金土日]曜|平日|土日祝?|毎日"
)
_RESTRICTS = re.compile(
    r"休|除|のみ|だけ|不可|不定|隔週|月\d回|週\d回|以外|限|まで|から|午前|午後|閉|変更|交代|交替|当番医|により|による|要|問い?合|\d:\d|\d時"
)
_HARMLESS = re.compile(r"電話|転送|メール|年中無休|送迎|対応(?:します|可|いたします|しています)")
_BESIDE = re.compile(r"時間外|24時間|常時|緊急|以外でも|以外においても|以外にも")
_NARROWS = re.compile(r"のみ|だけ|不可|休診|休館|閉店|できません")


@lru_cache(maxsize=20_000)
def _sentences(note: str) -> tuple[str, ...]:
    """Return the sentences of a note in the form in which they are read; brackets of any kind are round."""
    text = plain_note(note)
    return tuple(one for one in re.split(r"[。\n;]", text) if one)


def plain_note(note: str) -> str:
    """Return a note as it is read, its lines kept apart."""
    round_brackets = note.translate(str.maketrans("【】［］[]〔〕〈〉<>", "()()()()()()"))
    lines = (plain(line) for line in round_brackets.replace("（改行）", "\n").splitlines())
    return "\n".join(re.sub(r"(?<=[日曜土・、])[・、]休日(?=は)", "・祝日", line) for line in lines)


def ruled_by(spans: Sequence[Span], note: str) -> Spans | None:
    """Return the spans as a note beside them leaves them; None where it restricts them in words that are not understood."""
    if (whole := read_hours(note)) and set().union(*map(_in, spans)) == set().union(*map(_in, whole.spans)):
        return _joined([dict(span) for span in whole.spans])  # the note says it all, and in more detail
    result: Spans | None = [dict(span) for span in spans]
    for sentence in _sentences(note):
        rest = sentence
        while rest and result is not None:
            if filler := _FILLER.match(rest):
                rest = rest[filler.end() :]
                continue
            outcome = _first_rule(result, rest)
            if outcome is None:
                if _restricts(result, rest):
                    return None
                break
            result, end = outcome
            rest = rest[end:]
    return _joined(result) if result else None


_SHUT = re.compile(rf"{_D}(?:は|が|を|、|:)?(?:終日)?{_CLOSED}|{_HEAD}{_D.replace('days', 'other')}")


def closes_on_holidays(note: str) -> bool:
    """Tell whether a note closes holidays together with weekdays: 日曜・祝日休診."""
    parts = (part for sentence in _sentences(note) for part in sentence.split("("))
    return any(HOLIDAY in (match["days"] or match["other"]) for part in parts if (match := _SHUT.match(part)))


def _first_rule(spans: Spans, rest: str) -> tuple[Spans, int] | None:
    for rule in _RULES:
        match = rule.pattern.match(rest)
        if match and not _goes_on(rest[match.end() :]):
            changed = rule.change(spans, match)
            if changed is not None:
                return changed, match.end()
    return None


def _goes_on(rest: str) -> bool:
    """Tell whether a sentence says more of what was just read (水曜休診の場合は…), so that it was not read."""
    return bool(rest) and not re.match(
        r"[、,。・;/()※*:&]|但し|ただし|また|なお|です|(?:第[1-5]|(?:毎週)?[月火水木金土日平祝昼休]|[0-2]?\d[:時])",
        rest,
    )


def _restricts(spans: Spans, rest: str) -> bool:
    """Tell whether words that were not understood may make the hours of a usual week narrower."""
    week = set().union(*map(_in, spans)) if spans else set()
    named = {day for found in _WEEKDAY.finditer(rest) for day in _days_of(found[0])}
    named -= {HOLIDAY} - week
    weeks = re.search(r"第[1-5]", rest)
    if (
        _BY_DATE.search(rest)
        and not re.search(CLOCK, rest)
        and not (named - {HOLIDAY} and not re.search(r"場合|翌|末|\d月", rest))
    ):
        return False
    if not _NARROWS.search(rest) and (_BESIDE.search(rest) or (_HARMLESS.search(rest) and not named)):
        return False  # what is there beside the usual hours
    if named:
        return bool(named & week) and bool(weeks or _RESTRICTS.search(rest) or re.fullmatch(rf"[(]?{_GROUP}[)]?", rest))
    if weeks and not re.search(r"\d月", rest):
        return True
    if any(_well_inside(spans, clock_of(found)) for found in re.findall(CLOCK, rest)):
        return True
    return bool(
        re.search(SPAN, rest)
        or re.search(r"午前(?:中)?(?:のみ|だけ)|午後(?:のみ|だけ|は?休)|隔週|不定休|不定期|月\d回|週\d回", rest)
    ) and bool(_RESTRICTS.search(rest))


def _well_inside(spans: Spans, clock: str | None) -> bool:
    """Tell whether a time lies an hour or more before the end of a span: 受付は11:30まで is another end than 18:00."""
    return clock is not None and any(
        span["open"] < clock and _minutes(clock) + 60 <= _minutes(span["close"]) for span in spans
    )


def _minutes(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])


def _days_of(word: str) -> set[str]:
    if word == "平日":
        return set(WEEKDAYS[:5])
    if word == "毎日":
        return set(WEEKDAYS)
    return {day for day in DAYS if day in word.replace("祝日", "祝")}


def _joined(spans: Spans) -> Spans:
    """Put spans with the same times together (月火 and 木 become 月火木), in the order of the week."""
    groups: dict[tuple[Any, ...], tuple[Span, set[str]]] = {}
    for span in spans:
        key = tuple(
            (name, tuple(value) if isinstance(value, list) else value)
            for name, value in sorted(span.items())
            if name != "days"
        )
        groups.setdefault(key, (span, set()))[1].update(_in(span))
    joined = [
        {**span, "days": compact_days(tuple(day for day in DAYS if day in days))} for span, days in groups.values()
    ]
    return sorted(joined, key=lambda span: (min(DAYS.index(day) for day in _in(span)), span["open"]))
