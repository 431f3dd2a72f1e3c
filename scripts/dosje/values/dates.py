"""EDTF dates, levels 0 and 1 of ISO 8601-2:2019, and the sets of level 2, as far as editions need them.

It is our own, because neither of the maintained libraries is good enough: docs/decisions/0002-edtf-of-our-own.md.
Knows nothing of records. All dates are Gregorian.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

# [0-9], because \d also matches the digits of every other script.
_DATE = re.compile(r"([0-9]{4}|[0-9]{3}X|[0-9]{2}XX)(?:-([0-9]{2}|XX)(?:-([0-9]{2}|XX))?)?([?~%]?)\Z")
_TIME = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?(?:Z|[+-](?:0[0-9]|1[0-4]):[0-5][0-9])?\Z")
# How people write dates, and the same in EDTF: the hint for a date that cannot be read.
_SAID_OTHERWISE: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"(\d{4})[-./](\d\d?)(?:[-./](\d\d?))?\Z"), lambda m: _join_parts(m[1], m[2], m[3])),
    (re.compile(r"(\d\d?)[-./]\s*(\d\d?)[-./]\s*(\d{4})\Z"), lambda m: _join_parts(m[3], m[2], m[1])),
    (re.compile(r"(\d{4}-\d\d-\d\d)[ ,]+(?:at )?(\d\d?)[:.](\d\d)\Z"), lambda m: f"{m[1]}T{m[2].zfill(2)}:{m[3]}"),
    (re.compile(r"(\d{3})0s\Z"), lambda m: f"{m[1]}X"),
    (re.compile(r"(?:c\.|ca\.?|about|~)\s*(\S+)\Z"), lambda m: f"{m[1]}~"),
    (re.compile(r"(\S+)\s+or\s+(\S+)\Z"), lambda m: f"[{m[1]},{m[2]}]"),
    (re.compile(r"(\S+)\s*[–—]\s*(\S+)\Z"), lambda m: f"{m[1]}/{m[2]}"),
)
# First month and length in months. Winter begins in December of its year (EDTF leaves it open).
_SEASON_MONTHS = {21: 3, 22: 6, 23: 9, 24: 12}


@dataclass(frozen=True, slots=True)
class Moment:
    """One date: a day, month, season, year or decade, perhaps uncertain (?) or about (~)."""

    year: str  # four characters, e.g. "1960", "195X"
    month: int | None = None  # 1–12, or a season 21–24; None where unknown or not given
    day: int | None = None
    has_unknown_part: bool = False  # "1960-XX": the month is unknown
    is_uncertain: bool = False
    is_approximate: bool = False
    time: str = ""  # of the day, as written: "19:15", "19:15:30", "19:15Z", "19:15+03:00"

    def bounds(self) -> tuple[date, date]:
        """Return the first and the last possible day."""
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
    """A date or an interval as written in `text`. An end is None if it is open ("..") or unknown.

    `is_supplied`: an editor gave it, it does not stand in the document.
    `choices`: the dates of which it is one, in their order; then `start` is the first of them, `end` the last.
    """

    text: str
    start: Moment | None
    end: Moment | None
    is_supplied: bool = False
    choices: tuple[Moment, ...] = ()

    @property
    def is_interval(self) -> bool:
        return "/" in self.text

    def bounds(self) -> tuple[date, date]:
        """Return the first and the last possible day. An open end reaches to the end of the calendar."""
        first = self.start.bounds()[0] if self.start else date.min
        last = self.end.bounds()[1] if self.end else date.max
        return first, last

    def without_times(self) -> Edtf:
        """Return the date to the day."""
        ends = [replace(moment, time="") if moment else None for moment in (self.start, self.end)]
        return replace(self, start=ends[0], end=ends[1])

    def sort_key(self) -> tuple[date, date, str]:
        """Return a key that sorts by first day, then by exactness, then by text, which ends with the time of day."""
        return (*self.bounds(), self.text)

    def __str__(self) -> str:
        return self.text


class DateError(ValueError):
    """The text is not an EDTF date. `hint` is what an editor can type instead."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


def parse_edtf(text: str) -> Edtf:
    """Return the date that `text` means.

    Level 0: 1960, 1960-06, 1960-06-24, A/B, and 1960-06-24T19:15, a time that may lack its seconds. Level 1: the
    qualifiers ? ~ %, XX for unknown parts and 195X, the seasons 21–24, open (..) and unknown (empty) ends of an
    interval. Level 2: one of a set, [1960,1961].
    Raises DateError with a hint. Source: ISO 8601-2:2019; loc.gov/standards/datetime.
    """
    if text.startswith("[") and text.endswith("]"):
        return _parse_choices(text)
    ends = text.split("/")
    if len(ends) > 2:
        raise DateError(f'"{text}" is not an EDTF date', "an interval has one /: 1960-06-24/1960-06-26")
    if len(ends) == 1:
        moment = _parse_moment(text)
        return Edtf(text, moment, moment)
    start, end = (None if e in ("", "..") else _parse_moment(e, text) for e in ends)
    if start is None and end is None:
        raise DateError(f'"{text}" is not an EDTF date', "give at least one end of the interval")
    if start and end and _ends_before(start, end):
        raise DateError(f'"{text}" is not an EDTF date (it ends before it begins)', f"{ends[1]}/{ends[0]}?")
    return Edtf(text, start, end)


def _ends_before(start: Moment, end: Moment) -> bool:
    if start.time and end.time and start.bounds() == end.bounds() and start.time[5:] == end.time[5:]:
        return start.time > end.time
    return start.bounds()[0] > end.bounds()[1]


def _parse_choices(text: str) -> Edtf:
    """Return a date that is one of several: "[1960,1961]"."""
    given = [part.strip() for part in text[1:-1].split(",")]
    if len(given) < 2 or any(".." in part for part in given):
        raise DateError(f'"{text}" is not an EDTF date', "one of several dates is written [1960,1961]")
    choices = sorted({_parse_moment(part, text) for part in given}, key=lambda moment: moment.bounds())
    return Edtf(text, choices[0], choices[-1], choices=tuple(choices))


def _parse_moment(text: str, whole: str | None = None) -> Moment:
    """Return one date, with its time if it has one."""
    day, sign, time = text.partition("T")
    if not sign:
        return _parse_day(text, whole)
    found = _parse_day(day, whole)
    problem = f'"{whole or text}" is not an EDTF date'
    if found.day is None or found.is_uncertain or found.is_approximate:
        raise DateError(problem, "a time belongs to a day that is known: 1960-06-24T19:15")
    if not _TIME.match(time):
        raise DateError(f"{problem} (time {time})", "write 1960-06-24T19:15, for a zone 19:15Z or 19:15+03:00")
    return replace(found, time=time)


def _parse_day(text: str, whole: str | None = None) -> Moment:
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
    if month is not None and not (1 <= month <= 12 or month in _SEASON_MONTHS):
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
                f"{calendar.month_name[month]} {year} has {last} days; for an unknown day write {year}-{month_text}-XX",
            )
    return Moment(year, month, day, unknown, mark in ("?", "%"), mark in ("~", "%"))


def _suggest(text: str) -> str:
    for pattern, say in _SAID_OTHERWISE if len(text) < 60 else ():  # it is too long for two dates
        match = pattern.match(text.strip())
        if match and _reads(say(match)):
            return f"write {say(match)}"
    return "write 1960, 1960-06 or 1960-06-24"


def _reads(text: str) -> bool:
    try:
        # The match comes first: `parse_edtf` may refuse what it lets through, and then there is no other suggestion.
        ends = re.split(r"[/,]", text.strip("[]"))
        return all(_DATE.match(end.partition("T")[0]) for end in ends) and bool(parse_edtf(text))
    except DateError:
        return False


def _join_parts(year: str, *parts: str | None) -> str:
    return "-".join([year, *(f"{int(part):02}" for part in parts if part)])


def _days(year: int, month: int) -> int:
    return calendar.monthrange(max(year, 1), month)[1]
