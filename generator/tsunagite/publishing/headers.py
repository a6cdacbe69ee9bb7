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
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True)
class _Found:
    """What the pages of a folder at the root hold that a policy must allow."""

    allowed: frozenset[tuple[str, str]]
    """(directive, source)."""
    has_style_attributes: bool
    sets_own_policy: bool


@dataclass(frozen=True)
class Pages:
    """What the policy of a built site depends on, read once."""

    folders: Mapping[str, _Found]
    """By folder at the root; "" holds the pages that lie in none."""
    delicate: tuple[str, ...]
    """Addresses below the root of the pages that must leave no trace (``DELICATE`` in their heads), records first."""
    tiles: str
    """The origin of the map tiles ("https://tiles.example"; with {s} a wildcard), or "" where a site has no map."""

    @classmethod
    def of(cls, site: Path) -> Pages:
        """Read the pages of a built site."""
        found: dict[str, _Found] = {}
        delicate = []
        for path in sorted(site.rglob("*.html")):
            place = path.relative_to(site)
            text = path.read_text(encoding="utf-8", errors="replace")
            folder = place.parts[0] if len(place.parts) > 1 else ""
            before = found.get(folder, _Found(frozenset(), has_style_attributes=False, sets_own_policy=False))
            found[folder] = _Found(
                before.allowed.union(_sources(text)),
                before.has_style_attributes or bool(_STYLE_ATTRIBUTE.search(text)),
                before.sets_own_policy or any(_own_policies(text)),
            )
            if DELICATE in text:
                delicate.append(place.as_posix().removesuffix("index.html"))
        delicate.sort(key=lambda path: (not path.startswith("r/"), path.count("/"), path))
        return cls(found, tuple(delicate), _tile_host(site))

    @property
    def apart(self) -> list[str]:
        """The folders that get a policy of their own: a page in them sets one itself, or other sites may frame them."""
        return sorted(
            name for name, found in self.folders.items() if name and (found.sets_own_policy or name == FRAMED)
        )

    def policy(self, folder: str = "") -> str:
        """Return the policy under which the pages of one of ``apart`` work, or all pages outside of them."""
        names = [folder] if folder in self.apart else [name for name in self.folders if name not in self.apart]
        policy = self._policy([self.folders[name] for name in names])
        return policy.replace(_OWN_FRAMES, "frame-ancestors *") if folder == FRAMED else policy

    def policy_of_all(self) -> str:
        """Return the one policy under which all pages work, where a host takes no more rules."""
        return self._policy(list(self.folders.values()))

    def _policy(self, pages: Sequence[_Found]) -> str:
        # data: is for the small pictures that style sheets hold.
        allowed: dict[str, set[str]] = {
            "default-src": set(),
            "script-src": set(),
            "style-src": set(),
            "img-src": {"data:"},
            "connect-src": set(),
        }
        if self.tiles:
            allowed["img-src"].add(self.tiles)
            allowed["connect-src"].add(self.tiles)
        for found in pages:
            for directive, source in found.allowed:
                allowed.setdefault(directive, set()).add(source)
        rules = [f"{directive} {_written(sources)}" for directive, sources in allowed.items()]
        if any(found.has_style_attributes for found in pages) and _INLINE not in allowed["style-src"]:
            rules.append(f"style-src-attr {_INLINE}")
        return "; ".join((*rules, "base-uri 'self'", "form-action 'self'", "object-src 'none'", _OWN_FRAMES))


def headers_of(site: Path) -> dict[str, dict[str, str]]:
    """Return the headers of the files of a built site: under "" those of all files, and those of the folders that differ."""
    pages = Pages.of(site)
    return {name: {**FIXED, "Content-Security-Policy": pages.policy(name)} for name in ("", *pages.apart)}


def _tile_host(site: Path) -> str:
    path = site / TILES
    url = urlsplit(json.loads(path.read_text(encoding="utf-8"))["tiles"]) if path.is_file() else urlsplit("")
    return f"{url.scheme}://{url.netloc.replace('{s}', '*')}" if url.netloc else ""


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


def _written(found: Collection[str]) -> str:
    """Return the sources of a directive; browsers ignore 'unsafe-inline' beside hashes, so it stands alone."""
    if _INLINE in found or sum(source.startswith("'sha256-") for source in found) > MOST_HASHES:
        return " ".join(
            (_SELF, _INLINE, *sorted(source for source in found if not source.startswith(("'sha256-", _INLINE))))
        )
    return " ".join((_SELF, *sorted(found)))


def header_files(site: Path) -> dict[str, str]:
    """Return the files that tell hosts the headers: ``_headers`` (Netlify, Cloudflare Pages) and ``.htaccess`` (Apache)."""
    pages = Pages.of(site)
    folders = sorted(path.name for path in site.iterdir() if path.is_dir())
    if len(folders) > MOST_FOLDERS:
        everywhere = {**FIXED, "Content-Security-Policy": pages.policy_of_all()}
        rules, files = [_rule("/*", everywhere)], {".htaccess": _apache(everywhere, pages.delicate)}
    else:
        # Where several rules fit, hosts join the values, and the strictest policy counts: so no rule with a policy fits a folder that has its own.
        patterns = {"/": "", **{f"/{path.name}": "" for path in sorted(site.glob("*.html"))}}
        patterns |= {f"/{name}/*": name if name in pages.apart else "" for name in folders}
        rules = [_rule("/*", FIXED)]
        rules += [_rule(pattern, {"Content-Security-Policy": pages.policy(name)}) for pattern, name in patterns.items()]
        files = {".htaccess": _apache({**FIXED, "Content-Security-Policy": pages.policy()}, pages.delicate)}
        for name in pages.apart:
            files[f"{name}/.htaccess"] = _apache({**FIXED, "Content-Security-Policy": pages.policy(name)}, ())
    rules += [_rule(f"/{path}", _NO_STORE) for path in pages.delicate[: MOST_RULES - len(rules)]]
    return {"_headers": "".join(rules), **files}


def _rule(pattern: str, headers: Mapping[str, str]) -> str:
    return f"{pattern}\n" + "".join(f"  {name}: {value}\n" for name, value in headers.items())


def _apache(headers: Mapping[str, str], hidden: Sequence[str]) -> str:
    lines = "".join(f'  Header always set {name} "{value}"\n' for name, value in headers.items())
    if hidden:
        pages = "|".join(re.escape(path) for path in hidden)
        lines += f'  <If "%{{REQUEST_URI}} =~ m#/(?:{pages})(?:index\\.html)?$#">\n    Header always set Cache-Control "no-store"\n  </If>\n'
    return f"<IfModule mod_headers.c>\n{lines}</IfModule>\n"
