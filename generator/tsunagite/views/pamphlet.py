"""PamphletView: one A4 leaflet of a municipality or a district, every text and every omission decided before typesetting."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tsunagite.model.resource import Resource
from tsunagite.text.dates import japanese_date, japanese_month
from tsunagite.views import words
from tsunagite.views.lists import Paper
from tsunagite.views.pamphlet_entry import (
    ROWS_BESIDE,
    PamphletPhone,
    most_common,
    one_line,
    section_of,
    small_lines,
)
from tsunagite.views.pamphlet_shelves import found_in, is_whole, leaflet_areas, paper_of, shelves_of
from tsunagite.views.pamphlet_sides import BODY, HEAD, PamphletPart, Sides, Stock, lay_out

if TYPE_CHECKING:
    from tsunagite.views.site import SiteView

MOST_KINDS_NAMED = 4
BLANKS = ("かかりつけの医院", "ケアマネジャー", "家族・ご近所", "薬局", "民生委員", "よく使う店")
FEW_BLANKS = 3
BLANKS_HEIGHT = 110.0  # points that three lines to write on take
SCALES = (1.35, 1.2, 1.15, 1.1, 1.05, 1.0)
"""Sizes of type. The largest with which everything fits is taken: a small district needs no empty half."""


@dataclass(frozen=True)
class Draft:
    """All that may stand on a leaflet, before anybody asked how much of it fits. ``common`` is said of all records."""

    site: SiteView
    area_id: str
    paper: Paper
    found: tuple[Resource, ...]
    stock: Stock
    common: str

    @classmethod
    def of(cls, site: SiteView, area_id: str) -> Draft:
        """Collect what the leaflet of an area ("": everything the site lists) may print."""
        directory = site.directory
        shelves = shelves_of(directory, area_id)
        real = (r for _, found in shelves for shelf in found for r in shelf.records if not r.sample)
        common = most_common(words.verification(directory, resource).text for resource in real)
        stock = tuple(
            (part, tuple((shelf, section_of(site, shelf, common)) for shelf in found)) for part, found in shelves
        )
        return cls(site, area_id, paper_of(directory, area_id), found_in(directory, area_id), stock, common)

    def laid_out(self, shares: tuple[float, float]) -> Sides:
        """Lay everything out on one side, else on two, as large as it fits; else what fits on two."""
        most = tuple(resource for _, found in self.stock for shelf, _ in found for resource in shelf.records)
        last = BODY - 2.0 * self._foot(most)
        ways = (((last - HEAD) * shares[0],), ((BODY - HEAD) * shares[0], last * shares[1]))
        for rooms in ways:
            for scale in SCALES:
                sides = lay_out(self.stock, rooms, scale)
                if len(sides.printed) == len(most):
                    return sides
        return sides

    def _foot(self, printed: tuple[Resource, ...]) -> float:
        """Estimate the height of the foot in points: the QR code on the left, notes and credits on the right."""
        notes = (*self.footnotes(printed), *self.credits(printed))
        return 23.0 + max(76.0, sum(1.4 + 11.0 * small_lines(note) for note in notes))

    def footnotes(self, printed: tuple[Resource, ...]) -> tuple[str, ...]:
        """Return what holds for all records."""
        notes = [f"ことわりのないものは{self.common}です。"] if self.common else []
        notes.append("変わっていることがあります。出かける前に電話で確かめてください。掲載は推薦ではありません。")
        if not is_whole(self.site.directory, self.area_id):
            notes.append("どの地区にあるかは、町の名前から見た目安です。")
        return (*notes, "「見本」の印があるものは、実在しません。") if any(r.sample for r in printed) else tuple(notes)

    def credits(self, printed: tuple[Resource, ...]) -> tuple[str, ...]:
        """Return for each credit: the credit, the lists it stands for with their dates; then the licence's address."""
        used = {row.source for resource in printed for row in resource.sources}
        lines: dict[tuple[str, str], dict[str, list[str]]] = {}
        for source in (s for s in self.site.directory.sources.values() if s.id in used):
            by_month = lines.setdefault((source.credit, source.licence_url or ""), {})
            by_month.setdefault(japanese_month(source.data_date), []).append(source.name)
        result: list[str] = []
        for (credit, url), months in lines.items():
            lists = "、".join("・".join(names) + f"（{month}時点）" for month, names in months.items())
            result += [one_line(f"出典：{credit}　{lists}"), *([_spoken_address(url)] if url else [])]
        return tuple(result)


@dataclass(frozen=True)
class PamphletView:
    """Everything one leaflet prints."""

    path: str
    title: str
    lead: tuple[str, ...]
    demonstration: str
    printed_on: str
    emergency: tuple[PamphletPhone, ...]
    scale: float
    rows_beside: float
    sides: tuple[tuple[PamphletPart, ...], ...]
    more: str
    more_kinds: tuple[str, ...]
    site_url: str
    site_name: str
    qr_alt: str
    blanks_title: str
    blanks: tuple[str, ...]
    footnotes: tuple[str, ...]
    credits: tuple[str, ...]
    lost_glyph_note: str

    @classmethod
    def of(cls, draft: Draft, shares: tuple[float, float] = (1.0, 1.0)) -> PamphletView:
        """Decide every text, filling these shares of front and back."""
        site, settings = draft.site, draft.site.settings
        sides = draft.laid_out(shares)
        printed_ids = {resource.id for resource in sides.printed}
        left_out = [resource for resource in draft.found if resource.id not in printed_ids]
        url = settings.site_url or ""
        if url and not is_whole(site.directory, draft.area_id):
            url = f"{url.rstrip('/')}/{draft.paper.shown_on}"
        site_name = _spoken_address(url)
        return cls(
            path=draft.paper.path,
            title=draft.paper.title,
            lead=("迷ったら、まず電話で", "聞いてみてください。"),
            demonstration=one_line(settings.demonstration),
            printed_on=f"{japanese_date(site.today)}に作成",
            emergency=tuple(PamphletPhone(phone.number, phone.label) for phone in site.emergency),
            scale=sides.scale,
            rows_beside=ROWS_BESIDE,
            sides=sides.parts,
            more=f"ほか{len(left_out)}件{'はサイトで' if url else 'はここにのせていません'}" if left_out else "",
            more_kinds=_kinds(site, left_out),
            site_url=url,
            site_name=site_name,
            qr_alt=f"QRコード。{site_name} を開きます。",
            blanks_title="電話番号を書いておく欄",
            blanks=BLANKS[: FEW_BLANKS * math.floor(sides.left / BLANKS_HEIGHT)],
            footnotes=draft.footnotes(sides.printed),
            credits=draft.credits(sides.printed),
            lost_glyph_note="〓は、この紙の文字にない字です。",
        )


def drafts(site: SiteView) -> tuple[Draft, ...]:
    """Return the drafts of all leaflets, in the order of ``site.papers``."""
    return tuple(Draft.of(site, area_id) for area_id in leaflet_areas(site.directory))


def _spoken_address(url: str) -> str:
    return re.sub(r"^https?://|/$", "", url)


def _kinds(site: SiteView, left_out: list[Resource]) -> tuple[str, ...]:
    """Return what is left out by kind, most first: 「コミュニティセンター 52」."""
    counted = Counter(resource.kind for resource in left_out)
    order = sorted(counted, key=lambda kind: (-counted[kind], kind))
    named = [f"{site.directory.vocabularies['kind'][kind].label} {counted[kind]}" for kind in order[:MOST_KINDS_NAMED]]
    return (*named[:-1], f"{named[-1]}など") if len(order) > MOST_KINDS_NAMED else tuple(named)
