"""The one door to PyYAML: a strict, fast reader, and the positions of values for those that turn out wrong.

Strict means: what is written is what is read. YAML 1.1 reads 9:30 as 570, 0120 as 80 and no as False, and keeps
the last of two equal keys in silence; here these stay text, and a repeated key is an error.
"""

from __future__ import annotations

import errno
import math
import os
import re
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO

import yaml
from yaml import MappingNode, ScalarNode, SequenceNode

from tsunagite.errors import SetupError
from tsunagite.findings import Finding, Loc, SourceLocation, error
from tsunagite.records.yaml.mistakes import explain

try:
    from yaml import CLoader
    from yaml._yaml import CParser
except ImportError as problem:  # pragma: no cover - depends on the installation
    raise SetupError(
        "PyYAML の C 拡張がありません（このままでは読み込みが5倍以上遅くなります）。→ pip install --force-reinstall pyyaml "
        "で公式の配布物を入れてください。 / PyYAML lacks its C extension: reinstall it from its official wheel."
    ) from problem

MAX_BYTES = 512_000  # a hand-written file has 1-3 kB; a list of many records stays far below
MAX_DEPTH = 20
NOT_OPENED = -1
"""What stands for the size of a file that cannot be opened."""

_RESOLVERS = {
    "tag:yaml.org,2002:bool": re.compile(r"^(?:true|false)$"),
    "tag:yaml.org,2002:null": re.compile(r"^(?:null|~|)$"),
    "tag:yaml.org,2002:int": re.compile(r"^-?(?:0|[1-9][0-9]{0,14})$"),
    "tag:yaml.org,2002:float": re.compile(r"^-?(?:0|[1-9][0-9]{0,14})\.[0-9]+$"),
}
_MAKERS: dict[str, Callable[[str], Any]] = {
    "bool": lambda written: written == "true",
    "null": lambda _: None,
    "int": int,
    "float": float,
}
_MAKE = [(pattern, _MAKERS[tag.rpartition(":")[2]]) for tag, pattern in _RESOLVERS.items()]
_NOT_TEXT = frozenset(["", *"tfn~0123456789-"])  # how a plain value begins that may be something else than text
# Signs that a file may hold an anchor, alias, tag or escaped character; only then are its events looked at. All of
# them begin a word, so "a&b" inside an address costs nothing.
_SUSPICIOUS = re.compile(r"(?<!\w)[&*!]|\\")
# Blocks nest by indentation, two levels a column at most; brackets are counted. A reader that met 100,000 brackets
# without this would not raise: libyaml's composer recurses in C and takes the whole process down.
_CUT = re.compile(r"^[^#\n]*[^\s#:][ \t]+(?P<tail>#[^\s#][^\n]*)", re.MULTILINE)
_CONFLICT = re.compile(
    r"^[ \t]*(?P<mark><{7}|>{7})(?:[ \t\r]|$)", re.MULTILINE
)  # "=======" alone may underline a heading
_DEEP = re.compile(rf"[-?: \t]{{{MAX_DEPTH // 2}}}")
_BLANK = "\u3000"  # a full-width blank before a key looks like indentation
_CONTROL = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class _Composer(CParser):
    """libyaml's nodes and nothing else: what a scalar becomes is decided by its style and its text (``_quick``).

    The three methods are called for each of a million nodes, so they are the quickest callables that take the arguments:
    a tag that nobody reads, and two answers that nobody looks at. Written tags never come here: ``_refusals`` refused them.
    """

    resolve = slice
    descend_resolver = slice
    ascend_resolver = tuple


class _Refused(Exception):
    """Raised while a value is made: ``code`` with the mark of the key it is about."""

    def __init__(self, code: str, mark: Any, **values: object) -> None:
        self.code, self.mark, self.values = code, mark, values


def _quick(node: Any) -> Any:
    """Make plain data of a node: many times as fast as PyYAML's constructors, which serve any type of object.

    Raises ValueError or TypeError where a mapping may hold what ``_strict`` refuses; it then says what and where.
    """
    kind = type(node)
    if kind is ScalarNode:
        written = node.value
        return (
            written if node.style or written[:1] not in _NOT_TEXT else _plain(written)
        )  # the style of a plain scalar is ""
    if kind is SequenceNode:
        return [_quick(item) for item in node.value]
    pairs = node.value
    made = {
        key.value: inner.value
        if type(inner) is ScalarNode and (inner.style or inner.value[:1] not in _NOT_TEXT)
        else _quick(inner)
        for key, inner in pairs
    }  # a key that is a list of nodes is a TypeError
    if len(made) != len(pairs):
        raise ValueError("a key that is there twice")
    return made


def _strict(node: Any) -> Any:
    """Make plain data of a node, looking at every key. Raises _Refused."""
    if not isinstance(node, MappingNode):
        return [_strict(item) for item in node.value] if isinstance(node, SequenceNode) else _quick(node)
    result: dict[str, Any] = {}
    for key_node, value_node in node.value:
        if not isinstance(key_node, ScalarNode):
            raise _Refused("Y122", key_node.start_mark)
        key = key_node.value
        if key in result:
            first = next(known for known, _ in node.value if known.value == key)
            raise _Refused("Y103", key_node.start_mark, key=key, first=first.start_mark.line + 1)
        if key.startswith(_BLANK):
            raise _Refused("Y118", key_node.start_mark)
        result[key] = _strict(value_node)
    return result


def _plain(written: str) -> Any:
    """Return what a scalar without quotes says: a number, a flag or nothing only where it looks like one."""
    for pattern, make in _MAKE:
        if pattern.match(written):
            return make(written)
    return written


@dataclass(frozen=True)
class YamlText:
    """The value of one file, or None when its findings say why it could not be read."""

    value: Any
    findings: tuple[Finding, ...] = ()


def read_file(path: Path, name: str) -> YamlText:
    """Read one YAML file; ``name`` is how findings call it (relative to the site, with ``/``)."""
    return read_bytes(*bytes_of(path), name)


def content_of(path: Path) -> bytes:
    """Return what a file holds. Raises OSError where it cannot be opened, and for a pipe, a socket or a device, which might never end."""
    with opened(path) as file:
        return file.read()


def opened(path: Path) -> BinaryIO:
    """Open a file, as ``content_of`` does."""
    file = open(path, "rb", opener=_without_waiting)  # noqa: SIM115 - closed by who asks
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), str(path))
    return file


def _without_waiting(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def bytes_of(path: Path) -> tuple[bytes, int]:
    """Return what a file holds, and its size; of one that is too large nothing is read. The size is -1 where it cannot be opened."""
    try:
        with opened(path) as file:
            size = os.fstat(file.fileno()).st_size
            return (b"", size) if size > MAX_BYTES else (content := file.read(), len(content))
    except OSError:
        return b"", NOT_OPENED


def read_bytes(raw: bytes, size: int, name: str) -> YamlText:
    """Read the bytes of one YAML file; one that is too large, or that could not be opened, is refused by its ``size``."""
    if size == NOT_OPENED:
        return YamlText(None, (error("F110", SourceLocation(name, line=1, column=1)),))
    if size > MAX_BYTES:
        return YamlText(
            None, (error("Y107", SourceLocation(name, line=1, column=1), size=f"{size:,}", limit=f"{MAX_BYTES:,}"),)
        )
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = raw[: problem.start].count(b"\n") + 1
        return YamlText(None, (error("Y101", SourceLocation(name, line=line, column=1), guess=_guess_encoding(raw)),))
    return read_text(text, name)


def conflict_mark(text: str, name: str) -> Finding | None:
    """Find a line that git leaves behind where two changes of the same lines were not settled (``<<<<<<< HEAD``)."""
    found = _CONFLICT.search(text) if "<<<<<<<" in text or ">>>>>>>" in text else None
    if found is None:
        return None
    return error(
        "F113", SourceLocation(name, line=text.count("\n", 0, found.start("mark")) + 1, column=1), mark=found["mark"]
    )


def read_text(text: str, name: str) -> YamlText:
    """Read the text of one YAML file strictly. Every refusal is a finding with its line and column."""
    text = text.removeprefix("\ufeff")
    refused = conflict_mark(text, name) or _refusals(text, name)
    if refused:
        return YamlText(None, (refused,))
    try:
        node = _Composer(text).get_single_node()
        value = None if node is None else _data(node, text)
        lost = _lost_tail(text, name)
        return YamlText(None, (lost,)) if lost else YamlText(value)
    except _Refused as refusal:
        return YamlText(None, (error(refusal.code, _place(name, refusal.mark), **refusal.values),))
    except (yaml.YAMLError, UnicodeEncodeError) as problem:
        return YamlText(None, (_syntax_finding(problem, text, name),))


def _data(node: Any, text: str) -> Any:
    if _BLANK not in text:
        with suppress(TypeError, ValueError):
            return _quick(node)
    return _strict(node)


def _lost_tail(text: str, name: str) -> Finding | None:
    """Find a value that YAML cuts at `` #``: 「さくら #2号館」 would become 「さくら」 in silence."""
    cuts = list(_CUT.finditer(text)) if " #" in text or "\t#" in text else []
    if not cuts:
        return None
    scalars = [token for token in yaml.scan(text, Loader=CLoader) if isinstance(token, yaml.ScalarToken)]
    for cut in cuts:
        at = cut.start("tail")
        if not any(token.start_mark.index <= at < token.end_mark.index for token in scalars):
            line = text.count("\n", 0, at) + 1
            place = SourceLocation(name, line=line, column=at - text.rfind("\n", 0, at))
            return error("Y123", place, lost=cut["tail"].strip())
    return None


def _refusals(text: str, name: str) -> Finding | None:
    """Refuse what strict YAML leaves out: anchors, aliases, tags, hidden characters, and nesting no record needs."""
    brackets = text.count("[") + text.count("{")
    suspicious = any(sign in text for sign in "&*!\\") and _SUSPICIOUS.search(text)
    if brackets <= MAX_DEPTH and not suspicious and not _DEEP.search(text):
        return None
    depth = 0
    try:
        for event in yaml.parse(text, Loader=CLoader):
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            if depth > MAX_DEPTH:
                return error("Y106", _place(name, event.start_mark), limit=MAX_DEPTH)
            if refused := _refused_event(event, name):
                return refused
    except (yaml.YAMLError, UnicodeEncodeError) as problem:
        return _syntax_finding(problem, text, name)
    return None


def _refused_event(event: Any, name: str) -> Finding | None:
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        return error("Y104", _place(name, event.start_mark))
    if tag := getattr(event, "tag", None):
        return error("Y105", _place(name, event.start_mark), tag=tag.replace("tag:yaml.org,2002:", "!!"))
    if isinstance(event, yaml.ScalarEvent) and (hidden := _CONTROL.search(event.value)):
        return error("Y108", _place(name, event.start_mark), character=f"U+{ord(hidden[0]):04X}")
    return None


def _place(name: str, mark: Any) -> SourceLocation:
    return SourceLocation(name, line=mark.line + 1, column=mark.column + 1)


def _syntax_finding(problem: yaml.YAMLError | UnicodeEncodeError, text: str, name: str) -> Finding:
    mark = getattr(problem, "problem_mark", None)
    if mark is None:  # the text holds a character that YAML forbids; libyaml counts bytes, so it is looked for again
        hidden = _CONTROL.search(text)
        before = text[: hidden.start() if hidden else 0]
        place = SourceLocation(name, line=before.count("\n") + 1, column=len(before) - before.rfind("\n"))
        return error("Y108", place, character=f"U+{ord(hidden[0]):04X}" if hidden else "?")
    context = getattr(problem, "context_mark", None)
    mistake = explain(
        text, str(getattr(problem, "problem", "")), (mark.line, mark.column), context and (context.line, context.column)
    )
    values = {"character": mistake.character} if mistake.character else {}
    return error(mistake.code, SourceLocation(name, line=mistake.line, column=mistake.column), **values)


def _guess_encoding(raw: bytes) -> str:
    """Return the likely encoding of a Japanese text that is not UTF-8, or "" where none fits."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16"
    fitting = []
    for encoding, label in (("cp932", "Shift_JIS"), ("euc_jp", "EUC-JP")):
        try:
            decoded = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        half_width = sum(
            "\uff61" <= character <= "\uff9f" for character in decoded
        )  # EUC-JP read as Shift_JIS is full of them
        fitting.append((half_width, label))
    return min(fitting)[1] if fitting else ""


class Positions:
    """Lines and columns of the values of one text, worked out once, when the first finding asks."""

    def __init__(self, text: str) -> None:
        self._values: dict[Loc, tuple[int, int]] = {}
        self._keys: dict[Loc, tuple[int, int]] = {}
        if _refusals(text, "") is not None:
            return
        try:
            node = yaml.compose(text, Loader=CLoader)
        except (yaml.YAMLError, UnicodeEncodeError):
            return
        if node is not None:
            self._walk(node, ())

    def _walk(self, node: Any, loc: Loc) -> None:
        self._values[loc] = (node.start_mark.line + 1, node.start_mark.column + 1)
        if isinstance(node, MappingNode):
            for key_node, value_node in node.value:
                if isinstance(key_node, ScalarNode):
                    inner = (*loc, key_node.value)
                    self._keys[inner] = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
                    self._walk(value_node, inner)
        elif isinstance(node, SequenceNode):
            for index, item in enumerate(node.value):
                self._walk(item, (*loc, index))

    def of(self, loc: Loc, on_key: bool) -> tuple[int, int]:
        """Return (line, column) of a value or key; of the nearest known parent when it is absent."""
        while True:
            first, second = (self._keys, self._values) if on_key else (self._values, self._keys)
            found = first.get(loc) or second.get(loc)
            if found or not loc:
                return found or (1, 1)
            loc, on_key = loc[:-1], True


def dump(value: Any) -> str:
    """Write plain data as YAML in the house's layout (keys in given order, Japanese as it is, no line folding).

    ``read_text`` gives the same data back. Integers of more than 15 digits become text, as the reader would read them.
    Raises ValueError for a number that is not finite.
    """
    if _is_usual(value):
        return "".join(f"{line}\n" for line in _map_lines(value))
    return _dumped(value)


def _dumped(value: Any) -> str:
    text: str = yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=sys.maxsize, indent=2)
    return text


# PyYAML's emitter, in Python, takes 3 ms a record. What follows writes the same lines for maps, lists and plain words, and
# asks PyYAML for every other scalar.
_EASY = re.compile(
    r"[^\W\d_a-zA-Z][^\x00-\x1f\"#&'*:`\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]*(?<! )"  # Japanese
    r"|[a-z][a-z0-9]*(?:-[a-z0-9]+)+"  # ids; a hyphen keeps them from being a word that YAML knows
    r"|[0-9]+-[a-z]{2,}(?:-[a-z0-9]+)*"  # ids that begin with the code of a municipality
    r"|0\d{1,4}-\d{1,4}-\d{3,4}"  # telephone numbers; a day has two digits at most
    r"|https?://[-./0-9A-Z_a-z~%+=?]*[0-9A-Za-z/]"
)


_TOO_LONG = 10**15  # a number of sixteen digits would not read back as it is


def _is_usual(value: Any) -> bool:
    """Tell whether a value is a map with keys that stand on one line before their colon."""
    return isinstance(value, dict) and bool(value) and all(
        isinstance(key, str) and 0 < len(key) < 100 and key.isprintable() for key in value
    )  # fmt: skip


def _map_lines(value: dict[str, Any]) -> Iterator[str]:
    for key, inner in value.items():
        head = _head(key)
        if isinstance(inner, str):
            first, *rest = _scalar_lines(inner)
            yield f"{head} {first}" if first else head
            yield from rest
        elif _is_usual(inner):
            yield head
            yield from (f"  {line}" if line else line for line in _map_lines(inner))
        elif (
            isinstance(inner, list)
            and inner
            and all(_is_usual(item) or not isinstance(item, list | dict) for item in inner)
        ):
            yield head
            yield from _list_lines(inner)
        else:
            first, *rest = _scalar_lines(inner)
            yield f"{head} {first}" if first else head
            yield from rest


@lru_cache(maxsize=2_000)
def _head(key: str) -> str:
    return _scalar_lines(key)[0] + ":"


def _list_lines(value: list[Any]) -> Iterator[str]:
    for item in value:
        of_map = _is_usual(item)
        first, *rest = _map_lines(item) if of_map else _scalar_lines(item)
        indent = "    " if of_map else "  "  # the lines of a scalar stand two columns in already
        yield f"  - {first}"
        yield from (indent + line if line else line for line in rest)


def _scalar_lines(value: Any) -> tuple[str, ...]:
    """Return a scalar, or anything unusual, as the lines that stand behind a key; those after the first are indented."""
    if isinstance(value, str):
        if _EASY.fullmatch(value):
            return (value,)
        return (f'"{value}"',) if value.isascii() and _WHOLE.fullmatch(value) else _text_lines(value)
    if isinstance(value, bool):
        return ("true" if value else "false",)
    if isinstance(value, int) and abs(value) < _TOO_LONG:
        return (str(value),)
    if isinstance(value, float) and math.isfinite(value):
        return (_fixed(value),)
    return tuple(_dumped({"k": value}).removeprefix("k:").lstrip(" ").removesuffix("\n").split("\n"))


@lru_cache(maxsize=20_000)
def _text_lines(value: str) -> tuple[str, ...]:
    return tuple(_dumped({"k": value}).removeprefix("k: ").removesuffix("\n").split("\n"))


class _Dumper(yaml.SafeDumper):
    def increase_indent(self, flow: bool = False, indentless: bool = False) -> Any:  # noqa: ARG002 - PyYAML passes it
        return super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - the same value twice is written twice, never as &id001
        return True


def _text(dumper: Any, value: str) -> Any:
    """Quote text that the strict reader would take for a number, a flag or nothing; a long text becomes a block."""
    style = None
    if re.search("[\x85\u2028\u2029]", value) or any(pattern.match(value) for pattern in _RESOLVERS.values()):
        style = '"'  # the three are line breaks to YAML and would come back as \n
    elif "\n" in value:
        style = "|"
    return dumper.represent_scalar(_TEXT, value, style=style)


def _integer(dumper: Any, value: int) -> Any:
    if abs(value) >= _TOO_LONG:
        return _text(dumper, str(value))
    return dumper.represent_scalar("tag:yaml.org,2002:int", str(value))


def _decimal(dumper: Any, value: float) -> Any:
    if not math.isfinite(value):
        raise ValueError(value)
    return dumper.represent_scalar("tag:yaml.org,2002:float", _fixed(value))


def _fixed(value: float) -> str:
    fixed = format(Decimal(repr(value)), "f")  # 1e-05 is text to the strict reader
    return fixed if "." in fixed else fixed + ".0"


_WHOLE = _RESOLVERS["tag:yaml.org,2002:int"]
_TEXT = "tag:yaml.org,2002:str"
# 2026-11-24 is text to the strict reader, with and without quotes; people write it without.
_Dumper.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in known if not tag.endswith(":timestamp")]
    for first, known in yaml.SafeDumper.yaml_implicit_resolvers.items()
}
_Dumper.add_representer(str, _text)
_Dumper.add_representer(int, _integer)
_Dumper.add_representer(float, _decimal)
