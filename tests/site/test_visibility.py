"""Consent and visibility: what may not be shown in an output is in no byte of it, from the day on that a consent ends."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml

from every_byte import texts_below
from small_site import TODAY, resource, site_view
from tsunagite.adapters.site_build import build_site
from tsunagite.records.model.contact import ConsentField

# Each word stands in one record or in its consent-bound fields alone, in letters that our fonts have.
WEB, PRINT, OPEN, WEB_PRINT, WEB_OPEN, ALL = "鸚鵡", "麒麟", "鰐鮫", "蟋蟀", "蟷螂", "蜻蛉"
ENDED, PAPER_ONLY, CLOSED_DATA, DECLINED = "蝙蝠", "鼬貂", "鶉鴫", "鵲鷭"
SCOPES = {
    WEB: ["web"],
    PRINT: ["print"],
    OPEN: ["opendata"],
    WEB_PRINT: ["web", "print"],
    WEB_OPEN: ["web", "opendata"],
    ALL: ["web", "print", "opendata"],
    ENDED: ["web", "print", "opendata"],
}
ON_WEB, ON_PAPER, IN_DATA = {WEB, WEB_PRINT, WEB_OPEN, ALL, CLOSED_DATA}, {WEB_PRINT, ALL, CLOSED_DATA}, {WEB_OPEN, ALL}
WORDS = (*SCOPES, PAPER_ONLY, CLOSED_DATA, DECLINED)
FIELDS = get_args(ConsentField)


def bound(word: str) -> dict[str, Any]:
    """Return every field that may need consent, with the word in it."""
    return {
        "name_en": f"Club {word}", "alt_names": [f"{word}の会"], "summary": f"{word}と話します。", "summary_easy": f"{word}とはなします。",
        "description": f"{word}を語る。", "helpful_for": f"{word}の心づかい", "linking_tips": f"{word}につなぐ", "how_to_use": [f"{word}に電話"],
        "organization": f"kai-{WORDS.index(word)}", "contact_roles": [{"role": f"{word}係"}, {"role": "世話役の係"}],
        "phones": [{"number": "087-839-2811", "label": f"{word}の窓口"}], "email": f"w{ord(word[0])}@town.example", "form_url": f"https://f{ord(word[0])}.example/",
        "url": f"https://u{ord(word[0])}.example/", "contact_note": f"{word}まで", "location": {"address": f"高松市桜町一丁目9-12{word}", "lat": 34.33, "lng": 134.05},
        "hours": [{"days": "月", "open": "9:00", "close": "10:00", "label": f"{word}の時間"}], "hours_note": f"{word}の日は休み",
        "alert": {"text": f"{word}のお知らせ", "until": "2026-12-31"}, "attributes": {"席": f"{word}席"},
    }  # fmt: skip


def record(number: int, word: str, **more: Any) -> dict[str, Any]:
    return {
        **resource(f"club-{number}", service_areas=["takamatsu"]),
        "name": f"さくら会{number}",
        **bound(word),
        **more,
    }


def write(folder: Path) -> None:
    """Add to a site: for every scope one record whose fields are bound, and one that is bound as a whole; and every visibility."""
    records, day = [], "2026-11-21"
    for number, (word, scope) in enumerate(SCOPES.items()):
        consent = {
            "basis": "written",
            "on": "2026-01-01",
            "scope": scope,
            **({"expires": day} if word == ENDED else {}),
        }
        records.append(record(number, word, consent={**consent, "fields": list(FIELDS)}))
        records.append(record(number + 20, word, name=f"{word}の集い", consent=consent))
    records += [
        record(40, PAPER_ONLY, visibility="印刷物のみ", name=f"{PAPER_ONLY}の集い"), record(41, CLOSED_DATA, visibility="オープンデータに出さない"),
        record(42, DECLINED, status="掲載辞退", name=f"{DECLINED}の集い"),
    ]  # fmt: skip
    files = {f"clubs/{one['id']}": one for one in records}
    files |= {
        f"organizations/kai-{n}": {"id": f"kai-{n}", "name": f"団体{word}", "name_kana": "だんたい"}
        for n, word in enumerate(WORDS)
    }
    files["pamphlets/all"] = {
        "id": "all",
        "title": "集まり",
        "layout": "掲示",
        "audience": "住民・家族",
        "kinds": ["通いの場・サロン"],
        "pinned": ["club-40", "club-21"],
    }
    files["pamphlets/prints/all-2026-10-01"] = {
        "id": "all-2026-10-01", "pamphlet": "all", "printed_on": "2026-10-01", "copies": 10,
        "records": [{"id": "club-6", "name": "さくら会6", "phones": [f"{ENDED}"], "place": f"桜町{ENDED}"}, {"id": "club-26", "name": f"{ENDED}の集い"}],
    }  # fmt: skip
    for name, content in files.items():
        path = folder / "resources" / f"{name}.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")


@pytest.fixture(scope="module")
def site(built_faces: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Everything that can be read in the site, by file. What the faces' build has kept is made once for both."""
    folder = Path(shutil.copytree(built_faces.parent, tmp_path_factory.mktemp("consent") / "town"))
    write(folder)
    with (folder / "resources" / "site.yml").open("a", encoding="utf-8") as settings:
        settings.write("licence: CC BY 4.0\n")
    told: list[str] = []
    build_site(folder, None, TODAY, told.append, "ja")
    assert [line for line in told if "まちがい" in line] == []
    return dict(texts_below(folder / "site", built_faces))


def words_in(texts: dict[str, str]) -> set[str]:
    """Return the words that stand in some texts, as kanji or by the addresses made of them."""
    together = "\n".join(texts.values())
    return {
        word
        for word in WORDS
        if word in together
        or f"w{ord(word[0])}@" in together
        or f"u{ord(word[0])}." in together
        or f"f{ord(word[0])}." in together
    }


def test_every_output_holds_what_its_scope_allows_and_not_one_word_more(site: dict[str, str]) -> None:
    data = {name: text for name, text in site.items() if name.startswith("opendata/")}
    papers = {name: text for name, text in site.items() if name.endswith(".pdf")}
    assert len(papers) >= 2
    assert words_in(site) == ON_WEB
    assert words_in(papers) == ON_PAPER
    assert words_in(data) == IN_DATA


def test_a_page_keeps_what_needs_no_consent(site: dict[str, str]) -> None:
    for number, (word, scope) in enumerate(SCOPES.items()):
        page = site[f"r/club-{number}/index.html"]
        assert f"さくら会{number}" in page
        assert (word in page) is ("web" in scope and word != ENDED)
        assert (f"r/club-{number + 20}/index.html" in site) is ("web" in scope and word != ENDED)


def test_a_consent_counts_on_its_last_day(tmp_path: Path) -> None:
    consent = {"basis": "written", "on": "2026-01-01", "fields": ["phones"]}
    for days, shown in ((0, True), (-1, False)):
        last = (TODAY + timedelta(days=days)).isoformat()
        view = site_view(
            tmp_path / str(days), resource("sakura", consent={**consent, "expires": last}, no_contact_reason="")
        )
        assert bool(view.cards["sakura"].phones) is shown


def test_a_delicate_position_says_no_more_than_its_address(tmp_path: Path) -> None:
    needs = ["虐待・暴力"]
    with_number = resource(
        "office", needs=needs, location={"address": "高松市桜町一丁目9-12", "lat": 34.33041, "lng": 134.05183}
    )
    without = resource("shelter", needs=needs, location={"address": "高松市桜町", "lat": 34.33041, "lng": 134.05183})
    directory = site_view(tmp_path / "town", with_number, without).directory
    places = {key: (one.location.lat, one.location.lng) for key, one in directory.resources.items() if one.location}
    assert places == {"office": (34.33041, 134.05183), "shelter": (34.33, 134.05)}
