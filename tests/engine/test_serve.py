"""``mkdocs build`` and the rebuilds of ``tsunagite serve`` run the same engine: they too make only what an edit touches."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from tsunagite.engine.artifact import Artifact
from tsunagite.engine.publish import Stage

FACES = Path(__file__).parents[1] / "sites" / "faces"
RECORD = "resources/clubs/sakura-taiso.yml"


def test_a_rebuild_after_an_edit_makes_its_page_and_not_all_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    town = Path(shutil.copytree(FACES, tmp_path / "town", ignore=shutil.ignore_patterns(".*", "site")))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795305600")  # 2026-11-22
    made: list[str] = []
    real = Stage.add

    def noted(stage: Stage, artifact: Artifact) -> None:
        made.append(artifact.path)
        real(stage, artifact)

    monkeypatch.setattr("tsunagite.engine.processes.can_share", lambda: False)
    monkeypatch.setattr(Stage, "add", noted)

    def rebuild(into: Path) -> set[str]:
        made.clear()
        build(load_config(str(town / "mkdocs.yml"), site_dir=str(into)))
        return {path for path in made if path.endswith(".html")}

    whole = rebuild(tmp_path / "served")
    text = (town / RECORD).read_text(encoding="utf-8")
    (town / RECORD).write_text(text.replace("さくら体操クラブ", "さくら手芸クラブ"), encoding="utf-8")
    again = rebuild(tmp_path / "served")
    assert "r/sakura-taiso/index.html" in again < whole
    assert "さくら手芸クラブ" in (tmp_path / "served/r/sakura-taiso/index.html").read_text(encoding="utf-8")
    (town / RECORD).write_text(text, encoding="utf-8")
    assert rebuild(tmp_path / "another") == whole, "another folder has none of the pages"
