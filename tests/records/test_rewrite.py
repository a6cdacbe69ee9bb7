"""A record file is rewritten without losing a comment, an order or a quote; what cannot be done is refused."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tsunagite.records.yaml.reader import dump, read_text
from tsunagite.records.yaml.rewrite import CannotRewriteError, rewritten

TEXT = """\
# 一つ目の記録
id: a   # 変えない
name: "さくら"

# 電話は二つ
phones:
  - number: 087-000-0001   # 代表
    label: 受付
  # 二つ目
  - number: 087-000-0002
# 困りごと
needs: [介護, 家族が疲れた]  # 一行で
memo: おわり
# 最後
"""
VALUE: dict[str, Any] = read_text(TEXT, "").value


def changed(**fields: Any) -> str:
    """Return the text with some fields replaced, new ones last; None takes a field away."""
    value = {key: one for key, one in {**VALUE, **fields}.items() if one is not None}
    text = rewritten(TEXT, value)
    assert read_text(text, "").value == value
    return text


def comments(text: str) -> list[str]:
    return [line.split("#", 1)[1].strip() for line in text.splitlines() if "#" in line]


def lines_changed(text: str) -> int:
    before, after = TEXT.splitlines(), text.splitlines()
    return len([line for line in after if line not in before])


def test_a_new_value_changes_one_line() -> None:
    text = changed(name="もも")
    assert 'name: "もも"\n' in text
    assert (lines_changed(text), comments(text)) == (1, comments(TEXT))


def test_the_same_value_gives_the_same_text() -> None:
    assert rewritten(TEXT, VALUE) == TEXT
    assert rewritten("a:  1\n", {"a": 1}) == "a:  1\n"


def test_a_new_key_stands_where_the_value_has_it_before_the_comment_of_the_next() -> None:
    value = {
        "id": "a",
        "name": "さくら",
        "name_kana": "さくら",
        **{key: VALUE[key] for key in ("phones", "needs", "memo")},
    }
    text = rewritten(TEXT, value)
    assert 'name: "さくら"\nname_kana: さくら\n\n# 電話は二つ\nphones:\n' in text


def test_items_are_changed_added_and_removed_where_they_stand() -> None:
    one, two = VALUE["phones"]
    text = changed(phones=[{**one, "label": "窓口"}, {"number": "087-000-0003"}, two])
    assert "    label: 窓口\n  # 二つ目\n  - number: 087-000-0003\n  - number: 087-000-0002\n" in text
    assert comments(changed(phones=[two])) == [word for word in comments(TEXT) if word != "代表"]


def test_comments_outlive_the_field_they_stood_above() -> None:
    text = changed(phones=None, memo=None)
    assert [word for word in comments(text) if word != "代表"] == [word for word in comments(TEXT) if word != "代表"]


def test_only_the_item_of_a_list_of_records_is_touched() -> None:
    text = "records:\n# はじめ\n- id: a\n  name:   'x'\n- id: b\n  name: y   # 二番\n"
    assert rewritten(text, {"id": "b", "name": "z"}, ("records", 1)) == text.replace("name: y ", "name: z ")


def test_a_layout_ruamel_would_not_keep_stays_but_for_the_change() -> None:
    text = "id:   a\nneeds:  [ 介護,見守り ]\nname: x\n"
    assert rewritten(text, {"id": "a", "needs": ["介護", "見守り"], "name": "y"}) == text.replace("x", "y")


def test_line_ends_and_the_mark_of_the_file_stay() -> None:
    text = "\ufeffid: a\r\n# 注\r\nname: x\r\n"
    assert rewritten(text, {"id": "a", "name": "y"}) == text.replace("x", "y")


@pytest.mark.parametrize("text", ["a: &x 1\n", "a: [\n", "a: 1\na: 2\n"])
def test_what_is_no_strict_yaml_is_not_rewritten(text: str) -> None:
    with pytest.raises(CannotRewriteError):
        rewritten(text, {"a": 3})


_WORDS = st.text(st.sampled_from("あ漢a1: #-'\"\n〜9０"), max_size=8)
_VALUES = st.recursive(
    _WORDS | st.integers(-999, 999) | st.booleans(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abcde"), inner, max_size=4),
    max_leaves=8,
)
_RECORDS = st.dictionaries(st.sampled_from("abcdefg"), _VALUES, min_size=1, max_size=5)


@settings(max_examples=60)
@given(_RECORDS, _RECORDS)
def test_any_value_can_become_any_other_with_its_comments(before: dict[str, Any], after: dict[str, Any]) -> None:
    text = "# 上\n" + dump(before) + "# 下\n"
    try:
        result = rewritten(text, after)
    except CannotRewriteError:
        return  # refused aloud: the record stays as it is
    assert read_text(result, "").value == after
    assert {"# 上", "# 下"} <= {line.strip() for line in result.splitlines()}
