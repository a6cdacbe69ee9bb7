"""Artifact: a path and bytes, the only thing that leaves the engine. Page: one page before its frame."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tsunagite.findings import Finding


@dataclass(frozen=True)
class Artifact:
    """One file of the site. ``path`` is relative to the site's root, with ``/``."""

    path: str
    content: bytes

    @classmethod
    def json(cls, path: str, data: object) -> Artifact:
        """Return data as a file that programs read."""
        return cls(path, json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode())


@dataclass(frozen=True)
class Draft:
    """An artifact that is made only where the last build did not make it from the same.

    ``key`` stands for everything ``make`` looks at (``Keys`` makes it), but for the program and the frame of a
    page of this ``section``, which the build adds. What is left out of the key is what an edit will not change.
    """

    path: str
    key: bytes
    make: Callable[[], Artifact]
    section: str | None = None

    @property
    def content(self) -> bytes:
        """What it holds, made now."""
        return self.make().content


@dataclass(frozen=True)
class Bundle:
    """All files of an output, none of which is looked at where the last build made them from the same.

    ``key`` is as in ``Draft``: it stands for everything that any of them is made from. One that has something to tell is made every time.
    """

    name: str
    key: bytes
    make: Callable[[], Iterator[Made | Finding]]


Made = Artifact | Draft
"""What an output yields: artifacts, or drafts where making them takes time. An artifact is always right."""


@dataclass(frozen=True)
class Page:
    """A page without its frame. ``path`` ends with ``/`` (or is empty: home); ``body`` and ``head`` are safe HTML."""

    path: str
    section: str
    title: str
    description: str
    body: str
    head: str = ""
    picture: str = ""
    """The path of what other services show beside a link to it; "": the picture of the site."""

    @property
    def depth(self) -> int:
        """How many folders deep the page lies."""
        return self.path.count("/")


def base_of(path: str) -> str:
    """Return the relative way from a page to the root of the site."""
    return "../" * path.count("/") or "./"


Frame = Callable[[Page], Artifact]
"""Puts the theme's frame around a page."""


def page_draft(path: str, section: str, key: bytes, make: Callable[[], Page], frame: Frame) -> Draft:
    """Return the draft of a page in its frame; ``key`` as in ``Draft``."""
    return Draft(f"{path}index.html", key, lambda: frame(make()), section)
