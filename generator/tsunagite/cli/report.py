"""The municipal report without a site: `tsunagite report`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tsunagite.cli.options import AtRoot, Lang, Language, Today
from tsunagite.engine import clock
from tsunagite.errors import UsageError
from tsunagite.i18n import catalogue
from tsunagite.records.yaml.staged_files import write_whole


def report(
    out: Annotated[Path, typer.Option("--out", help="書き出すフォルダー。")] = Path("report"),
    root: AtRoot = Path(),
    language: Lang = Language.JA,
    today: Today = None,
) -> None:
    """地域資源の現状の報告（介護保険事業計画などに使う表と図）を、PDF と Excel で書き出します。サイトの `/report/` と同じものです。"""
    from tsunagite.assessment.report_files import book, paper
    from tsunagite.check.load import load, open_store
    from tsunagite.engine.artifact import Artifact
    from tsunagite.engine.assemble import assemble
    from tsunagite.engine.program import CACHE
    from tsunagite.findings import has_errors
    from tsunagite.i18n.report import text_lines
    from tsunagite.news.read_history import read_history

    day = clock.today(today)
    with open_store(root, lambda _: None, use_cache=(root / CACHE).is_dir()):
        loaded = load(root, day)
        if has_errors(loaded.findings):
            raise UsageError(catalogue(language)["news"]["errors"])
        parts = assemble(loaded.directory, day, history=read_history(root)).report
        made = [*paper(parts), *book(parts)]
    out.mkdir(parents=True, exist_ok=True)
    for one in made:
        if isinstance(one, Artifact):
            path = out / one.path.rpartition("/")[2]
            write_whole(path, one.content)
            print(path)
        else:
            print(*text_lines([one], language), sep="\n")
