"""The list of all records as open data: one row a record, in columns of our own (resources.csv, resources.geojson)."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from tsunagite.opendata.view import CatalogueTerm, OpenRecord

Value = str | int | float | None


def _labels(terms: Iterable[CatalogueTerm]) -> str:
    return "、".join(term.label for term in terms)


def _phones(record: OpenRecord, *, fax: bool) -> str:
    return "、".join(
        number + (f"（{label}）" if label else "") for number, label, _, is_fax in record.phones if is_fax is fax
    )


COLUMNS: tuple[tuple[str, Callable[[OpenRecord], Value]], ...] = (
    ("ID", lambda r: r.id),
    ("名前", lambda r: r.name),
    ("ふりがな", lambda r: r.kana),
    ("種類", lambda r: r.kind.label),
    ("まとまり", lambda r: r.group.label),
    ("実施サービス", lambda r: "、".join(r.services)),
    ("困りごと", lambda r: _labels(r.needs)),
    ("助け合いのかたち", lambda r: _labels(r.levels)),
    ("ひとこと", lambda r: r.summary),
    ("説明", lambda r: r.description),
    ("電話", lambda r: _phones(r, fax=False)),
    ("FAX", lambda r: _phones(r, fax=True)),
    ("メール", lambda r: r.email),
    ("ウェブサイト", lambda r: r.url),
    ("郵便番号", lambda r: r.place.postal_code),
    ("住所", lambda r: r.place.address),
    ("建物名", lambda r: r.place.building),
    ("緯度", lambda r: r.place.lat),
    ("経度", lambda r: r.place.lng),
    ("対象の地域", lambda r: _labels(r.areas)),
    ("時間", lambda r: r.hours),
    ("時間の補足", lambda r: r.hours_note),
    ("使うには", lambda r: "、".join(r.how_to_use)),
    ("条件", lambda r: r.conditions),
    ("費用", lambda r: r.fee),
    ("定員", lambda r: r.capacity),
    ("設備と配慮", lambda r: _labels(r.access)),
    ("運営", lambda r: r.organization.label),
    ("事業所番号", lambda r: r.numbers.get("事業所番号", "")),
    ("確認した日", lambda r: r.verified_on),
    ("データの日付", lambda r: r.data_date),
    ("利用条件", lambda r: r.licence),
    ("出典", lambda r: r.credit),
)


def row_of(record: OpenRecord) -> tuple[Value, ...]:
    """Return the values of a record in the order of COLUMNS."""
    return tuple(make(record) for _, make in COLUMNS)
