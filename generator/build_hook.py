"""Refuse to build a wheel or source archive that lacks the browser files, fonts and icons (a hook of hatchling).

They are fetched with npm and are never committed, so a fresh clone has none. A package without them installs, and its
first site then stops for a reason that its user cannot mend. An editable install needs none: `make` fetches them next.
"""

import runpy
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

REFUSED = """\
地図・文字・アイコンの部品（generator/tsunagite/assets/）が{state}ため、配布物（wheel・sdist）を作りません。\
先に make site か python generator/fetch_assets.py を実行してください。
No wheel or sdist is built: the map, font and icon files (generator/tsunagite/assets/) are {english}. \
Run `make site` or `python generator/fetch_assets.py` first."""


class BrowserFilesHook(BuildHookInterface[Any]):
    """Stops the build of a package where a browser file is missing or older than package-lock.json."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling decides the arguments
        """Stop with one sentence in Japanese and English. Called by hatchling before it collects the files."""
        if version == "editable":
            return
        fetch = runpy.run_path(
            str(Path(self.root, "generator", "fetch_assets.py"))
        )  # a script, no module of the package
        if fetch["missing_files"]():
            self.app.abort(REFUSED.format(state="ない", english="missing"))
        if not fetch["is_current"](dev=False):
            self.app.abort(REFUSED.format(state="古い", english="out of date"))
