"""A small world for tests: a dict of files becomes a site and its view."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from tsunagite.check.load import load
from tsunagite.engine.artifact import Artifact, Page
from tsunagite.engine.assemble import Views, assemble
from tsunagite.engine.products import product
from tsunagite.findings import has_errors
from tsunagite.site.record import RecordView

TODAY = date(2026, 11, 22)


def resource(name: str, **fields: Any) -> dict[str, Any]:
    """Return a valid record; ``name`` is its id and its name."""
    return {
        "id": name,
        "name": name,
        "name_kana": "あおぞら",
        "kind": "通いの場・サロン",
        "needs": ["居場所・仲間"],
        "support_level": ["互助"],
        "summary": "お茶を飲みながら話します。",
        "phones": [{"number": "087-839-2811"}],
        "location": {"address": "高松市桜町一丁目9-12"},
        "verified_on": "2026-09-02",
        **fields,
    }


def site_view(folder: Path, *records: dict[str, Any], **files: Any) -> Views:
    """Write a site (``files``: path below resources/ with ``__`` for ``/``, without .yml) and return its view."""
    folder.mkdir(exist_ok=True)
    (folder / "mkdocs.yml").write_text("site_name: x\n", encoding="utf-8")
    data = {f"clubs/{record['id']}": record for record in records}
    data |= {name.replace("__", "/"): content for name, content in files.items()}
    for name, content in data.items():
        path = folder / "resources" / f"{name}.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")
    loaded = load(folder, TODAY)
    assert not has_errors(loaded.findings), loaded.findings
    return assemble(loaded.directory, TODAY)


def record_views(site: Views) -> Iterator[RecordView]:
    """Yield the view of every published record."""
    return map(site.record_views.of, site.records.parts())


def searched_site(folder: Path, *records: dict[str, Any], **files: Any) -> Path:
    """Write a site and the files of its search, and return where they lie (for ``search_queries.mjs``)."""
    view, site = site_view(folder, *records, **files), folder / "site"
    for name in ("search", "index", "facets"):
        for one in product(name).make(view, _bare):
            path = site / one.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(one.content)
    return site


def _bare(page: Page) -> Artifact:
    return Artifact(f"{page.path}index.html", page.body.encode())
