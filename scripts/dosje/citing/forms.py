"""The forms in which a source can be worded, and the numbers that stand in their words for what is not known yet."""

from __future__ import annotations

from typing import NamedTuple

from .csl import Variant

# Stand for the locator in a form; five digits that no file of ours reaches. No style changes them.
ONE, OTHER, TWO = "77777", "66666", "88888"
# Stands for the number of the note that has the full form: "Kapo (n 5)".
FIRST_NUMBER = "55555"
# Stands for "ibid." in the reference of an archival unit, until the language's word takes its place.
IBID = "33333"
# Stands there for what differs from the unit before, "D. 3": so one form serves all places in a fonds.
REST = "11111"
# The key of what has no words but such a reference: "Ibid., D. 3, fl. 31".
BARE = "dosje:bare"


class Form(NamedTuple):
    """One way in which a source can be worded: a position, and the label of a locator or "".

    `within`: the reference in place of the whole one where it is shortened, "" elsewhere.
    """

    key: str
    position: str  # a CSL position, or "bibliography"
    label: str = ""
    is_plural: bool = False
    within: str = ""

    @property
    def variant(self) -> Variant:
        return Variant(self.key, not self.label, self.within, self.position == "bibliography")
