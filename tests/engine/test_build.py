"""A build: the same input gives the same bytes, a failed one changes nothing, a killed one is finished by the next."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import keep_what_was_made

FACES = Path(__file__).parents[1] / "sites" / "faces"
DAY = "2026-11-22"
COMMAND = "from tsunagite.cli.app import main; main()"
Run = Callable[..., "object"]
Bytes = dict[str, bytes]

MISTAKE = "id: broken\nname: まちがい\nname_kana: まちがい\nkind: なにか\n"
NEW_RECORD = """\
id: new-shop
name: あたらしい店
name_kana: あたらしいみせ
kind: 商店・スーパー
needs: [買い物]
support_level: [自助]
summary: 電話で注文すると、昼までに届きます。
phones: [{number: 087-000-1111}]
location: {address: 高松市屋島西町3-3}
sample: true
"""


def contents(site: Path) -> Bytes:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in sorted(site.rglob("*")) if path.is_file()}


def times(site: Path) -> dict[str, int]:
    return {path.relative_to(site).as_posix(): path.stat().st_mtime_ns for path in site.rglob("*") if path.is_file()}


def write(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def town(faces_town: Path) -> Path:
    """The faces site in a folder of its own, built."""
    return faces_town


@pytest.fixture
def build(tsunagite: Callable[..., object]) -> Callable[..., object]:
    def run(folder: Path, *options: str) -> object:
        return tsunagite("build", folder, "--today", DAY, *options)

    return run


@pytest.fixture
def old(town: Path) -> Bytes:
    """What the town's site holds before something changes."""
    return contents(town / "site")


# Same input, same bytes


@pytest.mark.slow
def test_order_times_folder_time_zone_and_hash_seed_leave_no_trace_in_the_bytes(
    town: Path, tmp_path: Path, build: Run
) -> None:
    other = tmp_path / "町の サイト" / "deep"
    for number, path in enumerate(sorted((p for p in FACES.rglob("*") if p.is_file()), reverse=True)):
        write(other, path.relative_to(FACES).as_posix(), path.read_text(encoding="utf-8"))
        os.utime(other / path.relative_to(FACES), (number * 86_400, number * 86_400))
    env = {**os.environ, "PYTHONHASHSEED": "1", "TZ": "America/Los_Angeles", "LC_ALL": "C", "SOURCE_DATE_EPOCH": "1"}
    words = [sys.executable, "-X", "utf8", "-c", COMMAND, "build", str(other), "--today", DAY]
    subprocess.run(words, env=env, cwd=tmp_path, check=True, capture_output=True)
    assert contents(other / "site") == contents(town / "site")


def test_a_second_build_writes_nothing(town: Path, build: Run, old: Bytes) -> None:
    before = times(town / "site")
    said = build(town)
    assert "書いたファイル 0、" in said.out
    assert times(town / "site") == before


def test_only_what_changed_is_written_again(town: Path, build: Run, old: Bytes) -> None:
    before = times(town / "site")
    path = town / "resources/clubs/sakura-taiso.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("休んだ人", "休んだかた"), encoding="utf-8")
    build(town)
    changed = {name for name, time in times(town / "site").items() if before.get(name) != time}
    grams = {name for name in changed if name.startswith("search/grams/")}
    # The page, and what is kept for reading without a network: the record's data, its pack, the list of what to keep.
    kept = {name for name in changed if name.startswith("offline/")}
    assert changed - grams - kept == {"r/sakura-taiso/index.html", "data/records/0.json", "sw.js", ".tsunagite-files"}
    assert {name.rsplit("-", 1)[0] for name in kept} == {"offline/records-0", "offline/search-0"}
    assert 1 <= len(grams) <= 5  # 休ん, んだ, だ人 are gone; んだ, だか, かた are there


@pytest.mark.slow
def test_mkdocs_build_and_tsunagite_build_write_identical_bytes(town: Path, old: Bytes) -> None:
    env = {**os.environ, "SOURCE_DATE_EPOCH": "1795305600", "NO_MKDOCS_2_WARNING": "1"}  # 2026-11-22 09:00 in Japan
    words = [
        sys.executable,
        "-m",
        "mkdocs",
        "build",
        "--strict",
        "--quiet",
        "-f",
        str(town / "mkdocs.yml"),
        "-d",
        str(town / "other"),
    ]
    subprocess.run(words, env=env, check=True, capture_output=True)
    assert contents(town / "other") == old


@pytest.mark.parametrize("left", [(), ("safety",)], ids=["none", "one"])
def test_a_site_with_no_record_or_a_single_one_builds(town: Path, build: Run, left: tuple[str, ...]) -> None:
    for folder in {"clubs", "consultation", "contact", "living", "places", "safety", "sources"} - {*left}:
        shutil.rmtree(town / "resources" / folder)
    said = build(town)
    assert (said.code, said.err) == (0, "")
    assert (town / "site" / "needs").exists() is bool(left)


# A build that fails


def assert_untouched(town: Path, old: Bytes, before: dict[str, int]) -> None:
    assert contents(town / "site") == old
    assert times(town / "site") == before
    assert sorted(path.name for path in town.iterdir() if path.name.startswith(".")) == [".tsunagite-cache"]


def test_a_mistake_in_a_record_leaves_the_site_as_it_was(town: Path, build: Run, old: Bytes) -> None:
    before = times(town / "site")
    write(town, "resources/clubs/broken.yml", MISTAKE)
    write(town, "resources/shops/new-shop.yml", NEW_RECORD)
    said = build(town)
    assert said.code == 1
    assert "resources/clubs/broken.yml:4:7  M104" in said.out
    assert said.err == "記録にまちがいがあるため、サイトは前のままにしました。上の知らせを直してください。\n"
    assert_untouched(town, old, before)


def test_a_link_in_a_guide_that_leads_nowhere_is_named_and_leaves_the_site_as_it_was(
    town: Path, build: Run, old: Bytes
) -> None:
    before = times(town / "site")
    write(town, "content/new.md", "# あたらしい\n\n[ここ](nowhere.md)\n")
    said = build(town)
    assert said.code == 1
    assert "nowhere.md" in said.out
    assert said.err.startswith("警告があるため、サイトは前のままにしました。")
    assert_untouched(town, old, before)


def test_a_theme_that_lost_our_places_is_refused_in_words_and_leaves_the_site_as_it_was(
    town: Path, build: Run, old: Bytes
) -> None:
    before = times(town / "site")
    config = (town / "mkdocs.yml").read_text(encoding="utf-8")
    write(town, "mkdocs.yml", config.replace("  font: false\n", "  font: false\n  custom_dir: overrides\n"))
    write(town, "overrides/main.html", '{% extends "base.html" %}\n')
    said = build(town)
    assert said.code == 2
    assert "overrides/main.html を確かめてください" in said.err
    assert "Traceback" not in said.out + said.err
    assert_untouched(town, old, before)


def test_a_file_where_the_site_should_be_is_refused(town: Path, build: Run) -> None:
    shutil.rmtree(town / "site")
    write(town, "site", "わたしのメモ")
    said = build(town)
    assert (said.code, (town / "site").read_text(encoding="utf-8")) == (2, "わたしのメモ")
    assert "フォルダーではありません" in said.err


# A build that is killed

KILL_AT = """
import os, pathlib, signal, sys
from tsunagite.engine import publish
calls = 0
def dying(function):
    def call(*words, **options):
        global calls
        calls += 1
        if calls == {count}:
            os.kill(os.getpid(), signal.SIGKILL)
        return function(*words, **options)
    return call
{patch}
from tsunagite.cli.app import main
main()
"""
STAGING = "publish.Stage.add = dying(publish.Stage.add)"
MOVING = "os.replace = dying(os.replace)"
REMOVING = "pathlib.Path.unlink = dying(pathlib.Path.unlink)"
LISTING = "publish.Stage._write_list = dying(publish.Stage._write_list)"
SWEEPING = "publish.Stage._write_list = (lambda f: lambda *w: (f(*w), os.kill(os.getpid(), signal.SIGKILL)))(publish.Stage._write_list)"


def open_a_shop(town: Path) -> None:
    """Change the town: two records go, one comes."""
    (town / "resources/clubs/sakura-taiso.yml").unlink()
    (town / "resources/clubs/ended-salon.yml").unlink()
    write(town, "resources/shops/new-shop.yml", NEW_RECORD)


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory, built_faces: Path) -> Path:
    """The changed town after a build that was not killed."""
    town = Path(shutil.copytree(FACES, tmp_path_factory.mktemp("changed") / "town"))
    keep_what_was_made(built_faces.parent, town)
    open_a_shop(town)
    subprocess.run([sys.executable, "-c", COMMAND, "build", str(town), "--today", DAY], check=True, capture_output=True)
    return town


@pytest.fixture
def new(changed: Path, town: Path) -> Bytes:
    """What the site holds when a build of the changed town has not been killed; the town gets its store, so that the next build is short."""
    keep_what_was_made(changed, town)
    return contents(changed / "site")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("patch", "count"),
    [(STAGING, 1), (STAGING, 20), (MOVING, 1), (MOVING, 2), (MOVING, 9), (LISTING, 1), (SWEEPING, 0), (LISTING, 2)],
    ids=[
        "at the first artifact",
        "amid staging",
        "before the first move",
        "after one move",
        "amid moving",
        "before the list of what may come",
        "after the list of what may come",
        "before the last list",
    ],
)
def test_a_killed_build_leaves_whole_files_and_the_next_one_finishes_it(
    town: Path, build: Run, old: Bytes, new: Bytes, *, patch: str, count: int
) -> None:
    open_a_shop(town)
    assert len([name for name in new if old.get(name) != new[name]]) > 9

    code = KILL_AT.format(patch=patch, count=count)
    killed = subprocess.run(
        [sys.executable, "-c", code, "build", str(town), "--today", DAY], check=False, capture_output=True
    )
    assert killed.returncode == -signal.SIGKILL
    left = contents(town / "site")
    del left[".tsunagite-files"]
    assert {name for name, content in left.items() if content not in (old.get(name), new.get(name))} == set()
    assert (set(old) & set(new)) - {".tsunagite-files"} <= set(left)

    assert build(town).code == 0
    assert contents(town / "site") == new
    assert not list(town.glob(".site*"))


@pytest.mark.slow
def test_a_build_killed_while_it_removes_pages_is_finished_by_the_next(town: Path, build: Run, old: Bytes) -> None:
    gone = [*(town / "resources/clubs").iterdir(), *(town / "resources/living").iterdir()]
    for path in gone:
        path.unlink()
    code = KILL_AT.format(patch=LISTING.replace("_write_list", "_remove"), count=1)
    killed = subprocess.run(
        [sys.executable, "-c", code, "build", str(town), "--today", DAY], check=False, capture_output=True
    )
    assert killed.returncode == -signal.SIGKILL
    assert (town / "site/r/sakura-taiso/index.html").is_file()
    assert build(town).code == 0
    assert not (town / "site/r/sakura-taiso").exists()


@pytest.mark.slow
def test_a_page_that_only_a_killed_build_published_goes_with_its_record(town: Path, build: Run, old: Bytes) -> None:
    write(town, "resources/shops/new-shop.yml", NEW_RECORD)
    code = KILL_AT.format(patch=LISTING.replace("_write_list", "_remove"), count=1)
    subprocess.run([sys.executable, "-c", code, "build", str(town), "--today", DAY], check=False, capture_output=True)
    assert (town / "site/r/new-shop/index.html").is_file()
    (town / "resources/shops/new-shop.yml").unlink()
    assert build(town).code == 0
    assert contents(town / "site") == old


# Files that come and go


@pytest.mark.parametrize("name", ["needs", "r", "index.html/mine.txt"])
def test_a_stranger_in_the_way_is_named_and_stays(town: Path, tmp_path: Path, build: Run, name: str) -> None:
    target = tmp_path / "mine"
    write(target, name, "たいせつ")
    said = build(town, "--site-dir", str(target))
    assert said.code == 2
    assert name in said.err
    assert contents(target) == {name: "たいせつ".encode()}


def test_the_page_of_a_deleted_record_goes_and_files_of_others_stay(town: Path, build: Run, old: Bytes) -> None:
    for name in ("CNAME", "r/sakura-taiso/photo.txt", "own/index.html"):
        write(town / "site", name, "人が置いたファイル")
    (town / "resources/clubs/sakura-taiso.yml").unlink()
    (town / "resources/clubs/ended-salon.yml").unlink()
    said = build(town)
    assert said.code == 0
    left = contents(town / "site")
    assert "r/sakura-taiso/index.html" not in left
    assert not (town / "site/r/ended-salon").exists()
    assert {"CNAME", "r/sakura-taiso/photo.txt", "own/index.html"} <= set(left)


def test_a_list_of_files_that_points_out_of_the_site_removes_nothing_there(town: Path, build: Run, old: Bytes) -> None:
    write(town, "precious.txt", "たいせつ")
    listed = town / "site/.tsunagite-files"
    listed.write_text(listed.read_text(encoding="utf-8") + "../precious.txt\n", encoding="utf-8")
    assert build(town).code == 0
    assert (town / "precious.txt").is_file()


@pytest.fixture
def overridden(town: Path) -> Path:
    config = (town / "mkdocs.yml").read_text(encoding="utf-8")
    write(town, "mkdocs.yml", config.replace("  font: false\n", "  font: false\n  custom_dir: overrides\n"))
    write(town, "overrides/partials/site-footer.html", "<footer>社協だよりの{{ config.site_name }}</footer>")
    return town


def test_a_part_of_the_frame_that_a_site_overrides_is_on_records_and_guides_alike(overridden: Path, build: Run) -> None:
    assert build(overridden).code == 0
    for name in ("r/sakura-taiso/index.html", "index.html", "about/index.html", "404.html"):
        assert "<footer>社協だよりのつなぎ手</footer>" in (overridden / "site" / name).read_text(encoding="utf-8"), name


def test_a_guide_at_the_address_of_one_of_our_pages_is_refused_with_both_named(
    site_folder: Path, tsunagite: Callable[..., Any]
) -> None:
    (site_folder / "content" / "needs.md").write_text("# 困りごと\n", encoding="utf-8")
    said = tsunagite("build", site_folder)
    assert said.code == 2
    assert "needs/index.html" in said.err
    assert not (site_folder / "site").exists()


def test_a_site_may_hide_kinds_that_the_leaflet_names(warm_site_folder: Path, tsunagite: Callable[..., Any]) -> None:
    folder = warm_site_folder / "resources" / "vocabulary"
    hidden = "".join(
        f"  - {{id: {kind}, label: 使わない, hidden: true}}\n" for kind in ("bath", "library", "clinic", "park")
    )
    (folder / "kind.yml").write_text(f"terms:\n{hidden}", encoding="utf-8")
    (warm_site_folder / "resources" / "areas").mkdir()
    (warm_site_folder / "resources" / "areas" / "all.yml").write_text(
        "records:\n  - {id: hana, name: 花, level: 地区}\n  - {id: tsuki, name: 月, level: 地区}\n", encoding="utf-8"
    )
    record = warm_site_folder / "resources" / "clubs" / "sakura-taiso.yml"
    record.write_text(record.read_text(encoding="utf-8") + "service_areas: [hana]\n", encoding="utf-8")
    said = tsunagite("build", warm_site_folder)
    assert said.code == 0, said.err
    assert (warm_site_folder / "site" / "papers" / "hana.pdf").is_file()
