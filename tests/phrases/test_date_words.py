"""Dates in words, by language and region."""

from __future__ import annotations

import pytest

from conftest import load_cases
from dosje.phrases.cldr import read_locale
from dosje.phrases.date_words import words_of_date
from dosje.phrases.phrase_files import read_phrases
from dosje.values.dates import parse_edtf

CASES = load_cases("dates_in_words.yml")


@pytest.mark.parametrize("locale", CASES["words"])
def test_a_date_is_said_as_the_language_says_it(locale: str) -> None:
    phrases = read_phrases(locale)
    said = [words_of_date(parse_edtf(str(text)), phrases).replace("\u00a0", " ") for text in CASES["dates"]]
    assert said == CASES["words"][locale]


def test_months_in_short_are_those_of_the_language_in_every_region() -> None:
    assert read_phrases("en-GB").months("abbreviated") == read_phrases("en-US").months("abbreviated")
    assert read_phrases("en-GB").months("narrow") == list("JFMAMJJASOND")
    assert read_phrases("de").months("abbreviated")[2:5] == ["Mär", "Apr", "Mai"]
    assert read_phrases("zh").months("abbreviated")[:2] == ["1月", "2月"]


def test_what_one_language_was_asked_for_is_not_said_by_the_next() -> None:
    """Babel keeps what it has looked up where all its languages read it."""
    said = {"he": "מרץ", "zh": "3月", "sv": "mars", "ar": "مارس", "en-GB": "Mar", "pl": "mar"}
    asked = {tag: str(read_locale(tag).months["stand-alone"]["abbreviated"][3]).rstrip(".") for tag in said}
    assert asked == said


@pytest.mark.parametrize(
    ("locale", "first", "interval", "other"),
    [
        ("fr-FR", "1er septembre 1887", "1er–3 septembre 1887", "11 septembre 1887"),
        ("it", "1º settembre 1887", "1º–3 settembre 1887", "11 settembre 1887"),
        ("en-GB", "1 September 1887", "1–3 September 1887", "11 September 1887"),
    ],
)
def test_the_first_of_a_month_is_an_ordinal_where_the_language_prints_it_so(
    locale: str, first: str, interval: str, other: str
) -> None:
    phrases = read_phrases(locale)
    said = [words_of_date(parse_edtf(text), phrases) for text in ("1887-09-01", "1887-09-01/1887-09-03", "1887-09-11")]
    assert said == [first, interval, other]
