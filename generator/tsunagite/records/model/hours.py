"""When a resource is open: plain fields a person can write; several spans a day, nth weekdays, seasons."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from tsunagite.records.model.base.fields import Day, Days, Part, Time


class Hours(Part):
    """One opening span. A closing time at or before the opening time lies on the next day (居酒屋 17:00-02:00)."""

    days: Days = Field(title="曜日", description="月水金、月-金、平日、毎日のように書きます。", examples=["月-金"])
    nth: tuple[Literal[1, 2, 3, 4, 5], ...] = Field(
        (), title="第何週", description="第2・第4なら [2, 4]。毎週なら書きません。"
    )
    open: Time = Field(title="はじまり", description="24時間の書き方。", examples=["9:30"])
    close: Time = Field(title="おわり", description="24時間の書き方。24:00 まで。", examples=["17:00"])
    label: str = Field("", max_length=40, title="名前", description="何の時間か（窓口、浴室など）。")
    valid_from: Day | None = Field(None, title="いつから", description="季節で変わるときのはじめの日。")
    valid_to: Day | None = Field(None, title="いつまで", description="季節で変わるときのおわりの日。")

    @model_validator(mode="after")
    def _period_runs_forward(self) -> Hours:
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise PydanticCustomError(
                "period_reversed", "{start} {end}", {"start": str(self.valid_from), "end": str(self.valid_to)}
            )
        return self


class Closing(Part):
    """Regular closing days."""

    holidays: bool | None = Field(
        None, title="祝日休み", description="祝日は休みなら true、開くなら false、わからなければ書きません。"
    )
    year_end: str = Field(
        "",
        pattern=r"^(\d{2}-\d{2}/\d{2}-\d{2})?$",
        title="年末年始",
        description="休みのはじめ/おわり。",
        examples=["12-29/01-03"],
    )
    note: str = Field("", max_length=400, title="その他の休み", description="臨時の休みなど。")
