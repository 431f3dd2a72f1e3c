"""Writes the navigation of an e-book: its contents, its landmarks, and the pages of the printed book."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape

from ..edition.pagination import PrintedPlaces
from ..values.page_id import PageId
from .appendices import Appendix
from .book import Book
from .marks import note_mark, record_mark
from .xhtml import note_id, record_id


def write_navigation(
    book: Book, file_by_page: Mapping[PageId, str], address_of_page: Callable[[PageId], str], places: PrintedPlaces
) -> str:
    """Return the body of the navigation. `address_of_page`: where a record stands in the e-book."""
    parts, say = [], book.settings.phrases
    for part in book.parts:
        first = file_by_page[part.entries[0].page]
        link = f'<a href="{first}">{escape(part.title)}</a>'
        rows = ""
        if part.kind == "records":
            inner = "".join(
                f'<li><a href="{address_of_page(entry.page)}">{escape(entry.title)}</a></li>\n'
                for entry in part.entries
                if not entry.depth
            )
            rows = f"\n<ol>\n{inner}</ol>\n"
        parts.append(f"<li>{link}{rows}</li>")
    parts += [f'<li><a href="{file_of(a)}">{escape(a.title)}</a></li>' for a in book.appendices]
    if book.index:
        parts.append(f'<li><a href="index.xhtml">{escape(say("book.index"))}</a></li>')
    parts.append(f'<li><a href="colophon.xhtml">{escape(say("book.colophon"))}</a></li>')
    contents, named = "\n".join(parts), escape(say("book.contents"))
    start = file_by_page[book.parts[0].entries[0].page] if book.parts else "title.xhtml"
    return (
        f'<nav epub:type="toc" role="doc-toc" id="toc">\n<h1>{named}</h1>\n<ol>\n{contents}\n</ol>\n</nav>\n'
        f'<nav epub:type="landmarks" hidden="hidden">\n<h2>{escape(say("ebook.landmarks"))}</h2>\n<ol>\n'
        f'<li><a epub:type="cover" href="cover.xhtml">{escape(say("ebook.cover"))}</a></li>\n'
        f'<li><a epub:type="toc" href="#toc">{named}</a></li>\n'
        f'<li><a epub:type="bodymatter" href="{start}">{escape(say("ebook.beginning"))}</a></li>\n</ol>\n</nav>'
        f"{_page_list(book, file_by_page, places)}"
    )


def _page_list(book: Book, file_by_page: Mapping[PageId, str], places: PrintedPlaces) -> str:
    """Return the list of printed pages. Each leads to what stands first on it: a record, or the call of a note."""
    first: dict[int, tuple[float, str, str]] = {}
    marks = [(record_mark(page), f"{file}#{record_id(page)}") for page, file in file_by_page.items()]
    for page, label in book.notes:
        marks.append((note_mark(page, label), f"{file_by_page[page]}#call-{note_id(page, label)}"))
    for mark, address in marks:
        for place in places.get(mark, ())[:1]:
            if place.number and (place.page not in first or place.top < first[place.page][0]):
                first[place.page] = place.top, address, place.number
    rows = [f'<li><a href="{first[page][1]}">{first[page][2]}</a></li>\n' for page in sorted(first)]
    name = 'epub:type="page-list" role="doc-pagelist" hidden="hidden"'
    say = book.settings.phrases
    return (
        f"\n<nav {name}>\n<h2>{escape(say('ebook.printed-pages'))}</h2>\n<ol>\n{''.join(rows)}</ol>\n</nav>"
        if rows
        else ""
    )


def file_of(appendix: Appendix) -> str:
    """Return the name of the file in which an appendix stands."""
    return f"{appendix.key}.xhtml"
