"""Entries of biblatex and BibTeX, field by field: types, names, titles, dates, and what BibTeX has no field for."""

from __future__ import annotations

from typing import Any

import pytest

from dosje.exporting.biblatex import BibEntry, entry_of_item, entry_of_work, format_entry
from dosje.exporting.bibtex import lower_entry
from dosje.exporting.items import edtf_of, name_in_order, place_of, plain_text
from dosje.reading.bibliography import read_bib
from english import ENGLISH


def biblatex(kind: str = "book", **variables: Any) -> dict[str, str]:
    """Return the fields of a source, but for its title."""
    fields = dict(entry_of_item({"id": "k", "type": kind, "title": "T", **variables}, ENGLISH).fields)
    assert fields.pop("title") == "{T}"
    return fields


def bibtex(kind: str = "book", **fields: str) -> tuple[str, dict[str, str]]:
    """Return type and fields of a biblatex entry in BibTeX."""
    lowered = lower_entry(BibEntry(kind, "k", fields), ENGLISH)
    return lowered.entry_type, dict(lowered.fields)


@pytest.mark.parametrize(
    ("kind", "entry_type"),
    [
        ("personal_communication", "letter"), ("manuscript", "unpublished"), ("document", "unpublished"),
        ("collection", "misc"), ("webpage", "online"), ("post-weblog", "online"), ("article-journal", "article"),
        ("article-magazine", "article"), ("article-newspaper", "article"), ("book", "book"),
        ("chapter", "incollection"), ("paper-conference", "inproceedings"), ("thesis", "thesis"),
        ("report", "report"), ("entry-encyclopedia", "inreference"), ("entry-dictionary", "inreference"),
        ("periodical", "periodical"), ("speech", "misc"),
    ],
)  # fmt: skip
def test_each_type_of_csl_has_its_type_of_entry(kind: str, entry_type: str) -> None:
    assert entry_of_item({"id": "k", "type": kind, "title": "T"}, ENGLISH).entry_type == entry_type


def test_each_variable_has_its_field() -> None:
    variables = {
        "publisher": "P & Q", "publisher-place": "Tirana", "volume": "2", "issue": "3", "edition": "5",
        "collection-title": "Series", "page": "1-9", "version": "1.2", "DOI": "10.1/a_b{", "ISBN": "1", "ISSN": "2",
        "URL": "https://a/b c", "status": "in press", "note": "<i>N</i>", "keyword": "k",
    }  # fmt: skip
    assert biblatex(**variables) == {
        "publisher": r"P \& Q", "location": "Tirana", "volume": "2", "number": "3", "edition": "5",
        "series": "Series", "pages": "1-9", "version": "1.2", "doi": "10.1/a_b%7B", "isbn": "1", "issn": "2",
        "url": "https://a/b%20c", "pubstate": "in press", "note": "N", "keywords": "k",
    }  # fmt: skip
    assert biblatex(number=4) == {"number": "4"}


@pytest.mark.parametrize(
    ("kind", "field"),
    [
        ("article-journal", "journaltitle"), ("article-magazine", "journaltitle"), ("webpage", "organization"),
        ("article-newspaper", "journaltitle"), ("chapter", "booktitle"),
    ],
)  # fmt: skip
def test_the_whole_of_a_part_has_the_field_of_its_type(kind: str, field: str) -> None:
    assert biblatex(kind, **{"container-title": "A <i>Whole</i>"}) == {field: r"{A \emph{Whole}}"}


@pytest.mark.parametrize(
    ("name", "written", "in_order"),
    [
        ({"family": "Kapo", "given": "Hysni"}, "Kapo, Hysni", "Hysni Kapo"),
        ({"family": "Mao"}, "{Mao}", "Mao"),
        ({"literal": "Office, and Co"}, "{Office, and Co}", "Office, and Co"),
        ({"family": "Gogh", "given": "V.", "non-dropping-particle": "van"}, "van Gogh, V.", "V. van Gogh"),
        ({"family": "Humboldt", "given": "A.", "dropping-particle": "von"}, "Humboldt, A. von", "A. von Humboldt"),
        ({"family": "King", "given": "Martin", "suffix": "Jr."}, "King, Jr., Martin", "Martin King Jr."),
        ({"family": "Sand and Sea", "given": "A, B"}, "{Sand and Sea}, {A, B}", "A, B Sand and Sea"),
    ],
)
def test_a_name_is_written_in_parts_that_tex_takes_for_one(name: dict[str, str], written: str, in_order: str) -> None:
    assert biblatex(author=[name]) == {"author": written}
    assert biblatex(editor=[name, {"family": "Roe"}], translator=[name]) == {
        "editor": f"{written} and {{Roe}}",
        "translator": written,
    }
    assert name_in_order(name) == in_order


@pytest.mark.parametrize(
    ("variables", "date"),
    [
        ({"issued": {"date-parts": [[1960, 6, 4]]}}, "1960-06-04"),
        ({"issued": {"date-parts": [[960]]}}, "0960"),
        ({"issued": {"date-parts": [[1960, 6], [1961, 7]], "circa": True}}, "1960-06~/1961-07~"),
        ({"issued": {"literal": "then"}}, "then"),
        ({"issued": {"date-parts": [[1960]]}, "custom": {"date": "1960-XX"}}, "1960-XX"),
        ({"custom": {"date": "196X"}}, "196X"),
        ({}, ""),
    ],
)
def test_a_date_is_edtf(variables: dict[str, Any], date: str) -> None:
    assert biblatex(**variables) == ({"date": date} if date else {})
    assert "custom" in variables or edtf_of(variables) == date


def test_an_archival_unit_says_where_it_lies_what_it_is_and_to_whom() -> None:
    item = {
        "archive": "A & B", "archive-place": "Tirana", "archive_location": "F. 1", "custom": {"type": "telegram"},
        "recipient": [{"family": "Kapo", "given": "Hysni"}, {"literal": "Mao"}], "language": "sq",
    }  # fmt: skip
    assert place_of(item) == "A & B, Tirana, F. 1"
    assert biblatex("personal_communication", **item) == {
        "recipient": "Kapo, Hysni and {Mao}", "howpublished": r"A \& B, Tirana, F. 1",
        "library": r"A \& B, Tirana, F. 1",
        "note": "Telegram to Hysni Kapo, Mao", "archive": r"A \& B", "archivelocation": "F. 1",
        "archiveplace": "Tirana", "langid": "albanian", "language": "sq",
    }  # fmt: skip
    assert biblatex(custom={"type": "minutes"}) == {"note": "Minutes"}
    assert biblatex(language="en-GB")["langid"] == "english"
    assert biblatex(language="tlh") == {"language": "tlh"}
    assert biblatex(language="und") == {}


def test_a_title_of_its_own_stands_before_ours() -> None:
    entry = entry_of_item({"id": "k", "type": "document", "title": "Raport", "custom": {"title": "A report"}}, ENGLISH)
    assert entry.fields == {"title": "{Raport}", "titleaddon": "{A report}"}
    assert plain_text('<i>a</i> <span class="nocase">b</span> <sup>c</sup> <em>d</em>') == "a b c <em>d</em>"


def test_an_entry_is_written_field_by_field_and_a_month_without_braces() -> None:
    text = format_entry(BibEntry("book", "k", {"title": "{T}", "month": "jun", "year": "1960"}))
    assert text == "@book{k,\n  title = {{T}},\n  month = jun,\n  year = {1960},\n}\n"
    assert "month = {June}" in format_entry(BibEntry("book", "k", {"month": "June"}))


@pytest.mark.parametrize(
    ("text", "is_own"),
    [
        ("@book{k, title = {A}, seen = {via}}", True),
        ("@book{k, title = {A}, crossref = {b}}", False),
        ("@book{k, title = {A}, xdata = {b}}", False),
        ("@book{k, title = {A}, xref = {b}}", False),
        ("@STRING{b = {B}}\n@book{k, title = {A}}", False),
        ("@string{b = {B}}\n@book{k, title = {A}}", False),
        ("@book{k, title = {A # B}}", False),
    ],
)
def test_an_entry_stays_the_editor_s_unless_it_borrows(text: str, is_own: bool) -> None:
    file, _ = read_bib(text, "a.bib")
    entry = entry_of_work(file.works[0], text, {"id": "k", "type": "book", "title": "From pandoc"}, ENGLISH)
    assert entry.fields == ({"title": "A"} if is_own else {"title": "{From pandoc}"})


@pytest.mark.parametrize(
    ("kind", "lowered"),
    [
        ("letter", "misc"), ("unpublished", "misc"), ("online", "misc"), ("electronic", "misc"), ("www", "misc"),
        ("collection", "book"), ("mvbook", "book"), ("mvcollection", "book"), ("reference", "book"),
        ("mvreference", "book"), ("inreference", "incollection"), ("suppcollection", "incollection"),
        ("bookinbook", "inbook"), ("suppbook", "inbook"), ("mvproceedings", "proceedings"), ("report", "techreport"),
        ("thesis", "phdthesis"), ("periodical", "misc"), ("suppperiodical", "article"), ("review", "article"),
        ("dataset", "misc"), ("software", "misc"), ("patent", "misc"), ("book", "book"),
    ],
)  # fmt: skip
def test_each_type_of_biblatex_has_one_of_bibtex(kind: str, lowered: str) -> None:
    assert bibtex(kind)[0] == lowered


@pytest.mark.parametrize(
    ("kind", "said", "lowered"),
    [
        ("thesis", "mathesis", "mastersthesis"), ("thesis", "Master's thesis", "mastersthesis"),
        ("thesis", "PhD", "phdthesis"), ("mastersthesis", "master", "mastersthesis"),
        ("report", "master", "techreport"),
    ],
)  # fmt: skip
def test_a_thesis_is_a_master_s_or_a_doctor_s(kind: str, said: str, lowered: str) -> None:
    found, fields = bibtex(kind, type=said, institution="University")
    assert found == lowered
    name = "institution" if kind == "report" else "school"
    assert fields == {"type": said, name: "University"}


@pytest.mark.parametrize(
    ("fields", "lowered"),
    [
        ({"title": "A", "subtitle": "B"}, {"title": "A: B"}),
        ({"subtitle": "B"}, {"title": "B"}),
        ({"title": "A", "maintitle": "M", "mainsubtitle": "N"}, {"title": "M: N: A"}),
        (
            {"title": "A", "booktitle": "C", "booksubtitle": "D", "maintitle": "M"},
            {"title": "A", "booktitle": "M: C: D"},
        ),
        ({"journaltitle": "J", "journalsubtitle": "K"}, {"journal": "J: K"}),
        ({"location": "Tirana"}, {"address": "Tirana"}),
        ({"note": "N", "titleaddon": "{T}", "version": "2", "addendum": "E"}, {"note": "N. T. version 2. E"}),
        ({"booktitleaddon": "B", "maintitleaddon": "M", "pubstate": "P"}, {"note": "B. M. P"}),
        ({"note": "{a} and {b}"}, {"note": "{a} and {b}"}),
        ({"organization": "O"}, {"organization": "O"}),
        ({"keywords": ""}, {}),
    ],
)
def test_what_bibtex_has_no_field_for_goes_where_it_is_printed(fields: dict[str, str], lowered: dict[str, str]) -> None:
    assert bibtex(**fields) == ("book", lowered)


def test_whose_page_it_is_stands_where_bibtex_prints_how_it_was_published() -> None:
    assert bibtex("online", organization="O") == ("misc", {"howpublished": "O"})
    assert bibtex("online", organization="O", howpublished="H") == ("misc", {"howpublished": "H"})


@pytest.mark.parametrize(
    ("date", "lowered"),
    [
        ("1960", {"year": "1960"}),
        ("1960-06", {"year": "1960", "month": "jun"}),
        ("1960-12-04", {"year": "1960", "month": "dec", "day": "4"}),
        ("1960-01", {"year": "1960", "month": "jan"}),
        ("1960-21", {"year": "Spring 1960", "date": "1960-21"}),
        ("1960-06-24?", {"year": "24 June 1960 (uncertain)", "date": "1960-06-24?"}),
        ("1960~", {"year": "about 1960", "date": "1960~"}),
        ("196X", {"year": "1960s", "date": "196X"}),
        ("1960/1961", {"year": "1960–1961", "date": "1960/1961"}),
        ("../1961", {"year": "until 1961", "date": "../1961"}),
        ("then", {"year": "then"}),
        ("", {}),
    ],
)
def test_a_date_is_year_month_and_day_or_words(date: str, lowered: dict[str, str]) -> None:
    assert bibtex(date=date) == ("book", lowered)
