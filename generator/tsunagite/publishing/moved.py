"""A site that moved: the files that its former address shows from now on, so that codes in print and links still lead to every page.

Hosts that read ``_redirects`` (Netlify, Cloudflare Pages) or ``.htaccess`` (Apache) answer with 301. For all others each page is a small
page that leads on; ``sw.js`` takes the former site off devices that had saved it.
"""

from __future__ import annotations

import json
from html import escape
from pathlib import Path
from urllib.parse import quote, urlsplit

_WORKER = """\
// The site has moved: what this device has saved of it goes, and its pages are asked of the host again.
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) =>
  event.waitUntil(
    (async () => {
      await Promise.all((await caches.keys()).map((name) => caches.delete(name)));
      await self.registration.unregister();
      for (const page of await self.clients.matchAll({ type: "window" })) page.navigate(page.url);
    })(),
  ),
);
"""


def write_redirects(site: Path, folder: Path, former: str, present: str) -> int:
    """Write what the address ``former`` shows from now on into a new folder; return how many pages lead on.

    ``site`` is the built site: whatever page it has is at ``present`` under the same path. Raises FileExistsError where the folder holds anything.
    """
    present = present.rstrip("/")
    pages = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    if folder.exists() and any(folder.iterdir()):
        raise FileExistsError(folder)
    for name in pages:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_page(present, name.removesuffix("index.html")), encoding="utf-8", newline="\n")
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in _rules(urlsplit(former).path.rstrip("/"), present).items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    return len(pages)


def _rules(prefix: str, present: str) -> dict[str, str]:
    return {
        "_redirects": f"{prefix}/* {present}/:splat 301\n",
        ".htaccess": f"<IfModule mod_rewrite.c>\n  RewriteEngine On\n  RewriteRule ^(.*)$ {present}/$1 [R=301,L,NE]\n</IfModule>\n",
        "sw.js": _WORKER,
        "robots.txt": "User-agent: *\nAllow: /\n",  # search engines must see that every page has moved
    }


def _page(present: str, path: str) -> str:
    """Return a page that leads to its new address, with what was asked (``?``) and chosen (``#``) where scripts run."""
    target = f"{present}/{quote(path)}"
    script = f"location.replace({json.dumps(target)} + location.search + location.hash);".replace("<", "\\u003c")
    return (
        f'<!doctype html>\n<html lang="ja"><head><meta charset="utf-8"><title>ページが引っこしました</title>\n'
        f'<link rel="canonical" href="{escape(target)}"><meta name="viewport" content="width=device-width">\n'
        f"<script>{script}</script>\n"
        f'<noscript><meta http-equiv="refresh" content="0; url={escape(target)}"></noscript></head>\n'
        f'<body><p>このページは引っこしました。<a href="{escape(target)}">新しいページを開く</a></p></body></html>\n'
    )
