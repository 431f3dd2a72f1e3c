"""The server of the preview: it answers a browser of this machine, and makes a page before it gives it out."""

from __future__ import annotations

import html
import importlib.resources
import mimetypes
import os
import re
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

from mkdocs.livereload import LiveReloadServer

from ..system.endings import ending_of
from ..values.findings import FindingError
from .preview_state import BARE_PAGE, PreviewState
from .requests import hosts_of, is_for, read_path

# Editors write a file in several steps.
_QUIET_SECONDS = 0.05
# Files that depend on all pages come from a whole build.
_OF_WHOLE = re.compile(
    r"/(?:pagefind/[\w./-]+|search/spellings\.js|lookup/[\w./-]+\.js|sources/[\w-]+/index\.json|feed\.xml"
    r"|[\w-]+/[\w-]+\.csv)\Z"
)
# Under this folder MkDocs answers what is new; the script that asks is ours.
_RELOAD = "/livereload/reload.js"
_FAILED = "This page could not be made: {}. It follows when that is mended."


class PreviewServer(LiveReloadServer):
    """MkDocs' server, which makes a page before it gives it out.

    It answers only those who know it by a name of this machine, or by one of `more_hosts`. Raises OSError.
    """

    def __init__(
        self, preview: PreviewState, whole: Path, host: str, port: int, more_hosts: Iterable[str] = ()
    ) -> None:
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
        """Say in one line why an answer failed; say nothing of a browser that went away."""
        error = sys.exception()
        if not isinstance(error, ConnectionError):
            self._preview.tell(f"a request could not be answered: {type(error).__name__}: {error}")

    def answer(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
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

    def serve_request(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
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
            # Wait for a reload that is under way, so that the page shows what was just saved.
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
            # If a reload came in between, the page is gone or old; make it again.
            if self._visible_epoch == self._wanted_epoch == epoch:
                start_response(*said[-1])
                return answer

    def _fail(self, path: str, error: Exception, epoch: int, start_response: StartResponse) -> list[bytes]:
        """Answer with a page that says why there is none, and follows a save as well."""
        said = ending_of(error).text if isinstance(error, FindingError) else f"{type(error).__name__}: {error}"
        self._preview.tell(f"{path} could not be made: {said}")
        page = BARE_PAGE.format("Not made", html.escape(_FAILED.format(said))).encode()
        start_response("500 Internal Server Error", [("Content-Type", "text/html; charset=utf-8")])
        return [self._inject_js_into_html(page, epoch)]

    def _inject_js_into_html(self, content: bytes, epoch: int) -> bytes:
        """Return a page that loads the script that follows a save; MkDocs would write a script into the page."""
        before, end, after = content.rpartition(b"</body>")
        request = time.monotonic_ns()
        script = f'<script src="{_RELOAD}" data-epoch="{epoch}" data-request="{request}"></script>'
        return (before or after) + script.encode() + (end + after if end else b"")


def _say(status: str, text: str, start_response: StartResponse) -> list[bytes]:
    start_response(status, [("Content-Type", "text/plain; charset=utf-8")])
    return [text.encode()]
