"""The browser scripts are plain JavaScript whose types, written in comments, hold under the strictest check."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from node import node

ROOT = Path(__file__).parents[2]
SCRIPTS = ROOT / "generator" / "tsunagite" / "browser"


def type_check(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the TypeScript of node_modules with a folder's own jsconfig.json."""
    command = [node(), str(ROOT / "node_modules/typescript/bin/tsc"), "-p", str(folder / "jsconfig.json")]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("folder", [SCRIPTS, SCRIPTS / "worker"], ids=["pages", "worker"])
def test_the_types_of_every_browser_script_hold(folder: Path) -> None:
    checked = type_check(folder)
    assert (checked.stdout, checked.returncode) == ("", 0)


@pytest.mark.parametrize(
    ("mistake", "said"),
    [
        ("ago('yesterday', new Date());", "TS2345"),
        ("document.querySelector('a').href;", "TS2531"),
        ("let some = 1; some.length;", "TS2339"),
    ],
)
def test_the_check_sees_a_mistake(tmp_path: Path, mistake: str, said: str) -> None:
    shutil.copy(SCRIPTS / "jsconfig.json", tmp_path)
    script = (SCRIPTS / "site.js").read_text(encoding="utf-8")
    (tmp_path / "site.js").write_text(script + mistake, encoding="utf-8")
    for other in SCRIPTS.glob("*.js"):
        if other.name != "site.js":
            shutil.copy(other, tmp_path)
    checked = type_check(tmp_path)
    assert checked.returncode != 0
    assert said in checked.stdout


def test_the_settings_of_the_check_are_not_published(built_faces: Path) -> None:
    published = {path.name for path in (built_faces / "assets/tsunagite").iterdir()}
    assert {"site.js", "map.js", "site.css"} <= published
    assert "jsconfig.json" not in published
