"""One record as Markdown, beside its page (``r/<id>/index.md``): the same facts, for programs that read text.

The text is the page's own view in another form, so the two cannot say different things.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from tsunagite.opendata.view import terms_of, why_not_shared
from tsunagite.records.directory import Directory, is_delicate
from tsunagite.records.model.resource import Resource
from tsunagite.records.visibility import visible_in
from tsunagite.site.record import RecordView
from tsunagite.text.markdown import paragraph

_ADDRESS = re.compile(r"https?://[^\s<>]+")


def has_text(directory: Directory, resource: Resource) -> bool:
    """Tell whether a record has a Markdown text: not one that is made up, that may not go beyond the pages, or whose page can be left at once."""
    return (
        not (why_not_shared(resource) or is_delicate(directory, resource))
        and visible_in(resource, "opendata", None) is resource
    )


def record_text(directory: Directory, resource: Resource, view: RecordView) -> bytes:
    """Return the Markdown text of a record."""
    lines = [f"# {paragraph(view.card.name)}", "", *_notices(view)]
    lines += _list(("", line) for line in _head(view))
    for title, rows in (
        ("連絡先", _contact(view)),
        ("曜日・時間", _hours(view)),
        ("くわしいこと", ((f.label, f.text) for f in view.facts)),
        ("場所", _place(view)),
    ):
        lines += _section(title, _list(rows))
    lines += _section("説明", [line for text in view.description for line in (paragraph(text), "")][:-1])
    lines += _section(
        "使うには", [f"{number}. {paragraph(step)}" for number, step in enumerate(view.how_to_use, start=1)]
    )
    lines += _section("付加サービス", [paragraph(view.helpful_for)] if view.helpful_for else [])
    lines += _section("つなぎ方", [paragraph(view.linking_tips)] if view.linking_tips else [])
    lines += _section("そのほかの項目", _list((f.label, f.text) for f in view.attributes))
    lines += _section("確認と出典", _list(_origin(directory, resource, view)))
    return ("\n".join(lines).rstrip() + "\n").encode()


def _notices(view: RecordView) -> Iterator[str]:
    after = f"代わり：{view.replacement.name}（{view.replacement.path}）" if view.replacement else ""
    alert = f"{view.alert}（{view.alert_until}まで）" if view.alert else ""
    for notice in (view.ended, after, view.idea, view.pause, alert):
        if notice:
            yield from (f"> {paragraph(notice)}", "")


def _head(view: RecordView) -> Iterator[str]:
    card = view.card
    levels = "・".join(level.label for level in card.levels)
    needs = "・".join(need.label for need in view.needs)
    for text in (
        card.sentence,
        f"種類：{card.kind}",
        levels and f"助け合いのかたち：{levels}",
        needs and f"困りごと：{needs}",
    ):
        if text:
            yield text


def _contact(view: RecordView) -> Iterator[tuple[str, str]]:
    for phone in view.phones:
        sample = "" if phone.href or phone.is_fax else "見本の番号"
        note = "、".join(filter(None, (phone.label, phone.note, sample)))
        yield "FAX" if phone.is_fax else "電話", phone.number + (f"（{note}）" if note else "")
    yield from ((link.label, link.path) for link in view.links if not link.path.startswith("mailto:"))
    yield from (("", link.label) for link in view.links if link.path.startswith("mailto:"))
    yield from (("", text) for text in (view.no_contact_reason, view.contact_note) if text)


def _hours(view: RecordView) -> Iterator[tuple[str, str]]:
    yield from ((row.days, f"{row.span} {row.label}".strip()) for row in view.hours)
    yield from (("", note) for note in view.hours_notes)


def _place(view: RecordView) -> Iterator[tuple[str, str]]:
    point = f"{view.lat}, {view.lng}" if view.lat is not None else ""
    areas = "・".join(area.label for area in view.areas)
    rows = (
        ("住所", view.address),
        ("行き方", view.directions),
        ("緯度・経度", point),
        ("対象の地域", areas),
        ("運営", view.organization),
    )
    yield from (row for row in rows if row[1])


def _origin(directory: Directory, resource: Resource, view: RecordView) -> Iterator[tuple[str, str]]:
    yield "確認", view.verification.text
    if view.verification.due_text:
        yield "次の見直し", view.verification.due_text
    for licence, address, credit in terms_of(directory, resource):
        yield "出典", credit
        yield (
            "利用条件",
            (
                f"{licence} {address}".strip()
                if licence
                else "決まっていません。使う前に、サイトの運営者にたずねてください。"
            ),
        )
    if url := directory.settings.address_of(view.card.path):
        yield "ページ", url


def _list(rows: Iterable[tuple[str, str]]) -> list[str]:
    return [f"- {paragraph(label)}：{_linked(text)}" if label else f"- {paragraph(text)}" for label, text in rows]


def _linked(text: str) -> str:
    """Return a text in which an address at its end is a link."""
    before, blank, last = text.rpartition(" ")
    return f"{paragraph(before)}{blank}<{last}>" if _ADDRESS.fullmatch(last) else paragraph(text)


def _section(title: str, lines: list[str]) -> list[str]:
    return ["", f"## {title}", "", *lines] if lines else []
