"""`tsunagite build`, with outputs left out by the name of their module: ``python -m benchmarks.ours papers,search.files build …``."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.process import Command
from tsunagite.cli import app as cli
from tsunagite.engine.last_build import LastBuild


def build_ours(root: Path, site: Path, without: str = "") -> Command:
    """Return the command that builds our site; ``without`` names packages or modules of ``tsunagite``, by commas."""
    words = ["build", str(root), "--site-dir", str(site), "--today", "2026-11-22"]
    return [sys.executable, "-m", "benchmarks.ours", without, *words]


PAPER_OUTPUTS = ("papers", "year_plans")
"""Outputs of other packages that set papers too: left out with ``papers``."""


def is_left_out(output: Any, names: set[str]) -> bool:
    """Tell whether an output belongs to one of the packages or modules that are left out."""
    package, _, module = output.__module__.removeprefix("tsunagite.").partition(".")
    return (
        package in names or f"{package}.{module}" in names or ("papers" in names and output.__name__ in PAPER_OUTPUTS)
    )


def leave_out(names: set[str]) -> None:
    """Take outputs off the list of a build that has something to do; one that has nothing to do loads none of them."""
    look = LastBuild.look

    def looked(last: LastBuild, today: date) -> Any:
        seen, known = look(last, today)
        if known is None:
            from tsunagite.engine import build, products  # noqa: PLC0415 - the point of it

            vars(build)["OUTPUTS"] = vars(products)["OUTPUTS"] = tuple(
                output for output in products.OUTPUTS if not is_left_out(output, names)
            )
        return seen, known

    LastBuild.look = looked  # type: ignore[method-assign]


if __name__ == "__main__":
    left_out = set(sys.argv.pop(1).split(","))
    leave_out(left_out)
    cli.main()
