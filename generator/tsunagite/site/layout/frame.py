"""Words of the frame around every page: where the header leads, whom to call in an emergency."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from markupsafe import escape

from tsunagite.contact.emergency import emergency_phones
from tsunagite.i18n.editions import JAPANESE, MARK, Languages, editions
from tsunagite.records.directory import Directory
from tsunagite.records.model.area import Area
from tsunagite.site.home import HomeView
from tsunagite.site.layout.templates import marked, words
from tsunagite.site.lists import IndexView
from tsunagite.site.record import Link
from tsunagite.text.romaji import romaji

_MUNICIPAL = {
    "市": re.compile("し$"),
    "区": re.compile("く$"),
    "町": re.compile("(?:ちょう|まち)$"),
    "村": re.compile("(?:むら|そん)$"),
}


def languages_of(directory: Directory) -> Languages:
    """Return the languages of a site; the edition for professionals is Japanese alone."""
    settings = directory.settings
    found = () if directory.professional else editions(settings.languages)
    return Languages(found, (settings.site_url or "").rstrip("/"))


def latin_name(area: Area) -> str:
    """Return the name of an area in Latin letters, of a municipality without its 市 or 町; "" where nobody has confirmed its reading."""
    if area.kana_source != "confirmed":
        return ""
    reading = (
        _MUNICIPAL[area.name[-1]].sub("", area.name_kana)
        if area.level == "city" and area.name[-1] in _MUNICIPAL
        else area.name_kana
    )
    return romaji(reading).capitalize()


def _languages(directory: Directory) -> dict[str, dict[str, Any]]:
    """Return what the frame says in each edition, by the section of its pages."""
    city = directory.areas.get(directory.settings.area or "")
    return {
        one.section: {
            "code": one.code,
            "name": one.name,
            "lang": one.lang,
            "locale": one.locale,
            "folder": one.folder,
            "mark": MARK + one.code,
            "city": latin_name(city) if city else "",
            "t": one.words,
            "numbers": [
                {"number": escape(phone.number), "href": phone.href, "label": marked(one.of(phone.label))}
                for phone in emergency_phones(directory)
            ],
        }
        for one in languages_of(directory).editions
    }


def frame_words(
    directory: Directory, home: HomeView, indexes: Iterable[IndexView], guides: Iterable[Link], *, has_papers: bool
) -> dict[str, Any]:
    """Return what overrides/ shows; ``guides`` are the pages that the layout writes itself. Only values, escaped because MkDocs's templates do not escape."""
    links = [Link("相談窓口", "contact/")] if home.has_finder else []
    links += [Link(index.title_short, index.path) for index in indexes]
    if home.has_map:
        links.append(Link("地図", "map/"))
    if home.guides:
        links.append(Link("仕事の手引き", "guides/"))
    return {
        "municipality": escape(home.municipality),
        "professional": directory.professional,
        "demonstration": escape(directory.settings.demonstration),
        "links": [{"label": link.label, "path": link.path} for link in links],
        "has_calendar": home.has_calendar,
        "has_finder": home.has_finder,
        "has_papers": has_papers,
        "guides": [{"label": link.label, "path": link.path} for link in guides],
        "emergency": [{"number": escape(p.number), "href": p.href, "label": escape(p.label)} for p in home.emergency],
        "worries": [{"label": escape(one.label), "path": one.path} for one in home.worries],
        "data_month": home.data_month,
        "total": home.total,
        "editions": _languages(directory),
        "japanese": MARK + JAPANESE,
        "t": words(),
    }
