"""Words through which works a source is known that was not seen, by its leaves: "cited in Marku, Crisis, n. 50"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from ..edition.links import LinkedCorpus
from ..edition.vias import SaidVia
from ..reading.field_types import OTHER_LEAVES
from ..values import words
from ..values.citations import Cite
from .grouping import group_cites
from .note_rules import rules_of_notes
from .notes import PlacedCite, Wording, form_of, words_of_cite
from .wording import SourceWords


@dataclass(frozen=True)
class KnownBy:
    """How a source is known. `whole`: cited without a leaf. `rest`: of leaves that have no words of their own."""

    whole: str
    rest: str
    by_leaves: tuple[tuple[str, str], ...] = ()  # leaves as the record has them, "41–44", and the words


def word_known_by(linked: LinkedCorpus, sources: SourceWords, keys: Iterable[str]) -> dict[str, KnownBy]:
    """Return how sources are known, by key: those that were not seen, if the notes of the edition say so.

    Each work has the words of a first note, because they may be copied alone. Raises PandocError.
    """
    if not linked.corpus.settings.via_in_notes:
        return {}
    said = {key: found for key in keys if (found := linked.vias.said_of(key))}
    places = {key: dict(_places_of(Cite(key), one)) for key, one in said.items()}
    placed = {
        cite: PlacedCite(cite, "first", "", 1, leaves=rules_of_notes(linked).leaves_of(cite.key))
        for by_leaves in places.values()
        for cites in by_leaves.values()
        for cite in cites
    }
    if not placed:
        return {}
    wording = sources.word_forms({form_of(one, sources.style) for one in placed.values()})

    def word(cites: tuple[Cite, ...]) -> str:
        return _join([placed[cite] for cite in cites], wording)

    return {key: _word_one(said[key], {leaves: word(cites) for leaves, cites in places[key].items()}) for key in said}


_WHOLE = "whole"  # no leaves are written so


def _places_of(cite: Cite, said: SaidVia) -> Iterator[tuple[str, tuple[Cite, ...]]]:
    yield _WHOLE, _once_each(said.fitting(cite))
    yield from ((leaves, _once_each(cites)) for leaves, cites in said.cites_by_leaf.items())


def _once_each(cites: tuple[Cite, ...]) -> tuple[Cite, ...]:
    return tuple(group.cite for group in group_cites([replace(one, prefix="", suffix="") for one in cites]))


def _word_one(said: SaidVia, found: Mapping[str, str]) -> KnownBy:
    if "" in said.cites_by_leaf:
        return KnownBy(found[_WHOLE], found[_WHOLE])
    own = tuple((leaves, found[leaves]) for leaves in said.cites_by_leaf if leaves != OTHER_LEAVES)
    return KnownBy(found[_WHOLE], found.get(OTHER_LEAVES, ""), own)


def _join(placed: list[PlacedCite], wording: Wording) -> str:
    before, behind = wording.cited_in
    works = wording.style.delimiter.join(words.plain(words_of_cite(one, wording)) for one in placed)
    return f"{before}{works}{behind}"
