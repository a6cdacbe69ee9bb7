"""The tokens: what cannot be written once must stay alike, and every ink can be read on its ground in each scheme."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import tsunagite
from tsunagite.site.layout.browser import published, sources
from tsunagite.site.style import COLOURS

CSS = (Path(tsunagite.__file__).parent / "site" / "browser" / "tokens.css").read_text(encoding="utf-8")
LIGHT, BUTTON, DEVICE = ":root, [data-md", 'html[data-mode="dark"],', 'html:not([data-mode="light"]),'
MORE = "prefers-contrast: more)"


def tokens_after(selector: str, start: str = "") -> dict[str, str]:
    """Return the tokens of the first block with a selector, behind a text of the sheet."""
    behind = CSS[CSS.index(start) :]
    block = behind[behind.index(selector) :]
    return dict(re.findall(r"(--ts-[a-z-]+): ([^;]+);", block[block.index("{") : block.index("}")]))


SCHEMES = {
    "light": tokens_after(LIGHT),
    "dark": tokens_after(LIGHT) | tokens_after(BUTTON),
    "more contrast": tokens_after(LIGHT) | tokens_after(LIGHT, MORE),
    "more contrast, dark": tokens_after(LIGHT) | tokens_after(BUTTON) | tokens_after(BUTTON, MORE),
}


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours (#rrggbb) by WCAG 2.2."""

    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("start", ["", MORE])
def test_dark_by_the_button_and_dark_by_the_device_are_the_same_colours(start: str) -> None:
    by_button = tokens_after(BUTTON, start)
    assert len(by_button) > 5
    assert by_button == tokens_after(DEVICE, start)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_words_have_enough_contrast_and_so_have_lines_of_controls(scheme: str) -> None:
    colour = SCHEMES[scheme]
    least = 7 if scheme.startswith("more") else 4.5
    words = (("ground", "ink"), ("ground", "quiet"), ("ground", "accent"), ("card", "accent"), ("card", "quiet"))
    for ground, ink in words:
        assert contrast(colour[f"--ts-{ground}"], colour[f"--ts-{ink}"]) >= least, (ground, ink)
    for ground, ink in COLOURS:
        assert contrast(colour[f"--ts-{ground}"], colour[f"--ts-{ink}"]) >= 4.5, (ground, ink)
    assert contrast(colour["--ts-card"], colour["--ts-strong-line"]) >= 3


def test_the_tokens_are_published_inside_the_sheet_that_every_page_loads_and_comments_are_not() -> None:
    sheet = published("site.css")
    assert all(f"{token}: {value};" in sheet for token, value in SCHEMES["dark"].items())
    assert "@import" not in sheet
    assert "tokens.css" not in sources()
    written = sources()["directory.css"].read_text(encoding="utf-8")
    assert written.startswith("/* The directory: ")
    assert published("directory.css").startswith(".ts-ways {")
    assert "/*" not in published("directory.css") + sheet
