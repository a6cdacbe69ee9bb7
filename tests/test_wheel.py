"""A built wheel alone makes a site: without this repository, without Node.js and without the network."""

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

import pytest
import typer
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
ASSETS = ROOT / "generator" / "tsunagite" / "assets"
pytestmark = pytest.mark.slow

HALLS = """\
団体名,名称,名称_カナ,住所,緯度,経度,電話番号,利用可能曜日,説明
高松市,見本中央会館,ミホンチュウオウカイカン,香川県高松市番町一丁目8-15,34.3428,134.0466,087-839-2811,月火水木金,集まりに使えます
高松市,見本東会館,ミホンヒガシカイカン,香川県高松市番町一丁目8-16,34.3429,134.0467,087-839-2812,月火水木金,集まりに使えます
"""


def attempt(*command: str | Path, cwd: Path, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    words = [str(part) for part in command]
    return subprocess.run(words, cwd=cwd, env=env, capture_output=True, text=True, check=False)


def run(*command: str | Path, cwd: Path, env: dict[str, str] | None = None) -> str:
    done = attempt(*command, cwd=cwd, env=env)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def needed_by(*names: str) -> set[str]:
    """Some distributions and all that they need here, by their normal names."""
    found: set[str] = set()
    waiting = list(map(canonicalize_name, names))
    while waiting:
        if (name := waiting.pop()) not in found:
            try:
                lines = requires(name) or []
            except PackageNotFoundError:
                continue  # of another system or another Python
            found.add(name)
            waiting += [
                canonicalize_name(one.name)
                for one in map(Requirement, lines)
                if one.marker is None or one.marker.evaluate({"extra": ""})
            ]
    return found


def hatch(target: str, clone: Path, into: Path) -> subprocess.CompletedProcess[str]:
    return attempt(sys.executable, "-m", "hatchling", "build", "-t", target, "-d", into, cwd=clone)


def committed() -> list[str]:
    """The files of the repository, as git would commit them now."""
    listed = run("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", cwd=ROOT).split("\0")
    return [name for name in listed if name and (ROOT / name).is_file()]


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `git clone` gives of the program and its guides: no browser files, nothing that make or a test wrote."""
    folder = tmp_path_factory.mktemp("clone")
    for name in committed():
        if not name.startswith(("resources/", "tests/")):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, folder / name)
    run("git", "init", "--quiet", cwd=folder)  # hatchling reads .gitignore where a repository is
    return folder


@pytest.fixture(scope="module")
def packages(clone: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The sdist of a clone whose browser files were fetched, and the wheel that is made of this sdist."""
    folder = tmp_path_factory.mktemp("dist")
    filled = folder / "clone"
    shutil.copytree(clone, filled)
    shutil.copytree(ASSETS, filled / "generator" / "tsunagite" / "assets")
    done = hatch("sdist", filled, folder)
    assert done.returncode == 0, f"run make first: it fetches the browser files\n{done.stdout}{done.stderr}"
    [sdist] = folder.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        archive.extractall(folder, filter="data")
    done = hatch("wheel", folder / sdist.name.removesuffix(".tar.gz"), folder)
    assert done.returncode == 0, done.stdout + done.stderr
    [wheel] = folder.glob("*.whl")
    return sdist, wheel


@pytest.mark.parametrize("target", ["wheel", "sdist"])
def test_a_fresh_clone_refuses_to_build_a_package_and_says_what_to_run(
    target: str, clone: Path, tmp_path: Path
) -> None:
    done = hatch(target, clone, tmp_path)
    assert done.returncode == 1
    assert list(tmp_path.iterdir()) == []
    said = done.stdout + done.stderr
    assert "Traceback" not in said
    assert "部品（generator/tsunagite/assets/）がないため、配布物（wheel・sdist）を作りません。" in said
    assert said.count("python generator/fetch_assets.py") == 2, "once in Japanese, once in English"
    assert said.count("make site") == 2


def test_a_package_with_one_missing_or_an_older_browser_file_is_refused(clone: Path, tmp_path: Path) -> None:
    shutil.copytree(clone, tmp_path / "clone")
    assets = tmp_path / "clone" / "generator" / "tsunagite" / "assets"
    shutil.copytree(ASSETS, assets)
    (assets / "icons" / "map-pin.svg").rename(tmp_path / "map-pin.svg")
    assert "are missing" in hatch("wheel", tmp_path / "clone", tmp_path / "dist").stderr
    (tmp_path / "map-pin.svg").rename(assets / "icons" / "map-pin.svg")
    script = tmp_path / "clone" / "generator" / "tsunagite" / "site" / "browser" / "dom.js"
    written = script.read_text(encoding="utf-8")
    script.write_text(f"{written}// newer than its small form\n", encoding="utf-8")
    assert "are out of date" in hatch("wheel", tmp_path / "clone", tmp_path / "dist").stderr
    script.write_text(written, encoding="utf-8")
    lock = tmp_path / "clone" / "package-lock.json"
    lock.write_text(lock.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert "are out of date" in hatch("wheel", tmp_path / "clone", tmp_path / "dist").stderr
    assert list(tmp_path.glob("dist/*")) == []


def test_an_editable_install_of_a_fresh_clone_needs_no_browser_files(clone: Path, tmp_path: Path) -> None:
    done = hatch("wheel:editable", clone, tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr


def test_sdist_and_wheel_carry_every_file_of_the_package_the_theme_and_the_guides_and_nothing_else(
    packages: tuple[Path, Path],
) -> None:
    sdist, wheel = packages
    names = [*committed(), *(path.relative_to(ROOT).as_posix() for path in ASSETS.rglob("*") if path.is_file())]
    package = {name.removeprefix("generator/") for name in names if name.startswith("generator/tsunagite/")}
    theme = {name for name in names if name.startswith(("content/", "overrides/"))}
    assert {"tsunagite/assets/fonts/BIZUDPGothic-Bold.ttf", "tsunagite/records/municipalities.csv"} < package
    in_wheel = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert in_wheel ^ (package | {f"tsunagite/{name}" for name in theme}) == set()
    with tarfile.open(sdist) as archive:
        in_sdist = {member.name.partition("/")[2] for member in archive.getmembers() if member.isfile()}
    assert {f"generator/{name}" for name in package} | theme <= in_sdist
    assert not [name for name in in_sdist if name.startswith(("tests/", "resources/", "docs/"))]


def test_the_installed_wheel_begins_a_site_imports_a_list_checks_and_builds(
    packages: tuple[Path, Path], tmp_path: Path
) -> None:
    _, wheel = packages
    venv, folder = tmp_path / "venv", tmp_path / "town"
    folder.mkdir()
    run(sys.executable, "-m", "venv", "--without-pip", venv, cwd=tmp_path)
    python = venv / "bin" / "python"
    run(
        sys.executable,
        "-m",
        "pip",
        "--python",
        python,
        "install",
        "--quiet",
        "--no-index",
        "--no-deps",
        wheel,
        cwd=tmp_path,
    )
    # The libraries come from this environment. A path in a .pth file is not searched for further .pth files,
    # so the editable tsunagite of this repository stays out.
    [site_packages] = venv.glob("lib/python*/site-packages")
    (site_packages / "libraries.pth").write_text(f"{Path(typer.__file__).parents[1]}\n", encoding="utf-8")

    env = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "COV_", "COVERAGE"))}
    env["PATH"] = str(venv / "bin")  # no node, no npm, no git
    origin = "import tsunagite, sys; sys.exit(not tsunagite.__file__.startswith(sys.prefix))"
    run(python, "-c", origin, cwd=folder, env=env)
    program = venv / "bin" / "tsunagite"
    run(program, "init", ".", "--sample", cwd=folder, env=env)
    pip = (sys.executable, "-m", "pip", "--python", python, "install", "--no-index")
    pinned = run(*pip, "--require-hashes", "-r", "requirements.txt", cwd=folder).splitlines()
    assert sum(line.startswith("Requirement already satisfied: ") for line in pinned) > 30
    assert [line for line in pinned if line.startswith("Collecting")] == [], (
        "what the tests run with is what a site is told to install"
    )
    locked = {
        word.partition("==")[0]
        for word in (folder / "requirements.txt").read_text(encoding="utf-8").split()
        if "==" in word
    }
    assert needed_by("tsunagite") - {"tsunagite"} == needed_by(*locked), (
        "the lock holds all that the program needs, and nothing else"
    )
    assert f"tsunagite=={version('tsunagite')}" in run(
        *pip, "--no-deps", "-r", "requirements-tsunagite.txt", cwd=folder
    )
    (folder / "halls.csv").write_text(HALLS, encoding="utf-8")
    run(
        program,
        "import",
        "halls.csv",
        "--owner",
        "高松市",
        "--licence",
        "CC BY 4.0",
        "--date",
        "2026-11-01",
        cwd=folder,
        env=env,
    )
    run(program, "check", cwd=folder, env=env)
    run(program, "build", "--today", "2026-11-29", cwd=folder, env=env)
    pages = [path.read_text(encoding="utf-8") for path in folder.glob("site/r/*/index.html")]
    assert len(pages) == 3, "the example of init and two imported halls"
    assert [page for page in pages if "見本中央会館" in page and 'href="tel:+81878392811"' in page]
    for name in (
        "assets/tsunagite/leaflet/leaflet.js",
        "assets/tsunagite/icons.svg",
        "sw.js",
        "search/index.html",
        "pamphlets/index.html",
    ):
        assert (folder / "site" / name).is_file(), name
    assert list(folder.glob("site/papers/**/*.pdf")), "set with the fonts of the wheel"
