"""The news of a month for mail: `tsunagite digest`."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from tsunagite.cli.options import AtRoot, Lang, Language, Today
from tsunagite.engine import clock
from tsunagite.errors import UsageError
from tsunagite.i18n import catalogue
from tsunagite.records.yaml.staged_files import write_whole

_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


def digest(
    month: Annotated[
        str, typer.Option("--month", metavar="年-月", help="どの月か（2026-11 のように）。書かなければ、今月。")
    ] = "",
    area: Annotated[str, typer.Option("--area", help="地区の ID。書かなければ、サイト全体。")] = "",
    root: AtRoot = Path(),
    out: Annotated[
        Path | None, typer.Option("--out", help="書き出すファイル（書かなければ、画面に出します）。")
    ] = None,
    language: Lang = Language.JA,
    today: Today = None,
) -> None:
    """その月に新しくのったもの・変わったもの・終わったものを、メールに貼れる文（一行72けたまで）にします。"""
    from tsunagite.check.load import load
    from tsunagite.engine.assemble import assemble
    from tsunagite.findings import has_errors
    from tsunagite.news.digest import digest_text
    from tsunagite.news.read_history import read_history

    words, day = catalogue(language)["news"], clock.today(today)
    matched = _MONTH.fullmatch(month or day.isoformat()[:7])
    if not matched:
        raise UsageError(words["month"].format(month=month))
    loaded = load(root, day)
    if has_errors(loaded.findings):
        raise UsageError(words["errors"])
    news = assemble(loaded.directory, day, history=read_history(root)).news
    first = date(int(matched[1]), int(matched[2]), 1)
    if not news.first_month <= first <= day:
        raise UsageError(
            words["too_far"].format(
                month=first.isoformat()[:7], since=news.first_month.isoformat()[:7], until=day.isoformat()[:7]
            )
        )
    if area and area not in news.directory.areas:
        raise UsageError(words["area"].format(area=area))
    text = digest_text(news, first, area)
    if out:
        write_whole(out, text)
        print(out)
    else:
        print(text, end="")
