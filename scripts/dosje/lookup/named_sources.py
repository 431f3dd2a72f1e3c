"""Finds what "Dove (n 3)" means: a source that a note before named, by the number of that note.

The browser runs these rules as well (`javascript.py`).
"""

from __future__ import annotations

from .by_words import add_note_sources
from .hits import Hit, Memory, NamedSource, SearchResult
from .likeness import compare_dates, words_of_row
from .queries import Reading
from .rows import SourceRow
from .shards import Shards, row_at

# What may stand before a short form and describes nothing.
_LINKS = ["cited", "quoted", "see", "also"]
_REMEMBERED = 400  # so many sources, the last ones


def remember_named(found: SearchResult, memory: Memory) -> list[NamedSource]:
    """Return the sources named so far, with those of a cite before the others. `memory`: when the cite was read."""
    named = [NamedSource(hit.row, memory.number) for hit in found.hits if hit.sureness > 1]
    return [*named, *memory.named][:_REMEMBERED]


def find_named(reading: Reading, memory: Memory, shards: Shards, missing: list[str]) -> list[Hit]:
    """Return the source that the note of the number named, surely if its words fit no other; else what they fit.

    Who pastes notes from the middle of a book has other numbers; so the words decide, and the number only among them.
    """
    note = int(reading.cross)
    fitting = [named for named in memory.named if _fits(named.row, reading, shards, missing)]
    rows = _rows_of([named for named in fitting if named.note == note])
    everywhere = _rows_of(fitting)
    if rows:
        sureness = 3 if len(rows) == 1 and len(everywhere) == 1 else 2
    else:
        rows, sureness = everywhere, 2 if len(everywhere) == 1 else 1
    hits = [Hit(row, sureness, ["named-in-note", "number", reading.cross], 0) for row in rows]
    return add_note_sources(hits, reading, shards, missing) if reading.label == "note" and hits else hits


def _rows_of(named: list[NamedSource]) -> list[int]:
    rows: list[int] = []
    for each in named:
        if each.row not in rows:
            rows.append(each.row)
    return rows


def _fits(at: int, reading: Reading, shards: Shards, missing: list[str]) -> bool:
    """Say whether all words of a cite describe a source, one of them its author or title."""
    row: SourceRow | None = row_at(at, shards, missing)
    words = [word for word in reading.words or [] if word not in _LINKS]
    if row is None or not words or compare_dates(row, reading) < 0:
        return False
    own = words_of_row(row)
    return all(word in own for word in words)
