"""The leaves of a file: stretches of which the same is known, and their picture."""

from __future__ import annotations

import re
from itertools import pairwise
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from dosje.edition.leaves import Stretch, cover, draw
from dosje.values.folios import Folios, parse_folios


def stretch(leaves: str, items: str = "", cites: int = 0) -> Stretch:
    return Stretch(parse_folios(leaves)[0], tuple(items.split()), cites)


def test_documents_overlaps_citations_and_gaps_each_have_their_stretch() -> None:
    items = [("radiograms", parse_folios("1–15")), ("notes", parse_folios("9–20"))]
    cites = [parse_folios("4"), parse_folios("9–20"), parse_folios("30–31")]
    assert cover(items, cites) == (
        stretch("1–3", "radiograms"),
        stretch("4", "radiograms", 1),
        stretch("5–8", "radiograms"),
        stretch("9–15", "radiograms notes", 1),
        stretch("16–20", "notes", 1),
        stretch("21–29"),
        stretch("30–31", "", 1),
    )


def test_the_extent_of_the_file_shows_what_lies_before_and_after() -> None:
    assert cover([], [parse_folios("3")], parse_folios("1–5")) == (stretch("1–2"), stretch("3", "", 1), stretch("4–5"))


def test_a_citation_of_two_runs_counts_once() -> None:
    assert cover([], [parse_folios("3, 4")]) == (stretch("3–4", "", 1),)


def test_of_a_file_of_which_no_leaf_is_known_there_is_nothing_to_show() -> None:
    assert cover([("a", ())], [()]) == ()


runs = st.tuples(st.integers(1, 60), st.integers(0, 20)).map(lambda pair: Folios(pair[0], pair[0] + pair[1]))


@given(st.lists(st.tuples(st.sampled_from("abc"), st.lists(runs, max_size=2))), st.lists(st.lists(runs, max_size=3)))
def test_stretches_follow_one_another_and_each_leaf_has_its_own(
    items: list[tuple[str, list[Folios]]], cites: list[list[Folios]]
) -> None:
    found = cover(items, cites)
    for before, after in pairwise(found):
        assert after.leaves.first == before.leaves.last + 1
        assert (before.items, before.cites) != (after.items, after.cites)
    for one in found:
        for leaf in range(one.leaves.first, one.leaves.last + 1):
            there = Folios(leaf, leaf)
            assert set(one.items) == {key for key, own in items if any(run.contains(there) for run in own)}
            assert one.cites == sum(any(run.contains(there) for run in own) for own in cites)


def test_the_picture_is_sound_and_says_what_it_shows() -> None:
    svg = draw((stretch("1–15", "a b", 2), stretch("16–20")), 'Leaves of "file" <4>')
    picture = ElementTree.fromstring(svg)
    assert picture.get("aria-label") == 'Leaves of "file" <4>'
    assert [rect.get("class") for rect in picture.iter("rect")] == ["dosje-leaves-both", "dosje-leaves-cited"]
    assert re.findall(r">(\d+)</text>", svg) == ["1", "20"]
