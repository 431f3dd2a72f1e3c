"""The worklists of imports, as the page of the preview shows them: by what became of each source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from ..edition.links import LinkedCorpus
from ..edition.manuscript_notes import calls_of_notes, notes_there
from ..reading.worklist_records import Worklist, WorklistEntry, WorklistFile
from ..values.page_id import PageId
from ..values.words import escape
from .page_links import PageLinks

_Calls = Mapping[int, tuple[PageId, str]]
# The parts of a worklist, in their order: each is also the end of the key of its phrase.
PARTS = ("open", "drafted", "answered", "found")


@dataclass(frozen=True)
class WorklistRow:
    """A source of a worklist. `notes`: links to where they stand in the essays; `place`: in the file."""

    entry: WorklistEntry
    notes: Markup
    record: Markup
    candidates: Markup
    place: str


class PageWorklists:
    """What the page can print of the worklists of its edition."""

    def __init__(self, linked: LinkedCorpus, links: PageLinks) -> None:
        self._linked = linked
        self._links = links

    @property
    def files(self) -> tuple[WorklistFile, ...]:
        return self._linked.corpus.worklists

    def lost_notes(self, worklist: Worklist) -> list[int]:
        """Return the notes of the manuscript that stand in none of its essays."""
        there = notes_there(self._linked.corpus, worklist)
        return [number for number in range(1, worklist.notes + 1) if number not in there]

    def parts(self, file: WorklistFile) -> Iterator[tuple[str, list[WorklistRow]]]:
        """Yield the parts of a worklist that have something in them: the name of the part and its sources."""
        calls = calls_of_notes(self._linked, file.model)
        by_part: dict[str, list[WorklistRow]] = {part: [] for part in PARTS}
        for at, entry in enumerate(file.model.sources):
            by_part[_part_of(entry)].append(self._row(file, at, entry, calls))
        for part, rows in by_part.items():
            if rows:
                yield part, sorted(rows, key=lambda row: -len(row.entry.notes))

    def _row(self, file: WorklistFile, at: int, entry: WorklistEntry, calls: _Calls) -> WorklistRow:
        notes = Markup(", ").join(self._note(number, calls) for number in entry.notes)
        key = entry.key or entry.record
        candidates = self._links.links("source", [one for one in entry.candidates if one != key])
        record = self._links.link("source", key) if key else Markup()
        return WorklistRow(entry, notes, record, candidates, str(file.located.span(("sources", at))))

    def _note(self, number: int, calls: _Calls) -> Markup:
        shown = escape(str(number))
        if number not in calls:
            return Markup(shown)
        page, label = calls[number]
        return self._links.anchor(shown, f"{self._links.way_to(page)}#fnref:{label}")


def _part_of(entry: WorklistEntry) -> str:
    if entry.is_open:
        return "open"
    if entry.answer is not None:
        return "answered"
    return "drafted" if entry.became == "drafted" else "found"
