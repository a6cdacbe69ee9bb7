"""A Markdown extension that does nothing under MkDocs, and says under Zensical which program builds this site.

Zensical reads ``mkdocs.yml`` but leaves out plugins that it does not know, without a word (seen with 0.0.73): the site would have the
hand-written pages only, and no record. It does load the Markdown extensions that ``mkdocs.yml`` names.
"""

from __future__ import annotations

import sys

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

SENTENCE = (
    "このサイトは Zensical では作れません（記録のページができません）。tsunagite build で作ってください。"
    " / Zensical cannot build this site (it leaves out every record): run `tsunagite build`."
)


class _OneSentence(Preprocessor):
    """Replaces the text of a page."""

    def run(self, lines: list[str]) -> list[str]:  # noqa: ARG002 - Markdown passes the lines of the page
        return [SENTENCE]


class ZensicalNotice(Extension):
    """Registers the sentence where Zensical runs."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Markdown's name
        """Called by Markdown for each page."""
        if "zensical" in sys.modules:
            sys.stderr.write(f"{SENTENCE}\n")
            md.preprocessors.register(_OneSentence(md), "tsunagite-zensical", 1000)


def makeExtension() -> ZensicalNotice:  # noqa: N802 - Markdown looks for this name
    """Return the extension. Called by Markdown."""
    return ZensicalNotice()
