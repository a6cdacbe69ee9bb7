"""Records as workbooks and csv files: `tsunagite export`, `tsunagite import-xlsx`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from tsunagite.cli.options import AtRoot, Lang, Language, Today
from tsunagite.engine import clock
from tsunagite.errors import UsageError


class Removed(StrEnum):
    """What becomes of records whose rows were taken out of a workbook."""

    ASK = "ask"
    KEEP = "keep"
    CLOSE = "close"


class CallsBy(StrEnum):
    """How a call sheet is divided: by who runs a record, or by where it lies."""

    OWNER = "owner"
    AREA = "area"


class CsvEncoding(StrEnum):
    """How csv files are written: as on the site, or for programs that only know Shift_JIS."""

    UTF_8 = "utf-8"
    CP932 = "cp932"


def export(
    target: Annotated[
        Path | None,
        typer.Option(
            "--xlsx", help="直すためのブック。フォルダー（まとまりごとに一つ）か、ファイルの名前（…….xlsx）。"
        ),
    ] = None,
    csv: Annotated[Path | None, typer.Option("--csv", help="オープンデータの CSV を置くフォルダー。")] = None,
    encoding: Annotated[
        CsvEncoding, typer.Option("--encoding", help="CSV の文字コード。cp932 にない文字は〓にして、すべて知らせます。")
    ] = CsvEncoding.UTF_8,
    root: AtRoot = Path(),
    language: Lang = Language.JA,
    today: Today = None,
) -> None:
    """記録を、直すためのブック（--xlsx。import-xlsx でもどします）か、配るための CSV（--csv）に書き出します。"""
    from tsunagite.editing.books.run import export_books
    from tsunagite.i18n import ui
    from tsunagite.opendata.command import export_csv

    if target is None and csv is None:
        raise UsageError(ui("export_where", language))
    if target is not None:
        for path, count in export_books(root, target, clock.today(today)):
            print(ui("book_exported", language, file=path, count=count))
    if csv is not None:
        for path, file in export_csv(
            root, csv, clock.today(today), "cp932" if encoding is CsvEncoding.CP932 else "utf-8-sig"
        ):
            print(ui("book_exported", language, file=path, count=file.count))
            for found in file.misfits:
                values = {"row": found.row, "column": found.column, "character": found.character, "text": found.text}
                print("  " + ui("misfit", language, **values))


def overdue(
    by: Annotated[CallsBy, typer.Option("--by", help="owner：団体ごと、area：地区ごと。")] = CallsBy.OWNER,
    excel: Annotated[
        Path | None,
        typer.Option("--excel", help="電話の表（…….xlsx）に書き出します。答えは import-xlsx でもどします。"),
    ] = None,
    root: AtRoot = Path(),
    language: Lang = Language.JA,
    today: Today = None,
) -> None:
    """確認の期限をすぎた記録と、まだ確認のない記録について、だれに電話して何をたずねるかを並べます。"""
    from tsunagite.editing.books.run import overdue_calls
    from tsunagite.i18n import ui

    group = ""
    found = overdue_calls(root, clock.today(today), by.value, excel)
    for call in found:
        if call.group != group:
            group = call.group
            print(group)
        print(
            ui(
                "overdue_line",
                language,
                id=call.resource.id,
                name=call.resource.name,
                whom=call.whom or ui("overdue_nobody", language),
                ask=call.ask,
            )
        )
    print(ui("overdue_summary", language, count=len(found)))
    if excel and found:
        print(ui("book_exported", language, file=excel, count=len(found)))


MOST_DIFF = 40  # lines shown of what was written; --dry-run shows all


def import_xlsx(
    files: Annotated[list[Path], typer.Argument(help="export --xlsx で書き出し、直したブック（いくつでも）。")],
    root: AtRoot = Path(),
    removed: Annotated[
        Removed, typer.Option("--removed", help="行を消した記録を close：終了にする、keep：そのままにする。")
    ] = Removed.ASK,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="書かずに、何が変わるかだけを見ます。")] = False,
    listing: Annotated[
        Path | None, typer.Option("--findings", help="見つかったことを、すべて書き出すファイル（.txt）。")
    ] = None,
    language: Lang = Language.JA,
    today: Today = None,
) -> None:
    """ブックで直したところだけを、記録（YAML）に書きます。まちがいが一つでもあれば、そのブックからは何も書きません。"""
    from tsunagite.editing.books.run import import_book
    from tsunagite.findings import has_errors
    from tsunagite.i18n import report, ui
    from tsunagite.records.yaml.staged_files import write_whole

    refused = False
    all_found: list[str] = []
    for file in files:
        result = import_book(root, file, clock.today(today), gone=removed.value, dry_run=dry_run)
        found = sorted(result.findings, key=lambda one: one.sort_key)
        all_found += report.text_lines(found, language)
        for line in report.first_lines(found, language):
            print(line)
        counts = {"added": len(result.added), "changed": len(result.changed), "closed": len(result.closed)}
        print(
            ui("book_summary", language, file=file.name, **counts, set=result.set_values, emptied=result.emptied_values)
        )
        if has_errors(result.findings):
            refused = True
            print(ui("book_refused", language))
        elif not result.files:
            print(ui("book_nothing", language))
        elif dry_run:
            print(ui("book_dry_run", language))
        diff = result.diff.splitlines()
        for line in diff if dry_run else diff[:MOST_DIFF]:
            print(line)
        if not dry_run and len(diff) > MOST_DIFF:
            print(ui("book_more", language, count=len(diff) - MOST_DIFF))
    if listing:
        write_whole(listing, "".join(f"{line}\n" for line in all_found))
        print(ui("file_written", language, file=listing))
    raise typer.Exit(1 if refused else 0)
