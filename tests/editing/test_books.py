"""Records go to a workbook and back: exactly the edits arrive, whatever program and hands the workbook went through."""

import io
import shutil
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import typer.testing
from hypothesis import given, settings
from hypothesis import strategies as st

from libreoffice import saved_by_libreoffice
from mini_sites import GOOD, TODAY
from tsunagite.check.load import load
from tsunagite.cli import app as cli
from tsunagite.editing.books.read import BookRow, Edit, apply, is_record_book
from tsunagite.editing.books.run import BookImport, export_books, import_book
from tsunagite.editing.books.view import names_of
from tsunagite.findings import SourceLocation
from tsunagite.i18n import message_of
from tsunagite.records.columns.cells import Names, cell_text
from tsunagite.records.columns.columns import FREE, REPEATED, record_columns
from tsunagite.records.model.base.problems import validate
from tsunagite.records.model.resource import Resource
from tsunagite.spreadsheets.read import read_workbook

CLUBS, PLACES = "通いの場・住民活動", "いこいの場所"


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """All records of the good site in one workbook."""
    path = tmp_path_factory.mktemp("book") / "records.xlsx"
    export_books(GOOD, path, TODAY)
    return path.read_bytes()


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return Path(shutil.copytree(GOOD, tmp_path / "site"))


def changed(raw: bytes, change: Callable[[Any], None], *, saved_elsewhere: bool = False) -> bytes:
    """The workbook after a person's edits (and after another program has saved it)."""
    workbook = openpyxl.load_workbook(io.BytesIO(raw))
    change(workbook)
    result = io.BytesIO()
    workbook.save(result)
    return saved_by_libreoffice(result.getvalue()) if saved_elsewhere else result.getvalue()


def imported(site: Path, raw: bytes, **options: Any) -> BookImport:
    (site / "edited.xlsx").write_bytes(raw)
    return import_book(site, site / "edited.xlsx", TODAY, **options)


def at(sheet: Any, record_id: str, title: str) -> Any:
    """The cell of a record's column, wherever both stand now."""
    header = next(row for row in sheet.iter_rows() if any(cell.value == "ID" for cell in row))
    columns = {cell.value: cell.column for cell in header}
    row = next(cell.row for cell in sheet[openpyxl.utils.get_column_letter(columns["ID"])] if cell.value == record_id)
    return sheet.cell(row, columns[title])


def changed_lines(diff: str) -> list[str]:
    return [line for line in diff.splitlines() if line[:1] in "+-" and line[:3] not in ("+++", "---")]


def errors(result: BookImport) -> list[tuple[str, str]]:
    """(cell, code) of every error."""
    found = [(f.place.file.partition("［")[2].rstrip("］"), f.code) for f in result.findings if f.severity == "error"]
    return sorted(found)


def test_a_book_that_nobody_edited_changes_nothing(site: Path, exported: bytes) -> None:
    before = {path: path.read_bytes() for path in site.rglob("*.yml")}
    result = imported(site, exported)
    assert (result.findings, result.files, result.diff) == ([], {}, "")
    assert {path: path.read_bytes() for path in site.rglob("*.yml")} == before


def people(workbook: Any) -> None:
    """Edit as people do: change, empty, add, remove, sort, move columns, put in blank rows, write beside the table."""
    clubs, places = workbook[CLUBS], workbook[PLACES]
    at(clubs, "sakura-taiso", "ひとこと").value = "毎週、いすに座ってできる体操。"
    at(clubs, "sakura-taiso", "困りごと").value = "体を動かす、居場所・仲間、見守り"
    at(clubs, "sakura-taiso", "時間").value = at(clubs, "sakura-taiso", "時間").value + "\n金 13:30-15:00（相談）"
    at(clubs, "sakura-taiso", "電話2").value = None
    at(clubs, "sakura-taiso", "電話2：種別").value = None
    at(clubs, "sakura-taiso", "郵便番号").value = "7600017"
    at(clubs, "sakura-taiso", "連絡の補足").value = None
    at(clubs, "sakura-taiso", "確認した日").value = date(2026, 11, 20)
    at(clubs, "yube-no-kai", "メモ").value = "-来月、会場を見に行く"
    at(places, "park-2", "住所").value = "見本市北町3"
    at(places, "park-1", "緯度").value = 34.0315
    rows = [[cell.value for cell in row] for row in clubs.iter_rows(min_row=3, max_row=5)]
    new = dict.fromkeys(range(len(rows[0])))
    titles = [cell.value for cell in clubs[2]]
    for title, value in {"名前": "もも茶話会", "ふりがな": "ももさわかい", "種類": "通いの場・サロン", "ひとこと": "お茶を飲みます。", "困りごと": "居場所・仲間", "助け合いのかたち": "互助", "電話1": "087-000-0005", "対象の地域": "北圏域", "見本": "はい"}.items():  # fmt: skip
        new[titles.index(title)] = value
    clubs.delete_rows(3, 3)
    kept = [row for row in reversed(rows) if row[0] != "ume-taiso"]
    for number, row in enumerate([kept[0], [], list(new.values()), [], [], kept[1]], start=3):
        for column, value in enumerate(row, start=1):
            clubs.cell(number, column).value = value
    clubs.move_range(f"A1:A{clubs.max_row}", cols=clubs.max_column + 2)  # the column of ids to the very end
    clubs.insert_rows(1)
    clubs["C1"] = "部長確認ずみ"
    workbook.create_sheet("打ち合わせ")["A1"] = "来月までに確認"


@pytest.mark.slow
def test_exactly_the_edits_come_back_through_another_program(site: Path, exported: bytes) -> None:
    result = imported(site, changed(exported, people, saved_elsewhere=True), gone="close")
    assert [finding.code for finding in result.findings] == []
    assert (result.added, sorted(result.changed), result.closed) == (
        ["momosawakai"],
        ["park-1", "park-2", "sakura-taiso", "yube-no-kai"],
        [],
    )
    files = {
        name: changed_lines(part)
        for name, part in zip(sorted(result.files), result.diff.split("--- ")[1:], strict=True)
    }
    assert files == {
        "resources/clubs/momosawakai.yml": [
            "+id: momosawakai", "+name: もも茶話会", "+name_kana: ももさわかい", "+kind: 通いの場・サロン", "+needs:", "+  - 居場所・仲間",
            "+support_level:", "+  - 互助", "+summary: お茶を飲みます。", "+phones:", "+  - number: 087-000-0005", "+service_areas:", "+  - kita", "+sample: true",
        ],
        "resources/clubs/sakura-taiso.yml": [
            "-needs: [体を動かす, 居場所・仲間]", "+needs: [体を動かす, 居場所・仲間, 見守り]",
            "-summary: 週1回、いすに座ってできる体操。申し込み不要。", "+summary: 毎週、いすに座ってできる体操。",
            "-  - number: 087-000-0003", "-    type: fax",
            "-contact_note: 体操のあいだは出られません。",
            "-  postal_code: 760-0000", "+  postal_code: 760-0017",
            "+  - days: 金", "+    open: 13:30", "+    close: 15:00", "+    label: 相談",
            "-verified_on: 2026-09-02", "+verified_on: 2026-11-20",
        ],
        "resources/clubs/yube-no-kai.yml": ["+memo: -来月、会場を見に行く"],
        "resources/places/parks.yml": [
            "-    location: {address: 見本市桜町1, lat: 34.031, lng: 134.041, geo_source: 公園一覧, geo_precision: block}",
            "+    location: {address: 見本市桜町1, lat: 34.0315, lng: 134.041, geo_source: 公園一覧, geo_precision: block}",
            "-    location: {address: 見本市北町2, lat: 34.071, lng: 134.061}",
            "+    location: {address: 見本市北町3, lat: 34.071, lng: 134.061}",
        ],
    }  # fmt: skip
    assert (
        (site / "resources/clubs/sakura-taiso.yml")
        .read_text(encoding="utf-8")
        .startswith("# すべての欄を一度は使う記録。")
    )
    assert [finding.code for finding in load(site, TODAY).findings if finding.severity == "error"] == []


def test_rows_taken_out_are_asked_about_then_closed_never_deleted(site: Path, exported: bytes) -> None:
    raw = changed(exported, lambda book: book[PLACES].delete_rows(at(book[PLACES], "park-2", "ID").row))
    asked = imported(site, raw)
    assert errors(asked) == [("", "B118")]
    assert "北公園（park-2）" in message_of(asked.findings[0])[0]
    assert imported(site, raw, gone="keep").files == {}
    closed = imported(site, raw, gone="close")
    assert (closed.closed, changed_lines(closed.diff)) == (
        ["park-2"],
        ["+    status: 終了", "+    closed_date: 2026-11-22"],
    )


def mistakes(workbook: Any) -> None:
    clubs = workbook[CLUBS]
    at(clubs, "sakura-taiso", "名前").value = None
    at(clubs, "sakura-taiso", "困りごと").value = "体を動かす、ゴミだし屋"
    at(clubs, "sakura-taiso", "確認した日").value = "先週"
    at(clubs, "sakura-taiso", "時間").value = "だいたい昼から"
    at(clubs, "sakura-taiso", "対象の地域").value = "東地区"
    at(clubs, "sakura-taiso", "予約がいる").value = "たぶん"
    at(clubs, "sakura-taiso", "緯度").value = "=34+0.03"
    at(clubs, "ume-taiso", "代わり").value = "nobody"
    at(clubs, "yube-no-kai", "電話1").value = "090-1234-5678"
    at(workbook[PLACES], "park-1", "ID").value = "park-9"
    clubs.cell(10, 2).value = "ふりがなのない会"


def test_every_mistake_is_told_with_its_cell_and_nothing_is_written(site: Path, exported: bytes) -> None:
    before = {path: path.read_bytes() for path in site.rglob("*.yml")}
    first = imported(site, changed(exported, mistakes))
    assert [code for _, code in errors(first)] == ["B107"]  # what was computed is not known: correct it first

    def corrected(workbook: Any) -> None:
        mistakes(workbook)
        at(workbook[CLUBS], "sakura-taiso", "緯度").value = 34.0304

    second = imported(site, changed(exported, corrected))
    sheet = openpyxl.load_workbook(io.BytesIO(exported))[CLUBS]

    def cell(record: str, title: str) -> str:
        return f"{CLUBS}!{at(sheet, record, title).coordinate}"

    told = errors(second)
    for record, title, code in (
        ("sakura-taiso", "名前", "M101"), ("sakura-taiso", "困りごと", "M104"), ("sakura-taiso", "確認した日", "M105"),
        ("sakura-taiso", "時間", "B113"), ("sakura-taiso", "対象の地域", "B110"), ("sakura-taiso", "予約がいる", "B112"),
    ):  # fmt: skip
        assert (cell(record, title), code) in told
    place = at(openpyxl.load_workbook(io.BytesIO(exported))[PLACES], "park-1", "ID").coordinate
    assert (f"{PLACES}!{place}", "B116") in told
    assert (f"{CLUBS}!C10", "B117") in told
    assert len(told) >= 9
    assert second.files == {}
    assert {path: path.read_bytes() for path in site.rglob("*.yml")} == before
    assert all(message_of(finding)[1] for finding in second.findings)


def test_rules_across_records_speak_of_cells_too(site: Path, exported: bytes) -> None:
    def wrong(workbook: Any) -> None:
        at(workbook[CLUBS], "ume-taiso", "代わり").value = "nobody"
        at(workbook[CLUBS], "yube-no-kai", "電話1").value = "087-839-2811"

    result = imported(site, changed(exported, wrong))
    sheet = openpyxl.load_workbook(io.BytesIO(exported))[CLUBS]
    assert [cell for cell, _ in errors(result)] == sorted(
        f"{CLUBS}!{at(sheet, record, title).coordinate}"
        for record, title in (("ume-taiso", "代わり"), ("yube-no-kai", "電話1"))
    )


def test_a_cell_that_both_sides_changed_loses_neither(site: Path, exported: bytes) -> None:
    path = site / "resources/clubs/sakura-taiso.yml"
    path.write_text(
        path.read_text(encoding="utf-8")
        .replace("お茶代。", "お茶とお菓子の代金。")
        .replace("いすは20脚", "いすは25脚"),
        encoding="utf-8",
    )

    def edit(workbook: Any) -> None:
        at(workbook[CLUBS], "sakura-taiso", "費用の補足").value = "お茶代（値上げ）。"

    result = imported(site, changed(exported, edit))
    assert [finding.code for finding in result.findings] == ["B114"]
    assert "お茶とお菓子の代金。" in message_of(result.findings[0])[0]
    path.write_text(path.read_text(encoding="utf-8").replace("お茶とお菓子の代金。", "お茶代。"), encoding="utf-8")
    result = imported(site, changed(exported, edit))
    assert changed_lines(result.diff) == ["-  note: お茶代。", "+  note: お茶代（値上げ）。"]
    assert "いすは25脚" in path.read_text(encoding="utf-8")  # changed by others meanwhile, and not in the book: kept


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda book: book.remove(book["控え"]), "B101"),
        (lambda book: book["控え"].__setitem__("B1", "99"), "B102"),
        (lambda book: book[CLUBS].__setitem__("C2", "名前"), "B105"),
        (lambda book: book[CLUBS].__setitem__("B2", "なまえ"), "B103"),
        (lambda book: book[CLUBS].merge_cells("B3:B4"), "B106"),
        (lambda book: book[CLUBS].__setitem__("A4", book[CLUBS]["A3"].value), "B108"),
    ],
)
def test_a_book_in_another_shape_is_refused_with_a_reason(
    site: Path, exported: bytes, change: Callable[[Any], None], code: str
) -> None:
    result = imported(site, changed(exported, change))
    assert code in [finding.code for finding in result.findings]
    assert result.files == {}


def test_columns_may_be_taken_away_or_added(site: Path, exported: bytes) -> None:
    def edit(workbook: Any) -> None:
        sheet = workbook[CLUBS]
        sheet.delete_cols(at(sheet, "sakura-taiso", "メモ").column)
        end = sheet.max_column
        sheet.cell(2, end + 1).value, sheet.cell(2, end + 2).value = "そのほか：駐輪場", "係のメモ"
        sheet.cell(at(sheet, "sakura-taiso", "ID").row, end + 1).value = "10台"

    result = imported(site, changed(exported, edit))
    assert sorted(finding.code for finding in result.findings) == ["B104", "B109"]
    assert changed_lines(result.diff) == [
        "-attributes: {会場の広さ: 60平方メートル}",
        "+attributes: {会場の広さ: 60平方メートル, 駐輪場: 10台}",
    ]


def round_trip(record: Resource, names: Any) -> tuple[Resource | None, Resource]:
    """The record made from its cells alone, and the record without what has no column."""
    data = record.model_dump(mode="json")
    columns = record_columns({name: tuple(getattr(record, name)) for name in FREE})
    edits = [Edit(column, "", text) for column in columns if (text := cell_text(column, data, names))]
    edited = apply(BookRow("施設", 3, record.id, {}, {}, "x.xlsx"), {}, edits, names)
    assert edited.findings == []
    made, findings = validate(Resource, edited.data, SourceLocation("x"), names.vocabularies)
    assert findings == []
    phones = tuple(
        phone.model_copy(update={"extension": "", "languages": ()}) for phone in record.phones[: REPEATED["phones"][0]]
    )
    return made, record.model_copy(update={"relations": (), "sources": (), "phones": phones})


def near(record: Resource | None) -> Any:
    """The record as data, with the fifteen digits that spreadsheets keep of a number."""
    assert record is not None
    data = record.model_dump(mode="json")
    for key in ("lat", "lng"):
        if data["location"] and data["location"][key] is not None:
            data["location"][key] = f"{data['location'][key]:.15g}"
    return data


def test_every_record_of_the_demonstration_is_made_again_from_its_cells() -> None:
    directory = load(Path(__file__).parents[2], TODAY).directory
    names = names_of(directory)
    for record in directory.resources.values():
        made, wanted = round_trip(record, names)
        assert near(made) == near(wanted)


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=30)
DAYS = st.sampled_from(["月", "月-金", "毎日", "平日", "土日祝", "火木"])
TIMES = st.tuples(st.integers(0, 23), st.integers(0, 59)).map(lambda t: f"{t[0]}:{t[1]:02}")
SPANS = st.fixed_dictionaries(
    {"days": DAYS, "open": TIMES, "close": TIMES},
    optional={"nth": st.lists(st.integers(1, 5), min_size=1, unique=True).map(sorted)},
)
MADE_UP = st.fixed_dictionaries(
    {"id": st.just("mihon"), "name": TEXT, "kind": st.sampled_from(["体操の会", "shop"])},
    optional={
        "summary": TEXT, "memo": TEXT, "needs": st.lists(st.sampled_from(["買い物", "見守り", "介護"]), unique=True),
        "how_to_use": st.lists(TEXT, max_size=3), "hours": st.lists(SPANS, max_size=3), "booking": st.booleans(), "capacity": st.integers(1, 9999),
        "phones": st.lists(st.fixed_dictionaries({"number": TEXT}, optional={"label": TEXT, "type": st.sampled_from(["voice", "fax"])}), max_size=3),
        "fee": st.fixed_dictionaries({"type": st.just("無料")}, optional={"note": TEXT, "amount": st.integers(0, 99999)}),
        "attributes": st.dictionaries(TEXT, TEXT, max_size=3),
    },
)  # fmt: skip


@cache
def names_of_the_good_site() -> Names:
    return names_of(load(GOOD, TODAY).directory)


@settings(max_examples=60)
@given(MADE_UP)
def test_made_up_records_survive_their_cells(data: dict[str, Any]) -> None:
    names = names_of_the_good_site()
    record, findings = validate(Resource, data, SourceLocation("x"), names.vocabularies)
    assert findings == []
    assert record is not None
    made, wanted = round_trip(record, names)
    assert near(made) == near(wanted)


def test_a_corrected_reading_is_no_suggestion_any_more_and_names_lead_nowhere_else(site: Path) -> None:
    path = site / "resources/clubs/ume-taiso.yml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("kind:", "kana_source: suggested\nkind:", 1), encoding="utf-8"
    )
    book = site / "clubs.xlsx"
    export_books(site, book, TODAY)

    def edit(workbook: Any) -> None:
        at(workbook[CLUBS], "ume-taiso", "ふりがな").value = "うめのたいそうくらぶ"

    result = imported(site, changed(book.read_bytes(), edit))
    assert changed_lines(result.diff) == [
        "-name_kana: うめたいそうくらぶ",
        "-kana_source: suggested",
        "+name_kana: うめのたいそうくらぶ",
    ]

    def out_of_the_site(workbook: Any) -> None:
        sheet = workbook[CLUBS]
        for column, text in ((1, "../../../evil"), (2, "悪い名前の会"), (3, "わるい"), (5, "体操の会")):
            sheet.cell(9, column).value = text

    refused = imported(site, changed(book.read_bytes(), out_of_the_site))
    assert (f"{CLUBS}!A9", "M121") in errors(refused)
    assert refused.files == {}


def test_the_commands_say_what_they_did(site: Path, tmp_path: Path) -> None:
    runner = typer.testing.CliRunner()
    out = runner.invoke(
        cli.app, ["export", "--xlsx", str(tmp_path / "books"), "--root", str(site), "--today", str(TODAY)]
    )
    assert out.exit_code == 0, out.output
    assert sorted(path.name for path in (tmp_path / "books").iterdir()) == [
        "clubs.xlsx",
        "consultation.xlsx",
        "equipment.xlsx",
        "places.xlsx",
        "transport.xlsx",
    ]
    assert "clubs.xlsx（記録 3 件）" in out.output
    book = tmp_path / "books/clubs.xlsx"
    read, _ = read_workbook(book, book.name)
    assert read is not None
    assert is_record_book(read)
    same = runner.invoke(cli.app, ["import-xlsx", str(book), "--root", str(site)])
    assert (same.exit_code, "変わったところはありません。" in same.output) == (0, True)
    book.write_bytes(
        changed(book.read_bytes(), lambda b: setattr(at(b[CLUBS], "yube-no-kai", "名前"), "value", "夕べのつどい"))
    )
    trial = runner.invoke(cli.app, ["import-xlsx", str(book), "--root", str(site), "--dry-run"])
    assert "+name: 夕べのつどい" in trial.output
    assert "夕べの集い" in (site / "resources/clubs/yube-no-kai.yml").read_text(encoding="utf-8")
    told = runner.invoke(cli.app, ["import", str(book), "--root", str(site)])
    assert "B120" in told.output
    (site / "bad.xlsx").write_bytes(b"PK")
    refused = runner.invoke(cli.app, ["import-xlsx", str(site / "bad.xlsx"), "--root", str(site)])
    assert (refused.exit_code, "I151" in refused.output) == (1, True)
