"""Photographs are published without the place and the camera: the pixels, the colours and the way up stay."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from tsunagite.adapters.mkdocs_files import site_files
from tsunagite.adapters.pictures import without_metadata

PLACE, CAMERA = "GPSLatitude-canary", "Camera-canary"


def photograph(form: str, way_up: int = 6) -> bytes:
    """Return a small picture that lies on its side, with a place, a camera and a comment in it."""
    picture = Image.effect_noise((48, 32), 90).convert("RGB")
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = way_up, CAMERA
    exif.get_ifd(0x8825)[0x001D] = PLACE
    info = PngInfo()
    info.add_text("Comment", CAMERA)
    file = io.BytesIO()
    more = {"pnginfo": info} if form == "PNG" else {"comment": CAMERA.encode()} if form == "JPEG" else {}
    picture.save(file, form, exif=exif, xmp=CAMERA.encode(), icc_profile=b"ICC-canary", **more)  # type: ignore[arg-type]
    return file.getvalue()


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_photograph_loses_its_place_and_camera_and_keeps_its_pixels(form: str) -> None:
    taken = photograph(form)
    assert PLACE.encode() in taken
    clean = without_metadata(taken)
    assert PLACE.encode() not in clean
    assert CAMERA.encode() not in clean
    before, after = Image.open(io.BytesIO(taken)), Image.open(io.BytesIO(clean))
    assert after.tobytes() == before.tobytes()
    assert after.info["icc_profile"] == before.info["icc_profile"]
    assert without_metadata(clean) == clean


def test_a_photograph_that_lies_on_its_side_keeps_its_way_up() -> None:
    assert dict(Image.open(io.BytesIO(without_metadata(photograph("JPEG", 6)))).getexif()) == {0x0112: 6}
    assert dict(Image.open(io.BytesIO(without_metadata(photograph("JPEG", 1)))).getexif()) == {}


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_of_a_picture_that_is_cut_short_nothing_private_is_left(form: str) -> None:
    taken = photograph(form)
    for end in range(12, len(taken), 7):
        clean = without_metadata(taken[:end])
        assert PLACE.encode()[:8] not in clean, end
        assert len(clean) <= end


def test_what_lies_behind_a_picture_and_bytes_before_a_segment_hide_nothing() -> None:
    taken = photograph("JPEG")
    film = b"ftypmp42" + PLACE.encode()
    for odd in (taken + film, taken + taken, taken.replace(b"\xff\xe1", b"\xff\xff\xff\xe1", 1)):
        clean = without_metadata(odd)
        assert PLACE.encode() not in clean
        assert Image.open(io.BytesIO(clean)).tobytes() == Image.open(io.BytesIO(taken)).tobytes()
    progressive = io.BytesIO()
    Image.open(io.BytesIO(taken)).save(progressive, "JPEG", progressive=True, restart_marker_blocks=1)
    assert (
        Image.open(io.BytesIO(without_metadata(progressive.getvalue()))).tobytes() == Image.open(progressive).tobytes()
    )


def test_what_is_no_picture_stays_as_it_is() -> None:
    for content in (b"", b"text", b"\xff\xd8", b"RIFF\0\0\0\0WAVE"):
        assert without_metadata(content) == content


def test_the_site_publishes_the_picture_without_them(tmp_path: Path) -> None:
    from mkdocs.config import load_config  # noqa: PLC0415 - one test needs it
    from mkdocs.structure.files import get_files  # noqa: PLC0415 - as above

    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "room.JPG").write_bytes(photograph("JPEG"))
    (tmp_path / "mkdocs.yml").write_text("site_name: x\ndocs_dir: content\n", encoding="utf-8")
    config = load_config(str(tmp_path / "mkdocs.yml"))
    files = site_files(get_files(config), config, shared=False)
    file = files.get_file_from_path("room.JPG")
    assert file
    assert PLACE.encode() not in file.content_bytes
    assert PLACE.encode() in (tmp_path / "content" / "room.JPG").read_bytes()  # the source is the publisher's own
