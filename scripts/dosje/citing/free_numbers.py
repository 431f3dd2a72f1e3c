"""Numbers for a question to pandoc that stand nowhere else in it.

A style asks of a locator, and of the number of a note, whether it is a number, and prints "pp." for two of them. So
pandoc must be given numbers there. In its answer they are replaced by signs that no data holds (`stand_ins`).
"""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from ..values.stand_ins import FIRST_NUMBER, ONE, TWO

# Eleven digits behind the first: no two texts that a style sets side by side make them by chance, and nobody can write
# them on purpose, because they follow from all that is written.
_DIGITS = 11
# Room for the numbers of a million notes. Pandoc counts notes in 64 bits.
_NOTES = 10**6


class FreeNumbers(NamedTuple):
    """What stands for a locator, for another one, for the end of a range; and the number of the first note."""

    one: str
    other: str
    two: str
    first_note: int

    def stand_ins(self, number_of_note: str) -> tuple[tuple[str, str], ...]:
        """Return what is replaced in the words of a source: number and sign. `number_of_note`: of its first note."""
        # The longest first: the others may stand in it.
        return (number_of_note, FIRST_NUMBER), (self.one, ONE), (self.other, ONE), (self.two, TWO)


def find_free_numbers(question: str) -> FreeNumbers:
    """Return the numbers for a question, given as the text of all that is asked. The same question has the same."""
    tries = 0
    while True:
        digest = hashlib.sha256(f"{tries}/{question}".encode()).hexdigest()
        tail = str(int(digest, 16))[-_DIGITS:]
        if tail not in question:
            return FreeNumbers(f"7{tail}", f"6{tail}", f"8{tail}", int(f"4{tail}") * _NOTES + 1)
        tries += 1
