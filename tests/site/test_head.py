"""What other services read in the head of a page, and what a translation of the page leaves alone."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageChops

from page_kinds import FACES
from tsunagite.site.share import ShareImage
from tsunagite.text.phrases import name_parts

ROOT = f"https://tsunagite.example/{FACES}"


def test_a_link_to_a_record_shows_its_name_its_sentence_and_a_picture_that_is_there(built_faces: Path) -> None:
    html = (built_faces / "r/library-1/index.html").read_text(encoding="utf-8")
    said = dict(re.findall(r'<meta property="og:([a-z:_]+)" content="([^"]*)">', html))
    assert (said["title"], said["site_name"], said["url"]) == ("屋島図書館", "つなぎ手", f"{ROOT}r/library-1/")
    assert said["description"] == re.findall(r'<meta name="description" content="([^"]*)">', html)[0]
    assert (built_faces / said["image"].removeprefix(ROOT)).is_file()


def picture_of(page: Path) -> str:
    found = re.findall(r'<meta property="og:image" content="([^"]*)">', page.read_text(encoding="utf-8"))
    assert len(found) == 1, page
    return str(found[0]).removeprefix(ROOT)


def test_a_link_shows_the_picture_of_its_kind_or_area_and_what_is_delicate_that_of_the_site(built_faces: Path) -> None:
    paths = ("r/sakura-taiso/", "r/library-1/", "r/quiet-line/", "areas/yashima/", "needs/violence/", "guide/use/", "")
    pictures = {path: picture_of(built_faces / path / "index.html") for path in paths}
    assert pictures.pop("r/sakura-taiso/").endswith("-sample.png")
    assert pictures == {
        "r/library-1/": "assets/share/kind-library.png",
        "areas/yashima/": "assets/share/area-yashima.png",
        **dict.fromkeys(("r/quiet-line/", "needs/violence/", "guide/use/", ""), "assets/share/site.png"),
    }


def test_every_picture_of_a_link_is_there_is_named_and_is_small(built_faces: Path) -> None:
    named = {picture_of(page) for page in built_faces.rglob("index.html") if "og:title" in page.read_text("utf-8")}
    files = {path.relative_to(built_faces).as_posix() for path in (built_faces / "assets" / "share").iterdir()}
    assert named == files
    for path in files:
        content = (built_faces / path).read_bytes()
        with Image.open(BytesIO(content)) as picture:
            assert (picture.format, picture.size) == ("PNG", (1200, 630)), path
        assert len(content) <= 60_000, path


def test_a_picture_holds_the_longest_name_and_says_that_a_record_is_a_sample() -> None:
    parts = tuple(name_parts("要介護の高齢者と家族のための" * 6))
    plain, sample = (ShareImage("x.png", parts, "高松市", "つなぎ手", badge).draw().content for badge in ("", "見本"))
    assert plain == ShareImage("x.png", parts, "高松市", "つなぎ手").draw().content
    with Image.open(BytesIO(plain)) as one, Image.open(BytesIO(sample)) as other:
        assert one.convert("L").crop((1150, 0, 1200, 630)).getextrema()[0] > 200, "something is cut at the right"
        box = ImageChops.difference(one.convert("L"), other.convert("L")).getbbox()
    assert box is not None
    assert box[3] < 130, "the badge stands above the name"


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
