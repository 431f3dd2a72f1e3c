"""Sets books as PDF with Typst. Knows nothing of records, and not where the file goes.

Every PDF is PDF/UA-1 and PDF/A-2a. What they forbid (a sign without a glyph, a picture without a description) is an
error here, not a silent gap in the book. The same book gives the same bytes.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import typst

from ..edition.pagination import PrintedPlaces, fill_references, read_places
from ..phrases.phrase_files import OwnForms, read_phrases
from .book import Book
from .typst import part_at, record_at

# How often a book is set at most, until no reference changes. Most books are set twice.
ROUNDS = 4
# Links within a book begin with this while its page numbers are unknown.
_SCHEME = "dosje:"
# How much above its target a link leads, in points: the reader sees a little of what stands there.
_ABOVE = 12
STANDARDS: list[typst.PDFStandard] = ["ua-1", "a-2a"]
# The day of a book that has none: the first that every file format can hold.
_NO_DAY = datetime(1980, 1, 1, tzinfo=UTC)


class SettingError(RuntimeError):
    """Typst refused the book. The message names the record, and what Typst could not set."""


@dataclass(frozen=True)
class SetBook:
    """A book as PDF. Its data are empty if only the places were asked for.

    `strayed`: the printed numbers of pages that call a note which begins on another page.
    """

    data: bytes
    pages: int
    places: PrintedPlaces
    strayed: tuple[int, ...]


@dataclass(frozen=True)
class Job:
    """A Typst document to be set. Its references to pages are still open.

    `root`: the folder of the files that it shows. `volume`: its number, 0 where the work is one book.
    """

    key: str
    document: str
    root: Path
    stamp: datetime
    locale: str  # of its words
    volume: int = 0
    own_phrases: OwnForms = ()


def set_book(job: Job, places: Mapping[int, PrintedPlaces], *, makes_pdf: bool = True) -> SetBook:
    """Return a book as PDF. It is set until each of its references names the right page.

    `places`: the places in each volume, as known or assumed. Without `makes_pdf` it is set once, to find the places.
    Raises SettingError.
    """
    fonts = typst.Fonts(include_system_fonts=False, font_paths=list(font_folders()))
    # Typst answers questions only about a file, which must lie below the root folder of all that the book shows. It
    # keeps what it has set by the name of the file, so the second round is quicker.
    path = job.root / ".build" / "work" / f"{job.key}-{os.getpid()}.typ"
    path.parent.mkdir(parents=True, exist_ok=True)
    source = fill_references(job.document, places, read_phrases(job.locale, job.own_phrases), job.volume)
    data: bytes | list[bytes] | None = b""
    try:
        for _ in range(ROUNDS if makes_pdf else 1):
            path.write_text(source, encoding="utf-8", newline="\n")
            compiler = typst.Compiler(path, root=job.root, font_paths=fonts)
            report = json.loads(_ask(compiler))
            found = read_places(report, job.volume)
            before, source = (
                source,
                fill_references(
                    job.document, {**places, job.volume: found}, read_phrases(job.locale, job.own_phrases), job.volume
                ),
            )
            if source == before:
                break
        if makes_pdf:
            data, warnings = compiler.compile_with_warnings(format="pdf", pdf_standards=STANDARDS, timestamp=job.stamp)
            for warning in warnings:
                # If something may not stand where it is, Typst leaves it out and only warns.
                raise SettingError(_explain(warning, before))
    except RuntimeError as error:  # Typst's own error is one of them
        raise SettingError(_explain(error, source)) from error
    finally:
        path.unlink(missing_ok=True)
    assert isinstance(data, bytes)
    data, pages = finish(data, found) if data else (data, 0)
    return SetBook(data, pages, found, tuple(sorted({page - report["first"] + 1 for page in report["strayed"]})))


def _ask(compiler: typst.Compiler) -> str:
    try:
        return compiler.query("<report>", field="value", one=True)
    except RuntimeError:
        compiler.compile()  # this fails too, and says where
        raise


def finish(data: bytes, places: PrintedPlaces) -> tuple[bytes, int]:
    """Return the PDF, in which links lead to their places, and the number of its pages.

    Its objects lie in compressed streams. So it has a third of the size, and is still PDF/A.
    """
    out = BytesIO()
    with pikepdf.open(BytesIO(data)) as pdf:
        pages = len(pdf.pages)
        for page in pdf.pages:
            annotations: Any = page.get("/Annots", ())
            for annotation in annotations:
                # Typst writes an address as UTF-8, which `str` would take for the letters of old PDFs.
                address = bytes(annotation.get("/A", {}).get("/URI", b"")).decode(errors="replace")
                if address.startswith(_SCHEME):
                    _lead(pdf, annotation, address.removeprefix(_SCHEME), places)
        pdf.save(
            out,
            preserve_pdfa=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
            deterministic_id=True,
        )
    return out.getvalue(), pages


def _lead(pdf: pikepdf.Pdf, annotation: Any, target: str, places: PrintedPlaces) -> None:
    """Change a link from an address to a place, "record" or "mark#3"."""
    found = places.get(target)
    name, _, number = target.rpartition("#")
    place = found[0] if found else places[name][int(number)]
    page = pdf.pages[place.page - 1]
    top = float(page.mediabox[3]) - max(place.top - _ABOVE, 0)
    del annotation["/A"]
    annotation["/Dest"] = pikepdf.Array([page.obj, pikepdf.Name.XYZ, place.left, top, None])


# The folders of fonts in packages.
_FONTS = {"justmytype_intl_cjk": ("notosanssc",), "justmytype_intl_rtl": ("notosansarabic", "notosanshebrew")}


def font_folders() -> Iterator[str]:
    """Yield the folders of fonts beside those of Typst, which have Latin, Greek, Cyrillic and Hebrew."""
    for name, fonts in _FONTS.items():
        package = find_spec(name)
        for folder in (package.submodule_search_locations or ()) if package else ():
            yield from (str(Path(folder) / "fonts" / "ofl" / font) for font in fonts)


def stamp_of(book: Book) -> datetime:
    """Return the day that the file names: that of the edition, never that of the clock."""
    date = book.imprint.date
    return datetime.combine(date.bounds()[0], time(), UTC) if date else _NO_DAY


# This is how `typst_text` writes a picture.
_IMAGE = re.compile(r'image\("/(content/[^"]+)"')


def _explain(error: Exception, source: str) -> str:
    """Return what Typst could not set, and the record in which it stands."""
    if not isinstance(error, typst.TypstError | typst.TypstWarning):
        return str(error)
    glyph = re.search(r"the text `\"(.+?)\"` could not be displayed", error.diagnostic)
    # Typst may point to the template. The sign stands in the record, or the record calls that part of the template.
    said = "\n".join([error.diagnostic, *error.trace])
    lines = [int(line) for line in re.findall(r"\.typ:(\d+):\d+", said)]
    codepoint = re.search(r"codepoint `\"\\u\{(\w+)\}\"`", error.diagnostic)
    if codepoint:
        lines = _lines_with(chr(int(codepoint[1], 16)), source)
    if glyph:
        text = re.sub(r"\\u\{(\w+)\}", lambda match: chr(int(match[1], 16)), glyph[1])
        lines = _lines_with(text, source) or _lines_with(text.strip()[:1], source)
    # The title of a part also stands before all records, in the table of contents.
    found = (record_at(source, line) or part_at(source, line) for line in lines)
    place = f"{next(filter(None, found), 'the first pages')}: "
    if glyph:
        signs = ", ".join(f"{sign} (U+{ord(sign):04X})" for sign in dict.fromkeys(text))
        return f"{place}no font has the sign {signs}"
    if "decode image" in error.message:
        written = source.splitlines()
        shown = [name for line in lines if line <= len(written) for name in _IMAGE.findall(written[line - 1])]
        place += "".join(f"{name}: " for name in dict.fromkeys(shown))
    return f"{place}{error.message.splitlines()[0] if error.message else error.diagnostic}"


def _lines_with(text: str, source: str) -> list[int]:
    """Return the lines of a document that hold the text. Lines of records come first, since others may name many."""
    lines = [number for number, line in enumerate(source.splitlines(), 1) if text in line]
    return sorted(lines, key=lambda line: (not record_at(source, line), line))
