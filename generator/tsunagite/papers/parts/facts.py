"""What decides before one sets out, in the short form of papers: when it is closed, which illnesses, for whom, what to ask first.

What a record does not say is left out; nothing is concluded from its kind or its neighbours.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

from tsunagite.records.model.base.vocabulary import Vocabularies
from tsunagite.records.model.resource import Resource
from tsunagite.site import words
from tsunagite.text.normalize import nfkc
from tsunagite.text.one_line import one_line

LONGEST_NOTE = 60
"""Characters of a note on hours that papers print; of a longer one they say that it exists."""
LONGEST_FEE = 40
LONGEST_SUBJECTS = 90
MORE_TO_ASK = "時間の決まりがほかにもあります。電話で確かめてください。"
NOTICE_DAYS = 35
"""A paper made so many days before a holiday period says so: it lies on tables about that long."""
OBON = ((8, 13), (8, 16))
"""旧盆 in Kagawa and most of Japan. Records say 「お盆」 without days, so that papers name none either."""
_RESTATED = re.compile(
    r"(?:国民の祝日に関する法律に規定する休日|土日祝日?|祝日|振替休日|休日|年末・?年始|年末|年始|翌年の|及び|ただし|から|まで|[0-9]+月|[0-9]+日|[0-9]+/[0-9]+|"
    r"利用不可|休業日|休館日?|休業|定休日|休み|終日|です|を除く|は|の|[・、,~〜()\s])++"
)


def closed_words(resource: Resource, usual: str = "") -> str:
    """Return 「休み 祝日・年末年始」 and what else is known of closing days, or "". Days of the new year that are ``usual`` ("12-29/01-03") are not told."""
    closing, said = resource.closed_on_days, []
    if closing and closing.holidays:
        said.append("祝日")
    if closing and closing.year_end:
        said.append("年末年始" if closing.year_end == usual else f"年末年始（{period_words(closing.year_end)}）")
    text = f"休み {'・'.join(said)}" if said else ""
    if closing and closing.holidays is False:
        text = f"{text}。祝日も開きます" if text else "祝日も開きます"
    notes = [one_line(closing.note)] if closing and closing.note else []
    return "。".join(part.rstrip("。") for part in (text, *notes, _hours_note(resource)) if part)


def _hours_note(resource: Resource) -> str:
    """Return what the note on hours says besides the closing days that were read from it."""
    note = one_line(resource.hours_note.replace("（改行）", " "))
    closing = resource.closed_on_days
    if closing and (closing.holidays is not None or closing.year_end):
        sentences = re.findall(r"[^。]+。?", note)
        note = "".join(
            one for one in sentences if not _RESTATED.fullmatch(nfkc(one).rstrip("。").replace("～", "~"))
        ).strip()
    return note if len(note) <= LONGEST_NOTE else MORE_TO_ASK


def period_words(year_end: str) -> str:
    """Return 12月29日～1月3日 for "12-29/01-03"."""
    return "～".join(f"{int(month)}月{int(day)}日" for month, day in (end.split("-") for end in year_end.split("/")))


def usual_year_end(records: Iterable[Resource]) -> str:
    """Return the days of the new year on which most of the records are closed, or ""."""
    counted = Counter(r.closed_on_days.year_end for r in records if r.closed_on_days and r.closed_on_days.year_end)
    return max(counted, key=lambda period: (counted[period], period)) if counted else ""


def closing_note(records: Iterable[Resource], usual: str) -> str:
    """Return the sentence that explains the short form, where one of the records uses it."""
    used = usual and any(r.closed_on_days and r.closed_on_days.year_end == usual for r in records)
    return f"休みの「年末年始」は{period_words(usual)}です。" if used else ""


def holiday_notice(records: Iterable[Resource], usual: str, today: date) -> str:
    """Return what a paper made shortly before, or within, the turn of the year or お盆 says of it, or ""."""
    found = tuple(records)
    new_year = [r for r in found if r.closed_on_days and r.closed_on_days.year_end]
    if new_year and usual and _is_near(today, *(tuple(map(int, end.split("-"))) for end in usual.split("/"))):
        return f"年末年始は{len(new_year)}件が休みます。日は「休み」のところを見てください。書いていないところは、電話で確かめてください。"
    if _is_near(today, *OBON) and any(
        "盆" in r.hours_note or (r.closed_on_days and "盆" in r.closed_on_days.note) for r in found
    ):
        return "お盆に休むところがあります。出かける前に、電話で日を確かめてください。"
    return ""


def _is_near(today: date, start: tuple[int, ...], end: tuple[int, ...]) -> bool:
    """Tell whether ``today`` lies in a period of (month, day), over the new year where it ends before it begins, or shortly before it."""
    for year in (today.year - 1, today.year, today.year + 1):
        first = date(year, start[0], start[1])
        last = date(year + (end < start), end[0], end[1])
        if first - timedelta(days=NOTICE_DAYS) <= today <= last:
            return True
    return False


def subjects(resource: Resource) -> str:
    """Return what a clinic treats (診療科目), or ""; of a hospital with very many, the first and that there are others."""
    text = one_line(resource.attributes.get("診療科目", ""))
    if len(text) <= LONGEST_SUBJECTS:
        return text
    return text[:LONGEST_SUBJECTS].rsplit("、", 1)[0] + "ほか"


def fee_words(resource: Resource, vocabularies: Vocabularies) -> str:
    """Return what it costs; of a table of prices only its sort, and that one should ask."""
    if resource.fee is None:
        return ""
    text = re.sub(r"\s+", " ", one_line(words.fee_text(resource.fee, vocabularies)))
    if len(text) <= LONGEST_FEE:
        return f"費用 {text}"
    short = one_line(words.fee_text(resource.fee.model_copy(update={"note": ""}), vocabularies))
    return f"費用 {short}（くわしくは電話で）"


def terms(resource: Resource, vocabularies: Vocabularies) -> str:
    """Return for whom it is, how many it takes, whether it fetches people, and whether one has to ask before."""
    said = []
    if resource.eligibility and (who := one_line(words.eligibility_text(resource.eligibility, vocabularies))):
        said.append(f"対象 {who.rstrip('。')}")
    if resource.capacity:
        said.append(f"定員 {resource.capacity}人")
    if resource.access and "pickup" in resource.access.features:
        said.append("送迎あり")
    if resource.access and "pickup" in resource.access.missing:
        said.append("送迎なし")
    if resource.booking or resource.by_appointment:
        said.append("電話してから（予約制）" if resource.voice_phones else "予約制")
    if resource.booking is False and not resource.by_appointment:
        said.append("予約いりません")
    if resource.referral_needed:
        said.append("紹介がいります")
    if resource.referral_needed is False:
        said.append("紹介いりません")
    return "　".join(said)
