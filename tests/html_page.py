"""A finished page as tests see it: its elements, ids, texts and every address it names. Read with lxml."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from lxml import etree

ADDRESSES = ("href", "src", "action", "data", "poster", "xlink:href")
LOADED = {"img", "script", "link", "iframe", "source", "video", "audio", "object", "embed", "use", "image"}


@dataclass(frozen=True)
class Element:
    """One start tag."""

    tag: str
    attributes: dict[str, str]


class HtmlPage:
    """All start tags in order, and the text inside title, h1 and each script; the title of a drawing is not the page's."""

    def __init__(self, html: str) -> None:
        self.html = html
        root = etree.fromstring(html.encode(), etree.HTMLParser(encoding="utf-8", huge_tree=True))
        tags = [tag for tag in root.iter() if isinstance(tag.tag, str)]  # not the comments
        self.elements = [Element(tag.tag, dict(tag.attrib)) for tag in tags]
        self.texts: dict[str, list[str]] = {}
        for tag in tags:
            if tag.tag in ("title", "h1", "script") and not (
                tag.tag == "title" and next(tag.iterancestors("svg"), None) is not None
            ):
                self.texts.setdefault(tag.tag, []).append("".join(tag.itertext(etree.Element)))

    @classmethod
    def of(cls, path: Path) -> HtmlPage:
        return cls(path.read_text(encoding="utf-8"))

    def all(self, tag: str) -> list[Element]:
        return [element for element in self.elements if element.tag == tag]

    @cached_property
    def ids(self) -> list[str]:
        return [element.attributes["id"] for element in self.elements if element.attributes.get("id")]

    @cached_property
    def addresses(self) -> list[tuple[Element, str]]:
        """Every address of the page with the element that names it."""
        found = [(e, e.attributes[name]) for e in self.elements for name in ADDRESSES if name in e.attributes]
        sets = [e for e in self.elements if e.attributes.get("srcset")]
        return found + [(e, part.split()[0]) for e in sets for part in e.attributes["srcset"].split(",")]

    @property
    def structured_data(self) -> list[str]:
        """The text of each JSON-LD script."""
        return [
            text
            for script, text in zip(self.all("script"), self.texts.get("script", []), strict=True)
            if script.attributes.get("type") == "application/ld+json"
        ]

    def described(self) -> str:
        metas = {e.attributes.get("name"): e.attributes.get("content", "") for e in self.all("meta")}
        return metas.get("description", "")
