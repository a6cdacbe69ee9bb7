"""The contact finder: troubles in residents' words, and tables that say which window serves which area (担当)."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from tsunagite.records.model.base.fields import Day, Part, Slug, TermOf

Line = Annotated[str, Field(min_length=1, max_length=120)]


class DutyRow(Part):
    """One window and the areas it serves."""

    window: Slug = Field(
        title="窓口", description="窓口の記録の ID（掲載中で、電話のあるもの）。", examples=["support-center-1"]
    )
    areas: tuple[Slug, ...] = Field(
        (),
        title="担当の地域",
        description="地域の ID。書かなければ、市の全体の担当です。町字に書くと地区より、地区に書くと市より優先します。",
        examples=[["sakura", "ume"]],
    )


class Assignment(Part):
    """Which window is responsible for which area. The smallest area that is written wins: 町字 before 地区 before 市."""

    id: Slug = Field(title="ID", description="英小文字・数字・ハイフン。", examples=["support-centers"])
    title: str = Field(
        min_length=1,
        max_length=60,
        title="何の担当か",
        description="担当表の名前。",
        examples=["地域包括支援センターの担当"],
    )
    rows: tuple[DutyRow, ...] = Field(min_length=1, title="担当表", description="窓口と、その担当の地域。")
    verified_on: Day | None = Field(
        None, title="確認した日", description="担当表を確かめた日。", examples=["2026-09-02"]
    )
    verified_by: str = Field(
        "", max_length=60, title="確認した部署", description="人名ではなく部署。", examples=["長寿福祉課"]
    )
    sample: bool = Field(
        False, title="見本", description="作りものの担当表なら true。答えに「実際の担当は市にご確認ください」と出ます。"
    )
    memo: str = Field("", max_length=2000, title="メモ", description="サイトに出ない覚え書き。")


class ContactStep(Part):
    """One step of the order of windows: the window of a duty table, or one window for everybody."""

    duty: Slug | None = Field(
        None,
        title="担当表",
        description="担当の ID（resources/contact/duties/ の表）。町によって窓口が変わるときと、共通の担当（duty の語彙）にたずねるとき。",
        examples=["support-centers"],
    )
    window: Slug | None = Field(
        None, title="窓口", description="窓口の記録の ID。市のどこでも同じ窓口のとき。", examples=["city-office-1"]
    )
    why: str = Field(
        "",
        max_length=60,
        title="どんなとき",
        description="この窓口に電話するわけ。二つ目からの窓口には書きます。",
        examples=["手続きの用紙がほしいとき"],
    )

    @model_validator(mode="after")
    def _one_of_both(self) -> ContactStep:
        if (self.duty is None) == (self.window is None):
            raise PydanticCustomError("step_needs_one", "duty or window")
        return self


class Concern(Part):
    """A trouble in a resident's words, the windows in the order to call, and the words to say there."""

    id: Slug = Field(
        title="ID",
        description="英小文字・数字・ハイフン。アドレスに出ます。人に見られて困る困りごとには、内容のわからない名前を付けます。",
        examples=["memory"],
    )
    label: str = Field(
        min_length=1, max_length=24, title="困りごと", description="住民のことばで。", examples=["物忘れが心配"]
    )
    example: str = Field(
        min_length=1,
        max_length=60,
        title="たとえば",
        description="思いあたる様子を一つか二つ。",
        examples=["同じことを何度も聞く。薬を飲み忘れる。"],
    )
    icon: str = Field(
        "message-circle", max_length=40, title="絵記号", description="アイコンの名前。", examples=["brain"]
    )
    order: int = Field(50, ge=0, le=999, title="並び順", description="小さい数から並びます。", examples=[10])
    needs: tuple[Annotated[str, TermOf("need")], ...] = Field(
        (),
        title="困りごとの分類",
        description="need の語彙から。くわしい一覧へのリンクになります。",
        examples=[["もの忘れ"]],
    )
    sensitive: bool = Field(
        False, title="人に見られて困る", description="暴力・虐待など。題名を中立にし、「すぐ離れる」ボタンを出します。"
    )
    dangers: tuple[Annotated[str, TermOf("emergency")], ...] = Field(
        (),
        title="いますぐ電話するとき",
        description="急ぐとき（emergency）の語彙から、この困りごとで起こりうるもの。番号と、することは、そこから出ます。",
        examples=[["息が苦しい", "胸が痛い・しめつけられる"]],
    )
    cover: Literal["full", "shared", "partial"] = Field(
        "full",
        title="担当の決まり方",
        description="full＝どの町も最初の窓口は一つ、shared＝いくつかで受ける、partial＝担当の決まっていない町がある。",
    )
    windows: tuple[ContactStep, ...] = Field(min_length=1, title="窓口の順番", description="電話する順番に。")
    after_hours: tuple[Annotated[str, TermOf("hotline")], ...] = Field(
        (), title="夜や休みの日の電話", description="hotline の語彙から。", examples=[["よりそいホットライン"]]
    )
    say: tuple[Line, ...] = Field(
        min_length=1,
        title="言うこと",
        description="電話で言う文。{town} は町の名前、＿＿ は言う人がうめるところ。",
        examples=[["{town}の者です。"]],
    )
    have: tuple[Line, ...] = Field((), title="手もとに置くもの", description="電話の前に用意するもの。")
    next: tuple[Line, ...] = Field((), title="このあと", description="電話のあと、どうなるか。")
    memo: str = Field("", max_length=2000, title="メモ", description="サイトに出ない覚え書き。")
