"""tsunagite ci inbox: workbooks, lists and worksheets dropped into inbox/ of real repositories become changes, each file whole or not at all."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml

from mini_sites import TODAY
from publishing.city_repository import City
from small_site import resource, site_view
from tsunagite.editing.books.run import export_books
from tsunagite.editing.duties.write import export_duties
from tsunagite.editing.starter import starter_text
from tsunagite.publishing.inbox import InboxRun, Sort, take_inbox
from tsunagite.publishing.inbox_text import as_description
from tsunagite.records.load.vocabularies import built_in_vocabularies
from tsunagite.records.load.worksheets import built_in_sheets
from tsunagite.worksheets.book import book_of
from tsunagite.worksheets.book_files import workbook_of
from tsunagite.worksheets.importing.run import import_files

SITE = {"municipality": "見本市", "prefecture": "見本県", "area": "mihon", "shared_troubles": True}
AREAS = {
    "records": [
        {"id": "mihon", "name": "見本市", "name_kana": "みほんし", "level": "市"},
        {"id": "kita", "name": "北", "name_kana": "きた", "level": "地区", "parent": "mihon"},
    ]
}
AED = "全国地方公共団体コード,ID,地方公共団体名,名称,名称_カナ,所在地_連結表記,設置位置,緯度,経度\n,a1,見本市,見本会館,ミホンカイカン,見本市本町1,玄関,34.0,134.0\n"
Change = Callable[[Any], None]


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with two clubs, a window and its table, and the workbooks of all of it below books/."""
    folder = tmp_path_factory.mktemp("inbox") / "town"
    records = [
        resource("aozora") | {"name": "あおぞら会"},
        resource("hidamari") | {"name": "ひだまり会"},
        resource("east", kind="地域包括支援センター", service_areas=["mihon"]) | {"name": "東センター"},
    ]
    records = [record | {"location": {"address": "見本市桜町1"}} for record in records]
    duty = {
        "id": "support-centers",
        "title": "地域包括の担当",
        "sample": True,
        "rows": [{"window": "east", "areas": ["kita"]}],
    }
    site_view(folder, *records, site=SITE, areas__all=AREAS, contact__duties__support=duty)
    (folder / "content").mkdir()
    (folder / "content" / "about.md").write_text("# このサイトについて\n", encoding="utf-8")
    (folder / ".gitignore").write_text(starter_text("gitignore") + "/books/\n", encoding="utf-8")
    (folder / "books").mkdir()
    export_books(folder, folder / "books" / "records.xlsx", TODAY)
    export_duties(folder, folder / "books" / "duties.xlsx", TODAY)
    sheet = next(one for one in built_in_sheets() if one.id == "community-issues")
    book = openpyxl.load_workbook(io.BytesIO(workbook_of(book_of(sheet, None, built_in_vocabularies()))))
    for title, written in {"題": "坂の上の買い物", "書いた日": "2026-11-01", "書いたところ": "見本会議"}.items():
        next(row[1] for row in book["はじめに"].iter_rows() if row[0].value == title).value = written
    book.worksheets[1]["A4"].value = "雨の日は店まで歩けない"
    book.save(folder / "books" / "worksheet.xlsx")
    city = City(folder)
    city.git("init", "-q", "-b", "main")
    city.commit("begin")
    return folder


@pytest.fixture
def city(town: Path, tmp_path: Path) -> City:
    city = City(Path(shutil.copytree(town, tmp_path / "city")))
    (city.folder / "inbox").mkdir()
    return city


def drop(city: City, name: str, content: bytes | str) -> None:
    (city.folder / "inbox" / name).write_bytes(content.encode() if isinstance(content, str) else content)


def book(city: City, name: str, change: Change = lambda _: None) -> bytes:
    """A workbook of the town after a person's edits."""
    workbook = openpyxl.load_workbook(city.folder / "books" / f"{name}.xlsx")
    change(workbook)
    result = io.BytesIO()
    workbook.save(result)
    return result.getvalue()


def setting(record_id: str, title: str, value: str) -> Change:
    """An edit of one cell of a workbook of records."""

    def change(workbook: Any) -> None:
        for sheet in workbook.worksheets:
            header = next((row for row in sheet.iter_rows(max_row=10) if any(cell.value == "ID" for cell in row)), ())
            columns = {cell.value: cell.column for cell in header}
            for row in sheet.iter_rows() if title in columns and sheet.sheet_state == "visible" else ():
                if row[columns["ID"] - 1].value == record_id:
                    sheet.cell(row[0].row, columns[title]).value = value

    return change


def take(city: City) -> tuple[InboxRun, str]:
    run = take_inbox(city.folder, TODAY)
    return run, as_description(run)


def record(city: City, name: str) -> str:
    return (city.folder / "resources" / f"{name}.yml").read_text(encoding="utf-8")


def names_in(city: City, folder: str = "inbox") -> list[str]:
    return sorted(path.name for path in (city.folder / folder).iterdir())


def test_each_sort_of_file_is_known_by_what_it_holds_and_becomes_records(city: City) -> None:
    drop(city, "電話を直した 記録.xlsx", book(city, "records", setting("aozora", "電話1", "087-839-2822")))
    drop(city, "b.XLSX", book(city, "duties", lambda one: one["地域包括の担当"].append(["東センター", "市全体"])))
    drop(city, "用紙", book(city, "worksheet"))
    drop(city, "見本市_aed.csv", AED)
    run, text = take(city)
    assert [(one.file, one.sort, one.findings if not one.done else ()) for one in run.files] == [
        ("b.XLSX", Sort.DUTIES, ()), ("用紙", Sort.WORKSHEET, ()), ("見本市_aed.csv", Sort.LIST, ()), ("電話を直した 記録.xlsx", Sort.RECORDS, ()),
    ]  # fmt: skip
    assert names_in(city) == ["done"]
    assert names_in(city, "inbox/done") == [
        f"2026-11-22-{name}" for name in ("b.XLSX", "用紙", "見本市_aed.csv", "電話を直した 記録.xlsx")
    ]
    assert "087-839-2822" in record(city, "clubs/aozora")
    assert yaml.safe_load(record(city, "contact/duties/support"))["rows"] == [
        {"window": "east", "areas": ["kita"]},
        {"window": "east"},
    ]
    assert "坂の上の買い物" in record(city, "worksheets/community-issues/community-issues-2026-11-01")
    assert "取り込んだファイル 4、もどしたファイル 0" in text
    assert "| あおぞら会 | 電話 | 087-839-2811 | 087-839-2822 |" in text
    assert "見本会館" in text


def test_a_number_corrected_in_a_dropped_workbook_stands_on_the_page_that_is_published_after_the_merge(
    city: City, tmp_path: Path, tsunagite: Callable[..., Any]
) -> None:
    (city.folder / "mkdocs.yml").write_text(starter_text("mkdocs.yml"), encoding="utf-8")
    city.commit("begin to publish")
    city.git("switch", "-q", "-c", "inbox")
    drop(city, "直し.xlsx", book(city, "records", setting("aozora", "電話1", "087-839-2822")))
    assert all(one.done for one in take(city)[0].files)
    city.commit("take inbox/ in")
    city.git("switch", "-q", "main")
    city.git("merge", "-q", "--no-ff", "-m", "merge", "inbox")
    published = tmp_path / "published"
    city.git("clone", "-q", "--local", str(city.folder), str(published))
    assert tsunagite("build", published, "--today", "2026-11-22").code == 0
    page = (published / "site/r/aozora/index.html").read_text(encoding="utf-8")
    assert 'href="tel:+81878392822"' in page


def test_a_file_with_a_mistake_stays_whole_with_its_cell_named_and_the_others_go_in(city: City) -> None:
    def spoil(workbook: Any) -> None:
        setting("aozora", "電話1", "087-839-2822")(workbook)
        setting("hidamari", "電話1", "087-000-0001")(
            workbook
        )  # only for made-up records: a rule of check, whose earlier answer is kept

    drop(city, "a.xlsx", book(city, "records", spoil))
    drop(city, "b.xlsx", book(city, "duties", lambda one: one["地域包括の担当"].append(["ない窓口", "北地区"])))
    drop(city, "c.xlsx", book(city, "records", setting("hidamari", "電話1", "087-839-2833")))
    drop(
        city, "d.xlsx", book(city, "records", setting("hidamari", "電話1", "087-839-2844"))
    )  # the same value: nobody writes over the other
    before = record(city, "clubs/aozora")
    run, text = take(city)
    assert [(one.file, bool(one.done)) for one in run.files] == [
        ("a.xlsx", False),
        ("b.xlsx", False),
        ("c.xlsx", True),
        ("d.xlsx", False),
    ]
    assert record(city, "clubs/aozora") == before
    assert "087-839-2833" in record(city, "clubs/hidamari")
    assert names_in(city) == ["a.xlsx", "b.xlsx", "d.xlsx", "done"]
    [row] = [line for line in text.splitlines() if "087-000-0001" in line]
    assert row.startswith("| 通いの場・住民活動!")
    assert "| 地域包括の担当!\u200bA103 |" in text
    assert "087-839-2844" in text


def test_what_is_no_file_to_take_in_is_named_with_its_reason_and_changes_nothing(city: City) -> None:
    drop(city, "~$記録.xlsx", b"lock")
    drop(city, "写真.jpg", b"\xff\xd8\xff\xe0 a picture")
    drop(city, "empty.csv", b"")
    drop(city, "damaged.xlsx", book(city, "records")[:3000])
    drop(city, "unknown.csv", "列あ,列い\n1,2\n3,4\n")
    (city.folder / "inbox" / "huge.csv").write_bytes(b"")
    os.truncate(city.folder / "inbox" / "huge.csv", 50_000_001)
    (city.folder / "inbox" / "link.csv").symlink_to(city.folder / "mkdocs.yml")
    (city.folder / "inbox" / "folder").mkdir()
    drop(city, "README.md", "使い方")
    city.git("add", "resources")
    run, text = take(city)
    told = {one.file: one.reason or [found.code for found in one.findings] for one in run.files}
    assert told == {
        "~$記録.xlsx": "lock", "写真.jpg": "unknown", "empty.csv": "empty", "damaged.xlsx": ["I151"], "unknown.csv": ["I187"], "huge.csv": ["I102"],
        "link.csv": "link", "folder": "folder",
    }  # fmt: skip
    assert run.difference is None
    assert city.git("status", "--porcelain", "resources") == ""
    assert "技術の担当に、読み方" in text
    assert "--mapping" not in text


def test_a_worksheet_that_is_there_already_is_refused_until_its_name_says_to_replace_it(city: City) -> None:
    assert import_files(city.folder, [city.folder / "books/worksheet.xlsx"], dry_run=False).exit_code == 0
    other = book(
        city,
        "worksheet",
        lambda one: setattr(
            next(row[1] for row in one["はじめに"].iter_rows() if row[0].value == "題"), "value", "直した題"
        ),
    )
    drop(city, "用紙.xlsx", other)
    run, text = take(city)
    assert [[found.code for found in one.findings] for one in run.refused] == [["I414"]]
    assert "「差しかえ」と付けて" in text
    (city.folder / "inbox/用紙.xlsx").rename(city.folder / "inbox/差しかえ_用紙.xlsx")
    run, text = take(city)
    assert run.refused == ()
    assert "直した題" in record(city, "worksheets/community-issues/community-issues-2026-11-01")
    for _ in range(2):  # the same again on the same day: nothing changes, and no file that was moved is lost
        drop(city, "用紙.xlsx", other)
        assert take(city)[0].difference is None
    assert names_in(city, "inbox/done") == [
        "2026-11-22-差しかえ_用紙.xlsx",
        "2026-11-22-用紙-2.xlsx",
        "2026-11-22-用紙.xlsx",
    ]


def shell(city: City, script: str, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", "-eo", "pipefail", "-c", script],
        cwd=city.folder,
        env={**os.environ, **env},
        check=False,
        capture_output=True,
        text=True,
    )


def clone(city: City, name: str) -> City:
    city.git("clone", "-q", str(city.folder.parent / "remote.git"), str(city.folder.parent / name))
    return City(city.folder.parent / name)


@pytest.fixture
def pushed(city: City) -> tuple[City, dict[str, str]]:
    """A clone of the remote to which somebody has just pushed a good and a bad file, and what a forge tells its steps."""
    city.git("clone", "-q", "--bare", str(city.folder), str(city.folder.parent / "remote.git"))
    staff = clone(city, "staff")
    before = staff.git("rev-parse", "HEAD")
    (staff.folder / "inbox").mkdir()
    shutil.copytree(city.folder / "books", staff.folder / "books")
    drop(staff, "直し.xlsx", book(city, "records", setting("aozora", "電話1", "087-839-2822")))
    drop(staff, "壊れた.xlsx", b"PK\x03\x04")
    staff.git("config", "core.excludesFile", "/dev/null")
    staff.commit("put files")
    staff.git("push", "-q", "origin", "main")
    bin_folder = city.folder.parent / "bin"
    bin_folder.mkdir()
    (bin_folder / "gh").write_text('#!/bin/sh\necho "$@" >> "$GH_LOG"\n', encoding="utf-8")
    (bin_folder / "gh").chmod(0o755)
    env = {
        "PATH": f"{bin_folder}:{Path(sys.executable).parent}:{os.environ['PATH']}",
        "GH_LOG": str(city.folder.parent / "gh.log"),
    }
    sha = staff.git("rev-parse", "HEAD")
    env |= {
        "GITHUB_SHA": sha,
        "CI_COMMIT_SHA": sha,
        "CI_COMMIT_SHORT_SHA": sha[:8],
        "BEFORE": before,
        "CI_COMMIT_BEFORE_SHA": before,
    }
    env |= {
        "GITHUB_REF_NAME": "main",
        "CI_DEFAULT_BRANCH": "main",
        "CI_PROJECT_URL": str(city.folder.parent / "remote"),
        "RESULT": "failure",
        "SOURCE_DATE_EPOCH": "1795305600",
    }
    return clone(city, "runner"), env


def proposed(city: City, branch: str) -> City:
    """A clone of the branch that the workflow pushed."""
    other = clone(city, "reviewer")
    other.git("checkout", "-q", branch)
    return other


def test_the_steps_for_github_make_a_branch_that_holds_the_change_and_leave_the_refused_file(
    pushed: tuple[City, dict[str, str]],
) -> None:
    runner, env = pushed
    workflow = yaml.safe_load(starter_text("inbox-github.yml"))
    assert {name: job.get("permissions") for name, job in workflow["jobs"].items()} == {
        "read": None,
        "propose": {"contents": "write", "pull-requests": "write"},
    }
    read, [propose] = (
        [step["run"] for step in workflow["jobs"][name]["steps"] if "run" in step] for name in ("read", "propose")
    )
    results = [shell(runner, step, env).returncode for step in read if "pip install" not in step]
    assert results == [
        1,
        0,
        1,
    ]  # the step itself (which goes on), the commit, and the last one that tells of the refused file
    other = clone(runner, "proposer")
    for name in ("inbox.md", "inbox.bundle"):
        shutil.copy(runner.folder / name, other.folder / name)
    done = shell(other, propose, env)
    assert done.returncode == 0, done.stderr
    branch = f"inbox-{env['GITHUB_SHA'][:10]}"
    assert f"pr create --head {branch} --base main" in Path(env["GH_LOG"]).read_text(encoding="utf-8")
    there = proposed(runner, branch)
    assert "087-839-2822" in record(there, "clubs/aozora")
    assert sorted(there.git("-c", "core.quotePath=off", "diff", "--name-status", "--no-renames", "origin/main", "HEAD").splitlines()) == [
        "A\tinbox/done/2026-11-22-直し.xlsx", "D\tinbox/直し.xlsx", "M\tresources/clubs/aozora.yml",
    ]  # fmt: skip
    assert "壊れた.xlsx" in (runner.folder / "inbox.md").read_text(encoding="utf-8")


def test_the_steps_for_gitlab_push_a_branch_whose_message_is_the_description(
    pushed: tuple[City, dict[str, str]],
) -> None:
    runner, env = pushed
    runner.git("--git-dir", str(runner.folder.parent / "remote.git"), "config", "receive.advertisePushOptions", "true")
    stub = Path(env["PATH"].partition(":")[0]) / "tsunagite"
    stub.write_text(
        '#!/bin/sh\necho "$@" >> "$GH_LOG"\nprintf "### x\\n" > inbox.md\ngit mv inbox/直し.xlsx inbox/done.xlsx\nexit 1\n',
        encoding="utf-8",
    )
    stub.chmod(0o755)
    jobs = yaml.safe_load(starter_text("gitlab.yml"))
    assert shell(runner, "\n".join(jobs["inbox-read"]["script"]), env).returncode == 1
    assert Path(env["GH_LOG"]).read_text(encoding="utf-8") == f"ci inbox --since {env['BEFORE']}\n"
    done = shell(runner, "\n".join(jobs["inbox-propose"]["script"]), env)
    assert done.returncode == 0, done.stderr
    there = proposed(runner, f"inbox-{env['CI_COMMIT_SHORT_SHA']}")
    assert names_in(there) == ["done.xlsx", "壊れた.xlsx"]
    assert there.git("log", "-1", "--format=%B") == "inbox/ のファイルを取り込む\n\n### x"


def test_only_files_that_came_with_the_push_are_looked_at(city: City, tsunagite: Callable[..., Any]) -> None:
    drop(city, "old.csv", "列あ,列い\n1,2\n")
    before = city.commit("put a list nobody can read")
    drop(city, "new.csv", "列あ,列い\n1,2\n")
    city.commit("put another")
    words = ("ci", "inbox", "--root", city.folder, "--out", city.folder / "inbox.md", "--today", "2026-11-22")
    shown = {}
    for since in (before, "0" * 40, ""):  # "0…": a push that forced the branch, or made it
        assert tsunagite(*words, "--since", since).code == 1
        text = (city.folder / "inbox.md").read_text(encoding="utf-8")
        shown[since] = [name for name in ("old.csv", "new.csv") if name in text]
    assert list(shown.values()) == [["new.csv"], ["old.csv", "new.csv"], ["old.csv", "new.csv"]]
