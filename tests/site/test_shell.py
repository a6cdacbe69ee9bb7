"""The frame: rendered once, filled often, refused when a marker is gone."""

from __future__ import annotations

import pytest

from tsunagite.engine.artifact import Page
from tsunagite.errors import SetupError
from tsunagite.site.layout import shell

GOOD = f"<title>{shell.TITLE}</title><meta content='{shell.DESCRIPTION}'>{shell.HEAD}<main>{shell.BODY}</main>"


def test_the_theme_renders_once_per_section_and_depth() -> None:
    asked: list[tuple[str, str]] = []

    def theme(section: str, path: str) -> str:
        asked.append((section, path))
        return GOOD

    shells = shell.Layouts(theme)
    for path in ("r/a/", "r/b/", "r/c/"):
        shells.frame(Page(path, "record", path, "", "<p>text</p>"))
    shells.frame(Page("needs/", "index", "needs", "", ""))
    assert len(asked) == 2


def test_titles_are_escaped_bodies_are_not_and_the_address_is_filled_in() -> None:
    shells = shell.Layouts(lambda _section, path: f"{GOOD}<link href='https://x.example/{path}'>")
    artifact = shells.frame(Page("r/a-1/", "record", "<b>&", '"', "<p>ok</p>"))
    html = artifact.content.decode()
    assert artifact.path == "r/a-1/index.html"
    assert "<title>&lt;b&gt;&amp;</title>" in html
    assert "content='&#34;'" in html
    assert "<main><p>ok</p></main>" in html
    assert "https://x.example/r/a-1/" in html


def test_text_that_looks_like_a_marker_in_one_page_does_not_spoil_it() -> None:
    shells = shell.Layouts(lambda _section, _path: GOOD)
    html = shells.frame(Page("r/a/", "record", shell.BODY, "", f"<p>{shell.TITLE}</p>")).content.decode()
    assert f"<title>{shell.BODY}</title>" in html
    assert f"<p>{shell.TITLE}</p>" in html


@pytest.mark.parametrize("gone", [shell.TITLE, shell.BODY, shell.HEAD])
def test_a_frame_that_lost_a_marker_is_refused(gone: str) -> None:
    shells = shell.Layouts(lambda _section, _path: GOOD.replace(gone, ""))
    with pytest.raises(SetupError, match=r"overrides/main\.html"):
        shells.frame(Page("r/a/", "record", "a", "", ""))
