"""When record files came, and which of their fields changed when, as the history of a repository tells. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tsunagite.records.load.tree import sort_of
from tsunagite.records.model.resource import Resource
from tsunagite.records.yaml.reader import read_text as parsed

_NOT_SHOWN = frozenset({
    "id", "kana_source", "name_en", "alt_names", "summary_easy", "use_status", "use_status_reason", "contact_roles", "relations", "external_ids",
    "verified_on", "verified_by", "verify_method", "review_due", "sources", "consent", "visibility", "sample", "memo", "professional",
})  # fmt: skip
"""Fields whose change is no news: no page shows them, or they say who checked the record."""
SHOWN = tuple(name for name in Resource.model_fields if name not in _NOT_SHOWN)
"""Fields whose change is news, in their order."""
_BLOCK = re.compile(r"^(?=[^\s#-])", re.MULTILINE)


@dataclass(frozen=True)
class FileChange:
    """A change of a record file: when (seconds since 1970, UTC), and the ``SHOWN`` fields that say something else since."""

    when: int
    fields: tuple[str, ...]


@dataclass(frozen=True)
class FileHistory:
    """A record file: when it came (None: with the first records of the site), its newest commit, and its changes, newest first."""

    added: int | None
    newest: int
    changes: tuple[FileChange, ...] = ()


@dataclass(frozen=True)
class History:
    """What git knows of the record files, by their names without folder and ``.yml``.

    ``head`` is the commit it was read from, ``begun`` the time of the first records. Where there is none, ``missing``
    says why: ``none`` (no repository, or nothing committed) or ``shallow`` (only a part was fetched, and its first commit looks like a beginning).
    """

    files: Mapping[str, FileHistory] = field(default_factory=dict)
    head: str = ""
    begun: int = 0
    missing: str = "none"


@dataclass(frozen=True)
class Step:
    """What one commit did to a record file: the numbers of its content before and after, "" for none."""

    when: int
    before: str
    after: str


def steps_by_file(commits: Iterable[tuple[int, Sequence[tuple[str, str, str]]]]) -> dict[str, list[Step]]:
    """Return the steps of every file of resources, newest first. A file that was moved to another folder goes on as the same."""
    steps: dict[str, list[Step]] = {}
    for when, files in commits:
        seen: dict[str, tuple[str, str]] = {}
        for name, before, after in files:
            below = name.removeprefix("resources/")
            if (
                below.endswith(".yml")
                and "/" in below
                and sort_of(below) == "resource"
                and not below.startswith("worksheets/")
            ):
                stem = below.rpartition("/")[2].removesuffix(".yml")
                known = seen.get(stem, ("", ""))
                seen[stem] = (known[0] or before, known[1] or after)
        for stem, (before, after) in seen.items():
            if before != after:
                steps.setdefault(stem, []).append(Step(when, before, after))
    return steps


def record_history(steps: Mapping[str, Sequence[Step]], texts: Mapping[str, str], head: str) -> History:
    """Return the history. ``texts`` hold the contents of the files in those steps that are compared; other steps are no changes."""
    begun = min((found[-1].when for found in steps.values()), default=0)
    files = {}
    for stem, found in steps.items():
        changes = (
            FileChange(step.when, changed_fields(texts[step.before], texts[step.after]))
            for step in found
            if step.before in texts and step.after in texts
        )
        first = found[-1]
        added = None if first.before or first.when == begun else first.when
        files[stem] = FileHistory(added, found[0].when, tuple(change for change in changes if change.fields))
    return History(files, head, begun, "" if files else "none")


def changed_fields(before: str, after: str) -> tuple[str, ...]:
    """Return the ``SHOWN`` fields in which two texts of a record file differ. The order, quotation marks and comments are no difference."""
    old, new = dict(_blocks(before)), dict(_blocks(after))
    return tuple(name for name in SHOWN if old.get(name) != new.get(name) and _value(name, old) != _value(name, new))


def _blocks(text: str) -> Iterator[tuple[str, str]]:
    """Yield (field, its lines): a field begins at the margin."""
    for block in _BLOCK.split(text.removeprefix("\ufeff").replace("\r\n", "\n")):
        name, colon, _ = block.partition(":")
        if colon:
            yield name.strip().strip("\"'"), block


def _value(name: str, blocks: Mapping[str, str]) -> object:
    """Return what a field says; its text where that cannot be read, None where it is missing."""
    text = blocks.get(name, "")
    value = parsed(text, "").value if text else None
    if text and not isinstance(value, dict):
        return text
    return value.get(name) if isinstance(value, dict) else None
