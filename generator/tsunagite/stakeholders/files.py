"""Pages of relations: a draft for each map, the page of windows and layers, and the relations as data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from tsunagite.engine.artifact import Frame, Made, Page, page_draft
from tsunagite.engine.keys import Keys
from tsunagite.site.layout.templates import BASE, Templates, script, stylesheet
from tsunagite.site.record import Link
from tsunagite.stakeholders.data import relations_table
from tsunagite.stakeholders.drawing import drawing
from tsunagite.stakeholders.view import ROOT, MapParts, StakeholdersView
from tsunagite.stakeholders.windows import WindowsView

SECTION = "stakeholders"
HEAD = stylesheet("stakeholders") + script("stakeholders")


def stakeholders(view: StakeholdersView, keys: Keys, frame: Frame) -> Iterator[Made]:
    """Yield every page. A page is made again where its relations, or what is called there by name, have changed."""
    templates = Templates()
    links = view.links
    for parts in view.parts():
        ways = links if parts.path == ROOT and parts.number == 1 else dict[str, tuple[Link, ...]]()
        make = partial(_map, templates, view, parts, ways)
        yield page_draft(parts.page_path(parts.number), SECTION, keys.page(parts, ways), make, frame)
    table = relations_table(view.directory, view.today)
    yield from (table.csv(), table.json(view.today.isoformat()))
    windows = WindowsView.of(view.network)
    make = partial(_windows, templates, windows)
    yield page_draft(f"{ROOT}windows/", SECTION, keys.page(windows), make, frame)


def _map(templates: Templates, view: StakeholdersView, parts: MapParts, ways: Mapping[str, tuple[Link, ...]]) -> Page:
    page = view.page(parts)
    svg = drawing(page.drawn, page.edges, f"{parts.about}の関係の図", BASE) if page.drawn else ""
    return templates.page(
        "stakeholders",
        parts.page_path(parts.number),
        SECTION,
        page.title,
        page.lead,
        head=HEAD,
        view=page,
        svg=svg,
        ways=ways,
        root=ROOT,
        number=parts.number,
    )


def _windows(templates: Templates, view: WindowsView) -> Page:
    title = "チームの窓口と、三つの層"
    lead = "窓口の役割が一つしかない団体と、層と期間の九つのますのうち、まだ空いているますです。"
    return templates.page("stakeholders_windows", f"{ROOT}windows/", SECTION, title, lead, head=HEAD, view=view, root=ROOT)  # fmt: skip
