"""How a cite stands to its source: it rests on it, disputes it or mentions it. The words before it say so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from ..phrases.phrases import Phrases
from ..values.citations import Cite

Stance = Literal["supports", "disputes", "mentions"]


def stances_of(cites: Sequence[Cite], phrases: Phrases) -> Iterator[Stance]:
    """Yield the stance of each cite of one `[...]`. Words before one hold for those behind it, until others stand."""
    said: Stance = "supports"
    for cite in cites:
        if cite.prefix:
            said = stance_of(cite.prefix, phrases)
        yield said


def stance_of(prefix: str, phrases: Phrases) -> Stance:
    """Return what the words before a cite say, "supports" where they say nothing of it: "see", "so too"."""
    text = re.sub(r"[^\w\s]+", " ", prefix.casefold())
    words = f" {' '.join(text.split())} "
    if any(f" {one} " in words for one in _words(phrases("cite.disputes"))):
        return "disputes"
    return "mentions" if any(f" {one} " in words for one in _words(phrases("cite.mentions"))) else "supports"


def _words(said: str) -> Iterator[str]:
    """Yield the words of a phrase that lists them, without their signs."""
    for one in said.split(";"):
        yield " ".join(re.sub(r"[^\w\s]+", " ", one.casefold()).split())
