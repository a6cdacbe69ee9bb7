"""Which pages and papers a change makes different: their contents are compared, not guessed from the fields. Pure.

A page whose key (``Draft``) is the same on both sides is the same; only the others are made and compared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tsunagite.engine.artifact import Artifact, Draft, Made, Page
from tsunagite.engine.assemble import Views
from tsunagite.engine.products import product
from tsunagite.papers.pamphlets import PamphletView
from tsunagite.papers.print_runs import Changed, PrintRunView, print_run_views

_COMPARED = ("records", "pages", "lists", "guides", "worksheets", "contact", "calendars")
"""The products whose pages are compared."""


@dataclass(frozen=True)
class PageChanges:
    """Addresses of pages from the root of the site, in order."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


@dataclass(frozen=True)
class PaperChange:
    """A paper that is set anew: its file, its title, the names of the records that change on it (none: only its surroundings do)."""

    path: str
    title: str
    records: tuple[str, ...]


@dataclass(frozen=True)
class PrintedChange:
    """Copies that were handed out and are now wrong in more records than before."""

    run: PrintRunView
    changed: tuple[Changed, ...]


def compare_pages(base: Views, head: Views) -> PageChanges:
    """Return the pages made from records and guides that differ. Hand-written pages of MkDocs are not among them."""
    before, after = dict(_pages(base)), dict(_pages(head))
    both = (path for path in after if path in before)
    return PageChanges(
        tuple(sorted(after.keys() - before.keys())),
        tuple(sorted(path for path in both if _differ(before[path], after[path]))),
        tuple(sorted(before.keys() - after.keys())),
    )


def _pages(views: Views) -> Iterator[tuple[str, Made]]:
    for name in _COMPARED:
        for made in product(name).make(views, _unframed):
            if isinstance(made, Artifact | Draft) and made.path.endswith("index.html"):
                yield made.path.removesuffix("index.html"), made


def _unframed(page: Page) -> Artifact:
    return Artifact(f"{page.path}index.html", f"{page.title}\n{page.description}\n{page.head}\n{page.body}".encode())


def _differ(one: Made, other: Made) -> bool:
    if isinstance(one, Draft) and isinstance(other, Draft) and one.key == other.key:
        return False
    return one.content != other.content


def compare_papers(base: Views, head: Views) -> tuple[PaperChange, ...]:
    """Return every paper of areas and every described one that is set anew."""
    before = {view.editions[0].path: view for view in _papers(base)}
    found = []
    for view in _papers(head):
        path = view.editions[0].path
        old = before.get(path)
        if old is None or _key(base, old) != _key(head, view):
            found.append(PaperChange(path, view.title, _records_of(old, view)))
    return tuple(found)


def _papers(views: Views) -> tuple[PamphletView, ...]:
    return (*views.papers.undescribed, *views.papers.views())


def _key(views: Views, paper: PamphletView) -> bytes:
    return views.printed.keys.page(paper.selection.parts)


def _records_of(old: PamphletView | None, new: PamphletView) -> tuple[str, ...]:
    """Return the names of records that came onto a paper, left it, or say something else than before."""
    digest_of: Callable[[PamphletView | None], dict[str, tuple[str, bytes]]] = lambda view: (  # noqa: E731 - said once for both sides
        {
            r.id: (r.name, view.selection.directory.digests[r.id])
            for r in (*view.selection.windows, *view.selection.records)
        }
        if view
        else {}
    )
    before, after = digest_of(old), digest_of(new)
    both = {**before, **after}
    return tuple(name for record_id, (name, _) in both.items() if before.get(record_id) != after.get(record_id))


def compare_print_runs(base: Views, head: Views) -> tuple[PrintedChange, ...]:
    """Return the print runs in use that are wrong about something they were right about, or wrong otherwise, before the change."""
    before = {run.id: set(run.changed) for run in print_run_views(base.papers.source)}
    found = (
        PrintedChange(run, tuple(one for one in run.changed if one not in before.get(run.id, ())))
        for run in print_run_views(head.papers.source)
        if not run.replaced
    )
    return tuple(one for one in found if one.changed)
