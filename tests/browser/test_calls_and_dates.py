"""Whom a page calls (its own host, and the tiles only when a map is wanted), and what it says about the age of data."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from page_kinds import FACES, TILES, Visit

pytestmark = pytest.mark.browser
Reader = Callable[..., Visit]


# Whom a page calls (that every other page calls nobody: test_pages.py)


def test_the_map_page_calls_the_tile_host_and_nobody_else(visitor: Reader) -> None:
    someone = visitor()
    page = someone.open("map")
    expect(page.locator("#map-count")).to_contain_text("件")
    expect(page.locator("img.leaflet-tile").first).to_be_attached()
    page.wait_for_load_state("networkidle")
    assert someone.foreign
    assert [address for address in someone.foreign if not address.startswith(TILES)] == []
    expect(page.get_by_role("link", name="地理院タイル")).to_be_visible()
    assert someone.complaints == []


def test_a_record_asks_for_tiles_only_after_the_button_is_pressed(visitor: Reader) -> None:
    someone = visitor()
    page = someone.open("record")
    page.wait_for_load_state("networkidle")
    assert [address for address in someone.asked if "leaflet" in address or address.startswith(TILES)] == []
    page.get_by_role("button", name="地図を見る").click()
    expect(page.get_by_role("region", name="屋島地域包括支援センターの地図")).to_be_visible()
    expect(page.locator("img.leaflet-tile").first).to_be_attached()
    page.wait_for_load_state("networkidle")
    assert someone.foreign
    assert [address for address in someone.foreign if not address.startswith(TILES)] == []
    expect(page.get_by_role("link", name="地理院タイル")).to_be_visible()
    expect(page.get_by_role("button", name="屋島地域包括支援センター", exact=True)).to_be_visible()
    assert someone.complaints == []


@pytest.mark.parametrize("button", ["大きくする", "小さくする"])
def test_the_map_can_be_moved_without_dragging(visitor: Reader, button: str) -> None:
    someone = visitor()
    page = someone.open("record")
    page.get_by_role("button", name="地図を見る").click()
    expect(page.locator("img.leaflet-tile-loaded").first).to_be_attached()
    level = int(someone.foreign[0].removeprefix(TILES).split("/")[2])
    other = level + 1 if button == "大きくする" else level - 1
    with page.expect_request(re.compile(f"^{re.escape(TILES)}[a-z]+/[a-z]+/{other}/")):
        page.get_by_role("button", name=button).click()


def test_nothing_is_kept_on_the_device_before_a_choice_is_made(visitor: Reader) -> None:
    someone = visitor()
    for kind in ("home", "record", "map", "guide"):
        page = someone.open(kind)
        assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert someone.context.cookies() == []


# How old the data are


@pytest.mark.parametrize(
    ("now", "words"),
    [
        ("2026-09-02T08:00:00+09:00", "（きょう）"),
        ("2026-09-03T00:30:00+09:00", "（1日前）"),
        ("2026-10-02T23:59:00+09:00", "（30日前）"),
        ("2026-11-22T12:00:00+09:00", "（2か月前）"),
        ("2027-09-02T23:59:00+09:00", "（12か月前）"),
    ],
)
def test_a_fresh_record_says_how_long_ago_it_was_checked(visitor: Reader, now: str, words: str) -> None:
    page = visitor(noon=now).open("record")
    expect(page.locator(".ts-verified time + .ts-quiet")).to_have_text(words)
    expect(page.locator(".ts-old")).to_have_count(0)
    expect(page.locator(".ts-next")).to_have_text("次の確認 2027年9月")


@pytest.mark.parametrize(
    ("kind", "now", "words"),
    [
        ("record", "2027-09-03T00:01:00+09:00", "12か月前の情報です。使う前に電話で確かめてください"),
        ("record", "2031-09-10T12:00:00+09:00", "5年前の情報です。使う前に電話で確かめてください"),
        ("imported", "2026-11-22T12:00:00+09:00", "2年前の情報です。使う前に電話で確かめてください"),
    ],
)
def test_a_record_past_its_day_says_so_and_asks_to_call_first(visitor: Reader, kind: str, now: str, words: str) -> None:
    page = visitor(noon=now).open(kind)
    expect(page.locator(".ts-old")).to_have_text(words)
    expect(page.locator(".ts-next")).to_have_count(0)  # a next check that is past would only puzzle


def test_a_made_up_record_has_no_age(visitor: Reader) -> None:
    page = visitor().open("sample")
    expect(page.locator(".ts-verified")).to_contain_text("見本の記録です。")
    assert page.locator(".ts-verified time").count() == 0


def test_dates_are_read_in_full_without_script(reader: Reader) -> None:
    page = reader(java_script_enabled=False).open(f"{FACES}r/library-1/")
    expect(page.locator(".ts-verified time")).to_have_text("高松市のデータ（2024年9月時点）")


@pytest.mark.parametrize(
    ("now", "words"),
    [
        ("2026-11-24T10:00:00+09:00", "いま、開いている時間です（17時15分まで）。"),
        ("2026-11-22T12:00:00+09:00", "いまは時間の外です。つぎは11月24日（火）8時30分から。"),  # Monday is a holiday
        ("2026-12-29T12:00:00+09:00", "いまは時間の外です。つぎは1月4日（月）8時30分から。"),
    ],
)
def test_a_record_says_whether_this_is_an_open_hour_in_japan(visitor: Reader, now: str, words: str) -> None:
    page = visitor(noon=now, timezone_id="America/Sao_Paulo").open("record")
    expect(page.locator(".ts-now")).to_have_text(words)


def test_a_site_older_than_its_table_of_holidays_promises_nothing(visitor: Reader) -> None:
    page = visitor(noon="2029-11-20T10:00:00+09:00").open("record")
    expect(page.locator(".ts-now")).to_be_hidden()
