"""What lists write in brackets behind a name about its state: 「松田医院（休止中）」. Pure."""

from __future__ import annotations

import re

from tsunagite.text.normalize import nfkc

_NOTE = re.compile(r"\(([^()]*)\)$")
_PAUSED = re.compile(r"^(?:休止|休診|休園|休館|休業|休所)$|(?:休止|休診|休園|休館|休業|休所)中$")
_WORKS = re.compile("工事|改修|改築|建替|建て替え")
_NO_USE = re.compile("(?:使用|利用)(?:不可|できません|停止)")


def pause_in(name: str) -> str:
    """Return the note behind a name by which the place takes nobody now, "" where there is none.

    「（休止中）」 and 「（※改修工事中のため…使用不可）」 are such notes; 「（雨天時利用不可）」 and 「（月曜休館）」 are not.
    """
    found = _NOTE.search(nfkc(name).strip())
    note = found[1] if found else ""
    return note if _PAUSED.search(note) or (_WORKS.search(note) and _NO_USE.search(note)) else ""
