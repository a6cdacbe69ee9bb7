"""Pages and PDFs of the described papers: what can be printed, each paper as a page, and what has changed since a print run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from tsunagite.engine.artifact import Artifact, Bundle, Frame, Page
from tsunagite.engine.keys import Keys
from tsunagite.findings import Finding
from tsunagite.papers.editions import SetPaper, set_papers
from tsunagite.papers.pamphlets import Pamphlets, PamphletView
from tsunagite.papers.print_runs import PrintRunView, print_run_views
from tsunagite.papers.typesetting.typeset import typesetter_digest
from tsunagite.site.layout.templates import Templates, stylesheet

MakePage = Callable[..., Page]
"""``_page`` with its templates."""


def pamphlets(papers: Pamphlets, keys: Keys, frame: Frame) -> Iterator[Artifact | Bundle | Finding]:
    """Yield every described paper with its page, the page of all papers, and the pages behind the codes of print runs."""
    if not papers:
        return
    page = partial(_page, Templates())
    runs = print_run_views(papers.source)
    not_set: dict[str, set[str]] = {}  # editions, by paper: of a paper whose bundle is kept, all were set
    for view in papers.views():
        own = tuple(run for run in runs if run.paper_path == view.path)
        key = keys.page(typesetter_digest(), view.selection.parts, view.editions, own)
        yield Bundle(view.path, key, partial(_paper, view, own, page, frame, not_set))
    made = tuple(view.without(not_set.get(view.id, set())) for view in papers.views())
    yield from map(frame, _pages(papers, made, runs, page))


def _paper(
    view: PamphletView, runs: tuple[PrintRunView, ...], page: MakePage, frame: Frame, not_set: dict[str, set[str]]
) -> Iterator[Artifact | Finding]:
    """Yield the editions of a described paper, its page with its map, and the page behind its code; note in ``not_set`` what could not be set."""
    done: set[str] = set()
    for found in set_papers(view):
        if isinstance(found, SetPaper):
            done.add(found.artifact.path)
            yield found.artifact
        else:
            yield found
    not_set[view.id] = {edition.path for edition in view.editions} - done
    made = view.without(not_set[view.id])
    shown = made.page()
    if shown.map:
        yield Artifact(f"{view.path}map.svg", shown.map.svg.encode())
    yield frame(page("pamphlet", view.path, view.title, view.lead or view.about, view=made, page=shown))
    lead = "お手もとの紙に書かれた日をえらぶと、印刷したあとに変わったことがわかります。"
    yield frame(page("printed", f"p/{view.id}/", f"「{view.title}」の紙をお持ちの方へ", lead, view=made, runs=runs))


def _pages(
    papers: Pamphlets, views: tuple[PamphletView, ...], runs: tuple[PrintRunView, ...], page: MakePage
) -> Iterator[Page]:
    lead = "持ち帰る紙、壁に貼る紙、訪問のときに使う紙です。どれも、このサイトの記録から作っています。"
    shelves = papers.shelves(views)
    yield page("pamphlets", "pamphlets/", "印刷するもの", lead, shelves=shelves, papers=papers, runs=runs)
    correction = papers.source.settings.correction_url or ""
    for run in runs:
        lead = f"{run.day}に作った紙と、いまの記録をくらべました。"
        yield page("print_run", run.path, f"「{run.title}」{run.day}の紙", lead, run=run, correction=correction)
    if runs:
        lead = "配った紙のうち、印刷したあとに記録が変わったものです。"
        yield page("print_runs", "p/", "配った紙のようす", lead, runs=runs)


def _page(templates: Templates, template: str, path: str, title: str, lead: str, **values: object) -> Page:
    hidden = path.startswith("p/")  # for who holds the paper; others find the paper itself
    head = stylesheet("pamphlets") + ('<meta name="robots" content="noindex">' if hidden else "")
    return templates.page(template, path, "text", title, lead, head=head, **values)
