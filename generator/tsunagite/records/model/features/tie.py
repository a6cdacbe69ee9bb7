"""Tie: one relation between two stakeholders (organisation, record, role of a guide, or a partner that has no record)."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from tsunagite.records.model.base.fields import Day, Part, Slug, TermOf

Dependence = Literal["高い", "中", "低い"]
"""As the sheet 関わる相手の表 asks for it."""
END_KEYS = ("organization", "resource", "role", "name")


class TieEnd(Part):
    """One end of a tie: exactly one of ``END_KEYS`` is written. Persons are never named."""

    organization: Slug | None = Field(
        None, title="団体", description="resources/organizations/ の ID。", examples=["mihon-shakyo"]
    )
    resource: Slug | None = Field(None, title="記録", description="資源の記録の ID。", examples=["sakura-taiso"])
    role: Slug | None = Field(
        None,
        title="役割の手引き",
        description="content/roles/ のファイルの名前。",
        examples=["life-support-coordinator"],
    )
    name: str = Field(
        "",
        max_length=60,
        title="記録のない相手",
        description="まだ記録がない団体・役割の名前。人の名前は書きません。",
        examples=["商店街の文具店"],
    )
    sort: Annotated[str, TermOf("partner_sort")] | None = Field(
        None,
        title="相手の種類",
        description="partner_sort の語彙から。団体と記録では、書かなければ、団体の種類と記録の種類から決まります。",
        examples=["商店・会社"],
    )

    @model_validator(mode="after")
    def _names_one(self) -> TieEnd:
        if sum(bool(getattr(self, key)) for key in END_KEYS) != 1:
            raise PydanticCustomError("tie_end_needs_one", "one of four")
        return self

    @property
    def key(self) -> tuple[str, str]:
        """Which of the four is written, and what it says: equal for two ends that are one stakeholder."""
        key = next(key for key in END_KEYS if getattr(self, key))
        return key, getattr(self, key)


class Tie(Part):
    """A relation between two stakeholders. What is not written is not known."""

    id: Slug = Field(title="ID", description="英小文字・数字・ハイフン。", examples=["shakyo-sakura-taiso"])
    party: TieEnd = Field(title="こちら", description="この関係を書いた側。向きのある関係では、する側。")
    partner: TieEnd = Field(title="相手", description="関係の相手。向きのある関係では、される側。")
    kind: Annotated[str, TermOf("relation")] = Field(
        title="関係", description="運営・委託・紹介先・会議・場所を貸す・情報共有・連携など。", examples=["情報共有"]
    )
    direction: Literal["both", "one_way"] | None = Field(
        None,
        title="向き",
        description="both＝どちらからも、one_way＝こちらからだけ。わからなければ書きません。",
        examples=["both"],
    )
    strength: Literal[1, 2, 3] | None = Field(None, title="強さ", description="1＝弱い、3＝強い。", examples=[2])
    depends: Dependence | None = Field(
        None, title="こちらが頼る度合い", description="高い・中・低い。", examples=["高い"]
    )
    relied_on: Dependence | None = Field(
        None, title="相手が頼る度合い", description="高い・中・低い。", examples=["低い"]
    )
    meets: Annotated[str, TermOf("meeting_frequency")] | None = Field(
        None, title="会う回数", description="毎週会う・毎月会う・年に数回・年に1回・まだない。", examples=["年に数回"]
    )
    contacts: int | None = Field(
        None, ge=0, le=99, title="窓口の数", description="相手のうち、やりとりする役割の数。", examples=[2]
    )
    layer: Annotated[str, TermOf("team_layer")] | None = Field(
        None, title="層", description="経営・中間・現場のどの層でつながっているか。", examples=["現場"]
    )
    term: Annotated[str, TermOf("time_scale")] | None = Field(
        None, title="期間", description="短い・中くらい・長いのどの期間の関わりか。", examples=["短い"]
    )
    since: Day | None = Field(None, title="いつから", description="関係がはじまった日。", examples=["2025-04-01"])
    last_met: Day | None = Field(
        None, title="最後に会った日", description="最後に会った日か、やりとりした日。", examples=["2026-09-10"]
    )
    gain: str = Field(
        "", max_length=120, title="相手の得", description="相手にとってよいこと。", examples=["雨の日にも人が立ち寄る"]
    )
    next_step: str = Field(
        "", max_length=120, title="次の一歩", description="次にすること。", examples=["札の置き場所を相談する"]
    )
    note: str = Field("", max_length=200, title="補足", description="どうつながっているか。人の名前は書きません。")
    area: Slug | None = Field(None, title="地域", description="resources/areas/ の ID。", examples=["sakura-chiku"])
    place: str = Field(
        "", max_length=60, title="場所", description="地域の記録にない、団地や通りなど。", examples=["坂の上の団地"]
    )
    source: str = Field(
        "",
        max_length=200,
        title="何でわかったか",
        description="この関係が書かれている文書や会議の名前。",
        examples=["第2層協議体の会議録（2026年9月）"],
    )
    verified_on: Day | None = Field(None, title="確認した日", description="関係を確かめた日。", examples=["2026-09-10"])
    verified_by: str = Field(
        "", max_length=60, title="確認した部署", description="人名ではなく部署。", examples=["第2層協議体"]
    )
    sample: bool = Field(False, title="見本", description="作りものなら true。")
    memo: str = Field("", max_length=2000, title="メモ", description="サイトに出ない覚え書き。")
