"""MkDocs as the preview uses it: made ready once, to turn one Markdown page into HTML."""

from __future__ import annotations

import tempfile
from pathlib import Path

from mkdocs.commands import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation, get_navigation
from mkdocs.structure.pages import Page

from ..exporting.formats import export_paths
from ..reading.mkdocs_pages import pictures_of
from ..reading.settings import CONFIG_NAME, Settings
from ..web.page_maker import PageMaker
from .page_files import fonts_of


class PreviewTheme:
    """MkDocs as configured by the edition, made ready once, to turn one Markdown page into HTML.

    MkDocs' own build compiles the theme and lists its twelve thousand icons each time. Its two
    functions for one page are not public, so this class is what a new release may break.
    """

    def __init__(self, settings: Settings, config_path: Path, maker: PageMaker, site_dir: str, address: str) -> None:
        # Pages are given to MkDocs as text, not as files; but it wants to know a folder that is there.
        with tempfile.TemporaryDirectory() as no_pages, config_path.open("rb") as source:
            path = str(settings.root / CONFIG_NAME)
            config: MkDocsConfig = load_config(source, config_file_path=path, docs_dir=no_pages, site_dir=site_dir)
        config.site_url = address
        config.plugins.on_startup(command="serve", dirty=True)
        self._config: MkDocsConfig = config.plugins.on_config(config)
        self._config.plugins.on_pre_build(config=self._config)
        environment = config.theme.get_env()
        files = Files([File.generated(config, path, content="") for path in maker.paths])
        for name, picture in pictures_of(settings).items():
            files.append(File.generated(config, name, abs_src_path=str(picture)))
        for name, data in fonts_of(settings).items():
            files.append(File.generated(config, name, content=data))
        files.add_files_from_theme(environment, config)
        for file in files:
            file.inclusion = InclusionLevel.INCLUDED
        self._files = config.plugins.on_files(files, config=config)
        self._nav: Navigation = config.plugins.on_nav(get_navigation(files, config), config=config, files=files)
        if not settings.docs_dir:
            for page in self._nav.pages:
                # MkDocs takes it from the text, which a page has only when somebody asks for it.
                page.title = page.title or maker.label_of(page.file.src_uri) or None
        self._environment = config.plugins.on_env(environment, config=config, files=files)
        self._files.copy_static_files(inclusion=InclusionLevel.is_in_serve)
        self._assets = Files(list(self._files))
        # What lies beside the pages is made when it is asked for, too; links to it must be known before.
        for name in export_paths(maker.linked):
            self._files.append(File.generated(config, name, content="", inclusion=InclusionLevel.INCLUDED))
        self._pages = self._files.documentation_pages()
        self.path_by_url = {file.dest_uri: file.src_uri for file in self._pages}
        self._made: dict[str, str] = {}

    def copy_assets(self) -> None:
        """Copy the edition's pictures that changed."""
        self._assets.copy_static_files(dirty=True, inclusion=InclusionLevel.is_in_serve)

    def make_page(self, path: str, markdown: str) -> None:
        """Write the HTML of a page, unless it was made from the same Markdown before."""
        if self._made.get(path) == markdown:
            return
        file = self._files.src_uris[path]
        file.content_string = markdown
        page = file.page or Page(None, file, self._config)
        mkdocs_build._populate_page(page, self._config, self._files)
        mkdocs_build._build_page(page, self._config, self._pages, self._nav, self._environment)
        self._made[path] = markdown
