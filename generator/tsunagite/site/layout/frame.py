"""Words of the frame around every page: where the header leads, whom to call in an emergency."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from markupsafe import escape

from tsunagite.records.directory import Directory
from tsunagite.site.home import HomeView
from tsunagite.site.layout.templates import words
from tsunagite.site.lists import IndexView
from tsunagite.site.record import Link


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
        "has_papers": has_papers,
        "guides": [{"label": link.label, "path": link.path} for link in guides],
        "emergency": [{"number": escape(p.number), "href": p.href, "label": escape(p.label)} for p in home.emergency],
        "worries": [{"label": escape(one.label), "path": one.path} for one in home.worries],
        "data_month": home.data_month,
        "total": home.total,
        "t": words(),
    }
