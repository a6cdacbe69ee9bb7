"""A letter that our fonts lack never stops a build: 〓 stands in the paper, and a finding names the record."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pdf_page import text_of
from tsunagite.papers import editions as papers
from tsunagite.papers.typesetting.typeset import NotSet, _glyphs, _printable_json, lost_glyphs, typeset
from tsunagite.site.layout.templates import ASSETS

Run = Callable[..., Any]
NAME = "さくらZ\u0337体操ﷺ\u0601"


def shown(text: str) -> tuple[str, str]:
    data = json.loads(_printable_json({"title": text, "lost_glyph_note": "〓は、この紙の文字にない字です。"}))
    return data["title"], data["lost_glyph_note"]


@pytest.mark.parametrize(
    ("text", "paper", "lost"),
    [
        ("さくら体操", "さくら体操", ""),
        ("さくらZ\u0337体操", "さくら〓体操", "Z\u0337"),  # without its stroke it would be another letter
        ("か\u3099", "か\u3099", ""),  # the font has the mark
        ("葛\U000e0100城", "葛城", ""),  # a variation selector chooses a form that the font does not have
        ("a\u200db\u202ec", "abc", ""),
        ("\u0601１", "〓１", "\u0601"),
        ("神\ufdfa", "神〓", "\ufdfa"),
        ("e\u0301", "é", ""),
    ],
)
def test_a_letter_is_set_whole_or_not_at_all(text: str, paper: str, lost: str) -> None:
    written, note = shown(text)
    assert unicodedata.normalize("NFC", written) == unicodedata.normalize("NFC", paper)
    assert lost_glyphs(text) == lost
    assert bool(note) == bool(lost)


def test_every_kind_of_character_there_is_can_be_set_alone_and_behind_a_letter() -> None:
    kinds: dict[str, list[str]] = {}
    for point in (*range(0x20, 0xD800), *range(0xE000, 0x1F000, 7), *range(0xE0000, 0xE0200), 0xF0000, 0x10FFFD):
        kinds.setdefault(unicodedata.category(chr(point)), []).append(chr(point))
    some = [one for characters in kinds.values() for one in characters[:: max(1, len(characters) // 150)]]
    some += [one for one in _glyphs(ASSETS) if unicodedata.category(one).startswith("M")]
    assert len(kinds) > 25
    for first in range(0, len(some), 80):  # a text of 480 characters: longer than any line of a record on paper
        text = "".join(f"あ{one}Z{one}漢{one}" for one in some[first : first + 80])
        assert typeset(
            "papers/templates/notice", {"title": text, "words": text, "address": "", "lost_glyph_note": "〓"}
        ), repr(text)


def test_one_odd_name_leaves_every_paper_of_the_town_made_and_is_told_with_its_record(
    warm_site_folder: Path, tsunagite: Run
) -> None:
    record = warm_site_folder / "resources/clubs/sakura-taiso.yml"
    record.write_text(record.read_text(encoding="utf-8").replace("さくら体操クラブ", f"'{NAME}'"), encoding="utf-8")
    said = tsunagite("build", warm_site_folder, "--today", "2026-11-22")
    assert said.code == 0, said.out + said.err
    assert "resources/clubs/sakura-taiso.yml" in said.out
    assert "P102" in said.out
    assert "P101" not in said.out
    plan = text_of((warm_site_folder / "site/papers/year-plan.pdf").read_bytes())
    assert "さくら〓体操" in plan
    assert "〓は、この紙の文字にない字です。" in plan


def test_a_paper_that_cannot_be_set_is_told_and_replaced_and_the_town_is_published(
    site_folder: Path, tsunagite: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(template: str, data: dict[str, Any]) -> bytes:
        if template == "papers/templates/notice":
            return typeset(template, data)
        raise NotSet("this cannot be set")

    monkeypatch.setattr(papers, "typeset", refuse)
    said = tsunagite("build", site_folder, "--today", "2026-11-22", "--no-cache")
    assert said.code == 0, said.out + said.err
    assert "papers/year-plan.pdf" in said.out
    for path in sorted((site_folder / "site").rglob("*.pdf")):
        assert "いま作れていません" in text_of(path.read_bytes()), path
