"""Reads the numbers of notes: the one that a note begins with, and the one to which "Dove (n 7)" leads.

The browser runs these rules as well (`javascript.py`).
"""

from __future__ import annotations

import re

from ..values.spelling import spell
from .said_pages import blank

NOTE_NUMBER = re.compile(r"\s*(?:\[?[0-9]{1,3}\]?[.)]\s+)(?=[A-Za-z'\"])", re.ASCII)
# "(n 7)" of OSCOLA, "(Anm. 7)", "(see n. 7)", "(wie Anm. 7)", "supra note 7". "(n. 7)" alone may be a note of the work.
_CROSS = re.compile(
    r"\(n ([0-9]{1,4})\)"
    r"|\((?:anm|anmerkung)\.? ([0-9]{1,4})\)"
    r"|\((?:see|in|above|supra|wie|siehe|vgl\.|oben|voir|cf\.),? "
    r"(?:nn?|fn|note|footnote|anm|anmerkung)\.? ([0-9]{1,4})"
    r"(?: above| oben)?\)"
    r"|(?<![a-z])supra,? (?:nn?|note|footnote)\.? ([0-9]{1,4})",
    re.ASCII,
)


def number_of_note(text: str) -> int:
    """Return the number that a pasted note begins with, 0 for none."""
    number = NOTE_NUMBER.match(spell(text[:20])[0])
    return int("".join(sign for sign in number[0] if "0" <= sign <= "9")) if number else 0


def take_cross(part: str) -> tuple[str, str]:
    """Return the number of the note to which a cite leads, "" for none, and the text without it."""
    found = _CROSS.search(part.lower())
    if not found:
        return "", part
    return found[1] or found[2] or found[3] or found[4], blank(part, found.start(), found.end())
