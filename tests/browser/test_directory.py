"""The directory on a phone and on a desktop: facets with counts, near, open, map, the ways on, a table, paper."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from page_kinds import DEMO, DESKTOP, PHONE, Visit, visit
from page_probes import AXE_SOURCE, wait_until

pytestmark = pytest.mark.browser
TOWN_HALL = {"latitude": 34.3428, "longitude": 134.0466}
SEARCH = f"{DEMO}search/"


@pytest.fixture
def phone(visitor: Callable[..., Visit]) -> Callable[..., Page]:
    def start(address: str, **options: Any) -> Page:
        page = visitor(PHONE, has_touch=True, **options).open(SEARCH + address)
        if address:
            expect(page.locator("#found")).to_be_visible()
        return page

    return start


def total(page: Page) -> int:
    return int(page.locator("#found").get_attribute("data-total") or -1)


def asked(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def axe(page: Page) -> Any:
    page.evaluate(AXE_SOURCE)
    return page.evaluate(
        "axe.run({resultTypes: ['violations']}).then((found) => found.violations.map((one) => [one.id, one.nodes.map((node) => node.html)]))"
    )


def test_facets_narrow_with_counts_that_come_true_and_back_undoes_one_visit_to_the_sheet(
    phone: Callable[..., Page],
) -> None:
    page = phone("?group=clubs")
    before = total(page)
    page.get_by_role("button", name="しぼりこむ").tap()
    sheet = page.get_by_role("dialog", name="しぼりこむ")
    line = sheet.locator("label", has_text="居場所・仲間")
    promised = int(line.locator(".ts-facet__count").inner_text())
    assert 0 < promised <= before
    line.tap()
    show = sheet.get_by_role("button", name=f"{promised}件を見る")
    expect(show).to_be_visible()
    sheet.locator("summary", has_text="費用").tap()
    free = sheet.locator("label", has_text="無料")
    fewer = int(free.locator(".ts-facet__count").inner_text())
    assert 0 < fewer < promised
    free.tap()
    expect(sheet.get_by_role("button", name=f"{fewer}件を見る")).to_be_visible()
    assert axe(page) == []
    sheet.get_by_role("button", name=f"{fewer}件を見る").tap()
    expect(page.locator("#found [data-id]")).to_have_count(min(fewer, 10))
    assert total(page) == fewer
    assert asked(page) == {"group": ["clubs"], "need": ["belonging"], "fee": ["free"]}
    expect(page.locator("#found-title")).to_be_focused()
    page.go_back()
    expect(page.locator("#found")).to_have_attribute("data-total", str(before))
    page.go_forward()
    expect(page.locator("#found")).to_have_attribute("data-total", str(fewer))
    page.reload()
    expect(page.locator("#found")).to_have_attribute("data-total", str(fewer))
    expect(page.locator(".ts-found__filters a")).to_have_text(
        ["居場所・仲間 ×", "通いの場・住民活動 ×", "無料 ×"], use_inner_text=True
    )


def test_a_town_in_kana_is_a_place_to_start_from_and_the_nearest_stands_first(phone: Callable[..., Page]) -> None:
    page = phone("?q=公園")
    page.get_by_role("button", name="近くから").tap()
    page.locator("#near-q").fill("やしまにし")
    page.locator("#near li button").first.tap()
    expect(page.locator(".ts-found__filters")).to_contain_text("屋島西町の近く")
    expect(page.locator(".ts-sort select")).to_have_value("near")
    far = page.locator("#found [data-id] .ts-card__far").all_inner_texts()
    metres = [
        float(number) * (1000 if unit == "km" else 1)
        for number, unit in (re.search(r"直線で([\d.]+)(k?m)", words).groups() for words in far)
    ]  # type: ignore[union-attr]
    assert len(metres) == 10
    assert metres == sorted(metres)
    assert re.fullmatch(r"歩いて約\d+分（直線で\d+m）", far[0])
    assert asked(page)["near"] == ["yashima-nishimachi"]


def test_the_device_is_asked_only_by_its_button_and_its_place_stays_in_it(reader: Callable[..., Visit]) -> None:
    someone = reader(PHONE, geolocation=TOWN_HALL, permissions=["geolocation"])
    someone.context.add_init_script(
        """navigator.geolocation.getCurrentPosition = ((ask) => function (...all) { window.askedFor = (window.askedFor ?? 0) + 1; return ask.apply(this, all); })(navigator.geolocation.getCurrentPosition)"""
    )
    page = someone.open("home")
    page.get_by_role("link", name="近くから").click()
    here = page.get_by_role("button", name="いまいる場所から")
    expect(here).to_be_visible()
    assert page.evaluate("window.askedFor") is None
    expect(page.locator("#found [data-id]")).to_have_count(0)
    here.click()
    expect(page.locator("#found [data-id] .ts-card__far").first).to_contain_text("歩いて約")
    assert asked(page) == {"near": ["here"]}
    assert page.evaluate("window.askedFor") == 1
    assert not [address for address in someone.asked if re.search(r"34\.34|134\.04", address)]
    page.locator("#found h3 a").first.click()
    page.go_back()  # within the tab the place is still known
    expect(page.locator("#found [data-id] .ts-card__far").first).to_contain_text("歩いて約")


def test_a_refused_place_leads_to_the_names_of_towns(phone: Callable[..., Page]) -> None:
    page = phone("", permissions=[])
    page.get_by_role("button", name="近くから").click()
    page.get_by_role("button", name="いまいる場所から").click()
    expect(page.locator("#near-said")).to_contain_text("町の名前を入れてもさがせます")


def test_a_record_is_a_place_to_start_from(visitor: Callable[..., Visit]) -> None:
    page = visitor(PHONE).open(f"{DEMO}r/library-1/")
    expect(page.locator("h1")).to_contain_text("高松市中央図書館")
    page.get_by_role("link", name="この近くをさがす").click()
    expect(page.locator(".ts-found__filters")).to_contain_text("高松市中央図書館の近く")
    expect(page.locator("#found [data-id]").first).to_have_attribute("data-id", "library-1")


def test_open_on_a_weekday_is_chosen_by_hand_and_said_on_the_cards(phone: Callable[..., Page]) -> None:
    page = phone("?need=exercise")
    page.get_by_role("button", name="しぼりこむ").tap()
    sheet = page.locator("#sheet")
    sheet.locator("[name=day]").select_option("sat")
    sheet.locator("[name=time]").select_option("10:00")
    expect(sheet.locator("[name=day] option:checked")).to_have_text(re.compile(r"土曜日（\d+件）"))
    sheet.get_by_role("button", name="件を見る").tap()
    assert asked(page)["open"] == ["sat-10:00"]
    expect(page.locator(".ts-found__filters")).to_contain_text("土曜10:00に開いている")
    when = page.locator("#found > .ts-found__list > ol .ts-card__open").all_inner_texts()
    assert when
    assert all(words.startswith("土曜 ") for words in when)
    apart = page.locator(".ts-found__maybe")
    expect(apart).to_contain_text("開いている時間がわからないもの")
    shown = page.locator("#found [data-id]").count()
    apart.get_by_role("button", name="出す").tap()
    expect(page.locator("#found [data-id]")).to_have_count(shown + 10)
    expect(apart.locator("[data-id]").first).to_contain_text("わからないこと：開いている時間")


def test_the_map_shows_exactly_the_result_and_loads_nothing_before(visitor: Callable[..., Visit]) -> None:
    someone = visitor(PHONE)
    page = someone.open(f"{SEARCH}?kind=library")
    expect(page.locator("#found [data-id]").first).to_be_visible()
    assert not [
        address
        for address in someone.asked
        if "leaflet" in address or "points.json" in address or "cyberjapan" in address
    ]
    page.get_by_role("button", name="地図（5件）").click()
    drawn = """() => [...document.querySelectorAll(".ts-resultmap .leaflet-marker-icon:not(.ts-map__name)")].reduce((sum, mark) => sum + (Number(mark.textContent) || 1), 0)"""
    expect(page.locator(".ts-resultmap .leaflet-marker-icon:not(.ts-map__name)").first).to_be_visible()
    assert (
        page.evaluate(drawn) == total(page) == int(page.locator(".ts-resultmap").get_attribute("data-count") or 0) == 5
    )
    expect(page.locator("#found > .ts-found__list")).to_be_hidden()
    assert asked(page)["view"] == ["map"]
    assert axe(page) == []
    page.get_by_role("button", name="一覧（5件）").click()
    expect(page.locator("#found [data-id]")).to_have_count(5)
    expect(page.locator(".ts-resultmap")).to_be_hidden()


def test_on_a_desktop_facets_cards_and_map_stand_side_by_side(visitor: Callable[..., Visit]) -> None:
    someone = visitor(DESKTOP)
    page = someone.open(f"{SEARCH}?area=yashima")
    expect(page.locator(".ts-resultmap .leaflet-marker-icon:not(.ts-map__name)").first).to_be_visible()
    expect(page.locator(".ts-facets form")).to_be_visible()
    boxes = [
        page.locator(part).bounding_box()
        for part in (".ts-facets", "#found [data-id] >> nth=0", ".ts-resultmap__canvas")
    ]
    lefts = [box["x"] for box in boxes if box]
    assert lefts == sorted(lefts)
    assert len(lefts) == 3
    drawn = page.locator(".ts-resultmap")
    before = str(drawn.get_attribute("data-count"))
    page.locator(".ts-facets label", has_text="体を動かす").click()
    expect(drawn).not_to_have_attribute("data-count", before)  # what comes last
    assert axe(page) == []
    mark = page.locator(".ts-resultmap .leaflet-marker-icon:not(.ts-map__name):not(:has(.ts-map__cluster))").first
    mark.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".ts-resultmap__popup a").first).to_have_attribute("href", re.compile(r"r/.+/"))
    page.get_by_role("button", name="地図をしまう").click()
    expect(page.locator(".ts-resultmap")).to_be_hidden()
    assert someone.complaints == []


def test_a_result_without_any_place_is_shown_beside_a_map_of_the_whole(visitor: Callable[..., Visit]) -> None:
    someone = visitor(DESKTOP)
    page = someone.open(f"{SEARCH}?q=死にたい")
    expect(page.locator(".ts-resultmap .leaflet-tile").first).to_be_attached()
    expect(page.locator(".ts-resultmap")).to_have_attribute("data-count", "0")
    expect(page.locator("#found-title")).to_have_text("1件")
    assert someone.complaints == []


@pytest.mark.parametrize("way", ["late", "never"])
def test_results_stand_whole_where_their_map_comes_late_or_never(visitor: Callable[..., Visit], way: str) -> None:
    someone = visitor(DESKTOP)
    held: list[Route] = []

    def answer(route: Route) -> None:
        held.append(route)
        if way == "never":
            route.abort()

    someone.context.route("**/assets/tsunagite/map.js", answer)
    page = someone.open(f"{SEARCH}?q=死にたい")
    expect(page.locator("#found-title")).to_have_text("1件")
    if way == "late":
        page.wait_for_timeout(2500)  # longer than a search takes before it says that it is on its way
        expect(page.locator("#search-wait")).to_be_hidden()
        (map_script,) = held
        map_script.continue_()
        expect(page.locator(".ts-resultmap .leaflet-tile").first).to_be_attached()
    else:
        expect(page.locator("#found-said")).to_have_text(re.compile("読みこめませんでした"))
    expect(page.locator("#found-title")).to_have_text("1件")
    expect(page.locator("#search-failed")).to_be_hidden()
    expect(page.locator("#found [data-id]")).to_have_count(1)


def test_where_nothing_is_found_every_proposal_keeps_its_promise(phone: Callable[..., Page]) -> None:
    page = phone("?need=meals&area=yashima&access=wheelchair_entrance")
    expect(page.locator("#found-title")).to_have_text("見つかりませんでした")
    ways = page.locator(".ts-waysOn a")
    words = ways.all_inner_texts()
    assert any("を外す" in one for one in words)
    assert any("地区" in one and "外す" not in one for one in words)
    promised = int(re.findall(r"(\d+)件", words[0])[0])
    ways.first.tap()
    expect(page.locator("#found")).to_have_attribute("data-total", str(promised))
    page.go_back()
    expect(page.locator("#found")).to_have_attribute("data-total", "0")
    assert axe(page) == []


def test_a_result_becomes_a_table_that_a_spreadsheet_opens(phone: Callable[..., Page]) -> None:
    page = phone("?kind=library&near=yashima-nishimachi")
    page.locator(".ts-found__take summary").tap()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="表（CSV）にする").tap()
    content = waiting.value.path().read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    lines = content.decode("utf-8-sig").split("\r\n")
    assert lines[0] == "名前,ふりがな,種類,助け合い,ひとこと,場所,電話,直線の距離,ページ"
    assert len(lines) == 1 + total(page) + 1
    first = page.locator("#found h3 a").first.inner_text()
    assert lines[1].startswith(first)
    assert str(page.locator("#found h3 a").first.get_attribute("href")).removeprefix("../") in lines[1]
    expect(page.locator(".ts-found__take")).to_contain_text("5件を表にしました。")


def test_paper_carries_the_conditions_and_every_number_and_no_buttons(phone: Callable[..., Page]) -> None:
    page = phone("?kind=community_center&q=センター", color_scheme="dark")
    page.evaluate(
        "void (window.print = () => { window.onPaper = document.querySelectorAll('#found ol [data-id]').length })"
    )  # without void it would be called at once
    page.locator(".ts-found__take summary").tap()
    page.get_by_role("button", name="印刷する").tap()
    wait_until(page, "window.onPaper !== undefined")
    assert page.evaluate("window.onPaper") == total(page) > 10
    page.emulate_media(media="print")
    expect(page.locator(".ts-found__asked")).to_contain_text("「センター」・コミュニティセンター（2026年11月22日")
    expect(page.locator(".ts-card__number").first).to_have_text(re.compile(r"電話 087-\d+-\d+"))
    assert (
        page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--ts-card')") == "#ffffff"
    )  # also from a dark phone
    for part in (".ts-card__share", ".ts-ways", ".ts-found__filters", ".ts-sort"):
        expect(page.locator(part).first).to_be_hidden()


def test_a_card_says_why_it_was_found_where_no_word_shows_it(phone: Callable[..., Page]) -> None:
    page = phone("?q=ごみ出し")
    expect(page.locator("#found [data-id]", has_text="自治会").first).to_contain_text(
        "合うところ：困りごと「掃除・ごみ出し」"
    )


def test_sharing_a_card_copies_the_address_of_its_page(phone: Callable[..., Page]) -> None:
    page = phone("?q=図書館", permissions=["clipboard-read", "clipboard-write"])
    page.evaluate("Object.defineProperty(navigator, 'share', {value: undefined})")
    page.locator(".ts-card__share").first.tap()
    expect(page.locator(".ts-toast")).to_contain_text("アドレスを写しました")
    assert re.search(r"/r/library-\d+/$", page.evaluate("navigator.clipboard.readText()"))


def test_without_script_the_static_ways_stand_there_and_nothing_else(browser: Browser, served: str) -> None:
    page = visit(browser, served, PHONE, java_script_enabled=False).open("search")
    for hidden in (".ts-ways", "#near", "#sheet", ".ts-resultmap", "#found"):
        expect(page.locator(hidden)).to_be_hidden()
    expect(page.get_by_role("link", name="困りごとからさがす")).to_be_visible()
