"""What the browser tests share: readers, each with a browser context of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from page_kinds import NOON, PHONE, Visit, visit

expect.set_options(timeout=20_000)  # milliseconds: a busy machine is no failure


@pytest.fixture(scope="module")
def visits() -> Iterator[dict[str, Visit]]:
    """The browser contexts that serve all tests of a file (see ``visitor``), each by its options."""
    kept: dict[str, Visit] = {}
    yield kept
    for one in kept.values():
        one.context.close()


@pytest.fixture(autouse=True)
def nothing_stays_open(request: pytest.FixtureRequest, visits: dict[str, Visit]) -> Iterator[None]:
    """Close what a test has opened in the one browser: pages that stay there take time from every later test."""
    browser: Browser | None = request.getfixturevalue("browser") if "browser" in request.fixturenames else None
    yield
    kept = [one.context for one in visits.values()]
    for context in browser.contexts if browser else []:
        if context not in kept:
            context.close()


@pytest.fixture
def reader(browser: Browser, served: str) -> Callable[..., Visit]:
    """Start a reader: ``reader(size, color_scheme=..., java_script_enabled=..., noon=...)``; closed after the test."""

    def start(size: dict[str, int] = PHONE, **options: Any) -> Visit:
        return visit(browser, served, size, **options)

    return start


@pytest.fixture
def visitor(browser: Browser, served: str, visits: dict[str, Visit]) -> Callable[..., Visit]:
    """Start a reader as ``reader`` does, in a context that all tests of the file share, with empty storage.

    A page in a process that runs costs half a processor second, one in a new context more than two. A test that needs two
    readers at once, adds scripts or listeners to the context, or cuts the network takes ``reader``: these would stay.
    """

    def start(size: dict[str, int] = PHONE, noon: str = NOON, **options: Any) -> Visit:
        key = str(sorted(options.items()))
        if key not in visits:
            visits[key] = visit(browser, served, size, **options)
        visits[key].start_again(size, noon, options.get("color_scheme", "light"))
        return visits[key]

    return start
