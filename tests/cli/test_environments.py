"""Odd surroundings: names, permissions, full disks, terminals without Japanese. One sentence with its place, and never a traceback."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kills.surroundings import without_rights
from tsunagite.findings import visible

RECORD = "resources/clubs/sakura-taiso.yml"
Run = Callable[..., Any]
Spoil = Callable[[Path], object]


@pytest.fixture
def town(site_folder: Path) -> Iterator[Path]:
    """A site whose permissions count: root gives up for a while the right to open every file."""
    with without_rights():
        yield site_folder


def copied(to: bytes) -> Spoil:
    return lambda site: shutil.copy(os.fsencode(site / RECORD), os.fsencode(site) + b"/" + to)


def written(to: bytes, content: bytes) -> Spoil:
    def write(site: Path) -> None:
        path = Path(os.fsdecode(os.fsencode(site) + b"/" + to))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

    return write


def shut(what: str) -> Spoil:
    return lambda site: (site / what).chmod(0)


CASES: dict[str, tuple[Spoil, int, str]] = {
    "a name that is not UTF-8": (copied(b"resources/clubs/\xff\xfe.yml"), 1, r"resources/clubs/\xff\xfe.yml"),
    "a folder that is not UTF-8": (written(b"resources/\xff/a.yml", b"id: a\n"), 1, r"resources/\xff/a.yml"),
    "a line end in a name": (copied(b"resources/clubs/a\n::error::b.yml"), 1, r"resources/clubs/a\n"),
    "a terminal sequence in a name": (copied(b"resources/clubs/\x1b[2J.yml"), 1, r"resources/clubs/\x1b[2J.yml"),
    "a dash before a name": (copied(b"resources/clubs/-rf.yml"), 1, "resources/clubs/-rf.yml"),
    "a name as long as the system allows": (copied(b"resources/clubs/" + b"a" * 250 + b".yml"), 1, "a" * 250),
    "a record that cannot be opened": (shut(RECORD), 1, f"{RECORD}:1:1"),
    "a folder that cannot be opened": (shut("resources/clubs"), 1, "resources/clubs:1:1"),
    "settings that cannot be opened": (shut("resources/site.yml"), 1, "resources/site.yml:1:1"),
    "a page that cannot be opened": (shut("content/about.md"), 1, "content/about.md:1:1"),
    "a page in another encoding": (written(b"content/about.md", "題".encode("cp932")), 1, "content/about.md:1:1"),
    "a page whose name is not UTF-8": (written(b"content/\xff.md", b"x"), 0, r"content/\xff.md:1:1"),
    "a guide whose name is not UTF-8": (written(b"content/roles/\xff.md", b"x"), 0, r"content/roles/\xff.md:1:1"),
    "an outline that cannot be read": (
        written(b"resources/areas/a.geojson", b"\xff"),
        1,
        "resources/areas/a.geojson:1:1",
    ),
    "a link that leads to itself": (lambda site: (site / "resources/clubs/loop.yml").symlink_to("loop.yml"), 0, ""),
    "a pipe among the records": (lambda site: os.mkfifo(site / "resources/clubs/pipe.yml"), 0, ""),
}


@pytest.mark.parametrize("case", CASES)
def test_odd_files_are_told_with_their_place_in_every_language_and_form(town: Path, tsunagite: Run, case: str) -> None:
    spoil, code, place = CASES[case]
    spoil(town)
    for options in ((), ("--lang", "en"), ("--format", "github"), ("--format", "json")):
        said = tsunagite("check", town, *options)
        told = said.out + said.err
        assert (said.code, "Traceback" in told) == (code, False), told
        file = place.removesuffix(":1:1")
        assert (
            place in told
            if options[:1] != ("--format",)
            else (file.replace("\\", "\\\\") if "json" in options else file) in told.replace("%3A", ":")
        )
        assert not any(line.startswith("::error::") for line in told.splitlines())
        assert told.replace("\n", "") == visible(told.replace("\n", ""))


@pytest.mark.parametrize(
    ("spoil", "command", "path"),
    [
        (shut("mkdocs.yml"), ("build",), "mkdocs.yml"),
        (lambda site: (shutil.rmtree(site / "schema"), site.chmod(0o555)), ("schema",), "schema"),
        (lambda site: site.chmod(0o555), ("build",), ".site.next"),
        (lambda site: site.chmod(0o555), ("init",), "new"),
    ],
)
def test_what_may_not_be_read_or_written_is_one_sentence_with_its_path(
    town: Path, tsunagite: Run, spoil: Spoil, command: tuple[str, ...], path: str
) -> None:
    spoil(town)
    for language, words in (("ja", "読み書きできません：権利がありません"), ("en", "permission denied")):
        options = () if language == "ja" else ("--lang", "en")
        if command[0] in ("schema", "init") and options:
            continue
        said = tsunagite(*command, town / "new" if command == ("init",) else town, *options)
        [line] = said.err.splitlines()
        assert said.code == 2
        assert words in line
        assert path in line


@pytest.mark.parametrize(("language", "words"), [("ja", "空きがありません"), ("en", "no space is left")])
def test_a_full_disk_is_one_sentence(site_folder: Path, language: str, words: str) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        ended = subprocess.run(
            [sys.executable, "-m", "tsunagite.cli", "check", str(site_folder), "--lang", language],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert ended.returncode == 2
    [line] = ended.stderr.splitlines()
    assert words in line


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_a_terminal_without_japanese_letters_gets_every_word(site_folder: Path, encoding: str) -> None:
    surroundings = {
        **os.environ,
        "LC_ALL": "C",
        "PYTHONIOENCODING": encoding,
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
    }
    (site_folder / RECORD).write_text("id: あ\n", encoding="utf-8")
    ended = subprocess.run(
        [sys.executable, "-m", "tsunagite.cli", "check", str(site_folder)],
        capture_output=True,
        env=surroundings,
        check=False,
    )
    told = (ended.stdout + ended.stderr).decode("ascii")
    assert (ended.returncode, "Traceback" in told) == (1, False)
    assert "まちがい" in told.encode().decode("unicode_escape")


def test_what_stands_in_a_record_moves_no_terminal_and_begins_no_command_of_a_log(
    site_folder: Path, tsunagite: Run
) -> None:
    path = site_folder / RECORD
    path.write_text(
        path.read_text(encoding="utf-8").replace("kind: 体操の会", "kind: |\n  体操\n  ::error::x\u202e\n"),
        encoding="utf-8",
    )
    for options in ((), ("--format", "github"), ("--lang", "en")):
        told = tsunagite("check", site_folder, *options).out
        assert "::error::x" not in [line.strip() for line in told.splitlines()]
        assert "\u202e" not in told
        assert "体操\\n::error::x\\u202e" in told
