"""Area: a city, a living sphere, a district or a town. Areas nest: 市 > 日常生活圏域 > 地区 > 町字."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from tsunagite.model.fields import Part, Reading, Slug, TermOf


class Area(Part):
    """A named area that resources serve or lie in."""

    id: Slug = Field(title="ID", description="英小文字・数字・ハイフン。", examples=["yashima"])
    name: str = Field(min_length=1, max_length=60, title="名前", description="地域の名前。", examples=["屋島"])
    name_kana: Reading = Field("", title="ふりがな", description="ひらがなで。", examples=["やしま"])
    level: Annotated[str, TermOf("area_level")] = Field(title="大きさ", description="市・日常生活圏域・地区・町字。", examples=["地区"])
    parent: Slug | None = Field(None, title="親の地域", description="ふくまれる地域の ID。", examples=["takamatsu"])
    lg_code: str = Field("", pattern=r"^(\d{6})?$", title="全国地方公共団体コード", description="6けた。市だけに書きます。", examples=["372013"])
    machiaza_id: str = Field("", pattern=r"^(\d{7})?$", title="町字ID", description="町字だけに書きます。")
    lat: float | None = Field(None, ge=-90, le=90, title="緯度", description="代表点の緯度（度）。")
    lng: float | None = Field(None, ge=-180, le=180, title="経度", description="代表点の経度（度）。")
    basis: Literal["official", "derived"] = Field("official", title="根拠", description="derived＝計算で決めたもの（目安）。")
    sample: bool = Field(False, title="見本", description="作りものなら true。")
    memo: str = Field("", max_length=2000, title="メモ", description="サイトに出ない覚え書き。")
