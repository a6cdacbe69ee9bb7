"""Words of the frame around every page: where the header leads, whom to call in an emergency."""

from __future__ import annotations

from typing import Any

from markupsafe import escape

from tsunagite.site.layout.templates import words
from tsunagite.site.record import Link
from tsunagite.site.view import SiteView


def frame_words(site: SiteView) -> dict[str, Any]:
    """Return what overrides/ shows: only values, escaped because MkDocs's templates do not escape."""
    links = [Link("相談窓口", "contact/")] if site.finder else []
    links += [Link(index.title_short, index.path) for index in site.lists.indexes()]
    if site.has_map:
        links.append(Link("地図", "map/"))
    if site.knowledge:
        links.append(Link("仕事の手引き", "guides/"))
    return {
        "municipality": escape(site.settings.municipality),
        "professional": site.directory.professional,
        "demonstration": escape(site.settings.demonstration),
        "links": [{"label": link.label, "path": link.path} for link in links],
        "has_calendar": bool(site.calendar),
        "has_papers": site.has_papers,
        "guides": [{"label": link.label, "path": link.path} for link in site.guides],
        "emergency": [{"number": escape(p.number), "href": p.href, "label": escape(p.label)} for p in site.emergency],
        "worries": [{"label": escape(one.label), "path": one.path} for one in site.finder.troubles if one.sensitive],
        "data_month": site.home.data_month,
        "total": site.home.total,
        "t": words(),
    }
