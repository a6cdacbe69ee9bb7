"""``tsunagite upgrade``: brings a living site to the present version without losing what people wrote in it.

Files that follow the program get the program's changes (three-way, against what was written at first); records of an
older format are rewritten with their comments; settings that are new stand in ``site.yml`` with their explanation.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tsunagite import __version__
from tsunagite.editing.migrations import migrate
from tsunagite.editing.starter import SETTINGS, Beginning, kept_files, setting_block
from tsunagite.engine.git import merge_texts
from tsunagite.records.load.municipalities import Municipality, of_name
from tsunagite.records.load.origin import FORMAT, ORIGIN_FILE, Origin, origin_text, read_origin
from tsunagite.records.load.tree import RawTree, read_tree
from tsunagite.records.model.site import SiteSettings

_SETTING = re.compile(r"^(?:#[ \t]*)?(\w+):", re.MULTILINE)
"""The name of a setting, in use or in a comment."""


@dataclass(frozen=True)
class Step:
    """One file: why it changes (``ui.upgrade_<why>``), its text before and after. Where both are one text, a person must look."""

    name: str
    why: str
    before: str
    after: str
    by_hand: str = ""
    """What the program would have changed, as a diff, where that cannot be joined with what people wrote."""

    def diff(self) -> str:
        """Return what changes, as a unified diff."""
        return self.by_hand or _diff(self.before, self.after, self.name)


@dataclass(frozen=True)
class Upgrade:
    """All steps from the version ``before``, and the files to write by their names."""

    before: str
    steps: tuple[Step, ...]
    files: dict[str, str | bytes | None] = field(default_factory=dict)


def plan_upgrade(root: Path) -> Upgrade:
    """Return what the present version changes in a site. Raises UsageError where there is none, where a newer version wrote it, or where a person must edit first."""
    origin, tree = read_origin(root), read_tree(root)
    kept, bases = _kept_steps(root, origin, _beginning(tree))
    steps = [*_data_steps(root, tree, origin.format), *kept]
    files: dict[str, str | bytes | None] = {step.name: step.after for step in steps if not step.by_hand}
    state = origin_text(Origin(__version__, FORMAT, bases))
    if not (root / ORIGIN_FILE).is_file() or (root / ORIGIN_FILE).read_bytes().decode() != state:
        files[ORIGIN_FILE] = state
    return Upgrade(origin.version, tuple(steps), files)


def _beginning(tree: RawTree) -> Beginning:
    """Return what the site says of itself today."""
    data = tree.site
    name, prefecture = str(data.get("municipality") or ""), str(data.get("prefecture") or "")
    return Beginning((of_name(name, prefecture) or Municipality("", prefecture, name, "")) if name else None)


def _data_steps(root: Path, tree: RawTree, format_: int) -> Iterator[Step]:
    """Yield the files whose data take another form, and the settings that are new."""
    for name, text, why in migrate(root, tree, format_):
        yield Step(name, why, _text(root / name), text)
    before = _text(root / SETTINGS)
    named = set(_SETTING.findall(before))
    new = [name for name in SiteSettings.model_fields if name not in named]
    if new:
        after = (
            before
            + ("" if before.endswith("\n") or not before else "\n")
            + "".join(f"\n{setting_block(name)}" for name in new)
        )
        yield Step(SETTINGS, "settings", before, after)


def _kept_steps(root: Path, origin: Origin, beginning: Beginning) -> tuple[list[Step], dict[str, str]]:
    """Return the files that follow the program and change, and what the next upgrade compares with."""
    steps, bases = [], {}
    for name, new in kept_files(beginning).items():
        path, base = root / name, origin.files.get(name)
        bases[name] = new
        if not path.is_file():
            if base is None:
                steps.append(Step(name, "new", "", new))
            continue  # a file that people removed stays away
        mine = _text(path)
        if new in (mine, base):
            continue
        if base is None:
            steps.append(Step(name, "own", mine, mine, by_hand=_diff(mine, new, name)))
        elif (merged := new if mine == base else merge_texts(mine, base, new)) is not None:
            if merged != mine:
                steps.append(Step(name, "merged", mine, merged))
        else:
            bases[name] = base
            steps.append(Step(name, "both", mine, mine, by_hand=_diff(base, new, name)))
    return steps, bases


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "replace") if path.is_file() else ""


def _diff(before: str, after: str, name: str) -> str:
    """Return what changes, without the hashes of a lock: a person reads the versions, pip the hashes."""
    old, new = (
        [line for line in text.splitlines() if not line.lstrip().startswith("--hash=")] for text in (before, after)
    )
    lines = difflib.unified_diff(old, new, name, name, lineterm="")
    return "\n".join(lines)
