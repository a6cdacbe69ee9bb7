"""What a device keeps for places without a network: the manifest, the packs of saved files, and the service worker.

The packs are made last, from the files as they are published, so that pages of any other part join by their path alone.
A pack is one JSON object, path to text; its name ends with a hash of its content, so that equal packs are fetched once.
"""

from __future__ import annotations

import hashlib
import json
import re
import struct
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from tsunagite.engine.artifact import Artifact, Bundle, Frame
from tsunagite.engine.digest import digest
from tsunagite.engine.program import PACKAGE
from tsunagite.offline.record_data import file_count, file_of
from tsunagite.records.directory import Directory
from tsunagite.site.layout.browser import small
from tsunagite.site.layout.templates import DELICATE, Templates

FOLDER = "offline"
PACK = 320_000
"""Bytes in one pack, about (a fifth of it when compressed): a connection that breaks loses no more."""
KEPT = re.compile(
    r"assets/tsunagite/.*\.(css|js|json|svg)|assets/stylesheets/.*\.css|assets/app/icon\.svg|manifest\.webmanifest"
    r"|map/map\.js|search/.*\.json|data/.*\.json|contact/.*\.json|emergency/.*\.json"
    r"|((needs|kinds|levels|areas|search|list|map|contact|emergency|calendar|offline|offline/record|not-care-manager)/)?index\.html"
    r"|worksheets/([a-z0-9-]+/(form/)?)?index\.html"  # meetings are held where there is no signal
)
"""Paths that are saved. What a site does not have is no error."""
RECORDS, SEARCH, REST = "records", "search", "rest"
ICONS = ("icon.svg", "icon-192.png", "icon-512.png", "icon-maskable.png", "apple-touch-icon.png")


def app(directory: Directory, frame: Frame) -> Iterator[Artifact]:
    """Yield the manifest and icons with which the site can be put on a home screen, and the pages that need no network."""
    settings = directory.settings
    icons = [
        {"src": "assets/app/icon.svg", "sizes": "any", "type": "image/svg+xml"},
        {"src": "assets/app/icon-192.png", "sizes": "192x192", "type": "image/png"},
        {"src": "assets/app/icon-512.png", "sizes": "512x512", "type": "image/png"},
        {"src": "assets/app/icon-maskable.png", "sizes": "512x512", "type": "image/png", "purpose": "maskable"},
    ]
    shortcuts = [
        {"name": "さがす", "url": "search/"},
        {"name": "持ち出しリスト", "url": "list/"},
        {"name": "急ぐとき", "url": "emergency/"},
    ]
    manifest = {
        "name": settings.full_name, "short_name": settings.name, "lang": "ja", "dir": "ltr", "description": settings.description,
        "id": "./", "start_url": "./", "scope": "./", "display": "standalone", "background_color": "#fbfaf7", "theme_color": "#0f5b4a",
        "icons": icons, "shortcuts": shortcuts,
    }  # fmt: skip
    yield Artifact("manifest.webmanifest", json.dumps(manifest, ensure_ascii=False, indent=1).encode())
    yield Artifact("favicon.ico", _as_ico((PACKAGE / "offline" / "browser" / "app" / "icon-192.png").read_bytes()))
    for icon in ICONS:
        yield Artifact(f"assets/app/{icon}", (PACKAGE / "offline" / "browser" / "app" / icon).read_bytes())
    templates, files = Templates(), file_count(len(directory.published))
    for path, template, title, lead in (
        (
            "offline/",
            "offline",
            "電波のないところで使う",
            "さがす・相談先・持ち出しリストを、この端末に保存して使えます。",
        ),
        ("offline/record/", "offline_record", "保存した記録", "電波の届かないところで、保存した記録を出すページです。"),
    ):
        yield frame(templates.page(template, path, "offline", title, lead, files=files))


def service_worker(  # noqa: PLR0913 - what the build knows of a site, and how it reads and writes
    tiles_url: str,
    guides: Iterable[str],
    names: Iterable[str],
    read: Callable[[str], bytes],
    put: Callable[[Bundle], Sequence[str]],
    *,
    secret: Sequence[str],
) -> Artifact:
    """Make the packs, and return sw.js. ``names`` are all files of the site as it is about to be published; ``read`` gives one.

    ``tiles_url`` is where the map comes from, ``guides`` are the paths of the hand-written pages, ``secret`` those of papers that leave
    no trace (pages say so themselves: ``DELICATE``).

    ``put`` adds a pack to the site, or keeps that of the last build where it was made from the same, and returns its path.
    """
    written = {f"{path}index.html" for path in guides}
    groups: dict[str, list[str]] = {RECORDS: [], SEARCH: [], REST: []}
    for name in sorted(names):
        if KEPT.fullmatch(name) or name in written:
            groups[_group(name)].append(name)
    packs: dict[str, list[str]] = {}
    for group, files in groups.items():
        digests, size = {}, 0
        for name in files:  # one at a time: all files together are larger than all records
            content = read(name)
            digests[name] = hashlib.blake2b(content, digest_size=16).digest()
            size += len(content.decode())
        count = max(1, round(size / PACK))
        dealt: list[list[str]] = [[] for _ in range(count)]
        for name in files:
            dealt[file_of(name, count)].append(name)
        packs[group] = []
        for number, pack in enumerate(dealt):
            key = digest([(name, digests[name]) for name in pack])
            packs[group] += put(
                Bundle(f"{FOLDER}/{group}-{number}", key, partial(_pack, f"{FOLDER}/{group}-{number}", pack, read))
            )
    tiles = re.split(r"[{?]", tiles_url)[0]
    build = {
        "version": _digest(json.dumps(packs).encode()),
        "packs": packs,
        "tiles": tiles,
        "delicate": DELICATE,
        "secret": list(secret),
    }
    worker = PACKAGE / "offline" / "browser" / "worker" / "service_worker.js"
    script = small(worker.read_text(encoding="utf-8"))
    return Artifact("sw.js", f"self.BUILD = {json.dumps(build, separators=(',', ':'))};\n{script}".encode())


def _pack(path: str, names: Sequence[str], read: Callable[[str], bytes]) -> Iterator[Artifact]:
    """Yield some files as one."""
    content = json.dumps(
        {name: read(name).decode() for name in names}, ensure_ascii=False, separators=(",", ":")
    ).encode()
    yield Artifact(f"{path}-{_digest(content)}.json", content)


def _as_ico(png: bytes) -> bytes:
    """Return a picture as favicon.ico, which browsers and feed readers ask for unasked: the head of the format and one PNG of 192 pixels."""
    return struct.pack("<HHH", 0, 1, 1) + struct.pack("<BBBBHHII", 192, 192, 0, 0, 1, 32, len(png), 22) + png


def _group(name: str) -> str:
    """Return the group of a file (as ``packOf`` of offline/browser/worker/service_worker.js)."""
    if name.startswith("search/") and name.endswith(".json"):
        return SEARCH
    return RECORDS if name.startswith("data/records/") else REST


def _digest(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=6).hexdigest()
