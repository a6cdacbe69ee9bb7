"""What visitors pay, in Chromium: a record's page, a search, the map; and what three searches find."""

from __future__ import annotations

import statistics
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

from benchmarks.builds import NO_PAPER, Place, Say, size_of
from benchmarks.engines import Engine, Material, Ours, Pagefind
from benchmarks.ours import build_ours
from benchmarks.peers import FullText, build_material, build_pagefind, write_material
from benchmarks.process import timed, timed_peak
from benchmarks.recall import Score, ask, emergencies, summary
from benchmarks.search_cost import index_seconds
from benchmarks.server import Served, serving
from benchmarks.truth import GUIDE, read_queries, read_records
from benchmarks.visitor import directory_load, map_load, medians, page_load, visitor

ROOT = Path(__file__).resolve().parents[2]
ASKED = ("体操 東浜", "配食サービス", "さくら", "ゴミ出し", "梅が丘 歯科", "車いす", "百合ヶ丘 カフェ", "でいさーびす")
NARROWED = "q=配食&need=meals&open=mon-10:00"
FURTHER = (
    "input[name=need][value=advice]",
    "input[name=level][value=mutual_aid]",
    "input[name=access][value=parking]",
    "input[name=fee][value=membership]",
)
MATERIAL_SEARCH = ("search/", "assets/javascripts/workers/", "assets/javascripts/lunr/")


def built(place: Place, *, pagefind: bool) -> dict[str, Any]:
    """Build our site and its peers anew where they are not there yet; return what indexing by Pagefind costs."""
    if not place.site.is_dir():
        timed(place.ours(NO_PAPER))
    material = place.folder / "material-site"
    if place.peers and not material.is_dir():
        timed(build_material(place.folder / "material", material))
    if not (place.peers and pagefind):
        return {}
    cost, memory = timed_peak(build_pagefind(place.site, place.folder / "pagefind"))
    files = sorted(path for path in (place.folder / "pagefind").rglob("*") if path.is_file())
    return {"seconds": round(cost.seconds, 2), "MiB": round(memory), **size_of(files)}


def measure_pages(browser: Browser, place: Place, runs: int, say: Say) -> dict[str, Any]:
    """Return the cost of opening one record's page, ours and Material's."""
    sites = {"ours": place.site} | ({"Material": place.folder / "material-site"} if place.peers else {})
    found = {}
    for name, site in sites.items():
        with serving(site) as served:
            found[name] = page_load(browser, served, "r/record-1/", runs)
        say(f"{place.count:,} page of {name}: {found[name]}")
    return found


def measure_map(browser: Browser, place: Place, runs: int, say: Say) -> dict[str, float]:
    """Return the cost of our map."""
    with serving(place.site) as served:
        found = map_load(browser, served, "map/", runs)
    say(f"{place.count:,} map: {found}")
    return found


def measure_directory(browser: Browser, place: Place, runs: int, say: Say) -> dict[str, float]:
    """Return the cost of a search with facets, cold, and of each further facet."""
    with serving(place.site) as served:
        found = directory_load(browser, served, f"search/?{NARROWED}", FURTHER, runs)
    say(f"{place.count:,} directory: {found}")
    return found


def measure_search(browser: Browser, place: Place, say: Say) -> dict[str, Any]:
    """Return bytes to the first 10 results with an empty cache, and the time of a warm query at CPU/4."""
    found: dict[str, Any] = {"index cpu": round(index_seconds(place.root), 2)}
    with serving(place.site) as served:
        if (place.site / "search" / "index.html").is_file():
            found["ours"] = _our_search(browser, served)
            say(f"{place.count:,} search, ours: {found['ours']}")
    if place.peers:
        with serving(place.folder / "material-site") as served:
            found["Material"] = _material_search(browser, served)
        say(f"{place.count:,} search, Material: {found['Material']}")
        with serving(joined(place.site, place.folder / "pagefind")) as served:
            found["Pagefind"] = _pagefind_search(browser, served)
        say(f"{place.count:,} search, Pagefind: {found['Pagefind']}")
    return found


def _our_search(browser: Browser, served: Served) -> dict[str, Any]:
    cold = []
    for words in ASKED:
        with visitor(browser) as page:
            page.goto(served.address, wait_until="networkidle")
            mark = len(served.sent)
            Ours(page, served).open(words)
            page.wait_for_load_state("networkidle")
            sent = [one for one in served.since(mark) if one.path != "search/"]
            cold.append({"kB": sum(one.size for one in sent) / 1000, "requests": len(sent)})
    with visitor(browser, slow_cpu=True) as page:
        engine = Ours(page, served)
        times = [engine.milliseconds(words) for words in (*ASKED, *ASKED)]
        warm = round(statistics.median(times[len(ASKED) :]), 1)
    return medians(cold) | {
        "most kB": round(max(one["kB"] for one in cold), 1),
        "warm ms, CPU/4": warm,
        "most warm ms": round(max(times[len(ASKED) :]), 1),
    }


def _material_search(browser: Browser, served: Served) -> dict[str, Any]:
    mark = len(served.sent)
    with visitor(browser) as page:
        engine = Material(page, served)
        sent = [one for one in served.since(mark) if one.path.startswith(MATERIAL_SEARCH)]
        warm = _warm(engine)
    return {
        "kB": round(sum(one.size for one in sent) / 1000, 1),
        "requests": len(sent),
        "ready s": round(engine.ready_seconds, 1),
        "warm ms": warm,
    }


def _pagefind_search(browser: Browser, served: Served) -> dict[str, Any]:
    first = "async (words) => { const {results} = await window.pagefind.search(words); await Promise.all(results.slice(0, 10).map((one) => one.data())); }"
    cold = []
    for words in ASKED:
        with visitor(browser) as page:
            page.goto(served.address, wait_until="networkidle")
            mark = len(served.sent)
            Pagefind(page, served)
            page.evaluate(first, words)
            sent = [one for one in served.since(mark) if one.path.startswith("pagefind/")]
            cold.append({"kB": sum(one.size for one in sent) / 1000, "requests": len(sent)})
    with visitor(browser, slow_cpu=True) as page:
        Pagefind(page, served)
        warm = []
        for words in (*ASKED, *ASKED):
            start = time.perf_counter()
            page.evaluate(first, words)
            warm.append((time.perf_counter() - start) * 1000)
    return medians(cold) | {
        "most kB": round(max(one["kB"] for one in cold), 1),
        "warm ms, CPU/4": round(statistics.median(warm[len(ASKED) :]), 1),
    }


def _warm(engine: Engine) -> float:
    """Return the median milliseconds of the second time that a query is put."""
    times = []
    for words in (*ASKED, *ASKED):
        start = time.perf_counter()
        engine.find(words)
        times.append((time.perf_counter() - start) * 1000)
    return round(statistics.median(times[len(ASKED) :]), 1)


def joined(site: Path, pagefind: Path) -> Path:
    """Put the index of Pagefind beside the pages it was made from, where its module looks for it; return the site."""
    link = site / "pagefind"
    if not link.is_symlink():
        link.symlink_to(pagefind, target_is_directory=True)
    return site


def measure_recall(browser: Browser, folder: Path, peers: bool, say: Say) -> tuple[dict[str, Any], list[Score]]:
    """Put the queries over 高松市 to every search; return their means, and our scores one by one."""
    records = read_records(ROOT / "resources")
    queries = read_queries(records, ROOT / "content")
    guides = sorted((ROOT / "content").rglob("*.md"))
    known = frozenset(
        {r["id"] for r in records if "kind" in r} | {GUIDE + path.stem for path in (ROOT / "content").glob("*.md")}
    )
    ours, material, index = folder / "takamatsu", folder / "takamatsu-material-site", folder / "takamatsu-pagefind"
    timed(build_ours(ROOT, ours, NO_PAPER))
    found: dict[str, Any] = {}
    scores: list[Score] = []
    if (ours / "search" / "index.html").is_file():
        for name, synonyms in (("ours without synonyms", False), ("ours", True)):
            with serving(ours) as served, visitor(browser) as page:
                engine = Ours(page, served, synonyms=synonyms)
                scores = ask(engine, queries, known)
                found[name] = summary(scores)
                for half, figures in emergencies(engine, queries).items() if synonyms else ():
                    found[name][half]["emergencies"] = figures
    if peers:
        named = [r for r in records if {"kind", "name"} <= r.keys()]
        found["FTS5"] = summary(ask(FullText(named, guides), queries, known))
        write_material(named, guides, folder / "takamatsu-material")
        timed(build_material(folder / "takamatsu-material", material))
        timed(build_pagefind(ours, index))
        with serving(material) as served, visitor(browser) as page:
            found["Material"] = summary(ask(Material(page, served), queries, known))
        with serving(joined(ours, index)) as served, visitor(browser) as page:
            found["Pagefind"] = summary(ask(Pagefind(page, served), queries, known))
    for name, means in found.items():
        say(f"recall of {name}: {means}")
    return found, scores
