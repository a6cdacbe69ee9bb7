"""A site of another town: nothing in it speaks of the demonstration's city."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any


def test_the_site_that_init_begins_names_the_city_of_the_demonstration_nowhere(tmp_path: Path, tsunagite: Callable[..., Any]) -> None:
    assert tsunagite("init", tmp_path / "town").code == 0
    said = tsunagite("build", tmp_path / "town", "--today", "2026-11-22")
    assert said.code == 0, said.out + said.err
    files = [path for path in (tmp_path / "town/site").rglob("*") if path.is_file()]
    assert len(files) > 100
    assert [path.name for path in files if "高松".encode() in path.read_bytes()] == []
