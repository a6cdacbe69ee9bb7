"""Take the pictures of README.md and docs/: of the built demonstration (needs `make site` first), of the site that docs/publish/practice.md makes, and of the web editor."""

from __future__ import annotations

import argparse
import io
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote

import markdown
import openpyxl
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

import editor_pages
from chromium import LAUNCH_ARGS, chromium_path  # tests/chromium.py: the Makefile puts tests/ on the path

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
COLOURS = 64  # of a picture: flat pages need no more, and the files stay small in git
# name of the picture, path below the site, width and height in CSS pixels, what must be visible first
DEMONSTRATION = (
    ("home-phone", "index.html", 390, 844, "h1"),
    ("search", f"search/?q={quote('買い物')}", 1280, 900, "main article, main li a[href*='/r/'], main a[href*='r/']"),
)
PRACTICE = (
    ("practice-home", "index.html", 390, 844, "h1"),
    ("practice-kinds", "kinds/", 390, 844, "h1"),
    ("practice-finder", "contact/", 390, 844, "h1"),
)
DROPPED = (
    ("inbox-description", "inbox.html", 900, 900, "h3"),
    ("inbox-record", "r/care-3/", 390, 844, "h1"),
)
NO_SITE = "site/ がありません。先に make site を実行してください。/ There is no site/ yet: run make site first."


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and prints nothing."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base class's
        """Print no line for a request."""


@contextmanager
def shown(site: Path) -> Iterator[tuple[Browser, str]]:
    """Serve a site; give a browser and its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=site))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=LAUNCH_ARGS)
        yield browser, f"http://127.0.0.1:{server.server_port}"
        browser.close()
    server.shutdown()


def open_page(browser: Browser, width: int, height: int) -> Page:
    """Open a page as a reader in Japan sees it."""
    return browser.new_page(
        viewport={"width": width, "height": height}, locale="ja-JP", timezone_id="Asia/Tokyo", reduced_motion="reduce"
    )


def save(page: Page, images: Path, name: str) -> None:
    """Write what a page shows as PNG."""
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    picture.save(images / f"{name}.png", optimize=True)
    print(f"{name}.png: {(images / f'{name}.png').stat().st_size // 1024} KiB")


def take(site: Path, images: Path, shots: Iterable[tuple[str, str, int, int, str]]) -> None:
    """Write one PNG for each of the shots of a site."""
    images.mkdir(parents=True, exist_ok=True)
    with shown(site) as (browser, address):
        for name, path, width, height, visible in shots:
            page = open_page(browser, width, height)
            page.goto(f"{address}/{path}", wait_until="networkidle")
            page.locator(visible).first.wait_for()
            save(page, images, name)
            page.close()


def edit(images: Path, folder: Path) -> None:
    """Take the pictures of docs/publish/web.md: a telephone number is corrected in the web editor."""
    editor_pages.write_editor(folder)
    with shown(folder / "site") as (browser, address):
        page = open_page(browser, 1100, 700)
        page.goto(f"{address}/admin/")
        page.get_by_role("button", name="テストリポジトリで作業").wait_for()
        save(page, images, "web-1-enter")
        editor_pages.enter(page, address)
        page.get_by_role("treeitem", name="通いの場・住民活動").click()
        page.get_by_role("row", name="鶴尾の縁がわ").wait_for()
        save(page, images, "web-2-list")
        editor_pages.open_club(page)
        number = editor_pages.field(page, "電話番号").get_by_role("textbox")
        number.fill("087-839-2812")
        save(page, images, "web-3-field")
        editor_pages.save(page)
        save(page, images, "web-4-saved")


def practised(folder: Path) -> Path:
    """Run the commands of docs/publish/practice.md in a folder and return the site they make."""
    shutil.copytree(ROOT / "docs/publish/practice", folder / "practice")
    page = (ROOT / "docs/publish/practice.md").read_text(encoding="utf-8")
    for line in "".join(re.findall(r"```console\n(.*?)```", page, re.DOTALL)).splitlines():
        subprocess.run(
            [sys.executable, "-m", "tsunagite.cli", *shlex.split(line)[1:]], cwd=folder, check=True, capture_output=True
        )
    return folder / "mihon" / "site"


def dropped(folder: Path) -> Path:
    """Drop a workbook with a correction and one with a mistake into the inbox of the practice site, and return the site after it, with the description as a page."""
    town = folder / "mihon"
    run = partial(subprocess.run, cwd=town, capture_output=True)
    for name, title, value in (("電話を直しました", "電話1", "087-000-0099"), ("まちがい", "困りごと", "かいもの")):
        run([sys.executable, "-m", "tsunagite.cli", "export", "--xlsx", f"inbox/{name}.xlsx"], check=True)
        book = openpyxl.load_workbook(town / "inbox" / f"{name}.xlsx")
        sheet = next(one for one in book.worksheets[1:] if one.sheet_state == "visible")
        column = next(cell.column for cell in sheet[2] if cell.value == title)
        sheet.cell(3, column).value = value
        book.save(town / "inbox" / f"{name}.xlsx")
    run([sys.executable, "-m", "tsunagite.cli", "ci", "inbox"], check=False)
    run([sys.executable, "-m", "tsunagite.cli", "build"], check=True)
    text = markdown.markdown((town / "inbox.md").read_text(encoding="utf-8"), extensions=["tables", "md_in_html"])
    style = "body{font:15px/1.6 sans-serif;margin:1rem 2rem}table{border-collapse:collapse}td,th{border:1px solid #bbb;padding:.2rem .6rem;text-align:left}"
    (town / "site" / "inbox.html").write_text(
        f'<!doctype html><html lang="ja"><meta charset="utf-8"><style>{style}</style>{text}', encoding="utf-8"
    )
    return town / "site"


def main() -> None:
    """Take the pictures of a built site."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--site", type=Path, default=ROOT / "site", help="the built demonstration")
    site = parser.parse_args().site
    if not (site / "index.html").is_file():
        sys.exit(NO_SITE)
    take(site, IMAGES, DEMONSTRATION)
    with tempfile.TemporaryDirectory() as folder:
        take(practised(Path(folder)), IMAGES, PRACTICE)
        edit(IMAGES, Path(folder))
        take(dropped(Path(folder)), IMAGES, DROPPED)


if __name__ == "__main__":
    main()
