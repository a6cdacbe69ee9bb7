"""Pairs: what people said of two records that may be one (``resources/sources/pairs.yml``)."""

from __future__ import annotations

from pathlib import Path

from tsunagite.findings import Finding, SourceLocation, error
from tsunagite.records.load.tree import PAIRS
from tsunagite.records.yaml.reader import read_file


def read_pairs(root: Path) -> tuple[dict[frozenset[str], bool | None], list[Finding]]:
    """Read what people said of pairs of ids: True same, False different, None not yet said."""
    if not (root / PAIRS).is_file():
        return {}, []
    read = read_file(root / PAIRS, PAIRS)
    value, findings = None if read.findings else read.value, list(read.findings)
    pairs: dict[frozenset[str], bool | None] = {}
    for index, item in enumerate(value.get("pairs") or [] if isinstance(value, dict) else []):
        ids = frozenset(str(item.get(key, "")) for key in ("a", "b")) if isinstance(item, dict) else frozenset()
        said = item.get("same") if isinstance(item, dict) else None
        if len(ids) != 2 or "" in ids or said not in (True, False, None):
            findings.append(error("I141", SourceLocation(PAIRS, ("pairs", index))))
        else:
            pairs[ids] = said
    return pairs, findings


def read_told_apart(root: Path) -> frozenset[frozenset[str]]:
    """Return the pairs of ids that somebody decided are two records. The import reports what is wrong in the file."""
    return frozenset(ids for ids, same in read_pairs(root)[0].items() if same is False)
