"""Commands of the tables of responsible windows: out to a workbook of two columns, and back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tsunagite.cli.options import AtRoot, Lang, Language, Today
from tsunagite.engine import clock

app = typer.Typer(help="どの窓口がどの町を受けもつか（担当表）を、Excel に出し入れします。", no_args_is_help=True)


@app.callback()
def duties() -> None:
    """どの窓口がどの町を受けもつか（担当表）を、Excel に出し入れします。"""


@app.command(name="export")
def export_workbook(
    file: Annotated[Path, typer.Argument(help="書き出すブックの名前（…….xlsx）。")] = Path("担当表.xlsx"),
    root: AtRoot = Path(),
    language: Lang = Language.JA,
    today: Today = None,
) -> None:
    """担当ごとに一枚、「窓口」と「町または地区」の二列のシートに書き出します。まだだれも書いていない担当は、空のシートになります。"""
    from tsunagite.editing.duties.write import export_duties
    from tsunagite.errors import UsageError
    from tsunagite.i18n import ui

    if file.suffix.lower() != ".xlsx":
        raise UsageError(ui("duties_name", language, file=file))
    sheets = export_duties(root, file, clock.today(today))
    print(file)
    for sheet, count in sheets:
        print("  " + ui("duties_sheet" if count else "duties_empty_sheet", language, sheet=sheet, count=count))


@app.command(name="import")
def import_workbook(
    file: Annotated[Path, typer.Argument(help="duties export で書き出し、書きこんだブック。")],
    root: AtRoot = Path(),
    dry_run: Annotated[bool, typer.Option("--dry-run", help="書かずに、何が変わるかだけを見ます。")] = False,
    language: Lang = Language.JA,
    today: Today = None,
) -> None:
    """ブックのとおりに担当表を書きます。名前は記録と町・地区の名前に照らし、まちがいがあれば何も書きません。"""
    from tsunagite.editing.duties.read import import_duties
    from tsunagite.findings import has_errors
    from tsunagite.i18n import report, ui

    result = import_duties(root, file, clock.today(today), dry_run=dry_run)
    for line in report.text_lines(sorted(result.findings, key=lambda found: found.sort_key), language):
        print(line)
    if has_errors(result.findings):
        print(ui("book_refused", language))
        raise typer.Exit(1)
    print(
        ui("duties_changed", language, files="、".join(result.files)) if result.files else ui("book_nothing", language)
    )
    if result.files and dry_run:
        print(ui("book_dry_run", language))
    print(result.diff, end="")
