"""Without a network: what was saved after the first visit answers, with its day; a new version is offered and never forced.

The town is built, served below a path, cut off by closing its server, and built again with an edited record.
"""

from __future__ import annotations

import gzip
import json
import re
import shutil
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from conftest import TODAY, PatientServer, SubPathHandler
from page_kinds import PHONE, PIXEL, TILES, visit
from page_probes import ALL_RULES, AXE_SOURCE, RUN_AXE
from tsunagite.adapters.site_build import build_site
from tsunagite.site.layout.templates import DELICATE

pytestmark = pytest.mark.browser
FACES = Path(__file__).parents[1] / "sites" / "faces"
PATH = "tsunagite-town/"
WHAT_BECOMES_OF_THE_NEXT = """async () => {
  const one = await navigator.serviceWorker.ready;
  const ended = new Promise((done) => one.addEventListener("updatefound", () => { const next = one.installing; next.addEventListener("statechange", () => done(next.state)); }));
  await one.update();
  return ended;
}"""
KEEPS = "import('../assets/tsunagite/offline.js').then((script) => script.keepOffline()).then(() => navigator.serviceWorker.getRegistrations()).then((all) => all.length)"
"""What the page does by itself some time after it was opened, and how many workers there are then."""


class TownHandler(SubPathHandler):
    """Serves a site, and map tiles that other sites may read; no page comes while it does not ``answer``."""

    answers = threading.Event()
    answers.set()

    def do_GET(self) -> None:  # noqa: N802 - the name that http.server gives it
        if self.path.startswith("/tiles/"):
            self.send_response(200)
            for name, value in (
                ("Content-Type", "image/png"),
                ("Content-Length", str(len(PIXEL))),
                ("Access-Control-Allow-Origin", "*"),
            ):
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(PIXEL)
            return
        if self.path.endswith("/"):
            TownHandler.answers.wait()
        super().do_GET()


class Town:
    """A site of its own that can be edited, built again, cut off and connected."""

    def __init__(self, folder: Path) -> None:
        self.source, self.site, self.port = folder / "source", folder / "site", 0
        shutil.copytree(FACES, self.source, ignore=shutil.ignore_patterns("site", ".tsunagite-cache"))
        self.connect()
        self.build()

    def edit(self, name: str, before: str, after: str) -> None:
        path = self.source / "resources" / name
        text = path.read_text(encoding="utf-8")
        assert before in text
        path.write_text(text.replace(before, after), encoding="utf-8")

    def build(self) -> None:
        build_site(self.source, self.site, TODAY, [].append, "ja")
        for path in (
            self.site / "sw.js",
            self.site / "assets/tsunagite/tiles.json",
        ):  # a tile host of our own: real ones are asked by no test
            text = path.read_text(encoding="utf-8")
            path.write_text(text.replace(f"{TILES}xyz/pale/", f"http://localhost:{self.port}/tiles/"), encoding="utf-8")

    def connect(self) -> None:
        handler = partial(TownHandler, sites={PATH.strip("/"): self.site})
        self.server = PatientServer(("127.0.0.1", self.port), handler)
        self.port = self.server.server_port
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.05,))
        self.thread.start()

    def cut(self) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()

    @property
    def root(self) -> str:
        return f"http://127.0.0.1:{self.port}/{PATH}"


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    one = Town(tmp_path_factory.mktemp("town"))
    yield one
    one.cut()


@pytest.fixture
def phone(browser: Browser, town: Town) -> Iterator[Page]:
    """A reader's phone that has opened the home page once and saved the rest behind it."""
    context = browser.new_context(viewport=PHONE, locale="ja-JP", timezone_id="Asia/Tokyo", has_touch=True)
    page = context.new_page()
    page.goto(town.root)
    saved(page)
    yield page
    TownHandler.answers.set()
    context.close()
    if town.thread.is_alive() is False:
        town.connect()


def saved(page: Page) -> dict[str, Any]:
    """Wait until a version is saved and in charge; return what the device says of it."""
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    page.wait_for_function(
        "async () => (await caches.match(new URL('offline/saved', (await navigator.serviceWorker.ready).scope))) !== undefined"
    )
    state: dict[str, Any] = page.evaluate(
        "async () => (await caches.match(new URL('offline/saved', (await navigator.serviceWorker.ready).scope))).json()"
    )
    return state


def test_cut_off_after_one_visit_search_records_list_and_emergency_work(phone: Page, town: Town) -> None:
    complaints: list[str] = []
    phone.on("pageerror", lambda error: complaints.append(str(error)))
    town.cut()
    phone.get_by_role("searchbox").first.fill("体操")
    phone.keyboard.press("Enter")
    expect(phone.locator(".ts-offline")).to_contain_text("に保存した内容を出しています")
    phone.get_by_role("button", name="さくら体操クラブを持ち出しリストに保存").click()
    phone.locator(".ts-card").get_by_role("link", name="さくら体操クラブ").click()  # a record never visited
    expect(phone.get_by_role("heading", name="さくら体操クラブ")).to_be_visible()
    expect(phone.locator(".ts-record")).to_contain_text("087-000-0000")
    expect(phone.locator(".ts-record")).to_contain_text("13時30分から15時まで")
    expect(phone.locator(".ts-record")).to_contain_text("休んだ人には翌日に電話をかけます")
    expect(phone.get_by_role("button", name="さくら体操クラブを持ち出しリストに保存")).to_have_attribute(
        "aria-pressed", "true"
    )
    expect(phone.locator(".ts-offline time")).to_have_attribute("datetime", re.compile(r"^20\d\d-"))
    phone.evaluate(AXE_SOURCE)
    assert phone.evaluate(RUN_AXE, ALL_RULES)["violations"] == []
    phone.goto(f"{town.root}r/ended-salon/")
    phone.get_by_role("link", name="さくら体操クラブ").click()
    expect(phone).to_have_url(f"{town.root}r/sakura-taiso/")
    phone.goto(f"{town.root}list/")
    expect(phone.locator(".ts-mine")).to_have_attribute("data-ready", "")
    expect(phone.locator(".ts-item")).to_contain_text("さくら体操クラブ")
    expect(phone.locator(".ts-item__code svg")).to_have_count(1)
    phone.goto(f"{town.root}emergency/")
    expect(phone.locator("a[href='tel:119']").first).to_be_visible()
    assert complaints == []


def test_a_list_that_is_not_saved_leads_to_the_search_and_any_other_page_says_so(phone: Page, town: Town) -> None:
    town.cut()
    phone.goto(f"{town.root}kinds/consultation/")
    expect(phone).to_have_url(f"{town.root}search/?group=consultation")
    expect(phone.locator(".ts-card")).to_contain_text(["屋島地域包括支援センター"])
    phone.goto(f"{town.root}quality/")
    expect(phone.get_by_text("このページは保存していないため、いまは出せません。")).to_be_visible()
    expect(phone.get_by_role("link", name="もう一度開いてみる")).to_have_attribute("href", f"{town.root}quality/")
    town.connect()
    phone.get_by_role("link", name="もう一度開いてみる").click()
    expect(phone).to_have_url(f"{town.root}quality/")
    expect(phone.locator(".ts-offline")).to_have_count(0)
    town.cut()
    phone.reload()  # what was seen once is kept
    expect(phone.locator(".ts-offline")).to_be_visible()
    expect(phone.locator("h1")).not_to_contain_text("電波")


@pytest.mark.parametrize(
    "from_",
    [
        "//2130706433/evil",
        "https://evil.example/",
        "javascript:alert(1)",
        "%2f%2fevil.example",
        "..%2f..%2fother/",
        "\\\\evil.example",
        "quality//evil",
        "a:b",
    ],
)
def test_no_address_makes_the_page_of_missing_pages_lead_elsewhere(phone: Page, town: Town, from_: str) -> None:
    phone.goto(f"{town.root}offline/?from={from_}")
    expect(phone.locator("[data-do=drop]")).to_be_visible()  # the script has done its work
    expect(phone.locator(".ts-missing")).to_be_hidden()
    assert phone.locator(".ts-missing a").get_attribute("href") in {None, "", "#"}


def test_a_page_that_must_leave_no_trace_is_in_no_cache_whatever_its_folder(phone: Page, town: Town) -> None:
    delicate = sorted(
        path.parent.relative_to(town.site).as_posix() + "/"
        for path in town.site.rglob("index.html")
        if DELICATE in path.read_text(encoding="utf-8")
    )
    assert {path.split("/")[0] for path in delicate} >= {"needs", "r", "contact", "worksheets"}
    papers = [f"papers/worksheets/{path.split('/')[1]}.pdf" for path in delicate if path.startswith("worksheets/")]
    assert all((town.site / path).is_file() for path in papers)
    for path in [*delicate, "quality/"]:
        phone.goto(town.root + path)
    frame = "address => new Promise((go) => document.body.append(Object.assign(document.createElement('iframe'), {src: address, onload: go})))"
    for path in [*papers, "papers/worksheets/common-goal.pdf"]:
        phone.evaluate(frame, town.root + path)
    phone.wait_for_function(
        "async (urls) => (await Promise.all(urls.map((url) => caches.match(url)))).every(Boolean)",
        arg=[f"{town.root}quality/", f"{town.root}papers/worksheets/common-goal.pdf"],
    )  # an ordinary page and an ordinary paper are kept
    kept = phone.evaluate(
        "async () => (await Promise.all((await caches.keys()).map(async (name) => (await (await caches.open(name)).keys()).map(({url}) => url)))).flat()"
    )
    assert [path for path in [*delicate, *papers] if town.root + path in kept] == []


def test_a_network_that_does_not_answer_in_time_gives_way_to_what_is_saved(phone: Page, town: Town) -> None:
    TownHandler.answers.clear()
    phone.goto(f"{town.root}r/library-1/")
    expect(phone.get_by_role("heading", name="屋島図書館")).to_be_visible()
    expect(phone.locator(".ts-offline")).to_be_visible()
    TownHandler.answers.set()
    phone.goto(f"{town.root}r/yashima-center/")
    expect(phone.locator(".ts-offline")).to_have_count(0)


def test_a_new_version_is_offered_and_a_failed_one_leaves_the_old(phone: Page, town: Town) -> None:
    first = saved(phone)
    town.edit("clubs/sakura-taiso.yml", "087-000-0000", "087-000-0009")
    town.build()
    lost = next(path for path in (town.site / "offline").glob("records-*.json"))
    content = lost.read_bytes()
    lost.unlink()
    assert phone.evaluate(WHAT_BECOMES_OF_THE_NEXT) == "redundant"
    town.cut()
    phone.goto(f"{town.root}r/sakura-taiso/")
    expect(phone.locator(".ts-record")).to_contain_text("087-000-0000")
    assert saved(phone) == first
    town.connect()
    lost.write_bytes(content)
    asked: list[str] = []
    phone.context.on("request", lambda request: asked.append(request.url))
    phone.goto(f"{town.root}list/")
    expect(phone.get_by_role("status").filter(has_text="新しい内容があります。")).to_be_visible()
    phone.evaluate(AXE_SOURCE)
    assert phone.evaluate(RUN_AXE, ALL_RULES)["violations"] == []
    assert saved(phone) == first  # not forced
    with phone.expect_event("load"):
        phone.get_by_role("button", name="入れかえる").click()
    phone.wait_for_function(
        "version => caches.match(new URL('../offline/saved', location.href)).then(found => found.json()).then(state => state.version !== version)",
        arg=first["version"],
    )
    names = phone.evaluate(
        "async () => (await (await caches.open('tsunagite:/tsunagite-town/:saved')).keys()).map(one => one.url)"
    )
    assert {name.rpartition("/")[2] for name in names if name.endswith(".json")} == {
        path.name for path in (town.site / "offline").glob("*.json")
    }
    expect(phone.locator(".ts-newer")).to_have_count(0)
    town.cut()
    phone.goto(f"{town.root}r/sakura-taiso/")
    expect(phone.locator(".ts-record")).to_contain_text("087-000-0009")


def test_map_tiles_are_kept_as_they_are_looked_at_and_never_ahead(phone: Page, town: Town) -> None:
    tiles = "async () => (await (await caches.open('tsunagite:/tsunagite-town/:tiles')).keys()).map(one => one.url)"
    assert phone.evaluate(tiles) == []
    town.edit("clubs/sakura-taiso.yml", "集会所}", "集会所, lat: 34.35, lng: 134.1}")
    town.build()
    phone.goto(f"{town.root}r/sakura-taiso/")
    asked: list[str] = []
    phone.context.on("request", lambda request: asked.append(request.url) if "/tiles/" in request.url else None)
    phone.get_by_role("button", name="地図を見る").click()
    expect(phone.locator("img.leaflet-tile-loaded").first).to_be_visible()
    phone.wait_for_function(f"async () => (await ({tiles})()).length > 0")
    assert set(phone.evaluate(tiles)) <= set(asked)


def test_with_save_data_nothing_is_saved_unasked_and_what_is_saved_can_be_deleted(browser: Browser, town: Town) -> None:
    context = browser.new_context(viewport=PHONE, locale="ja-JP", timezone_id="Asia/Tokyo")
    context.add_init_script("Object.defineProperty(navigator, 'connection', {value: {saveData: true}})")
    page = context.new_page()
    page.goto(f"{town.root}offline/")
    expect(page.locator(".ts-kept")).to_have_text("まだ保存していません。")
    assert page.evaluate(KEEPS) == 0
    page.get_by_role("button", name="この端末に保存する").click()
    expect(page.locator(".ts-kept")).to_contain_text("保存した日：")
    page.get_by_role("button", name="保存を消す").click()
    expect(page.locator(".ts-kept")).to_have_text("まだ保存していません。")
    assert page.evaluate("caches.keys()") == []
    page.reload()
    assert page.evaluate(KEEPS) == 0
    context.close()


def test_nothing_is_saved_before_the_page_is_there(browser: Browser, town: Town) -> None:
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    order: list[str] = []

    def note(request: Request) -> None:
        order.append(
            "saving" if "/offline/" in request.url or request.url.endswith(("sw.js", "offline.js")) else "page"
        )

    context.on("request", note)
    page.on("load", lambda _: order.append("loaded"))
    page.goto(f"{town.root}all/")
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    assert "saving" in order
    assert order.index("loaded") < order.index("saving")
    context.close()


def test_a_city_is_saved_in_less_than_three_megabytes(built_demo: Path) -> None:
    packs = sorted((built_demo / "offline").glob("*.json"))
    records = sum(len(json.loads(path.read_bytes())) for path in (built_demo / "data/records").iterdir())
    sent = sum(len(gzip.compress(path.read_bytes(), 6)) for path in [*packs, built_demo / "sw.js"])
    assert records > 2000
    assert sent < 3_000_000
    script = (built_demo / "sw.js").read_text(encoding="utf-8")
    assert {path.name for path in packs} == set(
        re.findall(r'offline/([a-z]+-\d+-[0-9a-f]+\.json)"', script.partition("\n")[0])
    )
    kept: dict[str, str] = {}
    for path in packs:
        kept |= json.loads(path.read_bytes())
    for needed in (
        "index.html",
        "search/index.html",
        "search/meta.json",
        "list/index.html",
        "contact/index.html",
        "contact/data.json",
        "emergency/index.html",
        "data/map.json",
        "help/index.html",
    ):
        assert kept[needed] == (built_demo / needed).read_text(encoding="utf-8"), needed
    # Whatever a saved page loads is saved with it.
    for name in [name for name in kept if name.endswith(".html")]:
        folder = name.rpartition("/")[0]
        for link in re.findall(
            r'<(?:script|link|use)[^>]*?(?:src|href)="((?!http|data:)[^"#]+\.(?:js|css|svg))[#"]', kept[name]
        ):
            parts: list[str] = folder.split("/") if folder else []
            for part in link.split("/"):
                parts = parts[:-1] if part == ".." else parts if part == "." else [*parts, part]
            assert "/".join(parts) in kept, (name, link)


def test_the_site_can_be_put_on_a_home_screen(built_demo: Path) -> None:
    manifest = json.loads((built_demo / "manifest.webmanifest").read_bytes())
    assert (manifest["start_url"], manifest["scope"], manifest["display"], manifest["lang"]) == (
        "./",
        "./",
        "standalone",
        "ja",
    )
    assert {icon.get("purpose", "any") for icon in manifest["icons"]} == {"any", "maskable"}
    for icon in manifest["icons"]:
        content = (built_demo / icon["src"]).read_bytes()
        if icon["type"] == "image/png":
            width, height = (int.from_bytes(content[at : at + 4], "big") for at in (16, 20))
            assert f"{width}x{height}" == icon["sizes"]
    for shortcut in manifest["shortcuts"]:
        assert (built_demo / shortcut["url"] / "index.html").is_file()


def test_without_tiles_the_points_lie_on_the_city_with_its_names_and_the_map_says_so(
    browser: Browser, served: str
) -> None:
    reader = visit(browser, served, PHONE)
    reader.context.route("https://cyberjapandata.gsi.go.jp/**", lambda route: route.abort())
    page = reader.open("map")
    expect(page.locator(".ts-map__outline")).to_be_attached()
    expect(page.locator(".ts-map__around")).to_be_attached()
    expect(page.locator(".ts-map__name").get_by_text("坂出市")).to_be_attached()
    expect(page.get_by_text("背景の地図が届きません。")).to_be_visible()
    expect(page.locator(".leaflet-marker-icon:not(.ts-map__name)").first).to_be_visible()
    reader.context.close()
