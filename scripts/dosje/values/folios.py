"""Folios: the leaves of an archival file, as historians cite them. Knows nothing of records."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

# How editors abbreviate a leaf, in the languages of archives. The first is the word that we write ourselves.
LEAF_LABELS = (
    "fl.", "fol.", "fols.", "f.", "ff.", "l.", "folio", "folios", "fo.", "fos.", "ll.", "fl", "fol", "fols", "fo",
    "fos", "f", "ff", "f°", "ff°", "leaf", "leaves", "feuillet", "feuillets", "Bl.", "Bll.", "Bl", "Blatt", "Fol.",
    "л.", "лл.", "л", "лл", "Л.", "Лл.", "лист", "листы", "арк.", "k.", "kk.", "karta", "karty", "carta", "carte",
    "fletë", "fletët",
)  # fmt: skip
# How the sides of a leaf are written. With a space before it, a mere "r" or "v" is a side as well.
_RECTO = ("recto", "r°", "rº", "ro", "r", "^r^", "ʳ", "Vorderseite", "Vs.", "Vs", "лиц.")
_VERSO = (
    "verso", "v°", "vº", "vo", "v", "^v^", "ᵛ", "Rückseite", "Rs.", "Rs", "rev.", "ob.", "ob", "об.", "об", "зв.",
)  # fmt: skip
_SIDES = {word.lower(): side for side, words in (("r", _RECTO), ("v", _VERSO)) for word in words}
# Leaves that were put in after the file had its numbers, or are parts of one: 12bis, 12a, 12A, 12а, 12/1.
_WORDS = ("bis", "ter", "quater")
_RANKS = {mark: rank for rank, mark in enumerate(("", *_WORDS))}
_MARK = r"[a-eA-Eа-д]|/[0-9]{1,3}|/[a-z]"


def _one_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


# A leaf as it is written: number, mark and side. What follows is no part of a word.
SIDE_PATTERN = rf"(?i:{_one_of(_SIDES)})"
_ONE_LEAF = rf"[0-9]{{1,6}}(?:\s?(?:bis|ter|quater)(?!\s*[0-9])|{_MARK})?(?:\s?{SIDE_PATTERN}(?!\.?\s*[0-9]))?"
LEAF_PATTERN = rf"{_ONE_LEAF}(?![\w@°º^]|/\w)"
# The same with a side, whatever follows.
SIDED_LEAF = rf"[0-9]{{1,6}}(?:\s?(?:bis|ter|quater)|{_MARK})?\s?{SIDE_PATTERN}(?!\.?\s*[0-9])"
_LEAF = re.compile(rf"([0-9]{{1,6}})?\s*((?i:{_one_of(_WORDS)})|{_MARK})?\s*({SIDE_PATTERN})?\Z")
_LABEL = re.compile(
    rf"\A(?:(?:{_one_of(word for word in LEAF_LABELS if not word[-1].isalpha())})\s*|"
    rf"(?:{_one_of(word for word in LEAF_LABELS if word[-1].isalpha())})\s+)",
    re.IGNORECASE,
)


@dataclass(frozen=True, order=True, slots=True)
class Folios:
    """A run of leaves, both ends included. Sides are "" (both), "r" (recto) or "v" (verso).

    Marks distinguish leaves with the same number: 12bis, 12a, 12/1. "" is the leaf itself.
    """

    first: int
    last: int
    first_side: str = ""
    last_side: str = ""
    first_mark: str = ""
    last_mark: str = ""

    def __str__(self) -> str:
        start = f"{self.first}{self.first_mark}{self.first_side}"
        end = f"{self.last}{self.last_mark}{self.last_side}"
        return start if start == end else f"{start}–{end}"

    def contains(self, other: Folios) -> bool:
        """Say whether every leaf of `other` is in this run. Sides and marks do not count."""
        return self.first <= other.first and other.last <= self.last

    def overlaps(self, other: Folios) -> bool:
        """Say whether the two runs share a leaf."""
        return self.first <= other.last and other.first <= self.last

    def shares_side(self, other: Folios) -> bool:
        """Say whether the two runs share a side of a leaf: "3r" and "3v" do not, nor do "12" and "12bis"."""
        return self._starts <= other._ends and other._starts <= self._ends

    @property
    def _starts(self) -> tuple[int, tuple[int, str], bool]:
        return self.first, _rank(self.first_mark), self.first_side == "v"

    @property
    def _ends(self) -> tuple[int, tuple[int, str], bool]:
        return self.last, _rank(self.last_mark), self.last_side != "r"


@lru_cache(maxsize=1 << 16)
def parse_folios(text: str) -> tuple[Folios, ...]:
    """Return the runs of leaves that `text` names, e.g. "fl. 9–20, 25" -> (9–20, 25).

    Leaves count from 1 as the archive foliated them; "3r" is leaf 3, recto, as are "3 recto" and "3 Vs.".
    Raises ValueError, in an editor's words, if a run goes backwards or is no number.
    Source: CSL 1.0.2, locator "folio".
    """
    runs = []
    # Each run of spaces becomes one space, because a pattern that begins with spaces is tried at each of them.
    for part in re.split(r"\s?(?:[,;]|\band\b|&)\s?", " ".join(text.split())):
        bare = _LABEL.sub("", part).strip()
        written = re.split(r"\s?[–—-]\s?", bare)
        if len(written) == 2 and written[1].lower() in _SIDES:
            written[1] = f"{re.match('[0-9]*', written[0])[0]}{written[1]}"  # type: ignore[index]  # "12r–v"
        ends = [_parse_leaf(end, text) for end in written]
        if len(ends) > 2:
            raise ValueError(f'"{text}" cannot be read as folios')
        (first, first_mark, first_side), (last, last_mark, last_side) = ends[0], ends[-1]
        if (last, *_rank(last_mark), last_side) < (first, *_rank(first_mark), first_side):
            raise ValueError(f'"{part}" runs backwards')
        runs.append(Folios(first, last, first_side, last_side, first_mark, last_mark))
    return tuple(runs)


def try_folios(text: str) -> tuple[Folios, ...]:
    """Return the runs of leaves that `text` names, none where it cannot be read: a page may be "xii"."""
    try:
        return parse_folios(text)
    except ValueError:
        return ()


def format_folios(runs: tuple[Folios, ...]) -> str:
    """Return the runs as they are printed, e.g. "9–20, 25", without a label."""
    return ", ".join(str(run) for run in runs)


def tidy_leaves(text: str) -> str:
    """Return leaves as we write them, e.g. "12об.–13 Rs." -> "12v–13v". What is no leaf stays as it is."""
    text = re.sub(LEAF_PATTERN, lambda match: _tidy(match[0]), text)
    return re.sub(rf"(?<=–){SIDE_PATTERN}(?!\w)", lambda match: _SIDES[match[0].lower()], text)


def _tidy(leaf: str) -> str:
    match = _LEAF.match(leaf)
    return f"{match[1]}{_mark_of(match)}{_side_of(match)}" if match else leaf


def _mark_of(match: re.Match[str]) -> str:
    mark = match[2] or ""
    return mark.lower() if len(mark) > 1 else mark


def _rank(mark: str) -> tuple[int, str]:
    """Return the place of a mark among those of one leaf: none, bis, ter, quater, then letters and parts."""
    return (_RANKS[mark], "") if mark in _RANKS else (len(_RANKS), mark.lower())


def _side_of(match: re.Match[str]) -> str:
    return _SIDES.get((match[3] or "").lower(), "")


def _parse_leaf(text: str, whole: str) -> tuple[int, str, str]:
    match = _LEAF.match(text)
    if not match or not match[1] or int(match[1]) == 0:
        raise ValueError(f'"{whole}" cannot be read as folios')
    return int(match[1]), _mark_of(match), _side_of(match)
