"""Folios: the leaves of an archival file, as historians cite them. Knows nothing of records."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_LEAF = re.compile(r"([0-9]{1,6})\s*([rv]?)\Z", re.IGNORECASE)
_LABEL = re.compile(r"\A(?:fols?\.|ff?\.|fl\.|l\.|folios?|fletë)\s*", re.IGNORECASE)


@dataclass(frozen=True, order=True, slots=True)
class Folios:
    """A run of leaves, both ends included. Sides are "" (both), "r" (recto) or "v" (verso)."""

    first: int
    last: int
    first_side: str = ""
    last_side: str = ""

    def __str__(self) -> str:
        start, end = f"{self.first}{self.first_side}", f"{self.last}{self.last_side}"
        return start if start == end else f"{start}–{end}"

    def contains(self, other: Folios) -> bool:
        """Say whether every leaf of `other` is in this run. Sides do not count."""
        return self.first <= other.first and other.last <= self.last

    def overlaps(self, other: Folios) -> bool:
        """Say whether the two runs share a leaf."""
        return self.first <= other.last and other.first <= self.last


@lru_cache(maxsize=1 << 16)
def parse_folios(text: str) -> tuple[Folios, ...]:
    """Return the runs of leaves that `text` names, e.g. "fl. 9–20, 25" -> (9–20, 25).

    Leaves count from 1 as the archive foliated them; "3r" is leaf 3, recto.
    Raises ValueError, in an editor's words, if a run goes backwards or is no number.
    Source: CSL 1.0.2, locator "folio".
    """
    runs = []
    # Each run of spaces becomes one space, because a pattern that begins with spaces is tried at each of them.
    for part in re.split(r"\s?(?:[,;]|\band\b|&)\s?", " ".join(text.split())):
        bare = _LABEL.sub("", part).strip()
        ends = [_parse_leaf(end, text) for end in re.split(r"\s?[–—-]\s?", bare)]
        if len(ends) > 2:
            raise ValueError(f'"{text}" cannot be read as folios')
        (first, first_side), (last, last_side) = ends[0], ends[-1]
        if (last, last_side) < (first, first_side):
            raise ValueError(f'"{part}" runs backwards')
        runs.append(Folios(first, last, first_side, last_side))
    return tuple(runs)


def format_folios(runs: tuple[Folios, ...]) -> str:
    """Return the runs as they are printed, e.g. "9–20, 25", without a label."""
    return ", ".join(str(run) for run in runs)


def _parse_leaf(text: str, whole: str) -> tuple[int, str]:
    match = _LEAF.match(text)
    if not match or int(match[1]) == 0:
        raise ValueError(f'"{whole}" cannot be read as folios')
    return int(match[1]), match[2].lower()
