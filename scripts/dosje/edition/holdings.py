"""Where archival units lie: repository, reference code and place in the tree (ISAD(G) 3.1.1, 3.1.4)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Holding:
    """Where an archival unit lies: repository and reference code (ISAD(G) 3.1.1), without folios."""

    repository: str  # key of the archive
    abbreviation: str
    place: str
    parts: tuple[str, ...]  # "F. 14/AP-MPKK", "V. 1960", "D. 4"
    folio_label: str

    @property
    def reference(self) -> str:
        return ", ".join(self.parts)


@dataclass(frozen=True)
class ArchivalUnit:
    """An archival unit as a reference sees it.

    `chain`: keys of the unit and of what it is part of, the nearest first. `parts`: its reference from
    the widest to the narrowest, e.g. ("F. 14/AP, OU", "V. 1960", "D. 6"), without folios.
    """

    key: str
    is_item: bool
    chain: tuple[str, ...]
    parts: tuple[str, ...]
