"""The lists as tables and CSV, and the order of letters in a language."""

from __future__ import annotations

import csv
import io

import pytest

from conftest import Edition
from dosje.checking.edition import check_edition
from dosje.values.collation import order_of
from dosje.values.page_id import PageId
from dosje.web.tables import Cell, Column, ListTable, defuse, make_table, to_csv
from english import ENGLISH


@pytest.mark.parametrize(
    ("locale", "expected"),
    [
        ("sq", "Cana Çami Dako Dhima Enver Ëngjëll Zog Zhupa"),
        ("en-GB", "Çami Cana Dako Dhima Ëngjëll Enver Zhupa Zog"),
        ("ro", "Sandu Suslov Șandru Titu Țepeș"),
        ("sv", "Adam Zorn Åberg Äng Öst"),
        ("pl", "Lange Lublin Łódź Mazur"),
        ("da", "Zahle Ærø Øst Åse"),
    ],
)
def test_names_stand_in_the_order_of_the_language(locale: str, expected: str) -> None:
    names = expected.split()
    assert sorted(set(names), key=order_of(locale)) == names


def test_a_shorter_name_stands_before_a_longer_one_and_other_scripts_behind() -> None:
    names = ["Li Xiannian", "Liu Ning-i", "Zhou", "Андропов", "Микоян"]
    assert sorted(set(names), key=order_of("en")) == names


def test_persons_are_listed_by_name_with_their_counts(edition: Edition) -> None:
    root = edition(
        {
            "content/persons/a.yml": "name: {family: Çami, given: A}\n",
            "content/persons/b.yml": "name: {family: Cana, given: B}\n",
            "content/sources/letter.yml": "type: letter\ntitle: L\nauthor: b\nrecipient: a\nseen: original\n",
            "mkdocs.yml": "site_name: A\nextra: {dosje: {locale: sq}}\n",
        }
    )
    linked = check_edition(root).linked
    assert linked is not None
    table = make_table(linked, lambda page: page.key, "persons")
    assert tuple(column.label for column in table.columns) == (
        "Emri",
        "Detyrat",
        "Takime",
        "Shkroi",
        "Mori",
        "Përmendet në",
    )
    assert table.rows == (
        ("b", (Cell("Cana, B", PageId("person", "b")), *map(Cell, ("", "0", "1", "0", "0")))),
        ("a", (Cell("Çami, A", PageId("person", "a")), *map(Cell, ("", "0", "0", "1", "0")))),
    )


def test_csv_is_read_back_as_it_was_and_no_cell_is_a_formula() -> None:
    texts = ('=1+1, "x"', "+1", "-1", "@a", "\ta", "line\nbreak", "Çami, A", "")
    table = ListTable("t", tuple(Column(one, one, False) for one in "abcdefgh"), (("key", tuple(map(Cell, texts))),))
    text = to_csv(table, ENGLISH)
    assert text.startswith("Key,a,b,c,d,e,f,g,h\r\n")
    assert list(csv.reader(io.StringIO(text, newline="")))[1] == ["key", *(defuse(one) for one in texts)]
    assert [defuse(one)[:1] for one in texts[:5]] == ["'"] * 5


def test_a_work_has_its_date_in_words_and_in_the_csv_as_a_machine_reads_it(edition: Edition) -> None:
    entries = {"a": "1960-06?", "b": "1960/1962", "c": "2011-23", "d": "1850~"}
    bib = "".join(f"@book{{{key}, title = {{{key}}}, date = {{{date}}}}}\n" for key, date in entries.items())
    linked = check_edition(edition({"bibliography/a.bib": bib + "@book{e, title = {e}, year = {Fall 2011}}\n"})).linked
    assert linked is not None
    rows = make_table(linked, lambda page: page.key, "sources").rows
    assert [(cells[2].text, cells[2].order) for _, cells in rows] == [
        ("June 1960 (uncertain)", "1960-06?"), ("1960–1962", "1960/1962"), ("Autumn 2011", "2011-23"),
        ("about 1850", "1850~"), ("Fall 2011", "2011-23"),
    ]  # fmt: skip
