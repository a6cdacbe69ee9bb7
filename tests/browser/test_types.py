"""The browser scripts are plain JavaScript whose types, written in comments, hold under the strictest check."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from node import node

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "generator" / "tsunagite"
SETTINGS = PACKAGE / "site" / "browser"


def type_check(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the TypeScript of node_modules with a folder's own jsconfig.json."""
    command = [node(), str(ROOT / "node_modules/typescript/bin/tsc"), "-p", str(folder / "jsconfig.json")]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("folder", [SETTINGS, PACKAGE / "offline" / "browser" / "worker"], ids=["pages", "worker"])
def test_the_types_of_every_browser_script_hold(folder: Path) -> None:
    checked = type_check(folder)
    assert (checked.stdout, checked.returncode) == ("", 0)


def test_the_check_sees_mistakes(tmp_path: Path) -> None:
    mistakes = {
        "ago('yesterday', new Date());": "TS2345",
        "document.querySelector('a').href;": "TS2531",
        "let some = 1; some.length;": "TS2339",
    }
    for path in [SETTINGS / "jsconfig.json", *PACKAGE.glob("*/browser/*.js")]:
        (copy := tmp_path / path.relative_to(PACKAGE)).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, copy)
    before = (SETTINGS / "site.js").read_text(encoding="utf-8")
    (tmp_path / "site/browser/site.js").write_text("\n".join([before, *mistakes]), encoding="utf-8")
    checked = type_check(tmp_path / "site/browser")
    assert checked.returncode != 0
    assert re.findall(r"error (TS\d+)", checked.stdout) == list(mistakes.values())


def test_the_settings_of_the_check_are_not_published(built_faces: Path) -> None:
    published = {path.name for path in (built_faces / "assets/tsunagite").iterdir()}
    assert {"site.js", "map.js", "site.css"} <= published
    assert "jsconfig.json" not in published
