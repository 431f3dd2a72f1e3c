"""Writes the tree as XHTML for an e-book. Knows nothing of packages; the caller gives the names of files."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from html import escape
from pathlib import PurePosixPath

from ..drawing.svg import lead
from ..markup.html import HtmlWriter
from ..markup.tree import (
    Block,
    Blocks,
    CallReference,
    CitedAt,
    CiteWords,
    Drawing,
    Foot,
    Foreign,
    Inline,
    Inlines,
    Named,
    NoteReference,
    PageNumber,
    Paragraph,
    Picture,
    Reference,
    feet_of,
)
from ..phrases.phrases import Phrases
from ..values.bidi import direction_of
from ..values.page_id import PageId
from ..values.words import Run, Words
from .footnotes import Footnote, NoteId

# Words, in which nothing depends on the page.
_RUNS = HtmlWriter(lambda inline: "")


@dataclass(frozen=True)
class Writer:
    """Writes the records of one book. `address`: the link from a page to a record; "" if it is not in the book."""

    notes: Mapping[NoteId, Footnote]
    named: Mapping[tuple[str, str], Words]
    address: Callable[[PageId, PageId], str]
    phrases: Phrases

    def blocks(self, blocks: Blocks, page: PageId, base: int) -> str:
        """Return the blocks of a record. Headings begin at level `base`."""
        return self._html(page).blocks(blocks, base)

    def notes_of(self, blocks: Blocks, page: PageId) -> str:
        """Return the notes that the blocks call. Each is an aside, which reading systems show where it is called."""
        asides = []
        for label in self._with_inner(feet_of(blocks), page):
            note = self.notes[page, label]
            name = note_id(page, label)
            back = f'<a href="#call-{name}" role="doc-backlink">{note.number}.</a>'
            first, *rest = note.blocks or (Paragraph(note.content),)
            if not isinstance(first, Paragraph):
                first, rest = Paragraph(()), [first, *rest]
            body = f"<p>{back} {self.line(first.content, page)}</p>{self.blocks(tuple(rest), page, 2)}"
            asides.append(f'<aside epub:type="footnote" role="doc-footnote" id="{name}">{body}</aside>')
        if not asides:
            return ""
        return '<section class="notes" epub:type="footnotes">\n' + "\n".join(asides) + "\n</section>"

    def _with_inner(self, labels: Iterable[str], page: PageId) -> list[str]:
        """Return the notes of a record, each with those called within it right behind it."""
        found: list[str] = []
        left = list(labels)[::-1]
        while left:
            label = left.pop()
            if label not in found:
                found.append(label)
                note = self.notes[page, label]
                left += feet_of(note.blocks or (Paragraph(note.content),))[::-1]
        return found

    def line(self, line: Inlines, page: PageId) -> str:
        """Return a line of text."""
        return self._html(page).line(line)

    def _html(self, page: PageId) -> HtmlWriter:
        return HtmlWriter(partial(self._inline, page), partial(self._block, page))

    def _block(self, page: PageId, block: Block, level: int) -> str | None:
        return self._drawing(block, page) if isinstance(block, Drawing) else None

    def _drawing(self, drawing: Drawing, page: PageId) -> str:
        def address(target: str) -> str:
            kind, _, key = target.partition("/")
            return self.address(page, PageId(kind, key))

        caption = f"<figcaption>{escape(drawing.caption)}</figcaption>" if drawing.caption else ""
        return f"<figure>{lead(drawing.svg, address)}{caption}</figure>"

    def _inline(self, page: PageId, inline: Inline) -> str:
        if isinstance(inline, Foot):
            note = self.notes[page, inline.label]
            name = note_id(page, inline.label)
            kind = 'epub:type="noteref" role="doc-noteref"'
            return f'<a {kind} href="#{name}" id="call-{name}"><sup>{note.number}</sup></a>'
        if isinstance(inline, Reference):
            return _in_language(self._link(inline.words, page, inline.page), inline.language)
        if isinstance(inline, CiteWords):
            return self._link(inline.words, page, PageId("source", inline.key))
        if isinstance(inline, NoteReference):
            return self._note_reference(inline, page)
        if isinstance(inline, Named):
            return _RUNS.runs(self.named[inline.key, inline.form])
        if isinstance(inline, Foreign):
            return _in_language(_RUNS.line((Run(inline.text, inline.styles),)), inline.language or "und")
        if isinstance(inline, Picture):
            return f'<img src="{escape(picture_name(inline))}" alt="{escape(inline.alternative)}"/>'
        if isinstance(inline, CallReference):
            return self._call_reference(inline, page)
        assert isinstance(inline, CitedAt | PageNumber)
        return ""  # an e-book has no pages

    def _link(self, words: Words, page: PageId, target: PageId) -> str:
        return _RUNS.link(words, self.address(page, target))

    def _call_reference(self, called: CallReference, page: PageId) -> str:
        note = self.notes.get((called.page, called.label))
        address = self.address(page, called.page)
        if note is None or not address:
            return ""
        target = f"{address.split('#')[0]}#call-{note_id(called.page, called.label)}"
        return f"{escape(called.before)}{self._number(note, target)}{escape(called.after)}"

    def _note_reference(self, reference: NoteReference, page: PageId) -> str:
        note = self.notes.get((reference.page, reference.label))
        address = self.address(page, reference.page)
        if note is None or not address:
            return _RUNS.runs(reference.words)
        before = f"{_RUNS.runs(reference.words)}, " if reference.words else ""
        target = f"{address.split('#')[0]}#{note_id(reference.page, reference.label)}"
        return f"{before}{self._number(note, target)}"

    def _number(self, note: Footnote, target: str) -> str:
        """Return the number of a note as a link."""
        return f'<a href="{escape(target)}">{escape(self.phrases("book.note", number=note.number))}</a>'


def _in_language(shown: str, language: str) -> str:
    """Return XHTML marked with its language, "" for that of the book."""
    if not language:
        return shown
    tongue = escape(language)
    return f'<span lang="{tongue}" xml:lang="{tongue}"{direction_of(language)}>{shown}</span>'


def record_id(page: PageId) -> str:
    """Return the name of a record's place in its file."""
    return f"{page.kind}-{page.key}"


def picture_name(picture: Picture) -> str:
    """Return the name of a picture's file in the e-book. All pictures lie in one folder, under safe names."""
    digest = hashlib.sha256(picture.path.encode()).hexdigest()
    return f"picture-{digest[:12]}{PurePosixPath(picture.path).suffix.lower()}"


def note_id(page: PageId, label: str) -> str:
    """Return the name of a note's place in its file."""
    return f"n-{page.kind}-{page.key}-{label}"
