"""What the browser tests share: readers, each with a browser context of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from page_kinds import PHONE, Visit, visit

expect.set_options(timeout=20_000)  # milliseconds: a busy machine is no failure


@pytest.fixture(autouse=True)
def nothing_stays_open(request: pytest.FixtureRequest) -> Iterator[None]:
    """Close what a test has opened in the one browser: pages that stay there take time from every later test."""
    browser: Browser | None = request.getfixturevalue("browser") if "browser" in request.fixturenames else None
    yield
    for context in browser.contexts if browser else []:
        context.close()


@pytest.fixture
def reader(browser: Browser, served: str) -> Callable[..., Visit]:
    """Start a reader: ``reader(size, color_scheme=..., java_script_enabled=..., noon=...)``; closed after the test."""

    def start(size: dict[str, int] = PHONE, **options: Any) -> Visit:
        return visit(browser, served, size, **options)

    return start
