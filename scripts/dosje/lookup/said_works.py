"""Reads what a cite says of a published work beside its words: volume, number, edition, part, and what kind it is.

The browser runs these rules as well (`javascript.py`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..values.spelling import words_of
from .said_dates import YEAR

_ROMANS = {
    word: number
    for number, word in enumerate(
        "-,i,ii,iii,iv,v,vi,vii,viii,ix,x,xi,xii,xiii,xiv,xv,xvi,xvii,xviii,xix,xx,xxi,xxii,xxiii".split(",")  # noqa: SIM905
    )
}
_NUMBER = r"([0-9]{1,4}|[ivx]{1,7})(?![a-z0-9])"
_BEFORE = r"(?<![a-z0-9'-])"
# "No. 3" is a number of a journal or series, but in "doc. no. 3" it is a place in the work.
_LABELLED = {
    "volume": re.compile(
        rf"{_BEFORE}(?:vols?|volumes?|bd|band|baende|tomes?|tomo|tom|vell|vellimi|t)\.?\s*{_NUMBER}", re.ASCII
    ),
    "number": re.compile(
        rf"(?<!doc\. )(?<!doc )(?<!dok\. ){_BEFORE}(?:no|nr|issue|number|heft|numero|numer)\.?\s*{_NUMBER}", re.ASCII
    ),
    "part": re.compile(rf"{_BEFORE}(?:part|pt|teil|partie|parte|pjesa|chast)\.?\s*{_NUMBER}", re.ASCII),
}
_EDITION_WORD = r"(?:ed|edn|edition|aufl|auflage|edizione|edicion|botimi|izd)(?![a-z])"
_EDITION = re.compile(
    rf"{_BEFORE}([0-9]{{1,2}}|[a-z]{{4,9}})(?:st|nd|rd|th|e|\.)?\s*(?:(?:rev|revised|enlarged)\.?\s+)?{_EDITION_WORD}\.?",
    re.ASCII,
)
# "Cold War History 12, no. 3 (1984)", "12:3 (1984)", "12(3)", "12 (1984)": volume and number of a journal.
_JOURNAL = re.compile(
    r"[a-z)'\"]\.?,?\s+([0-9]{1,3})\s?(?:(?:,\s*(?:no|nr|issue|heft)\.?\s*|[:/.(]\s?)([0-9]{1,3})(?:[-/][0-9]{1,3})?\)?)?"
    rf"\s?(?:,\s*)?\((?:[a-z]+\.?\s+)?{YEAR}(?:[-/][0-9]{{2,4}})?\)",
    re.ASCII,
)
_SHORT_JOURNAL = re.compile(r"[a-z'\"]\.?,?\s+([0-9]{1,3})\s?(?:\(([0-9]{1,2})\)|:([0-9]{1,2})(?=\s?\())", re.ASCII)
_QUOTED = re.compile(r"\"([^\"]{3,240})\"|(?<![A-Za-z0-9])'((?:[^']|'(?=[A-Za-z])){3,240})'(?![A-Za-z0-9])", re.ASCII)
_IN_NAME = re.compile(r"([\"'])[A-Za-z0-9-]+(?: [A-Za-z0-9-]+)?\1 [A-Z][a-z]", re.ASCII)
_IN_ANOTHER = re.compile(r"[\s,.]*(?:in|dans|ne|en|v kn)\b[.:]?\s+\S", re.ASCII)
_IMPRINT = re.compile(rf"\(\s*[a-z][a-z .'/&-]{{1,60}}:\s*[^()]{{2,60}}{YEAR}[a-f]?\s*\)", re.ASCII)
_SMALL = re.compile(
    r"(?:^|\s)(?!and\b|van\b|von\b|de\b|der\b|den\b|et\b|al\b|dhe\b|und\b|ed\b|eds\b|in\b|see\b|cf\b|hg\b|hrsg\b|dir\b)"
    r"[a-z]{2}",
    re.ASCII,
)


@dataclass(frozen=True)
class SaidWork:
    """What a cite says of a work. Numbers are texts, "" if not said.

    `kind`: "article", "chapter" or "book" if the cite is built as that of one. `title` has the words of the title in
    quotation marks, `within` those behind it: the journal or volume in which the work stands. `written`: the number as
    it stands, "Nr. 12".
    """

    volume: str
    number: str
    edition: str
    part: str
    kind: str
    title: list[str]
    within: list[str]
    written: str = ""


def number_of(text: str) -> str:
    """Return a number as digits: "II", "2nd", "second", "2" -> "2"; "" if the text begins with none."""
    word = text.strip().lower().split(" ")[0].rstrip(".,")
    if word in _ROMANS:
        return str(_ROMANS[word])
    digits = ""
    for letter in word:
        if not "0" <= letter <= "9":
            break
        digits += letter
    if digits:
        return str(int(digits))
    words = words_of(word)
    return words[0] if words and words[0].isdigit() else ""


def read_work(text: str) -> tuple[SaidWork, list[list[int]]]:
    """Return what a spelled text says of a work, and the spans of the numbers in it."""
    low = text.lower()
    said: dict[str, str] = {}
    spans: list[list[int]] = []
    for name, rule in _LABELLED.items():
        match = rule.search(low)
        if match:
            said[name] = number_of(match[1])
            said["written"] = text[match.start() : match.end()] if name == "number" else said.get("written", "")
            spans.append([match.start(), match.end()])
    edition = _EDITION.search(low)
    if edition and number_of(edition[1]):
        said["edition"] = number_of(edition[1])
        spans.append([edition.start(), edition.end()])
    quoted = find_title(text)
    title, end = words_of(text[quoted[0] : quoted[1]]) if quoted else [], quoted[2] if quoted else 0
    journal = _JOURNAL.search(low, end) or _SHORT_JOURNAL.search(low, end)
    if journal and "volume" not in said:
        said["volume"] = number_of(journal[1])
        number = journal[2] or ""
        if number:
            said["number"] = number_of(number)
        last = journal.end(2) if number else journal.end(1)
        spans.append([journal.start(1), last])
    kind = ""
    if title and _IN_ANOTHER.match(low, end):
        kind = "chapter"
    elif journal or (title and "number" in said):
        kind = "article"
    elif not title and _IMPRINT.search(low):
        kind = "book"
    within = words_of(text[end:]) if title else []
    return SaidWork(
        said.get("volume", ""),
        said.get("number", ""),
        said.get("edition", ""),
        said.get("part", ""),
        kind,
        title,
        within,
        said.get("written", ""),
    ), spans


def find_title(text: str) -> list[int]:
    """Return where a title in quotation marks begins and ends, and where its last mark ends; nothing if there is none.

    Only names may stand before it, because what a sentence quotes is no title. In "«8 Nëntori» Publishing House" marks
    stand around a part of a name.
    """
    match = _QUOTED.search(text)
    while match and _IN_NAME.match(text, match.start()):
        match = _QUOTED.search(text, match.end())
    if not match or _SMALL.search(text[: match.start()]):
        return []
    return [match.start() + 1, match.end() - 1, match.end()]
