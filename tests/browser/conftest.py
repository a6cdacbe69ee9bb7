"""What the browser tests share: readers, each with a browser context of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from page_kinds import PHONE, Visit, visit

expect.set_options(timeout=20_000)  # milliseconds: a busy machine is no failure


@pytest.fixture
def reader(browser: Browser, served: str) -> Iterator[Callable[..., Visit]]:
    """Start a reader: ``reader(size, color_scheme=..., java_script_enabled=..., noon=...)``; closed after the test."""
    opened: list[Visit] = []

    def start(size: dict[str, int] = PHONE, **options: Any) -> Visit:
        opened.append(visit(browser, served, size, **options))
        return opened[-1]

    yield start
    for one in opened:
        one.context.close()
