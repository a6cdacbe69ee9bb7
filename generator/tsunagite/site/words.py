"""Sentences made from record fields: hours, fees, conditions, verification. The page only places them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from tsunagite.records.directory import RecordContext
from tsunagite.records.model.base.vocabulary import Vocabularies
from tsunagite.records.model.hours import Hours
from tsunagite.records.model.resource import Resource
from tsunagite.records.model.service import Eligibility, Fee, Pause
from tsunagite.text.dates import NO_DAY, WEEKDAYS, day_run, japanese_date, japanese_month


@dataclass(frozen=True)
class HoursRow:
    """One line of the hours table: 「月～金」「8時30分から17時まで」."""

    days: str
    span: str
    label: str


@lru_cache(maxsize=1_500)
def spoken_time(time: str) -> str:
    """Return 9時, 9時30分, 翌日2時 (for hours past midnight the caller adds 翌日)."""
    hour, minute = time.split(":")
    return f"{int(hour)}時" + (f"{int(minute)}分" if minute != "00" else "")


def hours_rows(hours: tuple[Hours, ...]) -> tuple[HoursRow, ...]:
    """Return the lines of the hours table in the order they were written."""
    rows = []
    for span in hours:
        days = spoken_days(span)
        if span.valid_from or span.valid_to:
            days += f"（{_short(span.valid_from)}～{_short(span.valid_to)}）"
        rows.append(HoursRow(days, spoken_span(span), span.label))
    return tuple(rows)


def spoken_days(span: Hours) -> str:
    """Return 月～金, 第2・第4 火曜日."""
    return (
        "第" + "・第".join(map(str, span.nth)) + " " + day_run(span.days) + "曜日" if span.nth else day_run(span.days)
    )


def spoken_span(span: Hours) -> str:
    """Return 9時から17時30分まで, 17時から翌日2時まで."""
    next_day = "翌日" if span.close <= span.open else ""
    return f"{spoken_time(span.open)}から{next_day}{spoken_time(span.close)}まで"


def _short(day: date | None) -> str:
    return f"{day.month}月{day.day}日" if day else ""


def closed_text(resource: Resource) -> str:
    """Return the regular closing days as one sentence, or ""."""
    closing = resource.closed_on_days
    days_open = {day for span in resource.hours for day in span.days if not span.nth}
    parts = []
    every_week = resource.hours and all(not span.nth for span in resource.hours)
    # A list's own note may say 「第2土曜は開館」: then the days without hours are not closing days.
    if every_week and not resource.hours_note and len(days_open & set(WEEKDAYS)) in (4, 5, 6):
        parts.append("・".join(day for day in WEEKDAYS if day not in days_open) + "曜日")
    if closing and closing.holidays:
        parts.append("祝日")
    if closing and closing.year_end:
        start, end = closing.year_end.split("/")
        parts.append(f"年末年始（{_month_day(start)}～{_month_day(end)}）")
    text = "、".join(parts)
    note = closing.note if closing else ""
    on_holidays = "祝日も開きます。" if closing and closing.holidays is False else ""
    return (f"お休み：{text}。" if text else "") + on_holidays + note


def pause_text(pause: Pause) -> str:
    """Return 「一時休止：2026年12月1日から2027年1月31日まで（改修のため）」: true on every day up to the last."""
    since = f"{japanese_date(pause.since)}から" if pause.since else ""
    until = f"{japanese_date(pause.until)}まで" if pause.until else "（期間は未定）" if since else "期間は未定"
    return f"一時休止：{since}{until}" + (f"（{pause.reason}）" if pause.reason else "")


def pause_badge(pause: Pause, today: date | None) -> str:
    """Return the same in the few words of a badge. A beginning that lies behind ``today`` is left out."""
    since = f"{_short(pause.since)}から" if pause.since and (today is None or today < pause.since) else ""
    until = f"{japanese_date(pause.until)}まで" if pause.until else ""
    return f"休止（{since}{until}）" if since or until else "休止"


def _month_day(text: str) -> str:
    month, day = text.split("-")
    return f"{int(month)}月{int(day)}日"


def fee_text(fee: Fee, vocabularies: Vocabularies) -> str:
    """Return 「会費　1回100円」 and the like."""
    parts = [vocabularies["fee"][fee.type].label]
    if fee.amount is not None and fee.type != "free":
        parts.append(f"{fee.unit}{fee.amount:,}円")
    if fee.note:
        parts.append(f"（{fee.note}）")
    return " ".join(parts)


def eligibility_text(eligibility: Eligibility, vocabularies: Vocabularies) -> str:
    """Return the conditions as one line: 「65歳以上・市内の人」."""
    parts = []
    low, high = eligibility.age_min, eligibility.age_max
    if low is not None and high is not None:
        parts.append(f"{low}歳から{high}歳まで")
    elif low is not None:
        parts.append(f"{low}歳以上")
    elif high is not None:
        parts.append(f"{high}歳まで")
    if eligibility.residence:
        parts.append(vocabularies["residence"][eligibility.residence].label)
    parts += _care_levels(eligibility.care_levels, vocabularies)
    parts += [vocabularies["situation"][situation].label for situation in eligibility.situations]
    if eligibility.note:
        parts.append(eligibility.note)
    return "・".join(parts)


def _care_levels(chosen: tuple[str, ...], vocabularies: Vocabularies) -> list[str]:
    """Return the labels of care levels, three or more that follow each other as 「要支援1～要介護5」."""
    order = [term.id for term in vocabularies["care_level"]]
    runs: list[list[str]] = []
    for level in sorted(set(chosen), key=order.index):
        if runs and order.index(level) == order.index(runs[-1][-1]) + 1:
            runs[-1].append(level)
        else:
            runs.append([level])
    labels = [[vocabularies["care_level"][level].label for level in run] for run in runs]
    return [label for run in labels for label in ([f"{run[0]}～{run[-1]}"] if len(run) > 2 else run)]


@dataclass(frozen=True)
class Verification:
    """How fresh a record is. ``due`` is the day it stops counting as checked; the browser compares it with today."""

    text: str
    day: str
    due: str
    due_text: str


OLD = "要確認"


def fresh_badge(directory: RecordContext, resource: Resource, today: date | None) -> tuple[str, str, str] | None:
    """Return 「2026年9月確認」 (of a list 「2024年9月のデータ」), its last day, and 「要確認」 for after it; 「未確認」 where no day is known."""
    if resource.is_idea or resource.is_closed:
        return None
    due = directory.review_due(resource)
    if due is None:
        return ("未確認", "", "")
    if today and due < today:
        return (OLD, "", "")
    source = directory.source_of(resource)
    checked = (
        f"{japanese_month(resource.verified_on)}確認"
        if resource.verified_on
        else f"{japanese_month(source.data_date)}のデータ"
        if source and source.data_date
        else ""
    )
    return (checked, due.isoformat(), OLD) if checked else ("未確認", "", "")


def overdue_text(directory: RecordContext, resource: Resource, today: date) -> str:
    """Return what a page says of a record that nobody has checked for so long that nobody is sent there by it; "" of any other."""
    trusted = directory.trusted_until(resource)
    if trusted is None or trusted >= today or resource.verified_on is None:
        return ""
    return f"{japanese_month(resource.verified_on)}から確かめられていません。いまも開いているかはわかりません。行く前に、かならず電話で確かめてください。"


def verification(directory: RecordContext, resource: Resource) -> Verification:
    """Return 「2026年9月2日に電話で確認（社会福祉協議会）」 or 「高松市のデータ（2024年9月時点）」."""
    source, due = directory.source_of(resource), directory.review_due(resource)
    if resource.is_idea:
        return Verification("案です。確認するものは、まだありません。", "", "", "")
    made_up = "見本の記録です。" if resource.sample else ""
    if resource.verified_on and due:
        method = directory.vocabularies["verify_method"][resource.verify_method].label
        how = f"に{method}で確認" if resource.verify_method != "unverified" else "に確認"
        by = f"（{resource.verified_by}）" if resource.verified_by else ""
        text = f"{made_up}{japanese_date(resource.verified_on)}{how}{by}"
        return Verification(text, resource.verified_on.isoformat(), due.isoformat(), japanese_month(due))
    if source and source.data_date and due:
        text = f"{source.owner}のデータ（{japanese_month(source.data_date)}時点）"
        return Verification(text, source.data_date.isoformat(), due.isoformat(), japanese_month(due))
    if source:
        return Verification(f"{source.owner}のデータ（{NO_DAY}）", "", "", "")
    return Verification(f"{made_up}まだ確認されていません", "", "", "")
