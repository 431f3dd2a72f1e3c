"""Writes the tree as XHTML for an e-book. Knows nothing of packages; the caller gives the names of files."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from itertools import groupby
from pathlib import PurePosixPath

from ..drawing.svg import lead
from ..markup.tree import (
    Block,
    Blocks,
    CitedAt,
    CiteWords,
    Drawing,
    Facts,
    Foot,
    Foreign,
    Heading,
    Inline,
    Inlines,
    Items,
    Listing,
    Named,
    NoteReference,
    Paragraph,
    Picture,
    Quotation,
    Reference,
    Rule,
    Table,
    feet_of,
)
from ..values.page_id import PageId
from ..values.words import Run, Words, encode_url, is_safe_url
from .footnotes import Footnote, NoteId

_TAGS = {"em": "em", "strong": "strong", "smallcaps": "small", "sup": "sup", "sub": "sub", "code": "code"}


@dataclass(frozen=True)
class Writer:
    """Writes the records of one book. `address`: the link from a page to a record; "" if it is not in the book."""

    notes: Mapping[NoteId, Footnote]
    named: Mapping[tuple[str, str], Words]
    address: Callable[[PageId, PageId], str]

    def blocks(self, blocks: Blocks, page: PageId, base: int) -> str:
        """Return the blocks of a record. Headings begin at level `base`."""
        return "\n".join(part for part in (self._block(block, page, base) for block in blocks) if part)

    def notes_of(self, blocks: Blocks, page: PageId) -> str:
        """Return the notes that the blocks call. Each is an aside, which reading systems show where it is called."""
        asides = []
        for label in feet_of(blocks):
            note = self.notes[page, label]
            name = note_id(page, label)
            back = f'<a href="#call-{name}" role="doc-backlink">{note.number}.</a>'
            body = self.line(note.content, page)
            asides.append(f'<aside epub:type="footnote" role="doc-footnote" id="{name}"><p>{back} {body}</p></aside>')
        if not asides:
            return ""
        return '<section class="notes" epub:type="footnotes">\n' + "\n".join(asides) + "\n</section>"

    def line(self, line: Inlines, page: PageId) -> str:
        """Return a line of text."""
        return "".join(self._inline(inline, page) for inline in line)

    def _block(self, block: Block, page: PageId, base: int) -> str:
        if isinstance(block, Paragraph):
            role = f' class="{block.role}"' if block.role else ""
            return f"<p{role}>{self.line(block.content, page)}</p>"
        if isinstance(block, Heading):
            level = min(base + block.level - 1, 6)
            return f"<h{level}>{self.line(block.content, page)}</h{level}>"
        if isinstance(block, Facts):
            rows = ((name, self.line(value, page)) for name, value in block.rows)
            kept = "".join(f"<dt>{escape(name)}</dt><dd>{value}</dd>\n" for name, value in rows if value)
            return f"<dl>\n{kept}</dl>" if kept else ""
        if isinstance(block, Table):
            return self._table(block, page)
        if isinstance(block, Drawing):
            return self._drawing(block, page)
        if isinstance(block, Items):
            tag = "ul" if block.start is None else "ol"
            start = f' start="{block.start}"' if block.start not in (None, 1) else ""
            items = "".join(f"<li>{self._item(item, page, base)}</li>\n" for item in block.items)
            return f"<{tag}{start}>\n{items}</{tag}>"
        if isinstance(block, Quotation):
            return f"<blockquote>\n{self.blocks(block.blocks, page, base)}\n</blockquote>"
        if isinstance(block, Listing):
            return f"<pre>{escape(block.text)}</pre>"
        assert isinstance(block, Rule)
        return "<hr/>"

    def _item(self, item: Blocks, page: PageId, base: int) -> str:
        if len(item) == 1 and isinstance(item[0], Paragraph):
            return self.line(item[0].content, page)
        return self.blocks(item, page, base)

    def _table(self, table: Table, page: PageId) -> str:
        head = "".join(f'<th scope="col">{escape(cell)}</th>' if cell else "<td></td>" for cell in table.head)
        rows = "".join(
            "<tr>" + "".join(f"<td>{self.line(cell, page)}</td>" for cell in row) + "</tr>\n" for row in table.rows
        )
        return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>"

    def _drawing(self, drawing: Drawing, page: PageId) -> str:
        def address(target: str) -> str:
            kind, _, key = target.partition("/")
            return self.address(page, PageId(kind, key))

        caption = f"<figcaption>{escape(drawing.caption)}</figcaption>" if drawing.caption else ""
        return f"<figure>{lead(drawing.svg, address)}{caption}</figure>"

    def _inline(self, inline: Inline, page: PageId) -> str:
        if isinstance(inline, Run):
            return _run(inline)
        if isinstance(inline, Foot):
            note = self.notes[page, inline.label]
            name = note_id(page, inline.label)
            kind = 'epub:type="noteref" role="doc-noteref"'
            return f'<a {kind} href="#{name}" id="call-{name}"><sup>{note.number}</sup></a>'
        if isinstance(inline, Reference):
            return self._link(inline.words, page, inline.page)
        if isinstance(inline, CiteWords):
            return self._link(inline.words, page, PageId("source", inline.key))
        if isinstance(inline, NoteReference):
            return self._note_reference(inline, page)
        if isinstance(inline, Named):
            return _runs(self.named[inline.key, inline.form])
        if isinstance(inline, Foreign):
            tag = inline.language if inline.language.isascii() and inline.language[:2].isalpha() else "und"
            shown = _run(Run(inline.text, inline.styles))
            return f'<span lang="{escape(tag)}" xml:lang="{escape(tag)}">{shown}</span>'
        if isinstance(inline, Picture):
            return f'<img src="{escape(picture_name(inline))}" alt="{escape(inline.alternative)}"/>'
        assert isinstance(inline, CitedAt)
        return ""  # an e-book has no pages

    def _link(self, words: Words, page: PageId, target: PageId) -> str:
        address = self.address(page, target)
        if not address:
            return _runs(words)
        # A link must not stand in a link. So words with their own address keep it, and the comma before them too.
        parts = []
        for is_own, runs in groupby(words, key=lambda run: bool(run.url)):
            shown = _runs(tuple(runs))
            led = is_own or not re.search(r"\w", re.sub(r"<[^>]+>|&\w+;", "", shown))
            parts.append(shown if led else f'<a href="{escape(address)}">{shown}</a>')
        return "".join(parts)

    def _note_reference(self, reference: NoteReference, page: PageId) -> str:
        note = self.notes.get((reference.page, reference.label))
        address = self.address(page, reference.page)
        if note is None or not address:
            return _runs(reference.words)
        before = f"{_runs(reference.words)}, " if reference.words else ""
        target = f"{address.split('#')[0]}#{note_id(reference.page, reference.label)}"
        return f'{before}<a href="{escape(target)}">n. {note.number}</a>'


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


def _run(run: Run) -> str:
    shown = escape(run.text, quote=False)
    for style in reversed(run.styles):
        shown = f"<{_TAGS[style]}>{shown}</{_TAGS[style]}>"
    if run.url.lower().startswith(("http:", "https:", "mailto:")) and is_safe_url(run.url):
        shown = f'<a href="{escape(encode_url(run.url))}">{shown}</a>'
    return shown


def _runs(words: Words) -> str:
    return "".join(_run(run) for run in words)
