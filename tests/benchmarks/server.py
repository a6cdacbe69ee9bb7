"""A small web server for one site on the loopback: gzip as on GitHub Pages, and a list of every byte it sent."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache, partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

COMPRESSED = (
    "text/",
    "application/javascript",
    "application/json",
    "application/xml",
    "image/svg+xml",
    "application/manifest+json",
)


class Sent(NamedTuple):
    """One answer: the path asked for, and its bytes on the wire (head and body)."""

    path: str
    size: int


class Served:
    """A site that is being served, and what it has sent so far."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.sent: list[Sent] = []

    def since(self, mark: int) -> list[Sent]:
        """Return what was sent after ``mark`` answers."""
        return self.sent[mark:]


@contextmanager
def serving(site: Path) -> Iterator[Served]:
    """Serve a folder while the block runs."""
    served = Served("")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, site=site, served=served))
    server.daemon_threads = True
    served.address = f"http://127.0.0.1:{server.server_port}/"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, *args: Any, site: Path, served: Served) -> None:
        self.site, self.served = site, served
        super().__init__(*args)

    def do_GET(self) -> None:
        """Answer with a file, with the index of a folder, or 404."""
        name = unquote(urlsplit(self.path).path)
        path = self.site / name.lstrip("/")
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file() or ".." in path.parts:
            self._answer(404, "text/plain", b"")
            return
        kind = guess_type(path.name)[0] or "application/octet-stream"
        self._answer(200, kind, _body(path, kind.startswith(COMPRESSED)), zipped=kind.startswith(COMPRESSED))

    def _answer(self, code: int, kind: str, body: bytes, *, zipped: bool = False) -> None:
        head = {"Content-Type": kind, "Content-Length": str(len(body)), "Cache-Control": "max-age=600"}
        head |= {"Content-Encoding": "gzip"} if zipped else {}
        self.send_response(code)
        for key, value in head.items():
            self.send_header(key, value)
        with suppress(ConnectionError):  # the visitor has left
            self.end_headers()
            self.wfile.write(body)
        size = len(body) + sum(len(key) + len(value) + 4 for key, value in head.items())
        self.served.sent.append(Sent(unquote(urlsplit(self.path).path).lstrip("/"), size))

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name that http.server gives it
        """Stay silent."""


@cache
def _body(path: Path, zipped: bool) -> bytes:
    content = path.read_bytes()
    return gzip.compress(content, 9, mtime=0) if zipped else content
