"""Photo: a photograph of a place, with the right to show it and what the people on it have said."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from tsunagite.records.model.base.fields import Day, Part

FOLDER = "resources/media"
"""Where the files of photographs lie in a site's repository."""
PREFIX = "/media/"
"""What the web editor writes before the name of a file."""


class Photo(Part):
    """One photograph. Nothing is shown that nobody may show: licence, owner and people are asked of every one."""

    file: str = Field(
        pattern=r"^(?:/media/)?[A-Za-z0-9][A-Za-z0-9._-]*\.(?:jpg|jpeg|png|webp)$",
        max_length=100,
        title="写真のファイル",
        description=f"{FOLDER}/ に置いたファイルの名前（jpg、png、webp）。英小文字・数字・ハイフンで。",
        examples=["sakura-entrance.jpg"],
        json_schema_extra={"x-picture": True},
    )
    alt: str = Field(
        min_length=1,
        max_length=120,
        title="何が写っているか",
        description="写真を見られない人に読み上げる文。",
        examples=["緑の屋根の集会所。入口に段が一つあります。"],
    )
    credit: str = Field(
        min_length=1,
        max_length=60,
        title="撮った人・団体",
        description="写真の下に出ます。部署や団体の名前で。",
        examples=["社会福祉協議会"],
    )
    licence: str = Field(
        min_length=1,
        max_length=60,
        title="使ってよい根拠",
        description="利用の条件（CC BY 4.0 など）か、撮った人の許し。写真の下に出ます。",
        examples=["サイトにのせる許しを得ています"],
    )
    people: Literal["none", "not_recognisable", "agreed"] = Field(
        title="写っている人",
        description="none＝だれも写っていない、not_recognisable＝だれかわからない、agreed＝本人が了承した（consent に書きます）。",
        examples=["none"],
    )
    taken_on: Day | None = Field(None, title="撮った日", description="写真の下に出ます。", examples=["2026-11-20"])

    @property
    def name(self) -> str:
        """The name of the file in ``FOLDER``."""
        return self.file.removeprefix(PREFIX)
