"""The forms in which a source can be worded. Numbers stand in their words for what is not known yet."""

from __future__ import annotations

from typing import NamedTuple

from .csl import Variant

# Stand for the locator. No file has so many leaves, and no style changes five digits.
ONE, OTHER, TWO = "77777", "66666", "88888"
# Stands for the number of the note that has the full form: "Kapo (n 5)".
FIRST_NUMBER = "55555"
# Stands for "ibid." in the reference of an archival unit. The word of the language takes its place.
IBID = "33333"
# Stands there for what differs from the unit before, e.g. "D. 3". So one form serves all places in a fonds.
REST = "11111"
# The key of a form that is only such a reference: "Ibid., D. 3, fl. 31".
BARE = "dosje:bare"


class Form(NamedTuple):
    """One way in which a source can be worded: a position, and the label of a locator or "".

    `within`: the shortened reference, "" where the whole reference stands.
    """

    key: str
    position: str  # a CSL position, or "bibliography"
    label: str = ""
    is_plural: bool = False
    within: str = ""

    @property
    def variant(self) -> Variant:
        return Variant(self.key, not self.label, self.within, self.position == "bibliography")
