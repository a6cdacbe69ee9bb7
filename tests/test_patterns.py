"""No regular expression of the package takes more than linear time, whatever a cell holds; nor does one of the browser scripts."""

from __future__ import annotations

import ast
import importlib
import re
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from attacks_on_patterns import FIRST, LONG, attacks
from tsunagite.importing.detect.recognise import _HEADERS
from tsunagite.text.hours_notes import _RULES

PACKAGE = Path(__file__).parent.parent / "generator" / "tsunagite"
# Seconds of this process's own time, however busy the machine is.
AT_ONCE = 0.002  # for FIRST characters: usual patterns need a tenth of it; what needs more is tried on a longer text
BUDGET = 0.5  # for LONG characters: linear patterns need less than a fifth of it, quadratic ones twice as much and more
METHODS = {"match": "match", "fullmatch": "fullmatch", "search": "search"} | dict.fromkeys(
    ("sub", "subn", "split", "findall", "finditer"), "findall"
)
OWN_FILES = (
    "site/layout/browser.py",
    "search/files.py",
    "site/layout/templates.py",
)  # these read scripts and templates of this program alone
MADE_WHILE_RUNNING = {
    "importing/forms/kind_rules.py": "the patterns of kinds.yml, looked at here",
    "importing/readings.py": "words of a dictionary, each as it is",
    "importing/detect/recognise.py": "_HEADERS, looked at here",
    "guides/prose.py": "words of the glossary, each as it is, with what may not stand beside them",
    "text/hours_notes.py": "_RULES, looked at here",
    "text/case_free.py": "_FOUND, looked at here",
    "text/romaji.py": "two patterns without a repeated choice, and readings of parts of one name",
}


@dataclass(frozen=True)
class Found:
    """A pattern, where it stands and how it is used."""

    place: str
    pattern: str
    flags: int
    use: str


def _value(node: ast.expr, names: dict[str, Any]) -> Any:
    return eval(compile(ast.Expression(node), "pattern", "eval"), names)  # noqa: S307 - the source of this program


def _calls(tree: ast.Module) -> Iterator[tuple[ast.Call, str, str]]:
    """Yield every call of re that takes a pattern, its function, and the name that is given to what it makes."""
    named = {
        id(node.value): node.targets[0].id
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }
    for call in ast.walk(tree):
        match call:
            case ast.Call(func=ast.Attribute(value=ast.Name(id="re"), attr=function)) if (
                function in METHODS or function == "compile"
            ):
                yield call, function, named.get(id(call), "")


def _patterns() -> tuple[list[Found], set[str]]:
    """Return every pattern of the package with every use of it, and the files that make patterns while running."""
    sources = {path: path.read_text(encoding="utf-8") for path in sorted(PACKAGE.rglob("*.py"))}
    found: list[Found] = []
    unknown: set[str] = set()
    for path, text in sources.items():
        if not re.search(r"^import re$", text, re.MULTILINE):
            continue
        name = path.relative_to(PACKAGE).as_posix()
        module = vars(
            importlib.import_module("tsunagite." + name.removesuffix(".py").removesuffix("/__init__").replace("/", "."))
        )
        for call, function, given in _calls(ast.parse(text)):
            words = [
                *(call.args[1:] if function == "compile" else call.args[2:]),
                *(keyword.value for keyword in call.keywords),
            ]
            try:
                pattern = _value(call.args[0], module)
            except NameError:
                unknown.add(name)
                continue
            flags = sum(_value(word, module) for word in words if re.match(r"re\.[A-Z]", ast.unparse(word)))
            readers = sources.values() if given and not given.startswith("_") else (text,)
            uses = (
                {
                    METHODS[use]
                    for reader in readers
                    for use in re.findall(rf"\b{given}\.(\w+)\b", reader)
                    if use in METHODS
                }
                if given
                else set()
            )
            written = pattern.decode("latin-1") if isinstance(pattern, bytes) else pattern
            uses = {METHODS[function]} if function != "compile" else uses or {"findall"}
            found += [Found(f"{name}:{call.lineno}", written, int(flags), use) for use in sorted(uses)]
        tables = chain.from_iterable(_inside(value) for key, value in module.items() if not key.startswith("__"))
        found += [Found(name, one.pattern, one.flags, "findall") for one in tables]
    return found, unknown


def _inside(value: Any) -> Iterator[re.Pattern[str]]:
    """Yield the compiled patterns of a table."""
    if isinstance(value, (tuple, list)):
        for one in value:
            if isinstance(one, re.Pattern):
                yield one
            else:
                yield from _inside(one)


class TooSlowError(Exception):
    """The budget of processor time is spent."""


@pytest.fixture
def bounded() -> Iterator[None]:
    """Let a timer of processor time end what takes too long: re looks for signals while it works."""

    def end(*_: object) -> None:
        raise TooSlowError

    before = signal.signal(signal.SIGVTALRM, end)
    yield
    signal.signal(signal.SIGVTALRM, before)


def _time(found: Found, text: str) -> float:
    """Return how many seconds of processor time a pattern takes; infinity where it is more than the budget."""
    use = getattr(re.compile(found.pattern, found.flags), found.use)
    signal.setitimer(signal.ITIMER_VIRTUAL, BUDGET)
    begin = time.thread_time()
    try:
        use(text)
    except TooSlowError:
        return float("inf")
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return time.thread_time() - begin


def slow_on(found: Found) -> str:
    """Return a text that takes more than linear time, cut short, or ""."""
    for attack in attacks(found.pattern, found.flags):
        first = _time(found, attack.of(FIRST))
        if first > BUDGET or (first > AT_ONCE and _time(found, attack.of(LONG)) > BUDGET):
            return attack.of(60)
    return ""


def test_no_pattern_of_the_package_takes_more_than_linear_time(bounded: None) -> None:
    found, unknown = _patterns()
    assert unknown == set(MADE_WHILE_RUNNING)
    found += [Found("importing/detect/recognise.py", pattern, re.IGNORECASE, "search") for pattern, _ in _HEADERS]
    found += [Found("text/hours_notes.py", rule.pattern.pattern, rule.pattern.flags, "match") for rule in _RULES]
    assert len(found) > 220
    looked_at = [one for one in found if not one.place.startswith(OWN_FILES)]
    assert [(one.place, one.use, one.pattern, text) for one in looked_at if (text := slow_on(one))] == []


@pytest.mark.parametrize(
    ("pattern", "use"),
    [(r"(?:祝日?|日)*は", "match"), (r"\s+$", "search"), (r"<[^>]+>", "findall"), (r"(.+?)(\d+)丁目", "fullmatch")],
)
def test_a_pattern_that_is_not_linear_is_found(bounded: None, pattern: str, use: str) -> None:
    assert slow_on(Found("", pattern, 0, use))
