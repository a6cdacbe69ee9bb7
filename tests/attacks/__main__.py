"""Attack every field with every string (`make attacks TIME=900`): figures, and what a string has done.

Each round builds a site in which every field of every type holds another string, judges every published file, and walks over it in
Chromium. A round moves every field on to strings that it has not held yet.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

from attacks import storage, walk
from attacks.judge import complaints, pages
from attacks.strings import strings
from attacks.world import Result, hostile_site
from chromium import LAUNCH_ARGS, chromium_path
from conftest import STORE, TODAY, _serving, keep_what_was_made
from figures import write_section
from tsunagite.adapters.site_build import build_site
from tsunagite.errors import BuildStopped

COPIES = 4
"""Documents of each type in a round."""
STEP = 37
"""How far a round moves on: no divisor of the number of strings."""


def main() -> None:
    """Run rounds until the time is over, or every field has held every string."""
    begin, seconds = time.monotonic(), float(sys.argv[1]) if len(sys.argv) > 1 else 900.0
    result, wrong, judged, walked, rounds = Result(), [], 0, 0, 0
    kept, saved = 0, 0
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path(), args=LAUNCH_ARGS)
        before: Path | None = None
        while time.monotonic() - begin < seconds and rounds < len(strings()):
            site = Path(folder) / f"round-{rounds}"
            _, here = hostile_site(site, rounds * STEP, COPIES)
            if before and (before / STORE).is_file():
                keep_what_was_made(before, site)
            told: list[str] = []
            try:
                build_site(site, None, TODAY, told.append, "ja")
                found = list(complaints(site / "site", set()))
            except BuildStopped as problem:
                found = [f"the build stopped: {problem} {told[-3:]}"]
            else:
                judged += pages(site / "site")
                words = [strings()[(rounds * 5 + at) % len(strings())] for at in range(5)]
                with _serving(town=site / "site") as served:
                    found += walk.complaints(chromium, served, words)
                    pockets = storage.Walk(chromium, served, Path(folder))
                    found += pockets.complaints([rounds])
                walked += len(walk.PAGES) + 9 * len(words)
                kept, saved = kept + pockets.opened, saved + pockets.saved
            wrong += [f"round {rounds}: {one}" for one in (*found, *here.never)]
            print(f"round {rounds}: {len(here.tried)} tried, {len(found)} wrong", *found[:5], sep="\n  ", flush=True)
            result.tried |= here.tried
            result.refused |= here.refused
            before, rounds = site, rounds + 1
        chromium.close()
    fields = {(sort, path) for sort, path, _ in result.tried}
    used = {text for _, _, text in result.tried}
    lines = [
        (
            f"{len(used)} strings x {len(fields)} fields of {len({sort for sort, _ in fields})} types of files: {len(result.tried):,} of {len(fields) * len(strings()):,} "
            f"pairs tried in {rounds} rounds; the check refused {len(result.refused):,} with their place, the others were published."
        ),
        "",
        (
            f"{judged:,} pages and all other files judged, {walked:,} pages opened in Chromium without the policy of the pages (maps pressed, addresses, drafts and storage "
            f"filled with the strings), {kept:,} more with every key of a page's storage damaged (forms of all sheets, lists, search, map), {saved:,} files made by these "
            f"pages judged: scripts run or failed, elements and handlers gained, formulas, foreign requests, lines of others in calendars: {len(wrong)}."
        ),
        *(["", *(f"- {one}" for one in wrong[:40])] if wrong else []),
    ]
    write_section("Attacks", "make attacks", lines)
    print(*lines, sep="\n")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
