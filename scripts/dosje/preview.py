"""The live preview: MkDocs' own server, with our build before its build.

The one module of ours that imports MkDocs (DESIGN.md): when Zensical takes its place, only this
file changes.
"""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from mkdocs.commands.build import build as build_with_mkdocs
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException
from mkdocs.livereload import LiveReloadServer

from .build import Built, Checked, build_pages, check_edition
from .settings import CONFIG_NAME

_WATCHED = ("content", "bibliography", "theme", "templates", CONFIG_NAME)
_POLL_SECONDS = 0.15
_NOT_YET = (
    "<!doctype html><html lang=en><head><meta charset=utf-8><title>Not yet</title></head>"
    "<body><p>The records have errors: the terminal tells where. "
    "This page follows when they are mended.</p></body></html>"
)


class _Preview:
    """Holds the last good site in a temporary folder and mends it after each save."""

    def __init__(self, root: Path, show: Callable[[Checked], None], tell: Callable[[str], None]) -> None:
        self.root = root
        self.show = show
        self.tell = tell
        self.site_dir = tempfile.mkdtemp(prefix="dosje-preview-")
        self.config: MkDocsConfig | None = None
        self.address = ""
        self._config_time = 0.0

    def rebuild(self) -> bool:
        """Build what changed since the last time; with findings, show them and keep what is there."""
        started = time.perf_counter()
        checked = check_edition(self.root)
        if checked.findings:
            self.show(checked)
        if checked.has_errors:
            self.tell("the pages in the browser stay as they were before the error")
            return False
        built = build_pages(checked, lambda _: None)
        try:
            assert checked.corpus is not None
            self._build_site(built, self.root / checked.corpus.settings.pages_dir)
        except (Abort, MkDocsException) as error:
            self.tell(f"MkDocs: {error}")
            return False
        seconds = time.perf_counter() - started
        self.tell(f"{seconds:4.1f} s  {len(built.written.changed)} of {built.pages} pages changed")
        return True

    def _build_site(self, built: Built, pages: Path) -> None:
        changed = self._theme_time()
        is_fresh = self.config is not None and changed <= self._config_time and not built.written.removed
        if not is_fresh:
            config_file = str(self.root / CONFIG_NAME)
            self.config = load_config(config_file, docs_dir=str(pages), site_dir=self.site_dir, strict=False)
            self.config.site_url = self.address
            self.config.plugins.on_startup(command="serve", dirty=True)
            _keep_templates(self.config)
            self._config_time = changed
        assert self.config is not None
        # A "dirty" build renders only the pages whose Markdown is newer than their HTML.
        build_with_mkdocs(self.config, serve_url=self.address, dirty=is_fresh)

    def _theme_time(self) -> float:
        files = [self.root / CONFIG_NAME, *(self.root / "theme").rglob("*")]
        return max(file.stat().st_mtime for file in files if file.is_file())


def _keep_templates(config: MkDocsConfig) -> None:
    """Let every build of this configuration use the same compiled templates.

    MkDocs compiles the theme and lists its twelve thousand icons anew for each build: half of the
    time of a preview of one page.
    """
    environment = config.theme.get_env()
    names = environment.list_templates()

    def list_templates(extensions: object = None, filter_func: Callable[[str], bool] | None = None) -> list[str]:
        return [name for name in names if filter_func is None or filter_func(name)]

    environment.list_templates = list_templates  # type: ignore[method-assign]
    config.theme.get_env = lambda: environment  # type: ignore[method-assign]


def serve_edition(
    root: Path, host: str, port: int, show: Callable[[Checked], None], tell: Callable[[str], None]
) -> int:
    """Serve the edition until interrupted; return the exit code: 0, or 1 if it cannot start.

    `show` is called with every check that found something, `tell` with progress.
    """
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    # Its warning about "dirty" builds at each save, and the search index that it leaves partial, are ours to know.
    logging.getLogger("mkdocs").setLevel(logging.ERROR)
    preview = _Preview(root, show, tell)
    preview.address = f"http://{host}:{port}/"
    try:
        if not preview.rebuild():
            # Nothing good to show yet: a page that follows the first save that mends it.
            Path(preview.site_dir, "index.html").write_text(_NOT_YET, encoding="utf-8")
        server = LiveReloadServer(
            builder=preview.rebuild,  # type: ignore[arg-type]
            host=host,
            port=port,
            root=preview.site_dir,
            polling_interval=_POLL_SECONDS,
            shutdown_delay=0.1,
        )
        for name in _WATCHED:
            if (root / name).exists():
                server.watch(str(root / name))
        try:
            tell(f"serving {preview.address} (Ctrl-C ends it)")
            server.serve()  # type: ignore[no-untyped-call]
        except KeyboardInterrupt:
            tell("ended")
        finally:
            server.shutdown()
    except OSError as error:
        tell(f"cannot serve on {host}:{port}: {error}; try --port {port + 1}")
        return 1
    finally:
        shutil.rmtree(preview.site_dir, ignore_errors=True)
    return 0
