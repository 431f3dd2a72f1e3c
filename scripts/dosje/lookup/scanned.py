"""Mends what a scanner misread in a footnote: letters for digits ("l960", "D. I"), and digits for letters ("0U").

A mended text has as many letters as before. The browser runs these rules as well (`javascript.py`).
"""

from __future__ import annotations

import re

from .rows import Core

# Beside a digit: "I9", "196O", "68/l". A small o only behind three digits.
_IN_NUMBER = re.compile(
    r"(?<=[0-9])[OIl](?![A-Za-z])|(?<![A-Za-z])[OIl](?=[0-9])|(?<=[0-9])[OIl](?=[0-9])|(?<=[0-9]/)[OIl](?![A-Za-z])"
    r"|(?<![A-Za-z0-9])[Il](?=-[0-9])|(?<=[0-9]{3})o(?![a-z])",
    re.ASCII,
)
# Alone behind a label: "D. I". Behind "D. I. Petrov" it is an initial.
_BEHIND_LABEL = re.compile(r"(?<![A-Za-z])([A-Za-z]{1,12})(?:\.\s?|\s)([Il])(?![A-Za-z'0-9])(?!\.\s?[A-Z])", re.ASCII)
_CAPITALS = re.compile(r"(?<![A-Za-z0-9])[A-Z01]{2,8}(?![A-Za-z0-9])", re.ASCII)
_PAGES = ["p", "pp", "s", "str", "n", "nr", "no"]


def mend_scan(plain: str, core: Core) -> str:
    """Return a spelled text with the digits and letters that a scanner took for one another."""
    plain = _mend(plain, [(match.start(), "0" if match[0] in "Oo" else "1") for match in _IN_NUMBER.finditer(plain)])
    found: list[tuple[int, str]] = []
    for match in _BEHIND_LABEL.finditer(plain):
        word = match[1].lower()
        if (word in core["labels"] and core["labels"][word] != "year") or word in _PAGES:
            found.append((match.start(2), "1"))
    plain = _mend(plain, found)
    found = []
    for match in _CAPITALS.finditer(plain):
        sign = match[0].replace("0", "O").replace("1", "I")
        is_known = sign.lower() in core["signs"] or any(
            sign.lower() in archive["names"] for archive in core["archives"]
        )
        if not match[0].isdigit() and sign != match[0] and is_known and match[0].lower() not in core["signs"]:
            found.extend([(match.start() + at, letter) for at, letter in enumerate(sign)])
    return _mend(plain, found)


def _mend(plain: str, signs: list[tuple[int, str]]) -> str:
    """Return a text with other signs at some places."""
    parts: list[str] = []
    at = 0
    for place, sign in signs:
        parts.append(plain[at:place])
        parts.append(sign)
        at = place + 1
    parts.append(plain[at:])
    return "".join(parts)
