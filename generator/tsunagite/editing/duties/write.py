"""The workbook of the duties: how to fill it in, a sheet of two columns for each duty, and the names of towns and districts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tsunagite.check.load import load
from tsunagite.editing.duties.tables import (
    AREA,
    AREA_ID,
    WHOLE_NAME,
    WINDOW,
    WINDOW_ID,
    DutySheet,
    NamesOfSite,
    duty_sheets,
    window_key,
)
from tsunagite.errors import UsageError
from tsunagite.findings import has_errors
from tsunagite.records.directory import Directory
from tsunagite.records.yaml.staged_files import write_whole
from tsunagite.spreadsheets.book import Book, Print, Sheet, SheetBox, SheetColumn, Value
from tsunagite.spreadsheets.write import write_workbook

GUIDE, WINDOWS, PLACES = "使い方", "窓口の名前", "町と地区の名前"
_SPARE = 100  # empty rows below a table
_STEPS = (
    ("シート", "担当（地域包括支援センター、社会福祉協議会など）ごとに一枚です。"),
    (
        WINDOW,
        f"このサイトにある記録の名前を、そのまま書きます（「{WINDOWS}」から写せます）。電話のある、掲載中の記録に限ります。",
    ),
    (
        AREA,
        f"一行に一つ、「{PLACES}」にある名前を書きます。いくつかを「、」で区切ってもかまいません。市の全体なら「{WHOLE_NAME}」と書くか、空のままにします。",
    ),
    ("優先", "町に書いた窓口は地区より、地区に書いた窓口は市の全体より優先します。"),
    (
        "同じ名前",
        f"同じ名前の窓口や地域が二つあるときは、「{WINDOW_ID}」「{AREA_ID}」の列を足して、記録の ID を書きます。",
    ),
    (
        "取り込む",
        "tsunagite duties import このファイル.xlsx。まちがいがあれば、シートとセルを示してすべて知らせ、何も書きません。",
    ),
)


def export_duties(root: Path, target: Path, today: date) -> list[tuple[str, int]]:
    """Write the workbook of the duties of a site; return (name of the sheet, number of its rows).

    Raises UsageError where a record has errors, and where no trouble asks for a duty.
    """
    loaded = load(root, today)
    if has_errors(loaded.findings):
        raise UsageError("記録にまちがいがあるため、書き出せません。→ tsunagite check で直すところを見てください。")
    sheets = duty_sheets(loaded.directory)
    if not sheets:
        raise UsageError(
            "書き出す担当がありません。→ resources/site.yml に shared_troubles: true と書くと、共通の困りごとと担当が使えます。"
        )
    write_whole(target, write_workbook(duty_book(loaded.directory, sheets)))
    return [(sheet.sheet, len(sheet.pairs)) for sheet in sheets]


def duty_book(directory: Directory, sheets: tuple[DutySheet, ...]) -> Book:
    """Return the workbook of some duties."""
    names = NamesOfSite(directory)
    title = f"{directory.settings.municipality or directory.settings.name}の担当表"
    return Book(
        title, (_guide(title), *(_sheet(sheet, names) for sheet in sheets), _windows(sheets, names), _places(names))
    )


def _guide(title: str) -> Sheet:
    boxes = [SheetBox(1, 1, title, columns=2, size=18, bold=True)]
    for row, (step, text) in enumerate(_STEPS, start=3):
        boxes += [SheetBox(row, 1, step, bold=True, border=True, fill="DCEBE6"), SheetBox(row, 2, text, border=True)]
    heights = ((1, 34.0), *((row, 38.0) for row in range(3, 3 + len(_STEPS))))
    return Sheet(
        GUIDE,
        (SheetColumn("", 18), SheetColumn("", 96)),
        header_row=0,
        boxes=tuple(boxes),
        heights=heights,
        printing=Print(landscape=False, fit="page"),
    )


def _sheet(duty: DutySheet, names: NamesOfSite) -> Sheet:
    """Return the sheet of a duty; a column of ids is there only where a name alone would not lead back."""
    rows = []
    for window, area in duty.pairs:
        resource = names.directory.resources[window]
        window_id = "" if names.windows[window_key(resource.name)] == (window,) else window
        rows.append((resource.name, names.name_of(area), window_id, "" if names.is_clear(area) else area))
    shown = [0, 1, *(column for column in (2, 3) if any(row[column] for row in rows))]
    columns = (SheetColumn(WINDOW, 44), SheetColumn(AREA, 28), SheetColumn(WINDOW_ID, 28), SheetColumn(AREA_ID, 28))
    values: list[tuple[Value, ...]] = [tuple(row[column] or None for column in shown) for row in rows]
    return Sheet(
        duty.sheet,
        tuple(columns[column] for column in shown),
        values,
        spare=_SPARE,
        filter=bool(values),
        printing=Print(landscape=False),
    )


def _windows(sheets: tuple[DutySheet, ...], names: NamesOfSite) -> Sheet:
    """Return the windows of the site that the sheets may name: the records of the kind of each duty that can be called."""
    directory, duties = names.directory, names.directory.vocabularies["duty"].terms
    rows: list[tuple[Value, ...]] = []
    for duty in sheets:
        for resource in directory.by_kind.get(duties[duty.id].group, ()) if duty.id in duties else ():
            if names.finder.can_be_called(resource.id):
                is_clear = names.windows[window_key(resource.name)] == (resource.id,)
                address = resource.location.address if resource.location else ""
                rows.append((duty.sheet, resource.name, address or None, None if is_clear else resource.id))
    return Sheet(
        WINDOWS,
        (SheetColumn("シート", 28), SheetColumn(WINDOW, 44), SheetColumn("住所", 40), SheetColumn(WINDOW_ID, 28)),
        rows,
        printing=Print(landscape=False),
    )


def _places(names: NamesOfSite) -> Sheet:
    """Return every name that the second column may say, towns with the district they lie in."""
    directory = names.directory
    rows: list[tuple[Value, ...]] = [(WHOLE_NAME, None)]
    for level in ("district", "town"):
        for area in directory.areas.values():
            if area.level == level:
                district = directory.district_of(area.id)
                rows.append(
                    (names.name_of(area.id), f"{district.name}地区" if district and district.id != area.id else None)
                )
    return Sheet(PLACES, (SheetColumn("名前", 28), SheetColumn("地区", 24)), rows, printing=Print(landscape=False))
