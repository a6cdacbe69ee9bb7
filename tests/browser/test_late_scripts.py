"""What somebody presses or types while a script or its data are still on their way, as on a slow connection: none of it is lost."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from page_kinds import DEMO, DESKTOP, FACES, KINDS, PHONE, Visit

pytestmark = pytest.mark.browser
Reader = Callable[..., Visit]
SEARCH = f"{DEMO}search/"


def test_words_typed_before_the_search_came_stay_and_keep_the_filters(visitor: Reader) -> None:
    someone = visitor(PHONE)
    page, box = someone.page, someone.page.locator("#q")
    with someone.late("**/search_page.js"):
        page.goto(f"{someone.served}{SEARCH}?q=公園&area=yashima", wait_until="domcontentloaded")
        expect(box).to_have_value("公園")
        box.fill("医院")
    expect(page.locator("#found mark").first).to_have_text("公園")
    expect(box).to_have_value("医院")
    with someone.late("**/search_page.js"):
        page.goto(
            f"{someone.served}{SEARCH}?q=公園&area=yashima&need=exercise&need=belonging", wait_until="domcontentloaded"
        )
        box.fill("医院")
        box.press("Enter")
        page.wait_for_url(
            re.compile(r"\?q=%E5%8C%BB%E9%99%A2&area=yashima&need=exercise&need=belonging$"),
            wait_until="domcontentloaded",
        )
    expect(page.locator(".ts-found__filters")).to_contain_text("屋島地区")


@pytest.mark.parametrize(
    ("kind", "missing", "true"),
    [
        ("worksheet_form", "**/worksheet_form.js", "前に書いたものは消えません"),
        ("my_list_sent", "**/data/records/*.json", "リストとメモは消えていません"),
        (f"{DEMO}gaps/what-if/", "**/what-if.json", "置いても変わらない、という意味ではありません"),
    ],
)
def test_what_does_not_come_is_said_with_what_is_true(reader: Reader, kind: str, missing: str, true: str) -> None:
    someone = reader(PHONE)
    someone.page.route(missing, lambda route: route.abort())
    expect(someone.open(kind).locator(".ts-state:visible")).to_contain_text(true)


def test_a_search_that_comes_late_takes_the_focus_from_nobody(visitor: Reader) -> None:
    someone = visitor(PHONE)
    page = someone.page
    with someone.late("**/search_page.js"):
        page.goto(someone.served + SEARCH, wait_until="domcontentloaded")
        page.locator(".ts-menu summary").focus()
    expect(page.locator(".ts-ways")).to_be_visible()
    expect(page.locator(".ts-menu summary")).to_be_focused()


def test_a_filter_chosen_before_the_words_are_found_is_kept(visitor: Reader) -> None:
    someone = visitor(DESKTOP)
    page = someone.page
    line = page.locator(".ts-facets label", has_text="体を動かす")
    with someone.late("**/search/grams/*.json"):
        someone.open(f"{SEARCH}?q=屋島")
        line.click()
    expect(page.locator(".ts-found__filters")).to_contain_text("体を動かす")
    expect(line.locator("input")).to_be_checked()
    expect(line.locator(".ts-facet__count")).to_have_text(re.compile(r"^[1-9]"))


def test_a_second_filter_keeps_the_first_whose_column_is_still_on_its_way(visitor: Reader) -> None:
    someone = visitor(DESKTOP)
    page = someone.open(f"{SEARCH}?q=屋島")
    with someone.late("**/search/columns/verified.json"):
        page.locator(".ts-facets summary", has_text="確認した日").click()
        page.locator(".ts-facets [name=verified]").select_option("2y")
        page.locator(".ts-facets label", has_text="体を動かす").click()
    expect(page.locator(".ts-found__filters a")).to_have_count(2)
    expect(page).to_have_url(re.compile("need=exercise&verified=2y$"))


def test_filters_are_counted_also_where_they_come_in_the_middle_of_a_search(visitor: Reader) -> None:
    someone = visitor(DESKTOP)
    with someone.late("**/search/columns/order.json"):
        page = someone.open(f"{SEARCH}?q=屋島&sort=kana")
        expect(page.locator(".ts-facets form")).to_be_visible()
    expect(page.locator("#found [data-id]").first).to_be_visible()
    expect(page.locator(".ts-facets label", has_text="体を動かす").locator(".ts-facet__count")).to_have_text(
        re.compile(r"^[1-9]")
    )


def test_a_map_that_is_asked_for_twice_before_it_came_is_drawn_once(visitor: Reader) -> None:
    someone = visitor(DESKTOP)
    page = someone.page
    with someone.late("**/assets/tsunagite/map.js"):
        someone.open(f"{SEARCH}?area=yashima")
        page.locator(".ts-facets label", has_text="体を動かす").click()
        expect(page.locator(".ts-found__filters a")).to_have_count(2)
    expect(page.locator(".ts-resultmap .leaflet-marker-icon:not(.ts-map__name)").first).to_be_visible()
    expect(page.locator(".ts-resultmap")).to_have_attribute("data-count", re.compile(r"^\d+$"))
    assert someone.complaints == []


def test_a_map_that_did_not_come_is_asked_for_by_the_next_press(visitor: Reader) -> None:
    page = visitor(PHONE).open("record")
    button = page.get_by_role("button", name="地図を見る")
    page.route("**/assets/tsunagite/map.js", lambda route: route.abort())
    with page.expect_event("requestfailed"):
        button.click()
    page.unroute("**/assets/tsunagite/map.js")
    button.click()
    expect(page.locator(".ts-map .leaflet-marker-icon:not(.ts-map__name)")).to_be_visible()


def test_the_contact_finder_stays_where_somebody_has_gone_before_its_data_came(visitor: Reader) -> None:
    someone = visitor(PHONE)
    page = someone.page
    with someone.late("**/contact/data.json"):
        someone.open("contact_answer")
        page.get_by_role("button", name="もどる").locator("visible=true").click()
        expect(page.locator("#step-1")).to_be_hidden()
    expect(page.get_by_label("町の名前、または郵便番号")).to_be_visible()
    expect(page.locator("#step-3")).to_be_hidden()
    expect(page.locator("#cf-count")).to_have_text("2/3")


def test_a_list_that_was_sent_is_kept_whole_however_late_its_records_come(visitor: Reader) -> None:
    someone = visitor(PHONE)
    page = someone.page
    keep = page.get_by_role("button", name="自分のリストに入れる")
    with someone.late("**/data/records/*.json"):
        someone.open(f"{FACES}list/#r=sakura-taiso.library-1")
        expect(page.get_by_role("heading", name="送られてきたリスト（2件）")).to_be_visible()
        expect(keep).to_be_hidden()
        expect(page.get_by_role("button", name="ケアプランの文にする")).to_be_hidden()
    keep.click()
    expect(page.locator(".ts-item h2 a")).to_have_text(["さくら体操クラブ", "屋島図書館"])


def test_a_list_that_was_sent_is_kept_whole_where_its_records_do_not_come(visitor: Reader) -> None:
    someone = visitor(PHONE)
    page = someone.page
    page.route("**/data/records/*.json", lambda route: route.abort())
    someone.open(f"{FACES}list/#r=sakura-taiso.library-1")
    page.get_by_role("button", name="自分のリストに入れる").click()
    expect(page.get_by_role("status").filter(has_text="2件を「リスト1」に入れました。")).to_be_visible()
    page.unroute("**/data/records/*.json")
    page.reload()
    expect(page.locator(".ts-item h2 a")).to_have_text(["さくら体操クラブ", "屋島図書館"])


def test_a_district_that_the_browser_brings_back_narrows_its_lists_again(visitor: Reader) -> None:
    page = visitor(PHONE).open(f"{KINDS['redirects']}#withdraw-cash")
    link = page.locator("#withdraw-cash a[href*='search/?']").first
    page.get_by_label("地区でしぼる").select_option("yashima")
    link.click()
    expect(page.locator(".ts-found__filters")).to_contain_text("屋島地区")
    page.go_back()
    expect(page.get_by_label("地区でしぼる")).to_have_value("yashima")
    expect(link).to_have_attribute("href", re.compile("area=yashima"))
