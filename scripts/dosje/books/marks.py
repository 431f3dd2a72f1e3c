"""The marks by which a set book says on which page something stands."""

from __future__ import annotations

from urllib.parse import quote as encode_address

from ..values.page_id import PageId
from .book import Part


def record_mark(page: PageId) -> str:
    """Return the mark by which a set book says where a record stands."""
    return f"r:{page.kind}/{page.key}"


def part_mark(part: Part) -> str:
    """Return the mark by which a set book says where a part begins."""
    return f"part:{part.title}"


def note_mark(page: PageId, label: str) -> str:
    """Return the mark by which a set book says where a note is called."""
    return f"n:{page.kind}/{page.key}#{label}"


def index_mark(page: PageId) -> str:
    """Return the mark of all places at which the index finds a record."""
    return f"i:{page.kind}/{page.key}"


def cite_mark(key: str, place: str) -> str:
    """Return the mark of all places at which a place in a source is cited."""
    # In ASCII, as addresses in a PDF are.
    return f"c:{key}@{encode_address(place)}" if place else f"c:{key}"
