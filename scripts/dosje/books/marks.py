"""The marks in a set book. They tell on which page something stands."""

from __future__ import annotations

from urllib.parse import quote as encode_address

from ..values.page_id import PageId
from .book import Part


def record_mark(page: PageId) -> str:
    """Return the mark of a record."""
    return f"r:{page.kind}/{page.key}"


def part_mark(part: Part) -> str:
    """Return the mark of the beginning of a part."""
    return f"part:{part.title}"


def note_mark(page: PageId, label: str) -> str:
    """Return the mark of the call of a note."""
    return f"n:{page.kind}/{page.key}#{label}"


def index_mark(page: PageId) -> str:
    """Return the mark of every place that the index names for a record."""
    return f"i:{page.kind}/{page.key}"


def cite_mark(key: str, place: str, *, in_support: bool = True) -> str:
    """Return the mark of every place that cites this place in a source, in support or otherwise."""
    sign = "c" if in_support else "o"
    # It is ASCII, because addresses in a PDF are.
    return f"{sign}:{key}@{encode_address(place)}" if place else f"{sign}:{key}"
