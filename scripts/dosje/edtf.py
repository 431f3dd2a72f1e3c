"""EDTF dates, levels 0 and 1 of ISO 8601-2:2019 as far as editions need them.

Our own, because neither kept-up library holds up: docs/decisions/0002-edtf-of-our-own.md.
Knows nothing of records; in Gregorian dates only.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

# [0-9], because \d is also every other script's digits.
_DATE = re.compile(r"([0-9]{4}|[0-9]{3}X|[0-9]{2}XX)(?:-([0-9]{2}|XX)(?:-([0-9]{2}|XX))?)?([?~%]?)\Z")
# How people write dates, and the EDTF for it: the hint of a date that cannot be read.
_SAID_OTHERWISE: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"(\d{4})[-./](\d\d?)(?:[-./](\d\d?))?\Z"), lambda m: _join_parts(m[1], m[2], m[3])),
    (re.compile(r"(\d\d?)[-./]\s*(\d\d?)[-./]\s*(\d{4})\Z"), lambda m: _join_parts(m[3], m[2], m[1])),
    (re.compile(r"(\d{3})0s\Z"), lambda m: f"{m[1]}X"),
    (re.compile(r"(?:c\.|ca\.?|about|~)\s*(\S+)\Z"), lambda m: f"{m[1]}~"),
    (re.compile(r"(\S+)\s*[–—]\s*(\S+)\Z"), lambda m: f"{m[1]}/{m[2]}"),
)
_MONTHS = tuple(calendar.month_name)
_SEASONS = {21: "Spring", 22: "Summer", 23: "Autumn", 24: "Winter"}
# First month and length in months. Winter begins in December of its year (EDTF leaves it open).
_SEASON_MONTHS = {21: 3, 22: 6, 23: 9, 24: 12}


@dataclass(frozen=True, slots=True)
class Moment:
    """One date: a day, month, season, year or decade, perhaps uncertain (?) or about (~)."""

    year: str  # four characters, e.g. "1960", "195X"
    month: int | None = None  # 1–12, or a season 21–24; None where unknown or not given
    day: int | None = None
    has_unknown_part: bool = False  # "1960-XX": the month exists and nobody knows it
    is_uncertain: bool = False
    is_approximate: bool = False

    def bounds(self) -> tuple[date, date]:
        """Return the first and the last day that this can mean."""
        first_year, last_year = int(self.year.replace("X", "0")), int(self.year.replace("X", "9"))
        first_year = max(first_year, 1)
        if self.month is None:
            return date(first_year, 1, 1), date(last_year, 12, 31)
        if self.month > 12:
            start = _SEASON_MONTHS[self.month]
            end_year, end = (first_year + 1, 2) if start == 12 else (first_year, start + 2)
            if end_year > date.max.year:
                return date(first_year, start, 1), date.max
            return date(first_year, start, 1), date(end_year, end, _days(end_year, end))
        if self.day is None:
            last = _days(last_year, self.month)
            return date(first_year, self.month, 1), date(last_year, self.month, last)
        return date(first_year, self.month, self.day), date(last_year, self.month, self.day)


@dataclass(frozen=True, slots=True)
class Edtf:
    """A date or an interval as written in `text`. An end that is None is open ("..") or unknown."""

    text: str
    start: Moment | None
    end: Moment | None

    @property
    def is_interval(self) -> bool:
        return "/" in self.text

    def bounds(self) -> tuple[date, date]:
        """Return the first and last possible day; open ends reach to the ends of the calendar."""
        first = self.start.bounds()[0] if self.start else date.min
        last = self.end.bounds()[1] if self.end else date.max
        return first, last

    def sort_key(self) -> tuple[date, date, str]:
        """Order by first day, then the more exact, then the text."""
        return (*self.bounds(), self.text)

    def __str__(self) -> str:
        return self.text


class DateError(ValueError):
    """Not an EDTF date; carries a hint that an editor can type."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


def parse_edtf(text: str) -> Edtf:
    """Return the date that `text` means.

    Level 0: 1960, 1960-06, 1960-06-24, A/B. Level 1: the qualifiers ? ~ %, XX for unknown
    parts and 195X, the seasons 21–24, open (..) and unknown (empty) ends of an interval.
    Raises DateError with a hint. Source: ISO 8601-2:2019; loc.gov/standards/datetime.
    """
    ends = text.split("/")
    if len(ends) > 2:
        raise DateError(f'"{text}" is not an EDTF date', "an interval has one /: 1960-06-24/1960-06-26")
    if len(ends) == 1:
        moment = _parse_moment(text)
        return Edtf(text, moment, moment)
    start, end = (None if e in ("", "..") else _parse_moment(e, text) for e in ends)
    if start is None and end is None:
        raise DateError(f'"{text}" is not an EDTF date', "give at least one end of the interval")
    if start and end and start.bounds()[0] > end.bounds()[1]:
        raise DateError(f'"{text}" is not an EDTF date (it ends before it begins)', f"{ends[1]}/{ends[0]}?")
    return Edtf(text, start, end)


def _parse_moment(text: str, whole: str | None = None) -> Moment:
    whole = whole or text
    match = _DATE.match(text)
    if not match:
        raise DateError(f'"{whole}" is not an EDTF date', _suggest(text))
    year, month_text, day_text, mark = match.groups()
    if year == "0000":
        raise DateError(f'"{whole}" is not an EDTF date (year 0000)', "years run from 0001")
    if "X" in year and month_text is not None:
        raise DateError(f'"{whole}" is not an EDTF date', f"a decade has no months: {year}")
    unknown = "XX" in (month_text, day_text)
    if month_text == "XX" and day_text not in (None, "XX"):
        raise DateError(f'"{whole}" is not an EDTF date', "a known day needs a known month")
    month = int(month_text) if month_text and month_text != "XX" else None
    day = int(day_text) if day_text and day_text != "XX" else None
    if month is not None and not (1 <= month <= 12 or month in _SEASONS):
        raise DateError(
            f'"{whole}" is not an EDTF date (month {month_text})',
            f"months run 01 to 12; for an unknown month write {year}-XX",
        )
    if month is not None and month > 12 and day_text is not None:
        raise DateError(f'"{whole}" is not an EDTF date', "a season has no days")
    if day is not None and month is not None:
        last = _days(int(year), month)
        if not 1 <= day <= last:
            raise DateError(
                f'"{whole}" is not an EDTF date (day {day_text})',
                f"{_MONTHS[month]} {year} has {last} days; for an unknown day write {year}-{month_text}-XX",
            )
    return Moment(year, month, day, unknown, mark in ("?", "%"), mark in ("~", "%"))


def _suggest(text: str) -> str:
    for pattern, say in _SAID_OTHERWISE if len(text) < 60 else ():  # longer than two dates is something else
        match = pattern.match(text.strip())
        if match and _reads(say(match)):
            return f"write {say(match)}"
    return "write 1960, 1960-06 or 1960-06-24"


def _reads(text: str) -> bool:
    try:
        # The match first: what it lets through is refused without another suggestion.
        return all(_DATE.match(end) for end in text.split("/")) and bool(parse_edtf(text))
    except DateError:
        return False


def _join_parts(year: str, *parts: str | None) -> str:
    return "-".join([year, *(f"{int(part):02}" for part in parts if part)])


def _days(year: int, month: int) -> int:
    return calendar.monthrange(max(year, 1), month)[1]


def words_of(value: Edtf) -> str:
    """Return the date as an English sentence prints it: "24–26 June 1960", "about November 1960".

    Of an interval that is not sure at one end it says at which: "20–25 June 1960 (end uncertain)".
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
