"""Ids that records had: found in real git repositories and in the ledger, and never given to another place."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from publishing.city_repository import City, new_city
from small_site import TODAY
from tsunagite.check.load import load
from tsunagite.cli import app
from tsunagite.engine.artifact import Page
from tsunagite.engine.assemble import assemble
from tsunagite.findings import Finding
from tsunagite.site.layout.templates import Templates
from tsunagite.site.pages import gone

CODES = ("R107", "R108", "R109", "R110", "R111", "R112")


@pytest.fixture
def city(tmp_path: Path) -> City:
    return new_city(tmp_path / "city")


def findings(folder: Path) -> list[Finding]:
    return [one for one in load(folder, TODAY, with_history=True).findings if one.code in CODES]


def said(folder: Path) -> list[tuple[str, str, str]]:
    return [(one.code, str(one.values.get("id", "")), str(one.values.get("revision", ""))) for one in findings(folder)]


def pages(folder: Path) -> dict[str, Page]:
    views = assemble(load(folder, TODAY, with_history=True).directory, TODAY)
    return {page.path: page for page in gone(Templates().page, views.directory, views.home)}


def remove(city: City, record_id: str) -> None:
    (city.folder / "resources" / "clubs" / f"{record_id}.yml").unlink()


def tsunagite(monkeypatch: pytest.MonkeyPatch, folder: Path, *words: str) -> None:
    monkeypatch.setattr(sys, "argv", ["tsunagite", *words, "--root", str(folder)])
    with pytest.raises(SystemExit) as end:
        app.main()
    assert not end.value.code


def test_a_record_that_was_deleted_is_told_before_and_after_the_commit_with_the_revision_to_take_it_from(
    city: City,
) -> None:
    assert said(city.folder) == []
    first = city.git("rev-parse", "HEAD")
    remove(city, "hidamari")
    assert said(city.folder) == [("R107", "hidamari", first[:10])]
    second = city.commit()
    city.club("umibe", name="海辺の会")
    city.commit()
    assert said(city.folder) == [("R107", "hidamari", f"{second[:10]}^")]
    city.git("checkout", f"{second[:10]}^", "--", "resources/clubs/hidamari.yml")
    assert said(city.folder) == [], "the command of the hint brings it back"


def test_an_id_that_is_given_to_another_place_is_an_error_with_both_names(city: City) -> None:
    other = {
        "name": "港の将棋クラブ",
        "phones": [{"number": "087-839-2346"}],
        "location": {"address": "高松市番町一丁目8-15"},
    }
    before = city.git("rev-parse", "HEAD")
    city.club("hidamari", **other)
    (found,) = findings(city.folder)
    assert (found.code, found.severity, found.values["before"], found.values["name"], found.values["revision"]) == (
        "R109",
        "error",
        "ひだまり会",
        "港の将棋クラブ",
        before[:10],
    )
    assert found.place.line == 1
    commit = city.commit()
    assert said(city.folder) == [("R109", "hidamari", f"{commit[:10]}^")]
    city.club("hidamari", **other, alt_names=["ひだまり会"])
    assert said(city.folder) == [], "who says that it is the same place is believed"


def test_an_id_that_comes_back_for_another_place_years_after_its_record_was_deleted_is_an_error(city: City) -> None:
    remove(city, "hidamari")
    city.commit()
    city.club(
        "hidamari",
        name="港の将棋クラブ",
        phones=[{"number": "087-839-2346"}],
        location={"address": "高松市番町一丁目8-15"},
    )
    assert [(one.code, one.values["before"]) for one in findings(city.folder)] == [("R109", "ひだまり会")]


@pytest.mark.parametrize(
    "change",
    [
        {"name": "つどいの広場"},
        {"name": "つどいの広場", "phones": [{"number": "087-839-2346"}]},
        {
            "name": "ひだまりサロン",
            "phones": [{"number": "087-839-2346"}],
            "location": {"address": "高松市番町一丁目8-15"},
        },
        {"status": "終了", "closed_date": "2026-10-01"},
    ],
    ids=["another name", "another name and telephone", "it moved", "it ended"],
)
def test_a_place_that_changes_in_part_stays_the_same_place(city: City, change: dict[str, object]) -> None:
    city.club("hidamari", **change)
    city.commit()
    assert said(city.folder) == []


def test_a_record_that_moves_to_another_folder_or_into_a_list_is_not_lost(city: City) -> None:
    (city.folder / "resources" / "places").mkdir()
    city.git("mv", "resources/clubs/hidamari.yml", "resources/places/hidamari.yml")
    city.commit()
    assert said(city.folder) == []


def test_records_without_a_page_and_branches_that_were_never_merged_leave_no_id_behind(city: City) -> None:
    city.club("secret", visibility="印刷物のみ")
    city.club("example", sample=True)
    city.commit()
    remove(city, "secret")
    remove(city, "example")
    city.commit()
    city.git("checkout", "-q", "-b", "draft")
    city.club("first-name")
    city.commit()
    city.git("mv", "resources/clubs/first-name.yml", "resources/clubs/better.yml")
    city.club("better")
    city.commit()
    city.git("checkout", "-q", "main")
    city.club("umibe")
    city.commit()
    city.git("merge", "-q", "--no-ff", "-m", "merge", "draft")
    assert said(city.folder) == []


def test_a_merge_that_removes_a_record_counts(city: City) -> None:
    city.git("checkout", "-q", "-b", "draft")
    remove(city, "hidamari")
    city.commit()
    city.git("checkout", "-q", "main")
    city.club("umibe")
    city.commit()
    city.git("merge", "-q", "--no-ff", "-m", "merge", "draft")
    assert [one[:2] for one in said(city.folder)] == [("R107", "hidamari")]


def test_a_shallow_clone_says_that_it_cannot_know_unless_there_is_a_ledger(
    city: City, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    remove(city, "hidamari")
    city.commit()
    shallow = tmp_path / "shallow"
    subprocess.run(
        ["git", "clone", "-q", "--depth", "1", city.folder.as_uri(), str(shallow)], check=True, capture_output=True
    )
    (found,) = findings(shallow)
    assert (found.code, found.severity) == ("R108", "notice")
    assert pages(shallow) == {}
    tsunagite(monkeypatch, city.folder, "ids", "--write")
    city.commit()
    subprocess.run(["git", "-C", str(shallow), "pull", "-q"], check=True, capture_output=True)
    assert said(shallow) == []
    assert list(pages(shallow)) == ["r/hidamari/"]


def test_the_ledger_knows_without_git_and_a_given_up_id_is_not_taken_again(
    city: City, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tsunagite(monkeypatch, city.folder, "ids", "--write")
    (city.folder / ".git").rename(tmp_path / "git")
    assert said(city.folder) == []
    remove(city, "hidamari")
    city.club("umibe")
    assert [(one.code, one.place.file, one.place.line) for one in findings(city.folder)] == [
        ("R110", "resources/ids.txt", 4)
    ]
    tsunagite(monkeypatch, city.folder, "ids", "--write")
    ledger = (city.folder / "resources" / "ids.txt").read_text(encoding="utf-8")
    assert ledger.splitlines()[2:] == ["aozora", "hidamari gone", "umibe"]
    assert said(city.folder) == []
    city.club("hidamari")
    assert [one[:2] for one in said(city.folder)] == [("R112", "hidamari")]


def test_fmt_adds_new_ids_to_a_ledger_and_begins_none(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = city.folder / "resources" / "ids.txt"
    tsunagite(monkeypatch, city.folder, "fmt")
    assert not ledger.exists()
    ledger.write_text("aozora\nold-salon gone\n", encoding="utf-8")
    tsunagite(monkeypatch, city.folder, "fmt")
    assert ledger.read_text(encoding="utf-8").splitlines()[2:] == ["aozora", "hidamari", "old-salon gone"]


def test_the_page_of_a_lost_id_leads_on_and_names_only_what_a_public_list_named(city: City) -> None:
    city.write(
        sources__list={
            "id": "list",
            "name": "一覧",
            "owner": "見本市",
            "licence": "CC BY 4.0",
            "credit": "見本市",
            "data_date": "2026-09-01",
        }
    )
    city.club("library", name="桜町図書館", sources=[{"source": "list", "row": "1"}])
    city.commit()
    remove(city, "library")
    remove(city, "hidamari")
    city.commit()
    found = pages(city.folder)
    assert list(found) == ["r/hidamari/", "r/library/"]
    assert "ひだまり会" not in found["r/hidamari/"].body
    assert "「桜町図書館」は、いまはこのサイトにのっていません" in found["r/library/"].body
    assert all(
        '<meta name="robots" content="noindex">' in page.head and 'href="../../search/' in page.body
        for page in found.values()
    )
    assert not any("087-839-2811" in page.body for page in found.values())
