"""Scores of Lighthouse (npm, phone preset) for pages of a built site. Its packages are installed beside this file when it first runs."""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from benchmarks.server import serving
from chromium import chromium_path

FOLDER = Path(__file__).parent
CATEGORIES = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
"""What is scored, and the least that is aimed at."""
PAGES = {
    "home": "",
    "search": "search/?q=体操",
    "record": "r/community-center-10/",
    "finder": "contact/",
    "map": "map/",
    "sheet": "worksheets/community-issues/form/",
}
"""Of the demonstration."""


def install() -> Path:
    """Return the command, installed exactly as the lock says where it is not there yet."""
    command = FOLDER / "node_modules" / ".bin" / "lighthouse"
    if not command.exists():
        npm = shutil.which("npm") or "npm"
        subprocess.run([npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=FOLDER, check=True)
    return command


def scores(
    site: Path, runs: int, say: Callable[[str], None], pages: Mapping[str, str] = PAGES
) -> dict[str, dict[str, float]]:
    """Return the median score (0 to 100) of each category for each page, in ``runs`` visits, and say what failed."""
    command, found = install(), {}
    with serving(site) as served:
        for name, path in pages.items():
            reports = [_visit(command, served.address + path) for _ in range(runs)]
            found[name] = {
                category: statistics.median(
                    round(100 * (report["categories"][category]["score"] or 0)) for report in reports
                )
                for category in CATEGORIES
            }
            say(f"lighthouse {name}: {found[name]}; " + "; ".join(failures(reports[-1])))
    return found


def _visit(command: Path, address: str) -> dict[str, Any]:
    """Return the report of one visit as a phone with a slow processor and connection (the preset of Lighthouse)."""
    words = [command, address, "--quiet", "--output=json", f"--only-categories={','.join(CATEGORIES)}"]
    words.append("--chrome-flags=--headless=new --no-sandbox --disable-dev-shm-usage")
    done = subprocess.run(
        words, env={**os.environ, "CHROME_PATH": str(chromium_path())}, check=True, capture_output=True, timeout=300
    )
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def failures(report: dict[str, Any]) -> Iterable[str]:
    """Yield every audit that counts and did not pass, with what it shows."""
    for category in CATEGORIES:
        for one in report["categories"][category]["auditRefs"]:
            audit = report["audits"][one["id"]]
            if one["weight"] and audit["score"] is not None and audit["score"] < 0.9:
                yield f"{one['id']} {audit.get('displayValue') or audit['title']}"
