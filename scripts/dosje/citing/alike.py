"""Tells sources apart whose short notes would be the same: works of two Smiths, two letters of one day.

CMOS 18, 13.36: given names where family names are the same, or more of a title. Which sources are alike depends on the
notes of one output, a page or a book, and so does how they are told apart. The ways are tried one after another, and
the first in which all differ is taken. Knows nothing of pages.
"""

from __future__ import annotations

import string
from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from ..edition.calls import Call
from ..edition.links import LinkedCorpus
from ..values import words
from ..values.stand_ins import FIRST_NUMBER
from ..values.words import Words
from .forms import Form
from .needs import bare
from .wording import SourceWords

Output = TypeVar("Output", bound=Hashable)
# The first three are the style's own; what no style prints is added (`csl.meta_apart`, `completing`).
_WAYS = ("names", "style", "year", "title", "date", "reference", "all")
_WAYS_OF_UNITS = ("names", "style", "year", "date", "reference", "title", "all")
_Shorts = Mapping[Form, Words]
_Group = tuple[str, ...]


@dataclass(frozen=True)
class Apart:
    """How the sources of one output are told apart, by key; and the groups of those that stay alike all the same."""

    ways: Mapping[str, str] = field(default_factory=dict)
    alike: tuple[_Group, ...] = ()


@dataclass(frozen=True)
class _Cited:
    """The cites of a source in one output: the numbers of their notes, and whether each names a leaf or page."""

    notes: list[int] = field(default_factory=list)
    locators: list[bool] = field(default_factory=list)


def tell_apart(outputs: Mapping[Output, Sequence[Call]], sources: SourceWords) -> dict[Output, Apart]:
    """Return how the sources in the notes of each output are told apart. Raises PandocError.

    `outputs`: the calls of each, in the order of its notes.
    """
    cited = {output: _count(calls) for output, calls in outputs.items()}
    likely = {output: list(_group_by_name(found, sources)) for output, found in cited.items()}
    forms = {_short(key) for groups in likely.values() for group in groups for key in group}
    shorts = sources.word_shorts(forms)
    same: dict[Output, list[_Group]] = {}
    for output, groups in likely.items():
        alike = [part for group in groups for part in _find_alike(dict.fromkeys(group, ""), shorts, cited[output])]
        same[output] = [group for group in alike if _must_differ(group, cited[output], sources.linked)]
    tried = {
        _short(key, _way(way, at))
        for groups in same.values()
        for group in groups
        for way in _ways_of(group, sources)
        for at, key in enumerate(group)
    }
    shorts |= sources.word_shorts(tried)
    return {output: _decide(groups, shorts, cited[output], sources) for output, groups in same.items()}


def _decide(groups: Sequence[_Group], shorts: _Shorts, cited: Mapping[str, _Cited], sources: SourceWords) -> Apart:
    ways: dict[str, str] = {}
    alike: list[_Group] = []
    for group in groups:
        left: list[_Group] = []
        by_key: dict[str, str] = {}
        for way in _ways_of(group, sources):
            by_key = {key: _way(way, at) for at, key in enumerate(group)}
            left = list(_find_alike(by_key, shorts, cited))
            if not left:
                break
        ways |= by_key  # the last way says most
        alike += left
    return Apart(ways, tuple(alike))


def _find_alike(by_key: Mapping[str, str], shorts: _Shorts, cited: Mapping[str, _Cited]) -> Iterator[_Group]:
    """Yield the keys whose short notes are the same. `by_key`: the way in which each is told apart."""
    found: dict[tuple[str, int], list[str]] = defaultdict(list)
    for key, way in by_key.items():
        said = words.plain(shorts[_short(key, way)])
        # "Kapo (n 16)" says which Kapo, unless note 16 has both.
        found[said.casefold(), cited[key].notes[0] if FIRST_NUMBER in said else 0].append(key)
    return (tuple(keys) for keys in found.values() if len(keys) > 1 and any(len(cited[k].notes) > 1 for k in keys))


def _count(calls: Sequence[Call]) -> dict[str, _Cited]:
    cited: dict[str, _Cited] = defaultdict(_Cited)
    for number, call in enumerate(calls, start=1):
        for cite in call.cites:
            cited[cite.key].notes.append(number)
            cited[cite.key].locators.append(cite.locator is not None)
    return cited


def _group_by_name(cited: Mapping[str, _Cited], sources: SourceWords) -> Iterator[_Group]:
    """Yield the sources that could be alike: those of the same people or, without any, of the same title."""
    found: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for key in cited:
        needs = sources.needs_of(key)
        found[tuple(map(bare, needs.names)) or ("", bare(needs.titles[-1] if needs.titles else key))].append(key)
    for keys in found.values():
        # Only a source that is cited twice has a short note.
        if len(keys) > 1 and any(len(cited[key].notes) > 1 for key in keys):
            yield tuple(keys)


def _must_differ(group: _Group, cited: Mapping[str, _Cited], linked: LinkedCorpus) -> bool:
    """Say whether the leaves that are cited leave it open which source is meant."""
    records = [linked.corpus.sources.get(key) for key in group]
    folios = [record.model.folios if record else None for record in records]
    if not all(folios) or not all(has_one for key in group for has_one in cited[key].locators[1:]):
        return True
    runs = [(at, run) for at, found in enumerate(folios) for run in found or ()]
    return any(a.overlaps(b) for at, a in runs for other, b in runs if at < other)


def _ways_of(group: _Group, sources: SourceWords) -> list[str]:
    has_units = all(key in sources.linked.corpus.sources for key in group)
    return [way for way in (_WAYS_OF_UNITS if has_units else _WAYS) if way != "year" or sources.style.has_year_suffix]


def _way(way: str, at: int) -> str:
    # Years get the letters of the order in which the sources are cited, as in CSL's "year-suffix".
    return f"year-{string.ascii_lowercase[at % 26] * (at // 26 + 1)}" if way == "year" else way


def _short(key: str, way: str = "") -> Form:
    return Form(key, "subsequent", apart=way)
