"""Rows of a list of events become events of the calendar, or are left out with the reason. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from tsunagite.findings import SourceLocation
from tsunagite.importing.draft import Draft, Dropped, Reason, Repair
from tsunagite.importing.mapping.fields import in_model_order
from tsunagite.importing.tables.table_file import Table
from tsunagite.records.model.base.problems import validate
from tsunagite.records.model.base.vocabulary import Vocabularies
from tsunagite.records.model.features.event import Event
from tsunagite.text.cells import one_line, phones_in, web_addresses_in
from tsunagite.text.dates import japanese_date, parse_time
from tsunagite.text.event_days import EventDays, NoYearError, read_event_days
from tsunagite.text.ids import free_id
from tsunagite.text.names import name_key
from tsunagite.text.normalize import nfkc
from tsunagite.text.phones import is_mobile

KIND = "行事・まつり"
_COLUMNS = {
    "title": ("イベント名", "行事名", "催し名"),
    "start_day": ("開始日", "開催日"),
    "end_day": ("終了日",),
    "start": ("開始時間",),
    "end": ("終了時間",),
    "note": ("開始日時特記事項",),
    "summary": ("説明",),
    "fee": ("料金(基本)", "料金"),
    "fee_more": ("料金(詳細)",),
    "contact": ("連絡先名称", "問い合わせ先(市の担当課)", "問い合わせ先"),
    "phone": ("連絡先電話番号", "電話番号", "TEL"),
    "for_whom": ("対象",),
    "place": ("場所名称",),
    "booking": ("参加申込方法", "申込期間", "参加申込終了日"),
    "url": ("URL",),
    "number": ("NO", "ID", "No", "№"),
}
_LONGEST = {"title": 60, "summary": 120, "place": 80, "fee": 40, "for_whom": 80}
_OF_NO_ONE = ("両方",)  # both of two columns of a form; beside the event it says nothing
_NOTHING = "-‐‑‒–—―−－ｰー 　"


@dataclass(frozen=True)
class EventList:
    """A list of events that was understood, with what is known of it. ``on`` is its day (None: nobody tells it); ``today`` tells what is over."""

    id: str
    name: str
    file: str
    table: Table
    owner: str
    licence: str
    on: date | None
    today: date


def events_of(found: EventList, vocabularies: Vocabularies) -> Iterator[Draft | Dropped]:
    """Yield one Draft (its data is an Event) or one Dropped for every row. What is over is left out."""
    table, prefix, on = found.table, found.id, found.on
    credit = f"{found.owner}（{found.licence}）"
    columns = _positions(table)
    seen: set[str] = set()
    for row in table.rows:
        cells = {key: row.cells[index] for key, index in columns.items() if row.cells[index].strip(_NOTHING + "\n\r\t")}
        title = one_line(cells.get("title", ""))
        made = _event(row.number, cells, on, found.today) if not row.is_blank and title else None
        if row.is_blank:
            yield Dropped(row.number, "", Reason.BLANK_ROW)
        elif made is None:
            yield Dropped(row.number, "", Reason.NO_NAME)
        elif isinstance(made, Dropped):
            yield made
        else:
            first = str(made.data["days"][0]["on"]).replace("-", "")
            event_id = free_id(f"{prefix}-{first}", seen)
            seen.add(event_id)
            data = {
                **made.data,
                "id": event_id,
                **({"verified_on": on.isoformat()} if on else {}),
                "verified_by": credit[:60],
            }
            _, problems = validate(Event, data, SourceLocation(found.file, line=row.number, column=1), vocabularies)
            if problems:
                yield Dropped(row.number, title, Reason.INVALID, findings=tuple(problems), id=event_id)
            else:
                yield replace(made, data=in_model_order(data, Event))


def restore_ids(drafts: Sequence[Draft], known: Mapping[str, Mapping[str, Any]]) -> list[Draft]:
    """Give events the ids they had before: the same name on the same first day. Other ids are never used twice."""
    ids: dict[tuple[str, str], list[str]] = defaultdict(list)
    for event_id, data in known.items():
        ids[_sign(data)].append(event_id)
    taken = set(known)
    result = []
    for draft in drafts:
        if same := ids[_sign(draft.data)]:
            event_id = same.pop(0)
        else:
            event_id = free_id(draft.id, taken)
            taken.add(event_id)
        result.append(replace(draft, data={**draft.data, "id": event_id}))
    return result


def _sign(data: Mapping[str, Any]) -> tuple[str, str]:
    days = data.get("days") or [{}]
    return name_key(str(data.get("title", ""))), str(days[0].get("on", ""))


def _positions(table: Table) -> dict[str, int]:
    headers: dict[str, int] = {}
    for index, header in enumerate(table.header):
        headers.setdefault(_key(header), index)
    found = {
        key: next((headers[k] for name in names if (k := _key(name)) in headers), None)
        for key, names in _COLUMNS.items()
    }
    return {key: index for key, index in found.items() if index is not None}


def _key(header: str) -> str:
    return re.sub(r"\s+", "", nfkc(header))


def _event(number: int, cells: Mapping[str, str], on: date | None, today: date) -> Draft | Dropped:
    title = one_line(cells["title"])
    written = "～".join(cells[key].strip() for key in ("start_day", "end_day") if key in cells)
    if cells.get("start_day", "").strip() == cells.get("end_day", "").strip():
        written = cells.get("start_day", "").strip()
    try:
        days = read_event_days(written, on)
    except NoYearError:
        return Dropped(number, title, Reason.EVENT_NO_YEAR, one_line(written))
    if days is None:
        return Dropped(number, title, Reason.EVENT_DAYS_UNREADABLE, one_line(written) or "―")
    if days.days[-1] < today:
        return Dropped(number, title, Reason.EVENT_PAST, one_line(written))
    repairs = (
        [
            Repair(
                "開催日",
                one_line(written),
                "、".join(day.isoformat() for day in days.days),
                Reason.EVENT_YEAR_BY_WEEKDAY,
            )
        ]
        if days.by_weekday
        else []
    )
    data: dict[str, Any] = {"title": title, "kind": KIND}
    cells = {key: cell for key, cell in cells.items() if key != "for_whom" or cell.strip() not in _OF_NO_ONE}
    whole: list[str] = []
    for key, longest in _LONGEST.items():
        text = one_line(cells.get(key, ""))
        if text:
            data[key] = text if len(text) <= longest else text[: longest - 1] + "…"
        if len(text) > longest:
            whole.append(f"{_COLUMNS[key][0]}: {text}")
            repairs.append(Repair(_COLUMNS[key][0], text, data[key], Reason.EVENT_CUT))
    whole += [f"{_COLUMNS[key][0]}: {one_line(cells[key])}" for key in ("fee_more", "booking") if key in cells]
    data["days"], told = _days(days, cells)
    whole += told
    data |= _contact(cells, repairs)
    if whole:
        data["memo"] = "\n".join(whole)[:2000]
    return Draft(number, data, tuple(repairs))


def _days(days: EventDays, cells: Mapping[str, str]) -> tuple[list[dict[str, str]], list[str]]:
    """Return the days as an event has them, and what was written of times that could not be read."""
    start, end = (parse_time(cells.get(key, "")) for key in ("start", "end"))
    times = {key: time for key, time in (("start", start), ("end", end)) if time and start}
    unread = [
        f"{_COLUMNS[key][0]}: {one_line(cells[key])}" for key in ("start", "end") if key in cells and key not in times
    ]
    note = one_line(" ".join(filter(None, (cells.get("note", ""), *(one.partition(": ")[2] for one in unread)))))
    shown = note if len(note) <= 60 else ""
    result = []
    for index, day in enumerate(days.days):
        span = (
            (f"{japanese_date(days.days[-1])}までの初日。休みの日は問い合わせてください。", "最終日。")[index]
            if days.span
            else ""
        )
        one = {"on": day.isoformat(), **times}
        if text := " ".join(filter(None, (span, shown))):
            one["note"] = text
        result.append(one)
    return result, unread + ([f"開始日時特記事項: {note}"] if note and not shown else [])


def _contact(cells: Mapping[str, str], repairs: list[Repair]) -> dict[str, Any]:
    """Return telephone numbers and the page. A mobile number of an event may be that of a person: it is left out."""
    result: dict[str, Any] = {}
    label = one_line(cells.get("contact", ""))[:60]
    found, _ = phones_in(cells.get("phone", ""))
    phones = [
        {"number": one.number, **({"label": label} if label else {})} for one in found if not is_mobile(one.number)
    ]
    if len(phones) < len(found):
        repairs.append(Repair("電話", "＊", "", Reason.EVENT_MOBILE))
    if "phone" in cells and not found:
        repairs.append(Repair("電話", one_line(cells["phone"]), "", Reason.PHONE_UNREADABLE))
    if phones:
        result["phones"] = phones
    if addresses := web_addresses_in(cells.get("url", "")):
        result["url"] = addresses[0]
    return result
