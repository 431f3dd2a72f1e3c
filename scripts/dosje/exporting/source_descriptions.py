"""What an edition says of its sources as a whole: their words, the numbers of their notes, their CSL-JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..values.metadata import Meta
from ..values.page_id import PageId


@dataclass(frozen=True)
class SourceDescriptions:
    """What a build knows of sources beyond their records: CSL variables of works, full notes, numbers of notes."""

    works: Mapping[str, Meta]
    full_notes: Mapping[str, str]
    numbers: Mapping[tuple[PageId, str], int]
    csl_items: Mapping[str, Any] = field(default_factory=dict)  # CSL-JSON by key
    entries: tuple[str, ...] = ()  # endings of the files with a source's entry that lie beside its page
