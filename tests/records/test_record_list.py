"""Lists of records: what people changed stays, what is missing is added, what differs is said."""

from typing import Any

from tsunagite.records.yaml.reader import read_text
from tsunagite.records.yaml.record_list import merge, merged_text

TEXT = """# 手で書いた説明
records:
  - id: kita
    name: 北
    name_kana: ほく  # 確かめた

  # つぎは南
  - id: minami
    name: 南
"""


def merged(text: str, *records: dict[str, Any]) -> str:
    existing = read_text(text, "x").value["records"]
    return merged_text(text, existing, merge(existing, records, {"kana_source": "name_kana"}))


def test_only_what_is_missing_is_added_and_comments_stay() -> None:
    kita = {"id": "kita", "name": "北", "name_kana": "きた", "kana_source": "suggested", "level": "地区"}
    minami = {"id": "minami", "name": "南", "name_kana": "みなみ", "kana_source": "suggested"}
    result = merged(TEXT, kita, minami, {"id": "nishi", "name": "西", "postal_codes": ["100-0001"]})
    assert result == TEXT.replace("確かめた\n", "確かめた\n    level: 地区\n") + (
        "    name_kana: みなみ\n    kana_source: suggested\n"
        "  - id: nishi\n    name: 西\n    postal_codes:\n      - 100-0001\n"
    )
    assert merged(result, kita, minami) == result


def test_a_layout_that_lines_cannot_be_added_to_is_written_anew() -> None:
    result = merged("records: [{id: kita, name: 北}]\n", {"id": "kita", "name": "北", "level": "地区"})
    assert read_text(result, "x").value == {"records": [{"id": "kita", "name": "北", "level": "地区"}]}


def test_a_value_that_differs_is_reported_and_a_record_is_known_by_its_name_too() -> None:
    existing = [{"id": "hoku", "name": "北", "name_kana": "ほく"}, {"id": "higashi", "name": "東"}]
    result = merge(existing, [{"id": "kita", "name": "北", "name_kana": "きた"}], {})
    assert [(d.id, d.field, d.here, d.proposed) for d in result.differences] == [
        ("hoku", "id", "hoku", "kita"),
        ("hoku", "name_kana", "ほく", "きた"),
    ]
    assert (result.new, result.added, result.not_proposed) == ([], {}, [existing[1]])


def test_numbers_of_a_later_day_take_the_place_of_earlier_ones_and_no_others_do() -> None:
    counted = "population: {'on': 2024-07-01, total: 400}  # 市の表"
    text = TEXT.replace("name: 南\n", f"name: 南\n    {counted}\n")
    existing = read_text(text, "x").value["records"]
    later = {"id": "minami", "name": "南", "population": {"on": "2026-02-01", "total": 402}}
    result = merge(existing, [later], {}, dated=("population",))
    assert [(one.id, one.here, one.proposed) for one in result.replaced] == [
        ("minami", {"on": "2024-07-01", "total": 400}, {"on": "2026-02-01", "total": 402})
    ]
    renewed = merged_text(text, existing, result)
    assert read_text(renewed, "x").value["records"][1] == later
    assert ["確かめた" in renewed, "つぎは南" in renewed] == [True, True]
    earlier = later | {"population": {"on": "2023-07-01", "total": 390}}
    result = merge(existing, [earlier], {}, dated=("population",))
    assert (result.replaced, [one.field for one in result.differences]) == ([], ["population"])
    assert merged_text(text, existing, result) == text
