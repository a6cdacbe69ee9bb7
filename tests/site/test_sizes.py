"""No page grows with the number of records, towns or clubs: every kind of page is light, or cut into pages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from benchmarks import synthetic
from benchmarks.ours import build_ours
from benchmarks.process import timed

HEAVIEST = 100_000
"""Bytes of a page before it is compressed."""
MOST = 1_000_000
"""Bytes of a file of data or a calendar."""
RECORDS, TOWNS = 1_000, 16
CLUBS = 4
"""Of the topics of records only those that meet: a thousand clubs."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A city of 1,000 clubs, 16 districts and 256 towns, without its papers."""
    folder = tmp_path_factory.mktemp("city")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(synthetic, "TOPICS", synthetic.TOPICS[:CLUBS])
        patch.setattr(synthetic, "TOWNS", tuple((f"{number}町", f"{number}ちょう") for number in range(TOWNS)))
        synthetic.write_site(folder / "root", RECORDS)
    with (folder / "root/resources/site.yml").open("a", encoding="utf-8") as settings:
        settings.write(
            "languages: [ja, easy, en, zh-Hans, vi]\nshared_troubles: true\nmain_window: record-0\ncorrection_mail: kaigo@bench.example\n"
        )
    timed(build_ours(folder / "root", folder / "site", "papers"))
    return folder / "site"


def kind_of(path: str) -> str:
    """Return a page without what tells one of its kind from another."""
    return re.sub(r"record-\d+|\bd\d+(t\d+)?\b|\b\d[\d-]*\b", "*", path)


def test_every_kind_of_page_of_a_large_city_is_light(site: Path) -> None:
    heavy: dict[str, int] = {}
    pages = sorted(site.rglob("*.html"))
    for path in pages:
        if (size := path.stat().st_size) > HEAVIEST:
            kind = kind_of(path.relative_to(site).as_posix())
            heavy[kind] = max(size, heavy.get(kind, 0))
    assert len(pages) > RECORDS
    parts = {path.relative_to(site).parts[0] for path in pages}
    assert parts >= {"r", "contact", "easy", "en", "zh-hans", "vi", "calendar", "map", "search", "areas", "emergency"}
    assert heavy == {}


@pytest.mark.parametrize("kind", ["*.json", "*.ics"])
def test_no_file_that_a_page_asks_for_grows_with_the_city(site: Path, kind: str) -> None:
    """But for the whole calendar and open data, which somebody asks for by a link."""
    asked = [path for path in site.rglob(kind) if "opendata" not in path.parts]
    heavy = {path.relative_to(site).as_posix(): path.stat().st_size for path in asked if path.stat().st_size > MOST}
    assert asked
    assert heavy == {}


def test_a_city_of_clubs_has_its_calendar_on_pages_that_lead_on(site: Path) -> None:
    district = site / "calendar/areas/d0"
    assert (district / "2/index.html").is_file()
    assert "calendar/areas/d0/2/" in (district / "index.html").read_text(encoding="utf-8")
