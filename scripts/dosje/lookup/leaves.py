"""Compares the leaves that a cite asks for with those of documents.

The browser runs these rules as well (`javascript.py`).
"""

from __future__ import annotations


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


def fit_folios(wanted: list[list[int]], runs: list[list[int]], value: str) -> tuple[int, str]:
    """Return how well the leaves that are asked for fit those of a document, 4 the same to -1 outside, and in words."""
    if not wanted or not runs:
        return 0, ""
    leaves = ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in runs)
    if any(run in runs for run in wanted):
        return 4, f", on folio {leaves}" if len(wanted) == 1 else f", on folio {leaves}, one of those named"
    if any(first <= run[0] and run[1] <= last for run in wanted for first, last in runs):
        return 3, f"; folio {value} lies within its leaves, {leaves}"
    if any(run[0] <= last and first <= run[1] for run in wanted for first, last in runs):
        return 2, f"; folio {value} overlaps its leaves, {leaves}"
    return -1, f"; but folio {value} lies outside its leaves, {leaves}"
