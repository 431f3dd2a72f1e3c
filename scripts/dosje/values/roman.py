"""Roman numerals, written."""

from __future__ import annotations

_SIGNS = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
    (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


def write_roman(number: int) -> str:
    """Return a number as the Romans wrote it, in capitals: 19 -> "XIX"."""
    found = ""
    for value, sign in _SIGNS:
        times, number = divmod(number, value)
        found += sign * times
    return found
