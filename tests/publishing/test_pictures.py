"""tsunagite ci pictures: the pages of a change at phone width, and a plain sentence where they cannot be taken."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from publishing.city_repository import City, new_city
from tsunagite.publishing.pages import PageChanges
from tsunagite.publishing.pictures import LONGEST, MOST, WIDTH, pages_to_show


@pytest.fixture
def city(tmp_path: Path) -> City:
    """A branch that corrects a number, with the page of its record and the home page built."""
    city = new_city(tmp_path / "city")
    city.git("checkout", "-q", "-b", "work")
    city.club("aozora", name="あおぞら会", phones=[{"number": "087-839-2812"}])
    city.commit()
    for path, body in (("", "ホーム"), ("r/aozora/", "<p style='height:5000px'>あおぞら会</p>")):
        (tmp_path / "city" / "site" / path).mkdir(parents=True, exist_ok=True)
        (tmp_path / "city" / "site" / path / "index.html").write_text(f"<!doctype html><body style='margin:0'>{body}<img src='http://192.0.2.1/x.png'>", encoding="utf-8")
    return city


def words(city: City) -> tuple[Any, ...]:
    return ("ci", "pictures", "--root", city.folder, "--site", city.folder / "site", "--into", city.folder / "pictures", "--base", "main", "--today", "2026-11-22")


@pytest.mark.browser
def test_the_pages_of_a_change_are_taken_at_the_width_of_a_phone_and_long_ones_are_cut(city: City) -> None:
    done = subprocess.run([sys.executable, "-m", "tsunagite.cli", *map(str, words(city))], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    names = sorted(path.name for path in (city.folder / "pictures").iterdir())
    assert names[0] == "01-r-aozora.png"
    assert names[-1] == "index.html"
    with Image.open(city.folder / "pictures" / names[0]) as picture:
        assert picture.size == (WIDTH, LONGEST)


def test_without_playwright_a_sentence_is_printed_and_the_run_goes_on(city: City, tsunagite: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "playwright.sync_api", None)
    said = tsunagite(*words(city))
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
