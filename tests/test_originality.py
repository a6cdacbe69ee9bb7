"""The comparison of our words with texts of others, on texts made up for it."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SCRIPT = ROOT / "generator" / "originality.py"
THEIRS = "はじめに。\n夜のうちに雪が降りつもり、朝には村じゅうの道が見えなくなっていました。\nおわり。"
COPIED = "夜のうちに雪が降りつもり、朝には村じゅうの道が見えなくなって"

spec = importlib.util.spec_from_file_location("originality", SCRIPT)
assert spec is not None
assert spec.loader is not None
originality = importlib.util.module_from_spec(spec)
sys.modules["originality"] = originality  # dataclasses look their module up
spec.loader.exec_module(originality)


def runs(ours: str, *allowed: str) -> list[str]:
    texts = [originality.Text.of("ours.md", ours)], [originality.Text.of("theirs.txt", THEIRS)]
    return [likeness.run for likeness in originality.likenesses(*texts, allowed)]


def test_a_copied_sentence_is_found_whole_with_both_places() -> None:
    ours = [
        originality.Text.of("content/ours.md", f"---\ntitle: 雪の朝\n---\nある人が言うには、{COPIED}しまったそうです。")
    ]
    (found,) = originality.likenesses(ours, [originality.Text.of("theirs.txt", THEIRS)])
    assert found.run == originality.key_of(COPIED)
    assert (found.ours, found.theirs) == ("content/ours.md:4", "theirs.txt:2")


@pytest.mark.parametrize(
    "disguised",
    [
        COPIED.replace("、", "\n"),
        "　".join(COPIED),
        f"**{COPIED[:9]}**（{COPIED[9:]}",
        COPIED.replace("が", "か\u3099"),  # a mark of its own for the voiced sound
    ],
)
def test_blanks_punctuation_and_other_forms_of_a_letter_hide_no_copy(disguised: str) -> None:
    assert runs(disguised) == [originality.key_of(COPIED)]


def test_a_run_of_21_characters_is_everyday_language_and_one_of_22_is_not() -> None:
    key = originality.key_of(COPIED)
    assert runs(f"あ{key[:21]}い") == []
    assert runs(f"あ{key[:22]}い") == [key[:22]]
    assert runs(key[:22]) == [key[:22]]


def test_an_allowed_phrase_excuses_itself_but_not_the_sentence_around_it() -> None:
    key = originality.key_of(COPIED)
    assert runs(f"「{key[:24]}」による", f"{key[:10]}・{key[10:24]}") == []
    assert runs(COPIED, key[:24]) == [key]


def test_the_allow_list_gives_a_reason_for_every_phrase_and_holds_no_everyday_ones() -> None:
    lines = [line for line in originality.ALLOWED.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    assert lines
    assert [line for line in lines if not line.partition("#")[2].strip()] == []
    assert [p for p in originality.phrases_of("\n".join(lines)) if len(originality.key_of(p)) < originality.RUN] == []


def test_the_command_ends_with_1_for_a_copy_and_with_2_for_nothing_to_compare(tmp_path: Path) -> None:
    project, texts = tmp_path / "project", tmp_path / "texts"
    (project / "content").mkdir(parents=True)
    (project / "generator").mkdir()
    texts.mkdir()
    for file in (SCRIPT, originality.ALLOWED):
        shutil.copy(file, project / "generator")
    guide = project / "content" / "guide.md"

    def run(*words: str | Path) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-X", "utf8", str(project / "generator" / "originality.py"), *map(str, words)]
        return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)

    guide.write_text(COPIED, encoding="utf-8")
    assert [run().returncode, run(texts).returncode] == [2, 2]
    (texts / "theirs.txt").write_text(THEIRS, encoding="utf-8")
    found = run(texts)
    assert found.returncode == 1
    assert "content/guide.md:1" in found.stdout
    guide.write_text("夜は雪。朝、村の道は消えていた。", encoding="utf-8")
    assert run(texts).returncode == 0
