"""Event: a meeting, gathering or event that comes again, or on certain days. Records lie under resources/events/."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from tsunagite.records.model.base.fields import Day, Part, Slug, TermOf, Time, WebAddress
from tsunagite.records.model.contact import Phone
from tsunagite.text.recurrence import Recurrence, parse_recurrence


def _when(value: str) -> str:
    if parse_recurrence(value) is None:
        raise PydanticCustomError("not_a_recurrence", "{written}", {"written": value})
    return value


When = Annotated[str, AfterValidator(_when)]


class EventDay(Part):
    """One day on which something happens besides the rule, or instead of it."""

    on: Day = Field(title="日にち", description="西暦で。", examples=["2026-12-05"])
    start: Time | None = Field(None, title="はじまり", description="いつもとちがうときだけ。", examples=["13:30"])
    end: Time | None = Field(None, title="おわり", description="いつもとちがうときだけ。", examples=["15:00"])
    note: str = Field(
        "", max_length=100, title="ひとこと", description="この日だけのこと。", examples=["会場は公民館の2階"]
    )


class Event(Part):
    """A meeting or event. ``when`` is written as people say it; ``days`` are single days; both may be given."""

    id: Slug = Field(title="ID", description="英小文字・数字・ハイフン。", examples=["sakura-care-meeting"])
    title: str = Field(
        min_length=1,
        max_length=60,
        title="名前",
        description="会議や行事の名前。",
        examples=["さくら地区 地域ケア会議"],
    )
    kind: Annotated[str, TermOf("event_kind")] = Field(
        title="種類", description="event_kind の語彙から。", examples=["地域ケア会議"]
    )
    summary: str = Field(
        "",
        max_length=120,
        title="ひとこと",
        description="何をするかを一文で。",
        examples=["一人の困りごとから、地域で足りないものを話し合います。"],
    )
    when: When | None = Field(
        None,
        title="いつ（くり返し）",
        description="毎月第2火曜 13:30-15:00 のように、ことばで。",
        examples=["毎月第2火曜 13:30-15:00"],
    )
    days: tuple[EventDay, ...] = Field(
        (), title="日にち", description="決まった日だけのとき、くり返しに足す日があるとき。"
    )
    cancelled: tuple[Day, ...] = Field(
        (), title="休みの日", description="くり返しのうち、開かない日。", examples=[["2027-01-12"]]
    )
    valid_from: Day | None = Field(None, title="いつから", description="くり返しのはじまる日。")
    valid_to: Day | None = Field(None, title="いつまで", description="くり返しのおわる日。")
    holidays: Literal["skip", "hold"] | None = Field(
        None, title="祝日と年末年始", description="skip＝休む、hold＝ふだんどおり。わからなければ書きません。"
    )
    place: str = Field(
        "", max_length=80, title="会場", description="場所の名前。", examples=["さくらコミュニティセンター"]
    )
    resource: Slug | None = Field(
        None, title="関係する記録", description="その会や会場の記録の ID。", examples=["sakura-center"]
    )
    organization: Slug | None = Field(None, title="主催", description="resources/organizations/ の ID。")
    areas: tuple[Slug, ...] = Field(
        (), title="対象の地域", description="resources/areas/ の ID。", examples=[["sakura"]]
    )
    for_whom: str = Field(
        "", max_length=80, title="だれが来られるか", description="対象の人。", examples=["どなたでも"]
    )
    booking: bool | None = Field(None, title="申し込みがいる", description="申し込みが必要なら true。")
    fee: str = Field("", max_length=40, title="費用", description="ことばで。", examples=["無料"])
    phones: tuple[Phone, ...] = Field((), title="電話", description="問い合わせの電話。")
    url: WebAddress | None = Field(None, title="ウェブサイト", description="くわしいページ。")
    sheets: tuple[Slug, ...] = Field(
        (), title="使う用紙", description="話し合いの用紙の ID。", examples=[["community-issues"]]
    )
    verified_on: Day | None = Field(None, title="確認した日", description="内容を確かめた日。")
    verified_by: str = Field("", max_length=60, title="確認した部署", description="人名ではなく部署。")
    sample: bool = Field(False, title="見本", description="作りものなら true。")
    memo: str = Field("", max_length=2000, title="メモ", description="サイトに出ない覚え書き。")

    @model_validator(mode="after")
    def _happens_some_day(self) -> Event:
        if self.when is None and not self.days:
            raise PydanticCustomError("event_needs_when", "when or days")
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise PydanticCustomError(
                "period_reversed", "{start} {end}", {"start": str(self.valid_from), "end": str(self.valid_to)}
            )
        return self

    @property
    def rule(self) -> Recurrence | None:
        """The rule that ``when`` says."""
        return parse_recurrence(self.when) if self.when else None
