"""Commands that read what others publish: lists into records, tables of towns into areas."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tsunagite.commands.options import AtRoot, Lang, Language
from tsunagite.model.draft import Take


def import_lists(
    files: Annotated[list[Path], typer.Argument(help="一覧の説明（resources/sources/*.yml）。--try のときは調べるフォルダー。")],
    root: AtRoot = Path(),
    dry_run: Annotated[bool, typer.Option("--dry-run", help="書かずに、何が変わるかだけを見ます。")] = False,
    take: Annotated[Take | None, typer.Option("--take", help="記録も一覧も変わった項目を、すべてどちらかにします。")] = None,
    close_gone: Annotated[bool, typer.Option("--close-gone", help="一覧からなくなった記録を「終了」にします（消しません）。")] = False,
    ask: Annotated[bool, typer.Option("--ask", help="同じものか迷う組を、ひとつずつたずねます。")] = False,
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
    if dry_run:
        for line in report.diff(result):
            print(line)
    raise typer.Exit(result.exit_code)


def areas(
    description: Annotated[Path, typer.Argument(help="地区と町の作り方（resources/areas/sources/*.yml）。")],
    root: AtRoot = Path(),
    language: Lang = Language.JA,
) -> None:
    """公表されている町の表と避難所の一覧から、地区と町の記録を作ります。人が直したところは変えません。"""
    from tsunagite.importers.area_run import build_areas

    for line in build_areas(root, description, language):
        print(line)
