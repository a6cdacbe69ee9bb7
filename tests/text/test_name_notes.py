"""A note in brackets behind a name says that a place takes nobody now."""

from __future__ import annotations

import pytest

from tsunagite.text.name_notes import end_in_remark, is_placeholder, pause_in, pause_in_remark


@pytest.mark.parametrize(
    ("name", "note"),
    [("松田胃腸科外科医院（休止中）", "休止中"), ("中央公園(※改修工事中のため令和９年夏頃まで使用不可)", "※改修工事中のため令和9年夏頃まで使用不可"), ("見本保育所（休園）", "休園"),
     ("本町広場（雨天時利用不可）", ""), ("見本館（月曜休館）", ""), ("休止庵", ""), ("見本医院（内科）", ""), ("見本幼稚園（令和12年4月1日から休園）", "")],
)  # fmt: skip
def test_only_a_note_that_closes_the_place_today_is_a_pause(name: str, note: str) -> None:
    assert pause_in(name) == note


@pytest.mark.parametrize(
    ("remark", "pauses", "ends"),
    [("休止中", True, False), ("現在、休業中です。", True, False), ("休止", True, False), ("廃止", False, True), ("閉院しました", False, True),
     ("プールは休止中", False, False), ("休館", False, False), ("令和12年3月31日廃止", False, False), ("旧校舎は廃止", False, False), ("一部休止", False, False)],
)  # fmt: skip
def test_only_a_whole_remark_pauses_or_ends_a_place(remark: str, pauses: bool, ends: bool) -> None:
    assert (pause_in_remark(remark), end_in_remark(remark)) == (pauses, ends)


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("新規マップピン", True),
        ("無題 2", True),
        ("New Pin(3)", True),
        ("テスト", True),
        ("名称未設定", True),
        ("テストパターン合唱団", False),
        ("サンプル薬局", False),
        ("2丁目公園", False),
        ("103", False),
    ],
)
def test_a_name_that_a_map_tool_gave_is_no_name(name: str, is_one: bool) -> None:
    assert is_placeholder(name) is is_one
