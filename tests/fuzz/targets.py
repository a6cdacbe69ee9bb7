"""What is fuzzed: each target takes one text and must end in a value, or in findings with a place, within a second."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

import tsunagite.text
from attacks.strings import strings
from mini_sites import GOOD
from node import ask_node
from tsunagite.adapters.json_schema import RECORDS
from tsunagite.findings import SourceLocation
from tsunagite.i18n import message_of
from tsunagite.importing.tables.list_file import grids_in
from tsunagite.importing.tables.table_file import grid_of
from tsunagite.records.load.tree import RecordFile, raw_file
from tsunagite.records.load.vocabularies import built_in_vocabularies
from tsunagite.records.model.base.problems import validate
from tsunagite.records.yaml.reader import read_text
from tsunagite.text.search_key import PAIRS, fold, key, runs

Target = Callable[[str], Any]
LONGEST = 4000
"""Characters of a cell or a field, as long as they come: longer ones are cut or refused before anything reads them."""
AT_MOST = 2.0
"""Seconds of processor time that one input may take."""
PIECES = (
    "月火水木金土日祝", "第1・第3", "毎週", "毎月", "～", "9:00", "９時30分", "午後1時", "087-839-2811", "(087)839-2811", "内線12", "FAX", "令和8年", "R6.4.1", "2026/02/30", "2月29日",
    "平日", "祝日は除く", "年末年始", "12/29～1/3", "高松市", "番町一丁目8-15", "㈱", "（株）", "代表 山田太郎", "〒760-0017", "無料", "1回500円", "65歳以上", "ヶ", "ヴ", "ー", "々",
    "\u3099", "\u200b", "\n", "\u3000", "、", "。", "・", ":", "-", "#", "{", "[", "|", '"', "'", "\\", "%", "&", "*", "!", "1e9", "0", "９" * 12,
)  # fmt: skip
INPUTS = (
    st.text(max_size=200)
    | st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
    | st.lists(st.sampled_from(PIECES) | st.characters() | st.sampled_from(strings()), max_size=30).map("".join)
    | st.tuples(st.sampled_from(PIECES), st.integers(2, 300)).map(lambda pair: (pair[0] * pair[1])[:LONGEST])
)
HEADERS = "番号,名称,住所,電話番号,時間,曜日,緯度,経度,メール,備考\n"


@cache
def _files() -> tuple[str, ...]:
    return tuple(path.read_text(encoding="utf-8") for path in sorted((GOOD / "resources").rglob("*.yml")))


@st.composite
def spoiled_files(draw: st.DrawFn) -> str:
    """Return a file of records of which somebody has overwritten, doubled, removed or moved a part."""
    text = draw(st.sampled_from(_files()))
    for _ in range(draw(st.integers(1, 4))):
        begin = draw(st.integers(0, len(text)))
        end = min(len(text), begin + draw(st.integers(0, 40)))
        text = text[:begin] + draw(st.just("") | INPUTS | st.just(text[begin:end] * 2)) + text[end:]
    return text


def yaml_reader(text: str) -> None:
    """A file of records becomes plain data, then records or findings that have words."""
    read = read_text(text, "resources/clubs/a.yml")
    raw = raw_file(RecordFile("resources/clubs/a.yml", "resource", "clubs"), read)
    findings = list(raw.findings)
    for record in raw.records:
        for model in RECORDS.values():
            findings += validate(model, record.data, SourceLocation("a.yml"), built_in_vocabularies())[1]
    for finding in findings:
        message_of(finding)


def table_reader(text: str) -> None:
    """A text of cells becomes a table or findings."""
    grid, findings = grid_of(HEADERS + text, "a.csv", "utf-8")
    assert grid is not None or findings
    for finding in findings:
        message_of(finding)


def list_reader(text: str) -> None:
    """A file of any kind becomes grids or findings; a JSON file as well."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("a.csv", "a.json", "a.xlsx", "a.kml"):
            path = Path(folder, name)
            path.write_text(text, encoding="utf-8", errors="replace")
            grids, findings = grids_in(path, name)
            assert grids or findings
            for finding in findings:
                message_of(finding)


def functions_of_text() -> Iterator[tuple[str, Target]]:
    """Yield every public function of ``tsunagite.text`` that takes one text: a new one is fuzzed without a change here."""
    for module in pkgutil.iter_modules(tsunagite.text.__path__, "tsunagite.text."):
        inside = importlib.import_module(module.name)
        for name, function in vars(inside).items():
            if not inspect.isfunction(function) or function.__module__ != module.name or name.startswith("_"):
                continue
            needed = [one for one in inspect.signature(function).parameters.values() if one.default is one.empty]
            if len(needed) == 1 and needed[0].annotation == "str":
                yield f"{module.name.rpartition('.')[2]}.{name}", function


def within_time(target: Target) -> Target:
    """Return a target that fails where it takes longer than ``AT_MOST``; what yields is asked for everything."""

    def call(text: str) -> None:
        begin = time.process_time()
        result = target(text[:LONGEST])
        if inspect.isgenerator(result):
            list(result)
        assert time.process_time() - begin < AT_MOST, "takes too long"

    return call


def targets() -> dict[str, tuple[Target, st.SearchStrategy[str]]]:
    """Return every target with what it is given."""
    texts = {name: (within_time(function), INPUTS) for name, function in functions_of_text() if name not in EXPECTS}
    return {
        "yaml reader": (within_time(yaml_reader), spoiled_files()),
        "table reader": (within_time(table_reader), st.lists(INPUTS, max_size=8).map(",".join)),
        "list reader": (within_time(list_reader), spoiled_files() | INPUTS),
        **texts,
    }


EXPECTS = {"characters.shown": "one character"}
"""Functions that ask for more than any text, with what they ask for."""


def differs_in_the_browser(texts: list[str]) -> list[str]:
    """Return the texts whose search key is another in the browser."""
    (answer,) = ask_node("search_keys.mjs", {"pairs": PAIRS, "texts": texts})
    return [
        text for text, found in zip(texts, answer, strict=True) if found != [fold(text), list(runs(text)), key(text)]
    ]
