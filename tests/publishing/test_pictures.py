"""tsunagite ci pictures: the pages of a change at phone width, and a plain sentence where they cannot be taken."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from publishing.city_repository import new_city
from tsunagite.publishing.pages import PageChanges
from tsunagite.publishing.pictures import HEIGHT, LONGEST, MOST, WIDTH, pages_to_show


def write_page(site: Path, path: str, body: str) -> None:
    (site / path).mkdir(parents=True, exist_ok=True)
    (site / path / "index.html").write_text(
        f"<!doctype html><body style='margin:0'>{body}<img src='http://192.0.2.1/x.png'>", encoding="utf-8"
    )


@pytest.mark.browser
def test_pages_are_taken_at_the_width_of_a_phone_and_long_ones_are_cut(tmp_path: Path) -> None:
    write_page(tmp_path / "site", "", "ホーム")
    write_page(tmp_path / "site", "r/aozora/", "<p style='height:5000px'>あおぞら会</p>")
    call = "from pathlib import Path; from tsunagite.publishing.pictures import take_pictures; take_pictures(Path('site'), ('r/aozora/', ''), Path('pictures'))"
    done = subprocess.run(
        [sys.executable, "-c", call], cwd=tmp_path, check=False, capture_output=True, text=True
    )  # this process has a browser of its own
    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in (tmp_path / "pictures").iterdir()) == [
        "01-r-aozora.png",
        "02-home.png",
        "index.html",
    ]
    sizes = {}
    for name in ("01-r-aozora.png", "02-home.png"):
        with Image.open(tmp_path / "pictures" / name) as picture:
            sizes[name] = picture.size
    assert sizes == {"01-r-aozora.png": (WIDTH, LONGEST), "02-home.png": (WIDTH, HEIGHT)}


def test_without_playwright_a_sentence_is_printed_and_the_run_goes_on(
    tmp_path: Path, tsunagite: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    city = new_city(tmp_path / "city")
    city.git("checkout", "-q", "-b", "work")
    city.club("aozora", name="あおぞら会", phones=[{"number": "087-839-2812"}])
    city.commit()
    write_page(city.folder / "site", "r/aozora/", "あおぞら会")
    monkeypatch.setitem(sys.modules, "playwright.sync_api", None)
    words = (
        "--root",
        city.folder,
        "--site",
        city.folder / "site",
        "--into",
        city.folder / "pictures",
        "--base",
        "main",
        "--today",
        "2026-11-22",
    )
    said = tsunagite("ci", "pictures", *words)
    assert (said.code, "Playwright がないので" in said.out) == (0, True)
    assert not (city.folder / "pictures").exists()


def test_records_come_before_lists_and_no_more_than_a_dozen_pages_are_taken(tmp_path: Path) -> None:
    changed = ("", *(f"kinds/{number}/" for number in range(20)), "r/b/", "r/not-built/")
    for path in (*changed[:-1], "r/new/"):
        (tmp_path / path).mkdir(parents=True, exist_ok=True)
        (tmp_path / path / "index.html").touch()
    shown = pages_to_show(PageChanges(("r/new/",), changed), tmp_path)
    assert shown[:4] == ("r/b/", "r/new/", "", "kinds/0/")
    assert len(shown) == MOST
