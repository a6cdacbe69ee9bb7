"""SiteSettings: what one municipality decides about its own site (resources/site.yml)."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from tsunagite.records.model.base.fields import Mail, Part, Slug, WebAddress


class MapTiles(Part):
    """The background map: the only foreign address that pages may call."""

    url: str = Field(
        "https://cyberjapandata.gsi.go.jp/xyz/pale/{z}/{x}/{y}.png",
        pattern=r"^https://\S+\{z\}\S+$",
        title="地図タイル",
        description="背景地図のアドレス。",
    )
    attribution: str = Field(
        "地理院タイル", max_length=60, title="地図の出典", description="地図の上にいつも出す出典。"
    )
    attribution_url: WebAddress = Field(
        "https://maps.gsi.go.jp/development/ichiran.html", title="出典のページ", description="出典のリンク先。"
    )
    max_zoom: int = Field(18, ge=1, le=22, title="最大の拡大", description="背景地図のいちばん大きい拡大。")
    place_url: str = Field(
        "https://maps.gsi.go.jp/#17/{lat}/{lng}/", pattern=r"^(https://[^\s<>\"()]+\{lat\}[^\s<>\"()]*\{lng\}[^\s<>\"()]*)?$", title="場所を見る地図",
        description="直しの案のまとめから、動いた地点を確かめるための地図のアドレス。空なら、地図へのリンクを出しません。",
    )  # fmt: skip


class EmergencyNumber(Part):
    """A line of the emergency strip."""

    number: str = Field(min_length=2, max_length=20, title="番号", description="電話番号。", examples=["119"])
    label: str = Field(
        min_length=1, max_length=30, title="どんなとき", description="短いことば。", examples=["火事・救急"]
    )


class Publisher(Part):
    """Who answers for the papers of a site. What is not written here stands on no paper."""

    name: str = Field(
        min_length=1,
        max_length=60,
        title="発行者",
        description="紙を出すところの名前。",
        examples=["見本市 長寿福祉課"],
    )
    contact: str = Field(
        "",
        max_length=80,
        title="問い合わせ先",
        description="紙のことを聞かれたときの電話など。発行者の名前に続けて出ます。",
        examples=["電話 087-000-0000（平日8時30分から17時15分）"],
    )
    edition_months: int | None = Field(
        None, ge=1, le=60, title="次の版まで（月）", description="紙を作り直す間隔。作った日から数えて「次の版は2027年5月ごろ」と出ます。", examples=[6]
    )  # fmt: skip


class WebEditor(Part):
    """Where the web editor (``/admin/``) keeps what staff write, and who signs them in. Names are those of Sveltia CMS."""

    backend: Literal["github", "gitlab", "gitea", "practice"] = Field(
        title="置き場所の種類",
        description="github＝GitHub、gitlab＝GitLab、gitea＝Gitea・Forgejo、practice＝練習（ブラウザーの中だけに保存し、どこにも送りません）。",
        examples=["github"],
    )
    repository: str = Field(
        max_length=200,
        pattern=r"^[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)+$",
        title="リポジトリー",
        description="持ち主/名前。",
        examples=["mihon-city/tsunagite"],
    )
    branch: str = Field(
        "main",
        max_length=100,
        pattern=r"^[A-Za-z0-9_./-]+$",
        title="枝",
        description="公開のもとになる枝（ブランチ）。",
        examples=["main"],
    )
    review: bool = Field(
        True,
        title="確認してから公開",
        description="保存したものを直しの案（プルリクエスト）にし、ほかの人が見てから取り込むなら true。GitHub と GitLab だけです。",
    )
    base_url: WebAddress | None = Field(
        None,
        title="サインインの受けつけ",
        description="サインインを受けもつサーバーのアドレス。",
        examples=["https://sign-in.example"],
    )
    api_root: WebAddress | None = Field(
        None,
        title="API のアドレス",
        description="市が動かしている GitLab や Gitea のときに書きます。",
        examples=["https://git.example/api/v4"],
    )
    app_id: str = Field(
        "",
        max_length=200,
        title="アプリケーション ID",
        description="GitLab や Gitea に登録した、サインインのためのアプリケーションの ID。",
    )


class PlainWords(Part):
    """When a sentence of a guide is called hard to read; 0 or false asks for nothing. ``text.plain_words`` and ``records/loan_words.txt`` name the sources."""

    sentence: int = Field(
        60, ge=0, le=300, title="一文の長さ（字）",
        description="手引きの一文がこの字数をこえると、お知らせを出します。文化審議会の建議「公用文作成の考え方」の解説は、50〜60字になったら読みにくくないか考えるよう求めています。0なら調べません。",
    )  # fmt: skip
    chained: int = Field(
        2, ge=0, le=9, title="続けてよい「の」の数",
        description="名前をつなぐ「の」が、この数より多く続くと、お知らせを出します。同じ建議が挙げる例（本年の当課の取組の中心）は三つです。0なら調べません。",
    )  # fmt: skip
    kanji: int = Field(
        6, ge=0, le=30, title="続けてよい漢字の数",
        description="漢字がこの数より多く続き、ことばの一覧にないとき、お知らせを出します。公の基準はなく、6は文章の点検の道具 textlint の設定にならった数です。0なら調べません。",
    )  # fmt: skip
    double_negatives: bool = Field(
        True, title="二重否定", description="「ないわけではない」のような二重否定に、お知らせを出すか（true / false）。"
    )
    letters: bool = Field(
        True, title="説明のない略語", description="説明のない英字の略語に、お知らせを出すか（true / false）。"
    )
    loan_words: bool = Field(
        True, title="知らない人のいる外来語",
        description="「アウトリーチ」のように、知らない人のいる外来語が説明なしに出てきたとき、お知らせを出すか（true / false）。国立国語研究所の『「外来語」言い換え提案』の考え方によります。",
    )  # fmt: skip
    known: tuple[str, ...] = Field(
        (), title="説明のいらないことば", description="長い漢字、英字の略語、外来語のうち、説明しなくてよいもの。", examples=[["見本市総合福祉会館"]],
    )  # fmt: skip


class SiteSettings(Part):
    """Settings of a site. Everything has a default, so that an empty folder builds."""

    name: str = Field(
        "つなぎ手", min_length=1, max_length=40, title="サイトの名前", description="ページの左上に出る名前。"
    )
    municipality: str = Field("", max_length=40, title="市区町村", description="市区町村の名前。", examples=["見本市"])
    prefecture: str = Field("", max_length=10, title="都道府県", description="都道府県の名前。", examples=["見本県"])
    area: Slug | None = Field(
        None, title="市の地域 ID", description="resources/areas/ にある市の ID。", examples=["mihon"]
    )
    site_url: WebAddress | None = Field(None, title="公開するアドレス", description="QR コードに入れるアドレス。")
    moved_from: WebAddress | None = Field(
        None,
        title="前のアドレス",
        description="引っこす前に公開していたアドレス。tsunagite ci moved が、そこに置く転送のファイルを書きます。知らせとデータの ID は、前のアドレスのまま変わりません。",
        examples=["https://old.example/tsunagi/"],
    )
    demonstration: str = Field(
        "", max_length=200, title="見本の断り書き", description="すべてのページの上に出す断り書き。"
    )
    description: str = Field("", max_length=200, title="サイトの説明", description="検索サイトに出る説明。")
    main_window: Slug | None = Field(
        None,
        title="まず聞く窓口",
        description="ホームのいちばん上に出す窓口の記録の ID。",
        examples=["support-center-1"],
    )
    correction_mail: Mail | None = Field(
        None, title="まちがいの連絡先（メール）", description="「まちがいを知らせる」の宛先。"
    )
    correction_url: WebAddress | None = Field(
        None, title="まちがいの連絡先（フォーム）", description="「まちがいを知らせる」の宛先。"
    )
    correction_form: str = Field(
        "", max_length=1000, pattern=r"^$|^https://[^\s<>\"{}]+(?:\{(?:id|page|what)\}[^\s<>\"{}]*)*$", title="まちがいの連絡先（内容の入ったフォーム）",
        description="フォームのアドレス（https だけ）。{id} は記録の ID、{page} はページのアドレス、{what} は何がちがうかに置きかわります。GitHub などの Issue フォームのアドレスも書けます。",
        examples=["https://form.example/report?record={id}&page={page}&about={what}"],
    )  # fmt: skip
    correction_phone: str = Field(
        "",
        max_length=20,
        title="まちがいの連絡先（電話）",
        description="「まちがいを知らせる」に出す番号。",
        examples=["087-000-0000"],
    )
    tiles: MapTiles = Field(default_factory=MapTiles, title="地図", description="背景地図の設定。")
    emergency: tuple[EmergencyNumber, ...] = Field(
        (
            EmergencyNumber(number="119", label="火事・救急"),
            EmergencyNumber(number="110", label="事件・事故"),
            EmergencyNumber(number="#7119", label="救急車を呼ぶか迷う"),
        ),
        title="急ぐとき", description="すべてのページの下に出す電話番号。",
    )  # fmt: skip
    exit_url: WebAddress = Field(
        "https://www.jma.go.jp/bosai/forecast/",
        title="すぐ離れるときの行き先",
        description="人に見られて困るページの「すぐ離れる」ボタンで開く、あたりさわりのないページ。",
    )
    licence: str = Field(
        "",
        max_length=60,
        title="記録の利用条件",
        description="このサイトで書いた記録を、だれでも使ってよいときのライセンス。空なら、その記録はオープンデータに出しません。",
        examples=["CC BY 4.0"],
    )
    licence_url: WebAddress | None = Field(None, title="利用条件のページ", description="ライセンスの文書。")
    credit: str = Field(
        "",
        max_length=300,
        title="出典の書き方",
        description="このサイトの記録を使う人に書いてもらう出典。なければサイトの名前。",
    )
    review_months: int = Field(
        12, ge=1, le=60, title="見直しの間隔（月）", description="確認からこの月数を過ぎた記録に印を付けます。"
    )
    overdue_after_months: int | None = Field(
        None, ge=0, le=120, title="古すぎる記録（月）",
        description="次の確認の日（種類ごとの見直しの間隔か review_months）からこの月数を過ぎても確かめていない記録は、「いま開いている」と言わず、紙にのせません。書かなければ、そのまま出します。", examples=[12],
    )  # fmt: skip
    tie_months: int = Field(
        12, ge=1, le=60, title="つながりの見直し（月）",
        description="会った日も確かめた日も、この月数より古い関係は、関わる相手の地図で「しばらく会っていない関係」に出します。", examples=[12],
    )  # fmt: skip
    shared_guides: bool = Field(
        False, title="共通の手引き",
        description="つなぎ手に付いてくる手引き（役割・進め方・ことば・使い方など）を出すか（true / false）。content/ に同じ名前のファイルを置くと、そちらを出します。",
    )  # fmt: skip
    shared_troubles: bool = Field(
        False, title="共通の困りごと",
        description="「わたしの窓口をさがす」に、つなぎ手に付いてくる困りごと（物忘れ、介護、お金など）を出すか（true / false）。だれが担当かは resources/contact/duties/ に書きます。resources/contact/ に同じ ID の困りごとを書くと、そちらを出します。",
    )  # fmt: skip
    hidden_troubles: tuple[Slug, ...] = Field(
        (),
        title="出さない困りごと",
        description="共通の困りごとのうち、このサイトに出さないものの ID。",
        examples=[["scam", "rights"]],
    )
    plain_words: PlainWords = Field(
        default_factory=PlainWords, title="手引きのわかりやすさ", description="content/ の手引きの文を、どこから読みにくいとお知らせするか。"
    )  # fmt: skip
    publisher: Publisher | None = Field(
        None,
        title="紙の発行者",
        description="冊子・ちらしなどに出す発行者・問い合わせ先・次の版の時期。書かなければ、どこにも出ません。",
        examples=[{"name": "見本市 長寿福祉課", "contact": "電話 087-000-0000", "edition_months": 6}],
    )
    editor: WebEditor | None = Field(
        None, title="Web で直す", description="ブラウザーで記録を直すページ（admin/）を作るときに書きます。先に backend: practice で試せます。",
        examples=[{"backend": "github", "repository": "mihon-city/tsunagite", "branch": "main"}],
    )  # fmt: skip
    languages: tuple[Literal["ja", "easy", "en", "zh-Hans", "vi"], ...] = Field(
        ("ja",), title="ことば",
        description="ページのことば。日本語（ja）はいつもあります。easy（やさしい日本語）・en（英語）・zh-Hans（中国語）・vi（ベトナム語）を足すと、ホーム・急ぐとき・窓口さがし・一覧を、そのことばでも作ります。",
        examples=[["ja", "easy", "en"]],
    )  # fmt: skip

    @property
    def first_address(self) -> str:
        """The public address under which the site began, without a slash at its end: what was given away keeps its ids when the site moves."""
        return (self.moved_from or self.site_url or "").rstrip("/")

    def address_of(self, path: str) -> str:
        """Return the public address of a page, "" where the site has none."""
        return f"{self.site_url.rstrip('/')}/{path}" if self.site_url else ""

    @property
    def full_name(self) -> str:
        """The name of the site with that of its municipality."""
        return f"{self.name} {self.municipality}".strip()
