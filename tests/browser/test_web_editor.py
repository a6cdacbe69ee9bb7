"""The web editor as a member of staff uses it: a telephone number is corrected, a photograph and a record are added; what is saved is what `tsunagite fmt` writes."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, Request, expect

from editor_pages import (
    CLUB,
    WRITTEN,
    add_photograph,
    begin_record,
    choose,
    enter,
    field,
    kept,
    kept_bytes,
    open_club,
    save,
    write_editor,
)
from tsunagite.check.load import load
from tsunagite.editing.changes import formatted
from tsunagite.findings import Severity
from tsunagite.records.yaml.reader import read_text

pytestmark = pytest.mark.browser


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base class's
        """Print no line for a request."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site that is nothing but its web editor."""
    folder = tmp_path_factory.mktemp("editor")
    write_editor(folder)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=folder / "site"))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.fixture
def page(browser: Browser) -> Page:
    return browser.new_context(locale="ja-JP", viewport={"width": 1280, "height": 900}).new_page()


PLACE = "GPSLatitude-canary"
PHOTOS = """photos:
  - file: /media/img-0001.webp
    alt: 緑の入口
    credit: 社会福祉協議会
    licence: CC BY 4.0
    people: none
"""


def photograph(path: Path) -> Path:
    """Write a photograph that lies on its side, with the place where it was taken in it."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[0x001D] = PLACE
    Image.linear_gradient("L").convert("RGB").resize((3000, 2000)).save(path, exif=exif)
    return path


def checked(folder: Path, files: dict[str, str]) -> list[str]:
    """Return what would stop a site with some record files."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "mkdocs.yml").write_text("site_name: x\n", encoding="utf-8")
    return [
        f"{finding.code} {finding.place.file}"
        for finding in load(folder, date(2026, 11, 22)).findings
        if finding.severity == Severity.ERROR
    ]


def test_a_telephone_number_is_corrected_and_a_photograph_and_a_record_added_without_git(
    page: Page, address: str, tmp_path: Path, warm_site_folder: Path, tsunagite: Callable[..., Any]
) -> None:
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))  # noqa: PLW0108 - Playwright marks what it calls
    enter(
        page,
        address,
        {
            "resources/clubs/half.yml": WRITTEN.replace("engawa", "half").replace(
                "name: 鶴尾", "<<<<<<< HEAD\nname: 直しかけ"
            )
        },
    )
    page.get_by_role("treeitem", name="通いの場・住民活動").click()
    expect(page.get_by_role("row")).to_have_text("鶴尾の縁がわ")  # and no other: a merge left half done is not opened
    open_club(page)
    field(page, "電話番号").get_by_role("textbox").fill(
        "087-839-2812"
    )  # the second one is a number with a zero before it
    add_photograph(page, photograph(tmp_path / "IMG 玄関 0001.jpg"))
    save(page)
    corrected = kept(page, CLUB)
    photograph_kept = kept_bytes(page, "resources/media/img-0001.webp")
    assert PLACE.encode() not in photograph_kept, "where it was taken does not leave the device"
    assert corrected == WRITTEN.replace("087-839-2811", "087-839-2812").replace(
        "hours:\n", f"{PHOTOS}hours:\n"
    )  # comments, layout and unknown keys stay
    assert formatted(corrected) == corrected
    assert read_text(corrected, "").value["phones"][1] == {"number": "0878393811"}

    begin_record(page)
    field(page, "ID").get_by_role("textbox").fill("さくら")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_text("「ID」の書き方が違います。").first).to_be_visible()
    field(page, "ID").get_by_role("textbox").fill("sakura-taiso")
    field(page, "名前").get_by_role("textbox").fill("さくら体操クラブ")
    field(page, "ふりがな").get_by_role("textbox").fill("さくらたいそうくらぶ")
    choose(page, "種類", "体操の会")
    choose(page, "困りごと", "体を動かす")
    field(page, "助け合いのかたち").get_by_role("checkbox", name="互助").click()
    field(page, "ひとこと").get_by_role("textbox").fill("いすに座ってできる体操です。")
    field(page, "連絡先がない理由").get_by_role("textbox").fill("見学の日だけ集まるため")
    field(page, "場所").get_by_role("checkbox").click()
    field(page, "住所").get_by_role("textbox").fill("高松市桜町一丁目9-12")
    field(page, "確認した日").locator("input").fill("2026-11-20")
    save(page)
    added = kept(page, "resources/clubs/sakura-taiso.yml")
    assert formatted(added) == added
    assert read_text(added, "").value == {
        "id": "sakura-taiso", "name": "さくら体操クラブ", "name_kana": "さくらたいそうくらぶ", "kind": "体操の会", "needs": ["体を動かす"], "support_level": ["互助"],
        "summary": "いすに座ってできる体操です。",
        "no_contact_reason": "見学の日だけ集まるため", "location": {"address": "高松市桜町一丁目9-12"}, "verified_on": "2026-11-20",
    }  # fmt: skip
    known = corrected.replace(", landmark: 白い家", "").partition("future_field")[0]
    for folder in (tmp_path, warm_site_folder):
        (folder / "resources/media").mkdir(parents=True)
        (folder / "resources/media/img-0001.webp").write_bytes(photograph_kept)
    assert checked(tmp_path, {CLUB: known, "resources/clubs/sakura-taiso.yml": added}) == []
    foreign = [request for request in asked if not request.url.startswith((address, "blob:", "data:"))]
    assert [
        request.url for request in foreign if request.failure != "csp"
    ] == []  # Sveltia names fonts elsewhere, too: its page forbids them

    for name, text in {
        CLUB: known,
        "resources/clubs/sakura-club.yml": added.replace("sakura-taiso", "sakura-club"),
    }.items():
        (warm_site_folder / name).write_text(text, encoding="utf-8")
    assert tsunagite("build", warm_site_folder, "--today", "2026-11-22").code == 0
    published = {
        name: (warm_site_folder / f"site/r/{name}/index.html").read_text(encoding="utf-8")
        for name in (Path(CLUB).stem, "sakura-club")
    }
    assert 'href="tel:+81878392812"' in published[Path(CLUB).stem]
    assert re.search(
        r'<img src="../../r/engawa/\w+.webp" width="853" height="1280" alt="緑の入口"', published[Path(CLUB).stem]
    )
    assert "いすに座ってできる体操です。" in published["sakura-club"]
