"""The plan of the house holds: who may import whom, one door per library, no clock and no files where none belong."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import tsunagite

# ---- The table. A room is a folder or a single file of generator/tsunagite; it may import itself, COMMON and these.
COMMON = ("findings", "errors", "i18n", "fingerprint")
ROOMS: dict[str, tuple[str, ...]] = {
    "text": (),
    "geometry": (),
    "neighbours": (),
    "clock": (),
    "model": ("text",),
    "program": (),
    "sources": ("text", "model", "geometry", "processes", "engine"),
    "importers": ("text", "model", "sources"),
    "directory": ("text", "model", "sources"),
    "check": ("text", "model", "sources", "directory", "analysis"),
    "analysis": ("text", "model", "directory", "geometry"),
    "views": ("text", "model", "sources", "directory", "analysis", "geometry", "neighbours"),
    "outputs": ("text", "views", "engine"),
    "loading": ("model", "sources", "directory", "check", "program", "engine"),
    "build": ("views", "outputs"),
    "publish": ("outputs", "program"),
    "kept_file": (),
    "kept_pages": ("kept_file",),
    "processes": (),
    "engine": ("processes", "program"),
    "last_build": ("program",),
    "adapters": ("model", "sources", "importers", "directory", "check", "analysis", "views", "outputs", "loading", "build", "publish", "kept_pages", "last_build", "processes", "program", "clock", "engine"),
    "editing": ("text", "model", "sources"),
    "doctor": ("model", "sources", "editing"),
    "commands": ("model", "sources", "importers", "outputs", "loading", "build", "adapters", "clock", "editing", "doctor"),
    "cli": ("model", "sources", "importers", "loading", "build", "publish", "adapters", "clock", "program", "commands"),
    "findings": (),
    "fingerprint": (),
    "errors": (),
    "i18n": (),
}
# Files of one room stand beside each other and do not know each other, but for the list of them and shared ground.
SIBLINGS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    #  room:      (files that may import the others,  files that the others may import)
    "check": (("rules",), ()),
    "outputs": (("__init__",), ("artifact", "csv_text", "folium_map", "frame", "hsds", "ics", "imposition", "papers", "prose", "search_index", "shell", "templates", "typeset", "workbook", "workbook_file")),
    "importers": (("__init__", "run", "area_run", "event_run", "worksheet_run", "entries", "intake", "recognise", "trial"), ("facility", "facts", "fields", "kinds", "plan", "report", "three_way")),
}
# One library, one door: the rest of the code sees our own words.
DOORS: dict[str, tuple[str, ...]] = {
    "yaml": ("sources/yaml_file.py",),
    "ruamel": ("sources/rewrite.py",),
    "openpyxl": ("sources/workbook.py", "outputs/workbook_file.py"),  # reads what people filled in; writes what they will fill in
    "icalendar": ("outputs/ics.py",),
    "pypdf": ("outputs/imposition.py",),
    "charset_normalizer": ("sources/table_file.py",),
    "shapely": ("geometry.py",),
    "phonenumbers": ("text/phones.py",),
    "jpholiday": ("text/holidays.py",),
    "jinja2": ("outputs/templates.py", "outputs/folium_map.py", "adapters/mkdocs_plugin.py"),
    "markdown": ("outputs/prose.py",),
    "folium": ("outputs/folium_map.py",),
    "typst": ("outputs/typeset.py",),
    "segno": ("outputs/typeset.py",),
    "mkdocs": ("adapters/mkdocs_plugin.py",),
    "typer": ("cli.py", "commands/books.py", "commands/data.py", "commands/options.py", "commands/records.py", "commands/worksheets.py"),
    "click": ("cli.py",),
    "rich": ("cli.py",),
}
CLOCKS = ("clock.py", "cli.py")  # the only files that may ask what day it is or read the environment
NO_FILES = ("model", "text", "directory", "check", "analysis", "views", "geometry", "neighbours")  # rooms that open nothing
MOST_LINES = 500
# ---- End of the table.

PACKAGE = Path(tsunagite.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))
TESTS = sorted(Path(__file__).parent.rglob("*.py"))
ASKING = {"date.today", "datetime.now", "datetime.today", "datetime.utcnow", "time.time", "os.environ", "os.getenv"}
OPENING = {"open", "read_text", "read_bytes", "write_text", "write_bytes", "urlopen", "mkdir", "unlink", "glob", "rglob"}
OUTSIDE = {"os", "shutil", "subprocess", "socket", "urllib.request", "random", "uuid", "time", "tempfile"}

Found = Iterator[tuple[int, str]]


def room_of(name: str) -> str:
    """Return the room of ``views/site.py`` (views) or ``build.py`` (build)."""
    return name.split("/", maxsplit=1)[0].removesuffix(".py")


def imports_of(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield (line, dotted name) of every import; ``from a import b`` yields both ``a`` and ``a.b``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, node.module or ""
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def wrong_room(name: str, tree: ast.AST) -> Found:
    room = room_of(name)
    if room == "__init__":
        return
    if room not in ROOMS:
        yield 1, f"{room} is no room of the table ROOMS"
        return
    for line, imported in imports_of(tree):
        parts = imported.split(".")
        ours = parts[0] == "tsunagite" and len(parts) > 1 and parts[1] in ROOMS
        if ours and parts[1] not in (room, *COMMON, *ROOMS[room]):
            yield line, f"{room} must not import {parts[1]}"


def sibling(name: str, tree: ast.AST) -> Found:
    room, here = room_of(name), Path(name).stem
    if room not in SIBLINGS or here in SIBLINGS[room][0]:
        return
    files = {path.stem for path in (PACKAGE / room).glob("*.py")} - {"__init__"}
    for line, imported in imports_of(tree):
        parts = imported.split(".")
        if parts[:2] == ["tsunagite", room] and len(parts) == 3 and parts[2] in files - {here, *SIBLINGS[room][1]}:
            yield line, f"{here} must not import its sibling {parts[2]}"


def second_door(name: str, tree: ast.AST) -> Found:
    for line, imported in imports_of(tree):
        library = imported.split(".")[0]
        if library in DOORS and name not in DOORS[library]:
            yield line, f"{library} is used only in {', '.join(DOORS[library])}"


def clock_read(name: str, tree: ast.AST) -> Found:
    for node in ast.walk(tree) if name not in CLOCKS else ():
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name | ast.Attribute):
            owner = node.value.id if isinstance(node.value, ast.Name) else node.value.attr
            if f"{owner}.{node.attr}" in ASKING:
                yield node.lineno, f"{owner}.{node.attr} is asked only in {', '.join(CLOCKS)}; take it as an argument"
        elif isinstance(node, ast.ImportFrom) and node.module == "os" and {a.name for a in node.names} & {"environ", "getenv"}:
            yield node.lineno, f"the environment is read only in {', '.join(CLOCKS)}"


def file_opened(name: str, tree: ast.AST) -> Found:
    if room_of(name) not in NO_FILES:
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in OPENING:
                yield node.lineno, f"{room_of(name)} opens no files: {called}()"
    for line, imported in imports_of(tree):
        if imported in OUTSIDE:
            yield line, f"{room_of(name)} does not speak to the outside: {imported}"


def without_purpose(name: str, tree: ast.AST) -> Found:
    doc = ast.get_docstring(tree) if isinstance(tree, ast.Module) else None
    if not doc or not re.search(r"[.:。?]$", doc.splitlines()[0].strip()):
        yield 1, "begin the module with one sentence that says what it is for"
    if not re.fullmatch(r"[a-z_][a-z0-9_]*\.py", Path(name).name):
        yield 1, "name a module in lower-case letters"


RULES = (wrong_room, sibling, second_door, clock_read, file_opened, without_purpose)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_house_is_built_as_planned(rule) -> None:
    wrong = []
    for path in MODULES:
        name = path.relative_to(PACKAGE).as_posix()
        found = dict.fromkeys(rule(name, ast.parse(path.read_text(encoding="utf-8"))))
        wrong += [f"generator/tsunagite/{name}:{line}: {sentence}" for line, sentence in found]
    assert wrong == [], "\n" + "\n".join(wrong)


@pytest.mark.parametrize("path", MODULES + TESTS, ids=lambda path: path.name)
def test_a_file_can_be_read_in_one_sitting(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").count("\n")
    assert lines <= MOST_LINES, f"{path.name}:{MOST_LINES}: {lines} lines; discuss a split"


def test_every_test_file_says_what_it_is_about() -> None:
    assert [path.name for path in TESTS if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))] == []


def test_the_order_of_the_rooms_has_no_circle() -> None:
    seen: set[str] = set()
    while remaining := [room for room in ROOMS if room not in seen]:
        free = [room for room in remaining if set(ROOMS[room]) <= seen]
        assert free, f"these rooms lead back to themselves: {remaining}"
        seen.update(free)


@pytest.mark.parametrize(
    ("rule", "name", "text", "sentence"),
    [
        (wrong_room, "model/x.py", "from tsunagite.sources.tree import read_tree", "model must not import sources"),
        (wrong_room, "outputs/x.py", "from tsunagite import directory", "outputs must not import directory"),
        (wrong_room, "text/x.py", "def f():\n    import tsunagite.model.area", "text must not import model"),
        (wrong_room, "attic/x.py", "", "attic is no room of the table ROOMS"),
        (sibling, "check/places.py", "from tsunagite.check import privacy", "places must not import its sibling privacy"),
        (sibling, "check/places.py", "from tsunagite.check.privacy import x", "places must not import its sibling privacy"),
        (second_door, "views/x.py", "import yaml", "yaml is used only in sources/yaml_file.py"),
        (second_door, "cli.py", "from mkdocs.config import load_config", "mkdocs is used only in adapters/mkdocs_plugin.py"),
        (clock_read, "check/x.py", "import datetime\ndatetime.date.today()", "date.today is asked only in clock.py, cli.py"),
        (clock_read, "build.py", "import os\nos.environ['A']", "os.environ is asked only in clock.py, cli.py"),
        (clock_read, "build.py", "from os import environ", "the environment is read only in clock.py, cli.py"),
        (file_opened, "views/x.py", "open('x')", "views opens no files: open()"),
        (file_opened, "text/x.py", "Path('x').read_text()", "text opens no files: read_text()"),
        (file_opened, "model/x.py", "from random import choice", "model does not speak to the outside: random"),
        (without_purpose, "model/x.py", "import re", "begin the module with one sentence that says what it is for"),
        (without_purpose, "model/Xy.py", '"""Purpose."""', "name a module in lower-case letters"),
    ],
)
def test_a_breach_is_seen(rule, name: str, text: str, sentence: str) -> None:
    assert any(found.startswith(sentence) for _, found in rule(name, ast.parse(text)))


def test_what_is_allowed_is_not_reported() -> None:
    allowed = {
        "check/rules.py": '"""The list."""\nfrom tsunagite.check import places\nfrom tsunagite.findings import error\n',
        "outputs/pages.py": '"""Pages."""\nfrom tsunagite.outputs.artifact import Artifact\nfrom tsunagite.views.site import SiteView\n',
        "clock.py": '"""The clock."""\nimport os\nos.environ.get("A")\n',
        "sources/yaml_file.py": '"""The door."""\nimport yaml\nopen("x")\n',
    }
    assert [found for name, text in allowed.items() for rule in RULES for found in rule(name, ast.parse(text))] == []
