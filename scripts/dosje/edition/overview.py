"""Meetings, events, places, attendance and disputes of the whole edition, gathered once for all pages."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

from ..reading.authority_records import Place
from ..reading.corpus import M, Record
from ..reading.records import Event, Meeting
from ..values.dates import Edtf
from ..values.page_id import PageId
from .attendance import Attendance, gather_attendance
from .disputes import Placed, by_chapter, gather_disputes
from .links import LinkedCorpus
from .orders import by_date


@dataclass(frozen=True)
class ChronologyEntry:
    """A meeting or event in the chronology, with the keys that find it, by facet."""

    record: Record[Meeting | Event]
    date: Edtf
    keys: Mapping[str, tuple[str, ...]]

    @property
    def year(self) -> str:
        moment = self.date.start or self.date.end
        assert moment is not None
        return moment.year


class EditionOverview:
    """Gathers from the whole edition, or only from the records `within`. Each thing is gathered once and kept."""

    def __init__(self, linked: LinkedCorpus, within: Collection[PageId] | None = None) -> None:
        self.linked = linked
        self._within = within

    def _within_it(self, records: Mapping[str, Record[M]]) -> list[Record[M]]:
        return [record for record in records.values() if self._within is None or record.page in self._within]

    @cached_property
    def entries(self) -> tuple[ChronologyEntry, ...]:
        """The meetings and events by date."""
        corpus = self.linked.corpus
        found: list[Record[Meeting | Event]] = [*self._within_it(corpus.meetings), *self._within_it(corpus.events)]
        return tuple(_entry(self.linked, record) for record in by_date(found))

    @property
    def places(self) -> list[Record[Place]]:
        return self._within_it(self.linked.corpus.places)

    @cached_property
    def years(self) -> Mapping[str, tuple[ChronologyEntry, ...]]:
        """The same by the year in which each began."""
        found: dict[str, list[ChronologyEntry]] = {}
        for entry in self.entries:
            found.setdefault(entry.year, []).append(entry)
        return {year: tuple(found[year]) for year in sorted(found)}

    @cached_property
    def happened(self) -> Mapping[str, tuple[int, int]]:
        """How many meetings and events were at each place. Those at one without coordinates count for what it is in."""
        counts: dict[str, list[int]] = {}
        for entry in self.entries:
            place = self.linked.corpus.places.get(entry.record.model.place or "")
            units = [place, *self.linked.chain(place)] if place else []
            shown = next((unit for unit in units if unit.model.coordinates), None)
            if shown is not None:
                counts.setdefault(shown.key, [0, 0])[entry.record.kind == "event"] += 1
        return {key: (meetings, events) for key, (meetings, events) in counts.items()}

    @cached_property
    def attendance(self) -> Attendance:
        return gather_attendance(self.linked, self._within_it(self.linked.corpus.meetings))

    @cached_property
    def disputes(self) -> Mapping[str, tuple[Placed, ...]]:
        return by_chapter(self.linked, gather_disputes(self.linked))


def _entry(linked: LinkedCorpus, record: Record[Meeting | Event]) -> ChronologyEntry:
    model = record.model
    if isinstance(model, Meeting):
        persons = [part.person for part in model.participants]
        organisations = [key for part in model.participants for key in (part.organisation, part.for_)]
        organisations.append(model.host)
    else:
        texts = (text for _, what, text in record.texts if what == "prose")
        links = [link for text in texts for block in text.blocks for link in block.links]
        persons = [link.key for link in links if link.kind == "person"]
        organisations = [link.key for link in links if link.kind == "organisation"]
    place = linked.corpus.places.get(model.place or "")
    places = [place, *linked.chain(place)] if place else []
    keys = {
        "kind": (record.kind, f"{record.kind}-{model.kind}"),
        "person": tuple(sorted({key for key in persons if key})),
        "organisation": tuple(sorted({key for key in organisations if key})),
        "place": tuple(one.key for one in places),
    }
    return ChronologyEntry(record, model.date, keys)
