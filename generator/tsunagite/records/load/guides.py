"""The walk over content/: guides with typed heads (roles, processes, reference pages) and the lists beside them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from tsunagite.findings import Finding, SourceLocation, error, notice, visible
from tsunagite.records.model.base.problems import validate
from tsunagite.records.model.base.vocabulary import Vocabularies
from tsunagite.records.model.features.guide import (
    Act,
    GlossaryTerm,
    Guide,
    ProcessGuide,
    Redirect,
    ReferenceGuide,
    RoleGuide,
    SystemRow,
)
from tsunagite.records.yaml.front_matter import head_and_body, without_comments
from tsunagite.records.yaml.reader import NOT_OPENED, bytes_of, read_bytes, read_file, read_text

SECTIONS: dict[str, type[Guide]] = {"roles": RoleGuide, "processes": ProcessGuide, "reference": ReferenceGuide}
PUBLISHED_KINDS = frozenset((
    ".md", ".html", ".css", ".js", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg", ".ico", ".pdf", ".xlsx", ".docx", ".pptx",
    ".mp3", ".mp4", ".webm", ".vtt", ".woff", ".woff2",
))  # fmt: skip
PUBLISHED_NAMES = frozenset(("CNAME", "robots.txt", "security.txt", "humans.txt"))  # what hosts and search engines ask for
"""Files of content/ that are published besides the guides. Anything else (copies, drafts, notes) is for those who write."""
LISTS = ("acts.yml", "glossary.yml", "redirects.yml", "systems.yml")
ModelT = TypeVar("ModelT", bound=BaseModel)


@dataclass(frozen=True)
class WrittenGuide:
    """A guide with its prose (Markdown). ``section`` is its folder below content/; the prose begins on line ``body_line``."""

    id: str
    section: str
    head: Guide
    body: str
    place: SourceLocation
    body_line: int = 1

    def place_in_body(self, at: int) -> SourceLocation:
        """Return the place of a character of the prose."""
        before = self.body[:at]
        return SourceLocation(self.place.file, line=self.body_line + before.count("\n"), column=at - before.rfind("\n"))


@dataclass
class Guides:
    """Everything below content/ that is not an ordinary page, in the order of files and lists."""

    written: tuple[WrittenGuide, ...] = ()
    acts: tuple[Act, ...] = ()
    glossary: tuple[GlossaryTerm, ...] = ()
    redirects: tuple[Redirect, ...] = ()
    systems: tuple[SystemRow, ...] = ()
    pages: frozenset[str] = field(default_factory=frozenset)
    """Ordinary pages of content/ (about.md), to which guides may link."""
    unread: frozenset[str] = field(default_factory=frozenset)
    """Ids of guides with mistakes of their own: references to them are not reported a second time."""


def read_guides(root: Path, vocabularies: Vocabularies) -> tuple[Guides, list[Finding]]:
    """Read all guides of the site in ``root``. A guide with a mistake is left out; its findings say why."""
    findings: list[Finding] = []
    content = root / "content"
    files = [(section, path) for section in SECTIONS for path in sorted((content / section).glob("*.md")) if _has_text_as_name(path)]
    read = {path: _guide(path, section, SECTIONS[section], vocabularies, findings) for section, path in files}
    written = tuple(guide for guide in read.values() if guide)
    unread = frozenset(path.stem for path, guide in read.items() if guide is None)
    acts = _list(content / "acts.yml", Act, vocabularies, findings)
    glossary = _list(content / "glossary.yml", GlossaryTerm, vocabularies, findings)
    redirects = _list(content / "redirects.yml", Redirect, vocabularies, findings)
    systems = _list(content / "systems.yml", SystemRow, vocabularies, findings)
    ordinary = {path.relative_to(content).as_posix(): path for path in content.rglob("*.md") if path.parent.name not in SECTIONS and _has_text_as_name(path)}
    pages = frozenset(ordinary)
    findings += [finding for name, path in sorted(ordinary.items()) for finding in _unreadable(path, f"content/{name}")]
    findings += [notice("G107", SourceLocation(f"content/{visible(name)}")) for name in _left_out(content)]
    return Guides(written, acts, glossary, redirects, systems, pages, unread), findings


def is_published(name: str) -> bool:
    """Tell whether a file of content/ (its path below) is of a kind that a site publishes; copies of editors are not."""
    stem, dot, kind = name.rpartition("/")[2].rpartition(".")
    known = name in PUBLISHED_NAMES or f"{dot}{kind.lower()}" in PUBLISHED_KINDS
    return known and visible(name) == name and not stem.endswith("~") and not stem.startswith(("~$", "#", "."))


def _has_text_as_name(path: Path) -> bool:
    return visible(str(path)) == str(path)


def _unreadable(path: Path, name: str) -> tuple[Finding, ...]:
    """Return why a page cannot be read as text; MkDocs reads it, and would stop without a word about it."""
    raw, size = bytes_of(path)
    try:
        raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return read_bytes(raw, size, name).findings
    return read_bytes(raw, size, name).findings if size == NOT_OPENED else ()


def _left_out(content: Path) -> Iterator[str]:
    """Yield the files that lie in content/ and are not published, but for those that are hidden, and for our own lists."""
    for here, folders, files in os.walk(content):
        folders[:] = sorted(folder for folder in folders if not folder.startswith("."))
        below = Path(here).relative_to(content)
        names = (below.joinpath(file).as_posix() for file in sorted(files) if not file.startswith("."))
        yield from (name for name in names if name not in LISTS and not is_published(name))


def _guide(path: Path, section: str, model: type[Guide], vocabularies: Vocabularies, findings: list[Finding]) -> WrittenGuide | None:
    place = SourceLocation(f"content/{section}/{path.name}")
    try:
        parts = head_and_body(path.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, OSError):
        findings.extend(read_file(path, place.file).findings)
        return None
    if parts is None:
        findings.append(error("G101", place))
        return None
    read = read_text(parts[0], place.file)
    findings.extend(read.findings)
    if read.findings:
        return None
    if not isinstance(read.value, dict):
        findings.append(error("G101", place))
        return None
    head, found = validate(model, read.value, place, vocabularies)
    findings.extend(found)
    return WrittenGuide(path.stem, section, head, without_comments(parts[1]), place, parts[0].count("\n") + 2) if head else None


def _list(path: Path, model: type[ModelT], vocabularies: Vocabularies, findings: list[Finding]) -> tuple[ModelT, ...]:
    if not path.is_file():
        return ()
    place = SourceLocation(f"content/{path.name}")
    read = read_file(path, place.file)
    findings.extend(read.findings)
    if read.findings or read.value is None:
        return ()
    if not isinstance(read.value, list):
        findings.append(error("G102", place))
        return ()
    items = [_item(data, model, place.at(index), vocabularies, findings) for index, data in enumerate(read.value)]
    return tuple(item for item in items if item is not None)


def _item(data: Any, model: type[ModelT], place: SourceLocation, vocabularies: Vocabularies, findings: list[Finding]) -> ModelT | None:
    if not isinstance(data, dict):
        findings.append(error("F102", place))
        return None
    item, found = validate(model, data, place, vocabularies)
    findings.extend(found)
    return item
