"""What other services read in the head of a page, and what a translation of the page leaves alone."""

from __future__ import annotations

import re
from pathlib import Path

from page_kinds import FACES

ROOT = f"https://tsunagite.example/{FACES}"


def test_a_link_to_a_record_shows_its_name_its_sentence_and_a_picture_that_is_there(built_faces: Path) -> None:
    html = (built_faces / "r/library-1/index.html").read_text(encoding="utf-8")
    said = dict(re.findall(r'<meta property="og:([a-z:_]+)" content="([^"]*)">', html))
    assert (said["title"], said["site_name"], said["url"]) == ("屋島図書館", "つなぎ手", f"{ROOT}r/library-1/")
    assert said["description"] == re.findall(r'<meta name="description" content="([^"]*)">', html)[0]
    assert (built_faces / said["image"].removeprefix(ROOT)).is_file()


def test_names_readings_and_addresses_stay_as_they_are_when_a_page_is_translated(built_faces: Path) -> None:
    html = (built_faces / "r/library-1/index.html").read_text(encoding="utf-8")
    assert '<span translate="no">屋島図書館</span>' in html
    assert re.search(r'<p class="ts-address" translate="no">', html)
    cards = (built_faces / "all/index.html").read_text(encoding="utf-8")
    assert re.search(r'<a href="../r/library-1/" translate="no">屋島図書館</a>', cards)


def test_the_icon_that_browsers_ask_for_unasked_is_there(built_faces: Path) -> None:
    icon = (built_faces / "favicon.ico").read_bytes()
    assert icon[:6] == b"\0\0\1\0\1\0"
    assert icon[22:26] == b"\x89PNG"
    assert len(icon) == 22 + int.from_bytes(icon[14:18], "little")
