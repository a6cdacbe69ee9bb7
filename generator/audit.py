"""Compare what imported records say with the raw cells they come from: ``make audit DIR=path/to/site`` (ROWS=300, SEED=1).

A csv or workbook is read here, and a value counts as true where it stands in a cell of one of the record's own rows, spelling and
blanks apart. Only hours, fees, page addresses, pauses and readings, which no cell holds as they are written in a record, are compared
with what the importer's own readers make of the cells of those rows. What people edited (the record differs from the snapshot),
constants of a description, readings that were suggested, points of a town, columns and rows that a list has no more and closed records
are counted, not judged. Ends with 1 where a value stands in no cell.
"""

from __future__ import annotations

import csv
import json
import random
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import lru_cache
from itertools import zip_longest
from pathlib import Path
from typing import Any

import openpyxl
import yaml

from tsunagite.importing.mapping.fields import values_of
from tsunagite.importing.mapping.table import PAUSED
from tsunagite.importing.match.facts import reading_of
from tsunagite.text.cells import says_none, says_nothing
from tsunagite.text.name_notes import pause_in
from tsunagite.text.names import name_key

SKIPPED = {
    "id",
    "kind",
    "needs",
    "support_level",
    "summary",
    "sources",
    "verified_by",
    "verify_method",
    "kana_source",
    "no_contact_reason",
    "type",
    "consent",
}
"""Fields that no cell gives: made from the description, or from evidence about the kind."""
DERIVED = ("closed_on_days", "access", "phones.label")
"""Fields that a sentence or a flag of the row is read into; the sentence itself is compared."""
OUR_WORDS = {"電話", "定員", "有", "無", "毎日", "人", "運営する法人"}
"""Words that the importer puts beside what another list says (``AED: 設置場所 玄関、小児対応 有``)."""
MARKS = {"○": "1", "×": "0"}
"""How the importer writes the yes and no of the standard form of shelters."""
DITTOS = {"〃", "仝", "同上", "々"}
_FIELD = {"fax": "phones.number", "phones": "phones.number"}
"""Where the value of a target stands in a record, where that has another name."""
CLOSED = ("closed", "終了")
READ = ("hours", "fee", "url")
"""First parts of the fields that are compared with what the importer reads from a row: "1700", 「13,000円/月」 and "http:/www.…" say them in other words."""
Row = dict[str, str]
Rows = list[Row]


def plain(text: object) -> str:
    """Return text as two writers of it agree: NFKC, hiragana, one kind of hyphen, no blanks."""
    return _plain(str(text))


@lru_cache(maxsize=200_000)  # the same words stand in many cells
def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).lower().replace("髙", "高").replace("﨑", "崎")
    hiragana = "".join(chr(ord(c) - 96) if "ァ" <= c <= "ヶ" else c for c in folded)
    return re.sub(r"[\s‐‑‒–—―−ー\-ｰ]", "", hiragana)


def rows_of(path: Path, header_row: int) -> Rows:
    """Return the rows of a csv or of the first sheet of a workbook, by header."""
    if path.suffix.lower() == ".xlsx":
        table = cells_of(openpyxl.load_workbook(path, data_only=True).worksheets[0], header_row)
    else:
        content = path.read_bytes()
        for encoding in ("utf-8-sig", "cp932"):
            try:
                text = content.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
        first = text.partition("\n")[0]
        tabs = "\t" in first and "," not in first  # a table separated by tabs that is called csv
        table = list(csv.reader(text.splitlines(keepends=True), delimiter="\t" if tabs else ","))
    header, *body = table[header_row - 1 :]
    above = [""] * len(header)
    for row in filter(any, body):
        row[:] = above = [over if cell.strip() in DITTOS else cell for over, cell in zip(above, row, strict=False)]
    return [dict(zip(header, row, strict=False)) for row in body]


def cells_of(sheet: Any, header_row: int) -> list[list[str]]:
    """Return the texts of a sheet as the eye sees them: what is merged over rows stands in each, a header may have two rows."""
    table = [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    for area in sheet.merged_cells.ranges:
        if area.min_col == area.max_col:
            for row in table[area.min_row : area.max_row]:
                row[area.min_col - 1] = table[area.min_row - 1][area.min_col - 1]
    over = table[header_row - 2] if header_row > 1 else []
    table[header_row - 1] = [name or above for name, above in zip_longest(table[header_row - 1], over, fillvalue="")]
    return table


class Site:
    """The lists of a site: descriptions, raw rows and what each record came from."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.sources: dict[str, dict[str, Any]] = {}
        self.raw: dict[str, dict[str, Rows]] = {}
        self.by_cell: dict[str, dict[str, Rows]] = {}
        """By list: the rows in which a cell holds these words."""
        self.parts: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
        """By record: (list, number, name) of every row it comes from."""
        self.snapshots: dict[str, dict[str, Any]] = {}
        for path in sorted((root / "resources/sources").glob("*.yml")):
            source = yaml.safe_load(path.read_text(encoding="utf-8"))
            files = sorted(path.parent.glob(source["file"])) if isinstance(source, dict) and "columns" in source else []
            if files and all(file.suffix.lower() in (".csv", ".xlsx") for file in files):
                self._add(source, [row for file in files for row in rows_of(file, source.get("header_row", 1))])

    def _add(self, source: dict[str, Any], rows: Rows) -> None:
        names = [header for header, target in source["columns"].items() if target == "name"]
        by_name: dict[str, Rows] = defaultdict(list)
        for row in rows:
            by_name[
                plain("".join(value for header, value in row.items() if plain(header) in map(plain, names)))
            ].append(row)
        by_cell: dict[str, Rows] = defaultdict(list)
        for row in rows:
            for words in {plain(cell) for cell in row.values() if cell}:
                by_cell[words].append(row)
        self.sources[source["id"]], self.raw[source["id"]], self.by_cell[source["id"]] = source, by_name, by_cell
        path = self.root / f"resources/sources/snapshots/{source['id']}.json"
        kept = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {"records": {}, "rows": {}}
        for record_id, values in kept["records"].items():
            self.snapshots[record_id] = values
            self.parts[record_id].append((source["id"], "", values["name"]))
        for values in kept["rows"].values():
            self.parts[values["into"]].append((source["id"], "", values["name"]))

    def rows(self, record: dict[str, Any]) -> list[tuple[str, Row]]:
        """Return every row that a record comes from, with the id of its list; an office of several rows is found by its number too."""
        rows: list[tuple[str, Row]] = []
        numbers = {
            plain(one) for number in (record.get("external_ids") or {}).values() for one in str(number).split("・")
        }
        for source_id, _, name in self.parts[record["id"]]:
            rows += [(source_id, row) for row in self.raw.get(source_id, {}).get(plain(name), [])]
        for source_id in {source_id: 0 for source_id, *_ in self.parts[record["id"]]} if numbers else ():
            rows += [
                (source_id, row)
                for number in sorted(numbers)
                for row in self.by_cell.get(source_id, {}).get(number, [])
            ]
        return rows

    def by_target(self, source_id: str, row: Row) -> dict[str, list[tuple[str, str]]]:
        """Return the cells of a row that say something, by the field that the description gives them."""
        source, found = self.sources[source_id], defaultdict(list)
        for header, target in source["columns"].items():
            spellings = {plain(one) for one in (header, *source.get("aliases", {}).get(header, ()))}
            for name, cell in row.items():
                if plain(name) in spellings and cell.strip() and not says_nothing(cell) and not says_none(cell):
                    found[target].append((name, cell))
        return found

    def is_read(self, record: dict[str, Any], path: str, value: Any) -> bool:
        """Tell whether the importer's readers make this value of the cells of one of the record's rows."""
        return any(
            (path, plain(value)) in self._readings_of(record, source_id, row, path)
            for source_id, row in self.rows(record)
        )

    def _readings_of(self, record: dict[str, Any], source_id: str, row: Row, path: str) -> Iterator[tuple[str, str]]:
        """Yield (path, value) of what the importer reads from a row, where the field is one of those that are read so."""
        cells = self.by_target(source_id, row)
        name = "".join(cell for _, cell in cells.get("name", ()))
        if path == "status" and pause_in(name):
            yield path, plain(PAUSED)
        elif path == "name_kana" and "name_kana" in cells:
            yield path, plain(reading_of(record["name"], {"name": name, "name_kana": cells["name_kana"][0][1]}))
        elif (first := path.partition(".")[0].partition("_")[0]) in READ:
            values, _ = values_of(
                {target: found for target, found in cells.items() if target.startswith(first)},
                self.sources[source_id].get("area_code", ""),
            )
            yield from ((key, plain(value)) for key, value in leaves(values))

    def is_reading_of_gone_row(self, record: dict[str, Any], path: str) -> bool:
        """Tell whether a reading was published by another list, in a row of the same name that this list has no more."""
        names = (
            plain(name)
            for source_id, _, name in self.parts[record["id"]]
            if name_key(name) == name_key(record["name"]) and plain(name) not in self.raw[source_id]
        )
        return path == "name_kana" and any(names)

    def kept(self, record_id: str) -> set[str]:
        """Return the fields of columns that a list has no more (``absent``): their values stay from an earlier edition."""
        lists = (self.sources[source_id] for source_id, *_ in self.parts[record_id])
        return {
            _FIELD.get(target, target)
            for one in lists
            for header in one.get("absent", ())
            if (target := one["columns"].get(header))
        }

    def constants(self, record_id: str) -> set[str]:
        """Return the words of descriptions, which no cell gives."""
        return {word for source_id, *_ in self.parts[record_id] for word in words_of(self.sources[source_id])}


def words_of(value: object) -> Iterator[str]:
    """Yield every text in a description, keys too."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield plain(key).rpartition(".")[2]
            yield from words_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from words_of(inner)
    else:
        yield plain(value)
        yield plain(value).rpartition(".")[2]


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Yield (path, value) of everything a record says."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in SKIPPED:
                yield from leaves(inner, f"{path}.{key}".strip("."))
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner, path)
    elif path.startswith("external_ids.") and isinstance(value, str):  # an office in two lists has both numbers
        yield from ((path, one) for one in value.split("・"))
    else:
        yield path, value


def is_true(path: str, value: Any, cells: list[str], constants: set[str]) -> bool:  # noqa: PLR0911 - one way of writing after the other
    """Tell whether a value stands in a cell."""
    last, text = path.rpartition(".")[2], plain(value)
    digits = re.sub(r"\D", "", text)
    if isinstance(value, float) or last in ("lat", "lng"):
        degrees = [float(one) for cell in cells for one in re.findall(r"\d+\.\d+", cell)]
        parts = [found for cell in cells if (found := re.match(r"(\d+)度(\d+)分([\d.]+)秒", cell))]
        degrees += [float(one[1]) + float(one[2]) / 60 + float(one[3]) / 3600 for one in parts]
        return any(abs(one - float(value)) < 1e-6 for one in degrees)
    if last in ("open", "close"):
        hours, minutes = str(value).split(":")
        shown = {f"{int(hours)}:{minutes}", f"{int(hours)}時{minutes}分", f"{int(hours)}時", f"午後{int(hours) - 12}"}
        return any(
            one in cell.replace("0" + str(int(hours)) + ":", f"{int(hours)}:") for one in shown for cell in cells
        )
    if path.startswith("phones") and last == "number":
        return any(digits[-6:] in re.sub(r"\D", "", cell) for cell in cells)
    if last == "postal_code":
        return any(digits in re.sub(r"\D", "", cell) for cell in cells)
    if last in ("days", "week"):
        return all(
            any(day in cell for cell in cells) or any(mark in cell for cell in cells for mark in "~～〜毎平")
            for day in re.findall("[月火水木金土日祝]", text)
        )
    whole = "".join(cells)
    if (
        text in constants
        or text in whole
        or (last in ("address", "building", "name_kana") and any(len(cell) > 2 and cell in text for cell in cells))
    ):
        return True
    if path.startswith("attributes") or last == "hours_note":
        parts = (part for part in re.split(r"[、\s]+", unicodedata.normalize("NFKC", str(value))) if part)
        return all(is_part(part, whole, constants, cells) for part in parts)
    return False


def is_part(part: str, whole: str, constants: set[str], cells: list[str]) -> bool:
    """Tell whether one word of what another list says stands in its row, or is a label, a day or a time that does."""
    text = plain(part)
    if MARKS.get(text) in cells:
        return True
    if text in OUR_WORDS or text in constants or text in whole or text.removesuffix("人") in whole:
        return True
    if re.fullmatch("[月火水木金土日祝・-]+", part):
        return is_true("days", part, cells, constants)
    if times := re.findall(r"\d\d:\d\d", part):
        return all(is_true("open", time, cells, constants) for time in times)
    digits = re.sub(r"\D", "", text)
    return len(digits) >= 6 and any(digits[-6:] in re.sub(r"\D", "", cell) for cell in cells)


def main(root: Path, count: int, seed: int) -> int:
    """Print what was compared; return 1 where a value stands in no cell."""
    site = Site(root)
    files = [path for path in sorted((root / "resources").glob("*/*.yml")) if path.stem in site.snapshots]
    random.Random(seed).shuffle(files)  # noqa: S311 - a sample, no secret
    told: Counter[str] = Counter()
    wrong = []
    for path in files[:count]:
        record = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - texts only, no objects
        if record.get("status") in CLOSED:  # its row is gone from the list
            told["closed"] += 1
            continue
        cells = [plain(cell) for _, row in site.rows(record) for cell in row.values() if cell]
        constants, kept = site.constants(record["id"]), site.kept(record["id"])
        said = {(key, plain(value)) for key, value in leaves(site.snapshots[record["id"]])}
        for key, value in leaves(record):
            told["values"] += 1
            suggested = key == "name_kana" and record.get("kana_source") == "suggested"
            of_town = key.startswith("location.") and record.get("location", {}).get("geo_source")
            if suggested or of_town or key.startswith(DERIVED):
                told["derived"] += 1
            elif is_true(key, value, cells, constants):
                told["true"] += 1
            elif site.is_read(record, key, value):
                told["read"] += 1
            elif key in kept or site.is_reading_of_gone_row(record, key):
                told["kept"] += 1
            elif (key, plain(value)) not in said:
                told["edited"] += 1
            else:
                wrong.append(f"{path.relative_to(root)}: {key}: {value}")
    print("\n".join(wrong))
    print(
        f"records {min(count, len(files))}, values {told['values']}: in a cell {told['true']}, read from one {told['read']}, derived {told['derived']}, edited {told['edited']}, kept of columns and rows that are gone {told['kept']}, in no cell {len(wrong)}; closed records {told['closed']}"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(
        main(
            Path(sys.argv[1]),
            int(sys.argv[2]) if len(sys.argv) > 2 else 300,
            int(sys.argv[3]) if len(sys.argv) > 3 else 1,
        )
    )
