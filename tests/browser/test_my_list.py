"""The visitor's own list: saved with ☆, ordered, noted, printed, sent to somebody else; nothing of it leaves the device."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, StorageState, expect

from page_kinds import DESKTOP, FACES, PHONE, Visit, visit
from page_probes import (
    ALL_RULES,
    AXE_SOURCE,
    COLOURS,
    CUT_OFF,
    LETTERS,
    RUN_AXE,
    SIDEWAYS,
    SMALL_TARGETS,
    SMALL_TEXT,
)
from pdf_page import pages_of, text_of

pytestmark = pytest.mark.browser
Reader = Callable[..., Visit]
CLUB, CENTER, LIBRARY, ENDED = "さくら体操クラブ", "屋島地域包括支援センター", "屋島図書館", "屋島ふれあいサロン"


def star(page: Page, name: str) -> None:
    page.get_by_role("button", name=f"{name}を持ち出しリストに保存").click()


def opened(page: Page) -> Page:
    """The list page, when the codes for paper are drawn."""
    expect(page.locator(".ts-mine")).to_have_attribute("data-ready", "")
    return page


def expect_names(page: Page, *names: str) -> None:
    """The list holds these records in this order, as soon as their data have come."""
    expect(page.locator(".ts-item h2 a, .ts-item h2:not(:has(a))")).to_have_text(names)


@pytest.fixture(scope="module")
def kept(browser: Browser, served: str) -> StorageState:
    """What a phone keeps on which somebody has saved three records from a list and one from its page."""
    someone = visit(browser, served, PHONE, has_touch=True)
    page = someone.open(f"{FACES}all/")
    for name in (CLUB, CENTER, LIBRARY):
        star(page, name)
    expect(page.get_by_role("status").filter(has_text="3件")).to_contain_text("「リスト1」に入れました")
    page.goto(f"{someone.served}{FACES}r/ended-salon/")
    star(page, ENDED)
    expect(page.get_by_role("status").filter(has_text="4件")).to_be_visible()
    state = someone.context.storage_state()
    someone.context.close()
    return state


@pytest.fixture
def filled(visitor: Reader, kept: StorageState) -> Visit:
    """A reader on a phone before a list of four records."""
    someone = visitor(PHONE, has_touch=True)
    someone.page.evaluate(
        "all => all.forEach(one => localStorage.setItem(one.name, one.value))", kept["origins"][0]["localStorage"]
    )
    opened(someone.open(f"{FACES}list/"))
    return someone


def test_a_star_is_a_toggle_that_other_pages_know(visitor: Reader) -> None:
    someone = visitor(PHONE)
    page = someone.open(f"{FACES}all/")
    button = page.get_by_role("button", name=f"{LIBRARY}を持ち出しリストに保存")
    expect(button).to_have_attribute("aria-pressed", "false")
    button.press("Enter")
    expect(button).to_have_attribute("aria-pressed", "true")
    page.goto(f"{someone.served}{FACES}r/library-1/")
    button = page.get_by_role("button", name=f"{LIBRARY}を持ち出しリストに保存")
    expect(button).to_have_attribute("aria-pressed", "true")
    page.locator(".ts-menu summary").click()
    expect(
        page.get_by_role("navigation", name="メニュー").get_by_role("link", name=re.compile("持ち出しリスト.*1件"))
    ).to_be_visible()
    page.keyboard.press("Escape")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    assert page.evaluate("localStorage.length") == 0
    assert someone.complaints == someone.foreign == []


def test_results_of_a_search_have_stars(visitor: Reader) -> None:
    page = visitor(PHONE).open(f"{FACES}search/?q=体操")
    star(page, CLUB)
    page.get_by_role("status").filter(has_text="入れました").get_by_role("link", name="リストを見る").click()
    expect_names(page, CLUB)


def test_items_are_ordered_and_taken_out_by_buttons_and_a_step_can_be_taken_back(filled: Visit) -> None:
    page = filled.page
    expect_names(page, CLUB, CENTER, LIBRARY, ENDED)
    page.get_by_role("button", name=f"「{LIBRARY}」を上へ").press("Enter")
    expect_names(page, CLUB, LIBRARY, CENTER, ENDED)
    expect(page.get_by_role("status").filter(has_text="2番目に移しました。")).to_be_visible()
    page.keyboard.press("Enter")  # the focus stayed on the button
    expect_names(page, LIBRARY, CLUB, CENTER, ENDED)
    expect(page.get_by_role("button", name=f"「{LIBRARY}」を上へ")).to_be_disabled()
    page.get_by_role("button", name=f"「{CLUB}」を外す").click()
    expect_names(page, LIBRARY, CENTER, ENDED)
    page.get_by_role("button", name="もとに戻す").click()
    expect_names(page, LIBRARY, CLUB, CENTER, ENDED)
    page.reload()
    expect_names(opened(page), LIBRARY, CLUB, CENTER, ENDED)


def test_a_note_stays_and_one_that_names_a_person_is_hinted_at(filled: Visit) -> None:
    page = filled.page
    note = page.locator("#note-sakura-taiso")
    note.fill("火曜に見学、くつを持って行く")
    expect(page.locator(".ts-hint:not(:empty)")).to_have_count(0)
    note.press_sequentially("山田様")
    expect(page.locator(".ts-hint").filter(has_text="お名前のように見えます")).to_be_visible()
    page.reload()
    expect(opened(page).locator("#note-sakura-taiso")).to_have_value("火曜に見学、くつを持って行く山田様")
    expect(page.get_by_text("お名前・電話番号・生年月日は書かないでください")).to_be_visible()


def test_several_lists_are_kept_apart_and_all_can_be_deleted(filled: Visit) -> None:
    page = filled.page
    page.get_by_text("リストを分ける・名前を変える・消す").click()
    page.get_by_role("button", name="新しいリストを作る").click()
    page.get_by_label("このリストの名前").fill("散歩の仲間")
    page.get_by_role("button", name="名前を変える").click()
    expect(page.get_by_text("まだ何も入っていません。")).to_be_visible()
    page.get_by_label("リスト", exact=True).select_option(label="リスト1（4件）")
    expect_names(opened(page), CLUB, CENTER, LIBRARY, ENDED)
    page.get_by_role("button", name="リストをすべて消す").click()
    assert page.evaluate("localStorage.length") == 0
    page.get_by_role("button", name="もとに戻す").click()
    expect(page.get_by_label("リスト", exact=True).locator("option")).to_have_text(
        ["リスト1（4件）", "散歩の仲間（0件）"]
    )


def test_an_ended_record_shows_what_took_its_place(filled: Visit) -> None:
    page = filled.page
    page.get_by_role("button", name=f"「{CLUB}」を外す").click()
    expect(page.locator(".ts-item__ended:visible")).to_contain_text(
        f"2026年3月31日に終了しました。代わりに「{CLUB}」があります。"
    )
    page.get_by_role("button", name=f"「{ENDED}」を「{CLUB}」に入れかえる").click()
    expect_names(page, CENTER, LIBRARY, CLUB)


def test_a_colleague_opens_the_link_and_keeps_the_list(filled: Visit, reader: Reader) -> None:
    page = filled.page
    page.locator("#note-library-1").fill("ここだけの話")
    page.evaluate("Object.defineProperty(navigator, 'share', {value: undefined})")
    page.get_by_role("button", name="リンクを送る").click()
    expect(page.locator(".ts-link__code svg")).to_be_visible()
    link = page.get_by_label("リンク", exact=True).input_value()
    assert link == "https://tsunagite.example/tsunagite-faces/list/#r=sakura-taiso.yashima-center.library-1.ended-salon"
    colleague = reader(PHONE)
    other = colleague.open(f"{FACES}list/{link.partition('/list/')[2]}.no-such-record")
    expect(other.get_by_role("heading", name="送られてきたリスト（5件）")).to_be_visible()
    expect(other.get_by_text("no-such-record）の記録は、いまはのっていません。")).to_be_visible()
    expect(other.get_by_text(f"代わりに「{CLUB}」があります。")).to_be_visible()
    assert other.evaluate("localStorage.length") == 0
    assert not [address for address in colleague.asked if "sakura" in address]  # no server learns what is in the list
    other.get_by_role("button", name="自分のリストに入れる").click()
    expect_names(opened(other), CLUB, CENTER, LIBRARY, ENDED)
    assert "#" not in other.url
    assert "ここだけの話" not in other.content()
    assert colleague.complaints == filled.complaints == []
    assert colleague.foreign == filled.foreign == []


def test_paper_has_number_hours_place_and_code_in_large_type(filled: Visit) -> None:
    page = filled.page
    page.locator("#note-sakura-taiso").fill("くつを持って行く")
    content = page.pdf(prefer_css_page_size=True)
    text = text_of(content)
    for words in (
        CLUB,
        "087-839-2811",
        "火13時30分から15時まで",
        "町2366-6",
        "会費1回100円",
        "くつを持って行く",
        "2026年11月22日に印刷",
        f"代わりに「{CLUB}」",
    ):
        assert words.replace(" ", "") in text, words
    assert "メニュー" not in text
    assert "外す" not in text
    assert {(round(width), round(height)) for width, height in pages_of(content)} == {(595, 842)}
    page.emulate_media(media="print")
    assert page.locator(".ts-item__code svg:visible, .ts-paperhead__code svg:visible").count() == 5
    sizes = page.locator(".ts-item .ts-call__number:visible").evaluate_all(
        "all => all.map(one => parseFloat(getComputedStyle(one).fontSize))"
    )
    assert min(sizes) >= 26  # pixels: 20 points
    page.emulate_media(media="null")
    page.get_by_text("メモも印刷する").click()
    assert "くつを持って行く" not in text_of(page.pdf())


def test_text_for_a_care_plan_and_files(filled: Visit) -> None:
    page = filled.page
    page.get_by_role("button", name="ケアプランの文にする").click()
    rows = [line.split("\t") for line in page.get_by_label("第2表の文").input_value().split("\n")]
    assert rows[0] == ["サービス内容", "サービス種別", "提供者", "頻度"]
    assert rows[1][3] == "週1回（火 13時30分から15時まで）"
    assert len(rows) == 4  # the ended one is not offered
    page.get_by_text("表計算や連絡先のファイルにする").click()
    for button, name, begins in (("CSV", r"\.csv$", b"\xef\xbb\xbfID,"), ("vCard", r"\.vcf$", b"BEGIN:VCARD\r\n")):
        with page.expect_download() as download:
            page.get_by_role("button", name=button).click()
        assert re.search(name, download.value.suggested_filename)
        assert download.value.path().read_bytes().startswith(begins)


@pytest.mark.parametrize(
    ("name", "said"), [("QuotaExceededError", "保存場所がいっぱいです"), ("SecurityError", "リストを残せません")]
)
def test_a_device_that_refuses_is_not_said_to_keep_anything(reader: Reader, name: str, said: str) -> None:
    someone = reader(PHONE)
    someone.context.add_init_script(f"Storage.prototype.setItem = () => {{ throw new DOMException('no', '{name}'); }}")
    page = someone.open(f"{FACES}all/")
    star(page, LIBRARY)
    expect(page.get_by_role("status").filter(has_text=said)).to_be_visible()
    expect(page.get_by_role("button", name=f"{LIBRARY}を持ち出しリストに保存")).to_have_attribute(
        "aria-pressed", "true"
    )
    assert someone.complaints == []


def test_a_browser_without_storage_still_shows_every_page(reader: Reader) -> None:
    someone = reader(PHONE)
    someone.context.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError'); }})"
    )
    page = someone.open(f"{FACES}list/#r=library-1")
    expect_names(opened(page), LIBRARY)
    assert someone.complaints == []


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_full_list_with_everything_open_is_readable_and_operable(filled: Visit, size: dict[str, int]) -> None:
    page = filled.page
    page.set_viewport_size(size)
    page.locator("#note-library-1").fill("山田様")
    page.get_by_role("button", name=f"「{CLUB}」を外す").click()
    for folded in page.locator("details.ts-tips summary").all():
        folded.click()
    page.get_by_role("button", name="ケアプランの文にする").click()
    page.evaluate("Object.defineProperty(navigator, 'share', {value: undefined})")
    page.get_by_role("button", name="リンクを送る").click()
    expect(page.locator(".ts-link__code svg")).to_be_visible()
    page.evaluate(AXE_SOURCE)
    for scheme, rules in (("light", ALL_RULES), ("dark", COLOURS)):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        assert page.evaluate(RUN_AXE, rules)["violations"] == [], scheme
    assert page.evaluate(SMALL_TEXT) == []
    if size is PHONE:
        assert page.evaluate(SMALL_TARGETS) == []
        for width, letters in ((320, 112.5), (390, 225)):
            page.set_viewport_size({"width": width, "height": 844})
            page.evaluate(LETTERS, f"{letters}%")
            assert page.evaluate(SIDEWAYS) <= 0, (width, letters)
            assert page.evaluate(CUT_OFF) == [], (width, letters)


def keeps_nothing_of_others(someone: Visit) -> None:
    """Let a window sleep where ``asleep`` is set: it learns nothing of what other windows keep."""
    someone.context.add_init_script(
        "addEventListener('storage', (event) => globalThis.asleep && event.stopImmediatePropagation())"
    )


def test_two_windows_show_the_newest_note_and_keep_both(reader: Reader, kept: StorageState) -> None:
    someone = reader(PHONE, storage_state=kept)
    keeps_nothing_of_others(someone)
    one, other = opened(someone.open(f"{FACES}list/")), someone.context.new_page()
    other.goto(one.url)
    opened(other)
    notes = [page.locator("#note-sakura-taiso") for page in (one, other)]
    notes[0].fill("火曜に見学")
    expect(notes[1]).to_have_value("火曜に見学")  # what one keeps the other shows
    one.evaluate("globalThis.asleep = true")
    notes[1].fill("水曜に見学")
    other.get_by_role("button", name=f"「{LIBRARY}」を外す").click()
    notes[0].fill("木曜に見学")  # not knowing of the other
    told = one.locator(".ts-item__other:visible")
    expect(told).to_contain_text("別の画面でも、このメモを書いていました。")
    expect(told).to_contain_text("水曜に見学")
    expect(one.locator(".ts-item h2 a")).to_have_text([CLUB, CENTER, ENDED])  # what was taken out there is not put back
    expect(notes[1]).to_have_value("木曜に見学")
    expect(other.locator(".ts-item__other:visible")).to_contain_text("水曜に見学")
    one.get_by_role("button", name="もう一方を出す").press("Enter")
    expect(notes[0]).to_have_value("水曜に見学")
    expect(notes[0]).to_be_focused()
    one.reload()
    expect(notes[0]).to_have_value("水曜に見学")
    expect(told).to_contain_text("木曜に見学")
    one.get_by_role("button", name="もう一方を消す").press("Enter")
    expect(told).to_have_count(0)
    expect(notes[0]).to_be_focused()
    assert someone.complaints == []


def test_two_windows_show_the_newest_name_of_a_list_and_keep_both(reader: Reader, kept: StorageState) -> None:
    someone = reader(PHONE, storage_state=kept)
    keeps_nothing_of_others(someone)
    one, other = opened(someone.open(f"{FACES}list/")), someone.context.new_page()
    other.goto(one.url)
    opened(other)
    for page in (one, other):
        page.get_by_text("リストを分ける・名前を変える・消す").click()
    names = [page.get_by_label("このリストの名前") for page in (one, other)]
    names[0].fill("屋島の会")  # kept as it is written: no button is needed
    expect(names[1]).to_have_value("屋島の会")
    one.evaluate("globalThis.asleep = true")
    names[1].fill("水曜の会")
    names[0].fill("木曜の会")  # not knowing of the other
    told = one.locator(".ts-mine__other")
    expect(told).to_contain_text("別の画面でも、このリストの名前を変えていました。")
    expect(told).to_contain_text("水曜の会")
    expect(names[1]).to_have_value("木曜の会")
    expect(other.locator(".ts-mine__other")).to_contain_text("水曜の会")
    told.get_by_role("button", name="もう一方を出す").press("Enter")
    expect(names[0]).to_have_value("水曜の会")
    expect(one.locator("#which")).to_be_focused()
    one.reload()
    expect(opened(one).locator("#which option")).to_have_text(["水曜の会（4件）"])
    expect(told).to_contain_text("木曜の会")
    told.get_by_role("button", name="もう一方を消す").press("Enter")
    expect(told).to_be_hidden()
    expect(one.locator("#which")).to_be_focused()
    one.get_by_role("button", name="もとに戻す").click()
    expect(told).to_contain_text("木曜の会")
    assert someone.complaints == []


def test_the_name_of_a_list_stays_also_where_nothing_is_in_it(visitor: Reader) -> None:
    page = visitor(PHONE).open("my_list")
    page.get_by_text("リストを分ける・名前を変える・消す").click()
    name = page.get_by_label("このリストの名前")
    name.fill("")
    name.press_sequentially("散歩 の会")
    page.reload()
    expect(page.locator("#which option")).to_have_text(["散歩 の会（0件）"])


def test_a_step_is_taken_back_without_what_another_window_did_meanwhile(reader: Reader, kept: StorageState) -> None:
    someone = reader(PHONE, storage_state=kept)
    page = opened(someone.open(f"{FACES}list/"))
    page.get_by_role("button", name=f"「{CENTER}」を外す").click()
    other = someone.context.new_page()
    other.goto(f"{someone.served}{FACES}r/idea-garbage/")
    other.get_by_role("button", name="持ち出しリストに保存").click()
    expect(page.locator(".ts-item")).to_have_count(4)
    page.get_by_role("button", name="もとに戻す").click()
    expect(page.locator(".ts-item")).to_have_count(5)
    expect(page.locator(".ts-item h2").nth(1)).to_contain_text(CENTER)
    expect(page.locator(".ts-item h2").nth(1)).to_be_focused()


def test_the_list_that_is_shown_stays_when_another_window_turns_to_another_one(
    reader: Reader, kept: StorageState
) -> None:
    someone = reader(PHONE, storage_state=kept)
    page, other = opened(someone.open(f"{FACES}list/")), someone.context.new_page()
    other.goto(page.url)
    opened(other).get_by_text("リストを分ける・名前を変える・消す").click()
    other.get_by_role("button", name="新しいリストを作る").click()
    expect(page.get_by_label("リスト", exact=True).locator("option")).to_have_count(2)
    expect_names(page, CLUB, CENTER, LIBRARY, ENDED)
    page.locator("#note-library-1").fill("こちらに書く")
    page.reload()
    expect(opened(page).locator("#note-library-1")).to_have_value("こちらに書く")


def test_the_focus_goes_on_where_an_item_was_taken_out(filled: Visit) -> None:
    page = filled.page
    page.get_by_role("button", name=f"「{CENTER}」を外す").press("Enter")
    expect(page.locator(".ts-item h2").nth(1)).to_be_focused()
    expect(page.locator(".ts-item h2").nth(1)).to_contain_text(LIBRARY)
    for name in (ENDED, LIBRARY, CLUB):
        page.get_by_role("button", name=f"「{name}」を外す").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    page.get_by_role("button", name="もとに戻す").press("Enter")
    expect(page.locator(".ts-item h2").first).to_be_focused()


@pytest.mark.parametrize(
    ("name", "said"), [("QuotaExceededError", "保存場所がいっぱいです"), ("SecurityError", "リストを残せません")]
)
def test_a_note_that_the_device_does_not_keep_says_so_beside_it(
    reader: Reader, kept: StorageState, name: str, said: str
) -> None:
    someone = reader(PHONE, storage_state=kept)
    page = opened(someone.open(f"{FACES}list/"))
    page.evaluate(f"() => {{ Storage.prototype.setItem = () => {{ throw new DOMException('no', '{name}'); }}; }}")
    page.locator("#note-ended-salon").fill("火曜に見学")
    expect(page.locator(".ts-hint").filter(has_text=said)).to_be_in_viewport()
    expect(page.locator("#note-ended-salon")).to_have_value("火曜に見学")


def test_who_comes_back_to_the_list_is_where_they_were(reader: Reader, kept: StorageState) -> None:
    someone = reader(PHONE, storage_state=kept)
    page = opened(someone.open(f"{FACES}list/"))
    page.evaluate("scrollTo({top: 600, behavior: 'instant'})")
    page.get_by_role("link", name=LIBRARY, exact=True).evaluate("link => link.click()")
    expect(page.get_by_role("heading", level=1)).to_contain_text(LIBRARY)
    page.go_back()
    opened(page)
    expect(page.locator(".ts-mine")).to_have_attribute("data-shown", "4")
    assert abs(page.evaluate("scrollY") - 600) < 30
