"""Strings that make a bad regular expression slow: made from the pattern itself, whichever engine runs it.

A pattern that backtracks is slow on a text that nearly matches: what stands before one of its repeats, the repeated part many
times, and then a character that fits nowhere. ``pumps`` reads these parts off the pattern; ``attacks`` puts them together.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

CHOICES = 4  # samples kept of one part
ENDS = ("", "\0", "\n!")  # what stands behind the repeats: nothing, what fits nowhere, what ends a line
FIRST = 8_000  # characters: what looks slow on them is tried on more
LONG = (
    100_000  # characters; a linear pattern needs some milliseconds, a quadratic one seconds, an exponential one years
)
_CLASSES = {
    op.CATEGORY_DIGIT: "1",
    op.CATEGORY_SPACE: " ",
    op.CATEGORY_WORD: "a",
    op.CATEGORY_NOT_SPACE: "a",
    op.CATEGORY_NOT_DIGIT: "a",
    op.CATEGORY_NOT_WORD: "-",
}
_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)
_SEVERAL = 9  # a part that may stand no more often than this cannot be pumped


@dataclass(frozen=True)
class Attack:
    """A text of any length: a beginning, one part again and again, an end."""

    head: str
    body: str
    end: str

    def of(self, length: int) -> str:
        """Return the attack in about that many characters."""
        return self.head + self.body * max(1, length // len(self.body)) + self.end


def attacks(pattern: str, flags: int = 0) -> Iterator[Attack]:
    """Yield the texts on which a pattern that is not linear takes long."""
    tree = parser.parse(pattern, flags)
    heads, bodies = {""}, {*_letters(tree), *_samples(tree)}
    for before, body in _repeats(tree, [""]):
        heads.update(before)
        bodies.update(before, body, (one + other for one in before for other in body))
    for body in sorted(bodies - {""}):
        for head in sorted(heads, key=lambda one: (len(one), one))[:CHOICES]:
            for end in ENDS:
                yield Attack(head, body, end)


def _samples(tree: Any) -> list[str]:
    """Return some texts that a sequence of parts matches."""
    found = [""]
    for part in tree:
        found = _joined(found, _of_part(part))
    return found


def _joined(heads: list[str], tails: list[str]) -> list[str]:
    """Put every head before the first tail, and the first head before every tail: not all pairs, they would be too many."""
    return list(
        dict.fromkeys([*(head + tails[0] for head in heads[:CHOICES]), *(heads[0] + tail for tail in tails[:CHOICES])])
    )


def _of_part(part: tuple[Any, Any]) -> list[str]:
    kind, value = part
    found = [""]  # looks around and marks of the beginning and the end take no characters
    if kind is op.LITERAL:
        found = [chr(value)]
    elif kind in (op.ANY, op.NOT_LITERAL):
        found = ["b" if value == ord("a") else "a"]
    elif kind is op.IN:
        found = _of_set(value)
    elif kind is op.BRANCH:
        found = [text for branch in value[1] for text in _samples(branch)[:2]][: 3 * CHOICES]
    elif kind in _REPEATS:
        found = [text * max(value[0], 1) for text in _samples(value[2])] + [""] * (value[0] == 0)
    elif kind in (op.SUBPATTERN, op.ATOMIC_GROUP):
        found = _samples(_inner(part)[0])
    return found


def _of_set(members: Any) -> list[str]:
    if members[0][0] is op.NEGATE:
        return [one for one in 'a1 -あ。<("' if not any(_is_in(one, member) for member in members[1:])][:2] or ["\x01"]
    texts = []
    for kind, value in members:
        if kind is op.LITERAL:
            texts.append(chr(value))
        elif kind is op.RANGE:
            texts.append(chr(value[0]))
        elif kind is op.CATEGORY:
            texts.append(_CLASSES.get(value, "a"))
    return texts[:CHOICES]


def _is_in(character: str, member: tuple[Any, Any]) -> bool:
    kind, value = member
    if kind is op.LITERAL:
        return ord(character) == value
    if kind is op.RANGE:
        return bool(value[0] <= ord(character) <= value[1])
    return {
        op.CATEGORY_DIGIT: character.isdigit(),
        op.CATEGORY_SPACE: character.isspace(),
        op.CATEGORY_WORD: character.isalnum(),
    }.get(value, False)


def _letters(tree: Any) -> Iterator[str]:
    """Yield every single character that a pattern names: a repeat of a class may take what stands elsewhere in the pattern."""
    for part in tree:
        if part[0] in (op.LITERAL, op.IN, op.ANY, op.NOT_LITERAL):
            yield from _of_part(part)
        for inner in _inner(part):
            yield from _letters(inner)


def _inner(part: tuple[Any, Any]) -> list[Any]:
    kind, value = part
    if kind is op.BRANCH:
        return list(value[1])
    if kind is op.SUBPATTERN:
        return [value[3]]
    if kind is op.ATOMIC_GROUP:
        return [value]
    if kind in _REPEATS:
        return [value[2]]
    return [value[1]] if kind in (op.ASSERT, op.ASSERT_NOT) else []


def _repeats(tree: Any, before: list[str]) -> Iterator[tuple[list[str], list[str]]]:
    """Yield what may stand before each repeat of a pattern, and what it repeats."""
    heads = before
    for part in tree:
        if part[0] in _REPEATS and part[1][1] > _SEVERAL:
            yield heads[:CHOICES], _samples(part[1][2])[: 3 * CHOICES]
        for inner in _inner(part):
            yield from _repeats(inner, heads)
        heads = _joined(heads, _of_part(part))
