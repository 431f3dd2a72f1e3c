"""What the lookup finds for one cite of a footnote. The browser has it as well (`javascript.py`)."""

from __future__ import annotations

from dataclasses import dataclass

from .queries import Reading
from .reasons import Reason


@dataclass(frozen=True)
class Hit:
    """A source that a cite means: its row, how sure that is (3 to 1), why, and its rank among equally sure hits."""

    row: int
    sureness: int
    why: Reason
    rank: int


@dataclass(frozen=True)
class SearchResult:
    """What was found for one cite. If nothing was, `near` has what comes near, and why it is not meant."""

    hits: list[Hit]
    near: list[Hit]
    looked_for: Reason


@dataclass(frozen=True)
class NamedWork:
    """A work that a cite named, for an op. cit.: its row, -1 if it was not found, and the words before its title."""

    row: int
    lead: list[str]


@dataclass(frozen=True)
class NamedSource:
    """A source that a note named, for "Dove (n 3)": its row, and the number of the note."""

    row: int
    note: int


@dataclass(frozen=True)
class Memory:
    """The cite before, for an Ibid.: what was read, what it meant, and the works named so far, the last one first.

    `named`: all that the notes named, the last first; `number`: that of the note, as it says or counted from 1.
    """

    reading: Reading | None
    hits: list[Hit]
    works: list[NamedWork]
    named: list[NamedSource]
    number: int


NOTHING_BEFORE = Memory(None, [], [], [], 0)
