"""Finds prose before a cite that the lookup has read together with it: "His own view is in Pike, Memoirs, 12".

A cite begins where the first word of its record stands. What the record does not know is the author's, and is kept.
"""

from __future__ import annotations

from ..lookup.shards import row_at, rows_with
from ..values.spelling import find_words, spell, words_of
from .memory_index import MemoryIndex

_SHORTEST = 4


def find_own_begin(text: str, key: str, index: MemoryIndex) -> int:
    """Return where the cite of a record begins in a text: 0, or behind the prose before it."""
    known = words_of_record(key, index)
    plain, origin = spell(text)
    has_prose = False
    for word, start, _ in find_words(plain):
        if word in known:
            return origin[start] if has_prose else 0
        sign = text[origin[start]]
        has_prose = has_prose or (sign.islower() and len(word) >= _SHORTEST)
    return 0


def words_of_record(key: str, index: MemoryIndex) -> frozenset[str]:
    """Return the words by which a record is found: its titles and names, its archive, the type of a document."""
    missing: list[str] = []
    rows = rows_with(f"={key}", index.shards, missing)
    row = row_at(rows[0], index.shards, missing) if rows else None
    if row is None:
        return frozenset()
    texts = [
        *row["titles"],
        row["given"],
        row["context"],
        row["reference"],
        row["container"],
        row["key"].replace("-", " "),
    ]
    names = [name for group in (row["authors"], row["recipients"], row["editors"]) for words in group for name in words]
    days = {str(day // part % 100) for day in row["dates"] for part in (1, 100)}
    return frozenset({word for text in texts for word in words_of(text)} | set(names) | days)
