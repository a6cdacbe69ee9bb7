"""The walk over content/: guides with typed heads (roles, processes, reference pages) and the lists beside them.

A site may show the guides that come with tsunagite (``shared_guides`` of its settings). A file or a row of the site's own
content/ with the same name stands in for the one that comes along.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from tsunagite.engine.program import shared_content
from tsunagite.findings import Finding, SourceLocation, error, notice, visible, warning
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
from tsunagite.records.yaml.reader import (
    NOT_OPENED,
    bytes_of,
    conflict_mark,
    content_of,
    read_bytes,
    read_file,
    read_text,
)
from tsunagite.text.harmless import without_effect

SECTIONS: dict[str, type[Guide]] = {"roles": RoleGuide, "processes": ProcessGuide, "reference": ReferenceGuide}
PUBLISHED_KINDS = frozenset((
    ".md", ".html", ".css", ".js", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg", ".ico", ".pdf", ".xlsx", ".docx", ".pptx",
    ".mp3", ".mp4", ".webm", ".vtt", ".woff", ".woff2",
))  # fmt: skip
PUBLISHED_NAMES = frozenset(
    ("CNAME", "robots.txt", "security.txt", "humans.txt")
)  # what hosts and search engines ask for
"""Files of content/ that are published besides the guides. Anything else (copies, drafts, notes) is for those who write."""
LISTS = ("acts.yml", "glossary.yml", "redirects.yml", "systems.yml")
SHARED_PAGES = ("help.md", "listing-rules.md", "privacy.md")
"""Ordinary pages that come with tsunagite; what a site is (about.md) only its publisher can say."""
OWN, SHARED = "content", "tsunagite/content"
"""How findings name the folder of a site's own guides, and that of those that come along."""
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

    @property
    def is_shared(self) -> bool:
        """Whether it came with tsunagite."""
        return self.place.file.startswith(f"{SHARED}/")

    def place_in_body(self, at: int) -> SourceLocation:
        """Return the place of a character of the prose."""
        return _place_in(self.body, at, self.place.file, self.body_line)


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

    @property
    def without_prose(self) -> Guides:
        """All of it but the prose of guides, which their own pages and the search alone show."""
        return replace(self, written=tuple(replace(guide, body="", body_line=1) for guide in self.written))


def read_guides(root: Path, vocabularies: Vocabularies, *, shared: bool = False) -> tuple[Guides, list[Finding]]:
    """Read all guides of the site in ``root``, with ``shared`` those that come along too. One with a mistake is left out; its findings say why."""
    findings: list[Finding] = []
    content = root / "content"
    layers = [(content, OWN), *([(shared_content(), SHARED)] if shared and not shares_its_own(root) else [])]
    files: dict[tuple[str, str], tuple[Path, str]] = {}
    for folder, name in layers:
        for section in SECTIONS:
            for path in sorted((folder / section).glob("*.md")):
                if _has_text_as_name(path):
                    files.setdefault((section, path.stem), (path, f"{name}/{section}/{path.name}"))
    read = {
        key: _guide(path, name, key[0], vocabularies, findings)
        for key, (path, name) in sorted(files.items(), key=_by_section)
    }
    written = tuple(guide for guide in read.values() if guide)
    unread = frozenset(stem for (_, stem), guide in read.items() if guide is None)
    acts = _merged("acts.yml", Act, layers, vocabularies, findings, lambda row: (row.id,))
    glossary = _merged(
        "glossary.yml", GlossaryTerm, layers, vocabularies, findings, lambda row: (row.term, *row.aliases)
    )
    redirects = _merged("redirects.yml", Redirect, layers, vocabularies, findings, lambda row: (row.id,))
    systems = _merged("systems.yml", SystemRow, layers, vocabularies, findings, lambda row: (str(row.number),))
    ordinary = {
        path.relative_to(content).as_posix(): path
        for path in content.rglob("*.md")
        if path.parent.name not in SECTIONS and _has_text_as_name(path)
    }
    pages = frozenset((*ordinary, *(SHARED_PAGES if shared else ())))
    findings += [finding for name, path in sorted(ordinary.items()) for finding in _of_page(path, f"content/{name}")]
    findings += [notice("G107", SourceLocation(f"content/{visible(name)}")) for name in _left_out(content)]
    return Guides(written, acts, glossary, redirects, systems, pages, unread), findings


def shares_its_own(root: Path) -> bool:
    """Tell whether the guides of a site are those that come with tsunagite: the site of this repository."""
    return (root / "content").resolve() == shared_content().resolve()


def _by_section(item: tuple[tuple[str, str], object]) -> tuple[int, str]:
    (section, stem), _ = item
    return [*SECTIONS].index(section), stem


def is_published(name: str) -> bool:
    """Tell whether a file of content/ (its path below) is of a kind that a site publishes; copies of editors are not."""
    stem, dot, kind = name.rpartition("/")[2].rpartition(".")
    known = name in PUBLISHED_NAMES or f"{dot}{kind.lower()}" in PUBLISHED_KINDS
    return known and visible(name) == name and not stem.endswith("~") and not stem.startswith(("~$", "#", "."))


def _place_in(text: str, at: int, file: str, first_line: int = 1) -> SourceLocation:
    """Return the place of a character of a text that begins on a line of a file."""
    before = text[:at]
    return SourceLocation(file, line=first_line + before.count("\n"), column=at - before.rfind("\n"))


def may_be_read(path: Path) -> bool:
    """Tell whether a file is none that might never end: a pipe, a socket or a device."""
    return path.is_file() or not path.exists()


def _has_text_as_name(path: Path) -> bool:
    return visible(str(path)) == str(path)


def _of_page(path: Path, name: str) -> tuple[Finding, ...]:
    """Return why an ordinary page cannot be read as text (MkDocs reads it, and would stop without a word about it), or is a merge half done; else what of it stays text (G120)."""
    raw, size = bytes_of(path)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return read_bytes(raw, size, name).findings
    if half_merged := conflict_mark(text, name):
        return (half_merged,)
    if size == NOT_OPENED:
        return read_bytes(raw, size, name).findings
    shown = without_comments(text)
    return tuple(warning("G120", _place_in(shown, at, name), found=found) for at, found in without_effect(shown))


def _left_out(content: Path) -> Iterator[str]:
    """Yield the files that lie in content/ and are not published, but for those that are hidden, and for our own lists."""
    for here, folders, files in os.walk(content):
        folders[:] = sorted(folder for folder in folders if not folder.startswith("."))
        below = Path(here).relative_to(content)
        names = (below.joinpath(file).as_posix() for file in sorted(files) if not file.startswith("."))
        yield from (
            name for name in names if name not in LISTS and not (is_published(name) and may_be_read(content / name))
        )


def _guide(
    path: Path, name: str, section: str, vocabularies: Vocabularies, findings: list[Finding]
) -> WrittenGuide | None:
    place = SourceLocation(name)
    try:
        text = content_of(path).decode().replace("\r\n", "\n").replace("\r", "\n")
    except (UnicodeDecodeError, OSError):
        findings.extend(read_file(path, place.file).findings)
        return None
    if half_merged := conflict_mark(text, name):
        findings.append(half_merged)
        return None
    parts = head_and_body(text)
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
    head, found = validate(SECTIONS[section], read.value, place, vocabularies)
    findings.extend(found)
    return (
        WrittenGuide(path.stem, section, head, without_comments(parts[1]), place, parts[0].count("\n") + 2)
        if head
        else None
    )


def _merged(  # noqa: PLR0913, PLR0917 - what is read, from where, and what stands in for what
    name: str, model: type[ModelT], layers: list[tuple[Path, str]], vocabularies: Vocabularies, findings: list[Finding],
    names: Callable[[ModelT], tuple[str, ...]],
) -> tuple[ModelT, ...]:  # fmt: skip
    """Return the rows of a list: all of the site's own, then those of the shared list that share none of their ``names`` with them."""
    own, *shared = [
        _list(folder / name, f"{prefix}/{name}", model, vocabularies, findings) for folder, prefix in layers
    ]
    known = {word for row in own for word in names(row)}
    return (*own, *(row for rows in shared for row in rows if known.isdisjoint(names(row))))


def _list(
    path: Path, name: str, model: type[ModelT], vocabularies: Vocabularies, findings: list[Finding]
) -> tuple[ModelT, ...]:
    if not path.is_file():
        return ()
    place = SourceLocation(name)
    read = read_file(path, place.file)
    findings.extend(read.findings)
    if read.findings or read.value is None:
        return ()
    if not isinstance(read.value, list):
        findings.append(error("G102", place))
        return ()
    items = [_item(data, model, place.at(index), vocabularies, findings) for index, data in enumerate(read.value)]
    return tuple(item for item in items if item is not None)


def _item(
    data: Any, model: type[ModelT], place: SourceLocation, vocabularies: Vocabularies, findings: list[Finding]
) -> ModelT | None:
    if not isinstance(data, dict):
        findings.append(error("F102", place))
        return None
    item, found = validate(model, data, place, vocabularies)
    findings.extend(found)
    return item
