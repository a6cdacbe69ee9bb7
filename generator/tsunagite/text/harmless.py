"""What of the text of content/ a page does not obey: HTML, and links that run something. A page shows the one as text, the other without a link."""

from __future__ import annotations

import re
from collections.abc import Iterator

_IGNORED = re.compile(r"[\t\r\n]")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]{0,30}):")
_SCHEMES = frozenset(("http", "https", "mailto", "tel"))
_EDGES = "".join(map(chr, range(0x21)))
_CODE = re.compile(r"```.*?(?:```|\Z)|~~~.*?(?:~~~|\Z)|`[^`\n]*`", re.DOTALL)
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9-]{0,20}(?=[\s/>])")
_LINK = re.compile(r"(?<=\]\()[^()\s]{1,200}")


def may_be_linked(address: str) -> bool:
    """Tell whether a page may link to an address: a page of any site, a mail or a telephone, never a script.

    Browsers skip control characters at both ends, and tabs and line ends anywhere (WHATWG URL standard, 4.4).
    """
    scheme = _SCHEME.match(_IGNORED.sub("", address).strip(_EDGES))
    return scheme is None or scheme[1].lower() in _SCHEMES


def without_effect(prose: str) -> Iterator[tuple[int, str]]:
    """Yield what Markdown would obey and our pages do not, with its place: the beginnings of HTML tags, addresses of links."""
    text = _CODE.sub(lambda code: " " * len(code[0]), prose)
    for found in _TAG.finditer(text):
        yield found.start(), found[0]
    for found in _LINK.finditer(text):
        if not may_be_linked(found[0]):
            yield found.start(), found[0]
