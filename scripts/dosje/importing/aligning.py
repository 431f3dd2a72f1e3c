"""Finds in the Markdown of a note what stands in its plain text, and puts citations in its place.

Knows nothing of records and decisions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..values.words import escape

# What Markdown has and the plain text has not: emphasis, raised letters, what makes a link of words, HTML.
_SILENT = re.compile(r"\]\([^()\s]*(?:\([^()]*\)[^()\s]*)*\)|\{[.#=][^{}]*\}|<[^<>]*>|\\(?=[^\w\s])|[*_~^`\[\]]+")
_MARKS = "*_~^`"


def replace_spans(text: str, markdown: str, replaced: Iterable[tuple[int, int, str]]) -> str:
    """Return the Markdown of a note with other Markdown in the place of some spans of its plain text.

    `replaced`: start and end in `text`, and what takes its place; in order. Where the Markdown cannot be followed, or
    emphasis would be cut in two, it is made of the plain text.
    """
    spans = list(replaced)
    places = align(text, markdown)
    if places is not None:
        parts: list[str] = []
        at = 0
        for start, end, new in spans:
            begin, stop = _widen(markdown, places[start], places[end - 1] + 1 if end > start else places[start])
            if begin < at or not _is_whole(markdown[begin:stop]):
                break
            parts += [markdown[at:begin], new]
            at = stop
        else:
            return "".join([*parts, markdown[at:]])
    plain: list[str] = []
    at = 0
    for start, end, new in spans:
        plain += [escape(text[at:start]), new]
        at = end
    return "".join([*plain, escape(text[at:])])


def align(text: str, markdown: str) -> list[int] | None:
    """Return for each sign of a plain text its place in the Markdown, None where these are not the same words."""
    places: list[int] = []
    at = 0
    for sign in text:
        while at < len(markdown) and markdown[at] != sign:
            if sign.isspace() and markdown[at].isspace():
                break
            silent = _SILENT.match(markdown, at)
            if silent:
                at = silent.end()
            elif markdown[at].isspace():
                at += 1
            else:
                return None
        if at == len(markdown):
            if not sign.isspace():
                return None
            places.append(at)
            continue
        places.append(at)
        at += 1
    places.append(len(markdown))
    return places


def _widen(markdown: str, start: int, end: int) -> tuple[int, int]:
    """Return a span with the marks of emphasis that open before its first and close behind its last sign."""
    while start and end < len(markdown) and markdown[start - 1] in _MARKS and markdown[start - 1] == markdown[end]:
        start, end = start - 1, end + 1
    for mark in _MARKS:
        if markdown[start:end].count(mark) % 2:
            if end < len(markdown) and markdown[end] == mark:
                end += 1
            elif start and markdown[start - 1] == mark:
                start -= 1
    return start, end


def _is_whole(markdown: str) -> bool:
    pairs = all(markdown.count(mark) % 2 == 0 for mark in _MARKS)
    return pairs and markdown.count("[") == markdown.count("]")
