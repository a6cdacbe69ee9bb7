"""Which rows of a published table are no entries of it: headers repeated, notes, totals, lines cut or broken. Pure.

Such a row is named with its reason. It never becomes a record, and what stands in it is no sign that a column is used.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from functools import lru_cache
from operator import eq

from tsunagite.importing.draft import Reason
from tsunagite.importing.tables.table_file import Row, Table
from tsunagite.text.cells import one_line
from tsunagite.text.normalize import nfkc

USUAL_SHORT_ROWS = 16
"""So many lines of one length are how a program writes: Excel leaves out separators at the end of blocks of 16 rows."""
_END = re.compile(r"[-=*~\s]*[(]?(?:以下余白|以下空白|以上|余白)[)]?[-=*~\s]*")
_SAYS_TOTAL = re.compile("計|総数|total", re.IGNORECASE)
_TOTAL = re.compile(r"(?:合計|総計|小計|総合計|総数|計|total)[:]?", re.IGNORECASE)
_COUNT = re.compile(
    r"[約計]?[\d,.]+\s*(?:人|名|件|[箇ヶケかカヵ]所|施設|棟|台|㎡|m2|m²|%|世帯|店|園|校|床|室|団体|事業所|基|戸)?"
)
_NOTE = re.compile(
    r"[※*■●◆◇□▼▲★☆〔【《〈<]|\((?!(?:株|有|合|福|社福|医|医社|社|財|学|宗|特非|特|一社|一財|公社|公財|独|NPO)\))|注\d*\s*[:).、]|注意|備考:|出典|資料:",
)
_MARKED = re.compile(r"※|注\d*\s*[:).、]|注\d*$|\*\d*$|備考:?$|出典:?$")
_SENTENCE = re.compile(r"(?:現在|時点|です|ます|ません|ください|である|こと)[。.]?\)?$")
_TYPES = frozenset(
    {
        "文字列",
        "数値",
        "整数",
        "日付",
        "時刻",
        "必須",
        "任意",
        "推奨",
        "半角",
        "全角",
        "string",
        "integer",
        "float",
        "number",
        "date",
    }
)
_ENGLISH = re.compile(r"[A-Za-z][A-Za-z0-9_ .()/&-]{0,39}")


def no_entry(table: Table, row: Row, short_rows: frozenset[int] = frozenset()) -> tuple[Reason, str] | None:
    """Return why a row is no entry of its table, with what the reason speaks of; None for a row to be read.

    ``short_rows`` are lengths of lines that are usual in this table (see ``usual_short_rows``).
    """
    texts = list(map(str.strip, row.cells))
    filled = [(index, text) for index, text in enumerate(texts) if text]
    if not filled:
        return None if row.lost else (Reason.BLANK_ROW, "")
    if row.cells[0].startswith("#") and table.header[0].startswith("#"):  # LinkData: types of the columns
        return Reason.NOTE_ROW, one_line(filled[0][1])
    if _is_header(table, texts, filled):
        return Reason.HEADER_AGAIN, one_line(filled[0][1])
    if _SAYS_TOTAL.search("\n".join(texts)) and _is_total(filled):
        return Reason.TOTAL_ROW, one_line(filled[0][1])
    if len(filled) <= 2 and _is_note(
        [nfkc(text) for _, text in filled], sum(bool(header.strip()) for header in table.header)
    ):
        return Reason.NOTE_ROW, one_line(filled[0][1])
    return _length(table, row, short_rows)


def _is_header(table: Table, texts: list[str], filled: list[tuple[int, str]]) -> bool:
    """Tell whether cells repeat the names of their columns, say them in English, or name the type of each column."""
    if any(map(eq, texts, _stripped(table.header))):
        equal = sum(key_of(text) == key_of(table.header[index]) for index, text in filled)
        if equal == len(filled) or (equal >= 3 and equal * 2 >= len(filled)):
            return True
    if len(filled) < 3:
        return False
    words = [text for _, text in filled]
    if words[0] not in _TYPES and not _ENGLISH.fullmatch(words[0]):
        return False
    if all(word in _TYPES for word in words):
        return True
    if not all(_ENGLISH.fullmatch(word) for word in words) or len(set(words)) < len(words):
        return False
    named = [header for header in table.header if header.strip()]
    return len(filled) >= len(named) * 0.6 and not all(header.isascii() for header in named)


@lru_cache(maxsize=16)  # every row of a table asks
def _stripped(header: tuple[str, ...]) -> tuple[str | None, ...]:
    return tuple(name.strip() or None for name in header)


def key_of(header: str) -> str:
    """Return the form under which headers are compared: NFKC without any blanks or line ends."""
    return "".join(nfkc(header).split())


def _is_total(filled: list[tuple[int, str]]) -> bool:
    """Tell whether a row holds the word for a total and else nothing but counts."""
    words = ["".join(nfkc(text).split()) for _, text in filled]
    totals = [word for word in words if _TOTAL.fullmatch(word)]
    return bool(totals) and all(word in totals or _COUNT.fullmatch(word) for word in words)


def _is_note(texts: list[str], named: int) -> bool:
    """Tell whether one or two cells are a remark: they begin or end as remarks do, or say that nothing follows."""
    if any(_END.fullmatch(text) for text in texts):
        return True
    if named <= 2:
        return False
    if len(texts) == 1:
        return bool(_NOTE.match(texts[0]) or _SENTENCE.search(texts[0]))
    return bool(_MARKED.match(texts[0]))


def _length(table: Table, row: Row, short_rows: frozenset[int]) -> tuple[Reason, str] | None:
    """Say that a line of a csv has more or fewer cells than the header: then nobody knows which cell belongs to which column."""
    if not row.written or not table.written or row.written == table.written:
        return None
    if row.written > table.written:
        extra = any(cell.strip() for cell in row.cells[table.written :])
        return (Reason.ROW_LONGER, f"{row.written}/{table.written}") if extra else None
    return None if row.written in short_rows else (Reason.ROW_SHORTER, f"{row.written}/{table.written}")


def usual_short_rows(table: Table) -> frozenset[int]:
    """Return the lengths of lines shorter than the header that so many rows have that a program must have written them so."""
    lengths = Counter(row.written for row in table.rows if row.written and not row.is_blank)
    most = sum(lengths.values())
    return frozenset(
        length for length, count in lengths.items() if count >= USUAL_SHORT_ROWS or (count > 1 and count * 2 >= most)
    )


def with_entries_only(table: Table) -> Table:
    """Return a table without the rows that are no entries of it."""
    short = usual_short_rows(table)
    return replace(table, rows=tuple(row for row in table.rows if no_entry(table, row, short) is None))
