"""Reads a pasted footnote: what each of its cites says of shelfmark, dates, names, locator and words.

Knows of an edition only the names of its archives and the signs of their fonds and series (the index's core). The
browser runs these rules as well (`javascript.py`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ..values.spelling import find_words, spell, words_of
from .note_parts import split_note
from .rows import Core
from .said_dates import NEAR, YEAR, read_dates
from .said_works import SaidWork, read_work
from .shelfmarks import (
    NUMBERS_PATTERN,
    RAW_WORD,
    LabelledNumber,
    Shelfmark,
    cut_labelled,
    find_labelled,
    read_shelfmark,
)

_YEARS = re.compile(rf"(?<![0-9-]){YEAR}(?![0-9-])", re.ASCII)
# A year of print or of a document. A year before a word or in "[…]" belongs to a title.
_SAID_YEARS = re.compile(rf"(?<![0-9-]){YEAR}[a-f]?(?=$|\s*[),.:;]|\s+(?:pp?\b|at\b|[0-9]|\()|\s*$)", re.ASCII)
_YEAR_RANGE = re.compile(rf"{YEAR}\s*-\s*(?:{YEAR}|[0-9][0-9])", re.ASCII)
_PAGES = re.compile(
    rf"(?<![a-z0-9'-])(pp|pages|page|pgs|pg|p|seiten|seite|ss|s|faqe|fq|str|notes|note|nn|n|fn|footnote|anm|shenim)\.?\s*({NUMBERS_PATTERN})(?:ff?\b\.?)?",
    re.ASCII,
)
_LAST_NUMBERS = re.compile(rf"(?:^|[\s,:)'\"])({NUMBERS_PATTERN})\s*(?:\.\s*)?$", re.ASCII)
# No more than seven numbers or ranges.
_FEW = r"[0-9]{1,4}(?:-[0-9]{1,4})?(?:,\s?[0-9]{1,4}(?:-[0-9]{1,4})?){0,6}"
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
_SAME_PLACE = ["ib", "eb", "po", "ta", "iv"]
_CROSS = re.compile(r"\(n [0-9]{1,4}\)", re.ASCII)  # OSCOLA's way to the note that has the full form
_CARD_NUMBERS = re.compile(r"[^0-9]{0,9}[0-9]{1,4}(?:, [^0-9]{0,9}[0-9]{1,4})*(?=\s)", re.ASCII)
_KEY = re.compile(r"\s*@?([a-z0-9]+(?:-[a-z0-9]+)+)(?=$|[\s,:.\]])", re.ASCII)
_NOTE_NUMBER = re.compile(r"\s*(?:\[?[0-9]{1,3}\]?[.)]\s+)(?=[A-Za-z'\"])", re.ASCII)
_SEE = re.compile(
    r"^(.*(?:^|[\s(,]))(?:see|cf\.|compare|vgl\.|siehe|voir|shih)"
    r"(?:\s+(?:also|for example|especially|e\.g\.))*,?\s+(?=\S.{7})",
    re.ASCII,
)
_QUOTATIONS = re.compile(
    r"^\s*(?:all\s+)?(?:quotations?|quotes?|quoted|cited|citations?|references?)\b[^:]{0,60}:\s*", re.ASCII
)
_ACRONYM = re.compile(r"[A-Z]{3,}", re.ASCII)
_ROMAN_NUMBER = re.compile(r"[IVXLC]+", re.ASCII)
_NAME = r"[A-Z][\w.'-]{0,60}(?:\s+(?:[A-Z][\w.'-]{0,60}|al|van|von|de|der|en)){0,3}"
_TITLES = r"(?:(?:comrades?|cde|general|marshal|ambassador|premier|shoku|genosse)\s+)?"
_TO = re.compile(rf"({_NAME}),?\s+(?:to|an|a|per|drejtuar|k)\s+{_TITLES}({_NAME})", re.ASCII)
_TO_IN_SMALL = re.compile(r"\b(\w+)\s+to\s+(\w+)", re.ASCII)
_BETWEEN = re.compile(rf"\b([A-Z]\w+)\s?-\s?([A-Z]\w+)\b|\bbetween\s+({_NAME})\s+and\s+({_NAME})", re.ASCII)
_KINDS = ["letter", "report", "speech", "record", "talk"]
_LEAD = re.compile(
    r"^\s*([A-Z][^,;:('\"]{1,90}?)\s*(?:\((?:ed|eds|hg|hrsg|dir|trans)\.?\)\s*)?(?=[,:('\"]|$)", re.ASCII
)
_NOT_IN_NAMES = re.compile(
    r"(?:^|\s)(?!and\b|van\b|von\b|de\b|der\b|den\b|et\b|al\b|dhe\b|und\b|ed\b|eds\b)[a-z]", re.ASCII
)


@dataclass(frozen=True)
class AuthorDate:
    """An author and a year somewhere in a cite, and the page behind them."""

    words: list[str]
    year: int
    value: str


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
    is_within: bool = False  # what stands in "cited in …": an Ibid. behind it means the cite before


def read_note(text: str, core: Core) -> list[Reading]:
    """Return the cites of a pasted note in their order. Never raises, whatever the text."""
    plain, origin = spell(text)
    start = 0
    number = _NOTE_NUMBER.match(plain)
    if number:
        start = number.end()
    if core["card"]:
        plain = _part_card(plain, core["card"])
    readings: list[Reading] = []
    for begin, end in split_note(plain, start):
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
    see = _SEE.match(part.lower()) or _QUOTATIONS.match(part.lower())
    skip = see.end() if see else 0
    part = part[skip:]
    begin += skip
    address = ""
    found = _ADDRESS.search(part.lower())
    if found:
        address = found[1].rstrip(".,;:)>'")
        part = _blank(part, found.start(), found.start() + len(found[1]))
    cross = _CROSS.search(part.lower())
    if cross:
        part = _blank(part, cross.start(), cross.end())
    accessed = _ACCESSED.search(part.lower())
    if accessed:
        part = _blank(part, accessed.start(), accessed.end())
    back = _BACK.search(part.lower())
    said = ""
    if back:
        said = "ibid" if back[1][:2] in _SAME_PLACE else "op"
        part = _blank(part, back.start(), back.end())
    same = None if back else _SAME_AUTHOR.match(part.lower())
    if same:
        said = "author"
        part = _blank(part, same.start(), same.end())
    is_within = _READ_IN.match(part.lower()) is not None
    key = ""
    if not said and not address:
        keyed = _KEY.match(part)
        key = keyed[1] if keyed else ""
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
        readings.append(
            replace(
                reading,
                back=said if first else "",
                address=address if first else "",
                key=key if first else "",
                is_within=is_within,
            )
        )
    return readings


def _blank(text: str, start: int, end: int) -> str:
    return text[:start] + " " * (end - start) + text[end:]


def _blank_all(text: str, spans: list[tuple[int, int]]) -> str:
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


def _read_cite(own: str, rest: str, group: list[LabelledNumber], spans: list[tuple[int, int]], core: Core) -> Reading:
    """Return what one cite says. `rest`: its text, letter for letter. `group`: its labelled numbers."""
    shelfmark, zone = read_shelfmark(rest, group, core)
    folios = [mark[3] for mark in group if mark[0] == "folio"]
    label, value = ("folio", _tidy(", ".join(folios))) if folios else ("", "")
    # Without a shelfmark a label is a word like any other, except for that of a folio.
    rest = _blank_all(rest, [(mark[1], mark[2]) for mark in group if shelfmark is not None or mark[0] == "folio"])
    if shelfmark is not None and zone[0] >= 0:
        known = set(shelfmark.signs)
        found = [match for match in RAW_WORD.finditer(rest) if zone[0] <= match.start() < zone[1]]
        rest = _blank_all(rest, [(match.start(), match.end()) for match in found if match[0].lower() in known])
    work: SaidWork | None = None
    dates: list[list[int]] = []
    if shelfmark is None or not (shelfmark.file or shelfmark.signs):
        work, numbers = read_work(rest)
        dates, rest = read_dates(rest)
        for start, end in numbers:
            rest = _blank(rest, start, end)
    else:
        dates, rest = read_dates(rest)
        # "June 1960" in the name of a series is no date of the document if the cite has a day.
        days = [date for date in dates if date[0] % 100]
        dates = days or dates
    author_date = _read_author_date(rest) if shelfmark is None else None
    remark = _REMARK.search(rest, max(len(rest) - _LAST_SIGNS, 0))
    if remark and shelfmark is None:
        rest = _blank(rest, remark.start(), remark.end())
    low = rest.lower()
    if not value:
        pages = _PAGES.search(low)
        while pages:
            label = "note" if pages[1] in _NOTE_LABELS else "page"
            value = _without_year(_tidy(pages[2]))
            rest = _blank(rest, pages.start(), pages.end())
            low = _blank(low, pages.start(), pages.end())
            pages = _PAGES.search(low, max(pages.start() - NEAR, 0)) if label != "note" else None
    if not value and shelfmark is None:
        value, rest = _read_pages_within(rest)
        label = "page" if value else ""
        low = rest.lower()
    if not value and shelfmark is None:
        last = _LAST_NUMBERS.search(low, max(len(low.rstrip()) - _LAST_SIGNS, 0))
        if last and not _YEAR_RANGE.fullmatch(last[1]) and not _YEARS.fullmatch(last[1]):
            at = last.end(1) - len(last[1])
            label, value = "page", _without_year(_tidy(last[1]))
            if len(value) < len(_tidy(last[1])):
                at = rest.find(",", at)
            rest = _blank(rest, at, last.end())
    years = [int(match[1]) for match in _SAID_YEARS.finditer(rest.lower())]
    writers, readers, is_directed = _read_names(rest)
    lead = _LEAD.match(rest)
    names = words_of(lead[1]) if lead and not _NOT_IN_NAMES.search(lead[1]) and len(lead[1].split(" ")) < 9 else []
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


def _read_pages_within(rest: str) -> tuple[str, str]:
    """Return the pages behind a year or before a remark, "" if there are none, and the text without them."""
    low = rest.lower()
    of_year = _PAGES_OF_YEAR.search(low)
    if of_year:
        return _tidy(of_year[2]), _blank(rest, of_year.start(2), of_year.end(2))
    within = _NUMBERS_WITHIN.search(low, max(len(low) - _LAST_SIGNS, 0))
    if within and not _YEARS.fullmatch(within[1]) and not _YEAR_RANGE.fullmatch(within[1]):
        return _without_year(_tidy(within[1])), _blank(rest, within.start(1), within.end(1))
    return "", rest


def _read_author_date(rest: str) -> AuthorDate | None:
    """Return the one author with a year that a text names, None if it names none or several."""
    found = list(_AUTHOR_DATE.finditer(rest))
    if len(found) != 1:
        return None
    match = found[0]
    return AuthorDate(words_of(match[1]), int(match[2]), _tidy(match[3]) if match[3] else "")


def _is_acronym(word: str) -> bool:
    return _ACRONYM.fullmatch(word) is not None and _ROMAN_NUMBER.fullmatch(word) is None


def _without_year(value: str) -> str:
    """Return numbers without a year before them: in "2017, 198–207" the first is the year of print."""
    first, _, rest = value.partition(", ")
    is_year = _YEARS.fullmatch(first) or _YEAR_RANGE.fullmatch(first.replace("–", "-"))
    return rest if rest and is_year else value


def _tidy(value: str) -> str:
    """Return numbers as we print them: "9-20 and 25" -> "9–20, 25"."""
    parts = re.sub(r"\s+", " ", value)
    parts = re.sub(r"\s*(?:,|\band\b|&|\bdhe\b|\bund\b|\bet\b)\s*", ", ", parts)
    return re.sub(r"\s*-\s*", "–", parts)


def _read_names(text: str) -> tuple[list[str], list[str], bool]:
    """Return writer and recipient, and whether the text says which is which."""
    to = _TO.search(text)
    if to:
        writers = words_of(to[1])
        lead = _LEAD.match(text)
        if lead and all(word in _KINDS for word in writers):
            writers = words_of(lead[1])  # Hoxha, “Letter to Belishova”
        return writers, words_of(to[2]), True
    between = _BETWEEN.search(text)
    if between:
        return words_of(between[1] or between[3]), words_of(between[2] or between[4]), False
    small = _TO_IN_SMALL.search(text) if text == text.lower() else None
    if small:
        return words_of(small[1]), words_of(small[2]), True
    return [], [], False
