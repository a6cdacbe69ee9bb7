"""readings.json: the words of running text and their readings, for the scripts of the pages."""

from __future__ import annotations

from collections.abc import Iterator

from tsunagite.engine.artifact import Artifact
from tsunagite.records.directory import Directory
from tsunagite.records.load.readings import built_in_readings
from tsunagite.text.furigana import readings_of_runs

FILE = "assets/tsunagite/readings.json"


def readings(directory: Directory) -> Iterator[Artifact]:
    """Yield the file of readings."""
    yield Artifact.json(FILE, {"words": {**built_in_readings(), **directory.readings}, "names": names_of(directory)})


def names_of(directory: Directory) -> dict[str, str]:
    """Return the names of areas that are read in one way only, where no word is written so and read otherwise.

    A name of one kanji could be any word, and is none.
    """
    found: dict[str, set[str]] = {}
    for area in directory.areas.values():
        reading = readings_of_runs(area.name, area.name_kana) if area.kana_source == "confirmed" else ""
        if len(area.name) > 1 and reading:
            found.setdefault(area.name, set()).add(reading)
    known = built_in_readings()
    return {
        name: next(iter(ways))
        for name, ways in sorted(found.items())
        if len(ways) == 1 and known.get(name, *ways) in ways
    }
