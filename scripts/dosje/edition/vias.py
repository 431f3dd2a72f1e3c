"""Through which works the sources are known that nobody here has seen: the place that goes with a cite's leaf."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..reading.corpus import Corpus, FieldTexts
from ..reading.field_types import OTHER_LEAVES
from ..reading.texts import Cited, Markdown, Text, TextBlock
from ..values.citations import Citation, Cite
from ..values.folios import Folios, try_folios

_RANGE = re.compile(r"(?<!\d)(\d+)[–-](\d+)(?![\w])")


@dataclass(frozen=True)
class SaidVia:
    """What a record says of how it is known: cites by leaf. All of them by "", if it says it of the whole."""

    cites_by_leaf: Mapping[str, tuple[Cite, ...]]

    @property
    def works(self) -> frozenset[str]:
        """The keys of what it is known through."""
        return frozenset(cite.key for cites in self.cites_by_leaf.values() for cite in cites)

    @property
    def is_undecided(self) -> bool:
        """Say whether several places are given for the whole, so that nobody can tell which goes with a leaf."""
        return len(self.cites_by_leaf.get("", ())) > 1

    def fitting(self, cite: Cite) -> tuple[Cite, ...]:
        """Return the places that go with the leaf of a cite, else what holds for the rest.

        For a cite without a leaf that is said of the rest, or all if nothing is.
        """
        everything = _once(one for cites in self.cites_by_leaf.values() for one in cites)
        if "" in self.cites_by_leaf:
            return everything
        if cite.locator is None:
            return self.cites_by_leaf.get(OTHER_LEAVES, everything)
        leaves = _in_full(cite.locator.leaves or cite.locator.value)
        found = _once(one for run in try_folios(leaves) for one in self._fitting_run(run))
        return found or self.cites_by_leaf.get(OTHER_LEAVES, ())

    def _fitting_run(self, run: Folios) -> Iterator[Cite]:
        """Yield the places of these very leaves; else of the fewest that hold them; else of all that share one."""
        runs = [(one, cites) for leaves, cites in self.cites_by_leaf.items() for one in try_folios(leaves)]
        same = [cites for one, cites in runs if one == run]
        around = sorted((one.last - one.first, at) for at, (one, _) in enumerate(runs) if one.contains(run))
        shared = [cites for one, cites in runs if one.overlaps(run)]
        for cites in same or ([runs[around[0][1]][1]] if around else shared):
            yield from cites


def _in_full(value: str) -> str:
    """Return pages with the ends of their ranges in full: "167–68" -> "167–168"."""
    return _RANGE.sub(lambda found: f"{found[1]}–{found[1][: max(len(found[1]) - len(found[2]), 0)]}{found[2]}", value)


def _once(cites: Iterator[Cite]) -> tuple[Cite, ...]:
    return tuple({(cite.key, cite.locator): cite for cite in cites}.values())


class Vias:
    """Finds through which works the sources of an edition are known. It keeps what it has found."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._said: dict[str, SaidVia | None] = {}

    def said_of(self, key: str) -> SaidVia | None:
        """Return what is said of a source that was seen only through another; None for any other."""
        if key not in self._said:
            self._said[key] = self._read(key)
        return self._said[key]

    def _read(self, key: str) -> SaidVia | None:
        record, work = self._corpus.sources.get(key), self._corpus.works.get(key)
        seen = record.model.seen if record else work.seen if work else ""
        texts = (record.texts if record else self._corpus.work_texts[key]) if seen == "via" else ()
        if record is None:
            found = next((_cites_by_leaf(text) for path, _, text in texts if path[0] == "via"), {})
        else:
            said = ((path, text) for path, _, text in texts if path[0] == "via")
            found = {str(path[1]) if len(path) > 1 else "": _cites_in(text) for path, text in said}
        return SaidVia(found) if any(found.values()) else None

    def fitting(self, cite: Cite) -> tuple[Cite, ...]:
        """Return through which places the leaf of a cite is known; none for a source that was seen."""
        said = self.said_of(cite.key)
        return said.fitting(cite) if said else ()


def join_vias(texts: FieldTexts) -> FieldTexts:
    """Return the texts with what `via` says by leaf as one text. It calls one note, as one said of the whole does."""
    joined = []
    by_field: dict[tuple[str | int, ...], list[Text]] = {}
    for path, what, text in texts:
        if len(path) > 1 and path[-2] == "via":
            if path[:-1] not in by_field:
                joined.append((path[:-1], what, text))
            by_field.setdefault(path[:-1], []).append(text)
        elif path == ("via",):  # of a .bib entry, which may say it by leaf in one text
            joined.append((path, what, text))
            by_field[path] = [text]
        else:
            joined.append((path, what, text))
    many = {
        path: found for path, found in by_field.items() if sum(len(b.citations) for t in found for b in t.blocks) > 1
    }
    return tuple((path, what, _join(many[path]) if path in many else text) for path, what, text in joined)


def _join(texts: list[Text]) -> Text:
    cites = _once(cite for text in texts for cite in _cites_in(text))
    block = TextBlock("statement", (Cited(Citation("", cites), 0),) if cites else (), 0)
    return Text((block,))


def _cites_by_leaf(text: Text) -> dict[str, tuple[Cite, ...]]:
    """Return what a .bib entry says: of the whole, or "35–45: [@work, n. 3]; rest: [@work, n. 9]"."""
    found: dict[str, tuple[Cite, ...]] = {}
    leaves = ""
    for block in text.blocks:
        for piece in block.pieces:
            if isinstance(piece, Markdown):
                leaves = piece.text.strip(" \n;:")
            elif isinstance(piece, Cited):
                found[leaves] = found.get(leaves, ()) + piece.citation.cites
    return found


def _cites_in(text: Text) -> tuple[Cite, ...]:
    return tuple(cite for block in text.blocks for cited in block.citations for cite in cited.citation.cites)
