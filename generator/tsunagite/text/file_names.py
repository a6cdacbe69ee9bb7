"""What the name of a list's file tells: its letters, its title without the day of the edition, the kind of file and the marks of portals."""

from __future__ import annotations

import re

from tsunagite.text.normalize import nfkc

_NUMBER = r"(?:\d{1,4}|元)"
_DAY = (
    rf"(?:(?:令和|平成|[RrHh]){_NUMBER}[年.\-_]\d{{1,2}}(?:[月.\-_]\d{{1,2}}日?|月)?"
    rf"|(?:令和|平成){_NUMBER}年(?:度)?"
    r"|(?:19|20)\d{2}[年.\-_]\d{1,2}(?:[月.\-_]\d{1,2}日?|月)?|(?:19|20)\d{2}年度?|(?<!\d)(?:19|20)\d{6}(?!\d)|(?<!\d)(?:19|20)\d{4}(?!\d))"
)
_EDITION = re.compile(rf"[（(]?{_DAY}(?:\s*(?:時点|現在|版|更新|作成|公開))?[)）]?")
_EMPTY = re.compile(r"[（(【\[](?:csv|xlsx|xls|json|エクセル|オープンデータ)?[)）】\]]", re.IGNORECASE)
_WORDS = re.compile(r"[a-z]{2,}")
_TELLS_NOTHING = {"list", "data", "csv", "xlsx", "open", "opendata", "sheet", "download", "file", "new"}


def title_of(stem: str) -> str:
    """Return the title of a list without the day of its edition: 「一覧（令和7年4月1日時点）」 and 「一覧_20250401」 are 「一覧」."""
    return re.sub(r"[\s_\-]+$|^[\s_\-]+", "", _EMPTY.sub("", _EDITION.sub("", nfkc(stem)))) or nfkc(stem)


def readable_name(name: str) -> str:
    """Return a file's name as people read it: bytes that are no UTF-8 (names of Japanese Windows on another system) are read as CP932."""
    try:
        return (
            name.encode("utf-8", "surrogateescape").decode("cp932")
            if any("\udc80" <= character <= "\udcff" for character in name)
            else name
        )
    except UnicodeDecodeError:
        return "".join("?" if "\udc80" <= character <= "\udcff" else character for character in name)


def slug_of(title: str) -> str:
    """Return the Latin words and digits of a title as a slug; "" where none of its words tells what the list is."""
    slug = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:60].strip("-")
    return slug if set(_WORDS.findall(slug)) - _TELLS_NOTHING else ""


def is_japanese(title: str) -> bool:
    """Tell whether a title has kanji or kana."""
    return bool(re.search(r"[一-龥々ぁ-んァ-ヶ]", title))
