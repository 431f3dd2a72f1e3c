"""What a style leaves out of a note is added: the words that came out are compared with what must be there."""

from __future__ import annotations

import pytest

from dosje.citing.completing import complete
from dosje.citing.csl import OUR_DATE, OUR_TITLE
from dosje.citing.forms import Form
from dosje.values import words
from dosje.values.dates import parse_edtf
from dosje.values.metadata import (
    Meta,
    Name,
    meta_inlines,
    meta_list,
    meta_of_date,
    meta_of_name,
    meta_string,
)  # fmt: skip
from dosje.values.stand_ins import FIRST_NUMBER, ONE

PLACE: Meta = {"archive": meta_inlines("AQSH, Tirana"), "archive_location": meta_inlines("F. 14, D. 5")}
DAY: Meta = {"issued": meta_of_date(parse_edtf("1960-06-24"), ""), OUR_DATE: meta_string("24 June 1960")}
LETTER: Meta = {
    "type": meta_string("personal_communication"),
    "author": meta_list([meta_of_name(Name("Kapo", "Hysni"))]),
    "recipient": meta_list([meta_of_name(Name("Hoxha", "Enver"))]),
    OUR_TITLE: meta_string("Orders"),
    **DAY,
    **PLACE,
}
MINUTES: Meta = {"type": meta_string("document"), "genre": meta_inlines("Minutes"), OUR_TITLE: meta_string("Minutes")}
MINUTES = {**MINUTES, **DAY, **PLACE}
BOOK: Meta = {
    "type": meta_string("book"),
    "author": meta_list([meta_of_name(Name("Roe", "Ann"))]),
    "title": meta_inlines("Other things"),
    "issued": meta_of_date(parse_edtf("2001"), ""),
}


@pytest.mark.parametrize(
    ("meta", "form", "said", "expected"),
    [
        # A full note that has everything stays what it is, whatever case, quotation marks and stops.
        (LETTER, Form("k", "first"), "KAPO to Hoxha, 1960: AQSH. Tirana, F 14, D 5", ""),
        (BOOK, Form("k", "first", "page"), f"Ann Roe, “Other Things” (2001) {ONE}", ""),
        # An author-date note names the entry of a bibliography.
        (BOOK, Form("k", "first", "page"), f"Roe 2001, {ONE}", ""),
        (LETTER, Form("k", "first"), "Kapo to Hoxha (1960).", "Kapo to Hoxha (1960), AQSH, Tirana, F. 14, D. 5"),
        # Before the locator and the address.
        (
            LETTER, Form("k", "first", "folio"), f"Kapo (1960), fl. {ONE}",
            f"Kapo (1960), AQSH, Tirana, F. 14, D. 5, fl. {ONE}",
        ),
        (
            BOOK, Form("k", "first"), "Roe, Other things, https://example.org/a.",
            "Roe, Other things, 2001, https://example.org/a.",
        ),
        (MINUTES, Form("k", "first"), "(June 1960),", "Minutes (June 1960), AQSH, Tirana, F. 14, D. 5"),
        # What says nothing of the source gives way.
        (
            MINUTES, Form("k", "first", "folio"), f"N.d., fl. {ONE}",
            f"Minutes, 24 June 1960, AQSH, Tirana, F. 14, D. 5, fl. {ONE}",
        ),
        (BOOK, Form("k", "first"), "", "Other things, 2001"),
        # Short notes: a name, and of a document more than its author.
        (LETTER, Form("k", "subsequent", "folio"), f"Kapo, fl. {ONE}", f"Kapo, 24 June 1960, fl. {ONE}"),
        (LETTER, Form("k", "subsequent"), f"Kapo (n {FIRST_NUMBER})", ""),
        (LETTER, Form("k", "subsequent"), "Kapo to Hoxha", ""),
        (MINUTES, Form("k", "subsequent"), f"(n {FIRST_NUMBER})", f"Minutes (n {FIRST_NUMBER})"),
        (MINUTES, Form("k", "subsequent", "folio"), f"Fl. {ONE}", f"Minutes, Fl. {ONE}"),
        (BOOK, Form("k", "subsequent", "page"), f"Roe, {ONE}", ""),
        (BOOK, Form("k", "subsequent", "page", hides_author=True), f"2001, {ONE}", f"Other things, 2001, {ONE}"),
        # Ibid. needs nothing, a bare leaf does.
        (LETTER, Form("k", "ibid"), "Ibid", ""),
        (LETTER, Form("k", "ibid-with-locator", "folio"), f"Id. {ONE}", ""),
        (BOOK, Form("k", "ibid-with-locator", "page"), f"p. {ONE}", f"Other things, p. {ONE}"),
        # A locator is never lost, and nothing is glued or said twice.
        (LETTER, Form("k", "subsequent", "folio"), "Kapo to Hoxha, cited.", f"Kapo to Hoxha, cited, fl. {ONE}"),
        (
            LETTER, Form("k", "first"), "Hysni KapoEnver Hoxha, 24 June 1960F. 14, D. 5, AQSH, Tirana",
            "Hysni Kapo, Enver Hoxha, 24 June 1960, F. 14, D. 5, AQSH, Tirana",
        ),
        (
            MINUTES, Form("k", "first"), "Minutes, 1960, F. 14, D. 5, AQSH, Tirana, F. 14, D. 5, AQSH, Tirana",
            "Minutes, 1960, F. 14, D. 5, AQSH, Tirana",
        ),
        # Told from another source, if the style did not say it.
        (LETTER, Form("k", "subsequent", "folio", apart="reference"), f"Kapo to Hoxha, 1960, fl. {ONE}",
         f"Kapo to Hoxha, 1960, F. 14, D. 5, fl. {ONE}"),
        (BOOK, Form("k", "subsequent", "page", apart="title"), f"Roe (n {FIRST_NUMBER}) {ONE}",
         f"Roe, Other things (n {FIRST_NUMBER}) {ONE}"),
        (BOOK, Form("k", "subsequent", "page", apart="year-b"), f"Roe 2001, {ONE}", f"Roe 2001b, {ONE}"),
    ],
)  # fmt: skip
def test_a_note_has_all_that_a_reader_needs_once(meta: Meta, form: Form, said: str, expected: str) -> None:
    assert words.plain(complete(words.of_text(said), meta, form, "fl.")) == (expected or said)
