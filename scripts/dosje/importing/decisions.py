"""What became of each cite in the notes of a manuscript, how sure that is, and what an editor answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from .incoming import IncomingRecord, IncomingWork

# found: a record that the edition has, surely. drafted: a new record was made. unsure: candidates, none taken.
# left: nothing that could be filed. What is unsure or left is printed in the manuscript's own words.
Outcome = Literal["found", "drafted", "unsure", "left"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)


@dataclass(frozen=True)
class CiteDecision:
    """A cite in a note of a manuscript, and what became of it.

    `start` and `end`: where it stands in the text of the note. `source`: what names its source in all notes, so that
    one answer settles all ("" where nothing was read). `key`: of the record or work, "" where none is taken.
    `locator`: as a citation has it, "fl. 40". `prefix` and `suffix`: words around it that are kept; `inside`: words
    within it that its record does not have. `why`: the reason, in words. `candidates`: keys.
    """

    note: int
    start: int
    end: int
    text: str
    outcome: Outcome
    source: str = ""
    key: str = ""
    locator: str = ""
    prefix: str = ""
    suffix: str = ""
    why: str = ""
    candidates: tuple[str, ...] = ()
    inside: str = ""


@dataclass(frozen=True)
class WorklistAnswer:
    """What an editor answered for a source of the worklist.

    `take`: what was proposed is right, or `key` is one of the candidates; `correct`: it is `key` (a record that exists
    by now, or will be drafted under this key); `other`: another record, `key`; `leave`: the words stay words.
    """

    answer: Literal["take", "correct", "other", "leave"]
    key: str = ""


@dataclass(frozen=True)
class ReadNotes:
    """The notes of a manuscript, read: a decision for each cite, what is to be drafted, and what is to be printed.

    `printed`: number of a note -> what takes its place in the text. It is a citation, "[@kapo, fl. 40]", where the note
    is a plain one; else the words of the note in Markdown, with citations in them: `is_prose` names those notes.
    """

    decisions: tuple[CiteDecision, ...]
    printed: Mapping[int, str]
    is_prose: frozenset[int]
    records: tuple[IncomingRecord, ...] = ()
    works: tuple[IncomingWork, ...] = ()
