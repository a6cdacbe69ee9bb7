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
    """Return the command that builds our site; ``without`` names products, by commas; ``papers`` is all that sets papers."""
    words = ["build", str(root), "--site-dir", str(site), "--today", "2026-11-22"]
    return [sys.executable, "-m", "benchmarks.ours", without, *words]


PAPERS = ("leaflets", "profile_papers", "one_sheets", "year_plans", "worksheet_papers", "pamphlets")
"""Products that set papers: left out with ``papers``."""


def is_left_out(product: Any, names: set[str]) -> bool:
    """Tell whether a product is left out."""
    return product.name in names or ("papers" in names and product.name in PAPERS)


def leave_out(names: set[str]) -> None:
    """Take outputs off the list of a build that has something to do; one that has nothing to do loads none of them."""
    look = LastBuild.look

    def looked(last: LastBuild, today: date) -> Any:
        seen, known = look(last, today)
        if known is None:
            from tsunagite.engine import build, products  # noqa: PLC0415 - the point of it

            vars(build)["PRODUCTS"] = vars(products)["PRODUCTS"] = tuple(
                one for one in products.PRODUCTS if not is_left_out(one, names)
            )
        return seen, known

    LastBuild.look = looked  # type: ignore[method-assign]


if __name__ == "__main__":
    left_out = set(sys.argv.pop(1).split(","))
    leave_out(left_out)
    cli.main()
