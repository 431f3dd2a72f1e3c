"""Folios: reading and printing leaves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dosje.values.folios import Folios, format_folios, parse_folios

sides = st.sampled_from(["", "r", "v"])
leaves = st.integers(1, 999_999)


@st.composite
def runs(draw: st.DrawFn) -> Folios:
    first, last = sorted([(draw(leaves), draw(sides)), (draw(leaves), draw(sides))])
    return Folios(first[0], last[0], first[1], last[1])


@given(st.lists(runs(), min_size=1).map(tuple))
def test_folios_are_read_as_they_are_printed(value: tuple[Folios, ...]) -> None:
    assert parse_folios(format_folios(value)) == value


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("9", "9"),
        ("9-20", "9–20"),
        ("9 — 20", "9–20"),
        ("3R–4v", "3r–4v"),
        ("fl. 9–20, 25", "9–20, 25"),
        ("ff. 3 and 5; 7 & 9", "3, 5, 7, 9"),
        ("fol. 3, fol. 9", "3, 9"),
        ("9–9", "9"),
    ],
)
def test_folios_are_printed_in_one_form(text: str, printed: str) -> None:
    assert format_folios(parse_folios(text)) == printed


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", '"" cannot be read as folios'),
        ("many", '"many" cannot be read as folios'),
        ("0", '"0" cannot be read as folios'),
        ("1-2-3", '"1-2-3" cannot be read as folios'),
        ("9–", '"9–" cannot be read as folios'),
        ("٣", '"٣" cannot be read as folios'),
        ("20–9", '"20–9" runs backwards'),
        ("3v–3r", '"3v–3r" runs backwards'),
    ],
)
def test_what_are_no_folios_is_said(text: str, message: str) -> None:
    with pytest.raises(ValueError) as caught:
        parse_folios(text)
    assert str(caught.value) == message


def test_a_run_contains_every_leaf_between_its_ends_whatever_the_side() -> None:
    whole = Folios(9, 20)
    assert whole.contains(Folios(9, 20, "v", "r"))
    assert not whole.contains(Folios(8, 9))
    assert not whole.contains(Folios(20, 21))


def test_runs_overlap_if_they_share_a_leaf() -> None:
    assert Folios(9, 20).overlaps(Folios(20, 21))
    assert not Folios(9, 20).overlaps(Folios(21, 22))
