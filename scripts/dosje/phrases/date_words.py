"""EDTF dates in words, as a sentence prints them in the language of the phrases.

CLDR says how the language writes days, months and intervals; the phrases say the rest: about, uncertain, seasons.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ..values.dates import Edtf, Moment
from ..values.roman import write_roman
from .date_patterns import Day
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
    if value.choices:
        said = (_words_with_times(Edtf(value.text, moment, moment), phrases) for moment in value.choices)
        return phrases.listed(said, "or")
    ends = [moment for moment in (value.start, value.end) if moment is not None]
    clocks = [_read_time(moment.time) for moment in ends if moment.time]
    if not clocks:
        return _words_of_days(value, phrases)
    days = [replace(moment, time="") for moment in ends]
    if len(ends) == 2 and days[0] != days[1]:
        first, last = (_words_with_times(Edtf(value.text, moment, moment), phrases) for moment in ends)
        return phrases.dates.between(first, last)
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
        return _with_date("date.until", end, phrases)
    if end is None:
        return _with_date("date.from", start, phrases)
    if start == end:
        return _moment_words(start, phrases)
    text = _range_words(_without_qualifier(start), _without_qualifier(end), phrases)
    if start.is_approximate and end.is_approximate:
        text = phrases("date.about", form="interval", date=text, date_genitive=text)
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
    first, last = _season_of(start, phrases), _season_of(end, phrases)
    if start.year == end.year and (first or last) and start.month and end.month and not (start.day or end.day):
        names = [name or phrases.dates.alone(moment.month or 0) for name, moment in ((first, start), (last, end))]
        return phrases("date.season", season=phrases.dates.between(*names), year=start.year)
    is_plain = not any(_is_in_words(moment) for moment in (start, end))
    if is_plain and (bool(start.month), bool(start.day)) == (bool(end.month), bool(end.day)):
        return phrases.dates.range(_day_of(start), _day_of(end))
    words = [_moment_words(moment, phrases) for moment in (start, end)]
    is_short = not any(moment.month or moment.has_unknown_part for moment in (start, end)) and " " not in "".join(words)
    return (phrases.dates.join_years if is_short else phrases.dates.between)(*words)


def _is_in_words(moment: Moment) -> bool:
    """Say whether a date has a part that CLDR has no word for."""
    return moment.has_unknown_part or "X" in moment.year or moment.month in _SEASONS


def _day_of(moment: Moment) -> Day:
    return Day(moment.year, moment.month or 0, moment.day or 0)


def _without_qualifier(moment: Moment) -> Moment:
    return replace(moment, is_uncertain=False, is_approximate=False)


def _moment_words(moment: Moment, phrases: Phrases) -> str:
    plain = _without_qualifier(moment)
    words = _with_date("date.about", plain, phrases) if moment.is_approximate else _plain_words(plain, phrases)
    return phrases("date.with-doubt", date=words, doubt=phrases("date.uncertain")) if moment.is_uncertain else words


def _with_date(key: str, moment: Moment, phrases: Phrases) -> str:
    """Return a phrase about a date. Its form follows how exact that is, and the date stands in the case it asks for."""
    is_plain = not (moment.is_approximate or moment.is_uncertain)
    genitive = _plain_words(moment, phrases, is_genitive=True) if is_plain else _moment_words(moment, phrases)
    return phrases(key, form=_form_of(moment), date=_moment_words(moment, phrases), date_genitive=genitive)


def _form_of(moment: Moment) -> str:
    if "X" in moment.year:
        return "century" if moment.year.endswith("XX") else "decade"
    if moment.month in _SEASONS:
        return "season"
    return "day" if moment.day else "month" if moment.month else "year"


def _plain_words(moment: Moment, phrases: Phrases, *, is_genitive: bool = False) -> str:
    case = "genitive" if is_genitive else "nominative"
    if "X" in moment.year:
        number = int(moment.year[:2]) + 1
        centuries = {"century": number, "century_roman": write_roman(number)}
        words = phrases(f"date.{_form_of(moment)}", form=case, year=moment.year.replace("X", "0"), **centuries)
    elif season := _season_of(moment, phrases, case):
        words = phrases("date.season", season=season, year=moment.year)
    else:
        words = phrases.dates.one(_day_of(moment), is_genitive=is_genitive)
    if moment.has_unknown_part:
        words = phrases("date.month-unknown" if moment.month is None else "date.day-unknown", date=words)
    return words


def _season_of(moment: Moment, phrases: Phrases, case: str = "nominative") -> str:
    """Return the name of a date's season, "" if it is none."""
    return phrases(_SEASONS[moment.month], form=case) if moment.month in _SEASONS else ""
