"""What rests on a source, in the order of the places cited, cut into pages that can be read.

The source on which a whole edition rests has thousands of statements. Knows nothing of outputs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .calls import Backlink
from .links import LinkedCorpus

# About 30 kB of a page, compressed. No place is torn apart, unless it would fill a page and a half by itself.
_ROWS = 400
_MOST = 600


@dataclass(frozen=True)
class Sheet:
    """What of a source's backlinks stands on one page; `number` counts from 1, which is the source's own page."""

    key: str
    number: int
    backlinks: tuple[Backlink, ...]


def cut_into_sheets(linked: LinkedCorpus, key: str) -> tuple[Sheet, ...]:
    """Return the backlinks of a source by page; nothing where nothing rests on it."""
    cut = _cut(linked.backlinks.get(key, ()))
    return tuple(Sheet(key, number, tuple(found)) for number, found in enumerate(cut, start=1))


def _cut(backlinks: Sequence[Backlink]) -> Iterator[list[Backlink]]:
    rows: list[Backlink] = []
    for backlink in backlinks:
        place = backlink.cite.locator
        is_elsewhere = place is None or (bool(rows) and place != rows[-1].cite.locator)
        if len(rows) >= _MOST or (len(rows) >= _ROWS and is_elsewhere):
            yield rows
            rows = []
        rows.append(backlink)
    if rows:
        yield rows
