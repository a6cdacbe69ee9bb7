"""Lines of papers end between phrases: never inside a number, a title or a word, and never with a letter left over."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsunagite.text.phrases import name_parts, phrases


@pytest.mark.parametrize(
    ("sentence", "cut"),
    [
        ("月～金 8時30分から17時15分まで", "月～金 |8時30分から|17時15分まで"),
        ("主任介護支援専門員・社会福祉士・保健師がいます", "主任介護支援専門員・|社会福祉士・|保健師が|います"),
        ("市の窓口が、いま作れていません。", "市の|窓口が、|いま|作れていません。"),
        ("厚生労働省のデータ（2025年12月時点）", "厚生労働省の|データ|（2025年12月時点）"),
    ],
)
def test_a_sentence_is_cut_between_phrases(sentence: str, cut: str) -> None:
    assert "|".join(phrases(sentence)) == cut


@pytest.mark.parametrize(
    ("name", "cut"),
    [
        ("はせ川内科", "はせ川内科"),
        ("地域包括支援センター（総合センター内）", "地域包括|支援|センター|（総合センター内）"),
        ("さくら荘デイサービスセンター", "さくら荘|デイサービス|センター"),
        ("社会福祉法人　高松市社会福祉協議会", "社会福祉法人　|高松市|社会福祉|協議会"),
        ("医療法人社団以和貴会いわき病院", "医療法人社団|以和貴会いわき病院"),
        ("一般財団法人大西精神衛生研究所附属大西病院", "一般財団法人|大西精神衛生研究所|附属大西病院"),
    ],
)
def test_a_name_is_cut_where_the_script_changes_or_a_known_word_begins(name: str, cut: str) -> None:
    assert "|".join(name_parts(name)) == cut


@given(st.text(alphabet="あいうんー林町一二三センターケア123時分（）「」、。・　 AZ", max_size=60))
def test_nothing_is_lost_and_no_line_begins_with_a_closing_mark(text: str) -> None:
    for parts in (phrases(text), name_parts(text)):
        assert "".join(parts) == text
        assert not [part for part in parts[1:] if part[0] in "、。）」・ー"]
        assert not [part for part in parts[:-1] if part[-1] in "（「"]
