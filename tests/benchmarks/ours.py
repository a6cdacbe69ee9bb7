"""`tsunagite build`, with outputs left out by the name of their module: ``python -m benchmarks.ours pdf,search build …``."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.process import Command
from tsunagite import cli
from tsunagite.last_build import LastBuild


def build_ours(root: Path, site: Path, without: str = "") -> Command:
    """Return the command that builds our site; ``without`` names modules of outputs/, by commas."""
    words = ["build", str(root), "--site-dir", str(site), "--today", "2026-11-22"]
    return [sys.executable, "-m", "benchmarks.ours", without, *words]


PAPERS = ("pdf", "pamphlets")
PAPER_OUTPUTS = ("papers", "year_plans")
"""Outputs that set papers beside pages of their own; ``pdf`` leaves out these and the modules of ``PAPERS``."""


def leave_out(names: set[str]) -> None:
    """Take outputs off the list of a build that has something to do; one that has nothing to do loads none of them."""
    look = LastBuild.look

    def looked(last: LastBuild, today: date) -> Any:
        seen, known = look(last, today)
        if known is None:
            from tsunagite import build, outputs  # noqa: PLC0415 - the point of it

            vars(build)["OUTPUTS"] = vars(outputs)["OUTPUTS"] = tuple(
                output
                for output in outputs.OUTPUTS
                if output.__module__.rpartition(".")[2] not in names
                and not ("pdf" in names and output.__name__ in PAPER_OUTPUTS)
            )
        return seen, known

    LastBuild.look = looked  # type: ignore[method-assign]


if __name__ == "__main__":
    left_out = set(sys.argv.pop(1).split(","))
    leave_out(left_out | set(PAPERS) if "pdf" in left_out else left_out)
    cli.main()
