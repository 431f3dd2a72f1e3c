"""The words for leaves and pages that archives have beside those of all languages, for who cites a source of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..values.locators import LABEL_BY_WORD, OwnWords
from .authority_records import Archive
from .corpus import Record
from .fields import Model
from .source_records import Source


def own_words_of(by_kind: Mapping[str, Mapping[str, Record[Model]]], folio_label: str) -> dict[str, OwnWords]:
    """Return the words of the archive of each archival unit, and of the edition, by the unit's key.

    Only those that are not known anyway, so most editions have none. `folio_label`: the edition's.
    """
    by_archive = {
        key: dict(_labels_of(record.model, folio_label))
        for key, record in by_kind["archive"].items()
        if isinstance(record.model, Archive)
    }
    of_edition = dict(_unknown({folio_label: "folio"}))
    if not of_edition and not any(by_archive.values()):
        return {}
    units = by_kind["source"]
    found = {key: by_archive.get(_archive_of(units, key), of_edition) for key in units}
    return {key: words for key, words in found.items() if words}


def _labels_of(archive: Archive, folio_label: str) -> Iterator[tuple[str, str]]:
    labels = archive.labels
    said = {labels.frame: "frame", labels.pages: "page", labels.page: "page", labels.folios: "folio"}
    yield from _unknown({folio_label: "folio"} | said | {labels.folio: "folio"})


def _unknown(said: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    return ((word, label) for word, label in said.items() if word and LABEL_BY_WORD.get(word) != label)


def _archive_of(units: Mapping[str, Record[Model]], key: str) -> str:
    """Return the archive of a unit, "" for none: the nearest of those that it or what it lies in names."""
    seen: set[str] = set()
    while key in units and key not in seen:
        seen.add(key)
        model = units[key].model
        if not isinstance(model, Source):
            break
        if model.repository:
            return model.repository
        key = model.part_of or ""
    return ""
