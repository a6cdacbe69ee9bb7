"""Words of the search that nobody typed into a list yet: `tsunagite words`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tsunagite.cli.options import AtRoot, Lang, Language

app = typer.Typer(help="さがすことばの候補を出します（決めるのは人です）。", no_args_is_help=True)


@app.callback()
def words() -> None:
    """さがすことばの候補を出します（決めるのは人です）。"""


@app.command()
def suggest(
    root: AtRoot = Path(),
    lists: Annotated[
        list[Path] | None,
        typer.Option(
            "--from",
            help="一行に一つ、聞いたことばを書いたファイル（いくつでも）。書くと、そのことばだけを見ます。",
            exists=True,
            dir_okay=False,
        ),
    ] = None,
    into: Annotated[
        str, typer.Option("--into", help="候補を書くファイル（サイトのフォルダーから）。")
    ] = "resources/vocabulary/suggested.yml",
    most: Annotated[int, typer.Option("--most", min=1, help="新しい候補の数の上限。")] = 200,
    language: Lang = Language.JA,
) -> None:
    """よく使われることばと手引きのことばから、まだどの語にもないものを選び、意味の近い語といっしょに書き出します（追加の部品 [words] がいります。数分かかります）。"""
    from tsunagite.editing.words.suggest import suggest as propose_words
    from tsunagite.i18n import ui

    found = propose_words(root, into, lists or (), most)
    measured = found.measured
    print(
        ui(
            "words_measured",
            language,
            margin=measured.margin,
            count=measured.words,
            right=round(measured.right * 100),
        )
    )
    print(
        ui("words_proposed", language, asked=found.asked, count=len(found.proposals), decided=found.decided, file=into)
    )
