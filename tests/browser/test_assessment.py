"""The assessment in a browser: a nought leads to the nearest, two areas stand side by side, and both work with the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from page_kinds import DEMO, DESKTOP, FACES, Visit

pytestmark = pytest.mark.browser
Reader = Callable[..., Visit]


def test_two_areas_stand_side_by_side_and_the_address_says_which(visitor: Reader) -> None:
    someone = visitor(DESKTOP)
    page = someone.open(f"{FACES}profiles/")
    page.get_by_label("左の地域").select_option("屋島地区")
    page.get_by_label("右の地域").select_option("高松市")
    page.get_by_role("button", name="並べる").press("Enter")
    pair = page.locator(".ts-as-pair").first
    expect(pair.get_by_role("heading")).to_have_text(["屋島地区の今", "高松市の今"])
    expect(page).to_have_url(someone.served + f"{FACES}profiles/?a=yashima&b=takamatsu")
    page.reload()
    expect(page.locator(".ts-as-pair").first.get_by_role("heading")).to_have_text(["屋島地区の今", "高松市の今"])
    page.locator(".ts-as-pair th a").first.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("の資源は、どこにあるか")
    assert someone.complaints == []


def test_a_nought_of_the_table_leads_to_the_row_of_its_area(visitor: Reader) -> None:
    page = visitor(DESKTOP).open(f"{FACES}gaps/")
    page.locator('td a[href$="#-yashima"]').first.press("Enter")
    expect(page.locator("tr:target th")).to_have_text("屋島地区")


def test_an_idea_put_in_a_town_tells_whose_way_becomes_shorter_and_goes_into_the_proposal(visitor: Reader) -> None:
    someone = visitor(DESKTOP)
    page = someone.open(f"{DEMO}gaps/what-if/")
    page.get_by_label("困りごと").select_option("買い物")
    page.get_by_label("置く町").select_option("屋島西町（屋島地区）")
    result = page.locator(".ts-as-result")
    expect(result.get_by_role("row", name="屋島西町")).to_contain_text("約0m")
    expect(result).to_contain_text("屋島西町（屋島地区）の真ん中に置くと、新しく500m以内になる65歳以上の人は")
    page.get_by_role("button", name="「市への提案」に写して書く").press("Enter")
    expect(page.get_by_label("題")).to_have_value("「買い物」の資源を増やす案")
    assert someone.complaints == []
