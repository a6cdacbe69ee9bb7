"""The one door to MkDocs's events: it hands over a layout and its own few pages; all else is done by ``engine/build.py``.

Thin on purpose (MkDocs 1.x is no longer developed): no rules, no markup.
"""

from __future__ import annotations

import logging
from datetime import date
from pathlib import Path

from jinja2 import Environment
from markupsafe import Markup, escape
from mkdocs.commands.build import get_context
from mkdocs.config.base import Config
from mkdocs.config.config_options import Optional, Type
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents
from mkdocs.utils import CountHandler

from tsunagite.adapters.compiled_templates import COMPILED
from tsunagite.adapters.mkdocs_files import site_files
from tsunagite.engine import clock
from tsunagite.engine.build import Build, Options
from tsunagite.engine.program import theme_layer
from tsunagite.errors import TsunagiteError
from tsunagite.guides.prose import TextAlone
from tsunagite.records.load.guides import shares_its_own
from tsunagite.records.yaml.front_matter import without_comments
from tsunagite.site.layout import shell
from tsunagite.site.layout.frame import frame_words
from tsunagite.site.record import GuidePage


class PluginConfig(Config):  # type: ignore[no-untyped-call]  # MkDocs has no types here
    """Options in mkdocs.yml. What a publisher decides stands in resources/site.yml instead."""

    today = Optional(Type(str))


class TsunagitePlugin(BasePlugin[PluginConfig]):  # type: ignore[no-untyped-call]  # as above
    """Adds the directory to a MkDocs site."""

    options: Options | None = None
    """What ``tsunagite build`` was asked for; MkDocs by itself builds for today, and logs."""
    build: Build

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read and check everything; send MkDocs's own files to the stage."""
        root = Path(config.config_file_path).parent
        self.build = Build(
            root,
            Path(config.site_dir),
            self.options or Options(clock.today(self._day()), logging.getLogger("mkdocs.plugins.tsunagite").info),
        )
        try:
            settings = self.build.read()
        except TsunagiteError as problem:  # e.g. no resources/: one sentence instead of a traceback
            raise PluginError(str(problem)) from problem
        self._shared = settings.shared_guides and not shares_its_own(root)
        # MkDocs's templates do not escape; words that are marked as escaped are not escaped a second time.
        config.site_name = escape(settings.name)
        config.site_description = escape(settings.description) if settings.description else config.site_description
        if config.site_url:
            raise PluginError(
                f"mkdocs.yml に site_url「{config.site_url}」があります。紙のコードや地図のデータは、resources/site.yml の site_url を使います。"
                "→ resources/site.yml に書き、mkdocs.yml の行を消してください。"
            )
        config.site_url = settings.site_url
        config.theme.dirs.insert(1 if config.theme.custom_dir else 0, str(theme_layer()))
        config.theme.static_templates.discard("sitemap.xml")  # it names the clock's day; ours lists our pages too
        config.markdown_extensions.append(TextAlone())  # type: ignore[arg-type]  # an extension or its name
        config.extra_css.insert(0, "assets/tsunagite/site.css")
        config.watch.extend(str(root / name) for name in ("resources", "overrides") if (root / name).is_dir())
        self.build.stage.open()
        config.site_dir = str(self.build.stage.folder)
        return config

    def _day(self) -> date | None:
        try:
            return date.fromisoformat(self.config.today) if self.config.today else None
        except ValueError as problem:
            raise PluginError(
                f"mkdocs.yml の today「{self.config.today}」は日付ではありません。→ 2026-11-22 のように書いてください。"
            ) from problem

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Leave out what no page needs; add the pages that come along."""
        return site_files(files, config, shared=self._shared)

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Leave the comments of editors out of the pages, and what only our own pages may say of themselves."""
        page.meta = {name: value for name, value in page.meta.items() if not name.startswith("tsunagite")}
        return without_comments(markdown)

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Keep the navigation of the guides for our own pages."""
        self._nav, self._files = nav, files
        return nav

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Give the frame its words: header links, emergency strip, notices."""
        texts = [str(Markup(page.content or "").striptags()) for page in self._nav.pages]  # noqa: S704 - read for search, never shown
        guides = tuple(
            GuidePage(str(page.title), page.url, text) for page, text in zip(self._nav.pages, texts, strict=True)
        )
        env.bytecode_cache = COMPILED
        views = self.build.assemble(guides)
        env.globals["tsunagite"] = frame_words(
            views.directory, views.home, views.lists.indexes(), guides, has_papers=bool(views.papers)
        )
        self._env = env
        return env

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Mend the theme's HTML."""
        return shell.valid(output)

    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Mend that of the page for what is not found."""
        return shell.valid(output_content)

    @event_priority(-100)  # after every other plugin has written its files
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Render our pages into the stage and publish all of it, unless strict mode is about to refuse the build."""
        self.build.render(lambda section, path: self._layout(config, section, path))
        if not any(isinstance(h, CountHandler) and h.get_counts() for h in logging.getLogger("mkdocs").handlers):
            self.build.publish()  # else MkDocs raises Abort right after this event

    def on_build_error(self, *, error: Exception) -> None:
        """Leave the last good site in place."""
        if hasattr(self, "build"):
            self.build.abandon()

    def _layout(self, config: MkDocsConfig, section: str, path: str) -> str:
        """Let the theme render a page made of markers."""
        page = Page(shell.TITLE, File.generated(config, f"{path}index.md", content=""), config)
        page.meta = {
            "title": shell.TITLE,
            "description": shell.DESCRIPTION,
            "tsunagite": section,
            "tsunagite_head": shell.HEAD,
        }
        page.markdown, page.content, page.toc = (
            "",
            shell.BODY,
            TableOfContents([]),
        )  # without Markdown MkDocs would see no title
        return str(self._env.get_template("main.html").render(get_context(self._nav, self._files, config, page)))
