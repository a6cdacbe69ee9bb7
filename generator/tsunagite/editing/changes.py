"""Small changes to records that people make every day: checked again, closed, renamed, put in order, begun. Files keep their comments.

Every function returns the files as they shall be, by name; ``records.yaml.staged_files.write_files`` writes them all or none.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tsunagite.errors import UsageError
from tsunagite.findings import Finding, SourceLocation
from tsunagite.importing.snapshots import SNAPSHOTS, Snapshot, read_snapshot, snapshot_text
from tsunagite.records.load.tree import CONFLICTS, PAIRS, RawRecord, RawTree, read_tree
from tsunagite.records.load.vocabularies import vocabularies_of
from tsunagite.records.model.base.problems import validate
from tsunagite.records.model.base.vocabulary import Vocabularies
from tsunagite.records.model.resource import Resource
from tsunagite.records.yaml.reader import dump, read_text
from tsunagite.records.yaml.rewrite import CannotRewriteError, rewritten
from tsunagite.text.kana import as_reading
from tsunagite.text.romaji import romaji

CLOSED = "終了"
Files = dict[str, str | bytes | None]
_NO_REFERENCE = ("id", "row", "prefix")  # keys whose value may look like an id and is none


class NotValid(Exception):
    """Raised where a changed or new record would not pass the model; the findings say why."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)


@dataclass
class Site:
    """The raw records of a site by id, and its words."""

    root: Path
    tree: RawTree
    records: dict[str, RawRecord]
    vocabularies: Vocabularies

    @classmethod
    def of(cls, root: Path) -> Site:
        """Read a site. Raises UsageError where ``root`` is none."""
        tree = read_tree(root)
        found = {str(raw.data["id"]): raw for raw in tree.tables("resource") if "id" in raw.data}
        return cls(root, tree, found, vocabularies_of(tree)[0])

    def record(self, record_id: str) -> RawRecord:
        """Return a record. Raises UsageError with the nearest id where there is none."""
        if record_id in self.records:
            return self.records[record_id]
        near = difflib.get_close_matches(record_id, self.records, n=1, cutoff=0.6)
        hint = f" もしかして「{near[0]}」ですか。" if near else ""
        raise UsageError(f"「{record_id}」という記録はありません。{hint}→ 記録のファイルの id を見てください。")

    def all_of(self, ids: Iterable[str]) -> list[RawRecord]:
        """Return records, each once. Raises UsageError with all ids at once that there are not."""
        found, problems = [], []
        for record_id in dict.fromkeys(ids):
            try:
                found.append(self.record(record_id))
            except UsageError as problem:
                problems.append(str(problem))
        if problems:
            raise UsageError("\n".join(problems))
        return found

    def text(self, name: str, files: Mapping[str, str | bytes | None]) -> str:
        """Return the text of a file as it will be."""
        planned = files.get(name)
        return planned if isinstance(planned, str) else (self.root / name).read_bytes().decode("utf-8")

    def changed(self, raw: RawRecord, data: dict[str, Any], files: Files) -> None:
        """Plan a record's new values. Raises NotValid, or UsageError where comments would be lost."""
        _, findings = validate(Resource, data, raw.place, self.vocabularies)
        if findings:
            raise NotValid(findings)
        try:
            files[raw.place.file] = rewritten(self.text(raw.place.file, files), data, raw.place.loc)
        except CannotRewriteError as problem:
            raise UsageError(
                f"{raw.place.file}: 注釈を残したまま書きかえられません（{problem}）。→ 手で直してください。"
            ) from problem


def in_order(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return a record with its fields in the order of the model; unknown ones last."""
    order = {key: index for index, key in enumerate(Resource.model_fields)}
    return dict(sorted(data.items(), key=lambda item: order.get(item[0], len(order))))


def verify_records(site: Site, ids: Iterable[str], on: date, by: str, method: str) -> Files:
    """Say that records are still right: the day, the office and the way they were checked; a passed ``review_due`` goes.

    Raises UsageError with every id that no record has, and where a record was checked after ``on``: nothing is written then.
    """
    files: Files = {}
    for raw in site.all_of(ids):
        if str(raw.data.get("verified_on", "")) > on.isoformat():
            raise UsageError(
                f"{raw.place.file}：{raw.data['verified_on']} に確認済みで、{on.isoformat()} はそれより前です。→ --on の日を確かめてください。"
            )
        data = {**raw.data, "verified_on": on.isoformat(), "verified_by": by, "verify_method": method}
        if "review_due" in data and str(data["review_due"]) <= on.isoformat():
            del data["review_due"]
        site.changed(raw, in_order(data), files)
    return files


def close_record(site: Site, record_id: str, on: date, replaced_by: str = "") -> Files:
    """Close a record: it stays, with the day and what takes its place, so that printed codes still lead somewhere."""
    raw = site.record(record_id)
    data = {**raw.data, "status": CLOSED, "closed_date": on.isoformat()}
    if replaced_by:
        if site.record(replaced_by) is raw:
            raise UsageError(f"「{record_id}」を、自分の代わりにはできません。→ 別の記録の ID を書いてください。")
        data["replaced_by"] = replaced_by
    files: Files = {}
    site.changed(raw, in_order(data), files)
    return files


def rename_record(site: Site, old: str, new: str, on: date, keep_old: bool = True) -> Files:
    """Give a record another id, everywhere: its file, references to it, what imports and decisions know of it.

    The old id stays as a closed record that leads to the new one, unless ``keep_old`` is False (a record never published).
    """
    raw = site.record(old)
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", new) or len(new) > 80:
        raise UsageError(f"「{new}」は ID に使えません。→ 英小文字・数字・ハイフンで書いてください。")
    if new in site.records or any(raw.data.get("id") == new for raw in site.tree.records if isinstance(raw.data, dict)):
        raise UsageError(f"「{new}」という ID はもうあります。→ 別の ID にしてください。")
    if raw.place.loc:
        raise UsageError(f"{raw.place.file}: 一覧の中の記録の ID は変えられません。→ 手で直してください。")
    files: Files = {}
    site.changed(raw, {**raw.data, "id": new}, files)
    text = files.pop(raw.place.file)
    folder = raw.place.file.rpartition("/")[0]
    files[f"{folder}/{new}.yml"] = text
    files[raw.place.file] = dump(in_order(_trace(raw.data, new, on))) if keep_old else None
    for name in sorted({other.place.file for other in site.tree.records} | _settings(site)):
        if name != raw.place.file:
            _refer(site, name, (old, new), files)
    for name in (PAIRS, CONFLICTS):
        if (site.root / name).is_file():
            _refer(site, name, (old, new), files)
    files |= _in_snapshots(site.root, old, new)
    return files


def _trace(data: Mapping[str, Any], new: str, on: date) -> dict[str, Any]:
    kept = (
        "id",
        "name",
        "name_kana",
        "kana_source",
        "kind",
        "needs",
        "support_level",
        "summary",
        "location",
        "service_areas",
        "sample",
    )
    trace = {key: data[key] for key in kept if key in data}
    note = "この記録の ID が変わったため、新しいページへ案内しています。"
    return trace | {"status": CLOSED, "closed_date": on.isoformat(), "replaced_by": new, "no_contact_reason": note}


def _settings(site: Site) -> set[str]:
    return {site.tree.settings.place.file} if site.tree.settings else set()


def _refer(site: Site, name: str, ids: tuple[str, str], files: Files) -> None:
    """Replace one id by another wherever a file refers to it; in the files of the import ids are references too."""
    old, new = ids
    text = site.text(name, files)
    if old not in text:
        return
    value = read_text(text, name).value
    changed = _replace_id(value, old, new, name in (PAIRS, CONFLICTS))
    if changed != value:
        try:
            files[name] = rewritten(text, changed)
        except CannotRewriteError as problem:
            raise UsageError(f"{name}: 「{old}」を書きかえられません（{problem}）。→ 手で直してください。") from problem


def _replace_id(value: Any, old: str, new: str, ids: bool) -> Any:
    if isinstance(value, dict):
        return {
            key: inner if key in _NO_REFERENCE and not ids else _replace_id(inner, old, new, ids)
            for key, inner in value.items()
        }
    if isinstance(value, list):
        return [_replace_id(inner, old, new, ids) for inner in value]
    return new if value == old else value


def _in_snapshots(root: Path, old: str, new: str) -> Files:
    files: Files = {}
    for path in sorted((root / SNAPSHOTS).glob("*.json")):
        snapshot, findings = read_snapshot(root, path.stem)
        if findings:
            continue
        records = {
            new if key == old else key: {**values, "id": new} if key == old else values
            for key, values in snapshot.records.items()
        }
        rows = {
            new if key == old else key: {**values, "into": new} if values.get("into") == old else values
            for key, values in snapshot.rows.items()
        }
        if (records, rows) != (snapshot.records, snapshot.rows):
            files[f"{SNAPSHOTS}/{path.name}"] = snapshot_text(Snapshot(records, rows))
    return files


def formatted(text: str) -> str:
    """Return the text of a record file with its fields in the order of the model; comments go with the field below them.

    The same text comes back where the order is right, and where the file is no single record.
    """
    value = read_text(text, "").value
    if not isinstance(value, dict) or set(value) == {"records"}:
        return text
    head, blocks = _blocks(text, list(value))
    if blocks is None:
        return text
    keys = list(in_order(value))
    lines = [line for key in keys for line in blocks[key]]
    result = "\n".join([*head, *lines]).rstrip("\n") + "\n"
    return result if read_text(result, "").value == value else text


def _blocks(text: str, keys: list[str]) -> tuple[list[str], dict[str, list[str]] | None]:
    """Cut a text into the lines above the first field (up to a blank one) and those of every field with its comments."""
    lines = text.removeprefix("\ufeff").splitlines()
    starts = [index for index, line in enumerate(lines) if re.match(r"[^\s#-]", line)]
    if len(starts) != len(keys):
        return [], None
    edges = []
    for start in starts:
        edge = start
        while edge and lines[edge - 1].startswith("#"):
            edge -= 1
        edges.append(edge)
    blank = next((index + 1 for index in range(edges[0], starts[0]) if not lines[index].strip()), edges[0])
    head_end = starts[0] if edges[0] == 0 else blank
    edges[0] = head_end
    ends = [*edges[1:], len(lines)]
    return lines[:head_end], {key: lines[edge:end] for key, edge, end in zip(keys, edges, ends, strict=True)}


def new_record(site: Site, data: Mapping[str, Any], record_id: str = "") -> tuple[str, Files]:
    """Return (id, files) of a new record; the id is made of its reading where none is given. Raises NotValid, UsageError."""
    values = {key: value for key, value in data.items() if value not in ("", None, [], {}, ())}
    kind = site.vocabularies["kind"].find(str(values.get("kind", "")))
    chosen = record_id or _free_id(
        site, romaji(as_reading(str(values.get("name_kana", ""))))[:60] or (kind or "record").replace("_", "-")
    )
    if chosen in site.records:
        raise UsageError(f"「{chosen}」という ID はもうあります。→ --id で別の ID にしてください。")
    folder = site.vocabularies["kind"][kind].group if kind else "places"
    name = f"resources/{folder}/{chosen}.yml"
    ordered = in_order({"id": chosen, **values})
    _, findings = validate(Resource, ordered, SourceLocation(name, line=1, column=1), site.vocabularies)
    if findings:
        raise NotValid(findings)
    if (site.root / name).exists():
        raise UsageError(f"{name} はもうあります。→ --id で別の ID にしてください。")
    return chosen, {name: dump(ordered)}


def _free_id(site: Site, wanted: str) -> str:
    number = 1
    while (free := wanted if number == 1 else f"{wanted}-{number}") in site.records:
        number += 1
    return free


def mentions(root: Path, record_id: str) -> Iterator[str]:
    """Yield the guides (content/) in whose text an id still stands: only a person can tell whether it is meant."""
    for path in sorted((root / "content").rglob("*")):
        if path.suffix in (".md", ".yml") and path.is_file() and not path.is_symlink():
            words = re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)*", path.read_text(encoding="utf-8", errors="replace"))
            if record_id in words:
                yield path.relative_to(root).as_posix()
