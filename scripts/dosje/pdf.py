"""Sets books as PDF by Typst. Knows nothing of records, nor of where the file goes.

PDF/UA-1 and PDF/A-2a always: what they forbid (a sign without a glyph, a picture without words) is then an
error here and no silent gap in the book. The same book gives the same bytes.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

import pikepdf
import typst

from .book import Book
from .typeset import record_at

STANDARDS: list[typst.PDFStandard] = ["ua-1", "a-2a"]
# A book without a day of its own: the first that every format of files can hold.
_NO_DAY = datetime(1980, 1, 1, tzinfo=UTC)


class SettingError(RuntimeError):
    """Typst refused the book; the message names the record, and what it could not set."""


@dataclass(frozen=True)
class SetBook:
    """A book as PDF. `strayed`: the pages on which a note is called that begins on another."""

    data: bytes
    pages: int
    strayed: tuple[int, ...]


def set_source(source: str, root: Path, stamp: datetime) -> SetBook:
    """Return a Typst document as PDF. Raises SettingError."""
    fonts = typst.Fonts(include_system_fonts=False, font_paths=list(font_folders()))
    # Typst answers questions on a document only if it is a file, below the root of all that it shows.
    (root / ".build").mkdir(exist_ok=True)
    handle, name = tempfile.mkstemp(dir=root / ".build", suffix=".typ")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(source)
        compiler = typst.Compiler(name, root=root, font_paths=fonts)
        data = compiler.compile(format="pdf", pdf_standards=STANDARDS, timestamp=stamp)
        strayed = json.loads(compiler.query("<strayed>", field="value", one=True))
    except typst.TypstError as error:
        raise SettingError(_explain(error, source)) from error
    finally:
        Path(name).unlink(missing_ok=True)
    assert isinstance(data, bytes)
    data, pages = compress(data)
    return SetBook(data, pages, tuple(sorted(set(strayed))))


def compress(data: bytes) -> tuple[bytes, int]:
    """Return the PDF with its objects in compressed streams, a third of the size and still PDF/A; and its pages."""
    out = BytesIO()
    with pikepdf.open(BytesIO(data)) as pdf:
        pages = len(pdf.pages)
        pdf.save(
            out,
            preserve_pdfa=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            recompress_flate=True,
            compress_streams=True,
            deterministic_id=True,
        )
    return out.getvalue(), pages


def font_folders() -> Iterator[str]:
    """Yield the folders of fonts beside Typst's own, which have Latin, Greek and Cyrillic."""
    package = find_spec("justmytype_intl_cjk")
    for folder in (package.submodule_search_locations or ()) if package else ():
        yield str(Path(folder) / "fonts" / "ofl" / "notosanssc")


def stamp_of(book: Book) -> datetime:
    """Return the day that the file bears: that of the edition, never of the clock."""
    date = book.imprint.date
    return datetime.combine(date.bounds()[0], time(), UTC) if date else _NO_DAY


def _explain(error: typst.TypstError, source: str) -> str:
    """Return what Typst could not set, with the record it stands in."""
    glyph = re.search(r"the text `\"(.+?)\"` could not be displayed", error.diagnostic)
    found = re.search(r"\.typ:(\d+):\d+", error.diagnostic)
    # Typst may point at the template; the sign itself stands in the record.
    line = source[: source.find(glyph[1])].count("\n") + 1 if glyph else int(found[1]) if found else 0
    record = record_at(source, line)
    place = f"{record}: " if record else ""
    if glyph:
        signs = ", ".join(f"{sign} (U+{ord(sign):04X})" for sign in dict.fromkeys(glyph[1]))
        return f"{place}no font has the sign {signs}"
    return f"{place}{error.message.splitlines()[0] if error.message else error.diagnostic}"
