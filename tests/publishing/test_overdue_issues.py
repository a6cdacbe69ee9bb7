"""One issue for each owner: opened, brought up to date, closed; and what handed-out papers say that is no longer true."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
import yaml

from small_site import TODAY, resource, site_view
from system_tools import missing_tools
from tsunagite.cli import app
from tsunagite.editing.starter import starter_text
from tsunagite.engine.assemble import Views
from tsunagite.papers.print_runs import print_run_views
from tsunagite.publishing.links import LinkState
from tsunagite.publishing.overdue import Issue, overdue_issues, plan_issues

FORMER = {"verified_on": "2025-03-01"}
BROKEN = {"https://salon.example/": LinkState(["2026-11-01", "2026-11-02", "2026-11-05"], "HTTP 404", "2026-11-05")}


def club(record_id: str, name: str, **fields: Any) -> dict[str, Any]:
    return resource(record_id, **fields) | {"name": name}


def issues_of(site: Views, day: date, links: dict[str, LinkState] | None = None) -> tuple[Issue, ...]:
    runs = print_run_views(site.papers.source)
    return overdue_issues(site.directory, day, "owner", links=links or {}, runs=runs)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Views:
    run = {
        "id": "meet-2026-11-01", "pamphlet": "meet", "printed_on": "2026-11-01", "copies": 300, "placed_at": ["桜町会館 300部"],
        "records": [{"id": "late", "name": "ひだまり会", "phones": ["087-839-2346"], "place": "高松市桜町一丁目9-12", "hours": ""}],
    }  # fmt: skip
    return site_view(
        tmp_path_factory.mktemp("issues") / "site",
        club("late", "ひだまり会", organization="council", fee={"type": "有料", "amount": 300}, **FORMER),
        club("web", "海辺の会", organization="council", url="https://salon.example/"),
        club("alone", "ひとり会", **FORMER),
        site={"site_url": "https://town.example/"},
        organizations__council={"id": "council", "name": "桜町社協", "type": "社会福祉協議会"},
        pamphlets__meet={
            "id": "meet",
            "title": "集まり",
            "layout": "困りごとの一枚",
            "needs": ["居場所・仲間"],
            "large": False,
        },
        **{"pamphlets__prints__meet-2026-11-01": run},
    )


def test_each_owner_has_one_issue_with_whom_to_call_and_which_addresses_are_broken(site: Views) -> None:
    issues = issues_of(site, TODAY, BROKEN)
    assert [issue.title for issue in issues] == [
        "確認：桜町社協",
        "確認：団体の書かれていない記録",
        "確認：配った紙で、いまとちがうところ",
    ]
    council = issues[0].body
    assert "| [ひだまり会](https://town.example/r/late/) | ひだまり会 087-839-2811 |" in council
    assert (
        "| [海辺の会](https://town.example/r/web/) | https://salon.example/ | ページがありません（404） | 2026年11月1日 |"
        in council
    )
    assert "ひとり会" not in council
    assert (
        "| 集まり | 2026年11月1日 | 300部 | 桜町会館 300部 | ひだまり会 | 電話：087-839-2346 → 087-839-2811 |"
        in issues[2].body
    )


def test_in_april_fees_and_guides_of_before_are_asked_about_and_not_in_other_months(site: Views) -> None:
    april = issues_of(site, date(2027, 4, 2))
    assert [issue.title for issue in april][-1] == "確認：2027年度の料金と手引き"
    assert "| ひだまり会 | 料金 | 2025年3月1日 |" in april[-1].body
    assert "確認：2027年度の料金と手引き" not in [issue.title for issue in issues_of(site, date(2027, 6, 2))]


def test_an_open_issue_is_edited_only_where_it_differs_and_closed_when_all_is_done(site: Views) -> None:
    issues = issues_of(site, TODAY)
    same, other, done = issues[0], issues[1], "<!-- tsunagite-overdue 0123456789ab -->\n\nold"
    github = [
        {"number": 4, "title": same.title, "body": same.body.replace("\n", "\r\n")}, {"number": 5, "title": other.title, "body": other.body.splitlines()[0] + "\n\nold"},
        {"number": 6, "title": "x", "body": done}, {"number": 7, "title": same.title, "body": same.body}, {"number": 8, "title": "from a reader", "body": f"see {done}"},
    ]  # fmt: skip
    plan = plan_issues(issues, github)
    assert ([issue.title for issue in plan.create], [number for number, _ in plan.edit], plan.close) == (
        [issues[2].title],
        [5],
        (6, 7),
    )
    gitlab = [{"iid": row["number"], "title": row["title"], "description": row["body"]} for row in github]
    assert plan_issues(issues, gitlab) == plan


def test_copies_that_show_somebody_who_may_stand_on_the_web_alone_are_told_to_be_wrong(tmp_path: Path) -> None:
    web = {"basis": "written", "on": "2026-01-01", "scope": ["web"]}
    view = site_view(
        tmp_path,
        club("late", "ひだまり会", consent=web),
        pamphlets__meet={"id": "meet", "title": "集まり", "layout": "困りごとの一枚", "large": False},
        **{
            "pamphlets__prints__meet-2026-11-01": {
                "id": "meet-2026-11-01",
                "pamphlet": "meet",
                "printed_on": "2026-11-01",
                "copies": 300,
                "records": [{"id": "late", "name": "ひだまり会", "phones": [], "place": "", "hours": ""}],
            }
        },
    )
    [issue] = issues_of(view, TODAY)
    assert "いまは、このサイトにのせていません。" in issue.body


def test_the_command_writes_a_file_for_each_step_of_the_workflow(
    site: Views, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "site"
    site_view(folder, club("late", "ひだまり会", **FORMER))
    (tmp_path / "open.json").write_text(
        json.dumps([{"number": 6, "title": "x", "body": "<!-- tsunagite-overdue 0123456789ab -->"}]), encoding="utf-8"
    )
    words = [
        "ci",
        "overdue",
        "--open",
        str(tmp_path / "open.json"),
        "--out",
        str(tmp_path / "issues"),
        "--root",
        str(folder),
        "--today",
        "2026-11-22",
    ]
    monkeypatch.setattr(sys, "argv", ["tsunagite", *words])
    with pytest.raises(SystemExit) as end:
        app.main()
    assert not end.value.code
    names = sorted(path.name for path in (tmp_path / "issues").iterdir())
    assert [name.partition("-")[0] for name in names] == ["close", "create", "create"]
    assert names[0] == "close-6"
    assert (tmp_path / "issues" / names[2]).read_text(encoding="utf-8") == "確認：団体の書かれていない記録"
    assert "新しいお知らせ 1、書きかえるお知らせ 0、閉じるお知らせ 1。" in capsys.readouterr().out


class _Forge(BaseHTTPRequestHandler):
    """Answers as GitLab's API of issues does: two open issues, on two pages; notes what it is asked to change."""

    asked: list[tuple[str, str, dict[str, list[str]]]]

    def do_GET(self) -> None:
        number = 4 if self.path.endswith("page=1") else 9
        answer = json.dumps(
            [{"iid": number, "title": "x", "description": f"<!-- tsunagite-overdue {number:012x} -->"}]
        ).encode()
        self.send_response(200 if self.headers["PRIVATE-TOKEN"] == "secret" else 401)
        self.send_header("X-Next-Page", "2" if number == 4 else "")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def do_POST(self) -> None:
        said = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self.asked.append((self.command, self.path, said))
        self.send_response(200 if self.headers["PRIVATE-TOKEN"] == "secret" else 401)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_PUT(self) -> None:
        self.do_POST()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base class's
        """Print no line for a request."""


@pytest.fixture
def forge() -> Iterator[ThreadingHTTPServer]:
    _Forge.asked = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Forge)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()


def test_the_steps_for_gitlab_open_an_issue_and_close_those_of_every_page_that_are_done(
    forge: ThreadingHTTPServer, tmp_path: Path
) -> None:
    assert not missing_tools(), missing_tools()
    site_view(tmp_path / "site", club("late", "ひだまり会", **FORMER))
    links, steps = yaml.safe_load(starter_text("gitlab.yml"))["overdue"]["script"]
    assert links == "tsunagite ci links"
    env = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "CI_API_V4_URL": f"http://127.0.0.1:{forge.server_port}",
        "CI_PROJECT_ID": "7",
        "ISSUES_TOKEN": "secret",
    }
    done = subprocess.run(
        ["bash", "-eo", "pipefail", "-c", steps],
        cwd=tmp_path / "site",
        env=env,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert [(how, where) for how, where, _ in _Forge.asked] == [
        ("POST", "/projects/7/issues"), ("POST", "/projects/7/issues/4/notes"), ("PUT", "/projects/7/issues/4"), ("POST", "/projects/7/issues/9/notes"), ("PUT", "/projects/7/issues/9"),
    ]  # fmt: skip
    created = _Forge.asked[0][2]
    assert (created["title"], created["labels"]) == (["確認：団体の書かれていない記録"], ["tsunagite-overdue"])
    assert "ひだまり会 087-839-2811" in created["description"][0]
    assert _Forge.asked[2][2] == {"state_event": ["close"]}
    assert not (tmp_path / "site" / "token.header").exists()
