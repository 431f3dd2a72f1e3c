"""Prints a range of pages in the format of a style: 171–79. Knows nothing of cites."""

from __future__ import annotations


def collapse_range(first: str, last: str, page_range: str) -> str:
    """Return a page range as the style's page-range-format prints it, e.g. 171–79.

    If the style has no format, the range stays as the author wrote it.
    Source: CSL 1.0.2, Appendix V, "Page Range Formats".
    """
    whole = first[: max(len(first) - len(last), 0)] + last
    if not page_range or len(first) != len(whole) or int(whole) < int(first):
        return f"{first}–{last}"
    last = whole
    common = next((n for n, (a, b) in enumerate(zip(first, last, strict=True)) if a != b), len(first))
    if page_range == "minimal":
        return f"{first}–{last[min(common, len(last) - 1) :]}"
    if page_range == "minimal-two":
        return f"{first}–{last[min(common, max(len(last) - 2, 0)) :]}"
    if page_range in ("chicago", "chicago-15", "chicago-16"):
        return f"{first}–{_collapse_chicago(first, last, common, page_range)}"
    return f"{first}–{last}"


def _collapse_chicago(first: str, last: str, common: int, page_range: str) -> str:
    # CMOS 9.61: all digits below 100 and at a multiple of 100; the changed part in 101–109; else two or more.
    if len(first) < 3 or first.endswith("00"):
        return last
    if first[-2] == "0":
        return last[min(common, len(last) - 1) :]
    if page_range != "chicago-16" and len(first) == 4 and len(last) - common > 2:
        return last
    return last[min(common, len(last) - 2) :]
