"""Whatever a view says stands on the page, in print and in the e-book, except where its faces say otherwise."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from html import unescape
from pathlib import Path
from typing import NamedTuple
from zipfile import ZipFile

import pytest
from everything import EVERYTHING
from markdown import Markdown

from dosje.books.book import BookMaker
from dosje.books.epub import write_epub
from dosje.books.typst import write_book
from dosje.books.xhtml import record_id
from dosje.checking.edition import check_edition
from dosje.citing.wording import SourceWords
from dosje.edition.pages import path_of
from dosje.markup.tree import Foreign, Heading, Inlines, Positions, Reference, Table, inlines_of
from dosje.site.finished_pages import FinishedPages
from dosje.values.page_id import PageId
from dosje.values.words import Run
from dosje.views.view import EBOOK, EVERYWHERE, PAGE, PRINT, Section, View
from dosje.views.view_maker import ViewMaker
from rendering import render

pytestmark = pytest.mark.whole


class Made(NamedTuple):
    """What is made of one edition: its views, and the text of each face by record, from where the record begins."""

    views: dict[PageId, View]
    texts: dict[str, dict[PageId, str]]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    root = tmp_path_factory.mktemp("everything")
    for name, text in EVERYTHING.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    checked = check_edition(root)
    assert not checked.has_errors and checked.linked and checked.style, checked.findings
    maker = ViewMaker(checked.linked, SourceWords(checked.linked, checked.style).works)
    views = {page: maker.view(page) for page in maker.titles}
    pages = render(root)
    books = BookMaker(checked.linked, checked.style)
    typst = write_book(books.make())
    with ZipFile(io.BytesIO(write_epub(books.make(face=EBOOK)))) as epub:
        xhtml = "".join(epub.read(name).decode() for name in sorted(epub.namelist()) if name.endswith(".xhtml"))
    return Made(
        views,
        {
            PAGE: {page: pages[path_of(page)].split("---\n", 2)[2] for page in views},
            PRINT: {page: _behind(typst, rf'(?:entry|bare)\("r:{page.kind}/{page.key}"') for page in views},
            EBOOK: {page: _behind(xhtml, rf'id="{record_id(page)}"') for page in views},
        },
    )


def _behind(text: str, pattern: str) -> str:
    found = re.search(pattern, text)
    return text[found.end() :] if found else ""


def _letters(text: str) -> str:
    return "".join(re.findall(r"\w", unescape(re.sub(r"<[^>]+>", "", text)))).casefold()


def _said(lines: Iterable[Inlines]) -> Iterator[str]:
    """Yield what stands in lines, without what each output words or numbers in its own way."""
    for line in lines:
        for inline in line:
            if isinstance(inline, Run | Foreign):
                yield inline.text
            elif isinstance(inline, Reference):
                yield "".join(run.text for run in inline.words)


def _all_of(section: Section, face: str) -> Iterator[str]:
    yield section.title
    for block in section.blocks:
        if isinstance(block, Positions) and face != PAGE:
            yield from _said(block.claims)  # in books, the notes say where the sources stand
            continue
        if isinstance(block, Table):
            yield from (cell if isinstance(cell, str) else "".join(_said([cell])) for cell in block.head)
        yield from _said(inlines_of([block]))


@pytest.mark.parametrize("face", [PAGE, PRINT, EBOOK])
def test_what_a_view_says_stands_in_each_of_its_faces_in_the_same_order(made: Made, face: str) -> None:
    missing = []
    for page, view in made.views.items():
        shown = view.of_face(face)
        text = _letters(made.texts[face][page].replace('\\"', "")) if face != PRINT else _typst(made.texts[face][page])
        at = 0
        opening = [(one.key, words) for one in shown.opening for words in _all_of(one, face)]
        facts = [(one.key, words) for one in shown.facts for words in (one.name, *_said([one.value]))]
        sections = [(one.key, words) for one in shown.sections for words in _all_of(one, face)]
        for key, words in (*opening, *facts, *sections):
            found = text.find(_letters(words), at)
            if found < 0:
                missing.append((page.kind, page.key, key, words))
            else:
                at = found
    assert missing == []


def _typst(text: str) -> str:
    return _letters("".join(re.findall(r'"((?:[^"\\]|\\.)*)"', text)))


def test_each_section_says_in_which_faces_it_stands(made: Made) -> None:
    found: dict[tuple[str, str], set[str]] = {}
    for page, view in made.views.items():
        for section in view.sections:
            found.setdefault((page.kind, section.key), set()).update(section.faces)
    # A page has what only a screen can use. A book has each document beside the next, and notes on the same page.
    only_pages = {key for (_, key), faces in found.items() if faces == {PAGE}}
    assert only_pages == {
        "cite-this-page", "its-neighbours-in-the-file", "leaf-lookup", "neighbours", "sources-of-this-page",
    }  # fmt: skip
    # The index of a printed book has where persons, places and organisations are mentioned; facts have who cites what.
    assert {key for key, faces in found.items() if faces == {PAGE, EBOOK}} == {
        ("person", "mentioned-elsewhere"), ("place", "mentioned-elsewhere"), ("organisation", "mentioned-elsewhere"),
        ("source", "what-rests-on-it"), ("source", "its-leaves"), ("source", "its-leaves-pages"),
        ("source", "its-leaves-unknown"), ("source", "cited-otherwise"),
    }  # fmt: skip
    assert all(faces == EVERYWHERE for faces in found.values() if PRINT in faces)


def test_the_edition_of_this_test_has_every_section_and_fact_that_there_is(made: Made) -> None:
    phrases = (Path(__file__).parent.parent.parent / "scripts/dosje/phrases/en.yml").read_text(encoding="utf-8")
    for place, keys in (
        ("sections", {section.key for view in made.views.values() for section in view.sections if section.title}),
        ("facts", {fact.key for view in made.views.values() for fact in view.facts}),
    ):
        assert keys == set(re.findall(rf"^{place}\.([a-z-]+):", phrases, re.MULTILINE)) - {"cited"} | keys & {"cited"}


def test_notes_are_called_in_the_order_that_is_known_without_parsing_any_text(made: Made, tmp_path: Path) -> None:
    for name, text in EVERYTHING.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    linked = check_edition(tmp_path).linked
    assert linked is not None
    maker = ViewMaker(linked, {})
    for page in made.views:
        assert maker.labels(page) == made.views[page].of_face(PAGE).labels
        assert set(maker.labels(page)) == {call.label for call in linked.calls_by_page.get(page, ())}


def test_headings_within_sections_are_below_those_of_sections(made: Made) -> None:
    for view in made.views.values():
        for section in view.sections:
            levels = [block.level for block in section.blocks if isinstance(block, Heading)]
            assert all(level >= 2 for level in levels) or not section.title


def test_the_page_of_a_view_is_finished_html_that_no_parser_reads_again(made: Made) -> None:
    reader = FinishedPages(Markdown(extensions=["toc", "attr_list", "md_in_html"]))
    assert [page for page, text in made.texts[PAGE].items() if reader.read(text) is None] == []
