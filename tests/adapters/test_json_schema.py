"""The schemas that editors use say the same as the models: good records pass, mistakes are underlined."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import tsunagite
from mini_sites import BAD, GOOD, findings_of
from tsunagite.adapters.json_schema import schemas, write_schemas
from tsunagite.records.load.tree import read_tree, sort_of
from tsunagite.records.load.vocabularies import built_in_vocabularies, vocabularies_of
from tsunagite.records.yaml.reader import read_file

FOLDER = Path(tsunagite.__file__).parent / "records" / "schema"
ROOT = Path(__file__).parents[2]
# What a schema cannot see: which order two values have, what is a reading, which days and times exist.
BEYOND_A_SCHEMA = {"M106", "M107", "M108", "M109", "M117", "M119", "M120", "M129", "M130", "M131"}


def validators(site: Path) -> dict[str, Any]:
    has_words = (site / "resources/vocabulary").is_dir()
    return _validators(site if has_words else None)


@cache
def _validators(site: Path | None) -> dict[str, Any]:
    vocabularies = vocabularies_of(read_tree(site))[0] if site else built_in_vocabularies()
    return {name: jsonschema.Draft202012Validator(json.loads(text)) for name, text in schemas(vocabularies).items()}


def files_of(site: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted((site / "resources").rglob("*.yml")):
        below = path.relative_to(site / "resources").as_posix()
        sheet = below.split("/")[1] if below.startswith("worksheets/") else ""
        yield f"worksheet-{sheet}" if sheet else "site" if below == "site.yml" else sort_of(below), path


def test_the_written_schemas_are_those_of_the_models_today(tmp_path: Path) -> None:
    fresh = write_schemas(tmp_path, built_in_vocabularies())
    assert {path.name: path.read_text(encoding="utf-8") for path in fresh} == {
        path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.json")
    }, "write them anew: tsunagite schema --into generator/tsunagite/records/schema"


@pytest.mark.parametrize("name", sorted(schemas(built_in_vocabularies())))
def test_a_schema_is_valid_itself_and_speaks_japanese(name: str) -> None:
    text = schemas(built_in_vocabularies())[name]
    jsonschema.Draft202012Validator.check_schema(json.loads(text))
    assert "x-vocabulary" not in text
    assert '"null"' not in text
    assert "fragile" not in text, "docstrings are for programmers"


def test_every_file_of_the_good_site_passes() -> None:
    known = validators(GOOD)
    for sort, path in files_of(GOOD):
        errors = [
            f"{list(e.absolute_path)}: {e.message}" for e in known[sort].iter_errors(read_file(path, path.name).value)
        ]
        assert errors == [], path


def test_every_built_in_vocabulary_passes() -> None:
    validator = validators(GOOD)["vocabulary"]
    for path in sorted((Path(tsunagite.__file__).parent / "records" / "vocabulary").glob("*.yml")):
        assert list(validator.iter_errors(read_file(path, path.name).value)) == []


def test_what_a_model_refuses_an_editor_underlines() -> None:
    assert {site.name: missed for site in BAD if (missed := not_underlined(site))} == {}


def not_underlined(site: Path) -> set[str]:
    """Return the files in which the model refuses something and the schema nothing."""
    found = [f for f in findings_of(site) if f.code[0] == "M" and f.code not in BEYOND_A_SCHEMA]
    refused = {
        f.place.file for f in found if f.place.file.startswith("resources/")
    }  # no editor knows a schema for heads of guides
    if not refused:
        return set()
    known = validators(site)
    known = known | {sort: known["resource"] for sort, _ in files_of(site) if sort not in known}  # a folder of no sheet
    underlined = {
        path.relative_to(site).as_posix()
        for sort, path in files_of(site)
        if not read_file(path, path.name).findings and list(known[sort].iter_errors(read_file(path, path.name).value))
    }
    return refused - underlined


def test_an_unknown_term_is_refused_and_label_id_and_alias_are_accepted() -> None:
    record = read_file(GOOD / "resources" / "clubs" / "ume-taiso.yml", "x.yml").value
    validator = validators(GOOD)["resource"]
    assert all(
        validator.is_valid({**record, "kind": kind})
        for kind in ("通いの場・サロン", "gathering_place", "サロン", "屋台")
    )
    assert not validator.is_valid({**record, "kind": "まんじゅう屋"})
    assert not validator.is_valid({"records": [{**record, "kind": "まんじゅう屋"}]})
    assert validator.is_valid({"records": [record, record]})


def test_editors_are_told_which_schema_belongs_to_which_folder() -> None:
    mapping = json.loads((ROOT / ".vscode" / "settings.json").read_text(encoding="utf-8"))["yaml.schemas"]
    assert set(mapping) == {f"generator/tsunagite/records/schema/{path.name}" for path in FOLDER.glob("*.json")}
    folders = [pattern.split("/")[1] for pattern in mapping["generator/tsunagite/records/schema/resource.schema.json"]]
    assert folders == [group.id for group in built_in_vocabularies()["kind_group"]]


def test_a_new_site_completes_fields_in_editors_without_a_command(site_folder: Path) -> None:
    ours = (ROOT / ".vscode" / "settings.json").read_text(encoding="utf-8")
    assert (site_folder / ".vscode/settings.json").read_text(encoding="utf-8") == ours.replace(
        "generator/tsunagite/records/schema/", "schema/"
    )
    assert "redhat.vscode-yaml" in (site_folder / ".vscode/extensions.json").read_text(encoding="utf-8")
    assert {path.name for path in (site_folder / "schema").iterdir()} == {path.name for path in FOLDER.glob("*.json")}
    phone = json.loads((site_folder / "schema/resource.schema.json").read_text(encoding="utf-8"))["$defs"]["Phone"][
        "properties"
    ]["number"]
    assert (phone["title"], phone["examples"]) == (
        "電話番号",
        ["087-000-0000"],
    )  # what an editor shows beside the field


def test_a_site_gets_its_schemas_in_its_own_folder(site_folder: Path, tsunagite: Any) -> None:
    before = {path: path.stat().st_mtime_ns for path in FOLDER.iterdir()}
    said = tsunagite("schema", site_folder)
    assert said.code == 0
    assert {path.name for path in (site_folder / "schema").iterdir()} == {path.name for path in before}
    assert {path: path.stat().st_mtime_ns for path in FOLDER.iterdir()} == before
