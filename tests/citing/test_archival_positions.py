"""Archival ibid as it is decided: what a note shares with the note before, and which note has the full reference.

The archives of the tables: fonds F. 14 of AQSH has the series OU (file 1 with the letters `a` and `b`, file 2 with `c`)
and MPKK (file 1 with `d`); fonds F. 14 of AQU, another archive that uses the same signs, has file 2 with `e`.
"""

from __future__ import annotations

import pytest

from dosje.citing.notes import PlacedCitation, place_notes
from dosje.citing.positions import Placement, decide_positions
from dosje.edition.calls import Call
from dosje.edition.holdings import ArchivalUnit
from dosje.reading.texts import Cited
from dosje.values.citations import parse_citation
from dosje.values.page_id import PageId

_SERIES = {
    "ou": (("ou", "fonds"), ("F. 14", "OU", "V. 1960")),
    "mpkk": (("mpkk", "fonds"), ("F. 14", "MPKK", "V. 1960")),
    "other": (("other", "other-fonds"), ("F. 14", "OU", "V. 1960")),
}
_FILES = {"file-1": ("ou", "D. 1"), "file-2": ("ou", "D. 2"), "file-3": ("mpkk", "D. 1"), "file-4": ("other", "D. 2")}
_ITEMS = {"a": "file-1", "b": "file-1", "c": "file-2", "d": "file-3", "e": "file-4"}


def unit_of(key: str) -> ArchivalUnit | None:
    """Return a unit of the two archives; None for a published work."""
    if key in _SERIES:
        return ArchivalUnit(key, False, *_SERIES[key])
    file = _ITEMS.get(key, key)
    if file not in _FILES:
        return None
    series, number = _FILES[file]
    chain, parts = _SERIES[series]
    return ArchivalUnit(key, key in _ITEMS, ((key,) if key in _ITEMS else ()) + (file, *chain), (*parts, number))


def decide(*notes: str) -> list[str]:
    """Return the placement of each cite: "first", or with what it shares, "first, in it D. 2" or "… , bare D. 2"."""
    calls = [[parse_citation(f"[{note}]").cites] for note in notes]
    return [say(placement) for note in decide_positions(calls, unit_of) for placement in note]


def say(placement: Placement) -> str:
    if placement.within is None:
        return placement.position
    return f"{placement.position}, {'bare' if placement.within.is_bare else 'in it'} {placement.within.rest}".rstrip()


@pytest.mark.parametrize(
    ("notes", "decided"),
    [
        (["@a", "@a"], ["first", "ibid, bare"]),
        (["@a, fl. 1", "@a, fl. 2"], ["first", "ibid-with-locator, bare"]),
        (["@a, fl. 1", "@a"], ["first", "subsequent"]),
        (["@a", "@b"], ["first", "first, in it"]),
        (["@a", "@c"], ["first", "first, in it D. 2"]),
        (["@a", "@d"], ["first", "first, in it MPKK, V. 1960, D. 1"]),
        (["@a", "@file-1, fl. 3"], ["first", "first, bare"]),
        (["@a", "@file-2, fl. 3"], ["first", "first, bare D. 2"]),
        (["@a", "@file-2"], ["first", "first, bare D. 2"]),
        (["@ou", "@a"], ["first", "first, in it D. 1"]),
        (["@a", "@ou, fl. 3"], ["first", "first, bare"]),
        (["@a, fl. 1; @b, fl. 2"], ["first", "first, in it"]),
    ],
)
def test_what_a_unit_shares_with_the_one_before_is_not_said_twice(notes: list[str], decided: list[str]) -> None:
    assert decide(*notes) == decided


@pytest.mark.parametrize("other", ["@e", "@e, fl. 3", "@file-4", "@file-4, fl. 3", "@other"])
def test_two_archives_with_the_same_signs_share_nothing(other: str) -> None:
    assert decide("@a", other) == ["first", "first"]


@pytest.mark.parametrize(("before", "bare"), [("@a", "@file-1"), ("@a", "@ou"), ("@file-1, fl. 3", "@ou")])
def test_a_wider_unit_without_a_leaf_is_named_because_ibid_alone_would_mean_the_one_before(
    before: str, bare: str
) -> None:
    assert decide(before, bare) == ["first", "first"]


def test_a_reference_that_only_begins_alike_is_read_in_full() -> None:
    units = {
        "a": ArchivalUnit("a", True, ("a", "file-1", "fonds"), ("F. 14/AP, OU", "D. 1")),
        "b": ArchivalUnit("b", True, ("b", "file-2", "fonds"), ("F. 14/AP-MPKK", "D. 1")),
    }
    notes = [[parse_citation("[@a]").cites], [parse_citation("[@b]").cites]]
    assert [say(*note) for note in decide_positions(notes, units.get)] == ["first", "first"]


def test_a_document_that_was_named_keeps_its_short_form() -> None:
    assert decide("@a", "@c", "@a", "@c") == ["first", "first, in it D. 2", "subsequent", "subsequent"]


def test_a_file_that_was_only_ibid_has_not_been_named() -> None:
    assert decide("@a", "@file-2, fl. 3", "@file-2, fl. 4", "@book", "@file-2, fl. 3", "@book", "@file-2") == [
        "first",
        "first, bare D. 2",
        "ibid-with-locator, bare",
        "first",
        "first",
        "subsequent",
        "subsequent",
    ]


def test_after_a_work_or_before_one_an_archive_is_named() -> None:
    assert decide("@a", "@book", "@b", "@book") == ["first", "first", "first", "subsequent"]


def test_a_note_that_names_two_units_is_not_meant_by_ibid() -> None:
    assert decide("@a; @c", "@b")[2:] == ["first"]


def fulls_of(*notes: str) -> list[list[int]]:
    """Return for each cite the number of the note to which "Full:" leads."""
    page = PageId("essay", "e")
    citations = [parse_citation(f"[{note}]") for note in notes]
    calls = [Call(page, ("body",), str(n), (Cited(citation, 0),), "") for n, citation in enumerate(citations, start=1)]
    parts = [note.parts[0] for note in place_notes(calls, unit_of)]
    placed = [part.cites for part in parts if isinstance(part, PlacedCitation)]
    assert all(cite.full_label == str(cite.full_number) for note in placed for cite in note)
    return [[cite.full_number for cite in note] for note in placed]


@pytest.mark.parametrize(
    ("notes", "fulls"),
    [
        (["@a", "@a"], [[1], [1]]),
        (["@a", "@b", "@c"], [[1], [1], [1]]),
        (["@a", "@b", "@book", "@b"], [[1], [1], [3], [2]]),
        (["@a", "@file-2, fl. 3", "@file-2, fl. 4"], [[1], [1], [1]]),
        (["@a", "@file-2, fl. 3", "@book", "@file-2", "@book", "@file-2"], [[1], [1], [3], [4], [3], [4]]),
        (["@a", "@file-2, fl. 3", "@file-2, fl. 4", "@book", "@file-2", "@book", "@file-2"],
         [[1], [1], [1], [4], [5], [4], [5]]),
        (["@book; @a", "@e", "@file-4, fl. 2"], [[1, 1], [2], [2]]),
    ],
)  # fmt: skip
def test_full_leads_to_a_note_that_names_archive_and_reference_never_to_a_bare_ibid(
    notes: list[str], fulls: list[list[int]]
) -> None:
    assert fulls_of(*notes) == fulls


def test_a_page_without_archival_ibid_has_csl_s_positions_alone() -> None:
    assert decide_positions([[parse_citation("[@a, fl. 1; @a, fl. 2]").cites]]) == [
        [Placement("first"), Placement("ibid-with-locator")]
    ]
