"""Furigana for words that have none yet: `tsunagite readings`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tsunagite.cli.options import AtRoot, Lang, Language

app = typer.Typer(help="ふりがなの候補を出します（決めるのは人です）。", no_args_is_help=True)


@app.callback()
def readings() -> None:
    """ふりがなの候補を出します（決めるのは人です）。"""


@app.command()
def suggest(
    root: AtRoot = Path(),
    into: Annotated[
        str, typer.Option("--into", help="候補を書くファイル（サイトのフォルダーから）。")
    ] = "resources/vocabulary/suggested_readings.yml",
    most: Annotated[int, typer.Option("--most", min=1, help="新しい候補の数の上限。")] = 200,
    language: Lang = Language.JA,
) -> None:
    """手引きとページによく出て、まだふりがなのないことばの読みの候補を書き出します（SudachiPy がいります。人名と地名は出しません）。"""
    from tsunagite.editing.readings.suggest import suggest as propose_readings
    from tsunagite.i18n import ui

    found = propose_readings(root, into, most)
    print(ui("readings_proposed", language, count=found.proposed, decided=found.decided, file=found.file))
