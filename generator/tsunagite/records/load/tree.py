"""The walk over a site's resources/: every YAML file becomes raw records of one sort. Nothing is interpreted here."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from tsunagite.errors import UsageError
from tsunagite.findings import Finding, SourceLocation, error, visible
from tsunagite.records.yaml.front_matter import head_and_body
from tsunagite.records.yaml.reader import Positions, YamlText, read_file
from tsunagite.records.yaml.staged_files import finish_interrupted

SORTS = {
    "areas": "area",
    "contact": "trouble",
    "events": "event",
    "organizations": "organization",
    "pamphlets": "pamphlet",
    "relations": "tie",
    "sources": "source",
    "vocabulary": "vocabulary",
}
INNER_SORTS = {  # folders inside those folders
    ("areas", "sources"): "area_list",  # descriptions of the lists that areas are made from
    ("contact", "duties"): "duty",  # which window serves which area
    ("pamphlets", "prints"): "print_run",  # what was printed, and when
}
SETTINGS_FILE = "site.yml"
WORKSHEETS = "resources/worksheets/"  # filled sheets have models of their own: records/load/worksheets.py reads them
PAIRS, READINGS = "resources/sources/pairs.yml", "resources/sources/readings.yml"  # read by the import alone
CONFLICTS = "resources/sources/conflicts.yml"  # the same
BUILT_IN_VOCABULARY = Path(__file__).parent.parent / "vocabulary"
BUILT_IN = "tsunagite/records/vocabulary/"
"""How findings name the folder of the terms that come with the program."""
HOTLINES_BY_PREFECTURE = "by_prefecture/hotline.yml"


class RawRecord(NamedTuple):
    """One record as plain data. ``folder`` is the folder below resources/; ``sort`` says which model it is."""

    sort: str
    folder: str
    data: Any
    place: SourceLocation


class RecordFile(NamedTuple):
    """A file that holds records. ``name`` is its path below the site, and how findings call it; ``sort`` and ``folder`` are those of its records."""

    name: str
    sort: str
    folder: str


class RawFile(NamedTuple):
    """What one file holds: its records, what is wrong with it as a whole, its name (without .yml) where it could not be read."""

    records: Sequence[RawRecord] = ()
    findings: tuple[Finding, ...] = ()
    unread: tuple[str, ...] = ()


@dataclass
class RawTree:
    """Everything read from one site, and the findings of reading it."""

    root: Path
    records: list[RawRecord] = field(default_factory=list)
    vocabulary: dict[str, list[RawRecord]] = field(default_factory=dict)
    settings: RawRecord | None = None
    unread: set[str] = field(default_factory=set)
    """Names (without .yml) of record files that could not be read: usually the ids inside."""
    findings: list[Finding] = field(default_factory=list)

    @property
    def site(self) -> Mapping[str, Any]:
        """What the settings say; nothing where there are none, or no table of them."""
        return self.settings.data if self.settings and isinstance(self.settings.data, dict) else {}

    def tables(self, sort: str) -> list[RawRecord]:
        """Return the records of a sort that are tables of fields, whatever else is wrong with them."""
        return [raw for raw in self.records if raw.sort == sort and isinstance(raw.data, dict)]


def read_tree(root: Path) -> RawTree:
    """Read all YAML below ``root/resources`` in name order. Raises UsageError where the folder is missing."""
    tree, files = read_surroundings(root)
    for file in files:
        raw = raw_file(file, read_file(root / file.name, file.name))
        tree.records.extend(raw.records)
        tree.findings.extend(raw.findings)
        tree.unread.update(raw.unread)
    return tree


def read_surroundings(root: Path) -> tuple[RawTree, list[RecordFile]]:
    """Read vocabularies and settings; return them with the record files, unread, in name order.

    Raises UsageError where the folder ``root/resources`` is missing.
    """
    finish_interrupted(root)  # nobody reads a site that is half old and half new
    resources = root / "resources"
    if not resources.is_dir():
        raise UsageError(
            f"resources/ がありません: {root} → サイトのフォルダーで実行するか、tsunagite init で作ってください。"
        )
    tree, files = RawTree(root), []
    read_built_in_vocabulary(tree)
    for below in _yaml_files(resources, tree.findings):
        name, first = f"resources/{below}", below.split("/", 1)[0]
        if name in (PAIRS, READINGS, CONFLICTS) or name.startswith(WORKSHEETS):
            continue
        sort = sort_of(below)
        if sort == "vocabulary":
            _read_vocabulary(tree, resources / below, name)
        elif below == SETTINGS_FILE:
            tree.settings = _read_settings(tree, resources / below, name)
        elif first == below:
            tree.findings.append(error("F101", SourceLocation(name)))
        else:
            files.append(RecordFile(name, sort, first))
    _add_hotlines_of_prefecture(tree)
    return tree, files


def sort_of(below: str) -> str:
    """Return the sort of the records in a file below resources/ (``contact/duties/centers.yml`` -> duty)."""
    first, second, *_ = [*below.split("/"), ""]
    return INNER_SORTS.get((first, second)) or SORTS.get(first, "resource")


def read_built_in_vocabulary(tree: RawTree) -> None:
    """Add the terms that come with the program."""
    built_in = _built_in_vocabulary()
    tree.vocabulary = {name: list(terms) for name, terms in built_in.vocabulary.items()}
    tree.findings.extend(built_in.findings)


@cache
def _built_in_vocabulary() -> RawTree:
    """Read the files that come with the program, once in a process."""
    tree = RawTree(Path())
    for path in sorted(BUILT_IN_VOCABULARY.glob("*.yml")):
        _read_vocabulary(tree, path, f"{BUILT_IN}{path.name}")
    return tree


def _add_hotlines_of_prefecture(tree: RawTree) -> None:
    """Lay what is known of the telephones of the site's prefecture over the national ones, below what the site itself says."""
    settings = tree.site
    rows = hotlines_by_prefecture().get(str(settings.get("prefecture") or ""), ())
    national = len(_built_in_vocabulary().vocabulary["hotline"])
    tree.vocabulary["hotline"][national:national] = rows


@cache
def hotlines_by_prefecture() -> Mapping[str, tuple[RawRecord, ...]]:
    """Return what is known of the telephones of each prefecture: terms with the fields that differ, each with its source and the day it was read."""
    read = read_file(BUILT_IN_VOCABULARY / HOTLINES_BY_PREFECTURE, BUILT_IN + HOTLINES_BY_PREFECTURE)
    return {
        prefecture: tuple(
            RawRecord(
                "term", "vocabulary", term, SourceLocation(BUILT_IN + HOTLINES_BY_PREFECTURE, (prefecture, index))
            )
            for index, term in enumerate(terms)
        )
        for prefecture, terms in read.value.items()
    }


def _yaml_files(folder: Path, findings: list[Finding]) -> Iterator[str]:
    """Yield YAML files (relative to ``folder``, with ``/``) in order of their path. Links out of the site are not followed.

    A folder that cannot be opened, and a name that is no text, are ``findings``: what lies there must not be missing in silence.
    """
    start, found = len(str(folder)) + 1, []

    def refused(problem: OSError) -> None:
        below = str(problem.filename)[start:].replace(os.sep, "/")
        findings.append(error("F110", SourceLocation(f"resources/{visible(below)}", line=1, column=1)))

    for here, folders, names in os.walk(folder, onerror=refused):
        folders[:] = [name for name in folders if name != "snapshots"]
        below = f"{here[start:]}/".replace(os.sep, "/").lstrip("/")
        found += [(below + name, f"{here}/{name}") for name in names if name.lower().endswith((".yml", ".yaml"))]
    for name, path in sorted(found):
        if visible(name) != name:
            findings.append(error("F111", SourceLocation(f"resources/{visible(name)}", line=1, column=1)))
        elif stat.S_ISREG(os.lstat(path).st_mode):
            yield name


def _read_vocabulary(tree: RawTree, path: Path, name: str) -> None:
    read = read_file(path, name)
    tree.findings.extend(read.findings)
    if read.findings:
        return
    place = SourceLocation(name)
    terms = read.value.get("terms") if isinstance(read.value, dict) else None
    if not isinstance(terms, list):
        tree.findings.append(error("F103", place.at("terms")))
        return
    raw = tree.vocabulary.setdefault(path.stem, [])
    raw.extend(RawRecord("term", "vocabulary", term, place.at("terms", i)) for i, term in enumerate(terms))


def _read_settings(tree: RawTree, path: Path, name: str) -> RawRecord | None:
    read = read_file(path, name)
    tree.findings.extend(read.findings)
    return (
        None
        if read.findings
        else RawRecord("settings", "", {} if read.value is None else read.value, SourceLocation(name))
    )


def raw_file(file: RecordFile, read: YamlText) -> RawFile:
    """Return the records of a file that was read: one, or the items of its ``records:`` list."""
    value, place = read.value, SourceLocation(file.name)
    if read.findings:
        return RawFile((), read.findings, (Path(file.name).stem,))
    if not isinstance(value, dict):
        return RawFile((), (error("F104" if value is None else "F102", place),))
    if len(value) != 1 or "records" not in value:
        return RawFile((RawRecord(file.sort, file.folder, value, place),))
    if not isinstance(value["records"], list):
        return RawFile((), (error("F105", place.at("records")),))
    return RawFile(
        [
            RawRecord(file.sort, file.folder, item, place.at("records", index))
            for index, item in enumerate(value["records"])
        ]
    )


def locate_findings(findings: list[Finding], root: Path) -> list[Finding]:
    """Return the findings with lines and columns, in report order. Each file concerned is read once more."""
    positions: dict[str, Positions | None] = {}
    result = []
    for finding in findings:
        place = finding.place
        if not place.line:
            if place.file not in positions:
                positions[place.file] = _positions(root / place.file)
            known = positions[place.file]
            line, column = known.of(place.loc, place.on_key) if known else (1, 1)
            place = replace(place, line=line, column=column)
        result.append(replace(finding, place=place))
    return sorted(result, key=lambda finding: finding.sort_key)


def _positions(path: Path) -> Positions | None:
    if path.suffix.lower() not in (".yml", ".yaml", ".md") or not path.is_file():
        return None
    try:
        text = path.read_text(encoding="utf-8-sig")
        if path.suffix.lower() == ".md":
            text = (head_and_body(text) or ("", ""))[0]
        return Positions(text)
    except (UnicodeDecodeError, OSError):  # reported by its own finding; others speak of the file as a whole
        return None
