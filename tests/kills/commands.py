"""Every command that writes, ready to be run; those that only read are named, so that a new command is one or the other."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import openpyxl

from mini_sites import GOOD, TODAY
from tsunagite.editing.books.run import export_books
from tsunagite.editing.duties.write import export_duties
from tsunagite.records.load.vocabularies import built_in_vocabularies
from tsunagite.records.load.worksheets import built_in_sheets
from tsunagite.worksheets.book import book_of
from tsunagite.worksheets.book_files import workbook_of

DAY = ("--today", str(TODAY))
CLUB = "resources/clubs/sakura-taiso.yml"
LIST = "番号,名称,住所,電話番号\n" + "".join(f"{n},見本会館{n},見本市本町{n},087-000-00{n:02}\n" for n in range(1, 5))
SOURCE = """\
id: halls
name: 会館一覧
owner: 見本市
licence: CC BY 4.0
credit: 見本市
data_date: 2026-10-01
file: files/halls.csv
into: places
id_rule: {prefix: hall, number: 番号}
columns: {名称: name, 住所: location.address, 電話番号: phones}
constants: {kind: 通いの場・サロン}
"""
READ_ONLY = {
    "check", "diff", "doctor", "version", "import inspect", "import draft", "ci pictures", "ci overdue", "ci printed", "ci links", "ci diff",
}  # fmt: skip
"""Commands that change nothing of a site and publish nothing; what some of them write for a run (a report, pictures) is made anew each time."""
ELSEWHERE = {
    "serve": "builds as build does",
    "ci publish": "tests/publishing/test_release.py: a folder changes in one step, an interrupted way back is finished",
    "ci rollback": "the same",
    "ci inbox": "writes by write_files, as import does; tests/publishing/test_inbox.py",
    "ci moved": "writes into an empty folder alone",
    "areas build": "writes by write_files, as import does",
    "areas districts": "the same",
    "areas ways": "the same",
    "readings suggest": "writes by write_files; asks a dictionary that no other command needs",
    "words suggest": "the same; asks a model that no other command needs",
    "upgrade": "writes by write_files; tests/editing/test_upgrade.py",
    "ids": "the same; needs a repository",
}


@dataclass(frozen=True)
class Case:
    """A command: its words in a site that ``prepare`` made ready. What it writes lies in the site, or in ``out`` beside it."""

    words: tuple[str, ...]
    prepare: Callable[[Path], None] = lambda _site: None
    rooted: bool = True


def town(site: Path) -> Path:
    """Make the site that every command begins with."""
    shutil.copytree(GOOD, site)
    faces = GOOD.parent / "faces"
    shutil.copy(faces / "mkdocs.yml", site)
    shutil.copytree(faces / "content", site / "content", dirs_exist_ok=True)
    return site


def _list(site: Path) -> None:
    (site / "resources/sources/files").mkdir(exist_ok=True)
    (site / "resources/sources/files/halls.csv").write_text(LIST, encoding="utf-8")
    (site / "resources/sources/halls.yml").write_text(SOURCE, encoding="utf-8")


def _book(site: Path) -> None:
    export_books(site, site.parent / "book.xlsx", TODAY)
    book = openpyxl.load_workbook(site.parent / "book.xlsx")
    for sheet in book:
        for row in sheet.iter_rows() if sheet.title != "控え" else ():
            for cell in row:
                if isinstance(cell.value, str) and cell.value.startswith("週1回、いすに座って"):
                    cell.value = "いすに座ってできる体操。"
    book.save(site.parent / "book.xlsx")


def _duties(site: Path) -> None:
    export_duties(site, site.parent / "duties.xlsx", TODAY)
    book = openpyxl.load_workbook(site.parent / "duties.xlsx")
    book["地域包括支援センターの担当"].cell(2, 2).value = "桜地区"
    book.save(site.parent / "duties.xlsx")


def _worksheet(site: Path) -> None:
    sheet = next(one for one in built_in_sheets() if one.id == "proposal")
    path = site.parent / "sheet.xlsx"
    path.write_bytes(workbook_of(book_of(sheet, None, built_in_vocabularies())))
    book = openpyxl.load_workbook(path)
    first = book.worksheets[0]
    for row in first.iter_rows():
        label, value = row[0].value, row[1] if len(row) > 1 else None
        for words, answer in (
            ("題", "停留所のいす"),
            ("書いた日", "2026-09-10"),
            ("書いたところ", "協議体"),
            ("ID", "isu"),
        ):
            if value is not None and isinstance(label, str) and label.startswith(words):
                value.value = answer
    book.save(path)


def _unordered(site: Path) -> None:
    for path in sorted((site / "resources/clubs").glob("*.yml")):
        head, _, rest = path.read_text(encoding="utf-8").partition("name:")
        name, _, rest = rest.partition("\n")
        path.write_text(f"{head}{rest.rstrip()}\nname:{name}\n", encoding="utf-8")


def _forgotten(site: Path) -> None:
    """Make a record one of those that somebody has to call about."""
    path = site / CLUB
    path.write_text(
        path.read_text(encoding="utf-8").replace("sample: true\n", "").replace("087-000", "087-839"), encoding="utf-8"
    )


CASES = {
    "verify": Case(("verify", "sakura-taiso", "ume-taiso", "--method", "電話", "--by", "社会福祉協議会", *DAY)),
    "close": Case(("close", "ume-taiso", "--replaced-by", "sakura-taiso", "--date", "2026-11-01")),
    "rename": Case(("rename", "sakura-taiso", "sakura-kai", *DAY)),
    "new": Case(
        (
            "new",
            "--name",
            "こだま会",
            "--kana",
            "こだまかい",
            "--kind",
            "サロン",
            "--need",
            "居場所・仲間",
            "--level",
            "互助",
            "--summary",
            "お茶を飲みます。",
            "--phone",
            "087-000-0077",
            "--address",
            "見本市桜町1",
            "--by",
            "社協",
            "--method",
            "電話",
            "--id",
            "kodama-kai",
            *DAY,
        )
    ),
    "fmt": Case(("fmt",), _unordered),
    "import": Case(("import", "apply", "resources/sources/halls.yml"), _list),
    "import-xlsx": Case(("import-xlsx", "../book.xlsx", *DAY), _book),
    "duties import": Case(("duties", "import", "../duties.xlsx", *DAY), _duties),
    "worksheet import": Case(("worksheet", "import", "../sheet.xlsx"), _worksheet),
    "export": Case(("export", "--xlsx", "../out/all.xlsx", *DAY)),
    "duties export": Case(("duties", "export", "../out/duties.xlsx", *DAY)),
    "overdue": Case(("overdue", "--excel", "../out/calls.xlsx", "--today", "2028-11-22"), _forgotten),
    "schema": Case(("schema", ".", "--into", "../out/schema"), rooted=False),
    "pamphlet": Case(("pamphlet", "--query", "area=sakura-chiku", "--out", "../out/paper.pdf", *DAY)),
    "digest": Case(("digest", "--month", "2026-11", "--out", "../out/mail.txt", *DAY)),
    "init": Case(("init", "../out", "-m", "松山市", "--sample", "--no-guides", "--no-troubles"), rooted=False),
    "report": Case(("report", "--out", "../out/report", *DAY)),
    "build": Case(("build", ".", *DAY), rooted=False),
}
QUICK = ("verify", "import", "init")
"""What `make test` stops; `make kills` stops every command at every call."""
