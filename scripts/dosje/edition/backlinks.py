"""The statements that rest on a source, in the order of the places cited, on pages of readable length.

The main source of an edition may have thousands of statements. Knows nothing of outputs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .calls import Backlink
from .links import LinkedCorpus

# About 30 kB of a page, compressed. A place is divided only if it would fill a page and a half by itself.
_ROWS = 400
_MOST = 600


@dataclass(frozen=True)
class BacklinkPage:
    """The backlinks of a source that stand on one page. `number` counts from 1, which is the source's own page."""

    key: str
    number: int
    backlinks: tuple[Backlink, ...]


def cut_into_pages(linked: LinkedCorpus, key: str) -> tuple[BacklinkPage, ...]:
    """Return the backlinks of a source by page. If nothing rests on it, there are none."""
    cut = _cut(linked.support_of(key))
    return tuple(BacklinkPage(key, number, tuple(found)) for number, found in enumerate(cut, start=1))


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
