"""Commands for people who keep records: begin one, put it in order, say it was checked, close it, rename it, look for trouble."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tsunagite.cli.options import AtRoot, Lang, Language, Today, day
from tsunagite.engine import clock
from tsunagite.errors import BuildStopped, UsageError
from tsunagite.i18n import ui
from tsunagite.i18n.report import one_line

if TYPE_CHECKING:
    from tsunagite.editing.changes import Files, Site

Ids = Annotated[list[str], typer.Argument(help="記録の ID（いくつでも）。")]


def _plan_and_write(root: Path, language: Language, change: Callable[[Site], Files]) -> Files:
    """Read the site, plan a change, write it whole. Raises BuildStopped with what is wrong about the new values."""
    from tsunagite.editing.changes import NotValid, Site
    from tsunagite.records.load.tree import locate_findings
    from tsunagite.records.yaml.staged_files import write_files

    try:
        files = change(Site.of(root))
    except NotValid as problem:
        findings = locate_findings(list(problem.findings), root)
        raise BuildStopped("\n".join(one_line(finding, language) for finding in findings)) from problem
    write_files(root, files)
    for name, content in files.items():
        print(ui("file_removed" if content is None else "file_written", language, file=name))
    return files


def verify(
    ids: Ids,
    method: Annotated[str, typer.Option("--method", help="確認の方法（電話・訪問・公式サイトなど）。")],
    by: Annotated[str, typer.Option("--by", help="確認した部署（人の名前ではなく）。")],
    on: Annotated[
        date | None, typer.Option("--on", parser=day, metavar="年-月-日", help="確認した日（なければきょう）。")
    ] = None,
    root: AtRoot = Path(),
    language: Lang = Language.JA,
    today: Today = None,
) -> None:
    """「確かめたら、いまも正しかった」を記録に書きます（確認した日・部署・方法）。"""
    from tsunagite.editing.changes import verify_records

    now = clock.today(today)
    if on and on > now:
        raise UsageError(ui("verify_ahead", language, day=on.isoformat(), today=now.isoformat()))
    _plan_and_write(root, language, lambda site: verify_records(site, ids, on or now, by, method))


def close(
    record_id: Annotated[str, typer.Argument(help="終わった記録の ID。")],
    replaced_by: Annotated[str, typer.Option("--replaced-by", help="代わりになる記録の ID。")] = "",
    on: Annotated[
        date | None, typer.Option("--date", parser=day, metavar="年-月-日", help="終わった日（なければきょう）。")
    ] = None,
    root: AtRoot = Path(),
    language: Lang = Language.JA,
) -> None:
    """記録を「終了」にします。ページは残り、代わりの記録へ案内します。"""
    from tsunagite.editing.changes import close_record

    _plan_and_write(root, language, lambda site: close_record(site, record_id, clock.today(on), replaced_by))


def rename(
    old: Annotated[str, typer.Argument(help="いまの ID。")],
    new: Annotated[str, typer.Argument(help="新しい ID。")],
    no_trace: Annotated[
        bool, typer.Option("--no-trace", help="古い ID のページを残しません（まだ公開していない記録だけ）。")
    ] = False,
    root: AtRoot = Path(),
    language: Lang = Language.JA,
    today: Today = None,
) -> None:
    """記録の ID を変えます。ほかの記録からの参照も直し、古いページは新しいページへ案内します。"""
    from tsunagite.editing.changes import mentions, rename_record

    _plan_and_write(root, language, lambda site: rename_record(site, old, new, clock.today(today), not no_trace))
    for name in mentions(root, old):
        print(ui("still_mentioned", language, file=name, id=old))


def fmt(
    ids: Annotated[list[str] | None, typer.Argument(help="記録の ID（なければすべて）。")] = None,
    check: Annotated[
        bool, typer.Option("--check", help="書かずに、直すファイルだけを知らせます（あれば 1）。")
    ] = False,
    root: AtRoot = Path(),
    language: Lang = Language.JA,
) -> None:
    """項目を決まった順に並べかえます。値も注釈も変わりません。"""
    from tsunagite.editing.changes import Site, formatted
    from tsunagite.records.load.past_ids import LEDGER, longer_ledger
    from tsunagite.records.yaml.staged_files import write_files

    site = Site.of(root)
    chosen = [site.record(one) for one in ids] if ids else list(site.records.values())
    files: Files = {}
    for name in sorted({raw.place.file for raw in chosen if not raw.place.loc}):
        text = (root / name).read_bytes().decode("utf-8")
        if (result := formatted(text)) != text:
            files[name] = result
    if longer := longer_ledger(root, site.records):
        files[LEDGER] = longer
    if not check:
        write_files(root, files)
    for name in files:
        print(ui("to_order" if check else "file_written", language, file=name))
    print(ui("fmt_summary", language, count=len(files), all=len(chosen)))
    raise typer.Exit(1 if check and files else 0)


def new(
    name: Annotated[str, typer.Option("--name", help="名前。")] = "",
    kind: Annotated[str, typer.Option("--kind", help="種類（通いの場・サロン など）。")] = "",
    kana: Annotated[str, typer.Option("--kana", help="ふりがな。")] = "",
    need: Annotated[list[str] | None, typer.Option("--need", help="困りごと（何度でも）。")] = None,
    level: Annotated[list[str] | None, typer.Option("--level", help="自助・互助・共助・公助（何度でも）。")] = None,
    summary: Annotated[str, typer.Option("--summary", help="決め手になる一文。")] = "",
    phone: Annotated[str, typer.Option("--phone", help="電話番号（市外局番から）。")] = "",
    address: Annotated[str, typer.Option("--address", help="住所（市の名前から）。")] = "",
    by: Annotated[str, typer.Option("--by", help="確認した部署。")] = "",
    method: Annotated[str, typer.Option("--method", help="確認の方法。")] = "",
    record_id: Annotated[str, typer.Option("--id", help="ID（なければ、ふりがなから作ります）。")] = "",
    root: AtRoot = Path(),
    language: Lang = Language.JA,
    today: Today = None,
) -> None:
    """新しい記録を作ります。書かれていない項目は、一つずつたずねます。"""
    from tsunagite.editing.changes import new_record

    asking = sys.stdin.isatty()

    def asked(value: str, key: str) -> str:
        return value or (str(typer.prompt(ui(f"ask_{key}", language), default="")) if asking else "")

    def made(site: Site) -> Files:
        labels = {
            key: "・".join(term.label for term in site.vocabularies[key]) for key in ("kind", "need", "support_level")
        }
        if asking and not kind:
            print(labels["kind"])
        data: dict[str, Any] = {
            "name": asked(name, "name"),
            "kind": asked(kind, "kind"),
            "name_kana": asked(kana, "kana"),
        }
        if asking and not need:
            print(labels["need"])
        data["needs"] = list(need or ()) or asked("", "need").split()
        data["support_level"] = list(level or ()) or asked("", "level").split()
        data["summary"] = asked(summary, "summary")
        number, place = asked(phone, "phone"), asked(address, "address")
        data["phones"] = [{"number": number}] if number else []
        data["location"] = {"address": place} if place else {}
        office = asked(by, "by")
        if office:
            way = asked(method, "method") or "電話"
            data |= {"verified_on": clock.today(today).isoformat(), "verified_by": office, "verify_method": way}
        return new_record(site, data, record_id)[1]

    _plan_and_write(root, language, made)
    print(ui("new_next", language))


def doctor(
    root: AtRoot = Path(),
    publish: Annotated[
        bool, typer.Option("--publish", help="公開の前に残っていることがあれば 1 で終わります。")
    ] = False,
    language: Lang = Language.JA,
    today: Today = None,
) -> None:
    """道具とサイトの具合、公開の前に残っていることを知らせます（直すところがあれば 1）。"""
    from tsunagite.check.load import load
    from tsunagite.editing.doctor import Found, examine
    from tsunagite.editing.readiness import empty_facts, open_points

    def show(found: Found) -> None:
        mark = ui("doctor_bad" if found.bad else "doctor_note" if found.note else "doctor_good", language)
        print(f"{mark} {ui('doctor_' + found.key, language, **found.values)}")

    sick = left = 0
    for found in examine(root):
        sick += found.bad
        show(found)
    if (root / "resources").is_dir():
        loaded = load(root, clock.today(today))
        points = [*open_points(root, loaded.directory, loaded.findings)]
        print(ui("doctor_before" if points else "doctor_ready", language, count=len(points)))
        for point in points:
            show(point)
        facts = [*empty_facts(loaded.directory)]
        print(ui("doctor_facts" if facts else "doctor_facts_ready", language, count=len(facts)))
        for fact in facts:
            show(fact)
        left = len(points)
    raise typer.Exit(1 if sick or (publish and left) else 0)


def upgrade(
    root: AtRoot = Path(),
    apply: Annotated[bool, typer.Option("--apply", help="見せるだけでなく、書きかえます。")] = False,
    language: Lang = Language.JA,
) -> None:
    """新しい版に合わせて変わるところを、前とのちがいで見せます（--apply で書きます）。書いた内容と注釈は残ります。"""
    from tsunagite import __version__
    from tsunagite.editing.upgrade import plan_upgrade
    from tsunagite.records.yaml.staged_files import write_files

    plan = plan_upgrade(root)
    for step in plan.steps:
        print(ui(f"upgrade_{step.why}", language, file=step.name))
        print(step.diff())
    if not plan.files:
        print(ui("upgrade_nothing", language, version=__version__))
        return
    if not apply:
        print(ui("upgrade_waits", language, count=len(plan.files)))
        return
    write_files(root, plan.files)
    for name in plan.files:
        print(ui("file_written", language, file=name))


def ids(
    root: AtRoot = Path(),
    write: Annotated[
        bool,
        typer.Option(
            "--write",
            help="使った ID の控え（resources/ids.txt）を書きます。記録のない ID には、なくした印（gone）を付けます。",
        ),
    ] = False,
    language: Lang = Language.JA,
) -> None:
    """記録がなくなった ID を知らせます。ID は QR コードになっているので、使い回さず、ページも残します。"""
    from tsunagite.check.load import load
    from tsunagite.records.load.past_ids import LEDGER, ledger_text
    from tsunagite.records.yaml.staged_files import write_files

    directory = load(root, clock.today(), with_history=True).directory
    for record_id in directory.gone:
        print(ui("ids_given_up" if record_id in directory.past.given_up else "ids_lost", language, id=record_id))
    print(ui("ids_summary", language, live=len(directory.resources), gone=len(directory.gone)))
    if write:
        kept = (
            directory.past.ledger or {}
        ).keys() - directory.gone.keys()  # an id whose file cannot be read stays as it was
        live = {resource.id for resource in directory.resources.values() if not resource.sample}
        write_files(root, {LEDGER: ledger_text(live | kept, directory.gone)})
        print(ui("file_written", language, file=LEDGER))
