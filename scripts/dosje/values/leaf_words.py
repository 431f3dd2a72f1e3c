"""How an archive writes the leaves of its files: "fl. 9–20", "л. 12 об.", "12. fol.". Knows nothing of records.

A label is a word that stands before the number, or a text with {} where the number stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Literal

from .folios import Folios, format_folios, tidy_leaves
from .locator_labels import LOCATOR_LABELS, NEW_LABELS
from .locators import Locator

CountedIn = Literal["folios", "pages", "unknown"]
# A number and its mark, and the side after it.
_SIDED = re.compile(r"(\d(?:bis|ter|quater|[a-eA-Eа-д]|/\w{1,3})?|–)([rv])(?!\w)")


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
    roll: str = field(default="roll", compare=False)
    # Words that mean another place in a published work than in an archive, by the word: "l." is a line there.
    in_works: tuple[tuple[str, str], ...] = field(default=(), compare=False)
    is_of_work: bool = field(default=False, compare=False)
    # How places are written whose label no style knows, by the label: "app. {}".
    new_labels: tuple[tuple[str, str], ...] = field(default=(), compare=False)

    def print_runs(self, runs: tuple[Folios, ...]) -> str:
        """Return the leaves or pages of a document with their label, "" for none."""
        if not runs:
            return ""
        text = format_folios(runs)
        is_plural = len(runs) > 1 or runs[0].first != runs[0].last
        if self.counted_in == "pages":
            return fill_label(self.pages if is_plural and self.pages else self.page, text)
        return fill_label(self.folios if is_plural and self.folios else self.folio, self.print_sides(text))

    def seen(self, locator: Locator) -> Locator:
        """Return a locator as this source has it: in a work "l. 12" is a line, and sides stand as they were written."""
        if not self.is_of_work or locator.label != "folio":
            return locator
        label = dict(self.in_works).get(locator.word, "folio")
        value = locator.written or locator.value
        return replace(locator, label=label if value == locator.value and value.isdecimal() else "folio", value=value)

    def print_value(self, locator: Locator, dash: str = "–") -> str:
        """Return the value of a locator as it was `seen`, with the archive's signs for sides, and all that follows."""
        value = locator.value if self.is_of_work else self.print_sides(locator.value)
        parts = [value.replace("–", dash)]
        for place in locator.further:
            one = Locator(place.label, tidy_leaves(place.value))
            pattern = "" if self.is_of_work else self.pattern_of(one)
            words = pattern.replace("{}", self.print_sides(one.value)) or f"{place.word} {place.value}"
            parts.append(f"{place.sign}{words}")
        return "".join(parts)

    def print_sides(self, value: str) -> str:
        """Return a locator's value with the archive's signs for both sides: "12v" -> "12 об."."""
        if (self.recto, self.verso) == ("r", "v"):
            return value
        return _SIDED.sub(self._print_side, value)

    def _print_side(self, match: re.Match[str]) -> str:
        sign = self.recto if match[2] == "r" else self.verso
        return match[1] + (sign.lstrip() if match[1] == "–" else sign)

    def names(self, locator: Locator) -> bool:
        """Say whether a locator names what the file is counted in."""
        return locator.label == "page" if self.counted_in == "pages" else locator.leaves != ""

    def pattern_of(self, locator: Locator | None) -> str:
        """Return how a leaf is written, with {} in the place of its number: "fl. {}".

        What is not numbered has no {}. "" leaves it to the style, as for all that is no leaf.
        """
        if locator is None:
            return ""
        if locator.label == "unfoliated" and not locator.further:
            return locator.value
        if locator.label in ("unfoliated", "other", "timestamp"):
            return "{}"  # its author's words, or a time, which needs no label
        if locator.label in NEW_LABELS:
            return dict(self.new_labels).get(locator.label, f"{LOCATOR_LABELS[locator.label][0]} {{}}")
        one, several = {
            "frame": (self.frame, ""),
            "roll": (self.roll, ""),
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
    return leaves.pattern_of(locator).replace("{}", leaves.print_value(locator))
