"""Words that people use: the most frequent ones of the language, the phrases of a site's own guides, and lists somebody wrote down."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from tsunagite.errors import UsageError
from tsunagite.text.phrases import phrases

MOST = 12_000
"""Frequent words looked at: beyond them stand names and words of special fields."""
OFTEN = 3
"""A phrase of the guides that stands there less often is a chance."""
_WRITTEN = re.compile(r"[^\u3040-\u30ff\u4e00-\u9fff々ー]+")
_MEANING = re.compile(r"[\u4e00-\u9fff々ァ-ヶ]")
"""Hiragana alone is mostly grammar."""
_ENDING = re.compile(
    r"(?:から|まで|より|など|では|には|とは|です|ます|ました|ません|した|する|して|[はがをにでとのもへや]){1,3}$"
)


def frequent_words() -> Iterator[str]:
    """Yield frequent Japanese words. Raises UsageError where the extra ``[words]`` is not installed."""
    try:
        import wordfreq  # noqa: PLC0415 - as the sentence model
    except ImportError as missing:
        raise UsageError(
            "ことばの候補を出すには、追加の部品がいります。 → pip install 'tsunagite[words]' をしてから、もう一度お試しください。"
        ) from missing
    yield from (word for word in wordfreq.top_n_list("ja", MOST) if _may_mean(word))


def phrases_in_guides(content: Path) -> Iterator[str]:
    """Yield the phrases that stand several times in the guides, without their particles."""
    counts = Counter[str]()
    for path in sorted(content.rglob("*.md")):
        for run in _WRITTEN.split(path.read_text(encoding="utf-8")):
            counts.update(_ENDING.sub("", phrase) for phrase in phrases(run) if len(run) > 1)
    yield from (phrase for phrase, count in counts.items() if count >= OFTEN and _may_mean(phrase))


def words_of_files(files: Sequence[Path]) -> Iterator[str]:
    """Yield the lines of text files: words and phrases that somebody heard or wrote down, one a line."""
    for path in files:
        try:
            lines = path.read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError) as problem:
            raise UsageError(
                f"{path} を読めません。 → 一行に一つのことばを書いた UTF-8 の文字のファイルにしてください。"
            ) from problem
        yield from (word for line in lines if 2 <= len(word := line.strip()) <= 40)


def _may_mean(word: str) -> bool:
    return 2 <= len(word) <= 12 and bool(_MEANING.search(word)) and not _WRITTEN.search(word)
