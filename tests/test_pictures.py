"""Photographs are published without the place and the camera: the pixels, the colours and the way up stay."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageOps, ImageStat
from PIL.PngImagePlugin import PngInfo

from tsunagite.adapters.mkdocs_files import site_files
from tsunagite.errors import UsageError
from tsunagite.pictures import PictureError, for_page, without_metadata

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
@pytest.mark.parametrize("way_up", [1, 6])
def test_a_picture_loses_its_place_and_camera_and_stands_upright_with_its_colours(form: str, way_up: int) -> None:
    taken = photograph(form, way_up)
    assert PLACE.encode() in taken
    clean = without_metadata(taken)
    for private in (PLACE.encode(), CAMERA.encode()):
        assert private not in clean
    before, after = ImageOps.exif_transpose(Image.open(io.BytesIO(taken))), Image.open(io.BytesIO(clean))
    assert after.format == form
    assert dict(after.getexif()) == {}
    assert after.size == before.size
    assert after.info["icc_profile"] == before.info["icc_profile"]
    difference = ImageStat.Stat(ImageChops.difference(before.convert("RGB"), after.convert("RGB"))).mean
    assert max(difference) < {("PNG", 1): 0.01, ("PNG", 6): 0.01, ("JPEG", 1): 1.5}.get((form, way_up), 6)  # of noise


def test_what_lies_behind_a_picture_and_bytes_before_a_segment_hide_nothing() -> None:
    taken = photograph("JPEG")
    film = b"ftypmp42" + PLACE.encode()
    for odd in (taken + film, taken + taken, taken.replace(b"\xff\xe1", b"\xff\xff\xff\xe1", 1)):
        assert PLACE.encode() not in without_metadata(odd)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_picture_that_is_cut_short_is_refused_and_never_published_in_part(form: str) -> None:
    taken = photograph(form)
    for end in range(12, len(taken) - 16, 97):
        with pytest.raises(PictureError):
            without_metadata(taken[:end])


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16"])
def test_pictures_of_every_kind_of_colour_can_be_read(mode: str) -> None:
    file = io.BytesIO()
    Image.linear_gradient("L").convert(mode).save(file, "JPEG" if mode == "CMYK" else "PNG")
    assert Image.open(io.BytesIO(without_metadata(file.getvalue()))).size == (256, 256)
    assert Image.open(io.BytesIO(for_page(file.getvalue()))).size == (256, 256)


@pytest.mark.parametrize("content", [b"", b"text", b"\xff\xd8", b"RIFF\0\0\0\0WAVE", b"GIF89a"])
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    with pytest.raises(PictureError):
        without_metadata(content)


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
    (tmp_path / "content" / "room.JPG").write_bytes(photograph("JPEG")[:200])
    with pytest.raises(UsageError, match=r"content/room\.JPG"):
        site_files(get_files(config), config, shared=False)
