"""readings.json: the words of running text and their readings, for the scripts of the pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from tsunagite.engine.artifact import Artifact
from tsunagite.records.directory import Directory
from tsunagite.records.load.readings import built_in_readings
from tsunagite.text.furigana import readings_of_runs

FILE = "assets/tsunagite/readings.json"


def readings(directory: Directory) -> Iterator[Artifact]:
    """Yield the file of readings."""
    yield Artifact.json(FILE, words_of(directory))


def words_of(directory: Directory) -> dict[str, str]:
    """Return the words of running text with their readings: those that come with the program, and the names of the areas of a site."""
    built_in = built_in_readings()
    return {**built_in, **_names(((area.name, area.name_kana) for area in directory.areas.values()
                                  if area.kana_source == "confirmed"), built_in)}  # fmt: skip


def _names(names: Iterable[tuple[str, str]], known: Mapping[str, str]) -> dict[str, str]:
    """Return the names that are read in one way only. A name of one kanji could be any word, and is none."""
    found: dict[str, set[str]] = {}
    for name, kana in names:
        if len(name) > 1 and (reading := readings_of_runs(name, kana)):
            found.setdefault(name, set()).add(reading)
    return {
        name: next(iter(ways))
        for name, ways in sorted(found.items())
        if len(ways) == 1 and known.get(name, *ways) in ways
    }
