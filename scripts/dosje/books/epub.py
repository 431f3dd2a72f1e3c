"""Packs a book as EPUB 3: one XHTML file for each record, notes that open where they are called, navigation.

It is our own code on zipfile, because a reading system needs only six kinds of files. The same book gives the
same bytes. Source: EPUB 3.3, EPUB Accessibility 1.1.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterator
from html import escape
from io import BytesIO

from ..edition.pages import path_of
from ..edition.pagination import PrintedPlaces
from ..edition.titles import sort_text
from ..markup.tree import Block, Blocks, Facts
from ..values import words
from ..values.page_id import PageId
from .book import Book, IndexLine, Part
from .entries import BookEntry
from .epub_frame import CONTAINER, COVER, draw_cover, write_package, write_styles, write_xhtml_page
from .epub_navigation import file_of, write_navigation
from .front_matter import authors_of_book, colophon, date_of_book, how_to_cite
from .xhtml import Writer, picture_name, record_id

_FOLDER = "EPUB"
_PAGED = '<meta property="schema:accessibilityFeature">pageNavigation</meta>\n'
_NO_DAY = "1980-01-01"
_TYPES = {
    "css": "text/css", "gif": "image/gif", "jpeg": "image/jpeg", "jpg": "image/jpeg", "png": "image/png",
    "svg": "image/svg+xml", "xhtml": "application/xhtml+xml",
}  # fmt: skip


def write_epub(book: Book, places: PrintedPlaces | None = None) -> bytes:
    """Return the book as the bytes of an .epub file.

    `places`: where everything stands in the printed book. With it, the e-book has a list of the printed pages.
    """
    return _Package(book, places or {}).pack()


class _Package:
    """One e-book: what stands in which of its files."""

    def __init__(self, book: Book, places: PrintedPlaces) -> None:
        self._book = book
        self._places = places
        self._file_by_page: dict[PageId, str] = {}
        for part in book.parts:
            own = ""
            for entry in part.entries:
                # An item stands in the XHTML file of the unit that holds it. A bibliography is one file.
                if not (own and (entry.depth or part.kind == "list")):
                    own = f"{entry.page.kind}-{entry.page.key}.xhtml"
                self._file_by_page[entry.page] = own
        self._page_by_path = {path_of(page): page for page in self._file_by_page}
        self._writer = Writer(book.notes, book.named, self._address, book.settings.phrases)
        self._language = book.settings.locale
        self._say = book.settings.phrases
        self._pictures = {picture_name(picture): file for picture, file in book.pictures.items()}

    def pack(self) -> bytes:
        files = dict(self._files())
        out = BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            # It comes first and is not compressed, so that the first bytes tell the type of the file.
            _add(archive, "mimetype", b"application/epub+zip", zipfile.ZIP_STORED)
            _add(archive, "META-INF/container.xml", CONTAINER.encode())
            for name, text in files.items():
                _add(archive, f"{_FOLDER}/{name}", text.encode())
            for name, file in self._pictures.items():
                _add(archive, f"{_FOLDER}/{name}", file.read_bytes())
            _add(archive, f"{_FOLDER}/package.opf", self._package(files).encode())
        return out.getvalue()

    def _address(self, page: PageId, target: PageId) -> str:
        if target.kind == "path":
            target = self._page_by_path.get(target.key, target)
        file = self._file_by_page.get(target, "")
        here = self._file_by_page.get(page, "")
        if not file:
            return ""
        return f"#{record_id(target)}" if file == here else f"{file}#{record_id(target)}"

    def _files(self) -> Iterator[tuple[str, str]]:
        book, say = self._book, self._say
        yield "style.css", write_styles(self._language)
        yield "cover.svg", draw_cover(book.title, self._language)
        yield "cover.xhtml", self._page(book.title, COVER.format(title=escape(book.title)))
        yield "title.xhtml", self._page(book.title, self._title_page())
        yield "nav.xhtml", self._page(say("book.contents"), self._navigation())
        for part in book.parts:
            by_file: dict[str, list[BookEntry]] = {}
            for entry in part.entries:
                by_file.setdefault(self._file_by_page[entry.page], []).append(entry)
            for name, entries in by_file.items():
                title = part.title if part.kind == "list" else entries[0].title
                yield name, self._page(title, self._section(part, title, entries))
        for appendix in book.appendices:
            body = self._writer.blocks(appendix.blocks, PageId("", ""), 2)
            yield file_of(appendix), self._page(appendix.title, f"<h1>{escape(appendix.title)}</h1>\n{body}")
        if book.index:
            yield "index.xhtml", self._headed(say("book.index"), "\n".join(self._index(book.index)))
        paragraphs = "\n".join(f"<p>{escape(line)}</p>" for line in colophon(book))
        yield "colophon.xhtml", self._headed(say("book.colophon"), paragraphs)

    def _headed(self, title: str, body: str) -> str:
        return self._page(title, f"<h1>{escape(title)}</h1>\n{body}")

    def _section(self, part: Part, title: str, entries: list[BookEntry]) -> str:
        # The first heading of a file has level 1, and no level is skipped.
        parts = [f"<h1>{escape(title)}</h1>"] if part.kind == "list" else []
        notes = []
        for entry in entries:
            level = 1 + entry.depth
            identity = record_id(entry.page)
            blocks = tuple(_without_pages(entry.blocks, self._say("facts.cited")))
            if part.kind == "list":
                parts.append(f'<div id="{identity}">\n{self._writer.blocks(blocks, entry.page, 2)}\n</div>')
            else:
                heading = f"<h{level}>{escape(entry.title)}</h{level}>"
                body = self._writer.blocks(blocks, entry.page, level + 1)
                parts.append(f'<section id="{identity}">\n{heading}\n{body}\n</section>')
            notes.append(self._writer.notes_of(entry.blocks, entry.page))
        return "\n".join([*parts, *(note for note in notes if note)])

    def _index(self, lines: tuple[IndexLine, ...]) -> Iterator[str]:
        letter = ""
        for line in lines:
            first = sort_text(line.name)[:1].upper()
            if first != letter:
                if letter:
                    yield "</ul>"
                letter = first
                yield f"<h2>{escape(letter)}</h2>\n<ul>"
            address = self._address(PageId("", ""), line.page)
            name = escape(line.name)
            shown = f'<a href="{address}">{name}</a>' if address and not line.see else name
            see = f' <span class="see">{escape(self._say("book.see"))}</span> {escape(line.see)}' if line.see else ""
            yield f"<li>{shown}{see}</li>"
        yield "</ul>"

    def _page(self, title: str, body: str) -> str:
        return write_xhtml_page(title, body, self._language)

    def _navigation(self) -> str:
        nowhere = PageId("", "")
        return write_navigation(self._book, self._file_by_page, lambda page: self._address(nowhere, page), self._places)

    def _title_page(self) -> str:
        book, settings = self._book, self._book.settings
        version = self._say("book.version", version=settings.version) if settings.version else ""
        cited = words.plain(how_to_cite(book))
        authors = settings.phrases.between.join(authors_of_book(book))
        rows = [book.subtitle, authors, version, date_of_book(book), settings.licence, cited]
        return f'<h1 class="title">{escape(book.title)}</h1>\n' + "\n".join(
            f"<p>{escape(row)}</p>" for row in rows if row
        )

    def _package(self, files: dict[str, str]) -> str:
        book, settings = self._book, self._book.settings
        day = book.imprint.date.bounds()[0].isoformat() if book.imprint.date else _NO_DAY
        digest = hashlib.sha256(f"{settings.site_url}\n{settings.site_name}\n{book.key}".encode()).hexdigest()
        identity = f"urn:uuid:{digest[:8]}-{digest[8:12]}-5{digest[13:16]}-8{digest[17:20]}-{digest[20:32]}"
        items = []
        spine = []
        for name in (*files, *self._pictures):
            item = f"f-{name.replace('.', '-')}"
            kind = _TYPES[name.rsplit(".", 1)[1]]
            has = {"nav.xhtml": ' properties="nav"', "cover.svg": ' properties="cover-image"'}.get(name, "")
            if name.endswith(".xhtml"):
                has = ' properties="svg"' if "<svg " in files[name] else has
                spine.append(f'<itemref idref="{item}"/>')
            items.append(f'<item id="{item}" href="{name}" media-type="{kind}"{has}/>')
        creator = "".join(f"<dc:creator>{escape(name)}</dc:creator>\n" for name in authors_of_book(book))
        paged = f"<dc:source>{escape(book.title)} (PDF)</dc:source>\n{_PAGED}" if self._places else ""
        rights = f"<dc:rights>{escape(settings.licence)}</dc:rights>\n" if settings.licence else ""
        return write_package(
            self._language,
            accessibility=escape(self._say("ebook.accessibility")),
            identity=identity,
            title=escape(book.title),
            more=creator + rights + paged,
            description=escape(book.subtitle or book.title),
            day=day,
            items="\n".join(items),
            spine="\n".join(spine),
        )


def _without_pages(blocks: Blocks, cited: str) -> Iterator[Block]:
    """Yield the blocks without what needs the pages of print."""
    for block in blocks:
        if isinstance(block, Facts):
            rows = tuple(row for row in block.rows if row[0] != cited)
            if rows:
                yield Facts(rows)
        else:
            yield block


def _add(archive: zipfile.ZipFile, name: str, data: bytes, method: int = zipfile.ZIP_DEFLATED) -> None:
    # A fixed day and mode, so that the same book gives the same bytes.
    info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    info.compress_type = method
    info.external_attr = 0o644 << 16
    archive.writestr(info, data)
