"""HomeView: the first page, and what the layout of every page says of the site."""

from __future__ import annotations

from dataclasses import dataclass

from tsunagite.contact.emergency import emergency_phones
from tsunagite.map.points import has_map
from tsunagite.site.lists import Lists, Paper, Tile
from tsunagite.site.record import CardView, Link, PhoneView
from tsunagite.text.dates import japanese_month


@dataclass(frozen=True)
class HomeView:
    """The first page: needs, levels, kinds, areas, and the windows that can always be asked."""

    name: str
    """Of the site and its municipality."""
    municipality: str
    description: str
    emergency: tuple[PhoneView, ...]
    has_finder: bool
    main_window: CardView | None
    worries: tuple[Link, ...]
    """Pages of the finder on which one can leave at once."""
    needs: tuple[Tile, ...]
    levels: tuple[Tile, ...]
    groups: tuple[Tile, ...]
    areas: tuple[Tile, ...]
    has_map: bool
    has_calendar: bool
    guides: tuple[Link, ...]
    papers: tuple[Paper, ...]
    total: int
    data_month: str

    @classmethod
    def of(cls, lists: Lists) -> HomeView:
        """Decide what stands on the first page of a site with these lists."""
        directory, knowledge = lists.directory, lists.knowledge
        settings = directory.settings
        dates = [source.data_date for source in directory.sources.values() if source.data_date]
        guides = [Link(index.title, index.path) for index in knowledge.indexes()]
        return cls(
            name=settings.full_name,
            municipality=settings.municipality,
            description=settings.description,
            emergency=emergency_phones(directory),
            has_finder=bool(lists.finder),
            main_window=lists.cards.get(settings.main_window or ""),
            worries=tuple(Link(one.label, one.path) for one in lists.finder.troubles if one.sensitive),
            needs=lists.needs(),
            levels=lists.levels(),
            groups=lists.groups(),
            areas=lists.districts(),
            has_map=has_map(directory),
            has_calendar=bool(lists.calendar),
            guides=(*guides, *(link for link, _ in knowledge.extra())) if knowledge else (),
            papers=lists.papers,
            total=len(directory.listed),
            data_month=japanese_month(max(dates)) if dates else "",
        )
