"""Commands of worksheets: a filled workbook becomes a record."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from tsunagite.cli.options import AtRoot, Lang, Language

app = typer.Typer(help="話し合いの用紙（Excel）を、記録にします。", no_args_is_help=True)


@app.callback()
def worksheet() -> None:
    """話し合いの用紙（Excel）を、記録にします。"""


@app.command(name="import")
def import_workbooks(
    files: Annotated[list[Path], typer.Argument(help="書きこんだ用紙（Excel の .xlsx、画面で書き出した .yml）。")],
    root: AtRoot = Path(),
    replace: Annotated[bool, typer.Option("--replace", help="同じ ID の記録があれば、書きかえます。")] = False,
    number: Annotated[
        bool, typer.Option("--number", help="同じ ID の記録があれば、次の番号を付けた別の記録にします。")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="書かずに、点検だけをします。")] = False,
    language: Lang = Language.JA,
) -> None:
    """書きこんだ用紙を resources/worksheets/ の記録にします。直すところがあれば、シートとセルを示して、何も書きません。"""
    from tsunagite.i18n import report, ui
    from tsunagite.worksheets.importing.run import Choice, Clash, import_files

    def ask(clash: Clash) -> Choice:
        answers: dict[str, Choice] = {"1": "number", "2": "replace", "3": "stop"}
        question = ui("ws_clash", language, file=clash.file, path=clash.path, new=clash.next_path)
        return answers.get(typer.prompt(question, default="3").strip(), "stop")

    on_clash: Choice | Callable[[Clash], Choice] = (
        "replace" if replace else "number" if number else ask if sys.stdin.isatty() else "stop"
    )
    result = import_files(root, files, dry_run=dry_run, on_clash=on_clash)
    for line in report.text_lines(result.findings, language):
        print(line)
    for name in result.written:
        print(ui("ws_would_write" if dry_run else "ws_wrote", language, path=name))
    raise typer.Exit(result.exit_code)
