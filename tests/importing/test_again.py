"""A list is known again by its rows and columns, whatever its file and its headers are called today."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tsunagite.importing.detect.intake import Said
from tsunagite.importing.report.report import ImportReport
from tsunagite.importing.report.report import lines as lines_of
from tsunagite.importing.run import Options, import_sources
from tsunagite.records.yaml.reader import read_file
from tsunagite.text.file_names import title_of

pytestmark = pytest.mark.usefixtures("no_dictionary")

HEADER = "ID,名称,住所,電話番号,FAX番号,診療科目"
ROWS = [
    f"A{n:03},見本{mark}医院,見本市本町{n}-1,087-839-28{n:02},087-839-29{n:02},内科"
    for n, mark in enumerate("あいうえおかきくけこ", 1)
]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "site/resources").mkdir(parents=True)
    return tmp_path / "site"


def take(site: Path, name: str, header: str, rows: list[str], **more: Any) -> ImportReport:
    path = site.parent / name
    path.write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")
    return import_sources(site, [path], Options(said=Said(date(2027, 4, 1), owner="見本市", **more)))


def codes(report: ImportReport) -> list[str]:
    return [finding.code for finding in report.findings] + [
        finding.code for one in report.lists for finding in one.findings
    ]


def lists(site: Path) -> list[str]:
    return sorted(path.name for path in (site / "resources/sources").glob("*.yml"))


def record(site: Path, name: str) -> dict[str, Any]:
    return next(
        value for path in site.glob("resources/medical/*.yml") if (value := read_file(path, "").value)["name"] == name
    )


@pytest.mark.parametrize(
    ("stem", "title"),
    [("医療機関一覧（令和7年4月1日時点）", "医療機関一覧"), ("aed_20250401", "aed"), ("hospital-2024-08-15", "hospital"), ("R7.4.1医療機関", "医療機関"),
     ("施設一覧_令和6年度", "施設一覧"), ("2025-04-01", "2025-04-01")],
)  # fmt: skip
def test_the_day_of_an_edition_is_no_part_of_the_title(stem: str, title: str) -> None:
    assert title_of(stem) == title


def test_a_file_name_with_another_date_is_the_next_edition(site: Path) -> None:
    take(site, "医療機関一覧（令和7年4月1日時点）.csv", HEADER, ROWS)
    before = {path.name: path.read_bytes() for path in site.glob("resources/medical/*.yml")}
    report = take(
        site,
        "医療機関一覧（令和8年4月1日時点）.csv",
        HEADER,
        [*ROWS[:-1], "A011,見本さ医院,見本市東町1,087-839-2899,,外科"],
    )
    [described] = lists(site)
    assert described == "medical.yml"
    assert [path.name for path in (site / "resources/sources/files").iterdir()] == [
        "医療機関一覧（令和8年4月1日時点）.csv"
    ]
    plan = report.lists[0].plan
    assert plan is not None
    assert ([one.name for one in plan.new], [one.name for one in plan.gone]) == (["見本さ医院"], ["見本こ医院"])
    assert {
        name: text for name, text in before.items() if (site / "resources/medical" / name).read_bytes() != text
    } == {}


def test_a_renamed_header_is_told_and_mapped(site: Path) -> None:
    take(site, "医療機関一覧.csv", HEADER, ROWS)
    report = take(site, "2026 clinics.csv", "ID,名称,住所,電話（代表）,ファクス,診療科目", ROWS)
    told = {finding.values["before"]: finding.values["now"] for finding in report.findings if finding.code == "I213"}
    assert told == {"電話番号": "電話（代表）", "FAX番号": "ファクス"}
    assert (lists(site), len(list(site.glob("resources/medical/*.yml")))) == (["medical.yml"], 10)
    assert [phone["number"] for phone in record(site, "見本あ医院")["phones"]] == ["087-839-2801", "087-839-2901"]
    assert read_file(site / "resources/sources/medical.yml", "").value["aliases"] == {
        "電話番号": ["電話（代表）"],
        "FAX番号": ["ファクス"],
    }


def test_a_column_that_is_gone_takes_no_value_out_of_a_record(site: Path) -> None:
    take(site, "医療機関一覧.csv", HEADER, ROWS)
    without = [",".join(cell for index, cell in enumerate(row.split(",")) if index not in (4, 5)) for row in ROWS]
    report = take(site, "医療機関一覧.csv", "ID,名称,住所,電話番号", without)
    assert "I216" in codes(report)
    assert report.files == 2, "the description and the file, no record"
    assert {phone["number"]: phone.get("type") for phone in record(site, "見本い医院")["phones"]} == {
        "087-839-2802": None,
        "087-839-2902": "fax",
    }
    take(site, "医療機関一覧.csv", HEADER, [row.replace("087-839-2902", "087-839-2999") for row in ROWS])
    assert "087-839-2999" in str(record(site, "見本い医院")["phones"]), "the column is back, and with it what it says"


def test_that_a_telephone_takes_faxes_too_outlives_the_column_of_faxes(site: Path) -> None:
    shared = [row.replace("087-839-29", "087-839-28") for row in ROWS]
    take(site, "医療機関一覧.csv", HEADER, shared)
    assert record(site, "見本あ医院")["phones"] == [{"number": "087-839-2801", "label": "電話・ファクス兼用"}]
    take(site, "医療機関一覧.csv", "ID,名称,住所,電話番号", [",".join(row.split(",")[:4]) for row in shared])
    assert record(site, "見本あ医院")["phones"] == [{"number": "087-839-2801", "label": "電話・ファクス兼用"}]


def test_a_number_that_cannot_be_right_takes_no_number_out_of_a_record(site: Path) -> None:
    take(site, "医療機関一覧.csv", HEADER, ROWS)
    report = take(
        site,
        "医療機関一覧.csv",
        HEADER,
        [row.replace("087-839-2801", "087-7839-2801").replace("087-839-2802", "-") for row in ROWS],
    )
    assert record(site, "見本あ医院")["phones"][0] == {"number": "087-839-2801"}
    assert [phone["number"] for phone in record(site, "見本い医院")["phones"]] == ["087-839-2902"], (
        "a dash says that there is none"
    )
    assert any("087-7839-2801" in line for line in lines_of(report))


def test_a_file_of_the_same_name_with_other_rows_is_a_question_and_both_answers_work(site: Path) -> None:
    take(site, "医療機関一覧.csv", HEADER, ROWS)
    others = [row.replace("医院", "歯科").replace("内科", "歯科").replace("見本市本町", "見本市西町") for row in ROWS]
    report = take(site, "医療機関一覧.csv", HEADER, others)
    assert (report.exit_code, "I214" in codes(report), report.files) == (1, True, 0)
    assert take(site, "医療機関一覧.csv", HEADER, others, edition_of="nobody").exit_code == 1
    assert take(site, "歯科医院一覧.csv", HEADER, others, edition_of="new").exit_code == 0
    assert len(lists(site)) == 2
    assert len(list(site.glob("resources/medical/*.yml"))) == 20, "no id of one list is an id of the other"
    assert len({name.rsplit("-", 1)[0] for name in lists(site)}) == 2


def test_two_lists_that_share_some_places_stay_two(site: Path) -> None:
    take(site, "医療機関一覧.csv", HEADER, ROWS)
    report = take(
        site,
        "AED一覧.csv",
        "名称,住所,設置位置",
        [f"見本{mark}医院,見本市本町{n}-1,玄関" for n, mark in enumerate("あいうえ", 1)] + ["会館,見本市西町1,入口"],
    )
    assert report.exit_code == 0
    assert len(lists(site)) == 2


def test_a_list_of_another_form_is_no_edition_though_it_names_the_same_places(site: Path) -> None:
    take(site, "医療機関一覧.csv", HEADER, ROWS)
    shelters = [f"s{n},見本{mark}医院,見本市本町{n}-1,1,1" for n, mark in enumerate("あいうえおかきくけこ", 1)]
    report = take(site, "避難所.csv", "ID,名称,住所,災害種別_洪水,災害種別_地震", shelters)
    assert report.exit_code == 0
    assert len(lists(site)) == 2
    plan = next(one.plan for one in report.lists if one.source_id != "medical")
    assert plan is not None
    assert len(plan.merged) == 10


def test_nothing_of_a_file_is_written_that_could_not_be_imported(site: Path) -> None:
    take(site, "医療機関一覧.csv", HEADER, ROWS)
    before = {
        path: path.read_bytes() for path in site.rglob("*") if path.is_file() and ".tsunagite-cache" not in path.parts
    }
    described = site / "resources/sources/medical.yml"
    described.write_text(
        described.read_text(encoding="utf-8").replace("into: medical", "into: nowhere"), encoding="utf-8"
    )
    report = take(site, "医療機関一覧（令和8年4月1日）.csv", HEADER, ROWS)
    assert (report.exit_code, report.files) == (1, 0)
    assert sorted(path.name for path in (site / "resources/sources/files").iterdir()) == ["医療機関一覧.csv"]
    assert {path.name for path, content in before.items() if path.read_bytes() != content} == {"medical.yml"}
