"""The settings of Sveltia CMS for one site: which files are edited, how they are written, where they are kept, who looks at a change."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from pydantic import BaseModel

from tsunagite.i18n import ui
from tsunagite.records.directory import Directory
from tsunagite.records.load.photos import MOST_BYTES
from tsunagite.records.model.area import Area
from tsunagite.records.model.base.vocabulary import Term
from tsunagite.records.model.features.event import Event
from tsunagite.records.model.features.finder import Assignment, Concern
from tsunagite.records.model.features.pamphlet import Pamphlet
from tsunagite.records.model.features.tie import Tie
from tsunagite.records.model.organization import Organization
from tsunagite.records.model.photo import FOLDER, PREFIX
from tsunagite.records.model.resource import Resource
from tsunagite.records.model.site import WebEditor
from tsunagite.web_editor.fields import fields_of

OTHERS: tuple[tuple[str, type[BaseModel], str], ...] = (
    ("organizations", Organization, "name"),
    ("events", Event, "title"),
    ("pamphlets", Pamphlet, "title"),
    ("contact", Concern, "label"),
    ("contact/duties", Assignment, "title"),
    ("areas", Area, "name"),
    ("relations", Tie, "id"),
)
"""Folders of other records, and the field that names a record. Left out: what only programs write or lists describe (sources,
print runs, worksheets with their own forms) and resources/site.yml, which decides what the site is."""
HOSTS = {
    "github": ("https://api.github.com",),
    "gitlab": ("https://gitlab.com",),
    "gitea": ("https://gitea.com",),
    "practice": (),
}
"""Where each forge answers when the settings name no server."""
PHOTOGRAPHS = {
    "max_file_size": MOST_BYTES,
    "slugify_filename": True,
    "transformations": {"raster_image": {"format": "webp", "quality": 90, "width": 2048, "height": 2048}},
}
"""How a photograph is put into the repository: small, and made anew in the browser, so that what the camera wrote into it stays on the device."""
REVIEWED = frozenset({"github", "gitlab"})
"""Forges on which the editor can open a change for review (Sveltia CMS 0.221; Gitea and Forgejo cannot yet)."""


def config_of(directory: Directory, editor: WebEditor) -> dict[str, Any]:
    """Return the settings as plain data, in the order in which they are written."""
    return {
        "backend": _backend(editor),
        **({"publish_mode": "editorial_workflow"} if editor.review and editor.backend in REVIEWED else {}),
        "load_config_file": False,
        "app_title": ui("web_editor_title", name=directory.settings.name),
        "show_preview_links": False,
        "media_folder": FOLDER,
        "public_folder": PREFIX.rstrip("/"),
        "media_libraries": {"default": {"config": PHOTOGRAPHS}, "stock_assets": {"providers": []}},
        "slug": {"encoding": "ascii", "timezone": "local"},
        "output": {"omit_empty_optional_fields": True},
        "editor": {"preview": False},
        "collections": [*_resources(directory), {"divider": True}, *_others(directory)],
    }


def hosts_of(editor: WebEditor) -> tuple[str, ...]:
    """Return the hosts, with their scheme, that the editor may ask: the forge, and who signs people in."""
    named = [str(address) for address in (editor.api_root, editor.base_url) if address]
    hosts = [*(HOSTS[editor.backend] if not editor.api_root else ()), *named]
    return tuple(dict.fromkeys(f"{parts.scheme}://{parts.netloc}" for parts in map(urlsplit, hosts)))


def _backend(editor: WebEditor) -> dict[str, Any]:
    if editor.backend == "practice":
        return {"name": "test-repo"}
    told = {"base_url": editor.base_url, "api_root": editor.api_root, "app_id": editor.app_id}
    pkce = {"auth_type": "pkce"} if editor.backend == "gitlab" and editor.app_id else {}
    messages = {
        name: ui(f"web_editor_commit_{name}", collection="{{collection}}", slug="{{slug}}")
        for name in ("create", "update")
    }
    return {
        "name": editor.backend, "repo": editor.repository, "branch": editor.branch,
        **{name: str(value) for name, value in told.items() if value}, **pkce, **_sign_in(editor), "commit_messages": messages,
    }  # fmt: skip


def _sign_in(editor: WebEditor) -> dict[str, Any]:
    """Offer access tokens alone where nobody signs people in: Sveltia would send them to a host that knows nothing of the site."""
    return {} if (editor.base_url if editor.backend == "github" else editor.app_id) else {"auth_methods": ["token"]}


def _resources(directory: Directory) -> Iterator[dict[str, Any]]:
    """Yield a collection for each folder of resources, in the order of the groups of kinds. It offers the kinds of its group."""
    for group in directory.vocabularies["kind_group"]:

        def fits(vocabulary: str, term: Term, group_id: str = group.id) -> bool:
            return vocabulary != "kind" or term.group == group_id

        fields = fields_of(Resource, directory.vocabularies, fits)
        if any(field.get("options") for field in fields if field["name"] == "kind"):
            yield _collection(group.id, group.label, "name", fields)


def _others(directory: Directory) -> Iterator[dict[str, Any]]:
    for folder, model, name in OTHERS:
        yield _collection(
            folder, ui(f"web_editor_{folder.rpartition('/')[2]}"), name, fields_of(model, directory.vocabularies)
        )


def _collection(folder: str, label: str, name: str, fields: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "name": folder.replace("/", "_"),
        "label": label,
        "folder": f"resources/{folder}",
        "extension": "yml",
        "format": f"record-{folder.replace('/', '-')}",  # admin/record_format.js: comments and layout of the file stay
        "create": True,
        "delete": False,  # a record that has ended keeps its page: status
        "identifier_field": name,
        "slug": "{{fields.id}}",
        "summary": f"{{{{fields.{name}}}}}",
        "sortable_fields": [name],
        "filter": {"field": "id", "pattern": "."},  # not the files that hold a list of records
        "fields": fields,
    }
