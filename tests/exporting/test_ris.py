"""RIS, line by line: which tag each variable of CSL-JSON has, and how names, dates and pages are written."""

from __future__ import annotations

from typing import Any

import pytest

from dosje.exporting.ris import format_ris, inverted_name, ris_lines
from english import ENGLISH

LETTER = {
    "id": "letter",
    "type": "personal_communication",
    "author": [{"literal": "Mao Zedong"}],
    "recipient": [{"family": "Kapo", "given": "Hysni"}],
    "genre": "telegram",
    "archive": "AQSH",
    "archive-place": "Tirana",
    "archive_location": "F. 14, D. 5, fl. 3",
    "issued": {"date-parts": [[1960, 6, 4]]},
    "language": "zh",
    "title": "电报",
    "custom": {"title": "A telegram", "type": "telegram", "date": "1960-06-04"},
}


def lines(kind: str = "book", **variables: Any) -> list[str]:
    """Return the lines of a source between its title and its end, as "TG value"."""
    item = {"id": "k", "type": kind, "title": "T", **variables}
    found = [f"{tag} {value}" for tag, value in ris_lines(item, ENGLISH)]
    assert (found[1], found[-1]) == ("ID k", "ER ")
    return [line for line in found[2:-1] if line != "TI T"]


def test_a_letter_has_every_fact_on_its_line() -> None:
    assert format_ris([LETTER], ENGLISH).split("\r\n") == [
        "TY  - PCOMM",
        "ID  - letter",
        "AU  - Mao Zedong",
        "A2  - Kapo, Hysni",
        "TI  - 电报",
        "TT  - A telegram",
        "PY  - 1960",
        "DA  - 1960/06/04/",
        "M3  - telegram",
        "LA  - zh",
        "DB  - AQSH",
        "DP  - AQSH, Tirana",
        "AV  - F. 14, D. 5, fl. 3",
        "AN  - F. 14, D. 5, fl. 3",
        "ER  - ",
        "",
    ]


def test_sources_follow_one_another() -> None:
    assert format_ris([], ENGLISH) == ""
    two = format_ris([{"id": key, "type": "book", "title": key} for key in "ab"], ENGLISH)
    assert two == "TY  - BOOK\r\nID  - a\r\nTI  - a\r\nER  - \r\nTY  - BOOK\r\nID  - b\r\nTI  - b\r\nER  - \r\n"


@pytest.mark.parametrize(
    ("kind", "tag"),
    [
        ("personal_communication", "PCOMM"), ("manuscript", "MANSCPT"), ("document", "MANSCPT"),
        ("collection", "MANSCPT"), ("article-journal", "JOUR"), ("article-magazine", "MGZN"),
        ("article-newspaper", "NEWS"), ("book", "BOOK"), ("chapter", "CHAP"), ("paper-conference", "CPAPER"),
        ("thesis", "THES"), ("report", "RPRT"), ("webpage", "ELEC"), ("post-weblog", "BLOG"),
        ("entry-encyclopedia", "ENCYC"), ("entry-dictionary", "DICT"), ("map", "MAP"), ("motion_picture", "MPCT"),
        ("patent", "PAT"), ("bill", "BILL"), ("legislation", "STAT"), ("legal_case", "CASE"), ("speech", "GEN"),
    ],
)  # fmt: skip
def test_each_type_has_its_tag(kind: str, tag: str) -> None:
    assert next(ris_lines({"id": "k", "type": kind, "title": "T"}, ENGLISH)) == ("TY", tag)


def test_what_has_a_recipient_is_a_letter_whatever_its_type() -> None:
    assert next(ris_lines(LETTER | {"type": "document"}, ENGLISH)) == ("TY", "PCOMM")


def test_a_work_has_every_variable_on_its_line() -> None:
    assert lines(
        "chapter",
        **{
            "container-title": "A <i>Whole</i>", "collection-title": "Series", "volume": "2", "issue": "3", "number": 4,
            "edition": "5", "page": "17–29", "publisher": "Press", "publisher-place": "Tirana", "ISBN": "1",
            "ISSN": "2", "language": "en", "DOI": "10.1/a", "URL": "https://a", "status": "in press",
            "note": "N", "keyword": "k, l",
            "version": "1.2", "genre": "essay",
        },
    ) == [
        "T2 A <i>Whole</i>", "T3 Series", "M3 essay", "VL 2", "IS 3", "IS 4", "ET 5", "SP 17", "EP 29", "PB Press",
        "CY Tirana", "SN 1", "SN 2", "LA en", "DO 10.1/a", "UR https://a", "N1 in press", "N1 N", "KW k, l",
        "N1 Version 1.2",
    ]  # fmt: skip


def test_the_series_of_a_book_is_its_second_title_and_of_a_part_the_third() -> None:
    assert lines("book", **{"collection-title": "Series"}) == ["T2 Series"]
    assert lines("chapter", **{"collection-title": "Series"}) == ["T3 Series"]


def test_an_editor_of_a_book_is_its_third_author_and_of_a_part_the_second() -> None:
    people: dict[str, Any] = {
        "editor": [{"family": "Roe"}],
        "translator": [{"family": "Poe"}],
        "author": [{"family": "Doe"}],
    }
    assert lines("book", **people) == ["AU Doe", "A3 Roe", "A4 Poe"]
    assert lines("chapter", **people) == ["AU Doe", "A2 Roe", "A4 Poe"]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("17", ["SP 17"]), ("17-29", ["SP 17", "EP 29"]), ("17—29", ["SP 17", "EP 29"]), ("1–3–5", ["SP 1", "EP 3-5"]),
        ("", []), (5, ["SP 5"]),
    ],
)  # fmt: skip
def test_pages_are_their_first_and_their_last(page: str | int, expected: list[str]) -> None:
    assert lines(page=page) == expected


@pytest.mark.parametrize(
    ("issued", "edtf", "expected"),
    [
        ({"date-parts": [[1960]]}, "", ["PY 1960", "DA 1960///"]),
        ({"date-parts": [[960, 6]]}, "", ["PY 0960", "DA 0960/06//"]),
        ({"date-parts": [[1960, 6, 4]]}, "1960-06-04", ["PY 1960", "DA 1960/06/04/"]),
        ({"date-parts": [[1960, 6, 4]]}, "1960-06-04?",
         ["PY 1960", "DA 1960/06/04/4 June 1960 (uncertain)", "N1 Date (EDTF): 1960-06-04?"]),
        ({"date-parts": [[1960]], "circa": True}, "", ["PY 1960", "DA 1960///about"]),
        ({"date-parts": [[1960, 6, 4], [1960, 7, 5]]}, "", ["PY 1960", "DA 1960/06/04/to 1960-07-05"]),
        ({"date-parts": [[1960, 6, 4], [1960, 6, 5]]}, "1960-06-04/1960-06-05",
         ["PY 1960", "DA 1960/06/04/4–5 June 1960", "N1 Date (EDTF): 1960-06-04/1960-06-05"]),
        ({"literal": "Autumn 1960"}, "1960-23", ["PY 1960", "DA 1960///Autumn 1960"]),
        ({"literal": "until 1960"}, "../1960", ["PY 1960", "DA 1960///until 1960", "N1 Date (EDTF): ../1960"]),
        ({"literal": "1958/1959"}, "", ["DA ///1958-1959"]),
        ({"date-parts": [[1960]]}, "about then", ["PY 1960", "DA 1960///about then", "N1 Date (EDTF): about then"]),
        ({"date-parts": []}, "", ["DA ///"]),
        ({}, "1960", []),
        (None, "", []),
    ],
)  # fmt: skip
def test_a_date_is_a_year_a_day_and_in_words_what_a_day_cannot_say(issued: Any, edtf: str, expected: list[str]) -> None:
    variables: dict[str, Any] = {"issued": issued} if issued is not None else {}
    variables |= {"custom": {"date": edtf}} if edtf else {}
    assert lines(**variables) == expected


def test_what_the_record_calls_a_source_comes_before_what_the_style_prints() -> None:
    assert lines(genre="telegram", custom={"type": "despatch"}) == ["M3 despatch"]
    assert lines(medium="typescript", status="draft", custom={"type": "minutes"}) == ["M3 minutes (typescript, draft)"]
    assert lines(genre="telegram", custom={"date": "1960"}) == ["M3 telegram"]
    assert lines(genre="telegram") == ["M3 telegram"]


def test_what_a_source_says_and_where_the_edition_has_it_have_lines_of_their_own() -> None:
    assert lines(abstract="On  peace", note="Copy") == ["N1 Copy", "AB On  peace"]
    assert lines(URL="https://a/k/", custom={"type": "minutes"}) == ["M3 minutes", "UR https://a/k/"]
    assert lines(URL="https://b/", custom={"page": "An Edition: https://a/k/"}) == [
        "UR https://b/", "N1 An Edition: https://a/k/",
    ]  # fmt: skip


def test_a_language_that_nobody_knows_is_left_out() -> None:
    assert (lines(language="sq"), lines(language="und")) == (["LA sq"], [])


@pytest.mark.parametrize(
    ("name", "inverted"),
    [
        ({"family": "Kapo", "given": "Hysni"}, "Kapo, Hysni"),
        ({"family": "Kapo"}, "Kapo"),
        ({"given": "Hysni"}, "Hysni"),
        ({"literal": "Mao Zedong"}, "Mao Zedong"),
        ({"literal": "Institute, Tirana"}, "Institute – Tirana"),
        ({"literal": "", "family": "Mao"}, "Mao"),
        ({"family": "Gogh", "given": "Vincent", "non-dropping-particle": "van"}, "van Gogh, Vincent"),
        ({"family": "Humboldt", "given": "Alexander", "dropping-particle": "von"}, "Humboldt, Alexander von"),
        ({"family": "King", "given": "Martin", "suffix": "Jr."}, "King, Martin, Jr."),
    ],
)
def test_a_name_stands_as_an_index_has_it(name: dict[str, str], inverted: str) -> None:
    assert inverted_name(name) == inverted


def test_tags_and_lines_of_a_value_are_taken_out() -> None:
    told = format_ris([{"id": "k", "type": "book", "title": "A <i>b</i>\r\n  c\td"}], ENGLISH).split("\r\n")
    assert told[2] == "TI  - A b c d"
