"""Offline editions that were made, and the page that offers them. Knows nothing of how they are made."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from . import words
from .edtf import parse_edtf, words_of
from .link import PageId
from .pagination import from_json, say_where
from .settings import Settings
from .titles import sort_text

WHOLE = "edition"
# The folder, below that of the downloads, of what is made of one essay or meeting.
BOOKLETS = "booklets"
ZIP = f"{WHOLE}.zip"
DATA = f"{WHOLE}.json"
# Beside a PDF: where everything stands in it.
PLACES = ".places.json"
_KINDS = {
    ".pdf": "book (PDF)",
    ".epub": "e-book (EPUB 3)",
    ".zip": "website that opens from disk (zip)",
    ".json": "data (JSON)",
}
_KEPT = (".pdf", ".epub", ".zip")


@dataclass(frozen=True)
class Download:
    """A file that is kept: its path below the downloads, its size in bytes and its checksum."""

    path: str
    size: int
    sha256: str

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]

    @property
    def key(self) -> str:
        return self.name.rpartition(".")[0]

    @property
    def is_booklet(self) -> bool:
        return self.path.startswith(f"{BOOKLETS}/")


def downloads_dir(settings: Settings) -> Path:
    """Return the folder in which offline editions are kept from one build of the site to the next."""
    return settings.root / ".build" / "downloads"


def booklet_of(settings: Settings, key: str) -> str:
    """Return the path of the booklet that was made of a record, below the downloads; "" if none was."""
    path = f"{BOOKLETS}/{key}.pdf"
    return path if (downloads_dir(settings) / path).is_file() else ""


def has_downloads(settings: Settings) -> bool:
    """Say whether there is any offline edition of the whole to be offered."""
    return bool(_whole_editions(settings))


def _whole_editions(settings: Settings) -> list[Path]:
    found = sorted(downloads_dir(settings).glob(f"{WHOLE}*.*"))
    return [path for path in found if path.suffix in _KEPT and path.name != settings.left_out]


@dataclass(frozen=True)
class InBook:
    """Where a record stands in the book of the whole edition: file, page of the file from 1, and what is printed."""

    file: str
    page: int
    where: str


def places_in_book(settings: Settings) -> dict[PageId, InBook]:
    """Return where each record stands in the book that was made last."""
    found = {}
    for path in sorted(downloads_dir(settings).glob(f"{WHOLE}*{PLACES}")):
        file = f"{path.name.removesuffix(PLACES)}.pdf"
        for mark, places in from_json(path.read_text("utf-8")).items() if (path.parent / file).is_file() else ():
            if mark.startswith("r:"):
                kind, _, key = mark.removeprefix("r:").partition("/")
                found[PageId(kind, key)] = InBook(file, places[0].page, say_where(places[0]))
    return found


def read_downloads(settings: Settings) -> dict[str, bytes]:
    """Return the offline editions that were made by their paths below the downloads, the whole ones first."""
    folder = downloads_dir(settings)
    booklets = sorted((folder / BOOKLETS).glob("*.pdf"))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in (*_whole_editions(settings), *booklets)}


def describe(path: str, data: bytes) -> Download:
    """Return what is said of a file at `path` below the downloads."""
    return Download(path, len(data), hashlib.sha256(data).hexdigest())


def write_page(settings: Settings, downloads: list[Download], title_by_key: Mapping[str, str]) -> str:
    """Return the Markdown of the page that describes the files: what each is, its size, and its checksum."""
    date = words_of(parse_edtf(settings.date)) if settings.date else ""
    version = ", ".join(part for part in (f"version {settings.version}" if settings.version else "", date) if part)
    lines = [
        "---", "title: Downloads", "hide: [navigation]", "---", "", "# Downloads", "",
        f"The edition to be read without a network{f' ({words.escape(version)})' if version else ''}. "
        "All have the same text and the same sources in their notes.",
    ]  # fmt: skip
    lines += ["", "| File | What it is | Size | SHA-256 |", "|:-----|:-----------|-----:|:--------|"]
    for download in (download for download in downloads if not download.is_booklet):
        lines.append(f"| [{download.name}]({download.path}) | {_say_what(download)} | {_measure(download)} |")
    booklets = {d: title_by_key.get(d.key, d.key) for d in downloads if d.is_booklet}
    if booklets:
        lines += ["", "## Booklets", "", "Each essay, and each meeting, with its persons and sources, as PDF.", ""]
        lines += ["| Booklet | Size | SHA-256 |", "|:--------|-----:|:--------|"]
    for download in sorted(booklets, key=lambda d: (sort_text(booklets[d]), d.path)):
        lines.append(f"| [{words.escape(booklets[download])}]({download.path}) | {_measure(download)} |")
    return "\n".join(lines) + "\n"


def _say_what(download: Download) -> str:
    volume = download.key.removeprefix(WHOLE).lstrip("-")
    return f"{f'Volume {volume}' if volume else 'The whole edition'}: {_KINDS[Path(download.name).suffix]}"


def _measure(download: Download) -> str:
    return f"{download.size / 1_000_000:.1f}\u00a0MB | <small>{download.sha256}</small>"
