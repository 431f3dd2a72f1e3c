"""A manuscript as it was read: chapters in Markdown, and its notes, each with its place in the file.

A plain value: what reads a file makes it, and what reads the notes needs no file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from ..values.findings import Finding
from ..values.stand_ins import NOTE_END, NOTE_START

# Where a note is called in the text of a chapter: see `mark_note`.
NOTE_CALL = re.compile(f"{NOTE_START}([0-9]+){NOTE_END}")


@dataclass(frozen=True)
class FieldCite:
    """A cite in the field code of a reference manager, which is exact.

    `item`: the work in CSL-JSON. `label` and `locator`: a place in it, in the words of CSL, "page" and "40". `start`
    and `end`: where it stands in the text of its note.
    """

    item: Mapping[str, Any]
    label: str = ""
    locator: str = ""
    prefix: str = ""
    suffix: str = ""
    hides_author: bool = False
    start: int = 0
    end: int = 0


@dataclass(frozen=True)
class ManuscriptNote:
    """A note of a manuscript, or a citation in parentheses in its text.

    `number`: that of the file, where it counts its notes through; from there on, of notes with other signs, and then of
    citations in the text. `mark`: as the file shows it. `kind`: "text" is a citation of author and date that stands in
    the text itself; `written` is what stood there, in our Markdown, "(Griffith 1963, 44)". `text`: its words, plain,
    which the lookup reads. `markdown`: the same with emphasis, in our Markdown. `place`: for people, "note 12".
    `covers`: "paragraph" where it stands at the end of a paragraph that has several sentences and no other note.
    """

    number: int
    mark: str
    kind: Literal["footnote", "endnote", "text"]
    text: str
    markdown: str
    place: str
    field_cites: tuple[FieldCite, ...] = ()
    covers: Literal["", "paragraph"] = ""
    written: str = ""


@dataclass(frozen=True)
class Chapter:
    """A part of a manuscript that becomes an essay.

    `markdown`: its text in our Markdown, without its title. Where a note is called stands `mark_note(number)`; a
    citation in the text is replaced by it.
    """

    key: str
    title: str
    markdown: str
    summary: str = ""

    @property
    def called(self) -> tuple[int, ...]:
        """The numbers of the notes that it calls, in order, each once."""
        return tuple(dict.fromkeys(int(match[1]) for match in NOTE_CALL.finditer(self.markdown)))


@dataclass(frozen=True)
class ManuscriptComment:
    """A comment in the margin, read only where that is asked for. `words`: what it is about. `place`: for people."""

    author: str
    date: str
    text: str
    words: str
    place: str


@dataclass(frozen=True)
class Manuscript:
    """A manuscript: title, authors as written, language (BCP 47, "" where it says none), chapters, notes in
    the order in which they are called.

    `abbreviations`: those of its list, "AQSH" -> "Arkivi Qendror Shtetëror". `works`: the entries of its bibliography,
    `archives`: those of its list of archives, as written. `pictures`: path below content/ -> bytes. `findings`: what
    could not be kept, each at its place. `comments`: those in its margin, where they were asked for.
    """

    path: str
    title: str = ""
    authors: tuple[str, ...] = ()
    language: str = ""
    chapters: tuple[Chapter, ...] = ()
    notes: tuple[ManuscriptNote, ...] = ()
    abbreviations: Mapping[str, str] = field(default_factory=dict)
    works: tuple[str, ...] = ()
    archives: tuple[str, ...] = ()
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    comments: tuple[ManuscriptComment, ...] = ()


def mark_note(number: int) -> str:
    """Return what stands in the text of a chapter where a note is called."""
    return f"{NOTE_START}{number}{NOTE_END}"


def name_note(number: int) -> str:
    """Return the name of a note that is written by hand: it stands as "[^n45]" and can be referred to."""
    return f"n{number}"
