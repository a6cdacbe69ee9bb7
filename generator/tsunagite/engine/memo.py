"""memo: functions whose results are kept from one build to the next, by digests of exactly their inputs.

This is "constructive traces with early cut-off" of Mokhov, Mitchell, Peyton Jones, "Build Systems à la Carte" (2018)::

    card = memo(card_of)(context, record)        # a Ref: nothing has run yet
    page = memo(render_record)(layout, card)     # its key is made of the *digest* of the card

The key of a ``Ref`` is the digest of the function's name, of the engine, and of the inputs. Where the store knows the key,
``Ref.digest`` is known without running anything; ``Ref.value`` loads or runs when somebody needs it. So an edit that leaves
a result equal stops there: whatever is made of that result has the same key as before.

The function must be a pure function of its inputs, found by its name (no lambda, no closure), and gets nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pickle import UnpicklingError
from typing import Any, Generic, ParamSpec, TypeVar
from zlib import crc32

from tsunagite.engine import values
from tsunagite.engine.digest import Digested, digest
from tsunagite.engine.processes import map_in_processes
from tsunagite.engine.program import reading_program
from tsunagite.engine.store import Changes, Store

T = TypeVar("T")
P = ParamSpec("P")
_TRACE, _VALUE = "trace", "value"
"""Namespaces of the store: key -> digest of the result; key -> the result."""
_NOTHING: Any = object()
_STORE: ContextVar[Store | None] = ContextVar("store", default=None)


class Known(Digested, Generic[T]):
    """An input whose digest is that of what it was made of: quicker to tell than its own."""

    __slots__ = ("_digest", "value")

    def __init__(self, value: T, *made_of: object) -> None:
        """Let ``made_of`` stand for ``value``: it must decide all of it."""
        self.value, self._digest = value, digest(*made_of)

    @property
    def digest(self) -> bytes:
        """What stands for the value."""
        return self._digest


def chunks(items: Iterable[T], digest_of: Callable[[T], bytes], size: int) -> Iterator[Known[list[T]]]:
    """Yield items that follow each other as inputs of ``size`` items on average; ``digest_of`` stands for an item.

    Where a chunk ends is decided by the digest of its last item: one item more moves no other from chunk to chunk.
    """
    chunk: list[T] = []
    digests: list[bytes] = []
    for item in items:
        chunk.append(item)
        digests.append(digest_of(item))
        if crc32(digests[-1]) % size == 0:
            yield Known(chunk, digests)
            chunk, digests = [], []
    if chunk:
        yield Known(chunk, digests)


@contextmanager
def using(store: Store) -> Iterator[Store]:
    """Let every memoised function that is called inside use ``store``. Outside, results are made and not kept."""
    before = _STORE.set(store)
    try:
        yield store
    finally:
        _STORE.reset(before)


class Ref(Digested, Generic[T]):
    """The result of a memoised function, whether it has been made or not."""

    __slots__ = ("_digest", "_function", "_inputs", "_keep", "_store", "_value", "key")

    def __init__(self, function: Callable[..., T], inputs: tuple[Any, ...], engine: bytes, *, keep: bool) -> None:
        """Name a result. See ``memo``."""
        self.key = digest(f"{function.__module__}.{function.__qualname__}", engine, inputs)
        self._function, self._inputs, self._keep = function, inputs, keep
        self._store = _STORE.get()
        self._digest: bytes | None = None
        self._value: T = _NOTHING

    @property
    def is_known(self) -> bool:
        """Whether the store has what nobody needs to make again: the result, or of one that is not kept its digest."""
        return self._store is not None and self._store.has(_VALUE if self._keep else _TRACE, self.key)

    @property
    def digest(self) -> bytes:
        """What stands for the result: equal for equal results."""
        if self._digest is None:
            self._digest = self._store.get(_TRACE, self.key) if self._store else None
        if self._digest is None:
            self._digest = digest(self.value)
            if self._store:
                self._store.put(_TRACE, self.key, self._digest)
        return self._digest

    @property
    def value(self) -> T:
        """The result: loaded where it was kept, else made now."""
        if self._value is _NOTHING:
            kept = self._store.get(_VALUE, self.key) if self._keep and self._store else None
            with suppress(UnpicklingError):
                self._value = _NOTHING if kept is None else values.decode(kept)
            if self._value is _NOTHING:
                self._run()
        return self._value

    def run_and_forget(self) -> None:
        """Make the result for the store alone: what is loaded from there may be smaller than what was made."""
        self._run()
        if not self._keep:
            self.digest  # noqa: B018 - all that the store gets of it
        self._value = _NOTHING

    def _run(self) -> None:
        self._value = self._function(*[one.value if isinstance(one, (Ref, Known)) else one for one in self._inputs])
        if self._keep and self._store:
            self._store.put(_VALUE, self.key, values.encode(self._value))


def memo(function: Callable[P, T], *, keep: bool = True, engine: bytes | None = None) -> Callable[..., Ref[T]]:
    """Return the function memoised: called with inputs (plain, or Refs of them) it gives a ``Ref`` of its result.

    ``keep`` says whether results are kept: not where making one costs no more than reading it; its digest is kept anyway.
    ``engine`` stands for the program, where less than all of it decides the result.
    """

    def call(*inputs: Any) -> Ref[T]:
        return Ref(function, inputs, reading_program().encode() if engine is None else engine, keep=keep)

    return call


def run_all(refs: Sequence[Ref[Any]], *, alone: bool = False) -> None:
    """Make every result that is not known, and commit; in two processes, where that is possible and not to be done ``alone``."""
    store = _STORE.get()
    unknown = [ref for ref in refs if not ref.is_known]
    if not store or not unknown:
        return

    def run(jobs: Iterator[Ref[Any]]) -> Changes:
        for ref in jobs:
            ref.run_and_forget()
        return store.changes()

    for changes in map_in_processes(unknown, run, alone=alone):
        store.join(changes)
    store.commit()
