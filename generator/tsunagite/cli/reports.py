"""What a site tells without being built: the news of a month for mail (`tsunagite digest`), the municipal report (`tsunagite report`)."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tsunagite.cli.options import AtRoot, Lang, Language, Today
from tsunagite.engine import clock
from tsunagite.errors import UsageError
from tsunagite.i18n import catalogue
from tsunagite.records.yaml.staged_files import write_whole

if TYPE_CHECKING:
    from tsunagite.engine.assemble import Views

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
    from tsunagite.news.digest import digest_text

    words, day = catalogue(language)["news"], clock.today(today)
    matched = _MONTH.fullmatch(month or day.isoformat()[:7])
    if not matched:
        raise UsageError(words["month"].format(month=month))
    news = _views(root, day, language).news
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


def report(
    out: Annotated[Path, typer.Option("--out", help="書き出すフォルダー。")] = Path("report"),
    root: AtRoot = Path(),
    language: Lang = Language.JA,
    today: Today = None,
) -> None:
    """地域資源の現状の報告（介護保険事業計画などに使う表と図）を、PDF と Excel で書き出します。サイトの `/report/` と同じものです。"""
    from tsunagite.assessment.report_files import book, paper
    from tsunagite.check.load import open_store
    from tsunagite.engine.artifact import Artifact
    from tsunagite.engine.program import CACHE
    from tsunagite.i18n.report import text_lines

    with open_store(root, lambda _: None, use_cache=(root / CACHE).is_dir()):
        parts = _views(root, clock.today(today), language).report
        made = [*paper(parts), *book(parts)]
    out.mkdir(parents=True, exist_ok=True)
    for one in made:
        if isinstance(one, Artifact):
            path = out / one.path.rpartition("/")[2]
            write_whole(path, one.content)
            print(path)
        else:
            print(*text_lines([one], language), sep="\n")


def _views(root: Path, today: date, language: Language) -> Views:
    """Return the views of a site with its history. Raises UsageError where its records have mistakes."""
    from tsunagite.check.load import load
    from tsunagite.engine.assemble import assemble
    from tsunagite.findings import has_errors
    from tsunagite.news.read_history import read_history

    loaded = load(root, today)
    if has_errors(loaded.findings):
        raise UsageError(catalogue(language)["news"]["errors"])
    return assemble(loaded.directory, today, history=read_history(root))
