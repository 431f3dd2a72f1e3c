"""Places in sources: read whole or not at all, in the words of seven languages and in all their forms."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dosje.values.citations import find_unread_place, parse_citation
from dosje.values.locator_labels import LOCATOR_LABELS, NEW_LABELS, OUR_LABELS
from dosje.values.locators import FurtherPlace, Locator, format_locator, parse_locator

# CSL 1.0.2, Appendix III, "Locators".
CSL = {
    "act", "appendix", "article-locator", "book", "canon", "chapter", "column", "elocation", "equation", "figure",
    "folio", "issue", "line", "note", "opus", "page", "paragraph", "part", "rule", "scene", "section", "sub-verbo",
    "supplement", "table", "timestamp", "title-locator", "verse", "version", "volume",
}  # fmt: skip


def test_every_locator_of_csl_has_its_words_and_no_word_means_two() -> None:
    assert set(LOCATOR_LABELS) == CSL
    words = [word for words in (LOCATOR_LABELS | OUR_LABELS).values() for word in words]
    assert len(words) == len(set(words)) > 500
    assert NEW_LABELS < CSL


@pytest.mark.parametrize(
    ("written", "label", "whole"),
    [
        ("2:34", "page", "2:34"),
        ("12a–b", "page", "12a–b"),
        ("170--175", "page", "170–175"),
        ("171n5", "page", "171n5"),
        ("12ff.", "page", "12ff."),
        ("208f.", "page", "208f."),
        ("S. 12 f.", "page", "12 f."),
        ("p. A3", "page", "A3"),
        ("IV.2", "page", "IV.2"),
        ("12, and 13", "page", "12, and 13"),
        ("12 n. 3", "page", "12 n. 3"),
        ("vol. 2, p. 34", "volume", "2, p. 34"),
        ("vol. 2, p. 34, vol. 3, p. 5", "volume", "2, p. 34, vol. 3, p. 5"),
        ("bk. 6, ch. 3, v. 12", "book", "6, ch. 3, v. 12"),
        ("т. 2, с. 34", "volume", "2, с. 34"),
        ("Bd. 2, S. 34", "volume", "2, S. 34"),
        ("vëll. 2, fq. 34", "volume", "2, fq. 34"),
        ("roll 3, frames 12–15", "roll", "3, frames 12–15"),
        ("fl. 40, para. 3", "folio", "40, para. 3"),
        ("fl. 12/1", "folio", "12/1"),
        ("fol. 12r-v", "folio", "12r–v"),
        ("app. B", "appendix", "B"),
        ("Kap. IV", "chapter", "IV"),
        ("§§ 3, 5", "section", "3, 5"),
        ("№ 5", "issue", "5"),
        ("s.v. ‘Tirana’", "sub-verbo", "‘Tirana’"),
        ("min. 01:12:30", "timestamp", "01:12:30"),
        ("doc. 83", "other", "doc. 83"),
        ("pl. 4", "other", "pl. 4"),
        ("{special place 7}", "other", "special place 7"),
        ("{pp. iv, vi-xi, (xv)-(xvii)}", "page", "iv, vi–xi, (xv)–(xvii)"),
        ("unfol.", "unfoliated", "unfol."),
    ],
)
def test_a_place_is_read_whole(written: str, label: str, whole: str) -> None:
    (cite,) = parse_citation(f"[@a, {written}]").cites
    assert cite.locator is not None
    assert (cite.locator.label, cite.locator.whole, cite.suffix) == (label, whole, "")


@pytest.mark.parametrize(
    "written",
    ["12:x", "12xyz", "12-3rd", "fl. 12 bis 14", "12, 14xyz", "vol. 2, p. 3x4y", "fl. 3, 5-x", "1234567890123"],
)
def test_a_place_that_cannot_be_read_whole_is_not_read_at_all_and_is_found(written: str) -> None:
    (cite,) = parse_citation(f"[@a, {written}]").cites
    assert (cite.locator, cite.suffix) == (None, f", {written}")
    assert find_unread_place(cite) != ""


@pytest.mark.parametrize(
    ("written", "suffix"),
    [
        ("12, 24 June 1960", ", 24 June 1960"),  # a day is no page
        ("12, 3rd ed.", ", 3rd ed."),
        ("12 and more", "and more"),
        ("33 (my translation)", "(my translation)"),
        ("12 – see there", "– see there"),
        ("12, as of the 1960s", ", as of the 1960s"),
    ],
)
def test_what_an_author_says_behind_a_place_is_no_part_of_it(written: str, suffix: str) -> None:
    (cite,) = parse_citation(f"[@a, {written}]").cites
    assert cite.locator is not None
    assert (cite.locator.whole, cite.suffix, find_unread_place(cite)) == (re.split(r"\D", written)[0], suffix, "")


@pytest.mark.parametrize("written", ["24 June 1960", "3rd ed.", "in 1960", "1960s", "vi si legge", "{}, 99 years"])
def test_what_names_no_place_is_no_place_and_no_finding(written: str) -> None:
    (cite,) = parse_citation(f"[@a, {written}]").cites
    assert (cite.locator, find_unread_place(cite)) == (None, "")


@pytest.mark.parametrize(
    ("written", "leaves"),
    [("fl. 12 ff.", "12"), ("roll 3, fl. 12v", "12v"), ("fl. 12–13, para. 3", "12–13"), ("p. 12", ""), ("n. 3", "")],
)
def test_leaves_are_found_wherever_they_stand_in_a_place(written: str, leaves: str) -> None:
    locator, _ = parse_locator(f", {written}")
    assert locator is not None
    assert locator.leaves == leaves


def test_an_archives_own_words_are_read_for_its_sources() -> None:
    own = {"Bog.": "folio", "{}. fol.": "folio", "nr.": "folio"}
    assert parse_locator(", Bog. 12v, on this", own) == (Locator("folio", "12v"), ", on this")
    assert parse_locator(", 12–13. fol., on this", own) == (Locator("folio", "12–13"), ", on this")
    assert parse_locator(", nr. 12", own) == (Locator("folio", "12"), "")
    assert parse_locator(", nr. 12") == (Locator("issue", "12"), "")


# Written here by other rules than those that read them.
digits = st.integers(1, 99_999).map(str)
romans = st.sampled_from(["i", "iv", "xii", "xlix", "II", "VII", "XIV"])
counts = st.one_of(
    digits,
    st.builds("{}{}".format, digits, st.sampled_from(["a", "b", "A", "bis", "ter", "ff.", " ff.", "f.", " sq."])),
    st.builds("{}:{}".format, digits, digits),
    st.builds("{}/{}".format, digits, digits),
    st.builds("{}n{}".format, digits, digits),
    st.builds("A{}".format, digits),
)
labelled = counts | romans | st.sampled_from(["A", "B", "Z"])
plain = st.builds("{}{}".format, digits, st.sampled_from(["", "a", "bis"]))
ranges = st.builds(
    lambda one, dash, two: (f"{one}{dash}{two}", f"{one}–{two}"), plain, st.sampled_from(["–", "-", "--", " – "]), plain
)
ends = labelled.map(lambda one: (one, one)) | ranges
signs = st.sampled_from([", ", " & ", " and ", " und ", " et ", " и ", " dhe "])
WORDS = [
    (word, label)
    for label, words in (LOCATOR_LABELS | OUR_LABELS).items()
    for word in words
    if label not in ("sub-verbo", "unfoliated", "other")
]


@st.composite
def places(draw: st.DrawFn) -> tuple[str, str]:
    """Draw numbers behind a label: as written, and as they are to be read."""
    written, read = draw(ends)
    for sign in draw(st.lists(signs, max_size=2)):
        # A letter or roman number behind others is a word.
        one, tidy = draw(counts.map(lambda one: (one, one)) | ranges)
        written, read = f"{written}{sign}{one}", f"{read}{sign}{tidy}"
    return written, read


@given(
    st.sampled_from(WORDS), places(), st.sampled_from([", ", " "]), st.sampled_from(["", ", on this", " (mine)", "."])
)
def test_a_place_in_any_form_is_read_back_whole(
    word: tuple[str, str], place: tuple[str, str], sign: str, suffix: str
) -> None:
    written, read = place
    # Nobody sets a full stop behind that of "ff.".
    suffix = "" if written.endswith(".") and suffix == "." else suffix
    locator, rest = parse_locator(f"{sign}{word[0]} {written}{suffix}")
    assert locator is not None
    assert (locator.label, locator.written or locator.value, locator.further) == (word[1], read, ())
    assert rest == suffix
    assert parse_locator(f", {format_locator(locator)}") == (locator, "")


def test_a_page_that_would_look_like_a_day_is_written_with_its_label() -> None:
    locator, _ = parse_locator(", p. 1 pgs. 1000")
    assert locator is not None
    assert format_locator(locator) == "p. 1 pgs. 1000"


@given(st.sampled_from(WORDS), plain, st.sampled_from(WORDS), plain, st.sampled_from([", ", " "]))
def test_a_place_within_a_place_is_read_back_whole(
    outer: tuple[str, str], one: str, inner: tuple[str, str], two: str, sign: str
) -> None:
    locator, rest = parse_locator(f", {outer[0]} {one}{sign}{inner[0]} {two}")
    assert locator is not None
    assert rest == ""
    if outer[1] == inner[1] and sign == ", ":  # "fl. 3, fl. 9" repeats the label
        assert (locator.label, locator.further, locator.value) == (outer[1], (), f"{one}, {two}")
    else:
        assert (locator.label, locator.value) == (outer[1], one)
        assert locator.further == (FurtherPlace(sign, inner[0], inner[1], two),)
    assert parse_locator(f", {format_locator(locator)}") == (locator, "")


@given(
    st.text(
        st.characters(codec="utf-8", exclude_characters="{}[];@\\", exclude_categories=("Cc", "Cs", "Zl", "Zp")),
        min_size=1,
        max_size=20,
    )
)
def test_whatever_stands_in_braces_is_the_place(text: str) -> None:
    tidy = " ".join(text.split())
    locator, rest = parse_locator(f", {{{text}}}, on this")
    assert rest == ", on this"
    assert (locator is None) == (tidy == "")
    if locator is not None:
        assert parse_locator(f", {format_locator(locator)}") == (locator, "")
