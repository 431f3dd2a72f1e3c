"""Decides the position of every citation. Knows nothing of Markdown, files or wording.

The rules are CSL 1.0.2's ("Locators", "position"): they look only at the order of the notes in
one output (a web page, a whole book), so they are computed anew for each.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from .citations import Cite

Position = Literal["first", "subsequent", "ibid", "ibid-with-locator"]


def decide_positions(notes: Sequence[Sequence[Cite]]) -> list[list[Position]]:
    """Return the position of every cite in `notes`, in the same shape.

    A note without cites still stands between two others: what follows it is no ibid.
    """
    seen: set[str] = set()
    decided: list[list[Position]] = []
    previous: Sequence[Cite] = ()
    for note in notes:
        positions: list[Position] = []
        for index, cite in enumerate(note):
            before = note[index - 1] if index else _only(previous)
            positions.append(_position_of(cite, before, cite.key in seen))
            seen.add(cite.key)
        decided.append(positions)
        previous = note
    return decided


def _only(note: Sequence[Cite]) -> Cite | None:
    # Ibid. refers to a whole note: where that names several sources, nobody could tell which.
    return note[0] if len(note) == 1 else None


def _position_of(cite: Cite, before: Cite | None, is_known: bool) -> Position:
    if not is_known:
        return "first"
    if before is None or before.key != cite.key:
        return "subsequent"
    if cite.locator is None:
        return "ibid" if before.locator is None else "subsequent"
    return "ibid" if before.locator == cite.locator else "ibid-with-locator"
