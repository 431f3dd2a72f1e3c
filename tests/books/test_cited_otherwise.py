"""Books tell what rests on a source from what disputes or only mentions it, as pages do."""

from __future__ import annotations

import io
import re
import zipfile

import pypdfium2
import pytest

from conftest import Edition, set_book
from dosje.books.book import Book, BookMaker
from dosje.books.epub import write_epub
from dosje.books.typst import write_book
from dosje.checking.edition import check_edition
from dosje.values.findings import format_findings
from dosje.views.view import EBOOK, PRINT

FILES = {
    "mkdocs.yml": "site_name: A\n",
    "content/archives.yml": "aqsh: {name: Archive, abbreviation: AQSH, labels: {file: D., folio: fl.}}\n",
    "content/sources/file.yml": "{type: file, level: file, title: File, file: 1, repository: aqsh, seen: scan}\n",
    "bibliography/a.bib": "@book{a, title = {Alpha}, date = {2001}}\n@book{b, title = {Beta}, date = {2002}}\n",
    "content/essays/e.md": (
        "---\ntitle: Essay\n---\nOne [@a, 1; @file, fl. 3]. Two [but see @b, 2; contra @file, fl. 9].\n"
    ),
    "content/essays/f.md": "---\ntitle: Further\n---\nThree [cf. @b, 5]. Four [@file, fl. 3].\n",
}


def book_of(edition: Edition, face: str = PRINT) -> Book:
    checked = check_edition(edition(FILES))
    assert checked.linked and checked.style, format_findings(checked.findings)
    return BookMaker(checked.linked, checked.style).make(face=face)


def test_the_code_of_a_printed_book_marks_both_apart(edition: Edition) -> None:
    text = write_book(book_of(edition))
    # a and the leaf 3 are cited in support; b, and leaf 9, otherwise.
    assert set(re.findall(r'"([co]:[^"]*)"', text)) == {"c:a", "c:file@fl.%203", "o:b", "o:file@fl.%209"}


@pytest.mark.whole
def test_a_printed_book_says_on_which_pages_a_source_is_disputed(edition: Edition) -> None:
    document = pypdfium2.PdfDocument(set_book(book_of(edition)).data)
    text = " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in document)
    assert re.search(r"Cited fl\. 3: p{1,2}\. [\d, –]+ Cited, but not in support fl\. 9: p\. \d", text), text
    assert re.search(r"Alpha\. 2001\. — Cited: p\. \d", text), text
    assert re.search(r"Beta\. 2002\. — Cited, but not in support: p{1,2}\. \d", text), text


def test_an_e_book_lists_the_records_apart(edition: Edition) -> None:
    with zipfile.ZipFile(io.BytesIO(write_epub(book_of(edition, face=EBOOK)))) as epub:
        text = "".join(epub.read(name).decode() for name in sorted(epub.namelist()) if name.endswith(".xhtml"))
    plain = re.sub(r"<[^>]+>", "", text)
    assert re.search(r"Beta\. 2002\.\s+Cited, but not in support: Essay; Further", plain), plain
    assert re.search(r"Alpha\. 2001\.\s+Cited: Essay\s", plain), plain
