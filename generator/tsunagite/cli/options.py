"""What several commands may be told: the site, the day, the language."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Language(StrEnum):
    """The language of messages."""

    JA = "ja"
    EN = "en"


def day(text: str) -> date:
    """Read a day as it is typed after an option."""
    try:
        return date.fromisoformat(text)
    except ValueError as problem:
        raise typer.BadParameter("2026-11-22 のように書いてください。") from problem


Root = Annotated[Path, typer.Argument(help="サイトのフォルダー（mkdocs.yml と resources/ があるところ）。")]
Today = Annotated[
    date | None, typer.Option("--today", parser=day, metavar="年-月-日", help="この日の目で点検・作成します。")
]
Lang = Annotated[Language, typer.Option("--lang", help="メッセージのことば。")]
AtRoot = Annotated[Path, typer.Option("--root", help="サイトのフォルダー（mkdocs.yml と resources/ があるところ）。")]
