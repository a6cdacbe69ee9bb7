"""InUse: the cache that outputs use while a build runs, without its being handed through every function."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Generic, TypeVar

CacheT = TypeVar("CacheT")


class InUse(Generic[CacheT]):
    """One kind of cache. Outside of ``using`` there is none."""

    def __init__(self, name: str) -> None:
        self._cache: ContextVar[CacheT | None] = ContextVar(name, default=None)

    def get(self) -> CacheT | None:
        """Return the cache of the build that runs, if it has one."""
        return self._cache.get()

    @contextmanager
    def using(self, cache: CacheT | None) -> Iterator[None]:
        """Let everything that is made inside use ``cache`` (None: make everything anew)."""
        before = self._cache.set(cache)
        try:
            yield
        finally:
            self._cache.reset(before)
