"""Commands that read what others publish: lists into records, tables of towns into areas."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tsunagite.commands.options import AtRoot, Lang, Language
from tsunagite.errors import UsageError
from tsunagite.i18n import catalogue
from tsunagite.model.draft import Take

if TYPE_CHECKING:
    from tsunagite.importers.report import ImportReport


def import_lists(
    files: Annotated[list[Path], typer.Argument(help="一覧の説明（resources/sources/*.yml）。--try のときは調べるフォルダー。")],
    root: AtRoot = Path(),
    dry_run: Annotated[bool, typer.Option("--dry-run", help="書かずに、何が変わるかだけを見ます。")] = False,
    take: Annotated[Take | None, typer.Option("--take", help="記録も一覧も変わった項目を、すべてどちらかにします。")] = None,
    close_gone: Annotated[bool, typer.Option("--close-gone", help="一覧からなくなった記録を「終了」にします（消しません）。")] = False,
    ask: Annotated[bool, typer.Option("--ask", help="同じものか迷う組を、ひとつずつたずねます。")] = False,
    to: Annotated[
        list[Path] | None, typer.Option("--report", help="報告を書くファイル（.json・.md・.xlsx。何度でも）。")
    ] = None,
    try_data: Annotated[bool, typer.Option("--try", help="フォルダーの中の一覧がどこまで読めるかを表にします。")] = False,
    language: Lang = Language.JA,
) -> None:
    """公開されている一覧を、記録に取り込みます。人が直したところは残し、すべての行と変わった項目を知らせます。"""
    from tsunagite.importers import report, run

    if try_data:
        for folder in files:
            print(run.try_data(folder, root))
        return
    if ask:
        doubts = run.import_sources(root, files, run.Options(dry_run=True)).doubts
        run.write_answers(root, {pair: typer.confirm(report.question(pair, language)) for pair in doubts})
    result = run.import_sources(root, files, run.Options(dry_run, take, close_gone))
    for line in report.lines(result, language):
        print(line)
    for path in to or ():
        _write_report(path, result, language)
    if dry_run:
        for line in report.diff(result):
            print(line)
    raise typer.Exit(result.exit_code)


def _write_report(path: Path, result: ImportReport, language: Language) -> None:
    """Write the report in the form that the file's name asks for. Raises UsageError for another name."""
    from tsunagite.importers import entries
    from tsunagite.outputs.report_book import report_book

    suffix = path.suffix.lower()
    if suffix not in (".json", ".md", ".xlsx"):
        raise UsageError(f"{path}: 報告は .json・.md・.xlsx のどれかです。→ 名前の終わりを直してください。")
    path.parent.mkdir(parents=True, exist_ok=True)
    if suffix == ".xlsx":
        words = catalogue(language)["import"]["report"]
        lines = [(entries.COLORS.get(line.fate, ""), (line.list, *entries.cells(line, language))) for line in entries.entries(result, language)]
        path.write_bytes(report_book(words, [entries.totals(one) for one in result.lists], lines))
    else:
        form = entries.as_json if suffix == ".json" else entries.as_markdown
        path.write_text(form(result, language), encoding="utf-8")


def areas(
    description: Annotated[Path, typer.Argument(help="地区と町の作り方（resources/areas/sources/*.yml）。")],
    root: AtRoot = Path(),
    language: Lang = Language.JA,
) -> None:
    """公表されている町の表と避難所の一覧から、地区と町の記録を作ります。人が直したところは変えません。"""
    from tsunagite.importers.area_run import build_areas

    for line in build_areas(root, description, language):
        print(line)
