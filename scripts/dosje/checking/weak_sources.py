"""Sources on which an edition does not rest well: never seen, known through several others, on the same leaves."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, groupby

from ..edition.archival_files import leaves_of
from ..edition.leaves import Stretch
from ..edition.links import LinkedCorpus
from ..values.findings import Span
from ..values.folios import Folios
from ..values.page_id import PageId
from .weaknesses import Weakness

# What the field `seen` says of a source that nobody here has seen.
NOT_SEEN = frozenset({"via", "unknown"})


def find_unseen(linked: LinkedCorpus) -> Iterator[Weakness]:
    """Yield the sources that nobody here has seen, with the works through which they are known."""
    corpus = linked.corpus
    for key, record in corpus.sources.items():
        if record.model.seen in NOT_SEEN:
            yield Weakness("unseen", record.span(("seen",)), record.page, _known_through(linked, key))
    for key, work in corpus.works.items():
        if work.seen in NOT_SEEN:
            span = work.field_spans.get("seen", work.span)
            yield Weakness("unseen", span, PageId("source", key), _known_through(linked, key))


def _known_through(linked: LinkedCorpus, key: str) -> tuple[PageId, ...]:
    said = linked.vias.said_of(key)
    return tuple(PageId("source", work) for work in sorted(said.works)) if said else ()


def find_chains(linked: LinkedCorpus) -> Iterator[Weakness]:
    """Yield the sources that are known through a work that nobody here has seen either, with the way to it."""
    ways: dict[str, tuple[str, ...]] = {}
    for key in (*linked.corpus.sources, *linked.corpus.works):
        way = _way_from(linked, key, ways, frozenset())
        if len(way) > 1:
            yield Weakness(
                "chain", _span_of(linked, key), PageId("source", key), tuple(PageId("source", one) for one in way)
            )


def _way_from(
    linked: LinkedCorpus, key: str, ways: dict[str, tuple[str, ...]], passed: frozenset[str]
) -> tuple[str, ...]:
    """Return the works through which a source is known, the longest way. A ring ends it; it is a finding of its own."""
    if key in ways or key in passed:
        return ways.get(key, ())
    said = linked.vias.said_of(key)
    further = ((work, *_way_from(linked, work, ways, passed | {key})) for work in sorted(said.works)) if said else ()
    ways[key] = max(further, key=len, default=())
    return ways[key]


def _span_of(linked: LinkedCorpus, key: str) -> Span:
    record = linked.corpus.sources.get(key)
    if record is not None:
        return record.span(("via",))
    work = linked.corpus.works[key]
    return work.field_spans.get("via", work.span)


def find_overlaps(linked: LinkedCorpus) -> Iterator[Weakness]:
    """Yield the documents of a file that lie on the same leaves, with these leaves."""
    for file in linked.corpus.sources.values():
        if linked.holdings.role_of(file) != "file":
            continue
        known = leaves_of(linked, file)
        shared = [stretch for stretch in known.stretches if _share_leaves(linked, stretch)] if known else []
        for items, found in groupby(shared, key=lambda stretch: stretch.items):
            leaves = _joined([stretch.leaves for stretch in found])
            place = linked.holdings.leaves_of(file.key).print_runs(leaves)
            first = linked.corpus.sources[items[0]]
            about: tuple[str | PageId, ...] = (*(PageId("source", item) for item in items), place)
            yield Weakness("overlap", first.span(("folios",)), file.page, about)


def _share_leaves(linked: LinkedCorpus, stretch: Stretch) -> bool:
    """Say whether two of the documents lie on the same side of a leaf of a stretch."""
    sources = linked.corpus.sources
    runs = [[run for run in sources[item].model.folios or () if run.overlaps(stretch.leaves)] for item in stretch.items]
    return any(one.shares_side(other) for ones, others in combinations(runs, 2) for one in ones for other in others)


def _joined(runs: list[Folios]) -> tuple[Folios, ...]:
    joined: list[Folios] = []
    for run in runs:
        if joined and run.first == joined[-1].last + 1:
            joined[-1] = Folios(joined[-1].first, run.last)
        else:
            joined.append(run)
    return tuple(joined)
