"""The words that papers share: what is printed on each, where it comes from, whom to tell, and the numbers of an emergency."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tsunagite.contact.emergency import DangerView, EmergencyView, LineView, emergency_phones
from tsunagite.papers.parts.entry import Entries, PaperPhone
from tsunagite.papers.parts.facts import closing_note
from tsunagite.papers.parts.map import PaperMap
from tsunagite.papers.parts.selection import Selection
from tsunagite.records.directory import Directory
from tsunagite.records.model.resource import Resource
from tsunagite.records.model.site import SiteSettings
from tsunagite.text.dates import NO_DAY, add_months, japanese_date, japanese_month
from tsunagite.text.one_line import one_line

LOST_GLYPH_NOTE = "〓は、この紙の文字にない字です。"
SHELTER_WORDS = "▲は避難する所（災害によりちがいます）。"
NOT_MADE = "この紙は、いま作れていません。サイトの内容をごらんください。"
SAY = ("「火事」か「救急」か", "どこか（住所と目印）", "だれが、どうしたか", "自分の名前と電話番号")
MOST_DANGERS = 5  # of each number: there is not more room, and a list is no longer read in a hurry
BLANKS = ("わが家の住所", "目印", "家族", "かかりつけの医院", "ケアマネジャー", "薬局", "民生委員", "近所の人")


@dataclass(frozen=True)
class UrgentPhone(PaperPhone):
    """A number of an emergency: when to call it, and what telephones without "#" dial, both "" where there is nothing to say."""

    when: str = ""
    no_hash: str = ""
    direct: str = ""


@dataclass(frozen=True)
class Urgent:
    """Whom to call at once, what to say, and lines to write on."""

    heading: str
    phones: tuple[UrgentPhone, ...]
    say_heading: str
    say: tuple[str, ...]
    blanks_heading: str
    blanks: tuple[str, ...]


@dataclass(frozen=True)
class Imprint:
    """What stands at the foot of every paper."""

    more: str
    address: str
    correction_heading: str
    correction: str
    notes_heading: str
    notes: tuple[str, ...]
    credits: tuple[str, ...]


def urgent(directory: Directory, blanks: tuple[str, ...] = ()) -> Urgent:
    """Return what everybody needs in an emergency, with ``blanks`` to write on."""
    told = {line.number: (line, dangers) for line, dangers in EmergencyView(directory.vocabularies).groups}
    phones = tuple(
        _urgent_phone(phone.number, phone.label, *told.get(phone.number, (None, ())))
        for phone in emergency_phones(directory)
    )
    has_fire = any(phone.number == "119" for phone in phones)
    return Urgent("急ぐとき", phones, "119番で聞かれること", SAY if has_fire else (), "書いておく欄", blanks)


def _urgent_phone(number: str, label: str, line: LineView | None, dangers: tuple[DangerView, ...]) -> UrgentPhone:
    when = "、".join(danger.label for danger in [danger for danger in dangers if danger.urgent][:MOST_DANGERS])
    direct = line.direct if line else ""
    return UrgentPhone(number, label, when and f"{when} など", "「#」を押せない電話は" if direct else "", direct)


def imprint(selection: Selection, printed: Iterable[Resource], entries: Entries, *, short: bool = False) -> Imprint:
    """Return the foot of a paper that holds ``printed``. ``short`` leaves the names of the lists to the site."""
    directory, found = selection.directory, tuple(printed)
    notes = [*publisher_words(directory.settings)]
    notes += [f"ことわりのないものは{entries.common}です。"] if entries.common else []
    notes += filter(None, [closing_note(found, entries.year_end)])
    notes.append("内容は変わります。出かける前に電話で確かめてください。")
    notes.append("掲載は推薦ではありません。")
    if not selection.is_whole and any(directory.district_at(r) for r in found):
        notes.append("どの地区にあるかは、町の名前から見た目安です。")
    if not selection.is_whole and selection.pamphlet.layout != "three_fold":  # there it stands above the windows
        notes.append("担当の窓口は市にご確認ください。")
    if any(r.sample for r in found):
        notes.append("「見本」の印があるものは、実在しません。")
    return Imprint(
        more="最新の内容・くわしい内容",
        address=spoken_address(paper_address(selection)),
        correction_heading="まちがいに気づいたら",
        correction=_correction(directory.settings),
        notes_heading="この紙について",
        notes=tuple(notes),
        credits=_credits(directory, found, short=short),
    )


def paper_address(selection: Selection) -> str:
    """Return the short address that the QR code of a paper opens, or "" where the site has none."""
    day = f"{selection.source.today.isoformat()}/" if selection.printed_today else ""
    path = f"p/{selection.pamphlet.id}/{day}" if selection.opens is None else selection.opens
    return selection.source.settings.address_of(path)


def more_words(left: int, url: str) -> str:
    """Return what a paper says of ``left`` records that it has no room for, or ""."""
    return f"紙に入りきらないため、ほか{left}件は{'サイトで' if url else 'ここにのせていません'}" if left > 0 else ""


def spoken_address(url: str) -> str:
    """Return an address as one reads it to somebody."""
    return re.sub(r"^https?://|/$", "", url)


def printed_on(settings: SiteSettings, today: date) -> str:
    """「2026年11月22日に作成」, and when the next edition comes where the site says how often there is one."""
    publisher = settings.publisher
    made = f"{japanese_date(today)}に作成"
    if publisher is None or publisher.edition_months is None:
        return made
    return f"{made}　次の版は{japanese_month(add_months(today, publisher.edition_months))}ごろ"


def publisher_words(settings: SiteSettings) -> tuple[str, ...]:
    """Return who publishes the papers and whom to ask, in one line; nothing where the site does not say."""
    publisher = settings.publisher
    return (one_line(f"発行 {publisher.name}　{publisher.contact}".strip()),) if publisher else ()


def _correction(settings: SiteSettings) -> str:
    told = settings.correction_mail or (spoken_address(settings.correction_url) if settings.correction_url else "")
    return f"{told} へお知らせください。" if told else "この紙を受け取った窓口へお知らせください。"


def _credits(directory: Directory, found: tuple[Resource, ...], *, short: bool) -> tuple[str, ...]:
    """Return a line for each credit: the lists it stands for, or only their dates; and the licence where the credit does not name it."""
    used = {row.source for resource in found for row in resource.sources}
    lists: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for source in (s for s in directory.sources.values() if s.id in used):
        lists.setdefault((source.credit, source.licence), []).append(
            (source.name, f"{japanese_month(source.data_date)}時点" if source.data_date else NO_DAY)
        )
    result = []
    if short:
        return (f"出典：{'、'.join(dict.fromkeys(one_line(credit) for credit, _ in lists))}",) if lists else ()
    for (credit, licence), sources in lists.items():
        months = list(dict.fromkeys(month for _, month in sources))
        named = "・".join(name for name, _ in sources)
        terms = "" if licence in credit else f"　{licence}"
        result.append(one_line(f"出典：{credit}{terms}　{named}（{'、'.join(months).replace('時点、', '、')}）"))
    return tuple(result)


def map_credit(selection: Selection, drawn: PaperMap | None) -> str:
    """Return what the triangles of the map are, and where its lines come from; "" where it has neither."""
    shelters = SHELTER_WORDS if drawn and drawn.shelters else ""
    if not selection.directory.boundaries.outlines:
        return shelters
    used = "、".join(("行政区域", *selection.directory.boundaries.ways.sources))
    return f"{shelters}地図：国土数値情報（{used}）を簡単な形に加工"
