"""Editions: complete in every language, right in what they say, and silent where nobody has written a word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from small_site import resource, site_view
from tsunagite.contact.emergency import EmergencyView
from tsunagite.engine.artifact import Artifact, Page
from tsunagite.engine.assemble import Views
from tsunagite.engine.program import PACKAGE
from tsunagite.i18n import placeholders
from tsunagite.i18n.editions import CODES, Languages, edition, editions
from tsunagite.languages.files import languages
from tsunagite.languages.layer import RecordTexts, shared_words
from tsunagite.languages.sentences import Sentences
from tsunagite.records.load.vocabularies import built_in_vocabularies

FOREIGN = [code for code in CODES if not edition(code).is_japanese]
TEMPLATES = sorted((PACKAGE / "languages" / "templates").glob("*.html"))
TRANSLATED = (
    "need",
    "kind_group",
    "kind",
    "support_level",
    "fee",
    "care_level",
    "access",
    "residence",
    "situation",
    "verify_method",
    "status",
    "stage",
    "language",
    "department",
    "service",
    "event_kind",
    "trade",
    "location_type",
)
SHARED = [
    *(PACKAGE / "site" / "templates" / name for name in ("record.html", "_parts.html", "_card.html", "_pages.html")),
    *(
        PACKAGE / "calendar" / "templates" / name
        for name in ("calendar.html", "calendar_month.html", "_calendar_parts.html")
    ),
    *(
        path
        for part in ("search", "my_list", "offline", "map")
        for path in (PACKAGE / part / "templates").glob("*.html")
    ),
]
WITH_NUMBERS = {
    "count_unit",
    "calendar_clubs",
    "calendar_count",
    "calendar_until",
    "calendar_file_all",
    "calendar_file_apart",
    "calendar_file_events",
}
"""Words around a number: ``[browser]`` has the whole sentence."""
OFFICE = {
    "kind": "地域包括支援センター",
    "needs": ["相談したい"],
    "support_level": ["公助"],
    "name_kana": "さくらそうだん",
    "hours": [{"days": "月-金", "open": "8:30", "close": "17:15"}, {"days": "土", "nth": [2, 4], "open": "9:00", "close": "12:00", "label": "窓口"}],
    "closed_on_days": {"holidays": True, "year_end": "12-29/01-03"},
    "languages": ["英語"],
    "fee": {"type": "有料", "amount": 1500, "unit": "1回"},
}  # fmt: skip


def pages_of(views: Views) -> dict[str, str]:
    """Return the bodies of all pages of all editions of a site, by address."""

    def frame(page: Page) -> Artifact:
        return Artifact(page.path, page.body.encode())

    return {
        made.path.removesuffix("index.html"): made.content.decode()
        for made in languages(views.editions, views.keys, frame)
    }


@pytest.fixture(scope="module")
def views(tmp_path_factory: pytest.TempPathFactory) -> Views:
    """The views of a small town in all languages."""
    return site_view(
        tmp_path_factory.mktemp("town") / "site",
        resource("office", **OFFICE),
        resource("own", kind="鬼の会"),
        site={"municipality": "見本市", "shared_troubles": True, "languages": ["ja", *CODES]},
        vocabulary__kind={"terms": [{"id": "ogres", "label": "鬼の会", "group": "clubs"}]},
    )


@pytest.fixture(scope="module")
def town(views: Views) -> dict[str, str]:
    """The pages of the small town in all its languages."""
    return pages_of(views)


def asked_for(paths: list[Path]) -> set[str]:
    """Return the words that templates ask for (``t.<word>``)."""
    return {word for path in paths for word in re.findall(r"\bt\.(\w+)", path.read_text(encoding="utf-8"))}


@pytest.mark.parametrize("code", CODES)
def test_every_edition_has_every_word_of_its_pages_with_the_same_blanks(code: str) -> None:
    one, first = edition(code), edition("en")
    assert (
        asked_for([*TEMPLATES, *SHARED]) - set(one.words) - {"professional_only"} - WITH_NUMBERS == set()
    )  # professionals read Japanese
    assert {key: placeholders(text) for key, text in one.ui.items()} == {
        key: placeholders(text) for key, text in first.ui.items()
    }
    assert {key for key in one.data if not key.endswith("_whole")} == set(first.data)
    assert set(one.page) == set(first.page)
    assert all(len(one.data[name]) == len(first.data[name]) for name in ("days", "weeks", "months"))


def test_every_word_of_a_vocabulary_that_records_use_is_translated() -> None:
    vocabularies = built_in_vocabularies()
    for code in FOREIGN:
        say = Sentences(edition(code), vocabularies)
        assert [
            f"{code} {name} {term.id}"
            for name in TRANSLATED
            for term in vocabularies[name]
            if say.term(name, term.id) == f"⟦{term.label}⟧"
        ] == []


def test_sentences_of_scripts_are_the_same_in_every_language() -> None:
    first = edition("en").browser
    for code in CODES:
        found = edition(code).browser
        assert set(found) == set(first)
        assert {ja: text for ja, text in found.items() if sorted(blanks(ja)) != sorted(blanks(text))} == {}


def blanks(text: str) -> list[str]:
    """Return the names in braces, each as often as it stands there."""
    return re.findall(r"\{([a-z]+)\}", text)


def own_texts(views: Views) -> Iterator[str]:
    """Yield every Japanese sentence of our own data that an edition shows."""
    emergency = EmergencyView(built_in_vocabularies())
    for line in emergency.lines.values():
        yield from (line.label, line.about, *line.ask, *([] if line.always else [line.hours]))
    for danger in emergency.dangers.values():
        yield from (danger.label, danger.first, danger.action)
    for trouble in views.directory.troubles.values():
        yield from (
            trouble.label,
            trouble.example,
            *trouble.say,
            *trouble.have,
            *trouble.next,
            *(step.why for step in trouble.windows),
        )


@pytest.mark.parametrize("code", CODES)
def test_every_sentence_about_emergencies_and_troubles_is_translated(views: Views, code: str) -> None:
    texts = edition(code).texts
    assert sorted({text for text in own_texts(views) if text} - set(texts)) == []
    assert {ja: text for ja, text in texts.items() if placeholders(ja) != placeholders(text)} == {}


@pytest.mark.parametrize("code", CODES)
def test_what_the_search_says_of_an_emergency_is_said_in_the_language_of_the_page(views: Views, code: str) -> None:
    view = next(one for one in views.editions.editions if one.edition.code == code)
    words = shared_words(view, views.editions)["words"]
    assert isinstance(words, dict)
    for danger in views.directory.vocabularies["emergency"]:
        for text in filter(None, (danger.label, danger.definition)):
            assert words.get(text, view.edition.of(text)) == view.edition.of(text), text
    assert words["動かさず、楽な姿勢で待ちます。歩いたり、車を運転したりしません。返事がなくなったら、胸を押します。"]


def test_an_entry_says_in_english_what_its_fields_say(town: dict[str, str]) -> None:
    page = town["en/needs/advice/"]
    assert "Community General Support Center" in page
    assert "Mon–Fri 8:30–17:15" in page
    assert '2nd, 4th Sat of the month 9:00–12:00 <span lang="ja">窓口</span>' in page
    assert "public holidays, New Year (December 29 – January 3)" in page
    assert "Languages: English" in page
    assert '<span lang="ja-Latn">Sakurasodan</span>' in page
    assert "Checked September 2026" in page
    assert 'href="../../../r/office/?lang=en" lang="ja" translate="no">office</a>' in page


def test_a_word_of_the_city_without_a_translation_stays_japanese_and_says_so(town: dict[str, str]) -> None:
    assert '<span><span lang="ja">鬼の会</span></span>' in town["en/kinds/clubs/"]
    assert '<span lang="ja">鬼の会</span>' not in town["easy/kinds/clubs/"]


@pytest.mark.parametrize("code", CODES)
def test_the_emergency_page_leads_to_the_right_numbers(town: dict[str, str], code: str) -> None:
    page = town[f"{edition(code).folder}/emergency/"]
    called = re.findall(r'ts-call[^"]*" href="tel:([^"]+)"', page)
    assert called[:4] == ["119", "110", "%237119", "118"]
    assert "171" in called


def test_pages_lead_to_the_same_page_in_the_other_languages() -> None:
    known = Languages(editions(CODES), "https://mihon.example")
    assert known.addresses("needs/meals/2/")["tsunagiteTOzh-Hans"] == "zh-hans/needs/meals/2/"
    assert known.addresses("vi/needs/meals/2/") == {
        "tsunagiteTOja": "needs/meals/2/",
        "tsunagiteTOeasy": "easy/needs/meals/2/",
        "tsunagiteTOen": "en/needs/meals/2/",
        "tsunagiteTOzh-Hans": "zh-hans/needs/meals/2/",
        "tsunagiteTOvi": "vi/needs/meals/2/",
    }
    assert known.addresses("r/office/")["tsunagiteTOen"] == "r/office/?lang=en"
    assert known.addresses("contact/sakura/")["tsunagiteTOen"] == "en/contact/"
    assert known.addresses("areas/sakura/")["tsunagiteTOen"] == "en/"
    assert known.addresses("en/help/")["tsunagiteTOja"] == ""
    assert 'hreflang="vi" href="https://mihon.example/vi/emergency/"' in known.alternates("emergency/")
    assert known.alternates("emergency/") == known.alternates("en/emergency/")
    assert known.alternates("areas/sakura/") == ""


def test_a_record_says_its_sentences_in_each_language(views: Views) -> None:
    def said(code: str) -> dict[str, str]:
        one = next(view for view in views.editions.editions if view.edition.code == code)
        return RecordTexts(one, views.editions, views.directory.resources["office"]).all()

    english, chinese, vietnamese, easy = said("en"), said("zh-Hans"), said("vi"), said("easy")
    assert english["地域包括支援センター"] == "Community General Support Center"
    assert english["有料（自費） 1回1,500円"] == "Self-pay ¥1,500 / ⟦1回⟧"
    assert english["第2・第4 土曜日"] == "2nd, 4th Sat of the month"
    assert (
        english["お休み：祝日、年末年始（12月29日～1月3日）。"]
        == "Closed: public holidays, New Year (December 29 – January 3)."
    )
    assert chinese["月～金"] == "星期一至星期五"
    assert chinese["2026年9月2日に確認"] == "2026年9月2日确认"
    assert vietnamese["第2・第4 土曜日"] == "thứ Bảy (lần thứ 2, 4 trong tháng)"
    assert easy["8時30分から17時15分まで"] == "午前8時30分から 午後5時15分まで"


def test_a_site_in_japanese_alone_has_no_other_pages(tmp_path: Path) -> None:
    views = site_view(tmp_path / "site", resource("office", **OFFICE))
    assert pages_of(views) == {}
    assert not views.editions
