"""Rewriting a YAML file people wrote: new values, the same comments, order, quotes and blank lines. The one door to ruamel.

Only what is said differently is touched: ``rewritten`` compares the value a text has with the value it shall have and
changes the places where they differ. What comes out is read back by the strict reader before anybody sees it.
"""

from __future__ import annotations

import io
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError
from ruamel.yaml.resolver import VersionedResolver
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString
from ruamel.yaml.tokens import CommentToken

from tsunagite.findings import Loc
from tsunagite.records.yaml.reader import dump, read_text

_BREAKS = ("\x85", "\u2028", "\u2029")


class CannotRewriteError(Exception):
    """Raised where a text cannot be given its new value without saying something else: a person must edit it."""


def rewritten(text: str, value: Any, at: Loc = ()) -> str:
    """Return ``text`` with ``value`` in the place ``at`` (() is the whole file, ("records", 3) the fourth of a list).

    ``value`` is plain data (dicts, lists, text, numbers, flags). A key that is new goes where ``value`` has it. The same
    text comes back where nothing differs. Raises CannotRewriteError when the text is no strict YAML, has no such place,
    or would not read back as asked.
    """
    before = read_text(text, "")
    if before.findings:
        raise CannotRewriteError(before.findings[0].code)
    wanted = _put_at(before.value, value, at)
    if before.value == wanted:
        return text
    marked = text.startswith("\ufeff")
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n")
    yaml = _yaml(plain)
    try:
        tree = yaml.load(plain)
        untouched = _dumped(yaml, tree)
        tree = _sync_tree(tree, wanted)
        result = _dumped(yaml, tree)
    except (YAMLError, AttributeError, TypeError, ValueError, IndexError) as problem:
        raise CannotRewriteError(str(problem).splitlines()[0]) from problem
    if untouched != plain:  # ruamel would lay out other lines anew, too: take over only what the change brought
        result = _only_differences(plain, untouched, result)
    result = _with_lost_comments(plain, result)
    after = read_text(result, "")
    if after.findings or after.value != wanted:
        raise CannotRewriteError(after.findings[0].code if after.findings else "value")
    result = result.replace("\n", "\r\n") if "\r\n" in text else result
    return "\ufeff" + result if marked else result


def _put_at(whole: Any, value: Any, at: Loc) -> Any:
    if not at:
        return value
    step, *rest = at
    try:
        inner = _put_at(whole[step], value, tuple(rest))
    except (KeyError, IndexError, TypeError) as problem:
        raise CannotRewriteError(f"{step}") from problem
    if isinstance(whole, dict):
        return {**whole, str(step): inner}
    return [inner if index == step else item for index, item in enumerate(whole)]


def _yaml(text: str) -> YAML:
    """Return a round-trip reader that lays out lists as the text does (two more columns, or none, before the dash)."""
    yaml = YAML()
    yaml.Resolver = _DatesAreText
    yaml.preserve_quotes = True
    yaml.width = sys.maxsize
    yaml.allow_unicode = True
    yaml.allow_duplicate_keys = False
    flush = _lists_flush_with_keys(text)
    yaml.indent(mapping=2, sequence=2 if flush else 4, offset=0 if flush else 2)
    return yaml


class _DatesAreText(VersionedResolver):
    """Reads and writes 2026-11-24 as the text it is to the strict reader: without quotes, and never as a date."""

    def add_version_implicit_resolver(self, version: Any, tag: Any, regexp: Any, first: Any) -> None:
        if not str(tag).endswith(":timestamp"):
            super().add_version_implicit_resolver(version, tag, regexp, first)


def _lists_flush_with_keys(text: str) -> bool:
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    for above, line in pairwise(lines):
        if line.lstrip().startswith("- ") and above.rstrip().endswith(":") and not above.lstrip().startswith("- "):
            return len(line) - len(line.lstrip()) == len(above) - len(above.lstrip())
    return False


def _dumped(yaml: YAML, tree: Any) -> str:
    stream = io.StringIO()
    yaml.dump(tree, stream)
    return stream.getvalue()


def _sync_tree(old: Any, new: Any) -> Any:
    """Return the tree that says ``new``, made from the nodes of ``old`` wherever both say the same kind of thing."""
    if isinstance(old, CommentedMap) and isinstance(new, Mapping):
        return _synced_map(old, new)
    if isinstance(old, CommentedSeq) and isinstance(new, Sequence) and not isinstance(new, str):
        return _synced_list(old, new)
    if type(old) is type(new) and old == new:
        return old
    if isinstance(old, str) and isinstance(new, str) and old == new:
        return old
    return _node(new)


def _synced_map(old: CommentedMap, new: Mapping[str, Any]) -> CommentedMap:
    for key in [key for key in old if key not in new]:
        del old[key]
    before: str | None = None
    for key, value in new.items():
        if key in old:
            old[key] = _sync_tree(old[key], value)
        else:
            node = _node(value)
            if before is None:
                old.insert(0, key, node)
            else:
                old.insert(list(old).index(before) + 1, key, node)
                _move_lines_below(old, before, key)
        before = key
    return old


def _move_lines_below(holder: CommentedMap, before: str, key: str) -> None:
    """Let comment lines that stand between two keys stand behind the one that was put between them."""
    items, last, slot = _last(holder, before)
    token = (items.get(last) or [None] * 4)[slot]
    if token is None or isinstance(holder[key], LiteralScalarString):
        return
    own, newline, below = token.value.partition("\n")
    if not below.strip():
        return
    token.value = own + newline
    if not own:
        items[last][slot] = None
    items, last, slot = _last(holder, key)
    comment: list[Any] = [None] * (4 if slot == 2 else 2)
    comment[slot] = CommentToken("\n" + below, token.start_mark, None)
    items[last] = comment


def _last(holder: Any, key: Any) -> tuple[dict[Any, Any], Any, int]:
    """Return where ruamel keeps what stands behind a value: (comments by key, key, slot) of its innermost last part."""
    value = holder[key]
    if isinstance(value, (CommentedMap, CommentedSeq)) and value and not value.fa.flow_style():
        inner = list(value)[-1] if isinstance(value, CommentedMap) else len(value) - 1
        return _last(value, inner)
    return holder.ca.items, key, 2 if isinstance(holder, CommentedMap) else 0


def _synced_list(old: CommentedSeq, new: Sequence[Any]) -> CommentedSeq:
    """Match items that are equal, then items that stand alone between them; the rest is removed or inserted."""
    shown_old, shown_new = [_as_text(item) for item in old], [_as_text(item) for item in new]
    steps = SequenceMatcher(None, shown_old, shown_new, autojunk=False).get_opcodes()
    for tag, first, last, start, end in reversed(steps):
        if tag == "equal":
            continue
        common = min(last - first, end - start) if tag == "replace" else 0
        for index in range(last - 1, first + common - 1, -1):
            del old[index]
        for offset in range(common):
            old[first + offset] = _sync_tree(old[first + offset], new[start + offset])
        for offset in range(start + common, end):
            old.insert(first + offset - start, _node(new[offset]))
    return old


def _as_text(item: Any) -> str:
    return dump(_plain(item))


def _plain(item: Any) -> Any:
    if isinstance(item, Mapping):
        return {str(key): _plain(value) for key, value in item.items()}
    if isinstance(item, Sequence) and not isinstance(item, str):
        return [_plain(value) for value in item]
    if isinstance(item, str):
        return str(item)
    if isinstance(item, bool) or item is None:
        return item
    return float(item) if isinstance(item, float) else int(item)


def _node(value: Any) -> Any:
    """Make a node that is written as the house writes it (``yaml_file.dump``): text in quotes where it must be."""
    if isinstance(value, Mapping):
        made = CommentedMap()
        for key, inner in value.items():
            made[str(key)] = _node(inner)
        return made
    if isinstance(value, Sequence) and not isinstance(value, str):
        return CommentedSeq([_node(item) for item in value])
    if isinstance(value, str):
        if "\n" in value and not any(mark in value for mark in _BREAKS):
            return LiteralScalarString(value)
        return DoubleQuotedScalarString(value) if dump(value).startswith('"') else str(value)
    return value


def _only_differences(text: str, untouched: str, changed: str) -> str:
    """Carry the change from ``untouched`` to ``changed`` over to ``text``, line by line."""
    lines, plain, wanted = text.splitlines(True), untouched.splitlines(True), changed.splitlines(True)
    place: dict[int, int] = {}  # where a line of ``untouched`` stands in ``text``
    for block in SequenceMatcher(None, plain, lines, autojunk=False).get_matching_blocks():
        for offset in range(block.size):
            place[block.a + offset] = block.b + offset
    place[len(plain)] = len(lines)
    edits: list[tuple[int, int, list[str]]] = []
    for tag, first, last, start, end in SequenceMatcher(None, plain, wanted, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        left = place[first - 1] + 1 if first and first - 1 in place else place.get(first)
        right = place.get(last)
        if left is None or right is None:
            raise CannotRewriteError("layout")
        edits.append((left, right, wanted[start:end]))
    for left, right, new in reversed(edits):
        lines[left:right] = new
    return "".join(lines)


def _with_lost_comments(text: str, changed: str) -> str:
    """Put back comment lines that hung on a value which is gone: before the next line of the text that is still there."""
    before, after = text.splitlines(), changed.splitlines()
    left = Counter(line.strip() for line in after if line.lstrip().startswith("#"))
    for index, line in enumerate(before):
        if not line.lstrip().startswith("#"):
            continue
        if left[line.strip()]:
            left[line.strip()] -= 1
            continue
        below = (other for other in before[index + 1 :] if other.strip() and not other.lstrip().startswith("#"))
        place = next((after.index(other) for other in below if other in after), len(after))
        after.insert(place, line)
    return "\n".join(after) + "\n"
