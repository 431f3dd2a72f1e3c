"""What a book says of itself in PDF and EPUB: its authors, its date, how it is cited, how it was made."""

from __future__ import annotations

from .. import __version__
from ..phrases.date_words import words_of_date
from ..values.words import Run, Words
from .book import Book


def authors_of_book(book: Book) -> list[str]:
    """Return the names of those who made the edition, as they are printed."""
    return [name.literal or f"{name.given} {name.family}".strip() for name in book.imprint.authors]


def date_of_book(book: Book) -> str:
    """Return the date of this version of the edition in words, "" if none is given."""
    return words_of_date(book.imprint.date, book.settings.phrases) if book.imprint.date else ""


def how_to_cite(book: Book) -> Words:
    """Return how the book is cited, in the edition's style."""
    pieces = book.settings.phrases.pieces("book.cite-as", citation=book.citation)
    return tuple(run for piece in pieces for run in ([Run(piece)] if isinstance(piece, str) else book.citation))


def colophon(book: Book) -> list[str]:
    """Return the paragraphs that say how the book was made."""
    say = book.settings.phrases
    holds = say("book.holds", records=say.number(len(book.pages)), notes=say.number(len(book.notes)))
    return [holds, say("book.made", version=__version__, style=book.settings.style)]
