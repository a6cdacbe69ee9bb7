"""A site of another town: nothing in it speaks of the demonstration's city (with shared guides: tests/test_docs.py)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

WINDOW = """\
id: centre
name: 見本の相談センター
name_kana: みほんのそうだんせんたー
kind: 地域包括支援センター
needs: [相談したい]
support_level: [公助]
summary: 何でも相談できます。
service_areas: [matsuyama]
phones: [{number: 087-000-0000}]
sample: true
"""
DUTY = """\
id: support-centers
title: 地域包括支援センターの担当
sample: true
rows:
  - window: centre
    areas: [sakura]
"""
TOWNS = """\
records:
  - {id: sakura, name: 桜町, name_kana: さくらまち, level: 町字, parent: matsuyama}
  - {id: ume, name: 梅町, name_kana: うめまち, level: 町字, parent: matsuyama}
"""


def test_the_site_that_init_begins_names_the_city_of_the_demonstration_nowhere(
    tmp_path: Path, tsunagite: Callable[..., Any]
) -> None:
    assert tsunagite("init", tmp_path / "town", "--municipality", "382019", "--no-guides").code == 0
    for name, text in (
        ("consultation/centre.yml", WINDOW),
        ("contact/duties/support-centers.yml", DUTY),
        ("areas/towns.yml", TOWNS),
    ):
        path = tmp_path / "town/resources" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    said = tsunagite("build", tmp_path / "town", "--today", "2026-11-22")
    assert said.code == 0, said.out + said.err
    files = [path for path in (tmp_path / "town/site").rglob("*") if path.is_file()]
    assert len(files) > 300
    assert [path.name for path in files if "高松".encode() in path.read_bytes()] == []
    pages = {
        name: (tmp_path / "town/site/contact" / name / "index.html").read_text(encoding="utf-8")
        for name in ("sakura", "ume", "about/memory", "about/money")
    }
    assert "087-000-0000" in pages["sakura"]
    assert "087-000-0000" not in pages["ume"]
    assert "「地域包括支援センター」の窓口は、まだこのサイトに書かれていません。" in pages["ume"]
    assert "「地域包括支援センター」の窓口が、まだ書かれていない町があります。" in pages["about/memory"]
    assert "電話する窓口は、まだこのサイトに書かれていません。" in pages["about/money"]
    assert (tmp_path / "town/site/contact/index.html").read_text(encoding="utf-8").count("data-trouble=") == 14
