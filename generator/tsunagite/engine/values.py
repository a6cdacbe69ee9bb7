"""Results as bytes in the store, and back. Nothing but plain values and our own classes is ever made of what a file says."""

from __future__ import annotations

import io
import pickle
from datetime import date
from typing import Any

_ALLOWED_FUNCTIONS = frozenset({("tsunagite.records.model.base.fields", "restore_part")})
_ALLOWED: dict[tuple[str, str], Any] = {("datetime", "date"): date}


def encode(value: object) -> bytes:
    """Return a value as bytes: bytes as they are, all else pickled."""
    return b"b" + value if isinstance(value, bytes) else b"p" + pickle.dumps(value, protocol=5)


def decode(content: bytes) -> Any:
    """Return the value of some bytes. Raises UnpicklingError where they ask for anything that is not ours."""
    return content[1:] if content[:1] == b"b" else _Unpickler(io.BytesIO(content[1:])).load()


class _Unpickler(pickle.Unpickler):
    """Finds our own classes, days, and the function that restores a part of a record; nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        """Return what a result may be made of. Raises UnpicklingError for anything else."""
        if (known := _ALLOWED.get((module, name))) is None:
            found = super().find_class(module, name) if module.startswith("tsunagite.") and "." not in name else None
            ours = isinstance(found, type) and found.__module__ == module
            if not ours and (module, name) not in _ALLOWED_FUNCTIONS:
                raise pickle.UnpicklingError(f"{module}.{name}")
            known = _ALLOWED[module, name] = found
        return known
