"""Records as workbooks: `tsunagite export --xlsx` and `tsunagite import-xlsx`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from tsunagite import clock
from tsunagite.commands.options import AtRoot, Lang, Language, Today


class Removed(StrEnum):
    """What becomes of records whose rows were taken out of a workbook."""

    ASK = "ask"
    KEEP = "keep"
    CLOSE = "close"


def export(
    target: Annotated[Path, typer.Option("--xlsx", help="書き出すフォルダー（まとまりごとに一つ）か、ファイルの名前（…….xlsx）。")],
    root: AtRoot = Path(),
    language: Lang = Language.JA,
    today: Today = None,
) -> None:
    """記録を、表計算ソフトで直せるブックに書き出します。直したブックは import-xlsx でもどします。"""
    from tsunagite.adapters.record_books import export_books
    from tsunagite.i18n import ui

    for path, count in export_books(root, target, clock.today(today)):
        print(ui("book_exported", language, file=path, count=count))


def import_xlsx(
    file: Annotated[Path, typer.Argument(help="export --xlsx で書き出し、直したブック。")],
    root: AtRoot = Path(),
    removed: Annotated[Removed, typer.Option("--removed", help="行を消した記録を close：終了にする、keep：そのままにする。")] = Removed.ASK,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="書かずに、何が変わるかだけを見ます。")] = False,
    language: Lang = Language.JA,
    today: Today = None,
) -> None:
    """ブックで直したところだけを、記録（YAML）に書きます。まちがいが一つでもあれば、何も書きません。"""
    from tsunagite.adapters.record_books import import_book
    from tsunagite.findings import has_errors
    from tsunagite.i18n import report, ui

    result = import_book(root, file, clock.today(today), gone=removed.value, dry_run=dry_run)
    print(result.diff, end="")
    for line in report.text_lines(sorted(result.findings, key=lambda found: found.sort_key), language):
        print(line)
    counts = {"added": len(result.added), "changed": len(result.changed), "closed": len(result.closed)}
    print(ui("book_summary", language, **counts, set=result.set_values, emptied=result.emptied_values))
    if has_errors(result.findings):
        print(ui("book_refused", language))
        raise typer.Exit(1)
    if not result.files:
        print(ui("book_nothing", language))
    elif dry_run:
        print(ui("book_dry_run", language))
