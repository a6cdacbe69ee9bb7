"""People decide about doubtful pairs and readings in two files; the import adds to the first and never changes it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tsunagite.importing.report.report import ImportReport, lines
from tsunagite.importing.run import import_sources

pytestmark = pytest.mark.usefixtures("no_dictionary")

DESCRIPTION = """\
id: {id}
name: {id}一覧
owner: 見本市
licence: CC BY 4.0
credit: 見本市
data_date: 2026-09-01
file: files/{id}.csv
into: public
id_rule: {{prefix: {id}, number: 番号}}
columns: {{名称: name, 緯度: location.lat, 経度: location.lng}}
constants: {{kind: その他の公共施設}}
priority: {priority}
"""
PAIRS, READINGS = "resources/sources/pairs.yml", "resources/sources/readings.yml"

Site = Callable[..., Path]


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """Give a function that makes a site of two lists which both have さくら館, 100 metres apart; more files by path."""

    def make(files: dict[str, str] | None = None) -> Path:
        root = tmp_path / "site"
        own = {
            "resources/sources/hall.yml": DESCRIPTION.format(id="hall", priority=10),
            "resources/sources/aed.yml": DESCRIPTION.format(id="aed", priority=20),
            "resources/sources/files/hall.csv": "番号,名称,緯度,経度\n1,さくら館,34.3400,134.05\n",
            "resources/sources/files/aed.csv": "番号,名称,緯度,経度\n7,さくら館,34.3409,134.05\n",
        }
        for name, text in {**own, **(files or {})}.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return root

    return make


def records(root: Path) -> list[str]:
    return sorted(path.stem for path in (root / "resources/public").glob("*.yml"))


def codes(report: ImportReport) -> list[str]:
    return [finding.code for finding in report.findings]


def test_a_doubtful_pair_is_two_records_and_a_line_for_a_person(site: Site) -> None:
    root = site()
    report = import_sources(root, [])
    assert records(root) == ["aed-7", "hall-1"]
    assert "同じものかもしれません: hall-1（さくら館）と aed-7（さくら館）、あいだ 100m" in lines(report)
    written = (root / PAIRS).read_text(encoding="utf-8")
    assert written.startswith("# 同じものかもしれない")
    assert written.endswith(
        "pairs:\n  - a: hall-1\n    b: aed-7\n    names: さくら館 ／ さくら館\n    distance: 100m\n"
    )


def test_a_pair_is_written_once_and_reported_until_it_is_decided(site: Site) -> None:
    root = site()
    import_sources(root, [])
    before = (root / PAIRS).read_bytes()
    again = import_sources(root, [])
    assert (again.files, len(again.uncertain)) == (0, 1)
    assert (root / PAIRS).read_bytes() == before


@pytest.mark.parametrize(("same", "expected"), [("true", ["hall-1"]), ("false", ["aed-7", "hall-1"])])
def test_the_word_of_a_person_is_honoured_and_kept(site: Site, same: str, expected: list[str]) -> None:
    decided = f"# 見てきました\npairs:\n  - {{a: aed-7, b: hall-1, same: {same}}}\n"
    root = site({PAIRS: decided})
    report = import_sources(root, [])
    assert (records(root), report.uncertain) == (expected, ())
    assert (root / PAIRS).read_text(encoding="utf-8") == decided


def test_new_pairs_are_written_below_what_people_wrote(site: Site) -> None:
    root = site({PAIRS: "# 見てきました\npairs:\n  - {a: x-1, b: y-1, same: false}  # 別の建物"})
    import_sources(root, [])
    text = (root / PAIRS).read_text(encoding="utf-8")
    assert text.startswith("# 見てきました\npairs:\n  - {a: x-1, b: y-1, same: false}  # 別の建物\n  - a: hall-1\n")


@pytest.mark.parametrize("item", ["{a: x-1, same: true}", "{a: x-1, b: y-1, same: たぶん}", "x-1", "{a: x-1, b: x-1}"])
def test_a_pair_that_cannot_be_understood_is_reported_at_its_line_and_nothing_is_added(site: Site, item: str) -> None:
    text = f"pairs:\n  - {item}\n"
    root = site({PAIRS: text})
    report = import_sources(root, [])
    assert (codes(report), report.exit_code, report.findings[0].place.line) == (["I141"], 1, 2)
    assert (root / PAIRS).read_text(encoding="utf-8") == text


def test_the_side_files_are_no_descriptions(site: Site) -> None:
    root = site({PAIRS: "pairs: []\n", READINGS: "readings: {}\n"})
    report = import_sources(root, sorted((root / "resources/sources").glob("*.yml")))
    assert (codes(report), len(report.lists)) == ([], 2)


def test_a_correction_is_used_for_new_names_and_a_wrong_file_is_reported(site: Site) -> None:
    root = site({READINGS: "readings:\n  館: やかた\n"})
    import_sources(root, [])
    assert "name_kana: さくらやかた\nkana_source: suggested\n" in (root / "resources/public/hall-1.yml").read_text(
        "utf-8"
    )
    (root / READINGS).write_text("readings: [館]\n", encoding="utf-8")
    assert codes(import_sources(root, [])) == ["I142"]


def test_a_reading_once_suggested_stays_whatever_is_read_today(site: Site) -> None:
    root = site({READINGS: "readings:\n  館: やかた\n"})
    import_sources(root, [])
    (root / READINGS).write_text("readings:\n  館: かん\n", encoding="utf-8")
    report = import_sources(root, [])
    assert (report.files, [one.plan.changed for one in report.lists if one.plan]) == (0, [[], []])


def test_missing_readings_are_said_once(site: Site) -> None:
    report = list(lines(import_sources(site(), [])))
    assert sum("SudachiPy" in line for line in report) == 1


def test_what_is_imported_first_changes_nothing(site: Site, tmp_path: Path) -> None:
    near = {"resources/sources/files/aed.csv": "番号,名称,緯度,経度\n7,さくら館,34.3401,134.05\n"}
    root = site(near)
    import_sources(root, [root / "resources/sources/aed.yml"])
    assert not (root / "resources/public").exists()
    import_sources(root, [root / "resources/sources/hall.yml"])
    assert records(root) == ["hall-1"]
    assert "source: aed" in (root / "resources/public/hall-1.yml").read_text(encoding="utf-8")


def test_a_list_in_several_files_is_one_list(site: Site) -> None:
    described = DESCRIPTION.format(id="hall", priority=10).replace("files/hall.csv", "files/hall*.csv")
    root = site({
        "resources/sources/hall.yml": described.replace("number: 番号", "number: 番号, several_rows: true"),
        "resources/sources/files/hall2.csv": "番号,名称,緯度,経度\n1,さくら館別館,34.3400,134.05\n2,もも館,34.4,134.1\n",
    })  # fmt: skip
    report = import_sources(root, [root / "resources/sources/hall.yml"])
    assert records(root) == ["hall-1", "hall-2"]
    assert "  hall2.csv 2行（さくら館別館）を hall-1 にまとめました" in lines(report)
    assert "  読んだ行 3 = 記録 2 + まとめた行 1 + 除いた行 0" in lines(report)
