"""Pages of the knowledge base: indexes, roles, processes, reference pages, the glossary. The one door to Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape

import markdown
from markupsafe import Markup

from tsunagite.outputs.artifact import Artifact, Frame, Page
from tsunagite.outputs.templates import Templates
from tsunagite.views.guides import WordView
from tsunagite.views.site import SiteView

_TAGS = re.compile(r"(<[^>]+>)")
_NOT_INSIDE = re.compile(r"</?(a|h[1-6]|code|pre|blockquote|sup|th)\b")


def guides(site: SiteView, frame: Frame) -> Iterator[Artifact]:
    """Yield every page of the knowledge base (none where there are no guides)."""
    for page in _pages(site, Templates()):
        yield frame(page)


def _pages(site: SiteView, templates: Templates) -> Iterator[Page]:
    base = site.knowledge
    for index in base.indexes():
        yield _page(templates, "guide_index", index.path, index.title, index.lead, view=index)
    for guide in base.pages():
        prose = Markup(_explained(_html(guide.text), base.explained, "../../"))  # noqa: S704 - the publisher's own text
        yield _page(templates, "guide", guide.path, guide.head.title, guide.head.summary, view=guide, prose=prose)
    if rows := base.words():
        yield _page(templates, "glossary", "glossary/", "ことばの一覧", "専門のことばを、はじめて聞く人にもわかる短い文で説明します。", rows=rows)
    if redirects := base.redirects():
        lead = "頼まれたけれど、ケアマネジャーの仕事ではないこと。代わりにだれに頼めるかを、いまある資源から示します。"
        yield _page(templates, "redirects", "not-care-manager/", "ケアマネジャーに頼めないこと", lead, redirects=redirects)
    if systems := base.systems():
        lead = "地域で支えるためのしくみと、それぞれを説明しているページの一覧です。"
        yield _page(templates, "systems", "guides/map/", "この知識ベースの地図", lead, systems=systems)


def _page(templates: Templates, template: str, path: str, title: str, lead: str, **values: object) -> Page:
    page = Page(path, "guide", title, lead, "")
    body = templates.render(template, base=page.base, title=title, lead=lead, **values)
    return Page(path, page.section, title, lead, body)


def _html(text: str) -> str:
    return markdown.markdown(text, extensions=["tables", "sane_lists", "attr_list"], output_format="html")


def _explained(html: str, words: Mapping[str, WordView], base: str) -> str:
    """Link the first place of each glossary word in running text (not in links, headings or quotations) to its meaning."""
    left = dict(words)
    depth = 0
    parts = _TAGS.split(html)
    for at, part in enumerate(parts):
        if at % 2:
            if _NOT_INSIDE.match(part):
                depth = max(depth + (-1 if part.startswith("</") else 1), 0)
        elif not depth and left:
            parts[at] = _with_words(part, left, base)
    return "".join(parts)


def _with_words(text: str, left: dict[str, WordView], base: str) -> str:
    found = [word for word in sorted(left, key=len, reverse=True) if word in text]
    if not found:
        return text
    pattern = re.compile("|".join(map(re.escape, found)))

    def link(match: re.Match[str]) -> str:
        word = left.get(match[0])
        if word is None:
            return match[0]
        for name in [name for name, its in left.items() if its.anchor == word.anchor]:
            del left[name]
        return f'<a class="ts-word" href="{base}glossary/#{word.anchor}" title="{escape(word.meaning)}">{match[0]}</a>'

    return pattern.sub(link, text)


