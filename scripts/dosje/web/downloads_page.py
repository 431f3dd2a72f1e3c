"""The page that offers the offline editions. Knows nothing of how they are made."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..edition.links import LinkedCorpus
from ..edition.pages import DOWNLOADS_PAGE, path_of_download
from ..edition.printed import BOOKLETS, WHOLE
from ..edition.titles import sort_text
from ..markup.tree import Inlines, Paragraph, Reference, Table
from ..phrases.date_words import words_of_date
from ..phrases.phrases import Phrases
from ..reading.settings import Settings
from ..values.dates import parse_edtf
from ..values.page_id import PageId
from ..values.typography import curl
from ..values.words import Run
from .page_html import PageHtml


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


def write_page(linked: LinkedCorpus, downloads: list[Download], title_by_key: Mapping[str, str]) -> str:
    """Return the page that describes the files: what each is, its size, and its checksum."""
    settings, phrases = linked.corpus.settings, linked.phrases
    title, html = phrases("downloads.title"), PageHtml(linked, DOWNLOADS_PAGE)
    front = f"---\ntitle: {json.dumps(title, ensure_ascii=False)}\nhide: [navigation]\n---"
    parts = [
        front,
        html.heading(title, 1),
        html.blocks((_paragraph(_say_edition(settings)), _files(phrases, downloads))),
    ]
    booklets = {d: title_by_key.get(d.key, d.key) for d in downloads if d.is_booklet}
    if booklets:
        # Its address is the same in every language.
        parts.append(html.heading(phrases("downloads.booklets"), 2, "booklets"))
        what = _paragraph(phrases("downloads.booklets-what"))
        parts.append(html.blocks((what, _booklets(phrases, booklets))))
    return "\n\n".join(parts) + "\n"


def _say_edition(settings: Settings) -> str:
    phrases = settings.phrases
    date = words_of_date(parse_edtf(settings.date), phrases) if settings.date else ""
    version = phrases("imprint.version", version=settings.version) if settings.version else ""
    version = phrases("value.comma").join(part for part in (version, date) if part)
    return phrases("downloads.what-version", version=version) if version else phrases("downloads.what")


def _files(phrases: Phrases, downloads: Iterable[Download]) -> Table:
    rows = (
        (_link(download.name, download), (Run(_say_what(download, phrases)),), *_measure(download, phrases))
        for download in downloads
        if not download.is_booklet
    )
    return _table(phrases, ("file", "what-it-is", "size", "sha256"), rows)


def _booklets(phrases: Phrases, title_by_download: Mapping[Download, str]) -> Table:
    ordered = sorted(title_by_download.items(), key=lambda found: (sort_text(found[1]), found[0].path))
    marks = phrases.marks
    rows = ((_link(curl(title, marks), download), *_measure(download, phrases)) for download, title in ordered)
    return _table(phrases, ("booklet", "size", "sha256"), rows)


def _table(phrases: Phrases, keys: Sequence[str], rows: Iterable[tuple[Inlines, ...]]) -> Table:
    """Return a table with these columns; a size stands at the right."""
    head = tuple(phrases(f"downloads.{key}") for key in keys)
    sides = tuple("right" if key == "size" else "left" for key in keys)
    return Table(head, tuple(rows), (1,) * len(keys), sides)


def _paragraph(text: str) -> Paragraph:
    return Paragraph((Run(text),))


def _link(text: str, download: Download) -> Inlines:
    return (Reference((Run(text),), PageId("path", path_of_download(download.path))),)


def _say_what(download: Download, phrases: Phrases) -> str:
    volume = download.key.removeprefix(WHOLE).lstrip("-")
    kind = phrases(f"downloads.kind-{Path(download.name).suffix.removeprefix('.')}")
    if volume:
        return phrases("downloads.of-volume", volume=volume, kind=kind)
    return phrases("downloads.of-whole", kind=kind)


def _measure(download: Download, phrases: Phrases) -> tuple[Inlines, Inlines]:
    size = phrases("downloads.megabytes", size=f"{download.size / 1_000_000:.1f}")
    return (Run(size),), (Run(download.sha256, ("code",)),)
