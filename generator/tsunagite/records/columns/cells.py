"""What a cell of a record's column says, and back: terms by their labels, areas by their names, hours as people write them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from tsunagite.records.columns.columns import SAID, RecordColumn, Sort, Steps, words_of
from tsunagite.records.model.base.vocabulary import Vocabularies
from tsunagite.text.cells import compact_days, decimal, postal_code, whole_number
from tsunagite.text.dates import DAYS, guess_date, parse_days, parse_iso, parse_time
from tsunagite.text.normalize import nfkc

_BETWEEN = re.compile(r"[、,，;；\n]")
_FULL_DATE = re.compile(r"(\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?|(令和|平成)(\d{1,2}|元)年\d{1,2}月\d{1,2}日)( 00:00)?")
_YES = frozenset({"はい", "有", "あり", "○", "◯", "true", "yes", "1"})
_NO = frozenset({"いいえ", "無", "なし", "×", "false", "no", "0"})
_SPAN = re.compile(
    r"(?:第\s*(?P<nth>[1-5](?:[・、,.\s]*第?[1-5])*)\s*)?(?P<days>[月火水木金土日祝平毎・、,曜\-~〜～−‐]+?)\s*"
    r"(?P<open>\d{1,2}:\d{2})\s*[-~〜～−‐]\s*(?P<close>\d{1,2}:\d{2})\s*"
    r"(?:\((?P<label>[^()]+)\)\s*)?(?:\[(?P<from>\d{4}-\d{2}-\d{2})?\s*[~〜～]\s*(?P<to>\d{4}-\d{2}-\d{2})?\])?"
)
HOURS_HELP = "一行に一つ、次のように書きます。\n月-金 9:00-17:00\n第2・4水 13:30-15:00\n土日 10:00-12:00（相談）\n毎日 9:00-19:00［2026-04-01～2026-09-30］"


@dataclass(frozen=True)
class Names:
    """What ids are called: areas (``places``) and organisations by id, and the vocabularies."""

    vocabularies: Vocabularies
    places: Mapping[str, str]
    organizations: Mapping[str, str]


class CellProblem(Exception):
    """Raised for a cell that cannot be read: a code of i18n and what its sentence speaks of."""

    def __init__(self, code: str, **values: object) -> None:
        self.code, self.values = code, values


def value_at(data: Any, path: Steps) -> Any:
    """Return the value at a path of plain data, None where there is none."""
    for step in path:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def cell_text(column: RecordColumn, record: Mapping[str, Any], names: Names) -> str:  # noqa: PLR0911 - one line a sort
    """Return what the cell of a column says about a record (as plain data: ``model_dump``); "" where it says nothing."""
    value = value_at(record, column.path)
    sort = column.sort
    if value in (None, "", [], {}) or (value == column.default and sort in (Sort.CHOICE, Sort.YES_NO)):
        return ""
    if sort in (Sort.TERM, Sort.TERMS):
        terms = names.vocabularies[column.vocabulary].terms
        ids = [value] if sort is Sort.TERM else value
        return "、".join(terms[one].label if one in terms else str(one) for one in ids)
    if sort in (Sort.CHOICE, Sort.CHOICES):
        said = SAID.get(str(column.path[-1]), {})
        return "、".join(said.get(str(one), str(one)) for one in ([value] if sort is Sort.CHOICE else value))
    if sort is Sort.AREAS:
        return "、".join(_name(one, names.places) for one in value)
    if sort is Sort.ORGANIZATION:
        return _name(value, names.organizations)
    if sort is Sort.HOURS:
        return "\n".join(span_text(span) for span in value)
    if sort is Sort.LINES:
        return "\n".join(map(str, value))
    if sort is Sort.YES_NO:
        return "はい" if value else "いいえ"
    return f"{value:.15g}" if isinstance(value, float) else str(value)


def _name(one: str, names: Mapping[str, str]) -> str:
    """Return the name of an id, or the id where another thing has the same name."""
    name = names.get(one, one)
    return one if sum(1 for other in names.values() if other == name) > 1 else name


def span_text(span: Mapping[str, Any]) -> str:
    """Write an opening span as 第2・4水 13:30-15:00（相談）［2026-04-01～2026-09-30］."""
    nth = f"第{'・'.join(map(str, span['nth']))}" if span.get("nth") else ""
    label = f"（{span['label']}）" if span.get("label") else ""
    start, end = span.get("valid_from") or "", span.get("valid_to") or ""
    period = f"［{start}～{end}］" if start or end else ""
    times = "-".join(str(span[key]).removeprefix("0") for key in ("open", "close"))
    return f"{nth}{compact_days(tuple(span['days']))} {times}{label}{period}"


def cell_value(  # noqa: PLR0911 - one line a sort
    column: RecordColumn, text: str, names: Names, before: Any = None
) -> Any:
    """Return the plain value (as YAML holds it) of a cell that is not empty. Raises CellProblem.

    ``before`` is what the record says now: where a term or a span was written there in another way, that way stays.
    What is no number, date or term is returned as written: the model then says what is wrong with it.
    """
    text = text.strip()
    sort = column.sort
    if sort in (Sort.TERM, Sort.CHOICE, Sort.TERMS, Sort.CHOICES):
        words = [text] if sort in (Sort.TERM, Sort.CHOICE) else _parts(text)
        kept = {_term(column, str(one), names): one for one in ([before] if isinstance(before, str) else before or ())}
        found = [
            kept.get(_term(column, word, names), _term(column, word, names) if column.choices else word)
            for word in words
        ]
        return found[0] if sort in (Sort.TERM, Sort.CHOICE) else list(dict.fromkeys(found))
    if sort is Sort.AREAS:
        return list(dict.fromkeys(_id(word, names.places, "B110") for word in _parts(text)))
    if sort is Sort.ORGANIZATION:
        return _id(text, names.organizations, "B111")
    if sort is Sort.HOURS:
        return list(_spans(text, before))
    if sort is Sort.LINES:
        return [line.strip() for line in text.split("\n") if line.strip()]
    if sort is Sort.YES_NO:
        return _yes_no(text)
    if sort is Sort.WHOLE:
        number = whole_number(text.removesuffix("円").removesuffix("歳"))
        return text if number is None else number
    if sort is Sort.DECIMAL:
        value = decimal(text)
        return text if value is None else value
    if sort is Sort.DAY:
        day = parse_iso(text) or (guess_date(text) if _FULL_DATE.fullmatch(nfkc(text)) else None)
        return day.isoformat() if day else text
    return (postal_code(text) or text) if column.path[-1] == "postal_code" else text


def _parts(text: str) -> list[str]:
    return [part.strip() for part in _BETWEEN.split(text) if part.strip()]


def _term(column: RecordColumn, word: str, names: Names) -> str:
    """Return the id of a written term, or the value behind a word such as 書面の同意; the word itself where unknown."""
    if column.vocabulary:
        return names.vocabularies[column.vocabulary].find(word) or word
    said = SAID.get(str(column.path[-1]), {})
    return next((value for value, shown in said.items() if shown == word), word)


def _id(word: str, names: Mapping[str, str], code: str) -> str:
    if word in names:
        return word
    found = [one for one, name in names.items() if name == word]
    if len(found) == 1:
        return found[0]
    if found:
        raise CellProblem(code, written=word, suggestion="、".join(found))
    near = get_close_matches(word, list(names.values()), n=1, cutoff=0.5)
    raise CellProblem(code, written=word, suggestion=near[0] if near else "")


def _yes_no(text: str) -> bool:
    plain = nfkc(text).lower()
    if plain in _YES:
        return True
    if plain in _NO:
        return False
    raise CellProblem("B112", written=text)


def _spans(text: str, before: Any) -> Iterator[Mapping[str, Any]]:
    """Yield the spans of a cell; one that the record already has comes back as it is written there."""
    kept = {_span_key(span): span for span in before or () if isinstance(span, Mapping)}
    for line in text.split("\n"):
        if not line.strip():
            continue
        span = _span(line)
        yield kept.get(_span_key(span), span)


def _span(line: str) -> dict[str, Any]:
    match = _SPAN.fullmatch(nfkc(line).strip())
    days = parse_days(match["days"]) if match else None
    if match is None or days is None or not all(parse_time(match[key]) for key in ("open", "close")):
        raise CellProblem("B113", written=line.strip())
    span: dict[str, Any] = {"days": compact_days(days)}
    if match["nth"]:
        span["nth"] = sorted({int(digit) for digit in re.findall(r"[1-5]", match["nth"])})
    span |= {"open": match["open"], "close": match["close"]}
    if match["label"]:
        label = line[line.find("（") + 1 : line.rfind("）")] if "（" in line else match["label"]
        span["label"] = label.strip()
    span |= {key: match[group] for key, group in (("valid_from", "from"), ("valid_to", "to")) if match[group]}
    return span


def _span_key(span: Mapping[str, Any]) -> tuple[Any, ...]:
    days = span.get("days", "")
    read = parse_days("".join(days) if isinstance(days, Sequence) and not isinstance(days, str) else str(days))
    times = tuple(parse_time(str(span.get(key, ""))) or span.get(key) for key in ("open", "close"))
    rest = (str(span.get("label") or "").strip(), str(span.get("valid_from") or ""), str(span.get("valid_to") or ""))
    return (tuple(day for day in DAYS if day in (read or ())), tuple(span.get("nth") or ()), *times, *rest)


def help_of(column: RecordColumn, vocabularies: Vocabularies) -> str:
    """Return the note of a column's header: what it means, how it is written, and the words it takes."""
    lines = [column.about]
    words = words_of(column, vocabularies)
    if column.sort in (Sort.TERMS, Sort.CHOICES):
        lines += ["いくつか書くときは「、」で区切ります。", "使えることば：" + "、".join(words)]
    elif column.sort is Sort.AREAS:
        lines.append("地域の名前を「、」で区切って書きます（「ことば」のシートにあります）。")
    elif column.sort is Sort.LINES:
        lines.append("一行に一つ書きます（セルの中の改行は Alt+Enter）。")
    elif column.sort is Sort.HOURS:
        lines.append(HOURS_HELP)
    elif column.sort is Sort.DAY:
        lines.append("2026-11-24 のように書きます。")
    if column.path == ("id",):
        lines.append("この列は変えないでください。新しい行では空のままでかまいません。")
    return "\n".join(filter(None, lines))
