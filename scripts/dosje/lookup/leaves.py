"""Compares the leaves that a cite asks for with those of documents.

The browser runs these rules as well (`javascript.py`).
"""

from __future__ import annotations

from .reasons import Reason


def read_folios(value: str) -> list[list[int]]:
    """Return the ranges of leaves in the value of a locator. What is no number is ignored."""
    runs: list[list[int]] = []
    for part in value.split(", "):
        ends = [_digits(end) for end in part.split("–")]
        if ends[0] > 0:
            last = ends[-1]
            # 183–84 means 183 to 184.
            if 0 < last < ends[0] and len(str(last)) < len(str(ends[0])):
                last = int(str(ends[0])[: -len(str(last))] + str(last))
            runs.append([ends[0], max(last, ends[0])])
    return runs


def _digits(text: str) -> int:
    digits = "".join(letter for letter in text if "0" <= letter <= "9")
    return int(digits[:7]) if digits else 0


def fit_folios(wanted: list[list[int]], runs: list[list[int]], value: str) -> tuple[int, Reason]:
    """Return how well the leaves that are asked for fit those of a document, 4 the same to -1 outside, and in words.

    `joined` puts the words behind what they say it of.
    """
    if not wanted or not runs:
        return 0, []
    leaves = ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in runs)
    if any(run in runs for run in wanted):
        return 4, ["on-folio" if len(wanted) == 1 else "on-one-folio", "leaves", leaves]
    if any(first <= run[0] and run[1] <= last for run in wanted for first, last in runs):
        return 3, ["folio-within", "folio", value, "leaves", leaves]
    if any(run[0] <= last and first <= run[1] for run in wanted for first, last in runs):
        return 2, ["folio-overlaps", "folio", value, "leaves", leaves]
    return -1, ["folio-outside", "folio", value, "leaves", leaves]


def joined(leaves: Reason, first: Reason) -> Reason:
    """Return a reason with what is said of the leaves behind it."""
    return [*leaves, "first", first] if leaves else first
