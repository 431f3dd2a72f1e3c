"""Reads the lookup's index: rows, cards and words, in shards of which only some may be there.

A shard that is wanted and not there is named in a list, to be loaded. Is also run in the browser (`javascript.py`).
"""

from __future__ import annotations

from typing import Any, TypeAlias

from ..values.spelling import is_near, sound_of
from .rows import Card, SourceRow

Shards: TypeAlias = dict[str, Any]


def get_shard(shards: Shards, missing: list[str], name: str) -> Any:
    """Return a shard, or None and note in `missing` that it is wanted."""
    if name in shards:
        return shards[name]
    if name not in missing:
        missing.append(name)
    return None


def row_at(at: int, shards: Shards, missing: list[str]) -> SourceRow | None:
    """Return a row of the index, or None where its shard is still to come."""
    row: SourceRow | None = _entry("rows", at, shards, missing)
    return row


def card_at(at: int, shards: Shards, missing: list[str]) -> Card | None:
    """Return what is shown of a source, or None where its shard is still to come."""
    card: Card | None = _entry("cards", at, shards, missing)
    return card


def _entry(kind: str, at: int, shards: Shards, missing: list[str]) -> Any:
    starts = shards["core"][kind]
    number = _place_in(starts, at)
    shard = get_shard(shards, missing, f"{kind}-{number}")
    return None if shard is None else shard[at - starts[number]]


def _place_in(starts: list[Any], value: Any) -> int:
    """Return the last place whose start is not behind `value`."""
    low, high = 0, len(starts) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if starts[middle] <= value:
            low = middle
        else:
            high = middle - 1
    return low


def rows_with(word: str, shards: Shards, missing: list[str]) -> list[int]:
    """Return the rows in which a word stands, in order."""
    number = _place_in(shards["core"]["words"], sound_of(word) + word)
    shard = get_shard(shards, missing, f"words-{number}")
    if shard is None or word not in shard:
        return []
    rows: list[int] = []
    at = 0
    for step in shard[word]:
        at += step
        rows.append(at)
    return rows


def words_near(word: str, shards: Shards, missing: list[str]) -> list[str]:
    """Return the words of the index that `word` may be a slip for."""
    if len(word) < 4 or word[0].isdigit():
        return []
    starts = shards["core"]["words"]
    sound = sound_of(word)
    near: list[str] = []
    for number in range(_place_in(starts, sound), len(starts)):
        if starts[number] > sound + "~":
            break
        shard = get_shard(shards, missing, f"words-{number}")
        if shard is not None:
            near.extend(other for other in shard if is_near(word, other) and sound_of(other) == sound)
    return sorted(near)[:6]
