"""`tsunagite build`: where nothing has changed since the last build nothing is loaded, and nothing done; else MkDocs builds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from tsunagite.engine.last_build import LastBuild
from tsunagite.engine.program import PROFESSIONAL_MARK
from tsunagite.engine.publish import Published
from tsunagite.errors import UsageError
from tsunagite.findings import Finding
from tsunagite.i18n import ui
from tsunagite.i18n.report import text_lines


def build_site(  # noqa: PLR0913 - what the command line asks, each part named at the call
    root: Path, site_dir: Path | None, today: date, say: Callable[[str], None], language: str, *, use_cache: bool = True
) -> tuple[Published, list[Finding], int]:
    """Build the site of ``root``; return what was published, the findings and the number of records.

    Nothing is done where nothing has changed since the last build (unless told not to trust that). Findings and warnings are told through ``say``. Raises BuildStopped (the site is untouched) or UsageError.
    """
    if site_dir and (site_dir / PROFESSIONAL_MARK).is_file() and not (root / PROFESSIONAL_MARK).is_file():
        raise UsageError(ui("overlay_public_into", language, folder=site_dir))
    last = LastBuild(root, site_dir)
    seen, known = last.look(today) if use_cache else (None, None)
    if known:
        for line in text_lines(known.findings, language):
            say(line)
        return Published(0, known.files, 0), known.findings, known.records
    from tsunagite.adapters.mkdocs_run import build_with_mkdocs  # noqa: PLC0415 - it brings everything along
    from tsunagite.engine.build import Options  # noqa: PLC0415 - as above

    build = build_with_mkdocs(root, site_dir, Options(today, say, language, use_cache), last, seen)
    assert build.published  # noqa: S101 - told to the type checker
    return build.published, build.findings, build.records
