"""What people tell the import beside the descriptions: doubtful pairs, readings of names, whose value a conflict takes."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tsunagite.findings import Finding, SourceLocation, error
from tsunagite.importing.draft import Take
from tsunagite.records.load.pairs import read_pairs
from tsunagite.records.load.tree import CONFLICTS, PAIRS, READINGS
from tsunagite.records.yaml.reader import dump, read_file, read_text
from tsunagite.records.yaml.rewrite import rewritten

_PAIRS_HEAD = """\
# 同じものかもしれない記録の組。取り込みが見つけて、下に書き足します。
# 確かめたら same: true（同じもの）か same: false（別のもの）を書いてください。次の取り込みから、そのとおりにします。
pairs:
"""

_CONFLICTS_HEAD = """\
# 記録を人が直し、一覧もべつに変わった項目。取り込むたびに書き直します。
# どちらにするか決めたら、take: に「一覧」か「記録」と書いて、もう一度取り込んでください。
# 記録のほうを手で直して一覧と同じにしても、ここから消えます。
conflicts:
"""
_TAKES = {"一覧": Take.LIST, "list": Take.LIST, "記録": Take.RECORD, "record": Take.RECORD}


@dataclass(frozen=True)
class OpenConflict:
    """One value that people and a list changed apart, and what a person decided (None: not yet)."""

    id: str
    field: str
    base: Any
    here: Any
    proposed: Any
    take: Take | None = None


def read_conflicts(root: Path) -> tuple[list[OpenConflict], list[Finding]]:
    """Read the conflicts of the last import with what people decided."""
    value, findings = _read(root, CONFLICTS)
    conflicts = []
    for index, item in enumerate(value.get("conflicts") or [] if isinstance(value, dict) else []):
        said = item.get("take") if isinstance(item, dict) else "?"
        if not isinstance(item, dict) or not item.get("id") or not item.get("field") or (said and said not in _TAKES):
            findings.append(error("I173", SourceLocation(CONFLICTS, ("conflicts", index))))
            continue
        take = _TAKES[said] if said else None
        values = {"base": item.get("before"), "here": item.get("record"), "proposed": item.get("list")}
        conflicts.append(OpenConflict(str(item["id"]), str(item["field"]), **values, take=take))
    return conflicts, findings


def conflicts_text(conflicts: Sequence[OpenConflict]) -> str | None:
    """Return the text of the file, None where no conflict is open (there is then no file)."""
    if not conflicts:
        return None
    text = _CONFLICTS_HEAD
    for one in sorted(conflicts, key=lambda one: (one.id, one.field)):
        said = {Take.LIST: "一覧", Take.RECORD: "記録", None: None}[one.take]
        text += _items(
            [
                {
                    "id": one.id,
                    "field": one.field,
                    "before": one.base,
                    "record": one.here,
                    "list": one.proposed,
                    "take": said,
                }
            ]
        )
    return text


def with_pairs(root: Path, pairs: Iterable[tuple[str, str, str, str, str]], joined: Container[str] = ()) -> str:
    """Return the text of the file with pairs (a, its name, b, its name, distance) written below what stands there.

    A file that no person has changed yet is written anew: in the order of the ids, whatever list was imported first, and without the
    pairs of records that were ``joined`` to others.
    """
    path = root / PAIRS
    text = path.read_text(encoding="utf-8").rstrip() + "\n" if path.is_file() else _PAIRS_HEAD
    found = [
        {"a": a, "b": b, "names": f"{a_name} ／ {b_name}", "distance": distance}
        for a, a_name, b, b_name, distance in pairs
    ]
    value = read_text(text, PAIRS).value
    listed = value.get("pairs") if isinstance(value, dict) else None
    known = (
        [item for item in listed if isinstance(item, dict) and {"a", "b"} <= item.keys()]
        if isinstance(listed, list)
        else []
    )
    if text == _PAIRS_HEAD + _items(known):
        still = [item for item in known if item["a"] not in joined and item["b"] not in joined]
        return _PAIRS_HEAD + _items(sorted((*still, *found), key=lambda item: (item["a"], item["b"])))
    return text + _items(found)


def pairs_file(root: Path, pairs: Iterable[tuple[str, str, str, str, str]], joined: Container[str]) -> str | None:
    """Return what ``with_pairs`` does, None where no pair is left (there is then no file)."""
    text = with_pairs(root, pairs, joined)
    return None if text == _PAIRS_HEAD else text


def _items(items: Iterable[dict[str, Any]]) -> str:
    return "".join(f"  {line}\n" for item in items for line in dump([item]).splitlines())


def with_answers(root: Path, answers: Iterable[tuple[tuple[str, str, str, str, str], bool]]) -> str:
    """Return the text of the file with what a person said of pairs, written as in ``with_pairs``."""
    answers = list(answers)
    known, _ = read_pairs(root)
    text = with_pairs(root, [pair for pair, _ in answers if frozenset((pair[0], pair[2])) not in known])
    value = read_text(text, PAIRS).value
    said = {frozenset((pair[0], pair[2])): answer for pair, answer in answers}
    items = [{**item, "same": said.get(frozenset((item["a"], item["b"])), item.get("same"))} for item in value["pairs"]]
    return rewritten(text, {"pairs": [{key: v for key, v in item.items() if v is not None} for item in items]})


def read_corrections(root: Path) -> tuple[dict[str, str], list[Finding]]:
    """Read the readings people gave for words of names."""
    value, findings = _read(root, READINGS)
    words = value.get("readings") if isinstance(value, dict) else None
    if words is None:
        return {}, findings
    if not isinstance(words, dict) or not all(isinstance(reading, str) for reading in words.values()):
        return {}, [*findings, error("I142", SourceLocation(READINGS, ("readings",)))]
    return words, findings


def _read(root: Path, name: str) -> tuple[object, list[Finding]]:
    if not (root / name).is_file():
        return None, []
    read = read_file(root / name, name)
    return (None if read.findings else read.value), list(read.findings)
