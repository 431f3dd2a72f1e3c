"""The forms in which a source can be worded. In their words stand signs for what is not known yet (`stand_ins`)."""

from __future__ import annotations

from typing import NamedTuple

from ..values.stand_ins import ONE
from .csl import WAYS_OF_STYLES, Variant

# The key of a form that is only a shortened reference: "Ibid., D. 3, fl. 31". No work can have it, as it has a space.
BARE = "dosje bare"


class Form(NamedTuple):
    """One way in which a source can be worded: a position, and the label of a locator or "".

    `within`: the shortened reference, "" where the whole reference stands. `leaf`: how the archive writes the leaf,
    "Bl. {}", where that is not the edition's way. Without a `label` the leaf stands within the reference.
    `hides_author`: the text has just named the author. `apart`: how it is told from another source (`alike`).
    """

    key: str
    position: str  # a CSL position, or "bibliography"
    label: str = ""
    is_plural: bool = False
    within: str = ""
    leaf: str = ""
    hides_author: bool = False
    apart: str = ""

    @property
    def variant(self) -> Variant:
        leaf = "" if self.label else self.leaf.replace("{}", ONE)
        apart = self.apart if self.apart in WAYS_OF_STYLES else ""
        return Variant(self.key, not (self.label or leaf), self.within, self.position == "bibliography", leaf, apart)
