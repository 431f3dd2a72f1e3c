"""How files change their place where somebody has them open: on Windows, which is simulated here."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from dosje.site.publish import is_on_server
from dosje.system import endings, exchange, renaming
from dosje.system.children import DEFAULT_LIMITS, run_child
from dosje.system.exchange import put_in_place
from dosje.system.renaming import rename_folder, replace_file
from dosje.system.writing import write_file


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(renaming, "is_windows", lambda: True)
    monkeypatch.setattr(renaming, "_PAUSE", 0)


def refuse(times: int, move: Callable[..., None], *, where: Path | None = None) -> Callable[..., None]:
    """Return what refuses the first moves, or those to `where`, as Windows does while a file is open."""
    left = [times]

    def try_to_move(source: object, target: object) -> None:
        if left[0] and where in (None, target):
            left[0] -= 1
            raise PermissionError(13, "The process cannot access the file", str(source))
        move(source, target)

    return try_to_move


def test_a_file_that_a_reader_closes_soon_is_replaced(
    windows: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "page.html").write_text("old", encoding="utf-8")
    monkeypatch.setattr(os, "replace", refuse(3, os.replace))
    assert write_file(tmp_path / "page.html", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]
    assert (tmp_path / "page.html").read_bytes() == b"new"


def test_a_file_that_nobody_closes_stays_and_the_error_names_it(
    windows: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(renaming, "_PATIENCE", 0.01)
    (tmp_path / "page.html").write_text("old", encoding="utf-8")
    monkeypatch.setattr(os, "replace", refuse(1 << 30, os.replace))
    with pytest.raises(PermissionError) as raised:
        write_file(tmp_path / "page.html", b"new")
    assert raised.value.filename == str(tmp_path / "page.html")
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"old"]


def test_elsewhere_what_is_refused_is_refused_at_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(os, "replace", refuse(1, os.replace))
    (tmp_path / "a").touch()
    with pytest.raises(PermissionError):
        replace_file(tmp_path / "a", tmp_path / "b")


def test_a_folder_is_moved_when_its_last_reader_has_gone(
    windows: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "a").mkdir()
    monkeypatch.setattr(os, "rename", refuse(2, os.rename))
    rename_folder(tmp_path / "a", tmp_path / "b")
    assert [path.name for path in tmp_path.iterdir()] == ["b"]


def test_a_site_that_cannot_be_exchanged_is_in_its_place_again(
    windows: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(renaming, "_PATIENCE", 0.01)
    monkeypatch.setattr(exchange, "exchange", lambda one, other: False)
    new, site, parked = tmp_path / "new", tmp_path / "site", tmp_path / "parked"
    for folder in (new, site):
        folder.mkdir()
        (folder / folder.name).touch()
    calls: list[object] = []

    def rename(source: Path, target: Path) -> None:
        calls.append(source)
        if source == new:
            raise PermissionError(13, "The process cannot access the file", str(source))
        os.replace(source, target)

    monkeypatch.setattr(os, "rename", rename)
    with pytest.raises(PermissionError):
        put_in_place(new, site, parked)
    assert calls[0] == site
    assert (site / "site").is_file() and (new / "new").is_file() and not parked.exists()


@pytest.mark.parametrize(
    ("target", "on_windows", "elsewhere"),
    [
        ("user@host:path", True, True),
        ("host:/var/www", True, True),
        ("C:\\web", False, True),
        ("c:/web", False, True),
        ("../web", False, False),
        ("/srv/a:b", False, False),
    ],
)
def test_a_drive_of_windows_is_no_server(
    target: str, on_windows: bool, elsewhere: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert is_on_server(target) == elsewhere
    monkeypatch.setattr("dosje.site.publish.is_windows", lambda: True)
    assert is_on_server(target) == on_windows


def test_a_python_of_ours_prints_utf_8_whatever_the_machine_speaks() -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"}
    done = run_child([sys.executable, "-c", "print('Çela 毛')"], DEFAULT_LIMITS, "Python", environment=environment)
    assert (done.code, done.stdout) == (0, "Çela 毛\n")


def test_on_windows_answers_are_utf_8_in_files_and_pipes(
    monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.setattr(endings, "is_windows", lambda: True)
    monkeypatch.setattr("signal.signal", lambda *_: None)
    sys.stdout.reconfigure(encoding="cp1252")  # type: ignore[union-attr]
    endings.prepare_process()
    print("Çela 毛")
    assert capsysbinary.readouterr().out == "Çela 毛\n".encode()
