"""The command line: thin commands that call the engine, print findings and choose the exit code (0, 1 or 2)."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from enum import StrEnum
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated

import typer

from tsunagite import __version__
from tsunagite.cli import books, data, duties, publishing, records, reports, suggestions, worksheets
from tsunagite.cli.options import Lang, Language, Root, Today
from tsunagite.engine import clock
from tsunagite.errors import BuildStopped, TsunagiteError, UsageError

# shapely loads numpy, which would start threads for matrices that nobody multiplies here; a build with threads makes no
# second process (processes.py).
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

app = typer.Typer(
    help="地域の資源の記録（YAML）から、さがせて印刷できるサイトを作ります。",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class Format(StrEnum):
    """How findings are printed."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"


@app.command()
def check(
    root: Root = Path(),
    output: Annotated[
        Format, typer.Option("--format", help="出し方。github は変更の行に注釈を付けます。")
    ] = Format.TEXT,
    language: Lang = Language.JA,
    today: Today = None,
) -> None:
    """記録を点検して、直すところをすべて知らせます（0：よい・注意だけ、1：まちがいあり、2：使い方の誤り）。"""
    from tsunagite.check.load import load, open_store
    from tsunagite.engine.program import CACHE
    from tsunagite.findings import has_errors
    from tsunagite.i18n import report

    with open_store(
        root, lambda _: None, use_cache=(root / CACHE).is_dir()
    ):  # where a build has been, a check shares what it read
        loaded = load(root, clock.today(today), with_history=True)
    count = len(loaded.directory.placed)
    if output is Format.JSON:
        print(report.as_json(loaded.findings, count, language))
    else:
        lines = report.github_lines if output is Format.GITHUB else report.text_lines
        for line in lines(loaded.findings, language):
            print(line)
        print(report.summary(loaded.findings, count, language))
    raise typer.Exit(1 if has_errors(loaded.findings) else 0)


@app.command()
def build(
    root: Root = Path(),
    site_dir: Annotated[
        Path | None, typer.Option("--site-dir", help="できたサイトを置くフォルダー（ふつうは site/）。")
    ] = None,
    language: Lang = Language.JA,
    today: Today = None,
    no_cache: Annotated[
        bool, typer.Option("--no-cache", help="前と同じかどうかを見ずに、はじめから作ります。")
    ] = False,
    overlay: Annotated[
        Path | None,
        typer.Option(
            "--overlay", help="専門職版を作ります。専門職だけの記録のフォルダー（公開するリポジトリーの外）。"
        ),
    ] = None,
    into: Annotated[
        Path | None, typer.Option("--to", help="専門職版を置くフォルダー（ふつうは --overlay の中の site-private/）。")
    ] = None,
) -> None:
    """点検してからサイトを作ります。まちがいがあれば、前のサイトをそのまま残します。"""
    from tsunagite.adapters.site_build import build_site
    from tsunagite.i18n import report, ui

    if overlay:
        from tsunagite.publishing.overlay import build_professional

        if site_dir:
            raise UsageError(ui("overlay_to", language))
        published, findings, count = build_professional(root, overlay, into, clock.today(today), print, language)
    else:
        if into:
            raise UsageError(ui("overlay_to", language))
        published, findings, count = build_site(
            root, site_dir, clock.today(today), print, language, use_cache=not no_cache
        )
    print(report.summary(findings, count, language))
    print(ui("built", language, written=published.written, unchanged=published.unchanged, removed=published.removed))


@app.command()
def serve(
    root: Root = Path(),
    address: Annotated[str, typer.Option("--address", help="見るときのアドレス。")] = "127.0.0.1:8000",
) -> None:
    """サイトを作って見せ、記録や文章を変えるたびに作り直します。"""
    from tsunagite.adapters.mkdocs_run import serve_site

    serve_site(root, address)


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(help="新しく作るサイトのフォルダー。")],
    municipality: Annotated[
        list[str] | None,
        typer.Option(
            "--municipality",
            "-m",
            help="市区町村の名前か、6けたの団体コード。広域連合のサイトでは、構成する市区町村の数だけ書く。",
        ),
    ] = None,
    union: Annotated[str, typer.Option("--union", help="いくつかの市区町村を合わせた名前（広域連合など）。")] = "",
    prefecture: Annotated[str, typer.Option("--prefecture", help="都道府県（同じ名前の市があるとき）。")] = "",
    name: Annotated[str, typer.Option("--name", help="サイトの名前。")] = "つなぎ手",
    site_url: Annotated[str, typer.Option("--site-url", help="公開するアドレス。紙の QR コードに入ります。")] = "",
    mail: Annotated[str, typer.Option("--mail", help="まちがいを知らせてもらうメールアドレス。")] = "",
    licence: Annotated[
        str, typer.Option("--licence", help="記録の利用条件。書くと、オープンデータとして配ります（例: CC BY 4.0）。")
    ] = "",
    sample: Annotated[bool, typer.Option("--sample", help="まねするための、架空の記録を一つ入れます。")] = False,
    guides: Annotated[
        bool, typer.Option("--guides/--no-guides", help="つなぎ手に付いてくる手引き（役割・進め方・ことば）を出すか。")
    ] = True,
    troubles: Annotated[
        bool,
        typer.Option("--troubles/--no-troubles", help="つなぎ手に付いてくる困りごと（わたしの窓口をさがす）を出すか。"),
    ] = True,
) -> None:
    """新しいサイトを、空のフォルダーに作ります。市区町村を書かなければ、たずねます。"""
    from tsunagite.editing.starter import Beginning, members_of, municipality_of, write_starter

    written = municipality or []
    if not written and sys.stdin.isatty():
        written = [
            typer.prompt(
                "市区町村の名前か6けたの団体コード（あとで決めるなら、そのまま Enter）", default="", show_default=False
            )
        ]
    several = len(written) > 1 or bool(union)
    members = members_of(written, union, prefecture) if several else ()
    city = municipality_of(written[0], prefecture) if written and written[0] and not several else None
    for path in write_starter(
        folder, Beginning(city, name, site_url, mail, licence, guides, troubles, union, members, sample)
    ):
        print(path)


@app.command()
def pamphlet(
    paper: Annotated[
        str, typer.Argument(help="紙の ID（resources/pamphlets/ のファイルの名前）。--query のときはいりません。")
    ] = "",
    *,
    root: Annotated[Path, typer.Option("--root", help="サイトのフォルダー。")] = Path(),
    query: Annotated[
        str, typer.Option("--query", help="ここで決める：「area=sakura needs=食事,買い物 layout=冊子 title=食べる」。")
    ] = "",
    out: Annotated[Path | None, typer.Option("--out", help="できた PDF の名前。")] = None,
    large: Annotated[bool, typer.Option("--large", help="大きな文字（16ポイント以上）で作ります。")] = False,
    duplex: Annotated[bool, typer.Option("--duplex", help="冊子を、両面印刷してとじる順に並べます。")] = False,
    printed: Annotated[
        bool,
        typer.Option(
            "--printed", help="刷って配ることを書きとめます。紙の QR コードから、あとで変わったことがわかります。"
        ),
    ] = False,
    copies: Annotated[int, typer.Option("--copies", min=1, help="刷る部数。")] = 1,
    placed_at: Annotated[list[str] | None, typer.Option("--at", help="置く場所（何度でも書けます）。")] = None,
    language: Lang = Language.JA,
    today: Today = None,
) -> None:
    """印刷する紙（PDF）を一つ作ります。"""
    from tsunagite.papers.command import Wish, make_paper

    if bool(paper) == bool(query):
        raise UsageError("紙の ID か --query の、どちらか一つを書いてください。")
    wish = Wish(paper, query, large, duplex, out, copies if printed else None, tuple(placed_at or ()))
    for line in make_paper(root, wish, clock.today(today), language):
        print(line)


@app.command()
def schema(
    root: Root = Path(),
    folder: Annotated[
        Path | None, typer.Option("--into", help="書き出すフォルダー（書かなければ、サイトの schema）。")
    ] = None,
) -> None:
    """エディターが項目を教えてくれるようにする、JSON Schema を書き出します。"""
    from tsunagite.adapters.json_schema import write_schemas
    from tsunagite.check.load import load

    for path in write_schemas(folder or root / "schema", load(root, clock.today()).directory.vocabularies):
        print(path)


app.add_typer(data.lists, name="import")
app.add_typer(data.areas, name="areas")
app.command()(books.export)
app.command(name="import-xlsx")(books.import_xlsx)
app.command()(books.overdue)
app.add_typer(worksheets.app, name="worksheet")
app.command()(records.ids)
app.command()(publishing.diff)
app.command()(reports.digest)
app.command()(reports.report)
app.add_typer(publishing.ci, name="ci")
app.add_typer(duties.app, name="duties")
app.add_typer(suggestions.words, name="words")
app.add_typer(suggestions.readings, name="readings")
for record_command in (
    records.new,
    records.verify,
    records.close,
    records.rename,
    records.fmt,
    records.doctor,
    records.upgrade,
):
    app.command()(record_command)


@app.command()
def version() -> None:
    """版の番号を出します。"""
    print(__version__)


def main() -> None:
    """Run the command line; errors made on purpose, and those of the system, end with one line instead of a traceback."""
    for name in ("stdin", "stdout", "stderr"):  # one that is closed (``>&-``) leads nowhere
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), "r" if name == "stdin" else "w"))
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal without Japanese letters
    try:
        try:
            app()
        finally:
            sys.stdout.flush()
    except BuildStopped as problem:
        _end(str(problem), 1)
    except TsunagiteError as problem:
        _end(str(problem), 2)
    except BrokenPipeError:  # who reads our words has heard enough
        _silence()
        sys.exit(1)
    except (OSError, UnicodeError) as problem:
        from tsunagite.i18n import report

        _end(report.system_problem(problem, "en" if "en" in sys.argv else "ja"), 2)


def _end(line: str, code: int) -> None:
    with suppress(OSError):
        print(line, file=sys.stderr)
    _silence()
    sys.exit(code)


def _silence() -> None:
    """Lead what Python would still write at its end nowhere: a full disk or a closed pipe would make it complain."""
    try:
        sys.stdout.flush()
    except (OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
