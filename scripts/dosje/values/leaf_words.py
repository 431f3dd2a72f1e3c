"""How an archive writes the leaves of its files: "fl. 9–20", "л. 12 об.", "12. fol.". Knows nothing of records.

A label is a word that stands before the number, or a text with {} where the number stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from .citations import Locator
from .folios import Folios, format_folios

CountedIn = Literal["folios", "pages", "unknown"]
# A number and its mark, and the side after it.
_SIDED = re.compile(r"(\d(?:bis|ter|quater|[a-e])?)([rv])(?!\w)")


@dataclass(frozen=True, slots=True)
class LeafWords:
    """The labels and signs of leaves and pages, and in which of them a file is counted.

    `folios`, `pages`: the labels of more than one; "" is the same as of one. A `folio` of "" leaves the label to the
    style.
    """

    folio: str = ""
    folios: str = ""
    page: str = "p."
    pages: str = "pp."
    frame: str = "frame"
    recto: str = "r"
    verso: str = "v"
    counted_in: CountedIn = "folios"
    is_within: bool = False  # the leaf stands within the reference, where the archive's pattern has it

    def print_runs(self, runs: tuple[Folios, ...]) -> str:
        """Return the leaves or pages of a document with their label, "" for none."""
        if not runs:
            return ""
        text = format_folios(runs)
        is_plural = len(runs) > 1 or runs[0].first != runs[0].last
        if self.counted_in == "pages":
            return fill_label(self.pages if is_plural and self.pages else self.page, text)
        return fill_label(self.folios if is_plural and self.folios else self.folio, self.print_sides(text))

    def print_sides(self, value: str) -> str:
        """Return a locator's value with the archive's signs for both sides: "12v" -> "12 об."."""
        if (self.recto, self.verso) == ("r", "v"):
            return value
        return _SIDED.sub(lambda match: match[1] + (self.recto if match[2] == "r" else self.verso), value)

    def names(self, locator: Locator) -> bool:
        """Say whether a locator names what the file is counted in."""
        return locator.label == ("page" if self.counted_in == "pages" else "folio")

    def pattern_of(self, locator: Locator | None) -> str:
        """Return how a leaf is written, with {} in the place of its number: "fl. {}".

        What is not numbered has no {}. "" leaves it to the style, as for all that is no leaf.
        """
        if locator is None:
            return ""
        if locator.label == "unfoliated":
            return locator.value
        one, several = {
            "frame": (self.frame, ""),
            "folio": (self.folio, self.folios),
            "page": (self.page, self.pages) if self.counted_in == "pages" else ("", ""),
        }.get(locator.label, ("", ""))
        label = several if locator.is_plural and several else one
        return label and fill_label(label, "{}")


# Of an edition that says nothing.
LEFT_TO_STYLE = LeafWords()


def fill_label(label: str, number: str) -> str:
    """Return a number with its label: "fl." -> "fl. 12", "{}. fol." -> "12. fol."."""
    return label.replace("{}", number) if "{}" in label else f"{label} {number}".strip()


def print_place(locator: Locator, leaves: LeafWords) -> str:
    """Return the leaf that a locator names as its archive writes it; "" for a place of another kind."""
    return leaves.pattern_of(locator).replace("{}", leaves.print_sides(locator.value))
