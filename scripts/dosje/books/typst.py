"""Writes a book as Typst: calls of the template's functions, and every text as a string in code mode.

Nothing of a record is ever markup: a string holds any sign, and only two of them are escaped.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from importlib.resources import files
from itertools import groupby
from urllib.parse import quote as address_of

from .. import __version__
from ..edition.pages import path_of
from ..edition.pagination import many, pages, where
from ..edition.titles import sort_text
from ..markup.prose import clean
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
)
from ..values.date_words import words_of_date
from ..values.page_id import PageId
from ..values.words import Run, Words, encode_url, is_safe_url
from .book import Book, IndexLine, Part

# Of each style of a run, the function of the template that sets it.
_STYLES = {
    "em": "italic", "strong": "bold", "smallcaps": "small-caps", "sup": "raised", "sub": "lowered", "code": "code"
}  # fmt: skip
_INDEXED = ("person", "organisation", "place")
# Parts whose records the table of contents lists; the others are in the order of the alphabet or of time.
_LISTED = ("Meetings", "Archival sources")
# Lists of the site whose name is not that of a part.
_LISTS = {"Archival sources": "sources"}


def quote(text: str) -> str:
    """Return `text` as a string literal of Typst, on one line."""
    return '"' + clean(text).replace("\\", "\\\\").replace('"', '\\"') + '"'


def write_book(book: Book) -> str:
    """Return the whole of a Typst document for `book`."""
    return "\n".join([_template(), *_Writer(book).lines()]) + "\n"


def record_at(source: str, line: int) -> str:
    """Return the kind and key of the record that a line of the document belongs to; "" in front of all."""
    before = "\n".join(source.splitlines()[:line])
    found = re.findall(r'^(?:entry|bare)\("r:([^"]+)"', before, re.MULTILINE)
    return str(found[-1]) if found else ""


def part_at(source: str, line: int) -> str:
    """Return the title of the part of the book that a line of the document belongs to; "" in front of all."""
    before = "\n".join(source.splitlines()[:line])
    found = re.findall(r'^part\("part:((?:[^"\\]|\\.)*)"', before, re.MULTILINE)
    return str(found[-1]) if found else ""


def _template() -> str:
    return (files("dosje") / "books" / "book.typ").read_text(encoding="utf-8")


class _Writer:
    """Writes one book; knows which records are in it, as a link may lead to no others."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._pages = book.pages
        self._page_by_path = {path_of(page): page for page in self._pages}
        self._part_by_path = {
            f"{_LISTS.get(part.title, part.title.lower())}/index.md": _part_id(part)
            for part in book.parts
            if part.kind != "chapter"
        }
        self._called: set[str] = set()

    def lines(self) -> Iterator[str]:
        book, settings = self._book, self._book.settings
        language, _, region = settings.locale.partition("-")
        authors = "".join(f"{quote(name)}, " for name in authors_of(book))
        for picture, file in book.pictures.items():
            # A picture that changes makes another book.
            yield f"// {hashlib.sha256(file.read_bytes()).hexdigest()} {quote(picture.path)}"
        yield "#{"
        yield (
            f"show: book.with({quote(settings.paper)}, {quote(book.title)}, ({authors}), "
            f'("documentary edition",), {quote(language)}, {quote(region) if region else "none"})'
        )
        yield from self._front()
        yield "show: main-matter"
        for index, part in enumerate(book.parts):
            yield from self._part(part, begins=index == 0)
        yield from self._back()
        yield "report()"
        yield "}"

    def _front(self) -> Iterator[str]:
        book, settings = self._book, self._book.settings
        statement = ", ".join(
            part for part in (f"Version {settings.version}" if settings.version else "", date_of(book)) if part
        )
        names = quote(", ".join(authors_of(book)))
        yield f"title-page({quote(book.title)}, {quote(book.subtitle)}, {names}, {quote(statement)})"
        rows = [_join_runs(book.title, book.subtitle), settings.licence, settings.site_url]
        shown = [*(quote(row) for row in rows if row), _runs(how_to_cite(book))]
        yield f"imprint({', '.join(shown)})"
        yield "contents()"

    def _part(self, part: Part, *, begins: bool) -> Iterator[str]:
        title = quote(part.title)
        yield f"part({quote(_part_id(part))}, {title}{', begins: true' if begins else ''})"
        for index, entry in enumerate(part.entries):
            base = 2 if part.kind == "chapter" else 3 + entry.depth
            identity = quote(record_mark(entry.page))
            if part.kind == "records":
                opens = ", opens: true" if part.new_pages and index else ""
                listed = ", listed: true" if part.title in _LISTED and not entry.depth else ""
                names = f"{quote(entry.title)}, {quote(entry.head)}, {title}"
                yield f"entry({identity}, {2 + entry.depth}, {names}{opens}{listed}, {{"
            else:
                yield f"bare({identity}, {title}, {quote(entry.head if part.kind == 'chapter' else part.title)}, {{"
            is_listed = part.kind == "chapter" and entry.page.kind == "essay"
            yield from self._blocks(entry.blocks, entry.page, base, listed=is_listed)
            yield "})"

    def _back(self) -> Iterator[str]:
        book = self._book
        nowhere = PageId("", "")
        for appendix in book.appendices:
            yield f"part({quote('part:' + appendix.title)}, {quote(appendix.title)})"
            yield from self._blocks(appendix.blocks, nowhere, 2)
        if book.index:
            yield 'part("part:Index", "Index of persons, organisations and places")'
            yield "index-columns({"
            yield from self._index(book.index)
            yield "})"
        yield 'part("part:Colophon", "Colophon")'
        for line in colophon(book):
            yield f'paragraph("", {quote(line)})'

    def _index(self, lines: Iterable[IndexLine]) -> Iterator[str]:
        letter = ""
        for line in lines:
            first = sort_text(line.name)[:1].upper()
            if first != letter:
                letter = first
                yield f"index-letter({quote(letter)})"
            if line.see:
                yield f"see-line({quote(line.name)}, {quote(line.see)})"
            else:
                own = pages(record_mark(line.page)) if line.page in self._pages else "none"
                yield f"index-line({quote(line.name)}, {pages(_index_id(line.page))}, {own})"

    def _blocks(self, blocks: Blocks, page: PageId, base: int, *, listed: bool = False) -> Iterator[str]:
        for block in blocks:
            yield from self._block(block, page, base, listed)

    def _block(self, block: Block, page: PageId, base: int, listed: bool) -> Iterator[str]:
        if isinstance(block, Paragraph):
            for is_picture, inlines in groupby(block.content, key=lambda inline: isinstance(inline, Picture)):
                # A picture stands between paragraphs; within one, Typst would leave it out.
                line = self._line(tuple(inlines), page)
                yield line if is_picture else f"paragraph({quote(block.role)}, {line})"
        elif isinstance(block, Heading):
            level = base + block.level - 1
            name = "listed-section" if listed and level == 2 else "section"
            yield f"{name}({level}, {self._line(block.content, page)})"
        elif isinstance(block, Facts):
            rows = (f"({quote(name)}, {self._line(value, page)})" for name, value in block.rows)
            yield f"facts({', '.join(rows)})"
        elif isinstance(block, Table):
            widths = ", ".join(f"{width}fr" if width else "auto" for width in block.widths)
            head = "".join(f"{quote(cell)}, " for cell in block.head)
            yield f"ruled-table(({widths},), ({head}),"
            for row in block.rows:
                yield f"  ({', '.join(self._line(cell, page) for cell in row)},),"
            yield ")"
        elif isinstance(block, Drawing):
            yield f"drawing({quote(block.svg)}, {quote(block.alternative)}, {quote(block.caption)})"
        elif isinstance(block, Items):
            yield f"items({'none' if block.start is None else block.start},"
            for item in block.items:
                yield "{"
                yield from self._item(item, page, base)
                yield "},"
            yield ")"
        elif isinstance(block, Quotation):
            yield "quotation({"
            yield from self._blocks(block.blocks, page, base)
            yield "})"
        elif isinstance(block, Listing):
            yield f"listing({', '.join(_quote_listing(line) for line in block.text.splitlines())})"
        elif isinstance(block, Rule):
            yield "rule()"

    def _item(self, blocks: Blocks, page: PageId, base: int) -> Iterator[str]:
        # The first paragraph of an item stands beside its mark.
        if blocks and isinstance(blocks[0], Paragraph) and len(blocks) == 1:
            yield self._line(blocks[0].content, page)
        else:
            yield from self._blocks(blocks, page, base)

    def _line(self, line: Inlines, page: PageId) -> str:
        return "{ " + "; ".join(self._inline(inline, page) for inline in line) + " }" if line else "[]"

    def _inline(self, inline: Inline, page: PageId) -> str:
        if isinstance(inline, Run):
            return _run(inline)
        if isinstance(inline, Foot):
            return self._foot(inline, page)
        if isinstance(inline, Reference):
            return self._reference(inline)
        if isinstance(inline, CiteWords):
            return self._cite(inline)
        if isinstance(inline, NoteReference):
            return self._note_reference(inline, page)
        if isinstance(inline, Named):
            return _runs(self._book.named[inline.key, inline.form])
        if isinstance(inline, CitedAt):
            identity = _cite_id(inline.key, inline.place)
            return f"cited-at({pages(identity)}, {many(identity)})"
        if isinstance(inline, Foreign):
            return f"foreign({quote(_language(inline.language))}, {_run(Run(inline.text, inline.styles))})"
        if isinstance(inline, Picture):
            # Called here and not in the template, so that an error names the record.
            return f"picture(image({quote('/content/' + inline.path)}, alt: {quote(inline.alternative)}))"
        raise TypeError(inline)

    def _foot(self, foot: Foot, page: PageId) -> str:
        note = self._book.notes.get((page, foot.label))
        if note is None:
            return "[]"
        identity = quote(note_mark(page, foot.label))
        if identity in self._called:
            return f"note-again({identity})"
        self._called.add(identity)
        return f"note({identity}, {self._line(note.content, page)})"

    def _reference(self, reference: Reference) -> str:
        target, body = reference.page, _runs(reference.words)
        if target.kind == "path":
            if target.key in self._part_by_path:
                return f"refer({quote(self._part_by_path[target.key])}, {body})"
            target = self._page_by_path.get(target.key, target)
        is_here = target in self._pages
        if target.kind in _INDEXED:
            mark = quote(_index_id(target))
            return self._mark(target, mark, body)
        if not is_here:
            return body
        identity = record_mark(target)
        shown = f"refer({quote(identity)}, {body})"
        return f"{shown}; on-page({quote(identity)}, {where(identity)})" if reference.shows_page else shown

    def _cite(self, cite: CiteWords) -> str:
        target = PageId("source", cite.key)
        mark, body = quote(_cite_id(cite.key, self._place_of(cite))), _runs(cite.words)
        return self._mark(target, mark, body)

    def _mark(self, target: PageId, mark: str, body: str) -> str:
        """Return words under which an index finds this place; they lead to the record if it is in the book."""
        if target in self._pages:
            return f"refer-marked({quote(record_mark(target))}, {mark}, {body})"
        return f"marked({mark}, {body})"

    def _place_of(self, cite: CiteWords) -> str:
        # Of a published work all pages stand together, of an archival unit those of each place.
        return "" if (cite.key, "bibliography") in self._book.named else cite.place

    def _note_reference(self, reference: NoteReference, page: PageId) -> str:
        note = self._book.notes.get((reference.page, reference.label))
        body = _runs(reference.words)
        if note is None:
            return body
        separated = f"{body}; {quote(', ')}" if reference.words else "[]"
        target = note_mark(reference.page, reference.label)
        place = "" if reference.page == page else f", {where(target)}"
        return f"{separated}; note-reference({quote(target)}, {quote(str(note.number))}{place})"


def authors_of(book: Book) -> list[str]:
    """Return the names of those who made the edition, as they are printed."""
    return [name.literal or f"{name.given} {name.family}".strip() for name in book.imprint.authors]


def date_of(book: Book) -> str:
    """Return the date of this version of the edition in words, "" if none is given."""
    return words_of_date(book.imprint.date) if book.imprint.date else ""


def how_to_cite(book: Book) -> Words:
    """Return how the book is cited, in the edition's style."""
    return (Run("Cite as: "), *book.citation, Run("."))


def colophon(book: Book) -> list[str]:
    """Return what is said of how the book was made."""
    notes = len(book.notes)
    records = len(book.pages)
    return [
        f"This book holds {records:,} records and {notes:,} notes. A source is named in full where the book first "
        "cites it, and in short after that; “ibid.” stands only within one record. Notes are numbered through each "
        "chapter, and anew for each meeting.",
        f"It was made from the records of the edition by Dosje {__version__}. The notes are worded by pandoc after "
        f"the citation style “{book.settings.style}” of the Citation Style Language project. The pages were set by "
        "Typst in Libertinus Serif; Chinese is set in Noto Sans SC.",
    ]


def _join_runs(*parts: str) -> str:
    return ". ".join(part.rstrip(".") for part in parts if part)


def _run(run: Run) -> str:
    shown = quote(run.text)
    for style in reversed(run.styles):
        shown = f"{_STYLES[style]}({shown})"
    if run.url and is_safe_url(run.url) and re.match(r"(?:https?|mailto):", run.url, re.IGNORECASE):
        shown = f"web({quote(encode_url(run.url))}, {shown})"
    return shown


def _runs(words: Words) -> str:
    return "{ " + "; ".join(_run(run) for run in words) + " }" if words else "[]"


def _quote_listing(line: str) -> str:
    # Spaces at the beginning of a line of code have a meaning, and Typst joins them.
    indent = len(line) - len(line.lstrip(" "))
    return '"' + "\u00a0" * indent + quote(line.lstrip(" "))[1:]


def _language(tag: str) -> str:
    return tag[:2].lower() if re.match(r"[A-Za-z]{2,3}(?:-|\Z)", tag) else "und"


def record_mark(page: PageId) -> str:
    """Return the mark by which a set book says where a record stands."""
    return f"r:{page.kind}/{page.key}"


def _part_id(part: Part) -> str:
    return f"part:{part.title}"


def note_mark(page: PageId, label: str) -> str:
    """Return the mark by which a set book says where a note is called."""
    return f"n:{page.kind}/{page.key}#{label}"


def _index_id(page: PageId) -> str:
    return f"i:{page.kind}/{page.key}"


def _cite_id(key: str, place: str) -> str:
    # In ASCII, as addresses in a PDF are.
    return f"c:{key}@{address_of(place)}" if place else f"c:{key}"
