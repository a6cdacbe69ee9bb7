"""The guides that come with tsunagite: a site shows them, and stands in for any of them with its own."""

from __future__ import annotations

from pathlib import Path

import yaml

from small_site import TODAY
from tsunagite.check.load import load
from tsunagite.engine.program import shared_content
from tsunagite.findings import has_errors
from tsunagite.records.load.guides import SECTIONS, Guides

OWN = (
    (shared_content() / "roles" / "care-manager.md")
    .read_text(encoding="utf-8")
    .replace("title: ", "title: わが町の", 1)
)


def guides_of(folder: Path, files: dict[str, str], *, shared: bool = True) -> Guides:
    written = {
        "resources/site.yml": f"name: x\nshared_guides: {str(shared).lower()}\n",
        "mkdocs.yml": "site_name: x\n",
        **files,
    }
    for name, text in written.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    loaded = load(folder, TODAY)
    assert not has_errors(loaded.findings), loaded.findings
    return loaded.directory.guides


def test_a_site_has_every_guide_that_comes_along_where_it_asks_for_them(tmp_path: Path) -> None:
    names = {path.stem for section in SECTIONS for path in (shared_content() / section).glob("*.md")}
    found = guides_of(tmp_path, {})
    assert {guide.id for guide in found.written} == names
    assert all(guide.is_shared for guide in found.written)
    assert {"help.md", "privacy.md", "listing-rules.md"} <= found.pages
    assert len(found.glossary) > 50
    assert guides_of(tmp_path, {}, shared=False).written == ()


def test_a_page_or_a_word_of_the_site_stands_in_for_the_shared_one(tmp_path: Path) -> None:
    word = {"term": "ケアマネ", "reading": "けあまね", "meaning": "わが町での呼び名。", "aliases": ["ケアマネジャー"]}
    files = {"content/roles/care-manager.md": OWN, "content/glossary.yml": yaml.safe_dump([word], allow_unicode=True)}
    found = guides_of(tmp_path, files)
    [own] = [guide for guide in found.written if guide.id == "care-manager"]
    assert own.head.title.startswith("わが町の")
    assert not own.is_shared
    assert sum(not guide.is_shared for guide in found.written) == 1
    assert [term.term for term in found.glossary if "ケアマネジャー" in (term.term, *term.aliases)] == ["ケアマネ"]


def test_guides_in_the_order_of_their_names_do_not_depend_on_who_wrote_them(tmp_path: Path) -> None:
    before = [guide.id for guide in guides_of(tmp_path, {}).written]
    assert [guide.id for guide in guides_of(tmp_path, {"content/roles/care-manager.md": OWN}).written] == before
