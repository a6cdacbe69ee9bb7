"""What a name or a remark says of a place: that it takes nobody now 「松田医院（休止中）」, or that there is none 「新規マップピン」. Pure."""

from __future__ import annotations

import re

from tsunagite.text.normalize import nfkc

_NOTE = re.compile(r"\(([^()]*)\)$")
_PAUSED = re.compile(r"^(?:休止|休診|休園|休館|休業|休所)$|(?:休止|休診|休園|休館|休業|休所)中$")
_PAUSED_REMARK = re.compile(
    r"(?:現在、?|当面の間、?|当分の間、?|一時)?(?:休止|休診|休園|休館|休業|休所)(?:中|しています|しております)(?:です)?。?|(?:一時)?休止。?"
)
_ENDED_REMARK = re.compile(r"(?:廃止|廃業|閉鎖|閉院|閉店|閉所)(?:済み?|しました)?。?")
_WORKS = re.compile("工事|改修|改築|建替|建て替え")
_NO_USE = re.compile("(?:使用|利用)(?:不可|できません|停止)")

_PLACEHOLDER = re.compile(
    r"新規(?:マップ)?ピン|新しい(?:ピン|マーカー|地点|場所)|(?:名称|名前|施設名)?(?:未設定|未入力|未定)|無題|テスト(?:データ)?|サンプル(?:データ)?|ダミー(?:データ)?"
    r"|(?:new|untitled) ?(?:map ?)?(?:pin|marker|placemark|point)?|placemark|marker|test|sample|dummy",
    re.IGNORECASE,
)


def is_placeholder(name: str) -> bool:
    """Tell whether a tool or a trial gave the name, with or without a number behind it: there is no such place."""
    return bool(_PLACEHOLDER.fullmatch(nfkc(name).strip().rstrip("0123456789()-_ ")))


def pause_in(name: str) -> str:
    """Return the note behind a name by which the place takes nobody now, "" where there is none.

    「（休止中）」 and 「（※改修工事中のため…使用不可）」 are such notes; 「（雨天時利用不可）」 and 「（月曜休館）」 are not.
    """
    found = _NOTE.search(nfkc(name).strip())
    note = found[1] if found else ""
    return note if _PAUSED.search(note) or (_WORKS.search(note) and _NO_USE.search(note)) else ""


def pause_in_remark(remark: str) -> bool:
    """Tell whether a whole remark says that the place takes nobody now (休止中). 「プールは休止中」 speaks of a part of it."""
    return bool(_PAUSED_REMARK.fullmatch(nfkc(remark).strip()))


def end_in_remark(remark: str) -> bool:
    """Tell whether a whole remark says that the place is no more (廃止). With a day beside it, it may be yet to come."""
    return bool(_ENDED_REMARK.fullmatch(nfkc(remark).strip()))
