"""The book of the first edition."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from conftest import EPUBCHECK, PROJECT, set_book
from dosje.books.book import BookMaker, cuts_of
from dosje.books.epub import write_epub
from dosje.books.typst import write_book
from dosje.checking.edition import Checked, check_edition
from dosje.citing.notes import PlacedCitation
from dosje.values.page_id import PageId

pytestmark = pytest.mark.whole


@pytest.fixture(scope="module")
def first() -> Checked:
    checked = check_edition(PROJECT)
    assert not checked.has_errors, checked.findings
    return checked


def test_every_note_of_the_site_is_in_the_book_with_the_same_sources_and_places(first: Checked) -> None:
    assert first.linked and first.style
    book = BookMaker(first.linked, first.style).make()
    for page, calls in first.linked.calls_by_page.items():
        for call in calls if page != PageId("page", "index") else ():
            note = book.notes[page, call.label].placed
            placed = [p for part in note.parts if isinstance(part, PlacedCitation) for p in part.cites]
            # A source that is cited twice in a note is named once, with all its places.
            written = sorted((cite.offset, cite.key) for cite in call.cites)
            assert sorted((cite.offset, cite.key) for p in placed for cite in p.cites) == written, (page, call.label)


def test_an_ibid_of_the_book_means_the_source_of_the_note_before(first: Checked) -> None:
    assert first.linked and first.style
    book = BookMaker(first.linked, first.style).make()
    before = None
    ibids = 0
    for (page, _), note in book.notes.items():
        placed = [p for part in note.placed.parts if isinstance(part, PlacedCitation) for p in part.cites]
        if placed and placed[0].position.startswith("ibid") and placed[0].within is None:
            assert before == (page, placed[0].cite.key)
            ibids += 1
        before = (page, placed[-1].cite.key) if placed else None
    assert ibids


def test_every_link_of_the_book_leads_to_a_place_in_it(first: Checked) -> None:
    assert first.linked and first.style
    for cut in (None, *cuts_of(first.linked)[:6]):
        source = write_book(BookMaker(first.linked, first.style).make(cut))
        made = set(re.findall(r'^(?:entry|bare|part)\("([^"]+)"', source, re.MULTILINE))
        wanted = set(re.findall(r'\b(?:refer|refer-marked|on-page)\("([^"]+)"', source))
        assert wanted <= made
        called = set(re.findall(r'\bnote\("([^"]+)"', source))
        assert set(re.findall(r'\bnote-reference\("([^"]+)"', source)) <= called


def test_volumes_hold_every_record_once_and_an_item_with_its_file(first: Checked) -> None:
    assert first.linked and first.style
    volumes = BookMaker(first.linked, first.style).volumes(100)
    whole = BookMaker(first.linked, first.style).make().pages
    assert frozenset().union(*volumes) == whole
    assert sum(len(volume) for volume in volumes) == len(whole)
    assert all(len(volume) < 150 for volume in volumes)


def test_epubcheck_finds_no_fault_in_the_e_book(first: Checked, tmp_path: Path) -> None:
    assert first.linked and first.style
    book = BookMaker(first.linked, first.style).make()
    (tmp_path / "book.epub").write_bytes(write_epub(book, set_book(book).places))
    command = ("java", "-jar", str(EPUBCHECK), "--failonwarnings", str(tmp_path / "book.epub"))
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    said = done.stdout + done.stderr
    assert done.returncode == 0, said
    assert "0 fatals / 0 errors / 0 warnings" in said
