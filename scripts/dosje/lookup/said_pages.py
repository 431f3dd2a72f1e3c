"""Reads pages and notes in a pasted footnote: "p. 40", "n. 12", "1963: 44", or the last number.

The browser runs these rules as well (`javascript.py`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..values.spelling import words_of
from .said_dates import NEAR, YEAR
from .shelfmarks import NUMBERS_PATTERN

_YEARS = re.compile(rf"(?<![0-9-]){YEAR}(?![0-9-])", re.ASCII)
_YEAR_RANGE = re.compile(rf"{YEAR}\s*-\s*(?:{YEAR}|[0-9][0-9])", re.ASCII)
_PAGES = re.compile(
    rf"(?<![a-z0-9'-])(pp|pages|page|pgs|pg|p|seiten|seite|ss|s|faqe|fq|f|str|notes|note|nn|n|fn|footnote|anm|shenim)\.?\s*({NUMBERS_PATTERN})(?:ff?\b\.?)?",
    re.ASCII,
)
# No more than seven numbers or ranges.
_FEW = r"[0-9]{1,4}(?:-[0-9]{1,4})?(?:,\s?[0-9]{1,4}(?:-[0-9]{1,4})?){0,6}"
# "doc. 83", "Dok. Nr. 12", "docs. 3-5": a document of an edition of documents, by its number there.
DOCUMENT_NUMBER = re.compile(
    r"(?<![a-z0-9'-])((?:docs?|documents?|documentos?|documenti?|doks?|dokumente?|dokumenti|dokumenty?)\.?)\s?"
    rf"(?:(?:nos?|nrs?|num|nn)\.?\s?)?({_FEW})(?![0-9/-]|\.[0-9])",
    re.ASCII,
)
_LAST_NUMBERS = re.compile(rf"(?:^|[\s,:)'\"])({NUMBERS_PATTERN})\s*(?:\.\s*)?$", re.ASCII)
# "1963: 44", "(1986, 20–22)": the year of print, then pages; and a number before a remark in small letters.
_PAGES_OF_YEAR = re.compile(
    rf"(?<![0-9-]){YEAR}[a-f]?\s?[:,]\s?(?:pp?\.?\s)?({_FEW})(?=\s{{0,2}}[).;]|\s{{0,2}}\(|\s{{0,2}}$)", re.ASCII
)
_NUMBERS_WITHIN = re.compile(rf"[,:]\s({NUMBERS_PATTERN})(?=[,;]\s[a-z][^0-9]{{0,200}}$)", re.ASCII)
_REMARK = re.compile(r"\s{0,2}[(\[][a-z][^()\[\]0-9]{2,80}[)\]]\s{0,2}\.?\s{0,2}$", re.ASCII)
# An author before a year in brackets or before a year alone: "as Griffith (1963: 44) maintains", "Griffith 1963".
_AUTHOR_DATE = re.compile(
    rf"([A-Z][\w'-]{{1,40}}(?:(?:,? and |,? & | und | et | dhe | )[A-Z][\w'-]{{1,40}}){{0,2}}(?: et al\.)?),?\s"
    rf"\(?{YEAR}[a-f]?(?:\s?[:,]\s?(?:pp?\.?\s?|s\.\s?)?({_FEW}))?\)?",
    re.ASCII,
)
_LAST_SIGNS = 400  # how many signs at the end of a note may hold its last numbers
_NOTE_LABELS = ["notes", "note", "nn", "n", "fn", "footnote", "anm", "shenim"]


@dataclass(frozen=True)
class AuthorDate:
    """An author and a year somewhere in a cite, and the page behind them."""

    words: list[str]
    year: int
    value: str


def read_pages(rest: str, is_work: bool) -> tuple[str, str, str]:
    """Return label and value of the pages or notes in a spelled text, "" if there are none, and the text without them.

    A number without a label is a page only in the cite of a work. Without pages the number of a printed document is the
    place, under CSL's label for what it has no label for: "other", "doc. 83".
    """
    label, value = "", ""
    remark = _REMARK.search(rest, max(len(rest) - _LAST_SIGNS, 0)) if is_work else None
    if remark:
        rest = blank(rest, remark.start(), remark.end())
    low = rest.lower()
    pages = _PAGES.search(low)
    while pages:
        label = "note" if pages[1] in _NOTE_LABELS else "page"
        value = _without_year(tidy_numbers(pages[2]))
        rest = blank(rest, pages.start(), pages.end())
        low = blank(low, pages.start(), pages.end())
        pages = _PAGES.search(low, max(pages.start() - NEAR, 0)) if label != "note" else None
    if not is_work:
        return label, value, rest
    document = DOCUMENT_NUMBER.search(low)
    if document:
        written = f"{rest[document.start(1) : document.end(1)]} {tidy_numbers(document[2])}"
        rest = blank(rest, document.start(), document.end())
        label, value = (label, value) if value else ("other", written)
    if value:
        return label, value, rest
    value, rest = _read_pages_within(rest)
    if value:
        return "page", value, rest
    low = rest.lower()
    last = _LAST_NUMBERS.search(low, max(len(low.rstrip()) - _LAST_SIGNS, 0))
    if not last or _YEAR_RANGE.fullmatch(last[1]) or _YEARS.fullmatch(last[1]):
        return "", "", rest
    at = last.end(1) - len(last[1])
    value = _without_year(tidy_numbers(last[1]))
    if len(value) < len(tidy_numbers(last[1])):
        at = rest.find(",", at)
    return "page", value, blank(rest, at, last.end())


def _read_pages_within(rest: str) -> tuple[str, str]:
    """Return the pages behind a year or before a remark, "" if there are none, and the text without them."""
    low = rest.lower()
    of_year = _PAGES_OF_YEAR.search(low)
    if of_year:
        return tidy_numbers(of_year[2]), blank(rest, of_year.start(2), of_year.end(2))
    within = _NUMBERS_WITHIN.search(low, max(len(low) - _LAST_SIGNS, 0))
    if within and not _YEARS.fullmatch(within[1]) and not _YEAR_RANGE.fullmatch(within[1]):
        return _without_year(tidy_numbers(within[1])), blank(rest, within.start(1), within.end(1))
    return "", rest


def read_author_date(rest: str) -> AuthorDate | None:
    """Return the one author with a year that a text names, None if it names none or several."""
    found = list(_AUTHOR_DATE.finditer(rest))
    if len(found) != 1:
        return None
    match = found[0]
    return AuthorDate(words_of(match[1]), int(match[2]), tidy_numbers(match[3]) if match[3] else "")


def _without_year(value: str) -> str:
    """Return numbers without a year before them: in "2017, 198–207" the first is the year of print."""
    first, _, rest = value.partition(", ")
    is_year = _YEARS.fullmatch(first) or _YEAR_RANGE.fullmatch(first.replace("–", "-"))
    return rest if rest and is_year else value


def tidy_numbers(value: str) -> str:
    """Return numbers as we print them: "9-20 and 25" -> "9–20, 25"."""
    parts = re.sub(r"\s+", " ", value)
    parts = re.sub(r"\s*(?:,|\band\b|&|\bdhe\b|\bund\b|\bet\b)\s*", ", ", parts)
    return re.sub(r"\s*-\s*", "–", parts)


def blank(text: str, start: int, end: int) -> str:
    """Return a text with spaces from `start` to `end`."""
    return text[:start] + " " * (end - start) + text[end:]


def blank_all(text: str, spans: list[tuple[int, int]]) -> str:
    """Return the text with spaces in the place of all spans. The spans are sorted."""
    parts: list[str] = []
    at = 0
    for start, end in spans:
        begin, stop = max(start, at), min(end, len(text))
        if begin < stop:
            parts.append(text[at:begin])
            parts.append(" " * (stop - begin))
            at = stop
    parts.append(text[at:])
    return "".join(parts)
