"""Writes footnotes as other authors print them, of every source of an edition, and near misses of each.

Imports nothing from the lookup, so that what is measured does not decide how it is measured. The forms are those of
style manuals, of readers' slips and of scanned books, not of our own notes. Deterministic: the same edition gives the
same footnotes.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from random import Random
from typing import TypeAlias

Locator: TypeAlias = tuple[str, str]  # label and value: "folio", "9–20"


@dataclass(frozen=True)
class Meant:
    """What one cite of a footnote means: any of these sources, and the place in it, None if the cite has none."""

    keys: frozenset[str]
    locator: Locator | None = None


@dataclass(frozen=True)
class Footnote:
    """A footnote, its form, what each of its cites means, in order; nothing for a near miss.

    `before`: the footnotes before it, for an Ibid. `may`: sources that it does name beside what is meant, such as the
    file in which a document lies. `perhaps`: sources that may be meant, so that "likely" is no mistake, such as an
    earlier printing. An answer that is sure of another source is wrong.
    """

    text: str
    form: str
    meant: tuple[Meant, ...] = ()
    before: tuple[str, ...] = ()
    may: frozenset[str] = field(default_factory=frozenset)
    perhaps: frozenset[str] = field(default_factory=frozenset)

    @property
    def is_miss(self) -> bool:
        return not self.meant


def seeded(*words: str) -> Random:
    """Return random numbers that are the same for the same words, on every machine."""
    return Random(zlib.crc32("/".join(words).encode()))


def misread(text: str, rng: Random, count: int = 2) -> str:
    """Return the text as a scanner misreads numbers: a zero as a capital O, a one as a small l or a capital I."""
    signs = list(text)
    places = [at for at, sign in enumerate(signs) if sign in "01"]
    for at in sorted(rng.sample(places, min(count, len(places)))):
        signs[at] = "O" if signs[at] == "0" else rng.choice("lI")
    return "".join(signs)


def mistype(text: str, rng: Random) -> str:
    """Return the text with one of its longer words mistyped, as fingers do."""
    words = text.split(" ")
    long = [at for at, word in enumerate(words) if len(word) > 5 and word.isalpha()]
    if not long:
        return text
    at = rng.choice(long)
    word = words[at]
    place = rng.randint(1, len(word) - 3)
    slips = (
        word[:place] + word[place + 1] + word[place] + word[place + 2 :],
        word[:place] + word[place + 1 :],
        word[:place] + word[place] + word[place:],
    )
    words[at] = rng.choice(slips)
    return " ".join(words)
