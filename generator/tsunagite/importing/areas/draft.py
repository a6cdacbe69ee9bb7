"""What ``tsunagite areas build FILES`` begins with: public tables of towns, recognised by content, become a description and copies of them in the site."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tsunagite.errors import BuildStopped, UsageError
from tsunagite.geo.outlines import Outline
from tsunagite.i18n import catalogue
from tsunagite.i18n.report import one_line
from tsunagite.importing.areas.tables import CREDITS, AreaFile, area_files, column_of, covers, features
from tsunagite.importing.areas.town_tables import ListRefused, joined, registry_table, town_table
from tsunagite.importing.detect.list_day import day_in_list
from tsunagite.records.load.boundaries import TOLERANCE_DEGREES
from tsunagite.records.load.municipalities import Municipality, area_id, of_code, of_name
from tsunagite.records.load.tree import RawTree
from tsunagite.records.yaml.reader import dump, read_file

FOLDER = "resources/areas"
UNKNOWN_LICENCE = "（利用条件を確かめてください）"
_HEAD = "# {municipality}の地区と町字を作るもとになる一覧。書き足したら `tsunagite areas build {path}` をもう一度実行します。\n# 町字がどの地区かは、2列の表（町、地区）を `tsunagite areas districts` で読むのが確かです。\n"
_DESCRIBED = ("towns", "machiaza", "positions", "boundaries", "population")
_NAMES = 8
"""Most names in one sentence."""
# Columns of 地域・年齢別人口: the standard form, and that of 高松市 (five-year classes from 0; the 14th begins at 65).
_POPULATION = {
    "name": ("地域名", "regionName"),
    "total": ("総人口", "totalPopulation"),
    "households": ("世帯数", "numberOfHouseholds"),
}
_AGES = {65: ("65-69歳の男性", "65-69歳の女性", "man14", "woman14"), 70: ("70-74歳の男性", "70-74歳の女性", "man15", "woman15"),
         75: ("75-79歳の男性", "75-79歳の女性", "man16", "woman16"), 80: ("80-84歳の男性", "80-84歳の女性", "man17", "woman17"),
         85: ("85歳以上の男性", "85歳以上の女性", "man18", "woman18")}  # fmt: skip


@dataclass(frozen=True)
class MunicipalityDraft:
    """What a person says of a municipality beside its tables; "" = as the site or the tables say. ``slug`` is the id of its area."""

    prefecture: str = ""
    name: str = ""
    slug: str = ""
    lg_code: str = ""


@dataclass(frozen=True)
class AreaDraft:
    """The description (its path below the site), every file to write, and what to tell of the files that were given."""

    path: str
    files: Mapping[str, str | bytes | None]
    lines: tuple[str, ...] = ()


@dataclass
class _Choice:
    """The files that are used, by sort, and what is told of the others."""

    used: dict[str, AreaFile] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def members_in(tree: RawTree) -> list[MunicipalityDraft]:
    """Return the municipalities of a site that is a union of several (広域連合): those whose areas lie in the area of the site. Empty for any other site."""
    settings = tree.site
    whole = str(settings.get("area") or "")
    inside = [
        raw.data
        for raw in tree.tables("area")
        if whole and raw.data.get("parent") == whole and raw.data.get("level") == "市"
    ]
    known = [(data, of_code(str(data.get("lg_code") or ""))) for data in inside]
    return [
        MunicipalityDraft(
            town.prefecture if town else str(settings.get("prefecture") or ""),
            str(data.get("name")),
            str(data.get("id")),
            str(data.get("lg_code") or ""),
        )
        for data, town in known
    ]


def draft_areas(
    root: Path, paths: Sequence[Path], said: MunicipalityDraft, tree: RawTree, language: str = "ja"
) -> AreaDraft:
    """Return the description of a municipality whose public tables are given, with copies of them. Writes nothing.

    Where ``said`` is a member of a union, a table of another member is passed over, and one that tells no municipality is refused.

    Where the site has a description already, a table of the same sort takes the place of the one it names, any other is added.
    Raises UsageError where the municipality is not known, BuildStopped with everything that is wrong with the files.
    """
    words: Mapping[str, Any] = catalogue(language)["areas"]["files"]
    union = members_in(tree)
    members = union if said in union else []
    with area_files(paths) as found:
        town = _municipality(found, said, tree)
        choice = _chosen(found, town, words, language, members)
        if not choice.refused and not {"towns", "machiaza"} & set(choice.used):
            choice.refused += [*choice.lines, words["no_towns"]]  # why none of the files will do
        if not choice.refused:
            try:
                choice.refused += _contradictions(choice.used, town, words)
            except ListRefused as refused:
                choice.refused += [one_line(finding, language) for finding in refused.findings]
        if choice.refused:
            raise BuildStopped("\n".join(choice.refused))
        return _written(root, town, choice, tree, words)


def _municipality(found: Sequence[AreaFile], said: MunicipalityDraft, tree: RawTree) -> MunicipalityDraft:
    """Complete what a person says by the settings of the site, the table of municipalities, and the one municipality that the tables speak of."""
    settings = tree.site
    name = said.name or str(settings.get("municipality") or "")
    prefecture = said.prefecture or str(settings.get("prefecture") or "")
    slug = said.slug or str(settings.get("area") or "")
    here: Mapping[str, Any] = next((raw.data for raw in tree.tables("area") if raw.data.get("id") == slug), {})
    written = said.lg_code or str(here.get("lg_code") or "")
    coded = of_code(written) if written else None
    if written and coded is None and not written.startswith("99"):  # 99 is no prefecture: samples use it
        raise UsageError(
            f"「{written}」は、市区町村の番号（全国地方公共団体コード）ではありません。→ 6けたの番号を確かめて、--code に書き直してください。"
        )
    if coded and name and not name.startswith(coded.name):
        raise UsageError(
            f"{written} は {coded.prefecture}{coded.name} の番号です。市区町村は「{name}」です。→ --code か --municipality のどちらかを直してください。"
        )
    known = coded or of_name(name, prefecture) or (None if name else _only_one(found))
    if known:
        name, prefecture = name or known.name, prefecture or known.prefecture
        slug = slug or (area_id(known) if name == known.name else "")
    told = {"--prefecture": prefecture, "--municipality": name, "--city": slug}
    missing = [option for option, value in told.items() if not value]
    if missing:
        raise UsageError(
            f"どの市町村か、わかりません。→ {'・'.join(missing)} を書くか、resources/site.yml に prefecture・municipality・area を書いてください。"
        )
    return MunicipalityDraft(prefecture, name, slug, written or (known.code if known and known.name == name else ""))


def _only_one(found: Sequence[AreaFile]) -> Municipality | None:
    """Return the municipality of the tables of towns that name one; None where they name several."""
    codes = {code for file in found if file.sort in ("towns", "machiaza") for code in file.codes}
    towns = {town.code: town for code in codes if (town := of_code(code))}
    return next(iter(towns.values())) if len(towns) == 1 else None


def _chosen(
    found: Sequence[AreaFile],
    town: MunicipalityDraft,
    words: Mapping[str, Any],
    language: str,
    members: Sequence[MunicipalityDraft],
) -> _Choice:
    """Choose one file of each sort that speaks of the municipality; tell of every other file what it is."""
    choice = _Choice()
    sorts: dict[str, list[AreaFile]] = defaultdict(list)
    for file in found:
        if file.sort in _DESCRIBED:
            sorts[file.sort].append(file)
            continue
        line = (
            "\n".join(one_line(finding, language) for finding in file.findings)
            or words["missing" if file.seems == "missing" else "unknown" if file.seems == "unknown" else "other"].format(file=file.name, seems=file.seems or words["school_district"])
        )  # fmt: skip
        (choice.refused if file.given else choice.lines).append(line)
    for sort, files in sorts.items():
        if members and (unnamed := [file.name for file in files if not file.codes and file.named is None]):
            choice.refused.append(words["whose"].format(sort=words[sort], files="、".join(unnamed)))
            continue
        fitting = [file for file in files if _speaks_of(file, town)]
        if len(fitting) > 1:
            choice.refused.append(
                words["twice"].format(sort=words[sort], files="、".join(file.name for file in fitting[:_NAMES]))
            )
        elif fitting:
            choice.used[sort] = fitting[0]
        else:
            choice.refused += [
                words["elsewhere"].format(
                    file=file.name, sort=words[sort], municipality=town.name, has=_places_of(file)
                )
                for file in files
                if not any(_speaks_of(file, member) for member in members)
            ]
    return choice


def _speaks_of(file: AreaFile, town: MunicipalityDraft) -> bool:
    if file.codes and town.lg_code:
        return any(covers(town.lg_code[:5], code) for code in file.codes)
    return file.named is None or town.name.startswith(file.named.name)


def _places_of(file: AreaFile) -> str:
    """Return the municipalities a file speaks of, as far as one sentence holds them."""
    places = [known.name if (known := of_code(code)) else code for code in sorted(file.codes)] or (
        [file.named.name] if file.named else []
    )
    unique = list(dict.fromkeys(places))
    return "、".join(unique[:_NAMES]) + ("…" if len(unique) > _NAMES else "")


def _contradictions(used: Mapping[str, AreaFile], town: MunicipalityDraft, words: Mapping[str, Any]) -> Iterator[str]:
    """Tell where two tables cannot speak of the same municipality: hardly a town in common, or most towns outside of the outline."""
    if "towns" not in used:
        return
    towns = town_table(used["towns"].path, used["towns"].name, town.name).rows
    if master := used.get("machiaza"):
        registry = registry_table(master.table, town.name) if master.table else None
        known = {row.town for row in towns}
        if (
            registry
            and registry.rows
            and len(joined(towns, registry)) - len(towns) > max(len(registry.rows), len(known)) / 2
        ):
            yield words["strangers"].format(one=used["towns"].name, other=master.name)
    if outline := used.get("boundaries"):
        drawn = [
            one["geometry"]
            for one in features(outline.path)
            if covers(town.lg_code[:5], str(one["properties"]["N03_007"]))
        ]
        points = [(row.lat, row.lng) for row in towns if row.lat is not None and row.lng is not None]
        if drawn and points:
            shape = Outline(drawn, TOLERANCE_DEGREES)
            outside = sum(not shape.holds(lat, lng) for lat, lng in points)
            if outside > len(points) / 2:
                yield words["outside"].format(
                    file=used["towns"].name,
                    outside=outside,
                    points=len(points),
                    municipality=town.name,
                    outline=outline.name,
                )


def _written(
    root: Path, town: MunicipalityDraft, choice: _Choice, tree: RawTree, words: Mapping[str, Any]
) -> AreaDraft:
    path = f"{FOLDER}/sources/{town.slug}.yml"
    before = read_file(root / path, path).value if (root / path).is_file() else {}
    before = before if isinstance(before, dict) else {}
    files: dict[str, str | bytes | None] = {}
    added: dict[str, Any] = {}
    lines = list(choice.lines)
    for sort in _DESCRIBED:
        if (file := choice.used.get(sort)) is None:
            continue
        suffix, content = file.part_of(town.lg_code[:5])
        described = before.get(sort)
        name = (
            str(described["file"]).removeprefix("../files/")
            if isinstance(described, dict) and "/" not in str(described.get("file", "/")).removeprefix("../files/")
            else f"{town.slug}_{sort}{suffix}"
        )
        files[f"{FOLDER}/files/{name}"] = content
        lines.append(words["used"].format(sort=words[sort], file=file.name))
        if described is None:
            licence, credit = CREDITS[sort]
            entry = {"file": f"../files/{name}", "licence": licence or UNKNOWN_LICENCE, "credit": credit}
            more = _population(file) if sort == "population" else {}
            if more is None:
                lines.append(words["population_undated"].format(file=file.name))
                del files[f"{FOLDER}/files/{name}"]
                continue
            added[sort] = {**entry, **more}
    if before:
        if added:
            files[path] = (root / path).read_text(encoding="utf-8-sig").rstrip("\n") + "\n" + dump(added)
    else:
        head = {"id": town.slug, "prefecture": town.prefecture, "municipality": town.name, "city": town.slug}
        files[path] = _HEAD.format(municipality=town.name, path=path) + dump({**head, **added})
        lines.append(words["drafted"].format(file=path, city=town.slug))
    if not any(raw.data.get("id") == town.slug for raw in tree.tables("area")):
        known = of_name(town.name, town.prefecture)
        reading = {"name_kana": known.reading} if known else {}
        files[f"{FOLDER}/{town.slug}.yml"] = dump(
            {
                "id": town.slug,
                "name": town.name,
                **reading,
                "level": "市",
                **({"lg_code": town.lg_code} if town.lg_code else {}),
            }
        )
    if "boundaries" not in choice.used and "boundaries" not in before:
        lines.append(words["no_outline"])
    return AreaDraft(path, files, tuple(lines))


def _population(file: AreaFile) -> dict[str, Any] | None:
    """Return how the columns of a population list are read, None where nothing tells its day."""
    if file.table is None:
        return None
    day, _ = day_in_list(file.table, Path(file.name).stem)
    if day is None:
        return None
    header = file.table.header
    columns: dict[str, Any] = {
        key: header[column]
        for key, names in _POPULATION.items()
        if (column := column_of(file.table, names)) is not None
    }
    ages = {
        start: [header[column] for name in names if (column := column_of(file.table, (name,))) is not None]
        for start, names in _AGES.items()
    }
    return {"on": day.isoformat(), **columns, "ages": {start: found for start, found in ages.items() if found}}
