"""Organization: who runs resources. One organisation may run many."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from tsunagite.records.model.base.fields import Part, Reading, Slug, TermOf, WebAddress
from tsunagite.records.model.contact import ContactRole, Phone


class Organization(Part):
    """A body that runs resources (自治体, 社協, 法人, 団体)."""

    id: Slug = Field(title="ID", description="英小文字・数字・ハイフン。", examples=["mihon-city"])
    name: str = Field(min_length=1, max_length=120, title="名前", description="正式な名前。", examples=["見本市"])
    name_kana: Reading = Field("", title="ふりがな", description="ひらがなで。", examples=["たかまつし"])
    type: Annotated[str, TermOf("organization_type")] = Field(
        "other", title="団体の種類", description="自治体・社会福祉協議会など。"
    )
    corporate_number: str = Field("", pattern=r"^(\d{13})?$", title="法人番号", description="13けたの法人番号。")
    contact_roles: tuple[ContactRole, ...] = Field(
        (), title="連絡の相手", description="窓口になる役割。二つ以上あると安心です。"
    )
    phones: tuple[Phone, ...] = Field((), title="電話", description="代表の電話。")
    url: WebAddress | None = Field(None, title="ウェブサイト", description="公式のページ。")
    sample: bool = Field(False, title="見本", description="作りものなら true。")
    memo: str = Field("", max_length=2000, title="メモ", description="サイトに出ない覚え書き。")
