"""The concordance of a work: for each of its notes, the sources known through it and the statements citing it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..values.page_id import PageId
from .calls import Backlink, Call
from .links import LinkedCorpus

_RUN = re.compile(r"(\d+)[a-z]?(?:\s*–\s*(\d+))?")


@dataclass(frozen=True)
class ConcordanceRow:
    """One note of the work: the pages of sources that name it in `via`, and the calls that cite it in prose."""

    note: int
    sources: tuple[PageId, ...]
    calls: tuple[Call, ...]


def make_concordance(linked: LinkedCorpus, work: str, notes: int) -> tuple[ConcordanceRow, ...]:
    """Return a row for each note of the work from 1 to `notes`, also for notes that nothing names."""
    sources: dict[int, dict[PageId, None]] = {}
    calls: dict[int, dict[str, Call]] = {}
    for backlink in linked.backlinks.get(work, ()):
        call = backlink.call
        for note in _notes_of(backlink):
            if "via" in call.path:
                sources.setdefault(note, {})[call.page] = None
            else:
                calls.setdefault(note, {})[f"{call.page} {call.label}"] = call
    return tuple(
        ConcordanceRow(note, tuple(sorted(sources.get(note, ()))), tuple(calls.get(note, {}).values()))
        for note in range(1, notes + 1)
    )


def _notes_of(backlink: Backlink) -> Iterator[int]:
    locator = backlink.cite.locator
    if locator is not None and locator.label == "note":
        for first, last in _RUN.findall(locator.value):
            yield from range(int(first), int(last or first) + 1)
