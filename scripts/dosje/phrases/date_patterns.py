"""How a language writes days, months, years and intervals of them: the patterns of CLDR, read once a language.

Knows nothing of EDTF. CLDR has patterns with months in full only for single dates, so those of intervals are widened.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel.core import Locale

# What a pattern has: a text in quotes, a field (letters of one kind), or a text as it stands (UTS #35, part 4).
_PIECE = re.compile(r"'((?:[^']|'')*)'|(y+|M+|L+|d+)|([^'yMLd]+)")
_FALLBACK = "{0} – {1}"
# CLDR writes "1 septembre". In print the first of a month is an ordinal, the other days are not: Imprimerie nationale,
# Lexique, "Dates"; Treccani, "Date"; CSL has it for French as `limit-day-ordinals-to-day-1`.
_FIRST_DAY = {"fr": "1er", "it": "1º"}

# Name of a month by its number: as it stands with a day, and alone.
Months = Mapping[int, str]


@dataclass(frozen=True)
class Day:
    """What a pattern prints: a year in words of ours ("1960", "1960s"), a month and a day as far as they are said."""

    year: str
    month: int = 0
    day: int = 0


class DatePatterns:
    """The patterns of one locale. `is_genitive`: the month is said after a preposition, in languages with cases."""

    def __init__(self, locale: Locale) -> None:
        self._with_day: Months = locale.months["format"]["wide"]
        self._alone: Months = locale.months["stand-alone"]["wide"]
        skeletons, self._intervals = locale.datetime_skeletons, locale.interval_formats
        self._day = str(locale.date_formats["long"])
        self._month = str(skeletons["yMMMM"])
        self._year = str(skeletons["y"])
        self._first_day = _FIRST_DAY.get(locale.language, "1")
        self._fallback = _plain_spaces(str(locale.interval_formats.get(None) or _FALLBACK))

    def one(self, day: Day, *, is_genitive: bool = False) -> str:
        """Return one date, as exact as it is."""
        pattern = self._day if day.day else self._month if day.month else self._year
        return self._fill(pattern, [day], is_genitive)

    def range(self, first: Day, last: Day) -> str:
        """Return from `first` to `last`, with each part said once. Both are equally exact."""
        names = ("yMMMMd", "yMMMd") if first.day else ("yMMMM", "yMMM") if first.month else ("y",)
        differs = "y" if first.year != last.year else "M" if first.month != last.month else "d"
        pattern = next((found[differs] for name in names if differs in (found := self._intervals.get(name, {}))), None)
        if pattern is None:
            return self.between(self.one(first), self.one(last))
        text = _plain_spaces("".join(pattern))
        if differs == "d" or not first.month:  # numbers that stand beside a dash are not parted from it
            text = _close(text)
        return self._fill(text, [first, last], is_genitive=False)

    def between(self, first: str, last: str) -> str:
        """Return two dates in words as an interval: "{first} – {last}"."""
        return self._fallback.replace("{0}", first).replace("{1}", last)

    def join_years(self, first: str, last: str) -> str:
        """Return two decades in words as an interval, with the sign that stands between two years: "1950s–1960s"."""
        pattern = _close(_plain_spaces("".join(self._intervals.get("y", {}).get("y", ("y", "–y")))))
        return f"{first}{pattern.split('y')[1]}{last}"

    def alone(self, month: int) -> str:
        """Return the name of a month that stands without a day."""
        return str(self._alone[month])

    def _fill(self, pattern: str, days: list[Day], is_genitive: bool) -> str:
        """Return the pattern with its values. A field that comes again is that of the second date."""
        seen: set[str] = set()
        said: list[str] = []
        for quoted, field, plain in _PIECE.findall(_plain_spaces(pattern)):
            kind = "M" if field[:1] == "L" else field[:1]
            day = days[-1] if kind in seen else days[0]
            seen.add(kind)
            said.append(self._value(field, day, is_genitive) if field else quoted.replace("''", "'") or plain)
        return "".join(said)

    def _value(self, field: str, day: Day, is_genitive: bool) -> str:
        if field[0] == "y":
            return day.year
        if field[0] == "d":
            return str(day.day) if day.day != 1 else self._first_day
        if len(field) < 3:
            return str(day.month)
        names = self._alone if field[0] == "L" and not is_genitive else self._with_day
        return str(names[day.month])


def _close(pattern: str) -> str:
    return re.sub(r"(?<=[dy]) – (?=[dy])", "–", pattern)


def _plain_spaces(pattern: str) -> str:
    """Return a pattern with spaces that every font has: CLDR parts the dash by thin ones."""
    return pattern.replace("\u2009", " ").replace("\u202f", "\u00a0")


def short_months(locale: Locale, width: str) -> list[str]:
    """Return the twelve months in short, "abbreviated" or "narrow", of the language in all its regions."""
    from .cldr import read_locale

    of_language = read_locale(f"{locale.language}-{locale.script}" if locale.script else locale.language)
    return [str(of_language.months["stand-alone"][width][number]) for number in range(1, 13)]
