"""Pages and PDFs of the described papers: what can be printed, each paper as a page, and what has changed since a print run."""

from __future__ import annotations

from collections.abc import Iterator

from tsunagite.engine.artifact import Artifact, Frame, Made, Page
from tsunagite.findings import Finding
from tsunagite.papers.editions import SetPaper, set_papers
from tsunagite.papers.pamphlets import Pamphlets, PamphletView
from tsunagite.papers.print_runs import PrintRunView, print_run_views
from tsunagite.site.layout.templates import Templates
from tsunagite.site.view import SiteView


def pamphlets(site: SiteView, frame: Frame) -> Iterator[Made | Finding]:
    """Yield every described paper with its page, the page of all papers, and the pages behind the codes of print runs."""
    site = site.printed
    papers, templates = Pamphlets(site), Templates()
    if not site.has_papers:
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
    runs = print_run_views(site)
    for page in _pages(site, templates, papers, tuple(made), runs):
        yield frame(page)


def _pages(
    site: SiteView,
    templates: Templates,
    papers: Pamphlets,
    views: tuple[PamphletView, ...],
    runs: tuple[PrintRunView, ...],
) -> Iterator[Page]:
    lead = "持ち帰る紙、壁に貼る紙、訪問のときに使う紙です。どれも、このサイトの記録から作っています。"
    yield _page(
        templates,
        "pamphlets",
        "pamphlets/",
        "印刷するもの",
        lead,
        shelves=papers.shelves(views),
        papers=papers,
        runs=runs,
    )
    for view in views:
        page = view.page()
        yield _page(templates, "pamphlet", view.path, view.title, view.lead or view.about, view=view, page=page)
    for view in views:
        own = tuple(run for run in runs if run.paper_path == view.path)
        lead = "お手もとの紙に書かれた日をえらぶと、印刷したあとに変わったことがわかります。"
        yield _page(
            templates, "printed", f"p/{view.id}/", f"「{view.title}」の紙をお持ちの方へ", lead, view=view, runs=own
        )
    for run in runs:
        lead = f"{run.day}に作った紙と、いまの記録をくらべました。"
        yield _page(
            templates,
            "print_run",
            run.path,
            f"「{run.title}」{run.day}の紙",
            lead,
            run=run,
            correction=site.settings.correction_url or "",
        )
    if runs:
        lead = "配った紙のうち、印刷したあとに記録が変わったものです。"
        yield _page(templates, "print_runs", "p/", "配った紙のようす", lead, runs=runs)


def _page(templates: Templates, template: str, path: str, title: str, lead: str, **values: object) -> Page:
    page = Page(path, "text", title, lead, "")
    head = f'<link rel="stylesheet" href="{page.base}assets/tsunagite/pamphlets.css">'
    if path.startswith("p/"):  # for who holds the paper; others find the paper itself
        head += '<meta name="robots" content="noindex">'
    return Page(
        path,
        page.section,
        title,
        lead,
        templates.render(template, base=page.base, title=title, lead=lead, **values),
        head,
    )
