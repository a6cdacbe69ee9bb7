"""Products: the page that stands in a frame of another site, and the page that makes the lines to copy."""

from __future__ import annotations

from collections.abc import Iterator

from tsunagite.engine.artifact import Artifact, Frame, Page
from tsunagite.site.layout.templates import Templates
from tsunagite.site.lists import Tile
from tsunagite.site.view import SiteView

FOLDER = "embed"
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"
"""What the page in the frame may load: its own site's files. Who may frame it is decided by a header (``publishing/headers.py``)."""


def embed(site: SiteView, frame: Frame) -> Iterator[Artifact]:
    """Yield both pages."""
    templates = Templates()
    words = site.directory.vocabularies
    body = templates.render(
        "embed", base="../", site_name=f"{site.settings.name} {site.settings.municipality}".strip(), policy=POLICY,
        sensitive=" ".join(need.id for need in words["need"] if need.sensitive), secret=" ".join(kind.id for kind in words["kind"] if kind.secret_place),
    )  # fmt: skip
    yield Artifact(f"{FOLDER}/index.html", body.encode())
    page = Page(
        f"{FOLDER}/make/",
        "text",
        "一覧をほかのサイトにはる",
        "条件を選ぶと、病院や社会福祉協議会のサイトにはる数行ができます。",
        "",
    )
    areas = (*site.lists.districts(), *(tile for _, tiles in site.lists.layers() for tile in tiles))
    body = templates.render("embed_make", base=page.base, areas=areas, groups=_kinds(site), address=site.news.site_url)
    static = f"{page.base}assets/tsunagite"
    head = f'<link rel="stylesheet" href="{static}/embed_make.css"><script type="module" src="{static}/embed_make.js"></script>'
    yield frame(Page(page.path, page.section, page.title, page.description, body, head))


def _kinds(site: SiteView) -> list[tuple[Tile, list[Tile]]]:
    """Return every group of kinds with its kinds; a kind that only says where help against violence is stays out."""
    directory, words = site.directory, site.directory.vocabularies
    inside = directory.by_kind
    return [
        (
            group,
            [
                Tile(kind.id, kind.label, "", len(inside[kind.id]))
                for kind in words["kind"]
                if kind.group == group.id and kind.id in inside and not kind.secret_place
            ],
        )
        for group in site.lists.groups()
    ]
