"""The live preview: MkDocs' server and theme, each page made when a browser asks for it.

Besides `run_mkdocs` the only module that imports MkDocs: when Zensical takes its place, only these
two files change.
"""

from __future__ import annotations

import errno
import html
import importlib.resources
import logging
import mimetypes
import multiprocessing
import os
import re
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from mkdocs.commands import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation, get_navigation
from mkdocs.structure.pages import Page

from ..checking.edition import Checked, check_edition, with_settings
from ..citing.styles import Style
from ..edition.links import LinkedCorpus
from ..reading.files import find_files, name_of
from ..reading.mkdocs_pages import pictures_of
from ..reading.settings import CONFIG_NAME, Settings
from ..system.children import ChildError, die_with_parent
from ..system.endings import EndedBySignal, ending_of
from ..system.marker import mark_folder
from ..system.watcher import Watcher
from ..values.findings import FindingError
from ..web.navigation import make_nav
from ..web.page_maker import Orders, PageMaker
from .composed import ComposeError, write_config
from .markdown_speed import quicken
from .mkdocs import SiteError, build_site
from .page_files import build_pages, fonts_of
from .pagefind import SearchError, index_site
from .requests import hosts_of, is_for, read_path

_WATCHED = ("content", "bibliography", "theme", "templates", CONFIG_NAME)
# Editors write a file in more than one go.
_QUIET_SECONDS = 0.05
# What follows from all pages is made by a whole build, and given out from there.
_OF_WHOLE = re.compile(
    r"/(?:pagefind/[\w./-]+|search/spellings\.js|lookup/[\w./-]+\.js|sources/[\w-]+/index\.json|feed\.xml"
    r"|[\w-]+/[\w-]+\.csv)\Z"
)
# Where MkDocs answers what is new, and we the script that asks.
_RELOAD = "/livereload/reload.js"
_PAGE = "<!doctype html><html lang=en><head><meta charset=utf-8><title>{}</title></head><body><p>{}</p></body></html>"
_NOT_YET = _PAGE.format(
    "Not yet", "The records have errors: the terminal tells where. This page follows when they are mended."
)
_FAILED = "This page could not be made: {}. It follows when that is mended."
_STAY = "the pages in the browser stay as they were before"


class _Theme:
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
        self._environment = config.plugins.on_env(environment, config=config, files=files)
        self._files.copy_static_files(inclusion=InclusionLevel.is_in_serve)
        self._assets = Files(list(self._files))
        # What lies beside the pages is made when it is asked for, too; links to it must be known before.
        for name in maker.files:
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


class _Preview:
    """The last good state of the edition, and the pages made from it so far."""

    def __init__(
        self,
        root: Path,
        show: Callable[[Checked], None],
        tell: Callable[[str], None],
        *,
        is_untrusted: bool = False,
    ) -> None:
        self.root = root
        self.is_untrusted = is_untrusted
        self.address = ""  # of the server, as soon as it has one
        self.show = show
        self.tell = tell
        self.folder = Path(tempfile.mkdtemp(prefix="dosje-preview-"))
        self.site_dir = str(self.folder / "0")
        self.watched: tuple[str, ...] = _WATCHED  # below root
        self._lock = threading.Lock()
        self._maker: PageMaker | None = None
        self._theme: _Theme | None = None
        self._theme_state: object = None
        self._orders: Orders = {}

    def reload(self, *, is_first: bool = False) -> bool:
        """Read and check the edition anew; with errors, show them and keep what is there.

        Raises OSError, at first only: what cannot be read or written then will hardly be so later.
        """
        started = time.perf_counter()
        try:
            checked = check_edition(self.root, is_untrusted=self.is_untrusted)
        except OSError as error:
            if is_first:
                raise
            self.tell(ending_of(error).text)
            self.tell(_STAY)
            return False
        except Exception as error:  # noqa: BLE001
            # A fault of ours. The server would stop following, and what is half typed now is whole in a moment.
            self.tell(f"{self._last_saved()} could not be understood: {type(error).__name__}: {error}")
            self.tell("the pages in the browser stay as they were before it was saved; please report this")
            return False
        if checked.corpus is not None:
            self.watched = _names_of(checked.corpus.settings)
        if checked.findings:
            self.show(checked)
        if checked.has_errors or checked.linked is None or checked.style is None:
            self.tell("the pages in the browser stay as they were before the error")
            return False
        with self._lock:
            try:
                count = self._renew(checked.linked, checked.style)
            except EndedBySignal:
                raise
            except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever plugins, themes and MkDocs may raise
                is_told = isinstance(error, MkDocsException | ComposeError | Abort)
                self.tell(f"MkDocs: {error}" if is_told else f"MkDocs: {type(error).__name__}: {error}")
                self.tell(_STAY)
                return False
        self.tell(f"{time.perf_counter() - started:4.1f} s  read {count} pages anew")
        return True

    def _renew(self, linked: LinkedCorpus, style: Style) -> int:
        """Take what was read for the pages from now on, and return how many there are. Raises what MkDocs raises."""
        settings, nav = linked.corpus.settings, make_nav(linked)
        state = self._read_theme_state(settings), nav
        orders = self._orders if state == self._theme_state else {}
        maker = PageMaker(linked, style, orders)
        if self._theme is None or state != self._theme_state or set(maker.paths) != set(self._press_paths()):
            # Beside the folder that is served: what fails leaves that as it is.
            new = str(self.folder / str(int(Path(self.site_dir).name) + 1))
            try:
                theme = _Theme(settings, write_config(settings, nav), maker, new, self.address)
            except BaseException:
                shutil.rmtree(new, ignore_errors=True)
                raise
            before, self.site_dir, self._theme = self.site_dir, new, theme
            shutil.rmtree(before, ignore_errors=True)
        else:
            self._theme.copy_assets()
        self._theme_state, self._maker, self._orders = state, maker, orders
        return len(maker.paths)

    def make(self, url_path: str) -> None:
        """Make the page that a browser asks for, if there is one at this path of the site."""
        name = url_path.lstrip("/")
        name = f"{name}index.html" if name.endswith("/") or not name else name
        with self._lock:
            if self._maker is None or self._theme is None:
                Path(self.site_dir).mkdir(exist_ok=True)
                Path(self.site_dir, "index.html").write_text(_NOT_YET, encoding="utf-8")
                return
            file = self._maker.make_file(name)
            if file is not None:
                target = Path(self.site_dir, name)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(file.encode())
                return
            path = self._theme.path_by_url.get(name)
            if path is not None:
                pages, _ = self._maker.make_pages([path])
                self._theme.make_page(path, pages[path])

    def _last_saved(self) -> str:
        """Return the name of the file of records or texts that was saved last."""
        found = [path for name in ("content", "bibliography") for path in find_files(self.root / name, self.root).files]
        newest = max(found, key=lambda path: path.exists() and path.stat().st_mtime_ns, default=self.root / CONFIG_NAME)
        return name_of(newest, self.root)

    def _press_paths(self) -> tuple[str, ...]:
        return self._maker.paths if self._maker else ()

    def _read_theme_state(self, settings: Settings) -> object:
        """Return what stays the same while neither settings, theme nor the names of pictures change."""
        files = [self.root / CONFIG_NAME, *(self.root / "theme").rglob("*"), *(self.root / "templates").rglob("*")]
        times = {str(file): file.stat().st_mtime_ns for file in files if file.is_file()}
        return times, sorted(pictures_of(settings))


def _names_of(settings: Settings) -> tuple[str, ...]:
    """Return the names of files and folders, below the edition's, that what is shown depends on."""
    style = settings.style if settings.style.endswith(".csl") else ""
    own = (settings.docs_dir, settings.bib_file, settings.bib_dir, style)
    return tuple(dict.fromkeys((*_WATCHED, *filter(None, own))))


class _Server(LiveReloadServer):
    """MkDocs' server, which makes a page before it gives it out.

    It answers only those who know it by a name of this machine, or by one of `more_hosts`. Raises OSError.
    """

    def __init__(self, preview: _Preview, whole: Path, host: str, port: int, more_hosts: Iterable[str] = ()) -> None:
        super().__init__(
            builder=preview.reload,  # type: ignore[arg-type]
            host=host,
            port=port,
            root=preview.site_dir,
            shutdown_delay=0.1,
        )
        try:
            self.server_bind()
            self.server_activate()
        except OSError:
            self.server_close()
            raise
        self.build_delay = _QUIET_SECONDS
        self._preview = preview
        self._whole = whole
        self._host = host
        self._hosts = hosts_of(host, more_hosts)
        self._watched_paths["."] = 1  # what MkDocs asks whether a page is to follow
        self.set_app(self.answer)

    @property
    def address(self) -> str:
        """Where it answers: of port 0, the port that the system gave."""
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"http://{host}:{self.server_port}/"

    def start(self) -> None:
        """Begin to answer. The port is bound already."""
        self.serve_thread.start()

    def serve(self, *, open_in_browser: bool = False) -> None:
        """Look for changes until the program is interrupted."""
        self._build_loop()  # type: ignore[no-untyped-call]

    def want_reload(self) -> None:
        """Have the edition read anew."""
        with self._rebuild_cond:
            self._want_rebuild = True
            self._rebuild_cond.notify_all()

    def handle_error(self, request: object, client_address: object) -> None:
        """Say in one line what an answer failed of; nothing of a browser that went away."""
        error = sys.exception()
        if not isinstance(error, ConnectionError):
            self._preview.tell(f"a request could not be answered: {type(error).__name__}: {error}")

    def answer(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer a request, or refuse it: no name of this machine, no method or path of a file."""
        method, path = environ.get("REQUEST_METHOD", ""), read_path(environ["PATH_INFO"])
        if not is_for(environ.get("HTTP_HOST", ""), self._hosts):
            text = "This preview answers to names of this machine only; for another: dosje serve --allow-host NAME\n"
            return _say("421 Misdirected Request", text, start_response)
        if method not in ("GET", "HEAD"):
            return _say("405 Method Not Allowed", "Pages can be read, and nothing else.\n", start_response)
        if path is None:
            return _say("404 Not Found", "There is no page with such an address.\n", start_response)
        answer = self.serve_request(environ, start_response)
        if method == "GET":
            return answer
        if hasattr(answer, "close"):
            answer.close()
        return []

    def serve_request(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore")
        if _OF_WHOLE.match(path) and ".." not in path:
            found = self._whole / path.lstrip("/")
            status = "200 OK" if found.is_file() else "404 Not Found"
            start_response(status, [("Content-Type", mimetypes.guess_type(path)[0] or "application/octet-stream")])
            return [found.read_bytes() if found.is_file() else b""]
        if path == _RELOAD:
            start_response("200 OK", [("Content-Type", "application/javascript")])
            return [(importlib.resources.files("dosje") / "site" / "reload.js").read_bytes()]
        if path.startswith("/livereload/"):
            return super().serve_request(environ, start_response)
        while True:
            # A reload that is on its way ends first, so that the page shows what was just saved.
            with self._epoch_cond:
                self._epoch_cond.wait_for(lambda: self._visible_epoch == self._wanted_epoch)
                epoch = self._visible_epoch
            said: list[tuple[Any, ...]] = []
            try:
                self._preview.make(path)
                self.root = os.path.abspath(self._preview.site_dir)
                answer = super().serve_request(environ, lambda *status, said=said: said.append(status))
            except Exception as error:  # noqa: BLE001 - one page that fails is no reason not to show the others
                answer = self._fail(path, error, epoch, lambda *status, said=said: said.append(status))
            # One that came in between has taken the page away, or would pass for what this page shows.
            if self._visible_epoch == self._wanted_epoch == epoch:
                start_response(*said[-1])
                return answer

    def _fail(self, path: str, error: Exception, epoch: int, start_response: Any) -> list[bytes]:
        """Answer with a page that says why there is none, and follows a save as well."""
        said = ending_of(error).text if isinstance(error, FindingError) else f"{type(error).__name__}: {error}"
        self._preview.tell(f"{path} could not be made: {said}")
        page = _PAGE.format("Not made", html.escape(_FAILED.format(said))).encode()
        start_response("500 Internal Server Error", [("Content-Type", "text/html; charset=utf-8")])
        return [self._inject_js_into_html(page, epoch)]

    def _inject_js_into_html(self, content: bytes, epoch: int) -> bytes:
        """Return a page that asks for the script with which it follows a save, where MkDocs would write one into it."""
        before, end, after = content.rpartition(b"</body>")
        request = time.monotonic_ns()
        script = f'<script src="{_RELOAD}" data-epoch="{epoch}" data-request="{request}"></script>'
        return (before or after) + script.encode() + (end + after if end else b"")


def _say(status: str, text: str, start_response: Any) -> list[bytes]:
    start_response(status, [("Content-Type", "text/plain; charset=utf-8")])
    return [text.encode()]


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
    quicken()
    # A shell that starts us in the background has us ignore it.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    preview = _Preview(root, show, tell, is_untrusted=is_untrusted)
    whole = Path(tempfile.mkdtemp(prefix="dosje-search-"))
    indexing = multiprocessing.get_context("spawn").Process(
        target=_build_whole, args=(root, whole, is_untrusted), daemon=True
    )
    try:
        try:
            server = _Server(preview, whole / "site", host, port, more_hosts)
        except OSError as error:
            other = f"; try --port {port + 1}" if error.errno == errno.EADDRINUSE else ""
            tell(f"Error: cannot serve on {host}:{port}: {error.strerror or error}{other}")
            return 2
        preview.address = server.address
        # Looks before the first reading, so that no save is missed between the two.
        watcher = Watcher(root, lambda: preview.watched, server.want_reload)
        try:
            if preview.reload(is_first=True):
                indexing.start()
            watcher.start()
            # Before anybody is told, and would end it: a thread that is only just starting cannot be ended.
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
        # Its pages are its own: somebody may build the site meanwhile.
        checked = with_settings(checked, pages_dir=str(mark_folder(folder) / "pages"))
        assert checked.linked is not None
        settings = checked.linked.corpus.settings
        build_pages(checked, lambda _: None)
        try:
            build_site(settings, make_nav(checked.linked), folder / "site")
            index_site(settings, folder / "site")
        except (SiteError, SearchError, ChildError):
            return  # what is wrong shows on the pages
