"""Pages and PDFs of the described papers: what can be printed, each paper as a page, and what has changed since a print run."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from tsunagite.engine.artifact import Artifact, Frame, Made, Page
from tsunagite.findings import Finding
from tsunagite.papers.editions import SetPaper, set_papers
from tsunagite.papers.pamphlets import Pamphlets, PamphletView
from tsunagite.papers.print_runs import PrintRunView, print_run_views
from tsunagite.site.layout.templates import Templates, stylesheet


def pamphlets(papers: Pamphlets, frame: Frame) -> Iterator[Made | Finding]:
    """Yield every described paper with its page, the page of all papers, and the pages behind the codes of print runs."""
    if not papers:
        return
    made: list[PamphletView] = []
    for view in papers.views():
        done: set[str] = set()
        for found in set_papers(view):
            if isinstance(found, SetPaper):
                done.add(found.artifact.path)
                yield found.artifact
            else:
                yield found
        made.append(view.without({edition.path for edition in view.editions} - done))
        if drawn := made[-1].page().map:
            yield Artifact(f"{view.path}map.svg", drawn.svg.encode())
    yield from map(frame, _pages(papers, tuple(made), print_run_views(papers.source)))


def _pages(papers: Pamphlets, views: tuple[PamphletView, ...], runs: tuple[PrintRunView, ...]) -> Iterator[Page]:
    page = partial(_page, Templates())
    lead = "持ち帰る紙、壁に貼る紙、訪問のときに使う紙です。どれも、このサイトの記録から作っています。"
    shelves = papers.shelves(views)
    yield page("pamphlets", "pamphlets/", "印刷するもの", lead, shelves=shelves, papers=papers, runs=runs)
    for view in views:
        yield page("pamphlet", view.path, view.title, view.lead or view.about, view=view, page=view.page())
    for view in views:
        own = tuple(run for run in runs if run.paper_path == view.path)
        lead = "お手もとの紙に書かれた日をえらぶと、印刷したあとに変わったことがわかります。"
        yield page("printed", f"p/{view.id}/", f"「{view.title}」の紙をお持ちの方へ", lead, view=view, runs=own)
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
