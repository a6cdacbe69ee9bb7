"""Open data: what may be given away goes out whole, safe, valid and under its licence; it comes back in the same."""

import csv
import io
import json
import re
import unicodedata
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import jsonschema
import pytest
import typer.testing
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from csv_text import table_of
from small_site import TODAY, resource, site_view
from tsunagite.check.load import load
from tsunagite.cli import app as cli
from tsunagite.engine.artifact import Artifact, Page
from tsunagite.engine.assemble import Views, assemble
from tsunagite.engine.products import product
from tsunagite.findings import SourceLocation
from tsunagite.importing.detect.recognise import match_form
from tsunagite.importing.draft import Draft
from tsunagite.importing.forms.read import forms
from tsunagite.importing.mapping.table import column_findings, read
from tsunagite.importing.tables.table_file import grid_of
from tsunagite.opendata import standard_forms
from tsunagite.opendata.files import csv_files, data_files, file_names
from tsunagite.opendata.hsds import services
from tsunagite.opendata.standard_forms import cells, rows_of
from tsunagite.opendata.view import OpenDataView
from tsunagite.records.model.source import Source
from tsunagite.spreadsheets.csv_text import csv_bytes
from tsunagite.text.dates import parse_time

HSDS = yaml.safe_load((Path(__file__).parent / "hsds_fields.yml").read_text(encoding="utf-8"))
TYPES: dict[str, dict[str, Any]] = {
    "text": {"type": "string"},
    "number": {"type": "number"},
    **{form: {"type": "string", "format": form} for form in ("uuid", "uri", "email", "date-time")},
}


def hsds_schema(name: str) -> dict[str, Any]:
    """The JSON Schema of one HSDS object and of what it holds. Unlike the published one it knows no other keys: nobody would read them."""
    return {"$defs": {one: _object(fields) for one, fields in HSDS.items()}, "$ref": f"#/$defs/{name}"}


def _object(fields: dict[str, Any]) -> dict[str, Any]:
    properties: dict[str, Any] = {}
    for key, value in fields.items():
        if key in TYPES:
            properties |= dict.fromkeys(value, TYPES[key])
        elif key == "one":
            properties |= {field: {"$ref": f"#/$defs/{inner}"} for field, inner in value.items()}
        elif key == "many":
            properties |= {
                field: {"type": "array", "items": {"$ref": f"#/$defs/{inner}"}} for field, inner in value.items()
            }
        elif key != "required":
            properties[key] = {"enum": value["words"]}
    return {"type": "object", "properties": properties, "required": fields["required"], "additionalProperties": False}


@pytest.fixture(scope="module")
def demo() -> Views:
    return assemble(load(Path(__file__).parents[2], TODAY).directory, TODAY)


@pytest.fixture(scope="module")
def demo_data(demo: Views) -> OpenDataView:
    return OpenDataView.of(demo.directory, TODAY)


def unframed(page: Page) -> Artifact:
    return Artifact(f"{page.path}index.html", page.body.encode())


def table(content: bytes, encoding: str = "utf-8-sig") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(encoding), newline="")))


def small(folder: Path, *records: dict[str, Any], licence: str = "CC BY 4.0") -> Views:
    """A site whose own records are under a licence, with one list under another."""
    source = {
        "id": "list", "name": "一覧", "owner": "見本市", "licence": "要問い合わせ", "credit": "見本市", "data_date": "2026-01-01", "file": "files/x.csv",
        "into": "clubs", "id_rule": {"prefix": "x", "number": "番号"}, "columns": {"名前": "name"},
    }  # fmt: skip
    own = {"licence": licence, "credit": "見本市の案内"} if licence else {}
    site = {"name": "案内", "municipality": "見本市", "prefecture": "見本県", **own}
    return site_view(folder, *records, sources__list=source, site=site)


def test_what_may_not_be_given_away_is_left_out_and_counted(tmp_path: Path) -> None:
    site = small(
        tmp_path,
        resource("shown", memo="内緒の覚え書き"),
        resource("made-up", sample=True, phones=[{"number": "087-000-0001"}]),
        resource("kept-back", visibility="オープンデータに出さない"),
        resource("agreed", consent={"basis": "written", "scope": ["web", "print"], "on": "2026-01-01"}),
        resource("agreed-all", consent={"basis": "written", "scope": ["web", "opendata"], "on": "2026-01-01"}),
        resource("of-a-list", sources=[{"source": "list", "row": "1"}]),
    )
    view = OpenDataView.of(site.directory, TODAY)
    assert sorted(record.id for record in view.records) == ["agreed-all", "shown"]
    assert [(out.reason[:6], out.count) for out in view.left_out] == [
        ("作りものの見", 1),
        ("オープンデー", 1),
        ("本人や団体の", 1),
        ("もとの一覧の", 1),
    ]
    made = {one.path: one.content.decode("utf-8-sig") for one in product("open_data").make(site, unframed)}
    page = made["opendata/index.html"]
    assert "のせている 6件のうち" in page
    assert page.count("1件</strong>") == 4
    for path, text in made.items():
        assert not re.search("内緒|made-up|kept-back|of-a-list|087-000-0001", text), path
    catalogue = json.loads(made["opendata/catalog.json"])
    assert [one["credit"] for one in catalogue["licences"]] == ["見本市の案内"]
    assert {one["records"] for one in catalogue["dataset"] if one["title"] == "すべての記録"} == {2}


def test_a_site_without_a_licence_of_its_own_gives_nothing_of_its_own_away(tmp_path: Path) -> None:
    site = small(tmp_path, resource("shown"), licence="")
    made = {one.path: one.content.decode() for one in product("open_data").make(site, unframed)}
    assert sorted(made) == ["opendata/catalog.json", "opendata/index.html"]
    assert "いまは、配れる記録がありません。" in made["opendata/index.html"]
    assert "利用条件をまだ決めていないもの" in made["opendata/index.html"]


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\x00")), min_size=1, max_size=4))
@settings(max_examples=80)
def test_no_cell_of_a_csv_is_computed_and_none_is_lost(texts: list[str]) -> None:
    content, _ = csv_bytes([str(i) for i in range(len(texts))], [texts])
    cells = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))[1]
    assert [
        cell.removeprefix("'") if not text.startswith("'") else cell for cell, text in zip(cells, texts, strict=True)
    ] == texts
    assert not any(
        cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))
        and not re.fullmatch(r"[-+]?\d+(\.\d+)?", cell)
        for cell in cells
    )


@pytest.mark.parametrize("formula", ["=1+1", "＝1+1", "＋cmd", "－2+3", "＠SUM(A1)", "\n=1"])
def test_a_formula_is_text_in_a_csv_whatever_the_width_of_its_sign(formula: str) -> None:
    content, _ = csv_bytes(["名前"], [[formula]])
    assert list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))[1] == [f"'{formula}"]


def test_decomposed_texts_are_composed_before_cp932_and_a_choice_of_glyph_is_dropped() -> None:
    content, misfits = csv_bytes(
        ["名前"], [[unicodedata.normalize("NFD", "デイサービス がんばろう")], ["葛\U000e0100城会館"]], "cp932"
    )
    assert content.decode("cp932").splitlines() == ["名前", "デイサービス がんばろう", "葛城会館"]
    assert misfits == []


def test_cp932_tells_what_does_not_fit() -> None:
    content, misfits = csv_bytes(["名前", "緯度"], [["髙橋〜𠮷田☕", -34.5], ["ふつう", None]], "cp932")
    assert content.decode("cp932") == "名前,緯度\r\n髙橋～〓田〓,-34.5\r\nふつう,\r\n"
    assert [(found.row, found.column, found.character) for found in misfits] == [(2, "名前", "𠮷"), (2, "名前", "☕")]


def test_the_same_records_give_the_same_files(demo: Views, demo_data: OpenDataView) -> None:
    assert [file.name for file in data_files(demo_data)] == list(file_names(demo_data))
    first, again = data_files(demo_data), data_files(OpenDataView.of(demo.directory, TODAY))
    assert [file.content for file in first] == [file.content for file in again]


def test_the_demonstration_gives_away_what_it_may(demo: Views, demo_data: OpenDataView) -> None:
    files = {file.name: file for file in data_files(demo_data)}
    assert len(demo_data.records) + sum(out.count for out in demo_data.left_out) == len(demo.directory.listed)
    rows = table(files["resources.csv"].content)
    assert len(rows) == len(demo_data.records) > 2000
    assert all(row["利用条件"] and row["出典"] for row in rows)
    assert not any(demo.directory.resources[row["ID"]].sample for row in rows)
    features = json.loads(files["resources.geojson"].content)["features"]
    assert len(features) == sum(1 for row in rows if row["緯度"])
    assert all(len(feature["geometry"]["coordinates"]) == 2 for feature in features)
    standard = [name for name in files if name.startswith("standard/")]
    assert len(standard) == len(standard_forms.forms())
    for name in standard:
        listed = table(files[name].content)
        assert {row.get("全国地方公共団体コード") or row["都道府県コード又は市区町村コード"] for row in listed} == {
            "372013"
        }


# How the columns of each form are read back, as a description in resources/sources/ would say it.
READ_BACK = {
    "名称": "name", "介護サービス事業所名称": "name", "名称_カナ": "name_kana", "介護サービス事業所名称_カナ": "name_kana",
    "所在地_連結表記": "location.address", "住所": "location.address", "建物名等(方書)": "location.building", "方書": "location.building",
    "緯度": "location.lat", "経度": "location.lng", "郵便番号": "location.postal_code", "町字ID": "location.machiaza_id",
    "電話番号": "phones", "FAX番号": "fax", "連絡先メールアドレス": "email", "URL": "url",
    "利用可能曜日": "hours.days", "診療曜日": "hours.days", "開始時間": "hours.open", "診療開始時間": "hours.open", "利用開始時間": "hours.open",
    "終了時間": "hours.close", "診療終了時間": "hours.close", "利用終了時間": "hours.close", "定員": "capacity", "収容定員": "capacity",
    "事業所番号": "external_ids.事業所番号", "診療科目": "attributes.診療科目", "病床数": "attributes.病床数",
}  # fmt: skip


@pytest.mark.parametrize("form", standard_forms.forms(), ids=lambda form: form.id)
def test_a_standard_list_read_again_says_what_the_records_say(demo_data: OpenDataView, form: Any) -> None:
    content, _ = csv_bytes(form.columns, rows_of(form, demo_data))
    found, findings = table_of(content.decode("utf-8-sig"), f"{form.id}.csv")
    assert findings == []
    assert found is not None
    columns = {title: target for title, target in READ_BACK.items() if title in form.columns}
    number = "ID" if "ID" in form.columns else "NO"
    source = Source.model_validate({
        "id": "again", "name": form.title, "owner": "市", "licence": "CC BY 4.0", "credit": "市", "data_date": "2026-01-01", "file": "x.csv", "into": "care",
        "id_rule": {"prefix": "again", "number": number}, "columns": columns, "ignore": [c for c in form.columns if c not in columns],
        "constants": {"kind": "病院"},
    })  # fmt: skip
    assert list(column_findings(found, source, SourceLocation("again.yml"))) == []
    drafts = list(read(found, source))
    records = [record for record in demo_data.records if form.holds(record)]
    assert all(isinstance(draft, Draft) for draft in drafts)
    assert len(drafts) == len(records) > 0
    for draft, record in zip(drafts, records, strict=True):
        data = draft.data  # type: ignore[union-attr]  # no row was dropped, as said above
        place = data.get("location") or {}
        assert data["name"] == record.name.strip()
        assert data.get("name_kana", "") == record.kana
        assert (place.get("lat"), place.get("lng")) == (record.place.lat, record.place.lng)
        assert "".join(place.get("address", "").split()) == "".join(record.place.address.split())
        assert place.get("building", "") == record.place.building
        first = [number for number, _, _, fax in record.phones if not fax][:1]
        assert [phone["number"] for phone in data.get("phones", []) if phone.get("type") != "fax"] == first
        if "FAX番号" in form.columns:
            faxes = [number for number, _, _, fax in record.phones if fax][:1]
            assert [phone["number"] for phone in data.get("phones", []) if phone.get("type") == "fax"] == faxes
        assert data.get("url", "") == record.url
        if record.opens and "開始時間" in form.columns:
            assert {(parse_time(span["open"]), parse_time(span["close"])) for span in data["hours"]} == {
                (record.opens, record.closes)
            }
        assert data.get("capacity") == (record.capacity if {"定員", "収容定員"} & set(form.columns) else None)


@pytest.mark.parametrize("form", standard_forms.forms(), ids=lambda form: form.id)
def test_our_lists_are_known_by_their_headers(demo_data: OpenDataView, form: Any) -> None:
    content, _ = csv_bytes(form.columns, rows_of(form, demo_data))
    grid, _ = grid_of(content.decode("utf-8-sig"), f"{form.id}.csv")
    assert grid is not None
    found = match_form([grid], forms())
    assert found is not None
    assert (found.form.id.removesuffix("s"), found.unknown) == (KNOWN_AS.get(form.id, form.id).removesuffix("s"), ())


KNOWN_AS = {"children": "child", "public": "facility"}


def test_services_are_valid_hsds(demo_data: OpenDataView, tmp_path: Path) -> None:
    full = small(
        tmp_path,
        resource(
            "full", kind="通いの場・サロン", alt_names=["さくら"], email="a@mihon.example", url="https://mihon.example/", required_docs=["保険証"],
            phones=[{"number": "087-839-2811", "extension": "12", "label": "窓口"}, {"number": "087-839-2812", "type": "fax"}],
            hours=[{"days": "火", "nth": [2, 4], "open": "9:30", "close": "10:30", "label": "体操"}, {"days": "月-金", "open": "9:00", "close": "17:00"}],
            hours_note="雨の日は休み。", eligibility={"age_min": 65, "situations": ["一人暮らし"]}, fee={"type": "実費のみ", "amount": 100, "unit": "1回"},
            languages=["英語"], access={"features": ["車いすで入れる"], "missing": ["エレベーター"]}, attributes={"運営する法人": "社会福祉法人 見本会"},
            external_ids={"法人番号": "1234567890123"}, location={"address": "見本市桜町1-2", "lat": 34.1, "lng": 134.1, "building": "2階"},
        ),
    )  # fmt: skip
    validator = jsonschema.Draft202012Validator(hsds_schema("service"), format_checker=jsonschema.FormatChecker())
    by_kind = {record.kind.id: record for record in demo_data.records}
    chosen = {record.id for record in (*by_kind.values(), *demo_data.records[::60])}
    some = replace(demo_data, chosen=tuple(one for one in demo_data.chosen if one.id in chosen))
    made = [*services(OpenDataView.of(full.directory, TODAY)), *services(some)]
    for service in made:
        assert [error.message for error in validator.iter_errors(service)] == []
    ours = made[0]
    assert [(s["freq"], s["byday"], s["opens_at"]) for s in ours["schedules"][:2]] == [
        ("MONTHLY", "2TU,4TU", "09:30"),
        ("WEEKLY", "MO,TU,WE,TH,FR", "09:00"),
    ]
    assert ours["organization"]["organization_identifiers"][0]["identifier"] == "1234567890123"
    assert ours["phones"][0]["extension"] == 12
    assert [service["id"] for service in services(OpenDataView.of(full.directory, TODAY))] == [ours["id"]]


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("phone", {"id": str(UUID(int=1)), "number": "087-000-0001", "extension": "12"}),
        ("service", {"id": str(UUID(int=1)), "name": "x", "status": "open"}),
        ("service", {"id": str(UUID(int=1)), "name": "x", "status": "active", "nmae": "y"}),
        ("service", {"id": "x-1", "name": "x", "status": "active"}),
        ("address", {"id": str(UUID(int=1)), "address_1": "高松市"}),
    ],
)
def test_a_wrong_object_would_be_seen(name: str, wrong: dict[str, Any]) -> None:
    assert list(
        jsonschema.Draft202012Validator(hsds_schema(name), format_checker=jsonschema.FormatChecker()).iter_errors(wrong)
    )


def test_the_command_writes_csv_in_the_encoding_asked_for(tmp_path: Path) -> None:
    small(tmp_path / "site", resource("shown", summary="𠮷野家の前です。"))
    runner = typer.testing.CliRunner()
    done = runner.invoke(
        cli.app,
        [
            "export",
            "--csv",
            str(tmp_path / "out"),
            "--encoding",
            "cp932",
            "--root",
            str(tmp_path / "site"),
            "--today",
            str(TODAY),
        ],
    )
    assert done.exit_code == 0, done.output
    assert "2行「ひとこと」の「𠮷」は、この文字コードにないため〓にしました" in done.output
    assert table((tmp_path / "out/resources.csv").read_bytes(), "cp932")[0]["ひとこと"] == "〓野家の前です。"
    assert runner.invoke(cli.app, ["export", "--root", str(tmp_path / "site")]).exit_code != 0
    assert {
        file.count
        for file in csv_files(OpenDataView.of(site_view(tmp_path / "none", resource("own")).directory, TODAY))
    } == {0}


@pytest.mark.parametrize(
    ("column", "label"),
    [
        ("災害種別_洪水", "洪水"),
        ("災害種別_洪水", "洪水（計画規模）"),
        ("災害種別_火山現象", "火山"),
        ("指定避難所との重複", "指定避難所"),
    ],
)
def test_what_a_list_of_shelters_says_comes_back_in_its_own_column(
    demo_data: OpenDataView, column: str, label: str
) -> None:
    for mark, cell, remark in (("○", "1", ""), ("△", "", f"{label}：△")):
        record = replace(demo_data.records[0], attributes={label: mark})
        assert (cells()[column](record, {}), cells()["備考"](record, {})) == (cell, remark)
