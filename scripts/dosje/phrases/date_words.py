"""EDTF dates in words, as a sentence prints them in the language of the phrases."""

from __future__ import annotations

import re
from dataclasses import replace

from ..values.dates import Edtf, Moment
from .phrases import Phrases

_SEASONS = {21: "date.spring", 22: "date.summer", 23: "date.autumn", 24: "date.winter"}


def words_of_date(value: Edtf, phrases: Phrases) -> str:
    """Return the date as a sentence prints it, in English "24–26 June 1960", "about November 1960".

    If one end of an interval is uncertain, it says which: "20–25 June 1960 (end uncertain)". A time of day follows the
    day as the record has it, and what an editor supplied stands in brackets.
    """
    words = _words_with_times(value, phrases)
    return phrases("date.supplied", date=words) if value.is_supplied else words


def _words_with_times(value: Edtf, phrases: Phrases) -> str:
    ends = [moment for moment in (value.start, value.end) if moment is not None]
    clocks = [_read_time(moment.time) for moment in ends if moment.time]
    if not clocks:
        return _words_of_days(value, phrases)
    days = [replace(moment, time="") for moment in ends]
    if len(ends) == 2 and days[0] != days[1]:
        said = [_words_with_times(Edtf(value.text, moment, moment), phrases) for moment in ends]
        return phrases("date.between-times", first=said[0], last=said[1])
    whole = replace(value, start=value.start and days[0], end=value.end and days[-1])
    time = "–".join(dict.fromkeys(clock + (zone if zone != clocks[-1][1] else "") for clock, zone in clocks))
    return phrases("date.with-time", date=_words_of_days(whole, phrases), time=time + clocks[-1][1])


def _read_time(time: str) -> tuple[str, str]:
    """Return a time of day as it is written, and its zone: "19:15", " UTC+03:00"."""
    clock, zone = re.fullmatch(r"([0-9:]+)(.*)", time, re.DOTALL).groups()  # type: ignore[union-attr]
    return clock, f" UTC{zone.removesuffix('Z')}" if zone else ""


def _words_of_days(value: Edtf, phrases: Phrases) -> str:
    start, end = value.start, value.end
    if start is None:
        assert end is not None
        return phrases("date.until", date=_moment_words(end, phrases))
    if end is None:
        return phrases("date.from", date=_moment_words(start, phrases))
    if start == end:
        return _moment_words(start, phrases)
    text = _range_words(_without_qualifier(start), _without_qualifier(end), phrases)
    if start.is_approximate and end.is_approximate:
        text = phrases("date.about", date=text)
    doubts = [phrases(key) for key in _doubts(start, end)]
    if not doubts:
        return text
    said = doubts[0] if len(doubts) == 1 else phrases("date.two-doubts", first=doubts[0], second=doubts[1])
    return phrases("date.with-doubt", date=text, doubt=said)


def _doubts(start: Moment, end: Moment) -> list[str]:
    """Return the keys of what is doubtful in an interval, but for what both ends are about."""
    doubts = {
        "date.uncertain": start.is_uncertain and end.is_uncertain,
        "date.start-uncertain": start.is_uncertain and not end.is_uncertain,
        "date.start-approximate": start.is_approximate and not end.is_approximate,
        "date.end-uncertain": end.is_uncertain and not start.is_uncertain,
        "date.end-approximate": end.is_approximate and not start.is_approximate,
    }
    return [key for key, is_so in doubts.items() if is_so]


def _range_words(start: Moment, end: Moment, phrases: Phrases) -> str:
    if start == end:
        return _moment_words(start, phrases)
    if start.day and end.day and start.year == end.year and start.month and end.month:
        first, month = start.day, phrases.month(start.month)
        if start.month == end.month:
            return phrases("date.days", first=first, last=end.day, month=month, year=start.year)
        day = phrases("date.day-of-month", day=first, month=month)
        return phrases("date.range", first=day, last=_moment_words(end, phrases))
    is_known = not (start.has_unknown_part or end.has_unknown_part)
    last = _moment_words(end, phrases)
    if is_known and start.year == end.year and start.month and end.month and not (start.day or end.day):
        return phrases("date.range", first=_month_words(start.month, phrases), last=last)
    key = "date.years" if is_known and start.month is None and end.month is None else "date.range"
    return phrases(key, first=_moment_words(start, phrases), last=last)


def _without_qualifier(moment: Moment) -> Moment:
    return replace(moment, is_uncertain=False, is_approximate=False)


def _moment_words(moment: Moment, phrases: Phrases) -> str:
    is_vague = "X" in moment.year
    words = phrases("date.decade", year=moment.year.replace("X", "0")) if is_vague else moment.year
    if moment.month is not None and moment.day:
        month = _SEASONS.get(moment.month)
        name = phrases(month) if month else phrases.month(moment.month)
        words = phrases("date.day", day=moment.day, month=name, year=words)
    elif moment.month is not None:
        words = phrases("date.month", month=_month_words(moment.month, phrases), year=words)
    if moment.has_unknown_part:
        words = phrases("date.month-unknown" if moment.month is None else "date.day-unknown", date=words)
    if moment.is_approximate:
        words = phrases("date.about", date=words)
    return phrases("date.with-doubt", date=words, doubt=phrases("date.uncertain")) if moment.is_uncertain else words


def _month_words(month: int, phrases: Phrases) -> str:
    return phrases(_SEASONS[month]) if month in _SEASONS else phrases.month(month, is_alone=True)
