"""How to reach a resource. Contacts are offices and roles, not private persons."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from tsunagite.records.model.base.fields import Part, TermOf
from tsunagite.text.dates import parse_iso

ConsentField = Literal[
    "name_en", "alt_names", "summary", "summary_easy", "description", "helpful_for", "linking_tips", "how_to_use", "organization", "contact_roles", "phones",
    "email", "form_url", "url", "contact_note", "location", "hours", "hours_note", "alert", "attributes", "photos",
]  # fmt: skip
"""The fields of a record that may need the consent of a person."""


class Phone(Part):
    """One telephone or fax number. The grouping is shown as it is written."""

    number: str = Field(
        min_length=1, max_length=40, title="電話番号", description="市外局番から。", examples=["087-000-0000"]
    )
    type: Literal["voice", "fax"] = Field("voice", title="種別", description="voice＝電話、fax＝FAX。")
    label: str = Field(
        "", max_length=60, title="だれが出るか", description="部署や窓口の名前。", examples=["健康づくり推進課"]
    )
    extension: str = Field("", max_length=20, title="内線", description="内線番号。")
    hours: str = Field(
        "", max_length=100, title="つながる時間", description="電話に出る時間。", examples=["平日9時から17時"]
    )
    languages: tuple[Annotated[str, TermOf("language")], ...] = Field(
        (), title="話せることば", description="電話で話せる言語。"
    )


class ContactRole(Part):
    """Who answers, as a role. A window that hangs on one person is fragile: list the team (窓口はチームで)."""

    role: str = Field(
        min_length=1,
        max_length=60,
        title="役割",
        description="人名ではなく役割。",
        examples=["生活支援コーディネーター"],
    )
    department: str = Field("", max_length=60, title="部署", description="所属する部署。", examples=["地域福祉課"])


class Consent(Part):
    """Agreement (or other legal basis) to publish a private person's details. 個人情報保護法 applies to small groups too."""

    basis: Literal["written", "oral", "official_list"] = Field(
        title="根拠", description="written＝書面の同意、oral＝口頭の同意、official_list＝公的な一覧で公表済み。"
    )
    by_role: str = Field(
        "", max_length=60, title="確認した役割", description="同意を確かめた人の役割。", examples=["社協 地域福祉担当"]
    )
    on: str = Field("", max_length=20, title="同意した日", description="同意を確かめた日。", examples=["2026-09-02"])
    scope: tuple[Literal["web", "print", "opendata"], ...] = Field(
        ("web", "print"), title="範囲", description="web＝サイト、print＝印刷物、opendata＝オープンデータ。"
    )
    fields: tuple[ConsentField, ...] = Field(
        (),
        title="同意のいる項目",
        description="同意の範囲の外や期限のあとに消す項目。書かなければ、記録ぜんぶ。",
        examples=[["phones", "email"]],
    )
    expires: str = Field("", max_length=20, title="期限", description="同意の期限。", examples=["2028-11-30"])

    def has_ended(self, today: date) -> bool:
        """Tell whether the last day of the consent is over. An end that cannot be read (R310) counts as over."""
        if not self.expires:
            return False
        end = parse_iso(self.expires)
        return end is None or end < today

    def covers(self, field: str) -> bool:
        """Tell whether it is about a field of the record."""
        return not self.fields or field in self.fields
