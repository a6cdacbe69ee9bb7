"""Lists in the forms of the 自治体標準オープンデータセット: which records go into which, and what each column says.

The headers are those of the forms (デジタル庁; the list of medical institutions in its older form 推奨データセット), in their
order. A column that our records say nothing about stays empty, as the forms allow for all but a few.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tsunagite.opendata.view import OpenDataView, OpenRecord, OpenRecords
from tsunagite.text.normalize import katakana

_CARE = (
    "全国地方公共団体コード,ID,地方公共団体名,介護サービス事業所名称,介護サービス事業所名称_カナ,介護サービス事業所名称_英字,"
    "実施サービス,所在地_全国地方公共団体コード,町字ID,所在地_連結表記,所在地_都道府県,所在地_市区町村,所在地_町字,"
    "所在地_番地以下,建物名等(方書),緯度,経度,高度の種別,高度の値,電話番号,内線番号,FAX番号,連絡先メールアドレス,"
    "連絡先FormURL,連絡先備考（その他、SNSなど）,郵便番号,法人番号,法人の名称,事業所番号,利用可能曜日,利用可能曜日特記事項,"
    "定員,URL,画像,画像_ライセンス,備考"
)
_MEDICAL = (
    "都道府県コード又は市区町村コード,NO,都道府県名,市区町村名,名称,名称_カナ,医療機関の種類,住所,方書,緯度,経度,電話番号,"
    "内線番号,FAX番号,法人番号,法人の名称,医療機関コード,診療曜日,診療開始時間,診療終了時間,診療日時特記事項,時間外における対応,"
    "診療科目,病床数,URL,備考"
)
_CHILDREN = (
    "全国地方公共団体コード,ID,地方公共団体名,名称,名称_カナ,名称_英字,種別,所在地_全国地方公共団体コード,町字ID,"
    "所在地_連結表記,所在地_都道府県,所在地_市区町村,所在地_町字,所在地_番地以下,建物名等(方書),緯度,経度,高度の種別,高度の値,"
    "アクセス方法,駐車場情報,電話番号,内線番号,FAX番号,連絡先メールアドレス,連絡先FormURL,連絡先備考（その他、SNSなど）,"
    "郵便番号,法人番号,団体名,認可等年月日,収容定員,受入年齢,利用可能曜日,開始時間,終了時間,利用可能日時特記事項,一時預かりの有無,"
    "子供預かり料金種別,子供預かり料金,子供預かり料金備考,子供預かり開所時間,子供預かり閉所時間,病児保育の有無,授乳室,おむつ替えコーナー,"
    "飲食可否,ベビーカー貸出,ベビーカー利用,URL,画像,画像_ライセンス,備考"
)
_PUBLIC = (
    "全国地方公共団体コード,ID,地方公共団体名,名称,名称_カナ,名称_英字,名称_通称,POIコード,外部識別子,外部識別子の値,"
    "所在地_全国地方公共団体コード,町字ID,所在地_連結表記,所在地_都道府県,所在地_市区町村,所在地_町字,所在地_番地以下,"
    "建物名等(方書),緯度,経度,高度の種別,高度の値,電話番号,内線番号,連絡先メールアドレス,連絡先FormURL,"
    "連絡先備考（その他、SNSなど）,郵便番号,法人番号,団体名,利用可能曜日,開始時間,終了時間,利用可能時間特記事項,説明,車椅子可,"
    "車椅子貸出,ツエ貸出,バリアフリートイレ,スロープ、エレベータ、エスカレータ,点字ブロック等の移動支援,点字や読上による支援,"
    "盲導犬・介助犬、聴導犬同伴,字幕,筆談対応,優先駐車場,オストメイト対応トイレ,授乳室,おむつ替えコーナー,飲食可否,ベビーカー貸出,"
    "ベビーカー利用,URL,画像,画像_ライセンス,備考"
)
_AED = (
    "全国地方公共団体コード,ID,地方公共団体名,名称,名称_カナ,名称_英字,所在地_全国地方公共団体コード,町字ID,所在地_連結表記,"
    "所在地_都道府県,所在地_市区町村,所在地_町字,所在地_番地以下,建物名等(方書),緯度,経度,高度の種別,高度の値,設置位置,電話番号,"
    "内線番号,連絡先メールアドレス,連絡先FormURL,連絡先備考（その他、SNSなど）,郵便番号,法人番号,団体名,利用可能曜日,開始時間,"
    "終了時間,利用可能日時特記事項,小児対応設備の有無,URL,画像1,画像1_ライセンス,画像2,画像2_ライセンス,外部利用不可,備考"
)
_TOILETS = (
    "全国地方公共団体コード,ID,地方公共団体名,名称,名称_カナ,名称_英語,所在地_全国地方公共団体コード,町字ID,所在地_連結表記,"
    "所在地_都道府県,所在地_市区町村,所在地_町字,所在地_番地以下,建物名等(方書),設置位置,緯度,経度,高度の種別,高度の値,"
    "男性トイレ総数,男性トイレ数（小便器）,男性トイレ数（和式）,男性トイレ数（洋式）,女性トイレ総数,女性トイレ数（和式）,"
    "女性トイレ数（洋式）,男女共用トイレ総数,男女共用トイレ数（和式）,男女共用トイレ数（洋式）,バリアフリートイレ数,"
    "車椅子使用者用トイレ有無,乳幼児用設備設置トイレ有無,オストメイト設置トイレ有無,利用開始時間,利用終了時間,利用可能時間特記事項,画像,"
    "画像_ライセンス,備考"
)
_SHELTERS = (
    "全国地方公共団体コード,ID,名称,名称_カナ,名称_英字,所在地_全国地方公共団体コード,町字ID,所在地_連結表記,所在地_都道府県,"
    "所在地_市区町村,所在地_町字,所在地_番地以下,建物名等(方書),緯度,経度,標高,電話番号,内線番号,連絡先メールアドレス,"
    "連絡先FormURL,連絡先備考（その他、SNSなど）,郵便番号,市区町村コード,地方公共団体名,災害種別_洪水,"
    "災害種別_崖崩れ、土石流及び地滑り,災害種別_高潮,災害種別_地震,災害種別_津波,災害種別_大規模な火事,災害種別_内水氾濫,"
    "災害種別_火山現象,指定避難所との重複,想定収容人数,対象となる町会・自治会,URL,画像,画像_ライセンス,備考"
)


@dataclass(frozen=True)
class StandardForm:
    """A standard list: its file name, its title, its columns, and the kinds and groups of kinds that belong in it."""

    id: str
    title: str
    columns: tuple[str, ...]
    groups: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    source: str = "自治体標準オープンデータセット"

    def holds(self, record: OpenRecord) -> bool:
        """Tell whether a record belongs in this list."""
        return record.kind.id in self.kinds or record.group.id in self.groups

    def is_needed(self, view: OpenDataView) -> bool:
        """Tell whether any record belongs in this list."""
        kinds = {resource.kind for resource in view.chosen}
        terms = view.directory.vocabularies["kind"]
        return any(kind in self.kinds or terms[kind].group in self.groups for kind in kinds)


FORMS: tuple[StandardForm, ...] = (
    StandardForm(
        "care", "介護サービス事業所一覧", tuple(_CARE.split(",")), ("care",), ("care_management_office", "home_nursing")
    ),
    StandardForm(
        "medical",
        "医療機関一覧",
        tuple(_MEDICAL.split(",")),
        (),
        ("hospital", "clinic", "dental_clinic"),
        "推奨データセット",
    ),
    StandardForm("children", "子育て施設一覧", tuple(_CHILDREN.split(",")), ("children",)),
    StandardForm("public", "公共施設一覧", tuple(_PUBLIC.split(",")), ("public", "places")),
    StandardForm("aed", "AED設置箇所一覧", tuple(_AED.split(",")), (), ("aed",)),
    StandardForm("toilets", "公衆トイレ一覧", tuple(_TOILETS.split(",")), (), ("public_toilet",)),
    StandardForm("shelters", "指定緊急避難場所一覧", tuple(_SHELTERS.split(",")), (), ("evacuation_site",)),
)


def rows_of(form: StandardForm, view: OpenRecords) -> list[tuple[str, ...]]:
    """Return the rows of a list, without its header."""
    makers = [CELLS.get(column) for column in form.columns]
    city = {"code": view.city_code, "name": view.municipality}
    return [
        tuple(make(record, city) if make else "" for make in makers) for record in view.records if form.holds(record)
    ]


City = Mapping[str, str]
Cell = Callable[[OpenRecord, City], str]


def _plain(*names: str) -> Cell:
    """Return a maker that reads one value of a record (or of its place) as text."""

    def make(record: OpenRecord, _: City) -> str:
        value: object = record
        for name in names:
            value = getattr(value, name)
        return "" if value is None else str(value)

    return make


def _attribute(*labels: str) -> Cell:
    """Return a maker that reads the first of these attributes that a record has."""
    return lambda record, _: next((record.attributes[label] for label in labels if label in record.attributes), "")


def _number(label: str) -> Cell:
    return lambda record, _: record.numbers.get(label, "")


def _access(term: str) -> Cell:
    """Return a maker that says 有 or 無 of what a place has or lacks, nothing where it is not known."""

    def make(record: OpenRecord, _: City) -> str:
        if any(one.id == term for one in record.access):
            return "有"
        return "無" if any(one.id == term for one in record.missing) else ""

    return make


def _flag(*labels: str) -> Cell:
    """Return a maker for a danger that a shelter is made for: 1 where the list of the city marks it as usable (○)."""
    return lambda record, _: "1" if any(record.attributes.get(one, "").strip() in _MARKED for one in labels) else ""


_MARKED = frozenset({"○", "◯", "1"})


def _phone(*, fax: bool, part: int) -> Cell:
    return lambda record, _: next((str(phone[part]) for phone in record.phones if phone[3] is fax), "")


def _other_contacts(record: OpenRecord, _: City) -> str:
    """Return numbers after the first telephone and fax, and who answers, for the column of remarks."""
    met: set[bool] = set()
    texts = []
    for number, label, _extension, fax in record.phones:
        if fax in met:
            texts.append(f"{'FAX' if fax else '電話'} {number}" + (f"（{label}）" if label else ""))
        elif label:
            texts.append(label)
        met.add(fax)
    return "、".join(filter(None, [*texts, record.contact_note]))


def _services(record: OpenRecord, _: City) -> str:
    return "、".join(record.services) or record.kind.label


def _ages(record: OpenRecord, _: City) -> str:
    if record.age_min is None and record.age_max is None:
        return ""
    low = "" if record.age_min is None else f"{record.age_min}歳"
    return f"{low}～{record.age_max}歳" if record.age_max is not None else f"{low}以上"


def _reading(record: OpenRecord, _: City) -> str:
    return katakana(record.kana)


_DANGERS = frozenset({
    "洪水", "洪水（計画規模）", "土砂災害", "高潮", "地震", "津波", "大規模な火事", "内水", "火山", "指定避難所",
})  # fmt: skip
_IN_COLUMNS = frozenset({
    "医療機関の種類", "診療科目", "病床数", "設置位置", "設置場所", "標高（m）", "収容人数（人）", "男性用の便器", "女性用の便器", "男女共用の便器",
    "乳幼児用の設備", "小児対応", "一時預かり", "運営する法人", "対象の町会・自治会",
})  # fmt: skip


def _remarks(record: OpenRecord, _: City) -> str:
    """Return what no column of a form has room for: 避難できる場所：2階以上／洪水（計画規模）：△."""
    kept = (
        f"{label}：{' '.join(text.split())}"
        for label, text in record.attributes.items()
        if label not in _IN_COLUMNS and not (label in _DANGERS and text.strip() in _MARKED)
    )
    return "／".join(kept)


_NAME, _KANA = _plain("name"), _reading
_DAYS, _OPENS, _CLOSES, _HOURS_NOTE = _plain("days"), _plain("opens"), _plain("closes"), _plain("hours_note")
_CAPACITY = _plain("capacity")
CELLS: dict[str, Cell] = {
    "全国地方公共団体コード": lambda _, city: city["code"],
    "都道府県コード又は市区町村コード": lambda _, city: city["code"],
    "市区町村コード": lambda _, city: city["code"],
    "所在地_全国地方公共団体コード": lambda record, city: city["code"] if record.place.city else "",
    "地方公共団体名": lambda _, city: city["name"],
    "ID": _plain("id"),
    "NO": _plain("id"),
    "名称": _NAME,
    "介護サービス事業所名称": _NAME,
    "名称_カナ": _KANA,
    "介護サービス事業所名称_カナ": _KANA,
    "名称_英字": _plain("name_en"),
    "名称_英語": _plain("name_en"),
    "介護サービス事業所名称_英字": _plain("name_en"),
    "名称_通称": lambda record, _: "、".join(record.alt_names),
    "種別": lambda record, _: record.kind.label,
    "実施サービス": _services,
    "町字ID": _plain("place", "town_id"),
    "所在地_連結表記": _plain("place", "address"),
    "住所": _plain("place", "address"),
    "所在地_都道府県": _plain("place", "prefecture"),
    "都道府県名": _plain("place", "prefecture"),
    "所在地_市区町村": _plain("place", "city"),
    "市区町村名": _plain("place", "city"),
    "所在地_町字": _plain("place", "town"),
    "所在地_番地以下": _plain("place", "block"),
    "建物名等(方書)": _plain("place", "building"),
    "方書": _plain("place", "building"),
    "緯度": _plain("place", "lat"),
    "経度": _plain("place", "lng"),
    "郵便番号": _plain("place", "postal_code"),
    "アクセス方法": _plain("place", "directions"),
    "電話番号": _phone(fax=False, part=0),
    "内線番号": _phone(fax=False, part=2),
    "FAX番号": _phone(fax=True, part=0),
    "連絡先メールアドレス": _plain("email"),
    "連絡先FormURL": _plain("form_url"),
    "連絡先備考（その他、SNSなど）": _other_contacts,
    "法人番号": _plain("corporate_number"),
    "法人の名称": lambda record, _: record.organization.label,
    "団体名": lambda record, _: record.organization.label,
    "事業所番号": _number("事業所番号"),
    "医療機関コード": _number("医療機関コード"),
    "利用可能曜日": _DAYS,
    "診療曜日": _DAYS,
    "開始時間": _OPENS,
    "診療開始時間": _OPENS,
    "利用開始時間": _OPENS,
    "終了時間": _CLOSES,
    "診療終了時間": _CLOSES,
    "利用終了時間": _CLOSES,
    "利用可能曜日特記事項": _HOURS_NOTE,
    "利用可能時間特記事項": _HOURS_NOTE,
    "利用可能日時特記事項": _HOURS_NOTE,
    "診療日時特記事項": _HOURS_NOTE,
    "説明": lambda record, _: record.description or record.summary,
    "定員": _CAPACITY,
    "収容定員": _CAPACITY,
    "受入年齢": _ages,
    "URL": _plain("url"),
    "医療機関の種類": lambda record, _: record.attributes.get("医療機関の種類") or record.kind.label,
    "診療科目": _attribute("診療科目"),
    "病床数": _attribute("病床数"),
    "設置位置": _attribute("設置位置", "設置場所"),
    "標高": _attribute("標高（m）"),
    "想定収容人数": _attribute("収容人数（人）"),
    "災害種別_洪水": _flag("洪水", "洪水（計画規模）"),
    "災害種別_崖崩れ、土石流及び地滑り": _flag("土砂災害"),
    "災害種別_高潮": _flag("高潮"),
    "災害種別_地震": _flag("地震"),
    "災害種別_津波": _flag("津波"),
    "災害種別_大規模な火事": _flag("大規模な火事"),
    "災害種別_内水氾濫": _flag("内水"),
    "災害種別_火山現象": _flag("火山"),
    "指定避難所との重複": _flag("指定避難所"),
    "対象となる町会・自治会": _attribute("対象の町会・自治会"),
    "男性トイレ総数": _attribute("男性用の便器"),
    "女性トイレ総数": _attribute("女性用の便器"),
    "男女共用トイレ総数": _attribute("男女共用の便器"),
    "乳幼児用設備設置トイレ有無": _attribute("乳幼児用の設備"),
    "小児対応設備の有無": _attribute("小児対応"),
    "一時預かりの有無": _attribute("一時預かり"),
    "備考": _remarks,
    "車椅子可": _access("wheelchair_entrance"),
    "バリアフリートイレ": _access("wheelchair_toilet"),
    "車椅子使用者用トイレ有無": _access("wheelchair_toilet"),
    "点字ブロック等の移動支援": _access("tactile_paving"),
    "盲導犬・介助犬、聴導犬同伴": _access("assistance_dog"),
    "筆談対応": _access("sign_or_writing"),
    "オストメイト対応トイレ": _access("ostomate_toilet"),
    "オストメイト設置トイレ有無": _access("ostomate_toilet"),
    "スロープ、エレベータ、エスカレータ": _access("elevator"),
}
