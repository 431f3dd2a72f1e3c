"""What all pages of an edition together say of its sources: their words, the numbers of notes, their CSL-JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..citing.known_by import KnownBy
from ..values.metadata import Meta
from ..values.page_id import PageId


@dataclass(frozen=True)
class SourceDescriptions:
    """What a build knows of sources that is not in their records.

    `works`: CSL variables. `full_notes`: the first note of each source. `numbers`: of each note, by page and label.
    `known_by`: through which works sources are known that were not seen, where notes say it.
    """

    works: Mapping[str, Meta]
    full_notes: Mapping[str, str]
    numbers: Mapping[tuple[PageId, str], int]
    csl_items: Mapping[str, Any] = field(default_factory=dict)  # CSL-JSON by key
    known_by: Mapping[str, KnownBy] = field(default_factory=dict)
    entries: tuple[str, ...] = ()  # the endings of the files with entries beside the page of each source
