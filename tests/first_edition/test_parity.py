"""Parity: every note of every record has the same sources and places on the site, in the PDF and in the e-book.

What is compared is read from the outputs themselves: the notes of the pages as they are written, the
files of the e-book, the text of the PDF's pages. An "ibid." means the same source in each, though each has an
order of its own.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest

from conftest import PROJECT
from dosje.books.book import Book, BookMaker
from dosje.books.epub import write_epub
from dosje.books.footnotes import NoteId
from dosje.books.volumes import make_pdfs
from dosje.books.xhtml import note_id
from dosje.checking.edition import Checked, check_edition
from dosje.citing.grouping import find_vias, group_cites
from dosje.edition.calls import Call
from dosje.edition.pages import path_of
from dosje.markup.tree import text_of
from dosje.reading.texts import Cited, Link
from dosje.values.citations import Cite
from dosje.web.page_maker import PageMaker
from rendering import notes_of

pytestmark = pytest.mark.whole

# The links of a note, in order: where each leads, and its text.
Links = list[tuple[str, str]]
_ASIDE = re.compile(r'<aside epub:type="footnote"[^>]* id="([^"]+)"><p><a [^>]*>\d+\.</a>(.*?)</p></aside>')
_IBID = re.compile(r"[Ii]bid\.?\Z")


class _Reader(HTMLParser):
    """Reads links with their texts."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: Links = []
        self._target = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._target = dict(attrs).get("href") or ""
            self.links.append((self._target, ""))

    def handle_endtag(self, tag: str) -> None:
        self._target = "" if tag == "a" else self._target

    def handle_data(self, data: str) -> None:
        if self._target:
            self.links[-1] = (self._target, self.links[-1][1] + data)


@pytest.fixture(scope="module")
def first() -> Checked:
    checked = check_edition(PROJECT)
    assert checked.linked and not checked.has_errors
    return checked


@pytest.fixture(scope="module")
def maker(first: Checked) -> PageMaker:
    assert first.linked and first.style
    return PageMaker(first.linked, first.style)


@pytest.fixture(scope="module")
def book(first: Checked) -> Book:
    assert first.linked and first.style
    return BookMaker(first.linked, first.style).make()


@pytest.fixture(scope="module")
def pdf(first: Checked) -> Path:
    # Not set again if it has been set from the same records.
    (path,) = make_pdfs(first, (), False, lambda text: None)
    return path


@pytest.fixture(scope="module")
def calls(first: Checked, book: Book) -> dict[NoteId, Call]:
    """What the records say: every call of a note, but those of the site's home page."""
    assert first.linked
    found = {(page, call.label): call for page, own in first.linked.calls_by_page.items() for call in own}
    return {where: call for where, call in found.items() if where[0] in book.pages}


@pytest.fixture(scope="module")
def site_notes(maker: PageMaker, calls: dict[NoteId, Call]) -> dict[NoteId, Links]:
    """The notes of the site, those of a page in their order."""
    notes: dict[NoteId, Links] = {}
    for page in dict.fromkeys(page for page, _ in calls):
        text = maker.make_pages([path_of(page)])[0][path_of(page)]
        for label, definition in notes_of(text).items():
            shown = re.sub(r' <span class="dosje-(?:first|full)".*', "", definition)
            found = ((re.search(r"([^/]+)\.md\Z", target), text) for target, text in _Reader(shown).links)
            notes[page, label] = [(match[1], text) for match, text in found if match]
    return notes


@pytest.fixture(scope="module")
def epub_notes(book: Book) -> dict[NoteId, Links]:
    """The notes of the e-book, in the order of the book."""
    with zipfile.ZipFile(io.BytesIO(write_epub(book))) as archive:
        pages = [archive.read(name).decode() for name in archive.namelist() if name.endswith(".xhtml")]
    bodies = {name: body for page in pages for name, body in _ASIDE.findall(page)}
    assert len(bodies) == len(book.notes)
    notes: dict[NoteId, Links] = {}
    for where in book.notes:
        found = ((target.partition("#source-")[2], text) for target, text in _Reader(bodies[note_id(*where)]).links)
        notes[where] = [(key, text) for key, text in found if key]
    return notes


def keys_of(call: Call, first: Checked, links: Links) -> list[str]:
    """Return the sources that a note names, in order: cites, each once, works that they are known by, and links."""
    assert first.linked
    if len(call.cites) == 1 and _IBID.fullmatch(links[0][1].strip()):
        return [call.cites[0].key]  # it stands for all that the note before has said
    citations = [group_cites(cites) for cites in call.citations]
    known = iter(zip(citations, find_vias(citations, first.linked.vias.fitting), strict=True))
    keys = []
    for piece in call.pieces:
        if isinstance(piece, Cited):
            groups, vias = next(known)
            for at, group in enumerate(groups):
                keys += [group.cite.key, *(via.cite.key for via in vias if via.owners[-1] == at)]
        elif isinstance(piece, Link) and piece.kind == "source":
            keys.append(piece.key)
    return keys


def place_in(cite: Cite) -> str:
    """Return what finds the place that a cite names; a style may print a range of pages shorter."""

    def find_range(match: re.Match[str]) -> str:
        ends = (match[2][at:] for at in range(len(match[2])))
        return f"{match[1]}[–-](?:{'|'.join(ends)})(?!\\d)"

    assert cite.locator
    return re.sub(r"(\d+)–(\d+)", find_range, re.escape(cite.locator.value).replace("\\ ", "\\s"))


def missing_places(calls: Mapping[NoteId, Call], notes: Mapping[NoteId, Links]) -> list[tuple[NoteId, str]]:
    """Return the places that a note does not say; "ibid." says that of the cite before it."""
    missing: list[tuple[NoteId, str]] = []
    before: tuple[object, ...] = ()
    for where, links in notes.items():
        cites = calls[where].cites
        texts = [text for key, text in links if key in {cite.key for cite in cites}]
        groups = [group for found in calls[where].citations for group in group_cites(found)]
        said = [(cite, text) for group, text in zip(groups, texts, strict=False) for cite in group.cites]
        for cite, text in said:
            if _IBID.fullmatch(text.strip()):
                if before != (where[0], cite.key, cite.locator):
                    missing.append((where, text))
            elif cite.locator and not re.search(place_in(cite), text):
                missing.append((where, f"{cite.locator} in {text}"))
            before = (where[0], cite.key, cite.locator)
        before = before if cites else ()
    return missing


def test_every_note_has_its_sources_on_the_site(
    calls: dict[NoteId, Call], site_notes: dict[NoteId, Links], first: Checked
) -> None:
    assert {where: [key for key, _ in links] for where, links in site_notes.items() if where in calls} == {
        where: keys_of(call, first, site_notes[where]) for where, call in calls.items()
    }


def test_every_note_has_its_sources_in_the_e_book(
    calls: dict[NoteId, Call], epub_notes: dict[NoteId, Links], first: Checked
) -> None:
    assert {where: [key for key, _ in links] for where, links in epub_notes.items()} == {
        where: keys_of(call, first, epub_notes[where]) for where, call in calls.items()
    }


def test_every_note_names_its_places_on_the_site_and_an_ibid_means_the_source_before(
    calls: dict[NoteId, Call], site_notes: dict[NoteId, Links]
) -> None:
    assert missing_places(calls, {where: links for where, links in site_notes.items() if where in calls}) == []


def test_every_note_names_its_places_in_the_e_book_and_an_ibid_means_the_source_before(
    calls: dict[NoteId, Call], epub_notes: dict[NoteId, Links]
) -> None:
    assert missing_places(calls, epub_notes) == []
    assert any(_IBID.fullmatch(text.strip()) for links in epub_notes.values() for _, text in links)


def test_every_note_of_the_book_stands_word_for_word_on_the_pages_of_the_pdf(book: Book, pdf: Path) -> None:
    document = pypdfium2.PdfDocument(pdf)
    pages = [_squeeze(document[at].get_textpage().get_text_range()) for at in range(len(document))]
    missing = []
    at = 0
    for where, note in book.notes.items():
        wanted = _squeeze(f"{note.number}{text_of(note.content)}")
        found = _find_from(pages, at, wanted)
        if found is None:
            missing.append((where, wanted))
        else:
            at = max(found - 1, 0)  # the notes of a table's cells may be a page behind
    assert missing == []


def test_every_link_within_the_pdf_leads_to_one_of_its_pages(pdf: Path) -> None:
    with pikepdf.open(pdf) as document:
        pages = {page.obj.objgen for page in document.pages}
        action: Any
        names = set(pikepdf.NameTree(document.Root.Names.Dests)) if "/Names" in document.Root else set()
        count = 0
        for page in document.pages:
            for annotation in page.get("/Annots", ()):
                action = annotation.get("/A", {})
                target = annotation.get("/Dest", action.get("/D"))
                if target is None:
                    assert action.get("/S") == "/URI"
                elif isinstance(target, pikepdf.Array):
                    assert target[0].objgen in pages
                    count += 1
                else:
                    assert str(target) in names
                    count += 1
    assert count > 1000


def _squeeze(text: str) -> str:
    """Return the text without what a line's end changes: spaces and hyphens."""
    return re.sub(r"[\s\u00ad\u2010\u2011\ufffe\ufeff\x02-]+", "", unicodedata.normalize("NFKC", text))


def _find_from(pages: list[str], first: int, wanted: str) -> int | None:
    """Return the page from `first` on on which a note begins, None if it stands on none or is cut wrongly."""
    for at in range(first, len(pages)):
        if wanted in pages[at]:
            return at
    for at in range(first, len(pages) - 1):
        for cut in range(len(wanted) - 1, 1, -1):
            if wanted[:cut] in pages[at]:
                # The rest stands among the notes of the next page.
                if wanted[cut:] in pages[at + 1]:
                    return at
                break
    return None
