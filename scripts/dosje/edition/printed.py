"""The offline editions that exist: which files are kept, and on which page of the book a record stands.

Knows nothing of how they are made.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..reading.settings import Settings
from ..values.page_id import PageId
from .pagination import places_from_json, say_where

WHOLE = "edition"


# The folder, below the downloads, with the booklets of single essays and meetings.
BOOKLETS = "booklets"


ZIP = f"{WHOLE}.zip"


DATA = f"{WHOLE}.json"


# The ending of a file beside a PDF that says where everything stands in it.
PLACES = ".places.json"


_KEPT = (".pdf", ".epub", ".zip")


def downloads_dir(settings: Settings) -> Path:
    """Return the folder that keeps offline editions from one build of the site to the next."""
    return settings.root / ".build" / "downloads"


def booklet_of(settings: Settings, key: str) -> str:
    """Return the path of a record's booklet below the downloads, "" if there is none."""
    path = f"{BOOKLETS}/{key}.pdf"
    return path if (downloads_dir(settings) / path).is_file() else ""


def has_downloads(settings: Settings) -> bool:
    """Say whether there is an offline edition of the whole to offer."""
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
        for mark, places in places_from_json(path.read_text("utf-8")).items() if (path.parent / file).is_file() else ():
            if mark.startswith("r:"):
                kind, _, key = mark.removeprefix("r:").partition("/")
                found[PageId(kind, key)] = InBook(file, places[0].page, say_where(places[0], settings.phrases))
    return found


def read_downloads(settings: Settings) -> dict[str, bytes]:
    """Return the offline editions by their paths below the downloads, those of the whole edition first."""
    folder = downloads_dir(settings)
    booklets = sorted((folder / BOOKLETS).glob("*.pdf"))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in (*_whole_editions(settings), *booklets)}
