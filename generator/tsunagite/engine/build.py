"""The pipeline on one page: read → check → assemble → render → stage → publish.

``tsunagite build``, ``tsunagite serve`` and ``mkdocs build`` all run it. Who calls it gives the layout: what the theme puts
around our pages, and the pages that it writes itself (``adapters/mkdocs_plugin.py``).
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from tsunagite.check.load import load, open_store
from tsunagite.engine.assemble import Views, assemble
from tsunagite.engine.kept_pages import KeptPages
from tsunagite.engine.processes import WORTH_SHARING, map_in_processes
from tsunagite.engine.products import PRODUCTS, folders
from tsunagite.engine.program import engine_fingerprint
from tsunagite.engine.publish import Published, Stage
from tsunagite.engine.render import Renderer
from tsunagite.errors import BuildStopped
from tsunagite.findings import Finding, has_errors, once_per_record
from tsunagite.i18n import ui
from tsunagite.i18n.report import text_lines
from tsunagite.news.machines import ROBOTS, robots
from tsunagite.news.read_history import read_history
from tsunagite.offline.files import service_worker
from tsunagite.records.discretion import is_secret
from tsunagite.records.model.site import SiteSettings
from tsunagite.site.layout.shell import RenderFrame
from tsunagite.site.record import GuidePage


@dataclass(frozen=True)
class Options:
    """For which day a site is built, where the build reports to and in which language, and whether it uses what earlier builds have kept."""

    today: date
    say: Callable[[str], object]
    language: str = "ja"
    use_cache: bool = True


class Build:
    """One build of the site in ``root`` into ``site_dir``: each step once, in the order in which they stand here."""

    views: Views
    published: Published | None = None

    def __init__(self, root: Path, site_dir: Path, options: Options) -> None:
        """Begin; nothing is read or written yet."""
        self._root, self._options = root, options
        self.findings: list[Finding] = []
        self.stage = Stage(site_dir)
        self._open = ExitStack()

    def read(self) -> SiteSettings:
        """Read everything and check it. Raises BuildStopped where a finding is an error, UsageError where there is no site."""
        options = self._options
        self._store = self._open.enter_context(
            open_store(self._root, options.say, options.language, use_cache=options.use_cache)
        )
        loaded = load(self._root, options.today, with_history=True)
        self._directory = loaded.directory
        self._report(loaded.findings)
        if self.has_errors:
            raise BuildStopped(ui("stopped_by_errors", options.language))
        self._history = read_history(self._root)
        if self._history.missing == "shallow":
            options.say(ui("shallow_history", options.language))
        return self._directory.settings

    def assemble(self, guides: tuple[GuidePage, ...]) -> Views:
        """Return the views of all features; ``guides`` are the pages that the layout writes itself."""
        self.views = assemble(self._directory, self._options.today, guides, self._history)
        return self.views

    def render(self, layout: RenderFrame) -> None:
        """Make every product that is not kept, and put it on the stage beside what the layout has written."""
        views, stage = self.views, self.stage
        directory, settings = views.directory, views.directory.settings
        self._kept = KeptPages(self._store, self._root, stage.site_dir, engine_fingerprint())
        renderer = Renderer(views, stage, self._store, self._kept, layout)
        if not self._kept.knows_any:
            list(views.cards.values())  # both processes will ask for all of them
        products = [one for one in PRODUCTS if not (one.public and directory.professional)]
        light = [one for one in products if not one.heavy]
        results = map_in_processes(light, renderer.make, alone=len(directory.published) < WORTH_SHARING)
        for result in results[1:]:
            renderer.join(result)
        results.append(renderer.make(one for one in products if one.heavy))
        results.append(renderer.make(iter((folders(stage.names()),))))
        found = [finding for result in results for finding in result.findings]
        if directory.professional or ROBOTS not in stage.names():  # else the site has its own, in content/
            stage.add(robots(views.news))
        if not directory.professional:  # no device keeps what only professionals may see
            written = tuple(guide.path for guide in views.guides)
            put = partial(renderer.bundle, found=found)
            secret = [one.paper for one in views.worksheets.sheets if is_secret(one.sheet)]
            stage.add(service_worker(str(settings.tiles.url), written, stage.names(), stage.read, put, secret=secret))
        self._report(once_per_record(sorted(found, key=lambda finding: finding.sort_key), "P102"))

    def publish(self) -> None:
        """Move what is new to its place; everything else there is left as it is."""
        self.published = self.stage.publish()
        self._kept.save()
        self._open.close()

    def abandon(self) -> None:
        """Leave the last good site in place."""
        self._open.close()
        self.stage.discard()

    @property
    def has_errors(self) -> bool:
        """Whether a finding forbids publishing."""
        return has_errors(self.findings)

    @property
    def records(self) -> int:
        """How many records were read."""
        return len(self._directory.placed)

    def _report(self, findings: list[Finding]) -> None:
        self.findings += findings
        for line in text_lines(findings, self._options.language):
            self._options.say(line)
