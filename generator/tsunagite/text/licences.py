"""Licences of data: which ones let anybody use, change and pass on data when its source is named."""

from __future__ import annotations

import re

from tsunagite.text.normalize import nfkc

_OPEN = ("CCBY", "CC0", "PDL", "公共データ利用規約", "政府標準利用規約", "ODCBY", "PUBLICDOMAIN", "パブリックドメイン")
_CONDITIONS = (
    "NC",
    "ND",
    "SA",
)  # not for business, unchanged only, or only under the same licence: no file for all of them


def is_open(licence: str) -> bool:
    """Tell whether records under a licence may stand in one open data file: CC BY, CC0, PDL and their like."""
    plain = re.sub(r"[\s_\-()（）]+", "", nfkc(licence)).upper()
    letters = plain.removeprefix("CCBY")
    return plain.startswith(_OPEN) and not (plain.startswith("CCBY") and letters.startswith(_CONDITIONS))
