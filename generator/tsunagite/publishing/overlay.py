"""The professional edition: the public site with what only professionals may see, built from a folder of its own into a folder of its own.

The public repository never holds any of it, and the public build cannot read it: the records of both are put together below the
overlay, where the store of that build lies as well.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from tsunagite.adapters.site_build import build_site
from tsunagite.engine.git import GitProblem, Repository
from tsunagite.engine.last_build import READ
from tsunagite.engine.program import CACHE, LIST_NAME, PROFESSIONAL_MARK
from tsunagite.engine.publish import Published
from tsunagite.engine.store import NAME
from tsunagite.errors import UsageError
from tsunagite.findings import Finding
from tsunagite.i18n import ui
from tsunagite.i18n.report import text_lines
from tsunagite.records.model.resource import Resource
from tsunagite.records.yaml.reader import dump, read_file

TOGETHER, TARGET = ".tsunagite-private", "site-private"
"""Folders in the overlay: where the records are put together, and where the edition is built unless another one is named."""
SETTINGS = "site.yml"
UNSAID = {"site_url": "", "licence": "", "licence_url": ""}
"""Settings of the public site that its private edition does not share: its address, and leave to give records away."""


def build_professional(  # noqa: PLR0913, PLR0917 - what the command line asks, each part named at the call
    root: Path, overlay: Path, target: Path | None, today: date, say: Callable[[str], None], language: str
) -> tuple[Published, list[Finding], int]:
    """Build the professional edition of the site in ``root`` with the records in ``overlay``, and return what ``build_site`` does.

    Raises UsageError where the overlay or the target could come into the public repository or site, and BuildStopped.
    """
    into = (target or overlay / TARGET).absolute()
    _refuse(root, overlay, into, language)
    together = put_together(root, overlay, language)
    store = together / CACHE / NAME
    if (
        not store.exists() and (root / CACHE / NAME).is_file()
    ):  # what the public build has kept saves most of the work; nothing ever goes back
        store.parent.mkdir(exist_ok=True)
        shutil.copy2(root / CACHE / NAME, store)
    into.mkdir(parents=True, exist_ok=True)
    (into / PROFESSIONAL_MARK).touch()
    return build_site(together, into, today, say, language)


def _refuse(root: Path, overlay: Path, into: Path, language: str) -> None:
    """Raise UsageError where a private folder could be published."""
    if not overlay.is_dir():
        raise UsageError(ui("overlay_missing", language, folder=overlay))
    if not _stays_out(root, overlay, language):
        raise UsageError(ui("overlay_inside", language, folder=overlay))
    why = ""
    real, site = into.resolve(), root.resolve()
    if (
        real in (site, overlay.resolve(), *site.parents)
        or any(real.is_relative_to(site / name) for name in READ)
        or any(overlay.resolve().is_relative_to(one) for one in (real,))
    ):
        why = "overlay_why_source"
    elif any(
        (one / LIST_NAME).is_file() and not (one / PROFESSIONAL_MARK).is_file() for one in (real, *real.parents)
    ) or real.is_relative_to(site / "site"):
        why = "overlay_why_site"
    elif not _stays_out(root, into, language):
        why = "overlay_why_tracked"
    if why:
        raise UsageError(ui("overlay_target", language, folder=into, why=ui(why, language)))


def _stays_out(root: Path, folder: Path, language: str) -> bool:
    """Tell whether git would never take a folder into the repository of the site: it lies elsewhere, or is ignored."""
    real = folder.resolve()
    if any(real.is_relative_to(root.resolve() / name) for name in READ):
        return False
    try:
        repository = Repository(root)
    except GitProblem as problem:
        inside = real.is_relative_to(root.resolve())
        if problem.key != "no_repository" and (inside or _has_git_above(real)):
            raise UsageError(ui("overlay_unknown", language, folder=folder)) from problem
        return True
    return not real.is_relative_to(repository.top) or repository.ignores(real)


def _has_git_above(folder: Path) -> bool:
    return any((one / ".git").exists() for one in (folder, *folder.parents))


def put_together(root: Path, overlay: Path, language: str) -> Path:
    """Write the public site's sources and the overlay's records into one folder below the overlay, and return it.

    Raises UsageError where a file of the overlay is no record, or says again what the public record says.
    """
    together = overlay / TOGETHER
    together.mkdir(exist_ok=True)
    (together / ".gitignore").write_text("*\n", encoding="utf-8")
    (together / PROFESSIONAL_MARK).touch()
    added = {f"resources/{name}": _record(root, overlay, name, language) for name in _files(overlay, language)}
    own = read_file(overlay / SETTINGS, SETTINGS).value if (overlay / SETTINGS).is_file() else {}
    public = (
        read_file(root / "resources" / SETTINGS, SETTINGS).value if (root / "resources" / SETTINGS).is_file() else {}
    )
    settings = {key: value for key, value in {**(public or {}), **UNSAID, **(own or {})}.items() if value != ""}
    added[f"resources/{SETTINGS}"] = dump(settings)
    wanted = {"mkdocs.yml"} | {
        path.relative_to(root).as_posix()
        for name in READ
        for path in (root / name).rglob("*")
        if path.is_file() and not path.is_symlink()
    }
    for name in sorted(wanted | set(added)):
        target = together / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if name not in added:
            _copy(root / name, target)
        elif not target.is_file() or target.read_text(encoding="utf-8") != added[name]:
            target.write_text(added[name], encoding="utf-8", newline="\n")
    for old in [path for name in READ for path in (together / name).rglob("*") if path.is_file()]:
        if old.relative_to(together).as_posix() not in wanted | set(added):
            old.unlink()
    return together


def _files(overlay: Path, language: str) -> Iterator[str]:
    """Yield the files of records in an overlay, by name below it. Raises UsageError where another file lies between them."""
    for here, folders, names in os.walk(overlay):
        folders[:] = sorted(
            one for one in folders if one[0] != "." and not (Path(here) / one / PROFESSIONAL_MARK).is_file()
        )
        for name in sorted(one for one in names if one[0] != "."):
            below = (Path(here) / name).relative_to(overlay).as_posix()
            if below.lower() in (SETTINGS, "readme.md"):
                continue
            if not name.endswith(".yml") or "/" not in below:
                raise UsageError(ui("overlay_odd", language, file=below))
            yield below


def _record(root: Path, overlay: Path, name: str, language: str) -> str:
    """Return the text of a record of the overlay, with the public record of the same file where there is one."""
    said = _read(overlay / name, name, language)
    if not (root / "resources" / name).is_file():
        return dump(said)
    public = _read(root / "resources" / name, name, language)
    if again := [key for key, value in said.items() if key in public and public[key] != value]:
        titles = [Resource.model_fields[key].title or key if key in Resource.model_fields else key for key in again]
        raise UsageError(ui("overlay_twice", language, file=name, fields="、".join(titles)))
    return dump({**public, **said})


def _read(path: Path, name: str, language: str) -> dict[str, Any]:
    read = read_file(path, name)
    if read.findings:
        raise UsageError("\n".join(text_lines(list(read.findings), language)))
    if not isinstance(read.value, dict) or "records" in read.value:
        raise UsageError(ui("overlay_no_map", language, file=name))
    return read.value


def _copy(source: Path, target: Path) -> None:
    """Copy a file unless the copy is as old and as long: a build then knows it again."""
    state = source.stat()
    if target.is_file() and (target.stat().st_size, target.stat().st_mtime_ns) == (state.st_size, state.st_mtime_ns):
        return
    shutil.copy2(source, target)
