"""Finds where a note of a manuscript sends its reader to another note: "see n. 45 above"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .manuscript import Manuscript, ManuscriptNote, name_note

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


@dataclass(frozen=True)
class CrossReferences:
    """Where the notes of a manuscript speak of others.

    `by_note`: in each note, by its number. `numbers`: the numbers of the notes of its chapter, by mark, which all notes
    of a chapter share. `chapters`: the key of the chapter that calls a note, by number.
    """

    by_note: Mapping[int, tuple[CrossReference, ...]]
    numbers: Mapping[int, Mapping[str, int]]
    chapters: Mapping[int, str]

    def write(self, reference: CrossReference) -> str:
        """Return the link to another note, "" where no chapter calls it."""
        key = self.chapters.get(reference.number, "")
        return f"[{reference.text}](note:{key}/{name_note(reference.number)})" if key else ""


def find_cross_references(manuscript: Manuscript) -> CrossReferences:
    """Return where the notes of a manuscript speak of others."""
    chapters: dict[int, str] = {}
    for chapter in manuscript.chapters:
        for number in chapter.called:
            chapters.setdefault(number, chapter.key)
    numbers = _count_marks(manuscript)
    by_note = {note.number: tuple(_find(note, numbers.get(note.number, {}))) for note in manuscript.notes}
    return CrossReferences(by_note, numbers, chapters)


def _find(note: ManuscriptNote, numbers: Mapping[str, int]) -> Iterator[CrossReference]:
    for match in _REFERENCE.finditer(note.text):
        number = numbers.get(match[1])
        has_way = re.search(_WAYS, match[0], re.IGNORECASE) is not None
        if number is not None and number != note.number and (has_way or _SENT.search(note.text[: match.start()])):
            yield CrossReference(match.start(), match.end(), match[0], number)


def _count_marks(manuscript: Manuscript) -> dict[int, Mapping[str, int]]:
    """Return for each note the numbers of the notes of its chapter, by mark. Chapters may begin their count anew."""
    every = {note.mark: note.number for note in reversed(manuscript.notes) if note.kind != "text"}
    found: dict[int, Mapping[str, int]] = {}
    for chapter in manuscript.chapters:
        called = frozenset(chapter.called)
        own = [note for note in manuscript.notes if note.number in called]
        numbers = every | {note.mark: note.number for note in own if note.kind != "text"}
        found |= dict.fromkeys((note.number for note in own), numbers)
    return found
