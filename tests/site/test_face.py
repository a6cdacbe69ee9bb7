"""The tokens: what cannot be written once must stay alike, and every ink can be read on its ground in each scheme."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import tsunagite
from tsunagite.site.layout.browser import published, sources
from tsunagite.site.style import COLOURS
from tsunagite.site.style import SIZES as SHOWN

PACKAGE = Path(tsunagite.__file__).parent
CSS = (PACKAGE / "site" / "browser" / "tokens.css").read_text(encoding="utf-8")
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


SIZES = {int(name): float(rem) for name, rem in re.findall(r"--ts-size-(\d+): ([\d.]+)rem;", CSS)}
OF_THE_SCALE = re.compile(r"inherit|(?:min\()?var\(--ts-size-(\d+)\)(?:, [\d.]+vw\))?")
SAID = re.compile(r"(?<![-\w])(font-size|font):\s*([^;}]*)")


def sizes_beside_the_scale(sheet: str) -> list[str]:
    """Return what a style sheet says of the size of letters without a step of the scale (``font: inherit`` says none)."""
    return [
        value
        for _, value in SAID.findall(sheet)
        if not (step := OF_THE_SCALE.fullmatch(value.strip())) or (step[1] and int(step[1]) not in SIZES)
    ]


def test_every_size_of_letters_is_a_step_of_the_scale_on_the_screen_and_on_paper() -> None:
    found = {
        path.name: sizes_beside_the_scale(path.read_text(encoding="utf-8"))
        for path in sources().values()
        if path.suffix == ".css"
    }
    assert len(found) > 10
    assert {name: values for name, values in found.items() if values} == {
        "site.css": [".5em"]
    }  # readings: half of what they stand over
    assert sizes_beside_the_scale("a { font-size: 1.1rem; } b { font: 700 15px/1 serif; font-size:var(--ts-size-15)}") == [
        "1.1rem", "700 15px/1 serif", "var(--ts-size-15)",
    ]  # fmt: skip


def test_a_step_is_as_many_pixels_as_it_says_and_none_is_below_fourteen() -> None:
    assert "html { font-size: 112.5% !important; }" in CSS  # 1rem is 18 pixels
    assert {step: round(rem * 18) for step, rem in SIZES.items()} == {step: step for step in SIZES}
    assert min(SIZES) == 14
    assert set(SHOWN) == set(SIZES)


def test_templates_and_scripts_say_no_size_of_letters() -> None:
    files = [path for pattern in ("*/templates/*.html", "*/browser/*.js") for path in PACKAGE.glob(pattern)]
    assert len(files) > 50
    assert [path.name for path in files if re.search(r"font-?[sS]ize", path.read_text(encoding="utf-8"))] == []
