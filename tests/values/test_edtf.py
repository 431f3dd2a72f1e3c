"""EDTF dates: what they mean, how they are printed, and what is said of those that are none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import load_cases
from dosje.phrases.date_words import words_of_date
from dosje.values.dates import DateError, parse_edtf
from english import ENGLISH

CASES: dict[str, list[dict[str, Any]]] = load_cases("edtf.yml")

years = st.one_of(st.integers(1, 9999).map(lambda year: f"{year:04}"), st.integers(0, 999).map(lambda d: f"{d:03}X"))
whole_years = st.integers(1, 9999).map(lambda year: f"{year:04}")
months = st.one_of(st.integers(1, 12), st.integers(21, 24)).map(lambda month: f"{month:02}") | st.just("XX")
moments = st.builds(
    lambda text, mark: text + mark,
    st.one_of(
        years,
        st.builds("{}-{}".format, whole_years, months),
        st.dates().map(lambda day: day.isoformat()),
    ),
    st.sampled_from(["", "?", "~", "%"]),
)
times = st.times().map(lambda time: time.strftime("%H:%M")) | st.times().map(lambda time: time.strftime("%H:%M:%SZ"))
moments |= st.builds("{}T{}".format, st.dates().map(lambda day: day.isoformat()), times)
ends = moments | st.sampled_from(["", ".."])


@pytest.mark.parametrize("case", CASES["good"], ids=lambda case: case["text"])
def test_a_date_has_words_and_bounds(case: dict[str, Any]) -> None:
    value = parse_edtf(case["text"])
    assert (words_of_date(value, ENGLISH), [*value.bounds()]) == (case["words"], case["bounds"])


@pytest.mark.parametrize("case", CASES["bad"], ids=lambda case: case["text"] or "nothing")
def test_what_is_no_date_is_answered_with_what_to_write(case: dict[str, Any]) -> None:
    with pytest.raises(DateError) as caught:
        parse_edtf(case["text"])
    assert (str(caught.value), caught.value.hint) == (case["message"], case["hint"])


@given(moments)
def test_a_date_is_printed_as_it_was_written_and_its_bounds_are_in_order(text: str) -> None:
    value = parse_edtf(text)
    first, last = value.bounds()
    assert parse_edtf(str(value)) == value
    assert first <= last
    assert words_of_date(value, ENGLISH)


@given(ends, ends)
def test_an_interval_is_printed_as_it_was_written_and_its_bounds_are_in_order(start: str, end: str) -> None:
    try:
        value = parse_edtf(f"{start}/{end}")
    except DateError as error:
        assert error.hint
        return
    first, last = value.bounds()
    assert parse_edtf(str(value)) == value
    assert first <= last
    assert words_of_date(value, ENGLISH)


@given(st.text(alphabet="0129X-/.?~% s", max_size=14))
def test_every_text_is_a_date_or_a_date_error(text: str) -> None:
    try:
        assert str(parse_edtf(text)) == text
    except DateError as error:
        assert error.hint


def test_dates_are_ordered_by_their_first_day_then_the_more_exact() -> None:
    texts = ["1961", "1960", "1960-06", "1960-06-24/1960-06-26", "1960-06-24", "../1959"]
    assert sorted(texts, key=lambda text: parse_edtf(text).sort_key()) == [
        "../1959", "1960", "1960-06", "1960-06-24", "1960-06-24/1960-06-26", "1961",
    ]  # fmt: skip


def test_an_open_end_reaches_to_the_end_of_the_calendar() -> None:
    assert parse_edtf("1960/..").bounds() == (date(1960, 1, 1), date.max)


def test_dates_of_one_day_are_in_the_order_of_their_times_and_the_whole_day_comes_first() -> None:
    texts = ["1960-06-25", "1960-06-24T19:15", "1960-06-24", "1960-06-24T09:05", "1960-06"]
    found = sorted(map(parse_edtf, texts), key=lambda date: date.sort_key())
    assert [date.text for date in found] == [
        "1960-06",
        "1960-06-24",
        "1960-06-24T09:05",
        "1960-06-24T19:15",
        "1960-06-25",
    ]


def test_a_date_that_an_editor_supplied_stands_in_brackets() -> None:
    supplied = replace(parse_edtf("1960-06-24?"), is_supplied=True)
    assert words_of_date(supplied, ENGLISH) == "[24 June 1960 (uncertain)]"
