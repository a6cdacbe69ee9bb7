"""Ids that records had: what became of them, from the history that git keeps and from the ledger ``resources/ids.txt``.

An id is printed as a QR code and linked from elsewhere, so it is never given to another place, and its address never ends in a 404.
Git knows every id that was published. The ledger is for sites without (complete) history: it has one id per line, and ``gone``
behind an id that was given up on purpose. Names are never in the ledger: it must hold nothing that somebody may want removed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from tsunagite.engine.git import GitHistory, Replaced, history_of
from tsunagite.engine.memo import memo
from tsunagite.findings import Finding, SourceLocation, error
from tsunagite.records.load.tree import RecordFile, raw_file, sort_of
from tsunagite.records.model.resource import Resource
from tsunagite.records.yaml.reader import read_bytes
from tsunagite.text.names import address_key, name_key
from tsunagite.text.phones import plain_phone

LEDGER = "resources/ids.txt"
GONE = "gone"
_LINE = re.compile(rf"(?P<id>[a-z0-9]+(?:-[a-z0-9]+)*)(?P<gone>[ \t]+{GONE})?")
_NAMING = re.compile(rb"^[ \t]*(?:-[ \t]+)?(?:id|name)[ \t]*:.*$", re.MULTILINE)
"""The lines of a file that an id or a name stands in: where they are the same, no record went and none has another name."""
_WITHOUT_PAGE = {"status": ("declined", "掲載辞退"), "visibility": ("print_only", "印刷物のみ")}
_ALIKE = 0.5
"""From this share of common characters on, two names may be one that was written otherwise (``difflib``)."""


@dataclass(frozen=True)
class Identity:
    """What a record is known by. Texts are compared by their keys (``text.names``)."""

    name: str
    names: frozenset[str]
    marks: frozenset[str]
    """Its organisation, its numbers in other registers, its rows in lists: one in common, and two records are of one place."""
    phones: frozenset[str]
    address: str

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Identity:
        """Return what a record as it is written is known by."""
        location, numbers = _table(data.get("location")), _table(data.get("external_ids"))
        rows = [f"{row.get('source')} {row.get('row')}" for row in _tables(data.get("sources")) if row.get("row")]
        phones = (str(row.get("number") or "") for row in _tables(data.get("phones")))
        return cls(
            str(data.get("name") or ""),
            frozenset(name_key(str(name)) for name in (data.get("name") or "", *(data.get("alt_names") or ()))),
            frozenset(
                filter(
                    None,
                    (str(data.get("organization") or ""), *(f"{key} {value}" for key, value in numbers.items()), *rows),
                )
            ),
            frozenset(plain_phone(number) for number in phones if number),
            address_key(str(location.get("address") or "")),
        )

    def is_other_than(self, other: Identity) -> bool:
        """Tell whether two records are certainly of different places: no name alike, and of what both say nothing in common."""
        if self.marks & other.marks or any(_alike(one, two) for one in self.names for two in other.names):
            return False
        compared = [
            (self.phones, other.phones),
            (frozenset(filter(None, [self.address])), frozenset(filter(None, [other.address]))),
        ]
        known = [(one, two) for one, two in compared if one and two]
        return bool(known) and not any(one & two for one, two in known)


@dataclass(frozen=True)
class PastRecord:
    """A record that a commit, or the work tree, removed, or whose id it gave to another place. ``revision`` is the last one that has it."""

    id: str
    file: str
    revision: str
    identity: Identity
    may_be_named: bool
    """Whether its name may still be shown: it came from a public list, and nobody's consent was behind it."""
    is_lost: bool


@dataclass(frozen=True)
class PastIds:
    """What is known of earlier ids. ``is_partial``: only a part of the history is at hand, and no ledger."""

    records: tuple[PastRecord, ...] = ()
    """Newest first."""
    ledger: Mapping[str, SourceLocation] | None = None
    """Every id of the ledger with its place; None where there is no ledger."""
    given_up: frozenset[str] = frozenset()
    """Those of the ledger that were given up on purpose."""
    is_partial: bool = False


def read_past_ids(root: Path, *, with_history: bool) -> tuple[PastIds, list[Finding]]:
    """Return what is known of earlier ids of the site in ``root``; git is asked only ``with_history``."""
    ledger, given_up, findings = _read_ledger(root)
    history = history_of(root) if with_history else None
    if history is None:
        return PastIds((), ledger, given_up), findings
    records = (*past_records(history.uncommitted("resources")), *memo(committed_records)(history).value)
    return PastIds(records, ledger, given_up, history.is_shallow and ledger is None), findings


def committed_records(history: GitHistory) -> tuple[PastRecord, ...]:
    """Return the records that commits removed, and those whose id a commit gave to another place."""
    return tuple(past_records(history.committed("resources")))


def past_records(replaced: Iterable[Replaced]) -> Iterator[PastRecord]:
    """Yield the records that are not in the later version of their file, and those that are of another place there."""
    for one in replaced:
        if not _holds_resources(one.path) or (
            one.now is not None and _NAMING.findall(one.before) == _NAMING.findall(one.now)
        ):
            continue
        now = {} if one.now is None else _written(one.path, one.now)
        for record_id, data in _written(one.path, one.before).items():
            if record_id in one.added or not _had_page(data):
                continue
            identity = Identity.of(data)
            if record_id not in now or Identity.of(now[record_id]).is_other_than(identity):
                yield PastRecord(
                    record_id,
                    one.path,
                    one.last_revision,
                    identity,
                    bool(data.get("sources")) and not data.get("consent"),
                    record_id not in now,
                )


def _holds_resources(path: str) -> bool:
    below = path.removeprefix("resources/")
    return (
        below.lower().endswith((".yml", ".yaml"))
        and "/" in below
        and sort_of(below) == "resource"
        and "/snapshots/" not in f"/{below}"
        and not below.startswith("worksheets/")
    )


def _written(path: str, content: bytes) -> dict[str, dict[str, Any]]:
    """Return the records of a file by id; none of one that cannot be read."""
    raw = raw_file(RecordFile(path, "resource", ""), read_bytes(content, len(content), path))
    return {
        str(one.data["id"]): one.data
        for one in raw.records
        if isinstance(one.data, dict) and isinstance(one.data.get("id"), str)
    }


def _had_page(data: Mapping[str, Any]) -> bool:
    return not data.get("sample") and not any(data.get(key) in values for key, values in _WITHOUT_PAGE.items())


def _read_ledger(root: Path) -> tuple[Mapping[str, SourceLocation] | None, frozenset[str], list[Finding]]:
    path = root / LEDGER
    if not path.is_file():
        return None, frozenset(), []
    ids: dict[str, SourceLocation] = {}
    given_up, findings = set(), []
    for number, line in enumerate(path.read_bytes().decode("utf-8-sig", "replace").splitlines(), 1):
        place = SourceLocation(LEDGER, line=number, column=1)
        if not line.strip() or line.startswith("#"):
            continue
        if (match := _LINE.fullmatch(line.strip())) is None:
            findings.append(error("R111", place, line=line.strip()[:60]))
            continue
        ids.setdefault(match["id"], place)
        if match["gone"]:
            given_up.add(match["id"])
            ids[match["id"]] = place
    return ids, frozenset(given_up), findings


def longer_ledger(root: Path, live: Iterable[str]) -> str:
    """Return the text of a ledger that lacks ids of records, with these ids; "" where there is no ledger, or where it lacks none."""
    ledger, given_up, _ = _read_ledger(root)
    return "" if ledger is None or ledger.keys() >= set(live) else ledger_text({*ledger, *live}, given_up)


def ledger_text(live: Iterable[str], given_up: Iterable[str]) -> str:
    """Return the text of a ledger: a line for each id, in order, so that two branches seldom meet in one place."""
    gone = set(given_up)
    lines = [f"{one} {GONE}" if one in gone else one for one in sorted({*live, *gone})]
    return "\n".join([*_ABOUT, *lines, ""])


_ABOUT = (
    "# 使ったことのある ID の控えです。tsunagite ids --write が書きます。行を消したり、ID を使い回したりしません。",
    f"# ID のうしろの {GONE} は、わかっていて記録をなくした ID です。そのページは「登録はなくなりました」と知らせます。",
)


def identity_of(resource: Resource) -> Identity:
    """Return what a record of today is known by."""
    return Identity.of(
        resource.model_dump(
            mode="json", include={"name", "alt_names", "organization", "external_ids", "sources", "phones", "location"}
        )
    )


def _alike(one: str, two: str) -> bool:
    return bool(one and two) and (
        one in two or two in one or SequenceMatcher(None, one, two, autojunk=False).ratio() >= _ALIKE
    )


def _table(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _tables(value: object) -> list[Mapping[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, (list, tuple)) else []
