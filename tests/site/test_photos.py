"""Photographs of records: shown with who took them and by what right, without what the camera wrote, and gone when a consent ends."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from small_site import TODAY, resource, site_view
from tsunagite.check.load import load
from tsunagite.engine.artifact import Artifact, Page
from tsunagite.engine.assemble import Views
from tsunagite.engine.products import product
from tsunagite.records.load.photos import MOST_BYTES

PLACE = "GPSLatitude-canary"
PHOTO = {
    "file": "door.jpg",
    "alt": "緑の入口",
    "credit": "見本市社会福祉協議会",
    "licence": "CC BY 4.0",
    "people": "none",
}


def taken(folder: Path, name: str = "door.jpg", size: tuple[int, int] = (3000, 2000)) -> None:
    """Put a photograph with a place in it beside the records; it lies on its side."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[0x001D] = PLACE
    path = folder / "resources/media" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.linear_gradient("L").convert("RGB").resize(size).save(path, exif=exif)


def published(site: Views) -> dict[str, bytes]:
    def unframed(page: Page) -> Artifact:
        return Artifact(f"{page.path}index.html", page.body.encode())

    return {draft.path: draft.content for draft in product("records").make(site, unframed)}


def pictures(site: Views) -> list[str]:
    return [path for path in published(site) if path.endswith(".webp")]


def test_a_photograph_is_shown_small_upright_and_without_its_place(tmp_path: Path) -> None:
    taken(tmp_path)
    files = published(site_view(tmp_path, resource("aozora", photos=[{**PHOTO, "taken_on": "2026-09-02"}])))
    [path] = [path for path in files if path.endswith(".webp")]
    picture = Image.open(io.BytesIO(files[path]))
    assert (picture.size, picture.format) == ((853, 1280), "WEBP")
    assert picture.getexif() == {}
    assert PLACE.encode() not in files[path]
    page = files["r/aozora/index.html"].decode()
    assert f'src="../../{path}" width="853" height="1280" alt="緑の入口" loading="lazy"' in page
    assert "写真：見本市社会福祉協議会（2026年9月2日撮影）　CC BY 4.0" in page


def test_another_picture_under_the_same_name_has_another_address(tmp_path: Path) -> None:
    taken(tmp_path)
    before = pictures(site_view(tmp_path, resource("aozora", photos=[PHOTO])))
    taken(tmp_path, size=(64, 48))
    after = site_view(tmp_path, resource("aozora", photos=[{**PHOTO, "file": "/media/door.jpg"}]))
    assert len(before) == len(pictures(after)) == 1
    assert before != pictures(after)
    assert 'width="48" height="64"' in published(after)["r/aozora/index.html"].decode()


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({"consent": {"basis": "written", "fields": ["photos"], "expires": "2026-11-22"}}, True),
        ({"consent": {"basis": "written", "fields": ["photos"], "expires": "2026-11-21"}}, False),
        ({"consent": {"basis": "written", "fields": ["photos"], "scope": ["print"]}}, False),
        ({"status": "終了", "closed_date": "2026-11-01", "consent": {"basis": "written"}}, False),
        ({"needs": ["虐待・暴力"], "kind": "social_welfare_council", "consent": {"basis": "written"}}, False),
    ],
)
def test_a_photograph_of_people_is_published_as_long_and_as_far_as_they_agreed(
    tmp_path: Path, fields: dict[str, Any], shown: bool
) -> None:
    taken(tmp_path)
    site = site_view(tmp_path, resource("aozora", photos=[{**PHOTO, "people": "agreed"}], **fields))
    assert bool(pictures(site)) is shown
    assert ("<img" in published(site)["r/aozora/index.html"].decode()) is shown


def test_a_file_that_is_too_large_or_cut_short_or_has_no_licence_is_refused_with_its_place(tmp_path: Path) -> None:
    taken(tmp_path, "cut.jpg")
    cut = tmp_path / "resources/media/cut.jpg"
    cut.write_bytes(cut.read_bytes()[:900])
    (tmp_path / "resources/media/large.jpg").write_bytes(b"\xff\xd8" + bytes(MOST_BYTES))
    unlicensed = {key: value for key, value in PHOTO.items() if key != "licence"}
    for name, photo, code, key in (
        ("large", {**PHOTO, "file": "large.jpg"}, "F116", "file"),
        ("cut", {**PHOTO, "file": "cut.jpg"}, "F115", "file"),
        ("free", unlicensed, "M101", 0),
    ):
        with pytest.raises(AssertionError, match=code):
            site_view(tmp_path, resource(name, photos=[photo]))
        found = [one for one in load(tmp_path, TODAY).findings if one.code == code]
        assert [(one.place.file, one.place.loc[-1]) for one in found] == [(f"resources/clubs/{name}.yml", key)]
        (tmp_path / f"resources/clubs/{name}.yml").unlink()
