"""Reads lists of names as references have them: "Holm, Eva, and Per Ruud", "A. Vettori e L. Masi", "VLČÁK, Eduard"."""

from __future__ import annotations

import re

_AND = re.compile(r"\s*(?:;|/|&|\s–\s|\s-\s|,?\s(?:and|und|et|e|y|dhe|i|и|ed|with|mit|avec)\s)\s*")
_PARTICLES = frozenset(
    [
        "von",
        "van",
        "de",
        "der",
        "den",
        "di",
        "da",
        "du",
        "la",
        "le",
        "al",
        "bin",
        "zu",
        "ter",
        "dos",
        "ibn",
        "el",
        "del",
        "della",
    ]
)
_OTHERS = re.compile(r",?\s*(?:et al\.?|u\. ?a\.|i dr\.|и др\.|and others)\s*$", re.IGNORECASE)
_NO_NAME = re.compile(r"[0-9“”\"«»()]|^[a-zà-ž]")

CslName = dict[str, str]


def read_name_list(text: str) -> list[CslName]:
    """Return the names in a text as CSL has them, nothing where it holds other words."""
    text = _OTHERS.sub("", text.strip(" ,:;."))
    if not text or _NO_NAME.search(text) or len(text) > 200:
        return []
    names: list[CslName] = []
    for part in (part for part in _AND.split(text) if part.strip(" ,")):
        names += _read_part(part.strip(" ,"), is_first=not names)
    return names


def _read_part(part: str, *, is_first: bool) -> list[CslName]:
    """Return the names between two "and": one, or several with commas."""
    pieces = [piece.strip() for piece in part.split(",") if piece.strip()]
    if len(pieces) == 1:
        return [read_name(pieces[0])]
    if len(pieces) == 2 and (_is_given(pieces[1]) or (is_first and " " not in pieces[0])):
        return [_turned(pieces[0], pieces[1])]
    if is_first and " " not in pieces[0] and len(pieces) > 2:
        return [_turned(pieces[0], pieces[1]), *(read_name(piece) for piece in pieces[2:])]
    return [read_name(piece) for piece in pieces]


def _is_given(text: str) -> bool:
    return re.fullmatch(r"(?:[A-ZÀ-ŽА-Я]\.[ -]?)+|[A-ZÀ-ŽА-Я][a-zà-žа-я’'-]+(?:\s[A-ZÀ-ŽА-Я]\.?)*", text) is not None


def _turned(family: str, given: str) -> CslName:
    return {"family": _lowered(family), "given": given}


def _lowered(family: str) -> str:
    """Return a family name that is printed in capitals as others are: "VLČÁK" -> "Vlčák"."""
    return family.title() if family.isupper() and len(family) > 3 else family


def read_name(text: str) -> CslName:
    """Return one name, given names first: family is its last word, with the particles before it."""
    words = text.split()
    if len(words) < 2:
        return {"family": _lowered(text)} if text else {}
    at = len(words) - 1
    while at > 1 and words[at - 1].lower() in _PARTICLES:
        at -= 1
    return {"family": _lowered(" ".join(words[at:])), "given": " ".join(words[:at])}
