"""The page that offers the offline editions. Knows nothing of how they are made."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ..edition.printed import BOOKLETS, WHOLE
from ..edition.titles import sort_text
from ..phrases.date_words import words_of_date
from ..reading.settings import Settings
from ..values import words
from ..values.dates import parse_edtf

_KINDS = {
    ".pdf": "book (PDF)",
    ".epub": "e-book (EPUB 3)",
    ".zip": "website that opens from disk (zip)",
    ".json": "data (JSON)",
}


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


def describe_download(path: str, data: bytes) -> Download:
    """Return what is said of a file at `path` below the downloads."""
    return Download(path, len(data), hashlib.sha256(data).hexdigest())


def write_page(settings: Settings, downloads: list[Download], title_by_key: Mapping[str, str]) -> str:
    """Return the Markdown of the page that describes the files: what each is, its size, and its checksum."""
    date = words_of_date(parse_edtf(settings.date), settings.phrases) if settings.date else ""
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
