"""How long papers take to set, and how large they are: a booklet of 100 records and a leaflet of every district, without a cache."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from tsunagite.build import load
from tsunagite.model.pamphlet import Pamphlet
from tsunagite.outputs.papers import set_paper
from tsunagite.outputs.pdf import leaflets
from tsunagite.views.selection import Selection
from tsunagite.views.site import SiteView

BOOKLET = {"id": "booklet", "title": "病院・薬", "lead": "近くの医院です。", "layout": "booklet", "needs": ["medicine"], "most": 100}


def measure_papers(root: Path, today: date, runs: int, say: Callable[[str], None]) -> dict[str, float]:
    """Return seconds (the median booklet after a first one, which loads the fonts; all leaflets once), kB and numbers of papers."""
    site = SiteView.of(load(root, today).directory, today)
    chosen = Selection(site, Pamphlet.model_validate(BOOKLET, context={"vocabularies": site.directory.vocabularies}))
    content, printed = set_paper(chosen, large=False)
    times = []
    for _ in range(max(3, runs)):
        begun = time.perf_counter()
        set_paper(chosen, large=False)
        times.append(time.perf_counter() - begun)
    begun = time.perf_counter()
    count = sum(1 for _ in leaflets(site, lambda page: page))  # type: ignore[arg-type, return-value]  # leaflets have no frame
    result = {
        "booklet s": sorted(times)[len(times) // 2], "booklet kB": len(content) / 1000, "booklet records": float(len(set(printed))),
        "leaflets s": time.perf_counter() - begun, "leaflets": float(count),
    }  # fmt: skip
    say(f"papers: a booklet in {result['booklet s']:.2f} s, {count} leaflets in {result['leaflets s']:.1f} s")
    return result
