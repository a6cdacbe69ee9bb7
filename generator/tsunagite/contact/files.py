"""The contact finder: its page, a page per town and per trouble that need no script, the emergency page, and its data.

``contact/data.json`` is the whole finder (towns, troubles, windows, answers; shape: the type ``Data`` of
browser/contact_data.js). Its address never changes: with it, ``contact/``, ``assets/tsunagite/holidays.json`` and the
scripts ``contact*.js``, ``hours.js``, ``open_now.js``, ``search_key.js``, ``quick_exit.js`` and the sheets ``contact.css``
and ``safety.css`` of ``assets/tsunagite/`` the finder works without a network.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from typing import Any

from tsunagite.contact.emergency import LineView
from tsunagite.contact.view import FinderView, GapView, TroubleView, WindowView
from tsunagite.engine.artifact import Artifact, Draft, Frame, Made, page_draft
from tsunagite.engine.keys import Keys
from tsunagite.records.directory import Directory
from tsunagite.site.layout.templates import DELICATE_HEAD, Templates, script, stylesheet
from tsunagite.site.record import Link
from tsunagite.text.search_key import PAIRS

SECTION, DATA, WORDS = "contact", "contact/data.json", "emergency/words.json"
STYLE = stylesheet("contact")


def contact(finder: FinderView, guide: Link | None, keys: Keys, frame: Frame) -> Iterator[Made]:
    """Yield the emergency page and, where the site has troubles, the finder. ``guide`` says more of an emergency."""
    templates, emergency, exit_url = Templates(), finder.emergency, finder.directory.settings.exit_url
    yield frame(
        templates.page(
            "emergency",
            "emergency/",
            SECTION,
            "急ぐとき：だれに、どの順番で",
            "119番・110番にかける前とあとに、することと言うこと。",
            head=STYLE,
            view=emergency,
            delicate=[trouble for trouble in finder.troubles if trouble.sensitive],
            guide=guide,
            aed_list=_aed_list(finder.directory),
            finder=bool(finder),
        )
    )
    yield Artifact.json(WORDS, emergency.numbers())
    for place, words in enumerate(emergency.words()):
        yield Artifact.json(f"emergency/words/{place}.json", words)
    if finder:
        yield frame(
            templates.page(
                "contact",
                "contact/",
                SECTION,
                "わたしの窓口をさがす",
                "困りごとと町を選ぶと、電話する窓口と、言うことがわかります。",
                head=STYLE + stylesheet("safety") + script("contact"),
                view=finder,
                exit_url=exit_url,
            )
        )
        yield from _pages(finder, templates, keys, frame)
        yield Artifact.json(DATA, _data(finder))


def _aed_list(directory: Directory) -> str:
    """Return where the AEDs are listed ("" where none is)."""
    found = directory.by_kind.get("aed", ())
    if not found:
        return ""
    group = directory.kind(found[0]).group
    alone = len({resource.kind for resource in directory.by_group[group]}) == 1
    return f"kinds/{group}/" if alone else f"kinds/{group}/aed/"


def _pages(view: FinderView, templates: Templates, keys: Keys, frame: Frame) -> Iterator[Draft]:
    """Yield the pages that need no script: one per town, one per trouble."""

    def draft(template: str, path: str, title: str, lead: str, head: str = "", **values: object) -> Draft:
        key = keys.page(template, path, title, values)
        make = partial(templates.page, template, path, SECTION, title, lead, head=STYLE + head, **values)
        return page_draft(path, SECTION, key, make, frame)

    keys.share(*view.lines.values(), *view.troubles, *view.windows.values())
    for town in view.town_pages():
        name = town.town.area.name
        yield draft(
            "contact_town",
            town.town.path,
            f"{name}の相談窓口",
            f"{name}に住む人が電話する窓口を、困りごとごとに。",
            page=town,
        )
    for trouble in view.troubles:
        about = (
            "電話する窓口と、言うこと。"
            if trouble.sensitive
            else f"「{trouble.label}」とき、電話する窓口と、言うこと。"
        )
        yield draft(
            "contact_trouble",
            trouble.path,
            trouble.page_title,
            about,
            DELICATE_HEAD if trouble.sensitive else "",
            trouble=trouble,
            answers=view.windows_of(trouble),
            gaps=view.gaps_of(trouble),
            proof=view.proof,
            towns=bool(view.towns),
            exit_url=view.directory.settings.exit_url,
        )


def _data(view: FinderView) -> dict[str, Any]:
    windows = {window_id: place for place, window_id in enumerate(view.windows)}
    lines = {line_id: place for place, line_id in enumerate(view.lines)}
    gaps = {duty: place for place, duty in enumerate(view.gaps)}
    found: dict[
        tuple[tuple[tuple[int, str], ...], tuple[int, ...]], int
    ] = {}  # windows and gaps; towns of one district share theirs
    answers: dict[tuple[int, ...], int] = {}
    of_place = {}
    for place, by_trouble in view.answers.items():
        missing = view.unfilled[place]
        lists = (
            (tuple((windows[w.id], w.why) for w in one), tuple(gaps[duty] for duty in empty))
            for one, empty in zip(by_trouble, missing, strict=True)
        )
        row = tuple(found.setdefault(one, len(found)) for one in lists)
        of_place[place] = answers.setdefault(row, len(answers))
    towns = []
    for town in view.towns:
        area = town.area
        point = [round(degrees, 5) for degrees in area.point or ()]
        codes = [code.replace("-", "") for code in area.postal_codes]
        towns.append(
            [area.id, area.name, area.name_kana, town.district, codes, point, of_place[area.id], list(area.alt_names)]
        )
    return {
        "city": view.city,
        "prefecture": view.directory.settings.prefecture,
        "pairs": PAIRS,
        "proof": view.proof,
        "whole": of_place[""],
        "towns": towns,
        "answers": list(answers),
        "lists": [[list(item) for item in one] for one, _ in found],
        "missing": {str(number): list(empty) for (_, empty), number in found.items() if empty},
        "gaps": [_gap(gap) for gap in view.gaps.values()],
        "windows": [_window(window) for window in view.windows.values()],
        "lines": [_line(line) for line in view.lines.values()],
        "troubles": [_trouble(trouble, lines) for trouble in view.troubles],
    }


def _window(window: WindowView) -> dict[str, Any]:
    phone, card = window.phone, window.card
    return {
        "name": card.name, "path": card.path, "place": card.place, "badges": card.dated_badges,
        "number": phone.number, "href": phone.href, "label": phone.label, "note": phone.note,
        "hours": [[row.days, row.span, row.label] for row in window.hours], "notes": list(window.notes),
        "opening": json.loads(window.opening) if window.opening else None,
    }  # fmt: skip


def _gap(gap: GapView) -> dict[str, Any]:
    return {
        "text": gap.text,
        "lines": [[line.number, line.href, line.label] for line in gap.lines],
        "list": [gap.list.label, gap.list.path] if gap.list else [],
        "register": gap.register,
        "url": gap.url,
    }


def _line(line: LineView) -> dict[str, Any]:
    return {
        "label": line.label,
        "number": line.number,
        "href": line.href,
        "about": line.about,
        "hours": line.hours,
        "always": line.always,
    }


def _trouble(trouble: TroubleView, lines: dict[str, int]) -> dict[str, Any]:
    return {
        "id": trouble.id, "label": trouble.label, "sensitive": trouble.sensitive, "page": trouble.path,
        "urgent": trouble.urgent, "lines": [lines[line.id] for line in trouble.urgent_lines],
        "after": [lines[line.id] for line in trouble.after_hours],
        "say": list(trouble.say), "have": list(trouble.have), "next": list(trouble.next),
        "needs": [[link.label, link.path] for link in trouble.needs],
    }  # fmt: skip
