"""Renderer: puts on the stage what outputs make, but for what an earlier build made from the same and published.

Outputs are made in two processes. What a process changes is lost but for what ``make`` returns, so that is joined.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tsunagite.engine.artifact import Artifact, Bundle, Draft, Made
from tsunagite.engine.assemble import Views
from tsunagite.engine.kept_pages import KeptPages, Noted
from tsunagite.engine.products import Product
from tsunagite.engine.publish import Stage
from tsunagite.engine.store import Changes, Store
from tsunagite.findings import Finding
from tsunagite.site.layout.frame import languages_of
from tsunagite.site.layout.shell import Layouts, RenderFrame


class Result(NamedTuple):
    """What one process has made: paths (staged and kept), their keys, what goes to the store, and findings."""

    staged: tuple[set[str], set[str]]
    kept: Noted
    store: Changes
    findings: list[Finding]


class Renderer:
    """Makes the outputs of one site."""

    def __init__(self, views: Views, stage: Stage, store: Store, kept: KeptPages, layout: RenderFrame) -> None:
        """Put onto ``stage``; ``kept`` knows what earlier builds made, ``layout`` is what stands around a page."""
        self._views, self._stage, self._store, self._kept = views, stage, store, kept
        self._shells = Layouts(layout, languages_of(views.directory), is_public=not views.directory.professional)

    def make(self, products: Iterator[Product]) -> Result:
        """Stage all files of some products."""
        found: list[Finding] = []
        for product in products:
            for made in product.files(self._views, self._shells.frame):
                if isinstance(made, Finding):
                    found.append(made)
                elif isinstance(made, Bundle):
                    self.bundle(made, found)
                else:
                    self._add(made)
        return Result(self._stage.staged(), self._kept.noted(), self._store.changes(), found)

    def join(self, result: Result) -> None:
        """Take over what another process has made."""
        self._stage.join(*result.staged)
        self._kept.note(result.kept)
        self._store.join(result.store)

    def bundle(self, bundle: Bundle, found: list[Finding]) -> list[str]:
        """Stage the files of a bundle, or keep them all, and return their paths; findings are added to ``found``."""
        if paths := self._kept.bundled(bundle.name, bundle.key, self._shells.state):
            for path in paths:
                self._stage.keep(path)
            return paths
        self._shells.asked.clear()
        before, paths = len(found), []
        for made in bundle.make():
            if isinstance(made, Finding):
                found.append(made)
            else:
                self._add(made)
                paths.append(made.path)
        if len(found) == before:
            frames = {place: self._shells.state(*place) for place in sorted(self._shells.asked)}
            self._kept.bundle(bundle.name, bundle.key, frames, paths)
        return paths

    def _add(self, made: Made) -> None:
        if isinstance(made, Draft) and self._kept.has(made.path, self._shells.key(made)):
            self._stage.keep(made.path)
        else:
            self._stage.add(made if isinstance(made, Artifact) else made.make())
