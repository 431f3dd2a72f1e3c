"""The footnotes in other hands, against which the reading of notes is measured: what they must say of themselves."""

from __future__ import annotations

from typing import Any

import yaml

from conftest import CASES

_OF_A_UNIT = {
    "archive",
    "fonds",
    "series",
    "file",
    "box",
    "year",
    "leaf",
    "type",
    "author",
    "recipient",
    "date",
    "title",
}
_OF_A_WORK = {
    *("type", "author", "editor", "title", "container", "volume", "place", "publisher", "year", "pages", "locator"),
}  # fmt: skip


def _read(name: str) -> dict[str, Any]:
    # BaseLoader, because the truth of a date is its text.
    return dict(yaml.load((CASES / name).read_text(encoding="utf-8"), Loader=yaml.BaseLoader))


OPEN, KEPT_BACK = _read("foreign_footnotes.yml"), _read("foreign_footnotes_kept_back.yml")


def test_there_are_more_than_sixty_footnotes_in_other_hands_and_half_of_them_are_kept_back() -> None:
    numbers = (len(OPEN["notes"]), len(KEPT_BACK["notes"]))
    assert sum(numbers) >= 60
    assert abs(numbers[0] - numbers[1]) <= 2


def test_no_footnote_stands_twice() -> None:
    notes = [note["note"] for half in (OPEN, KEPT_BACK) for note in half["notes"]]
    assert len(set(notes)) == len(notes)


def test_each_footnote_says_where_its_form_was_seen_and_each_place_is_used() -> None:
    for half in (OPEN, KEPT_BACK):
        assert {note["seen"] for note in half["notes"]} == set(half["seen"])


def test_what_a_footnote_is_to_be_read_as_has_known_fields_alone() -> None:
    for note in [*OPEN["notes"], *KEPT_BACK["notes"]]:
        assert note["cites"], note["note"]
        for cite in note["cites"]:
            names, known = (cite["work"], _OF_A_WORK) if "work" in cite else (cite, {*_OF_A_UNIT, "ibid"})
            assert set(names) <= known, note["note"]
