"""SuggestedWord: a word that people may type and what it probably means, proposed by `tsunagite words suggest` and decided by a person."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from tsunagite.records.model.base.fields import Part


class SuggestedWord(Part):
    """One proposal. Only accepted words are searched; refused ones stay in the file, so that they are not proposed again."""

    word: str = Field(
        min_length=2,
        max_length=40,
        title="ことば",
        description="さがす人が書きそうなことば。",
        examples=["ふらつく"],
    )
    means: str = Field(
        min_length=1,
        max_length=60,
        title="意味する語",
        description="このことばで見つけたい語の名前（困りごと・種類・サービス・診療科・同じ意味のことばの label か別名）。",
        examples=["めまい"],
    )
    decision: Literal["未定", "採用", "不採用"] = Field(
        "未定",
        title="決めたこと",
        description="採用＝さがすときに使う。不採用＝使わず、次からも候補に出さない。未定＝まだ使わない。",
    )
    score: float = Field(
        0, ge=-1, le=1, title="近さ", description="文の意味の近さ（余弦）。1 に近いほど近い。計算した値です。"
    )
    margin: float = Field(
        0, ge=0, le=2, title="次との差", description="二番目に近い語との近さの差。大きいほど確かです。計算した値です。"
    )
    near: tuple[str, ...] = Field((), title="近いことば", description="近かったことば。決めるときの手がかりです。")
