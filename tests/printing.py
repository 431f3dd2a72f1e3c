"""Everything that an edition is printed as, as text by name: pages and the files beside them, books, exports.

For tests that ask what stands in any of them, or what in all.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from dosje.books.book import BookMaker
from dosje.books.epub import write_epub
from dosje.books.typst import write_book
from dosje.checking.edition import Checked, check_edition
from dosje.exporting.formats import FORMATS
from dosje.site.page_files import build_pages, dump_json, export_edition, find_sources
from dosje.values.findings import format_findings
from dosje.views.view import EBOOK

_BINARY = (".woff2", ".png", ".jpg")


def print_everything(root: Path) -> dict[str, str]:
    """Return all that the edition in `root` is printed as: "pages/…", "book.typ", "epub/…", and "export/…"."""
    checked = check_edition(root)
    assert checked.linked and checked.style and not checked.has_errors, format_findings(checked.findings)
    return print_pages(checked) | print_books(checked) | print_exports(checked)


def print_pages(checked: Checked) -> dict[str, str]:
    """Return the files of the pages folder."""
    assert checked.linked
    build_pages(checked, lambda _: None)
    folder = checked.linked.corpus.settings.root / checked.linked.corpus.settings.pages_dir
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix not in _BINARY]
    return {f"pages/{path.relative_to(folder).as_posix()}": path.read_text("utf-8") for path in paths}


def print_books(checked: Checked) -> dict[str, str]:
    """Return the book of the whole edition as Typst reads it, and the texts in the e-book."""
    assert checked.linked and checked.style
    maker = BookMaker(checked.linked, checked.style)
    with zipfile.ZipFile(io.BytesIO(write_epub(maker.make(face=EBOOK)))) as archive:
        texts = {name: archive.read(name) for name in archive.namelist() if not name.endswith(_BINARY)}
    return {"book.typ": write_book(maker.make())} | {f"epub/{name}": data.decode() for name, data in texts.items()}


def print_exports(checked: Checked) -> dict[str, str]:
    """Return all sources in each format, and the edition as JSON."""
    made = {name: export_edition(checked, form, find_sources(checked)) for name, form in FORMATS.items()}
    return {f"export/{name}": text for name, text in (made | {"json": dump_json(checked)}).items()}
