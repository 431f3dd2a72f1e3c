"""Offline editions that were made, and the page that offers them. Knows nothing of how they are made."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from . import words
from .edtf import parse_edtf, words_of
from .pagination import Place, say_where
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


def in_book(settings: Settings, kind: str, key: str) -> InBook | None:
    """Return where a record stands in the book that was made last; None if it is in none."""
    found = sorted(downloads_dir(settings).glob(f"{WHOLE}*{PLACES}"))
    return _read_places(tuple((path, path.stat().st_mtime_ns) for path in found)).get(f"r:{kind}/{key}")


@cache
def _read_places(files: tuple[tuple[Path, int], ...]) -> dict[str, InBook]:
    found = {}
    for path, _ in files:
        name = path.name.removesuffix(PLACES) + ".pdf"
        for mark, places in json.loads(path.read_text("utf-8")).items():
            if mark.startswith("r:") and (path.parent / name).is_file():
                place = Place(*places[0])
                found[mark] = InBook(name, place.page, say_where(place))
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
