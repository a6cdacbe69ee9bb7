"""Files of proposals (suggested words, suggested readings): a program writes them, a person decides each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tsunagite.errors import UsageError
from tsunagite.records.yaml.reader import read_file

UNDECIDED = "未定"


def written_proposals(path: Path, name: str) -> list[dict[str, Any]]:
    """Return the terms of a file of proposals, none where there is no file. Raises UsageError (with ``name``) where it is broken."""
    if not path.is_file():
        return []
    read = read_file(path, name)
    terms = read.value.get("terms") if isinstance(read.value, dict) else None
    if read.findings or not isinstance(terms, list):
        raise UsageError(f"{name} を読めません。 → tsunagite check で直してから、もう一度お試しください。")
    return [one for one in terms if isinstance(one, dict)]
