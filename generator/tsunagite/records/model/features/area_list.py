"""AreaList: from which published lists the districts and towns of a municipality are made, and under which ids."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from tsunagite.records.model.base.fields import Credit, Day, Encoding, Licence, Part, Reading, Slug, WebAddress
from tsunagite.text.dates import NO_DAY, japanese_date

Column = Annotated[str, Field(min_length=1, max_length=60)]


class PublishedFile(Part):
    """A file as it was published, with its licence."""

    file: str = Field(
        min_length=1,
        max_length=200,
        title="ファイル",
        description="この説明から見たファイルの場所。",
        examples=["../files/towns.json"],
    )
    licence: Licence
    credit: Credit
    url: WebAddress | None = Field(None, title="公表ページ", description="一覧のあるページ。")


class CsvFile(PublishedFile):
    """A published csv file."""

    encoding: Encoding = "auto"


class MachiazaList(CsvFile):
    """町字マスター of the Address Base Registry; its columns are always called the same."""


class ShelterList(CsvFile):
    """避難所の一覧: the only list that says which body of which district stands behind an address."""

    name: Column = Field(title="名前の列", description="避難所の名前の列。", examples=["name"])
    address: Column = Field(title="住所の列", description="避難所の住所の列。", examples=["address"])
    lat: Column = Field(title="緯度の列", description="緯度の列。", examples=["latitude"])
    lng: Column = Field(title="経度の列", description="経度の列。", examples=["longitude"])
    body: Column = Field(
        title="団体の列", description="地区をまとめている団体の列。", examples=["residentsAssociation"]
    )


class PopulationList(CsvFile):
    """地域・年齢別人口."""

    on: Day = Field(title="いつの人口か", description="数えた日。", examples=["2024-07-01"])
    name: Column = Field(title="町の名前の列", description="町字の名前の列。", examples=["regionName"])
    total: Column = Field(title="人口の列", description="総人口の列。", examples=["totalPopulation"])
    households: Column | None = Field(
        None, title="世帯数の列", description="世帯数の列。", examples=["numberOfHouseholds"]
    )
    ages: dict[int, list[Column]] = Field(
        default_factory=dict,
        title="年齢の列",
        description="年齢階級の下の端: その階級の列。",
        examples=[{"65": ["man14", "woman14"]}],
    )


class ReadingList(CsvFile):
    """A list with names and their readings, by which the readings of districts are checked."""

    name: Column = Field(title="名前の列", description="場所の名前の列。", examples=["name"])
    kana: Column = Field(title="ふりがなの列", description="場所のふりがなの列。", examples=["fullNameInKana"])


class DistrictEntry(Part):
    """One district, as this municipality names it."""

    id: Slug = Field(title="ID", description="英小文字・数字・ハイフン。決めたら変えません。", examples=["sakura"])
    name: str = Field(min_length=1, max_length=60, title="名前", description="短い名前。", examples=["さくら"])
    kana: Reading = Field(title="ふりがな", description="ひらがなで。", examples=["さくら"])
    kana_evidence: str = Field(
        "", max_length=200, title="ふりがなの根拠", description="一覧のほかに確かめたもの。空なら一覧で確かめます。"
    )
    body: str = Field(
        min_length=1,
        max_length=120,
        title="まとめている団体",
        description="避難所の一覧に書かれたとおりの名前。",
        examples=["さくら地区コミュニティ協議会"],
    )


class LayerList(Part):
    """Where the areas of one layer (中学校区) come from; the page of each area says so."""

    name: str = Field(
        min_length=1,
        max_length=120,
        title="一覧の名前",
        description="公表されている名前。",
        examples=["見本市小・中学校区一覧表"],
    )
    on: Day | None = Field(
        None,
        title="いつのものか",
        description="一覧がいつの時点のものか。わからなければ書きません（「日付不明」と出ます）。",
        examples=["2018-06-28"],
    )
    licence: Licence
    credit: Credit
    url: WebAddress | None = Field(None, title="公表ページ", description="一覧のあるページ。")
    file: str = Field(
        "",
        max_length=200,
        title="ファイル",
        description="読みこんだ表の写しを置くなら、この説明から見た場所。",
        examples=["../files/school_areas.csv"],
    )
    note: str = Field(
        "",
        max_length=300,
        title="ことわり",
        description="地域のページに日付とならべて出す一文。",
        examples=["学校の名前は、この日のままです。"],
    )

    @property
    def as_of(self) -> str:
        """Return from when the list is, as pages say it (2018年6月28日時点)."""
        return f"{japanese_date(self.on)}時点" if self.on else NO_DAY


class AreaList(Part):
    """The lists behind the areas of one municipality."""

    id: Slug = Field(title="ID", description="英小文字・数字・ハイフン。", examples=["mihon"])
    prefecture: str = Field(
        min_length=1,
        max_length=10,
        title="都道府県",
        description="住所と郵便番号をさがすときに使います。",
        examples=["見本県"],
    )
    municipality: str = Field(
        min_length=1,
        max_length=30,
        title="市区町村",
        description="住所と郵便番号をさがすときに使います。",
        examples=["見本市"],
    )
    city: Slug = Field(title="市の地域", description="市の地域の ID。", examples=["mihon"])
    towns: PublishedFile | None = Field(
        None,
        title="町字の一覧",
        description="Geolonia 住所データ（town・koaza・lat・lng の JSON か、その csv）。ないときは、町字マスターの町字だけを入れます。",
    )
    machiaza: MachiazaList | None = Field(
        None,
        title="町字マスター",
        description="アドレス・ベース・レジストリの町字の一覧（csv）。読みと町字IDに使います。",
    )
    positions: MachiazaList | None = Field(
        None,
        title="町字の位置",
        description="アドレス・ベース・レジストリの町字マスター位置参照拡張（csv）。町字IDごとの緯度・経度に使います。",
    )
    boundaries: PublishedFile | None = Field(
        None,
        title="市区町村の境界",
        description="国土数値情報の行政区域（N03、GeoJSON）。記録の座標が市の中にあるかを確かめるのに使います。",
    )
    shelters: ShelterList | None = Field(
        None, title="避難所の一覧", description="地区の団体が書かれた一覧。ないときは、町字の親は市になります。"
    )
    population: PopulationList | None = Field(None, title="人口の一覧", description="町字ごとの人口。")
    readings: ReadingList | None = Field(
        None, title="ふりがなの一覧", description="地区のふりがなを確かめるための一覧。"
    )
    layers: dict[str, LayerList] = Field(
        default_factory=dict,
        title="区分の出典",
        description="区分の名前（中学校区など）: もとの一覧。",
        examples=[
            {
                "中学校区": {
                    "name": "見本市小・中学校区一覧表",
                    "on": "2018-06-28",
                    "licence": "CC BY 4.0",
                    "credit": "見本市オープンデータ（加工）",
                }
            }
        ],
    )
    districts: list[DistrictEntry] = Field(
        default_factory=list, title="地区", description="地区の ID・名前・ふりがな・団体。"
    )
    slugs: dict[str, Slug] = Field(
        default_factory=dict, title="町字の ID", description="ふりがなから作らない ID（町字の名前: ID）。"
    )
    not_by_distance: dict[str, str] = Field(
        default_factory=dict,
        title="近さで決めない町字",
        description="近い避難所では地区を決められない町字と、そのわけ。",
        examples=[{"朝日町六丁目": "海をへだてているため"}],
    )
    memo: str = Field("", max_length=2000, title="メモ", description="サイトに出ない覚え書き。")
