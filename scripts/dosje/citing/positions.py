"""Decides the position of every citation. Knows nothing of Markdown, files or wording.

The rules are those of CSL 1.0.2 ("Locators", "position"). They look only at the order of the notes in
one output (a web page, a whole book), so positions are computed for each output. CSL has no archival ibid. That
rule is ours: a note does not repeat what a unit shares with the unit cited right before it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from ..edition.holdings import ArchivalUnit
from ..edition.references import join_parts
from ..values.citations import Cite

CitePosition = Literal["first", "subsequent", "ibid", "ibid-with-locator"]


@dataclass(frozen=True)
class Within:
    """What follows "ibid." where a unit lies in the same file or series as the one before it.

    `rest`: the parts of the reference that differ, e.g. "D. 3"; "" in the same file. `is_bare`: the note
    says only "Ibid., D. 3, fl. 31". Otherwise it names the item first: "Kapo to Hoxha, …, ibid., fl. 42".
    """

    rest: str
    is_bare: bool


@dataclass(frozen=True)
class Placement:
    """The position of a cite, and how it shares its archive with the cite before it, if it does."""

    position: CitePosition
    within: Within | None = None


def decide_positions(
    notes: Sequence[Sequence[Sequence[Cite]]],
    unit_of: Callable[[str], ArchivalUnit | None] = lambda key: None,
    added: Sequence[Sequence[Cite]] = (),
) -> list[list[Placement]]:
    """Return the placements of the cites in each of `notes`, in their order.

    A note is a list of citations, and a citation is a list of cites. Only a hand-written note has several citations,
    or none. A note without citations still stands between two others, so that no ibid follows it. `unit_of` gives
    the archival unit of a source. It gives None for all sources where archival ibid is not wanted.
    `added`: cites that stand behind those of each note and say through which works these are known. Their placements
    follow. No ibid means one of them.
    """
    seen: set[str] = set()
    decided: list[list[Placement]] = []
    last: Cite | None = None
    for at, note in enumerate(notes):
        placements: list[Placement] = []
        named: set[str] = set()
        for citation in note:
            for index, cite in enumerate(citation):
                before = citation[index - 1] if index else last
                placement = _place(cite, before, cite.key in seen, unit_of)
                placements.append(placement)
                if placement.within is None or not placement.within.is_bare:
                    seen.add(cite.key)  # "Ibid., D. 3" does not name the file in full: the next note does
            named |= {cite.key for cite in citation}
            # Ibid. refers to a whole note. If that names several sources, a reader cannot tell which is meant.
            last = citation[0] if len(citation) == 1 and len(named) == 1 else None
        if not note:
            last = None
        for cite in added[at] if added else ():
            placements.append(Placement("subsequent" if cite.key in seen else "first"))
            seen.add(cite.key)
        decided.append(placements)
    return decided


def _place(cite: Cite, before: Cite | None, is_known: bool, unit_of: Callable[[str], ArchivalUnit | None]) -> Placement:
    position = _position_of(cite, before, is_known)
    unit = unit_of(cite.key)
    before_unit = unit_of(before.key) if before and unit else None
    if before is None or unit is None or before_unit is None:
        return Placement(position if is_known else "first")
    if before.key == cite.key:
        is_ibid = position.startswith("ibid")
        return Placement(position if is_ibid or is_known else "first", Within("", True) if is_ibid else None)
    rest = _rest(unit, before_unit)
    if rest is None or (unit.is_item and position != "first"):
        return Placement(position)
    if not unit.is_item and not rest and cite.locator is None:
        return Placement(position)  # "Ibid." alone would mean the cite before
    return Placement(position, Within(rest, not unit.is_item))


def _position_of(cite: Cite, before: Cite | None, is_known: bool) -> CitePosition:
    if before is None or before.key != cite.key:
        return "subsequent" if is_known else "first"
    if cite.locator is None:
        return "ibid" if before.locator is None else "subsequent"
    return "ibid" if before.locator == cite.locator else "ibid-with-locator"


def _rest(unit: ArchivalUnit, before: ArchivalUnit) -> str | None:
    """Return what the unit's reference adds to what both share, or None if they share too little.

    Both must lie in the same series or file, and their references must say so. References that only begin alike
    ("F. 14/AP, OU" and "F. 14/AP-MPKK") are given in full.
    """
    if not set(unit.chain) & set(before.chain):
        return None
    common = 0
    for mine, theirs in zip(unit.parts, before.parts, strict=False):
        if mine != theirs:
            break
        common += 1
    # If the unit before is the wider one, its whole reference is shared.
    return join_parts(unit.parts[common:], unit.separator, unit.is_small_first) if common else None
