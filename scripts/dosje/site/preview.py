"""The live preview: MkDocs' server and theme, each page made when a browser asks for it.

Besides its neighbours named `preview_…` only `run_mkdocs` imports MkDocs. When Zensical takes its place, only these
files change.
"""

from __future__ import annotations

import errno
import logging
import multiprocessing
import os
import shutil
import signal
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from ..checking.edition import Checked, check_edition, with_settings
from ..system.children import ChildError, die_with_parent
from ..system.marker import mark_folder
from ..system.watcher import Watcher
from ..web.navigation import make_nav
from .mkdocs import SiteError, build_site
from .page_files import build_pages
from .pagefind import SearchError, index_site
from .preview_server import PreviewServer
from .preview_state import PreviewState
from .run_mkdocs import take_finished


def serve_edition(
    root: Path,
    host: str,
    port: int,
    show: Callable[[Checked], None],
    tell: Callable[[str], None],
    *,
    more_hosts: Iterable[str] = (),
    is_untrusted: bool = False,
) -> int:
    """Serve the edition until interrupted; return the exit code: 0, or 2 if the port cannot be had.

    `show` is called with every check that found something, `tell` with progress. `more_hosts`: names of hosts under
    which the preview is asked for, beside those of this machine and `host`.
    """
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    logging.getLogger("mkdocs").setLevel(logging.ERROR)
    take_finished()
    # A shell that starts us in the background makes us ignore this signal.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    preview = PreviewState(root, show, tell, is_untrusted=is_untrusted)
    whole = Path(tempfile.mkdtemp(prefix="dosje-search-"))
    indexing = multiprocessing.get_context("spawn").Process(
        target=_build_whole, args=(root, whole, is_untrusted), daemon=True
    )
    try:
        try:
            server = PreviewServer(preview, whole / "site", host, port, more_hosts)
        except OSError as error:
            other = f"; try --port {port + 1}" if error.errno == errno.EADDRINUSE else ""
            tell(f"Error: cannot serve on {host}:{port}: {error.strerror or error}{other}")
            return 2
        preview.address = server.address
        # It looks before the first reading, so that no save in between is missed.
        watcher = Watcher(root, lambda: preview.watched, server.want_reload)
        try:
            if preview.reload(is_first=True):
                indexing.start()
            watcher.start()
            # Before the address is told, because a thread that is just starting cannot be ended.
            server.start()
            tell(f"serving {server.address} (Ctrl-C ends it)")
            server.serve()
        except KeyboardInterrupt:
            tell("ended")
        finally:
            watcher.stop()
            server.shutdown()
    finally:
        if indexing.is_alive():
            indexing.kill()
        for folder in (preview.folder, whole):
            shutil.rmtree(folder, ignore_errors=True)
    return 0


def _build_whole(root: Path, folder: Path, is_untrusted: bool) -> None:
    """Build the whole site into site/ in `folder`, for its search index: single pages cannot be searched."""
    die_with_parent()
    os.nice(10)
    checked = check_edition(root, is_untrusted=is_untrusted)
    if checked.linked is not None and not checked.has_errors:
        # A folder of its own, because somebody may build the site meanwhile.
        checked = with_settings(checked, pages_dir=str(mark_folder(folder) / "pages"))
        assert checked.linked is not None
        settings = checked.linked.corpus.settings
        build_pages(checked, lambda _: None)
        try:
            build_site(settings, make_nav(checked.linked), folder / "site")
            index_site(settings, folder / "site")
        except (SiteError, SearchError, ChildError):
            return  # what is wrong shows on the pages
