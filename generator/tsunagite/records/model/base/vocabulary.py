"""Vocabularies: closed lists of terms (needs, kinds, support levels ...) that a site can override and extend."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from pydantic import BaseModel, ConfigDict, Field

from tsunagite.text.normalize import compare_key

NAMES = (
    "access", "area_level", "care_level", "department", "duty", "emergency", "event_kind", "fee", "hotline", "kind", "kind_group", "language", "location_type",
    "meeting_frequency", "need", "organization_type", "paper_audience", "paper_layout", "partner_sort", "relation", "residence", "service", "situation", "stage",
    "status", "support_level", "synonyms", "team_layer", "time_scale", "trade", "use_status", "verify_method", "visibility",
)  # fmt: skip


class Term(BaseModel):
    """One word of a vocabulary. Records may write its id, its Japanese label or an alias."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]*$", title="ID", description="英小文字の名前。変えられません。")
    label: str = Field(min_length=1, title="名前", description="ページに出ることば。")
    label_easy: str = Field("", title="やさしい日本語", description="やさしい日本語でのことば。")
    label_en: str = Field("", title="英語", description="英語でのことば。")
    label_zh: str = Field("", title="中国語", description="中国語（簡体字）でのことば。この市だけの語に書きます。")
    label_vi: str = Field("", title="ベトナム語", description="ベトナム語でのことば。この市だけの語に書きます。")
    official: str = Field("", title="専門用語", description="専門職が使うことば（小さく添えます）。")
    definition: str = Field("", title="説明", description="この語の一覧ページに出す説明。")
    aliases: tuple[str, ...] = Field((), title="別名", description="記録に書いてもよい別の書き方。")
    also_called: tuple[str, ...] = Field(
        (),
        title="呼び名",
        description="さがす人がこの語をこう呼ぶ、というよみがな・略語・ふだんの言い方。検索だけに使い、記録には書けません。",
    )
    called_en: tuple[str, ...] = Field(
        (),
        title="英語の呼び名",
        description="英語でさがす人の、ほかの呼び名（小文字で）。label_en のことばといっしょに、検索だけに使います。",
    )
    finds: tuple[str, ...] = Field(
        (),
        title="引き当てることば",
        description="検索だけに使います。同じ意味のことば（synonyms）では、名前と別名のどれで引いても、ここに書いたことばを見つけます。逆はありません（「腰痛」で整形外科は見つかり、「整形外科」で腰痛はさがしません）。サービスと診療科では、記録に書かれる形のうち、その中に入るほかのもの、店の種類（trade）では、店の名前に書かれるチェーン名です。",
    )
    icon: str = Field("", title="絵記号", description="アイコンの名前。")
    group: str = Field(
        "",
        title="まとまり",
        description="種類（kind）では kind_group の ID、相談窓口の担当（duty）では窓口の種類（kind）の ID。",
    )
    consultation: bool = Field(False, title="窓口", description="種類（kind）だけ: 担当地域を書く窓口かどうか。")
    named: tuple[str, ...] = Field(
        (),
        title="名前のことば",
        description="種類（kind）だけ: このことばが名前に入る記録は、取り込むときこの種類にします（市だけの呼び名など）。さがすときの呼び名にもなります。",
    )
    needless: bool = Field(
        False, title="困りごとなし", description="種類（kind）だけ: 困りごと（needs）を書かなくてよい種類なら true。"
    )
    unconfirmed: bool = Field(
        False,
        title="種類未確認",
        description="種類（kind）だけ: 何の所かを確かめていないときの種類なら true。助け合いのかたちを書かなくてよく、ページには「未確認」と出ます。",
    )
    review_months: int | None = Field(
        None,
        ge=1,
        le=60,
        title="見直しの間隔（月）",
        description="種類（kind）だけ: 確認からこの月数を過ぎた記録に印を付けます。なければ site.yml の review_months です。",
    )
    term_ends: date | None = Field(
        None,
        title="任期の終わり",
        description="種類（kind）だけ: 任期のいっせいに終わる日。3か月前から知らせ、その日までの確認は、その日を過ぎると古くなります。",
    )
    secret_place: bool = Field(
        False, title="所在地を出さない", description="種類（kind）だけ: 住所と座標を書けません。"
    )
    equipment: bool = Field(False, title="設備", description="種類のまとまりだけ: 設備かどうか。")
    meets: bool = Field(
        False, title="予定表に出す", description="種類（kind）だけ: 時間が、開いている時間ではなく集まる時間なら true。"
    )
    for_workers: bool = Field(
        False, title="支える人の会議", description="集まりの種類（event_kind）だけ: 働く人・支える人の会議なら true。"
    )
    sensitive: bool = Field(
        False,
        title="人に見られて困る",
        description="困りごと（need）だけ: 一覧の題名を中立にし、「すぐ離れる」ボタンを出します。",
    )
    municipal: bool = Field(
        False,
        title="市区町村のサービス",
        description="サービス（service）だけ: 市区町村が自分でするサービスなら true。公開の前に、この市の記録があるかを確かめる一覧（doctor）に出ます。",
    )
    number: str = Field("", title="電話番号", description="全国共通の電話（hotline）だけ: 番号。")
    hours: str = Field(
        "", title="つながる時間", description="全国共通の電話（hotline）だけ: つながる時間。always なら書きません。"
    )
    always: bool = Field(
        False,
        title="いつでもつながる",
        description="全国共通の電話（hotline）だけ: 昼も夜も休みの日もつながるなら true。",
    )
    urgent: bool = Field(
        False,
        title="急ぐとき",
        description="全国共通の電話（hotline）だけ: 急ぐときのページの、はじめに出すなら true。急ぐとき（emergency）では、紙や手引きにも出す目じるしなら true。",
    )
    direct: str = Field(
        "",
        title="#を押せない電話の番号",
        description="全国共通の電話（hotline）だけ: 「#」の番号にかけられない電話のための番号。都道府県や市でちがうので、市が書きます。",
    )
    local: bool = Field(
        False,
        title="市が番号を書く",
        description="全国共通の電話（hotline）だけ: 市が番号を書くまで、どこにも出さないなら true。",
    )
    source: str = Field(
        "",
        title="出どころ",
        description="全国共通の電話（hotline）では番号と時間を読んだ所。種類（kind）では、記録がないときにさがす全国の名簿の名前。",
    )
    url: str = Field(
        "", title="出どころのアドレス", description="source のページ。全国共通の電話（hotline）と種類（kind）だけ。"
    )
    read_on: date | None = Field(
        None, title="読んだ日", description="全国共通の電話（hotline）だけ: 番号と時間を確かめた日。"
    )
    ask: tuple[str, ...] = Field(
        (), title="聞かれること", description="全国共通の電話（hotline）だけ: 電話で聞かれること。"
    )
    calls: tuple[str, ...] = Field(
        (),
        title="電話の順番",
        description="急ぐとき（emergency）では、電話する順に、全国共通の電話（hotline）の ID。なければ、also_called で終わるひとまとまりを急ぐときとみなしません。相談窓口の担当（duty）では、窓口がまだ書かれていないときに代わりに出す電話。",
    )
    first: str = Field(
        "", title="電話より先に", description="急ぐとき（emergency）だけ: 電話より先にすること。番号の上に出ます。"
    )
    alone: tuple[str, ...] = Field(
        (),
        title="それだけのときのことば",
        description="急ぐとき（emergency）だけ: そのことばだけでさがしたときのことば。",
    )
    but: tuple[str, ...] = Field(
        (),
        title="急ぐときではない言い回し",
        description="急ぐとき（emergency）だけ: 含まれていても急ぐときではない言い回し。書き方は also_called と同じです。",
    )
    mutual: bool = Field(
        False,
        title="どちらからも",
        description="関係（relation）だけ: どちらからも行うはずの関係なら true。片方からだけのとき、関係の地図の気づきに出ます。",
    )
    planned: bool = Field(
        False,
        title="これから",
        description="会う回数（meeting_frequency）だけ: まだつながっていない関係なら true。関係の地図では点線になり、つながりに数えません。",
    )
    covers: tuple[str, ...] = Field(
        (),
        title="あてはまるもの",
        description="相手の種類（partner_sort）だけ: この種類にあてはまる団体の種類（organization_type）、記録の種類（kind）とそのまとまり（kind_group）の ID。",
    )
    hidden: bool = Field(
        False,
        title="使わない",
        description="このサイトでは使わない語。全国共通の電話（hotline）では、この市から使えない電話（どこにも出ません）。",
    )


@dataclass(frozen=True)
class Vocabulary:
    """The terms of one vocabulary in the order they are shown."""

    name: str
    terms: Mapping[str, Term]
    _index: dict[str, str] = field(default_factory=dict, repr=False)
    _found: dict[str, str] = field(default_factory=dict, repr=False, compare=False)
    """What was found before: records write the same few words again and again."""

    @classmethod
    def of(cls, name: str, terms: list[Term]) -> Vocabulary:
        """Build a vocabulary. Where two terms share a spelling the first one wins (ids before labels and aliases).

        A hidden term is left out. A hidden telephone (``hotline``) stays, so that emergencies and troubles may name it:
        who shows telephones leaves it out.
        """
        index: dict[str, str] = {term.id: term.id for term in terms}
        for term in terms:
            for spelling in (term.label, *term.aliases):
                index.setdefault(compare_key(spelling), term.id)
        return cls(name, {term.id: term for term in terms if not term.hidden or name == "hotline"}, index)

    @cached_property
    def text(self) -> str:
        """Everything that its terms say and how they may be written, in one text: what a digest is made of."""
        return f"{self!r}{self._index!r}"

    def __getitem__(self, term_id: str) -> Term:
        return self.terms[term_id]

    def __iter__(self) -> Iterator[Term]:
        return iter(self.terms.values())

    def find(self, written: str) -> str | None:
        """Return the id for an id, label or alias as written, or None."""
        known = self._found.get(written)
        if known is None:
            found = self._index.get(written) or self._index.get(compare_key(written))
            if found is not None and found in self.terms:
                self._found[written] = known = found
        return known

    def nearest(self, written: str) -> str | None:
        """Return the label of the term most like ``written``, or None when nothing is near."""
        labels = {compare_key(word): term.label for term in self for word in (term.id, term.label, *term.aliases)}
        near = difflib.get_close_matches(compare_key(written), labels, n=1, cutoff=0.5)
        if not near:
            near = [key for key in labels if key and (key in compare_key(written) or compare_key(written) in key)]
        return labels[near[0]] if near else None


Vocabularies = Mapping[str, Vocabulary]
