"""The records as data for a device: every published record lies in the file its id names, with what paper needs."""

from __future__ import annotations

from pathlib import Path

import pytest

from small_site import resource, site_view
from tsunagite.offline.record_data import file_count, file_of, often, record_data, record_files
from tsunagite.records.model.hours import Hours


def test_the_file_of_a_record_is_the_one_the_browser_asks_for() -> None:
    # FNV-1a, the same test vectors as in tests/browser/my_list.test.mjs
    assert [file_of(text, 2**32) for text in ("", "a", "foobar")] == [0x811C9DC5, 0xE40C292C, 0xBF9CF968]
    assert [file_count(records) for records in (0, 16, 17, 2540, 10_000)] == [1, 1, 2, 256, 1024]


def test_every_published_record_lies_in_its_file_and_no_other(tmp_path: Path) -> None:
    names = [f"salon-{number}" for number in range(40)]
    site = site_view(
        tmp_path / "town",
        *(resource(name) for name in names),
        resource("declined", status="終了", closed_date="2026-01-01", replaced_by="salon-3"),
    )
    files = {
        number: {one.id: record_data(site.record_views.of(site.records.parts_of(one)), one) for one in found}
        for number, found in record_files(site.directory.published)
    }
    assert {record_id: number for number, records in files.items() for record_id in records} == {
        name: file_of(name, 4) for name in [*names, "declined"]
    }
    record = files[file_of("salon-3", 4)]["salon-3"]
    assert record["phones"] == [["087-839-2811", "tel:+81878392811", "", "", 0]]
    assert record["verified"] == ["2026年9月2日に確認", "2026-09-02", record["verified"][2]]  # type: ignore[index]
    assert "opening" not in record  # what is empty is left out
    ended = files[file_of("declined", 4)]["declined"]
    assert (ended["instead"], ended["ended"], "phones" in ended) == ("salon-3", "2026年1月1日に終了しました。", False)


@pytest.mark.parametrize(
    ("spans", "words"),
    [
        ([("火", ())], "週1回（火 9時から10時まで）"),
        ([("月木", ())], "週2回（月・木 9時から10時まで）"),
        ([("火", (2, 4))], "月2回（第2・第4 火曜日 9時から10時まで）"),
        ([("月火水木金", ())], ""),  # open all week: how often somebody goes is theirs to say
        ([("火", ()), ("木", (1,))], ""),
        ([], ""),
    ],
)
def test_how_often_a_meeting_takes_place(spans: list[tuple[str, tuple[int, ...]]], words: str) -> None:
    hours = tuple(
        Hours.model_validate({"days": days, "nth": nth, "open": "9:00", "close": "10:00"}) for days, nth in spans
    )
    assert often(hours) == words
