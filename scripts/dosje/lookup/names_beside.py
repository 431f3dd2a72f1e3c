"""Reads the names that stand beside a shelfmark: an archive that the edition does not know, a country, a town.

The browser runs these rules as well (`javascript.py`).
"""

from __future__ import annotations

import re
from typing import TypeAlias

from ..values.spelling import words_of
from .rows import Core

LabelledNumber: TypeAlias = tuple[str, int, int, str]  # role, start, end, value
RAW_WORD = re.compile(r"[A-Za-z0-9]+", re.ASCII)
_ARCHIVE_WORD = re.compile(
    r"archiv|arkiv|arhiv|arkhiv|archief|arkisto|leveltar|levéltár|архив|архів|αρχει|arsiv|arşiv|papers\b|library|nachlass|collection",
    re.ASCII,
)
# An archive stands before its town, and before a fonds that is named in words.
_NAMES_BEFORE = 3
_NAMES_BEHIND = 2
_WORDS_OF_NAME = 4
_SENTENCE_END = re.compile(r"[.;](?:\s|$)", re.ASCII)
_NEAR_NAME = 60
_NAME_BEFORE = re.compile(r"(?:^|[^A-Za-z])((?:[A-Z][\w.'-]{2,30}\s){1,3})$", re.ASCII)
_NAME_BEHIND = re.compile(r"[\s,:(]{1,3}([A-Z][\w'-]{2,30}(?:\s[A-Z][\w'-]{2,30}){0,2})\s?(?=[,;:.)]|$)", re.ASCII)
_SMALL_BEFORE = re.compile(r"(?:^|[^a-z])((?:[a-z][\w.'-]{2,30}\s){1,3})$", re.ASCII)
_SMALL_BEHIND = re.compile(r"[\s,:(]{1,3}([a-z][\w'-]{1,30}(?:\s[a-z][\w'-]{1,30}){0,2})(?=[\s,;:.)]|$)", re.ASCII)
_OF_PLACE = re.compile(r"\s*(?:of|in|i|e|des|der|de)\s+(?:the\s+)?([A-Z][a-z]+)", re.ASCII)


def is_sign(word: str) -> bool:
    """Say whether the word is an abbreviation: at least two letters and half of all are capitals."""
    capitals = sum(1 for letter in word if letter.isupper())
    return capitals >= 2 and capitals * 2 >= len(word)


def find_foreign(  # noqa: PLR0917
    rest: str, start: int, end: int, group: list[LabelledNumber], archive: int, core: Core
) -> str:
    """Return the name of an archive beside the shelfmark if the edition does not know it, else "".

    It stands before it, or behind one that begins with the file: "D. 4, F. 14, RGANI".
    """
    if archive >= 0:
        named = [mark for mark in group if mark[0] == "archive"][0]  # noqa: RUF015
        place = _OF_PLACE.match(rest, named[2])
        if place and place[1].lower() not in core["archives"][archive]["words"]:
            return rest[named[1] : place.end()].strip()
        return ""
    parts = re.split(r"[,;:.(]\s", rest[:start].rstrip(" ,.:("))
    foreign = _foreign_in(list(reversed(parts[max(len(parts) - 2, 0) :])), core)
    begins_with_file = len(group) > 0 and group[0][0] in ("file", "folio")
    if not foreign and begins_with_file and (group[-1][0] in ("fonds", "unit", "year") or end > group[-1][2]):
        behind = [part for part in re.split(r"[,;:.(]\s", rest[end:].strip(" ,.:()")) if not part.strip().isdigit()]
        foreign = _foreign_in(behind[:2], core)
    return foreign


def _foreign_in(parts: list[str], core: Core) -> str:
    """Return the first of some parts that names an archive and no fonds; an abbreviation only if it is the first."""
    for at, part in enumerate(parts):
        words = words_of(part)
        if any(words == name for unit in core["units"] for name in unit["names"]):
            continue
        if _ARCHIVE_WORD.search(part.lower()):
            return part.strip()
        for match in RAW_WORD.finditer(part):
            if at == 0 and is_sign(match[0]) and len(match[0]) > 2 and match[0].lower() not in core["acronyms"]:
                return part.strip()
    return ""


def find_names(before: str) -> list[str]:
    """Return the last parts of what stands before a shelfmark that are as short as a name, the nearest first."""
    # In a note in small letters a name cannot be told from what stands beside it.
    if before == before.lower():
        return [word for word in reversed(re.split(r"[\s,;:.(]", before)) if len(word) > 2 and _is_name(word)]
    parts = [part.strip() for part in re.split(r"[,;:.(]", before) if part.strip()]
    last = parts[max(len(parts) - _NAMES_BEFORE, 0) :]
    return [part for part in reversed(last) if len(part.split()) <= _WORDS_OF_NAME and _is_name(part)]


def find_names_behind(behind: str) -> list[str]:
    """Return the names directly behind a shelfmark without an archive: "D. 4, State Archive, Bergen"."""
    match = _SENTENCE_END.search(behind)
    parts = re.split(r"[,:()]", behind[: match.start()] if match else behind)
    names: list[str] = []
    for part in parts[1 : _NAMES_BEHIND + 1] if not parts[0].strip() else []:
        name = part.strip()
        if not name or len(name.split()) > _WORDS_OF_NAME or not _is_name(name) or not name[0].isupper():
            break
        if not is_proper_name(name) and not is_name_of_archive(name):
            break
        names.append(name)
    return names


def find_names_beside(rest: str, group: list[LabelledNumber]) -> list[str]:
    """Return what stands directly before the name of an archive, and directly behind it: another country or town."""
    at = [index for index, mark in enumerate(group) if mark[0] == "archive"][0]  # noqa: RUF015
    start, end = group[at][1], group[at][2]
    stop = group[at + 1][1] if at + 1 < len(group) else len(rest)
    is_small = rest == rest.lower()
    before = (_SMALL_BEFORE if is_small else _NAME_BEFORE).search(rest[max(start - _NEAR_NAME, 0) : start])
    behind = (_SMALL_BEHIND if is_small else _NAME_BEHIND).match(rest[end : min(stop, end + _NEAR_NAME)])
    return [match[1].strip() for match in (before, behind) if match]


def _is_name(part: str) -> bool:
    return not any(letter.isdigit() for letter in part)


def is_proper_name(name: str) -> bool:
    """Say whether all words of a name have capitals, or none has one, as in a note in small letters."""
    return name == name.lower() or all(word[0].isupper() for word in name.split(" ") if word)


def is_name_of_archive(name: str) -> bool:
    """Say whether a name has the word for an archive in it, in a language of Europe."""
    return _ARCHIVE_WORD.search(name.lower()) is not None
