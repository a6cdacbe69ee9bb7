"""Every program and theme that may build a site makes the same pages with the same records: MkDocs and ProperDocs; Material, MaterialX, our own layout."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
from pathlib import Path

import pytest

from small_site import resource, site_view

pytestmark = pytest.mark.slow

FRAMES = Path(sys.prefix) / "frames"
"""Where `make test` puts ProperDocs and MaterialX (Makefile: frames.stamp)."""
PROGRAMS = ("mkdocs", "properdocs")
THEMES = {
    "material": "{name: material, language: ja, font: false}",
    "materialx": "{name: materialx, language: ja}",
    "tsunagite": "{name: tsunagite}",
}
SETTINGS = """\
site_name: つなぎ手
docs_dir: content
theme: {theme}
plugins: [tsunagite]
markdown_extensions: [attr_list, md_in_html, tables, admonition]
nav: [このサイトについて: about.md]
"""
DAY = "1795305600"  # 2026-11-22


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Path]:
    """The same small site as each program builds it in each frame."""
    assert (FRAMES / "properdocs").is_dir(), "make test installs what this test needs"
    folder = tmp_path_factory.mktemp("frames")
    town = folder / "town"
    site_view(town, resource("walk"), site={"name": "つなぎ手", "municipality": "高松市"})
    (town / "content").mkdir()
    (town / "content" / "about.md").write_text("# このサイトについて\n\n本文です。\n", encoding="utf-8")
    found = {}
    for theme, settings in THEMES.items():
        (town / "mkdocs.yml").write_text(SETTINGS.format(theme=settings), encoding="utf-8")
        for program in PROGRAMS:
            path = tuple(only(folder, name) for name in ("properdocs", "materialx") if name in {program, theme})
            out = folder / f"{program}-{theme}"
            environment = {
                **os.environ,
                "SOURCE_DATE_EPOCH": DAY,
                "NO_MKDOCS_2_WARNING": "1",
                "PYTHONPATH": os.pathsep.join(path),
            }
            said = subprocess.run(
                [sys.executable, "-m", program, "build", "-q", "-f", str(town / "mkdocs.yml"), "-d", str(out)],
                env=environment, capture_output=True, text=True, check=False,
            )  # fmt: skip
            assert said.returncode == 0, said.stdout + said.stderr
            found[program, theme] = out
    return found


def only(folder: Path, name: str) -> str:
    """Return a folder that holds one of the packages of FRAMES: MaterialX has the module name of Material, and would replace it."""
    alone = folder / f"only-{name}"
    alone.mkdir(exist_ok=True)
    for path in FRAMES.iterdir():
        is_other = path.name.startswith("properdocs") != (name == "properdocs")
        if not is_other and not (alone / path.name).exists():
            (alone / path.name).symlink_to(path)
    return str(alone)


def body(page: Path) -> str:
    """What the page of a record says, without what a theme puts before and behind it (the button of MaterialX that leads to the top)."""
    text = page.read_text(encoding="utf-8")
    main = text[text.index('<div class="ts-page" id="content">') : text.index("</main>")]
    return main[: main.rindex("</article>")]


def pages_of(site: Path) -> set[str]:
    return {path.relative_to(site).as_posix() for path in site.rglob("*.html")}


def test_every_frame_has_the_same_pages_and_the_same_record_in_each(built: dict[tuple[str, str], Path]) -> None:
    assert set(built) == set(itertools.product(PROGRAMS, THEMES))
    first = built["mkdocs", "material"]
    assert {"index.html", "about/index.html", "r/walk/index.html", "search/index.html"} <= pages_of(first)
    assert [
        (frame, pages_of(site) ^ pages_of(first)) for frame, site in built.items() if pages_of(site) != pages_of(first)
    ] == []
    record = body(first / "r/walk/index.html")
    assert 'href="tel:+81878392811"' in record
    assert [frame for frame, site in built.items() if body(site / "r/walk/index.html") != record] == []
    for (program, theme), site in built.items():
        about = (site / "about/index.html").read_text(encoding="utf-8")
        assert "本文です。" in about, (program, theme)
        assert ("data-md-component" in about) == (theme != "tsunagite"), (program, theme)
