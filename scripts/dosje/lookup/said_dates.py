"""Reads the dates in a pasted footnote, in the forms and languages of footnotes.

The browser runs these rules as well (`javascript.py`).
"""

from __future__ import annotations

import re
from typing import Any

_MONTHS = {
    name: number
    for number, line in enumerate(
        (
            "",
            "january jan januar janvier gennaio janar enero yanvar yanvarya",
            "february feb februar fevrier febbraio shkurt febrero fevral fevralya",
            "march mar marz mars marzo mart marta",
            "april apr avril aprile prill abril aprel aprelya",
            "may mai maggio maj mayo maya",
            "june jun juni juin giugno qershor junio iyun iyunya",
            "july jul juli juillet luglio korrik julio iyul iyulya",
            "august aug aout agosto gusht avgust avgusta",
            "september sep sept septembre settembre shtator septiembre sentyabr sentyabrya",
            "october oct oktober okt octobre ottobre tetor octubre oktyabr oktyabrya",
            "november nov novembre nentor noviembre noyabr noyabrya",
            "december dec dezember dez decembre dicembre dhjetor diciembre dekabr dekabrya",
        )
    )
    for name in line.split(" ")
    if name
}
_ROMAN = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "v": 5,
    "vi": 6,
    "vii": 7,
    "viii": 8,
    "ix": 9,
    "x": 10,
    "xi": 11,
    "xii": 12,
}
# Any word, because seven rules with all names of months took a tenth of the time of an answer.
_MONTH = r"([a-z]{3,10})\b\.?"
_DAY = r"([0-3]?[0-9])(?:st|nd|rd|th|er|o)?\.?"
YEAR = r"((?:1[5-9]|20)[0-9][0-9])"
# For each form of a date: its name, how many numbers and months it has, and its pattern.
_DATES = [
    ("d m - d m y", 6, rf"\b{_DAY}\s*{_MONTH}\s*(?:{YEAR}\s*)?(?:-|to|and|bis)\s*{_DAY}\s*{_MONTH},?\s*{YEAR}\b"),
    ("d - d m y", 4, rf"\b{_DAY}\s*(?:-|and|&|to|bis|dhe)\s*{_DAY}\s*{_MONTH},?\s*{YEAR}\b"),
    ("d m y", 3, rf"\b{_DAY}\s*(?:de\s+)?{_MONTH},?\s*(?:de\s+)?{YEAR}\b"),
    ("m d - d y", 4, rf"\b{_MONTH}\s*{_DAY}\s*-\s*{_DAY},?\s*{YEAR}\b"),
    ("m d y", 3, rf"\b{_MONTH}\s*{_DAY},?\s+{YEAR}\b"),
    ("y-m-d", 3, rf"\b{YEAR}-([01][0-9])-([0-3][0-9])\b"),
    ("y-m-d", 3, rf"\b{YEAR}年\s?([01]?[0-9])月\s?([0-3]?[0-9])日"),
    ("d.m.y", 3, r"\b([0-3]?[0-9])\s?[./]\s?([01]?[0-9])\s?[./]\s?((?:1[5-9]|20)?[0-9][0-9])\b"),
    ("d r y", 3, rf"\b([0-3]?[0-9])\s?[./\s]\s?(viii|vii|vi|iv|iii|ii|ix|xii|xi|i|v|x)\s?[./\s]\s?{YEAR}\b"),
    ("m y", 2, rf"\b{_MONTH},?\s*{YEAR}\b"),
    ("d m", 2, rf"\b{_DAY}\s*{_MONTH}"),
]  # fmt: skip
_DATE_RULES = [(shape, count, re.compile(pattern, re.ASCII)) for shape, count, pattern in _DATES]
NEAR = 60  # how many signs before a place a match may begin that ends there


def read_dates(text: str) -> tuple[list[list[int]], str]:
    """Return the dates in a spelled text, each as first and last day, and the text without them."""
    dates: list[list[int]] = []
    low = text.lower()
    for shape, count, rule in _DATE_RULES:
        match = rule.search(low)
        while match:
            parts = [match[index] for index in range(1, count + 1)]
            after = match.start() + 1
            if shape == "d r y" or _has_months(parts):
                date = _date_of(shape, parts)
                if date:
                    dates.append(date)
                # A bar, because with a space the words on both sides could make another date.
                bar = "|" * (match.end() - match.start())
                text = text[: match.start()] + bar + text[match.end() :]
                low = low[: match.start()] + bar + low[match.end() :]
                after = max(match.start() - NEAR, 0)
            match = rule.search(low, after)
    return sorted(dates), text.replace("|", " ")


def _has_months(parts: list[Any]) -> bool:
    return all(part in _MONTHS for part in parts if part and part[0] >= "a")


def _date_of(shape: str, parts: list[Any]) -> list[int]:
    if shape == "d m - d m y":
        year = int(parts[5])
        begin = _number(int(parts[2]) if parts[2] else year, _MONTHS[parts[1]], int(parts[0]))
        return [begin, _number(year, _MONTHS[parts[4]], int(parts[3]))]
    if shape == "d - d m y":
        year, month = int(parts[3]), _MONTHS[parts[2]]
        return [_number(year, month, int(parts[0])), _number(year, month, int(parts[1]))]
    if shape == "d m y":
        return _one_day(int(parts[2]), _MONTHS[parts[1]], int(parts[0]))
    if shape == "m d - d y":
        year, month = int(parts[3]), _MONTHS[parts[0]]
        return [_number(year, month, int(parts[1])), _number(year, month, int(parts[2]))]
    if shape == "m d y":
        return _one_day(int(parts[2]), _MONTHS[parts[0]], int(parts[1]))
    if shape == "y-m-d":
        return _one_day(int(parts[0]), int(parts[1]), int(parts[2]))
    if shape == "d.m.y":
        year = int(parts[2])
        return _one_day(year + 1900 if year < 100 else year, int(parts[1]), int(parts[0]))
    if shape == "d r y":
        return _one_day(int(parts[2]), _ROMAN[parts[1]], int(parts[0]))
    if shape == "m y":
        return _one_day(int(parts[1]), _MONTHS[parts[0]], 0)
    return _one_day(0, _MONTHS[parts[1]], int(parts[0]))


def _number(year: int, month: int, day: int) -> int:
    return year * 10000 + month * 100 + day


def _one_day(year: int, month: int, day: int) -> list[int]:
    if month < 1 or month > 12 or day > 31:
        return []
    return [_number(year, month, day), _number(year, month, day)]
