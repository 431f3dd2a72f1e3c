"""The state of the preview: the edition as it was read last without errors, and the pages made from it so far."""

from __future__ import annotations

import shutil
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from mkdocs.exceptions import Abort, MkDocsException

from ..checking.edition import Checked, check_edition, with_settings
from ..checking.watching import WATCHED, watched_in
from ..citing.styles import Style
from ..edition.links import LinkedCorpus
from ..exporting.formats import export_file
from ..reading.files import find_files, name_of
from ..reading.mkdocs_pages import pictures_of
from ..reading.settings import CONFIG_NAME, Settings
from ..system.endings import EndedBySignal, ending_of
from ..values.findings import format_findings
from ..web.navigation import make_nav
from ..web.page_maker import PageMaker
from .composed import ComposeError, write_config
from .preview_theme import PreviewTheme

# A page without a theme: its title and its text.
BARE_PAGE = (
    "<!doctype html><html lang=en><head><meta charset=utf-8><title>{}</title></head><body><p>{}</p></body></html>"
)
_NOT_YET = BARE_PAGE.format(
    "Not yet", "The records have errors: the terminal tells where. This page follows when they are mended."
)
_STAY = "the pages in the browser stay as they were before"


class PreviewState:
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
        self.watched: tuple[str, ...] = WATCHED  # below root
        self._had_findings = False
        self._lock = threading.Lock()
        self._maker: PageMaker | None = None
        self._theme: PreviewTheme | None = None
        self._theme_state: object = None

    def reload(self, *, is_first: bool = False) -> bool:
        """Read and check the edition again; if it has errors, show them and keep the pages.

        Raises OSError only the first time, when it will not pass by itself.
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
            # A fault of ours. Raised, it would stop the server, and a record that is half typed is whole in a moment.
            self.tell(f"{self._last_saved()} could not be understood: {type(error).__name__}: {error}")
            self.tell("the pages in the browser stay as they were before it was saved; please report this")
            return False
        if checked.corpus is not None:
            self.watched = watched_in(checked.corpus.settings)
        if checked.findings or self._had_findings:
            self.show(checked)
        self._had_findings = bool(checked.findings)
        if checked.has_errors or checked.linked is None or checked.style is None:
            self.tell("the pages in the browser stay as they were before the error")
            return False
        with self._lock:
            try:
                # Whoever writes the edition may always see how well it is founded, and what waits for an answer.
                linked = with_settings(checked, has_report=True, has_worklist=True).linked
                count = self._renew(linked or checked.linked, checked.style)
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
        maker = PageMaker(linked, style)
        if self._theme is None or state != self._theme_state or set(maker.paths) != set(self._known_paths()):
            # A new folder beside the one that is served, which a failure leaves as it is.
            new = str(self.folder / str(int(Path(self.site_dir).name) + 1))
            try:
                theme = PreviewTheme(settings, write_config(settings, nav), maker, new, self.address)
            except BaseException:
                shutil.rmtree(new, ignore_errors=True)
                raise
            before, self.site_dir, self._theme = self.site_dir, new, theme
            shutil.rmtree(before, ignore_errors=True)
        else:
            self._theme.copy_assets()
        self._theme_state, self._maker = state, maker
        return len(maker.paths)

    def make(self, url_path: str) -> None:
        """Make the page that a browser asks for, if there is one at this path of the site."""
        name = url_path.lstrip("/")
        name = f"{name}index.html" if name.endswith("/") or not name else name
        with self._lock:
            if self._maker is None or self._theme is None:
                Path(self.site_dir).mkdir(exist_ok=True)
                Path(self.site_dir, "index.html").write_text(_NOT_YET, encoding="utf-8", newline="\n")
                return
            file = export_file(self._maker.linked, self._maker.sources.works, name)
            if file is not None:
                target = Path(self.site_dir, name)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(file.encode())
                return
            path = self._theme.path_by_url.get(name)
            if path is not None:
                before = self._maker.findings
                pages, _ = self._maker.make_pages([path])
                for line in format_findings(one for one in self._maker.findings if one not in before).splitlines():
                    self.tell(line)
                self._theme.make_page(path, pages[path])

    def _last_saved(self) -> str:
        """Return the name of the file of records or texts that was saved last."""
        found = [path for name in ("content", "bibliography") for path in find_files(self.root / name, self.root).files]
        newest = max(found, key=lambda path: path.exists() and path.stat().st_mtime_ns, default=self.root / CONFIG_NAME)
        return name_of(newest, self.root)

    def _known_paths(self) -> tuple[str, ...]:
        return self._maker.paths if self._maker else ()

    def _read_theme_state(self, settings: Settings) -> object:
        """Return what stays the same while neither settings, theme nor the names of pictures change."""
        files = [self.root / CONFIG_NAME, *(self.root / "theme").rglob("*"), *(self.root / "templates").rglob("*")]
        files += (self.root / "phrases").rglob("*")
        times = {str(file): file.stat().st_mtime_ns for file in files if file.is_file()}
        return times, sorted(pictures_of(settings))
