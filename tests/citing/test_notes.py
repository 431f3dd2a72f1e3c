"""Notes: the cites of one page placed, the forms they ask for, and their words with locators."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dosje.citing.forms import Form
from dosje.citing.notes import (
    Note,
    PlacedCitation,
    PlacedCite,
    Wording,
    form_of,
    forms_of,
    place_notes,
    words_of_cite,
)
from dosje.citing.page_ranges import collapse_range
from dosje.citing.styles import Style
from dosje.edition.calls import Call
from dosje.reading.text_parsing import parse_text
from dosje.reading.texts import Markdown
from dosje.values.citations import Cite, parse_citation
from dosje.values.locators import Locator
from dosje.values.page_id import PageId
from dosje.values.stand_ins import FIRST_NUMBER, ONE, TWO
from dosje.values.words import Run

PAGE = PageId("essay", "e")


def make_style(page_range: str = "", has_ibid: bool = True) -> Style:
    return Style("a-style", "<style/>", "", "; ", ".", has_ibid, page_range, "fl.", "0")


def call(text: str) -> Call:
    """Return the call of the first note in `text`, labelled with its citation or its note's name."""
    blocks = parse_text(text).blocks
    pieces = blocks[0].pieces[:1] if len(blocks) == 1 else (*blocks[0].pieces[:1], *blocks[1].pieces)
    return Call(PAGE, ("body",), text.split("]", maxsplit=1)[0].strip("[@^"), pieces, "")


def cite(text: str) -> Cite:
    return parse_citation(f"[{text}]").cites[0]


# The examples of the Chicago Manual of Style (9.61 of the 17th edition) and of CSL's appendix on page ranges.
RANGES = {
    "chicago-16": "3–10 71–72 96–117 100–104 600–613 1100–1123 107–8 505–17 1002–6 321–25 415–532 1087–89 "
    "1496–500 11564–615 12991–3001",
    "chicago": "3–10 71–72 96–117 100–104 600–613 1100–1123 107–8 505–17 1002–6 321–28 1087–89 1496–1504 2787–2816 "
    "11564–68 13792–803",
    "minimal": "3–10 71–2 96–117 100–4 107–8 321–8 1087–9 1496–500 2787–816",
    "minimal-two": "3–10 42–45 71–72 96–117 100–04 107–08 321–28 1087–89 1496–500 2787–816",
    "expanded": "3–10 71–72 96–117 100–104 107–108 321–328 1087–1089 1496–1500",
}


def placed(text: str, position: str) -> PlacedCite:
    return PlacedCite(cite(text), position, "a", 12)  # type: ignore[arg-type]


@pytest.mark.parametrize(("page_range", "printed"), [(f, r) for f, rs in RANGES.items() for r in rs.split()])
def test_a_range_of_pages_is_printed_as_the_style_s_format_has_it(page_range: str, printed: str) -> None:
    first, last = printed.split("–")
    whole = last if len(last) >= len(first) else first[: -len(last)] + last
    assert collapse_range(first, whole, page_range) == printed
    # However short the author wrote it.
    assert collapse_range(first, last, page_range) == printed


@pytest.mark.parametrize("written", ["3–10", "321–328", "321–28", "321–8", "1496–500"])
def test_without_a_format_a_range_stays_as_it_was_written(written: str) -> None:
    first, last = written.split("–")
    assert collapse_range(first, last, "") == written


@pytest.mark.parametrize("page_range", [*RANGES, "chicago-15"])
def test_a_range_that_runs_backwards_stays_as_it_was_written(page_range: str) -> None:
    assert collapse_range("17", "5", page_range) == "17–5"


@given(st.integers(1, 99999), st.integers(0, 99999), st.sampled_from([*RANGES, "chicago-15", ""]))
def test_a_shortened_range_still_names_the_same_pages(first: int, more: int, page_range: str) -> None:
    printed = collapse_range(str(first), str(first + more), page_range)
    shown = printed.split("–")
    assert collapse_range(shown[0], shown[1], "expanded") == f"{first}–{first + more}"


def test_notes_are_numbered_by_their_calls_and_know_the_note_with_the_full_form() -> None:
    notes = place_notes([call("[@a, fl. 3]"), call("[@b]"), call("[@b; @a, fl. 4]")])
    a3, b, b_again, a4 = cite("@a, fl. 3"), cite("@b"), *parse_citation("[@b; @a, fl. 4]").cites
    assert notes == (
        Note("a, fl. 3", 1, (PlacedCitation((PlacedCite(a3, "first", "a, fl. 3", 1),)),), False),
        Note("b", 2, (PlacedCitation((PlacedCite(b, "first", "b", 2),)),), False),
        Note(
            "b; @a, fl. 4",
            3,
            (PlacedCitation((PlacedCite(b_again, "ibid", "b", 2), PlacedCite(a4, "subsequent", "a, fl. 3", 1))),),
            False,
        ),
    )


def test_a_hand_written_note_keeps_its_text_around_its_citations() -> None:
    (note,) = place_notes([call("[^x]\n\n[^x]: Thus [@a, 5], but [@a, 6].")])
    assert note == Note(
        "x",
        1,
        (
            Markdown("Thus ", 12),
            PlacedCitation((PlacedCite(cite("@a, 5"), "first", "x", 1),)),
            Markdown(", but ", 24),
            PlacedCitation((PlacedCite(cite("@a, 6"), "ibid-with-locator", "x", 1),)),
            Markdown(".", 37),
        ),
        True,
    )


def test_a_hand_written_note_without_citation_counts_and_parts_what_stands_around_it() -> None:
    notes = place_notes([call("[@a]"), call("[^x]\n\n[^x]: A word on this."), call("[@a]")])
    assert [note.number for note in notes] == [1, 2, 3]
    assert notes[2].parts == (PlacedCitation((PlacedCite(cite("@a"), "subsequent", "a", 1),)),)


def test_no_calls_make_no_notes() -> None:
    assert place_notes([]) == ()


@pytest.mark.parametrize(
    ("text", "position", "has_ibid", "form"),
    [
        ("@a", "first", True, Form("a", "first")),
        ("@a, 171", "first", True, Form("a", "first", "page")),
        ("@a, 171–79", "subsequent", True, Form("a", "subsequent", "page", True)),
        ("@a, 171, 179", "ibid", True, Form("a", "ibid", "page", True)),
        ("@a, nn. 4–6", "ibid-with-locator", True, Form("a", "ibid-with-locator", "note", True)),
        ("@a", "ibid", False, Form("a", "subsequent")),
        ("@a, n. 4", "ibid-with-locator", False, Form("a", "subsequent", "note")),
        # "fl." is said of one leaf and of many.
        ("@a, fl. 9–20", "first", True, Form("a", "first", "folio")),
    ],
)
def test_a_form_is_the_position_and_the_kind_of_locator(text: str, position: str, has_ibid: bool, form: Form) -> None:
    assert form_of(placed(text, position), make_style(has_ibid=has_ibid)) == form


def test_the_forms_of_notes_hold_the_full_one_of_each_for_its_card() -> None:
    notes = place_notes([call("[@a]"), call("[@a]"), call("[^x]\n\n[^x]: See [@b, 3; @a, fl. 4].")])
    assert forms_of(notes, make_style()) == {
        Form("a", "first"),
        Form("a", "ibid"),
        Form("b", "first", "page"),
        Form("a", "subsequent", "folio"),
        Form("a", "first", "folio"),
    }


@pytest.mark.parametrize(
    ("text", "form", "printed"),
    [
        ("@a", "Kapo", "Kapo"),
        ("@a, fl. 9–20", f"Kapo, fl. {ONE}", "Kapo, fl. 9–20"),
        ("@a, fl. 3r, 9", f"Kapo, fl. {ONE}", "Kapo, fl. 3r, 9"),
        ("@a, 171", f"Kapo, p. {ONE}", "Kapo, p. 171"),
        ("@a, 171–179", f"Kapo, pp. {ONE}–{TWO}", "Kapo, pp. 171–79"),
        ("@a, 3, 171–179 & 200", f"Kapo, pp. {ONE}–{TWO}", "Kapo, pp. 3, 171–79 & 200"),
        ("@a, p. xi–xii", f"Kapo, pp. {ONE}–{TWO}", "Kapo, pp. xi–xii"),
        ("@a, nn. 321–328", f"Kapo, nn. {ONE}–{TWO}", "Kapo, nn. 321–328"),
        # French sets a no-break hyphen between pages.
        ("@a, 171–179", f"Kapo, p. {ONE}\u2011{TWO}", "Kapo, p. 171\u201179"),
        ("@a, 171", f"Kapo (n {FIRST_NUMBER}), {ONE}", "Kapo (n 12), 171"),
    ],
)
def test_the_words_of_a_cite_have_its_own_locator_and_note_in_them(text: str, form: str, printed: str) -> None:
    style = make_style("chicago-16")
    placed_cite = placed(text, "subsequent")
    wording = Wording(style, {form_of(placed_cite, style): (Run(form, ("em",)),)}, False)
    assert words_of_cite(placed_cite, wording) == (Run(printed, ("em",)),)


def test_a_locator_of_many_is_plural() -> None:
    written = ("3", "9–20", "3, 9", "3 & 9", "3 and 9", "xi")
    assert [Locator("page", value).is_plural for value in written] == [False, True, True, True, True, False]
