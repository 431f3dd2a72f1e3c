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
    return (Run("Cite as: "), *book.citation, Run("."))


def colophon(book: Book) -> list[str]:
    """Return the paragraphs that say how the book was made."""
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
