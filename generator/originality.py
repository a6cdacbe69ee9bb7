"""List every run of 22 characters that our words share with texts of others (`make originality DIR=path/to/texts`).

Compared are letters and digits alone, after NFKC: blanks, punctuation and symbols neither make nor hide a likeness. What
must be worded alike (names of laws, sheets and terms) stands, each with its reason, in `originality_allowed.txt`.
"""

import sys
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ALLOWED = Path(__file__).with_name("originality_allowed.txt")
OURS = (
    "content",
    "resources",
    "overrides",
    "generator",
    "tests",
    "docs",
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "SECURITY.md",
    "CODE_OF_CONDUCT.md",
)
SUFFIXES = (".css", ".html", ".js", ".json", ".md", ".mjs", ".py", ".toml", ".txt", ".typ", ".yml")
NOT_OURS = ("assets", "files", "__pycache__")  # libraries and fonts; the lists of the municipality
RUN = 22
"""Characters. Shorter likenesses are everyday Japanese; a copied sentence is longer."""


@dataclass(frozen=True)
class Text:
    """A text reduced to what is compared: ``key``, and for each of its characters the line it stands on."""

    name: str
    key: str
    line_starts: tuple[int, ...]

    @classmethod
    def of(cls, name: str, written: str) -> "Text":
        """Reduce ``written``, line by line."""
        lines = [key_of(line) for line in written.splitlines()]
        starts, at = [], 0
        for line in lines:
            starts.append(at)
            at += len(line)
        return cls(name, "".join(lines), tuple(starts))

    def place(self, at: int) -> str:
        """Return ``name:line`` of a character of the key."""
        return f"{self.name}:{bisect_right(self.line_starts, at)}"


@dataclass(frozen=True)
class Likeness:
    """A run of characters that stands in one of our texts and in one of theirs."""

    run: str
    ours: str
    theirs: str

    def __str__(self) -> str:
        return f"{self.ours}  {len(self.run)} characters as in {self.theirs}\n    {self.run}"


def key_of(written: str) -> str:
    """Return the letters and digits of ``written`` after NFKC, in lower case."""
    return "".join(c for c in unicodedata.normalize("NFKC", written).lower() if c.isalnum())


def likenesses(ours: Iterable[Text], theirs: Iterable[Text], allowed: Iterable[str] = ()) -> Iterator[Likeness]:
    """Yield the longest shared runs of at least RUN characters, but for those that lie whole in an allowed phrase."""
    found: dict[str, tuple[Text, int]] = {}
    for text in theirs:
        for at in range(len(text.key) - RUN + 1):
            found.setdefault(text.key[at : at + RUN], (text, at))
    phrases = [key_of(phrase) for phrase in allowed]
    for text in ours:
        for start, end in _runs(text.key, found):
            run = text.key[start:end]
            if not any(run in phrase for phrase in phrases):
                other, at = found[run[:RUN]]
                yield Likeness(run, text.place(start), other.place(at))


def _runs(key: str, found: dict[str, tuple[Text, int]]) -> Iterator[tuple[int, int]]:
    """Yield start and end of every stretch of ``key`` whose parts of RUN characters are all found."""
    start = None
    for at in range(len(key) - RUN + 2):
        if key[at : at + RUN] in found:
            start = at if start is None else start
        elif start is not None:
            yield start, at + RUN - 1
            start = None


def phrases_of(lines: str) -> list[str]:
    """Return the phrases of an allow list: one a line; ``#`` begins a reason."""
    return [phrase for line in lines.splitlines() if (phrase := line.partition("#")[0].strip())]


def texts_below(folder: Path, names: Iterable[str]) -> Iterator[Text]:
    """Yield the text files ``names`` (files or folders) of ``folder``, without what is not written by us."""
    for name in names:
        top = folder / name
        for path in [top] if top.is_file() else sorted(top.rglob("*")):
            shown = path.relative_to(folder)
            if path.is_file() and path.suffix in SUFFIXES and path != ALLOWED and not set(shown.parts) & set(NOT_OURS):
                yield Text.of(shown.as_posix(), path.read_text(encoding="utf-8", errors="replace"))


def main() -> int:
    """Print the likenesses; 1 where there is one, 2 where the folder holds no text to compare with."""
    folder = Path(sys.argv[1]) if len(sys.argv) == 2 and sys.argv[1] else None
    theirs = sorted(folder.rglob("*.txt")) if folder else []
    if not theirs:
        print("使い方 / usage: make originality DIR=path/to/texts（.txt のフォルダー / a folder of .txt files）")
        return 2
    others = [Text.of(path.name, path.read_text(encoding="utf-8", errors="replace")) for path in theirs]
    found = list(likenesses(texts_below(ROOT, OURS), others, phrases_of(ALLOWED.read_text(encoding="utf-8"))))
    for likeness in found:
        print(likeness)
    print(f"{len(found)} shared runs of {RUN} characters or more.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
