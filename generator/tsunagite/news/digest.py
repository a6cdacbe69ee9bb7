"""The news of a month as plain text for mail: lines of at most 72 columns."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tsunagite.news.view import EventView, NewsView, What, month_path
from tsunagite.text.columns import wrapped
from tsunagite.text.dates import japanese_month

WIDTH = 72
MOST = 100
"""Records told of under each heading; of more it says how many."""
HEADINGS = {
    What.ADDED: "新しくのったもの",
    What.CHANGED: "変わったもの",
    What.CLOSED: "終わったもの",
    What.CHECKED: "確かめたもの",
}


def digest_text(news: NewsView, month: date, area: str = "") -> str:
    """Return the news of a month (its first day): of an area, where one is named, else of the whole site."""
    directory = news.directory
    events = [
        event for event in (news.of_area(area) if area else news.events) if event.when[:7] == month.isoformat()[:7]
    ]
    where = f"（{directory.areas[area].name}）" if area else ""
    lines = [
        directory.settings.full_name,
        f"{japanese_month(month)}の新しい資源と変更{where}",
    ]
    if news.note():
        lines += ["", *wrapped(news.note(), WIDTH)]
    for what, heading in HEADINGS.items():
        found = [event for event in reversed(events) if event.what is what]
        if found or (what is What.ADDED and not news.note()):
            lines += ["", f"■ {heading}（{len(found)}件）"]
            groups = news.group_by_commit(found, MOST)
            for view in news.entries(found, MOST):
                lines += _entry(view, news.site_url)
            left = len(found) - sum(map(len, groups))
            lines += ["", f"ほかに{left}件あります。"] if left else []
    if news.site_url:
        lines += ["", news.site_url + (month_path(month) if month in news.months() else "news/")]
    return "\n".join(lines) + "\n"


def _entry(view: EventView, site_url: str) -> Iterator[str]:
    yield ""
    yield from wrapped(f"{view.name}（{view.day}）", WIDTH, indent="  ", first="・")
    yield from wrapped(view.text, WIDTH, indent="  ", first="  ")
    if site_url:
        yield f"  {site_url}{view.path}"
