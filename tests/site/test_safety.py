"""Text of a record stays text: whatever stands in a field, no page gains an element, and structured data stays readable."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import TODAY, keep_what_was_made, new_site
from html_page import HtmlPage
from tsunagite.adapters.site_build import build_site

Run = Callable[..., Any]
CALM = "おだやかな文"
NASTY = "\"'><script>x()</script>]]>&lt"

FILES = {
    "resources/site.yml": """
name: TEXT
municipality: TEXT
area: town
site_url: https://town.example/
demonstration: TEXT
description: TEXT
correction_mail: town@town.example
tiles: {url: "https://tiles.example/{z}/{x}/{y}.png", attribution: TEXT}
emergency: [{number: "119", label: TEXT}]
""",
    "resources/areas/town.yml": "{id: town, name: TEXT, name_kana: まち, level: 市}",
    "resources/organizations/city.yml": "{id: city, name: TEXT, name_kana: し, phones: [{number: 087-839-2811, label: TEXT}]}",
    "resources/sources/list.yml": """
id: list
name: TEXT
owner: TEXT
url: https://list.example/
licence: TEXT
licence_url: https://licence.example/
credit: TEXT
data_date: 2026-10-01
file: files/list.csv
into: places
id_rule: {prefix: list, number: 番号}
columns: {TEXT: name}
""",
    "resources/sources/files/list.csv": "番号,名称\n",
    "resources/vocabulary/need.yml": "terms: [{id: nasty, label: TEXT, official: TEXT, definition: TEXT, icon: heart}]",
    "resources/clubs/all-fields.yml": """
id: all-fields
name: TEXT
name_kana: すべて
name_en: TEXT
alt_names: [TEXT]
kind: 体操の会
needs: [nasty, 居場所・仲間]
support_level: [互助]
summary: TEXT
summary_easy: TEXT
description: TEXT
helpful_for: TEXT
linking_tips: TEXT
how_to_use: [TEXT]
required_docs: [TEXT]
organization: city
phones: [{number: 087-839-2811, label: TEXT, extension: "12", hours: TEXT}]
email: o'brien@town.example
url: https://town.example/'onmouseover='x()
contact_note: TEXT
location: {address: TEXT, building: TEXT, lat: 34.34, lng: 134.04, directions: TEXT}
service_areas: [town]
hours: [{days: 月, open: "9:00", close: "17:00", label: TEXT}]
hours_note: TEXT
closed_on_days: {note: TEXT}
eligibility: {age_min: 65, note: TEXT}
fee: {type: 会費, amount: 100, unit: TEXT, note: TEXT}
capacity: 10
capacity_note: TEXT
vacancy: {text: TEXT, on: 2026-11-01}
access: {features: [車いすで入れる], note: TEXT}
alert: {text: TEXT, until: 2026-12-31}
pause: {until: 2026-12-31, reason: TEXT}
attributes: {TEXT: TEXT}
memo: SECRET-MEMO
verified_on: 2026-09-02
verified_by: TEXT
verify_method: 電話
sources: [{source: list, row: TEXT}]
""",
    "resources/clubs/ended.yml": """
id: ended
name: TEXT
name_kana: おわり
kind: 体操の会
needs: [居場所・仲間]
support_level: [互助]
summary: TEXT
service_areas: [town]
status: 終了
closed_date: 2026-03-31
replaced_by: all-fields
verified_on: 2026-03-31
""",
    "resources/places/park.yml": """
id: park
name: TEXT
name_kana: こうえん
kind: 公園
needs: [居場所・仲間]
support_level: [自助]
summary: TEXT
no_contact_reason: TEXT
location: {address: TEXT}
verified_on: 2026-09-02
""",
}


def world(folder: Path, text: str) -> None:
    """Write the site with ``text`` in every field that holds words."""
    for name, content in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content.replace("TEXT", json.dumps(text, ensure_ascii=False)), encoding="utf-8")


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory, built_starter: Path) -> tuple[Path, Path]:
    """The same site twice: with calm words, and with words that try to become markup."""
    town = keep_what_was_made(built_starter.parent, new_site(tmp_path_factory.mktemp("safety") / "town"))
    for name, text in (("calm", CALM), ("nasty", NASTY)):
        world(town, text)
        build_site(town, town / name, TODAY, print, "ja")
    return town / "calm", town / "nasty"


def shape(path: Path) -> list[tuple[str, tuple[str, ...]]]:
    """Every element of a page with the names of its attributes. A name in a drawing has as many lines (``tspan``) as it needs."""
    # and as many places to break (``wbr``) as its phrases have.
    found = [(element.tag, tuple(element.attributes)) for element in HtmlPage.of(path).elements if element.tag != "wbr"]
    return [one for number, one in enumerate(found) if one[0] != "tspan" or one != found[number - 1]]


def test_words_of_a_record_never_become_elements_or_attributes(sites: tuple[Path, Path]) -> None:
    calm, nasty = sites
    pages = sorted(path.relative_to(calm) for path in calm.rglob("*.html"))
    assert len(pages) > 15
    assert sum("x()" in (nasty / page).read_text(encoding="utf-8") for page in pages) == len(pages)
    assert [str(page) for page in pages if shape(calm / page) != shape(nasty / page)] == []


def test_the_words_are_still_there_to_read(sites: tuple[Path, Path]) -> None:
    page = HtmlPage.of(sites[1] / "r/all-fields/index.html")
    assert page.texts["h1"] == [f"{NASTY} 休止（2026年12月31日まで） 2026年9月確認"]
    assert page.texts["title"][0].startswith(NASTY)
    assert page.described() == NASTY


def test_structured_data_stays_readable(sites: tuple[Path, Path]) -> None:
    [text] = HtmlPage.of(sites[1] / "r/all-fields/index.html").structured_data
    data = json.loads(text)
    assert (data["name"], data["description"], data["address"]["streetAddress"]) == (NASTY, NASTY, NASTY)


def test_a_memo_is_published_nowhere(sites: tuple[Path, Path]) -> None:
    texts = [path for path in sites[1].rglob("*") if path.is_file()]
    assert [path.name for path in texts if b"SECRET-MEMO" in path.read_bytes()] == []


@pytest.mark.parametrize(
    "address",
    [
        "javascript:x()",
        "data:text/html,x",
        'https://a.example/"onclick=x()',
        "//a.example/",
        "https://www.city.example@evil.example/",
    ],
)
def test_an_address_that_could_run_something_is_refused(site_folder: Path, tsunagite: Run, address: str) -> None:
    path = site_folder / "resources/clubs/sakura-taiso.yml"
    path.write_text(path.read_text(encoding="utf-8") + f"url: {json.dumps(address)}\n", encoding="utf-8")
    said = tsunagite("check", site_folder)
    assert said.code == 1
    assert ":url" not in said.out
    assert "sakura-taiso.yml:" in said.out
