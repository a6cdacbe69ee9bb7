"""Pages of the knowledge base: indexes, roles, processes, reference pages, the glossary."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from tsunagite.contact.emergency import EmergencyView
from tsunagite.engine.artifact import Draft, Frame, Page, base_of, page_draft
from tsunagite.engine.keys import Keys
from tsunagite.guides import prose
from tsunagite.guides.citations import citation_list
from tsunagite.guides.figure import drawing
from tsunagite.guides.view import GuideView, KnowledgeBase
from tsunagite.site.layout.templates import Templates
from tsunagite.site.lists import Lists

SECTION = "guide"


def guides(base: KnowledgeBase, emergency: EmergencyView, lists: Lists, keys: Keys, frame: Frame) -> Iterator[Draft]:
    """Yield every page of the knowledge base (none where there are no guides)."""
    templates = Templates()
    around = keys.of(base.explained, bool(base.acts))  # all else that a page shows of other guides is in its view

    def draft(template: str, path: str, title: str, lead: str, **values: Any) -> Draft:
        key = keys.page(around, template, path, title, lead, values)
        make = partial(templates.page, template, path, SECTION, title, lead, **values)
        return page_draft(path, SECTION, key, make, frame)

    for index in base.indexes():
        yield draft("guide_index", index.path, index.title, index.lead, view=index)
    for guide in base.pages():
        make = partial(_guide, base, emergency, templates, guide)
        yield page_draft(guide.path, SECTION, keys.page(around, "guide", guide), make, frame)
    if rows := base.words():
        lead = "専門のことばを、はじめて聞く人にもわかる短い文で説明します。"
        yield draft("glossary", "glossary/", "ことばの一覧", lead, rows=rows)
    if redirects := base.redirects():
        title = "ケアマネジャーに頼めないこと"
        lead = "頼まれたけれど、ケアマネジャーの仕事ではないこと。代わりにだれに頼めるかを、いまある資源から示します。"
        yield draft("redirects", "not-care-manager/", title, lead, redirects=redirects, areas=lists.districts())
    if systems := base.systems():
        lead = "地域で支えるためのしくみと、それぞれを説明しているページの一覧です。"
        yield draft("systems", "guides/map/", "この知識ベースの地図", lead, systems=systems)
    if base.acts:
        lead = "手引きの決まりが、どの法律の何条にもとづくか。条文をいつ、どこまで確かめたかも書いています。"
        yield draft("citations", "guides/citations/", "根拠の一覧", lead, view=citation_list(base))


def _guide(base: KnowledgeBase, emergency: EmergencyView, templates: Templates, guide: GuideView) -> Page:
    head, to_root = guide.head, base_of(guide.path)
    hrefs = {line.number: line.href for line in emergency.lines.values()}
    return templates.page(
        "guide",
        guide.path,
        SECTION,
        head.title,
        head.summary,
        view=guide,
        prose=prose.html(guide.text),
        answers=[prose.html(question.answer) for question in guide.questions],
        calls=[
            (one.when, prose.with_numbers(one.call, hrefs), prose.with_numbers(one.then, hrefs)) for one in head.calls
        ],
        figure=drawing(head.figure) if head.figure else None,
        with_words=lambda made: prose.with_words(made, base.explained, to_root),
        groups=emergency.groups,
        has_citations=bool(base.acts),
    )
