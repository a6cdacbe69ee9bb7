"""The result of a run as Markdown: each figure beside its goal, then whole builds and searches beside their peers."""

from __future__ import annotations

import re
import statistics
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from benchmarks.lighthouse import CATEGORIES

Result = dict[str, Any]
NOTHING: Result = {"seconds": {}, "cpu": {}, "peak MiB": {}, "output": {}}
SAME = "edit is byte-identical"
BEGIN, END = "<!-- bench: written by make bench -->", "<!-- /bench -->"
MISSING = "not measured"
FLOOR_OF_GOALS = 3.58
"""Seconds of the full floor on the machine on which goals in seconds were set; read such goals in floors on another."""


class Figure(NamedTuple):
    """One figure beside what it must be and what it should be (both at most, or both at least)."""

    label: str
    value: float | None
    must: float
    goal: float
    show: Callable[[float], str]
    beside: str = ""
    at_least: bool = False

    def line(self) -> str:
        """Return a row of the table."""
        sign = "≥" if self.at_least else "≤"
        shown = MISSING if self.value is None else self.show(self.value)
        return f"| {self.label} | {shown} | {sign} {self.show(self.must)} | {sign} {self.show(self.goal)} | {self.met()} | {self.beside} |"

    def met(self) -> str:
        """Tell in a word which of the two is met."""
        if self.value is None:
            return ""
        good = [self.value >= bound if self.at_least else self.value <= bound for bound in (self.must, self.goal)]
        return "goal" if all(good) else "must" if good[0] else "**no**"


def unit(template: str) -> Callable[[float], str]:
    """Return a way to show a figure with its unit: ``unit("{:.1f} s")``."""
    return template.format


def section(result: Result) -> str:
    """Return the text of docs/benchmarks.md between its markers."""
    machine = result["machine"]
    large = max(map(int, result["sizes"]))
    runs = "one run each" if result["runs"] == 1 else f"medians of {result['runs']} runs"
    head = (
        f"Measured {result['date']} by `make bench`: {machine['processor']}, {machine['cores']} cores, {machine['memory GiB']} GiB, "
        f"{machine['disk']}, load {machine['load before']} before; Python {machine['python']}, Chromium {machine['chromium']}; {runs} in turns with "
        f"{', '.join(f'{name} {version}' for name, version in result['versions'].items())}. {large:,} made-up records "
        "(`tests/benchmarks/synthetic.py`); recall over the records of 高松市 (`tests/benchmarks/queries.yml`, `queries_kept.yml`). "
        "Ratios are taken pair by pair; *floor* is YAML in C + pydantic + Jinja2 + write, lists included."
    )
    table = [
        "| figure | measured | must | goal | met | beside, in the same run |",
        "|---|--:|--:|--:|---|---|",
        *(one.line() for one in figures(result)),
    ]
    parts = [head, "\n".join(table), *filter(None, (builds(result), lighthouse(result), recall(result)))]
    return f"{BEGIN}\n\n" + "\n\n".join(parts) + f"\n\n{END}"


def into(page: str, result: Result) -> str:
    """Return a page with the text between its markers written again. Raises ValueError where the markers are missing."""
    text, count = re.subn(f"{re.escape(BEGIN)}.*{re.escape(END)}", lambda _: section(result), page, flags=re.DOTALL)
    if count != 1:
        raise ValueError(f"docs/benchmarks.md must hold the markers {BEGIN} and {END} once")
    return text


def lighthouse(result: Result) -> str:
    """Return the scores of Lighthouse for pages of the demonstration, the least that is aimed at in the head; "" where none were taken."""
    found = result.get("lighthouse")
    if not found:
        return ""
    names = " | ".join(f"{category} (≥ {least})" for category, least in CATEGORIES.items())
    rows = [f"| Lighthouse, phone | {names} |", f"|---|{'--:|' * len(CATEGORIES)}"]
    for page, scored in found.items():
        rows.append(f"| {page} | " + " | ".join(f"{scored[category]:.0f}" for category in CATEGORIES) + " |")
    return "\n".join(rows)


def figures(result: Result) -> Iterator[Figure]:
    """Yield every figure that has a goal."""
    sizes = sorted(map(int, result["sizes"]))
    large = str(sizes[-1])
    yield from _building(result.get("builds", {}), large, str(sizes[0]))
    yield from _visiting(result, large, str(sizes[0]))
    yield from _narrowing(result, large)
    yield from _searching(result, large)
    yield from _importing(result.get("imports", {}))
    yield from _printing(result.get("papers", {}))
    yield from _counting(result.get("analysis", {}))


def _building(measured: Result, large: str, small: str) -> Iterator[Figure]:
    one = measured.get(large, NOTHING)
    times, percent, seconds = unit("{:.2f} ×"), unit("{:.0%}"), unit("{:.1f} s")
    ratios = {name: paired(one, name, "floor") for name in ("Hugo", "Material")}
    beside = ", ".join(f"{name} {ratio:.1f} ×" for name, ratio in ratios.items() if ratio)
    cold = "cold build with search, lists and map / full floor"
    yield Figure(cold, paired(one, "cold", "floor"), 2.5, 1.8, times, beside)
    yield Figure("cold build / stock Material", paired(one, "cold", "Material"), 1 / 5, 1 / 7, times)
    yield Figure("build without search / full floor", paired(one, "without search", "floor"), 1.6, 1.3, times)
    less = measured.get(small, NOTHING)
    if small != large and one["output"] and less["output"]:
        sizes = f"at {int(large):,} / at {int(small):,}"
        yield Figure(f"seconds {sizes}", median(one, "cold") / median(less, "cold"), 11, 10, times)
        yield Figure(f"bytes {sizes}", one["output"]["all"]["MB"] / less["output"]["all"]["MB"], 10.5, 10, times)
    same = {True: "byte-identical to a cold build", False: "**not byte-identical to a cold build**", None: ""}
    yield Figure("one edited record / cold", paired(one, "one edit", "cold"), 0.25, 0.15, percent, same[one.get(SAME)])
    edit, fee = paired(one, "one edit", "floor"), paired(one, "one edit of a fee", "cold")
    floors = (
        [
            f"{edit:.2f} floors (must and goal, set where a floor took {FLOOR_OF_GOALS} s: {1.8 / FLOOR_OF_GOALS:.2f} and {1.1 / FLOOR_OF_GOALS:.2f})"
        ]
        if edit
        else []
    )
    floors += [f"where its fee is edited, {median(one, 'one edit of a fee'):.1f} s, {fee:.0%} of cold"] if fee else []
    yield Figure(
        "one edited record (a sentence)",
        median(one, "one edit") if one["seconds"] else None,
        1.8,
        1.1,
        seconds,
        "; ".join(floors),
    )
    yield Figure("rebuild without a change / cold", paired(one, "no change", "cold"), 0.15, 0.12, percent)
    memory = one["peak MiB"]
    peers = ", ".join(f"{name} {memory[name]}" for name in ("Hugo", "Material") if name in memory)
    cold = "peak memory of a cold build, children included"
    yield Figure(cold, memory.get("cold"), 215, 150, unit("{:.0f} MiB"), peers)
    stock = one.get("Material output")
    page, kilobytes = one["output"], unit("{:.1f} kB")
    beside = f"Material {stock['page kB']:.1f} / {stock['page gz kB']:.1f} gzip" if stock else ""
    yield Figure("a record's page", page.get("page kB"), 12, 5, kilobytes, beside)
    yield Figure("the same, gzip", page.get("page gz kB"), 4, 2, kilobytes)


def _importing(measured: Result) -> Iterator[Figure]:
    """Yield the cost of a first import; rows by their number, the shortest list first."""
    counts = sorted(map(int, measured))
    short, long = (measured.get(str(counts[index]), {}) if counts else {} for index in (0, -1))
    seconds, ratio = unit("{:.1f} s"), None
    if len(counts) > 1:
        ratio = long["s"] / counts[-1] / (short["s"] / counts[0])
    yield Figure("import of 6,039 rows of a care list into an empty site", short.get("s"), 3, 2, seconds)
    yield Figure("seconds a row, 100,000 rows / 6,039 rows", ratio, 1.3, 1.0, unit("{:.2f} ×"))
    yield Figure("peak memory of importing 100,000 rows", long.get("MiB"), 1024, 600, unit("{:.0f} MiB"))


def _printing(measured: Result) -> Iterator[Figure]:
    """Yield the cost of papers from the records of the demonstration, set without a cache, tagged and with furigana."""
    seconds = unit("{:.2f} s")
    yield Figure("booklet of 100 records", measured.get("booklet s"), 0.6, 0.3, seconds)
    yield Figure("the same, size", measured.get("booklet kB"), 700, 700, unit("{:.0f} kB"))
    yield Figure("leaflets of the municipality and its districts", measured.get("leaflets s"), 15, 15, unit("{:.1f} s"))


def _counting(measured: Result) -> Iterator[Figure]:
    """Yield the cost of the assessment of a large city, in processor seconds of one process."""
    seconds = unit("{:.2f} s")
    of = f"{measured.get('records', 0):,.0f} records × {measured.get('towns', 0):.0f} towns"
    yield Figure(f"assessment of {of}: needs by area, people, distances", measured.get("counted s"), 2, 1.5, seconds)
    yield Figure("the same, what every page and table of it shows", measured.get("pages s"), 2, 1, seconds)
    yield Figure("the same, the municipal report", measured.get("report s"), 1, 0.5, seconds)


def _visiting(result: Result, large: str, small: str) -> Iterator[Figure]:
    pages = result.get("pages", {}).get(large, {})
    ours = pages.get("ours", {})
    first = result.get("pages", {}).get(small, {}).get("ours", {}).get("kB")
    stock = f"Material {pages['Material']['kB']:.0f} kB" if "Material" in pages else ""
    beside = "; ".join(filter(None, (f"{first:.0f} kB at {int(small):,}" if first and small != large else "", stock)))
    yield Figure(
        "transfer for a record's page before anybody searches", ours.get("kB"), 100, 80, unit("{:.0f} kB"), beside
    )
    mapped = result.get("map", {}).get(large, {})
    slow = (
        f"ready in {mapped['ready ms'] / 1000:.1f} s, at CPU/4 in {mapped['ready ms, CPU/4'] / 1000:.1f} s"
        if mapped
        else ""
    )
    yield Figure("map: transfer without tiles, gzip", mapped.get("kB"), 250, 200, unit("{:.0f} kB"), slow)
    yield Figure(
        "map: JavaScript heap",
        mapped.get("heap MB"),
        10,
        10,
        unit("{:.1f} MB"),
        f"{mapped['nodes']:.0f} nodes" if mapped else "",
    )


def _narrowing(result: Result, large: str) -> Iterator[Figure]:
    ours = result.get("directory", {}).get(large, {})
    slow = "phone: processor / 4, 1.6 Mbit/s, 150 ms" if ours else ""
    yield Figure(
        "directory: words and facets to the first result, cold",
        ours.get("first result ms"),
        2500,
        2000,
        unit("{:.0f} ms"),
        slow,
    )
    yield Figure("directory: transfer for that, all files", ours.get("kB"), 250, 150, unit("{:.0f} kB"))
    most = f"at most {ours['most facet ms']:.0f}" if ours else ""
    yield Figure("directory: each further facet at CPU/4", ours.get("facet ms"), 150, 100, unit("{:.0f} ms"), most)


def _searching(result: Result, large: str) -> Iterator[Figure]:
    found = result.get("search", {}).get(large, {})
    ours, material, pagefind = (found.get(name, {}) for name in ("ours", "Material", "Pagefind"))
    index = result.get("pagefind index", {}).get(large, {})
    one = result.get("builds", {}).get(large, NOTHING)
    cold = [f"at most {ours['most kB']:.0f}, {ours['requests']:.0f} requests"] if ours else []
    cold += [f"Pagefind {pagefind['kB']:.0f} (at most {pagefind['most kB']:.0f})"] if pagefind else []
    cold += [f"Material {material['kB']:,.0f}"] if material else []
    label = "search: bytes to the first 10 results, engine included"
    yield Figure(label, ours.get("kB"), 80, 50, unit("{:.0f} kB"), "; ".join(cold))
    warm = [f"at most {ours['most warm ms']:.0f}"] if ours else []
    warm += [f"Pagefind {pagefind['warm ms, CPU/4']:.0f}"] if pagefind else []
    if material:
        warm.append(
            f"Material {material['warm ms']:.0f} unslowed, after {material['ready s']:.0f} s of indexing in the browser"
        )
    yield Figure("search: warm query at CPU/4", ours.get("warm ms, CPU/4"), 50, 20, unit("{:.0f} ms"), "; ".join(warm))
    files = one["output"].get("search", {"files": 0})
    raw = [f"{files['MB']:.2f} MB raw, {files['files']:,} files"] if files["files"] else []
    raw += [f"Pagefind {index['MB']:.1f} MB, {index['files']:,} files"] if index else []
    size = files["gz MB"] if files["files"] else None
    yield Figure("search: files, gzip", size, 2.5, 1.9, unit("{:.2f} MB"), "; ".join(raw))
    build = [f"Pagefind {index['seconds']:.1f} s, {index['MiB']:,} MiB"] if index else []
    build = (
        [f"the whole build holds at most {one['peak MiB']['cold']} MiB"] if "cold" in one["peak MiB"] else []
    ) + build
    measured = one.get("search index cpu")
    cost = statistics.median(measured) if measured else found.get("index cpu")
    yield Figure(
        "search: page, index and results made in (processor seconds of one process)",
        cost,
        4,
        2.5,
        unit("{:.1f} s"),
        "; ".join(build),
    )
    means = {name: engine["all"] for name, engine in result.get("recall", {}).items()}
    plain, full = means.get("ours without synonyms", {}), means.get("ours", {})
    share = unit("{:.3f}")
    yield Figure("search: mean recall without synonyms", plain.get("recall"), 0.9, 0.9, share, at_least=True)
    yield Figure("search: mean recall with synonyms", full.get("recall"), 0.97, 0.97, share, at_least=True)
    yield Figure("search: mean precision at 10", full.get("precision"), 0.95, 0.95, share, at_least=True)


def builds(result: Result) -> str:
    """Return whole builds side by side, for every size."""
    lines = []
    for size, one in sorted(result.get("builds", {}).items(), key=lambda pair: int(pair[0])):
        lines += [f"| {int(size):,} records | s | / floor | processor s | peak MiB |", "|---|--:|--:|--:|--:|"]
        lines += [
            f"| {name} | {median(one, name):.2f} | {paired(one, name, 'floor'):.2f} | {statistics.median(one['cpu'][name]):.2f} | {one['peak MiB'].get(name, '')} |"
            for name in one["seconds"]
        ]
        output, papers = one["output"]["all"], one["output"]["leaflets"]
        each = (difference(one, "cold with leaflets", "cold") or 0) / max(papers["files"], 1)
        leaflets = f", of which {papers['files']} leaflets ({each:.2f} s each)" if papers["files"] else ""
        lines += ["", f"Ours: {output['files']:,} files, {output['MB']:.1f} MB{leaflets}.", ""]
    return "\n".join(lines).strip()


HALVES = {
    "tune": "tuned on",
    "second": "written later",
    "third": "sentences and English",
    "held_out": "held-out half",
    "fresh": "fresh",
    "kept": "fresh and kept away",
}
"""The parts of queries.yml and queries_kept.yml, as the table calls them."""


def recall(result: Result) -> str:
    """Return what each search finds of the truth."""
    means = result.get("recall")
    if not means:
        return ""
    count = next(iter(means.values()))["all"]["queries"]
    halves = {half: name for half, name in HALVES.items() if half in next(iter(means.values()))}
    lines = [
        f"| {count} queries over the records of 高松市 | recall | P@10 | typing errors found |"
        + "".join(f" recall, {name} | P@10, {name} |" for name in halves.values()),
        "|---|--:|--:|--:|" + "--:|--:|" * len(halves),
    ]
    lines += [
        f"| {name} | {one['all']['recall']:.3f} | {one['all']['precision']:.3f} | {one['all']['typos found']:.0%} |"
        + "".join(f" {one[half]['recall']:.3f} | {one[half]['precision']:.3f} |" for half in halves)
        for name, one in means.items()
    ]
    words = (
        "P@10: of the first 10 results, or of as many as are true, the share that is right; a missing result is a wrong one. "
        "Queries with a typing error are counted by themselves: is a true record among the first 10? "
        "The held-out half was not looked at while the search was built; the others were."
    )
    return "\n".join([*lines, "", words, *_groups(means), *_emergencies(means)])


def _groups(means: Result) -> Iterator[str]:
    """Yield the table of the groups of questions, where halves have groups."""
    halves = [half for half in HALVES if any("groups" in one.get(half, {}) for one in means.values())]
    if not halves:
        return
    yield from (
        "",
        "| group of questions | search |"
        + "".join(f" recall, {HALVES[half]} | P@10, {HALVES[half]} |" for half in halves),
        "|---|---|" + "--:|--:|" * len(halves),
    )
    for group in next(iter(means.values()))[halves[0]]["groups"]:
        for name, one in means.items():
            its = [one[half]["groups"][group] for half in halves]
            yield f"| {group} | {name} |" + "".join(
                f" {each['recall']:.3f} | {each['precision']:.3f} |" for each in its
            )


def _emergencies(means: Result) -> Iterator[str]:
    """Yield how many emergencies show the right number first, and how many other questions show one."""
    for half, name in HALVES.items():
        its = means.get("ours", {}).get(half, {}).get("emergencies")
        if its:
            yield ""
            yield (
                f"Emergencies, {name}: above {its['called']:.0%} of {its['emergencies']} the right number stands first; "
                f"above {its['in vain']:.0%} of the other questions stands a number."
            )


def median(one: Result, name: str) -> float:
    """Return the median seconds of one row."""
    seconds: list[float] = one["seconds"][name]
    return statistics.median(seconds)


def paired(one: Result, name: str, base: str) -> float | None:
    """Return the median ratio of two rows, run by run (None where one was not measured)."""
    pairs = _pairs(one, name, base)
    return statistics.median(a / b for a, b in pairs) if pairs else None


def difference(one: Result, name: str, base: str) -> float | None:
    """Return the median difference of two rows in seconds, run by run."""
    pairs = _pairs(one, name, base)
    return statistics.median(a - b for a, b in pairs) if pairs else None


def _pairs(one: Result, name: str, base: str) -> list[tuple[float, float]]:
    seconds: dict[str, list[float]] = one["seconds"]
    return list(zip(seconds.get(name, []), seconds.get(base, []), strict=False))
