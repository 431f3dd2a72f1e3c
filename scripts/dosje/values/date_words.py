"""EDTF dates in words, as an English sentence prints them."""

from __future__ import annotations

import calendar
from dataclasses import replace

from .dates import Edtf, Moment

_MONTHS = tuple(calendar.month_name)


_SEASONS = {21: "Spring", 22: "Summer", 23: "Autumn", 24: "Winter"}


def words_of_date(value: Edtf) -> str:
    """Return the date as an English sentence prints it: "24–26 June 1960", "about November 1960".

    If one end of an interval is uncertain, it says which: "20–25 June 1960 (end uncertain)".
    """
    start, end = value.start, value.end
    if start is None:
        assert end is not None
        return f"until {_moment_words(end)}"
    if end is None:
        return f"from {_moment_words(start)}"
    if start == end:
        return _moment_words(start)
    text = _range_words(_without_qualifier(start), _without_qualifier(end))
    if start.is_approximate and end.is_approximate:
        text = f"about {text}"
    doubts = [
        "uncertain" if start.is_uncertain and end.is_uncertain else "",
        "start uncertain" if start.is_uncertain and not end.is_uncertain else "",
        "start approximate" if start.is_approximate and not end.is_approximate else "",
        "end uncertain" if end.is_uncertain and not start.is_uncertain else "",
        "end approximate" if end.is_approximate and not start.is_approximate else "",
    ]
    said = ", ".join(doubt for doubt in doubts if doubt)
    return f"{text} ({said})" if said else text


def _range_words(start: Moment, end: Moment) -> str:
    if start == end:
        return _moment_words(start)
    if start.day and end.day and start.year == end.year and start.month and end.month:
        if start.month == end.month:
            return f"{start.day}–{end.day} {_MONTHS[start.month]} {start.year}"
        return f"{start.day} {_MONTHS[start.month]} – {_moment_words(end)}"
    is_known = not (start.has_unknown_part or end.has_unknown_part)
    if is_known and start.year == end.year and start.month and end.month and not (start.day or end.day):
        return f"{_month_words(start.month)} – {_moment_words(end)}"
    if is_known and start.month is None and end.month is None:
        return f"{_moment_words(start)}–{_moment_words(end)}"
    return f"{_moment_words(start)} – {_moment_words(end)}"


def _without_qualifier(moment: Moment) -> Moment:
    return replace(moment, is_uncertain=False, is_approximate=False)


def _moment_words(moment: Moment) -> str:
    year = f"{moment.year.replace('X', '0')}s" if "X" in moment.year else moment.year
    words = year if moment.month is None else f"{moment.day or ''} {_month_words(moment.month)} {year}".lstrip()
    if moment.has_unknown_part:
        words += " (month unknown)" if moment.month is None else " (day unknown)"
    if moment.is_approximate:
        words = f"about {words}"
    return f"{words} (uncertain)" if moment.is_uncertain else words


def _month_words(month: int) -> str:
    return _SEASONS.get(month) or _MONTHS[month]
