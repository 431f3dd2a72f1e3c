"""Writes a book as Typst: calls the functions of the template, in the order of the book."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from importlib.resources import files

from ..edition.pagination import pages
from ..edition.titles import sort_text
from ..phrases.phrases import Phrases
from ..values.bidi import is_right_to_left, isolate
from ..values.page_id import PageId
from .book import Book, IndexLine, Part
from .front_matter import authors_of_book, colophon, date_of_book, how_to_cite
from .marks import index_mark, part_mark, record_mark
from .typst_text import TextWriter, quote, write_runs

# The table of contents lists the records of these parts. The other parts are in alphabetical or temporal order.
_LISTED = ("meetings", "sources")


def write_book(book: Book) -> str:
    """Return the whole of a Typst document for `book`."""
    return "\n".join([_words(book.settings.phrases), _template(), *_Writer(book).lines()]) + "\n"


def record_at(source: str, line: int) -> str:
    """Return the kind and key of the record that a line of the document belongs to; "" before all records."""
    before = "\n".join(source.splitlines()[:line])
    found = re.findall(r'^(?:entry|bare)\("r:([^"]+)"', before, re.MULTILINE)
    return str(found[-1]) if found else ""


def part_at(source: str, line: int) -> str:
    """Return the title of the part of the book that a line of the document belongs to; "" before all parts."""
    before = "\n".join(source.splitlines()[:line])
    found = re.findall(r'^part\("part:((?:[^"\\]|\\.)*)"', before, re.MULTILINE)
    return str(found[-1]) if found else ""


def _words(phrases: Phrases) -> str:
    """Return the words of the template: what stands before and behind the number of a note, or of pages."""
    pairs = []
    for name in ("note", "page", "pages"):
        pieces = phrases.pieces(f"book.{name}", number=None)
        at = pieces.index(None)
        # The line must not break between "p." and the number.
        around = ("".join(map(str, part)) for part in (pieces[:at], pieces[at + 1 :]))
        before, behind = (quote(part).replace(" ", "\\u{a0}") for part in around)
        pairs.append(f"{name}: ({before}, {behind})")
    return f"#let words = ({', '.join(pairs)})"


def _template() -> str:
    return (files("dosje") / "books" / "book.typ").read_text(encoding="utf-8")


class _Writer:
    """Writes one book."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._pages = book.pages
        self._text = TextWriter(book)

    def lines(self) -> Iterator[str]:
        book, settings = self._book, self._book.settings
        language, *rest = settings.locale.split("-")
        # Typst knows regions of two letters; a script follows from the language.
        region = next((part.upper() for part in rest if len(part) == 2 and part.isalpha()), "")
        authors = "".join(f"{quote(name)}, " for name in authors_of_book(book))
        for picture, file in book.pictures.items():
            # If a picture changes, the document changes too.
            yield f"// {hashlib.sha256(file.read_bytes()).hexdigest()} {quote(picture.path)}"
        yield "#{"
        yield (
            f"show: book.with({quote(settings.paper)}, {quote(book.title)}, ({authors}), "
            f"({quote(settings.phrases('book.keyword'))},), {quote(language)}, {quote(region) if region else 'none'})"
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
        version = settings.phrases("book.version", version=settings.version) if settings.version else ""
        statement = settings.phrases("value.comma").join(part for part in (version, date_of_book(book)) if part)
        names = quote(settings.phrases.between.join(authors_of_book(book)))
        yield f"title-page({quote(book.title)}, {quote(book.subtitle)}, {names}, {quote(statement)})"
        # In a line from right to left the slash at its end would stand before it.
        address = isolate(settings.site_url) if is_right_to_left(settings.locale) else settings.site_url
        rows = [_join_runs(book.title, book.subtitle), settings.licence, address]
        shown = [*(quote(row) for row in rows if row), write_runs(how_to_cite(book))]
        yield f"imprint({', '.join(shown)})"
        yield f"contents({quote(settings.phrases('book.contents'))})"

    def _part(self, part: Part, *, begins: bool) -> Iterator[str]:
        title = quote(part.title)
        yield f"part({quote(part_mark(part))}, {title}{', begins: true' if begins else ''})"
        for index, entry in enumerate(part.entries):
            base = 2 if part.kind == "chapter" else 3 + entry.depth
            identity = quote(record_mark(entry.page))
            if part.kind == "records":
                opens = ", opens: true" if part.new_pages and index else ""
                listed = ", listed: true" if part.key in _LISTED and not entry.depth else ""
                names = f"{quote(entry.title)}, {quote(entry.head)}, {title}"
                yield f"entry({identity}, {2 + entry.depth}, {names}{opens}{listed}, {{"
            else:
                yield f"bare({identity}, {title}, {quote(entry.head if part.kind == 'chapter' else part.title)}, {{"
            is_listed = part.kind == "chapter" and entry.page.kind == "essay"
            yield from self._text.blocks(entry.blocks, entry.page, base, listed=is_listed)
            yield "})"

    def _back(self) -> Iterator[str]:
        book = self._book
        nowhere, say = PageId("", ""), book.settings.phrases
        for appendix in book.appendices:
            yield f"part({quote('part:' + appendix.title)}, {quote(appendix.title)})"
            yield from self._text.blocks(appendix.blocks, nowhere, 2)
        if book.index:
            yield f'part("part:Index", {quote(say("book.index-of"))})'
            yield "index-columns({"
            yield from self._index(book.index)
            yield "})"
        yield f'part("part:Colophon", {quote(say("book.colophon"))})'
        for line in colophon(book):
            yield f'paragraph("", {quote(line)})'

    def _index(self, lines: Iterable[IndexLine]) -> Iterator[str]:
        letter, see = "", quote(self._book.settings.phrases("book.see"))
        for line in lines:
            first = sort_text(line.name)[:1].upper()
            if first != letter:
                letter = first
                yield f"index-letter({quote(letter)})"
            if line.see:
                yield f"see-line({quote(line.name)}, {see}, {quote(line.see)})"
            else:
                own = pages(record_mark(line.page)) if line.page in self._pages else "none"
                yield f"index-line({quote(line.name)}, {pages(index_mark(line.page))}, {own})"


def _join_runs(*parts: str) -> str:
    return ". ".join(part.rstrip(".") for part in parts if part)
