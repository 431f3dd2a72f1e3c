"""All disputes of an edition, each under the chapter that it belongs to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from ..reading.corpus import Record
from ..reading.fields import Model
from ..reading.records import Dispute, Essay
from .links import LinkedCorpus

ON_SOURCES, ELSEWHERE = "sources", ""


@dataclass(frozen=True)
class Placed:
    """A dispute, the record that has it, and its number there, from 0."""

    record: Record[Model]
    index: int
    dispute: Dispute


def gather_disputes(linked: LinkedCorpus) -> tuple[Placed, ...]:
    """Return every dispute, in the order of kinds and keys."""
    return tuple(
        Placed(record, index, dispute)
        for record in linked.corpus.records()
        for index, dispute in enumerate(getattr(record.model, "disputes", ()))
    )


def by_chapter(linked: LinkedCorpus, placed: tuple[Placed, ...]) -> Mapping[str, tuple[Placed, ...]]:
    """Return the disputes by key of their chapter, in the order of chapters.

    At the end come the disputes without a chapter, under ELSEWHERE, and those on sources, under ON_SOURCES.
    """
    essays = linked.corpus.essays
    links = Counter(m.page.key for found in linked.mentions.values() for m in found if m.page.kind == "essay")
    found: dict[str, list[Placed]] = {
        key: [] for key in (*sorted(essays, key=lambda key: _order(essays[key])), ELSEWHERE, ON_SOURCES)
    }
    for one in placed:
        found[
            ON_SOURCES if one.record.kind in ("source", "archive") else _chapter_of(linked, one.record, links)
        ].append(one)
    return {key: tuple(group) for key, group in found.items() if group}


def _order(essay: Record[Essay]) -> tuple[int, str]:
    return essay.model.order, essay.key


def _chapter_of(linked: LinkedCorpus, record: Record[Model], links: Mapping[str, int]) -> str:
    """Return the chapter that is most about the record: the one with the largest share of its links to the record."""
    found = linked.mentions.get(record.page, ())
    counts = Counter(mention.page.key for mention in found if mention.page.kind == "essay")
    essays = linked.corpus.essays
    shares = sorted(counts, key=lambda key: (-counts[key] / links[key], _order(essays[key])))
    return shares[0] if shares else ELSEWHERE
