"""Whole builds in turns: ours, the floor, a raw write of our bytes, Hugo and stock Material over the same records."""

from __future__ import annotations

import filecmp
import gzip
import re
import shutil
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.ours import build_ours
from benchmarks.peers import build_hugo, build_material, write_hugo, write_material
from benchmarks.process import Command, Cost, peak, timed
from benchmarks.search_cost import index_seconds
from benchmarks.synthetic import write_site
from benchmarks.truth import read_records

Say = Callable[[str], None]
NO_PAPER = "papers"
NO_SEARCH = "papers,search,index"
SEARCH = ("search/", "data/search", "assets/tsunagite/search")
"""Where the files of a search lie: ours, and Material's index."""


@dataclass
class Place:
    """A folder on a RAM disk with one synthetic site, and where each generator puts its own."""

    folder: Path
    count: int
    peers: bool
    original: set[Path] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Write the records, once for each generator."""
        write_site(self.root, self.count)
        self.original = set(self.root.rglob("*"))
        if self.peers:
            records = [record for record in read_records(self.root / "resources") if "kind" in record]
            write_hugo(records, self.folder / "hugo")
            write_material(records, [], self.folder / "material")

    @property
    def root(self) -> Path:
        """The synthetic site."""
        return self.folder / "root"

    @property
    def site(self) -> Path:
        """Where our build lies."""
        return self.folder / "site"

    @property
    def edited(self) -> Path:
        """The record that is edited."""
        return self.root / "resources" / "clubs" / "record-0.yml"

    def ours(self, without: str = NO_PAPER) -> Command:
        """Return the command of our build."""
        return build_ours(self.root, self.site, without)

    def forget(self) -> None:
        """Remove our site and everything a build has left beside or among the records: the next build is a cold one."""
        for path in self.folder.iterdir():
            if path.name.strip(".").startswith("site"):
                shutil.rmtree(path)
        for path in sorted(set(self.root.rglob("*")) - self.original, reverse=True):
            if path.is_dir():
                path.rmdir()
            else:
                path.unlink()

    def edit(self, turn: str) -> None:
        """Change a sentence of one record, in another way for every turn."""
        text = self.edited.read_text(encoding="utf-8")
        head, _, tail = text.partition("summary: ")
        self.edited.write_text(
            f"{head}summary: いすに座ってする体操です。{turn}回目の直し。\n{tail.partition(chr(10))[2]}",
            encoding="utf-8",
        )

    def edit_fee(self, turn: str) -> None:
        """Change what one record costs: unlike a sentence, that also decides where it is found, counted and listed."""
        text = self.edited.read_text(encoding="utf-8")
        self.edited.write_text(re.sub(r"amount: \d+", f"amount: {800 + int(turn)}", text, count=1), encoding="utf-8")


def measure_builds(place: Place, runs: int, say: Say) -> dict[str, Any]:
    """Return every cost of one size (lists, one per run) and what our build consists of; beside peers also leaflets and memory."""
    costs: dict[str, list[Cost]] = defaultdict(list)
    index: list[float] = []
    for turn in range(runs):
        for name, measure in _turn(place, str(turn)).items():
            costs[name].append(measure())
            say(f"{place.count:,} {name}: {costs[name][-1].seconds:.2f} s")
        index.append(round(index_seconds(place.root), 3))
        say(f"{place.count:,} search index alone: {index[-1]:.2f} processor s")
    memory = _memory(place) if place.peers else {}
    for name, mebibytes in memory.items():
        say(f"{place.count:,} {name}: {mebibytes:.0f} MiB")
    return {
        "seconds": {name: [round(cost.seconds, 3) for cost in all_of_it] for name, all_of_it in costs.items()},
        "cpu": {name: [round(cost.cpu, 3) for cost in all_of_it] for name, all_of_it in costs.items()},
        "search index cpu": index,
        "peak MiB": {name: round(mebibytes) for name, mebibytes in memory.items()},
        **({"edit is byte-identical": _edit_is_identical(place)} if place.peers else {}),
        "output": content_of(place.site),
        **({"Material output": content_of(place.folder / "material-site")} if place.peers else {}),
    }


def measure_once(place: Place, say: Say) -> dict[str, dict[str, float]]:
    """Return seconds, processor seconds and peak memory of one build of each sort: for a size at which everything bends.

    No file of the site is opened here, so that this takes no more memory than the builds themselves.
    """
    rows: dict[str, dict[str, float]] = {}
    floor = [sys.executable, "-m", "benchmarks.floor", str(place.root), str(place.folder / "floor")]
    for name in ("floor", "cold", "no change", "one edit"):
        if name == "one edit":
            place.edit("一度だけの")
        cost = timed(floor if name == "floor" else place.ours())
        rows[name] = {"s": round(cost.seconds, 1), "cpu s": round(cost.cpu, 1)}
        say(f"{place.count:,} {name}: {cost.seconds:.1f} s, processor {cost.cpu:.1f} s")
    rows["site"] = heaviest_of(place.site)
    place.forget()
    rows["cold"]["peak MiB"] = round(peak(place.ours()))
    say(f"{place.count:,} cold: {rows['cold']['peak MiB']:.0f} MiB")
    return rows


def heaviest_of(site: Path) -> dict[str, float]:
    """Return how many files and megabytes a site has, how many of them are pages, and the kilobytes of the heaviest page and file."""
    sizes = {path: path.stat().st_size for path in site.rglob("*") if path.is_file()}
    pages = [size for path, size in sizes.items() if path.suffix == ".html"]
    return {
        "files": len(sizes), "MB": round(sum(sizes.values()) / 1e6), "pages": len(pages),
        "heaviest page kB": round(max(pages) / 1000), "heaviest file kB": round(max(sizes.values()) / 1000),
    }  # fmt: skip


def once_lines(count: int, rows: dict[str, dict[str, float]]) -> list[str]:
    """Return what ``measure_once`` has found, for docs/proofs.md."""
    cold, site = rows["cold"], rows["site"]
    others = "; ".join(f"{name}: {rows[name]['cpu s']:,} processor seconds" for name in ("floor", "no change", "one edit") if name in rows)  # fmt: skip
    return [
        (
            f"{count:,} made-up records (`tests/benchmarks/synthetic.py`), without papers: {cold['cpu s']:,} processor seconds cold, at most {cold['peak MiB']:,} MiB "
            f"with all processes. {site['files']:,} files, {site['MB']:,} MB; {site['pages']:,} pages, the heaviest of {site['heaviest page kB']} kB, "
            f"the heaviest file (calendar or data to load) of {site['heaviest file kB']:,} kB."
        ),
        *(["", f"{others}."] if others else []),
    ]


def _turn(place: Place, turn: str) -> dict[str, Callable[[], Cost]]:
    """Return the measurements of one turn, in their order: each is one whole process."""
    floor = [sys.executable, "-m", "benchmarks.floor", str(place.root), str(place.folder / "floor")]
    hugo, material = place.folder / "hugo-site", place.folder / "material-site"

    def cold(without: str) -> Cost:
        place.forget()
        return timed(place.ours(without))

    def edited(without: str, mark: str) -> Cost:
        place.edit(turn + mark)
        return timed(place.ours(without))

    def another_fee() -> Cost:
        place.edit_fee(turn)
        return timed(place.ours())

    def fresh(command: Command, target: Path) -> Cost:
        shutil.rmtree(target, ignore_errors=True)
        return timed(command)

    ways: dict[str, Callable[[], Cost]] = {
        "floor": lambda: fresh(floor, place.folder / "floor"),
        "without search": lambda: cold(NO_SEARCH),
        "cold": lambda: cold(NO_PAPER),
        "raw write": lambda: raw_write(place.site, place.folder / "raw"),
        "no change": lambda: timed(place.ours()),
        "one edit": lambda: edited(NO_PAPER, ""),
        "one edit of a fee": another_fee,
    }
    beside: dict[str, Callable[[], Cost]] = {
        "cold with leaflets": lambda: cold(""),
        "no change with leaflets": lambda: timed(place.ours("")),
        "one edit with leaflets": lambda: edited("", "と半"),
        "Hugo": lambda: fresh(build_hugo(place.folder / "hugo", hugo), hugo),
        "Material": lambda: fresh(build_material(place.folder / "material", material), material),
    }
    return ways | (beside if place.peers else {})


def _memory(place: Place) -> dict[str, float]:
    """Return the peak memory (MiB) of each build, in runs that are not timed."""
    place.forget()
    memory = {"cold": peak(place.ours()), "no change": peak(place.ours())}
    place.edit("記憶")
    memory["one edit"] = peak(place.ours())
    place.forget()
    memory["cold with leaflets"] = peak(place.ours(""))
    if place.peers:
        memory["Hugo"] = peak(build_hugo(place.folder / "hugo", place.folder / "hugo-site"))
        memory["Material"] = peak(build_material(place.folder / "material", place.folder / "material-site"))
    return memory


def _edit_is_identical(place: Place) -> bool:
    """Tell whether a build after an edit has the same bytes as a cold build of the same records."""
    place.edit("くらべる前")
    place.forget()
    timed(place.ours(""))
    place.edit("くらべる後")
    timed(place.ours(""))
    warm = place.folder / "warm"
    shutil.rmtree(warm, ignore_errors=True)
    place.site.rename(warm)
    place.forget()
    timed(place.ours(""))
    names = sorted(path.relative_to(place.site).as_posix() for path in place.site.rglob("*") if path.is_file())
    others = sorted(path.relative_to(warm).as_posix() for path in warm.rglob("*") if path.is_file())
    same = names == others and filecmp.cmpfiles(place.site, warm, names, shallow=False)[0] == names
    shutil.rmtree(warm)
    return same


def raw_write(site: Path, target: Path) -> Cost:
    """Write the bytes of a built site anew, and nothing else: what no generator can go below."""
    contents = [
        (target / path.relative_to(site), path.read_bytes()) for path in sorted(site.rglob("*")) if path.is_file()
    ]
    shutil.rmtree(target, ignore_errors=True)
    start, cpu = time.perf_counter(), time.process_time()
    for path, content in contents:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    cost = Cost(time.perf_counter() - start, time.process_time() - cpu)
    shutil.rmtree(target)
    return cost


def size_of(files: list[Path]) -> dict[str, float]:
    """Return how many files there are, and their megabytes raw and as gzip -9 sends them."""
    contents = [path.read_bytes() for path in files]
    packed = sum(len(gzip.compress(content, 9, mtime=0)) for content in contents)
    return {"files": len(files), "MB": round(sum(map(len, contents)) / 1e6, 3), "gz MB": round(packed / 1e6, 3)}


def content_of(site: Path) -> dict[str, Any]:
    """Return what a built site consists of, and the bytes of a record's page (raw and gzip -9, median of 21 pages)."""
    files = sorted(path for path in site.rglob("*") if path.is_file() and not path.is_relative_to(site / "pagefind"))
    pages = [
        (site / "r" / f"record-{number}" / "index.html").read_bytes()
        for number in range(0, 210, 10)
        if (site / "r" / f"record-{number}").is_dir()
    ]
    return {
        "all": size_of(files),
        "leaflets": size_of([path for path in files if path.suffix == ".pdf"]),
        "search": size_of([path for path in files if path.relative_to(site).as_posix().startswith(SEARCH)]),
        "page kB": round(statistics.median(map(len, pages)) / 1000, 2),
        "page gz kB": round(statistics.median(len(gzip.compress(page, 9, mtime=0)) for page in pages) / 1000, 2),
    }
