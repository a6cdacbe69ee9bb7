"""tsunagite diff: real git repositories, and what the summary says of a change in them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from publishing.city_repository import City, new_city
from small_site import TODAY, resource
from tsunagite.engine.git import GitProblem, Repository
from tsunagite.publishing.changes import Change
from tsunagite.publishing.diff import Difference, compare_revisions
from tsunagite.publishing.summary import LONGEST, MARK, VISIBLE, as_html, as_json, as_markdown
from tsunagite.text.markdown import count_visible


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return new_city(tmp_path_factory.mktemp("city") / "made").folder


@pytest.fixture
def city(made: Path, tmp_path: Path) -> City:
    shutil.copytree(made, tmp_path / "city")
    city = City(tmp_path / "city")
    city.git("checkout", "-q", "-b", "work")
    return city


def between(city: City, base: str = "main", head: str | None = None) -> Difference:
    return compare_revisions(city.folder, base, head, TODAY)


def fields(difference: Difference, record_id: str) -> dict[str, tuple[str, str]]:
    [found] = [one for one in difference.records if one.id == record_id]
    return {field.label: (field.before, field.after) for field in found.fields}


def changes(difference: Difference) -> dict[str, Change]:
    return {one.id: one.change for one in difference.records}


def test_a_corrected_number_is_told_with_its_page_its_paper_and_the_copies_that_are_now_wrong(city: City) -> None:
    city.club("aozora", name="あおぞら会", phones=[{"number": "087-839-2812"}])
    difference = between(city)
    assert changes(difference) == {"aozora": Change.CHANGED}
    assert fields(difference, "aozora") == {"電話": ("087-839-2811", "087-839-2812")}
    assert "r/aozora/" in difference.pages.changed
    assert "r/hidamari/" not in difference.pages.changed
    assert [(paper.path, paper.records) for paper in difference.papers if paper.title == "集まり"] == [
        ("pamphlets/meet/meet.pdf", ("あおぞら会",))
    ]
    [printed] = difference.printed
    assert (printed.run.copies, printed.run.placed_at) == (300, ("桜町会館 300部",))
    assert [(one.about, one.printed, one.now) for one in printed.changed[0].changes] == [
        ("電話", "087-839-2811", "087-839-2812")
    ]
    said = as_markdown(difference)
    assert said.startswith(MARK)
    assert "| あおぞら会 | 電話 | 087-839-2811 | 087-839-2812 |  |" in said
    assert "集まり（2026年11月1日、300部、桜町会館 300部） | あおぞら会 | 電話 | 087-839-2811 | 087-839-2812 |" in said


def test_terms_areas_and_hours_are_told_by_their_names(city: City) -> None:
    city.write(areas__sakura={"id": "sakura", "name": "桜町", "name_kana": "さくらまち", "level": "町字"})
    hours = [{"days": "月-金", "open": "9:00", "close": "17:00"}]
    city.club(
        "aozora",
        name="あおぞら会",
        needs=["居場所・仲間", "体を動かす"],
        service_areas=["sakura"],
        hours=hours,
        status="休止",
        fee={"type": "有料", "amount": 300},
    )
    told = fields(between(city), "aozora")
    assert told == {
        "困りごと": ("居場所・仲間", "居場所・仲間、体を動かす"), "対象の地域": ("", "桜町（sakura）"), "時間": ("", "月-金 9:00-17:00"),
        "状態": ("営業中", "休止"), "費用の費用の種類": ("", "有料（自費）"), "費用の金額（円）": ("", "300"),
    }  # fmt: skip


def test_a_moved_point_is_told_in_metres_with_the_map_of_the_settings(city: City) -> None:
    city.write(site={"tiles": {"place_url": "https://map.example.jp/?at={lat},{lng}"}})
    city.club("hidamari", name="ひだまり会", location={"address": "高松市桜町一丁目9-12", "lat": 34.331, "lng": 134.05})
    difference = between(city)
    [point] = [field for one in difference.records if one.id == "hidamari" for field in one.fields]
    assert (point.path, point.metres, point.map_url) == (
        "location.lat,lng",
        111,
        "https://map.example.jp/?at=34.331,134.05",
    )
    assert "[111 m 動きました](<https://map.example.jp/?at=34.331,134.05>)" in as_markdown(difference)


def test_records_are_added_closed_renamed_or_lose_their_address(city: City) -> None:
    city.club("nagomi", name="なごみ会")
    city.club(
        "hidamari",
        name="ひだまり会",
        location={"address": "高松市桜町一丁目9-12", "lat": 34.33, "lng": 134.05},
        status="終了",
        closed_date="2026-11-20",
    )
    (city.folder / "resources/clubs/aozora.yml").unlink()
    city.club("aozora-kai", name="あおぞら会")
    difference = between(city)
    assert changes(difference) == {"nagomi": Change.ADDED, "hidamari": Change.CLOSED, "aozora": Change.LOST_ADDRESS}
    assert "aozora → aozora-kai" in as_markdown(difference)
    assert "r/aozora/" in difference.pages.removed
    (city.folder / "resources/clubs/aozora-kai.yml").unlink()
    assert changes(between(city))["aozora"] is Change.REMOVED


def test_a_rename_by_the_command_is_told_as_one(city: City, tsunagite: Any) -> None:
    tsunagite("rename", "hidamari", "hidamari-kai", "--root", city.folder, "--today", TODAY.isoformat())
    path = city.folder / "resources/clubs/hidamari-kai.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("087-839-2811", "087-839-2812"), encoding="utf-8")
    difference = between(city)
    assert changes(difference) == {"hidamari": Change.RENAMED}
    assert fields(difference, "hidamari") == {"電話": ("087-839-2811", "087-839-2812")}
    assert "| ひだまり会 | 電話 | 087-839-2811 | 087-839-2812 |" in as_markdown(difference)
    assert [one.new_id for one in difference.records] == ["hidamari-kai"]
    assert {"r/hidamari/", "r/hidamari-kai/"} <= {*difference.pages.changed, *difference.pages.added}


def test_a_record_with_a_mistake_is_not_told_as_gone_and_nothing_is_said_of_pages(city: City) -> None:
    city.club("aozora", name="あおぞら会", kind="なんでも")
    difference = between(city)
    assert changes(difference) == {"aozora": Change.UNREADABLE}
    assert difference.stopped
    assert difference.pages.changed == ()
    assert [(one.place.file, one.place.line > 1) for one in difference.findings if one.severity == "error"] == [
        ("resources/clubs/aozora.yml", True)
    ]
    assert "このままでは公開されません" in as_markdown(difference)


def test_other_line_ends_a_byte_order_mark_and_another_order_are_no_change_of_a_record(city: City) -> None:
    path = city.folder / "resources/clubs/aozora.yml"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_bytes(b"\xef\xbb\xbf" + "\r\n".join(lines).encode() + b"\r\n")
    difference = between(city)
    assert difference.records == ()
    assert difference.pages.changed == ()
    assert [file.name for file in difference.files] == ["resources/clubs/aozora.yml"]


def test_files_are_read_as_git_stores_them_whatever_the_attributes_say(city: City) -> None:
    (city.folder / ".gitattributes").write_text("resources/clubs/* export-ignore\n*.yml eol=crlf\n", encoding="utf-8")
    city.commit()
    before = city.git("rev-parse", "HEAD")
    city.club("nagomi", name="なごみ会")
    after = city.commit()
    assert changes(between(city, before, after)) == {"nagomi": Change.ADDED}


def test_what_the_base_gained_meanwhile_is_not_told_as_lost_but_what_both_touched_is(city: City) -> None:
    city.club("aozora", name="あおぞら会", summary="お茶を飲みます。")
    city.club("nagomi", name="なごみ会")
    head = city.commit()
    city.git("checkout", "-q", "main")
    city.club("aozora", name="あおぞら会", phones=[{"number": "087-839-2812"}])
    city.write(shops__nagomi=resource("nagomi") | {"name": "なごみ堂"})
    city.commit()
    difference = between(city, "main", head)
    assert changes(difference) == {"aozora": Change.CHANGED, "nagomi": Change.ADDED}
    assert difference.changed_on_both == ("resources/clubs/aozora.yml",)
    assert difference.added_on_both == (("nagomi", "resources/clubs/nagomi.yml", "resources/shops/nagomi.yml"),)
    assert "ID の重なり 1" in as_markdown(difference)


def test_the_work_tree_is_read_with_its_new_files_and_never_touched(city: City) -> None:
    city.club("nagomi", name="なごみ会")
    before = (
        city.git("status", "--porcelain"),
        city.git("rev-parse", "HEAD"),
        (city.folder / ".git/index").read_bytes(),
    )
    difference = between(city)
    assert [file.name for file in difference.files] == ["resources/clubs/nagomi.yml"]
    assert before == (
        city.git("status", "--porcelain"),
        city.git("rev-parse", "HEAD"),
        (city.folder / ".git/index").read_bytes(),
    )


def test_texts_of_records_become_no_markup_no_link_and_call_nobody(city: City) -> None:
    evil = "@octocat #1 <img src=x onerror=alert(1)> [x](javascript:alert(1)) | `code` **b** <!-- -->\n# h"
    city.club("aozora", name="あおぞら会", summary="話します。", description=evil)
    difference = between(city)
    said = as_markdown(difference)
    assert "<img" not in said
    assert "@octocat" not in said
    assert "#1" not in said
    assert "\\[x\\](javascript" in said
    assert r"\| \`code\` \*\*b\*\*" in said

    page = as_html(difference)
    assert "<img" not in page
    assert "<script" not in page
    assert json.loads(as_json(difference))["records"][0]["fields"][1]["after"] == evil


def test_a_change_of_three_hundred_records_is_read_on_one_screen_and_fits_a_comment(city: City) -> None:
    for number in range(300):
        city.club(f"club-{number}", name=f"集まり{number}", description="あ" * (LONGEST * 2))
    difference = between(city)
    said = as_markdown(difference)
    assert count_visible(said.splitlines()) <= VISIBLE
    assert len(said) < 65_536
    assert "ほか" in said
    assert len(json.loads(as_json(difference))["records"]) == 300


def test_a_first_change_that_brings_the_site_is_all_new(tmp_path: Path) -> None:
    (tmp_path / "city").mkdir()
    city = City(tmp_path / "city")
    city.git("init", "-q", "-b", "main")
    (city.folder / "README.md").write_text("x\n", encoding="utf-8")
    first = city.commit()
    city.club("aozora", name="あおぞら会")
    city.commit()
    assert changes(between(city, first, "HEAD")) == {"aozora": Change.ADDED}


@pytest.mark.parametrize(
    ("language", "sentence"), [("ja", "という枝も版もありません"), ("en", "There is no branch or revision “nowhere”")]
)
def test_an_unknown_revision_is_one_sentence_with_the_way_out(
    city: City, tsunagite: Any, language: str, sentence: str
) -> None:
    result = tsunagite("diff", "nowhere", "--root", city.folder, "--lang", language)
    assert result.code == 2
    assert sentence in result.err
    assert result.err.count("\n") == 1


def test_a_shallow_clone_a_foreign_history_and_a_folder_without_git_say_what_to_do(
    city: City, tmp_path: Path, tsunagite: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = city.git("rev-parse", "main")
    for _ in range(2):
        city.git("commit", "-q", "--allow-empty", "-m", "x")
    city.git("clone", "-q", "--depth", "1", f"file://{city.folder}", str(tmp_path / "shallow"))
    assert "--unshallow" in tsunagite("diff", old, "--root", tmp_path / "shallow").err
    city.git("checkout", "-q", "--orphan", "other")
    city.git("commit", "-q", "--allow-empty", "-m", "x")
    assert "共通の版がありません" in tsunagite("diff", "main", "--root", city.folder).err
    (tmp_path / "plain").mkdir()
    assert "リポジトリーの中にありません" in tsunagite("diff", "main", "--root", tmp_path / "plain").err
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "git がありません" in tsunagite("diff", "main", "--root", city.folder).err


def test_an_option_is_never_taken_for_a_revision(city: City) -> None:
    with pytest.raises(GitProblem):
        Repository(city.folder).commit("--output=x")
