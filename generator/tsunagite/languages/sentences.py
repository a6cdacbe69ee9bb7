"""Sentences made from record fields in the language of an edition. ``site/words.py`` makes the same in Japanese.

What is free text stays Japanese, between the marks of ``Edition.japanese``.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from tsunagite.i18n.editions import Edition
from tsunagite.records.directory import RecordContext
from tsunagite.records.model.base.vocabulary import Term, Vocabularies
from tsunagite.records.model.contact import Phone
from tsunagite.records.model.hours import Hours
from tsunagite.records.model.resource import Resource
from tsunagite.records.model.service import Eligibility, Fee, Pause
from tsunagite.text.dates import DAYS, HOLIDAY, WEEKDAYS

_NOON = 12


class Sentences:
    """Makes the sentences of one edition."""

    def __init__(self, edition: Edition, vocabularies: Vocabularies) -> None:
        self._edition, self._data, self._vocabularies = edition, edition.data, vocabularies
        self._labels: dict[tuple[str, str], str] = {}

    def say(self, name: str, /, **values: object) -> str:
        """Return a sentence of ``[data]`` with its values."""
        return str(self._data[name]).format_map(values)

    def term(self, vocabulary: str, term_id: str) -> str:
        """Return the word of a term; its Japanese one, marked, where there is no other: a guess would be worse."""
        key = vocabulary, term_id
        if key not in self._labels:
            term = self._vocabularies[vocabulary][term_id]
            self._labels[key] = self._written(vocabulary, term) or self._edition.japanese(term.label)
        return self._labels[key]

    def _written(self, vocabulary: str, term: Term) -> str:
        return getattr(term, self._edition.label) or self._edition.labels.get(vocabulary, {}).get(term.id, "")

    def terms(self, vocabulary: str, ids: Iterable[str]) -> str:
        """Return several terms as one line."""
        return self._join(self.term(vocabulary, one) for one in ids)

    def _join(self, parts: Iterable[str]) -> str:
        return str(self._data["and"]).join(part for part in parts if part)

    # Days and times

    def time(self, time: str) -> str:
        """Return a time of day ("HH:MM", up to 24:00)."""
        hour, minute = int(time[:2]), int(time[3:])
        half = "am" if hour < _NOON or hour == 24 else "pm"
        whole = self._data.get(f"time_{half}_whole") if not minute else None
        twelve = 0 if hour == 24 else hour % _NOON
        return str(whole or self._data[f"time_{half}"]).format(h=hour, h12=twelve, m=f"{minute:02}", minute=minute)

    def span(self, span: Hours) -> str:
        """Return from when to when."""
        name = "span_next_day" if span.close <= span.open else "span"
        return self.say(name, open=self.time(span.open), close=self.time(span.close))

    def days(self, days: Iterable[str]) -> str:
        """Return days of the week as people print them."""
        names = dict(zip(DAYS, self._data["days"], strict=True))
        found = set(days)
        week = [day for day in WEEKDAYS if day in found]
        first = WEEKDAYS.index(week[0]) if week else 0
        if len(week) == len(WEEKDAYS):
            parts = [str(self._data["every_day"])]
        elif len(week) > 2 and WEEKDAYS[first : first + len(week)] == tuple(week):
            parts = [self.say("day_range", first=names[week[0]], last=names[week[-1]])]
        else:
            parts = [names[day] for day in week]
        return self._join([*parts, *([names[HOLIDAY]] if HOLIDAY in found else [])])

    def days_of(self, span: Hours) -> str:
        """Return on which days a span is, with its weeks of the month and its season."""
        days = self.days(span.days)
        if span.nth:
            days = self.say("nth", weeks=self._join(self._data["weeks"][week - 1] for week in span.nth), days=days)
        if span.valid_from or span.valid_to:
            days += self.say("season", start=self._day_of_year(span.valid_from), end=self._day_of_year(span.valid_to))
        return days

    def hours(self, hours: Iterable[Hours]) -> tuple[tuple[str, str, str], ...]:
        """Return (days, times, what they are of) of every span in its order."""
        return tuple((self.days_of(one), self.span(one), self._edition.japanese(one.label)) for one in hours)

    def _day_of_year(self, day: date | None) -> str:
        return self._month_day(day.month, day.day) if day else ""

    def _month_day(self, month: int, day: int) -> str:
        return self.say("month_day", month=month, name=self._data["months"][month - 1], day=day)

    def day(self, day: date) -> str:
        """Return a day with its year."""
        return self.say("date", year=day.year, month=day.month, name=self._data["months"][day.month - 1], day=day.day)

    def month(self, day: date) -> str:
        """Return the month of a day with its year."""
        return self.say("month", year=day.year, month=day.month, name=self._data["months"][day.month - 1])

    def closed(self, resource: Resource) -> str:
        """Return the regular closing days as one sentence, or "" (the rules are those of ``words.closed_text``)."""
        closing = resource.closed_on_days
        parts = []
        open_days = {day for span in resource.hours for day in span.days if not span.nth}
        every_week = resource.hours and all(not span.nth for span in resource.hours)
        if every_week and not resource.hours_note and len(open_days & set(WEEKDAYS)) in (4, 5, 6):
            parts.append(self.days(day for day in WEEKDAYS if day not in open_days))
        if closing and closing.holidays:
            parts.append(str(self._data["days"][-1]))
        if closing and closing.year_end:
            start, end = (tuple(map(int, one.split("-"))) for one in closing.year_end.split("/"))
            parts.append(self.say("year_end", start=self._month_day(*start), end=self._month_day(*end)))
        found = [self.say("closed", days=self._join(parts))] if parts else []
        if closing and closing.holidays is False:
            found.append(str(self._data["open_on_holidays"]))
        if closing and closing.note:
            found.append(self._edition.japanese(closing.note))
        return " ".join(found)

    def pause(self, pause: Pause) -> str:
        """Return since when and until when a place pauses."""
        name = "pause_" + ("since_" if pause.since else "") + ("until" if pause.until else "open")
        since = self.day(pause.since) if pause.since else ""
        until = self.day(pause.until) if pause.until else ""
        reason = f" ({self._edition.japanese(pause.reason)})" if pause.reason else ""
        return self.say(name, since=since, until=until) + reason

    # What it takes

    def fee(self, fee: Fee) -> str:
        """Return what it costs."""
        parts = [self.term("fee", fee.type)]
        if fee.amount is not None and fee.type != "free":
            unit = f" / {self._edition.japanese(fee.unit)}" if fee.unit else ""
            parts.append(self.say("yen", amount=f"{fee.amount:,}") + unit)
        if fee.note:
            parts.append(f"({self._edition.japanese(fee.note)})")
        return " ".join(parts)

    def eligibility(self, eligibility: Eligibility) -> str:
        """Return for whom it is, or ""."""
        low, high = eligibility.age_min, eligibility.age_max
        name = {(True, True): "ages", (True, False): "age_from", (False, True): "age_to"}.get(
            (low is not None, high is not None)
        )
        parts = [self.say(name, low=low, high=high)] if name else []
        if eligibility.residence:
            parts.append(self.term("residence", eligibility.residence))
        parts += self._care_levels(eligibility.care_levels)
        parts += [self.term("situation", one) for one in eligibility.situations]
        if eligibility.note:
            parts.append(self._edition.japanese(eligibility.note))
        return self._join(parts)

    def _care_levels(self, chosen: tuple[str, ...]) -> list[str]:
        order = [term.id for term in self._vocabularies["care_level"]]
        return [self.term("care_level", one) for one in sorted(set(chosen), key=order.index)]

    def facts(self, resource: Resource) -> tuple[tuple[str, str], ...]:
        """Return (word, text) of what ``site.record`` shows as facts, in its order; what is free text stays Japanese."""
        ja = self._edition.japanese
        found: list[tuple[str, str]] = []

        def add(name: str, text: str) -> None:
            found.append((str(self._data[name]), text))

        if resource.services:
            add("services", ja("・".join(resource.services)))
        if resource.fee:
            add("fee", self.fee(resource.fee))
        if resource.eligibility and (text := self.eligibility(resource.eligibility)):
            add("for", text)
        if resource.booking is not None:
            add("booking", str(self._data["needed" if resource.booking else "not_needed"]))
        if resource.referral_needed is not None:
            add("referral", str(self._data["needed" if resource.referral_needed else "not_needed"]))
        if resource.capacity or resource.capacity_note:
            people = self.say("people", count=resource.capacity) if resource.capacity else ""
            add("capacity", " ".join(part for part in (people, ja(resource.capacity_note)) if part))
        if resource.vacancy:
            add("vacancy", f"{ja(resource.vacancy.text)} ({self.day(resource.vacancy.on)})")
        if access := resource.access:
            labels = [self.term("access", one) for one in access.features]
            labels += [self.say("missing", what=self.term("access", one)) for one in access.missing]
            add("access", self._join([*labels, *([ja(access.note)] if access.note else [])]))
        if resource.languages:
            add("languages", self.terms("language", resource.languages))
        if resource.required_docs:
            add("documents", ja("・".join(resource.required_docs)))
        return tuple(found)

    # How it is reached, how fresh it is

    def phone_note(self, phone: Phone) -> str:
        """Return what stands beside a number."""
        extension = self.say("extension", number=phone.extension) if phone.extension else ""
        return self._join((self._edition.japanese(phone.hours), extension, self.terms("language", phone.languages)))

    def fresh(self, directory: RecordContext, resource: Resource, today: date) -> tuple[str, str, str] | None:
        """Return the badge of the last check, as ``words.fresh_badge``."""
        if resource.is_idea or resource.is_closed:
            return None
        due, source = directory.review_due(resource), directory.source_of(resource)
        old = str(self._data["old"])
        if due and due < today:
            return (old, "", "")
        if due and resource.verified_on:
            return (self.say("checked", month=self.month(resource.verified_on)), due.isoformat(), old)
        if due and source and source.data_date:
            return (self.say("data_of", month=self.month(source.data_date)), due.isoformat(), old)
        return (str(self._data["unchecked"]), "", "")

    def verification(self, directory: RecordContext, resource: Resource) -> str:
        """Return when and how a record was checked, as ``words.verification``."""
        source, due, ja = directory.source_of(resource), directory.review_due(resource), self._edition.japanese
        if resource.is_idea:
            return str(self._data["idea"])
        made_up = f"{self._data['sample']} " if resource.sample else ""
        if resource.verified_on and due:
            known = resource.verify_method != "unverified"
            how = f" – {self.term('verify_method', resource.verify_method)}" if known else ""
            by = f" ({ja(resource.verified_by)})" if resource.verified_by else ""
            return made_up + self.say("checked_on", date=self.day(resource.verified_on)) + how + by
        if source and source.data_date and due:
            return self.say("data_of_owner", owner=ja(source.owner), month=self.month(source.data_date))
        if source:
            return self.say("data_without_day", owner=ja(source.owner))
        return made_up + str(self._data["unchecked"])
