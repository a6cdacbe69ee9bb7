"""Every hostile string once, every field of every type once: no page gains an element, nothing runs, nothing is computed, nothing is called."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from attacks import storage, walk
from attacks.fields import text_paths
from attacks.judge import complaints, pages
from attacks.strings import strings
from attacks.world import ONE_OF_SEVERAL, PRIVATE, STEERING, Result, hostile_site, types
from conftest import TODAY, keep_what_was_made
from conftest import _serving as serving
from tsunagite.adapters.site_build import build_site
from tsunagite.engine import build
from tsunagite.engine.products import PRODUCTS

GENERATOR = Path(__file__).resolve().parents[2] / "generator" / "tsunagite"


@dataclass(frozen=True)
class Attacked:
    """A site that was built from hostile records, and what was tried."""

    site: Path
    result: Result


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory, built_starter: Path) -> Attacked:
    source = tmp_path_factory.mktemp("attacks") / "town"
    _, result = hostile_site(source)
    keep_what_was_made(built_starter.parent, source)
    with (
        pytest.MonkeyPatch.context() as patch
    ):  # workbooks and papers of forty sheets take most of a build: `make attacks` makes them
        patch.setattr(build, "PRODUCTS", [one for one in PRODUCTS if not one.name.startswith("worksheet_")])
        build_site(source, None, TODAY, lambda _line: None, "ja")
    return Attacked(source / "site", result)


def test_every_string_and_every_field_of_every_type_is_tried(attacked: Attacked) -> None:
    fields = {(sort, path) for sort, schema in types().items() for path, _ in text_paths(schema)}
    tried = {(sort, path) for sort, path, _ in attacked.result.tried}
    left = {
        (sort, path)
        for sort, path in fields - tried
        if path[0] not in {"id", *PRIVATE, *STEERING} and (sort, *path) not in ONE_OF_SEVERAL
    }
    assert len(strings()) >= 200
    assert {text for _, _, text in attacked.result.tried} == set(strings())
    assert sorted(left) == []
    assert attacked.result.never == []


def test_hostile_records_change_no_page_paper_table_or_calendar(attacked: Attacked) -> None:
    assert pages(attacked.site) > 200
    assert list(complaints(attacked.site, set())) == []


def test_every_page_of_the_walks_is_there(attacked: Attacked) -> None:
    """A page that is missing harms nobody, and proves nothing."""
    paths = {*walk.PAGES, *storage.PATHS}
    assert sorted(path for path in paths if not (attacked.site / path.split("?")[0] / "index.html").is_file()) == []


@pytest.mark.browser
def test_what_a_device_keeps_runs_nothing_stops_no_page_and_is_gone_when_its_day_is_over(
    attacked: Attacked, browser: Browser, tmp_path: Path
) -> None:
    """Two states of all keys on some pages; `make attacks` opens every form and page with many more."""
    beginnings = storage.written_keys(GENERATOR)
    assert len(beginnings) >= 9
    assert [one for one in beginnings if not any(key.startswith(one) for _, key in storage.places("factors"))] == []
    paths = (*storage.PATHS[::9], "list/", "search/?q=体操", "map/", "worksheets/stage-with-city/form/")
    with serving(town=attacked.site) as served:
        walked = storage.Walk(browser, served, tmp_path)
        assert list(walked.complaints(range(3, 5), paths)) == []
    assert walked.opened == 2 * len(paths)
    assert walked.saved > 3


@pytest.mark.browser
def test_a_reader_of_hostile_records_addresses_and_drafts_sees_words_alone(
    attacked: Attacked, browser: Browser
) -> None:
    with serving(town=attacked.site) as served:
        assert list(walk.complaints(browser, served, strings()[2:4], walk.PAGES[:12])) == []
