"""Checks the addresses outside of the site politely, and remembers on which days they failed.

One request at a time; a pause between requests to one host; HEAD first, GET where a host does not answer HEAD; robots.txt is respected.
An address counts as broken only after it failed on three different days: hosts have bad days.
"""

from __future__ import annotations

import http.client
import json
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from tsunagite.records.directory import Directory
from tsunagite.records.yaml.staged_files import write_whole

DAYS = 3
"""On so many different days an address must have failed, with no success between them."""
TIMEOUT = 20.0
"""Seconds that a host has to answer."""
PAUSE = 2.0
"""Seconds between two requests to one host; robots.txt may ask for more."""
LONGEST_PAUSE = 30.0
AGENT = "tsunagite-link-check"
_ASK_WITH_GET = frozenset((400, 403, 404, 405, 406, 429, 500, 501, 503))
"""Answers to HEAD that some hosts give although the page is there."""
_NOT_BROKEN = frozenset((401, 403, 429, 503))
"""Answers of a host that does not want to be asked by a program, or not now: nothing is known of the page."""


@dataclass
class LinkState:
    """What is known of an address: the days on which it failed since it last answered, the last failure, the day it was last asked."""

    failed: list[str] = field(default_factory=list)
    reason: str = ""
    asked: str = ""

    @property
    def is_broken(self) -> bool:
        """Whether it failed on enough days."""
        return len(self.failed) >= DAYS


def addresses(directory: Directory) -> dict[str, list[str]]:
    """Return every address outside of the site that a published record names, with the ids of the records."""
    found: dict[str, list[str]] = {}
    for resource in directory.listed:
        for url in (resource.url, resource.form_url):
            if url and not resource.sample:
                found.setdefault(str(url), []).append(resource.id)
    return found


def read_history(path: Path) -> dict[str, LinkState]:
    """Return what earlier runs found; nothing where there is no file, or a damaged one."""
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        return {
            str(url): LinkState([str(day) for day in row["failed"]], str(row["reason"]), str(row["asked"]))
            for url, row in rows.items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def write_history(path: Path, history: Mapping[str, LinkState]) -> None:
    """Write what is known of every address."""
    rows = {
        url: {"failed": state.failed, "reason": state.reason, "asked": state.asked}
        for url, state in sorted(history.items())
    }
    write_whole(path, json.dumps(rows, ensure_ascii=False, indent=1) + "\n")


def check_links(
    urls: Iterable[str], history: Mapping[str, LinkState], today: date, most: int, visit: Callable[[str], str | None]
) -> dict[str, LinkState]:
    """Ask for addresses, those longest not asked first, at most ``most``; return what is known of all now. Addresses that are gone are forgotten.

    ``visit`` returns "" for an address that answers, why it failed, or None where it was not asked or nothing is known.
    """
    known = {url: history.get(url, LinkState()) for url in urls}
    day = today.isoformat()
    for url in sorted((url for url in known if known[url].asked != day), key=lambda url: (known[url].asked, url))[
        :most
    ]:
        found = visit(url)
        state = known[url]
        if found is None:
            known[url] = LinkState(state.failed, state.reason, day)
        elif found:
            known[url] = LinkState([*state.failed, day][-DAYS:], found, day)
        else:
            known[url] = LinkState([], "", day)
    return known


class Visitor:
    """Asks hosts for addresses, each host one request at a time with a pause."""

    def __init__(self, pause: float = PAUSE, timeout: float = TIMEOUT) -> None:
        self._pause, self._timeout = pause, timeout
        self._robots: dict[str, RobotFileParser | None] = {}
        self._last: dict[str, float] = {}

    def visit(self, url: str) -> str | None:
        """Return "" where an address answers, why it failed, None where its host does not want it to be asked or says nothing about it."""
        parts = urlsplit(url)
        host = f"{parts.scheme}://{parts.netloc}"
        robots = self._rules_of(host)
        if robots is not None and not robots.can_fetch(AGENT, url):
            return None
        code, reason = self._ask(url, "HEAD", host)
        if code in _ASK_WITH_GET or (code == 0 and reason == "closed"):
            code, reason = self._ask(url, "GET", host)
        if code in _NOT_BROKEN:
            return None
        return "" if 200 <= code < 400 else reason

    def _rules_of(self, host: str) -> RobotFileParser | None:
        if host not in self._robots:
            parser = RobotFileParser()
            try:
                with self._open(f"{host}/robots.txt", "GET", host) as answer:
                    parser.parse(answer.read(500_000).decode("utf-8", "replace").splitlines())
                self._robots[host] = parser
            except (OSError, http.client.HTTPException, ValueError):
                self._robots[host] = None
        return self._robots[host]

    def _ask(self, url: str, method: str, host: str) -> tuple[int, str]:
        """Return the answer's number and what to tell of it; the number is 0 where there was none."""
        try:
            with self._open(url, method, host) as answer:
                return answer.status, str(answer.status)
        except urllib.error.HTTPError as problem:
            return problem.code, f"HTTP {problem.code}"
        except urllib.error.URLError as problem:
            return 0, "certificate" if isinstance(problem.reason, ssl.SSLError) else "timeout" if isinstance(
                problem.reason, TimeoutError
            ) else "no_host"
        except TimeoutError:
            return 0, "timeout"
        except (OSError, http.client.HTTPException, ValueError):
            return 0, "closed"

    def _open(self, url: str, method: str, host: str) -> http.client.HTTPResponse:
        wait = self._last.get(host, -LONGEST_PAUSE) + self._pause_of(host) - time.monotonic()
        if host in self._last and wait > 0:
            time.sleep(wait)
        try:
            request = urllib.request.Request(url, method=method, headers={"User-Agent": AGENT, "Accept": "*/*"})  # noqa: S310 - records hold http(s) alone
            answer: http.client.HTTPResponse = urllib.request.urlopen(request, timeout=self._timeout)  # noqa: S310 - the same
            return answer
        finally:
            self._last[host] = time.monotonic()

    def _pause_of(self, host: str) -> float:
        robots = self._robots.get(host)
        asked = robots.crawl_delay(AGENT) if robots is not None else None
        return max(self._pause, min(float(asked), LONGEST_PAUSE)) if asked else self._pause


def broken(directory: Directory, history: Mapping[str, LinkState]) -> Iterator[tuple[str, str, LinkState]]:
    """Yield (id of the record, address, state) of every address of a record that failed on enough days."""
    for url, ids in addresses(directory).items():
        if (state := history.get(url)) and state.is_broken:
            yield from ((record_id, url, state) for record_id in ids)
