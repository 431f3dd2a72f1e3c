"""The preview gives out what the records say now, whatever is saved meanwhile."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from dosje.site import preview_state as module
from dosje.site.preview_server import PreviewServer
from dosje.site.preview_state import PreviewState


class _Changing:
    """Stands for the edition: a record is saved while its page is made for the first time."""

    def __init__(self, folder: Path) -> None:
        self.site_dir = str(folder)
        self.server: Any = None
        self.made = 0

    def reload(self) -> bool:
        return True

    def tell(self, text: str) -> None:
        raise AssertionError(text)

    def make(self, path: str) -> None:
        self.made += 1
        page = Path(self.site_dir, "index.html")
        page.write_text(f"<body><p>{'old' if self.made == 1 else 'new'}</p></body>", encoding="utf-8")
        if self.made == 1:
            self.change(page)

    def change(self, page: Path) -> None:
        self.server._wanted_epoch = self.server._visible_epoch = self.server._visible_epoch + 1


class _Emptying(_Changing):
    """The same, where the reload takes all pages away, as for a new record."""

    def change(self, page: Path) -> None:
        page.unlink()
        super().change(page)


def _ask(preview: _Changing) -> tuple[str, bytes]:
    preview.server = server = PreviewServer(preview, Path(preview.site_dir), "127.0.0.1", 0)  # type: ignore[arg-type]
    server._watched_paths["content"] = 1
    said: list[str] = []
    start: Any = lambda status, headers: said.append(status)  # noqa: E731
    body = b"".join(server.serve_request({"PATH_INFO": "/"}, start))
    server.server_close()
    return ", ".join(said), body


def test_a_page_overtaken_by_a_reload_is_made_again(tmp_path: Path) -> None:
    preview = _Changing(tmp_path)
    status, body = _ask(preview)
    assert status == "200 OK" and b"<p>new</p>" in body
    assert str(preview.server._visible_epoch).encode() in body


def test_a_page_taken_away_by_a_reload_is_made_again(tmp_path: Path) -> None:
    status, body = _ask(_Emptying(tmp_path))
    assert status == "200 OK" and b"<p>new</p>" in body


def test_a_page_follows_a_save_by_a_script_that_is_a_file(tmp_path: Path) -> None:
    preview = _Changing(tmp_path)
    _, body = _ask(preview)
    (found,) = re.findall(rb'<script src="([^"]+)" data-epoch="\d+" data-request="\d+"></script></body>', body)
    assert body.count(b"<script") == 1
    said: list[str] = []
    script = b"".join(
        preview.server.serve_request({"PATH_INFO": found.decode()}, lambda status, headers: said.append(status))
    )
    assert (said, b"fetch(" in script) == (["200 OK"], True)


def test_a_fault_of_ours_keeps_the_last_good_pages_and_names_the_file_saved_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "content" / "persons").mkdir(parents=True)
    (tmp_path / "content" / "persons" / "a.yml").write_text("name: {family: A}\n")
    said: list[str] = []
    preview = PreviewState(tmp_path, lambda checked: None, said.append)

    def fail(root: Path, *, is_untrusted: bool) -> None:
        raise IndexError("tuple index out of range")

    monkeypatch.setattr(module, "check_edition", fail)
    assert preview.reload() is False
    assert said == [
        "content/persons/a.yml could not be understood: IndexError: tuple index out of range",
        "the pages in the browser stay as they were before it was saved; please report this",
    ]
