"""Reads a manuscript: a file of a word processor, HTML, Markdown or TeX becomes chapters in Markdown, and notes."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..markup.tree import Foot, Inline, Inlines, Paragraph, Picture, inlines_of, map_lines, text_of
from ..system.children import DEFAULT_LIMITS, Limits
from ..values.errors import OperationError
from ..values.findings import Finding, Span
from ..values.languages import code_of_language
from ..values.words import Run
from .author_date import find_author_dates
from .chapters import cut_into_chapters
from .closing_lists import ClosingLists, take_lists
from .essay_markdown import write_line
from .field_codes import FieldCodes
from .file_facts import FileFacts, MarginComment
from .front_parts import FrontParts, read_front
from .lines import cut_line
from .linked_notes import join_linked_notes
from .manuscript import Manuscript, ManuscriptComment
from .manuscript_files import ManuscriptFile, open_manuscript
from .manuscript_pictures import PictureReader, name_pictures
from .note_reading import NoteReader
from .pandoc_input import read_with_pandoc
from .pandoc_tree import TreeReader
from .word_facts import read_word_facts
from .writer_facts import read_writer_facts

_INCLUDED = re.compile(rb"(?<!\\)\\(?:input|include|subfile|import)\s*\{[^}]*\}")


def _ignore(line: str) -> None:
    """Take a line of progress and show it nowhere."""


def read_manuscript(
    path: Path, limits: Limits = DEFAULT_LIMITS, *, with_comments: bool = False, tell: Callable[[str], None] = _ignore
) -> Manuscript:
    """Return the manuscript in a file.

    `with_comments`: those in its margin are read too; they may name referees. `tell`: is told what is being done.
    Raises OperationError with what is wrong with the file; LimitError, ChildError. Nothing is written.
    """
    tell(f"reading {path.name}")
    file = open_manuscript(path)
    with tempfile.TemporaryDirectory() as folder:
        try:
            read_facts = {"docx": read_word_facts, "odt": read_writer_facts}.get(file.kind)
            facts = read_facts(file.parts) if read_facts else FileFacts()
            document = read_with_pandoc(file, Path(folder), limits)
            return _Reading(file, facts, Path(folder) / "media", with_comments=with_comments).make(document)
        except RecursionError as error:
            message = f"{path.name} has lists, tables or quotations that lie hundreds deep in one another"
            raise OperationError(message) from error


@dataclass
class _Problem:
    """What could not be kept as it stands. `note`: the label of the note in which it stands, "" in the text."""

    paragraph: int
    note: str
    code: str
    message: str


class _Reading:
    """The reading of one file."""

    def __init__(self, file: ManuscriptFile, facts: FileFacts, media: Path, *, with_comments: bool) -> None:
        self._file, self._facts, self._with_comments = file, facts, with_comments
        self._problems: list[_Problem] = []
        self._line = 0
        name = name_pictures(file.path.stem)
        self._pictures = PictureReader(media, file.path.parent, name, self._tell_left_out)

    def make(self, document: dict[str, Any]) -> Manuscript:
        """Return the manuscript, from pandoc's JSON."""
        self._notes = NoteReader(FieldCodes(document["meta"], self._facts.citations))
        if self._file.kind == "html":
            document = {**document, "blocks": join_linked_notes(document["blocks"])}
        tree = TreeReader(self._notes.read_note, self._notes.read_cite, self._pictures.read, self._tell_form)
        self._notes.tree = tree
        front = read_front(document, self._facts.start, tree)
        blocks, lists = take_lists(map_lines(tree.blocks(front.blocks), self._name_pictures))
        blocks = map_lines(blocks, lambda line: self._take_author_dates(line, lists.works))
        # The title stands before the text, as its notes are counted first.
        whole, notes = self._notes.finish((Paragraph(front.title), *blocks), self._facts.signs)
        feet = tuple(inline for line in inlines_of(whole[:1]) for inline in line if isinstance(inline, Foot))
        title = " ".join(text_of(front.title).split())
        self._tell_rest(lists, front)
        return Manuscript(
            self._file.path.name,
            title,
            front.authors,
            code_of_language(front.language or self._facts.language),
            cut_into_chapters(whole[1:], title or self._file.path.stem, front.abstract, feet),
            notes,
            lists.abbreviations,
            tuple(lists.works),
            tuple(lists.archives),
            self._pictures.found,
            tuple(sorted(map(self._find, self._problems))),
            tuple(map(_show_comment, self._facts.comments)) if self._with_comments else (),
        )

    def _name_pictures(self, line: Inlines) -> Inlines:
        """Return a line in which every picture has words. Where the file has none, they are the picture's name."""
        return tuple(self._name_picture(inline) for inline in line)

    def _name_picture(self, inline: Inline) -> Inline:
        if not isinstance(inline, Picture) or inline.alternative:
            return inline
        name = Path(inline.path).stem
        message = f"the picture {name} has no words for those who cannot see it: write them in the essay"
        self._problems.append(_Problem(0, "", "manuscript-form", message))
        return Picture(inline.path, name)

    def _take_author_dates(self, line: Inlines, works: Sequence[str]) -> Inlines:
        """Return a line with calls of notes in the place of citations of author and date."""
        self._line += 1
        text = text_of(line)
        parts: list[Inline] = []
        position = 0
        for found in find_author_dates(text, works) if "(" in text else ():
            written = write_line(cut_line(line, found.start, found.end))
            note = self._notes.call_cite((Run(found.words),), written, self._line)
            parts += [*cut_line(line, position, found.start), *note]
            position = found.end
        return (*parts, *cut_line(line, position, len(text) + 1)) if parts else line

    def _tell_form(self, message: str) -> None:
        self._tell("manuscript-form", message)

    def _tell_left_out(self, message: str) -> None:
        self._tell("manuscript-left-out", message)

    def _tell(self, code: str, message: str) -> None:
        self._problems.append(_Problem(self._notes.paragraph, self._notes.within, code, message))

    def _tell_rest(self, lists: ClosingLists, front: FrontParts) -> None:
        """Tell what holds for the whole file."""
        whole = []
        if self._file.is_misnamed:
            whole.append(("manuscript-form", f"the file is read as {self._file.kind}, which its name does not say"))
        if front.date:
            whole.append(("manuscript-left-out", f'the date below the title, "{front.date}", is left out'))
        if self._file.kind == "latex":
            for found in _INCLUDED.finditer(self._file.raw):
                whole.append(
                    ("manuscript-left-out", f"what {found[0].decode()} names is not read: put all into one file")
                )
        for paragraph in self._facts.formulas:
            self._problems.append(_Problem(paragraph, "", "manuscript-left-out", "an equation is left out"))
        if self._facts.comments and not self._with_comments:
            whole.append(("manuscript-left-out", f"comments in the margin are left out: {len(self._facts.comments)}"))
        for heading, count in lists.taken:
            message = f'the list "{heading}" is read for what the notes mean, and becomes no essay; entries: {count}'
            whole.append(("manuscript-list", message))
        self._problems += [_Problem(0, "", code, message) for code, message in whole]

    def _find(self, problem: _Problem) -> Finding:
        """Return a problem as a finding. The number of the paragraph is its line."""
        note = self._notes.note_by_label.get(problem.note)
        place = note.place if note else f"paragraph {problem.paragraph}"
        message = f"{place}: {problem.message}" if problem.paragraph else problem.message
        return Finding(Span(self._file.path.name, max(problem.paragraph, 1), 1), problem.code, message)


def _show_comment(comment: MarginComment) -> ManuscriptComment:
    place = f"paragraph {comment.paragraph}" if comment.paragraph else ""
    return ManuscriptComment(comment.author, comment.date, comment.text, comment.words, place)
