"""The troubles of the contact finder that come with tsunagite: each asks for a duty (support centre, city office), never for a window.

A trouble of the site's own (``resources/contact/``) with the same id stands in for the shared one.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from tsunagite.findings import Finding, SourceLocation, error
from tsunagite.records.load.tree import SETTINGS_FILE, RecordFile
from tsunagite.records.model.site import SiteSettings

FOLDER = Path(__file__).parent.parent / "contact"
SHARED = "tsunagite/records/contact/"
"""How findings name the folder of the shared troubles."""


def is_shared(place: SourceLocation) -> bool:
    """Tell whether a trouble came with tsunagite."""
    return place.file.startswith(SHARED)


def shared_troubles(settings: SiteSettings, own: Collection[str]) -> tuple[list[RecordFile], list[Finding]]:
    """Return the files of the shared troubles that a site shows, and R103 for each ``hidden_troubles`` that is none of them.

    ``own`` are the ids of the site's own troubles, also of those that cannot be read.
    """
    if not settings.shared_troubles:
        return [], []
    known = sorted(path.stem for path in FOLDER.glob("*.yml"))
    place = SourceLocation(f"resources/{SETTINGS_FILE}")
    unknown = [(index, one) for index, one in enumerate(settings.hidden_troubles) if one not in known]
    findings = [
        error("R103", place.at("hidden_troubles", index), title="共通の困りごと", written=one) for index, one in unknown
    ]
    shown = [one for one in known if one not in own and one not in settings.hidden_troubles]
    return [RecordFile(f"{SHARED}{one}.yml", "trouble", "contact") for one in shown], findings


def path_of(file: RecordFile) -> Path:
    """Return where the file of a shared trouble lies."""
    return FOLDER / file.name.removeprefix(SHARED)
