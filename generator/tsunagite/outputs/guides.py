"""Pages of the knowledge base: indexes, roles, processes, reference pages, the glossary."""

from __future__ import annotations

from collections.abc import Iterator

from tsunagite.outputs import prose
from tsunagite.outputs.artifact import Artifact, Frame, Page
from tsunagite.outputs.templates import Templates
from tsunagite.views.site import SiteView


def guides(site: SiteView, frame: Frame) -> Iterator[Artifact]:
    """Yield every page of the knowledge base (none where there are no guides)."""
    for page in _pages(site, Templates()):
        yield frame(page)


def _pages(site: SiteView, templates: Templates) -> Iterator[Page]:
    base = site.knowledge
    for index in base.indexes():
        yield _page(templates, "guide_index", index.path, index.title, index.lead, view=index)
    for guide in base.pages():
        text = prose.html(guide.text, base.explained, "../../")
        answers = [prose.html(question.answer, base.explained, "../../") for question in guide.questions]
        yield _page(
            templates,
            "guide",
            guide.path,
            guide.head.title,
            guide.head.summary,
            view=guide,
            prose=text,
            answers=answers,
        )
    if rows := base.words():
        yield _page(
            templates,
            "glossary",
            "glossary/",
            "ことばの一覧",
            "専門のことばを、はじめて聞く人にもわかる短い文で説明します。",
            rows=rows,
        )
    if redirects := base.redirects():
        lead = "頼まれたけれど、ケアマネジャーの仕事ではないこと。代わりにだれに頼めるかを、いまある資源から示します。"
        yield _page(
            templates, "redirects", "not-care-manager/", "ケアマネジャーに頼めないこと", lead, redirects=redirects, areas=site.lists.districts()
        )
    if systems := base.systems():
        lead = "地域で支えるためのしくみと、それぞれを説明しているページの一覧です。"
        yield _page(templates, "systems", "guides/map/", "この知識ベースの地図", lead, systems=systems)


def _page(templates: Templates, template: str, path: str, title: str, lead: str, **values: object) -> Page:
    page = Page(path, "guide", title, lead, "")
    body = templates.render(template, base=page.base, title=title, lead=lead, **values)
    return Page(path, page.section, title, lead, body)
