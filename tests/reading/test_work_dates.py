"""The dates of published works: every form that biblatex allows, and years in words."""

from __future__ import annotations

import pytest

from conftest import load_cases
from dosje.reading.bibliography import join_files, read_bib
from dosje.reading.work_dates import date_in_fields, is_biblatex_date, read_date
from dosje.values.findings import format_findings

CASES = load_cases("work_dates.yml")


@pytest.mark.parametrize(("fields", "edtf", "words", "note"), CASES)
def test_a_date_is_read_as(fields: dict[str, str], edtf: str, words: str, note: str) -> None:
    found = date_in_fields(fields)
    assert found is not None
    said = found.words if found.is_read else f"? {found.words}"
    assert (found.edtf.text if found.edtf else "", said) == (edtf, words)


def test_an_entry_without_a_date_has_none() -> None:
    assert date_in_fields({"title": "T"}) is None


def test_the_year_is_the_first_and_a_decade_has_none() -> None:
    years = [
        read_date(text).year for text in ("1850/1852", "../1850", "185X", "c. 1850", "in press", "-0044", "[1850]")
    ]
    assert years == ["1850", "1850", "", "1850", "", "", "1850"]


def test_what_biber_reads_as_a_date() -> None:
    dates = ("1850", "185X", "1850/..", "1850-21", "-0044", "1850~", "Fall 2011", "[1850]", "[1850,1851]", "c. 1850")
    assert [is_biblatex_date(text) for text in dates] == [True] * 6 + [False] * 4


WHOLE = """@string{pub = "Reed"}
@collection{whole, title = {W}, publisher = pub, year = 1980, month = mar}
@xdata{more, date = {1970}}
"""
PARTS = """@incollection{part, title = {P}, crossref = {whole}}
@incollection{own, title = {P}, year = {1990}, crossref = {whole}}
@book{x, title = {X}, xdata = {more}, publisher = pub}
@book{far, title = {F}, xdata = {x}}
"""


def test_a_date_is_inherited_whole_also_from_another_file() -> None:
    bibs = [read_bib(text, name)[0] for name, text in (("a.bib", WHOLE), ("b.bib", PARTS))]
    joined, findings = join_files(bibs)
    assert format_findings(findings) == ""
    assert {work.key: str(work.date) for bib in joined for work in bib.works} == {
        "whole": "1980-03",
        "part": "1980-03",
        "own": "1990",
        "x": "1970",
        "far": "1970",
    }


def test_what_a_file_takes_from_others_is_lent_to_it_and_its_lines_keep_their_numbers() -> None:
    first, second = join_files([read_bib(text, name)[0] for name, text in (("a.bib", WHOLE), ("b.bib", PARTS))])[0]
    assert first.whole_text == WHOLE
    assert second.whole_text == f'@string{{pub = "Reed"}} {PARTS}\n{WHOLE}'


def test_what_no_file_has_is_a_finding() -> None:
    text = (
        "@incollection{a, title = {A}, crossref = {nope}}\n@article{b, journal = jhist # { x}, month = jan, year = 1}\n"
    )
    assert format_findings(join_files([read_bib(text, "a.bib")[0]])[1]) == (
        'a.bib:1:31: unknown-entry: "a" takes fields from "nope", which no entry is called\n'
        "  hint: export the whole collection, so that this entry is in it\n"
        'a.bib:2:13: unknown-string: no @string defines "jhist", and its name is printed\n'
        "  hint: @string{jhist = {…}}, or braces around it"
    )
