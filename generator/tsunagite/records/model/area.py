"""Area: a city, a living sphere, a district or a town. Areas nest: 市 > 日常生活圏域 > 地区 > 町字.

A site has one layer of districts (地区). Further layers (中学校区, 地区社協 …) have the level ほかの区分 and list their towns.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from tsunagite.records.model.base.fields import Day, Part, PostalCode, Reading, Slug, TermOf
from tsunagite.records.model.place import Point


class Population(Part):
    """How many people live in an area on one day. Ages are counted from that age upwards: 65 holds 75 holds 85."""

    on: Day = Field(title="いつの人口か", description="数えた日。", examples=["2024-07-01"])
    total: int = Field(ge=0, title="人口", description="総人口（人）。", examples=[3450])
    households: int | None = Field(None, ge=0, title="世帯数", description="世帯の数。", examples=[1520])
    age_65: int | None = Field(None, ge=0, title="65歳以上", description="65歳以上の人数。", examples=[980])
    age_75: int | None = Field(
        None, ge=0, title="75歳以上", description="75歳以上の人数（65歳以上の内数）。", examples=[520]
    )
    age_85: int | None = Field(
        None, ge=0, title="85歳以上", description="85歳以上の人数（75歳以上の内数）。", examples=[180]
    )


class Area(Part):
    """A named area that resources serve or lie in."""

    id: Slug = Field(title="ID", description="英小文字・数字・ハイフン。", examples=["sakura"])
    name: str = Field(min_length=1, max_length=60, title="名前", description="地域の名前。", examples=["さくら"])
    name_kana: Reading = Field("", title="ふりがな", description="ひらがなで。", examples=["さくら"])
    kana_source: Literal["confirmed", "suggested"] = Field(
        "confirmed", title="ふりがなの確かさ", description="suggested＝まだ確かめていない読み。ページには出しません。"
    )
    alt_names: tuple[Annotated[str, Field(min_length=1, max_length=60)], ...] = Field(
        (),
        title="別の書き方",
        description="同じ地域の別の書き方。検索で見つかるようになります。",
        examples=[["旅籠町"]],
    )
    level: Annotated[str, TermOf("area_level")] = Field(
        title="大きさ", description="市・日常生活圏域・地区・町字・ほかの区分。", examples=["地区"]
    )
    layer: str = Field(
        "",
        max_length=30,
        title="区分",
        description="ほかの区分の名前。地区のほかに町をまとめる分け方（中学校区、地区社協など）。",
        examples=["中学校区"],
    )
    towns: tuple[Slug, ...] = Field(
        (),
        title="町字",
        description="まるごとふくまれる町字の ID。地区に書くと、町字の親の地域（目安）より優先します。",
        examples=[["sakura-cho"]],
    )
    parts_of: tuple[Slug, ...] = Field(
        (),
        title="一部がふくまれる町字",
        description="一部だけがふくまれる町字の ID。窓口の担当には使いません。",
        examples=[["honmachi"]],
    )
    parent: Slug | None = Field(None, title="親の地域", description="ふくまれる地域の ID。", examples=["mihon"])
    basis: Literal["official", "derived"] = Field(
        "official",
        title="親の地域と町字の根拠",
        description="derived＝計算で決めたもの（目安）。町字では親の地域、towns のある地域ではその町字のこと。確かめたら、この行を消します。",
    )
    body: str = Field(
        "",
        max_length=120,
        title="まとめている団体",
        description="地区を受けもつ会の名前。",
        examples=["さくら地区コミュニティ協議会"],
    )
    lg_code: str = Field(
        "",
        pattern=r"^(\d{6})?$",
        title="全国地方公共団体コード",
        description="6けた。市だけに書きます。",
        examples=["372013"],
    )
    machiaza_id: str = Field("", pattern=r"^(\d{7})?$", title="町字ID", description="町字だけに書きます。")
    postal_codes: tuple[PostalCode, ...] = Field(
        (), title="郵便番号", description="この町字で使われる郵便番号。", examples=[["761-0113"]]
    )
    lat: float | None = Field(None, ge=-90, le=90, title="緯度", description="代表点の緯度（度）。")
    lng: float | None = Field(None, ge=-180, le=180, title="経度", description="代表点の経度（度）。")
    population: Population | None = Field(
        None, title="人口", description="総人口・世帯数と、65歳・75歳・85歳以上の人数。"
    )
    sample: bool = Field(False, title="見本", description="作りものなら true。")
    memo: str = Field("", max_length=2000, title="メモ", description="サイトに出ない覚え書き。")

    @property
    def point(self) -> Point | None:
        """Latitude and longitude, None where nobody wrote them."""
        return None if self.lat is None or self.lng is None else (self.lat, self.lng)
