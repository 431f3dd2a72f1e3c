"""What several test modules share: small editions, and the tables of cases."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import settings
from playwright.sync_api import Browser, Page, sync_playwright

from breaking import copy_of
from dosje.books import pdf
from dosje.books.book import Book
from dosje.books.pdf import Job, SetBook, stamp_of
from dosje.books.typst import write_book
from dosje.checking.addresses import check_addresses
from dosje.checking.notes import check_notes
from dosje.checking.records import check_corpus
from dosje.edition.links import link_corpus
from dosje.edition.pagination import guess_places
from dosje.reading.record_files import read_corpus
from dosje.reading.settings_file import read_settings
from dosje.values.findings import Finding
from hostile import Built, build_hostile, run
from sharing import share, unchanged
from waiting import be_patient

# No deadline, because a busy machine is no bug. The short run draws the same examples each time, so that what fails is
# the change that is tested; `--hypothesis-profile=long` draws others, and looks harder.
settings.register_profile("short", deadline=None, derandomize=True)
settings.register_profile("long", deadline=None, max_examples=3000)
settings.load_profile("short")

PROJECT = Path(__file__).parent.parent
TESTS = Path(__file__).parent
CASES = TESTS / "cases"
# A small edition with something of everything: pages, exports and books are made of copies of it.
MINI = TESTS / "mini"
# Debian's Chromium, as root and without asking its makers for anything.
_ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
EPUBCHECK = Path("/usr/share/java/epubcheck.jar")
# The marks of tests that need a browser, pandoc as an oracle, or whole sites and books.
SLOW = ("browser", "oracle", "whole")
CONFIG = "site_name: A small edition\ndocs_dir: .build/pages\n"

Edition = Callable[[Mapping[str, str | bytes]], Path]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="accept what is rendered as tests/golden/")


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    """Hold that a test leaves to the next what it found: the environment, which the command line changes, and mini."""
    before = dict(os.environ)
    yield
    _put_back(before)
    assert not (MINI / ".build").exists(), "a test, or one that runs beside it, works in tests/mini and not in a copy"


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[object]) -> Iterator[None]:
    """Hold the same of what is made once for several tests, which the fixture above comes too late for."""
    before = dict(os.environ)
    try:
        return (yield)
    finally:
        if fixturedef.scope != "function":
            _put_back(before)


def _put_back(before: Mapping[str, str]) -> None:
    for name in (os.environ.keys() | before.keys()) - {"PYTEST_CURRENT_TEST"}:
        if name not in before:
            del os.environ[name]
        elif os.environ.get(name) != before[name]:
            os.environ[name] = before[name]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what reads a built site; put files with slow tests first, so that no worker is left alone with one."""
    for item in items:
        if any(name.startswith("built") for name in getattr(item, "fixturenames", ())):
            item.add_marker("whole")
    slow = {item.path for item in items if any(item.get_closest_marker(name) for name in SLOW)}
    items.sort(key=lambda item: item.path not in slow)


def load_cases(name: str) -> Any:
    """Return what tests/cases/`name` holds."""
    return yaml.safe_load((CASES / name).read_text(encoding="utf-8"))


def find_all(root: Path, *, is_untrusted: bool = False) -> list[Finding]:
    """Return every finding on the edition in `root`, as `dosje check` shows them."""
    found, findings = read_settings(root, is_untrusted=is_untrusted)
    if found is None:
        return findings
    corpus, unread = read_corpus(found)
    found_all = sorted(findings + unread + check_corpus(corpus))
    if any(finding.is_error for finding in found_all):
        return found_all
    linked = link_corpus(corpus)
    return sorted([*found_all, *check_notes(linked), *check_addresses(linked)])


def set_book(book: Book) -> SetBook:
    """Return a book of one volume as PDF."""
    document = write_book(book)
    return pdf.set_book(
        Job(book.key, document, book.settings.root, stamp_of(book), book.settings.locale), {0: guess_places(document)}
    )


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


class _Server(http.server.ThreadingHTTPServer):
    # A page asks for a dozen files at once, and on a busy machine the five that may wait are too few.
    request_queue_size = 128


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    """Yield the address under which the files of a folder are served, as by a web server that does nothing else."""
    handler = functools.partial(_Quiet, directory=str(folder))
    with _Server(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.fixture
def edition(tmp_path: Path) -> Edition:
    """Write the files of a small edition, mkdocs.yml unless it is given, and return its folder."""

    def write(files: Mapping[str, str | bytes]) -> Path:
        for name, text in {"mkdocs.yml": CONFIG, **files}.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return tmp_path

    return write


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Yield Debian's Chromium."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=_ARGUMENTS)
        yield be_patient(chromium)
        chromium.close()


def faces_of(page: Page, selector: str) -> dict[str, bool]:
    """Return the faces in which an element is drawn, and of each whether the page brought it."""
    session = page.context.new_cdp_session(page)
    for domain in ("DOM", "CSS"):
        session.send(f"{domain}.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    node = session.send("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
    fonts = session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    return {font["familyName"]: font["isCustomFont"] for font in fonts}


def build_first_edition(root: Path) -> None:
    """Build a copy of the first edition, from nothing."""
    run("build", root=copy_of(PROJECT, root))


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Yield the folder in which the first edition has been built, once a run. Nobody may change it."""
    yield from unchanged(share(tmp_path_factory, "first-edition", build_first_edition))


def build_mini(root: Path) -> None:
    """Build a copy of the small edition."""
    shutil.copytree(MINI, root, dirs_exist_ok=True)
    run("build", root=root)


@pytest.fixture(scope="session")
def built_mini(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Yield the folder in which the small edition has been built, once a run. Nobody may change it."""
    yield from unchanged(share(tmp_path_factory, "mini", build_mini))


@pytest.fixture(scope="session")
def built_hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    """Yield an edition in which each field holds what attacks a page, with its harmless twin, both built once a run."""
    built = Built(share(tmp_path_factory, "hostile", build_hostile))
    for _ in unchanged(built.root):
        yield built


@pytest.fixture(scope="module")
def address(built: Path) -> Iterator[str]:
    """Yield the address of the first edition's site."""
    with serve(built / "site") as root:
        yield root
