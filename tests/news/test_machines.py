"""What programs read: a sitemap with true dates, robots.txt, llms.txt, and every record as Markdown with the facts of its page."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from markdown import markdown

from small_site import TODAY, resource, site_view
from tsunagite.engine.artifact import Artifact, Bundle, Page
from tsunagite.engine.assemble import Views, assemble
from tsunagite.engine.products import product
from tsunagite.news import machines
from tsunagite.news.history import FileHistory, History

ADDRESS = "https://tsunagite.example/town/"
SITE = {
    "name": "つなぎ手",
    "municipality": "高松市",
    "site_url": ADDRESS,
    "licence": "CC BY 4.0",
    "licence_url": "https://creativecommons.org/licenses/by/4.0/deed.ja",
    "credit": "高松市",
}
LONG = {
    "description": "# 一つめ\n- 二つめ <b>太字</b>\n1. 三つめ",
    "attributes": {"AED": "1階*ホール*"},
    "url": "https://example.jp/a_b_c",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Views:
    return site_view(
        tmp_path_factory.mktemp("machines") / "town",
        resource(
            "aozora",
            hours=[{"days": "月-金", "open": "9:00", "close": "17:00"}],
            verify_method="電話",
            verified_by="高齢福祉課",
            **LONG,
        )
        | {"name": "あおぞら会"},
        resource("closed", status="終了", closed_date="2026-10-31", replaced_by="aozora"),
        resource("paused", pause={"until": "2027-01-31", "reason": "改修のため"}),
        resource("sample", sample=True, phones=[{"number": "087-000-0001"}]),
        resource("kept", visibility="オープンデータに出さない"),
        resource("quiet", kind="social_welfare_council", needs=["虐待・暴力"], support_level=["公助"]),
        site=SITE,
    )


@pytest.fixture(scope="module")
def made(site: Views) -> dict[str, str]:
    return {
        draft.path: draft.content.decode()
        for draft in product("records").make(
            site, lambda page: Artifact(f"{page.path}index.html", f"{page.head}{page.body}".encode())
        )
    }


def test_a_record_as_markdown_says_what_its_page_says_with_the_day_the_source_and_the_licence(
    made: dict[str, str],
) -> None:
    text = made["r/aozora/index.md"]
    assert '<link rel="alternate" type="text/markdown" href="index.md">' in made["r/aozora/index.html"]
    assert text.startswith("# あおぞら会\n\n- お茶を飲みながら話します。\n- 種類：通いの場・サロン\n")
    assert "- 電話：087-839-2811\n" in text
    assert "- 月～金：9時から17時まで\n" in text
    assert "- ウェブサイト：<https://example.jp/a_b_c>\n" in text
    assert text.endswith(
        "## 確認と出典\n\n- 確認：2026年9月2日に電話で確認（高齢福祉課）\n- 次の見直し：2027年9月\n- 出典：高松市\n"
        f"- 利用条件：CC BY 4.0 <https://creativecommons.org/licenses/by/4.0/deed.ja>\n- ページ：<{ADDRESS}r/aozora/>\n"
    )
    html = markdown(text)
    assert html.count("<h1>") == 1
    assert "<p># 一つめ</p>\n<p>- 二つめ &lt;b&gt;太字&lt;/b&gt;</p>\n<p>1. 三つめ</p>" in html
    assert "<li>AED：1階*ホール*</li>" in html


def test_pauses_and_endings_stand_at_the_top_of_the_text(made: dict[str, str]) -> None:
    assert made["r/closed/index.md"].startswith(
        "# closed\n\n> 2026年10月31日に終了しました。\n\n> 代わり：あおぞら会（r/aozora/）\n"
    )
    assert "087-839-2811" not in made["r/closed/index.md"]
    assert "> 一時休止：2027年1月31日まで（改修のため）\n" in made["r/paused/index.md"]


def test_records_that_may_not_go_beyond_their_pages_have_no_text(made: dict[str, str]) -> None:
    assert {path for path in made if path.endswith(".md")} == {
        f"r/{name}/index.md" for name in ("aozora", "closed", "paused")
    }
    for name in ("sample", "kept", "quiet"):
        assert "text/markdown" not in made[f"r/{name}/index.html"]


def test_the_sitemap_has_the_day_of_the_last_change_where_it_is_known_and_no_other(site: Views) -> None:
    def days(history: History) -> dict[str, str]:
        [bundle] = product("sitemap").make(assemble(site.directory, TODAY, history=history), unframed)
        assert isinstance(bundle, Bundle)
        [draft] = bundle.make()
        assert isinstance(draft, Artifact)
        space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
        rows = ET.fromstring(draft.content).findall("s:url", space)  # noqa: S314 - our own file
        return {
            str(row.findtext("s:loc", "", space)).removeprefix(ADDRESS): row.findtext("s:lastmod", "", space)
            for row in rows
        }

    alone = days(History())
    assert (alone["r/aozora/"], alone["r/closed/"], alone["kinds/clubs/"], alone["search/"]) == (
        "2026-09-02",
        "2026-10-31",
        "2026-09-02",
        "",
    )
    known = days(
        History(
            {"aozora": FileHistory(None, 1_794_000_000), "paused": FileHistory(None, 1_999_999_999)},
            "x",
            1_700_000_000,
            "",
        )
    )
    assert (known["r/aozora/"], known["r/paused/"], known["kinds/clubs/"]) == ("2026-11-07", "2026-09-02", "2026-11-07")


def unframed(page: Page) -> Artifact:
    return Artifact(f"{page.path}index.html", page.body.encode())


def test_llms_txt_leads_to_pages_that_exist(site: Views) -> None:
    [draft] = product("llms").make(site, unframed)
    text = draft.content.decode()
    assert text.startswith("# つなぎ手 高松市\n")
    paths = {address.removeprefix(ADDRESS) for address in re.findall(r"\]\((.*?)\)", text)}
    assert {path for path in paths if path.endswith("/")} <= set(site.paths())


def test_a_site_of_more_pages_than_a_sitemap_may_name_has_several(site: Views, monkeypatch: pytest.MonkeyPatch) -> None:
    def files() -> dict[str, str]:
        [bundle] = product("sitemap").make(site, unframed)
        assert isinstance(bundle, Bundle)
        return {one.path: one.content.decode() for one in bundle.make() if isinstance(one, Artifact)}

    [whole] = files().values()
    addresses = re.findall("<loc>(.*?)</loc>", whole)
    monkeypatch.setattr(machines, "MOST_ADDRESSES", 10)
    found = files()
    parts = re.findall("<sitemap><loc>(.*?)</loc></sitemap>", found.pop("sitemap.xml"))
    assert parts == [f"{ADDRESS}{name}" for name in found]
    assert [re.findall("<loc>(.*?)</loc>", one) for one in found.values()] == [addresses[at : at + 10] for at in range(0, len(addresses), 10)]  # fmt: skip


def test_robots_txt_names_the_sitemap_and_a_site_may_have_its_own(
    faces_town: Path, tsunagite: Callable[..., object]
) -> None:
    address = "https://tsunagite.example/tsunagite-faces/"
    assert (faces_town / "site/robots.txt").read_text(
        encoding="utf-8"
    ) == f"User-agent: *\nAllow: /\n\nSitemap: {address}sitemap.xml\n"
    (faces_town / "content/robots.txt").write_text("User-agent: *\nDisallow: /\n", encoding="utf-8")
    said = tsunagite("build", faces_town, "--today", TODAY.isoformat())
    assert said.code == 0, said.out
    assert (faces_town / "site/robots.txt").read_text(encoding="utf-8") == "User-agent: *\nDisallow: /\n"
