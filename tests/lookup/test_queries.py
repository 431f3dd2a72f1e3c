"""How a pasted footnote is read, before anything is looked for: its cites, their places, dates, names and words."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

import pytest

from conftest import CASES, load_cases
from dosje.lookup.queries import Reading, read_note
from dosje.lookup.said_dates import read_dates
from dosje.lookup.said_pages import AuthorDate
from dosje.lookup.said_works import SaidWork
from dosje.lookup.scanned import mend_scan
from dosje.lookup.shelfmarks import LETTERS, ROLE_BY_LABEL, Shelfmark
from dosje.values.spelling import spell

# What the index of an edition with two archives tells of them.
CORE: Any = {
    "archives": [
        {
            "names": ["aqsh", "central state archive"],
            "words": ["aqsh", "central", "state", "archive"],
            "senses": ["archive central state"],
            "places": ["tirana", "albania", "rpssh"],
            "title": "AQSH",
        },
        {"names": ["ampj"], "words": ["ampj"], "senses": ["archive foreign ministry"], "places": [], "title": "AMPJ"},
    ],
    "labels": ROLE_BY_LABEL,
    "card": "",
    "joints": [],
    "units": [],
    "signs": {"14": 1, "ap": 1, "mpkk": 1, "ou": 1},
    "acronyms": {"ou": 1, "pla": 1, "cpsu": 1},
}
TABLE = CASES / "readings.yml"
HEAD = """\
# Pasted footnotes, and how each of their cites is read: what is not said is left out. A date is from and to, 19600600
# is June 1960, 624 is 24 June of whatever year. The archives are those of test_queries.py.
# pytest tests/lookup/test_queries.py --update-golden writes the table anew: read each line that it changes.
"""
ROWS: list[dict[str, Any]] = load_cases("readings.yml")


def say(value: Reading | Shelfmark | SaidWork | AuthorDate) -> dict[str, Any]:
    """Return what is said, by field."""
    found = {field.name: getattr(value, field.name) for field in fields(value) if field.name != "parts"}
    said = {
        name: say(part) if isinstance(part, Shelfmark | SaidWork | AuthorDate) else part for name, part in found.items()
    }
    return {name: part for name, part in said.items() if part not in ("", [], {}, None, False, -1)}


def test_the_table_can_be_written_anew(request: pytest.FixtureRequest) -> None:
    rows = ROWS
    if request.config.getoption("--update-golden"):
        rows = [{"note": row["note"], "read": list(map(say, read_note(row["note"], CORE)))} for row in ROWS]
    lines = [HEAD.rstrip()]
    for row in rows:
        lines += [
            "",
            f"- note: {json.dumps(row['note'], ensure_ascii=False)}",
            "  read:" + ("" if row["read"] else " []"),
        ]
        lines += [f"    - {json.dumps(said, ensure_ascii=False)}" for said in row["read"]]
    text = "\n".join(lines) + "\n"
    if request.config.getoption("--update-golden"):
        TABLE.write_text(text, encoding="utf-8")
    assert TABLE.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("row", ROWS, ids=[row["note"] for row in ROWS])
def test_a_note_is_read_as_the_table_says(row: dict[str, Any], request: pytest.FixtureRequest) -> None:
    said = [say(reading) for reading in read_note(row["note"], CORE)]
    assert said == row["read"] or request.config.getoption("--update-golden"), "accept it with pytest --update-golden"


MONTHS = {
    1: "january jan januar janvier gennaio janar enero январь января",
    2: "february feb februar février febbraio shkurt febrero февраль февраля",
    3: "march mar märz mars marzo март марта",
    4: "april apr avril aprile prill abril апрель апреля",
    5: "may mai maggio maj mayo май мая",
    6: "june jun juni juin giugno qershor junio июнь июня",
    7: "july jul juli juillet luglio korrik julio июль июля",
    8: "august aug août agosto gusht август августа",
    9: "september sep sept septembre settembre shtator septiembre сентябрь сентября",
    10: "october oct oktober okt octobre ottobre tetor octubre октябрь октября",
    11: "november nov novembre nëntor noviembre ноябрь ноября",
    12: "december dec dezember dez décembre dicembre dhjetor diciembre декабрь декабря",
}
ROMANS = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"]


@pytest.mark.parametrize(
    ("month", "name"), [(month, name) for month, names in MONTHS.items() for name in names.split()]
)
def test_a_month_has_names_in_nine_languages(month: int, name: str) -> None:
    day = 19600004 + 100 * month
    assert read_dates(spell(f"4 {name} 1960")[0])[0] == [[day, day]]
    assert read_dates(spell(f"4. {name.capitalize()}, 1960")[0])[0] == [[day, day]]


@pytest.mark.parametrize(("month", "sign"), list(enumerate(ROMANS, start=1)))
def test_a_month_may_be_a_roman_number(month: int, sign: str) -> None:
    day = 19600004 + 100 * month
    assert read_dates(f"4 {sign} 1960")[0] == read_dates(f"4.{sign.upper()}.1960")[0] == [[day, day]]


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("1 may 2015", [[20150501, 20150501]]),
        ("1 may 1499", [[501, 501]]),
        ("31.12.59", [[19591231, 19591231]]),
        ("31.12.1959 and 1-2 may 1960", [[19591231, 19591231], [19600501, 19600502]]),
        ("32.12.1959", []),
        ("1.13.1959", []),
        ("1.0.1959", []),
        ("0 may 1959", [[19590500, 19590500]]),
        ("1960-02-03", [[19600203, 19600203]]),
        ("1960-13-03", []),
        ("may 3 - 5, 1960", [[19600503, 19600505]]),
        ("may 3rd, 1960", [[19600503, 19600503]]),
        ("3 may - 4 june 1960", [[19600503, 19600604]]),
        ("3 may 1959 to 4 june 1960", [[19590503, 19600604]]),
        ("4 1960", []),
        ("march on may 4 1960", [[19600504, 19600504]]),
    ],
)
def test_dates_are_read_in_every_shape(text: str, dates: list[list[int]]) -> None:
    assert read_dates(text)[0] == dates


def test_what_is_left_of_a_text_has_its_length_and_no_date() -> None:
    assert read_dates("a 4 may 1960 b")[1] == "a            b"
    assert read_dates("a 4 maybe b") == ([], "a 4 maybe b")


WORDS = {
    "fonds": "fondit fondi fonds fond fund rg fondo bestand f zespol zesp",
    "year": "viti vit year jahr god v annee anno ano jg jahrgang",
    "file": "dosjes dosje dosja dossier delo file folder akte d fascicolo fasc busta expediente legajo papka teczka",
    "list": "opis op inv",
    "folio": "fletet fletes flete fleta folios folio foll fols fol fl ff leaves leaf listy list ll l blatt bl "
    "carte carta cc karty karta",
}


@pytest.mark.parametrize(("role", "word"), [(role, word) for role, words in WORDS.items() for word in words.split()])
def test_a_label_says_what_its_number_is(role: str, word: str) -> None:
    assert ROLE_BY_LABEL[word] == role
    before = "" if role == "fonds" else "F. 1, "
    (reading,) = read_note(f"{before}{word}. 1960, D. 77" if role != "file" else f"{before}{word}. 1960", CORE)
    assert reading.shelfmark is not None
    found = {
        "fonds": reading.shelfmark.signs,
        "year": [reading.shelfmark.year],
        "file": [reading.shelfmark.file],
        "list": [sign.removeprefix("op") for sign in reading.shelfmark.signs],
        "folio": [reading.value],
    }
    assert "1960" in found[role]
    assert len(ROLE_BY_LABEL) == sum(len(words.split()) for words in WORDS.values()) + len(LETTERS)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("AQSH, fondo 14, a. 1960, b. 4, c. 12", ["1960", "4", "12"]),
        ("AQSH, zesp. 14, r. 1960, teczka 4, k. 12", ["1960", "4", "12"]),
        ("AQSH, F. 14, 1960, 4, fl. 12", ["1960", "4", "12"]),
        ("AQSH, F. 14/AP-1960-4, fl. 12", ["1960", "4", "12"]),
        ("AQSH, 14/AP/1960/7/a", ["1960", "7/a", ""]),
        ("AQSH, F. 14, V. 1960, D. 4, pp. 12-14", ["1960", "4", "12–14"]),
        ("AQSH, F. 14, V. 1960, D. 4, 12-14.", ["1960", "4", "12–14"]),
        ("AQSH, F. 14, V. 1960, D. 4, n. 12", ["1960", "4", "12"]),
        # A letter elsewhere is no label, and a day is no year with a file.
        ("b. 1912 report, AQSH, F. 14, D. 4", ["", "4", ""]),
        ("Report, 24 June 1960, 4, AQSH, F. 14", ["", "", ""]),
    ],
)
def test_year_file_and_leaf_are_read_in_other_habits(text: str, read: list[str]) -> None:
    (reading,) = read_note(text, CORE)
    assert reading.shelfmark is not None
    assert [reading.shelfmark.year, reading.shelfmark.file, reading.value] == read


def test_the_place_in_a_file_is_a_leaf_unless_it_is_a_note() -> None:
    labels = [read_note(f"AQSH, F. 14, D. 4, {place}", CORE)[0].label for place in ("p. 3", "3", "fl. 3", "n. 3")]
    assert labels == ["folio", "folio", "folio", "note"]
    assert read_note("AVPRF, f. 67, op. 15, p. 25, d. 4", CORE)[0].label == "page"  # a folder (papka), not a leaf


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("AQSH, fondo 14, fasc. 4, c. 12", "12"),
        ("AQSH, fondo 14, fasc. 4, c. 12r-14v", "12r–14v"),
        ("Ivi, c. 12", "12"),
        ("AQSH, fondo 14, fasc. 4, c. 1960", ""),  # about 1960
        ("AQSH, fondo 14, c. 12", ""),
    ],
)
def test_a_c_is_a_leaf_behind_a_file_and_behind_an_ibid(text: str, value: str) -> None:
    (reading,) = read_note(text, CORE)
    assert (reading.label, reading.value) == ("folio" if value else "", value)


@pytest.mark.parametrize(
    ("text", "year", "file", "value"),
    [
        ("F. l4, V. 196O, D. I2, fl. l9", "1960", "12", "19"),
        ("F. 14, V. I957, D. 7/a, fl. 3I", "1957", "7/a", "31"),
        ("F. 14, V. 1957, D. I, fl. l", "1957", "1", "1"),
        ("F. 14, V. 196o, D. 68/l, fl. I-3", "1960", "68/1", "1–3"),
    ],
)
def test_a_digit_that_a_scanner_took_for_a_letter_is_read_as_a_digit(
    text: str, year: str, file: str, value: str
) -> None:
    (reading,) = read_note(text, CORE)
    assert reading.shelfmark is not None
    assert (reading.shelfmark.year, reading.shelfmark.file, reading.value) == (year, file, value)


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("AQSH, F. 14, 0U, D. 4", ["14", "ou"]),
        ("AQSH, F. 14, 0X, D. 4", ["14"]),
        ("AQSH, F. 14, OU, D. 4", ["14", "ou"]),
    ],
)
def test_a_letter_that_a_scanner_took_for_a_digit_is_read_as_a_letter_if_that_sign_is_known(
    text: str, signs: list[str]
) -> None:
    (reading,) = read_note(text, CORE)
    assert reading.shelfmark is not None
    assert (reading.shelfmark.archive, reading.shelfmark.signs) == (0, signs)


@pytest.mark.parametrize("text", ["D. I. Petrov, The Cold Sea, 4", "World War II", "I saw it", "Vol. I", "the Il-18"])
def test_an_initial_and_a_roman_number_are_not_mended(text: str) -> None:
    assert mend_scan(text, CORE) == text


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("AQSH, F. 14, 1960, D. 4, fl. 9", "1960"),
        ("AQSH. Ф. 14. 1960 г. Д. 4. Л. 9", "1960"),
        ("AQSH. Ф. 14. 1960г., Д. 4, Л. 9", "1960"),
        ("AQSH, F. 14, D. 4, 1960, fl. 9", "1960"),
        ("(AQSH: F. 14; 1960; D. 4; fl. 9)", "1960"),
        ("AQSH, F. 14, D. 1960, fl. 9", ""),
        ("AQSH, F. 14, MPPKPB - June 1960, D. 4, fl. 9", ""),
        ("Report, 1960, AQSH, F. 14, D. 4, fl. 9", ""),
        ("AQSH, F. 14, 1960, 1961, D. 4, fl. 9", ""),
        ("AQSH, F. 14, 1960, V. 1961, D. 4, fl. 9", "1961"),
    ],
)
def test_a_year_within_a_shelfmark_is_that_of_the_file(text: str, year: str) -> None:
    (reading,) = read_note(text, CORE)
    assert reading.shelfmark is not None
    assert (reading.shelfmark.year, reading.value) == (year, "9")


@pytest.mark.parametrize(
    "text",
    [
        "AQSH, Fondi i Shtabit",
        "AQSH, fond Shtabi",
        "AQSH, Bestand Shtabi",
        "AQSH, F. Shtabi",
        "AQSH, Fonds of the Shtabi",
    ],
)
def test_a_fonds_may_have_a_name_instead_of_a_number(text: str) -> None:
    (reading,) = read_note(text, CORE)
    assert reading.shelfmark is not None
    assert reading.shelfmark.names in (["shtabi"], ["shtabit"])


def test_an_f_behind_a_work_is_a_page() -> None:
    (reading,) = read_note("Marku, Communist Relations, f. 44", CORE)
    assert (reading.shelfmark, reading.label, reading.value) == (None, "page", "44")
