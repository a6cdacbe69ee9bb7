"""Source: a published list that records are imported from, with its licence and how its columns are read."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Any, Literal

from pydantic import Field

from tsunagite.records.model.base.fields import Credit, Day, Encoding, Licence, Part, Slug, WebAddress
from tsunagite.text.dates import add_months
from tsunagite.text.normalize import nfkc

_ITEM_ENDS = re.compile(r"[\s、,，・;；/／|]+")


class IdRule(Part):
    """How ids are made: ``prefix`` and the value of the ``number`` column, fixed at the first import."""

    prefix: Slug = Field(title="ID の頭", description="例: library なら library-1 になります。", examples=["library"])
    number: str = Field(
        title="番号の列",
        description="行ごとにちがう値をもつ列。なければ「行」（上から数えた番号）。",
        examples=["#property"],
    )
    otherwise: str = Field(
        "", title="番号がないときの列", description="番号が空の行で、代わりに使う列。", examples=["電話番号"]
    )
    without: str = Field(
        "",
        title="除く文字",
        description="番号の頭についている、ID に入れない文字。",
        examples=["jp.mihon.smartcity.medical."],
    )
    several_rows: bool = Field(
        False,
        title="同じ番号の行",
        description="同じ番号の行を一つの記録にまとめるなら true（事業所とサービスの一覧など）。名前・住所・電話のどれも合わない行は、まとめずにたずねます。",
    )


class Choice(Part):
    """A rule for rows of one kind: where the column holds one of the words, and none of ``without``, these values are taken."""

    column: str = Field(title="見る列", description="どの列で見分けるか。", examples=["サービスの種類"])
    contains: tuple[str, ...] = Field(
        min_length=1, title="ことば", description="このどれかを含む行にあてはまります。", examples=[["通所"]]
    )
    without: tuple[str, ...] = Field(
        (), title="除くことば", description="このどれかを含む行にはあてはめません。", examples=[["短期入所"]]
    )
    every: bool = Field(
        False,
        title="すべての語",
        description="「、」などで区切った語のすべてがことばを含むときだけなら true（診療科目がみな歯科など）。",
    )
    constants: dict[str, Any] = Field(title="決まった値", description="あてはまる行に入れる値。")

    def fits(self, cell: str) -> bool:
        """Tell whether the rule speaks of a row with this cell."""
        text = nfkc(cell)
        parts = [part for part in _ITEM_ENDS.split(text) if part] if self.every else [text]
        words = _plain(self.contains)
        return (
            bool(parts)
            and all(any(word in part for word in words) for part in parts)
            and not any(word in text for word in _plain(self.without))
        )


@lru_cache(maxsize=1_000)  # every row of a list asks the same few rules
def _plain(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(nfkc, words))


class Source(Part):
    """One list: what it is, whose, under which licence, how fresh, and which column becomes which field."""

    id: Slug = Field(title="ID", description="英小文字・数字・ハイフン。", examples=["mihon-library"])
    name: str = Field(
        min_length=1, max_length=120, title="一覧の名前", description="公表されている名前。", examples=["図書館一覧"]
    )
    owner: str = Field(
        min_length=1, max_length=120, title="公表している団体", description="だれの一覧か。", examples=["見本市"]
    )
    url: WebAddress | None = Field(None, title="公表ページ", description="一覧のあるページ。")
    licence: Licence
    licence_url: WebAddress | None = Field(None, title="利用条件のページ", description="ライセンスの文書。")
    credit: Credit
    data_date: Day | None = Field(
        None,
        title="データの日付",
        description="一覧がいつの時点のものか。わからなければ書きません（「日付不明」と出ます）。",
        examples=["2024-09-01"],
    )
    retrieved_on: Day | None = Field(None, title="手に入れた日", description="ファイルを手に入れた日。")
    review_months: int = Field(
        24, ge=1, le=120, title="見直しの間隔（月）", description="この月数を過ぎたら確認を促します。"
    )
    no_contact_reason: str = Field(
        "", max_length=200, title="連絡先がない理由", description="公園のように、この一覧の記録に連絡先がないわけ。"
    )
    file: str = Field(
        min_length=1,
        max_length=200,
        title="ファイル",
        description="この説明から見たファイルの場所。* で、同じ形のファイルをまとめて読めます。",
        examples=["files/library.csv"],
    )
    encoding: Encoding = "auto"
    sheet: str = Field(
        "",
        max_length=60,
        title="シート",
        description="Excel のシートの名前。書かなければ、見えているはじめのシート。",
        examples=["Sheet1"],
    )
    header_row: int = Field(
        1, ge=1, le=100, title="見出しの行", description="列の名前がある行。上に説明の行がある一覧で書きます。"
    )
    into: str = Field(
        min_length=1, max_length=60, title="保存先", description="resources/ の下のフォルダー。", examples=["places"]
    )
    id_rule: IdRule = Field(title="ID の決め方", description="どの列から ID を作るか。")
    columns: dict[str, str] = Field(
        title="列の読み方", description="列の名前: 欄の名前（location.lat のように点でつなぐ）。"
    )
    aliases: dict[str, list[str]] = Field(
        default_factory=dict, title="列の別名", description="年によって変わる列の名前。"
    )
    absent: list[str] = Field(
        default_factory=list,
        title="いまの版にない列",
        description="前の版にはあり、いまのファイルにはない列。記録の値は前のまま残します。",
    )
    ignore: list[str] = Field(default_factory=list, title="使わない列", description="わざと読まない列。")
    constants: dict[str, Any] = Field(default_factory=dict, title="決まった値", description="すべての記録に入れる値。")
    choose: tuple[Choice, ...] = Field(
        (), title="行ごとの値", description="上から見て、はじめにあてはまった規則の値を、決まった値に重ねます。"
    )
    outside: Literal["drop", "keep"] = Field(
        "drop",
        title="市の外の行",
        description="ほかの市町にある行を除くなら drop、この市の人も使う所としてのせるなら keep。",
    )
    area_code: str = Field(
        "", pattern=r"^(0\d{1,4})?$", title="市外局番", description="市外局番のない番号に補います。", examples=["087"]
    )
    priority: int = Field(
        50,
        ge=1,
        le=99,
        title="まとめるときの順",
        description="同じ場所が二つの一覧にあるとき、数の小さいほうが記録のもとになります。",
    )
    label: str = Field(
        "",
        max_length=40,
        title="まとめたときの見出し",
        description="ほかの記録にまとめた行を、この見出しで残します。",
        examples=["AED"],
    )
    memo: str = Field("", max_length=2000, title="メモ", description="サイトに出ない覚え書き。")

    @property
    def left_open(self) -> tuple[str, ...]:
        """Which of the publisher and the licence are words in brackets, put there by an import that did not know them."""
        return tuple(
            key for key in ("owner", "licence") if re.fullmatch(r"[（(][^（）()]*[）)]", getattr(self, key).strip())
        )

    @property
    def review_due(self) -> date | None:
        """The last day on which the list counts as fresh; None where nobody knows how old it is."""
        return add_months(self.data_date, self.review_months) if self.data_date else None
