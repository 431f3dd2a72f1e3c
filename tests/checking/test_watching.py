"""An edition is checked again at each save, and only then."""

from __future__ import annotations

import contextlib
import queue
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import Edition
from dosje.checking.edition import Checked
from dosje.checking.watching import watch_edition, watched_in
from dosje.reading.settings import Settings
from waiting import PATIENCE


class EndedError(Exception):
    """Ends the watching of a test."""


class Watched:
    """An edition that is watched in a thread: what each check found."""

    def __init__(self, root: Path) -> None:
        self.found: queue.Queue[list[str]] = queue.Queue()
        self.is_over = False
        self._root = root
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def next(self) -> list[str]:
        return self.found.get(timeout=PATIENCE)

    def end(self) -> None:
        self.is_over = True
        (self._root / "content/persons/last.yml").write_text("name: {family: Last}\n")
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive()

    def _run(self) -> None:
        with contextlib.suppress(EndedError):
            watch_edition(self._root, self._show)

    def _show(self, checked: Checked) -> None:
        self.found.put([f"{finding.span.path} {finding.code}" for finding in checked.findings])
        if self.is_over:
            raise EndedError


@pytest.fixture
def watched(edition: Edition) -> Iterator[Watched]:
    root = edition({"content/persons/a.yml": "name: {family: A}\n", "content/essays/e.md": "---\ntitle: E\n---\n"})
    watching = Watched(root)
    yield watching
    watching.end()


UNUSED = "content/persons/a.yml unused-record"


def test_each_save_is_followed_by_one_check(watched: Watched) -> None:
    root = watched._root
    assert watched.next() == [UNUSED]
    (root / "content/persons/a.yml").write_text("nam: {family: A}\n")
    assert watched.next() == ["content/persons/a.yml missing-field", "content/persons/a.yml unknown-field"]
    (root / "mkdocs.yml").write_text("site: A\n")
    assert watched.next() == ["mkdocs.yml settings"]
    (root / "mkdocs.yml").write_text("site_name: A\n")
    assert watched.next() == ["content/persons/a.yml missing-field", "content/persons/a.yml unknown-field"]
    (root / "content/persons/a.yml").write_text("name: {family: A}\n")
    assert watched.next() == [UNUSED]
    (root / "notes.txt").write_text("nothing reads this")
    (root / ".build").mkdir(exist_ok=True)
    (root / ".build/x").write_text("made")
    (root / "content/persons/a.yml").write_text("nam: {family: A}\n")
    # What is told next is the change of a record: the files before it were no reason to check.
    assert watched.next() == ["content/persons/a.yml missing-field", "content/persons/a.yml unknown-field"]


def test_what_settings_name_is_watched_too(tmp_path: Path) -> None:
    settings = Settings(tmp_path, "A", "", docs_dir="pages", bib_file="all.bib", style="own.csl")
    assert {"pages", "all.bib", "own.csl", "content", "addresses.txt"} <= {*watched_in(settings)}
