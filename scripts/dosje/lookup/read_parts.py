"""Says where in a pasted footnote each part of a cite stands: archive, fonds, file, leaf, author, title, date.

So what is not found can be filed. The browser runs these rules as well (`javascript.py`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..values.spelling import find_words
from .said_dates import read_dates
from .said_pages import DOCUMENT_NUMBER, tidy_numbers
from .said_works import find_title

_NAMES = {
    "archive": "archive", "fonds": "fonds", "list": "series", "year": "year", "file": "file", "folio": "leaf",
}  # fmt: skip
# The forms that words for the type of a document have in the index.
_TYPES = ["record", "letter", "talk", "report", "speech"]
_END_OF_TITLE = re.compile(r"\s*(?:[(;]|[,.:]\s*(?:vols?\b|bd\b|pp?\b|s\.|nn?\b|[0-9])|\.?\s*$)", re.ASCII)
_EDGES = " ,.;:-|()[]"


@dataclass(frozen=True)
class ReadPart:
    """A part of a cite: its name, its value, and where it begins and ends."""

    name: str
    value: str
    start: int
    end: int


def read_parts(
    part: str, marks: list[tuple[str, int, int, str]], people: list[tuple[str, int, int]], is_work: bool
) -> list[ReadPart]:
    """Return the parts of a cite by their order in its spelled text.

    `marks`: the labelled numbers in it, `people`: its author and recipient, as name, start and end; `is_work`: whether
    it cites no archive.
    """
    found: list[ReadPart] = []
    names: list[str] = []
    for role, start, end, value in marks:
        name = _NAMES.get(role, "")
        if name and name not in names:
            names.append(name)
            own = part[end - len(value) : end].strip(" ")
            found.append(ReadPart(name, tidy_numbers(own) if name == "leaf" else own, start, end))
    if "series" not in names:
        found.extend(_find_series(part, marks))
    dates, left = read_dates(part)
    span = _find_changed(part, left)
    if dates and span:
        found.append(ReadPart("date", _say_dates(dates), span[0], span[1]))
    for name, start, end in people:
        found.append(ReadPart(name, part[start:end], start, end))
    for word, start, end in find_words(part):
        if word in _TYPES:
            found.append(ReadPart("type", word, start, end))
            break
    document = DOCUMENT_NUMBER.search(part.lower()) if is_work else None
    if document:
        found.append(ReadPart("document", tidy_numbers(document[2]), document.start(), document.end()))
    title = _find_title(left, people, is_work)
    if title:
        found.append(ReadPart("title", part[title[0] : title[1]], title[0], title[1]))
    found.sort(key=lambda each: each.start)
    return found


def _find_series(part: str, marks: list[tuple[str, int, int, str]]) -> list[ReadPart]:
    """Return the series that stands between fonds and next number, or the fonds between archive and next number."""
    name = "series"
    at = [mark[2] for mark in marks if mark[0] == "fonds"]
    if not at:
        name = "fonds"
        at = [mark[2] for mark in marks if mark[0] == "archive"]
    behind = [mark[1] for mark in marks if mark[0] in ("year", "file") and at and mark[1] >= at[0]]
    if not at or not behind:
        return []
    start, end = _trim(part, at[0], min(behind))
    return [ReadPart(name, part[start:end], start, end)] if start < end and end - start < 80 else []


def _trim(part: str, start: int, end: int) -> tuple[int, int]:
    while start < end and part[start] in _EDGES:
        start = start + 1
    while end > start and part[end - 1] in _EDGES:
        end = end - 1
    return start, end


def _find_changed(before: str, after: str) -> list[int]:
    """Return where two texts of one length begin and cease to differ for the first time."""
    start = -1
    end = 0
    for at, letter in enumerate(before):
        if letter != after[at]:
            if start < 0:
                start = at
            elif before[end:at].strip(" ") != "":
                break
            end = at + 1
    return [start, end] if start >= 0 else []


def _find_title(part: str, people: list[tuple[str, int, int]], is_work: bool) -> list[int]:
    quoted = find_title(part)
    if quoted:
        start, end = _trim(part, quoted[0], quoted[1])
        return [start, end]
    writers = [person for person in people if person[0] == "author"]
    if not is_work or not writers or len(people) > 1:
        return []
    stop = _END_OF_TITLE.search(part.lower(), writers[0][2] + 2)
    start, end = _trim(part, writers[0][2], stop.start() if stop else len(part))
    return [start, end] if start < end else []


def _say_dates(dates: list[list[int]]) -> str:
    """Return the first of some dates as EDTF."""
    begin, end = dates[0]
    return _say_day(begin) if begin == end else f"{_say_day(begin)}/{_say_day(end)}"


def _say_day(day: int) -> str:
    year = str(day // 10000) if day >= 10000 else "XXXX"
    month, number = str(day // 100 % 100 + 100)[1:], str(day % 100 + 100)[1:]
    return f"{year}-{month}-{number}" if day % 100 else f"{year}-{month}"
