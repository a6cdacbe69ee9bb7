"""The style sheet: what cannot be written once must stay alike."""

from __future__ import annotations

import re
from pathlib import Path

import tsunagite

CSS = (Path(tsunagite.__file__).parent / "site" / "browser" / "tokens.css").read_text(encoding="utf-8")


def tokens_after(selector: str) -> dict[str, str]:
    block = CSS[CSS.index(selector) :]
    return dict(re.findall(r"(--ts-[a-z-]+): ([^;]+);", block[block.index("{") : block.index("}")]))


def test_dark_by_the_button_and_dark_by_the_device_are_the_same_colours() -> None:
    by_button = tokens_after('html[data-mode="dark"],')
    by_device = tokens_after('html:not([data-mode="light"]),')
    assert len(by_button) > 15
    assert by_button == by_device
