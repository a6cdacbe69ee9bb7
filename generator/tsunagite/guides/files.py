"""Pages of the knowledge base: indexes, roles, processes, reference pages, the glossary."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from tsunagite.engine.artifact import Draft, Frame, Page, PageDraft
from tsunagite.guides import prose
from tsunagite.guides.citations import citation_list
from tsunagite.guides.figure import drawing
from tsunagite.guides.view import GuideView
from tsunagite.site.layout.templates import Templates
from tsunagite.site.view import SiteView


def guides(site: SiteView, frame: Frame) -> Iterator[Draft]:
    """Yield every page of the knowledge base (none where there are no guides)."""
    for page in _pages(site, Templates()):
        yield page.framed(frame)


def _pages(site: SiteView, templates: Templates) -> Iterator[PageDraft]:
    base = site.knowledge

    def draft(template: str, path: str, title: str, lead: str, **values: object) -> PageDraft:
        key = site.prints.of(site.surroundings_print, template, path, title, lead, values)
        return PageDraft(path, "guide", key, lambda: _page(templates, template, path, title, lead, **values))

    for index in base.indexes():
        yield draft("guide_index", index.path, index.title, index.lead, view=index)
    for guide in base.pages():
        key = site.prints.of(site.surroundings_print, "guide", guide)
        yield PageDraft(guide.path, "guide", key, partial(_guide, site, templates, guide))
    if rows := base.words():
        yield draft(
            "glossary",
            "glossary/",
            "ことばの一覧",
            "専門のことばを、はじめて聞く人にもわかる短い文で説明します。",
            rows=rows,
        )
    if redirects := base.redirects():
        lead = "頼まれたけれど、ケアマネジャーの仕事ではないこと。代わりにだれに頼めるかを、いまある資源から示します。"
        yield draft(
            "redirects",
            "not-care-manager/",
            "ケアマネジャーに頼めないこと",
            lead,
            redirects=redirects,
            areas=site.lists.districts(),
        )
    if systems := base.systems():
        lead = "地域で支えるためのしくみと、それぞれを説明しているページの一覧です。"
        yield draft("systems", "guides/map/", "この知識ベースの地図", lead, systems=systems)
    if base.acts:
        lead = "手引きの決まりが、どの法律の何条にもとづくか。条文をいつ、どこまで確かめたかも書いています。"
        yield draft("citations", "guides/citations/", "根拠の一覧", lead, view=citation_list(base))


def _guide(site: SiteView, templates: Templates, guide: GuideView) -> Page:
    text = prose.html(guide.text)
    answers = [prose.html(question.answer) for question in guide.questions]
    figure = drawing(guide.head.figure) if guide.head.figure else None
    hrefs = {line.number: line.href for line in site.emergencies.lines.values()}
    calls = [
        (one.when, prose.with_numbers(one.call, hrefs), prose.with_numbers(one.then, hrefs)) for one in guide.head.calls
    ]
    return _page(
        templates,
        "guide",
        guide.path,
        guide.head.title,
        guide.head.summary,
        view=guide,
        prose=text,
        answers=answers,
        calls=calls,
        figure=figure,
        with_words=lambda made: prose.with_words(made, site.knowledge.explained, "../../"),
        groups=site.emergencies.groups,
        has_citations=bool(site.knowledge.acts),
    )


def _page(templates: Templates, template: str, path: str, title: str, lead: str, **values: object) -> Page:
    page = Page(path, "guide", title, lead, "")
    body = templates.render(template, base=page.base, title=title, lead=lead, **values)
    return Page(path, page.section, title, lead, body)
