"""What an import would do with the judged rows of a list, before anything is written: new, updated, in conflict, gone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from tsunagite.findings import Finding, SourceLocation, error
from tsunagite.importing.draft import LOST, Draft, Dropped, Merged, Pair, Reason, Take
from tsunagite.importing.mapping.fields import in_model_order
from tsunagite.importing.match.absent import without_losses
from tsunagite.importing.plan.three_way import Conflict, FieldChange, Outcome, name_of, three_way
from tsunagite.importing.snapshots import Snapshot, Values, snapshot_name, snapshot_text
from tsunagite.records.load.records import Located
from tsunagite.records.load.tree import RawRecord
from tsunagite.records.model.base.problems import validate
from tsunagite.records.model.base.vocabulary import Vocabularies
from tsunagite.records.model.resource import Resource
from tsunagite.records.model.source import Source
from tsunagite.records.yaml.reader import dump
from tsunagite.records.yaml.rewrite import CannotRewriteError, rewritten
from tsunagite.records.yaml.staged_files import inside

CLOSED = "終了"
_NO_NUMBER = "もとの一覧に電話番号がのっていません。"
_NUMBER_UNREADABLE = "もとの一覧の電話番号が読み取れません。"
_CONTACTS = ("email", "form_url", "url", "organization")
_DERIVED = ("name_kana", "kana_source")


@dataclass(frozen=True)
class Held:
    """A row whose record exists without having been imported from this list; it is left as it is."""

    row: int
    id: str
    name: str


@dataclass(frozen=True)
class Update:
    """A row that says something else than last time, or a record in which people wrote something else.

    ``problems`` say why the merged record could not be written; nothing of it was then taken over.
    """

    draft: Draft
    changes: tuple[FieldChange, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    kept: tuple[str, ...] = ()
    name_before: str = ""
    problems: tuple[Finding, ...] = ()

    @property
    def id(self) -> str:
        """The id of the record."""
        return self.draft.id

    @property
    def is_renumbering(self) -> bool:
        """Whether nothing changed but the number that the row has in its list."""
        return not self.conflicts and not self.problems and all(one.path[0] == "sources" for one in self.changes)


@dataclass(frozen=True)
class Decisions:
    """A row that may be one of the known records named in ``pairs``; nothing is done before a person has said so."""

    row: int
    id: str
    name: str
    pairs: tuple[Pair, ...]
    file: str = ""


@dataclass(frozen=True)
class RemovedUpstream:
    """A record the list no longer has. ``still_in`` names lists that have it, ``into`` the record it became part of."""

    id: str
    name: str
    on: date | None
    """The day of the list; None where nobody knows it, so that nothing can be closed on it."""
    into: str = ""
    still_in: tuple[str, ...] = ()
    closed: bool = False


@dataclass(frozen=True)
class Joined:
    """A record that nobody edited, whose row is now a part of the record ``into``: its file is removed, as if both lists had come at once."""

    id: str
    name: str
    into: str


@dataclass
class Plan:
    """Every row is in exactly one list; ``files`` is text by path (None: removed), the snapshot last."""

    new: list[Draft] = field(default_factory=list)
    unchanged: list[Draft] = field(default_factory=list)
    changed: list[Update] = field(default_factory=list)
    kept: list[Update] = field(default_factory=list)
    """Rows that say what they said before, of records that people changed."""
    held: list[Held] = field(default_factory=list)
    removed: list[Held] = field(default_factory=list)
    """Rows whose record people deleted: it stays deleted."""
    asked: list[Decisions] = field(default_factory=list)
    gone: list[RemovedUpstream] = field(default_factory=list)
    joined: list[Joined] = field(default_factory=list)
    merged: list[Merged] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    files: dict[str, str | None] = field(default_factory=dict)
    before: dict[str, str] = field(default_factory=dict)
    """The text that stands in each of ``files`` now."""

    @property
    def drafts(self) -> list[Draft]:
        """Every row that is a record of the site, or becomes one."""
        return [*self.new, *self.unchanged, *(update.draft for update in (*self.changed, *self.kept))]

    @property
    def records(self) -> int:
        """How many rows are records, or wait to be one."""
        known = len(self.unchanged) + len(self.changed) + len(self.kept) + len(self.held) + len(self.removed)
        return len(self.new) + known + len(self.asked)

    @property
    def conflicts(self) -> list[tuple[str, Conflict]]:
        """Every open conflict with the id of its record."""
        return [(update.id, conflict) for update in (*self.changed, *self.kept) for conflict in update.conflicts]


@dataclass(frozen=True)
class Target:
    """The site that is written to: what stands ``here`` by id, readings of names, what people decided of conflicts."""

    root: Path
    vocabularies: Vocabularies
    here: dict[str, RawRecord]
    read_name: Callable[[str], str]
    decided: Mapping[tuple[str, str], Take] = field(default_factory=dict)
    take: Take | None = None
    close_gone: bool = False
    unread: frozenset[str] = frozenset()
    folder_of: Callable[[Draft, Source], str] = lambda _draft, source: source.into
    joining: Mapping[str, str] = field(default_factory=dict)
    """Files of records that become a part of a new record, by id: nobody edited them, and nothing refers to them."""
    texts: dict[str, str] = field(default_factory=dict)
    """Texts planned so far, by file: a file may hold several records."""

    def decide(self, record_id: str, path: tuple[str, ...]) -> Take | None:
        """Return whose value a conflict takes: as a person decided for this one, else as for all (None: it stays open)."""
        return self.decided.get((record_id, name_of(path)), self.take)

    def text_of(self, file: str) -> str:
        """Return the text of a file as it will be."""
        if file not in self.texts:
            self.texts[file] = (self.root / file).read_bytes().decode("utf-8")
        return self.texts[file]


@dataclass(frozen=True)
class Judged:
    """A list with its rows judged: what it said last time, names before of renamed rows by id, and where lost ids went."""

    placed: Located[Source]
    snapshot: Snapshot
    rows: tuple[Draft | Dropped | Merged | Decisions, ...]
    renamed: Mapping[str, str]
    gone_of: Callable[[str], RemovedUpstream]
    is_part: bool = False
    """Whether ``rows`` are some of the list only, so that a record without a row is not gone."""


def plan_list(site: Target, judged: Judged) -> tuple[Plan | None, list[Finding]]:
    """Decide of every row of a list what to write, without writing. The plan is None exactly when findings were made."""
    source, place, snapshot = judged.placed.record, judged.placed.place, judged.snapshot
    groups = site.vocabularies["kind_group"]
    if source.into not in groups.terms or not inside(site.root, site.root / "resources" / source.into):
        known = "・".join(groups.terms)
        suggestion = groups.nearest(source.into) or ""
        return None, [error("I122", place.at("into"), into=source.into, suggestion=suggestion, known=known)]
    work = _Work(site, source, Plan(), Snapshot(dict(snapshot.records), dict(snapshot.rows)), snapshot, judged.renamed)
    seen: set[str] = set()
    for row in judged.rows:
        seen.add(row.id)
        work.add(row)
        if isinstance(row, Decisions):
            seen.update(pair.first for pair in row.pairs)
    parts = {row.id: row.into for row in work.plan.merged if row.id != row.into}
    for record_id in sorted(snapshot.records):
        if record_id in parts and record_id in site.joining:
            work.join(record_id, parts[record_id])
        elif judged.is_part:
            continue
        elif record_id not in seen:
            work.gone(judged.gone_of(record_id))
        elif record_id in parts:
            work.gone(replace(judged.gone_of(record_id), into=parts[record_id], still_in=()))
    work.finish()
    return work.plan, []


@dataclass
class _Work:
    site: Target
    source: Source
    plan: Plan
    next: Snapshot
    before: Snapshot
    renamed: Mapping[str, str]

    def add(self, row: Draft | Dropped | Merged | Decisions) -> None:
        if isinstance(row, Dropped):
            self.plan.dropped.append(row)
        elif isinstance(row, Decisions):
            self.plan.asked.append(row)
        elif isinstance(row, Merged):
            self.plan.merged.append(row)
            if row.id != row.into:
                self.next.rows[row.id] = _told_by(row)
        else:
            draft = self._with_contact_reason(self._with_reading(row))
            known = row.id in self.before.records
            if not (self._compare(draft) if known else self._place_new(draft)):
                return
            self.next.rows.pop(row.id, None)

    def _with_reading(self, draft: Draft) -> Draft:
        """Suggest a reading for a name without one. What was suggested once stays, whatever dictionary is at hand now."""
        if "name_kana" in draft.data:
            return draft
        before = self.before.records.get(draft.id, {})
        kept = before.get("name") == draft.name
        reading = str(before.get("name_kana", "")) if kept else self.site.read_name(draft.name)
        if not reading:
            return draft
        data: dict[str, Any] = {}
        for key, value in draft.data.items():
            data[key] = value
            if key == "name":
                data |= {"name_kana": reading, "kana_source": "suggested"}
        return replace(draft, data=data)

    def _with_contact_reason(self, draft: Draft) -> Draft:
        """Say why a record has no contact, where neither it nor its list does."""
        data = draft.data
        reached = any(phone.get("type") != "fax" for phone in data.get("phones", ())) or any(
            key in data for key in _CONTACTS
        )
        if reached or self.source.no_contact_reason or "no_contact_reason" in data:
            return draft
        unread = (
            repair.read
            for repair in draft.repairs
            if not repair.became and self.source.columns.get(repair.column) == "phones"
        )
        reason = _NUMBER_UNREADABLE if any(any(map(str.isdigit, read)) for read in unread) else _NO_NUMBER
        return replace(draft, data=in_model_order({**data, "no_contact_reason": reason}, Resource))

    def _compare(self, draft: Draft) -> bool:
        """Merge a known row into its record; tell whether the snapshot shall know the row as it is now."""
        base = without_rows(self.before.records[draft.id])
        here = self.site.here.get(draft.id)
        if here is None:
            if draft.id in self.site.unread:
                unread = error("I171", SourceLocation(f"{draft.id}.yml"))
                self.plan.changed.append(Update(draft, problems=(unread,)))
            else:
                self.plan.removed.append(Held(draft.row, draft.id, draft.name))
            return False
        ours = without_rows(here.data)
        theirs = without_rows(_reading_kept(draft.data, base))
        if draft.parts_lost:
            theirs = in_model_order(without_losses(theirs, base), Resource)
        self.next.records[draft.id] = _with_rows(base, draft.data)
        if ours == base == theirs:
            self.plan.unchanged.append(draft)
            return True
        outcome = three_way(base, ours, theirs, lambda path: self.site.decide(draft.id, path))
        kept = tuple(map(name_of, outcome.kept))
        if not outcome.changes and not outcome.conflicts:
            if kept:
                self.plan.kept.append(Update(draft, kept=kept))
            else:
                self.plan.unchanged.append(draft)
            self.next.records[draft.id] = _with_rows(outcome.base, draft.data)
            return True
        data = theirs if ours == base else outcome.data  # nobody edited it: its values stand as in a new record
        problems = self._write(here, data) if outcome.changes else []
        update = Update(draft, tuple(outcome.changes), tuple(outcome.conflicts), kept,
                        self.renamed.get(draft.id, ""), tuple(problems))  # fmt: skip
        self.plan.changed.append(update)
        if not problems:
            self.next.records[draft.id] = _with_rows(outcome.base, draft.data)
        return not problems

    def _write(self, here: RawRecord, data: Values) -> list[Finding]:
        """Plan the new text of a record that stands in a file; return why that is not possible."""
        place = here.place
        _, problems = validate(Resource, data, place, self.site.vocabularies)
        if problems:
            return problems
        file = place.file
        text = self.site.text_of(file)
        try:
            new = dump(data) if text == dump(here.data) else rewritten(text, data, place.loc)
        except CannotRewriteError as problem:
            return [error("I172", place, detail=str(problem))]
        self.plan.before.setdefault(file, text)
        self.plan.files[file] = self.site.texts[file] = new
        return []

    def _place_new(self, draft: Draft) -> bool:
        """Plan the file of a row that is new; tell whether the snapshot shall know the row."""
        name = f"resources/{self.site.folder_of(draft, self.source)}/{draft.id}.yml"
        text, path = dump(without_rows(draft.data)), self.site.root / name
        here = self.site.here.get(draft.id)
        if here is not None and here.place.file != name:
            taken = Dropped(draft.row, draft.name, Reason.ID_TAKEN, here.place.file, id=draft.id)
            self.plan.dropped.append(taken)
            return False
        if name not in self.site.texts and (path.is_symlink() or path.exists()):
            if path.is_file() and path.read_bytes() == text.encode():  # a record written before its list had a snapshot
                self.plan.unchanged.append(draft)
                self.next.records[draft.id] = draft.data
                return True
            self.plan.held.append(Held(draft.row, draft.id, draft.name))
            return False
        self.plan.new.append(draft)
        self.plan.files[name] = self.site.texts[name] = text
        self.next.records[draft.id] = draft.data
        return True

    def join(self, record_id: str, into: str) -> None:
        """Remove the file of a record whose row went into a new record; from now on it is a row of that."""
        file = self.site.joining[record_id]
        self.plan.before[file] = self.site.text_of(file)
        self.plan.files[file] = None
        name = str(self.next.records.pop(record_id).get("name", ""))
        self.plan.joined.append(Joined(record_id, name, into))

    def gone(self, gone: RemovedUpstream) -> None:
        """Propose to close the record of a row that is gone; do it where that was asked for and nobody said otherwise."""
        here = self.site.here.get(gone.id)
        base = without_rows(self.before.records[gone.id])
        statuses = self.site.vocabularies["status"]
        before, now = (statuses.find(str(data.get("status", "open"))) for data in (base, here.data if here else base))
        if here is None or before == "closed":
            return  # deleted by people, or closed at an earlier import
        gone = replace(gone, name=str(here.data.get("name", gone.name)))
        if now not in ("open", before):
            return  # people have said what became of it
        unknown_row = any(row.why in LOST for row in self.plan.dropped)  # one of them may be the row that seems gone
        if self.site.close_gone and gone.on and not gone.still_in and not unknown_row:
            closing = {"status": CLOSED, "closed_date": gone.on.isoformat()}
            closing |= {"replaced_by": gone.into} if gone.into else {}
            outcome: Outcome = three_way(base, without_rows(here.data), {**deepcopy(base), **closing})
            if not self._write(here, outcome.data):
                self.next.records[gone.id] = _with_rows(outcome.base, self.before.records[gone.id])
                gone = replace(gone, closed=True)
        self.plan.gone.append(gone)

    def finish(self) -> None:
        """Plan the snapshot, where it says something else now."""
        text = snapshot_text(self.next)
        name = snapshot_name(self.source.id)
        path = self.site.root / name
        old = path.read_text(encoding="utf-8") if path.is_file() else ""
        if text != old and not (not old and self.next.is_empty):
            self.plan.files[name] = text


def without_rows(data: Values) -> Values:
    """Return a record without the numbers that its rows have in their lists: a list numbered anew changes no record."""
    sources = data.get("sources")
    if not isinstance(sources, list) or not any(isinstance(one, dict) and "row" in one for one in sources):
        return data
    named = [
        {key: value for key, value in one.items() if key != "row"} if isinstance(one, dict) else one for one in sources
    ]
    return {**data, "sources": [one for index, one in enumerate(named) if one not in named[:index]]}


def _with_rows(data: Values, rows: Values) -> Values:
    """Return what a list said, with the numbers by which its rows are known again."""
    numbered = rows.get("sources", ())
    sources = [
        found
        for one in data.get("sources", ())
        for found in ([row for row in numbered if row["source"] == one["source"]] or [one])
    ]
    return {**data, "sources": sources} if sources else data


def _reading_kept(theirs: Values, base: Values) -> Values:
    """Leave a suggested reading as it was where the name is the same: another dictionary is no news of the list."""
    guessed = "suggested" in (theirs.get("kana_source"), base.get("kana_source"))
    if not guessed or theirs.get("name") != base.get("name"):
        return theirs
    data = {key: value for key, value in theirs.items() if key not in _DERIVED}
    result: Values = {}
    for key, value in data.items():
        result[key] = value
        if key == "name":
            result |= {derived: base[derived] for derived in _DERIVED if derived in base}
    return result


def _told_by(row: Merged) -> Values:
    """Return what a row is known by that went into the record of another list."""
    values: Values = {"into": row.into, "row": row.data["sources"][0]["row"], "name": row.name}
    values |= {key: row.data[key] for key in ("location", "phones", "external_ids") if key in row.data}
    return values
