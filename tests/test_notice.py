"""NOTICE names what of others is shipped, with the licence each says of itself, and no licence that forbids what we do."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
ASSETS = ROOT / "generator" / "tsunagite" / "assets"
ALLOWED = {
    "MIT",
    "ISC",
    "BSD-2-Clause",
    "Apache-2.0",
    "OFL-1.1",
    "MIT, the font OFL-1.1",
    "MIT AND OFL-1.1, the font OFL-1.1",
}


@pytest.fixture(scope="module")
def made() -> dict[str, Any]:
    return runpy.run_path(str(ROOT / "generator" / "notice.py"))


def test_the_notice_is_that_of_what_is_installed_today(made: dict[str, Any]) -> None:
    assert (ROOT / "NOTICE").read_text(encoding="utf-8") == made["notice"](), "python generator/notice.py"


def test_every_folder_of_shipped_files_is_named_with_a_licence_that_lets_us_ship_it(made: dict[str, Any]) -> None:
    rows = list(made["shipped"]())
    folders = {path.name for path in ASSETS.iterdir() if path.is_dir()}
    assert folders == {folder for folder, *_ in rows}
    assert {licence for *_, licence in rows} <= ALLOWED
    assert [
        folder for folder in folders if not (ASSETS / folder / "LICENSES.txt").read_text(encoding="utf-8").strip()
    ] == []
