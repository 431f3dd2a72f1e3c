"""How well an edition is founded: figures, and each place where it is not. No finding, as nothing of it is wrong.

It is derived from the links alone, in one go over the edition. What is wrong is found by the other modules here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Literal, get_args

from ..edition.links import LinkedCorpus
from ..reading.corpus import Record
from ..reading.fields import Model
from ..values.findings import Finding, Span
from ..values.page_id import PageId
from .statements import Statement, sources_of_text, statements_of

WeaknessKind = Literal[
    "draft", "unsure", "uncited", "single-source", "unseen", "chain", "undated-person", "overlap", "time", "one-sided",
    "dead-link",
]  # fmt: skip
WEAKNESS_KINDS: tuple[WeaknessKind, ...] = get_args(WeaknessKind)
# What each kind means and what to do, for editors in a terminal. Pages say it in the words of the phrases.
MEANINGS: dict[WeaknessKind, tuple[str, str]] = {
    "draft": ("records that an import drafted", "read it beside its source, then take draft: true out"),
    "unsure": ("notes that are not decided", "answer in the worklist: one answer holds for all notes of a source"),
    "uncited": ("statements without a citation", "end the paragraph with [@key, …]"),
    "single-source": ("statements that rest on one source", "cite a second one that does not depend on the first"),
    "unseen": ("sources that nobody here has seen", "see it, then write seen: original, scan or edition"),
    "chain": ("sources known through several works", "name in via: the work whose author has seen the source"),
    "undated-person": ("persons without dates", "born: 1890, died: 1950, or one of them"),
    "overlap": ("documents on the same leaves", "look at folios: of each; one may hold the other"),
    "time": ("what is older than what it tells", "look at both dates; a draft or a programme gives the wrong day"),
    "one-sided": ("disputes whose positions all stand in one source", "cite each position in words of its own side"),
    "dead-link": ("links within the site that lead nowhere", "a link to a record is [text](person:key)"),
}
# How many letters of a statement tell which one it is.
_EXCERPT = 90


@dataclass(frozen=True, order=True)
class Weakness:
    """A place where an edition is not well founded.

    `page`: of the record that it is about, None if that is none. `about`: what tells it from others of its kind, words
    of records and pages.
    """

    kind: WeaknessKind
    span: Span
    page: PageId | None
    about: tuple[str | PageId, ...] = ()


@dataclass(frozen=True)
class Founding:
    """How well an edition is founded.

    `statements`: how many rest on no source, on one, on more. `seen`: how many sources were seen so, by the word of
    the field. `weaknesses`: in the order of WEAKNESS_KINDS, then of their places.
    """

    statements: tuple[int, int, int]
    seen: Mapping[str, int]
    weaknesses: tuple[Weakness, ...]

    def of_kind(self, kind: WeaknessKind) -> tuple[Weakness, ...]:
        return tuple(one for one in self.weaknesses if one.kind == kind)


def weigh_founding(linked: LinkedCorpus, more: Iterable[Weakness] = ()) -> Founding:
    """Return how well an edition is founded. `more`: weaknesses that its links do not tell."""
    from .weak_dates import find_undated, find_untimely
    from .weak_sources import find_chains, find_overlaps, find_unseen

    statements = [one for record in linked.corpus.records() for one in statements_of(record, linked.phrases)]
    numbers = Counter(min(len(one.sources), 2) if one.has_note else 0 for one in statements)
    found = chain(
        _find_drafts(linked),
        _find_unsure(linked),
        _find_weak_statements(statements),
        find_unseen(linked),
        find_chains(linked),
        find_undated(linked),
        find_overlaps(linked),
        find_untimely(linked),
        _find_one_sided(linked),
        more,
    )
    order = {kind: number for number, kind in enumerate(WEAKNESS_KINDS)}
    weaknesses = sorted(set(found), key=lambda one: (order[one.kind], one.span, str(one.about)))
    seen = Counter[str](record.model.seen for record in linked.corpus.sources.values())
    seen.update(work.seen for work in linked.corpus.works.values())
    return Founding((numbers[0], numbers[1], numbers[2]), dict(sorted(seen.items())), tuple(weaknesses))


def dead_links_in(findings: Iterable[Finding]) -> Iterator[Weakness]:
    """Yield the dead links among the findings of a build."""
    return (Weakness("dead-link", one.span, None, (one.message,)) for one in findings if one.code == "dead-link")


def shorten_words(words: str) -> str:
    """Return the beginning of a statement, which tells which one it is."""
    return words if len(words) <= _EXCERPT else f"{words[:_EXCERPT].rsplit(' ', 1)[0]} …"


def _find_drafts(linked: LinkedCorpus) -> Iterator[Weakness]:
    for record in linked.corpus.records():
        if record.is_draft:
            yield Weakness("draft", record.span(("draft",)), record.page)
    for key, work in linked.corpus.works.items():
        if work.is_draft:
            yield Weakness("draft", work.field_spans.get("draft", work.span), PageId("source", key))


def _find_unsure(linked: LinkedCorpus) -> Iterator[Weakness]:
    """Yield the sources in the worklists of imports that wait for an answer, with the manuscript that names them."""
    for worklist in linked.corpus.worklists:
        for at, entry in enumerate(worklist.model.sources):
            if entry.is_open:
                candidates = tuple(
                    PageId("source", key) for key in entry.candidates if linked.corpus.has("source", key)
                )
                words = shorten_words(entry.text or entry.source)
                about: tuple[str | PageId, ...] = (worklist.model.manuscript, words, *candidates)
                yield Weakness("unsure", worklist.located.span(("sources", at)), None, about)


def _find_weak_statements(statements: Iterable[Statement]) -> Iterator[Weakness]:
    for one in statements:
        words = shorten_words(one.words)
        if not one.has_note:
            yield Weakness("uncited", one.span, one.record.page, (words,))
        elif len(one.sources) == 1:
            yield Weakness(
                "single-source", one.span, one.record.page, (words, PageId("source", one.sources[0]))
            )  # fmt: skip


def _find_one_sided(linked: LinkedCorpus) -> Iterator[Weakness]:
    """Yield the disputes whose positions all stand in one and the same source."""
    for record in linked.corpus.records():
        for index, dispute in enumerate(getattr(record.model, "disputes", ())):
            sources = _sources_of_positions(record, index, linked)
            if len(sources) == 1:
                about = (dispute.question, PageId("source", sources.pop()))
                yield Weakness("one-sided", record.span(("disputes", index)), record.page, about)


def _sources_of_positions(record: Record[Model], index: int, linked: LinkedCorpus) -> set[str]:
    return {
        key
        for path, _, text in record.texts
        if path[:3] == ("disputes", index, "positions")
        for key in sources_of_text(text, linked.phrases)
    }
