"""The position of every citation: a table of notes and what CSL 1.0.2 calls each of their cites."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import load_cases
from dosje.citing.positions import decide_positions
from dosje.values.citations import Cite, parse_citation

CASES: list[dict[str, Any]] = load_cases("positions.yml")


def read_cite(text: str) -> Cite:
    """Return the cite that "see a, fl. 3" stands for; the key is a single letter."""
    return parse_citation("[" + re.sub(r"\b([a-d])\b", r"@\1", text, count=1) + "]").cites[0]


def read_note(note: list[Any]) -> list[list[Cite]]:
    """Return the citations of a note: a list of cites is one, a list of such lists is written by hand."""
    citations = note if note and isinstance(note[0], list) else [note] if note else []
    return [[read_cite(cite) for cite in citation] for citation in citations]


def decide(notes: list[list[Cite]]) -> list[list[str]]:
    """Return CSL's positions of notes of one citation each, or none, in the shape of the notes."""
    return decide_all([[note] if note else [] for note in notes])


def decide_all(notes: list[list[list[Cite]]]) -> list[list[str]]:
    """Return CSL's positions of notes of any number of citations."""
    decided = decide_positions(notes)
    assert all(placement.within is None for note in decided for placement in note)
    return [[placement.position for placement in note] for note in decided]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_positions_of_notes_are_those_of_the_table(case: dict[str, Any]) -> None:
    assert decide_all([read_note(note) for note in case["notes"]]) == case["positions"]


cites = st.sampled_from(["a", "b", "a, fl. 3", "a, fl. 4", "b, 171"]).map(read_cite)
pages = st.lists(st.lists(cites, max_size=3), max_size=8)


@given(pages)
def test_each_source_of_a_page_is_first_exactly_once_and_before_all_else(notes: list[list[Cite]]) -> None:
    seen: dict[str, list[str]] = {}
    for note, positions in zip(notes, decide(notes), strict=True):
        for cite, position in zip(note, positions, strict=True):
            seen.setdefault(cite.key, []).append(position)
    assert all(positions[0] == "first" and positions.count("first") == 1 for positions in seen.values())


@given(pages, pages)
def test_notes_that_follow_change_no_position(notes: list[list[Cite]], more: list[list[Cite]]) -> None:
    assert decide([*notes, *more])[: len(notes)] == decide(notes)
