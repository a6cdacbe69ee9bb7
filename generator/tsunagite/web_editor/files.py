"""Files of the web editor below ``admin/``: its page with a policy of its own, the settings, Sveltia CMS, its words in Japanese, and the library that writes YAML."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator

from tsunagite.engine.artifact import Artifact
from tsunagite.engine.program import PACKAGE
from tsunagite.i18n import ui
from tsunagite.records.directory import Directory
from tsunagite.records.model.site import WebEditor
from tsunagite.site.layout.templates import ASSETS, Templates, script_data
from tsunagite.web_editor.config import config_of, hosts_of

FOLDER = "admin"
_WORDS = "locales/ja.json"
IMPORT_MAP = {"imports": {f"./{_WORDS}": f"./{_WORDS.removesuffix('.json')}.js"}}
"""Sveltia's build for bundlers imports its words as JSON without saying so; a browser reads them as a module."""


def admin(directory: Directory) -> Iterator[Artifact]:
    """Yield the web editor where the settings of the site ask for one. Its page has no frame: nothing of the site runs beside it."""
    editor = directory.settings.editor
    if editor is None:
        return
    import_map = script_data(IMPORT_MAP)
    title = ui("web_editor_title", name=directory.settings.name)
    page = Templates().render(
        "web_editor", base="../", title=title, policy=policy(editor, import_map), import_map=import_map
    )
    yield Artifact(f"{FOLDER}/index.html", page.encode())
    yield Artifact.json(f"{FOLDER}/config.json", config_of(directory, editor))
    for script in sorted((PACKAGE / "web_editor" / "admin").glob("*.js")):
        yield Artifact(f"{FOLDER}/{script.name}", script.read_bytes())
    for path in sorted(path for path in (ASSETS / "yaml").rglob("*") if path.is_file()):
        yield Artifact(f"{FOLDER}/yaml/{path.relative_to(ASSETS / 'yaml').as_posix()}", path.read_bytes())
    sveltia = ASSETS / "sveltia"
    for path in sorted(path for path in sveltia.rglob("*") if path.is_file()):
        name, content = path.relative_to(sveltia).as_posix(), path.read_bytes()
        if name == _WORDS:
            name, content = f"{_WORDS.removesuffix('.json')}.js", b"export default " + content.strip() + b";\n"
        yield Artifact(f"{FOLDER}/{name}", content)


def policy(editor: WebEditor, import_map: str) -> str:
    """Return the Content-Security-Policy of the page: scripts of the site alone, and no other host than the forge.

    Styles may stand in the page: Svelte writes them there.
    """
    digest = base64.b64encode(hashlib.sha256(import_map.encode()).digest()).decode()
    rules = {
        "default-src": "'none'",
        "script-src": f"'self' 'sha256-{digest}'",
        "style-src": "'self' 'unsafe-inline'",
        "font-src": "'self'",
        "img-src": "'self' blob: data:",
        "connect-src": " ".join(("'self'", "data:", "blob:", *hosts_of(editor))),
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())
