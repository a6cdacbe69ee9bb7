"""Commands of worksheets: a filled workbook becomes a record."""

from __future__ import annotations

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
    files: Annotated[list[Path], typer.Argument(help="書きこんだ用紙（.xlsx）。")],
    root: AtRoot = Path(),
    replace: Annotated[bool, typer.Option("--replace", help="同じ ID の記録があれば、書きかえます。")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="書かずに、点検だけをします。")] = False,
    language: Lang = Language.JA,
) -> None:
    """書きこんだ用紙（Excel）を resources/worksheets/ の記録にします。直すところがあれば、シートとセルを示して、何も書きません。"""
    from tsunagite.i18n import report, ui
    from tsunagite.worksheets.importing.run import import_files

    result = import_files(root, files, replace=replace, dry_run=dry_run)
    for line in report.text_lines(result.findings, language):
        print(line)
    for name in result.written:
        print(ui("ws_would_write" if dry_run else "ws_wrote", language, path=name))
    raise typer.Exit(result.exit_code)
