"""Reads a pasted footnote: what each of its cites says of shelfmark, dates, names, locator and words.

Knows of an edition only the names of its archives and the signs of their fonds and series (the index's core). The
browser runs these rules as well (`javascript.py`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ..values.spelling import find_words, spell
from .names_beside import RAW_WORD, LabelledNumber
from .note_parts import split_note
from .read_parts import ReadPart, read_parts
from .rows import Core
from .said_cross import NOTE_NUMBER, take_cross
from .said_dates import YEAR, read_dates
from .said_names import find_people, read_lead, read_names
from .said_pages import AuthorDate, blank, blank_all, read_author_date, read_pages, tidy_numbers
from .said_works import SaidWork, read_work
from .scanned import mend_scan
from .shelfmarks import (
    NUMBERS_PATTERN,
    Shelfmark,
    cut_labelled,
    find_labelled,
    read_shelfmark,
)

# A year of print or of a document. A year before a word or in "[…]" belongs to a title.
_SAID_YEARS = re.compile(rf"(?<![0-9-]){YEAR}[a-f]?(?=$|\s*[),.:;]|\s+(?:pp?\b|at\b|[0-9]|\()|\s*$)", re.ASCII)
_ADDRESS = re.compile(
    r"(https?://[^\s<>\"]+|www\.[^\s<>\"]+|\b10\.[0-9]{4,9}/[^\s<>\"]+|(?<![\w.])(?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,12}/[^\s<>\"]+)",
    re.ASCII,
)
_ACCESSED = re.compile(
    r"(?:\(|,)\s*(?:last\s+)?(?:accessed|retrieved|visited|consulted|abgerufen|consulte)\b[^)]*\)?", re.ASCII
)
_BACK = re.compile(
    r"(?<![a-z0-9])(?:in\s+|at\s+)?"
    r"(ibidem|ibid|ebenda|ebd|po aty|tam zhe|ivi|(?:loc|op|art|vep)\.? ?cit|a\.? ?a\. ?o)(?![a-z0-9])\.?",
    re.ASCII,
)
# The author of the work before, not the work: "idem, The Cold Sea".
_SAME_AUTHOR = re.compile(
    r"[\s(]*(?:in\s+)?(?:idem|eadem|iidem|id\.|ders\.|dies\.|derselbe|dieselbe|i njejti|e njejta|on zhe|ona zhe)"
    r"(?![a-z])[,:]?",
    re.ASCII,
)
# Where the source was read. An Ibid. behind it means the source.
_READ_IN = re.compile(
    r"\s{0,3}[(,]?\s{0,3}(?:as\s+)?(?:quoted|cited|reprinted|printed|published)\s+(?:in|after|from)\b"
    r"|\s{0,3}(?:zit(?:iert)?\.?\s+(?:nach|in|bei)|cite\s+(?:dans|d'apres)|citato\s+in|citado\s+en|cituar\s+(?:ne|sipas)"
    r"|tsit\.\s+po)\s",
    re.ASCII,
)
_AS_WRITTEN = ["archive", "series", "author", "recipient", "title"]
_SAME_PLACE = ["ib", "eb", "po", "ta", "iv"]
_CARD_NUMBERS = re.compile(r"[^0-9]{0,9}[0-9]{1,4}(?:, [^0-9]{0,9}[0-9]{1,4})*(?=\s)", re.ASCII)
_KEY = re.compile(r"\s*@?([a-z0-9]+(?:-[a-z0-9]+)+)(?=$|[\s,:.\]])", re.ASCII)
_SEE = re.compile(
    r"^(.*(?:^|[\s(,]))(?:see|cf\.|compare|vgl\.|siehe|voir|shih)"
    r"(?:\s+(?:also|for example|especially|e\.g\.))*,?\s+(?=\S.{7})",
    re.ASCII,
)
_QUOTATIONS = re.compile(
    r"^\s*(?:all\s+)?(?:quotations?|quotes?|(?:quoted|cited)(?!\s+in\b)|citations?|references?)\b[^:]{0,60}:\s*",
    re.ASCII,
)
_LAST_LEAF = re.compile(rf"\s?[,:]\s?({NUMBERS_PATTERN})[\s.)]{{0,3}}", re.ASCII)
_ACRONYM = re.compile(r"[A-Z]{3,}", re.ASCII)
_ROMAN_NUMBER = re.compile(r"[IVXLC]+", re.ASCII)


@dataclass(frozen=True)
class Reading:
    """One cite of a pasted note, as it was read. Dates are numbers: 19600624, 19600600, 624 without a year."""

    text: str
    label: str = ""
    value: str = ""
    back: str = ""  # "ibid", "op" for a work that was named before, "author" for the author of the cite before
    shelfmark: Shelfmark | None = None
    dates: list[list[int]] | None = None
    years: list[int] | None = None
    address: str = ""
    key: str = ""
    writers: list[str] | None = None
    readers: list[str] | None = None
    is_directed: bool = False
    lead: list[str] | None = None
    words: list[str] | None = None
    acronyms: list[str] | None = None  # of parties and offices: documents of others are not meant
    work: SaidWork | None = None
    author_date: AuthorDate | None = None  # if the words alone find nothing
    parts: list[ReadPart] | None = None  # where each part stands in the pasted text
    cross: str = ""  # the number of the note that names it, as it says
    is_within: bool = False  # what stands in "cited in …": an Ibid. behind it means the cite before


def read_note(text: str, core: Core) -> list[Reading]:
    """Return the cites of a pasted note in their order. Never raises, whatever the text."""
    plain, origin = spell(text)
    plain = mend_scan(plain, core)
    start = 0
    number = NOTE_NUMBER.match(plain)
    if number:
        start = number.end()
    if core["card"]:
        plain = _part_card(plain, core["card"])
    readings: list[Reading] = []
    for begin, end in split_note(plain, start, core["joints"]):
        readings.extend(_read_segment(text, plain, origin, (begin, end), core))
    return readings


def _part_card(plain: str, card: str) -> str:
    """Return a note with a semicolon in the place of the way to its full form: ". Full: n. 3 "."""
    low = plain.lower()
    at = low.find(". " + card)
    if at < 0:
        return plain
    number = _CARD_NUMBERS.match(low, at + 2 + len(card))
    end = number.end() if number else at + 2 + len(card)
    return plain[:at] + ";" + " " * (end - at - 1) + plain[end:]


def _read_segment(text: str, plain: str, origin: list[int], span: tuple[int, int], core: Core) -> list[Reading]:
    """Return the cites in one part of a note: one, or several if the part names several files."""
    begin, end = span
    part = plain[begin:end]
    cross, part = take_cross(part)
    see = _SEE.match(part.lower()) or _QUOTATIONS.match(part.lower())
    skip = see.end() if see else 0
    part = part[skip:]
    begin += skip
    address = ""
    found = _ADDRESS.search(part.lower())
    if found:
        address = found[1].rstrip(".,;:)>'")
        part = blank(part, found.start(), found.start() + len(found[1]))
    found = _ACCESSED.search(part.lower())
    if found:
        part = blank(part, found.start(), found.end())
    back = _BACK.search(part.lower())
    said = ""
    if back:
        said = "ibid" if back[1][:2] in _SAME_PLACE else "op"
        part = blank(part, back.start(), back.end())
    same = None if back else _SAME_AUTHOR.match(part.lower())
    if same:
        said = "author"
        part = blank(part, same.start(), same.end())
    is_within = _READ_IN.match(part.lower()) is not None
    key = ""
    unkeyed = part
    if not said and not address:
        keyed = _KEY.match(part)
        key = keyed[1] if keyed else ""
        unkeyed = blank(part, 0, keyed.end()) if keyed else part
    marks, spans = find_labelled(part, core, said == "ibid")
    cuts = cut_labelled(marks)
    readings: list[Reading] = []
    for index, group in enumerate(cuts):
        first = index == 0
        last_end = end if index + 1 == len(cuts) else begin + cuts[index + 1][0][1]
        first_start = begin if first else begin + group[0][1]
        own = text[origin[first_start] : origin[last_end]].strip(" \n\t,;.*_") if len(cuts) > 1 else ""
        own = own or text[origin[begin] : origin[end]].strip(" \n\t,;*_")
        if own.lower().endswith(" and"):
            own = own[:-4].rstrip(" ,")
        rest = part if first else ""
        if first and len(cuts) > 1:
            rest = part[: cuts[1][0][1]]
        reading = _read_cite(own, rest, group, spans, core)
        # The cite's own part of the text.
        last = len(part) if index + 1 == len(cuts) else cuts[index + 1][0][1]
        own_start = 0 if first else group[0][1]
        marks_here = [(mark[0], mark[1] - own_start, mark[2] - own_start, mark[3]) for mark in group]
        readings.append(
            replace(
                reading,
                back=said if first else "",
                address=address if first else "",
                key=key if first else "",
                cross=cross if first else "",
                is_within=is_within,
                parts=_find_parts(unkeyed[own_start:last], marks_here, reading, begin + own_start, origin, text),
            )
        )
    return readings


def _find_parts(  # noqa: PLR0917
    part: str, group: list[LabelledNumber], reading: Reading, begin: int, origin: list[int], text: str
) -> list[ReadPart]:
    """Return the parts of a cite, with their places in the pasted text."""
    is_work = reading.shelfmark is None
    found: list[ReadPart] = []
    for each in read_parts(
        part, group, find_people(part, reading.writers or [], reading.is_directed, bool(reading.lead)), is_work
    ):
        start, end = origin[begin + each.start], origin[begin + each.end]
        value = text[start:end] if each.name in _AS_WRITTEN else each.value
        is_archive = reading.shelfmark is not None and reading.shelfmark.foreign != "" and each.name == "author"
        found.append(ReadPart("archive" if is_archive else each.name, value, start, end))
    return found


def _read_cite(own: str, rest: str, group: list[LabelledNumber], spans: list[tuple[int, int]], core: Core) -> Reading:
    """Return what one cite says. `rest`: its text, letter for letter. `group`: its labelled numbers."""
    shelfmark, zone = read_shelfmark(rest, group, core)
    folios = [mark[3] for mark in group if mark[0] == "folio"]
    label, value = ("folio", tidy_numbers(", ".join(folios))) if folios else ("", "")
    # Without a shelfmark a label is a word like any other, except for that of a folio.
    rest = blank_all(rest, [(mark[1], mark[2]) for mark in group if shelfmark is not None or mark[0] == "folio"])
    if shelfmark is not None and zone[0] >= 0:
        known = set(shelfmark.signs)
        found = [match for match in RAW_WORD.finditer(rest) if zone[0] <= match.start() < zone[1]]
        rest = blank_all(rest, [(match.start(), match.end()) for match in found if match[0].lower() in known])
    work: SaidWork | None = None
    dates: list[list[int]] = []
    if shelfmark is None or not (shelfmark.file or shelfmark.signs):
        work, numbers = read_work(rest)
        dates, rest = read_dates(rest)
        for start, end in numbers:
            rest = blank(rest, start, end)
    else:
        dates, rest = read_dates(rest)
        # "June 1960" in the name of a series is no date of the document if the cite has a day.
        days = [date for date in dates if date[0] % 100]
        dates = days or dates
    author_date = read_author_date(rest) if shelfmark is None else None
    if not value:
        whole = rest
        label, value, rest = read_pages(rest, shelfmark is None)
        if shelfmark is not None and label != "note":
            label, value = _read_leaf(label, value, whole, group)
    years = [int(match[1]) for match in _SAID_YEARS.finditer(rest.lower())]
    writers, readers, is_directed = read_names(rest)
    names = read_lead(rest)
    words = [word for word, start, end in find_words(rest)]
    acronyms = [match[0].lower() for match in RAW_WORD.finditer(rest) if _is_acronym(match[0])]
    return Reading(
        own,
        label,
        value,
        "",
        shelfmark,
        dates,
        years,
        "",
        "",
        writers,
        readers,
        is_directed,
        names,
        words,
        acronyms,
        work,
        author_date,
    )


def _read_leaf(label: str, value: str, rest: str, group: list[LabelledNumber]) -> tuple[str, str]:
    """Return the place in a file. What a book calls its page, or bare numbers behind it, its archive counts as leaf."""
    files = [mark[2] for mark in group if mark[0] == "file"]
    if not files or not rest:
        return label, value
    if value:
        first = value.partition(", ")[0].partition("–")[0]
        return ("folio" if first in rest[files[0] :] else label), value
    last = _LAST_LEAF.fullmatch(rest[group[-1][2] :])
    return ("folio", tidy_numbers(last[1])) if last else ("", "")


def _is_acronym(word: str) -> bool:
    return _ACRONYM.fullmatch(word) is not None and _ROMAN_NUMBER.fullmatch(word) is None
