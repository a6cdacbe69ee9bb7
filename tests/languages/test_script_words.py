"""What scripts say on the pages that all languages share: every Japanese word of theirs is known to the editions, also in states that no test opens."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tsunagite import i18n
from tsunagite.engine.program import PACKAGE
from tsunagite.i18n.editions import edition

EN = edition("en")
FOLDERS = ("search", "site", "map", "offline", "my_list", "furigana", "calendar")
STRING = re.compile(r'"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`')
COMMENT = re.compile(r"^\s*(?://|/?\*).*$|(?<=[ ;{(,])// .*$", re.MULTILINE)
WORDS = re.compile(r"[^\x00-\x7f]*[ぁ-ゖァ-ヺ一-鿿々][^\x00-\x7f]*")
NO_MESSAGES = {
    "search/browser/chosen.js": "letters of the days in addresses",
    "search/browser/emergency_signs.js": "endings of words that readers type",
    "search/browser/romaji.js": "syllables",
    "search/browser/search_forms.js": "endings of verbs as people say and write them",
    "search/browser/search_key.js": "how words are folded",
    "search/browser/search_spelling.js": "endings of questions",
    "site/browser/hours.js": "letters of the days in data",
    "site/browser/csv.js": "columns of a file",
    "site/browser/redirects.js": "a page that has no edition",
    "site/browser/mode.js": "a page opened from a disk, where no words of an edition can be fetched",
    "my_list/browser/list_out.js": "Japanese papers and files",
    "furigana/browser/readings.js": "particles",
}
"""Scripts whose Japanese nobody reads, and why."""
IN_FILES = {
    "map/browser/map.js": {"国土数値情報（行政区域）"},
    "search/browser/result_take.js": {"助け合い", "ひとこと", "直線の距離", "ページ"},
}
"""The name of a data set, and columns of a table that is saved."""
PARTS = {
    "月火水木金土日祝",
    "・",
    "曜",
    "祝",
    "前",
    "24時",
    "あす",
    "明日",
    "きょう",
    "日前",
    "か月前",
    "年前",
    "年末年始",
    "注意書き",
    "古い情報",
    "・予約制",
    "まで",
    "時",
    "分",
    "リスト",
    "に印刷・",
}
"""Parts of sentences that the editions know as a whole."""


def said() -> Iterator[tuple[str, str]]:
    """Yield (script, Japanese words in a row) of every string of the scripts."""
    for folder in FOLDERS:
        for path in sorted((PACKAGE / folder / "browser").rglob("*.js")):
            name = path.relative_to(PACKAGE).as_posix()
            if name not in NO_MESSAGES and "/worker/" not in name:
                for string in STRING.findall(COMMENT.sub("", path.read_text(encoding="utf-8"))):
                    yield from ((name, words) for words in WORDS.findall(string))


def test_every_word_of_a_script_is_known_to_the_editions() -> None:
    ui = i18n.catalogue("ja")["ui"]
    known = "\n".join([*EN.browser, *(ui[key] for key in EN.page if key in ui), *EN.texts])
    unknown = {
        f"{name} {words}"
        for name, words in said()
        if words not in PARTS | IN_FILES.get(name, set())
        and any(part not in known for part in re.split("(?<=。)", words))
    }
    assert sorted(unknown) == []


def test_scripts_that_are_left_out_are_there() -> None:
    assert [name for name in (*NO_MESSAGES, *IN_FILES) if not (PACKAGE / name).is_file()] == []
