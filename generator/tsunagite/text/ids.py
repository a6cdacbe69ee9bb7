"""Ids: which are still free, and what of a cell can be a part of one."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Container

from tsunagite.text.kana import as_reading, is_reading
from tsunagite.text.normalize import nfkc
from tsunagite.text.romaji import romaji

_NO_PART = re.compile(r"[^a-z0-9]+")
_LONGEST = 40  # characters of a reading in an id


def free_id(wanted: str, taken: Container[str]) -> str:
    """Return the id as wanted, or the first of ``wanted-2``, ``wanted-3`` ... that nothing has."""
    free, count = wanted, 1
    while free in taken:
        count += 1
        free = f"{wanted}-{count}"
    return free


def id_part(text: str) -> str:
    """Return a number, reading or name as a part of an id: 医-12 and 歯-12 stay two.

    Kana become Latin letters. Where other characters get lost, six made from the whole text take their place.
    """
    plain = " ".join(nfkc(text).lower().split())
    slug = _NO_PART.sub("-", plain).strip("-")
    if plain.isascii() or not re.search(r"[^\W_a-z0-9]", plain):
        return slug
    reading = as_reading(plain)
    if is_reading(reading):
        parts = (
            part if part.isascii() else romaji(part)
            for part in re.findall(r"[\x00-\x7f]+|[^\x00-\x7f]+", re.sub("[ー・]", "", reading))
        )
        if written := _NO_PART.sub("-", "".join(parts)).strip("-")[:_LONGEST].strip("-"):
            return written
    mark = hashlib.blake2b(plain.encode(errors="surrogatepass"), digest_size=3).hexdigest()
    return f"{slug}-{mark}" if slug else mark
