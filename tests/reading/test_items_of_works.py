"""Works in RIS and CSL-JSON, as Zotero and EndNote export them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from dosje.reading.bibliography import BibFile, Work
from dosje.reading.csl_items import read_csl_json
from dosje.reading.ris_items import read_ris
from dosje.values.findings import format_findings

ZOTERO_RIS = """\
TY  - JOUR
TI  - Plates of the Pond
AU  - Heron, Helga
AU  - van der Moor, Jan
T2  - Journal of Reeds
AB  - On plates.
DA  - 1971/05/03/
PY  - 1971
VL  - 12
IS  - 3
SP  - 101
EP  - 120
SN  - 1234-5678
UR  - www.example.org/plates
DO  - 10.1000/plates
LA  - de
KW  - source
KW  - plates
N1  - read twice
ER  -

TY  - CHAP
TI  - Spoons
AU  - Owl, Ann
A2  - Mole, M.
T2  - Cutlery
T3  - Studies
CY  - Amsterdam
PB  - Reed
PY  - 1980
ID  - owlSpoons1980
ER  -
"""
ENDNOTE_RIS = """\
TY  - BOOK
AU  - Owl, Ann
AU  - {Institute of Ponds}
A2  - Series, Ed
A3  - Mole, M.
T2  - Pond Series
TI  - Long
      Bills
PY  - c. 1850
CY  - London
SN  - 978-3-16-148410-0
ID  - 12
ER  -
TY  - UNPB
T1  - Memo
A1  - Mole, M., Jr.
Y1  - 1960///Spring
ER  -
TY  - GEN
TI  - Nothing
ER  -
"""


def read(text: str, reader: Any = read_ris) -> BibFile:
    file, findings = reader(text, "bibliography/a")
    assert format_findings(findings) == ""
    return file  # type: ignore[no-any-return]


def fields(work: Work) -> dict[str, str]:
    return dict(work.fields)


def test_ris_of_zotero_is_read() -> None:
    article, chapter = read(ZOTERO_RIS.replace("ER  -", "ER  - ")).works
    assert (article.key, article.entry_type, article.span.line) == ("heron-1971", "article", 1)
    assert fields(article) == {
        "title": "Plates of the Pond",
        "author": "Heron, Helga and van der Moor, Jan",
        "journaltitle": "Journal of Reeds",
        "abstract": "On plates.",
        "date": "1971-05-03",
        "volume": "12",
        "number": "3",
        "pages": "101-120",
        "issn": "1234-5678",
        "url": "https://www.example.org/plates",
        "doi": "10.1000/plates",
        "langid": "de",
        "keywords": "source, plates",
        "annotation": "read twice",
    }
    assert (chapter.key, chapter.entry_type, chapter.span.line) == ("owlSpoons1980", "incollection", 22)
    assert fields(chapter) == {
        "title": "Spoons",
        "author": "Owl, Ann",
        "editor": "Mole, M.",
        "booktitle": "Cutlery",
        "series": "Studies",
        "location": "Amsterdam",
        "publisher": "Reed",
        "date": "1980",
    }


def test_ris_of_endnote_is_read() -> None:
    book, memo, nothing = read(ENDNOTE_RIS).works
    assert [work.key for work in (book, memo, nothing)] == ["12", "mole-1960", "nothing"]
    assert (book.fields["title"], book.fields["isbn"], book.fields["series"]) == (
        "Long Bills",
        "978-3-16-148410-0",
        "Pond Series",
    )
    assert (str(book.date), book.year, str(memo.date), memo.year, nothing.date) == (
        "c. 1850", "1850", "Spring 1960", "1960", None,
    )  # fmt: skip
    assert book.item and book.item["editor"] == [{"family": "Mole", "given": "M."}]
    assert memo.item and memo.item["author"] == [{"family": "Mole", "given": "M.", "suffix": "Jr."}]


ITEMS: list[dict[str, Any]] = [
    {
        "id": "http://zotero.org/users/1/items/ABC",
        "citation-key": "heron1971",
        "type": "article-journal",
        "title": "Plates of the <i>Pond</i>",
        "container-title": "Journal of Reeds",
        "author": [{"family": "Moor", "given": "Jan", "non-dropping-particle": "van der"}, {"literal": "Institute"}],
        "issued": {"date-parts": [["1971", 5, 3]]},
        "URL": "www.example.org/plates",
        "DOI": "https://doi.org/10.1000/plates",
        "page": "101-120",
    },
    {"id": 7, "type": "book", "title": "B", "issued": {"date-parts": [[1971]], "season": 1}},
    {"id": "c", "type": "book", "title": "C", "issued": {"literal": "forthcoming"},
     "note": "OCLC: 12\ntex.seen: via\nseen"},
    {"id": "d", "type": "book", "title": "D", "issued": {"raw": "June 1960"}, "note": "Citation Key: dee_1960"},
    {"id": "e", "type": "book", "title": "E", "issued": {"date-parts": [[1914, 8], [1918]], "circa": True}},
    {"id": "f", "type": "chapter", "title": "F", "container-title": "W", "issued": {"date-parts": [[-44]]}},
    {"type": "book", "title": "G", "author": [{"family": "Müller"}], "issued": {"date-parts": [[1990]]}},
    {"type": "book", "title": "H", "author": [{"family": "Müller"}], "issued": {"date-parts": [[1990]]}},
]  # fmt: skip


def test_csl_json_of_zotero_is_read() -> None:
    works = read(json.dumps(ITEMS), read_csl_json).works
    assert [(work.key, str(work.date)) for work in works] == [
        ("heron1971", "1971-05-03"),
        ("7", "1971-21"),
        ("c", "forthcoming"),
        ("dee_1960", "1960-06"),
        ("e", "1914-08~/1918~"),
        ("f", "-0043"),
        ("muller-1990", "1990"),
        ("muller-1990-2", "1990"),
    ]
    assert fields(works[0]) == {
        "title": "Plates of the Pond",
        "author": "van der Moor, Jan and Institute",
        "journaltitle": "Journal of Reeds",
        "date": "1971-05-03",
        "url": "https://www.example.org/plates",
        "doi": "10.1000/plates",
        "pages": "101-120",
    }
    assert (works[2].seen, works[2].fields["note"], works[5].fields["booktitle"]) == ("via", "seen", "W")


def test_places_are_those_of_the_items() -> None:
    text = '[\n  {"id": "a", "type": "book"},\n  {"type": "book",\n   "id": "b"}\n]'
    assert [(work.span.line, work.span.column) for work in read(text, read_csl_json).works] == [(2, 4), (4, 4)]


@pytest.mark.parametrize(
    ("reader", "text", "expected"),
    [
        (read_csl_json, "[", "a:1:2: bib-syntax: this is no JSON: Expecting value"),
        (read_csl_json, '{"a": 1}', "a:1:1: bib-syntax: this is no CSL-JSON: a list of objects with a type"),
        (read_csl_json, '[{"id": "a"}]', "a:1:1: bib-syntax: this is no CSL-JSON: a list of objects with a type"),
        (read_csl_json, "[" * 100_000, "a:1:1: bib-syntax: lists lie too deep in one another"),
        (read_csl_json, '[{"id": "a", "type": "book"}, {"id": "a", "type": "book"}]',
         'a:1:32: key-clash: "a" is already the key of another entry'),
        (read_ris, "hello", "a:1:1: bib-syntax: this is no RIS: no record begins with TY  -"),
        (read_ris, "AU  - A, B\nER  - \n", "a:1:1: bib-syntax: a record without its type (TY)"),
        (read_ris, "TY  - BOOK\nID  - a\nER  - \n\nTY  - BOOK\nID  - a\n",
         'a:5:1: key-clash: "a" is already the key of another entry'),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_a_finding(reader: Any, text: str, expected: str) -> None:
    assert format_findings(reader(text, "a")[1]).split("\n")[0] == expected


def test_empty_files_have_no_works() -> None:
    assert (read("", read_ris).works, read("[]", read_csl_json).works) == ((), ())
