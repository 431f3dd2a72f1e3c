"""A file of an archive and what lies in it: which leaves are known, and which documents lie side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..reading.corpus import Record
from ..reading.source_records import Source
from ..values.folios import Folios, try_folios
from .leaves import Stretch, cover
from .links import LinkedCorpus
from .orders import by_folio


@dataclass(frozen=True)
class FileLeaves:
    """The leaves of a file, in stretches. `documents`: how many have known leaves. `citations`: how many name leaves.

    `unsure`: the cited leaves of documents whose extent is not known, with the document's key.
    """

    stretches: tuple[Stretch, ...]
    documents: int
    citations: int
    unsure: tuple[tuple[str, Folios], ...]

    def cited_in(self, stretch: Stretch) -> list[str]:
        """Return the documents that are cited on these leaves, and whose extent is not known."""
        return list(dict.fromkeys(key for key, run in self.unsure if run.contains(stretch.leaves)))


def leaves_of(linked: LinkedCorpus, file: Record[Source]) -> FileLeaves | None:
    """Return which leaves of a file are known; None if none is."""
    items = {part.key: part.model.folios or () for part in linked.parts_of(file)}
    cited = [(key, runs) for key in (file.key, *items) for runs in _leaves_cited(linked, key)]
    # If the leaves of a document are not known, at least those that are cited belong to it.
    unsure = tuple((key, run) for key, runs in cited for run in runs if key in items and not items[key])
    stretches = cover(items.items(), [runs for _, runs in cited], file.model.folios or ())
    documents = len([key for key, own in items.items() if own])
    return FileLeaves(stretches, documents, len(cited), unsure) if stretches else None


def _leaves_cited(linked: LinkedCorpus, key: str) -> Iterator[tuple[Folios, ...]]:
    for backlink in linked.backlinks.get(key, ()):
        locator = backlink.cite.locator
        if (
            locator
            and linked.holdings.leaves_of(key).names(locator)
            and (runs := try_folios(locator.leaves or locator.value))
        ):
            yield runs


def neighbours_in_file(
    linked: LinkedCorpus, record: Record[Source]
) -> tuple[Record[Source] | None, Record[Source] | None]:
    """Return the items before and after an item in its file, by folio."""
    parent = linked.corpus.sources.get(record.model.part_of or "")
    if parent is None or not record.model.folios:
        return None, None
    items = by_folio(sibling for sibling in linked.parts_of(parent) if sibling.model.folios)
    at = items.index(record)
    return items[at - 1] if at else None, items[at + 1] if at + 1 < len(items) else None


def reference_below(reference: str, whole: str) -> str:
    """Return what a part's reference adds to that of the whole: "fl. 9–20" below its file."""
    rest = reference.removeprefix(whole).lstrip(", ")
    return rest if reference.startswith(f"{whole}, ") else "" if reference == whole else reference
