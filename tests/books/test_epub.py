"""E-books: what the EPUB standard asks of the package, and what a reader sees of the notes."""

from __future__ import annotations

import io
import posixpath
import re
import shutil
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest

from conftest import MINI, Edition, set_book
from dosje.books.book import Book, BookMaker
from dosje.books.epub import write_epub
from dosje.checking.edition import check_edition
from dosje.citing.notes import PlacedCitation
from dosje.markup.tree import text_of
from invented import BOOK

XHTML, OPS, OPF = "{http://www.w3.org/1999/xhtml}", "{http://www.idpf.org/2007/ops}", "{http://www.idpf.org/2007/opf}"


def book_of(root: Path) -> Book:
    checked = check_edition(root)
    assert checked.linked and checked.style
    return BookMaker(checked.linked, checked.style).make()


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    return book_of(Path(shutil.copytree(MINI, tmp_path_factory.mktemp("book") / "edition")))


@pytest.fixture(scope="module")
def data(book: Book) -> bytes:
    return write_epub(book)


@pytest.fixture(scope="module")
def files(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def pages(files: dict[str, bytes]) -> dict[str, ElementTree.Element]:
    return {name: ElementTree.fromstring(text) for name, text in files.items() if name.endswith(".xhtml")}


def test_the_kind_of_file_is_said_first_and_not_compressed(data: bytes) -> None:
    assert data[30:58] == b"mimetypeapplication/epub+zip"


def test_the_package_lists_every_file_and_says_which_is_the_navigation(files: dict[str, bytes]) -> None:
    package = ElementTree.fromstring(files["EPUB/package.opf"])
    items = {item.get("href"): item.get("properties") for item in package.iter(f"{OPF}item")}
    assert {f"EPUB/{name}" for name in items} == set(files) - {"mimetype", "META-INF/container.xml", "EPUB/package.opf"}
    assert (items["nav.xhtml"], items["cover.svg"]) == ("nav", "cover-image")
    found = {meta.get("property"): meta.text for meta in package.iter(f"{OPF}meta")}
    assert found["dcterms:modified"] == "2026-11-22T00:00:00Z"
    assert found["schema:accessibilityHazard"] == "none"


def test_every_page_is_well_formed_and_in_the_language_of_the_edition(pages: dict[str, ElementTree.Element]) -> None:
    assert len(pages) > 20
    assert {page.get("lang") for page in pages.values()} == {"en-GB"}


def test_every_link_leads_to_a_place_that_is_there(pages: dict[str, ElementTree.Element]) -> None:
    places = {(name, e.get("id")) for name, page in pages.items() for e in page.iter() if e.get("id")}
    for name, page in pages.items():
        for link in page.iter(f"{XHTML}a"):
            target, _, place = (link.get("href") or "").partition("#")
            if re.match(r"\w+:", target):
                continue
            file = posixpath.join(posixpath.dirname(name), target) if target else name
            assert (file, place) in places if place else file in pages, (name, link.get("href"))


def test_no_name_of_a_place_stands_twice_in_a_page(pages: dict[str, ElementTree.Element]) -> None:
    for name, page in pages.items():
        found = [e.get("id") for e in page.iter() if e.get("id")]
        assert len(found) == len(set(found)), name


def test_a_call_is_a_noteref_and_its_note_an_aside_that_a_reader_opens(pages: dict[str, ElementTree.Element]) -> None:
    page = pages["EPUB/essay-bucharest.xhtml"]
    calls = [link for link in page.iter(f"{XHTML}a") if link.get(f"{OPS}type") == "noteref"]
    notes = {note.get("id"): note for note in page.iter(f"{XHTML}aside") if note.get(f"{OPS}type") == "footnote"}
    assert [call.get("href") for call in calls] == [f"#{name}" for name in notes]
    assert "".join(calls[0].itertext()) == "1"


def test_headings_skip_no_level(pages: dict[str, ElementTree.Element]) -> None:
    for name, page in pages.items():
        levels = [int(e.tag[-1]) for e in page.iter() if re.fullmatch(re.escape(XHTML) + "h[1-6]", e.tag)]
        assert all(after <= before + 1 for before, after in zip([0, *levels], levels, strict=False)), (name, levels)


def test_the_notes_of_the_e_book_are_those_of_the_book(book: Book, files: dict[str, bytes]) -> None:
    shown = b"".join(files.values()).decode("utf-8", "replace").count('epub:type="footnote"')
    assert shown == len(book.notes)
    assert all(text_of(note.content) for note in book.notes.values())
    assert any(isinstance(part, PlacedCitation) for note in book.notes.values() for part in note.placed.parts)


def test_the_same_edition_is_the_same_bytes(data: bytes, tmp_path: Path) -> None:
    assert write_epub(book_of(Path(shutil.copytree(MINI, tmp_path / "edition")))) == data


def test_the_pages_of_the_book_are_listed_each_with_what_stands_first_on_it(edition: Edition) -> None:
    checked = check_edition(edition(BOOK))
    assert checked.linked and checked.style
    book = BookMaker(checked.linked, checked.style).make()
    places = set_book(book).places
    with zipfile.ZipFile(io.BytesIO(write_epub(book, places))) as archive:
        nav = archive.read("EPUB/nav.xhtml").decode()
        package = archive.read("EPUB/package.opf").decode()
        listed = re.findall(r'<li><a href="([^"#]+)#([^"]+)">(\d+)</a></li>', nav.partition('epub:type="page-list"')[2])
        begun = {int(found[0].number) for mark, found in places.items() if mark[:2] in ("r:", "n:")}
        assert [int(number) for *_, number in listed] == sorted(begun)
        for file, name, _ in listed:
            assert f'id="{name}"' in archive.read(f"EPUB/{file}").decode()
    assert "pageNavigation" in package
