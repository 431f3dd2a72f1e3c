"""The page that offers the offline editions. Knows nothing of how they are made."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ..edition.printed import BOOKLETS, WHOLE
from ..edition.titles import sort_text
from ..phrases.date_words import words_of_date
from ..phrases.phrases import Phrases
from ..reading.settings import Settings
from ..values import words
from ..values.dates import parse_edtf
from .said import say


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
    phrases = settings.phrases
    date = words_of_date(parse_edtf(settings.date), phrases) if settings.date else ""
    version = phrases("imprint.version", version=settings.version) if settings.version else ""
    version = ", ".join(part for part in (version, date) if part)
    title = phrases("downloads.title")
    said = say(phrases, "downloads.what-version", version=version) if version else say(phrases, "downloads.what")
    lines = ["---", f"title: {json.dumps(title, ensure_ascii=False)}", "hide: [navigation]", "---", "", f"# {title}"]
    lines += ["", said, "", *_head(phrases, "file", "what-it-is", "size", "sha256")]
    for download in (download for download in downloads if not download.is_booklet):
        what = _say_what(download, phrases)
        lines.append(f"| [{download.name}]({download.path}) | {what} | {_measure(download, phrases)} |")
    booklets = {d: title_by_key.get(d.key, d.key) for d in downloads if d.is_booklet}
    if booklets:
        name = phrases("downloads.booklets")
        # Its address is the same in every language.
        lines += ["", f"## {name}" if name == "Booklets" else f"## {name} {{: #booklets }}", ""]
        lines += [say(phrases, "downloads.booklets-what"), "", *_head(phrases, "booklet", "size", "sha256")]
    for download in sorted(booklets, key=lambda d: (sort_text(booklets[d]), d.path)):
        shown = words.escape(booklets[download])
        lines.append(f"| [{shown}]({download.path}) | {_measure(download, phrases)} |")
    return "\n".join(lines) + "\n"


def _head(phrases: Phrases, *keys: str) -> list[str]:
    """Return the head of a table; a size stands at the right."""
    names = "".join(f" {say(phrases, f'downloads.{key}')} |" for key in keys)
    rules = "".join("--:|" if key == "size" else ":--|" for key in keys)
    return [f"|{names}", f"|{rules}"]


def _say_what(download: Download, phrases: Phrases) -> str:
    volume = download.key.removeprefix(WHOLE).lstrip("-")
    kind = phrases(f"downloads.kind-{Path(download.name).suffix.removeprefix('.')}")
    if volume:
        return say(phrases, "downloads.of-volume", volume=volume, kind=kind)
    return say(phrases, "downloads.of-whole", kind=kind)


def _measure(download: Download, phrases: Phrases) -> str:
    size = phrases("downloads.megabytes", size=f"{download.size / 1_000_000:.1f}")
    return f"{size} | <small>{download.sha256}</small>"
