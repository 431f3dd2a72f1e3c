"""Where the calendar ends, a season ends too."""

from __future__ import annotations

from datetime import date

import pytest

from dosje.values.dates import parse_edtf


@pytest.mark.parametrize(
    ("text", "last"),
    [("9998-24", date(9999, 2, 28)), ("9999-24", date(9999, 12, 31)), ("9999-23", date(9999, 11, 30))],
)
def test_a_winter_ends_in_the_next_year_if_there_is_one(text: str, last: date) -> None:
    assert parse_edtf(text).bounds()[1] == last
