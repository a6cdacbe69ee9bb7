"""News: what a real history tells of the records, as feeds, pages by month and mail; and what is said where there is no history."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import feedparser
import pytest

from publishing.city_repository import City, new_city
from small_site import TODAY, resource
from tsunagite.check.load import load
from tsunagite.engine.artifact import Artifact, Page
from tsunagite.engine.assemble import Views, assemble
from tsunagite.engine.last_build import Inputs
from tsunagite.engine.memo import using
from tsunagite.engine.products import product
from tsunagite.engine.store import Store
from tsunagite.findings import has_errors
from tsunagite.news.digest import WIDTH, digest_text
from tsunagite.news.history import changed_fields
from tsunagite.news.read_history import read_history
from tsunagite.opendata.hsds import services
from tsunagite.opendata.view import OpenDataView
from tsunagite.text.columns import columns, wrapped

VIOLENCE = {"needs": ["虐待・暴力"], "kind": "social_welfare_council", "support_level": ["公助"]}


def dated(city: City, day: str, monkeypatch: pytest.MonkeyPatch, *words: str) -> None:
    monkeypatch.setenv("GIT_COMMITTER_DATE", day)
    if words:
        city.git(*words)
    else:
        city.commit(day)


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> City:
    """A city whose site began on September 1st 2026."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GIT_COMMITTER_DATE", "2026-09-01T09:00:00+09:00")
        made = new_city(tmp_path_factory.mktemp("news") / "city")
        made.write(
            site={
                "name": "つなぎ手",
                "municipality": "高松市",
                "site_url": "https://例え.jp/つなぎ/".replace("つなぎ", "town"),
            }
        )
        made.club("sakura", name="さくら体操", location={"address": "高松市桜町一丁目9-12"})
        made.club("sample", name="見本の会", sample=True, phones=[{"number": "087-000-0001"}])
        made.club("quiet", name="しずかな窓口", **VIOLENCE)
        made.club("idea", name="これからの会", stage="すぐできる")
        dated(made, "2026-10-05T10:00:00+09:00", patch)
        made.git("checkout", "-q", "-b", "work")
        made.club("hidamari", name="ひだまり会", summary="将棋と囲碁です。")
        dated(made, "2026-10-18T10:00:00+09:00", patch)
        made.git("checkout", "-q", "main")
        made.club("aozora", name="あおぞら会", phones=[{"number": "087-839-2812"}], memo="電話で聞いた")
        dated(made, "2026-10-20T23:30:00+00:00", patch)  # the next day in Japan
        dated(made, "2026-11-02T10:00:00+09:00", patch, "merge", "-q", "--no-ff", "-m", "merge", "work")
        made.club(
            "sakura",
            name="さくら体操",
            location={"address": "高松市桜町一丁目9-12"},
            verified_on="2026-11-01",
            memo="x",
        )
        dated(made, "2026-11-03T10:00:00+09:00", patch)
        (made.folder / "resources" / "places").mkdir()
        made.git("mv", "resources/clubs/sakura.yml", "resources/places/sakura.yml")
        dated(made, "2026-11-04T10:00:00+09:00", patch)
        made.club(
            "hidamari",
            name="ひだまり会",
            summary="将棋と囲碁です。",
            status="終了",
            closed_date="2026-10-31",
            replaced_by="aozora",
        )
        made.club("sakura-new", name="ことりの会", status="終了", closed_date="2026-11-05", replaced_by="kotori")
        made.club("kotori", name="ことりの会")
        dated(made, "2026-11-10T10:00:00+09:00", patch)
        made.club("later", name="あすの会")
        dated(made, "2026-11-23T10:00:00+09:00", patch)
    return made


def site_of(folder: Path) -> Views:
    loaded = load(folder, TODAY)
    assert not has_errors(loaded.findings), [str(one) for one in loaded.findings if one.severity == "error"]
    return assemble(loaded.directory, TODAY, history=read_history(folder))


@pytest.fixture(scope="module")
def site(city: City) -> Views:
    return site_of(city.folder)


@pytest.fixture(scope="module")
def made(site: Views) -> dict[str, bytes]:
    return files_of(site)


def files_of(site: Views) -> dict[str, bytes]:
    def unframed(page: Page) -> Artifact:
        return Artifact(f"{page.path}index.html", f"{page.head}{page.body}".encode())

    return {draft.path: draft.content for draft in product("news").make(site, unframed)}


def told(site: Views) -> list[tuple[str, str, str, tuple[str, ...]]]:
    return [(event.resource.id, str(event.what), event.when, event.fields) for event in site.news.events]


def test_events_have_the_days_on_which_they_reached_the_published_branch_and_nothing_else_is_news(
    site: Views,
) -> None:
    assert told(site) == [
        ("hidamari", "closed", "2026-11-10T10:00:00+09:00", ()),
        ("aozora", "changed", "2026-10-21T08:30:00+09:00", ("phones",)),
        ("sakura", "added", "2026-10-05T10:00:00+09:00", ()),
    ]


def test_the_feed_of_the_whole_site_is_read_by_readers_with_stable_ids_and_true_dates(made: dict[str, bytes]) -> None:
    feed = feedparser.parse(made["news/feed.xml"])
    assert not feed.bozo
    assert feed.version == "atom10"
    assert feed.feed.updated == "2026-11-10T10:00:00+09:00"
    assert feed.feed.id == "https://例え.jp/town/news/feed.xml"
    assert [(one.id, one.title, one.updated, one.link) for one in feed.entries] == [
        (
            "tag:xn--r8jz45g.jp,2026-11-10:/town/r/hidamari/closed",
            "終わりました：ひだまり会",
            "2026-11-10T10:00:00+09:00",
            "https://例え.jp/town/r/hidamari/",
        ),
        (
            "tag:xn--r8jz45g.jp,2026-10-21:/town/r/aozora/changed",
            "変わりました：あおぞら会",
            "2026-10-21T08:30:00+09:00",
            "https://例え.jp/town/r/aozora/",
        ),
        (
            "tag:xn--r8jz45g.jp,2026-10-05:/town/r/sakura/added",
            "新しくのりました：さくら体操",
            "2026-10-05T10:00:00+09:00",
            "https://例え.jp/town/r/sakura/",
        ),
    ]
    assert feed.entries[0].summary == "2026年10月31日に終了しました。代わり：あおぞら会"
    assert feed.entries[1].summary == "電話が変わりました。いまの電話は 087-839-2812 です。"
    data = json.loads(made["news/feed.json"])
    assert data["version"] == "https://jsonfeed.org/version/1.1"
    assert [(item["id"], item["url"], item["date_modified"], item["content_text"]) for item in data["items"]] == [
        (one.id, one.link, one.updated, one.summary) for one in feed.entries
    ]


def test_every_kind_has_a_feed_that_its_page_and_the_page_of_news_link_to(site: Views, made: dict[str, bytes]) -> None:
    feeds = [link.path for link in site.lists.feeds()]
    assert "kinds/clubs/" in feeds
    for path in feeds:
        assert f"news/{path.rstrip('/')}.xml" in made
    clubs = feedparser.parse(made["news/kinds/clubs.xml"])
    assert [one.title for one in clubs.entries] == [
        "終わりました：ひだまり会",
        "変わりました：あおぞら会",
        "新しくのりました：さくら体操",
    ]
    [empty] = [feed for path in feeds if not (feed := feedparser.parse(made[f"news/{path.rstrip('/')}.xml"])).entries]
    assert empty.feed.updated == "2026-11-10T10:00:00+09:00", "without an entry: when anything was known last"
    [cut] = [cut for cut in site.lists.cuts() if cut.path == "kinds/clubs/"]
    assert cut.head.feed == "news/kinds/clubs"
    assert b'href="../news/kinds/clubs.xml"' in made["news/index.html"]


def test_months_show_what_was_listed_in_them_and_begin_with_the_history(site: Views, made: dict[str, bytes]) -> None:
    assert [month.isoformat()[:7] for month in site.news.months()] == ["2026-11", "2026-10", "2026-09"]
    october = made["news/2026-10/index.html"].decode()
    assert "2026年10月5日" in october
    assert october.count("<article") + october.count('class="ts-card"') == 1
    assert "あおぞら会" in october
    assert "この月に、新しくのったものはありません。" in made["news/2026-09/index.html"].decode()
    assert b"ts-notice" not in made["news/index.html"]
    for hidden in ("見本の会", "しずかな窓口", "これからの会", "あすの会"):
        assert all(hidden.encode() not in content for content in made.values())


def test_without_a_history_the_dates_are_those_of_the_records_and_every_form_says_so(
    city: City, tmp_path: Path
) -> None:
    shutil.copytree(city.folder, tmp_path / "copy", ignore=shutil.ignore_patterns(".git"))
    site = site_of(tmp_path / "copy")
    assert [(event[0], event[1], event[2]) for event in told(site) if event[0] in ("hidamari", "aozora", "sakura")] == [
        ("sakura", "checked", "2026-11-01T00:00:00+09:00"), ("hidamari", "closed", "2026-10-31T00:00:00+09:00"), ("aozora", "checked", "2026-09-02T00:00:00+09:00"),
    ]  # fmt: skip
    files = files_of(site)
    note = "変更の履歴がないため"
    assert note in feedparser.parse(files["news/feed.xml"]).feed.subtitle
    assert note in files["news/index.html"].decode()
    assert not any("/2026-" in path for path in files)
    assert note in digest_text(site.news, TODAY.replace(day=1)).replace("\n", "")


def test_a_shallow_clone_is_no_history(city: City, tmp_path: Path) -> None:
    city.git("clone", "-q", "--depth", "2", f"file://{city.folder}", str(tmp_path / "shallow"))
    site = site_of(tmp_path / "shallow")
    assert site.news.history.missing == "shallow"
    assert "途中まで" in site.news.note()
    assert {event[1] for event in told(site)} == {"checked", "closed"}


def test_the_history_is_kept_by_the_newest_commit_and_a_commit_alone_makes_a_build_look_again(
    city: City, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(city.folder, tmp_path / "town")
    own, store = City(tmp_path / "town"), Store(tmp_path / "store")
    with using(store):
        first = read_history(own.folder)
        store.commit()
        monkeypatch.setattr("tsunagite.engine.git.GitHistory.changes", lambda *_: pytest.fail("walked again"))
        assert read_history(own.folder) == first
        monkeypatch.undo()
    seen = Inputs.seen(own.folder, "site", TODAY)
    assert Inputs.seen(own.folder, "site", TODAY).digest == seen.digest
    own.git("commit", "-q", "--allow-empty", "-m", "nothing")
    assert Inputs.seen(own.folder, "site", TODAY).digest != seen.digest
    store.close()


def test_the_mail_of_a_month_has_short_lines_and_names_what_the_month_has_brought(
    site: Views, city: City, tsunagite: Callable[..., object]
) -> None:
    text = digest_text(site.news, TODAY.replace(month=10, day=1))
    assert "■ 新しくのったもの（1件）" in text
    assert "・さくら体操（2026年10月5日）" in text
    assert "https://例え.jp/town/news/2026-10/" in text
    assert all(columns(line) <= WIDTH for line in text.splitlines() if "https://" not in line)
    said = tsunagite("digest", "--root", city.folder, "--today", "2026-11-22", "--month", "2026-10")
    assert said.out == text
    assert "2025-12" in tsunagite("digest", "--root", city.folder, "--today", "2026-11-22", "--month", "2024-01").err


def test_only_what_a_page_says_is_a_change_of_a_record() -> None:
    before = "id: a\nname: 会\nphones:\n  - number: 087-839-2811\nneeds: [食事, 買い物]\nmemo: x\n"
    after = '# checked\nname: "会"\r\nid: a\r\nneeds:\n- 食事\n- 買い物\nphones:\n  - {number: 087-839-2811}\nmemo: y\nverified_on: 2026-11-01\n'
    assert changed_fields(before, after) == ()
    assert changed_fields(before, after.replace("2811", "2812")) == ("phones",)
    assert changed_fields(before, "id: a\nname: 会\nneeds: [食事]\n") == ("needs", "phones")


def test_lines_of_a_mail_are_counted_in_columns_and_no_line_begins_with_a_mark() -> None:
    text = resource("x")["summary"] * 4 + " https://tsunagite.example/r/a/"
    lines = list(wrapped(text, 20, indent="  ", first="・"))
    assert all(columns(line) <= 20 or line.strip().startswith("https://") for line in lines)
    assert not any(line.strip()[0] in "、。" for line in lines)
    assert "".join(line.strip() for line in lines) == "・" + text.replace(" ", "")


def test_records_of_one_commit_are_told_together_and_the_rest_is_still_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = new_city(tmp_path / "town")
    own.write(site={"name": "つなぎ手", "municipality": "高松市", "site_url": "https://new.example/town/"})
    own.club("first", name="はじめの会")
    dated(own, "2026-09-01T09:00:00+09:00", monkeypatch)
    own.club("single", name="ひとつの会")
    dated(own, "2026-11-01T09:00:00+09:00", monkeypatch)
    for number in range(10):
        own.club(f"ten-{number}", name=f"十の会{number}")
    dated(own, "2026-11-02T09:00:00+09:00", monkeypatch)
    for number in range(12):
        own.club(f"many-{number}", name=f"多くの会{number}")
    dated(own, "2026-11-03T09:00:00+09:00", monkeypatch)
    site = site_of(own.folder)
    files = files_of(site)
    entries = feedparser.parse(files["news/feed.xml"]).entries
    assert [one.title for one in entries[:2]] == ["新しくのりました：12件", "新しくのりました：十の会9"]
    assert (len(entries), entries[-1].title) == (12, "新しくのりました：ひとつの会")
    assert entries[0].id == "tag:new.example,2026-11-03:/town/news/2026-11-03T09:00:00+09:00/added"
    assert (entries[0].link, entries[0].summary) == (
        "https://new.example/town/news/2026-11/",
        "通いの場・サロン 12件。",
    )
    overview = files["news/index.html"].decode()
    assert ("新しくのりました：12件" in overview, "多くの会" in overview, "ひとつの会" in overview) == (
        True,
        False,
        True,
    )
    text = digest_text(site.news, TODAY.replace(day=1))
    assert "■ 新しくのったもの（23件）" in text
    assert "・12件（2026年11月3日）" in text
    assert all(f"多くの会{number}" in files["news/2026-11/index.html"].decode() for number in range(12))


def test_a_site_that_moved_keeps_the_ids_of_its_news_and_of_its_data(city: City, tmp_path: Path) -> None:
    def ids(site: Views) -> list[list[str]]:
        files = files_of(site)
        feed = feedparser.parse(files["news/feed.xml"])
        items = json.loads(files["news/feed.json"])["items"]
        data = [str(service["id"]) for service in services(OpenDataView.of(site.directory, TODAY))]
        return [[feed.feed.id], [one.id for one in feed.entries], [item["id"] for item in items], data]

    def site_with(name: str, present: str) -> Views:
        shutil.copytree(city.folder, tmp_path / name)
        settings = tmp_path / name / "resources/site.yml"
        text = settings.read_text(encoding="utf-8").replace("site_url:", present)
        settings.write_text(f"{text}licence: CC BY 4.0\n", encoding="utf-8")
        return site_of(tmp_path / name)

    before = ids(site_with("before", "site_url:"))
    moved = site_with("moved", "site_url: https://new.example/a/\nmoved_from:")
    assert ids(moved) == before
    assert before[3]
    feed = feedparser.parse(files_of(moved)["news/feed.xml"])
    assert feed.entries[0].link == "https://new.example/a/r/hidamari/"
