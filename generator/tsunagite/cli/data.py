"""Commands that read what others publish: lists into records, tables of towns into areas."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from tsunagite.cli.options import AtRoot, Lang, Language, day
from tsunagite.engine import clock
from tsunagite.errors import BuildStopped, UsageError
from tsunagite.i18n import catalogue
from tsunagite.i18n.report import one_line
from tsunagite.importing.draft import Take
from tsunagite.records.yaml.staged_files import write_whole

if TYPE_CHECKING:
    from tsunagite.importing.report.report import ImportReport


MOST = 5
"""Rows of one kind that a terminal shows; the report holds every one."""


class _WithApply(TyperGroup):
    """A group whose first word may be left out: ``import FILE`` is ``import apply FILE``."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put ``apply`` before words that begin with no command."""
        if args and args[0] not in (*self.commands, "--help", "-h"):
            args = ["apply", *args]
        return super().parse_args(ctx, args)


lists = typer.Typer(
    cls=_WithApply,
    help="公開されている一覧を記録に取り込みます。`import 一覧.csv` は `import apply 一覧.csv` と同じです。",
    no_args_is_help=True,
)

Files = Annotated[
    list[Path],
    typer.Argument(
        help="一覧（csv・xlsx・xls・ods・json・geojson・kml、その zip）か、その説明（resources/sources/*.yml）。"
    ),
]
Kind = Annotated[str, typer.Option("--kind", help="種類。説明のない一覧で使います。")]
Into = Annotated[str, typer.Option("--into", help="保存先（resources/ の下のフォルダー）。説明のない一覧で使います。")]
Owner = Annotated[str, typer.Option("--owner", help="公表している団体。説明のない一覧で使います。")]
Licence = Annotated[str, typer.Option("--licence", help="利用条件（CC BY 4.0 など）。説明のない一覧で使います。")]
On = Annotated[
    date | None,
    typer.Option(
        "--date",
        parser=day,
        metavar="年-月-日",
        help="いつの一覧か（なければ、一覧の列・注記・ファイル名から。わからなければ「日付不明」）。",
    ),
]


class Summary(StrEnum):
    """Forms of the summary for a review."""

    MARKDOWN = "markdown"


@lists.command()
def apply(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            help="一覧か、一覧のフォルダーか、その説明（resources/sources/*.yml）。なければ、サイトのすべての一覧。"
        ),
    ] = None,
    root: AtRoot = Path(),
    dry_run: Annotated[bool, typer.Option("--dry-run", help="書かずに、何が変わるかだけを見ます。")] = False,
    take: Annotated[
        Take | None, typer.Option("--take", help="記録も一覧も変わった項目を、すべてどちらかにします。")
    ] = None,
    close_gone: Annotated[
        bool, typer.Option("--close-gone", help="一覧からなくなった記録を「終了」にします（消しません）。")
    ] = False,
    into: Into = "",
    kind: Kind = "",
    owner: Owner = "",
    licence: Licence = "",
    on: On = None,
    mapping: Annotated[
        Path | None, typer.Option("--mapping", help="列の読み方（import draft の下書きを直したもの）。")
    ] = None,
    edition_of: Annotated[
        str,
        typer.Option(
            "--edition-of",
            metavar="一覧のID",
            help="どの一覧の新しい版か（べつの一覧なら new）。たずねられたときに使います。",
        ),
    ] = "",
    sample: Annotated[bool, typer.Option("--sample", help="作りものの一覧です。記録に「見本」と出ます。")] = False,
    ask: Annotated[bool, typer.Option("--ask", help="同じものか迷う組を、ひとつずつたずねます。")] = False,
    to: Annotated[
        list[Path] | None, typer.Option("--report", help="報告を書くファイル（.json・.md・.xlsx。何度でも）。")
    ] = None,
    summary: Annotated[
        Summary | None,
        typer.Option("--summary", help="画面の報告の代わりに、変更の確認（プルリクエスト）に貼る要約を出します。"),
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help="すべての行を画面に出します（ふだんは種類ごとにはじめの5行）。")
    ] = False,
    language: Lang = Language.JA,
) -> None:
    """公開されている一覧を、記録に取り込みます。人が直したところは残し、すべての行と変わった項目を知らせます。"""
    from tsunagite.importing import run
    from tsunagite.importing.detect.intake import Said
    from tsunagite.importing.report import entries, report
    from tsunagite.importing.tables.hsds_tables import with_packages

    said = Said(
        clock.today(on),
        into,
        kind,
        owner,
        licence,
        mapping,
        edition_of,
        clock.today(),
        on is not None,
        is_sample=sample,
    )
    with tempfile.TemporaryDirectory() as scratch:
        given, told = with_packages(_in_folders(files or []), Path(scratch))
        if files and not given:
            raise BuildStopped("\n".join(one_line(finding, language) for finding in told))
        asking = (lambda pair: typer.confirm(report.question(pair, language))) if ask else None
        result = run.import_sources(root, given, run.Options(dry_run, take, close_gone, said), asking)
    result = replace(result, findings=(*told, *result.findings))
    for path in to or ():
        _write_report(path, result, language)
    if summary:
        from tsunagite.importing.report.summary import as_summary

        print(as_summary(result, language), end="")
        raise typer.Exit(result.exit_code)
    for line in report.lines(result, language, None if every else MOST):
        print(line)
    for line in entries.parsed_lines(result, language):
        print(line)
    if dry_run:
        for line in report.diff(result):
            print(line)
    raise typer.Exit(result.exit_code)


@lists.command()
def inspect(
    files: Annotated[
        list[Path], typer.Argument(help="一覧か、その説明。フォルダーなら、中の一覧がどこまで読めるかを表にします。")
    ],
    root: AtRoot = Path(),
    owner: Owner = "",
    on: On = None,
    language: Lang = Language.JA,
) -> None:
    """ファイルが何の一覧で、どう読まれ、はじめの10行がどんな記録になるかを見せます。何も書きません。"""
    from tsunagite.importing.detect.intake import Said
    from tsunagite.importing.inspect import folder_lines, inspect_lists
    from tsunagite.importing.report.inspection import inspection_lines

    said = Said(clock.today(on), owner=owner, today=clock.today(), is_dated=on is not None)
    for folder in filter(Path.is_dir, files):
        for line in folder_lines(root, folder, said):
            print(line)
    if named := [path for path in files if not path.is_dir()]:
        report = inspect_lists(root, named, said)
        for line in inspection_lines(report, language):
            print(line)
        raise typer.Exit(1 if any(one.plan is None for one in report.lists) else 0)


@lists.command()
def draft(
    files: Files,
    root: AtRoot = Path(),
    into: Into = "",
    kind: Kind = "",
    owner: Owner = "",
    licence: Licence = "",
    on: On = None,
    language: Lang = Language.JA,
) -> None:
    """知らない一覧の読み方の下書きを出します。直して --mapping で渡してください。はじめの10行がどうなるかも付けます。"""
    from tsunagite.importing.detect.intake import Said
    from tsunagite.importing.inspect import draft_lines

    said = Said(clock.today(on), into, kind, owner, licence, today=clock.today(), is_dated=on is not None)
    for path in files:
        for line in draft_lines(root, path, said, language):
            print(line)


def _in_folders(files: list[Path]) -> list[Path]:
    """Return the files with those of a folder in its place, in name order. Raises UsageError where one has none."""
    from tsunagite.importing.tables.containers import files_of

    found: list[Path] = []
    for path in files:
        inside = files_of(path)
        if not inside:
            raise UsageError(f"{path}: 一覧がありません。→ 一覧の入っているフォルダーを書いてください。")
        found += inside
    return found


def _write_report(path: Path, result: ImportReport, language: Language) -> None:
    """Write the report in the form that the file's name asks for. Raises UsageError for another name."""
    from tsunagite.importing.report import entries
    from tsunagite.importing.report.report_book import report_book

    suffix = path.suffix.lower()
    if suffix not in (".json", ".md", ".xlsx"):
        raise UsageError(f"{path}: 報告は .json・.md・.xlsx のどれかです。→ 名前の終わりを直してください。")
    if suffix == ".xlsx":
        words = catalogue(language)["import"]["report"]
        lines = [
            (entries.COLORS.get(line.fate, ""), (line.list, *entries.cells(line, language)))
            for line in entries.entries(result, language)
        ]
        write_whole(path, report_book(words, [entries.totals(one) for one in result.lists], lines))
    else:
        form = entries.as_json if suffix == ".json" else entries.as_markdown
        write_whole(path, form(result, language))


areas = typer.Typer(help="地区と町字の記録を作ります。", no_args_is_help=True)


@areas.command()
def build(
    files: Annotated[
        list[Path],
        typer.Argument(
            help="公表されている表（町字マスター、住所データ、N03 の境界、人口。フォルダーや zip のままでも、どの順でも）か、作り方の説明（resources/areas/sources/*.yml）。"
        ),
    ],
    root: AtRoot = Path(),
    prefecture: Annotated[str, typer.Option("--prefecture", help="都道府県（なければ site.yml のもの）。")] = "",
    municipality: Annotated[str, typer.Option("--municipality", help="市区町村（なければ site.yml のもの）。")] = "",
    city: Annotated[str, typer.Option("--city", help="市の地域の ID（なければ site.yml の area）。")] = "",
    code: Annotated[
        str, typer.Option("--code", help="全国地方公共団体コード（6けた）。市の記録がないときに書きます。")
    ] = "",
    language: Lang = Language.JA,
) -> None:
    """公表されている町の表と避難所の一覧から、地区と町の記録を作ります。人が直したところは変えません。"""
    from tsunagite.importing.areas.draft import MunicipalityDraft
    from tsunagite.importing.areas.run import build_areas, build_from_tables

    described = [path for path in files if path.suffix.lower() in (".yml", ".yaml")]
    if described and len(described) < len(files):
        raise UsageError("作り方の説明と、表そのものは、いっしょに書けません。→ どちらかだけにしてください。")
    reports = [build_areas(root, path, language) for path in described] or [
        build_from_tables(root, files, MunicipalityDraft(prefecture, municipality, city, code), language)
    ]
    for line in (line for report in reports for line in report):
        print(line)


@areas.command()
def ways(
    files: Annotated[
        list[Path],
        typer.Argument(help="国土数値情報の GeoJSON（鉄道 N02 の路線と駅、バス停留所 P11、道路 N13）。いくつでも。"),
    ],
    root: AtRoot = Path(),
    language: Lang = Language.JA,
) -> None:
    """紙の地図に引く道・鉄道・駅・バス停を、公表されているデータから切り出します（resources/areas/ways.geojson）。"""
    from tsunagite.importing.areas.ways import write_ways

    for line in write_ways(root, files, language):
        print(line)


@areas.command()
def districts(
    file: Annotated[
        Path,
        typer.Argument(
            help="町と地区の表（Excel・csv。列は、町と、区分ごとに一列）、小中学校通学区域情報や投票区の表、校区・地区などの列がある施設の一覧（避難所・投票所）、名前のある図形（GeoJSON。国土数値情報の A27・A32 など）。"
        ),
    ],
    root: AtRoot = Path(),
    layer: Annotated[
        list[str] | None,
        typer.Option(
            "--layer",
            help="読む区分（見出しの名前。何度でも）。見出しや項目の名前がちがうときは 投票区=votingDistrict のように書く。なければ、区分の名前の列すべて。",
        ),
    ] = None,
    language: Lang = Language.JA,
) -> None:
    """町と地区の表、施設の一覧、図形から、地区（中学校区・日常生活圏域など）の記録を作ります。分かれている町は「〜の一部」と書きます。"""
    from tsunagite.importing.areas.districts import read_districts

    for line in read_districts(root, file, layer or (), language):
        print(line)
