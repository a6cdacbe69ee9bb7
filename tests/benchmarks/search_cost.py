"""What the search index alone costs: ``python -m benchmarks.search_cost SITE`` prints processor seconds.

One process reads and checks the site, then makes the search page, the index and the results from nothing kept; only that
second part is counted. (The difference of two whole builds is mostly noise: each is ten times as long as the index.)
"""

from __future__ import annotations

import gc
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

from benchmarks.process import Command, environment
from tsunagite.check.load import load
from tsunagite.engine.artifact import Artifact, Page
from tsunagite.engine.assemble import assemble
from tsunagite.engine.products import product


def index_seconds(root: Path) -> float:
    """Return the processor seconds of the search of the site in ``root``, measured in a process of its own."""
    command: Command = [sys.executable, "-m", "benchmarks.search_cost", str(root)]
    said = subprocess.run(command, env=environment(), stdout=subprocess.PIPE, check=True)
    return float(said.stdout)


def _measured(root: Path) -> float:
    today = date(2026, 11, 22)
    site = assemble(load(root, today).directory, today)
    gc.collect()
    start = time.process_time()
    for made in (*product("search").make(site, _bare), *product("index").make(site, _bare)):
        len(made.content)
    return time.process_time() - start


def _bare(page: Page) -> Artifact:
    return Artifact(f"{page.path}index.html", page.body.encode())


if __name__ == "__main__":
    print(_measured(Path(sys.argv[1])))
