"""The orders of records in lists: by date, and as in the archive."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from ..reading.corpus import Corpus, M, Record
from ..reading.records import Essay
from ..reading.source_records import Source
from ..values.folios import Folios


def by_date(records: Iterable[Record[M]]) -> tuple[Record[M], ...]:
    """Return records by their date, undated ones last, then by key."""

    def sort_key(record: Record[M]) -> tuple[bool, tuple[object, ...], str]:
        date = record.date
        return date is None, date.sort_key() if date else (), record.key

    return tuple(sorted(records, key=sort_key))


def by_number(records: Iterable[Record[M]]) -> list[Record[M]]:
    """Return records by their number in an edition of documents: 1, 2, 10, 10a. Those without one follow."""
    return sorted(records, key=lambda record: _number_key(getattr(record.model, "number", "")))


def _number_key(number: str) -> tuple[bool, list[tuple[bool, int, str]]]:
    parts = re.findall(r"[0-9]+|[^0-9]+", number)
    return not number, [(not part.isdecimal(), int(part) if part.isdecimal() else 0, part) for part in parts]


def in_list(units: Iterable[Record[Source]]) -> list[Record[Source]]:
    """Return archival units as lists and books have them: by their number, then those without one as in the archive."""
    return by_number(by_folio(units))


def by_folio(records: Iterable[Record[Source]]) -> list[Record[Source]]:
    """Return archival units in the order of the archive: by file number or code, first folio, date, key."""

    def sort_key(record: Record[Source]) -> tuple[Any, ...]:
        source = record.model
        number = source.file or source.code
        file = [int(n) for n in re.findall(r"\d+", number)]
        leaf = source.folios[0] if source.folios else None
        date = source.date.sort_key() if source.date else ()
        return source.year, file, number, leaf is None, leaf or Folios(1, 1), date, record.key

    return sorted(records, key=sort_key)


def chapters_of(corpus: Corpus) -> list[Record[Essay]]:
    """Return the essays in the order in which they tell the story."""
    return sorted(corpus.essays.values(), key=lambda essay: (essay.model.order, essay.key))
