"""Reads the notes of a manuscript: their words, the exact cites in them, and the order in which they are called."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from ..markup.tree import Blocks, Foot, Inline, Inlines, Paragraph, inlines_of, map_lines, text_of
from ..reading.sentences import sentences_of
from ..reading.texts import Markdown, NoteCall, TextBlock
from ..values.metadata import PandocNode
from ..values.words import Run
from .essay_markdown import write_line, write_markdown
from .field_codes import FieldCodes, cite_of_item
from .file_facts import NoteKind, NoteSign
from .lines import trim
from .manuscript import FieldCite, ManuscriptNote
from .pandoc_tree import TreeReader

# They stand before and after the words of an exact cite while a note is read.
_OPEN, _CLOSE = "<", ">"


@dataclass(frozen=True)
class FoundNote:
    """A note as it was found, before it has its number. `paragraph`: the one that calls it, counted from 1.

    `written`: of a citation in the text, what stood in its place, as Markdown.
    """

    kind: NoteKind
    blocks: Blocks
    paragraph: int
    written: str = ""


class NoteReader:
    """Collects the notes of a text while its tree is read. There a note is a `Foot` labelled with its place here.

    `codes`: the items of reference managers. `tree`: what reads the text; it asks for the calls here.
    `note_by_label`: the notes, once all is read.
    """

    def __init__(self, codes: FieldCodes) -> None:
        self.tree: TreeReader
        self.found: list[FoundNote] = []
        self._codes = codes
        self._cites: list[tuple[FieldCite, ...]] = []
        self._is_within = False
        self._called_in = 0
        self.note_by_label: dict[str, ManuscriptNote] = {}

    def read_note(self, nodes: list[PandocNode]) -> Inlines:
        """Return the call of a note. A note within a note becomes words in brackets."""
        if self._is_within:
            return (Run(" ["), *_in_one_line(self.tree.blocks(nodes)), Run("]"))
        self._called_in = paragraph = self.tree.paragraph
        self._is_within = True
        blocks = self.tree.blocks(nodes)
        self._is_within = False
        self.tree.paragraph = paragraph
        return self._call(FoundNote("footnote", blocks, paragraph))

    def read_cite(self, node: PandocNode, words: Inlines) -> Inlines:
        """Return a cite of a reference manager: in a note its words, between signs; in the text the call of a note."""
        cites = self._codes.cites_of(node)
        if not cites:
            return words
        self._cites.append(cites)
        at = len(self._cites) - 1
        marked = (Foot(f"{_OPEN}{at}"), *words, Foot(f"{_CLOSE}{at}"))
        if self._is_within:
            return marked
        call = self.call_cite(without_brackets(marked), write_line(trim(words)), self.tree.paragraph)
        text = text_of(words)
        before, after = (Run(" ") if end.isspace() else Run("") for end in (text[:1], text[-1:]))
        return (before, *call, after)

    def call_cite(self, words: Inlines, written: str, paragraph: int) -> Inlines:
        """Return the call of a note that is a citation in the text itself. `written`: what stood there, as Markdown."""
        return self._call(FoundNote("text", (Paragraph(words),), paragraph, written))

    def _call(self, found: FoundNote) -> Inlines:
        self.found.append(found)
        return (Foot(str(len(self.found) - 1)),)

    @property
    def within(self) -> str:
        """The label of the note that is being read, "" while the text is read."""
        return str(len(self.found)) if self._is_within else ""

    @property
    def paragraph(self) -> int:
        """The paragraph that is being read, or that calls the note which is being read, counted from 1."""
        return self._called_in if self._is_within else self.tree.paragraph

    def finish(self, blocks: Blocks, signs: Sequence[NoteSign]) -> tuple[Blocks, tuple[ManuscriptNote, ...]]:
        """Return the text with the numbers of its notes, and the notes, in the order in which they are called.

        `signs`: of all foot- and endnotes, as the file calls them; none where it does not say.
        """
        order = [inline.label for line in inlines_of(blocks) for inline in line if isinstance(inline, Foot)]
        called = [self.found[int(label)] for label in dict.fromkeys(order)]
        sign_by_label = dict(zip(dict.fromkeys(order), _say_signs(called, signs), strict=True))
        number_by_label = _count(sign_by_label)
        covering = _covering(blocks)
        notes = tuple(
            self._make(number_by_label[label], self.found[int(label)], sign, is_covering=label in covering)
            for label, sign in sign_by_label.items()
        )
        self.note_by_label = dict(zip(sign_by_label, notes, strict=True))

        def renumber(line: Inlines) -> Inlines:
            parts: list[Inline] = []
            typed = ""
            for inline in line:
                if isinstance(inline, Foot):
                    sign = sign_by_label[inline.label]
                    typed = sign.mark if sign.is_typed else ""
                    parts.append(Foot(str(number_by_label[inline.label])))
                else:
                    parts.append(_without_sign(inline, typed))
                    typed = ""
            return tuple(parts)

        return map_lines(blocks, renumber), notes

    def _make(self, number: int, found: FoundNote, sign: NoteSign, *, is_covering: bool) -> ManuscriptNote:
        blocks = _without_typed_sign(found.blocks, sign.mark) if sign.is_typed else found.blocks
        blocks = _with_lost(blocks, sign.paragraphs)
        text, cites = self._spell(blocks)
        cites += tuple(_cites_in(text, sign))
        markdown = write_markdown(map_lines(blocks, _without_feet))
        place = f"paragraph {max(found.paragraph, 1)}" if sign.kind == "text" else f"note {sign.mark}"
        place = f"end{place}" if sign.kind == "endnote" else place
        covers: Literal["", "paragraph"] = "paragraph" if is_covering and sign.kind != "text" else ""
        return ManuscriptNote(number, sign.mark, sign.kind, text, markdown, place, cites, covers, found.written)

    def _spell(self, blocks: Blocks) -> tuple[str, tuple[FieldCite, ...]]:
        """Return the words of a note, and its exact cites with the places of their words."""
        text = ""
        begun: dict[str, int] = {}
        cites: list[FieldCite] = []
        for line in inlines_of(blocks):
            text += " " if text and not text.endswith(" ") else ""
            for inline in line:
                if not isinstance(inline, Foot):
                    text += text_of((inline,))
                elif inline.label.startswith(_OPEN):
                    begun[inline.label[1:]] = len(text)
                else:
                    words = text[begun[inline.label[1:]] :]
                    start, end = len(text) - len(words.lstrip()), len(text.rstrip())
                    cites += [replace(cite, start=start, end=end) for cite in self._cites[int(inline.label[1:])]]
        return text, tuple(cites)


def _without_feet(line: Inlines) -> Inlines:
    return tuple(inline for inline in line if not isinstance(inline, Foot))


def _in_one_line(blocks: Blocks) -> Inlines:
    lines: list[Inline] = []
    for line in inlines_of(blocks):
        lines += [Run(" "), *line] if lines else line
    return tuple(lines)


def without_brackets(line: Inlines) -> Inlines:
    """Return the words of a cite without the round or square brackets around them."""
    runs = [at for at, inline in enumerate(line) if isinstance(inline, Run) and inline.text.strip()]
    if not runs:
        return line
    first, last = line[runs[0]], line[runs[-1]]
    assert isinstance(first, Run) and isinstance(last, Run)
    pair = first.text.lstrip()[:1] + last.text.rstrip()[-1:]
    if pair not in ("()", "[]"):
        return line
    parts = list(line)
    parts[runs[0]] = first._replace(text=first.text.lstrip()[1:])
    last = parts[runs[-1]]
    assert isinstance(last, Run)
    parts[runs[-1]] = last._replace(text=last.text.rstrip()[:-1])
    return trim(tuple(parts))


def _say_signs(found: Sequence[FoundNote], signs: Sequence[NoteSign]) -> Iterator[NoteSign]:
    """Yield the kind and sign of each note. Where the file does not say them, footnotes count from 1."""
    count = sum(note.kind != "text" for note in found)
    counted = (NoteSign("footnote", str(at)) for at in range(1, count + 1))
    said = iter(signs) if len(signs) == count else counted
    for note in found:
        yield NoteSign("text", "") if note.kind == "text" else next(said)


def _count(sign_by_label: Mapping[str, NoteSign]) -> dict[str, int]:
    """Return the numbers of notes: those of the file, where it counts them through; then of all others."""
    marks = [sign.mark for sign in sign_by_label.values() if sign.mark.isascii() and sign.mark.isdigit()]
    is_through = len(set(marks)) == len(marks) and "0" not in marks
    numbers = {label: int(sign.mark) for label, sign in sign_by_label.items() if is_through and sign.mark in marks}
    others = [label for label in sign_by_label if label not in numbers]
    others.sort(key=lambda label: sign_by_label[label].kind == "text")
    return numbers | {label: at for at, label in enumerate(others, start=max(numbers.values(), default=0) + 1)}


def _without_sign(inline: Inline, typed: str) -> Inline:
    """Return what stands behind the call of a note without the sign that the author typed for it."""
    if typed and isinstance(inline, Run) and inline.text.startswith(typed):
        return inline._replace(text=inline.text.removeprefix(typed))
    return inline


def _cites_in(text: str, sign: NoteSign) -> Iterator[FieldCite]:
    """Yield the exact cites that a file names by their words."""
    position = 0
    for words, items in sign.citations:
        start = text.find(words, position)
        if start >= 0:
            position = start + len(words)
            yield from (replace(cite_of_item(item), start=start, end=position) for item in items)


def _with_lost(blocks: Blocks, paragraphs: Sequence[str]) -> Blocks:
    """Return the blocks of a note, with the paragraphs of it that pandoc left out (3.9: lists in notes of .odt)."""
    read = _letters(text_of(_in_one_line(blocks)))
    lost = (words for words in paragraphs if _letters(words) not in read)
    return (*blocks, *(Paragraph((Run(words),)) for words in lost))


def _letters(text: str) -> str:
    """Return letters and digits alone, those that are set high like all others."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text) if sign.isalnum())


def _without_typed_sign(blocks: Blocks, typed: str) -> Blocks:
    first = blocks[0] if blocks else None
    if not isinstance(first, Paragraph) or not first.content:
        return blocks
    return (Paragraph(trim((_without_sign(first.content[0], typed), *first.content[1:]))), *blocks[1:])


def _covering(blocks: Blocks) -> frozenset[str]:
    """Return the notes that stand at the end of a paragraph of several sentences that has no other note."""
    found = set()
    for line in inlines_of(blocks):
        feet = [at for at, inline in enumerate(line) if isinstance(inline, Foot)]
        if len(feet) != 1:
            continue
        before, after = text_of(line[: feet[0]]), text_of(line[feet[0] :])
        if any(sign.isalnum() for sign in after) or not before.strip():
            continue
        call = NoteCall("note", len(before))
        pieces = (Markdown(before, 0), call, Markdown(after, len(before)))
        sentence = sentences_of(TextBlock("statement", pieces, 0))[call.offset]
        if len(sentence) < len(" ".join((before + after).split())):
            foot = line[feet[0]]
            assert isinstance(foot, Foot)
            found.add(foot.label)
    return frozenset(found)
