"""Writes the texts of a book as Typst: blocks and lines of the tree call functions of the template.

No text of a record is markup: it stands in strings. A string holds any sign; only two signs are escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from ..drawing.link_areas import link_areas_of
from ..edition.pages import path_of, path_of_list
from ..edition.pagination import many, pages, where
from ..markup.markdown_tree import clean
from ..markup.tree import (
    AuthorsText,
    Block,
    Blocks,
    Break,
    CallReference,
    CitedAt,
    CiteWords,
    Definitions,
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
    PageNumber,
    Paragraph,
    Picture,
    Positions,
    Quotation,
    Reference,
    Room,
    Rule,
    Table,
    line_of_phrase,
    text_of,
)
from ..phrases.phrases import Borrowed, Lent
from ..reading.kinds import is_indexed
from ..values.bidi import is_right_to_left, isolate
from ..values.page_id import PageId
from ..values.words import Run, Words, encode_url, is_safe_url
from .book import Book
from .footnotes import Footnote
from .marks import cite_mark, index_mark, note_mark, part_mark, record_mark

# The function of the template for each style of a run.
_STYLES = {
    "em": "italic", "strong": "bold", "smallcaps": "small-caps", "sup": "raised", "sub": "lowered", "code": "code"
}  # fmt: skip
# Facts of more lines are parted at the end of a page; as letters in a line of their names, and of their values.
_MOST_LINES, _IN_NAME, _IN_VALUE = 30, 14, 70


def _lines_of(facts: Facts) -> int:
    """Return about how many lines the facts take in print."""
    return sum(1 + max(len(name) // _IN_NAME, len(text_of(value)) // _IN_VALUE) for name, value in facts.rows)


def quote(text: str) -> str:
    """Return `text` as a string literal of Typst, on one line."""
    return '"' + clean(text).replace("\\", "\\\\").replace('"', '\\"') + '"'


class TextWriter:
    """Writes the texts of one book. It knows which records the book holds, because a link may lead to no others."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._pages = book.pages
        self._page_by_path = {path_of(page): page for page in self._pages}
        self._part_by_path = {path_of_list(part.key): part_mark(part) for part in book.parts if part.key}
        self._called: set[str] = set()

    def blocks(self, blocks: Blocks, page: PageId, base: int, *, listed: bool = False) -> Iterator[str]:
        for block in blocks:
            yield from self._block(block, page, base, listed)

    def _block(self, block: Block, page: PageId, base: int, listed: bool) -> Iterator[str]:
        if isinstance(block, Paragraph):
            for is_picture, inlines in groupby(block.content, key=lambda inline: isinstance(inline, Picture)):
                # A picture stands between paragraphs. Within a paragraph Typst would leave it out.
                line = self._line(tuple(inlines), page)
                yield line if is_picture else f"paragraph({quote(block.role)}, {line})"
        elif isinstance(block, Heading):
            level = base + block.level - 1
            name = "listed-section" if listed and level == 2 else "section"
            yield f"{name}({level}, {self._line(block.content, page)})"
        elif isinstance(block, Facts):
            rows = (f"({self._phrase(name, page)}, {self._line(value, page)})" for name, value in block.rows)
            long = "is-long: true, " if _lines_of(block) > _MOST_LINES else ""
            yield f"facts({long}{', '.join(rows)})"
        elif isinstance(block, Table):
            widths = ", ".join(f"{width}fr" if width else "auto" for width in block.widths)
            named = (self._phrase(c, page) if isinstance(c, str) else self._line(c, page) for c in block.head)
            head = "".join(f"{cell}, " for cell in named)
            yield f"ruled-table(({widths},), ({head}),"
            for row in block.rows:
                yield f"  ({', '.join(self._line(cell, page) for cell in row)},),"
            yield ")"
        elif isinstance(block, Drawing):
            said = f"{quote(block.svg)}, {quote(block.alternative)}, {quote(block.caption)}"
            yield f"drawing({said}, {self._link_areas(block.svg)})"
        elif isinstance(block, Items):
            yield f"items({'none' if block.start is None else block.start},"
            for item in block.items:
                yield "{"
                yield from self._item(item, page, base)
                yield "},"
            yield ")"
        elif isinstance(block, Definitions):
            for terms, meanings in block.rows:
                shown: Blocks = (*(Paragraph(_strong(term)) for term in terms), *map(Quotation, meanings))
                yield from self.blocks(shown, page, base)
        elif isinstance(block, AuthorsText):
            yield from self.blocks(block.blocks, page, base)
        elif isinstance(block, Quotation):
            yield "quotation({"
            yield from self.blocks(block.blocks, page, base)
            yield "})"
        elif isinstance(block, Listing):
            yield f"listing({', '.join(_quote_listing(line) for line in block.text.splitlines())})"
        elif isinstance(block, Positions):
            said = self._book.settings.phrases("columns.what-is-said")
            yield f"ruled-table((auto, 1fr,), ({quote('')}, {quote(said)},),"
            for at, claim in enumerate(block.claims):
                yield f"  ({quote(chr(97 + at % 26))}, {self._line(claim, page)},),"
            yield ")"
        elif isinstance(block, Rule):
            yield "rule()"
        else:
            assert isinstance(block, Room)

    def _item(self, blocks: Blocks, page: PageId, base: int) -> Iterator[str]:
        # An item of one paragraph stands beside its number or bullet.
        if blocks and isinstance(blocks[0], Paragraph) and len(blocks) == 1:
            yield self._line(blocks[0].content, page)
        else:
            yield from self.blocks(blocks, page, base)

    def _phrase(self, text: str, page: PageId) -> str:
        is_ours_alone = not isinstance(text, Borrowed | Lent)
        return quote(text) if is_ours_alone else self._line(line_of_phrase(text), page)

    def _line(self, line: Inlines, page: PageId) -> str:
        return "{ " + "; ".join(self._inline(inline, page) for inline in line) + " }" if line else "[]"

    def _inline(self, inline: Inline, page: PageId) -> str:
        if isinstance(inline, Run):
            return _run(inline)
        if isinstance(inline, Break):
            return "linebreak()"
        if isinstance(inline, Foot):
            return self._foot(inline, page)
        if isinstance(inline, Reference):
            return self._reference(inline)
        if isinstance(inline, CiteWords):
            return self._cite(inline)
        if isinstance(inline, NoteReference):
            return self._note_reference(inline, page)
        if isinstance(inline, Named):
            return write_runs(self._book.named[inline.key, inline.form])
        if isinstance(inline, CitedAt):
            return self._cited_at(inline)
        if isinstance(inline, PageNumber):
            return self._page_number(inline.page)
        if isinstance(inline, CallReference):
            return self._call_reference(inline)
        if isinstance(inline, Foreign):
            text = isolate(inline.text) if is_right_to_left(inline.language) else inline.text
            return f"foreign({quote(_language(inline.language))}, {_run(Run(text, inline.styles))})"
        if isinstance(inline, Picture):
            # The function is called here, not in the template, so that an error names the record.
            return f"picture(image({quote('/content/' + inline.path)}, alt: {quote(inline.alternative)}))"
        raise TypeError(inline)

    def _link_areas(self, svg: str) -> str:
        """Return the areas of a drawing that lead to records of the book: each its box, and where it leads."""
        found = []
        for area in link_areas_of(svg):
            kind, _, key = area.target.partition("/")
            if (page := PageId(kind, key)) in self._pages:
                box = f"{area.left}, {area.top}, {area.width}, {area.height}"
                found.append(f"({box}, {quote(record_mark(page))}), ")
        return f"({''.join(found)})"

    def _foot(self, foot: Foot, page: PageId) -> str:
        note = self._book.notes.get((page, foot.label))
        if note is None:
            return "[]"
        identity = quote(note_mark(page, foot.label))
        if identity in self._called:
            return f"note-again({identity})"
        self._called.add(identity)
        return f"note({identity}, {self._note(note, page)})"

    def _note(self, note: Footnote, page: PageId) -> str:
        """Return what a note says. Its first paragraph stands beside its number."""
        first, *rest = note.blocks or (Paragraph(note.content),)
        if not isinstance(first, Paragraph):
            first, rest = Paragraph(()), [first, *rest]
        if not rest:
            return self._line(first.content, page)
        behind = "\n".join(self.blocks(tuple(rest), page, 2))
        return f"{{ {self._line(first.content, page)}; note-blocks({{\n{behind}\n}}) }}"

    def _reference(self, reference: Reference) -> str:
        target, body = reference.page, write_runs(reference.words)
        if target.kind == "path":
            if target.key in self._part_by_path:
                return f"refer({quote(self._part_by_path[target.key])}, {body})"
            target = self._page_by_path.get(target.key, target)
        is_here = target in self._pages
        if is_indexed(target):
            mark = quote(index_mark(target))
            return self._mark(target, mark, body)
        if not is_here:
            return body
        identity = record_mark(target)
        shown = f"refer({quote(identity)}, {body})"
        return f"{shown}; {self._page_number(target)}" if reference.shows_page else shown

    def _page_number(self, page: PageId) -> str:
        if page not in self._pages:
            return "[]"
        identity = record_mark(page)
        return f"on-page({quote(identity)}, {where(identity)})"

    def _cited_at(self, cited: CitedAt) -> str:
        parts = [quote(cited.before)] if cited.before else []
        for index, (place, name) in enumerate(cited.places or (("", ""),)):
            identity = cite_mark(cited.key, place, in_support=cited.in_support)
            parts += [quote("; ")] if index else []
            parts += [quote(f"{name}: ")] if name else []
            parts.append(f"cited-at({pages(identity)}, {many(identity)})")
        return "; ".join(parts)

    def _call_reference(self, called: CallReference) -> str:
        note = self._book.notes.get((called.page, called.label))
        if note is None:
            return "[]"
        link = f"note-reference({quote(note_mark(called.page, called.label))}, {quote(str(note.number))})"
        return f"{quote(called.before)}; {link}; {quote(called.after)}"

    def _cite(self, cite: CiteWords) -> str:
        target = PageId("source", cite.key)
        mark = cite_mark(cite.key, self._place_of(cite), in_support=cite.in_support)
        return self._mark(target, quote(mark), write_runs(cite.words))

    def _mark(self, target: PageId, mark: str, body: str) -> str:
        """Return words with a mark that an index uses. They lead to the record if it is in the book."""
        if target in self._pages:
            return f"refer-marked({quote(record_mark(target))}, {mark}, {body})"
        return f"marked({mark}, {body})"

    def _place_of(self, cite: CiteWords) -> str:
        # For a published work all pages stand together, for an archival unit those of each place.
        return "" if (cite.key, "bibliography") in self._book.named else cite.place

    def _note_reference(self, reference: NoteReference, page: PageId) -> str:
        note = self._book.notes.get((reference.page, reference.label))
        body = write_runs(reference.words)
        if note is None:
            return body
        separated = f"{body}; {quote(', ')}" if reference.words else "[]"
        target = note_mark(reference.page, reference.label)
        place = "" if reference.page == page else f", {where(target)}"
        return f"{separated}; note-reference({quote(target)}, {quote(str(note.number))}{place})"


def _strong(line: Inlines) -> Inlines:
    return tuple(Run(one.text, ("strong", *one.styles), one.url) if isinstance(one, Run) else one for one in line)


def _run(run: Run) -> str:
    shown = quote(run.text)
    for style in reversed(run.styles):
        shown = f"{_STYLES[style]}({shown})"
    if run.url and is_safe_url(run.url) and re.match(r"(?:https?|mailto):", run.url, re.IGNORECASE):
        shown = f"web({quote(encode_url(run.url))}, {shown})"
    return shown


def write_runs(words: Words) -> str:
    return "{ " + "; ".join(_run(run) for run in words) + " }" if words else "[]"


def _quote_listing(line: str) -> str:
    # Spaces at the beginning of a line of code matter, and Typst would join them.
    indent = len(line) - len(line.lstrip(" "))
    return '"' + "\u00a0" * indent + quote(line.lstrip(" "))[1:]


def _language(tag: str) -> str:
    return tag[:2].lower() if re.match(r"[A-Za-z]{2,3}(?:-|\Z)", tag) else "und"
