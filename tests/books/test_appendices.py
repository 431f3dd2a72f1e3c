"""The lists and drawings at the end of a book: all is drawn, each drawing fits on a page, links lead somewhere."""

from __future__ import annotations

import re
from datetime import date, timedelta
from io import BytesIO
from xml.etree import ElementTree

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Edition, set_book
from dosje.books.appendices import ON_PAPER, make_appendices, pages_of
from dosje.books.book import BookMaker
from dosje.checking.edition import check_edition
from dosje.drawing.matrix import MOST_COLUMNS, MOST_ROWS, MatrixHeading, cut, draw_matrix
from dosje.drawing.svg import height_of
from dosje.drawing.timeline import Mark, draw_timeline
from dosje.values.dates import parse_edtf
from dosje.values.page_id import PageId
from drawn import SVG, all_pages, drawings, link, links
from english import ENGLISH
from invented import MEETINGS


def test_a_volume_draws_its_own_records_only(edition: Edition) -> None:
    linked = link(edition(MEETINGS))
    volume = {PageId("meeting", "m1"), *(PageId("person", key) for key in ("ada", "bo", "cy", "dee"))}
    found = {appendix.title: appendix for appendix in make_appendices(linked, volume, is_whole=True)}
    assert list(found) == ["Chronology", "Who was in the room"]
    assert links(drawings(found["Chronology"])[0]) == ["meeting/m1"]


def test_an_edition_without_dates_and_places_has_no_empty_list(edition: Edition) -> None:
    linked = link(edition({"content/pages/about.md": "---\ntitle: About\n---\nNothing.\n"}))
    assert make_appendices(linked, all_pages(linked), is_whole=True) == ()


dates = st.dates(date(1900, 1, 1), date(2000, 12, 31))


@given(st.lists(dates, min_size=1, max_size=300), st.integers(0, 400))
def test_however_many_dates_there_are_each_is_drawn_once_and_no_drawing_is_too_high(
    days: list[date], spread: int
) -> None:
    first = days[0]
    close = [first + timedelta(day.toordinal() % (spread + 1)) for day in days]
    marks = [Mark(parse_edtf(str(day)), "x", f"{day}: x", "", "meeting", str(n)) for n, day in enumerate(sorted(close))]
    pages = list(pages_of(marks, ENGLISH))
    assert [mark.key for page in pages for mark in page] == [mark.key for mark in marks]
    assert all(height_of(draw_timeline(page, "", ENGLISH, ON_PAPER)) <= 640 for page in pages)


headings = st.integers(1, 120)


@given(headings, headings, st.sets(st.tuples(st.integers(0, 119), st.integers(0, 119)), min_size=1, max_size=200))
def test_a_table_too_large_for_a_page_is_cut_so_that_each_sign_is_drawn_once(
    columns: int, rows: int, signs: set[tuple[int, int]]
) -> None:
    across = [MatrixHeading(f"c{n}", f"C{n}", "", "") for n in range(columns)]
    down = [MatrixHeading(f"r{n}", f"R{n}", "", "") for n in range(rows)]
    cells = {(f"r{row % rows}", f"c{column % columns}"): ["present"] for row, column in signs}
    drawn: list[tuple[str, str]] = []
    for own, kept in cut(across, down, cells):
        assert len(own) <= MOST_COLUMNS
        assert len(kept) <= MOST_ROWS
        drawn += [(r.key, c.key) for r in kept for c in own if (r.key, c.key) in cells]
        assert height_of(draw_matrix(own, kept, cells, "x")) <= 760
    assert sorted(drawn) == sorted(cells)


def test_the_links_of_a_drawing_lie_over_it_in_the_pdf(edition: Edition) -> None:
    checked = check_edition(edition(MEETINGS))
    assert checked.linked and checked.style
    book = BookMaker(checked.linked, checked.style).make()
    expected = {f"dosje:r:{target}" for part in book.appendices for one in drawings(part) for target in links(one)}
    with pikepdf.open(BytesIO(set_book(book).data)) as pdf:
        # The drawings stand behind all entries; where a list leads is not a drawing's.
        first = next(n for n, page in enumerate(pdf.pages) if "dosje:r:meeting/m1" in _led(page))
        led = {said: box for page in list(pdf.pages)[first:] for said, box in _led(page).items()}
        page_box = [float(side) for side in pdf.pages[0].mediabox]
    assert expected and expected <= led.keys()
    for left, bottom, right, top in led.values():
        assert page_box[0] < left < right < page_box[2] and page_box[1] < bottom < top < page_box[3]


def _led(page: pikepdf.Page) -> dict[str, list[float]]:
    """Return where the links of a page lie, by where they lead; each now leads to a place of the file."""
    found: list[pikepdf.Object] = list(page.get("/Annots", ()))
    return {str(one.get("/Contents")): [float(side) for side in one.Rect] for one in found if "/Dest" in one}


@pytest.mark.parametrize("sign", ["present", "observer", "invited", "absent", "uncertain"])
def test_each_part_has_a_sign_of_its_own(sign: str) -> None:
    heading = [MatrixHeading("a", "A & <b>", "A & <b>", "person/a")]
    svg = draw_matrix(heading, heading, {("a", "a"): [sign]}, "x")
    ElementTree.fromstring(svg)
    shapes = {
        one: re.sub(r"[\d.-]+", "", draw_matrix(heading, heading, {("a", "a"): [one]}, "x"))
        for one in ("present", "observer", "invited", "absent", "uncertain")
    }
    assert [one for one, shape in shapes.items() if shape == shapes[sign]] == [sign]


def test_drawings_in_the_pdf_have_words_and_hostile_names_stay_names(edition: Edition) -> None:
    hostile = '</text></svg>"]#x $x$ \\u{1} &amp; <b>'
    files = MEETINGS | {"content/persons/ada.yml": f"name: {{family: '{hostile}'}}\n"}
    checked = check_edition(edition(files))
    assert checked.linked and checked.style
    book = BookMaker(checked.linked, checked.style).make()
    made = set_book(book)
    with pikepdf.open(BytesIO(made.data)) as pdf:
        spoken = [str(o.get("/Alt")) for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/Alt" in o]
    assert any("3 dates" in words for words in spoken)
    assert any("persons and 3 meetings" in words for words in spoken)
    for title in ("Who was in the room", "Chronology"):
        appendix = next(appendix for appendix in book.appendices if appendix.title == title)
        shown = [title.text for d in drawings(appendix) for title in ElementTree.fromstring(d.svg).iter(f"{SVG}title")]
        assert (hostile.replace('"', "”") in shown) == (title == "Who was in the room")
