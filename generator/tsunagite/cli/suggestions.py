"""Words that nobody typed into a list yet, proposed for people to decide: `tsunagite words`, `tsunagite readings`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tsunagite.cli.options import AtRoot, Lang, Language
from tsunagite.i18n import ui

words = typer.Typer(help="さがすことばの候補を出します（決めるのは人です）。", no_args_is_help=True)
readings = typer.Typer(help="ふりがなの候補を出します（決めるのは人です）。", no_args_is_help=True)
Most = Annotated[int, typer.Option("--most", min=1, help="新しい候補の数の上限。")]


@words.callback()
@readings.callback()
def suggestions() -> None:
    """Keep ``suggest`` a word of its own: a group with one command would be that command."""


@words.command(name="suggest")
def suggest_words(
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
    most: Most = 200,
    language: Lang = Language.JA,
) -> None:
    """よく使われることばと手引きのことばから、まだどの語にもないものを選び、意味の近い語といっしょに書き出します（追加の部品 [words] がいります。数分かかります）。"""
    from tsunagite.editing.words.suggest import suggest

    found = suggest(root, into, lists or (), most)
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


@readings.command(name="suggest")
def suggest_readings(
    root: AtRoot = Path(),
    into: Annotated[
        str, typer.Option("--into", help="候補を書くファイル（サイトのフォルダーから）。")
    ] = "resources/vocabulary/suggested_readings.yml",
    most: Most = 200,
    language: Lang = Language.JA,
) -> None:
    """手引きとページによく出て、まだふりがなのないことばの読みの候補を書き出します（SudachiPy がいります。人名と地名は出しません）。"""
    from tsunagite.editing.readings.suggest import suggest

    found = suggest(root, into, most)
    print(ui("readings_proposed", language, count=found.proposed, decided=found.decided, file=found.file))
