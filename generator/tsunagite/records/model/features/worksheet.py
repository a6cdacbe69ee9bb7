"""Worksheets: a sheet is a declaration; what its filled records may hold follows from it."""

from __future__ import annotations

from typing import Annotated, Any, Literal, cast

from pydantic import Field, StringConstraints, create_model

from tsunagite.records.model.base.fields import Day, LineName, Part, Reading, Slug, TermOf

Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Kind = Literal[
    "text",
    "line",
    "choice",
    "choices",
    "mark",
    "date",
    "number",
    "row",
    "rows",
    "term",
    "resource",
    "resources",
    "lines",
]
RuleName = Literal["analysis", "responsible", "priority", "method", "evidence", "postponed"]
Purpose = Literal["notice", "analyse", "decide", "act", "meet", "partner", "person", "learn"]
RULE_CODES: dict[str, str] = {
    "analysis": "W111", "responsible": "W112", "priority": "W113", "evidence": "W114", "postponed": "W115", "method": "W116",
}  # fmt: skip
"""The finding that each rule makes; its sentence is also what a form asks."""
MARK = "○"
MOST_TEXT, MOST_LINE, MOST_NUMBER = 1000, 120, 999_999


class SheetField(Part):
    """One thing to write. ``of`` is the section whose rows a row field names, or the vocabulary of a term."""

    id: Key = Field(title="キー", description="記録に書くときの名前。英小文字。")
    title: str = Field(min_length=1, max_length=30, title="見出し", description="用紙に印刷することば。")
    help: str = Field("", max_length=200, title="書き方", description="迷ったときに読む一文。")
    kind: Kind = Field("text", title="種類", description="書くものの種類。")
    options: tuple[Annotated[str, Field(min_length=1, max_length=30)], ...] = Field(
        (), title="選ぶことば", description="choice・choices のことば。"
    )
    of: str = Field("", max_length=40, title="もと", description="row・rows は表のキー、term は語彙の名前。")
    required: bool = Field(False, title="かならず書く", description="空では困る欄なら true。")
    people: bool = Field(False, title="人の数が入る", description="少ない人数が書かれたら知らせる欄なら true。")
    adds: bool = Field(
        False,
        title="足す数",
        description="いくつかの用紙を一つにするとき、同じ名前の行の数を足す欄なら true（kind は number）。",
    )
    counted: Literal["", "notice", "case", "side"] = Field(
        "",
        title="地域ごとに数える",
        description="困りごと・地区ごとに件数を数える欄なら、気づき（notice）・個別の困りごと（case）・要因の側（side）。",
    )
    width: float = Field(1, gt=0, le=10, title="はば", description="となりの欄に対する広さ。")
    lines: int = Field(1, ge=1, le=30, title="高さ", description="枠のときの、行の数。")
    printed: tuple[Annotated[str, Field(max_length=40)], ...] = Field(
        (), title="印刷しておくことば", description="白紙の行に、上から順に書いておくことば。"
    )
    example: str = Field("", max_length=200, title="例", description="書き方の例。")


class GridForm(Part):
    """A table of cells: which field's values go down, which go across, which field stands in the cells."""

    down: Key = Field(title="縦", description="縦に並べる欄のキー。")
    across: Key = Field(title="横", description="横に並べる欄のキー。")
    show: Key = Field(title="ますに出す欄", description="ますの中に出す欄のキー。記号なら letter。")


class Section(Part):
    """A step of a stepper, or a table. With ``rows`` it has lines, else it is one set of boxes."""

    id: Key = Field(title="キー", description="記録に書くときの名前。英小文字。")
    title: str = Field(min_length=1, max_length=30, title="見出し", description="用紙に印刷することば。")
    help: str = Field("", max_length=300, title="書き方", description="この段ですること。")
    rows: int = Field(0, ge=0, le=40, title="行の数", description="白紙に印刷する行の数。0 なら枠だけ。")
    letters: Literal["", "a", "A", "1"] = Field("", title="記号", description="行に付ける記号。ほかの表から指せます。")
    each: str = Field("", max_length=40, title="もとの表", description="この表のキー。その行ごとに一行書きます。")
    fields: tuple[SheetField, ...] = Field(min_length=1, title="欄", description="左から順に。")
    grid: GridForm | None = Field(None, title="ます", description="ますの表でも見せるとき。")
    side: Literal["left", "right", "full"] = Field("full", title="置き場所", description="二段組みの左か右か。")
    weight: float = Field(1, gt=0, le=20, title="高さ", description="紙の上の、ほかの表に対する高さ。")

    @property
    def is_table(self) -> bool:
        """Whether it has lines (else it is one set of boxes)."""
        return bool(self.rows or self.each)

    @property
    def has_letters(self) -> bool:
        """Whether each line says its letter."""
        return bool(self.letters or self.each)

    def field(self, key: str) -> SheetField | None:
        """Return a field by its key."""
        return next((field for field in self.fields if field.id == key), None)


class SheetRule(Part):
    """Where all of ``when`` (or the one value ``equals``) is written, all of ``needs`` must be too."""

    rule: RuleName = Field(title="決まり", description="何を教える決まりか。")
    section: Key = Field(title="表", description="見る表のキー。")
    when: tuple[Key, ...] = Field(min_length=1, title="書いてあるとき", description="どれかが書いてあれば見ます。")
    equals: str = Field("", max_length=30, title="この値のとき", description="when の欄がこのことばのときだけ。")
    needs: tuple[Key, ...] = Field(min_length=1, title="必要な欄", description="書いていなければ知らせる欄。")
    enough: Key | None = Field(None, title="数の欄", description="この数が2以上なら、needs がなくてもよい。")


class Carry(Part):
    """What a new sheet takes over from a filled one: each line of ``section`` becomes a line of ``into``."""

    sheet: Slug = Field(title="もとの用紙", description="先に書く用紙の ID。")
    section: Key = Field(title="もとの表", description="写す行の表のキー。")
    field: Key = Field(title="もとの欄", description="写すことばの欄のキー。")
    into: Key = Field(title="写す先の表", description="この用紙の表のキー。")
    write: Key = Field(title="写す先の欄", description="この用紙の欄のキー。")


class SheetPaper(Part):
    """The sheet of paper."""

    size: Literal["a4", "a3"] = Field("a4", title="大きさ", description="a4 か a3。")
    turned: bool = Field(False, title="横向き", description="横に使うなら true。")
    poster: bool = Field(False, title="貼り紙", description="付せん（75×75ミリ）を貼る A1 の紙も作るなら true。")


class WorksheetTemplate(Part):
    """A worksheet. Everything it becomes (paper, workbook, form, page, checks) is made from this declaration."""

    id: Slug = Field(title="ID", description="ファイルの名前。")
    title: str = Field(min_length=1, max_length=40, title="名前", description="用紙の名前。")
    title_kana: Reading = Field(title="ふりがな", description="ひらがなで。")
    short: str = Field("", max_length=20, title="短い名前", description="せまい場所に出す名前。")
    summary: str = Field(min_length=1, max_length=120, title="ひとこと", description="何ができる用紙か。")
    when: str = Field(min_length=1, max_length=120, title="どんなときに", description="どんなときに使うか。")
    purpose: Purpose = Field(title="目的", description="一覧での置き場所。")
    order: int = Field(ge=1, le=999, title="順番", description="一覧での順番。")
    shape: Literal["two_column", "table", "stepper", "matrix"] = Field(title="形", description="二列・表・段・ます。")
    paper: SheetPaper = Field(default_factory=SheetPaper, title="紙", description="紙の大きさと向き。")
    blank_only: bool = Field(False, title="白紙だけ", description="書いたものをサイトに置かない用紙なら true。")
    sensitive: bool = Field(
        False,
        title="人に見られて困る",
        description="暴力や事故を書く用紙なら true。題名を中立にし、「すぐ離れる」ボタンを出します。",
    )
    minutes: int = Field(ge=1, le=480, title="かかる時間（分）", description="書くのにかかる目安。")
    people: str = Field("", max_length=60, title="だれと", description="だれが書くか。")
    tips: tuple[Annotated[str, Field(min_length=1, max_length=120)], ...] = Field(
        (), title="約束", description="用紙の上に印刷する約束。"
    )
    notes: tuple[Annotated[str, Field(min_length=1, max_length=200)], ...] = Field(
        (), title="進める人へ", description="進行役が読む覚え書き。"
    )
    method: str = Field("", max_length=200, title="方法の出どころ", description="どの考え方をもとにしたか。")
    guides: tuple[Slug, ...] = Field((), title="手引き", description="くわしい手引きの ID。")
    called: tuple[Annotated[str, Field(min_length=1, max_length=40)], ...] = Field(
        (), title="手引きでの呼び名", description="手順の sheet に書かれることば。"
    )
    next: tuple[Slug, ...] = Field((), title="つぎの用紙", description="この用紙のあとに使う用紙の ID。")
    carries: tuple[Carry, ...] = Field(
        (), title="引きつぎ", description="書かれた用紙から写して書きはじめるとき、写すもの。"
    )
    sections: tuple[Section, ...] = Field(min_length=1, title="表", description="上から順に。")
    rules: tuple[SheetRule, ...] = Field((), title="決まり", description="書いたものを点検する決まり。")

    def section(self, key: str) -> Section | None:
        """Return a section by its key."""
        return next((section for section in self.sections if section.id == key), None)


class HistoryEntry(Part):
    """What happened after the meeting: planned, done, checked or changed."""

    on: Day = Field(title="日", description="いつのことか。", examples=["2026-10-13"])
    phase: Literal["計画", "実行", "確認", "見直し"] = Field(
        title="段", description="計画・実行・確認・見直しから。", examples=["確認"]
    )
    text: str = Field(
        min_length=1,
        max_length=300,
        title="したこと",
        description="何をしたか、何がわかったか。",
        examples=["バスの会社と話した"],
    )
    effect: str = Field(
        "",
        max_length=200,
        title="効果",
        description="数や声でわかったこと。",
        examples=["通いの場に来る人が月に18人から26人になった"],
    )


class WorksheetHead(Part):
    """What every filled sheet says of itself."""

    id: Slug = Field(
        title="ID", description="ファイルの名前と同じ、英小文字の名前。", examples=["shiosai-2026-shopping"]
    )
    title: str = Field(
        min_length=1,
        max_length=80,
        title="題",
        description="何について書いたか。人の名前は書きません。",
        examples=["汐さい地区の買い物"],
    )
    area: Slug | None = Field(None, title="地域", description="resources/areas/ の ID。", examples=["sakura"])
    place: str = Field(
        "", max_length=60, title="場所", description="地域の記録にない、団地や通りなど。", examples=["坂の上の団地"]
    )
    needs: tuple[Annotated[str, TermOf("need")], ...] = Field(
        (), title="困りごと", description="関わる困りごと。", examples=[["買い物"]]
    )
    made_on: Day = Field(title="書いた日", description="話し合って書いた日。", examples=["2026-09-10"])
    made_by: str = Field(
        min_length=1,
        max_length=80,
        title="書いたところ",
        description="会議や部署の名前。人の名前は書きません。",
        examples=["第2層協議体"],
    )
    members: tuple[Annotated[str, Field(min_length=1, max_length=40)], ...] = Field(
        (), title="いっしょに書いた人", description="役割だけ。", examples=[["民生委員", "商店"]]
    )
    grew_from: tuple[Slug, ...] = Field(
        (), title="もとになった用紙", description="先に書いた用紙の ID。", examples=[["shiosai-2026-voices"]]
    )
    resources: tuple[Slug, ...] = Field(
        (), title="生まれた資源・案", description="この用紙から生まれた記録の ID。", examples=[["kairanban-no-yotei"]]
    )
    history: tuple[HistoryEntry, ...] = Field((), title="その後", description="計画・実行・確認・見直しの記録。")
    next_review: Day | None = Field(
        None, title="次に見直す日", description="次に集まって確かめる日。", examples=["2027-03-09"]
    )
    publishable_by: str = Field(
        "",
        max_length=80,
        title="公開を認めたところ",
        description="公開してよいと決めた部署や会議。空なら、サイトに出ません。",
        examples=["地域福祉課"],
    )
    publishable_on: Day | None = Field(None, title="公開を認めた日", description="決めた日。", examples=["2026-10-01"])
    sample: bool = Field(False, title="見本", description="作りものの記録なら true。")
    memo: str = Field("", max_length=2000, title="メモ", description="編集する人のための覚え書き。サイトには出ません。")


HEAD_KEYS = tuple(WorksheetHead.model_fields)
_Text = Annotated[str, Field(max_length=MOST_TEXT)]
_Line = Annotated[str, Field(max_length=MOST_LINE)]
_Letter = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9]{1,3}$")]
"""The letter of a line is a part of the name of the line (``LineName``) and of an address."""
_EMPTY: dict[str, Any] = {
    "choice": None,
    "choices": (),
    "mark": False,
    "date": None,
    "number": None,
    "rows": (),
    "term": None,
    "resource": None,
    "resources": (),
    "lines": (),
}


def letters_of(section: Section, count: int) -> tuple[str, ...]:
    """Return the letters of the first lines of a table: a, b ... or A, B ... or 1, 2 ..."""
    if section.letters == "1" or not section.letters:
        return tuple(str(number + 1) for number in range(count))
    first = ord(section.letters)
    return tuple(chr(first + number) for number in range(min(count, 26)))


def _annotation(field: SheetField) -> Any:
    kinds: dict[str, Any] = {
        "text": _Text,
        "line": _Line,
        "mark": bool,
        "date": Day | None,
        "number": Annotated[int, Field(ge=0, le=MOST_NUMBER)] | None,
        "row": _Letter,
        "rows": tuple[_Letter, ...],
        "resource": Slug | None,
        "resources": tuple[Slug, ...],
        "lines": tuple[LineName, ...],
    }
    if field.kind in kinds:
        return kinds[field.kind]
    if field.kind == "term":
        return Annotated[str, TermOf(field.of)] | None
    # Python keeps one union for words in any order (``Literal`` compares as a set): the tuple beside them keeps ours.
    word = cast("Any", Annotated)[cast("Any", Literal)[field.options], field.options]
    return cast("Any", word | None if field.kind == "choice" else cast("Any", tuple)[word, ...])


def _pydantic_field(field: SheetField) -> tuple[Any, Any]:
    default = ... if field.required else _EMPTY.get(field.kind, "")
    examples = [field.example] if field.example else None
    least = 1 if field.required and field.kind in ("text", "line", "choices", "rows", "resources", "lines") else None
    return _annotation(field), Field(
        default, title=field.title, description=field.help or None, examples=examples, min_length=least
    )


def record_model(sheet: WorksheetTemplate) -> type[WorksheetHead]:
    """Return the model of the filled records of a sheet: the head, then one key for each section."""
    parts: dict[str, Any] = {}
    for section in sheet.sections:
        fields: dict[str, Any] = {field.id: _pydantic_field(field) for field in section.fields}
        if section.has_letters:
            fields = {
                "letter": (
                    _Letter,
                    Field(title="記号", description="行の記号。半角の英数字で3字まで。", examples=["a"]),
                ),
                **fields,
            }
        model = create_model(f"{sheet.id}_{section.id}", __base__=Part, **fields)
        default, annotation = ((), tuple[model, ...]) if section.is_table else (None, model | None)
        parts[section.id] = (annotation, Field(default, title=section.title, description=section.help or None))
    made: type[WorksheetHead] = create_model(sheet.id, __base__=WorksheetHead, **parts)
    return made
