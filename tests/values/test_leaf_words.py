"""How an archive writes leaves: labels, sides, several leaves, pages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dosje.values.citations import find_unread_place, format_citation, parse_citation
from dosje.values.folios import LEAF_LABELS, Folios, format_folios, parse_folios
from dosje.values.leaf_words import LeafWords, print_place
from dosje.values.locators import Locator

RUSSIAN = LeafWords("л.", "лл.", verso=" об.")
PAGED = LeafWords("Bl.", page="S.", pages="SS.", counted_in="pages")


@pytest.mark.parametrize(
    ("written", "label", "value"),
    [
        ("fo. 12", "folio", "12"),
        ("f 12", "folio", "12"),
        ("fl 12", "folio", "12"),
        ("л 12", "folio", "12"),
        ("л. 12об.", "folio", "12v"),
        ("Л. 12–13, л. 15", "folio", "12–13, 15"),
        ("Bl. 12 Rs.", "folio", "12v"),
        ("Bl. 12 Vs.–13 Rs.", "folio", "12r–13v"),
        ("fol. 12bis", "folio", "12bis"),
        ("ff. 12 recto", "folio", "12r"),
        ("fol. 12 ff.", "folio", "12 ff."),
        ("fol. 12r–v°", "folio", "12r–v"),
        ("fol. 12^r^", "folio", "12r"),
        ("л. 12ᵛ", "folio", "12v"),
        ("Bl. 12/1", "folio", "12/1"),
        ("fl. 12A", "folio", "12A"),
        ("dok. 12", "other", "dok. 12"),
        ("k. 12a", "folio", "12a"),
        ("frame 123", "frame", "123"),
        ("Image 0184", "frame", "0184"),
        ("unfol.", "unfoliated", "unfol."),
        ("S. 13–15", "page", "13–15"),
    ],
)
def test_a_leaf_is_read_in_the_language_of_its_archive(written: str, label: str, value: str) -> None:
    (cite,) = parse_citation(f"[@a, {written}]").cites
    assert (cite.locator, cite.suffix) == (Locator(label, value), "")


@pytest.mark.parametrize("written", ["s. 12", "xyz. 12", "Bl. 12 bis 14", "fol. 12–14xyz", "fol. 12r–x°", "fol 12xyz"])
def test_what_looks_like_a_leaf_and_is_not_read_is_found(written: str) -> None:
    (cite,) = parse_citation(f"[@a, {written}]").cites
    assert find_unread_place(cite) != ""


@pytest.mark.parametrize("written", ["on that", "fl. 3, on that", "see 1960", "fl. 3 and others", "p. 12, note 3"])
def test_what_an_author_says_behind_a_key_is_not_taken_for_a_leaf(written: str) -> None:
    assert find_unread_place(parse_citation(f"[@a, {written}]").cites[0]) == ""


@pytest.mark.parametrize(
    ("words", "written", "printed"),
    [
        (RUSSIAN, "fl. 12v", "л. 12 об."),
        (RUSSIAN, "fl. 12r–13v", "лл. 12r–13 об."),
        (LeafWords("{}. fol."), "fl. 3–4", "3–4. fol."),
        (LeafWords("fl.", frame="Image"), "frame 0184", "Image 0184"),
        (LeafWords("fl."), "unfol.", "unfol."),
        (PAGED, "13", "S. 13"),
        (PAGED, "13–15", "SS. 13–15"),
        (LeafWords("fl."), "13", ""),  # a page is the style's own matter
    ],
)
def test_a_place_is_written_as_the_archive_does(words: LeafWords, written: str, printed: str) -> None:
    locator = parse_citation(f"[@a, {written}]").cites[0].locator
    assert locator is not None
    assert print_place(locator, words) == printed


@pytest.mark.parametrize(
    ("words", "folios", "printed"),
    [
        (RUSSIAN, "12", "л. 12"),
        (RUSSIAN, "12–13v", "лл. 12–13 об."),
        (RUSSIAN, "12r–12v", "л. 12r–12 об."),
        (PAGED, "9–20", "SS. 9–20"),
    ],
)
def test_the_leaves_of_a_document_have_the_label_of_what_is_counted(
    words: LeafWords, folios: str, printed: str
) -> None:
    assert words.print_runs(parse_folios(folios)) == printed


leaves = st.builds(
    lambda number, mark, side: Folios(number, number, side, side, mark, mark),
    st.integers(1, 999_999),
    st.sampled_from(["", "a", "e", "bis", "ter", "quater"]),
    st.sampled_from(["", "r", "v"]),
)


@given(st.lists(leaves, min_size=1, max_size=4).map(tuple))
def test_leaves_with_marks_and_sides_are_read_back_as_they_are_written(runs: tuple[Folios, ...]) -> None:
    assert parse_folios(format_folios(runs)) == runs


@given(st.sampled_from(LEAF_LABELS), leaves)
def test_each_label_of_a_leaf_is_read_and_written_back(label: str, leaf: Folios) -> None:
    citation = parse_citation(f"[@a, {label} {leaf}]")
    assert citation.cites[0].locator == Locator("folio", str(leaf))
    assert parse_citation(format_citation(citation)).cites[0].locator == Locator("folio", str(leaf))
