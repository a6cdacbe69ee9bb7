"""The picture that other services show beside a link: one for each kind, each area, and the site.

A record has that of its kind. One of its own costs 67 processor seconds and 25 MB at 2,650 records, and its name stands beside the
picture anyway. What others in the house should not find has the picture of the site.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from tsunagite.engine.artifact import Artifact, Draft
from tsunagite.engine.digest import digest
from tsunagite.errors import SetupError
from tsunagite.records.directory import Directory, RecordContext, is_delicate
from tsunagite.records.model.resource import Resource
from tsunagite.site.layout.shell import SITE_PICTURE
from tsunagite.site.layout.templates import ASSETS
from tsunagite.site.lists import ListHead, Lists
from tsunagite.text.phrases import name_parts

FOLDER = "assets/share"
FONT = ASSETS / "fonts" / "BIZUDPGothic-Bold.ttf"
_SAMPLE = "見本"


@dataclass(frozen=True)
class ShareImage:
    """What a picture says: ``above`` and ``below`` are small, ``parts`` the phrases of the name."""

    path: str
    parts: tuple[str, ...]
    above: str
    below: str
    badge: str = ""

    def draw(self) -> Artifact:
        """Return the picture. Raises SetupError where the fonts were not fetched."""
        from tsunagite.pictures import share_card  # noqa: PLC0415 - Pillow is loaded where a picture is made

        if not FONT.is_file():
            raise SetupError(
                f"{FONT.parent} に書体がありません。`python generator/fetch_assets.py` で取ってきてください。"
            )
        return Artifact(self.path, share_card(FONT, self.parts, self.above, self.below, self.badge))


def image_of_record(directory: RecordContext, resource: Resource) -> str:
    """Return the path of the picture of a record, "" for that of the site."""
    if is_delicate(directory, resource):
        return ""
    return f"{FOLDER}/kind-{directory.kind(resource).id}{'-sample' if resource.sample else ''}.png"


def image_of_list(head: ListHead) -> str:
    """Return the path of the picture of the list of a kind or an area, "" for that of the site."""
    first, *ids = head.path.strip("/").split("/")
    if head.delicate or (first, len(ids)) not in {("kinds", 2), ("areas", 1)}:
        return ""
    return f"{FOLDER}/{'kind' if first == 'kinds' else 'area'}-{ids[-1]}.png"


def share_images(directory: Directory, lists: Lists) -> Iterator[Draft]:
    """Yield every picture that a page of the site names, and no other."""
    settings = directory.settings
    name = settings.name + ("（見本のサイト）" if settings.demonstration else "")
    site = (settings.municipality or name, name if settings.municipality else "")
    found = {SITE_PICTURE: ShareImage(SITE_PICTURE, tuple(name_parts(settings.name)), *site)}
    for resource in directory.published:
        if path := image_of_record(directory, resource):
            label = directory.kind(resource).label
            found[path] = ShareImage(path, tuple(name_parts(label)), *site, _SAMPLE if resource.sample else "")
    for cut in lists.cuts():
        if (path := image_of_list(cut.head)) and path not in found:
            found[path] = ShareImage(path, tuple(name_parts(cut.head.title)), *site)
    for path, image in sorted(found.items()):
        yield Draft(path, digest(FONT.stat().st_size if FONT.is_file() else 0, image), partial(image.draw))
