"""Numbers and hours that differ by prefecture: every row says where and when it was read, and a site shows those of its own prefecture alone."""

from __future__ import annotations

from pathlib import Path

from small_site import resource, site_view
from tsunagite.contact.emergency import LineView
from tsunagite.editing.city_facts import hotlines_to_fill
from tsunagite.records.load.municipalities import prefectures
from tsunagite.records.load.tree import RawTree, hotlines_by_prefecture, read_built_in_vocabulary
from tsunagite.records.load.vocabularies import built_in_vocabularies, vocabularies_of
from tsunagite.text.phones import tel_href

NATIONAL = built_in_vocabularies()["hotline"]


def line(folder: Path, name: str, prefecture: str, **files: object) -> LineView:
    """One telephone as a site of a prefecture shows it."""
    site = site_view(folder, resource("a"), site={"name": "x", "prefecture": prefecture}, **files)
    return site.finder.emergency.lines[name]


def test_every_row_is_of_a_national_number_with_its_source_and_the_day_it_was_read() -> None:
    rows = hotlines_by_prefecture()
    assert set(rows) <= set(prefectures())
    for prefecture, terms in rows.items():
        tree = RawTree(Path())
        read_built_in_vocabulary(tree)
        tree.vocabulary["hotline"].extend(terms)
        assert vocabularies_of(tree)[1] == [], prefecture
        for row in terms:
            term = row.data
            assert NATIONAL[term["id"]].number.startswith("#"), prefecture
            assert term["source"], prefecture
            assert term["url"].startswith("http"), prefecture
            assert str(term["read_on"]) >= "2026-11-29", prefecture
            assert term.get("direct") or term.get("hours") or term.get("always"), prefecture
            assert not term.get("direct") or tel_href(term["direct"]).startswith("tel:+81"), prefecture
            assert not (term.get("always") and term.get("hours")), prefecture


def test_a_site_shows_the_numbers_of_its_prefecture_and_names_where_they_were_read(tmp_path: Path) -> None:
    ambulance = line(tmp_path, "ambulance_advice", "香川県")
    assert (ambulance.number, ambulance.direct, ambulance.always) == ("#7119", "087-812-1055", True)
    assert ambulance.hours == "24時間・休みの日もつながります。"
    assert (ambulance.source[:4], ambulance.read_on) == ("香川県の", "2026年11月29日")


def test_a_prefecture_without_a_row_shows_the_short_number_and_says_that_hours_differ(tmp_path: Path) -> None:
    ambulance = line(tmp_path, "ambulance_advice", "鳥取県")
    assert (ambulance.number, ambulance.direct, ambulance.always) == ("#7119", "", False)
    assert ambulance.hours == "つながる時間は地域でちがい、まだない地域もあります。つながらないときは119番へ。"


def test_what_the_municipality_wrote_itself_wins_field_by_field(tmp_path: Path) -> None:
    own = {
        "terms": [{"id": "child_emergency", "hours": "毎日18時から翌朝8時。", "source": "市", "read_on": "2026-11-20"}]
    }
    child = line(tmp_path, "child_emergency", "大阪府", vocabulary__hotline=own)
    assert (child.direct, child.hours, child.source) == ("06-6765-3650", "毎日18時から翌朝8時。", "市")


def test_doctor_asks_only_for_what_the_row_of_the_prefecture_leaves_open(tmp_path: Path) -> None:
    site = site_view(tmp_path, resource("a"), site={"name": "x", "prefecture": "愛媛県"})
    missing = {term.id: fields for term, fields in hotlines_to_fill(site.directory.vocabularies["hotline"])}
    assert missing["ambulance_advice"] == ("hours",)
    assert missing["child_emergency"] == ("hours", "direct", "source", "read_on")
