"""What using a resource takes: for whom, what it costs, what the place allows, how it is linked to others."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from tsunagite.records.model.base.fields import Day, Part, Slug, TermOf


class Eligibility(Part):
    """For whom the resource is. Absent parts mean: no such condition is known."""

    age_min: int | None = Field(None, ge=0, le=120, title="何歳から", description="下の年齢。", examples=[65])
    age_max: int | None = Field(None, ge=0, le=120, title="何歳まで", description="上の年齢。")
    residence: Annotated[str, TermOf("residence")] | None = Field(
        None, title="住まい", description="住む場所の条件。", examples=["市内の人"]
    )
    care_levels: tuple[Annotated[str, TermOf("care_level")], ...] = Field(
        (), title="認定", description="使える要介護度など。"
    )
    situations: tuple[Annotated[str, TermOf("situation")], ...] = Field(
        (), title="状況", description="一人暮らしなど。", examples=[["誰でも"]]
    )
    note: str = Field("", max_length=400, title="条件の補足", description="ほかの条件。")

    @model_validator(mode="after")
    def _ages_run_upward(self) -> Eligibility:
        if self.age_min is not None and self.age_max is not None and self.age_max < self.age_min:
            raise PydanticCustomError("ages_reversed", "{low} {high}", {"low": self.age_min, "high": self.age_max})
        return self


class Fee(Part):
    """What it costs. ``amount`` is in yen; ``unit`` says for what (1回, 月, 1食)."""

    type: Annotated[str, TermOf("fee")] = Field(
        title="費用の種類", description="無料・実費のみ・会費など。", examples=["無料"]
    )
    amount: int | None = Field(None, ge=0, title="金額（円）", description="いくらか。", examples=[100])
    unit: str = Field("", max_length=40, title="単位", description="何につきか。", examples=["1回"])
    note: str = Field("", max_length=400, title="費用の補足", description="材料費など。")


class Access(Part):
    """What the place allows a body to do."""

    features: tuple[Annotated[str, TermOf("access")], ...] = Field(
        (), title="設備と配慮", description="あるもの。", examples=[["車いすで入れる"]]
    )
    missing: tuple[Annotated[str, TermOf("access")], ...] = Field(
        (), title="ないもの", description="ないと分かっているもの。"
    )
    note: str = Field("", max_length=400, title="補足", description="入口の段の数など。")


class Vacancy(Part):
    """Free places, with the day it was true."""

    text: str = Field(min_length=1, max_length=100, title="空き", description="空きの様子。", examples=["2名あき"])
    on: Day = Field(title="いつの情報か", description="空きを確かめた日。", examples=["2026-11-01"])


class Alert(Part):
    """A passing notice shown above everything until its last day."""

    text: str = Field(
        min_length=1, max_length=200, title="お知らせ", description="いま伝えること。", examples=["改修のため休館"]
    )
    until: Day = Field(title="いつまで", description="この日まで出します。", examples=["2026-12-28"])


class Pause(Part):
    """A time in which a resource takes nobody. Both days are part of it; what is not written about its beginning or end is not known."""

    since: Day | None = Field(
        None, title="休止の初日", description="休みに入る日。空なら、もう休んでいます。", examples=["2026-12-01"]
    )
    until: Day | None = Field(
        None,
        title="休止の最後の日",
        description="この日まで休み、翌日からはひとりでに元に戻ります。空なら、期間は未定です。",
        examples=["2027-01-31"],
    )
    reason: str = Field("", max_length=100, title="休止の理由", description="短いことばで。", examples=["改修のため"])

    def holds(self, day: date) -> bool:
        """Tell whether a day lies in it."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)

    @property
    def is_whole(self) -> bool:
        """Whether nothing tells when it began or ends: no day can be named on which the resource is there."""
        return self.since is None and self.until is None


class Relation(Part):
    """A tie to another record."""

    to: Slug = Field(title="相手", description="相手の記録の ID。")
    kind: Annotated[str, TermOf("relation")] = Field(
        title="関係", description="紹介先・連携など。", examples=["紹介先"]
    )
    strength: Literal[1, 2, 3] | None = Field(None, title="強さ", description="1＝弱い、3＝強い。")
    dependence: Literal[1, 2, 3] | None = Field(None, title="依存度", description="1＝低い、3＝高い。")
    note: str = Field("", max_length=200, title="補足", description="どう連携しているか。")


class SourceRow(Part):
    """The row of a published list that a record (also) comes from."""

    source: Slug = Field(title="出典", description="resources/sources/ の一覧の ID。", examples=["mihon-library"])
    row: str = Field("", max_length=60, title="行", description="一覧のなかの番号。", examples=["1"])
