"""A site of another town: nothing in it speaks of the demonstration's city."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any


def test_the_site_that_init_begins_names_the_city_of_the_demonstration_nowhere(tmp_path: Path, tsunagite: Callable[..., Any]) -> None:
    assert tsunagite("init", tmp_path / "town", "--municipality", "382019").code == 0
    said = tsunagite("build", tmp_path / "town", "--today", "2026-11-22")
    assert said.code == 0, said.out + said.err
    files = [path for path in (tmp_path / "town/site").rglob("*") if path.is_file()]
    assert len(files) > 1000
    for page in ("roles/care-manager", "processes/discharge-support", "glossary", "help", "privacy", "worksheets"):
        assert (tmp_path / "town/site" / page / "index.html").is_file(), page
    assert "どの市町村にも共通の手引きです（つなぎ手 " in (tmp_path / "town/site/roles/care-manager/index.html").read_text(encoding="utf-8")
    assert [path.name for path in files if "高松".encode() in path.read_bytes()] == []
