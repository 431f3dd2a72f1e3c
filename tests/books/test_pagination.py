"""References to pages of a book: what is printed, and where it leads."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dosje.edition.pagination import (
    PrintedPlace,
    PrintedPlaces,
    fill_references,
    guess_places,
    many,
    pages,
    read_places,
    say_where,
    where,
)
from english import ENGLISH


def at(*numbers: int, volume: int = 0) -> list[PrintedPlace]:
    return [PrintedPlace(volume, number + 6, 70, 100, str(number)) for number in numbers]


def printed(expression: str) -> str:
    """Return what a reader sees of a list of pages."""
    runs = expression.split('"')[3].split("|")
    return ", ".join(re.sub(r"\d+:", "", run).replace("-", "–") for run in runs)


def test_what_a_set_book_reports_becomes_places_with_the_numbers_that_are_printed() -> None:
    report = {"first": 7, "marks": [["r:person/a", 9, 70, 120.5], ["i:person/a", 3, 70, 1], ["i:person/a", 7, 80, 2]]}
    assert read_places(report, 2) == {
        "r:person/a": [PrintedPlace(2, 9, 70, 120.5, "3")],
        "i:person/a": [PrintedPlace(2, 3, 70, 1, ""), PrintedPlace(2, 7, 80, 2, "1")],
    }


def test_a_page_is_named_with_its_volume_from_another() -> None:
    (place,) = at(41, volume=2)
    assert (say_where(place, ENGLISH, 2), say_where(place, ENGLISH, 1), say_where(at(3)[0], ENGLISH)) == (
        "p. 41",
        "vol. 2, p. 41",
        "p. 3",
    )


@pytest.mark.parametrize(
    ("numbers", "shown"),
    [([3], "3"), ([3, 3, 3], "3"), ([3, 4], "3–4"), ([3, 7, 8, 8, 9, 12], "3, 7–9, 12"), ([1, 3, 5], "1, 3, 5")],
)
def test_pages_that_follow_one_another_are_joined(numbers: list[int], shown: str) -> None:
    assert printed(fill_references(pages("i:x"), {0: {"i:x": at(*numbers)}}, ENGLISH)) == shown


def test_each_page_of_a_list_leads_to_the_first_place_on_it() -> None:
    filled = fill_references(pages("i:x"), {0: {"i:x": at(3, 3, 7, 8, 8)}}, ENGLISH)
    assert filled == 'page-list("i:x", "0:3|2:7-3:8")'


def test_pages_of_another_volume_are_named_and_lead_nowhere() -> None:
    known: dict[int, PrintedPlaces] = {1: {"i:x": at(3, volume=1)}, 2: {"i:x": at(5, 6, volume=2)}}
    assert fill_references(pages("i:x"), known, ENGLISH, 1) == 'page-list("i:x", "0:3|=vol. 2, 5–6")'
    assert fill_references(where("i:x"), {2: known[2]}, ENGLISH, 1) == '"vol.\u00a02, p.\u00a05"'


@pytest.mark.parametrize(
    ("numbers", "are_many"), [([3], "false"), ([3, 3], "false"), ([3, 4], "true"), ([3, 9], "true")]
)
def test_two_pages_are_many_even_in_one_run(numbers: list[int], are_many: str) -> None:
    assert fill_references(many("c:x"), {0: {"c:x": at(*numbers)}}, ENGLISH) == are_many


def test_what_stands_nowhere_has_no_pages() -> None:
    assert fill_references(f"cited-at({pages('c:x')})", {}, ENGLISH) == 'cited-at(page-list("c:x", ""))'


@given(st.lists(st.integers(1, 30), min_size=1, max_size=40).map(sorted))
def test_a_list_of_pages_has_each_page_and_no_other(numbers: list[int]) -> None:
    listed: set[int] = set()
    for part in printed(fill_references(pages("i:x"), {0: {"i:x": at(*numbers)}}, ENGLISH)).split(", "):
        first, _, last = part.partition("–")
        listed |= set(range(int(first), int(last or first) + 1))
    assert listed == set(numbers)


def test_before_a_book_is_set_pages_are_guessed_by_what_stands_before() -> None:
    one = 'part("part:A", "A")\nrefer-marked("r:b", "i:b", {})' + " " * 10_000 + 'marked("i:b", {})'
    guessed = guess_places(f'{one}\nentry("r:a", 2, opens: true, {{\nnote("n:c#1", {{}})\n')
    assert [place.number for place in guessed["i:b"]] == ["1", "2"]
    assert {name: places[-1].number for name, places in guessed.items()} == {"i:b": "2", "r:a": "2", "n:c#1": "3"}
