"""`tsunagite pamphlet`: sets one paper, described or asked for on the command line, and writes down what was printed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tsunagite.check.load import load, open_store
from tsunagite.engine.digest import Digests
from tsunagite.errors import UsageError
from tsunagite.findings import SourceLocation
from tsunagite.i18n.report import text_lines
from tsunagite.papers.editions import set_paper
from tsunagite.papers.parts.cover import full_title
from tsunagite.papers.parts.selection import Selection
from tsunagite.papers.print_runs import entries_now, printed_record
from tsunagite.papers.source import PaperSource
from tsunagite.papers.typesetting.imposition import impose
from tsunagite.papers.typesetting.typeset import NotSet
from tsunagite.records.directory import Directory
from tsunagite.records.model.base.problems import validate
from tsunagite.records.model.features.pamphlet import Pamphlet, PrintRun
from tsunagite.records.yaml.reader import dump
from tsunagite.records.yaml.staged_files import write_whole
from tsunagite.site.cards import Cards

LISTS = ("needs", "kinds", "support_levels", "pinned")
ASKED = "query"
"""The id of a paper that was asked for and not described."""


@dataclass(frozen=True)
class Wish:
    """What the command line asks for: a described paper by ``id``, or a ``query`` of ``field=value`` words."""

    id: str = ""
    query: str = ""
    large: bool = False
    duplex: bool = False
    out: Path | None = None
    copies: int | None = None
    placed_at: tuple[str, ...] = ()


def make_paper(root: Path, wish: Wish, today: date, language: str = "ja") -> Iterator[str]:
    """Set the paper, write its PDF and, where copies are printed, the print run; yield what was written.

    Raises UsageError where no such paper can be made.
    """
    directory = load(root, today).directory.visible_in("print", today)
    paper = _parse_query(directory, wish.query, language) if wish.query else _described_paper(directory, wish.id)
    if wish.copies and wish.query:
        raise UsageError(
            "刷った部数を書きとめられるのは、resources/pamphlets/ に書いた紙だけです。→ 説明を書いてから、ID で指定してください。"
        )
    source = PaperSource(directory, Cards(directory, Digests(), today), today)
    selection = Selection(source, paper, printed_today=bool(wish.copies))
    with open_store(root, lambda _: None):
        try:
            content, printed = set_paper(selection, large=wish.large)
        except NotSet as problem:
            raise UsageError(
                f"「{full_title(selection)}」を組めませんでした。{problem} → 記録の文を短くするか、のせる件数を減らしてください。"
            ) from problem
    if not printed:
        raise UsageError(
            f"「{full_title(selection)}」にのせる記録がありません。→ 地域・困りごと・種類の書き方を見てください。"
        )
    if wish.duplex:
        if paper.layout != "booklet":
            raise UsageError("両面でとじる並べかえができるのは、冊子だけです。→ --duplex を外してください。")
        content = impose(content, full_title(selection))
    target = wish.out or Path(f"{paper.id}{'-large' if wish.large else ''}{'-duplex' if wish.duplex else ''}.pdf")
    if not target.parent.is_dir():
        raise UsageError(f"{target.parent} がありません。→ フォルダーを作るか、別の場所を指定してください。")
    write_whole(target, content)
    yield str(target)
    if wish.copies:
        yield str(_print_run(root, source, paper, printed, wish))


def _described_paper(directory: Directory, paper_id: str) -> Pamphlet:
    known = directory.pamphlets
    if paper_id not in known:
        raise UsageError(
            f"「{paper_id}」という紙はありません。→ あるもの：{'、'.join(known) or 'まだありません'}（resources/pamphlets/）。"
        )
    return known[paper_id]


def _parse_query(directory: Directory, query: str, language: str) -> Pamphlet:
    """Read 「area=yashima needs=食事,買い物 layout=冊子 title=食べる」 as a description."""
    data: dict[str, Any] = {"id": ASKED, "title": "暮らしの案内", "layout": "困りごとの一枚", "large": False}
    for word in query.split():
        key, equals, value = word.partition("=")
        if not equals or not value:
            raise UsageError(
                f"「{word}」を読めません。→ area=yashima needs=食事,買い物 layout=冊子 のように書いてください。"
            )
        data[key] = value.split(",") if key in LISTS else value
    if isinstance(most := data.get("most"), str) and most.isdecimal():
        data["most"] = int(most)
    paper, findings = validate(Pamphlet, data, SourceLocation("--query", line=1, column=1), directory.vocabularies)
    if paper is None:
        raise UsageError("\n".join(text_lines(findings, language)))
    unknown = [
        i for i in (paper.area, *paper.pinned) if i and i not in directory.areas and i not in directory.resources
    ]
    if unknown:
        raise UsageError(f"「{unknown[0]}」という地域や記録はありません。→ ID を確かめてください。")
    return paper


def _print_run(root: Path, source: PaperSource, paper: Pamphlet, printed: tuple[str, ...], wish: Wish) -> Path:
    """Write what the copies say; copies printed on one day from the same records are added up."""
    day = source.today.isoformat()
    path = root / "resources" / "pamphlets" / "prints" / f"{paper.id}-{day}.yml"
    before = source.directory.print_runs.get(path.stem)
    records = tuple(printed_record(entry) for entry in entries_now(source, printed))
    if before and before.records != records:
        raise UsageError(
            f"{path} は、きょう別の内容で刷ったものです。→ 古いほうを使わないなら、このファイルを消してからもう一度実行してください。"
        )
    copies = (before.copies if before else 0) + (wish.copies or 0)
    placed = (*(before.placed_at if before else ()), *wish.placed_at)
    said = [record.model_dump(mode="json", exclude_defaults=True) for record in records]
    run = PrintRun.model_validate(
        {
            "id": path.stem,
            "pamphlet": paper.id,
            "printed_on": day,
            "copies": copies,
            "placed_at": placed,
            "records": said,
        }
    )
    data = run.model_dump(mode="json", exclude_defaults=True)
    write_whole(path, dump(data))
    return path
