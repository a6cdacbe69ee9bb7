"""The workbook in which people edit records: a page of instructions, a sheet for each group, the words, and a hidden copy."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import Literal

from tsunagite.editing.books.view import GUIDE, WORDS, BookSheet, EditedColumn, RecordBook
from tsunagite.spreadsheets.book import Book, Plain, Print, Sheet, SheetBox, SheetColumn
from tsunagite.spreadsheets.write import write_workbook

_SECTION_COLORS = (
    "DCEBE6",
    "E3E8F4",
    "F4EBDD",
)  # sections side by side have different colours; words tell them apart, too
_MOST_LINES = 4
_LINE = 17.0  # points
_SPARE = 30  # rows for new records
_STEPS = (
    ("直す", "セルを書きかえます。色の付いた見出しにマウスを合わせると、書き方が出ます。"),
    ("選ぶ", "下向きの矢印が出る欄は、選択肢から選びます。いくつか書ける欄は「、」で区切ります。"),
    ("足す", "いちばん下の空いた行に書きます。ID は空のままでかまいません（ふりがなから作ります）。"),
    ("空にする", "セルを消すと、その項目が記録からなくなります。"),
    ("終える", "なくなった所は行を消さずに、「状態」を「終了」にします。印刷したQRコードが行き先を失わないためです。"),
    (
        "ふりがな",
        "直すと、「機械が付けた」の印は消えます。合っているときは、「ふりがなの確かさ」を「確かめた」にします。",
    ),
    ("見る列を増やす", "列の上にある［+］を押すと、まだ使っていない項目が出ます。"),
    ("動かす", "並べかえ・しぼりこみ・列の移動・空の行は、そのままで大丈夫です。"),
)


def record_book(book: RecordBook) -> bytes:
    """Return the bytes of the .xlsx file."""
    sheets = (_guide(book), *(_sheet(sheet, book) for sheet in book.sheets), _words(book), _hidden_copy(book))
    return write_workbook(Book(book.title, sheets))


def _guide(book: RecordBook) -> Sheet:
    boxes = [
        SheetBox(1, 1, book.title, columns=2, size=18, bold=True),
        SheetBox(2, 1, f"{book.made_on}に書き出しました。記録 {book.total} 件。", columns=2, color="4A4F57"),
    ]
    heights = [(1, 34.0), (2, 22.0), (3, 10.0)]
    for row, (title, text) in enumerate(_STEPS, start=4):
        boxes += [
            SheetBox(row, 1, title, bold=True, border=True, fill="DCEBE6"),
            SheetBox(row, 2, text, border=True),
        ]
        heights.append((row, 38.0))
    end = 4 + len(_STEPS) + 1
    heights += [(end, 26.0), *((row, 24.0) for row in range(end + 1, end + 4))]
    boxes += [
        SheetBox(end, 1, "終わったら", bold=True, size=13, columns=2),
        SheetBox(
            end + 1, 1, "保存して、サイトを管理している人に渡してください。取り込む命令は次のとおりです。", columns=2
        ),
        SheetBox(end + 2, 1, "tsunagite import-xlsx このファイル.xlsx", columns=2, fill="F2F3F5", border=True),
        SheetBox(
            end + 3, 1, "まちがいがあれば、シートとセルの名前を付けてすべて知らせ、何も書きかえません。", columns=2
        ),
        SheetBox(
            end + 5,
            1,
            f"この表にない項目（{'・'.join(book.left_out)}）は、前のまま残ります。",
            columns=2,
            color="4A4F57",
        ),
    ]
    columns = (SheetColumn("", 18), SheetColumn("", 96))
    return Sheet(
        GUIDE,
        columns,
        header_row=0,
        boxes=tuple(boxes),
        heights=tuple(heights),
        printing=Print(landscape=False, fit="page"),
    )


def _sheet(sheet: BookSheet, book: RecordBook) -> Sheet:
    colors = dict(_colors(sheet.columns))
    columns = tuple(
        SheetColumn(
            column.title, column.width, _FORMATS[column.sort], column.words, column.strict, column.help, column.prompt,
            column.locked, folded=column.folded, fill=colors[column.section],
        )
        for column in sheet.columns
    )  # fmt: skip
    rows = tuple(tuple(_value(c, text) for c, text in zip(sheet.columns, row, strict=True)) for row in sheet.rows)
    heights = [(1, 20.0), (2, 36.0)] + [
        (number, _height(sheet.columns, row)) for number, row in enumerate(sheet.rows, start=3)
    ]
    return Sheet(
        sheet.name, columns, rows, header_row=2, boxes=tuple(_sections(sheet.columns, colors)), spare=_SPARE,
        freeze=(2, 2), heights=tuple(heights), filter=True, printing=Print("A4", fit="none", scale=70, columns=2, footer=f"{book.title}　{book.made_on}"),
    )  # fmt: skip


_FORMATS: dict[str, Literal["text", "whole", "decimal", "day"]] = {
    "text": "text",
    "whole": "whole",
    "decimal": "decimal",
    "day": "day",
}


def _colors(columns: tuple[EditedColumn, ...]) -> Iterator[tuple[str, str]]:
    for index, (section, _) in enumerate(groupby(columns, key=lambda column: column.section)):
        yield section, _SECTION_COLORS[index % len(_SECTION_COLORS)]


def _sections(columns: tuple[EditedColumn, ...], colors: dict[str, str]) -> Iterator[SheetBox]:
    """Yield the name of each section above the first of its columns that is in sight; not merged, so that columns can move."""
    named: set[str] = set()
    for number, column in enumerate(columns, start=1):
        shown = column.section not in named and not column.folded
        named |= {column.section} if shown else set()
        yield SheetBox(
            1,
            number,
            column.section if shown else None,
            bold=True,
            fill=colors[column.section],
            size=10,
            upright="bottom",
        )


def _value(column: EditedColumn, text: str) -> Plain:
    """Return the value to store: numbers and days as such, so that they sort; everything else as text."""
    if not text:
        return None
    try:
        if column.sort == "whole":
            return int(text)
        if column.sort == "decimal":
            return float(text)
        if column.sort == "day":
            return date.fromisoformat(text)
    except ValueError:
        return text
    return text


def _height(columns: tuple[EditedColumn, ...], row: tuple[str, ...]) -> float:
    """Return points for the tallest cell in sight, at most four lines: a list stays a list."""
    lines = max(
        (
            sum(1 + _cells(line) // column.width for line in text.split("\n"))
            for column, text in zip(columns, row, strict=True)
            if text and not column.folded
        ),
        default=1,
    )
    return _LINE * min(lines, _MOST_LINES) + 3


def _cells(line: str) -> int:
    """Return the width of a line in half-width characters."""
    return sum(1 if char < "\u0100" else 2 for char in line)


def _words(book: RecordBook) -> Sheet:
    longest = max((len(words) for _, words in book.words), default=0)
    columns = tuple(SheetColumn(title, 24) for title, _ in book.words)
    rows = tuple(tuple(words[i] if i < len(words) else None for _, words in book.words) for i in range(longest))
    return Sheet(WORDS, columns, rows)


def _hidden_copy(book: RecordBook) -> Sheet:
    """The hidden copy of every cell that says something: (id, column, text), below the mark of the book."""
    rows = (book.mark, *(cell for sheet in book.sheets for cell in sheet.kept()))
    return Sheet(
        book.copy_sheet,
        (SheetColumn("", 24), SheetColumn("", 24), SheetColumn("", 60)),
        rows,
        header_row=0,
        hidden=True,
    )
