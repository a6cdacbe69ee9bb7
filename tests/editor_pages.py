"""A web editor in Chromium: its files in a folder, records in the practice store of the browser, and what a person does there."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from small_site import resource, site_view
from tsunagite.engine.artifact import Artifact
from tsunagite.web_editor.files import admin

CLUB = "resources/clubs/engawa.yml"
WRITTEN = """\
# 毎年4月に確かめる
id: engawa
name: 鶴尾の縁がわ
name_kana: つるおのえんがわ
kind: 通いの場・サロン
needs: [居場所・仲間, 食事]
support_level: [互助]
summary: お茶を飲みながら話します。 # 2026年の案内から
description: |
  縁側のある家です。
  どなたでもどうぞ。
phones:
  - {number: 087-839-2811, label: "事務局: 午前"}
  - number: 0878393811
location: {address: 高松市桜町一丁目9-12, lat: 34.3304, lng: 134.0518, landmark: 白い家}
hours:
  - {days: 月-金, open: 9:30, close: "17:00"}
verified_on: 2026-09-02
future_field: {a: [1, 2]}
"""
"""A record as a person wrote it, with two keys that the editor does not know (``landmark``, ``future_field``)."""
_STORE = (
    "sveltia-cms-test"  # where Sveltia keeps its practice repository: a folder of the browser's private file system
)
_WRITE = """async ([path, text]) => {
  let folder = await navigator.storage.getDirectory();
  const names = path.split("/");
  for (const name of names.slice(0, -1)) folder = await folder.getDirectoryHandle(name, { create: true });
  const stream = await (await folder.getFileHandle(names.at(-1), { create: true })).createWritable();
  await stream.write(text);
  await stream.close();
}"""
_READ = """async (path) => {
  let folder = await navigator.storage.getDirectory();
  const names = path.split("/");
  for (const name of names.slice(0, -1)) folder = await folder.getDirectoryHandle(name);
  return (await (await folder.getFileHandle(names.at(-1))).getFile()).text();
}"""


def write_editor(folder: Path) -> None:
    """Write the files of a web editor for practice below a folder, and an icon."""
    settings = {"name": "見本のまちの地域資源", "editor": {"backend": "practice", "repository": "mihon-city/tsunagite"}}
    view = site_view(folder / "source", resource("aozora"), site=settings)
    icon = Artifact("assets/app/icon.svg", b'<svg xmlns="http://www.w3.org/2000/svg"/>')
    for made in (icon, *admin(view.directory)):
        path = folder / "site" / made.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(made.content)


def keep(page: Page, path: str, text: str) -> None:
    """Put a file into the practice repository of the browser."""
    page.evaluate(_WRITE, [f"{_STORE}/{path}", text])


def kept(page: Page, path: str) -> str:
    """Return a file of the practice repository."""
    text: str = page.evaluate(_READ, f"{_STORE}/{path}")
    return text


def enter(page: Page, address: str, more: Mapping[str, str] | None = None) -> None:
    """Open the editor with one record in it (and ``more`` files) and begin to work."""
    page.goto(f"{address}/admin/")
    for path, text in {CLUB: WRITTEN, **(more or {})}.items():
        keep(page, path, text)
    page.get_by_role("button", name="テストリポジトリで作業").click()
    expect(page.get_by_role("treeitem", name="通いの場・住民活動")).to_be_visible()


def field(page: Page, label: str) -> Locator:
    """Scroll to a field by its label and return its group (the editor draws fields when they come near)."""
    group = page.get_by_role("group", name=f"「\u2068{label}\u2069」フィールド", exact=True)
    page.mouse.move(600, 500)
    for _ in range(60):
        if group.count() and group.first.is_visible():
            break
        page.mouse.wheel(0, 500)
        page.wait_for_timeout(60)
    group.first.scroll_into_view_if_needed()
    return group.first


def save(page: Page) -> None:
    """Save the record and wait until it is kept."""
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_text("エントリーが保存されました")).to_be_visible()


def open_club(page: Page) -> None:
    """Open the record for editing."""
    page.get_by_role("treeitem", name="通いの場・住民活動").click()
    page.get_by_role("row", name="鶴尾の縁がわ").click()
    expect(page.get_by_role("textbox", name="名前", exact=True)).to_be_visible()


def begin_record(page: Page) -> None:
    """Begin a new record."""
    page.get_by_role("button", name="新しいエントリーを作成").first.click()
    expect(page.get_by_role("textbox", name="名前", exact=True)).to_have_value("")


def choose(page: Page, label: str, choice: str) -> None:
    """Choose a word of a list that opens."""
    field(page, label).get_by_role("combobox").click()
    page.get_by_role("option", name=choice, exact=True).click()


def add_photograph(page: Page, file: Path) -> None:
    """Put a photograph from the device into the record that is open."""
    field(page, "写真").get_by_role("button", name="を追加").click()
    page.get_by_role("button", name="参照").click()
    dialog = page.get_by_role("dialog")
    with page.expect_file_chooser() as chooser:
        dialog.get_by_role("button", name="アップロード").first.click()
    chooser.value.set_files(file)
    dialog.get_by_role("button", name="挿入").click()
    expect(dialog).to_have_count(0)
    for label, text in (
        ("何が写っているか", "緑の入口"),
        ("撮った人・団体", "社会福祉協議会"),
        ("使ってよい根拠", "CC BY 4.0"),
    ):
        field(page, label).get_by_role("textbox").fill(text)
    page.get_by_role("radio", name="だれも写っていない").click()


def kept_bytes(page: Page, path: str) -> bytes:
    """Return a file of the practice repository that is no text."""
    numbers: list[int] = page.evaluate(_READ.replace(".text()", ".bytes().then((all) => [...all])"), f"{_STORE}/{path}")
    return bytes(numbers)
