"""Guides: what roles, processes and reference pages say at their head, checked like records; the prose stands below it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from tsunagite.records.model.base.fields import Day, Part, Reading, Slug, TermOf, WebAddress

Sentence = Annotated[str, Field(min_length=1, max_length=300)]
Sentences = tuple[Sentence, ...]
Kinds = tuple[Annotated[str, TermOf("kind")], ...]
Needs = tuple[Annotated[str, TermOf("need")], ...]
RoleGroup = Literal["welfare_window", "care", "medical", "municipality", "community", "life", "safety", "rights"]


ReadState = Literal["read", "ordinance", "unread"]
"""How far a citation was checked: the article was read; an ordinance it leans on (or is) was not; the article itself was not."""


class Amendment(Part):
    """A law that changes an act, as far as somebody looked it up."""

    by: str = Field(
        min_length=1,
        max_length=120,
        title="改める法律",
        description="改める法律の名前か番号。",
        examples=["令和8年法律第51号"],
    )
    promulgated_on: Day | None = Field(
        None, title="公布の日", description="わからないときは書きません。", examples=["2026-06-25"]
    )
    in_force_on: Day | None = Field(None, title="施行の日", description="決まっている日だけ。", examples=["2027-04-01"])
    note: str = Field("", max_length=300, title="補足", description="まだ決まっていないこと。")


class Act(Part):
    """A law that guides cite, and the last changes of it that somebody looked at (content/acts.yml)."""

    id: Slug = Field(title="ID", description="根拠の act から指すときの名前。")
    name: str = Field(
        min_length=1, max_length=120, title="名前", description="法律の正式な名前。", examples=["介護保険法"]
    )
    number: str = Field("", max_length=60, title="番号", description="法律の番号。", examples=["平成9年法律第123号"])
    url: WebAddress | None = Field(None, title="アドレス", description="e-Gov法令検索のページ。確かなものだけ。")
    amendments: tuple[Amendment, ...] = Field((), title="改正", description="見た改正。新しいものから。")
    looked_on: Day | None = Field(
        None, title="調べた日", description="改正があるかを最後に調べた日。調べていないときは書きません。"
    )
    note: str = Field("", max_length=300, title="補足", description="調べても確かめられなかったこと。")


class Citation(Part):
    """An article of an act (``act``), or a document (``title``, ``publisher``), that a guide stands on."""

    id: Slug | None = Field(None, title="ID", description="本文から [^id] で指すときの名前。")
    act: Slug | None = Field(None, title="法律", description="content/acts.yml の ID。", examples=["kaigo-hoken"])
    article: str = Field("", max_length=60, title="条", description="条の番号。", examples=["第115条の46"])
    paragraph: str = Field("", max_length=60, title="項・号", description="項と号の番号。", examples=["第2項第1号"])
    title: str = Field(
        "", max_length=200, title="名前", description="法律でない文書の正式な名前。", examples=["地域支援事業実施要綱"]
    )
    publisher: str = Field(
        "", max_length=120, title="出したところ", description="文書を出した省庁や団体。", examples=["厚生労働省"]
    )
    url: WebAddress | None = Field(None, title="アドレス", description="文書のアドレス。確かなものだけ。")
    on: str = Field("", max_length=200, title="何の根拠か", description="どの決まりの根拠か、短く。")
    state: ReadState | None = Field(
        None,
        title="確かめた状態",
        description="read（条文を読んだ）・ordinance（省令は未確認）・unread（原文は未確認）。法律には必ず書きます。",
    )
    checked_on: Day | None = Field(
        None, title="確かめた日", description="法律には必ず書きます。", examples=["2026-11-23"]
    )


class FirstCall(Part):
    """Whom to call first in one situation."""

    when: str = Field(min_length=1, max_length=60, title="こんなとき", description="どんなときか。")
    call: str = Field(min_length=1, max_length=120, title="先に電話するところ", description="最初に電話する先。")
    then: str = Field("", max_length=120, title="次に", description="その次に電話する先。")


class FigureStep(Part):
    """One box of a figure."""

    label: str = Field(min_length=1, max_length=24, title="ことば", description="箱のことば。", examples=["受けとめる"])
    text: str = Field("", max_length=60, title="説明", description="箱の中の、短い説明。")
    group: str = Field(
        "", max_length=24, title="列", description="columns だけ: どの列の箱か。同じことばの箱が一つの列になります。"
    )


class Figure(Part):
    """A process as boxes and arrows; the page shows the same as a list."""

    title: str = Field(min_length=1, max_length=40, title="題", description="図の題。", examples=["相談の流れ"])
    shape: Literal["row", "circle", "columns"] = Field(
        "row", title="形", description="row（順に進む）・circle（一周してもどる）・columns（列に分かれる）から。"
    )
    steps: tuple[FigureStep, ...] = Field(min_length=2, max_length=12, title="箱", description="順番に。")


class Guide(Part):
    """What every guide has at its head."""

    title: str = Field(
        min_length=1,
        max_length=60,
        title="題",
        description="ページの題。",
        examples=["ケアマネジャー（介護支援専門員）"],
    )
    title_kana: Reading = Field("", title="ふりがな", description="題の読み。ひらがなで。", examples=["けあまねじゃー"])
    summary: str = Field(min_length=1, max_length=160, title="ひとこと", description="何がわかるページか、一文で。")
    kinds: Kinds = Field((), title="種類", description="ページに出す記録の種類。")
    needs: Needs = Field((), title="困りごと", description="関わる困りごと。近いものから順に。")
    related: tuple[Slug, ...] = Field((), title="関連する手引き", description="ほかの手引きの ID（ファイルの名前）。")
    keywords: Sentences = Field(
        (), title="さがすことば", description="さがす人が打ちそうなことば。ページには出ません。"
    )
    sources: tuple[Citation, ...] = Field((), title="根拠", description="法律や文書。")
    calls: tuple[FirstCall, ...] = Field(
        (), title="だれに最初に電話するか", description="ページと紙のはじめに出す、こんなとき→先に電話するところの表。"
    )
    dangers: bool = Field(
        False,
        title="急ぐときの番号",
        description="急ぐとき（emergency の語彙）の番号と、どんなときかの表を出すなら true。",
    )
    figure: Figure | None = Field(None, title="図", description="手順を箱と矢印で示す図。同じことが文でも出ます。")
    reviewed_on: Day = Field(title="見直した日", description="内容を確かめた日。", examples=["2026-11-23"])
    review_due: Day = Field(title="次の見直し", description="次に確かめる期限。", examples=["2027-04-30"])


class RoleGuide(Guide):
    """What one profession or body can do for whom, and how to speak with it."""

    group: RoleGroup = Field(title="まとまり", description="一覧での置き場所。")
    advises_on: Sentences = Field(min_length=1, title="相談できること", description="助言や対応ができること。")
    contact_when: Sentences = Field(min_length=1, title="こんなときに", description="連絡するとき。")
    tell: Sentences = Field(min_length=1, title="伝えること", description="連絡するときに伝えること。")
    not_expected: Sentences = Field(min_length=1, title="頼めないこと", description="期待しないこと。")
    privacy: Sentences = Field(min_length=1, title="個人情報", description="守秘と、情報を渡すときの決まり。")


class ProcessStep(Part):
    """One step of a process."""

    title: str = Field(min_length=1, max_length=60, title="題", description="何をする段か。")
    who: tuple[Annotated[str, Field(min_length=1, max_length=60)], ...] = Field(
        min_length=1, title="だれが", description="役割の手引きの ID、または「」で囲んだことば。"
    )
    when: str = Field("", max_length=120, title="いつ", description="いつまでに。")
    what: Sentences = Field(min_length=1, title="すること", description="することを一つずつ。")
    sheet: str = Field("", max_length=80, title="シート", description="使う用紙。")
    kinds: Kinds = Field((), title="種類", description="この段で頼る記録の種類。")
    caution: str = Field("", max_length=300, title="気をつけること", description="この段での注意。")


class Procedure(Part):
    """A paper to hand in: what, where, until when."""

    document: str = Field(min_length=1, max_length=100, title="書類・手続き", description="書類か手続きの名前。")
    where: str = Field(min_length=1, max_length=120, title="出すところ", description="どこに出すか。")
    deadline: str = Field("", max_length=160, title="期限", description="いつまでに。")
    note: str = Field("", max_length=300, title="補足", description="気をつけること。")
    source: Slug | None = Field(None, title="根拠", description="sources の ID。")


class ProcessGuide(Guide):
    """How something is done, step by step."""

    for_whom: str = Field("", max_length=120, title="だれが使うか", description="このページを使う人。")
    goal: str = Field("", max_length=200, title="めざすところ", description="終わったときにどうなっていればよいか。")
    steps: tuple[ProcessStep, ...] = Field(min_length=1, title="段", description="順番に。")
    cautions: Sentences = Field((), title="留意点", description="全体で気をつけること。")
    procedures: tuple[Procedure, ...] = Field((), title="手続き", description="出す書類の一覧。")


class CheckPoint(Part):
    """One line of a checklist."""

    text: Sentence = Field(title="項目", description="確かめること。")
    hint: str = Field("", max_length=200, title="ヒント", description="考える手がかり。")
    group: str = Field("", max_length=40, title="見出し", description="同じ見出しの項目はまとめて出ます。")


class Case(Part):
    """A made-up case: what was the matter, what was done, what came of it."""

    title: str = Field(min_length=1, max_length=80, title="題", description="事例の題。")
    background: str = Field(min_length=1, max_length=600, title="背景", description="どんなことで困っていたか。")
    actions: Sentences = Field(min_length=1, title="取り組み", description="したことを順番に。")
    result: str = Field(min_length=1, max_length=400, title="結果", description="どうなったか。")
    learned: str = Field("", max_length=400, title="学んだこと", description="ほかで使えること。")
    period: str = Field("", max_length=60, title="期間", description="いつからいつまで。")
    partners: Sentences = Field((), title="いっしょにした相手", description="団体の種類。")
    kinds: Kinds = Field((), title="種類", description="関わる種類。")
    needs: Needs = Field((), title="困りごと", description="関わる困りごと。")
    sample: bool = Field(False, title="見本", description="作った話なら true。")


class Question(Part):
    """A question and its answer."""

    q: Sentence = Field(title="質問", description="聞かれること。")
    a: str = Field(min_length=1, max_length=800, title="答え", description="短い答え。")
    needs: Needs = Field((), title="困りごと", description="関わる困りごと。")
    related: tuple[Slug, ...] = Field((), title="関連する手引き", description="手引きの ID。")


class Branch(Part):
    """A branch of a tree."""

    title: str = Field(min_length=1, max_length=80, title="題", description="枝の名前。")
    note: str = Field("", max_length=300, title="説明", description="枝の説明。")
    source: Slug | None = Field(None, title="根拠", description="sources の ID。")
    page: Slug | None = Field(None, title="手引き", description="くわしいページの ID。")
    kinds: Kinds = Field(
        (), title="電話する先の種類", description="この枝で電話する窓口の種類。サイトの記録の電話番号が出ます。"
    )
    hotlines: tuple[Annotated[str, TermOf("hotline")], ...] = Field(
        (), title="電話する番号", description="この枝で電話する番号。hotline の語彙から。", examples=[["火事・救急"]]
    )
    children: tuple[Branch, ...] = Field((), title="枝", description="下の枝。")


class ReferenceGuide(Guide):
    """A page to look things up: text, a checklist, a tree, cases, questions."""

    shape: Literal["text", "checklist", "tree", "cases", "qa"] = Field(
        "text", title="形", description="text・checklist・tree・cases・qa から。"
    )
    tally: bool = Field(False, title="数える", description="印の数を、見る人の端末で数えるなら true。")
    checks: tuple[CheckPoint, ...] = Field((), title="項目", description="checklist の項目。")
    cases: tuple[Case, ...] = Field((), title="事例", description="cases の事例。")
    questions: tuple[Question, ...] = Field((), title="質問", description="qa の質問と答え。")
    tree: tuple[Branch, ...] = Field((), title="木", description="tree の枝。")


class GlossaryTerm(Part):
    """A word of the trade in plain words."""

    term: str = Field(min_length=1, max_length=40, title="ことば", description="専門のことば。")
    reading: Reading = Field(title="読み", description="ひらがなで。")
    meaning: str = Field(
        min_length=1, max_length=80, title="意味", description="80字まで。はじめて聞く人にわかるように。"
    )
    more: str = Field("", max_length=300, title="補足", description="もう少しくわしく。")
    sources: tuple[Citation, ...] = Field((), title="根拠", description="法律や文書。")
    aliases: tuple[Annotated[str, Field(min_length=1, max_length=40)], ...] = Field(
        (), title="別名", description="同じ意味のことば。"
    )


class Redirect(Part):
    """Something a care manager is asked for but cannot do, and who does it instead."""

    id: Slug = Field(title="ID", description="英小文字の名前。")
    request: Sentence = Field(title="頼まれごと", description="頼まれることば。")
    why: str = Field(min_length=1, max_length=300, title="わけ", description="なぜ担当の仕事ではないか。")
    need: Annotated[str, TermOf("need")] = Field(title="困りごと", description="近い困りごと。")
    kinds: Kinds = Field((), title="種類", description="代わりに頼める種類。")
    instead: str = Field(min_length=1, max_length=300, title="代わりに", description="だれに、どう頼むか。")
    maybe_nobody: str = Field(
        "", max_length=200, title="いないことも", description="引き受け手がいないかもしれないとき。"
    )
    sources: tuple[Citation, ...] = Field((), title="根拠", description="法律や文書。")


class SystemRow(Part):
    """One of the systems the knowledge base covers, and the pages that hold it."""

    number: int = Field(ge=1, le=200, title="番号", description="通し番号。")
    title: str = Field(min_length=1, max_length=100, title="題", description="しくみの名前。")
    pages: tuple[str, ...] = Field(
        min_length=1, title="ページ", description="手引きの場所。", examples=[["roles/care-manager"]]
    )
    sheets: tuple[str, ...] = Field((), title="シート", description="使う用紙。")
