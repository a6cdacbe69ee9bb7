"""The page `style/`: every component of the pages, made by the templates that the pages use. For those who change them; nothing links to it."""

from __future__ import annotations

from collections.abc import Iterator

from tsunagite.engine.artifact import Artifact, Frame
from tsunagite.records.directory import Directory
from tsunagite.site.layout.templates import Templates, stylesheet
from tsunagite.site.lists import Tile
from tsunagite.site.record import CardView, Fact, PhoneView

PATH = "style/"
HEAD = '<meta name="robots" content="noindex">' + "".join(
    map(stylesheet, ("directory", "worksheet", "my_list", "style"))
)
COLOURS = (
    ("ground", "ink"),
    ("card", "ink"),
    ("card", "quiet"),
    ("card", "accent"),
    ("accent", "on-accent"),
    ("accent-ground", "ink"),
    ("notice", "ink"),
    ("card", "danger"),
    ("self-ground", "self"),
    ("mutual-ground", "mutual"),
    ("social-ground", "social"),
    ("public-ground", "public"),
)
"""Grounds and the inks on them (tokens.css)."""
SIZES = (14, 16, 18, 20, 22, 24, 28, 32, 36)
"""Steps of the scale of letters (tokens.css)."""


def style_page(directory: Directory, frame: Frame) -> Iterator[Artifact]:
    """Yield the page. What it shows is a sample: no place, no number that anybody answers."""
    levels = tuple(directory.vocabularies["support_level"])
    dialled = PhoneView("087-000-0000", "#style", "見本の窓口", "平日9時から17時")
    sample = PhoneView("087-000-0000", "", "見本の番号", "")

    def card(name: str, number: PhoneView, fresh: tuple[str, str, str] | None, *badges: str) -> CardView:
        return CardView(
            name, PATH, name, "", "決め手になる一文が、ここに入ります。", "種類の名前", "info-circle", levels[:2], "場所の名前", (number,), badges, None, fresh,
        )  # fmt: skip

    cards = (
        card("名前が入るところ", dialled, ("2026年9月確認", "", "")),
        card("名前の長いコミュニティセンター", sample, None, "見本", "未確認"),
    )
    icons = ("message-circle", "soup", "shopping-cart", "walk")
    tiles = tuple(
        Tile(icon, word, PATH, 12, icon)
        for icon, word in zip(icons, ("相談", "食事", "買い物", "体を動かす"), strict=True)
    )
    yield frame(
        Templates().page(
            "style", PATH, "text", "部品の見本", "ページを作る部品を、同じひな形から並べています。開発のためのページです。", head=HEAD,
            levels=levels, phones=(dialled, sample), views=cards, tiles=tiles, colours=COLOURS, sizes=SIZES,
            facts=(Fact("費用", "1回 100円"), Fact("対象", "65歳以上の方")),
        )
    )  # fmt: skip
