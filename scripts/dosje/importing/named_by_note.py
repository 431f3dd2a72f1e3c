"""Reads short forms that say in which note the work was named first: "Marku (n. 1), 40", "Mëhilli (Anm. 13), S. 200".

The number leads to the record; the lookup, which knows no numbers of a manuscript, is asked without it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from ..values.spelling import words_of
from .decisions import CiteDecision
from .leading_prose import words_of_record
from .memory_index import MemoryIndex

_NAMED_IN = re.compile(
    r"\((?:(?:see|as|wie|siehe|vgl\.|voir|cf\.|above|supra)\s)?(?:as in\s|in\s)?"
    r"(?:nn?|notes?|fnn?|Anm|Fn|Fußnote|supra note|прим|przyp|pozn|shën)\.?\s?([0-9]{1,4})\)",
    re.IGNORECASE,
)


def blank_numbers(text: str) -> str:
    """Return a note with spaces where it says in which note a work was named."""
    return _NAMED_IN.sub(lambda match: " " * len(match[0]), text)


def end_behind_number(text: str, end: int) -> int:
    """Return where a cite ends whose last words say in which note its work was named: "Marku" -> "Marku (n. 1)"."""
    match = _NAMED_IN.match(text, end + len(text[end:]) - len(text[end:].lstrip()))
    return match.end() if match else end


def find_by_note(
    text: str, numbers: Mapping[str, int], decided: Mapping[int, Iterable[CiteDecision]], index: MemoryIndex
) -> tuple[str, str]:
    """Return the key of the source that a short form means by the number of a note, and the text behind that number.

    "" where it names no note, or several sources of that note have the words before the number. `numbers`: of notes, by
    mark; `decided`: what became of their cites.
    """
    match = _NAMED_IN.search(text)
    number = numbers.get(match[1]) if match else None
    if match is None or number is None:
        return "", ""
    said = words_of(text[: match.start()])
    keys = {one.key for one in decided.get(number, ()) if one.key}
    known = {key: words_of_record(key, index) for key in keys}
    found = [key for key, words in known.items() if said and all(word in words for word in said[:1])]
    if len(found) > 1:
        found = [key for key in found if all(word in known[key] for word in said)]
    return (found[0], text[match.end() :]) if len(found) == 1 else ("", "")
