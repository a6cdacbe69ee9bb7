"""Under MkDocs the extension changes nothing; under Zensical every page says which program builds the site."""

from __future__ import annotations

import sys
import types

import pytest
from markdown import markdown

NAME = "tsunagite.adapters.zensical"


def test_a_page_is_as_it_was_under_mkdocs(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.delitem(sys.modules, "zensical", raising=False)
    assert markdown("# 使い方", extensions=[NAME]) == markdown("# 使い方")
    assert capsys.readouterr().err == ""


def test_a_page_says_tsunagite_build_under_zensical(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "zensical", types.ModuleType("zensical"))
    page = markdown("# 使い方", extensions=[NAME])
    assert page.startswith("<p>このサイトは Zensical では作れません")
    assert "<code>tsunagite build</code>" in page
    assert "使い方" not in page
    assert "run `tsunagite build`" in capsys.readouterr().err
