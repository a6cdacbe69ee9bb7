"""PamphletView: one A4 leaflet of a municipality or an area, every text and every omission decided before typesetting."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tsunagite.model.resource import Resource
from tsunagite.text.dates import japanese_date, japanese_month
from tsunagite.views import words
from tsunagite.views.pamphlet_sides import KINDS, PamphletPart, PamphletPhone, most_common, one_line, sides_of

if TYPE_CHECKING:
    from tsunagite.views.site import SiteView

MOST_KINDS_NAMED = 4
BLANKS_HEIGHT = 100.0  # points that the lines to write on take


@dataclass(frozen=True)
class PamphletView:
    """Everything one leaflet prints."""

    path: str
    title: str
    lead: tuple[str, ...]
    demonstration: str
    printed_on: str
    emergency: tuple[PamphletPhone, ...]
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
    def of(cls, site: SiteView, area_id: str = "", shares: tuple[float, float] = (1.0, 1.0)) -> PamphletView:
        """Make the leaflet of an area ("": everything the site lists), filling these shares of front and back.

        The area's sheet must be one of ``site.papers``; raises StopIteration otherwise.
        """
        paper = next(paper for paper in site.papers if paper.path == paper_path(area_id))
        directory, settings = site.directory, site.settings
        whole = area_id in ("", settings.area)
        found = directory.listed if whole else directory.by_area.get(area_id, ())
        found = tuple(resource for resource in found if not directory.is_equipment(resource))
        printable = [resource for resource in found if resource.kind in KINDS and _may_be_printed(resource)]
        common = most_common(words.verification(directory, r).text for r in printable if not r.sample)
        sides, printed, left = sides_of(site, printable, common, shares)
        printed_ids = {resource.id for resource in printed}
        left_out = [resource for resource in found if resource.id not in printed_ids]
        site_name = _spoken_address(settings.site_url or "")
        return cls(
            path=paper.path,
            title=paper.title,
            lead=("迷ったら、まず電話で", "聞いてみてください。"),
            demonstration=one_line(settings.demonstration),
            printed_on=f"{japanese_date(site.today)}に作成",
            emergency=tuple(PamphletPhone(phone.number, phone.label) for phone in site.emergency),
            sides=sides,
            more=f"ほか{len(left_out)}件{'はサイトで' if settings.site_url else 'はここにのせていません'}"
            if left_out
            else "",
            more_kinds=_kinds(site, left_out),
            site_url=settings.site_url or "",
            site_name=site_name,
            qr_alt=f"QRコード。{site_name} を開きます。",
            blanks_title="電話番号を書いておく欄",
            blanks=("かかりつけの医院", "ケアマネジャー", "家族・ご近所") if left > BLANKS_HEIGHT else (),
            footnotes=_footnotes(common, any(resource.sample for resource in printed)),
            credits=_credits(site, printed),
            lost_glyph_note="〓は、この紙の文字にない字です。",
        )


def paper_path(area_id: str) -> str:
    """Return the address of an area's leaflet from the root of the site."""
    return f"papers/{area_id or 'city'}.pdf"


def _may_be_printed(resource: Resource) -> bool:
    """Tell whether a record may stand on paper, which nobody can take back: it runs today, and its consent covers print."""
    return resource.status == "open" and (resource.consent is None or "print" in resource.consent.scope)


def _spoken_address(url: str) -> str:
    return re.sub(r"^https?://|/$", "", url)


def _kinds(site: SiteView, left_out: list[Resource]) -> tuple[str, ...]:
    """Return what is left out by kind, most first: 「コミュニティセンター 52」."""
    counted = Counter(resource.kind for resource in left_out)
    order = sorted(counted, key=lambda kind: (-counted[kind], kind))
    named = [f"{site.directory.vocabularies['kind'][kind].label} {counted[kind]}" for kind in order[:MOST_KINDS_NAMED]]
    return (*named[:-1], f"{named[-1]}など") if len(order) > MOST_KINDS_NAMED else tuple(named)


def _footnotes(common: str, has_samples: bool) -> tuple[str, ...]:
    notes = ["変わっていることがあります。出かける前に電話で確かめてください。掲載は推薦ではありません。"]
    if common:
        notes.insert(0, f"ことわりのないものは{common}です。")
    return (*notes, "「見本」の印があるものは、実在しません。") if has_samples else tuple(notes)


def _credits(site: SiteView, printed: list[Resource]) -> tuple[str, ...]:
    """Return for each credit: the credit, the lists it stands for with their dates; then the address of the licence."""
    used = {row.source for resource in printed for row in resource.sources}
    lines: dict[tuple[str, str], dict[str, list[str]]] = {}
    for source in (s for s in site.directory.sources.values() if s.id in used):
        by_month = lines.setdefault((source.credit, source.licence_url or ""), {})
        by_month.setdefault(japanese_month(source.data_date), []).append(source.name)
    result: list[str] = []
    for (credit, url), months in lines.items():
        lists = "、".join("・".join(names) + f"（{month}時点）" for month, names in months.items())
        result += [one_line(f"出典：{credit}　{lists}"), *([_spoken_address(url)] if url else [])]
    return tuple(result)
