"""Take a picture of every kind of page (tests/page_kinds.py) at four widths, light and dark, and put them on one page: build/screens/index.html."""

from __future__ import annotations

import argparse
import io
import shutil
import tempfile
from collections.abc import Iterator
from datetime import date
from html import escape
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Error

from page_kinds import DEMO, FACES, KINDS, NOON  # tests/: the Makefile puts it on the path
from screens import NO_SITE, ROOT, shown
from tsunagite.adapters.site_build import build_site

SIZES = {390: 844, 768: 1024, 1280: 900, 1920: 1080}
SCHEMES = ("light", "dark")
THUMB = 480
"""Pixels of width of a picture on the sheet; behind it lies the whole one."""
STYLE = (
    "body{font:15px/1.5 sans-serif;margin:16px;background:#ddd}table{border-spacing:8px}th{position:sticky;top:0;"
    "background:#ddd;text-align:left}td{vertical-align:top}img{display:block;border:1px solid #888}"
)


def build_faces(folder: Path) -> Path:
    """Build the small site that has one record of every kind of page."""
    shutil.copytree(ROOT / "tests" / "sites" / "faces", folder)
    build_site(folder, None, date.fromisoformat(NOON[:10]), lambda _line: None, "ja")
    return folder / "site"


def take(
    browser: Browser, address: str, images: Path, kinds: dict[str, str], widths: list[int]
) -> Iterator[tuple[str, int, str, str]]:
    """Write the pictures; yield kind, width, scheme and the name of each."""
    for width in widths:
        for scheme in SCHEMES:
            context = browser.new_context(
                viewport={"width": width, "height": SIZES[width]},
                locale="ja-JP",
                timezone_id="Asia/Tokyo",
                color_scheme=scheme,  # type: ignore[arg-type]  # a Literal
                reduced_motion="reduce",
                service_workers="block",
            )
            context.clock.set_fixed_time(NOON)
            context.route(lambda asked, own=address: not asked.startswith(own), lambda route: route.abort())  # type: ignore[misc]
            page = context.new_page()
            for kind, path in kinds.items():
                try:
                    page.goto(f"{address}/{path}", wait_until="networkidle", timeout=20_000)
                except Error as problem:
                    print(f"{kind} {width}: {problem.message.splitlines()[0]}")
                name = f"{kind}-{width}-{scheme}.jpg"
                Image.open(io.BytesIO(page.screenshot())).convert("RGB").save(images / name, quality=70)
                yield kind, width, scheme, name
            context.close()


def sheet(taken: list[tuple[str, int, str, str]]) -> str:
    """Return the page: a row for each kind, a column for each width and scheme."""
    columns = list(dict.fromkeys((width, scheme) for _, width, scheme, _ in taken))
    by_place = {(kind, width, scheme): name for kind, width, scheme, name in taken}
    head = "".join(f"<th>{width} {scheme}</th>" for width, scheme in columns)
    rows = "".join(
        f"<tr><th>{escape(kind)}</th>"
        + "".join(
            f'<td><a href="{by_place[kind, width, scheme]}"><img src="{by_place[kind, width, scheme]}" width="{min(THUMB, width)}" '
            f'loading="lazy" alt="{escape(kind)} {width} {scheme}"></a></td>'
            for width, scheme in columns
        )
        + "</tr>\n"
        for kind in dict.fromkeys(kind for kind, *_ in taken)
    )
    return f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Every kind of page</title><style>{STYLE}</style><table><tr><th></th>{head}</tr>\n{rows}</table>'


def main() -> None:
    """Take the pictures of the built demonstration and of the small site."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--site", type=Path, default=ROOT / "site", help="the built demonstration")
    parser.add_argument("--into", type=Path, default=ROOT / "build" / "screens")
    parser.add_argument("--kinds", nargs="*", help="of tests/page_kinds.py; all without it")
    parser.add_argument("--widths", nargs="*", type=int, default=list(SIZES), choices=list(SIZES))
    asked = parser.parse_args()
    if not (asked.site / "index.html").is_file():
        raise SystemExit(NO_SITE)
    kinds = {kind: path for kind, path in KINDS.items() if not asked.kinds or kind in asked.kinds}
    if "404" in kinds:
        kinds["404"] = f"{FACES}404.html"
    asked.into.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        served = Path(folder) / "served"
        served.mkdir()
        (served / DEMO).symlink_to(asked.site.resolve(), target_is_directory=True)
        (served / FACES).symlink_to(build_faces(Path(folder) / "faces"), target_is_directory=True)
        with shown(served) as (browser, address):
            taken = list(take(browser, address, asked.into, kinds, asked.widths))
    (asked.into / "index.html").write_text(sheet(taken), encoding="utf-8")
    print(f"{asked.into / 'index.html'}: {len(taken)} pictures of {len(kinds)} kinds of page")


if __name__ == "__main__":
    main()
