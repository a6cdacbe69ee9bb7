"""A finished page as tests see it: its elements, ids, texts and every address it names. Read with the standard parser."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

ADDRESSES = ("href", "src", "action", "data", "poster", "xlink:href")
LOADED = {"img", "script", "link", "iframe", "source", "video", "audio", "object", "embed", "use", "image"}


@dataclass(frozen=True)
class Element:
    """One start tag."""

    tag: str
    attributes: dict[str, str]


@dataclass
class HtmlPage(HTMLParser):
    """All start tags in order, and the text inside title, h1 and each script; the title of a drawing is not the page's."""

    html: str
    elements: list[Element] = field(default_factory=list)
    texts: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[str] = []
        self._drawings = 0
        self.feed(self.html)
        self.close()

    @classmethod
    def of(cls, path: Path) -> HtmlPage:
        return cls(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, {name: value or "" for name, value in attrs}))
        self._drawings += tag == "svg"
        if tag in ("title", "h1", "script") and not (tag == "title" and self._drawings):
            self.texts.setdefault(tag, []).append("")
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self._drawings -= tag == "svg"
        if tag in self._open:
            del self._open[self._open.index(tag) :]

    def handle_data(self, data: str) -> None:
        for tag in self._open:
            self.texts[tag][-1] += data

    def all(self, tag: str) -> list[Element]:
        return [element for element in self.elements if element.tag == tag]

    @property
    def ids(self) -> list[str]:
        return [element.attributes["id"] for element in self.elements if element.attributes.get("id")]

    @property
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
