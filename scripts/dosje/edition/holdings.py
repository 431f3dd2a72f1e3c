"""Where archival units lie: repository, reference code and place in the tree (ISAD(G) 3.1.1, 3.1.4)."""

from __future__ import annotations

from dataclasses import dataclass

from ..reading.corpus import Corpus, Record
from ..reading.source_records import Source
from ..values.folios import format_folios


@dataclass(frozen=True)
class Holding:
    """Where an archival unit lies: repository and reference code (ISAD(G) 3.1.1), without folios."""

    repository: str  # key of the archive
    abbreviation: str
    place: str
    parts: tuple[str, ...]  # "F. 14/AP-MPKK", "V. 1960", "D. 4"
    folio_label: str
    language: str = ""  # of the archive's own titles, as a code

    @property
    def reference(self) -> str:
        return ", ".join(self.parts)


@dataclass(frozen=True)
class ArchivalUnit:
    """What a reference needs to know of an archival unit.

    `chain`: keys of the unit and of what it is part of, the nearest first. `parts`: its reference from
    the widest to the narrowest, e.g. ("F. 14/AP, OU", "V. 1960", "D. 6"), without folios.
    """

    key: str
    is_item: bool
    chain: tuple[str, ...]
    parts: tuple[str, ...]


class Holdings:
    """Finds where each archival unit of an edition lies. It keeps what it has found."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._references: dict[str, str] = {}
        self._units: dict[str, ArchivalUnit | None] = {}

    def holding_of(self, record: Record[Source]) -> Holding | None:
        """Return where an archival unit lies. What its record leaves out comes from the units above it."""
        units = [unit.model for unit in (record, *self._corpus.chain(record))]
        repository = next((unit.repository for unit in units if unit.repository), None)
        archive = self._corpus.archives.get(repository or "")
        if archive is None:
            return None
        model = archive.model
        place = self._corpus.places.get(model.place or "")
        reference = next((unit.reference for unit in units if unit.reference), "")
        year = next((unit.year for unit in units if unit.year), "")
        file = next((unit.file for unit in units if unit.file), "")
        parts = [
            reference,
            f"{model.labels.year} {year}" if year else "",
            f"{model.labels.file} {file}" if file else "",
        ]
        return Holding(
            repository=archive.key,
            abbreviation=model.abbreviation or model.name,
            place=place.model.name if place else "",
            parts=tuple(part.strip() for part in parts if part),
            folio_label=model.labels.folio,
            language=model.language,
        )

    def reference_of(self, record: Record[Source]) -> str:
        """Return the reference code of an archival unit with its folios (ISAD(G) 3.1.1)."""
        if record.key not in self._references:
            self._references[record.key] = self._make_reference(record)
        return self._references[record.key]

    def _make_reference(self, record: Record[Source]) -> str:
        holding = self.holding_of(record)
        if holding is None:
            return ""
        folios = record.model.folios
        ending = f"{holding.folio_label} {format_folios(folios)}" if folios else ""
        return ", ".join(part for part in (holding.abbreviation, holding.reference, ending) if part)

    def unit_of(self, key: str) -> ArchivalUnit | None:
        """Return what references need to know of an archival unit; None for a work, or a unit in no archive."""
        if key not in self._units:
            record = self._corpus.sources.get(key)
            holding = self.holding_of(record) if record else None
            unit = None
            if record is not None and holding is not None:
                chain = (key, *(whole.key for whole in self._corpus.chain(record)))
                unit = ArchivalUnit(key, record.model.level == "item", chain, holding.parts)
            self._units[key] = unit
        return self._units[key]
