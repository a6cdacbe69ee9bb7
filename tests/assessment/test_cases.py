"""What filled sheets tell of needs by place: how it is counted, what is never told, and the sheet that begins from it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from area_world import AREAS, SETTINGS, at, pages_of
from small_site import resource, site_view
from tsunagite.analysis.cases import CASES, LEAST, NOTICES, SHEETS, Cases, Count, Place, tell_whole
from tsunagite.engine.assemble import Views
from tsunagite.findings import SourceLocation
from tsunagite.records.load.worksheets import Filled, Worksheets, built_in_sheets, filled_of

Sheet = dict[str, Any]


def sheet(name: str, lines: list[str], section: str = "voices", field: str = "seen", **fields: Any) -> Sheet:
    """Return a filled sheet about meals with some lines."""
    head = {"id": name, "title": name, "needs": ["食事"], "made_on": "2026-05-12", "made_by": "会議", "publishable_by": "地域福祉課"}  # fmt: skip
    return head | {section: [{field: line} for line in lines]} | fields


def cases_of(*lines: str) -> dict[str, Any]:
    return {"cases": [{"letter": str(number), "trouble": line} for number, line in enumerate(lines, start=1)]}


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Views:
    """North has three sheets that nobody took over from another, and two that grew from them; south has two."""
    voices = {
        "one": sheet("one", ["夕食がない", "店が早く閉まる"], area="a"),
        "two": sheet("two", ["夕食が ない", "菓子だけで済ませる"], area="north"),
        "later": sheet("later", ["昼しか届かない"], area="north", grew_from=["between"]),
        "south-1": sheet("south-1", ["南の声"], area="south"),
        "south-2": sheet("south-2", ["南の声2"], area="south"),
        "hidden": sheet("hidden", ["出さない声"], area="south", publishable_by=""),
        "made-up": sheet("made-up", ["見本の声"], area="south", sample=True),
    }
    others = {
        "individual-to-community__cases": sheet("cases", [], area="north") | cases_of("体重が減った", "火がこわい", "夜は一人"),
        "meeting-request__between": None,
        "proposal__between": sheet("between", [], area="north", grew_from=["one"]) | {"evidence": {"figures": "1"}},
        "factors__why": sheet("why", [], area="b", grew_from=["two"]) | {
            "trouble": {"trouble": "夕食"},
            "factors": [{"letter": letter, "side": side, "factor": f"要因{letter}"} for letter, side in zip("abcd", ("しくみ", "しくみ", "しくみ", "住民"), strict=True)],
        },
    }  # fmt: skip
    files = {f"worksheets__field-voices__{name}": content for name, content in voices.items()}
    files |= {f"worksheets__{name}": content for name, content in others.items() if content}
    for content in files.values():
        for empty in [key for key, value in content.items() if value == []]:
            del content[empty]
    records = (resource("far", needs=["食事"], **at(5000, "c")),)
    areas = {"records": AREAS}
    return site_view(tmp_path_factory.mktemp("cases") / "site", *records, areas__all=areas, site=SETTINGS, **files)


NORTH = Place("north", "北")


def test_lines_count_once_and_a_sheet_that_grew_from_another_is_not_one_more(city: Views) -> None:
    (table,) = Cases(city.directory).tables
    assert list(table.places) == [NORTH]
    counts = table.places[NORTH]
    assert counts[SHEETS] == Count(3), "one, two and cases: later grew from one by way of between, why from two"
    assert counts[NOTICES] == Count(4), "夕食がない is written twice"
    assert (counts[CASES], counts["しくみ"], counts["住民"]) == (Count(3), Count(3), Count(None))


def test_fewer_than_three_are_told_of_no_place_and_cannot_be_found_by_subtraction(city: Views) -> None:
    (table,) = Cases(city.directory).tables
    assert Place("south", "南") not in table.places
    assert table.whole[SHEETS] == Count(3, exact=False), "5 less 3 would be the two of south"
    assert (table.whole[NOTICES], table.whole[CASES]) == (Count(4, exact=False), Count(3))


def test_the_page_says_it_beside_what_there_is_and_begins_a_sheet(city: Views) -> None:
    pages = pages_of(city)
    page = pages["gaps/from-sheets/"]
    assert "3枚の用紙が「食事」のことを書いています。北地区の「食事」の登録は0件です。" in page
    assert (
        "3枚以上の用紙が「食事」のことを書いています。高松市全体の「食事」の登録は1件ですが、65歳以上の人のだれにも、800m以内に一つもありません。"
        in page
    )
    assert "南の声" not in page
    begun = json.loads(unescape(re.search(r'id="copy">(.*?)</script>', page)[1]))["meals-1"]
    assert (begun["area"], begun["needs"], begun["title"]) == ("north", ["食事"], "北地区の「食事」")
    assert sorted(begun["grew_from"]) == ["cases", "later", "one", "two", "why"]
    assert begun["problems"] == [{"letter": "a", "cases": 3, "figures": "3枚の用紙が「食事」のことを書いています。北地区の「食事」の登録は0件です。"}]  # fmt: skip
    assert [one["notice"] for one in begun["notices"]] == ["昼しか届かない", "夕食がない", "店が早く閉まる", "菓子だけで済ませる"]  # fmt: skip
    assert "3枚の用紙が" in pages["gaps/meals/"]
    assert "3枚の用紙が" in pages["profiles/north/"]
    assert "用紙から見える課題" not in pages["profiles/south/"]


def test_samples_are_told_alone_and_say_that_they_are_samples(tmp_path: Path) -> None:
    files = {
        f"worksheets__field-voices__{n}": sheet(f"s-{n}", [f"声{n}"], sample=True, place="丘の上") for n in range(3)
    }
    files = {f"worksheets__field-voices__s-{n}": content for n, content in enumerate(files.values())}
    site = site_view(tmp_path / "site", resource("one"), **files)
    page = pages_of(site)["gaps/from-sheets/"]
    assert "見本</span></h1>" in page
    assert "地域の記録にない場所なので、登録の数と近さはわかりません。" in page
    assert "3枚の用紙が「食事」のことを書いています。このサイト全体の「食事」の登録は0件です。" in page


def test_a_site_without_sheets_says_that_nothing_is_counted_yet(tmp_path: Path) -> None:
    assert "同じ場所で3枚以上の用紙に書かれた困りごとは、まだありません" in pages_of(site_view(tmp_path / "site", resource("one")))["gaps/from-sheets/"]  # fmt: skip


SHEETS_BY_ID = {one.id: one for one in built_in_sheets()}
WRITTEN = st.lists(st.tuples(st.sampled_from(["north", "south", "empty", "city", None]), st.integers(0, 4), st.booleans()), max_size=14)  # fmt: skip


@settings(max_examples=40)
@given(written=WRITTEN)
def test_no_number_of_one_or_two_is_told_or_follows_and_the_sum_is_right(city: Views, written: list) -> None:
    def filled(number: int, area: str | None, lines: int, grown: bool) -> Filled:
        data = sheet(f"w-{number}", [f"声 {number}の{line}" for line in range(lines)] or ["空"], **({"area": area} if area else {}))  # fmt: skip
        data |= {"grew_from": [f"w-{number - 1}"]} if grown and number else {}
        place = SourceLocation(f"resources/worksheets/field-voices/w-{number}.yml")
        made, findings = filled_of(data, place, SHEETS_BY_ID, city.directory.vocabularies)
        assert made, findings
        return made

    sheets = tuple(filled(number, *one) for number, one in enumerate(written))
    directory = replace(city.directory, worksheets=Worksheets(built_in_sheets(), sheets))
    for table in Cases(directory).tables:
        for what in (SHEETS, NOTICES):
            shown = [counts[what].number for counts in table.places.values() if counts[what].number is not None]
            whole = table.whole[what]
            assert min(shown, default=LEAST) >= LEAST
            if whole.number is None:
                continue
            assert whole.number >= LEAST
            rest = whole.number - sum(shown)
            assert rest >= 0
            assert rest not in (1, 2)
            if not whole.exact:
                assert rest == 0, "of what is at least so many nothing else follows"
        if table.whole[NOTICES].exact and table.whole[NOTICES].number:
            by_place: dict[str, set[str]] = {}
            for area, one in zip((area for area, _, _ in written), sheets, strict=True):
                by_place.setdefault(area if area in ("north", "south", "empty") else "", set()).update(
                    str(line["seen"]) for line in one.values["voices"]
                )
            assert table.whole[NOTICES].number == sum(map(len, by_place.values()))


@pytest.mark.parametrize(
    ("total", "shown", "hidden", "told"),
    [
        (2, 0, 5, Count(None)),
        (7, 7, 5, Count(7)),
        (8, 7, 5, Count(7, exact=False)),
        (10, 7, 2, Count(10)),
        (11, 7, 2, Count(7, exact=False)),  # the two hidden places would have two each
        (4, 0, 2, Count(None, exact=False)),
    ],
)
def test_the_number_of_all_places_gives_no_single_one_away(total: int, shown: int, hidden: int, told: Count) -> None:
    assert tell_whole(total, shown, hidden) == told
