"""A built wheel alone makes a site: without this repository, without Node.js and without the network."""

import os
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
pytestmark = pytest.mark.slow

ASSETS = {
    "assets/leaflet/leaflet.js",
    "assets/leaflet/leaflet.css",
    "assets/leaflet/images/layers.png",
    "assets/leaflet/LICENSES.txt",
    "assets/supercluster/supercluster.min.js",
    "assets/locatecontrol/L.Control.Locate.min.js",
    "assets/qrcode/qrcode.js",
    "assets/qrcode/LICENSES.txt",
    "assets/fonts/BIZUDPGothic-Regular.ttf",
    "assets/fonts/BIZUDPGothic-Bold.ttf",
    "assets/fonts/LICENSES.txt",
    "assets/icons/map-pin.svg",
}


def run(*command: str | Path, cwd: Path = ROOT, env: dict[str, str] | None = None) -> None:
    words = [str(part) for part in command]
    done = subprocess.run(words, cwd=cwd, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder)
    [path] = folder.glob("*.whl")
    return path


def test_the_wheel_carries_browser_files_templates_and_theme(wheel: Path) -> None:
    names = {name.removeprefix("tsunagite/") for name in zipfile.ZipFile(wheel).namelist()}
    assert sorted(ASSETS - names) == [], "run make first: it fetches the browser files"
    for folder in ("site/templates/", "papers/templates/", "worksheets/sheets/", "search/browser/", "overrides/"):
        in_tree = ROOT / ("overrides" if folder == "overrides/" else f"generator/tsunagite/{folder}")
        files = {folder + path.relative_to(in_tree).as_posix() for path in in_tree.rglob("*") if path.is_file()}
        assert files
        assert sorted(files - names) == []
    assert not [name for name in names if name.startswith(("tests/", "content/", "resources/"))]
    assert not [name for name in names if "__pycache__" in name]


def test_the_source_archive_carries_the_browser_files_and_the_theme(tmp_path: Path) -> None:
    run(sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", tmp_path)
    [path] = tmp_path.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert sorted({f"generator/tsunagite/{name}" for name in ASSETS} - names) == []
    assert any(name.startswith("overrides/") for name in names)


def test_the_installed_wheel_makes_a_site_in_an_empty_folder(wheel: Path, tmp_path: Path) -> None:
    venv, folder = tmp_path / "venv", tmp_path / "town"
    folder.mkdir()
    run(sys.executable, "-m", "venv", "--without-pip", venv)
    python = venv / "bin" / "python"
    run(sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-index", "--no-deps", wheel)
    # The libraries come from this environment. A path in a .pth file is not searched for further .pth files,
    # so the editable tsunagite of this repository stays out.
    [site_packages] = venv.glob("lib/python*/site-packages")
    (site_packages / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")

    env = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "COV_", "COVERAGE"))}
    env["PATH"] = str(venv / "bin")  # no node, no npm
    origin = "import tsunagite, sys; sys.exit(not tsunagite.__file__.startswith(sys.prefix))"
    run(python, "-c", origin, cwd=folder, env=env)
    run(venv / "bin" / "tsunagite", "init", ".", cwd=folder, env=env)
    run(venv / "bin" / "tsunagite", "build", cwd=folder, env=env)
    assert (folder / "site" / "index.html").is_file()
