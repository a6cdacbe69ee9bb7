"""Every page of the built sites: whole, in Japanese, linked relatively, and calling nobody else."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from os.path import normpath
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlsplit

import pytest

from html_page import LOADED, HtmlPage
from tsunagite.i18n.editions import CODES, MARK, edition

TILE_HOST = "cyberjapandata.gsi.go.jp"
SPOKEN = ("tel:", "mailto:")
MACHINE = re.compile(r"(?<![\w.-])/(?:work|tmp|home|root|usr)/|localhost|127\.0\.0\.1|file://")
# Text that begins with one of these is loaded by a browser; a web address in a comment or a message is not.
CSS_LOAD = re.compile(r"""(?:url\(\s*|@import\s+)['"]?\s*((?:https?:)?//[^'")\s]+)""")
JS_LOAD = re.compile(
    r"""(?:fetch\(|import\(|from\s*|import\s*|\.src\s*=\s*|\.href\s*=\s*|\.open\([^)]*?,\s*)["'`]((?:https?:)?//[^"'`\s]+)"""
)
XML_NAMES = ("http://www.w3.org/", "http://www.sitemaps.org/")

Check = Callable[[Path, Path, HtmlPage], list[str]]


@cache
def page_at(path: Path) -> HtmlPage:
    return HtmlPage.of(path)


def pages_of(site: Path) -> Iterator[tuple[Path, HtmlPage]]:
    for path in sorted(site.rglob("*.html")):
        yield path, page_at(path)


def problems_of(site: Path, check: Check) -> list[str]:
    pages = list(pages_of(site))
    assert len(pages) > 20
    return [f"{path.relative_to(site)}: {problem}" for path, page in pages for problem in check(site, path, page)]


@pytest.fixture(params=[pytest.param("demo", marks=pytest.mark.slow), "faces"])
def site(request: pytest.FixtureRequest) -> Path:
    return Path(request.getfixturevalue(f"built_{request.param}"))


def target_of(site: Path, path: Path, address: str) -> Path:
    """Return the file an internal address leads to. Only 404.html is shown at any depth, so it starts at the root."""
    plain = unquote(urlsplit(address).path)
    root = unquote(urlsplit(site_address(site)).path)
    start = normpath(site / plain.removeprefix(root) if plain.startswith("/") else path.parent / plain)
    return (
        Path(start, "index.html")
        if plain.endswith("/") or start in folders_of(site)
        else (Path(start) if plain else path)
    )


@cache
def folders_of(site: Path) -> set[str]:
    return {str(path) for path in (site, *site.rglob("*")) if path.is_dir()}


@cache
def files_of(site: Path) -> set[Path]:
    return {path for path in site.rglob("*") if path.is_file()}


@cache
def site_address(site: Path) -> str:
    canonical = [link for link in page_at(site / "index.html").all("link") if link.attributes.get("rel") == "canonical"]
    return canonical[0].attributes["href"]


def internal(page: HtmlPage) -> Iterator[str]:
    for element, address in page.addresses:
        outside = urlsplit(address).scheme or address.startswith("//")
        if not outside and element.attributes.get("rel") != "canonical":
            yield address


def broken(site: Path, path: Path, page: HtmlPage) -> list[str]:
    problems = []
    for address in dict.fromkeys(internal(page)):
        target, fragment = target_of(site, path, address), unquote(urldefrag(address).fragment)
        if target not in files_of(site):
            problems.append(f"{address} leads nowhere")
        elif fragment and fragment not in page_at(target).ids:
            problems.append(f"{address}: there is no such place on that page")
    return problems


def test_every_link_leads_to_a_page_and_to_a_place_on_it(site: Path) -> None:
    assert problems_of(site, broken) == []


def absolute(site: Path, path: Path, page: HtmlPage) -> list[str]:
    found = [address for address in internal(page) if address.startswith("/")]
    if path.name == "404.html":  # shown for addresses of any depth: relative links would lead astray
        return [address for address in found if not address.startswith(urlsplit(site_address(site)).path)]
    return found


def test_a_site_can_be_put_under_any_path(site: Path) -> None:
    assert problems_of(site, absolute) == []


def foreign(site: Path, path: Path, page: HtmlPage) -> list[str]:
    problems = []
    for element, address in page.addresses:
        parts = urlsplit(address)
        if not parts.scheme and not parts.netloc:
            continue
        relation = element.attributes.get("rel", "")
        spoken = element.tag == "a" and address.startswith(("https://", "http://", *SPOKEN))
        named = element.tag == "link" and (relation in ("canonical", "license") or "hreflang" in element.attributes)
        if not spoken and not named:
            problems.append(f"<{element.tag}> names {address}")
    for element in page.elements:
        for name, value in element.attributes.items():
            shown = name in ADDRESSED or (name == "data-attribution-url" and element.tag == "div")
            if "://" in value and not shown and not (name == "data-tiles" and urlsplit(value).netloc == TILE_HOST):
                problems.append(f'<{element.tag} {name}="{value}">')
    return problems


ADDRESSED = ("href", "src", "content", "xmlns", "xmlns:xlink")


def test_a_page_names_other_hosts_only_in_links_and_for_the_tiles(site: Path) -> None:
    assert problems_of(site, foreign) == []


def test_a_link_out_of_the_site_is_only_ever_followed_by_a_person(site: Path) -> None:
    def loaded(_site: Path, _path: Path, page: HtmlPage) -> list[str]:
        own = ("canonical", "license")
        named = [e for e in page.elements if e.attributes.get("rel") in own or "hreflang" in e.attributes]
        elements = [(e, a) for e, a in page.addresses if e.tag in LOADED and e not in named]
        assert elements
        return [a for _, a in elements if urlsplit(a).netloc or urlsplit(a).scheme not in ("", "data")]

    assert problems_of(site, loaded) == []


def test_no_style_and_no_script_loads_from_another_host(site: Path) -> None:
    styles, scripts = sorted(site.rglob("*.css")), sorted(site.rglob("*.js"))
    assert styles
    assert scripts
    found = {path.name: CSS_LOAD.findall(path.read_text(encoding="utf-8")) for path in styles}
    found |= {path.name: JS_LOAD.findall(path.read_text(encoding="utf-8")) for path in scripts}
    inline = {path: [t for t in page.texts.get("script", []) if JS_LOAD.search(t)] for path, page in pages_of(site)}
    assert {name: hits for name, hits in found.items() if hits} == {}
    assert {path.name: hits for path, hits in inline.items() if hits} == {}


@pytest.mark.parametrize(
    "code",
    [
        "@import 'https://a.example/x.css'",
        "src: url(//a.example/f.woff2)",
        "fetch('https://a.example/d.json')",
        'x.src="//a.example/x.js"',
    ],
)
def test_the_search_for_foreign_loads_sees_one(code: str) -> None:
    assert CSS_LOAD.search(code) or JS_LOAD.search(code)


def test_our_own_scripts_and_styles_name_no_web_address_at_all(site: Path) -> None:
    own = [path for path in (site / "assets/tsunagite").glob("*.*") if path.suffix in (".js", ".css")]
    assert {"site.css", "site.js"} <= {path.name for path in own}
    assert [path.name for path in own if re.search(r"https?://", path.read_text(encoding="utf-8"))] == []


def incomplete(site: Path, path: Path, page: HtmlPage) -> list[str]:
    folder = path.relative_to(site).parts[0]
    language = next((edition(code).lang for code in CODES if edition(code).folder == folder), "ja")
    titles, headings = page.texts.get("title", []), page.texts.get("h1", [])
    wanted = {
        "one title": len(titles) == 1 and titles[0].strip(),
        f"lang={language}": page.all("html")[0].attributes.get("lang") == language,
        "one h1": len(headings) == 1 and headings[0].strip(),
        "a description": page.described().strip(),
        "a viewport": any(e.attributes.get("name") == "viewport" for e in page.all("meta")),
        "the main region": len(page.all("main")) == 1,
        "a place for the skip link": "content" in page.ids,
        "every marker filled in": "tsunagiteTITLE" not in page.html
        and "tsunagiteFOLDER" not in page.html
        and MARK not in page.html,
    }
    return [f"has not {name}" for name, there in wanted.items() if not there]


def test_every_page_has_a_title_a_language_one_heading_and_a_description(site: Path) -> None:
    assert problems_of(site, incomplete) == []


def test_no_two_lists_have_the_same_title(site: Path) -> None:
    titles = [page.texts["title"][0] for path, page in pages_of(site) if "r" not in path.relative_to(site).parts]
    assert len(titles) > 10
    assert sorted({title for title in titles if titles.count(title) > 1}) == []


def test_ids_are_unique_on_a_page(site: Path) -> None:
    def doubled(_site: Path, _path: Path, page: HtmlPage) -> list[str]:
        return sorted(one for one, times in Counter(page.ids).items() if times > 1)

    assert problems_of(site, doubled) == []


def test_nothing_published_names_the_machine_it_was_built_on(site: Path) -> None:
    texts = [
        p
        for p in site.rglob("*")
        if p.suffix in (".html", ".xml", ".json", ".css", ".js", ".txt") and "assets" not in p.parts
    ]
    texts += [*(site / "assets/tsunagite").glob("*.*"), site / ".tsunagite-files"]
    assert [p.relative_to(site).as_posix() for p in texts if MACHINE.search(p.read_text(encoding="utf-8"))] == []


def test_structured_data_can_be_read_and_speaks_of_the_record(site: Path) -> None:
    read = 0
    for path, page in pages_of(site):
        for text in page.structured_data:
            data = json.loads(text)
            assert data["name"] in page.texts["h1"][0], path
            assert data["@type"] == "Place", path
            read += 1
    assert read > 0


NOT_LISTED = '<meta name="robots" content="noindex">'


def test_the_sitemap_names_exactly_the_pages_that_search_engines_may_list(site: Path) -> None:
    listed = re.findall(r"<loc>(.*?)</loc>", (site / "sitemap.xml").read_text(encoding="utf-8"))
    pages = {
        p.parent.relative_to(site).as_posix()
        for p in site.rglob("index.html")
        if NOT_LISTED not in p.read_text(encoding="utf-8")
    }
    root = site_address(site)
    assert sorted(listed) == sorted(root + ("" if page == "." else f"{page}/") for page in pages)


def test_a_shortened_address_leads_on_wherever_it_is_cut(site: Path) -> None:
    pages = {path.parent for path in site.rglob("index.html")}
    above = {folder for page in pages for folder in page.relative_to(site).parents}
    without = {folder.as_posix() for folder in above if not (site / folder / "index.html").is_file()}
    assert {folder for folder in without if folder.split("/")[0] not in ("easy", "en", "zh-hans", "vi")} == set()
    page = (site / "r/index.html").read_text(encoding="utf-8")
    assert NOT_LISTED in page
    assert re.findall(r'class="ts-chip" href="([^"]*)"', page) == ["../search/", "../all/", "../"]
    about = (site / "contact/about/index.html").read_text(encoding="utf-8")
    assert 'class="ts-chip" href="../../contact/"' in about
