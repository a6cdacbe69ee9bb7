"""`make bench`: time whole builds beside the floor, in turns, on a RAM disk where there is one; print a table.

Every figure is a whole process (start of Python included). The median of the runs is quoted; ratios are taken pair
by pair, because a shared machine drifts.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

from synthetic import write_site  # noqa: E402 - a folder run as a program has no package

Figure = tuple[float, float]
"""Wall seconds and peak memory in MiB of one process."""


def timed(command: list[str]) -> Figure:
    """Run one process to its end. Raises CalledProcessError when it fails."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    if status:
        raise subprocess.CalledProcessError(status, command, stderr=process.stderr.read() if process.stderr else b"")
    return seconds, usage.ru_maxrss / 1024


def measure(count: int, runs: int, folder: Path) -> dict[str, object]:
    """Measure one size: cold, without a change, after one edit, and the floor."""
    root, site, floor_site = folder / "root", folder / "site", folder / "floor"
    write_site(root, count)
    build = [sys.executable, "-m", "tsunagite.cli", "build", str(root), "--site-dir", str(site), "--today", "2026-11-22"]
    floor = [sys.executable, str(HERE / "floor.py"), str(root), str(floor_site)]
    rows: dict[str, list[Figure]] = {"cold": [], "unchanged": [], "one edit": [], "floor": []}
    edited = next((root / "resources").rglob("record-0.yml"))
    original = edited.read_text(encoding="utf-8")
    for turn in range(runs):
        for target in (site, floor_site):
            shutil.rmtree(target, ignore_errors=True)
        rows["floor"].append(timed(floor))
        rows["cold"].append(timed(build))
        rows["unchanged"].append(timed(build))
        edited.write_text(original.replace("週1回", f"週1回（{turn + 1}回目の直し）"), encoding="utf-8")
        rows["one edit"].append(timed(build))
    files = [path for path in site.rglob("*") if path.is_file()]
    return {
        "records": count,
        "seconds": {name: statistics.median(figure[0] for figure in figures) for name, figures in rows.items()},
        "ratio cold/floor": statistics.median(c[0] / f[0] for c, f in zip(rows["cold"], rows["floor"], strict=True)),
        "peak MiB": max(figure[1] for figure in rows["cold"]),
        "files": len(files),
        "MB": sum(path.stat().st_size for path in files) / 1e6,
        "record page bytes": (site / "r" / "record-1" / "index.html").stat().st_size,
    }


def table(results: list[dict[str, object]]) -> str:
    """Return the results as a Markdown table."""
    columns: list[tuple[str, Callable[[dict[str, object]], str]]] = [
        ("records", lambda r: f"{r['records']:,}"),
        *[(f"{name} s", lambda r, name=name: f"{r['seconds'][name]:.2f}") for name in ("floor", "cold", "unchanged", "one edit")],  # type: ignore[index]
        ("cold / floor", lambda r: f"{r['ratio cold/floor']:.2f}"),
        ("peak MiB", lambda r: f"{r['peak MiB']:.0f}"),
        ("files", lambda r: f"{r['files']:,}"),
        ("MB", lambda r: f"{r['MB']:.1f}"),
        ("record page bytes", lambda r: f"{r['record page bytes']:,}"),
    ]
    head = "| " + " | ".join(name for name, _ in columns) + " |\n|" + "--:|" * len(columns)
    return head + "".join("\n| " + " | ".join(cell(result) for _, cell in columns) + " |" for result in results)


def main() -> None:
    """Measure every size asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="1000,10000")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    memory = Path("/dev/shm")  # noqa: S108 - a RAM disk, so that the disk is not what is measured
    results = []
    for size in map(int, options.sizes.split(",")):
        with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
            results.append(measure(size, options.runs, Path(folder)))
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, median of {options.runs}\n")
    print(table(results))
    if options.json:
        options.json.write_text(json.dumps(results, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
