"""Reads the shelfmark in a part of a footnote: archive, fonds and series, year, file, leaves.

Knows of the edition only the names of its archives and the signs of their fonds and series (the index's core).
The browser runs these rules as well (`javascript.py`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..values.spelling import words_of
from .archive_names import find_archives, find_name
from .names_beside import (
    RAW_WORD,
    LabelledNumber,
    find_foreign,
    find_names,
    find_names_behind,
    find_names_beside,
    is_sign,
)
from .rows import Core
from .said_dates import YEAR

# Every repeat is bounded, or cannot begin again within itself. So any pasted text is read in linear time.
_RUN = r"[0-9]{1,9}[rv]?(?:\s*-\s*[0-9]{1,9}[rv]?)?"
_COMMA = r"\s*(?:,|\band\b|&|\bdhe\b|\bund\b|\bet\b)\s*"
NUMBERS_PATTERN = rf"{_RUN}(?:{_COMMA}{_RUN}(?![0-9./]{{0,9}}[a-z]))*"
# What each label in a reference stands before. The archives of an edition add labels of their own.
ROLE_BY_LABEL = {
    "fondit": "fonds", "fondi": "fonds", "fonds": "fonds", "fond": "fonds", "fund": "fonds", "rg": "fonds",
    "fondo": "fonds", "bestand": "fonds", "f": "fonds",
    "viti": "year", "vit": "year", "year": "year", "jahr": "year", "god": "year", "v": "year",
    "annee": "year", "anno": "year", "ano": "year", "jg": "year", "jahrgang": "year",
    "dosjes": "file", "dosje": "file", "dosja": "file", "dossier": "file", "delo": "file", "file": "file",
    "folder": "file", "akte": "file", "d": "file",
    "fascicolo": "file", "fasc": "file", "busta": "file", "expediente": "file", "legajo": "file", "papka": "file",
    "opis": "list", "op": "list", "inv": "list",
    "fletet": "folio", "fletes": "folio", "flete": "folio", "fleta": "folio",
    "folios": "folio", "folio": "folio", "foll": "folio",
    "fols": "folio", "fol": "folio", "fl": "folio", "ff": "folio", "leaves": "folio", "leaf": "folio",
    "listy": "folio", "list": "folio", "ll": "folio", "l": "folio", "blatt": "folio", "bl": "folio",
    "carte": "folio", "carta": "folio", "cc": "folio", "c": "folio", "karty": "folio", "karta": "folio", "k": "folio",
    "zespol": "fonds", "zesp": "fonds", "teczka": "file", "b": "file", "a": "year", "r": "year",
}  # fmt: skip
_LABEL = re.compile(
    r"(?<![a-z0-9'])([a-z]+|[^\x00-\x7f]{1,4})(?![a-z'])([.°]?)\s*(?:(?:nr|no|num)\.?\s*|:\s*)?", re.ASCII
)
_VALUES = {
    "fonds": re.compile(r"[0-9]+(?:\s?-\s?[0-9]+)?[a-z]?(?:/[a-z]+\b)?", re.ASCII),
    "year": re.compile(rf"{YEAR}(?![0-9])", re.ASCII),
    "file": re.compile(r"[0-9]+(?:[/-][0-9]{1,4}|/[a-z]\b){0,2}[a-z]?\b(?:\s*\([^)]{0,9}\))?", re.ASCII),
    "list": re.compile(r"[0-9]+", re.ASCII),
    "folio": re.compile(NUMBERS_PATTERN, re.ASCII),
}
# Behind a code: in "FO 371/160022/3" and "7-8" the second number may be a piece or a second file.
_FILE_OF_CODE = re.compile(r"[0-9]+(?:/[0-9]+|/[a-z]\b)?[a-z]?\b(?:\s*\([^)]{0,9}\))?", re.ASCII)
_BEFORE_FILE = re.compile(r"\s?[/-]\s?", re.ASCII)
# "1961 г.": the label behind the year. A year alone between two signs, if a file stands beside it.
_YEAR_BEHIND = re.compile(rf"(?<![0-9-]){YEAR}\s?(?:gg?|god|goda)(?![a-z0-9])", re.ASCII)
_BARE_YEAR = re.compile(rf"[,.;:(]\s?{YEAR}(?=\)?\s?(?:[,.;:]|$))", re.ASCII)
# "Bd. 5, Nr. 12": the number behind a volume is no file, whatever an archive calls "Nr.".
LETTERS = ["a", "b", "c", "k", "r"]  # Italian anno, busta, carta; Polish rok, karta: labels only where they can be
# "14/AP-MPKK/1960/4", "F. 14, 1960, 4, fl. 9": year and file without any label.
_BARE_FILE = re.compile(
    rf"(?:[,;]\s|[/-]){YEAR}(?:[,;]\s|[/-])([0-9]{{1,4}}(?:/[0-9a-z]{{1,3}})?)(?=\)?\s?(?:[,.;:)]|$))", re.ASCII
)
_NUMBER_SIGNS = ["nr", "no", "num", "nos", "nrs"]
_VOLUME_BEFORE = re.compile(r"(?<![a-z])(?:vols?|bd|band|tomes?|tomo|tom|vell|t)\.?\s?[0-9ivx]{1,7},?\s?$", re.ASCII)
_BEGIN_OF_NAME = re.compile(r"(?:(?:i|e|te|of|de|des|der|du|del|della)\s(?:the\s)?)?[A-Z]", re.ASCII)
_NAME_OF_FONDS = re.compile(r"[^,;:.()]{0,80}", re.ASCII)


@dataclass(frozen=True)
class Shelfmark:
    """What a cite says of the place of a document: archive, fonds and series, year, file.

    A series must have all the `signs` (numbers, abbreviations) to be meant. It need not have the `names`.
    """

    archive: int  # its place in the index, -1 if none is named
    foreign: str  # the name of an archive that the edition does not know
    signs: list[str]
    names: list[str]
    year: str
    file: str
    # The names before it, the nearest first, where neither of the above names an archive; behind a known archive the
    # names that stand directly beside it: "Bulgarian Central State Archives, Sofia".
    before: list[str]


def find_labelled(part: str, core: Core, is_ibid: bool) -> tuple[list[LabelledNumber], list[tuple[int, int]]]:
    """Return the labelled numbers of a shelfmark (role, start, end, value), and the spans of archives' names.

    "F." is a fonds before the number of a file, and a folio after it.
    """
    low = part.lower()
    marks: list[LabelledNumber] = []
    spans: list[tuple[int, int]] = []
    for archive in find_archives(part, core):
        marks.append(("archive", archive.start, archive.end, str(archive.number)))
        spans.append((archive.start, archive.end))
    marks.extend(_find_codes(low, core))
    spans.extend([(mark[1], mark[2]) for mark in marks if mark[0] != "archive"])
    has_fonds = is_ibid or any(mark[0] == "unit" for mark in marks)
    has_file = any(mark[0] == "file" for mark in marks)
    taken = 0
    for match in _LABEL.finditer(low):
        if match.start() < taken or any(start <= match.start() < end for start, end in spans):
            continue
        word = match[1]
        if word not in core["labels"] or (word in _NUMBER_SIGNS and _VOLUME_BEFORE.search(low[: match.start()])):
            continue
        role = core["labels"][word]
        value = _VALUES[role].match(low, match.end())
        is_letter = word in LETTERS and role == ROLE_BY_LABEL[word]
        is_behind = any(mark[1] < match.start() for mark in marks)
        if is_letter and not _is_label(word, match[2], is_ibid, has_file, is_behind, low, match.end()):
            continue
        if word == "f":
            is_big = part[match.start()] == "F"
            # "Marku, Communist Relations, f. 44": behind a work it is a page (faqe), which needs no label to be read.
            if not is_big and not marks and not is_ibid and value and not low[value.end() :].strip(" .,;)"):
                continue
            wide = _VALUES["fonds"].match(low, match.end())
            is_named = wide is not None and "/" in wide[0]
            if not is_named and (has_file or has_fonds) and not (is_big and not has_fonds):
                role, value = "folio", _VALUES["folio"].match(low, match.end())
        if value is None:
            is_written_out = match[2] == "." or len(word) > 3
            is_name = role == "fonds" and is_written_out and _BEGIN_OF_NAME.match(part, match.end()) is not None
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
    marks.extend(_find_bare_file(low, marks))
    marks.extend(_find_bare_year(low, marks))
    marks.sort(key=lambda mark: mark[1])
    return marks, spans


def _find_bare_file(low: str, marks: list[LabelledNumber]) -> list[LabelledNumber]:
    """Return year and number of a file that stand without labels behind an archive or fonds."""
    places = [mark[2] for mark in marks if mark[0] in ("archive", "fonds", "unit")]
    if not places or any(mark[0] in ("year", "file") for mark in marks):
        return []
    match = _BARE_FILE.search(low, min(places))
    if not match or any(mark[1] < match.end() and match.start() < mark[2] for mark in marks):
        return []
    return [("year", match.start(1), match.end(1), match[1]), ("file", match.start(2), match.end(2), match[2])]


def _is_label(  # noqa: PLR0917
    word: str, stop: str, is_ibid: bool, has_file: bool, is_behind: bool, low: str, end: int
) -> bool:
    """Say whether a letter is a label where it stands: "Ivi, c. 4" is a leaf, "c. 1960" is about that year."""
    if word in ("c", "k"):
        return (is_ibid or has_file) and not _VALUES["year"].match(low, end)
    return is_behind and stop == "." and (word != "b" or not has_file)


def _find_bare_year(low: str, marks: list[LabelledNumber]) -> list[LabelledNumber]:
    """Return the year of a file that has no label before it: "F. 14, 1960, D. 4", "Ф. 14. 1960 г. Д. 4"."""
    if any(mark[0] == "year" for mark in marks):
        return []
    behind = _YEAR_BEHIND.search(low)
    if behind and any(mark[0] in ("archive", "fonds", "unit", "file") for mark in marks):
        return [("year", behind.start(1), behind.end(1), behind[1])]
    files = [mark for mark in marks if mark[0] == "file"]
    places = [mark[2] for mark in marks if mark[0] in ("archive", "fonds", "unit")]
    if len(files) != 1 or not places:
        return []
    found = [match for match in _BARE_YEAR.finditer(low) if not any(m[1] <= match.start(1) < m[2] for m in marks)]
    # It stands in the shelfmark: behind the archive, or between the file and what follows.
    within = [match for match in found if min(places) <= match.start(1) < files[0][1] or match.start() == files[0][2]]
    return [("year", match.start(1), match.end(1), match[1]) for match in within] if len(within) == 1 else []


def _find_codes(low: str, core: Core) -> list[LabelledNumber]:
    """Return the codes of fonds and series with the number of a file behind them: "FO 371/160022"."""
    marks: list[LabelledNumber] = []
    for number, unit in enumerate(core["units"]):
        at = find_name(low, unit["code"]) if unit["code"] else -1
        if at < 0:
            continue
        end = at + len(unit["code"])
        sign = _BEFORE_FILE.match(low, end)
        value = _FILE_OF_CODE.match(low, sign.end()) if sign else None
        marks.append(("unit", at, end, str(number)))
        if value:
            marks.append(("file", end, value.end(), value[0]))
    return marks


def number_of_file(text: str) -> str:
    """Return the number of a file as it is compared: "68/1", "68-1" -> "68/1", which is not "681"; "7 A" -> "7A"."""
    signs = ["/" if sign in "/-" else sign for sign in text if sign.isalnum() or sign in "/-"]
    return "".join(signs).strip("/")


def cut_labelled(marks: list[LabelledNumber]) -> list[list[LabelledNumber]]:
    """Return the labelled numbers in groups. A second file or archive begins another cite.

    The same number again does not: "File 12, RGANI. F. 89. Op. 1. D. 12" names its file by title and by reference.
    """
    groups: list[list[LabelledNumber]] = [[]]
    has_file, has_folio = False, False
    archives = 0
    number = ""
    last_file = max([index for index, mark in enumerate(marks) if mark[0] == "file"] + [-1])
    for index, mark in enumerate(marks):
        is_new = mark[0] == "archive" and has_file and index <= last_file and archives > 0
        if mark[0] == "year" and has_file and index <= last_file and has_folio:
            is_new = True
        if is_new or (mark[0] == "file" and has_file and mark[3] != number):
            groups.append([])
            has_file, has_folio = has_file and not is_new, False
        has_file = has_file or mark[0] == "file"
        number = mark[3] if mark[0] == "file" else number
        has_folio = has_folio or mark[0] == "folio"
        archives += 1 if mark[0] == "archive" else 0
        groups[-1].append(mark)
    return groups


def read_shelfmark(rest: str, group: list[LabelledNumber], core: Core) -> tuple[Shelfmark | None, tuple[int, int]]:
    """Return the shelfmark in labelled numbers and the words between them, and where it stands."""
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
            signs.extend(match[0] for match in RAW_WORD.finditer(value))
            named = _NAME_OF_FONDS.match(rest, stop) if not value else None
            end = max(end, named.end() if named else stop)
        elif role == "unit":
            has_fonds = True
            signs.extend(core["units"][int(value)]["own_signs"])
        elif role == "list":
            signs.append("op" + value)
        start, end = min(start, begin), max(end, stop)
    known = core["signs"]
    said = [match for match in RAW_WORD.finditer(rest) if match[0].lower() in known and is_sign(match[0])]
    if archive < 0 and not has_fonds and not file and not said:
        return None, (-1, -1)
    if not rest:
        return Shelfmark(archive, "", signs, [], year, file, []), (-1, -1)
    for match in said:
        if group or not match[0].isdigit():
            start, end = min(start, match.start()), max(end, match.end())
    names: list[str] = []
    at = 0
    for match in RAW_WORD.finditer(rest):
        if match.start() < start or match.start() >= end:
            continue
        # Both numbers and words are in order.
        while at < len(group) and group[at][2] <= match.start():
            at += 1
        if at < len(group) and group[at][1] <= match.start():
            continue
        if archive >= 0 and match[0].lower() in core["archives"][archive]["words"]:
            continue
        if is_sign(match[0]) and not match[0].isdigit():
            signs.append(match[0].lower())
        else:
            names.extend(words_of(match[0]))
    foreign = find_foreign(rest, start, end, group, archive, core)
    before: list[str] = []
    if archive >= 0:
        before = find_names_beside(rest, group)
    elif not foreign:
        before = find_names(rest[:start]) + find_names_behind(rest[end:])
    return Shelfmark(archive, foreign, signs, names, year, file, before), (start, end)
