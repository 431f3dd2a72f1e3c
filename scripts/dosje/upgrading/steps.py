"""What each version of the format of editions changed, as steps from text to text.

To change the format: raise FORMAT in `reading.settings`, add its steps here, a row in docs/manual/format.md, and a
line in the changelog. A step changes nothing in a text that has the new form, so an upgrade that was broken off can be
run again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """A change of the format.

    `format`: the version that has the new form. `files`: a pattern of paths in the edition, "content/meetings/*.yml".
    `what`: what it changes, as docs/manual/format.md says it. `change`: returns the text of a file in the new form.
    """

    format: int
    files: str
    what: str
    change: Callable[[str], str]


# Version 1 is the first.
STEPS: tuple[Step, ...] = ()
