"""What professionals tell each other and nobody else: written in a folder of its own (``--overlay``), never in the public repository."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from tsunagite.records.model.base.fields import Day, Mail, Part


class Taking(Part):
    """Whether one more person could come, with the day of the answer: it is old after some days."""

    answer: Literal["can", "cannot", "ask"] = Field(
        title="いま一人受けられるか",
        description="can＝受けられる、cannot＝受けられない、ask＝相談してから。",
        examples=["can"],
    )
    on: Day = Field(title="いつの答えか", description="たずねた日。", examples=["2026-11-20"])
    by: str = Field(
        "", max_length=60, title="たずねた部署", description="だれがたずねたか。", examples=["地域包括支援センター"]
    )
    note: str = Field(
        "",
        max_length=400,
        title="受け入れの補足",
        description="曜日や条件。",
        examples=["火曜だけ。入浴はできません。"],
    )


class PersonalWindow(Part):
    """A person who answers professionals."""

    name: str = Field(
        min_length=1, max_length=60, title="担当の人", description="名前と役割。", examples=["相談員の見本さん"]
    )
    phone: str = Field(
        "", max_length=40, title="直通の電話", description="専門職だけがかける番号。", examples=["087-000-0001"]
    )
    email: Mail | None = Field(None, title="直通のメール", description="専門職だけが書くアドレス。")
    note: str = Field(
        "", max_length=400, title="担当の補足", description="つながりやすい時間など。", examples=["午後4時から"]
    )


class Professional(Part):
    """Everything private of a record."""

    taking: Taking | None = Field(None, title="受け入れ", description="いま一人受けられるか。")
    windows: tuple[PersonalWindow, ...] = Field((), title="担当の人", description="専門職からの連絡を受ける人。")
    notes: str = Field(
        "", max_length=2000, title="専門職のメモ", description="専門職だけで分かち合うこと。利用者のことは書きません。"
    )
