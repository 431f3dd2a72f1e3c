"""Reads the lookup's index: rows, cards and words. Only some of its shards may be loaded.

The name of a shard that is missing is noted, so that it can be loaded. The browser runs these rules as well
(`javascript.py`).
"""

from __future__ import annotations

from typing import Any, TypeAlias

from ..values.spelling import is_near, sound_of
from .rows import Card, SourceRow

Shards: TypeAlias = dict[str, Any]


def get_shard(shards: Shards, missing: list[str], name: str) -> Any:
    """Return a shard. If it is not loaded, note its name in `missing` and return None."""
    if name in shards:
        return shards[name]
    if name not in missing:
        missing.append(name)
    return None


def row_at(at: int, shards: Shards, missing: list[str]) -> SourceRow | None:
    """Return a row of the index, or None if its shard is not loaded yet."""
    row: SourceRow | None = _entry("rows", at, shards, missing)
    return row


def card_at(at: int, shards: Shards, missing: list[str]) -> Card | None:
    """Return what is shown of a source, or None if its shard is not loaded yet."""
    card: Card | None = _entry("cards", at, shards, missing)
    return card


def _entry(kind: str, at: int, shards: Shards, missing: list[str]) -> Any:
    starts = shards["core"][kind]
    number = _place_in(starts, at)
    shard = get_shard(shards, missing, f"{kind}-{number}")
    return None if shard is None else shard[at - starts[number]]


def _place_in(starts: list[Any], value: Any) -> int:
    """Return the last place whose start is not after `value`."""
    low, high = 0, len(starts) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if starts[middle] <= value:
            low = middle
        else:
            high = middle - 1
    return low


def rows_with(word: str, shards: Shards, missing: list[str]) -> list[int]:
    """Return the rows that have a word, in order."""
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
    """Return the words of the index of which `word` may be a misspelling."""
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
