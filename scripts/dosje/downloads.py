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

WHOLE = "edition"
ZIP = f"{WHOLE}.zip"
# Beside a PDF: where everything stands in it.
PLACES = ".places.json"
_KINDS = {".pdf": "book (PDF)", ".epub": "e-book (EPUB 3)", ".zip": "website that opens from disk (zip)"}


@dataclass(frozen=True)
class Download:
    """A file that is kept: its name, its size in bytes and its checksum."""

    name: str
    size: int
    sha256: str

    @property
    def key(self) -> str:
        return self.name.rpartition(".")[0]


def downloads_dir(settings: Settings) -> Path:
    """Return the folder in which offline editions are kept from one build of the site to the next."""
    return settings.root / ".build" / "downloads"


def booklet_of(settings: Settings, key: str) -> str:
    """Return the name of the booklet that was made of a record, "" if none was."""
    return f"{key}.pdf" if (downloads_dir(settings) / f"{key}.pdf").is_file() else ""


def has_downloads(settings: Settings) -> bool:
    """Say whether there is any offline edition of the whole."""
    return any(downloads_dir(settings).glob(f"{WHOLE}*.*"))


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


def list_downloads(settings: Settings) -> list[Download]:
    """Return the offline editions that were made, the whole ones first."""
    found = [path for path in downloads_dir(settings).glob("*.*") if path.suffix in _KINDS]
    downloads = []
    for path in sorted(found, key=lambda path: (not path.stem.startswith(WHOLE), path.name)):
        data = path.read_bytes()
        downloads.append(Download(path.name, len(data), hashlib.sha256(data).hexdigest()))
    return downloads


def write_page(settings: Settings, downloads: list[Download], title_by_key: Mapping[str, str]) -> str:
    """Return the Markdown of the page that describes the files: what each is, its size, and its checksum."""
    date = words_of(parse_edtf(settings.date)) if settings.date else ""
    version = ", ".join(part for part in (f"version {settings.version}" if settings.version else "", date) if part)
    lines = [
        "---", "title: Downloads", "hide: [navigation]", "---", "", "# Downloads", "",
        f"The edition to be read without a network{f' ({words.escape(version)})' if version else ''}. "
        "All have the same text and the same sources in their notes.", "",
        "| File | What it is | Size | SHA-256 |", "|:-----|:-----------|-----:|:--------|",
    ]  # fmt: skip
    for download in downloads:
        kind = _KINDS[f".{download.name.rpartition('.')[2]}"]
        what = title_by_key.get(download.key, "The whole edition")
        if download.key.startswith(f"{WHOLE}-") and download.key not in title_by_key:
            what = f"Volume {download.key.rpartition('-')[2]}"
        size = f"{download.size / 1_000_000:.1f} MB"
        shown = f"[{download.name}]({download.name})"
        lines.append(f"| {shown} | {words.escape(what)}: {kind} | {size} | <small>{download.sha256}</small> |")
    return "\n".join(lines) + "\n"
