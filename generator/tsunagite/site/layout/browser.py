"""Our style sheets and browser modules: they lie beside the feature that they belong to, and are published in one flat folder."""

from __future__ import annotations

import hashlib
import json
import re
from functools import cache
from pathlib import Path

from tsunagite.engine.program import PACKAGE

_IMPORTED = re.compile(r"""(["'])(?:\.\./)*(?:\w+/browser/|\./)(\w+\.js)\1""")
_IN_PLACE = re.compile(r'^@import "(\w+\.css)";\n', re.MULTILINE)  # one request for all that every page needs
_FACE = PACKAGE / "site" / "browser"
_PARTS = ("tokens.css",)  # style sheets that are published inside another
_STYLE_COMMENTS = re.compile(r"/\*[^*]*\*+(?:[^/*][^*]*\*+)*/\n*")
# Types and reasons are for those who read the sources: a third of every module on its way to a phone.
_COMMENTS = re.compile(
    r"^[ \t]*/\*\*(?:(?!\*/)[\s\S])*\*/[ \t]*\n|^[ \t]*//.*\n|/\*\* @(?:type|template) (?:(?!\*/).)*\*/ ?"
    r"|(?<=[;,{})\]]) {1,2}// [^\n\"'`]*$",  # no string ends behind it: it stands in none
    re.MULTILINE,
)


@cache
def sources() -> dict[str, Path]:
    """Return every style sheet and module (``<feature>/browser/*``) by the name under which it is published, sorted by name."""
    found = [path for path in PACKAGE.glob("*/browser/*") if path.suffix in (".css", ".js") and path.name not in _PARTS]
    return {path.name: path for path in sorted(found, key=lambda path: path.name)}


def published(name: str) -> str:
    """Return a style sheet or module as it is published: small, modules importing each other as neighbours, style sheets with those they import in place."""
    content = sources()[name].read_text(encoding="utf-8")
    if name.endswith(".js"):
        return _IMPORTED.sub(r"\1./\2\1", small(content))
    whole = _IN_PLACE.sub(lambda found: (_FACE / found[1]).read_text(encoding="utf-8"), content)
    return _STYLE_COMMENTS.sub("", whole)


def small(script: str) -> str:
    """Return a script of ours as ``make`` has made it small; without its comments only, where its text has been changed since."""
    return _made_small().get(hashlib.sha256(script.encode()).hexdigest()) or without_comments(script)


@cache
def _made_small() -> dict[str, str]:
    """Return what generator/fetch_assets.py has made of our scripts, by the digest of each text."""
    path = PACKAGE / "assets" / "scripts.json"
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else {}


def without_comments(script: str) -> str:
    """Return a module of ours without its comments (they stand on lines of their own or at the end of one, or are casts of a type)."""
    return _COMMENTS.sub("", script)
