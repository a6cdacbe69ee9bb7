"""The mini-sites under tests/sites: their folders, and the report that `tsunagite check` prints about a site; the demonstration, read once."""

from datetime import date
from functools import cache
from pathlib import Path

from tsunagite.check.load import Loaded, load
from tsunagite.findings import Finding
from tsunagite.i18n.report import text_lines

ROOT = Path(__file__).parents[1]
SITES = Path(__file__).parent / "sites"
GOOD = SITES / "good"
BAD = sorted(path for path in (SITES / "bad").iterdir() if path.is_dir())
TODAY = date(2026, 11, 22)


@cache
def demonstration() -> Loaded:
    """Return the records of this repository and what the check finds in them, read once for all tests of a process."""
    return load(ROOT, TODAY)


@cache
def findings_of(site: Path) -> tuple[Finding, ...]:
    """Check a site of this folder, once, as on the day the expected reports were written."""
    return tuple(load(site, TODAY).findings)


def report_of(site: Path, language: str = "ja") -> str:
    """Return the report of a site as the terminal shows it."""
    return "".join(line + "\n" for line in text_lines(findings_of(site), language))
