"""Splits a pasted footnote into its cites and reads each: shelfmark, dates, names, locator, words.

Knows nothing of what an edition holds but the names of its archives and the signs of their fonds and
series (the index's core). Is also run in the browser (`javascript.py`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from ..values.spelling import find_words, spell, words_of

Core: TypeAlias = dict[str, Any]

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
# Any word: to try each name of each month, in seven rules, took a tenth of the time of an answer.
_MONTH = r"([a-z]{3,10})\b\.?"
_DAY = r"([0-3]?[0-9])(?:st|nd|rd|th)?\.?"
_YEAR = r"((?:1[5-9]|20)[0-9][0-9])"
# Of each shape of a date: how many numbers and months it has, and how it is written.
_DATES = [
    ("d m - d m y", 6, rf"\b{_DAY}\s*{_MONTH}\s*(?:{_YEAR}\s*)?(?:-|to|and|bis)\s*{_DAY}\s*{_MONTH},?\s*{_YEAR}\b"),
    ("d - d m y", 4, rf"\b{_DAY}\s*(?:-|and|&|to|bis|dhe)\s*{_DAY}\s*{_MONTH},?\s*{_YEAR}\b"),
    ("d m y", 3, rf"\b{_DAY}\s*(?:de\s+)?{_MONTH},?\s*(?:de\s+)?{_YEAR}\b"),
    ("m d - d y", 4, rf"\b{_MONTH}\s*{_DAY}\s*-\s*{_DAY},?\s*{_YEAR}\b"),
    ("m d y", 3, rf"\b{_MONTH}\s*{_DAY},?\s+{_YEAR}\b"),
    ("y-m-d", 3, rf"\b{_YEAR}-([01][0-9])-([0-3][0-9])\b"),
    ("d.m.y", 3, r"\b([0-3]?[0-9])\s?[./]\s?([01]?[0-9])\s?[./]\s?((?:1[5-9]|20)?[0-9][0-9])\b"),
    ("d r y", 3, rf"\b([0-3]?[0-9])\s?[./\s]\s?(viii|vii|vi|iv|iii|ii|ix|xii|xi|i|v|x)\s?[./\s]\s?{_YEAR}\b"),
    ("m y", 2, rf"\b{_MONTH},?\s*{_YEAR}\b"),
    ("d m", 2, rf"\b{_DAY}\s*{_MONTH}"),
]  # fmt: skip
_DATE_RULES = [(shape, count, re.compile(pattern, re.ASCII)) for shape, count, pattern in _DATES]
_YEARS = re.compile(rf"(?<![0-9-]){_YEAR}(?![0-9-])", re.ASCII)
# A year of print, or of a document: what stands before a word, or in "[…]", belongs to a title.
_SAID_YEARS = re.compile(rf"(?<![0-9-]){_YEAR}[a-f]?(?=$|\s*[),.:;]|\s+(?:pp?\b|at\b|[0-9]|\()|\s*$)", re.ASCII)
_YEAR_RANGE = re.compile(rf"{_YEAR}\s*-\s*(?:{_YEAR}|[0-9][0-9])", re.ASCII)

# Every repeat is bounded, or nothing before it can begin within it: a pasted text of any kind is read in linear time.
_RUN = r"[0-9]{1,9}[rv]?(?:\s*-\s*[0-9]{1,9}[rv]?)?"
_COMMA = r"\s*(?:,|\band\b|&|\bdhe\b|\bund\b|\bet\b)\s*"
_NUMBERS = rf"{_RUN}(?:{_COMMA}{_RUN}(?![0-9./]{{0,9}}[a-z]))*"
_PAGES = re.compile(
    rf"(?<![a-z0-9'-])(pp|pages|page|pgs|pg|p|seiten|seite|ss|s|faqe|fq|str|notes|note|nn|n|fn|footnote|anm|shenim)\.?\s*({_NUMBERS})(?:ff?\b\.?)?",
    re.ASCII,
)
_VOLUME = re.compile(r"(?<![a-z0-9'-])(?:vols?|volumes?|bd|band|tome?|vell)\.?\s*[0-9ivx]+\b", re.ASCII)
_LAST_NUMBERS = re.compile(rf"(?:^|[\s,:)'\"])({_NUMBERS})\s*(?:\.\s*)?$", re.ASCII)
_LAST_SIGNS = 400  # of a note, in which its last numbers stand
_NEAR = 60  # signs before a place, in which what ends there may begin
_NOTE_LABELS = ["notes", "note", "nn", "n", "fn", "footnote", "anm", "shenim"]
_ADDRESS = re.compile(r"(https?://[^\s<>\"]+|www\.[^\s<>\"]+|\b10\.[0-9]{4,9}/[^\s<>\"]+)", re.ASCII)
_ACCESSED = re.compile(
    r"(?:\(|,)\s*(?:last\s+)?(?:accessed|retrieved|visited|consulted|abgerufen|consulte)\b[^)]*\)?", re.ASCII
)
_BACK = re.compile(
    r"(?<![a-z0-9])(?:in\s+|at\s+)?"
    r"(ibidem|ibid|idem|ebenda|ebd|po aty|tam zhe|ivi|loc\.? ?cit|op\.? ?cit)(?![a-z0-9])\.?",
    re.ASCII,
)
_KEY = re.compile(r"\s*@?([a-z0-9]+(?:-[a-z0-9]+)+)(?=$|[\s,:.\]])", re.ASCII)
_NOTE_NUMBER = re.compile(r"\s*(?:\[?[0-9]{1,3}\]?[.)]\s+)(?=[A-Za-z'\"])", re.ASCII)
_SEE = re.compile(
    r"^(.*(?:^|[\s(,]))(?:see|cf\.|compare|vgl\.|siehe|voir|shih)"
    r"(?:\s+(?:also|for example|especially|e\.g\.))*,?\s+(?=\S.{7})",
    re.ASCII,
)
# The same, wherever it stands.
_SEE_SOMETHING = re.compile(
    r"(?<![^\s(,;])(?:see|cf\.|compare|vgl\.|siehe|voir|shih)"
    r"(?:\s+(?:also|for example|especially|e\.g\.))*,?\s+(?=\S.{7})",
    re.ASCII,
)
_QUOTATIONS = re.compile(
    r"^\s*(?:all\s+)?(?:quotations?|quotes?|quoted|cited|citations?|references?)\b[^:]{0,60}:\s*", re.ASCII
)
_CUT = re.compile(
    r";|(?<=[a-z0-9)'\"]{2}\.)\s+(?=(?:see|for|on|about|regarding|cf|compare|also|ibid|quoted|cited|a similar)\b)"
    r"|[,)]\s+(?=(?:see also|see|quoted in|cited in|as cited in|reprinted in)\b)",
    re.ASCII,
)
# Prose that follows the number at the end of a reference.
_STOP = re.compile(r"\b(?:[Dd]|fls?|fol|pp?)\.?\s?[0-9][0-9/-]*\.(\s+)(?=[A-Z][a-z]+\s)", re.ASCII)
_ASIDE = re.compile(r"^\s*(?:on|for|about|regarding|concerning|among)\b[^0-9'\"(]*$", re.ASCII)
_AND = re.compile(r"(?<=[0-9)'\"]),?\s+and\s+(?=[A-Z][\w'-]+(?:\s[A-Z][\w.'-]*){0,3},\s)", re.ASCII)

# Of labels in the references of archives, what they stand before; an edition's archives add their own.
LABELS = {
    "fondit": "fonds", "fondi": "fonds", "fonds": "fonds", "fond": "fonds", "fund": "fonds", "rg": "fonds",
    "f": "fonds",
    "viti": "year", "vit": "year", "year": "year", "jahr": "year", "god": "year", "v": "year",
    "dosjes": "file", "dosje": "file", "dosja": "file", "dossier": "file", "delo": "file", "file": "file",
    "folder": "file", "akte": "file", "d": "file",
    "opis": "list", "op": "list", "inv": "list",
    "fletet": "folio", "fletes": "folio", "flete": "folio", "fleta": "folio",
    "folios": "folio", "folio": "folio", "foll": "folio",
    "fols": "folio", "fol": "folio", "fl": "folio", "ff": "folio", "leaves": "folio", "leaf": "folio",
    "listy": "folio", "list": "folio", "ll": "folio", "l": "folio", "blatt": "folio", "bl": "folio",
}  # fmt: skip
_LABEL = re.compile(r"(?<![a-z0-9'])([a-z]+)(?![a-z'])(\.?)\s*(?:(?:nr|no|num)\.?\s*|:\s*)?", re.ASCII)
_VALUES = {
    "fonds": re.compile(r"[0-9]+(?:\s?-\s?[0-9]+)?[a-z]?(?:/[a-z]+\b)?", re.ASCII),
    "year": re.compile(rf"{_YEAR}(?![0-9])", re.ASCII),
    "file": re.compile(r"[0-9]+(?:/[0-9]+|/[a-z]\b)?[a-z]?\b(?:\s*\([^)]{0,9}\))?", re.ASCII),
    "list": re.compile(r"[0-9]+", re.ASCII),
    "folio": re.compile(_NUMBERS, re.ASCII),
}
_ACRONYM = re.compile(r"[A-Z]{3,}", re.ASCII)
_ROMAN_NUMBER = re.compile(r"[IVXLC]+", re.ASCII)
_RAW_WORD = re.compile(r"[A-Za-z0-9]+", re.ASCII)
_ARCHIVE_WORD = re.compile(r"archiv|arkiv|arhiv|papers\b|library|nachlass|collection", re.ASCII)
_OF_PLACE = re.compile(r"\s*(?:of|in|i|e|des|der|de)\s+(?:the\s+)?([A-Z][a-z]+)", re.ASCII)
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
class Shelfmark:
    """What a cite says of the place of its document: archive, fonds and series, year, file.

    `signs` must be known to a series for it to be meant (numbers, abbreviations); `names` need not.
    """

    archive: int  # its place in the index, -1 if none is named
    foreign: str  # the name of an archive that the edition does not know
    signs: list[str]
    names: list[str]
    year: str
    file: str


@dataclass(frozen=True)
class Reading:
    """One cite of a pasted note, as it was read. Dates are numbers: 19600624, 19600600, 624 without a year."""

    text: str
    label: str = ""
    value: str = ""
    back: str = ""  # "ibid", or "op" for a work that was named before
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
    acronyms: list[str] | None = None  # of parties and offices: a document of another one is not meant


def read_note(text: str, core: Core) -> list[Reading]:
    """Return the cites of a pasted note in their order. Never raises, whatever the text."""
    plain, origin = spell(text)
    start = 0
    number = _NOTE_NUMBER.match(plain)
    if number:
        start = number.end()
    readings: list[Reading] = []
    for begin, end in _split(plain, start):
        readings.extend(_read_segment(text, plain, origin, (begin, end), core))
    return readings


def _split(plain: str, start: int) -> list[tuple[int, int]]:
    """Return where each part of a note begins and ends: at semicolons, and before "see also" and its kin."""
    low = plain.lower()
    is_within = _find_brackets(plain, start)
    cuts: list[tuple[int, int]] = []
    for match in _CUT.finditer(low):
        if match.start() >= start and not is_within[match.start()]:
            cuts.append((match.start() + (0 if plain[match.start()] == ";" else 1), match.end()))
    for match in _STOP.finditer(plain):
        if match.start() >= start and not is_within[match.start()]:
            cuts.append((match.start(1), match.end(1)))
    for match in _AND.finditer(plain):
        if match.start() >= start and not is_within[match.start()]:
            cuts.append((match.start(), match.end()))
    parts: list[tuple[int, int]] = []
    at = start
    for begin, end in sorted(cuts):
        if begin > at:
            parts.append((at, begin))
        at = max(at, end)
    parts.append((at, len(plain)))
    parts = [(begin, end) for begin, end in parts if plain[begin:end].strip(" .,;*")]
    last_see = max([match.start() for match in _SEE_SOMETHING.finditer(low)] + [-1])
    # "On the split, among others, see X" cites X alone.
    return [
        (begin, end)
        for index, (begin, end) in enumerate(parts)
        if index + 1 == len(parts) or last_see < parts[index + 1][0] or not _ASIDE.match(low[begin:end])
    ]


def _find_brackets(plain: str, start: int) -> list[bool]:
    """Return of each sign whether it stands in brackets that close, and that opened not long before it."""
    last_close = plain.rfind(")")
    is_within: list[bool] = []
    depth, opened = 0, 0
    for at, sign in enumerate(plain):
        is_within.append(depth > 0 and at <= last_close and at - opened < 160)
        if at >= start and sign == "(":
            depth, opened = depth + 1, at
        elif at >= start and sign == ")":
            depth -= 1
    return is_within


def _read_segment(text: str, plain: str, origin: list[int], span: tuple[int, int], core: Core) -> list[Reading]:
    """Return the cites in one part of a note: one, or more where further files are named in it."""
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
    accessed = _ACCESSED.search(part.lower())
    if accessed:
        part = _blank(part, accessed.start(), accessed.end())
    back = _BACK.search(part.lower())
    said = ""
    if back:
        said = "op" if back[1].startswith("op") else "ibid"
        part = _blank(part, back.start(), back.end())
    key = ""
    if not back and not address:
        keyed = _KEY.match(part)
        key = keyed[1] if keyed else ""
    marks, spans = _find_marks(part, core, said == "ibid")
    cuts = _cut_marks(marks)
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
            replace(reading, back=said if first else "", address=address if first else "", key=key if first else "")
        )
    return readings


def _blank(text: str, start: int, end: int) -> str:
    return text[:start] + " " * (end - start) + text[end:]


def _blank_all(text: str, spans: list[tuple[int, int]]) -> str:
    """Return the text with spaces in the place of all spans, which are sorted."""
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


Mark: TypeAlias = tuple[str, int, int, str]


def _find_marks(part: str, core: Core, is_ibid: bool) -> tuple[list[Mark], list[tuple[int, int]]]:
    """Return the labelled numbers of a shelfmark (role, start, end, value), and the spans of archives' names.

    "F." is a fonds before a file has been named, and a folio after it.
    """
    low = part.lower()
    marks: list[Mark] = []
    spans: list[tuple[int, int]] = []
    for number, archive in enumerate(core["archives"]):
        for name in archive["names"]:
            at = _find_name(low, name)
            if at >= 0 and not any(start <= at < end for start, end in spans):
                marks.append(("archive", at, at + len(name), str(number)))
                spans.append((at, at + len(name)))
    has_fonds, has_file = is_ibid, False
    taken = 0
    for match in _LABEL.finditer(low):
        if match.start() < taken or any(start <= match.start() < end for start, end in spans):
            continue
        word = match[1]
        if word not in core["labels"]:
            continue
        role = core["labels"][word]
        value = _VALUES[role].match(low, match.end())
        if word == "f":
            is_big = part[match.start()] == "F"
            wide = _VALUES["fonds"].match(low, match.end())
            is_named = wide is not None and "/" in wide[0]
            if not is_named and (has_file or has_fonds) and not (is_big and not has_fonds):
                role, value = "folio", _VALUES["folio"].match(low, match.end())
        if value is None:
            is_name = (
                role == "fonds" and (match[2] == "." or len(word) > 3) and part[match.end() : match.end() + 1].isupper()
            )
            if is_name and word != "rg" and not has_fonds:
                marks.append(("fonds", match.start(), match.end(), ""))
                has_fonds = True
            continue
        is_bare = len(word) == 1 and not match[2]
        if is_bare and role == "year" and not marks:
            continue
        taken = value.end()
        marks.append((role, match.start(), value.end(), value[0]))
        has_fonds = has_fonds or role == "fonds"
        has_file = has_file or role == "file"
    marks.sort(key=lambda mark: mark[1])
    return marks, spans


def _find_name(low: str, name: str) -> int:
    """Return where `name` stands in the text as a word or words, -1 if nowhere."""
    at = low.find(name)
    while at >= 0:
        before, after = low[at - 1 : at] if at else "", low[at + len(name) : at + len(name) + 1]
        if not before.isalnum() and not after.isalnum():
            return at
        at = low.find(name, at + 1)
    return -1


def _cut_marks(marks: list[Mark]) -> list[list[Mark]]:
    """Return the marks in groups: a second file, or a second archive, begins another cite."""
    groups: list[list[Mark]] = [[]]
    has_file, has_folio = False, False
    archives = 0
    last_file = max([index for index, mark in enumerate(marks) if mark[0] == "file"] + [-1])
    for index, mark in enumerate(marks):
        is_new = mark[0] == "archive" and has_file and index <= last_file and archives > 0
        if mark[0] == "year" and has_file and index <= last_file and has_folio:
            is_new = True
        if is_new or (mark[0] == "file" and has_file):
            groups.append([])
            has_file, has_folio = has_file and not is_new, False
        has_file = has_file or mark[0] == "file"
        has_folio = has_folio or mark[0] == "folio"
        archives += 1 if mark[0] == "archive" else 0
        groups[-1].append(mark)
    return groups


def _read_cite(own: str, rest: str, group: list[Mark], spans: list[tuple[int, int]], core: Core) -> Reading:
    """Return what one cite says; `rest` is its text with a place for each letter, `group` its marks."""
    shelfmark, zone = _read_shelfmark(rest, group, core)
    folios = [mark[3] for mark in group if mark[0] == "folio"]
    label, value = ("folio", _tidy(", ".join(folios))) if folios else ("", "")
    # A label without a shelfmark round it is a word like any other, but for the folio.
    rest = _blank_all(rest, [(mark[1], mark[2]) for mark in group if shelfmark is not None or mark[0] == "folio"])
    if shelfmark is not None and zone[0] >= 0:
        known = set(shelfmark.signs)
        found = [match for match in _RAW_WORD.finditer(rest) if zone[0] <= match.start() < zone[1]]
        rest = _blank_all(rest, [(match.start(), match.end()) for match in found if match[0].lower() in known])
    dates, rest = read_dates(rest)
    volume = _VOLUME.search(rest.lower())
    if volume and not value:
        rest = _blank(rest, volume.start(), volume.end())
    low = rest.lower()
    if not value:
        pages = _PAGES.search(low)
        while pages:
            label = "note" if pages[1] in _NOTE_LABELS else "page"
            value = _without_year(_tidy(pages[2]))
            rest = _blank(rest, pages.start(), pages.end())
            low = _blank(low, pages.start(), pages.end())
            pages = _PAGES.search(low, max(pages.start() - _NEAR, 0)) if label != "note" else None
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
    acronyms = [match[0].lower() for match in _RAW_WORD.finditer(rest) if _is_acronym(match[0])]
    return Reading(
        own, label, value, "", shelfmark, dates, years, "", "", writers, readers, is_directed, names, words, acronyms
    )


def _is_acronym(word: str) -> bool:
    return _ACRONYM.fullmatch(word) is not None and _ROMAN_NUMBER.fullmatch(word) is None


def _without_year(value: str) -> str:
    """Return numbers without a year before them: "2017, 198–207" is a year of print and pages."""
    first, _, rest = value.partition(", ")
    return rest if rest and _YEARS.fullmatch(first) else value


def _tidy(value: str) -> str:
    """Return numbers as we print them: "9-20 and 25" -> "9–20, 25"."""
    parts = re.sub(r"\s+", " ", value)
    parts = re.sub(r"\s*(?:,|\band\b|&|\bdhe\b|\bund\b|\bet\b)\s*", ", ", parts)
    return re.sub(r"\s*-\s*", "–", parts)


def _read_shelfmark(rest: str, group: list[Mark], core: Core) -> tuple[Shelfmark | None, tuple[int, int]]:
    """Return the shelfmark that the marks and the words between them make, and where it stands."""
    archive, year, file = -1, "", ""
    signs: list[str] = []
    start, end = len(rest), 0
    has_fonds = False
    for role, begin, stop, value in group:
        if role == "archive":
            archive = int(value) if archive < 0 else archive
        elif role == "year":
            year = year or value
        elif role == "file":
            file = file or value
        elif role == "fonds":
            has_fonds = True
            signs.extend(match[0] for match in _RAW_WORD.finditer(value))
        elif role == "list":
            signs.append("op" + value)
        start, end = min(start, begin), max(end, stop)
    known = core["signs"]
    said = [match for match in _RAW_WORD.finditer(rest) if match[0].lower() in known and _is_sign(match[0])]
    if archive < 0 and not has_fonds and not file and not said:
        return None, (-1, -1)
    if not rest:
        return Shelfmark(archive, "", signs, [], year, file), (-1, -1)
    for match in said:
        if group or not match[0].isdigit():
            start, end = min(start, match.start()), max(end, match.end())
    names: list[str] = []
    at = 0
    for match in _RAW_WORD.finditer(rest):
        if match.start() < start or match.start() >= end:
            continue
        # Marks and words both come in their order.
        while at < len(group) and group[at][2] <= match.start():
            at += 1
        if at < len(group) and group[at][1] <= match.start():
            continue
        if archive >= 0 and match[0].lower() in core["archives"][archive]["words"]:
            continue
        if _is_sign(match[0]) and not match[0].isdigit():
            signs.append(match[0].lower())
        else:
            names.extend(words_of(match[0]))
    foreign = _find_foreign(rest, start, group, archive, core)
    return Shelfmark(archive, foreign, signs, names, year, file), (start, end)


def _is_sign(word: str) -> bool:
    """Say whether the word is an abbreviation: two capitals or more, and not much else."""
    capitals = sum(1 for letter in word if letter.isupper())
    return capitals >= 2 and capitals * 2 >= len(word)


def _find_foreign(rest: str, start: int, group: list[Mark], archive: int, core: Core) -> str:
    """Return the name of an archive before the shelfmark that is none of ours, or ""."""
    if archive >= 0:
        named = [mark for mark in group if mark[0] == "archive"][0]  # noqa: RUF015
        place = _OF_PLACE.match(rest, named[2])
        if place and place[1].lower() not in core["archives"][archive]["words"]:
            return rest[named[1] : place.end()].strip()
        return ""
    before = rest[:start].rstrip(" ,.:(")
    last = re.split(r"[,;:.(]\s", before)[-1]
    for match in _RAW_WORD.finditer(last):
        if _is_sign(match[0]) and len(match[0]) > 2 and match[0].lower() not in core["acronyms"]:
            return last.strip()
    return last.strip() if _ARCHIVE_WORD.search(last.lower()) else ""


def read_dates(text: str) -> tuple[list[list[int]], str]:
    """Return the dates in a spelled text, from and to, and the text without them."""
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
                # Not a space, or what stands on both sides would make another date.
                bar = "|" * (match.end() - match.start())
                text = text[: match.start()] + bar + text[match.end() :]
                low = low[: match.start()] + bar + low[match.end() :]
                after = max(match.start() - _NEAR, 0)
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


def _read_names(text: str) -> tuple[list[str], list[str], bool]:
    """Return who wrote, who was written to, and whether the text says which is which."""
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
