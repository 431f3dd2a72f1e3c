"""Reads names in a pasted footnote: who wrote to whom, and who stands before a title.

The browser runs these rules as well (`javascript.py`).
"""

from __future__ import annotations

import re

from ..values.spelling import words_of

_NAME = r"[A-Z][\w.'-]{0,60}(?:\s+(?:[A-Z][\w.'-]{0,60}|al|van|von|de|der|en)){0,3}"
_TITLES = r"(?:(?:comrades?|cde|general|marshal|ambassador|premier|shoku|genosse)\s+)?"
_TO = re.compile(rf"({_NAME}),?\s+(?:to|an|a|per|drejtuar|k)\s+{_TITLES}({_NAME})", re.ASCII)
_TO_IN_SMALL = re.compile(r"\b(\w+)\s+to\s+(\w+)", re.ASCII)
_BETWEEN = re.compile(rf"\b([A-Z]\w+)\s?-\s?([A-Z]\w+)\b|\bbetween\s+({_NAME})\s+and\s+({_NAME})", re.ASCII)
_MOST_WORDS = 8  # of a name
_KINDS = ["letter", "report", "speech", "record", "talk"]
_LEAD = re.compile(
    r"^\s*([A-Z][^,;:('\"]{1,90}?)\s*(?:\((?:ed|eds|hg|hrsg|dir|trans)\.?\)\s*)?(?=[,:('\"]|$)", re.ASCII
)
_NOT_IN_NAMES = re.compile(
    r"(?:^|\s)(?!and\b|van\b|von\b|de\b|der\b|den\b|et\b|al\b|dhe\b|und\b|ed\b|eds\b)[a-z]", re.ASCII
)


def read_names(text: str) -> tuple[list[str], list[str], bool]:
    """Return writer and recipient, and whether the text says which is which."""
    to = _TO.search(text)
    if to:
        return _read_writers(text, to[1], to.start(1)), words_of(to[2]), True
    between = _BETWEEN.search(text)
    if between:
        return words_of(between[1] or between[3]), words_of(between[2] or between[4]), False
    small = _TO_IN_SMALL.search(text) if text == text.lower() else None
    if small:
        return words_of(small[1]), words_of(small[2]), True
    return [], [], False


def _read_writers(text: str, said: str, at: int) -> list[str]:
    """Return who wrote: what stands before "to", or before the kind of the document: Hoxha, Enver. Letter to Nushi."""
    own = said.split(" ")
    if not all(word in _KINDS for word in words_of(own[-1])):
        return words_of(said)
    writers = words_of(text[: at + len(said) - len(own[-1])])
    return writers if len(writers) <= _MOST_WORDS else words_of(said)


def read_lead(text: str) -> list[str]:
    """Return the words of the names before a title, none if something else stands there."""
    lead = _LEAD.match(text)
    is_names = lead is not None and not _NOT_IN_NAMES.search(lead[1]) and len(lead[1].split(" ")) < 9
    return words_of(lead[1]) if lead is not None and is_names else []


def find_people(part: str, writers: list[str], is_directed: bool, has_lead: bool) -> list[tuple[str, int, int]]:
    """Return where author and recipient of a cite stand."""
    to = _TO.search(part) if is_directed else None
    lead = _LEAD.match(part) if has_lead else None
    if lead and all(word in _KINDS for word in words_of(lead[1])):
        lead = None
    if to and words_of(to[1]) == writers:
        return [("author", to.start(1), to.end(1)), ("recipient", to.start(2), to.end(2))]
    people = [("author", lead.start(1), lead.end(1))] if lead else []
    return [*people, ("recipient", to.start(2), to.end(2))] if to else people
