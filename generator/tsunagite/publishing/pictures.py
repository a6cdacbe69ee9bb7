"""`tsunagite ci pictures`: the pages that a change touches, as a reader sees them on a phone. Playwright and a Chromium take them where both are installed."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from html import escape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tsunagite.publishing.pages import PageChanges

MOST = 12
"""Pages that are taken: more nobody looks at, and each takes about a second."""
WIDTH, HEIGHT, LONGEST = 390, 844, 3000
"""Of a phone, and the length at which a long page is cut, in CSS pixels."""
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


class CannotTake(Exception):
    """Raised where Playwright or a Chromium is missing; ``key`` names the sentence in ``[pictures]``."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def pages_to_show(changes: PageChanges, site: Path) -> tuple[str, ...]:
    """Return the addresses of the first MOST pages to look at: records before lists, what changed before what is new."""
    found = (*changes.changed, *changes.added)
    there = [path for path in found if (site / path / "index.html").is_file()]
    return tuple(sorted(there, key=lambda path: not path.startswith("r/"))[:MOST])


def take_pictures(site: Path, paths: Sequence[str], folder: Path) -> list[Path]:
    """Write a picture of each page, and ``index.html`` that shows them side by side; return the files. Raises CannotTake."""
    try:
        from playwright.sync_api import Error, sync_playwright  # noqa: PLC0415 - the program works without it
    except ImportError as problem:
        raise CannotTake("no_playwright") from problem
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    program = next(filter(None, map(shutil.which, CHROMIUM)), None)
    with _served(site) as address, sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(
                executable_path=program, args=["--no-sandbox"]
            )  # pages of this site alone, on a machine for one run
        except Error as problem:
            raise CannotTake("no_chromium") from problem
        context = browser.new_context(
            viewport={"width": WIDTH, "height": HEIGHT},
            locale="ja-JP",
            timezone_id="Asia/Tokyo",
            reduced_motion="reduce",
            service_workers="block",
        )
        context.route(lambda url: not url.startswith(address), lambda route: route.abort())  # no other host is asked
        for number, path in enumerate(paths, start=1):
            page = context.new_page()
            page.goto(address + path, wait_until="load")
            picture = folder / f"{number:02}-{path.strip('/').replace('/', '-') or 'home'}.png"
            height = min(LONGEST, int(page.evaluate("document.documentElement.scrollHeight")))
            page.screenshot(path=picture, full_page=True, clip={"x": 0, "y": 0, "width": WIDTH, "height": height})
            written.append(picture)
            page.close()
        browser.close()
    figures = "".join(
        f'<figure><figcaption>/{escape(path)}</figcaption><img src="{escape(one.name)}" alt=""></figure>'
        for path, one in zip(paths, written, strict=True)
    )
    style = "body{display:flex;flex-wrap:wrap;gap:1rem;font-family:sans-serif}figure{margin:0}img{border:1px solid #999;max-width:390px}"
    (folder / "index.html").write_text(
        f'<!doctype html><html lang="ja"><meta charset="utf-8"><style>{style}</style>{figures}</html>\n',
        encoding="utf-8",
        newline="\n",
    )
    return [*written, folder / "index.html"]


class _Quiet(SimpleHTTPRequestHandler):
    """Serves files and prints nothing."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base class's
        """Print no line for a request."""


@contextmanager
def _served(site: Path) -> Iterator[str]:
    """Serve a site on this machine alone; give its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=site)) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
