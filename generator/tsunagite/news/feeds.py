"""Feeds: Atom (RFC 4287) and JSON Feed 1.1 of the same entries. Ids are tag URIs (RFC 4151): the same in every build, also of a site that moved."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import urlsplit

from tsunagite.news.view import EventView
from tsunagite.site.layout.templates import BASE

FOLDER = "news"
WHOLE = f"{FOLDER}/feed"
MOST_OF_ALL, MOST_OF_PART = 100, 30
"""So many entries of the whole site, and of an area or a kind: readers keep what they have seen."""


@dataclass(frozen=True)
class Feed:
    """A feed: ``path`` without its ending, ``page`` is the page that it belongs to, both from the root of the site."""

    path: str
    page: str
    title: str
    note: str
    site_url: str
    first_address: str
    author: str
    updated: str
    entries: tuple[EventView, ...]


def feed_of(path: str) -> str:
    """Return the path of the feed of a list (``areas/yashima/`` -> ``news/areas/yashima``), without its ending."""
    return f"{FOLDER}/{path.rstrip('/')}"


def links(path: str, title: str) -> str:
    """Return what stands in the head of the page that a feed belongs to (``Templates.page``)."""
    return "".join(
        f'<link rel="alternate" type="application/{kind}" title="{escape(title)}" href="{BASE}{path}.{ending}">'
        for kind, ending in (("atom+xml", "xml"), ("feed+json", "json"))
    )


def atom(feed: Feed) -> bytes:
    """Return a feed as Atom."""
    own = f"{feed.site_url}{feed.path}"
    subtitle = f"<subtitle>{escape(feed.note)}</subtitle>\n" if feed.note else ""
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ja">\n'
        f"<id>{escape(feed.first_address)}/{escape(feed.path)}.xml</id>\n<title>{escape(feed.title)}</title>\n{subtitle}<updated>{feed.updated}</updated>\n"
        f"<author><name>{escape(feed.author)}</name></author>\n"
        f'<link rel="self" type="application/atom+xml" href="{escape(own)}.xml"/>\n'
        f'<link rel="alternate" type="text/html" href="{escape(feed.site_url + feed.page)}"/>\n'
    )
    return (head + "".join(_entry(feed, one) for one in feed.entries) + "</feed>\n").encode()


def _entry(feed: Feed, view: EventView) -> str:
    return (
        f"<entry>\n<id>{escape(tag(feed.first_address, view))}</id>\n<title>{escape(view.title)}</title>\n<updated>{view.when}</updated>\n"
        f'<link rel="alternate" type="text/html" href="{escape(feed.site_url + view.path)}"/>\n'
        + "".join(f'<category term="{escape(term)}"/>\n' for term in _terms(view))
        + f"<summary>{escape(view.text)}</summary>\n</entry>\n"
    )


def json_feed(feed: Feed) -> bytes:
    """Return a feed as JSON Feed."""
    data = {
        "version": "https://jsonfeed.org/version/1.1", "title": feed.title, "home_page_url": feed.site_url + feed.page, "feed_url": f"{feed.site_url}{feed.path}.json",
        "description": feed.note, "language": "ja", "authors": [{"name": feed.author}], "items": [_item(feed, one) for one in feed.entries],
    }  # fmt: skip
    return (
        json.dumps({key: value for key, value in data.items() if value != ""}, ensure_ascii=False, indent=1) + "\n"
    ).encode()


def _item(feed: Feed, view: EventView) -> dict[str, object]:
    return {
        "id": tag(feed.first_address, view), "url": feed.site_url + view.path, "title": view.title, "content_text": view.text,
        "date_modified": view.when, "tags": _terms(view),
    }  # fmt: skip


def _terms(view: EventView) -> list[str]:
    return [str(view.what), *([view.kind] if view.kind else [])]


def tag(first_address: str, view: EventView) -> str:
    """Return the id of an entry: what became of which record on which day."""
    address = urlsplit(first_address + "/")
    host = (address.hostname or "").encode("idna").decode("ascii")
    return f"tag:{host},{view.when[:10]}:{address.path}{view.key}"


def latest(entries: Sequence[EventView], otherwise: str) -> str:
    """Return when a feed was updated: with its newest entry; one without entries when anything of the site was."""
    return max((one.when for one in entries), default=otherwise)
