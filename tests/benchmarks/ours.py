"""`tsunagite build`, with outputs left out by the name of their module: ``python -m benchmarks.ours pdf,search build …``."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.process import Command


def build_ours(root: Path, site: Path, without: str = "") -> Command:
    """Return the command that builds our site; ``without`` names modules of outputs/, by commas."""
    words = ["build", str(root), "--site-dir", str(site), "--today", "2026-11-22"]
    return [sys.executable, "-m", "benchmarks.ours", without, *words]


PAPERS = ("pdf", "pamphlets")
PAPER_OUTPUTS = ("papers", "year_plans")
"""Outputs that set papers beside pages of their own; ``pdf`` leaves out these and the modules of ``PAPERS``."""


if __name__ == "__main__":
    from tsunagite import cli  # first: it says how libraries are to be loaded

    from tsunagite import build, outputs  # isort: skip

    left_out = set(sys.argv.pop(1).split(","))
    left_out |= set(PAPERS) if "pdf" in left_out else set()
    kept = tuple(
        output
        for output in outputs.OUTPUTS
        if output.__module__.rpartition(".")[2] not in left_out
        and not ("pdf" in left_out and output.__name__ in PAPER_OUTPUTS)
    )
    vars(build)["OUTPUTS"] = vars(outputs)["OUTPUTS"] = kept
    cli.main()
