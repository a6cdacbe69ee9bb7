"""Where a resource is, or that it has no place."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from tsunagite.records.model.base.fields import Part, PostalCode, TermOf

Point = tuple[float, float]
"""Latitude and longitude."""


class Location(Part):
    """Address and point. Degrees are WGS84 (世界測地系), as in the standard open data sets."""

    type: Annotated[str, TermOf("location_type")] = Field(
        "physical",
        title="場所の形",
        description="場所がある・訪問する・電話・オンライン・場所なし。",
        examples=["場所がある"],
    )
    postal_code: PostalCode = Field("", title="郵便番号", description="ハイフンありで書きます。", examples=["760-0074"])
    address: str = Field(
        "", max_length=200, title="住所", description="市の名前から番地まで。", examples=["見本市桜町一丁目9-12"]
    )
    building: str = Field(
        "", max_length=100, title="建物名", description="建物・階。", examples=["見本市保健センター1階"]
    )
    machiaza_id: str = Field(
        "", pattern=r"^(\d{7})?$", title="町字ID", description="アドレス・ベース・レジストリの町字ID（7けた）。"
    )
    lat: float | None = Field(
        None, ge=-90, le=90, title="緯度", description="世界測地系の緯度（度）。", examples=[34.3304]
    )
    lng: float | None = Field(
        None, ge=-180, le=180, title="経度", description="世界測地系の経度（度）。", examples=[134.0518]
    )
    geo_source: str = Field(
        "",
        max_length=100,
        title="座標の出どころ",
        description="座標をだれがどう決めたか。",
        examples=["市のオープンデータ"],
    )
    geo_precision: str = Field(
        "",
        pattern=r"^(building|block|town)?$",
        title="座標のくわしさ",
        description="building＝建物、block＝番地、town＝町。",
    )
    directions: str = Field(
        "",
        max_length=400,
        title="行き方",
        description="目印や最寄りのバス停。",
        examples=["ことでん「瓦町駅」から歩いて5分"],
    )

    @property
    def point(self) -> Point | None:
        """Latitude and longitude, None where one of them is not known."""
        return None if self.lat is None or self.lng is None else (self.lat, self.lng)
