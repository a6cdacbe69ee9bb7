"""A list without a description: what form it has, the description drafted for it, and where both go in the site."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from tsunagite.findings import Finding, SourceLocation, error, has_errors, notice, warning
from tsunagite.importing.detect.catalogue import CatalogueEntry, entry_of
from tsunagite.importing.detect.evidence import Evidence
from tsunagite.importing.detect.ids import id_rule, list_id
from tsunagite.importing.detect.list_day import day_in_list
from tsunagite.importing.detect.recognise import (
    SURE,
    Recognised,
    draft_columns,
    header_row_of,
    known_columns,
    match_form,
)
from tsunagite.importing.detect.written_draft import write_draft
from tsunagite.importing.draft import Dropped, Reason
from tsunagite.importing.events.events import EventList
from tsunagite.importing.forms.model import ListForm
from tsunagite.importing.forms.read import forms, standard_columns
from tsunagite.importing.match.again import HALF, Again, compare_with_list, knows_headers
from tsunagite.importing.snapshots import read_snapshot
from tsunagite.importing.tables.list_file import grids_in
from tsunagite.importing.tables.table_file import Grid, Table
from tsunagite.records.columns.columns import COPY, MARK
from tsunagite.records.load.municipalities import named_in, of_code
from tsunagite.records.load.records import Located
from tsunagite.records.model.base.problems import validate
from tsunagite.records.model.base.vocabulary import Vocabularies
from tsunagite.records.model.source import Source
from tsunagite.records.yaml.reader import dump, read_file, read_text
from tsunagite.records.yaml.rewrite import CannotRewriteError, rewritten
from tsunagite.text.cells import one_line
from tsunagite.text.file_names import is_japanese, readable_name, title_of
from tsunagite.text.ids import free_id
from tsunagite.text.normalize import nfkc

NEW = "new"
_SERVICES = re.compile(
    r"公衆無線LAN|フリーWi-?Fi|Wi-?Fi|無線LAN|期日前投票所|投票所|移動図書館|回収ボックス", re.IGNORECASE
)
"""Services at places that others run: their telephone is never that of the place."""
UNKNOWN_LICENCE = "（利用条件を確かめてください）"
UNKNOWN_OWNER = "（だれの一覧か、わかりません）"
_OWNERS = ("地方公共団体名",)
_OWNER_CODES = (
    "全国地方公共団体コード",
    "都道府県コード又は市区町村コード",
    "都道府県コード又は市町村コード",
    "市区町村コード",
)
_TOWNS = ("市区町村名",)


@dataclass(frozen=True)
class Said:
    """What a person says of a list beside the file itself; "" = nothing."""

    on: date
    into: str = ""
    kind: str = ""
    owner: str = ""
    licence: str = ""
    mapping: Path | None = None
    edition_of: str = ""
    """The id of the list whose next edition the file is; ``NEW`` for a list that the site has not."""
    today: date | None = None
    """The day that tells which events are over; None: that of the list."""
    is_dated: bool = True
    """Whether ``on`` is the day of the list; else it is today, and the list, its name or nobody tells its day."""
    is_trial: bool = False
    """Whether nothing will be written: then an unknown table is read by its draft, and the owner may be unknown."""
    by_draft: bool = False
    """Whether any table is read by its draft, also one of a known form."""
    is_sample: bool = False
    """Whether the list is made up: then its records are shown as such."""
    catalogue: tuple[CatalogueEntry, ...] = ()
    """What catalogues say of files."""


@dataclass(frozen=True)
class Taken:
    """A list that was understood: its description, the text of it, the file it is read from and its place in the site."""

    placed: Located[Source]
    path: Path
    files: Mapping[str, str | bytes | None] = field(default_factory=dict)
    opened: list[tuple[list[Grid], list[Finding]]] = field(default_factory=list)
    """What was read of the file, with what was found in it; whoever reads the list takes it out, so that no file is read twice."""


@dataclass(frozen=True)
class Intake:
    """What became of one file: a list to import, or rows that are no records; ``findings`` say what was recognised."""

    findings: tuple[Finding, ...]
    taken: Taken | None = None
    dropped: tuple[Dropped, ...] = ()
    events: EventList | None = None
    evidence: Evidence = field(default_factory=Evidence)


def detect_list(
    path: Path, sources: list[Located[Source]], vocabularies: Vocabularies, root: Path, said: Said
) -> Intake:
    """Recognise a file and draft its description, or bring the one up to date that the site has for it. Nothing is written."""
    if (shown := readable_name(path.name)) != path.name:  # the name goes into the description
        return Intake((error("I241", SourceLocation(shown)),))
    grids, findings = read_safely(path)
    if has_errors(findings):
        return Intake(tuple(findings))
    intake = _recognise(path, grids, sources, vocabularies, root, said)
    if intake.taken:
        intake.taken.opened.append((grids, findings))
    return intake


def _recognise(  # noqa: PLR0913, PLR0917 - what is known of the file, the site and the person
    path: Path, grids: list[Grid], sources: list[Located[Source]], vocabularies: Vocabularies, root: Path, said: Said
) -> Intake:
    place = SourceLocation(path.name)
    if said.mapping:
        return _by_mapping(path, grids, said, vocabularies, place)
    if said.by_draft:
        return _by_draft(path, grids, match_form(grids, forms()), vocabularies, said)
    known, doubt = _list_of_file(path, grids, sources, root, said)
    if doubt:
        return Intake((doubt,))
    if known:
        return _newer(path, known, root, said, sources)
    return _by_form(path, grids, sources, vocabularies, said)


def _by_form(
    path: Path, grids: list[Grid], sources: list[Located[Source]], vocabularies: Vocabularies, said: Said
) -> Intake:
    place = SourceLocation(path.name)
    found = match_form(grids, forms())
    if all(row.is_blank for row in (found.table.rows if found else grids[0].rows[1:])):
        return Intake((error("I227", place),))
    if found is None or _is_doubtful(found):
        return (
            _by_draft(path, grids, found, vocabularies, said)
            if said.is_trial
            else Intake((_why_unknown(path, grids, found),))
        )
    values = {"form": found.form.name, "percent": round(found.share * 100), "file": path.name}
    if found.form.becomes == "events":
        head = _head(path, found.form, found.table, set(), said)
        if not head["owner"] and not said.is_trial:
            return Intake((error("I211", place, file=path.name),))
        licence = head["licence"] if head["licence"] != UNKNOWN_LICENCE else "利用条件を確認中"
        told = [warning("I186", place, file=f"resources/events/{head['id']}.yml")] if licence != head["licence"] else []
        events = EventList(
            head["id"],
            head["name"],
            path.name,
            found.table,
            head["owner"],
            licence,
            _day(said, path, found.table),
            max(said.on, said.today or said.on),
        )
        return Intake((notice("I189", place, **values), *told), events=events, evidence=_evidence_of(path, found, said))
    if found.form.becomes != "records":
        dropped = (Dropped(row.number, "", Reason.NOT_A_RESOURCE, found.form.name) for row in found.table.rows)
        return Intake(
            (warning("I185", place, form=found.form.name),),
            dropped=tuple(dropped),
            evidence=_evidence_of(path, found, said),
        )
    intake = _draft_description(path, found, sources, vocabularies, said)
    return Intake(
        (notice("I189", place, **values), *intake.findings), intake.taken, evidence=_evidence_of(path, found, said)
    )


def _evidence_of(path: Path, found: Recognised, said: Said) -> Evidence:
    """Return why a table was taken for one of its form, and where its owner and its day stand."""
    named = sum(1 for header in found.table.header if header.strip())
    signs = tuple(one_line(header) for header in found.table.header if found.is_sign(header))
    return Evidence(found.form.name, named - len(found.unknown), named, signs, owner_from=_owner_from(said, found.form, found.table, path),
                    day_from=_day_from(said, found.table, path))  # fmt: skip


def _owner_from(said: Said, form: ListForm | None, table: Table, path: Path) -> str:
    if said.owner:
        return "said"
    found = owner_in(table, path)[1]
    return "form" if form and form.owner else found or ("catalogue" if _entry(said, path).owner else "")


def _day_from(said: Said, table: Table, path: Path) -> str:
    return "said" if said.is_dated else day_in_list(table, path.stem, _entry(said, path).day)[1]


def _is_doubtful(found: Recognised) -> bool:
    """Tell whether a table has the signs of a form, but mostly columns that the form does not know."""
    return found.form.becomes == "records" and found.share < SURE


def _why_unknown(path: Path, grids: list[Grid], found: Recognised | None) -> Finding:
    """Say why a table is of no known form: none has its headers, or one has too few of them."""
    if found is None:
        table = grids[0].table(header_row_of(grids[0]))
        return error(
            "I187", SourceLocation(path.name), headers=[h for h in table.header if h.strip()][:20], file=path.name
        )
    values = {"form": found.form.name, "percent": round(found.share * 100), "file": path.name}
    return error("I188", SourceLocation(path.name), unknown=list(found.unknown)[:20], **values)


def _by_draft(
    path: Path, grids: list[Grid], found: Recognised | None, vocabularies: Vocabularies, said: Said
) -> Intake:
    """Read a table of no known form by the draft of its description, to show what would become of it."""
    grid, text = drafted(path, grids, found, said)
    table = grid.table(found.table.header_row if found else header_row_of(grid))
    written = read_text(text, path.name).value
    if not isinstance(written, dict):  # two columns with one name, or one without: no description can name them
        return Intake((_why_unknown(path, grids, None),))
    data = _head(path, None, table, set(), said) | written | {"file": f"files/{path.name}"}
    intake = _validate_description(path, data, vocabularies, said)
    known = sum(not target.startswith("attributes.") for target in data.get("columns", {}).values())
    evidence = Evidence("", known, sum(1 for header in table.header if header.strip()), (), owner_from=_owner_from(said, None, table, path),
                        day_from=_day_from(said, table, path))  # fmt: skip
    told = [_why_unknown(path, grids, found)] if found and _is_doubtful(found) else []
    told.append(notice("I217", SourceLocation(path.name), file=path.name))
    return Intake((*told, *intake.findings), intake.taken, evidence=evidence)


def read_safely(path: Path) -> tuple[list[Grid], list[Finding]]:
    """Read the rows of a file a person named; a link and a table of one column with another separator are refused."""
    name = readable_name(path.name)
    if path.is_symlink():
        return [], [error("I184", SourceLocation(name))]
    grids, findings = grids_in(path, name)
    if any(grid.sheet == COPY and grid.rows[0].cells[0] == MARK for grid in grids):
        return [], [error("B120", SourceLocation(name), file=name)]
    for grid in grids:
        header = grid.rows[0].cells if grid.rows else ()
        if len(header) == 1 and (separator := next((one for one in "\t;" if one in header[0]), "")):
            shown = {"\t": "Tab", ";": ";"}[separator]
            return [], [error("I183", SourceLocation(name, line=1, column=1), separator=shown)]
    return grids, findings


@dataclass(frozen=True)
class _Known:
    """A list of the site, and how a file fits it."""

    placed: Located[Source]
    again: Again
    header_row: int
    same_title: bool
    table: Table


def _list_of_file(
    path: Path, grids: list[Grid], sources: list[Located[Source]], root: Path, said: Said
) -> tuple[_Known | None, Finding | None]:
    """Return the list whose next edition a file is, or a question where its rows and its name do not say the same."""
    if said.edition_of == NEW or not grids:
        return None, None
    compared_with = [_compare_with_list(path, grids, placed, root) for placed in sources]
    if said.edition_of:
        chosen = next((one for one in compared_with if one.placed.record.id == said.edition_of), None)
        unknown = error(
            "I215", SourceLocation(path.name), id=said.edition_of, known=[one.record.id for one in sources][:20]
        )
        return (chosen, None) if chosen else (None, unknown)
    form = match_form(grids, forms())
    headers = [one_line(header) for header in form.table.header] if form and form.share >= SURE else []
    signs = [header for header in headers if form and {header, form.known.get(header)} & set(form.form.signs)]
    fitting = [
        one
        for one in compared_with
        if one.again.is_the_list and (one.same_title or knows_headers(one.placed.record, signs))
    ]
    whole = [one for one in compared_with if one.same_title and not one.again.absent and not one.again.renamed]
    first = [
        one for one in whole if read_snapshot(root, one.placed.record.id)[0].is_empty
    ]  # described, not imported yet
    best = max(fitting or first, key=lambda one: (one.same_title, one.again.shared, one.again.columns), default=None)
    rivals = [one for one in fitting if one is not best and best is not None and not best.same_title]
    doubtful = rivals or (
        [] if best else [one for one in compared_with if one.again.shared > HALF and one.same_title] or whole
    )
    if doubtful:
        lists = [f"{one.placed.record.name}（{one.placed.record.id}）" for one in ([best] if best else []) + doubtful]
        values = {
            "lists": lists,
            "percent": round(doubtful[0].again.shared * 100),
            "file": path.name,
            "id": doubtful[0].placed.record.id,
        }
        return None, error("I214", SourceLocation(path.name), **values)
    return best, None


def _compare_with_list(path: Path, grids: list[Grid], placed: Located[Source], root: Path) -> _Known:
    source = placed.record
    snapshot, _ = read_snapshot(root, source.id)
    grid = next(
        (one for one in grids if one.sheet == source.sheet), next((one for one in grids if not one.hidden), grids[0])
    )
    rows = [source.header_row, header_row_of(grid)] if len(grid.rows) >= source.header_row else [header_row_of(grid)]
    found = [(compare_with_list(grid.table(row), source, snapshot), row) for row in dict.fromkeys(rows)]
    again, row = max(found, key=lambda one: (one[0].columns, one[0].shared))
    return _Known(placed, again, row, title_of(Path(source.file).stem) == title_of(path.stem), grid.table(row))


def _newer(path: Path, known: _Known, root: Path, said: Said, sources: list[Located[Source]]) -> Intake:
    placed, place = known.placed, SourceLocation(path.name)
    described = root / placed.place.file
    text = described.read_bytes().decode("utf-8")
    name = f"files/{path.name}"
    data = read_file(described, placed.place.file).value
    content, last = path.read_bytes(), described.parent / placed.record.file
    is_same = "*" not in placed.record.file and last.is_file() and last.read_bytes() == content
    day = _day(said, path, known.table) or (
        placed.record.data_date if is_same else None
    )  # the same file is of the same day
    data = {**data, "file": name, "data_date": day.isoformat() if day else None, **_moved_columns(data, known)}
    try:
        changed = rewritten(text, {key: value for key, value in data.items() if value not in ([], {}, None)})
    except CannotRewriteError as problem:
        return Intake((error("I172", placed.place, detail=str(problem)),))
    source = Source.model_validate(data)
    files: dict[str, str | bytes | None] = {placed.place.file: changed, f"resources/sources/{name}": content}
    others = {one.record.file for one in sources if one is not placed}
    if placed.record.file not in (name, *others) and "*" not in placed.record.file:
        files[f"resources/sources/{placed.record.file}"] = None
    told = [
        notice(
            "I189",
            place,
            form=f"{source.name}（{source.id}）",
            percent=round(known.again.columns * 100),
            file=path.name,
        )
    ]
    told += [notice("I213", place, before=before, now=now) for before, now in known.again.renamed.items()]
    told += [warning("I216", place, columns=list(known.again.absent))] if known.again.absent else []
    evidence = Evidence(
        source.name,
        round(known.again.columns * 100),
        100,
        (),
        source.id,
        known.again.shared,
        "list",
        _day_from(said, known.table, path),
    )
    return Intake(tuple(told), Taken(Located(source, placed.place, placed.folder), path, files), evidence=evidence)


def _moved_columns(data: dict[str, Any], known: _Known) -> dict[str, Any]:
    """Return the parts of a description that a new edition changes: names of columns, columns it has no more, the row of the header."""
    aliases = {key: list(names) for key, names in (data.get("aliases") or {}).items()}
    for header, now in known.again.renamed.items():
        aliases[header] = [*(name for name in aliases.get(header, ()) if name != one_line(now)), one_line(now)]
    moved: dict[str, Any] = {"aliases": aliases, "absent": list(known.again.absent)}
    return moved | ({"header_row": known.header_row} if known.header_row != data.get("header_row", 1) else {})


def _draft_description(
    path: Path, found: Recognised, sources: list[Located[Source]], vocabularies: Vocabularies, said: Said
) -> Intake:
    data = _head(path, found.form, found.table, {one.record.id for one in sources}, said) | draft_columns(found)
    if "columns" not in data:  # notes, totals and headers are no entries: no column holds anything
        return Intake((error("I227", SourceLocation(path.name)),))
    data["id_rule"] = id_rule(found.table, data["id"], data)
    if "label" not in data and (service := _SERVICES.search(nfkc(path.stem))):
        data["label"] = service[0]  # what the list says belongs to the service, not to the building that it stands in
        columns = {
            header: f"attributes.{service[0]}の電話" if target == "phones" else target
            for header, target in data["columns"].items()
        }
        data |= {
            "columns": columns,
            "no_contact_reason": f"{service[0]}のある所です。場所そのものの連絡先は、この一覧にはありません。",
        }
    if data.get("sheet") and found.table.sheet:
        data["sheet"] = found.table.sheet
    return _validate_description(path, data, vocabularies, said)


def _head(path: Path, form: ListForm | None, table: Table, taken: set[str], said: Said) -> dict[str, Any]:
    """Return the part of a description that no column decides: id, name, owner, licence, date."""
    entry = _entry(said, path)
    owner = said.owner or (form.owner if form else "") or owner_in(table, path)[0] or entry.owner
    title = title_of(path.stem)
    own_title = title_of(title.replace(owner, "").replace("【】", "")) if is_japanese(owner) else title
    return {
        "id": free_id(list_id(own_title, owner, form), taken),
        "name": own_title[:120] if is_japanese(own_title) or not form else form.name.partition("（")[0],
        "owner": owner,
        "licence": said.licence or (form.licence if form else "") or entry.licence or UNKNOWN_LICENCE,
        "credit": (form.credit if form else "") or f"{owner}（加工）",
        **({"data_date": day.isoformat()} if (day := _day(said, path, table)) else {}),
        "retrieved_on": (said.today or said.on).isoformat(),
        "file": f"files/{path.name}",
    }


def _day(said: Said, path: Path, table: Table) -> date | None:
    """Return the day of a list: what a person said, else what the list, a catalogue or the name of its file tells; None where nobody tells."""
    return said.on if said.is_dated else day_in_list(table, path.stem, _entry(said, path).day)[0]


def _entry(said: Said, path: Path) -> CatalogueEntry:
    """Return what catalogues say of a file; an empty entry where they say nothing."""
    return entry_of(path.name, said.catalogue) or CatalogueEntry()


def owner_in(table: Table, path: Path) -> tuple[str, str]:
    """Return whose list it is and the column that says so, by name or by code; ``file_name`` where only the file's name does; "" where nothing does."""
    for name in (*_OWNERS, *_OWNER_CODES, *_TOWNS):
        if name in table.header:
            index = table.header.index(name)
            values = {row.cells[index].strip() for row in table.rows if row.cells[index].strip()}
            found = {one.name for value in values if (one := of_code(value))} if name in _OWNER_CODES else values
            if len(found) == 1:
                return found.pop(), name
    of_file = named_in(path.stem)
    return (of_file.name, "file_name") if of_file else ("", "")


def _by_mapping(path: Path, grids: list[Grid], said: Said, vocabularies: Vocabularies, place: SourceLocation) -> Intake:
    mapping = said.mapping or Path()
    if not mapping.is_file():
        return Intake((error("I101", SourceLocation(mapping.name)),))
    read = read_file(mapping, mapping.name)
    if read.findings or not isinstance(read.value, dict):
        return Intake(read.findings or (error("F102", SourceLocation(mapping.name)),))
    if not grids:
        return Intake((error("I105", place),))
    table = grids[0].table(1)
    own = {key: value for key, value in (("owner", said.owner), ("licence", said.licence)) if value}
    data = _head(path, None, table, set(), said) | read.value | own | {"file": f"files/{path.name}"}
    return _validate_description(path, data, vocabularies, said)


def _validate_description(path: Path, data: dict[str, Any], vocabularies: Vocabularies, said: Said) -> Intake:
    constants = data.get("constants") or {}
    if said.is_sample:
        constants = {**constants, "sample": True}
    if said.kind:
        constants = {**constants, "kind": said.kind}
        kind = vocabularies["kind"].find(said.kind)
        data["into"] = vocabularies["kind"][kind].group if kind else data.get("into", "")
        data.pop("choose", None)
    if said.into:
        data["into"] = said.into.strip("/").rpartition("/")[2]
    if not data["owner"] and said.is_trial:
        data |= {"owner": UNKNOWN_OWNER, "credit": UNKNOWN_OWNER}
    data["constants"] = {**constants, "verify_method": "官公庁データ", "verified_by": data["owner"][:60]} | constants
    if not data["owner"]:
        return Intake((error("I211", SourceLocation(path.name), file=path.name),))
    name = f"resources/sources/{data['id']}.yml"
    ordered = {key: data[key] for key in Source.model_fields if key in data}
    ordered |= {key: value for key, value in data.items() if key not in ordered}
    source, problems = validate(Source, ordered, SourceLocation(name, line=1, column=1), {})
    if source is None:
        return Intake(tuple(problems))
    told = [warning("I186", SourceLocation(name), file=name)] if source.licence == UNKNOWN_LICENCE else []
    files: dict[str, str | bytes | None] = {name: dump(ordered), f"resources/sources/{source.file}": path.read_bytes()}
    return Intake(tuple(told), Taken(Located(source, SourceLocation(name), "sources"), path, files))


def drafted(path: Path, grids: list[Grid], found: Recognised | None, said: Said) -> tuple[Grid, str]:
    """Return the sheet to read of a table of no known form, and the text of its draft; columns of the form it is ``found`` near to come first."""
    grid = (
        next((one for one in grids if one.sheet == found.table.sheet), grids[0])
        if found
        else next((one for one in grids if not one.hidden), grids[0])
    )
    table = found.table if found else grid.table(header_row_of(grid))
    near = found if found and found.form.becomes == "records" else known_columns(standard_columns(), table)
    return grid, write_draft(_head(path, None, table, set(), said), near, said.into, said.kind)


def draft_text(path: Path, said: Said) -> tuple[str, tuple[Finding, ...]]:
    """Return a description of an unknown table for a person to correct, with samples of every column, or why it cannot be read."""
    grids, findings = read_safely(path)
    if has_errors(findings):
        return "", tuple(findings)
    return drafted(path, grids, match_form(grids, forms()), said)[1], ()
