"""The headers that a host is asked to send with a built site, with a policy as strict as its pages allow.

Scripts and style sheets may come from the site alone. The scripts that a theme writes into a page are allowed by their hashes; what
a page with a policy of its own (``<meta http-equiv>``, the web editor) allows itself is allowed here, too, for both policies hold.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import Path

FIXED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",  # others learn the site's name and never which page was read
    "Cache-Control": "no-cache",  # ask each time whether a file is new: a corrected number is seen at once
}
_OWN_FRAMES = "frame-ancestors 'self'"
_EVERYWHERE = f"base-uri 'self'; object-src 'none'; {_OWN_FRAMES}"
FRAMED = "embed"
"""The one folder whose pages may stand in frames of other sites: lists for a hospital's or a council's site."""
MOST_FOLDERS = 90
"""Cloudflare Pages takes 100 rules. A site with more folders has one rule for all, and then no page stands in a frame elsewhere."""
_SELF, _INLINE = "'self'", "'unsafe-inline'"
MOST_HASHES = 25
"""Cloudflare Pages takes lines of 2,000 characters; a site with more scripts in its pages may have any there."""
_OPENED = re.compile(r"<(script|style)\b([^<>]*)>", re.IGNORECASE)
_CLOSED = {"script": re.compile("</script", re.IGNORECASE), "style": re.compile("</style", re.IGNORECASE)}
_RUNS = re.compile(
    r"\btype\s*=\s*[\"']?(?:module|importmap|speculationrules|(?:text|application)/(?:java|ecma)script)\b",
    re.IGNORECASE,
)
_TYPE, _SOURCE = re.compile(r"\btype\s*=", re.IGNORECASE), re.compile(r"\bsrc\s*=", re.IGNORECASE)
_STYLE_ATTRIBUTE = re.compile(r"<[a-z][^<>]*\sstyle\s*=", re.IGNORECASE)
_META, _CONTENT = (
    re.compile(r"<meta\s[^<>]*>", re.IGNORECASE),
    re.compile(r"\bcontent\s*=\s*\"([^\"]*)\"", re.IGNORECASE),
)


def headers_of(site: Path) -> dict[str, str]:
    """Return the headers of every file of a built site."""
    return {**FIXED, "Content-Security-Policy": policy_of(site)}


def policy_of(site: Path) -> str:
    """Return the Content-Security-Policy under which every page of a built site works."""
    allowed: dict[str, dict[str, int]] = {"script-src": {}, "style-src": {}}  # in the order found, each once
    attributes = False
    for path in sorted(site.rglob("*.html")):
        text = path.read_text(encoding="utf-8", errors="replace")
        for directive, source in _sources(text):
            allowed[directive][source] = 0
        attributes = attributes or bool(_STYLE_ATTRIBUTE.search(text))
    rules = [_EVERYWHERE, *(f"{directive} {_written(found)}" for directive, found in allowed.items())]
    if attributes and _INLINE not in rules[-1]:
        rules.append(f"style-src-attr {_INLINE}")
    return "; ".join(rules)


def _sources(text: str) -> Iterator[tuple[str, str]]:
    """Yield (directive, source) of everything that stands in a page and needs to be allowed."""
    end = 0
    for found in _OPENED.finditer(text):
        if found.start() < end:
            continue
        element, attributes = found[1].lower(), found[2]
        closed = _CLOSED[element].search(text, found.end())
        if closed is None:
            break
        end = closed.start()
        if element == "style":
            yield "style-src", _hash(text[found.end() : end])
        elif not _SOURCE.search(attributes) and (_RUNS.search(attributes) or not _TYPE.search(attributes)):
            yield "script-src", _hash(text[found.end() : end])
    for tag in _META.findall(text):
        if "content-security-policy" in tag.lower() and (own := _CONTENT.search(tag)):
            for rule in unescape(own[1]).split(";"):
                directive, *sources = rule.split() or ("",)
                if directive in ("script-src", "style-src"):
                    yield from ((directive, source) for source in sources if source not in (_SELF, "'none'"))


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _written(found: dict[str, int]) -> str:
    """Return the sources of a directive; browsers ignore 'unsafe-inline' beside hashes, so it stands alone."""
    if _INLINE in found or sum(source.startswith("'sha256-") for source in found) > MOST_HASHES:
        return " ".join(
            (_SELF, _INLINE, *sorted(source for source in found if not source.startswith(("'sha256-", _INLINE))))
        )
    return " ".join((_SELF, *sorted(found)))


def header_files(site: Path) -> dict[str, str]:
    """Return the files that tell hosts the headers: ``_headers`` (Netlify, Cloudflare Pages) and ``.htaccess`` (Apache)."""
    headers = headers_of(site)
    policy = headers["Content-Security-Policy"]
    folders = sorted(path.name for path in site.iterdir() if path.is_dir())
    if FRAMED not in folders or len(folders) > MOST_FOLDERS:
        return {"_headers": _rule("/*", headers), ".htaccess": _apache(headers)}
    framed = {"Content-Security-Policy": policy.replace(_OWN_FRAMES, "frame-ancestors *")}
    # Where several rules fit, hosts join the values, and the strictest policy counts: so no rule with a policy fits the framed folder and another.
    own = [
        "/",
        *(f"/{path.name}" for path in sorted(site.glob("*.html"))),
        *(f"/{name}/*" for name in folders if name != FRAMED),
    ]
    rules = [
        _rule("/*", FIXED),
        *(_rule(pattern, {"Content-Security-Policy": policy}) for pattern in own),
        _rule(f"/{FRAMED}/*", framed),
    ]
    return {"_headers": "".join(rules), ".htaccess": _apache(headers), f"{FRAMED}/.htaccess": _apache(framed)}


def _rule(pattern: str, headers: Mapping[str, str]) -> str:
    return f"{pattern}\n" + "".join(f"  {name}: {value}\n" for name, value in headers.items())


def _apache(headers: Mapping[str, str]) -> str:
    lines = "".join(f'  Header always set {name} "{value}"\n' for name, value in headers.items())
    return f"<IfModule mod_headers.c>\n{lines}</IfModule>\n"
