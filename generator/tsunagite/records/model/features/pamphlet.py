"""Pamphlet: what one printed paper holds, for whom, in which form. PrintRun: what a print run said when it was printed."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from tsunagite.records.model.base.fields import Day, Part, Slug, TermOf


class LeftOut(Part):
    """A record that the query finds and that does not come on the paper."""

    id: Slug = Field(title="記録の ID", description="のせない記録の ID。", examples=["sakura-taiso"])
    why: str = Field(
        min_length=1,
        max_length=200,
        title="のせないわけ",
        description="あとの人のための覚え書き。紙には出ません。",
        examples=["申し込みが定員に達しているため"],
    )


class Pamphlet(Part):
    """One paper, described by a query over the records."""

    id: Slug = Field(title="ID", description="英小文字・数字・ハイフン。アドレスになります。", examples=["meals"])
    title: str = Field(
        min_length=1, max_length=30, title="題", description="表紙に大きく出ます。", examples=["食事と配食"]
    )
    layout: Annotated[str, TermOf("paper_layout")] = Field(
        title="紙の形", description="三つ折り・冊子・一枚紙など。", examples=["三つ折り"]
    )
    audience: Annotated[str, TermOf("paper_audience")] = Field(
        "residents",
        title="だれに渡すか",
        description="印刷するものの一覧で、まとまりになります。",
        examples=["住民・家族"],
    )
    lead: str = Field(
        "",
        max_length=80,
        title="表紙のことば",
        description="題の下に出る一文。",
        examples=["食事を届ける店、いっしょに食べる集まり。"],
    )
    area: Slug | None = Field(
        None, title="地域", description="地区の ID。書かなければ市の全体です。", examples=["sakura"]
    )
    needs: tuple[Annotated[str, TermOf("need")], ...] = Field(
        (),
        title="困りごと",
        description="このどれかに役立つ記録をのせます。書いた順に並びます。",
        examples=[["食事", "買い物"]],
    )
    kinds: tuple[Annotated[str, TermOf("kind")], ...] = Field(
        (), title="種類", description="この種類の記録だけをのせます。", examples=[["配食・会食"]]
    )
    support_levels: tuple[Annotated[str, TermOf("support_level")], ...] = Field(
        (), title="助け合いのかたち", description="このかたちの記録だけをのせます。", examples=[["互助"]]
    )
    order: Literal["need", "near"] = Field(
        "need", title="並び", description="need＝困りごとの順に五十音順、near＝困りごとの順に地区のまんなかから近い順。"
    )
    pinned: tuple[Slug, ...] = Field(
        (),
        title="かならずのせる記録",
        description="はじめにのせる記録の ID。条件に合わなくてものせます。",
        examples=[["support-center-1"]],
    )
    left_out: tuple[LeftOut, ...] = Field(
        (), title="のせない記録", description="条件に合っても、のせない記録とそのわけ。"
    )
    most: int | None = Field(
        None,
        ge=1,
        le=2000,
        title="いちばん多くて何件",
        description="これより多い分は、サイトで見ることを書き添えます。",
        examples=[100],
    )
    large: bool = Field(True, title="大きな文字の版も作る", description="16ポイント以上の文字の版を作ります。")
    memo: str = Field("", max_length=2000, title="メモ", description="どこにも出ない覚え書き。")


class PrintedRecord(Part):
    """What the paper said of one record, so that a later day can tell what has changed."""

    id: Slug = Field(title="記録の ID", description="のせた記録の ID。")
    name: str = Field(min_length=1, max_length=120, title="名前", description="印刷したときの名前。")
    phones: tuple[Annotated[str, Field(max_length=40)], ...] = Field(
        (), title="電話", description="印刷したときの番号。"
    )
    place: str = Field("", max_length=300, title="場所", description="印刷したときの場所。")
    hours: str = Field("", max_length=1000, title="時間", description="印刷したときの時間。")


class PrintRun(Part):
    """Copies that were printed on one day and handed out: they cannot be taken back, only compared."""

    id: Slug = Field(title="ID", description="紙の ID と印刷した日。", examples=["meals-2026-11-22"])
    pamphlet: Slug = Field(title="紙", description="resources/pamphlets/ の ID。", examples=["meals"])
    printed_on: Day = Field(title="印刷した日", description="紙に書かれた日。", examples=["2026-11-22"])
    copies: int = Field(ge=1, le=1_000_000, title="部数", description="何部刷ったか。", examples=[300])
    placed_at: tuple[Annotated[str, Field(min_length=1, max_length=60)], ...] = Field(
        (),
        title="置いた場所",
        description="どこに何部置いたか。集めて取りかえるときに使います。",
        examples=[["さくらコミュニティセンター 100部"]],
    )
    replaced: bool = Field(
        False, title="取りかえた", description="新しい紙に取りかえたら true。古い紙の一覧から消えます。"
    )
    records: tuple[PrintedRecord, ...] = Field(
        title="のせた記録", description="印刷したときの内容。tsunagite pamphlet --printed が書きます。"
    )
