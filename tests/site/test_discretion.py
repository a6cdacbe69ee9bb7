"""Pages that others in the house should not find: every one of them names itself to nobody, and can be left at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from html_page import HtmlPage
from mini_sites import SITES, TODAY
from small_site import resource, site_view
from tsunagite.check.load import load
from tsunagite.records.directory import is_delicate
from tsunagite.records.discretion import is_secret
from tsunagite.site.layout.templates import DELICATE


def expected() -> Iterator[tuple[str, str]]:
    """Yield the page of everything delicate of the faces, and the word that its title must not say."""
    directory = load(SITES / "faces", TODAY).directory
    yield from ((f"needs/{one.id}/", one.label) for one in directory.vocabularies["need"] if is_secret(one))
    yield from ((f"contact/about/{one.id}/", one.label) for one in directory.troubles.values() if is_secret(one))
    yield from ((f"r/{one.id}/", one.name) for one in directory.published if is_delicate(directory, one))
    for sheet in directory.worksheets.sheets:
        if is_secret(sheet):
            yield f"worksheets/{sheet.id}/", sheet.title
            yield f"worksheets/{sheet.id}/form/", sheet.title


def test_every_delicate_page_leaves_no_trace_and_no_other_page_hides_itself(built_faces: Path) -> None:
    wanted = dict(expected())
    assert {path.split("/")[0] for path in wanted} == {"needs", "contact", "r", "worksheets"}
    for path, word in wanted.items():
        html = (built_faces / path / "index.html").read_text(encoding="utf-8")
        page = HtmlPage(html)
        described = [one.attributes.get("content", "") for one in page.all("meta")]
        assert DELICATE in html, path  # no cache of worker or browser, no referrer
        assert any("data-exit" in one.attributes for one in page.all("a")), path
        assert not [text for text in [*page.texts["title"], *described] if word in text], path
    found = {
        path.parent.relative_to(built_faces).as_posix() + "/"
        for path in built_faces.rglob("index.html")
        if DELICATE in path.read_text(encoding="utf-8")
    }
    ours = {path for path in found if not path.startswith(("en/", "vi/", "zh-hans/", "easy/"))}
    ours = {path for path in ours - set(wanted) if not path.startswith("areas/")}  # of a need in a district
    assert ours == {"embed/"}  # a frame in pages of other sites


def test_a_list_of_refuges_is_as_delicate_as_each_of_them(tmp_path: Path) -> None:
    quiet = resource("quiet", kind="refuge_shelter", needs=["虐待・暴力"], service_areas=[])
    views = site_view(tmp_path / "town", quiet | {"location": None}, resource("station", kind="fire_station"))
    heads = {cut.path: cut.head for cut in views.lists.cuts()}
    assert heads["kinds/safety/refuge_shelter/"].delicate
    assert heads["kinds/safety/refuge_shelter/"].feed == ""
    assert not heads["kinds/safety/fire_station/"].delicate
