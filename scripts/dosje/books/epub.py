"""Packs a book as EPUB 3: one XHTML file a record, notes that open where they are called, navigation.

Written by ourselves on zipfile: what a reading system needs is six kinds of files. The same book gives the
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
from .appendices import Appendix
from .book import Book, IndexLine, Part
from .entries import Entry
from .typst import authors_of, colophon, date_of, how_to_cite, note_mark, record_mark
from .xhtml import Writer, note_id, picture_name, record_id

_FOLDER = "EPUB"
_PAGED = '<meta property="schema:accessibilityFeature">pageNavigation</meta>\n'
_NO_DAY = "1980-01-01"
_TYPES = {
    "css": "text/css", "gif": "image/gif", "jpeg": "image/jpeg", "jpg": "image/jpeg", "png": "image/png",
    "svg": "image/svg+xml", "xhtml": "application/xhtml+xml",
}  # fmt: skip
_STYLES = """\
body { font-family: serif; line-height: 1.4; margin: 0 5%; }
h1, h2, h3, h4, h5, h6 { font-weight: normal; line-height: 1.2; page-break-after: avoid; text-align: left; }
h1 { font-size: 1.6em; margin: 1.5em 0 1em; }
h2 { font-size: 1.3em; } h3, h5 { font-size: 1.1em; font-style: italic; } h4 { font-size: 1em; font-weight: bold; }
p { margin: 0 0 .6em; } .lead { font-style: italic; font-size: 1.1em; } .reference { margin-left: 1.2em; }
.entry { padding-left: 1.5em; text-indent: -1.5em; } .small, .annotation { font-size: .95em; }
.annotation { padding-left: 1.5em; }
dl { margin: 1em 0; } dt { font-style: italic; } dd { margin: 0 0 .4em 1.2em; }
table { border-collapse: collapse; border-top: 1px solid; border-bottom: 1px solid; width: 100%; font-size: .95em; }
th { font-weight: normal; font-style: italic; text-align: left; border-bottom: 1px solid; }
td, th { vertical-align: top; padding: .2em .6em .2em 0; }
a { color: inherit; } sup { line-height: 0; font-size: .7em; } small { font-variant: small-caps; font-size: 1em; }
.notes { border-top: 1px solid; margin-top: 2em; font-size: .9em; } aside { margin: 0; }
.title { margin-top: 30%; } .see { font-style: italic; }
pre { white-space: pre-wrap; }
figure { margin: 1em 0; } figcaption { font-size: .9em; } svg, img { max-width: 100%; height: auto; }
"""


def write_epub(book: Book, places: PrintedPlaces | None = None) -> bytes:
    """Return the book as the bytes of an .epub file.

    `places`: where all of it stands in the printed book, of whose pages the e-book then has a list.
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
                # An item stands in the file of what it lies in; a bibliography is one file.
                if not (own and (entry.depth or part.kind == "list")):
                    own = f"{entry.page.kind}-{entry.page.key}.xhtml"
                self._file_by_page[entry.page] = own
        self._page_by_path = {path_of(page): page for page in self._file_by_page}
        self._writer = Writer(book.notes, book.named, self._address)
        self._language = book.settings.locale
        self._pictures = {picture_name(picture): file for picture, file in book.pictures.items()}

    def pack(self) -> bytes:
        files = dict(self._files())
        out = BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            # First and not compressed, so that the kind of file can be read from its first bytes.
            _add(archive, "mimetype", b"application/epub+zip", zipfile.ZIP_STORED)
            _add(archive, "META-INF/container.xml", _CONTAINER.encode())
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
        book = self._book
        yield "style.css", _STYLES
        yield "cover.svg", _cover(book)
        yield "cover.xhtml", self._html(book.title, _COVER.format(title=escape(book.title)))
        yield "title.xhtml", self._html(book.title, self._title_page())
        yield "nav.xhtml", self._html("Contents", self._nav())
        for part in book.parts:
            by_file: dict[str, list[Entry]] = {}
            for entry in part.entries:
                by_file.setdefault(self._file_by_page[entry.page], []).append(entry)
            for name, entries in by_file.items():
                title = part.title if part.kind == "list" else entries[0].title
                yield name, self._html(title, self._section(part, title, entries))
        for appendix in book.appendices:
            body = self._writer.blocks(appendix.blocks, PageId("", ""), 2)
            yield _file_of(appendix), self._html(appendix.title, f"<h1>{escape(appendix.title)}</h1>\n{body}")
        if book.index:
            yield "index.xhtml", self._html("Index", "<h1>Index</h1>\n" + "\n".join(self._index(book.index)))
        paragraphs = "\n".join(f"<p>{escape(line)}</p>" for line in colophon(book))
        yield "colophon.xhtml", self._html("Colophon", f"<h1>Colophon</h1>\n{paragraphs}")

    def _section(self, part: Part, title: str, entries: list[Entry]) -> str:
        # A file's first heading is of level 1, and none is skipped.
        parts = [f"<h1>{escape(title)}</h1>"] if part.kind == "list" else []
        notes = []
        for entry in entries:
            level = 1 + entry.depth
            identity = record_id(entry.page)
            blocks = tuple(_without_pages(entry.blocks))
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
            see = f' <span class="see">see</span> {escape(line.see)}' if line.see else ""
            yield f"<li>{shown}{see}</li>"
        yield "</ul>"

    def _title_page(self) -> str:
        book, settings = self._book, self._book.settings
        version = f"Version {settings.version}" if settings.version else ""
        cited = words.plain(how_to_cite(book))
        rows = [book.subtitle, ", ".join(authors_of(book)), version, date_of(book), settings.licence, cited]
        return f'<h1 class="title">{escape(book.title)}</h1>\n' + "\n".join(
            f"<p>{escape(row)}</p>" for row in rows if row
        )

    def _nav(self) -> str:
        parts = []
        for part in self._book.parts:
            first = self._file_by_page[part.entries[0].page]
            link = f'<a href="{first}">{escape(part.title)}</a>'
            rows = ""
            if part.kind == "records":
                inner = "".join(
                    f'<li><a href="{self._address(PageId("", ""), entry.page)}">{escape(entry.title)}</a></li>\n'
                    for entry in part.entries
                    if not entry.depth
                )
                rows = f"\n<ol>\n{inner}</ol>\n"
            parts.append(f"<li>{link}{rows}</li>")
        parts += [f'<li><a href="{_file_of(a)}">{escape(a.title)}</a></li>' for a in self._book.appendices]
        if self._book.index:
            parts.append('<li><a href="index.xhtml">Index</a></li>')
        parts.append('<li><a href="colophon.xhtml">Colophon</a></li>')
        contents = "\n".join(parts)
        start = self._file_by_page[self._book.parts[0].entries[0].page] if self._book.parts else "title.xhtml"
        return (
            f'<nav epub:type="toc" role="doc-toc" id="toc">\n<h1>Contents</h1>\n<ol>\n{contents}\n</ol>\n</nav>\n'
            '<nav epub:type="landmarks" hidden="hidden">\n<h2>Landmarks</h2>\n<ol>\n'
            '<li><a epub:type="cover" href="cover.xhtml">Cover</a></li>\n'
            '<li><a epub:type="toc" href="#toc">Contents</a></li>\n'
            f'<li><a epub:type="bodymatter" href="{start}">Beginning</a></li>\n</ol>\n</nav>'
            f"{self._page_list()}"
        )

    def _page_list(self) -> str:
        """Return the pages of the printed book, each with what stands first on it: a record, or the call of a note."""
        first: dict[int, tuple[float, str, str]] = {}
        marks = [(record_mark(page), f"{file}#{record_id(page)}") for page, file in self._file_by_page.items()]
        for page, label in self._book.notes:
            marks.append((note_mark(page, label), f"{self._file_by_page[page]}#call-{note_id(page, label)}"))
        for mark, address in marks:
            for place in self._places.get(mark, ())[:1]:
                if place.number and (place.page not in first or place.top < first[place.page][0]):
                    first[place.page] = place.top, address, place.number
        rows = [f'<li><a href="{first[page][1]}">{first[page][2]}</a></li>\n' for page in sorted(first)]
        name = 'epub:type="page-list" role="doc-pagelist" hidden="hidden"'
        return f"\n<nav {name}>\n<h2>Pages of the book</h2>\n<ol>\n{''.join(rows)}</ol>\n</nav>" if rows else ""

    def _html(self, title: str, body: str) -> str:
        return (
            '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n'
            '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" '
            f'lang="{self._language}" xml:lang="{self._language}">\n<head>\n<meta charset="UTF-8"/>\n'
            f'<title>{escape(title)}</title>\n<link rel="stylesheet" type="text/css" href="style.css"/>\n</head>\n'
            f"<body>\n{body}\n</body>\n</html>\n"
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
        creator = "".join(f"<dc:creator>{escape(name)}</dc:creator>\n" for name in authors_of(book))
        paged = f"<dc:source>{escape(book.title)} (PDF)</dc:source>\n{_PAGED}" if self._places else ""
        rights = f"<dc:rights>{escape(settings.licence)}</dc:rights>\n" if settings.licence else ""
        return _PACKAGE.format(
            language=self._language,
            identity=identity,
            title=escape(book.title),
            more=creator + rights + paged,
            description=escape(book.subtitle or book.title),
            day=day,
            items="\n".join(items),
            spine="\n".join(spine),
        )


def _file_of(appendix: Appendix) -> str:
    return f"{appendix.title.lower().replace(' ', '-')}.xhtml"


def _without_pages(blocks: Blocks) -> Iterator[Block]:
    """Yield the blocks without what only pages could say."""
    for block in blocks:
        if isinstance(block, Facts):
            rows = tuple(row for row in block.rows if row[0] != "Cited")
            if rows:
                yield Facts(rows)
        else:
            yield block


def _cover(book: Book) -> str:
    lines: list[str] = [""]
    for word in book.title.split():
        if len(lines[-1]) + len(word) > 20 and lines[-1]:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    texts = "".join(
        f'<text x="90" y="{560 + 96 * at}" font-family="serif" font-size="76">{escape(line)}</text>'
        for at, line in enumerate(lines[:8])
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 1800">'
        f"<title>{escape(book.title)}</title>"
        '<rect width="1200" height="1800" fill="#f6f2ea"/><rect x="90" y="420" width="240" height="10" fill="#6b1d1d"/>'
        f"{texts}</svg>\n"
    )


def _add(archive: zipfile.ZipFile, name: str, data: bytes, method: int = zipfile.ZIP_DEFLATED) -> None:
    # A fixed day and mode, so that the same book gives the same bytes.
    info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    info.compress_type = method
    info.external_attr = 0o644 << 16
    archive.writestr(info, data)


_COVER = '<section epub:type="cover"><img role="doc-cover" src="cover.svg" alt="{title}"/></section>'
_CONTAINER = """\
<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""
_PACKAGE = """\
<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="{language}">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">{identity}</dc:identifier>
<dc:title>{title}</dc:title>
<dc:language>{language}</dc:language>
<dc:date>{day}</dc:date>
{more}<dc:description>{description}</dc:description>
<meta property="dcterms:modified">{day}T00:00:00Z</meta>
<meta property="schema:accessMode">textual</meta>
<meta property="schema:accessMode">visual</meta>
<meta property="schema:accessModeSufficient">textual</meta>
<meta property="schema:accessibilityFeature">structuralNavigation</meta>
<meta property="schema:accessibilityFeature">tableOfContents</meta>
<meta property="schema:accessibilityFeature">readingOrder</meta>
<meta property="schema:accessibilityFeature">index</meta>
<meta property="schema:accessibilityFeature">alternativeText</meta>
<meta property="schema:accessibilityHazard">none</meta>
<meta property="schema:accessibilitySummary">Text with headings, tables and notes that are linked both ways.</meta>
</metadata>
<manifest>
{items}
</manifest>
<spine>
{spine}
</spine>
</package>
"""
