"""Where archival units lie: repository, reference code and place in the tree (ISAD(G) 3.1.1, 3.1.4)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from ..reading.authority_records import Archive
from ..reading.corpus import Corpus, Record
from ..reading.source_records import Source
from ..values.leaf_words import LEFT_TO_STYLE, LeafWords
from ..values.locator_labels import NEW_LABELS
from .references import fill_pattern, join_parts, parts_of_reference

# What a unit is in the tree, whatever word its archive has for its level.
Role = Literal["fonds", "series", "file", "item"]
_ROLES: tuple[Role, ...] = ("fonds", "series", "file", "item")
# Words that name a leaf in an archive, and in a published work a line or, in Albanian (faqe), a page.
_IN_WORKS = (("l.", "line"), ("ll.", "line"))
_IN_ALBANIAN_WORKS = (("f.", "page"), ("ff.", "page"))


@dataclass(frozen=True)
class Holding:
    """Where an archival unit lies: repository and reference code (ISAD(G) 3.1.1), without folios.

    `parts`: from the widest to the narrowest; what the archive joins by a sign that is no comma is one part.
    `pattern`: how the archive is cited, "" where that is left to the style.
    """

    repository: str  # key of the archive
    abbreviation: str
    place: str
    parts: tuple[str, ...]  # "F. 14/AP-MPKK", "V. 1960", "D. 4"
    leaves: LeafWords = LEFT_TO_STYLE
    language: str = ""  # of the archive's own titles, as a code
    separator: str = ", "
    is_small_first: bool = False
    pattern: str = ""
    name: str = ""
    is_item: bool = True

    @property
    def reference(self) -> str:
        return join_parts(self.parts, self.separator, self.is_small_first)

    @property
    def folio_label(self) -> str:
        return self.leaves.folio

    def place_in_words(self, reference: str, leaves: str) -> str:
        """Return a reference with leaves; with all that the archive's pattern has, where it has one."""
        if not self.pattern:
            return ", ".join(part for part in (reference, leaves) if part)
        values = {"archive": self.abbreviation, "name": self.name, "place": self.place, "reference": reference}
        return fill_pattern(self.pattern, values | {"leaves": leaves}, self.separator)


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
    separator: str = ", "
    is_small_first: bool = False


class Holdings:
    """Finds where each archival unit of an edition lies. It keeps what it has found."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._references: dict[str, str] = {}
        self._units: dict[str, ArchivalUnit | None] = {}
        self._roles: dict[str, Role] = {}
        self._leaves: dict[str, LeafWords] = {}

    @cached_property
    def _parts(self) -> dict[str, list[Record[Source]]]:
        found = defaultdict(list)
        for record in self._corpus.sources.values():
            found[record.model.part_of or ""].append(record)
        return found

    @cached_property
    def _new_labels(self) -> tuple[tuple[str, str], ...]:
        phrases = self._corpus.settings.phrases
        return tuple((label, str(phrases(f"locator.{label}", value="{}"))) for label in sorted(NEW_LABELS))

    def role_of(self, record: Record[Source]) -> Role:
        """Return what a unit is in the tree. A word that is not one of ours is understood by the unit's place.

        What lies in an item is an item. What has leaves, or nothing but items in it, is a file. What is widest is a
        fonds, and what lies between a series.
        """
        found = self._roles.get(record.key)
        if found is None:
            found = self._roles[record.key] = self._find_role(record)
        return found

    def _find_role(self, record: Record[Source]) -> Role:
        model = record.model
        for role in _ROLES:
            if model.level == role:
                return role
        above = self._corpus.sources.get(model.part_of or "")
        self._roles[record.key] = "series"  # a ring of units is another finding, and must not be followed
        if above is not None and self.role_of(above) == "item":
            return "item"
        parts = self._parts.get(record.key, ())
        if model.leaves or model.folios or model.file:
            return "file"
        if any(self.role_of(part) != "item" for part in parts) or (above is None and not parts):
            return "fonds" if above is None else "series"
        return "file"

    def holding_of(self, record: Record[Source]) -> Holding | None:
        """Return where an archival unit lies. What its record leaves out comes from the units above it."""
        units = [unit.model for unit in (record, *self._corpus.chain(record))]
        repository = next((unit.repository for unit in units if unit.repository), None)
        archive = self._corpus.archives.get(repository or "")
        if archive is None:
            return None
        model = archive.model
        place = self._corpus.places.get(model.place or "")
        return Holding(
            repository=archive.key,
            abbreviation=model.abbreviation or model.name,
            place=place.model.name if place else "",
            parts=parts_of_reference(units, model),
            leaves=self._leaf_words(units, model),
            language=model.language,
            separator=model.separator,
            is_small_first=model.order == "small-to-large",
            pattern=model.pattern,
            name=model.name,
            is_item=self.role_of(record) == "item",
        )

    def _leaf_words(self, units: list[Source], archive: Archive | None) -> LeafWords:
        counted_in = next((unit.leaves for unit in units if unit.leaves), archive.leaves if archive else "folios")
        settings = self._corpus.settings
        frame, roll = settings.phrases("leaves.frame"), settings.phrases("leaves.roll")
        if archive is None:
            return LeafWords(
                folio=settings.folio_label,
                frame=frame,
                counted_in=counted_in,
                roll=roll,
                in_works=_IN_WORKS + (_IN_ALBANIAN_WORKS if settings.locale.partition("-")[0] == "sq" else ()),
                is_of_work=not units,
                new_labels=self._new_labels,
            )
        labels = archive.labels
        return LeafWords(
            folio=labels.folio or settings.folio_label,
            folios=labels.folios,
            page=labels.page or "p.",
            pages=labels.pages or ("" if labels.page else "pp."),
            frame=labels.frame or frame,
            recto=labels.recto,
            verso=labels.verso,
            counted_in=counted_in,
            is_within=bool(archive.pattern),
            roll=roll,
            new_labels=self._new_labels,
        )

    def leaves_of(self, key: str) -> LeafWords:
        """Return how the leaves of a source are written: as its archive does, or as the edition does."""
        found = self._leaves.get(key)
        if found is None:
            record = self._corpus.sources.get(key)
            holding = self.holding_of(record) if record else None
            units = [unit.model for unit in (record, *self._corpus.chain(record))] if record else []
            found = self._leaves[key] = holding.leaves if holding else self._leaf_words(units, None)
        return found

    def reference_of(self, record: Record[Source]) -> str:
        """Return the reference code of an archival unit with its folios (ISAD(G) 3.1.1)."""
        if record.key not in self._references:
            self._references[record.key] = self._make_reference(record)
        return self._references[record.key]

    def _make_reference(self, record: Record[Source]) -> str:
        holding = self.holding_of(record)
        if holding is None:
            return ""
        place = holding.place_in_words(holding.reference, holding.leaves.print_runs(record.model.folios or ()))
        return place if holding.pattern else ", ".join(part for part in (holding.abbreviation, place) if part)

    def unit_of(self, key: str) -> ArchivalUnit | None:
        """Return what references need to know of an archival unit; None for a work, or a unit in no archive."""
        if key not in self._units:
            record = self._corpus.sources.get(key)
            holding = self.holding_of(record) if record else None
            unit = None
            if record is not None and holding is not None:
                units = (record, *self._corpus.chain(record))
                chain = tuple(one.key for one in units)
                archive = self._corpus.archives[holding.repository].model
                # "Ibid., File four" must name the file, which its own title has named in the note before.
                parts = parts_of_reference([one.model for one in units], archive, names_itself=not holding.is_item)
                unit = ArchivalUnit(key, holding.is_item, chain, parts, holding.separator, holding.is_small_first)
            self._units[key] = unit
        return self._units[key]
