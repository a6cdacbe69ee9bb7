"""Prose of guides: Markdown as HTML, with tables that a phone can show and words that lead to the glossary. The one door to Markdown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape, unescape
from xml.etree.ElementTree import Element

import markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE, ETX, STX
from markupsafe import Markup

from tsunagite.guides.view import WordView
from tsunagite.text.harmless import may_be_linked

_ATTRIBUTES = frozenset(("href", "src", "alt", "title", "id", "class", "scope", "data-label", "colspan", "rowspan", "start", "width", "height", "lang",
    "aria-label",))  # fmt: skip
_ESCAPED = re.compile(f"{STX}([0-9]{{1,6}}){ETX}")
_TAGS = re.compile(r"(<[^>]+(?:>|\Z))")
_NOT_INSIDE = re.compile(r"</?(a|h[1-6]|code|pre|blockquote|th|label|legend|summary|svg|button|figcaption)\b")
_AS_WRITTEN = re.compile(r"(<pre\b.*?(?:</pre>|\Z))", re.DOTALL)
_BREAK = re.compile(r"((?:[^\x00-\x7f]|\d</a>)(?:</?[a-z][^<>]*>)*)\n((?:<[a-z][^<>]*>)*)(?=[^\x00-\x7f])")
ALONE = 3
"""Characters beside a word up to which it stands alone."""
_NUMBER = re.compile(r"#?\d[\d-]*")
_SCRIPTS = ("一-鿿々", "ァ-ヺー", "A-Za-z0-9")


def with_numbers(text: str, hrefs: Mapping[str, str]) -> Markup:
    """Return plain text as HTML in which the telephone numbers of ``hrefs`` (119, #7119) can be called."""
    parts: list[str | Markup] = []
    at = 0
    for match in _NUMBER.finditer(text):
        if href := hrefs.get(match[0]):
            parts += [text[at : match.start()], Markup('<a class="ts-dial" href="{}">{}</a>').format(href, match[0])]
            at = match.end()
    return Markup("").join((*parts, text[at:]))


class _LabelledTables(Treeprocessor):
    """Make the first cell of a row its heading and tell each other cell its column: on a phone a row stands as a list."""

    def run(self, root: Element) -> None:
        for table in root.iter("table"):
            columns = ["".join(cell.itertext()).strip() for cell in table.iter("th")]
            for row in table.iterfind("tbody/tr"):
                for at, (cell, column) in enumerate(zip(row, columns, strict=False)):
                    if not at:
                        cell.tag = "th"
                        cell.set("scope", "row")
                    elif column:
                        cell.set("data-label", column)


class _HarmlessElements(Treeprocessor):
    """Keep of links, pictures and attributes what a text needs: nothing runs, and nothing is loaded from another host."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            for name in [name for name in element.attrib if name not in _ATTRIBUTES]:
                del element.attrib[name]
            address = _as_browsers_read(element.get("href") or element.get("src") or "")
            if not may_be_linked(address):
                element.text = element.get("alt") or element.text
                element.tag = "span"
                element.attrib.clear()
            elif element.tag == "img" and (
                ":" in address or address.startswith("//")
            ):  # a picture of another host: a link to it
                element.tag, element.text = "a", element.get("alt") or address
                element.attrib.clear()
                element.set("href", address)


def _as_browsers_read(address: str) -> str:
    """Return an address that Markdown has in hand: its marks for & and for escaped characters, and entities, are characters."""
    return unescape(_ESCAPED.sub(lambda one: chr(int(one[1])), address.replace(AMP_SUBSTITUTE, "&")))


class TextAlone(Extension):
    """HTML stays text (finding G120), and nothing runs or is loaded from another host: guides and ordinary pages alike.

    It must be the last of the extensions: others (``md_in_html``) read HTML in their own way.
    """

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 - the library's name
        """Take away what reads HTML."""
        md.treeprocessors.register(_HarmlessElements(md), "harmless", 5)  # after the attributes in braces were read (8)
        md.preprocessors.deregister("html_block", strict=False)
        md.inlinePatterns.deregister("html", strict=False)


class _LabelledCells(Extension):
    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 - the library's name
        tables = _LabelledTables(md)
        md.treeprocessors.register(tables, "labelled_tables", 15)  # after the words inside cells were read (20)


def html(text: str) -> Markup:
    """Return a publisher's Markdown as HTML. HTML in it stays text."""
    made = markdown.markdown(
        text, extensions=["tables", "sane_lists", "attr_list", _LabelledCells(), TextAlone()], output_format="html"
    )
    return Markup(_join_japanese_lines(made))  # noqa: S704 - made by Markdown alone, without the HTML of the text


def _join_japanese_lines(made: str) -> str:
    """Drop line breaks between Japanese characters: a browser would show each as a blank."""
    parts = _AS_WRITTEN.split(made)
    return "".join(part if at % 2 else _BREAK.sub(r"\1\2", part) for at, part in enumerate(parts))


def with_words(made: str, words: Mapping[str, WordView], base: str) -> Markup:
    """Return HTML in which the first place of each glossary word leads to its meaning at ``base``.

    Only running text is looked at: no links, headings, quotations, labels of forms and figures.
    """
    left = dict(words)
    depth = 0
    parts = _TAGS.split(made)
    for at, part in enumerate(parts):
        if at % 2:
            if _NOT_INSIDE.match(part):
                depth = max(depth + (-1 if part.startswith("</") else 1), 0)
        elif not depth and left:
            parts[at] = _with_words(part, left, base)
    return Markup("").join(map(Markup, parts))


def _with_words(text: str, left: dict[str, WordView], base: str) -> str:
    room = (
        len(text.strip()) - ALONE
    )  # a word that stands (nearly) alone is a name in a row or a cell, and too small to press
    found = [word for word in sorted(left, key=len, reverse=True) if len(word) < room and word in text]
    if not found:
        return text
    pattern = re.compile("|".join(map(_alone, found)))

    def link(match: re.Match[str]) -> str:
        word = left.get(match[0])
        if word is None:
            return match[0]
        for name in [name for name, its in left.items() if its.anchor == word.anchor]:
            del left[name]
        return f'<a class="ts-word" href="{base}glossary/#{word.anchor}" title="{escape(word.entry.meaning)}">{match[0]}</a>'

    return pattern.sub(link, text)


def _alone(word: str) -> str:
    """Return a pattern for a word that is no part of a longer one: 保険者, not the end of 被保険者."""
    before = next((f"(?<![{script}])" for script in _SCRIPTS if re.match(f"[{script}]", word[0])), "")
    after = next((f"(?![{script}])" for script in _SCRIPTS if re.match(f"[{script}]", word[-1])), "")
    return before + re.escape(word) + after
