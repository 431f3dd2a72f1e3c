"""Finds the documents and the file that a footnote means by a shelfmark.

The browser runs these rules as well (`javascript.py`).
"""

from __future__ import annotations

from dataclasses import replace

from ..values.spelling import words_of
from .by_words import MOST_SHOWN, find_by_words, understand
from .hits import Hit, SearchResult
from .in_file import find_in_file
from .locations import Location, is_year_unsure, locate
from .queries import Reading
from .reasons import Reason
from .rows import Core, UnitEntry
from .shards import Shards, row_at
from .shelfmarks import Shelfmark
from .strangers import doubt_place


def find_by_shelfmark(reading: Reading, shards: Shards, missing: list[str]) -> tuple[SearchResult, Location]:
    """Return the documents and the file that a shelfmark means, and where it leads."""
    mark = reading.shelfmark
    if mark is None:
        return SearchResult([], [], []), Location([], [], [], [], False)
    words = reading.words or []
    location = locate(mark, words, shards, missing)
    core: Core = shards["core"]
    if location.units and not mark.file:
        return _find_units(reading, location, shards, missing), location
    if not location.files:
        near = [Hit(file[2], 0, ["nearest-file"], 0) for file in location.near[:3]]
        elsewhere = _find_elsewhere(reading, mark, location, shards, missing)
        return SearchResult(elsewhere, [] if elsewhere else near, location.why_not), location
    known = [word for unit in location.units for name in core["units"][unit]["names"] for word in name]
    said, _, _ = understand([word for word in words if word not in known], shards, missing)
    hits: list[Hit] = []
    near_folios: list[Hit] = []
    for file in location.files:
        own, near = find_in_file(file, reading, said, location, shards, missing)
        # A file of that year comes before one that is perhaps of that year.
        later = 40 if mark.year and is_year_unsure(file) else 0
        hits.extend([replace(hit, rank=hit.rank - later) for hit in own])
        near_folios.extend(near)
    if len(location.files) > 1:
        described = [hit for hit in hits if hit.rank >= 100]
        if described:
            hits = described
        else:
            count = len(location.files)
            hits = [replace(hit, sureness=1, why=["files-fit", "first", hit.why, "n", count]) for hit in hits]
    hits = doubt_place(hits, mark, location, shards, missing)
    hits.sort(key=lambda hit: (-hit.sureness, -hit.rank, hit.row))
    return SearchResult(hits[:MOST_SHOWN], near_folios[:3], location.why_not), location


def _find_elsewhere(
    reading: Reading, mark: Shelfmark, location: Location, shards: Shards, missing: list[str]
) -> list[Hit]:
    """Return what the cite describes although its place is not known: less surely, and with the reason.

    A copy may lie in another archive, or a fonds may have got another number. A place alone describes nothing.
    """
    place = words_of(mark.foreign) + mark.names + mark.signs + list(reading.acronyms or [])
    words = [word for word in reading.words or [] if word not in place]
    described = replace(reading, shelfmark=None, words=words, acronyms=[])
    found = find_by_words(described, [], shards, missing)
    hits: list[Hit] = []
    for hit in found.hits:
        row = row_at(hit.row, shards, missing)
        if row is not None and row["level"] == "item" and hit.sureness > 1:
            why: Reason = ["but-place", "first", hit.why, "place", location.why_not]
            hits.append(Hit(hit.row, 2 if hit.sureness == 3 and not mark.foreign else 1, why, hit.rank))
    return hits


def _find_units(reading: Reading, location: Location, shards: Shards, missing: list[str]) -> SearchResult:
    """Return what a shelfmark without a file means: a document that the cite describes, or the series."""
    core: Core = shards["core"]
    mark = reading.shelfmark
    rows = [core["units"][unit]["row"] for unit in location.units]
    if len(reading.words or []) > 1 or reading.dates:
        found = find_by_words(reading, [], shards, missing)
        if found.hits and found.hits[0].sureness > 1:
            return found
    if mark is None or not (mark.signs or mark.names) or len(rows) > 3:
        return SearchResult([], [], ["archive-alone"])
    sureness = 3 if len(rows) == 1 and _is_named(mark, core["units"][location.units[0]]) else 2
    hits = [Hit(row, sureness, ["series"], 0) for row in rows if row >= 0]
    return SearchResult(doubt_place(hits, mark, location, shards, missing), [], [])


def _is_named(mark: Shelfmark, unit: UnitEntry) -> bool:
    """Say whether the shelfmark is all of a series, and no more: its archive and its own signs."""
    own = unit["own_signs"]
    return mark.archive >= 0 and not mark.year and len(own) > 0 and all(sign in mark.signs for sign in own)
