"""Addresses outside of the site: asked politely, and broken only after three different days. Everything here is on this machine."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tsunagite.publishing.links import LinkState, Visitor, check_links, read_history, write_history

DAY = date(2026, 11, 1)


class Host(BaseHTTPRequestHandler):
    seen: list[str]

    def do_HEAD(self) -> None:
        self.answer("HEAD")

    def do_GET(self) -> None:
        self.answer("GET")

    def answer(self, method: str) -> None:
        type(self).seen.append(f"{method} {self.path} {self.headers['User-Agent']}")
        code = {"/robots.txt": 200, "/gone": 404, "/busy": 503, "/moved": 302}.get(self.path, 200)
        if self.path == "/only-get" and method == "HEAD":
            code = 405
        body = b"User-agent: *\nDisallow: /private\n" if self.path == "/robots.txt" else b"x"
        self.send_response(code)
        if code == 302:
            self.send_header("Location", "/here")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if method == "GET":
            self.wfile.write(body)

    def log_message(self, *_words: object) -> None:
        """Say nothing."""


@pytest.fixture
def host() -> Iterator[str]:
    Host.seen = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Host)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_what_answers_what_fails_and_what_nobody_knows_are_told_apart(host: str) -> None:
    visitor = Visitor(pause=0.0)
    found = {
        path: visitor.visit(host + path) for path in ("/here", "/moved", "/only-get", "/gone", "/busy", "/private/page")
    }
    assert found == {
        "/here": "",
        "/moved": "",
        "/only-get": "",
        "/gone": "HTTP 404",
        "/busy": None,
        "/private/page": None,
    }
    asked = [
        line.rsplit(" ", 1)[0] for line in Host.seen if " /here " not in line
    ]  # Pythons differ in how they follow a redirection
    assert asked == [
        "GET /robots.txt",
        "HEAD /moved",
        "HEAD /only-get",
        "GET /only-get",
        "HEAD /gone",
        "GET /gone",
        "HEAD /busy",
        "GET /busy",
    ]
    assert {line.rsplit(" ", 1)[1] for line in Host.seen} == {"tsunagite-link-check"}


def test_a_host_that_is_not_there_is_a_failure() -> None:
    assert Visitor(pause=0.0, timeout=5.0).visit("http://127.0.0.1:9/") == "no_host"


def test_an_address_is_broken_after_three_days_in_which_it_never_answered(tmp_path: Path) -> None:
    answers: dict[date, str | None] = {
        DAY: "HTTP 404",
        DAY + timedelta(1): "HTTP 404",
        DAY + timedelta(2): None,
        DAY + timedelta(3): "timeout",
    }
    file = tmp_path / "cache" / "links.json"
    broken = []
    for day, answer in answers.items():
        for _ in range(2):  # a second run of the same day asks nothing
            known = check_links(["https://a.example/"], read_history(file), day, 10, lambda _url, answer=answer: answer)
            write_history(file, known)
        broken.append(known["https://a.example/"].is_broken)
    assert broken == [False, False, False, True]
    assert read_history(file)["https://a.example/"] == LinkState(
        ["2026-11-01", "2026-11-02", "2026-11-04"], "timeout", "2026-11-04"
    )
    assert (
        check_links(["https://a.example/"], read_history(file), DAY + timedelta(9), 10, lambda _url: "")[
            "https://a.example/"
        ].failed
        == []
    )
    assert check_links([], read_history(file), DAY, 10, lambda _url: "") == {}, (
        "an address that no record has is forgotten"
    )


def test_the_longest_not_asked_are_asked_first_and_a_damaged_history_is_none(tmp_path: Path) -> None:
    history = {
        "https://b.example/": LinkState([], "", "2026-10-01"),
        "https://c.example/": LinkState([], "", "2026-09-01"),
    }
    asked: list[str] = []
    check_links(
        ["https://b.example/", "https://c.example/", "https://new.example/"],
        history,
        DAY,
        2,
        lambda url: asked.append(url) or "",
    )
    assert asked == ["https://new.example/", "https://c.example/"]
    (tmp_path / "links.json").write_text("{", encoding="utf-8")
    assert read_history(tmp_path / "links.json") == {}
