"""What people tell the import beside the descriptions: which doubtful pairs are one thing, and how names are read."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tsunagite.findings import Finding, Place, error
from tsunagite.sources.tree import PAIRS, READINGS
from tsunagite.sources.yaml_file import dump, read_file

_PAIRS_HEAD = """\
# 同じものかもしれない記録の組。取り込みが見つけて、下に書き足します。
# 確かめたら same: true（同じもの）か same: false（別のもの）を書いてください。次の取り込みから、そのとおりにします。
pairs:
"""


def read_pairs(root: Path) -> tuple[dict[frozenset[str], bool | None], list[Finding]]:
    """Read what people said of pairs of ids: True same, False different, None not yet said."""
    value, findings = _read(root, PAIRS)
    pairs: dict[frozenset[str], bool | None] = {}
    for index, item in enumerate(value.get("pairs") or [] if isinstance(value, dict) else []):
        ids = frozenset(str(item.get(key, "")) for key in ("a", "b")) if isinstance(item, dict) else frozenset()
        said = item.get("same") if isinstance(item, dict) else None
        if len(ids) != 2 or "" in ids or said not in (True, False, None):
            findings.append(error("I141", Place(PAIRS, ("pairs", index))))
        else:
            pairs[ids] = said
    return pairs, findings


def with_pairs(root: Path, pairs: Iterable[tuple[str, str, str, str, str]]) -> str:
    """Return the text of the file with pairs (a, its name, b, its name, distance) written below what stands there."""
    path = root / PAIRS
    text = path.read_text(encoding="utf-8").rstrip() + "\n" if path.is_file() else _PAIRS_HEAD
    for a, a_name, b, b_name, distance in pairs:
        item = dump([{"a": a, "b": b, "names": f"{a_name} ／ {b_name}", "distance": distance}])
        text += "".join(f"  {line}\n" for line in item.splitlines())
    return text


def read_corrections(root: Path) -> tuple[dict[str, str], list[Finding]]:
    """Read the readings people gave for words of names."""
    value, findings = _read(root, READINGS)
    words = value.get("readings") if isinstance(value, dict) else None
    if words is None:
        return {}, findings
    if not isinstance(words, dict) or not all(isinstance(reading, str) for reading in words.values()):
        return {}, [*findings, error("I142", Place(READINGS, ("readings",)))]
    return words, findings


def _read(root: Path, name: str) -> tuple[object, list[Finding]]:
    if not (root / name).is_file():
        return None, []
    read = read_file(root / name, name)
    return (None if read.findings else read.value), list(read.findings)
