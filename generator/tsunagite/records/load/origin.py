"""Origin: which version of tsunagite has written the files of a site that follow the program, and what it wrote.

The file lies beside ``mkdocs.yml`` and is kept in the repository with the site: ``editing/upgrade.py`` compares with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tsunagite import __version__
from tsunagite.errors import UsageError
from tsunagite.records.yaml.reader import dump, read_text
from tsunagite.records.yaml.staged_files import finish_interrupted

ORIGIN_FILE = ".tsunagite-origin.yml"
FORMAT = 1
"""The number of the present shape of records: one more than before where an old shape is no longer read (``editing/migrations.py``)."""
_ABOUT = "# tsunagite がはじめに書いたファイルの控えです。tsunagite upgrade が、新しい版の直しだけを入れるために見ます。手で直しません。\n"


@dataclass(frozen=True)
class Origin:
    """The version that wrote the files, the format of the data, and the text of every file by its name."""

    version: str = ""
    format: int = 0
    files: Mapping[str, str] = field(default_factory=dict)


def read_origin(root: Path) -> Origin:
    """Return the origin of a site, once what an interrupted command had decided to write is in place; that of a site older than the file is empty, of format 0.

    Raises UsageError where the file is damaged, or where a newer version has written it.
    """
    finish_interrupted(root)
    path = root / ORIGIN_FILE
    if not path.is_file():
        return Origin()
    read = read_text(path.read_bytes().decode("utf-8", "replace"), ORIGIN_FILE)
    data = read.value
    if (
        read.findings
        or not isinstance(data, dict)
        or not isinstance(data.get("format"), int)
        or not isinstance(data.get("files"), dict)
    ):
        raise UsageError(f"{ORIGIN_FILE} が読めません。→ Git の履歴から戻してください。")
    if data["format"] > FORMAT:
        raise UsageError(
            f"このサイトは、もっと新しい tsunagite {data.get('version', '')} の書き方です（いまは {__version__}）。→ pip install --require-hashes -r requirements.txt と pip install --no-deps -r requirements-tsunagite.txt で、新しい版を入れてください。"
        )
    return Origin(
        str(data.get("version", "")), data["format"], {str(name): str(text) for name, text in data["files"].items()}
    )


def origin_text(origin: Origin) -> str:
    """Return the file's text."""
    return _ABOUT + dump({"version": origin.version, "format": origin.format, "files": dict(origin.files)})
