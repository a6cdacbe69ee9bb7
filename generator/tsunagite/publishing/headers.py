"""The headers that a host is asked to send with a built site, with a policy as strict as its pages allow.

Everything may come from the site alone (``default-src 'self'``), map tiles also from their host. Our own pages hold no script and no
style; those that a theme writes into a page are allowed by their hashes. What a page with a policy of its own
(``<meta http-equiv>``, the web editor) allows itself is allowed in its folder, too, for both policies hold. Pages that must leave
no trace on a device are kept by no browser (``no-store``).
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

from tsunagite.site.layout.templates import DELICATE

FIXED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",  # others learn the site's name and never which page was read
    "Cache-Control": "no-cache",  # ask each time whether a file is new: a corrected number is seen at once
}
_OWN_FRAMES = "frame-ancestors 'self'"
_NO_STORE = {"Cache-Control": "no-store"}
TILES = "assets/tsunagite/tiles.json"
"""Tells where the map comes from (``site/files.py``)."""
FRAMED = "embed"
"""The one folder whose pages may stand in frames of other sites: lists for a hospital's or a council's site."""
MOST_RULES = 100
"""As many rules as Cloudflare Pages takes."""
MOST_FOLDERS = 60
"""A site with more folders has one rule for all, and then no page stands in a frame elsewhere; the rest of the rules is for single pages."""
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


def headers_of(site: Path, folder: str = "") -> dict[str, str]:
    """Return the headers of every file of a built site; ``folder`` is the one of ``wide_folders`` that a file lies in, if any."""
    return {**FIXED, "Content-Security-Policy": policy_of(site, folder)}


def wide_folders(site: Path) -> list[str]:
    """Return the folders at the root of a site that hold a page with a policy of its own: they get a policy of their own."""
    found = {
        path.relative_to(site).parts[0]
        for path, text in _pages(site)
        if path.parent != site and any(_own_policies(text))
    }
    return sorted(found)


def policy_of(site: Path, folder: str = "") -> str:
    """Return the Content-Security-Policy under which the pages of a folder work, or all that lie in none of ``wide_folders``."""
    wide = wide_folders(site)
    pages = [(path, text) for path, text in _pages(site) if (_folder_of(path, site, wide)) == folder]
    return _policy([text for _, text in pages], tile_host(site))


def _folder_of(path: Path, site: Path, wide: list[str]) -> str:
    first = path.relative_to(site).parts[0]
    return first if first in wide else ""


def tile_host(site: Path) -> str:
    """Return the origin that map tiles come from ("https://tiles.example"; with {s} a wildcard), or "" where a site has no map."""
    path = site / TILES
    url = urlsplit(json.loads(path.read_text(encoding="utf-8"))["tiles"]) if path.is_file() else urlsplit("")
    return f"{url.scheme}://{url.netloc.replace('{s}', '*')}" if url.netloc else ""


def _pages(site: Path) -> Iterator[tuple[Path, str]]:
    for path in sorted(site.rglob("*.html")):
        yield path, path.read_text(encoding="utf-8", errors="replace")


def _policy(pages: list[str], tiles: str) -> str:
    """Return the policy under which some pages work."""
    # In the order found, each once. data: is for the small pictures that style sheets hold.
    allowed: dict[str, dict[str, int]] = {
        "default-src": {},
        "script-src": {},
        "style-src": {},
        "img-src": {"data:": 0, **({tiles: 0} if tiles else {})},
        "connect-src": {tiles: 0} if tiles else {},
    }
    attributes = False
    for text in pages:
        for directive, source in _sources(text):
            allowed.setdefault(directive, {})[source] = 0
        attributes = attributes or bool(_STYLE_ATTRIBUTE.search(text))
    rules = [f"{directive} {_written(found)}" for directive, found in allowed.items()]
    if attributes and _INLINE not in allowed["style-src"]:
        rules.append(f"style-src-attr {_INLINE}")
    return "; ".join((*rules, "base-uri 'self'", "form-action 'self'", "object-src 'none'", _OWN_FRAMES))


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
    for own in _own_policies(text):
        for rule in own.split(";"):
            directive, *sources = rule.split() or ("",)
            if directive.endswith("-src") and directive != "default-src":
                yield from ((directive, source) for source in sources if source not in (_SELF, "'none'"))


def _own_policies(text: str) -> Iterator[str]:
    """Yield the policies that a page sets itself and that allow more than the site's own files."""
    for tag in _META.findall(text):
        if "content-security-policy" in tag.lower() and (own := _CONTENT.search(tag)):
            yield unescape(own[1])


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
    policy = policy_of(site)
    hidden = delicate_paths(site)
    folders = sorted(path.name for path in site.iterdir() if path.is_dir())
    own = {name: policy_of(site, name) for name in wide_folders(site)}
    if FRAMED in folders:
        own[FRAMED] = own.get(FRAMED, policy).replace(_OWN_FRAMES, "frame-ancestors *")
    if not own or len(folders) > MOST_FOLDERS:
        everywhere = {**FIXED, "Content-Security-Policy": _policy([text for _, text in _pages(site)], tile_host(site))}
        rules = [_rule("/*", everywhere)]
        files = {".htaccess": _apache(everywhere, hidden)}
    else:
        # Where several rules fit, hosts join the values, and the strictest policy counts: so no rule with a policy fits a folder that has its own.
        usual = [
            "/",
            *(f"/{path.name}" for path in sorted(site.glob("*.html"))),
            *(f"/{name}/*" for name in folders if name not in own),
        ]
        rules = [
            _rule("/*", FIXED),
            *(_rule(pattern, {"Content-Security-Policy": policy}) for pattern in usual),
            *(_rule(f"/{name}/*", {"Content-Security-Policy": its}) for name, its in own.items()),
        ]
        files = {".htaccess": _apache({**FIXED, "Content-Security-Policy": policy}, hidden)}
        for name, its in own.items():
            files[f"{name}/.htaccess"] = _apache({**FIXED, "Content-Security-Policy": its}, ())
    room = MOST_RULES - len(rules)
    rules += [_rule(f"/{path}", _NO_STORE) for path in hidden[:room]]
    return {"_headers": "".join(rules), **files}


def delicate_paths(site: Path) -> list[str]:
    """Return the addresses below the root of all pages that must leave no trace, as their heads say (``DELICATE``), records first."""
    found = [
        path.relative_to(site).as_posix().removesuffix("index.html") for path, text in _pages(site) if DELICATE in text
    ]
    return sorted(found, key=lambda path: (not path.startswith("r/"), path.count("/"), path))


def _rule(pattern: str, headers: Mapping[str, str]) -> str:
    return f"{pattern}\n" + "".join(f"  {name}: {value}\n" for name, value in headers.items())


def _apache(headers: Mapping[str, str], hidden: Sequence[str]) -> str:
    lines = "".join(f'  Header always set {name} "{value}"\n' for name, value in headers.items())
    if hidden:
        pages = "|".join(re.escape(path) for path in hidden)
        lines += f'  <If "%{{REQUEST_URI}} =~ m#/(?:{pages})(?:index\\.html)?$#">\n    Header always set Cache-Control "no-store"\n  </If>\n'
    return f"<IfModule mod_headers.c>\n{lines}</IfModule>\n"
