"""How long papers take to set, and how large they are: a booklet of 100 resources and a leaflet of every district, without a cache."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import NamedTuple

from tsunagite.check.load import load
from tsunagite.engine.assemble import assemble
from tsunagite.papers.editions import set_paper
from tsunagite.papers.parts.selection import Selection
from tsunagite.papers.undescribed import leaflet
from tsunagite.records.model.features.pamphlet import Pamphlet

BOOKLET = {
    "id": "booklet",
    "title": "病院・薬",
    "lead": "近くの医院です。",
    "layout": "booklet",
    "needs": ["medicine"],
    "most": 100,
}
CARD = {"id": "card", "title": "わたしの窓口", "layout": "fridge_card"}


class Booklet(NamedTuple):
    """Seconds and kB of a booklet, and how many resources it lists (the windows on its back cover come besides)."""

    seconds: float
    kb: float
    records: int


def measure_papers(root: Path, today: date, runs: int, say: Callable[[str], None]) -> dict[str, float]:
    """Return seconds (the median booklet, all leaflets once), kB and numbers of papers."""
    booklets = []
    for _ in range(runs):  # the typesetter remembers what it has set: each booklet is the first of its process
        with ProcessPoolExecutor(1, get_context("spawn")) as pool:
            booklets.append(pool.submit(one_booklet, root, today).result())
    site = assemble(load(root, today).directory, today)
    begun = time.perf_counter()
    count = sum(1 for view in site.papers.undescribed for _ in leaflet(view))
    result = {
        "booklet s": median(one.seconds for one in booklets), "booklet kB": booklets[0].kb, "booklet records": float(booklets[0].records),
        "leaflets s": time.perf_counter() - begun, "leaflets": float(count),
    }  # fmt: skip
    say(f"papers: a booklet in {result['booklet s']:.2f} s, {count} leaflets in {result['leaflets s']:.1f} s")
    return result


def one_booklet(root: Path, today: date) -> Booklet:
    """Set a booklet after a card, for which the fonts are loaded."""
    site = assemble(load(root, today).directory, today)
    card, booklet = (
        Selection(
            site.papers.source, Pamphlet.model_validate(data, context={"vocabularies": site.directory.vocabularies})
        )
        for data in (CARD, BOOKLET)
    )
    set_paper(card, large=False)
    begun = time.perf_counter()
    content, printed = set_paper(booklet, large=False)
    seconds = time.perf_counter() - begun
    return Booklet(seconds, len(content) / 1000, len(set(printed) & {r.id for r in booklet.records}))
