"""SuggestedReading: how a word of running text is read, proposed by `tsunagite readings suggest` or written by hand, and decided by a person."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from tsunagite.records.model.base.fields import Part, Reading


class SuggestedReading(Part):
    """One word for furigana. Only accepted words are used; refused ones stay in the file, so that they are not proposed again."""

    word: str = Field(
        min_length=1, max_length=20, title="ことば", description="漢字のあることば。", examples=["座談会"]
    )
    reading: Reading = Field(title="読み", description="ことば全体の読み。ひらがなで。", examples=["ざだんかい"])
    decision: Literal["未定", "採用", "不採用"] = Field(
        "未定",
        title="決めたこと",
        description="採用＝ふりがなに使う。不採用＝使わず、次からも候補に出さない。未定＝まだ使わない。",
    )
    count: int = Field(0, ge=0, title="回数", description="手引きとページのことばに出てきた回数。数えた値です。")
