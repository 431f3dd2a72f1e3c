"""Places in archives and references of works, as notes of many countries say them."""

from __future__ import annotations

from typing import Any

import pytest

from conftest import load_cases
from dosje.importing.descriptions import Description, read_description
from dosje.importing.names_read import read_name_list
from dosje.importing.shelves import read_shelf
from dosje.importing.work_references import read_work_reference

_FIELDS = ("archive", "short", "town", "fonds", "fonds_title", "series", "file", "box", "year", "leaf")


@pytest.mark.parametrize(("note", "said"), load_cases("shelves.yml"))
def test_a_place_in_an_archive_is_read(note: str, said: dict[str, str] | None) -> None:
    shelf = read_shelf(note, {"AQSH", "AM"})
    found = {name: getattr(shelf, name) for name in _FIELDS if getattr(shelf, name)} if shelf else None
    assert found == said


@pytest.mark.parametrize(("note", "item", "locator"), load_cases("work_references.yml"))
def test_a_work_is_read_in_the_styles_of_many_countries(note: str, item: dict[str, Any], locator: str) -> None:
    reference = read_work_reference(note)
    assert reference is not None
    assert (dict(reference.item), reference.locator) == (item, locator)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Kapo to Hoxha, 24 June 1960", Description("letter", "Kapo", "Hoxha", "1960-06-24", "Kapo to Hoxha")),
        (
            "Record of conversation between Dove and Pike, 5 May 1963",
            Description("transcript", date="1963-05-05", title="Record of conversation between Dove and Pike"),
        ),
        (
            "‘Fisheries Policy Study, Part II’, March 1962",
            Description(
                date="1962-03", title="Fisheries Policy Study, Part II", quoted="Fisheries Policy Study, Part II"
            ),
        ),
        (
            "Telegram from the Embassy in Moscow to the Department of State, 3 May 1961",
            Description(
                "telegram",
                "Embassy in Moscow",
                "Department of State",
                "1961-05-03",
                "Telegram from the Embassy in Moscow to the Department of State",
            ),
        ),
        ("Bericht über die Lage, 1960?", Description("report", date="1960?", title="Bericht über die Lage")),
    ],
)
def test_a_description_says_no_more_than_its_words(text: str, said: Description) -> None:
    assert read_description(text) == said


def test_names_in_any_order_are_read() -> None:
    ruud, holm = {"family": "Ruud", "given": "Per"}, {"family": "Holm", "given": "Eva"}
    for text in ("Per Ruud and Eva Holm", "Ruud, Per, and Eva Holm", "Ruud, Per/Holm, Eva", "RUUD, Per – HOLM, Eva"):
        assert read_name_list(text) == [ruud, holm]
    assert read_name_list("Vollrath von Maltzan") == [{"family": "von Maltzan", "given": "Vollrath"}]
    assert read_name_list("as he said in 1960") == []


def test_an_author_before_a_title_is_read_and_a_year_in_a_title_stays() -> None:
    assert read_description("Nesti Nase, Report on the talks, November 1960") == Description(
        "report", "Nesti Nase", date="1960-11", title="Report on the talks"
    )
    assert read_description("File 6 of 1960: the plenum").title == "File 6 of 1960: the plenum"


def test_the_largest_unit_comes_first_where_the_archive_stands_last() -> None:
    shelf = read_shelf("Report, F. 14/AP, OU, V. 1960, D. 6, fl. 38, AQSH, Tirana", {"AQSH"})
    assert shelf is not None
    assert (shelf.fonds, shelf.series, shelf.file, shelf.leaf) == ("14/AP", "OU", "6", "38")


@pytest.mark.parametrize(
    ("text", "author", "title"),
    [
        ("Nesti Nase (1960) Report on the talks", "Nesti Nase", "Report on the talks"),
        ("E. Hoxha, 7 juin 1960", "E. Hoxha", "E. Hoxha"),
        ("Moscow, 7 juin 1960", "", "Moscow"),  # a place, or a title
    ],
)
def test_who_wrote_a_document_is_read_where_nothing_else_can_be_meant(text: str, author: str, title: str) -> None:
    found = read_description(text)
    assert (found.author, found.title) == (author, title)
