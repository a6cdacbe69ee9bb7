"""What a change means, and the steps of workflows: `tsunagite diff`, `tsunagite ci`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from tsunagite.cli.options import AtRoot, Lang, Language, Today
from tsunagite.engine import clock
from tsunagite.errors import UsageError
from tsunagite.i18n import catalogue


class Form(StrEnum):
    """The form of a summary."""

    MARKDOWN = "markdown"
    HTML = "html"
    JSON = "json"


@contextmanager
def git_problems(language: str) -> Iterator[None]:
    """Tell in one sentence why git could not answer. Raises UsageError."""
    from tsunagite.publishing.git import GitProblem

    try:
        yield
    except GitProblem as problem:
        raise UsageError(catalogue(language)["git"][problem.key].format(**problem.values)) from problem


def diff(
    base: Annotated[str, typer.Argument(help="くらべるもとの枝か版（main など）。")],
    head: Annotated[str | None, typer.Argument(help="くらべる枝か版。書かなければ、いまのフォルダー。")] = None,
    root: AtRoot = Path(),
    form: Annotated[Form, typer.Option("--format", help="出し方。markdown は、直しの案に付けるまとめです。")] = Form.MARKDOWN,
    out: Annotated[Path | None, typer.Option("--out", help="書き出すファイル（書かなければ、画面に出します）。")] = None,
    language: Lang = Language.JA,
    today: Today = None,
) -> None:
    """直しで何が変わるか（記録の項目、ページ、紙、点検の知らせ）を、二つの版をくらべて知らせます。フォルダーの中は変えません。"""
    from tsunagite.publishing.diff import compare_revisions
    from tsunagite.publishing.summary import as_html, as_json, as_markdown

    with git_problems(language):
        difference = compare_revisions(root, base, head, clock.today(today))
    text = {Form.MARKDOWN: as_markdown, Form.HTML: as_html, Form.JSON: as_json}[form](difference, language)
    if out:
        out.write_text(text, encoding="utf-8", newline="\n")
    else:
        print(text, end="")
