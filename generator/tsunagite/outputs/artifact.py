"""Artifact: a path and bytes, the only thing that leaves the engine. Page: one page before its frame."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Artifact:
    """One file of the site. ``path`` is relative to the site's root, with ``/``."""

    path: str
    content: bytes


@dataclass(frozen=True)
class Page:
    """A page without its frame. ``path`` ends with ``/`` (or is empty: home); ``body`` and ``head`` are safe HTML."""

    path: str
    section: str
    title: str
    description: str
    body: str
    head: str = ""

    @property
    def depth(self) -> int:
        """How many folders deep the page lies."""
        return self.path.count("/")

    @property
    def base(self) -> str:
        """The relative way from the page to the root of the site."""
        return "../" * self.depth or "./"


Frame = Callable[[Page], Artifact]
"""Puts the theme's frame around a page."""
