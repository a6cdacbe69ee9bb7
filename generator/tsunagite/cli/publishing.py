"""What a change means, and the steps of workflows: `tsunagite diff`, `tsunagite ci`."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from tsunagite.cli.books import CallsBy
from tsunagite.cli.options import AtRoot, Lang, Language, Today
from tsunagite.engine import clock
from tsunagite.errors import UsageError, WordedError
from tsunagite.i18n import catalogue
from tsunagite.records.yaml.staged_files import write_whole


class Form(StrEnum):
    """The form of a summary."""

    MARKDOWN = "markdown"
    HTML = "html"
    JSON = "json"


ci = typer.Typer(
    help="ワークフロー（GitHub・GitLab）の中で使う手順です。手もとでも同じように動きます。", no_args_is_help=True
)
StepSummary = Annotated[
    Path | None,
    typer.Option(
        "--step-summary", envvar="GITHUB_STEP_SUMMARY", help="まとめを書き足すファイル（GitHub の実行結果のページ）。"
    ),
]
NOT_NEWEST = 3
"""The exit code where a newer state is, or is going to be, published."""


@contextmanager
def problems_told(language: str) -> Iterator[None]:
    """Tell in one sentence why git could not answer, or a web space cannot be used. Raises UsageError."""
    try:
        yield
    except WordedError as problem:
        words = catalogue(language)[problem.section]
        raise UsageError(words[problem.key].format(**problem.values)) from problem


def diff(
    base: Annotated[str, typer.Argument(help="くらべるもとの枝か版（main など）。")],
    head: Annotated[str | None, typer.Argument(help="くらべる枝か版。書かなければ、いまのフォルダー。")] = None,
    root: AtRoot = Path(),
    form: Annotated[
        Form, typer.Option("--format", help="出し方。markdown は、直しの案に付けるまとめです。")
    ] = Form.MARKDOWN,
    out: Annotated[
        Path | None, typer.Option("--out", help="書き出すファイル（書かなければ、画面に出します）。")
    ] = None,
    language: Lang = Language.JA,
    today: Today = None,
) -> None:
    """直しで何が変わるか（記録の項目、ページ、紙、点検の知らせ）を、二つの版をくらべて知らせます。フォルダーの中は変えません。"""
    from tsunagite.publishing.diff import compare_revisions
    from tsunagite.publishing.summary import as_html, as_json, as_markdown

    with problems_told(language):
        difference = compare_revisions(root, base, head, clock.today(today))
    text = {Form.MARKDOWN: as_markdown, Form.HTML: as_html, Form.JSON: as_json}[form](difference, language)
    if out:
        write_whole(out, text)
    else:
        print(text, end="")


@ci.command(name="diff")
def ci_diff(
    base: Annotated[str, typer.Option("--base", help="取り込む先の枝か版（origin/main など）。")],
    out: Annotated[Path, typer.Option("--out", help="直しの案に付けるまとめのファイル。")] = Path("change.md"),
    step_summary: StepSummary = None,
    root: AtRoot = Path(),
    language: Lang = Language.JA,
    today: Today = None,
) -> None:
    """直しの案のまとめ（Markdown）を書きます。くらべられないときは、そのわけを書きます。点検の結果では失敗しません。"""
    from tsunagite.publishing.diff import compare_revisions
    from tsunagite.publishing.summary import MARK, as_markdown
    from tsunagite.text.markdown import plain

    try:
        with problems_told(language):
            text = as_markdown(compare_revisions(root, base, "HEAD", clock.today(today)), language)
    except UsageError as problem:
        text = f"{MARK}\n{plain(str(problem))}\n"
    _write(out, text, step_summary)
    print(out)


@ci.command()
def pictures(
    base: Annotated[str, typer.Option("--base", help="取り込む先の枝か版（origin/main など）。")],
    site: Annotated[Path, typer.Option("--site", help="できたサイトのフォルダー。")] = Path("site"),
    folder: Annotated[Path, typer.Option("--into", help="写真を置くフォルダー。")] = Path("pictures"),
    root: AtRoot = Path(),
    language: Lang = Language.JA,
    today: Today = None,
) -> None:
    """変わるページを、スマートフォンの幅で写真にします（12枚まで）。Playwright か Chromium がなければ、そう知らせて終わります。"""
    from tsunagite.publishing.diff import compare_revisions
    from tsunagite.publishing.pictures import CannotTake, pages_to_show, take_pictures

    words = catalogue(language)["pictures"]
    if not site.is_dir():
        raise UsageError(catalogue(language)["publish"]["no_site"].format(site=site))
    try:
        with problems_told(language):
            changes = compare_revisions(root, base, "HEAD", clock.today(today)).pages
    except UsageError as problem:  # the summary of the change says it, too
        print(problem)
        return
    paths = pages_to_show(changes, site)
    if not paths:
        print(words["nothing"])
        return
    try:
        for path in take_pictures(site, paths, folder):
            print(path)
    except CannotTake as problem:
        print(words[problem.key])
        return
    if (left := len(changes.changed) + len(changes.added) - len(paths)) > 0:
        print(words["more"].format(count=left))


@ci.command()
def inbox(
    since: Annotated[
        str,
        typer.Option(
            "--since",
            help="この版のあとに置かれたファイルだけを見ます（書かないか、ここにない版なら、inbox/ のすべて）。",
        ),
    ] = "",
    out: Annotated[Path, typer.Option("--out", help="直しの案の説明を書くファイル。")] = Path("inbox.md"),
    step_summary: StepSummary = None,
    root: AtRoot = Path(),
    language: Lang = Language.JA,
    today: Today = None,
) -> None:
    """inbox/ に置かれた Excel・一覧・用紙を取り込み、inbox/done/ に移します。まちがいのあるファイルからは何も書かず、セルを示します（1 で終わります）。"""
    from tsunagite.engine.git import Repository
    from tsunagite.i18n import report
    from tsunagite.publishing.inbox import INBOX, take_inbox
    from tsunagite.publishing.inbox_text import as_description

    changed = None
    if since:
        with problems_told(language):
            changed = Repository(root).files_since(since, INBOX)
    run = take_inbox(
        root, clock.today(today), None if changed is None else {Path(name).parts[1] for name in changed}, language
    )
    text = as_description(run, language)
    _write(out, text, step_summary)
    for one in run.files:
        print(f"{one.file} → {one.done or INBOX}")
        for line in report.text_lines(one.findings, language):
            print(line)
    print(text.partition("\n")[0])
    raise typer.Exit(1 if run.refused else 0)


def _write(out: Path, text: str, step_summary: Path | None) -> None:
    """Write a text to its file, and add it to the page of the run."""
    write_whole(out, text)
    if step_summary:
        with step_summary.open("a", encoding="utf-8", newline="\n") as file:
            file.write(text)


@ci.command()
def publish(
    site: Annotated[Path, typer.Option("--site", help="できたサイトのフォルダー。")] = Path("site"),
    folder: Annotated[
        Path | None, typer.Option("--into", help="置く先のフォルダー（前のものは「…….before」に残ります）。")
    ] = None,
    archive: Annotated[
        Path | None, typer.Option("--zip", help="書き出す zip。となりに検査用の値（.sha256）も書きます。")
    ] = None,
    to: Annotated[
        str,
        typer.Option(
            "--to", help="置く先の Web の場所（ssh://…、sftp://…、s3://…）。鍵やパスワードは環境変数から読みます。"
        ),
    ] = "",
    take_over: Annotated[
        bool,
        typer.Option("--take-over", help="--to の先に、つなぎ手のほかが置いたファイルがあっても、消して置きます。"),
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="--to で実行することを見せるだけで、何も送りません。")
    ] = False,
    branch: Annotated[str, typer.Option("--branch", help="公開する枝。")] = "main",
    remote: Annotated[str, typer.Option("--remote", help="公開の前に、いちばん新しい版をたずねる先。")] = "origin",
    root: AtRoot = Path(),
    language: Lang = Language.JA,
) -> None:
    """できたサイトを公開の場所に置きます。もっと新しい版があれば、置かずに 3 で終わります。--into・--zip・--to のどれもなければ、新しい版かどうかだけを見ます。"""
    from tsunagite.engine.git import Repository
    from tsunagite.publishing import remote as web
    from tsunagite.publishing.release import NotNewest, publish_folder, publish_zip, refuse_older, refuse_served

    words = catalogue(language)["publish"]
    if not site.is_dir():
        raise UsageError(words["no_site"].format(site=site))
    with problems_told(language):
        space = web.WebSpace.of(to) if to else None
        if space and dry_run:
            for command in web.upload_commands(space, site):
                print(shlex.join(command))
            raise typer.Exit
        repository = Repository(root)
        commit = repository.commit("HEAD")
        try:
            refuse_older(repository, commit, remote, branch)
            if folder:
                publish_folder(site, folder, commit, repository)
            if space:
                refuse_served(web.served_commit(space, take_over=take_over), commit, repository)
                web.upload(space, site, commit)
        except NotNewest as problem:
            print(words["not_newest"].format(commit=commit[:10], newest=problem.newest[:10]))
            raise typer.Exit(NOT_NEWEST) from problem
    written: list[Path | str] = [folder] if folder else []
    written += [to] if to else []
    if archive:
        written += [archive, publish_zip(site, archive, commit)]
    for path in written:
        print(words["published"].format(path=path, commit=commit[:10]))
    if not written:
        print(words["newest"].format(commit=commit[:10]))


@ci.command()
def rollback(
    folder: Annotated[Path, typer.Argument(help="公開しているフォルダー（publish --into の先）。")],
    language: Lang = Language.JA,
) -> None:
    """公開しているフォルダーを、一つ前のサイトにもどします。もう一度実行すると、もとにもどります。"""
    from tsunagite.publishing.release import roll_back

    with problems_told(language):
        commit = roll_back(folder)
    print(catalogue(language)["publish"]["rolled_back"].format(path=folder, commit=commit[:10] or "―"))


@ci.command()
def moved(
    folder: Annotated[
        Path,
        typer.Argument(help="書き出すフォルダー（空か、まだないもの）。前のアドレスの公開先に、これだけを置きます。"),
    ],
    site: Annotated[Path, typer.Option("--site", help="できたサイトのフォルダー。")] = Path("site"),
    root: AtRoot = Path(),
    language: Lang = Language.JA,
) -> None:
    """引っこしたサイトの、前のアドレスに置くファイルを書きます。どのページも、新しいアドレスの同じページへ案内します。"""
    from tsunagite.check.load import load
    from tsunagite.publishing.moved import write_redirects

    words = catalogue(language)["publish"]
    settings = load(root, clock.today()).directory.settings
    former, present = (str(one or "") for one in (settings.moved_from, settings.site_url))
    if not former or not present or former.rstrip("/") == present.rstrip("/"):
        raise UsageError(words["moved_nowhere"])
    if not site.is_dir():
        raise UsageError(words["no_site"].format(site=site))
    try:
        count = write_redirects(site, folder, former, present)
    except FileExistsError as problem:
        raise UsageError(words["moved_full"].format(folder=folder)) from problem
    print(words["moved"].format(folder=folder, count=count, former=former, present=present))


LINKS = Path(".tsunagite-cache/links.json")


@ci.command()
def links(
    history: Annotated[
        Path, typer.Option("--history", help="前にたずねた結果のファイル。次のときのために残します。")
    ] = LINKS,
    most: Annotated[
        int, typer.Option("--most", min=1, help="一度にたずねるアドレスの数（前にたずねた日の古い順）。")
    ] = 300,
    root: AtRoot = Path(),
    language: Lang = Language.JA,
    today: Today = None,
) -> None:
    """記録にあるほかのサイトのアドレスを、ひとつずつ間をあけてたずねます（robots.txt を守ります）。三つのちがう日につながらなければ、ci overdue が知らせます。"""
    from tsunagite.check.load import load
    from tsunagite.publishing.links import Visitor, addresses, check_links, read_history, write_history

    day = clock.today(today)
    urls = addresses(load(root, day).directory)
    known = check_links(urls, read_history(root / history), day, most, Visitor().visit)
    write_history(root / history, known)
    states = known.values()
    print(
        catalogue(language)["overdue"]["checked"].format(
            asked=sum(one.asked == day.isoformat() for one in states), broken=sum(one.is_broken for one in states)
        )
    )


@ci.command(name="overdue")
def ci_overdue(
    opened: Annotated[
        list[Path],
        typer.Option(
            "--open",
            help="いま開いているお知らせ（gh issue list --json number,title,body か、GitLab の issues の答え）。分かれているときは、いくつでも。",
        ),
    ],
    out: Annotated[Path, typer.Option("--out", help="書き出すフォルダー（空か、まだないもの）。")] = Path("issues"),
    by: Annotated[CallsBy, typer.Option("--by", help="owner：団体ごと、area：地区ごと。")] = CallsBy.OWNER,
    history: Annotated[Path, typer.Option("--history", help="ci links の結果のファイル。")] = LINKS,
    root: AtRoot = Path(),
    language: Lang = Language.JA,
    today: Today = None,
) -> None:
    """確かめ直すことを、団体（か地区）ごとに一つのお知らせ（Issue）にします。開いているものは書きかえ、すんだものは閉じます。ここではファイルだけを書きます。"""
    import json

    from tsunagite.check.load import load
    from tsunagite.engine.assemble import assemble
    from tsunagite.papers.print_runs import print_run_views
    from tsunagite.publishing.links import read_history
    from tsunagite.publishing.overdue import overdue_issues, plan_issues

    words = catalogue(language)["overdue"]
    open_now = []
    for file in opened:
        try:
            open_now += [row for row in json.loads(file.read_text(encoding="utf-8")) if isinstance(row, dict)]
        except (ValueError, TypeError) as problem:
            raise UsageError(words["bad_opened"].format(file=file)) from problem
    if out.exists() and any(out.iterdir()):
        raise UsageError(catalogue(language)["publish"]["moved_full"].format(folder=out))
    day = clock.today(today)
    views = assemble(load(root, day).directory, day)
    links, runs = read_history(root / history), print_run_views(views.papers.source)
    found = overdue_issues(views.directory, day, by.value, links=links, runs=runs, language=language)
    plan = plan_issues(found, open_now)
    out.mkdir(parents=True, exist_ok=True)
    files = {f"create-{issue.key}": issue for issue in plan.create} | {
        f"edit-{number}": issue for number, issue in plan.edit
    }
    for name, issue in files.items():
        (out / f"{name}.title").write_text(issue.title, encoding="utf-8", newline="\n")
        (out / f"{name}.md").write_text(issue.body, encoding="utf-8", newline="\n")
    for number in plan.close:
        (out / f"close-{number}").write_text("", encoding="utf-8")
    print(words["planned"].format(create=len(plan.create), edit=len(plan.edit), close=len(plan.close)))


@ci.command()
def printed(
    root: AtRoot = Path(),
    language: Lang = Language.JA,
    today: Today = None,
) -> None:
    """配った紙で、いまとちがうところを、部数と置いた場所といっしょに並べます（Markdown の表）。"""
    from tsunagite.check.load import load
    from tsunagite.engine.assemble import assemble
    from tsunagite.papers.print_runs import print_run_views
    from tsunagite.publishing.overdue import paper_rows
    from tsunagite.text.markdown import table_head

    words = catalogue(language)["overdue"]
    day = clock.today(today)
    source = assemble(load(root, day).directory, day).papers.source
    runs = [run for run in print_run_views(source) if run.changed and not run.replaced]
    for line in [*table_head(words["paper_head"]), *paper_rows(runs, words)] if runs else [words["no_papers"]]:
        print(line)
