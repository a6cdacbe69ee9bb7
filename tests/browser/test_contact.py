"""The contact finder on a phone: which window, from a town by kana, by postal code or by position, and the way back and out."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from page_kinds import DEMO, FACES, PHONE, Visit

pytestmark = pytest.mark.browser
Reader = Callable[..., Visit]

MURE, HOKATSU = (
    "087-845-5711",
    "087-839-2811",
)  # the windows that the made-up tables name for 屋島 and for the middle of the city
YASHIMA = {"latitude": 34.3445, "longitude": 134.1035}
TUESDAY_NIGHT = "2026-11-24T21:00:00+09:00"
TUESDAY = "2026-11-24T11:00:00+09:00"


def first_window(page: Page) -> str:
    return page.locator(".cf-window--first .ts-call__number").inner_text()


def start(someone: Visit, trouble: str = "物忘れが心配") -> Page:
    page = someone.open("contact")
    page.get_by_role("link", name=trouble).click()
    expect(page.get_by_role("heading", name="その人の住んでいる町は、どこですか")).to_be_focused()
    expect(page.get_by_label("町の名前、または郵便番号")).to_be_visible()
    return page


def test_from_the_first_page_by_kana_to_the_number_and_back_again(visitor: Reader) -> None:
    someone = visitor(PHONE, noon=TUESDAY)
    page = someone.open("home")
    page.get_by_role("link", name="わたしの窓口をさがす").click()
    expect(page.locator("#cf-count")).to_have_text("1/3")
    expect(page.locator("#cf-count")).to_be_visible()
    page.get_by_role("link", name="物忘れが心配").click()
    page.get_by_label("町の名前、または郵便番号").fill("やしまに")
    page.get_by_role("button", name="屋島西町").click()
    expect(page.get_by_role("heading", name="屋島西町の方は、ここに電話してください")).to_be_focused()
    call = page.locator(".cf-window--first a.ts-call--big")
    assert call.get_attribute("href") == "tel:+81878455711"
    box = call.bounding_box()
    assert box
    assert box["height"] >= 56
    assert box["y"] + box["height"] <= PHONE["height"], "the number is in view without scrolling"
    expect(page.locator(".cf-window--first .ts-now")).to_have_text("いま、開いている時間です（17時まで）。")
    expect(page.locator(".cf-answer")).to_contain_text("「屋島西町の者です。")
    expect(page.locator(".cf-answer")).to_contain_text("実際の担当は市にご確認ください。")
    assert page.url.endswith("?k=memory&a=yashima-nishimachi")
    page.go_back()
    expect(page.locator("#step-2")).to_be_visible()
    page.get_by_role("button", name="もどる").locator("visible=true").click()
    expect(page.locator("#step-1")).to_be_visible()
    page.go_forward()
    page.go_forward()
    expect(page.locator("#step-3")).to_be_visible()
    assert first_window(page) == MURE
    assert someone.complaints == []
    assert someone.foreign == []


def test_at_night_the_page_says_when_and_whom_to_call_now(visitor: Reader) -> None:
    page = visitor(PHONE, noon=TUESDAY_NIGHT).open("contact_answer")
    expect(page.locator(".cf-window--first .ts-now")).to_have_text("いまは時間の外です。つぎはあす8時30分から。")
    after = page.locator(".cf-part").first
    expect(after).to_contain_text("夜や休みの日、つながらないとき")
    expect(after.get_by_role("link", name="よりそいホットライン")).to_have_attribute("href", "tel:+81120279338")


@pytest.mark.parametrize(
    ("typed", "towns"),
    [
        ("761-0113", ["屋島西町"]),
        ("７６１０１１３", ["屋島西町"]),
        ("香川県高松市屋島西町2366-6", ["屋島西町"]),
        ("ﾔｼﾏﾋｶﾞｼ", ["屋島東町"]),
        ("さくらちょう1ちょうめ", ["桜町一丁目"]),
    ],
)
def test_a_town_is_proposed_and_not_assumed(visitor: Reader, typed: str, towns: list[str]) -> None:
    page = start(visitor(PHONE))
    page.get_by_label("町の名前、または郵便番号").fill(typed)
    expect(page.locator("#cf-found .cf-row__label")).to_have_text(towns)
    page.keyboard.press("Enter")
    expect(page.locator("#cf-found button").first).to_be_focused()
    expect(page.locator("#step-3")).to_be_hidden()
    page.keyboard.press("Enter")
    expect(page.locator("#step-3")).to_be_visible()


def test_what_is_not_a_town_says_so(visitor: Reader) -> None:
    page = start(visitor(PHONE))
    page.get_by_label("町の名前、または郵便番号").fill("100-0001")
    expect(page.locator("#cf-said")).to_have_text("〒100-0001の町は、のっていません。町の名前でもさがせます。")
    page.get_by_label("町の名前、または郵便番号").fill("ぬぬぬ")
    expect(page.locator("#cf-said")).to_contain_text("見つかりません")


def test_the_position_is_asked_when_pressed_and_never_sent(visitor: Reader) -> None:
    someone = visitor(PHONE, geolocation=YASHIMA, permissions=["geolocation"])
    page = start(someone)
    asked = len(someone.asked)
    page.get_by_role("button", name="いまいる場所からさがす").click()
    expect(page.locator("#cf-found .cf-row__label").first).to_have_text("屋島中町")
    expect(page.locator("#cf-said")).to_contain_text("住んでいる町を押してください")
    expect(page.locator("#step-3")).to_be_hidden()
    page.locator("#cf-found button").first.click()
    expect(page.locator("#step-3")).to_be_visible()
    assert [address for address in someone.asked[asked:] if "134." in address or "34.3" in address] == []


def test_a_position_far_away_or_refused_leaves_the_other_ways(reader: Reader) -> None:
    page = start(reader(PHONE, geolocation={"latitude": 35.68, "longitude": 139.76}, permissions=["geolocation"]))
    page.get_by_role("button", name="いまいる場所からさがす").click()
    expect(page.locator("#cf-said")).to_contain_text("高松市の外のようです")
    page = start(reader(PHONE, permissions=[]))
    page.get_by_role("button", name="いまいる場所からさがす").click()
    expect(page.locator("#cf-said")).to_contain_text("町の名前")


def test_who_knows_neither_the_trouble_nor_the_town_still_gets_a_number(visitor: Reader) -> None:
    page = start(visitor(PHONE), "わからない・いくつも重なる")
    page.get_by_role("button", name="町がわからない").click()
    expect(page.get_by_role("heading", name="高松市の方は、ここに電話してください")).to_be_visible()
    assert first_window(page) == HOKATSU
    page.get_by_role("button", name="町を変える").click()
    expect(page.locator("#step-2")).to_be_visible()


def test_the_towns_can_be_chosen_in_kana_order_and_with_the_keyboard_alone(visitor: Reader) -> None:
    page = visitor(PHONE).open("contact")
    page.locator("#step-1 a").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="その人の住んでいる町は、どこですか")).to_be_focused()
    row = page.locator("summary", has_text="や行")
    row.focus()
    page.keyboard.press("Enter")
    link = page.get_by_role("link", name="屋島中町")
    link.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="屋島中町の方は、ここに電話してください")).to_be_focused()


def test_without_script_a_trouble_and_a_town_have_pages_with_numbers(reader: Reader) -> None:
    page = reader(PHONE, java_script_enabled=False).open("contact")
    assert [button for button in page.locator("#content button").all() if button.is_visible()] == []
    page.get_by_role("link", name="食事や買い物ができない").click()
    expect(page.locator("main")).to_contain_text("「○○町の者です。食事と買い物のことで困っています。」")
    expect(page.locator("main a[href='tel:+81878455711']").first).to_be_visible()
    page.get_by_role("link", name="町の名前からさがす").click()
    page.locator("summary", has_text="や行").click()
    page.get_by_role("link", name="屋島西町").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("屋島西町の相談窓口")
    assert first_window(page) == MURE


def test_without_a_network_for_the_data_the_list_of_towns_still_leads_on(reader: Reader) -> None:
    someone = reader(PHONE)
    someone.context.route("**/contact/data.json", lambda route: route.abort())
    page = someone.open("contact_where")
    expect(page.get_by_text("いま、つながりません。")).to_be_visible()
    page.locator("summary", has_text="や行").click()
    page.get_by_role("link", name="屋島西町").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("屋島西町の相談窓口")


def test_the_answer_prints_as_one_card(visitor: Reader, tmp_path: Path) -> None:
    someone = visitor(PHONE, noon=TUESDAY)
    page = someone.open("contact_answer")
    expect(page.locator(".cf-window--first")).to_be_visible()
    page.emulate_media(media="print")
    for gone in (".ts-header", ".cf-progress", ".cf-back", ".cf-buttons", ".ts-footer__links", ".ts-emergency"):
        expect(page.locator(gone).first).to_be_hidden()
    for there in (".cf-window--first .ts-call__number", ".cf-say", ".cf-proof", "h2#q3"):
        expect(page.locator(there).first).to_be_visible()
    pdf = page.pdf(format="A4", margin={"top": "12mm", "bottom": "12mm", "left": "12mm", "right": "12mm"})
    assert pdf.count(b"/Type /Page\n") + pdf.count(b"/Type /Page/") <= 2


# Safety


def test_a_delicate_trouble_can_be_left_at_once_and_back_does_not_return_to_it(reader: Reader) -> None:
    someone = reader(PHONE)
    someone.context.route(
        "https://www.jma.go.jp/**",
        lambda route: route.fulfill(status=200, content_type="text/html", body="<title>天気</title>"),
    )
    page = someone.open("home")
    page.get_by_role("link", name="わたしの窓口をさがす").click()
    expect(page.locator("#cf-count")).to_be_visible()
    expect(page.locator(".ts-exit")).to_be_hidden()
    page.locator("#content").get_by_role("link", name="虐待かもしれない").click()
    page.get_by_role("button", name="町がわからない").click()
    expect(page.locator("#step-3")).to_be_visible()
    assert page.title() == "相談の窓口"
    assert "gyakutai" not in page.url
    assert "violence" not in page.url
    page.get_by_role("link", name="すぐ離れる").click()
    page.wait_for_url("https://www.jma.go.jp/**")
    page.go_back()
    assert page.url.endswith(DEMO), "the page before the finder"


def test_escape_three_times_leaves_a_page_about_violence(reader: Reader) -> None:
    someone = reader(PHONE)
    someone.context.route(
        "https://www.jma.go.jp/**",
        lambda route: route.fulfill(status=200, content_type="text/html", body="<title>天気</title>"),
    )
    page = someone.open("contact_quiet")
    assert page.title().startswith("相談の案内")
    assert "虐待" not in str(page.locator("meta[name=description]").get_attribute("content"))
    for _ in range(2):
        page.keyboard.press("Escape")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.title().startswith("相談の案内"), "two may be a mistake"
    page.keyboard.press("Escape")
    page.wait_for_url("https://www.jma.go.jp/**")
    assert page.evaluate("document.referrer") == ""


@pytest.mark.parametrize(
    "path", [f"{DEMO}needs/violence/", f"{FACES}r/quiet-line/", f"{DEMO}contact/about/private-talk/"]
)
def test_pages_about_violence_have_the_button_and_a_title_that_tells_nothing(reader: Reader, path: str) -> None:
    page = reader(PHONE, java_script_enabled=False).open(path)
    expect(page.get_by_role("link", name="すぐ離れる")).to_be_in_viewport()
    named = page.title() + str(page.locator("meta[name=description]").get_attribute("content"))
    assert not [word for word in ("虐待", "暴力", "DV", "こわい") if word in named]


def test_the_whole_finder_is_small(built_demo: Path) -> None:
    import gzip  # noqa: PLC0415 - used here alone

    data = (built_demo / "contact" / "data.json").read_bytes()
    assert len(gzip.compress(data)) <= 60_000
    assert len(json.loads(data)["towns"]) == 235
