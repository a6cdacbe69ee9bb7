"""A list is read out of whatever it came in, or one true sentence says what the file is and what to do."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from libreoffice import converted
from tsunagite.importing.tables.list_file import list_table

CSV = "名称,住所\n見本会館,見本市本町1\n"


def zipped(members: dict[str, str | bytes]) -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return raw.getvalue()


def read(tmp_path: Path, name: str, content: str | bytes) -> tuple[list[dict[str, str]], list[str]]:
    """Return the rows of a list as objects, and the codes of what was found."""
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    table, findings = list_table(path, name)
    rows = [dict(zip(table.header, row.cells, strict=True)) for row in table.rows] if table else []
    return rows, [one.code for one in findings]


def test_the_one_list_of_a_zip_is_read(tmp_path: Path) -> None:
    rows, codes = read(
        tmp_path, "list.zip", zipped({"data/施設.csv": CSV, "data/README.txt": "説明", "__MACOSX/data/._x.csv": "x"})
    )
    assert (rows, codes) == ([{"名称": "見本会館", "住所": "見本市本町1"}], [])


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("two.zip", zipped({"a.csv": CSV, "b.csv": CSV}), "I229"),
        ("none.zip", zipped({"map.shx": "x", "photo.jpg": "x"}), "I228"),
        ("bomb.zip", zipped({"a.csv": b"0" * 60_000_000}), "I154"),
        ("list.csv", "<!DOCTYPE html>\n<html><body>404 Not Found</body></html>", "I224"),
        ("list.xlsx", "<html><body>ログイン</body></html>", "I224"),
        ("list.csv", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 12345\n", "I225"),
        (
            "list.xls",
            "<html xmlns:x='urn:schemas-microsoft-com:office:excel'><table><tr><td>名称</td></tr></table></html>",
            "I226",
        ),
        (
            "list.xls",
            '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"></Workbook>',
            "I226",
        ),
        ("list.pdf", "%PDF-1.7\n", "I230"),
        ("list.csv", "%PDF-1.7\n", "I230"),
        ("list.docx", zipped({"[Content_Types].xml": "", "word/document.xml": "<x/>"}), "I230"),
        ("list.odt", zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}), "I230"),
        ("list.xml", '<?xml version="1.0"?><rows><row/></rows>', "I230"),
        ("list.csv.gz", b"\x1f\x8b\x08\x00list", "I231"),
        ("list.lzh", b"\x1e\x80-lh5-list", "I231"),
        ("map.zip", zipped({"a.shp": "x", "a.dbf": "x", "a.prj": "x"}), "I232"),
        ("list.kml", '<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"></kml>', "I227"),
        ("list.kml", '<?xml version="1.0"?><!DOCTYPE kml [<!ENTITY a "b">]><kml>&a;</kml>', "I233"),
        ("list.kml", '<?xml version="1.0"?><kml><Placemark>', "I233"),
        (
            "list.ods",
            zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"}),
            "I151",
        ),
        ("list.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "I151"),
        ("list.numbers", zipped({"Index/Document.iwa": "x"}), "I226"),
        ("list.csv", "名称,住所\n,\n", "I227"),
        ("list.csv", "", "I105"),
    ],
)
def test_what_is_no_list_is_named(tmp_path: Path, name: str, content: str | bytes, code: str) -> None:
    assert read(tmp_path, name, content) == ([], [code])


def test_a_tab_separated_text_called_csv_is_read(tmp_path: Path) -> None:
    assert read(tmp_path, "list.csv", CSV.replace("住所", "住所,備考").replace(",", "\t"))[0][0]["名称"] == "見本会館"


def test_a_strict_workbook_is_read_as_any_other(tmp_path: Path) -> None:
    raw = (Path(__file__).parent / "files/reported/30-xlsx/strict.xlsx").read_bytes()
    rows, codes = read(tmp_path, "strict.xlsx", raw)
    assert [(row["名称"], row["電話番号"], row["緯度"]) for row in rows] == [
        ("見本北会館", "087-000-0001", "34.34"),
        ("見本南会館", "087-000-0002", "34.35"),
    ]
    assert codes == []


def workbook_saved_as(kind: str) -> bytes:
    book, raw = openpyxl.Workbook(), io.BytesIO()
    sheet: Any = book.active
    sheet.title = "施設"
    for line in (
        ["名称", "電話番号", "更新日", "定員", "合計"],
        ["見本会館", "087-000-0001", date(2026, 1, 2), 30, "=D2*2"],
        ["見本公園", None, None, 1.5, None],
    ):
        sheet.append(line)
    hidden = book.create_sheet("作業用")
    hidden.append(["x"])
    hidden.sheet_state = "hidden"
    book.save(raw)
    return converted(raw.getvalue(), kind)


@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_workbooks_of_before_2007_and_of_libreoffice_are_read(tmp_path: Path, kind: str) -> None:
    raw = workbook_saved_as(kind)
    rows, codes = read(tmp_path, f"list.{kind}", raw)
    assert rows == [
        {"名称": "見本会館", "電話番号": "087-000-0001", "更新日": "2026-01-02", "定員": "30", "合計": "60"},
        {"名称": "見本公園", "電話番号": "", "更新日": "", "定員": "1.5", "合計": ""},
    ]
    assert codes == ["I234", "I160"]  # only the values were read; a hidden sheet was left
    assert read(tmp_path, "renamed.csv", raw)[0] == rows
    assert read(tmp_path, "packed.zip", zipped({f"list.{kind}": raw}))[0] == rows


def test_a_workbook_called_csv_is_read_as_the_workbook_it_is(tmp_path: Path) -> None:
    book, raw = openpyxl.Workbook(), io.BytesIO()
    for line in (["名称", "住所"], ["見本会館", "見本市本町1"]):
        book.active.append(line)  # type: ignore[union-attr]
    book.save(raw)
    assert read(tmp_path, "list.csv", raw.getvalue()) == ([{"名称": "見本会館", "住所": "見本市本町1"}], [])
    assert read(tmp_path, "list.xls", raw.getvalue())[0] == [{"名称": "見本会館", "住所": "見本市本町1"}]


KML = """<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>見本市の地図</name>
<Folder><name>AED</name>
<Placemark><name>見本会館</name><description><![CDATA[玄関<br>24時間]]></description>
<ExtendedData><Data name="住所"><value>見本市本町1</value></Data></ExtendedData>
<Point><coordinates>
  134.05,34.34,0
</coordinates></Point></Placemark>
<Placemark><name>散歩道</name><LineString><coordinates>134.0,34.0 134.1,34.1</coordinates></LineString></Placemark>
</Folder></Document></kml>"""


def test_the_places_of_a_map_are_rows_with_their_points(tmp_path: Path) -> None:
    rows, codes = read(tmp_path, "map.kml", KML)
    assert rows == [
        {
            "latitude": "34.34",
            "longitude": "134.05",
            "name": "見本会館",
            "description": "玄関\n24時間",
            "Folder": "AED",
            "住所": "見本市本町1",
        },
        {"latitude": "", "longitude": "", "name": "散歩道", "description": "", "Folder": "AED", "住所": ""},
    ]
    assert codes == ["I198", "I220"]  # <br> is a new line; a line on the map is no point
    assert read(tmp_path, "map.kmz", zipped({"doc.kml": KML}))[0] == rows
    assert read(tmp_path, "both.zip", zipped({"doc.kml": KML, "list.csv": CSV}))[0] == [
        {"名称": "見本会館", "住所": "見本市本町1"}
    ]


ROWS = [{"名称": "見本会館", "緯度": "34.34"}, {"名称": "見本公園", "緯度": "34.35"}]


@pytest.mark.parametrize(
    "value",
    [
        ROWS,
        {
            "success": True,
            "result": {
                "fields": [{"id": "_id"}, {"id": "名称"}, {"id": "緯度"}],
                "records": [{"_id": i, **row} for i, row in enumerate(ROWS)],
                "total": 2,
            },
        },
        {
            "result": {
                "fields": [{"id": "名称"}, {"id": "緯度"}],
                "records": [[row["名称"], row["緯度"]] for row in ROWS],
            }
        },
        {"metadata": {"resultset": {"count": 2}}, "results": ROWS},
        {"resultsets": {"features": [{"type": "Feature", "properties": row} for row in ROWS]}},
    ],
)
def test_a_list_is_found_however_deep_it_is_wrapped(tmp_path: Path, value: Any) -> None:
    assert read(tmp_path, "list.json", json.dumps(value)) == (ROWS, [])


def test_one_object_a_line_is_a_list(tmp_path: Path) -> None:
    assert read(tmp_path, "list.ndjson", "\n".join(map(json.dumps, ROWS))) == (ROWS, [])


def test_an_answer_with_a_part_of_the_rows_is_refused(tmp_path: Path) -> None:
    assert read(tmp_path, "list.json", json.dumps({"result": {"records": ROWS, "total": 500}})) == ([], ["I222"])


def feature(geometry: dict[str, Any], **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": {"名称": "見本会館", **properties}}


POINT = {"type": "Point", "coordinates": [134.05, 34.34]}


@pytest.mark.parametrize(
    ("properties", "names"),
    [
        ({}, ("latitude", "longitude")),
        ({"緯度": "", "経度": ""}, ("緯度", "経度")),
        ({"lat": None, "lon": None}, ("lat", "lon")),
    ],
)
def test_the_point_of_a_feature_goes_into_the_columns_it_has(
    tmp_path: Path, properties: dict[str, Any], names: tuple[str, str]
) -> None:
    [row], codes = read(tmp_path, "one.geojson", json.dumps(feature(POINT, **properties)))
    assert ((row[names[0]], row[names[1]]), codes) == (("34.34", "134.05"), [])


def collection(geometry: dict[str, Any], crs: str = "") -> str:
    named = {"crs": {"type": "name", "properties": {"name": crs}}} if crs else {}
    return json.dumps({"type": "FeatureCollection", **named, "features": [feature(geometry)]})


def test_coordinates_that_are_no_degrees_are_converted_or_named(tmp_path: Path) -> None:
    jgd, codes = read(tmp_path, "jgd.geojson", collection(POINT, "urn:ogc:def:crs:EPSG::6668"))
    assert (jgd[0]["latitude"], codes) == ("34.34", [])
    plane, codes = read(
        tmp_path,
        "plane.geojson",
        collection({"type": "Point", "coordinates": [50441.2, 147222.6]}, "urn:ogc:def:crs:EPSG::6672"),
    )
    assert ("latitude" in plane[0], codes) == (False, ["I221"])
    unnamed, codes = read(
        tmp_path, "unnamed.geojson", collection({"type": "Point", "coordinates": [50441.2, 147222.6]})
    )
    assert ("latitude" in unnamed[0], codes) == (False, ["I221"])
    web, codes = read(
        tmp_path, "web.geojson", collection({"type": "Point", "coordinates": [14922377.7, 4075000.0]}, "EPSG:3857")
    )
    assert (round(float(web[0]["longitude"]), 3), round(float(web[0]["latitude"]), 2), codes) == (
        134.05,
        34.34,
        ["I223"],
    )
    area, codes = read(
        tmp_path,
        "area.geojson",
        collection({"type": "Polygon", "coordinates": [[[134, 34], [134, 35], [135, 35], [134, 34]]]}),
    )
    assert ("latitude" in area[0], codes) == (False, ["I220"])


def test_points_of_the_old_datum_move_some_four_hundred_metres_to_the_north_west(tmp_path: Path) -> None:
    [row], codes = read(tmp_path, "tokyo.geojson", collection(POINT, "urn:ogc:def:crs:EPSG::4301"))
    assert 0.0028 < float(row["latitude"]) - 34.34 < 0.0036
    assert -0.0032 < float(row["longitude"]) - 134.05 < -0.0022
    assert codes == ["I223"]
