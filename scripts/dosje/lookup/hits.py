"""What the lookup finds for one cite of a footnote. Is also run in the browser (`javascript.py`)."""

from __future__ import annotations

from dataclasses import dataclass

from .queries import Reading


@dataclass(frozen=True)
class Hit:
    """A source that a reading means: its row, how sure that is (3 to 1), why, and its rank among its equals."""

    row: int
    sureness: int
    why: str
    rank: int


@dataclass(frozen=True)
class SearchResult:
    """What was found for one reading, or the nearest that is known (rows and why they are not meant)."""

    hits: list[Hit]
    near: list[Hit]
    looked_for: str


@dataclass(frozen=True)
class Memory:
    """The cite before, to which an Ibid. looks back: what was read, what it meant, the works named so far."""

    reading: Reading | None
    hits: list[Hit]
    works: list[int]


NOTHING_BEFORE = Memory(None, [], [])
