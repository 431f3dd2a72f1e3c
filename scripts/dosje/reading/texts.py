"""An author's Markdown once it is parsed: blocks, and the citations, links and notes in them, with their places."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..values.citations import Citation
from .kinds import KINDS
from .note_marks import NO_MARKS, NoteMarks

# What a link to the edition itself begins with, "person:hysni-kapo".
LINK_KINDS = (*KINDS, "note")


@dataclass(frozen=True, slots=True)
class Markdown:
    """Text that stays as the author wrote it.

    `is_code`: it is code, and nothing in it is markup. `is_comment`: it is a comment of HTML, which nobody reads.
    """

    text: str
    offset: int
    is_code: bool = False
    is_comment: bool = False


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation in its place."""

    citation: Citation
    offset: int
    marks: NoteMarks = NO_MARKS


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a record, essay or page of the edition."""

    label: str
    kind: str
    key: str
    offset: int  # of the key


@dataclass(frozen=True, slots=True)
class NoteCall:
    """The call of a hand-written note."""

    name: str
    offset: int
    marks: NoteMarks = NO_MARKS


@dataclass(frozen=True, slots=True)
class Image:
    """A picture of the edition: what it shows, in words, and its file, "assets/map.png".

    `source`: as it was written.
    """

    alternative: str
    file: str
    source: str
    offset: int  # of the file


Piece = Markdown | Cited | Link | NoteCall | Image


@dataclass(frozen=True, slots=True)
class TextBlock:
    """What stands between blank lines. `note`: the name of the hand-written note it defines.

    `gap`: what stands behind it, before the next block, where the text was written for MkDocs alone.
    """

    kind: str  # "statement" (a paragraph, a list), "heading", "code", "note", "picture"
    pieces: tuple[Piece, ...]
    offset: int
    note: str = ""
    gap: str = ""

    @property
    def citations(self) -> tuple[Cited, ...]:
        return tuple(piece for piece in self.pieces if isinstance(piece, Cited))

    @property
    def links(self) -> tuple[Link, ...]:
        return tuple(piece for piece in self.pieces if isinstance(piece, Link))

    @property
    def images(self) -> tuple[Image, ...]:
        return tuple(piece for piece in self.pieces if isinstance(piece, Image))


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the text that cannot be read. It becomes a finding."""

    offset: int
    code: str
    message: str
    hint: str = ""
    is_stray: bool = False  # no problem in a text that was written for MkDocs alone


@dataclass(frozen=True, slots=True)
class Text:
    """An author's Markdown, parsed."""

    blocks: tuple[TextBlock, ...]
    problems: tuple[Problem, ...] = field(default=())

    @property
    def statements(self) -> tuple[TextBlock, ...]:
        return tuple(block for block in self.blocks if block.kind == "statement")
