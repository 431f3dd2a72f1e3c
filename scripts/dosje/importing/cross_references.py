"""Finds where a note of a manuscript sends its reader to another note: "see n. 45 above"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .manuscript import Manuscript, ManuscriptNote, mark_note, name_note

_WORDS = r"(?:footnotes?|notes?|nn?|fnn?|Anm|Anmerkung|Fn|Fußnote|nota|shën|shënimi?|прим|сноск[аиу]|przypis|pozn|not)"
_WAYS = (
    r"(?:above|below|supra|infra|oben|unten|ci-dessus|ci-dessous|plus\s+haut|plus\s+bas|sopra|sotto|arriba|abajo|lart"
    r"|poshtë|выше|ниже)"
)
_REFERENCE = re.compile(
    rf"(?:{_WAYS},?\s+)?\b{_WORDS}\b\.?\s*([0-9]{{1,4}}[a-z]?)(?![0-9–-])(?:\s+{_WAYS}\b)?", re.IGNORECASE
)
# What may stand before it. Behind a name it is the place of a note in a work: "Luthi, n. 45".
_SENT = re.compile(
    r"(?:^|[.;:(]|\b(?:see|also|cf\.?|compare|siehe|vgl\.?|voir|cfr\.?|vedi|véase|shih|см\.?|in|and|und|et|above|below)),?\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class CrossReference:
    """Where a note speaks of another: start and end in its text, its words, the number of the other, counted from 1."""

    start: int
    end: int
    text: str
    number: int


def find_references(note: ManuscriptNote, numbers: Mapping[str, int]) -> Iterator[CrossReference]:
    """Yield the places of a note that mean another note of the manuscript. `numbers`: of notes, by mark."""
    for match in _REFERENCE.finditer(note.text):
        number = numbers.get(match[1])
        has_way = re.search(_WAYS, match[0], re.IGNORECASE) is not None
        if number is not None and number != note.number and (has_way or _SENT.search(note.text[: match.start()])):
            yield CrossReference(match.start(), match.end(), match[0], number)


def count_marks(manuscript: Manuscript) -> dict[int, dict[str, int]]:
    """Return for each note the numbers of the notes of its chapter, by mark. Chapters may begin their count anew."""
    chapters = [
        [note for note in manuscript.notes if mark_note(note.number) in chapter.markdown]
        for chapter in manuscript.chapters
    ]
    found: dict[int, dict[str, int]] = {}
    every = {note.mark: note.number for note in reversed(manuscript.notes) if note.kind != "text"}
    for notes in chapters:
        own = {note.mark: note.number for note in notes if note.kind != "text"}
        found |= {note.number: {**every, **own} for note in notes}
    return found


def write_reference(manuscript: Manuscript, reference: CrossReference) -> str:
    """Return the link to another note, "" where no chapter calls it."""
    mark = mark_note(reference.number)
    key = next((chapter.key for chapter in manuscript.chapters if mark in chapter.markdown), "")
    return f"[{reference.text}](note:{key}/{name_note(reference.number)})" if key else ""
