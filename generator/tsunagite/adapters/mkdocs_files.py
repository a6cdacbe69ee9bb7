"""Which files MkDocs itself handles: the ordinary pages of content/ and those that come along, and what they show."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from tsunagite.engine.memo import memo
from tsunagite.engine.program import shared_content
from tsunagite.errors import UsageError
from tsunagite.i18n import ui
from tsunagite.records.load.guides import LISTS, SECTIONS, SHARED_PAGES, is_published, may_be_read

PICTURES = (".jpg", ".jpeg", ".png", ".webp")
UNUSED = ("assets/javascripts/", "sitemap.xml", *(f"{section}/" for section in SECTIONS))


def site_files(files: Files, config: MkDocsConfig, *, shared: bool) -> Files:
    """Leave out what no page of ours loads (the theme's scripts, 1.5 MB; its template of a sitemap), our own lists, and what lies in content/ by chance.

    With ``shared``, add the pages that come with tsunagite, but for those that the site has written itself.
    """
    for file in list(files):
        unused = file.src_uri.endswith(".map") or file.src_uri.startswith(UNUSED) or file.src_uri in LISTS
        own = file.src_dir == config.docs_dir
        if unused or (own and not (is_published(file.src_uri) and may_be_read(Path(config.docs_dir, file.src_uri)))):
            files.remove(file)
        elif own and file.src_uri.lower().endswith(PICTURES):
            _publish_without_metadata(file)
    for name in SHARED_PAGES if shared else ():
        if files.get_file_from_path(name) is None:
            files.append(File(name, str(shared_content()), config.site_dir, config.use_directory_urls))
    return files


def _publish_without_metadata(file: File) -> None:
    """Let a picture be published without what its camera wrote into it. Raises UsageError for one that cannot be read."""
    from tsunagite.pictures import PictureError, without_metadata  # noqa: PLC0415 - Pillow is loaded where there are pictures

    try:
        file.content_bytes = memo(without_metadata)(file.content_bytes).value
    except PictureError as problem:
        raise UsageError(ui("picture_broken", name=f"content/{file.src_uri}")) from problem
