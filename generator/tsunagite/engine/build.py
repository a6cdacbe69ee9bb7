"""The pipeline on one page: what was read and checked (``loading.py``) → views → artifacts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from tsunagite.engine.artifact import Artifact, Bundle, Frame, Made
from tsunagite.engine.products import OUTPUTS, Output
from tsunagite.findings import Finding
from tsunagite.offline.files import service_worker
from tsunagite.site.view import SiteView


def everything() -> tuple[Output, ...]:
    """Return all outputs, in their order: what ``make_artifacts`` makes."""
    return OUTPUTS


def make_artifacts(site: SiteView, frame: Frame, outputs: Iterable[Output] | None = None) -> Iterator[Made | Bundle | Finding]:
    """Render everything a site publishes besides the hand-written guides (or what some ``outputs`` of it give), in a fixed order.

    A finding says what is missing from the site although every record is right.
    """
    for output in everything() if outputs is None else outputs:
        yield from output(site, frame)


def make_last(site: SiteView, names: Iterable[str], read: Callable[[str], bytes], put: Callable[[Bundle], Sequence[str]]) -> Iterator[Artifact]:
    """Render what is made from all other files, those of MkDocs too: what a device keeps. ``read`` gives a file by its name, ``put`` adds some."""
    yield service_worker(site, names, read, put)
