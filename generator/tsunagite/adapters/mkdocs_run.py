"""Starts MkDocs: builds a site, or serves it. What happens inside is said by ``mkdocs_plugin.py``."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from mkdocs.commands import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError

from tsunagite.adapters.mkdocs_plugin import TsunagitePlugin
from tsunagite.engine.build import Build, Options
from tsunagite.engine.last_build import READ, BuildResult, Inputs, LastBuild
from tsunagite.errors import BuildStopped, UsageError
from tsunagite.i18n import ui


def build_with_mkdocs(
    root: Path, site_dir: Path | None, options: Options, last: LastBuild, seen: Inputs | None
) -> Build:
    """Build the site of ``root`` into ``site_dir`` (None: what mkdocs.yml says).

    ``last`` will remember it; ``seen`` is what was seen of its files a moment ago. Raises BuildStopped (the site is untouched) or UsageError.
    """
    config, plugin = _configured(root, site_dir)
    inputs = None
    if folders := _folders_read(root, config):
        known = seen and (seen.site_dir, seen.folders) == (config.site_dir, folders)
        inputs = seen if known else Inputs.seen(root, config.site_dir, options.today, folders)
    began = last.begin()
    plugin.options = options
    stopped = ui("stopped_by_errors", options.language)
    teller = _Teller(options.say, leave_out=stopped)
    logger = logging.getLogger("mkdocs")
    logger.addHandler(teller)
    try:
        with suppress(Abort):  # then nothing was published
            mkdocs_build.build(config)
    finally:
        logger.removeHandler(teller)
    build: Build | None = getattr(plugin, "build", None)
    if build is None or not build.published:
        raise BuildStopped(stopped if build and build.has_errors else ui("stopped_by_warnings", options.language))
    if inputs:
        last.remember(
            inputs,
            began,
            BuildResult(build.findings, build.records, build.published.written + build.published.unchanged),
        )
    return build


def _folders_read(root: Path, config: MkDocsConfig) -> tuple[str, ...]:
    """Return the folders of the site that a build reads; none where it may read anything else: other plugins, hooks, folders elsewhere."""
    here = root.resolve()
    folders = [
        Path(config.docs_dir).resolve(),
        *([Path(config.theme.custom_dir).resolve()] if config.theme.custom_dir else []),
    ]
    settings = (root / "mkdocs.yml").read_text(encoding="utf-8")
    elsewhere = any(sign in settings for sign in ("INHERIT", "!ENV", "../")) or not all(
        folder.is_relative_to(here) for folder in folders
    )
    if elsewhere or config.hooks or set(config.plugins) != {"tsunagite"}:
        return ()
    return tuple(dict.fromkeys([*READ, *(folder.relative_to(here).as_posix() for folder in folders)]))


class _Teller(logging.Handler):
    """Tells MkDocs's own warnings (a guide links to a page that is not there) the way findings are told."""

    def __init__(self, say: Callable[[str], object], leave_out: str) -> None:
        super().__init__(logging.WARNING)
        self._say, self._leave_out = say, leave_out

    def emit(self, record: logging.LogRecord) -> None:
        """Tell one line; the closing sentence comes at the end anyway."""
        if record.getMessage() != self._leave_out:
            self._say(record.getMessage())


def serve_site(root: Path, address: str) -> None:
    """Serve the site and rebuild it whenever resources/, content/ or overrides/ change."""
    from mkdocs.commands import serve as mkdocs_serve  # noqa: PLC0415 - it brings a server along

    _configured(root, None)
    logger = logging.getLogger("mkdocs")  # MkDocs makes plugins of its own for each rebuild; they tell findings here
    logger.setLevel(logging.INFO)
    logger.addHandler(logging.StreamHandler())
    mkdocs_serve.serve(str(root / "mkdocs.yml"), dev_addr=address)


def _configured(root: Path, site_dir: Path | None) -> tuple[MkDocsConfig, TsunagitePlugin]:
    config_file = root / "mkdocs.yml"
    if not config_file.is_file():
        raise UsageError(
            f"mkdocs.yml がありません: {root} → サイトのフォルダーで実行するか、tsunagite init で作ってください。"
        )
    if not (root / "resources").is_dir():
        raise UsageError(
            f"resources/ がありません: {root} → サイトのフォルダーで実行するか、tsunagite init で作ってください。"
        )
    options: dict[str, Any] = {"strict": True}
    if site_dir:
        options["site_dir"] = str(site_dir.absolute())
    try:
        config = load_config(str(config_file), **options)
    except ConfigurationError as problem:
        raise UsageError(f"mkdocs.yml を読めません: {problem}") from problem
    plugin = config.plugins.get("tsunagite")
    if not isinstance(plugin, TsunagitePlugin):
        raise UsageError("mkdocs.yml の plugins: に「- tsunagite」を書いてください。")
    return config, plugin
