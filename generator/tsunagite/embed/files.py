"""Products: the page that stands in a frame of another site, and the page that makes the lines to copy."""

from __future__ import annotations

from collections.abc import Iterator

from tsunagite.engine.artifact import Artifact, Frame
from tsunagite.records.directory import Directory
from tsunagite.site.layout.templates import Templates, script, stylesheet
from tsunagite.site.lists import Lists, Tile

FOLDER = "embed"
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"
"""What the page in the frame may load: its own site's files. Who may frame it is decided by a header (``publishing/headers.py``)."""


def embed(directory: Directory, lists: Lists, site_url: str, frame: Frame) -> Iterator[Artifact]:
    """Yield both pages."""
    templates = Templates()
    words = directory.vocabularies
    body = templates.render(
        "embed", base="../", site_name=directory.settings.full_name, policy=POLICY,
        sensitive=" ".join(need.id for need in words["need"] if need.sensitive), secret=" ".join(kind.id for kind in words["kind"] if kind.secret_place),
    )  # fmt: skip
    yield Artifact(f"{FOLDER}/index.html", body.encode())
    page = templates.page(
        "embed_make",
        f"{FOLDER}/make/",
        "text",
        "一覧をほかのサイトにはる",
        "条件を選ぶと、病院や社会福祉協議会のサイトにはる数行ができます。",
        head=stylesheet("embed_make") + script("embed_make"),
        areas=(*lists.districts(), *(tile for _, tiles in lists.layers() for tile in tiles)),
        groups=_kinds(directory, lists.groups()),
        address=site_url,
    )
    yield frame(page)


def _kinds(directory: Directory, groups: tuple[Tile, ...]) -> list[tuple[Tile, list[Tile]]]:
    """Return every group of kinds with its kinds; a kind that only says where help against violence is stays out."""
    inside = directory.by_kind
    return [
        (
            group,
            [
                Tile(kind.id, kind.label, "", len(inside[kind.id]))
                for kind in directory.vocabularies["kind"]
                if kind.group == group.id and kind.id in inside and not kind.secret_place
            ],
        )
        for group in groups
    ]
