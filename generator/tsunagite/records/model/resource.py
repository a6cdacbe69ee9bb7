"""Resource: one service, place, group or scheme that helps someone live at home. One record, one page."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from tsunagite.records.model.base.fields import Day, Mail, Part, Reading, Slug, TermOf, WebAddress
from tsunagite.records.model.contact import Consent, ContactRole, Phone
from tsunagite.records.model.hours import Closing, Hours
from tsunagite.records.model.photo import Photo
from tsunagite.records.model.place import Location, Point
from tsunagite.records.model.professional import Professional
from tsunagite.records.model.service import Access, Alert, Eligibility, Fee, Pause, Relation, SourceRow, Vacancy
from tsunagite.text.cells import compact_days
from tsunagite.text.doubt_days import days_in_doubt
from tsunagite.text.hours_notes import ruled_by

WORDS = frozenset({
    "summary", "summary_easy", "description", "helpful_for", "linking_tips", "how_to_use", "required_docs", "email", "form_url", "url",
    "contact_note", "capacity", "capacity_note", "vacancy", "alert", "memo",
})  # fmt: skip
"""What is only read where the record itself is shown or found by its text. Where it stands, and how it counts, does not depend on them."""


class Resource(Part):
    """A local resource. The order of the fields is the canonical order of a record file."""

    id: Slug = Field(
        title="ID",
        description="英小文字・数字・ハイフン。一度決めたら変えず、終了しても使い回しません。",
        examples=["sakura-taiso"],
    )
    name: str = Field(
        min_length=1, max_length=120, title="名前", description="看板や名簿のとおりに。", examples=["さくら体操クラブ"]
    )
    name_kana: Reading = Field(
        "", title="ふりがな", description="五十音順と検索に使います。ひらがなで。", examples=["さくらたいそうくらぶ"]
    )
    kana_source: Literal["confirmed", "suggested"] = Field(
        "confirmed", title="ふりがなの確かさ", description="suggested＝機械が付けた読み。ページには出しません。"
    )
    name_en: str = Field("", max_length=120, title="英語名", description="英語の名前。")
    alt_names: tuple[str, ...] = Field((), title="別名", description="通称や前の名前。検索に使います。")
    kind: Annotated[str, TermOf("kind")] = Field(
        title="種類", description="kind の語彙から一つ。", examples=["通いの場・サロン"]
    )
    services: tuple[str, ...] = Field(
        (), title="実施サービス", description="この事業所で受けられるサービス。", examples=[["通所リハビリテーション"]]
    )
    needs: tuple[Annotated[str, TermOf("need")], ...] = Field(
        (), title="困りごと", description="どんな困りごとに役立つか。", examples=[["体を動かす", "居場所・仲間"]]
    )
    support_level: tuple[Annotated[str, TermOf("support_level")], ...] = Field(
        (), title="助け合いのかたち", description="自助・互助・共助・公助から。", examples=[["互助"]]
    )
    stage: Annotated[str, TermOf("stage")] = Field(
        "existing", title="段階", description="すでにある・すぐできる・時間がかかる。"
    )
    use_status: Annotated[str, TermOf("use_status")] | None = Field(
        None, title="使われ方", description="よく使われている・知られていないなど。"
    )
    use_status_reason: str = Field(
        "", max_length=200, title="使われ方の理由", description="なぜ知られていない・使いにくいか。"
    )
    summary: str = Field(
        "",
        max_length=120,
        title="ひとこと",
        description="決め手になる一文。電話の前に読む文です。",
        examples=["週1回、いすに座ってできる体操。申し込み不要。"],
    )
    summary_easy: str = Field("", max_length=120, title="やさしい日本語", description="やさしい日本語でのひとこと。")
    description: str = Field("", title="説明", description="くわしい説明。")
    helpful_for: str = Field(
        "",
        max_length=400,
        title="付加サービス",
        description="この店・この会ならではの心づかい。",
        examples=["休んだ人には翌日に電話をかけます"],
    )
    linking_tips: str = Field(
        "", max_length=1000, title="つなぎ方", description="本人とつなぐときのこつ（専門職向け）。"
    )
    how_to_use: tuple[str, ...] = Field(
        (),
        title="使うには",
        description="申し込みの手順を順番に。",
        examples=[["見学の電話をする", "当日くつを持って行く"]],
    )
    required_docs: tuple[str, ...] = Field((), title="持ち物・書類", description="必要な書類。")
    booking: bool | None = Field(None, title="予約がいる", description="予約が必要なら true。")
    referral_needed: bool | None = Field(None, title="紹介がいる", description="紹介が必要なら true。")
    organization: Slug | None = Field(None, title="団体", description="resources/organizations/ の ID。")
    contact_roles: tuple[ContactRole, ...] = Field(
        (), title="連絡の相手", description="窓口になる役割。二つ以上あると安心です。"
    )
    phones: tuple[Phone, ...] = Field((), title="電話", description="先頭がいちばん大きく出ます。")
    email: Mail | None = Field(None, title="メール", description="団体のメールアドレス。")
    form_url: WebAddress | None = Field(None, title="問い合わせフォーム", description="フォームのアドレス。")
    url: WebAddress | None = Field(None, title="ウェブサイト", description="公式のページ。")
    contact_note: str = Field("", max_length=200, title="連絡の補足", description="連絡のときの注意。")
    no_contact_reason: str = Field(
        "", max_length=200, title="連絡先がない理由", description="公園など、連絡先がないわけ。"
    )
    location: Location | None = Field(None, title="場所", description="住所と座標。")
    photos: tuple[Photo, ...] = Field(
        (),
        max_length=3,
        title="写真",
        description="入口や部屋の写真。3枚まで。位置や機種の記録は、公開のときに消します。",
    )
    service_areas: tuple[Slug, ...] = Field(
        (), title="対象の地域", description="resources/areas/ の ID。窓口では担当地域。"
    )
    hours: tuple[Hours, ...] = Field((), title="時間", description="開いている曜日と時間。")
    hours_note: str = Field("", max_length=1000, title="時間の補足", description="名簿の書き方のまま残した注意書き。")
    closed_on_days: Closing | None = Field(None, title="休み", description="祝日・年末年始の休み。")
    by_appointment: bool = Field(False, title="予約制", description="時間が決まらず予約で開くなら true。")
    eligibility: Eligibility | None = Field(None, title="対象", description="だれが使えるか。")
    fee: Fee | None = Field(None, title="費用", description="いくらかかるか。")
    capacity: int | None = Field(None, ge=1, le=100_000, title="定員", description="人数。")
    capacity_note: str = Field("", max_length=200, title="定員の補足", description="部屋ごとの人数など。")
    vacancy: Vacancy | None = Field(None, title="空き", description="空きの様子と、その日付。")
    languages: tuple[Annotated[str, TermOf("language")], ...] = Field(
        (), title="使えることば", description="日本語のほかに使える言語。"
    )
    access: Access | None = Field(None, title="入りやすさ", description="車いす・駐車場など。")
    alert: Alert | None = Field(None, title="お知らせ", description="期限つきのお知らせ。")
    pause: Pause | None = Field(
        None, title="一時休止", description="いつからいつまで、なぜ休むか。最後の日を過ぎると、ひとりでに元に戻ります。"
    )
    status: Annotated[str, TermOf("status")] = Field("open", title="状態", description="営業中・休止・終了・掲載辞退。")
    closed_date: Day | None = Field(None, title="終了した日", description="終了・休止した日。")
    replaced_by: Slug | None = Field(None, title="代わり", description="終了したとき、代わりになる記録の ID。")
    relations: tuple[Relation, ...] = Field((), title="つながり", description="ほかの記録との関係。")
    external_ids: dict[str, str] = Field(default_factory=dict, title="外部の番号", description="事業所番号など。")
    attributes: dict[str, str] = Field(
        default_factory=dict, title="そのほかの項目", description="名簿にあった、ほかに欄のない項目。"
    )
    verified_on: Day | None = Field(None, title="確認した日", description="内容を確かめた日。", examples=["2026-09-02"])
    verified_by: str = Field(
        "", max_length=60, title="確認した部署", description="人名ではなく部署。", examples=["社会福祉協議会"]
    )
    verify_method: Annotated[str, TermOf("verify_method")] = Field(
        "unverified", title="確認の方法", description="電話・訪問・官公庁データなど。"
    )
    review_due: Day | None = Field(None, title="次の確認", description="次に確かめる期限。なければ1年後。")
    sources: tuple[SourceRow, ...] = Field((), title="出典", description="もとになった一覧。")
    consent: Consent | None = Field(None, title="同意", description="個人の名前や携帯番号をのせる根拠。")
    visibility: Annotated[str, TermOf("visibility")] = Field(
        "public", title="公開の範囲", description="公開・印刷物のみ・オープンデータに出さない。"
    )
    sample: bool = Field(False, title="見本", description="作りものの記録なら true。ページに「見本」と出ます。")
    memo: str = Field(
        "", max_length=2000, title="メモ", description="編集する人のための覚え書き。サイトにも印刷物にも出ません。"
    )

    professional: Professional | None = Field(
        None,
        title="専門職版",
        description="専門職だけに見せること。公開するサイトの記録には書けません（--overlay のフォルダーに書きます）。",
    )

    @property
    def point(self) -> Point | None:
        """Latitude and longitude of where it is, None where it has no place or nobody knows them."""
        return self.location.point if self.location else None

    @property
    def is_idea(self) -> bool:
        """Whether this is a proposal (すぐできる, 時間がかかる) and not something one can use today."""
        return self.stage != "existing"

    @property
    def is_closed(self) -> bool:
        """Whether the resource has ended. Its page stays, so that printed QR codes never meet a 404."""
        return self.status == "closed"

    def pause_after(self, day: date | None) -> Pause | None:
        """Return the pause that is on or ahead on a day; any that is written where no day is given.

        ``status: 休止``, as lists say it, is a pause of which nobody knows the end; ``pause`` beside it says more and counts.
        """
        if self.is_closed or self.is_idea:
            return None
        pause = self.pause or (Pause.model_construct(since=self.closed_date) if self.status == "suspended" else None)
        return None if pause and day and pause.until and pause.until < day else pause

    @property
    def voice_phones(self) -> tuple[Phone, ...]:
        """Numbers somebody answers, the first one being the main number."""
        return tuple(phone for phone in self.phones if phone.type == "voice")

    def sketch(self, written: dict[str, Any]) -> object:
        """Return what was ``written`` of it but for ``WORDS`` and the numbers to call: equal where it is counted and placed alike."""
        return [(name, value) for name, value in written.items() if name not in WORDS and name != "phones"], [
            (phone.type, phone.languages) for phone in self.phones
        ]


def excepted_days(resource: Resource) -> tuple[str, ...]:
    """Return the days on which its notes may say otherwise than its hours (``text.doubt_days``)."""
    closing = resource.closed_on_days
    notes = (resource.hours_note, closing.note if closing else "")
    return days_in_doubt("。".join(filter(None, notes)), closing.year_end if closing else "")


def hours_agree(resource: Resource) -> bool:
    """Tell whether the note beside the hours leaves them as they are: it narrows no day and forbids none.

    Hours with names or seasons are detailed by hand, and a note may speak of any of them: they count as agreeing.
    """
    if not resource.hours_note or any(span.label or span.valid_from or span.valid_to for span in resource.hours):
        return True
    spans = [
        {
            "days": compact_days(span.days),
            "open": span.open,
            "close": span.close,
            **({"nth": list(span.nth)} if span.nth else {}),
        }
        for span in resource.hours
    ]
    return ruled_by(spans, resource.hours_note) == ruled_by(spans, "")
