"""What every test shares: the switch that rewrites expected reports, sites to build, and one browser."""

from __future__ import annotations

import fcntl
import os
import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

from chromium import LAUNCH_ARGS, NO_CHROMIUM, chromium_path
from tsunagite.adapters.site_build import build_site
from tsunagite.cli.app import main
from tsunagite.editing.starter import Beginning, write_starter
from tsunagite.errors import BuildStopped
from tsunagite.importing import readings
from tsunagite.publishing.headers import headers_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parent.parent
TODAY = date(2026, 11, 22)
# The same examples in every run, however busy the machine is: what fails once fails again.
settings.register_profile("tsunagite", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("tsunagite")
STORE = ".tsunagite-cache/store.sqlite"
SITE_PARTS = ("mkdocs.yml", "content", "resources", "overrides")


# Started first, so that at the end no process works alone on a long file while the others have nothing left.
LONGEST = (
    "test_pages.py",
    "test_build.py",
    "test_benchmarks.py",
    "test_one_edit.py",
    "test_last_build.py",
    "test_links.py",
    "test_emergency.py",
    "test_wheel.py",
    "test_docs.py",
)


def pytest_xdist_auto_num_workers() -> int:
    """Run one process more than there are cores: a third of the time of browser tests is waiting for a page to come to rest."""
    return (os.cpu_count() or 1) + 1


@pytest.hookimpl(tryfirst=True)  # before pytest chooses by marks
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a browser or the whole demonstration, and begin with the longest files."""
    for item in items:
        for fixture, mark in (("browser", "browser"), ("built_demo", "slow")):
            if fixture in getattr(item, "fixturenames", ()):
                item.add_marker(mark)
    items.sort(key=lambda item: LONGEST.index(item.path.name) if item.path.name in LONGEST else len(LONGEST))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-reports",
        action="store_true",
        help="write the reports of tests/sites/** anew instead of comparing them; read the difference before you commit",
    )


@pytest.fixture
def no_dictionary(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read no names: SudachiPy is not installed everywhere, and takes a second to load."""
    monkeypatch.setattr(readings, "_tokenizer", lambda: readings._nothing)


@pytest.fixture
def update_reports(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-reports"))


@pytest.fixture
def site_folder(tmp_path: Path) -> Path:
    """The site that `tsunagite init --sample --no-guides --no-troubles` writes, in a folder of its own."""
    return new_site(tmp_path / "town")


def new_site(folder: Path) -> Path:
    """Write what `tsunagite init --sample --no-guides --no-troubles` writes."""
    list(write_starter(folder, Beginning(sample=True, shared_guides=False, shared_troubles=False)))
    return folder


def keep_what_was_made(source: Path, folder: Path) -> Path:
    """Give a site the store of another: its first build makes again only what differs (papers and workbooks take most of a build)."""
    (folder / STORE).parent.mkdir(exist_ok=True)
    shutil.copy(source / STORE, folder / STORE)
    return folder


@dataclass(frozen=True)
class Said:
    """How a command ended, and what it printed."""

    code: int
    out: str
    err: str


@pytest.fixture
def tsunagite(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Said]:
    """Run the command line in this process, as the console script does."""

    def run(*words: str | Path) -> Said:
        monkeypatch.setattr(sys, "argv", ["tsunagite", *map(str, words)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        code = ended.value.code
        return Said(code if isinstance(code, int) else 0, printed.out, printed.err)

    return run


def _built(source: Path, folder: Path) -> Path:
    """Copy a site's own files, build it and return where the result lies.

    Of what earlier builds wrote only the store goes along: it is keyed by what things are made from, so that a build makes the
    same from it as from nothing (tests/engine/test_last_build.py), and saves a third of the time after ``make site``.
    """
    folder.mkdir()
    if (source / STORE).is_file():
        keep_what_was_made(source, folder)
    for part in SITE_PARTS:
        if (source / part).is_dir():
            shutil.copytree(source / part, folder / part)
        elif (source / part).is_file():
            shutil.copy(source / part, folder)
    told: list[str] = []
    try:
        build_site(folder, None, TODAY, told.append, "ja")
    except BuildStopped:
        pytest.fail("\n".join(told), pytrace=False)
    return folder / "site"


def _built_once(source: Path, name: str, factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    """Build a site once for the whole run: where tests run in several processes, the first that asks builds and the others wait."""
    if not hasattr(request.config, "workerinput"):
        return _built(source, factory.mktemp(name) / "source")
    folder = factory.getbasetemp().parent / name
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "built").exists():
            shutil.rmtree(folder, ignore_errors=True)  # another process may have failed half-way
            folder.mkdir()
            _built(source, folder / "source")
            (folder / "built").touch()
    return folder / "source" / "site"


@pytest.fixture(scope="session")
def built_demo(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    """This repository's own site, built once."""
    return _built_once(ROOT, "demo", tmp_path_factory, request)


@pytest.fixture(scope="session")
def built_faces(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    """The small site with one record of every kind of page, built once."""
    return _built_once(ROOT / "tests" / "sites" / "faces", "faces", tmp_path_factory, request)


@pytest.fixture(scope="session")
def built_starter(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    """The site of ``site_folder``, built once."""
    return _built_once(new_site(tmp_path_factory.mktemp("new") / "town"), "starter", tmp_path_factory, request)


@pytest.fixture
def warm_site_folder(site_folder: Path, built_starter: Path) -> Path:
    """The site of ``site_folder`` for tests that build it: with the store of one that was built."""
    return keep_what_was_made(built_starter.parent, site_folder)


@pytest.fixture
def faces_town(tmp_path: Path, built_faces: Path) -> Path:
    """The small site in a folder of its own, with what its build has published and kept: the next build makes only what has changed."""
    return Path(shutil.copytree(built_faces.parent, tmp_path / "town"))


class SubPathHandler(SimpleHTTPRequestHandler):
    """Serves sites below a path each, as GitHub Pages does, with their own page for what is not there.

    ``headers`` are sent with the files of a site, by the folder that they lie in (``publishing.headers.headers_of``).
    """

    def __init__(
        self,
        *args: Any,
        sites: dict[str, Path],
        headers: dict[str, dict[str, dict[str, str]]] | None = None,
        **kwargs: Any,
    ) -> None:
        self.sites, self.of_sites = sites, headers or {}
        super().__init__(*args, **kwargs)

    def translate_path(self, path: str) -> str:
        _, name, *rest = path.partition("?")[0].partition("#")[0].split("/")
        return str(self.sites.get(name, Path("nowhere")).joinpath(*rest)) + ("/" if path.endswith("/") else "")

    def end_headers(self) -> None:
        site, _, rest = self.path.partition("?")[0].lstrip("/").partition("/")
        of_folders = self.of_sites.get(site, {})
        for name, value in of_folders.get(rest.partition("/")[0], of_folders.get("", {})).items():
            self.send_header(name, value)
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        site = self.sites.get(self.path.split("/")[1])
        if code != 404 or site is None:
            super().send_error(code, message, explain)
            return
        body = (site / "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name that http.server gives it
        """Keep the report of the tests clean."""


class PatientServer(ThreadingHTTPServer):
    """Keeps a busy machine's callers waiting instead of refusing them, and says nothing of those who left before the answer was whole."""

    request_queue_size = 128

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def _serving(**sites: Path) -> Iterator[str]:
    """Serve each site below tsunagite-<name>/, with the headers that it asks its host for: each page of every test obeys the policy."""
    below = {f"tsunagite-{name}": site for name, site in sites.items()}
    handler = partial(SubPathHandler, sites=below, headers={name: headers_of(site) for name, site in below.items()})
    server = PatientServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def served(built_demo: Path, built_faces: Path) -> Iterator[str]:
    """The address below which the demonstration (tsunagite-demo/) and the faces (tsunagite-faces/) are served."""
    with _serving(demo=built_demo, faces=built_faces) as address:
        yield address


@pytest.fixture(scope="session")
def served_faces(built_faces: Path) -> Iterator[str]:
    """The address below which the faces alone are served, for tests that need no large site."""
    with _serving(faces=built_faces) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all browser tests; each test opens its own context."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - tests without a browser do not pay for it

    assert chromium_path(), NO_CHROMIUM
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path(), args=LAUNCH_ARGS)
        yield chromium
        chromium.close()
