"""The one door to MkDocs: checks before MkDocs builds, then adds our pages to what MkDocs wrote, and publishes.

Thin on purpose (MkDocs 1.x is no longer developed): no rules, no markup. ``mkdocs build`` and ``tsunagite build``
run through here alike.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, suppress
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Environment
from markupsafe import Markup, escape
from mkdocs.commands import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.base import Config
from mkdocs.config.config_options import Optional, Type
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError, PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents
from mkdocs.utils import CountHandler

from tsunagite.check.load import Loaded, load, open_store
from tsunagite.engine import clock
from tsunagite.engine.artifact import Artifact, Bundle, Draft, Made
from tsunagite.engine.build import everything, make_artifacts, make_last
from tsunagite.engine.kept_pages import KeptPages, Noted
from tsunagite.engine.last_build import READ, Inputs, LastBuild, Result
from tsunagite.engine.processes import WORTH_SHARING, share
from tsunagite.engine.products import HEAVY, Output
from tsunagite.engine.program import CACHE, theme_layer
from tsunagite.engine.publish import Published, Stage
from tsunagite.engine.store import Changes
from tsunagite.errors import BuildStopped, TsunagiteError, UsageError
from tsunagite.findings import Finding, has_errors
from tsunagite.i18n import ui
from tsunagite.i18n.report import text_lines
from tsunagite.records.load.guides import LISTS, SECTIONS, is_published
from tsunagite.records.yaml.front_matter import without_comments
from tsunagite.site.layout import shell
from tsunagite.site.layout.frame import frame_words
from tsunagite.site.view import Guide, SiteView

log = logging.getLogger("mkdocs.plugins.tsunagite")
UNUSED = ("assets/javascripts/", *(f"{section}/" for section in SECTIONS))


class _Staged(NamedTuple):
    """What one process has made: paths (staged and kept), their keys, what goes to the store, and findings."""

    staged: tuple[set[str], set[str]]
    kept: Noted | None
    store: Changes
    findings: list[Finding]


class PluginConfig(Config):  # type: ignore[no-untyped-call]  # MkDocs has no types here
    """Options in mkdocs.yml. What a publisher decides stands in resources/site.yml instead."""

    today = Optional(Type(str))


class TsunagitePlugin(BasePlugin[PluginConfig]):  # type: ignore[no-untyped-call]  # as above
    """Adds the directory to a MkDocs site."""

    loaded: Loaded
    stage: Stage
    today: date | None = None
    published: Published | None = None
    language = "ja"
    use_cache = True
    kept: KeptPages | None = None
    say: Callable[[str], None] = staticmethod(log.info)

    def __init__(self) -> None:
        super().__init__()
        self._open = ExitStack()
        """The store of this build."""

    @property
    def findings(self) -> list[Finding]:
        """What was found, as far as the build came."""
        return self.loaded.findings if hasattr(self, "loaded") else []

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read and check everything; send MkDocs's own files to the stage."""
        root = Path(config.config_file_path).parent
        try:
            given = self.today or (date.fromisoformat(self.config.today) if self.config.today else None)
        except ValueError as problem:
            raise PluginError(f"mkdocs.yml の today「{self.config.today}」は日付ではありません。→ 2026-11-22 のように書いてください。") from problem
        self.today = clock.today(given)
        try:
            self._store = self._open.enter_context(open_store(root, self.say, self.language, use_cache=self.use_cache))
            self.loaded = load(root, self.today)
        except TsunagiteError as problem:  # e.g. no resources/: one sentence instead of a traceback
            raise PluginError(str(problem)) from problem
        for line in text_lines(self.loaded.findings, self.language):
            self.say(line)
        if has_errors(self.loaded.findings):
            raise PluginError(ui("stopped_by_errors", self.language))
        settings = self.loaded.directory.settings
        # MkDocs's templates do not escape; words that are marked as escaped are not escaped a second time.
        config.site_name = escape(settings.name)
        config.site_description = escape(settings.description) if settings.description else config.site_description
        config.site_url = settings.site_url or config.site_url
        config.theme.dirs.insert(1 if config.theme.custom_dir else 0, str(theme_layer()))
        config.theme.static_templates.discard("sitemap.xml")  # it names the clock's day; ours lists our pages too
        config.extra_css.insert(0, "assets/tsunagite/site.css")
        config.watch.extend(str(root / name) for name in ("resources", "overrides") if (root / name).is_dir())
        self.stage = Stage(Path(config.site_dir))
        self.stage.open()
        config.site_dir = str(self.stage.folder)
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Leave out what no page of ours loads (the theme's scripts, 1.5 MB), our own lists, and what lies in content/ by chance."""
        for file in [f for f in files if f.src_uri.endswith(".map") or f.src_uri.startswith(UNUSED) or f.src_uri in LISTS]:
            files.remove(file)
        for file in [f for f in files if f.src_dir == config.docs_dir and not is_published(f.src_uri)]:
            files.remove(file)
        return files

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Leave the comments of editors out of the pages."""
        return without_comments(markdown)

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Keep the navigation of the guides for our own pages."""
        self._nav, self._files = nav, files
        return nav

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Give the frame its words: header links, emergency strip, notices."""
        guides = tuple(Guide(str(page.title), page.url, _words(page)) for page in self._nav.pages)
        self._site = SiteView.of(self.loaded.directory, self.today or clock.today(), guides)
        env.globals["tsunagite"] = frame_words(self._site)
        self._env = env
        return env

    @event_priority(-100)  # after every other plugin has written its files
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Render our pages into the stage and publish all of it, unless strict mode is about to refuse the build."""
        shells = shell.Shells(lambda section, path: self._frame(config, section, path))

        def make(outputs: Iterator[Output]) -> _Staged:
            return self._make(make_artifacts(self._site, shells.frame, outputs), shells)

        if not self.kept or not self.kept.knows_any:
            list(self._site.cards.values())  # both processes will ask for all of them
        light = [output for output in everything() if output not in HEAVY]
        own, *others = share(light, make, alone=len(self._site.directory.published) < WORTH_SHARING)
        for other in others:
            self.stage.join(*other.staged)
            self._store.join(other.store)
            if self.kept and other.kept:
                self.kept.note(other.kept)
        last = make(output for output in everything() if output in HEAVY)
        found = sorted((finding for part in (own, *others, last) for finding in part.findings), key=lambda finding: finding.sort_key)
        self.loaded.findings.extend(found)
        self._open.close()
        for line in text_lines(found, self.language):
            self.say(line)
        for artifact in make_last(self._site, self.stage.names(), self.stage.read, lambda bundle: self._bundle(bundle, shells, found)):
            self.stage.add(artifact)
        if any(isinstance(h, CountHandler) and h.get_counts() for h in logging.getLogger("mkdocs").handlers):
            return  # MkDocs raises Abort right after this event
        self.published = self.stage.publish()
        if self.kept:
            self.kept.save()

    def _make(self, products: Iterable[Made | Bundle | Finding], shells: shell.Shells) -> _Staged:
        """Stage what is made, but for what the last build made from the same."""
        found: list[Finding] = []
        for made in products:
            if isinstance(made, Finding):
                found.append(made)
            elif isinstance(made, Bundle):
                self._bundle(made, shells, found)
            else:
                self._stage(made, shells)
        return _Staged(self.stage.staged(), self.kept.noted() if self.kept else None, self._store.changes(), found)

    def _bundle(self, bundle: Bundle, shells: shell.Shells, found: list[Finding]) -> list[str]:
        """Stage the files of a bundle, or keep them all, and return their paths; what there is to tell is added to what was ``found``."""
        if self.kept and (paths := self.kept.bundled(bundle.name, bundle.key, shells.state)):
            for path in paths:
                self.stage.keep(path)
            return paths
        shells.asked.clear()
        before, paths = len(found), []
        for made in bundle.make():
            if isinstance(made, Finding):
                found.append(made)
            else:
                self._stage(made, shells)
                paths.append(made.path)
        if self.kept and len(found) == before:
            self.kept.bundle(bundle.name, bundle.key, {place: shells.state(*place) for place in sorted(shells.asked)}, paths)
        return paths

    def _stage(self, made: Made, shells: shell.Shells) -> None:
        if isinstance(made, Draft) and self.kept and self.kept.has(made.path, shells.key(made)):
            self.stage.keep(made.path)
        else:
            self.stage.add(made if isinstance(made, Artifact) else made.make())

    def on_build_error(self, *, error: Exception) -> None:
        """Leave the last good site in place."""
        self._open.close()
        if hasattr(self, "stage"):
            self.stage.discard()

    def _frame(self, config: MkDocsConfig, section: str, path: str) -> str:
        """Let the theme render a page made of markers."""
        file = File.generated(config, f"{path}index.md", content="")
        page = Page(shell.TITLE, file, config)
        page.meta = {"title": shell.TITLE, "description": shell.DESCRIPTION, "tsunagite": section, "tsunagite_head": shell.HEAD}
        page.markdown = ""  # a page without Markdown has no title in MkDocs's eyes
        page.content = shell.BODY
        page.toc = TableOfContents([])
        context = mkdocs_build.get_context(self._nav, self._files, config, page)
        return str(self._env.get_template("main.html").render(context))


def _words(page: Page) -> str:
    return str(Markup(page.content or "").striptags())  # noqa: S704 - read for search, never shown


class Asked(NamedTuple):
    """What a build is asked for: where the site lies, where it is published (None: what mkdocs.yml says), for which day, in which language it tells."""

    root: Path
    site_dir: Path | None
    today: date
    language: str
    use_cache: bool


def build_with_mkdocs(
    asked: Asked, say: Callable[[str], None], last: LastBuild, seen: Inputs | None
) -> tuple[Published, list[Finding], int]:
    """Build a site; return what was published, the findings and the number of records.

    ``last`` will remember it; ``seen`` is what was seen of its files a moment ago. Raises BuildStopped (the site is untouched) or UsageError.
    """
    config, plugin = _configured(asked.root, asked.site_dir, asked.today)
    inputs = None
    if folders := _folders_read(asked.root, config):
        known = seen and (seen.site_dir, seen.folders) == (config.site_dir, folders)
        inputs = seen if known else Inputs.seen(asked.root, config.site_dir, asked.today, folders)
    began = last.begin()
    plugin.say, plugin.language, plugin.use_cache = say, asked.language, asked.use_cache
    if asked.use_cache and inputs and inputs.newest_program < began:
        plugin.kept = KeptPages(asked.root / CACHE / "pages.json", Path(config.site_dir), inputs.program)
    stopped = ui("stopped_by_errors", asked.language)
    teller = _Teller(say, leave_out=stopped)
    logger = logging.getLogger("mkdocs")
    logger.addHandler(teller)
    try:
        with suppress(Abort):  # then nothing was published
            mkdocs_build.build(config)
    finally:
        logger.removeHandler(teller)
    if plugin.published is None:
        raise BuildStopped(stopped if has_errors(plugin.findings) else ui("stopped_by_warnings", asked.language))
    published, records = plugin.published, len(plugin.loaded.directory.placed)
    if inputs:
        last.remember(inputs, began, Result(plugin.findings, records, published.written + published.unchanged))
    return published, plugin.findings, records


def _folders_read(root: Path, config: MkDocsConfig) -> tuple[str, ...]:
    """Return the folders of the site that a build reads; none where it may read anything else: other plugins, hooks, folders elsewhere."""
    here = root.resolve()
    folders = [Path(config.docs_dir).resolve(), *([Path(config.theme.custom_dir).resolve()] if config.theme.custom_dir else [])]
    settings = (root / "mkdocs.yml").read_text(encoding="utf-8")
    elsewhere = any(sign in settings for sign in ("INHERIT", "!ENV", "../")) or not all(folder.is_relative_to(here) for folder in folders)
    if elsewhere or config.hooks or set(config.plugins) != {"tsunagite"}:
        return ()
    return tuple(dict.fromkeys([*READ, *(folder.relative_to(here).as_posix() for folder in folders)]))


class _Teller(logging.Handler):
    """Tells MkDocs's own warnings (a guide links to a page that is not there) the way findings are told."""

    def __init__(self, say: Callable[[str], None], leave_out: str) -> None:
        super().__init__(logging.WARNING)
        self._say, self._leave_out = say, leave_out

    def emit(self, record: logging.LogRecord) -> None:
        """Tell one line; the closing sentence comes at the end anyway."""
        if record.getMessage() != self._leave_out:
            self._say(record.getMessage())


def serve_site(root: Path, address: str) -> None:
    """Serve the site and rebuild it whenever resources/, content/ or overrides/ change."""
    from mkdocs.commands import serve as mkdocs_serve  # noqa: PLC0415 - it brings a server along

    _configured(root, None, None)
    logger = logging.getLogger("mkdocs")  # MkDocs makes plugins of its own for each rebuild; they tell findings here
    logger.setLevel(logging.INFO)
    logger.addHandler(logging.StreamHandler())
    mkdocs_serve.serve(str(root / "mkdocs.yml"), dev_addr=address)


def _configured(root: Path, site_dir: Path | None, today: date | None) -> tuple[MkDocsConfig, TsunagitePlugin]:
    config_file = root / "mkdocs.yml"
    if not config_file.is_file():
        raise UsageError(f"mkdocs.yml がありません: {root} → サイトのフォルダーで実行するか、tsunagite init で作ってください。")
    if not (root / "resources").is_dir():
        raise UsageError(f"resources/ がありません: {root} → サイトのフォルダーで実行するか、tsunagite init で作ってください。")
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
    plugin.today = today
    return config, plugin
