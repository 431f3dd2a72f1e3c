"""Sources, as one page shows them: units with reference and leaves, the works that it cites, concordances."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from ..edition.archival_files import FileLeaves, leaves_of, neighbours_in_file, reference_below
from ..edition.concordance import make_concordance
from ..edition.leaves import Stretch, draw
from ..edition.links import LinkedCorpus
from ..edition.orders import in_list
from ..edition.pages import EditionPage, path_of_concordance, relative
from ..edition.source_lists import SourceLists
from ..edition.titles import sort_text
from ..phrases.date_words import words_of_date
from ..reading.corpus import Record
from ..reading.settings import Concordance
from ..reading.source_records import Source
from ..values import words
from .page_links import PageLinks
from .said import say

# What the drawing of a file says of itself, by what its numbers count.
_DESCRIBED = {
    "folios": "leaves.described",
    "pages": "leaves.described-pages",
    "unknown": "leaves.described-unknown",
}


@dataclass(frozen=True)
class LeafTable:
    """The leaves of a file: a picture, and rows of leaves, what lies there, and how often they are cited."""

    picture: Markup
    rows: list[tuple[str, Markup, str]]


class PageSources:
    """What a page can print of sources. `source_lists`: all sources of the edition in the orders of the lists."""

    def __init__(self, linked: LinkedCorpus, source_lists: SourceLists, links: PageLinks, shown: EditionPage) -> None:
        self._linked = linked
        self._source_lists = source_lists
        self._links = links
        self._shown = shown
        self._path = shown.path
        self._settings = linked.corpus.settings

    def reference(self, record: Record[Source]) -> str:
        """Return the reference code of an archival unit with its folios (ISAD(G) 3.1.1)."""
        return self._linked.holdings.reference_of(record)

    def file_neighbours(self, record: Record[Source]) -> tuple[Record[Source] | None, Record[Source] | None]:
        """Return the items before and after an item in its file, by folio."""
        return neighbours_in_file(self._linked, record)

    def unit_tree(self, unit: Record[Source], depth: int) -> Markup:
        """Return what lies in an archival unit, as a nested list of links."""
        lines = []
        for part in in_list(self._linked.parts_of(unit)):
            when = f", {words_of_date(part.date, self._settings.phrases)}" if part.date else ""
            place = reference_below(self.reference(part), self.reference(unit))
            rest = " · ".join(one for one in (words.escape(place), self.times_cited(part)) if one)
            rest = f"{when} · {rest}" if rest else when
            number = f"{words.escape(part.model.number)} " if part.model.number else ""
            lines.append(f"{'    ' * depth}- {number}{self._links.link('source', part.key)}{rest}")
            below = self.unit_tree(part, depth + 1)
            if below:
                lines.append(below)
        return Markup("\n".join(lines))

    def unit_list(self, units: Iterable[Record[Source]]) -> Markup:
        """Return archival units with their references, each with what lies in it, as nested lists of HTML."""
        tops = ((unit, f" · {words.escape(found)}" if (found := self.reference(unit)) else "") for unit in units)
        return Markup(self._list_units(tops))

    def _list_units(self, units: Iterable[tuple[Record[Source], str]]) -> str:
        """Return units, each with what stands behind its link, as a list; "" for none."""
        items = []
        for unit, rest in units:
            below = self._list_units((part, self._rest_of(part, unit)) for part in in_list(self._linked.parts_of(unit)))
            number = f"{words.escape(unit.model.number)} " if unit.model.number else ""
            items.append(f"<li>{number}{self._links.link('source', unit.key)}{rest}{below}</li>\n")
        return f"<ul>\n{''.join(items)}</ul>" if items else ""

    def _rest_of(self, part: Record[Source], unit: Record[Source]) -> str:
        """Return when a part of a unit was written, its place in the unit, and how often it is cited."""
        when = f", {words_of_date(part.date, self._linked.phrases)}" if part.date else ""
        place = reference_below(self.reference(part), self.reference(unit))
        rest = " · ".join(one for one in (words.escape(place), self.times_cited(part)) if one)
        return f"{when} · {rest}" if rest else when

    def times_cited(self, record: Record[Source]) -> str:
        """Return how often a unit and what lies in it are cited, in words; "" if never."""
        count = self._linked.citations_below(record)
        return self._linked.phrases("sources.cited", n=count) if count else ""

    def times_cited_work(self, key: str) -> str:
        count = len(self._linked.support_of(key))
        return self._linked.phrases("sources.cited", n=count) if count else ""

    def works_cited(self) -> list[Markup]:
        """Return what this page cites: archival units by reference, then published works by author."""
        records = [record for key in self._cited if (record := self._linked.corpus.sources.get(key))]
        records.sort(key=lambda record: (sort_text(self.reference(record)), record.key))
        return [
            *map(self._unit_line, records),
            *(self._links.linked_words(key, "bibliography") for key in self.own_works),
        ]

    @cached_property
    def _cited(self) -> set[str]:
        calls = self._linked.calls_by_page.get(self._shown.record_page, ())
        return {cite.key for call in calls for cite in call.cites}

    @property
    def own_works(self) -> list[str]:
        """The keys of the published works that the page cites, by author."""
        return sorted(
            (key for key in self._cited if key in self._source_lists.works), key=self._source_lists.rank_by_author
        )

    def _unit_line(self, record: Record[Source]) -> Markup:
        reference = self.reference(record)
        return Markup(f"{self._links.link('source', record.key)}{' · ' if reference else ''}{words.escape(reference)}")

    def concordance(self, wanted: Concordance) -> list[tuple[int, Markup, Markup]]:
        """Return for each note of a work: its number, the sources known through it, and what cites it."""
        comma, semicolon = self._linked.phrases("value.comma"), self._linked.phrases("value.semicolon")
        rows = []
        for row in make_concordance(self._linked, wanted.work, wanted.notes):
            sources = Markup(semicolon).join(self._links.linked_words(page.key, "subsequent") for page in row.sources)
            calls = (
                Markup(comma).join((self._links.link(*call.page), self._links.note_link(call.page, call.label)))
                for call in row.calls
            )
            rows.append((row.note, sources, Markup(semicolon).join(calls)))
        return rows

    def concordance_of(self, key: str) -> Markup:
        """Return a link to the concordance of a work's notes, if the edition has one."""
        found = [wanted for wanted in self._settings.concordances if wanted.work == key]
        label = say(self._linked.phrases, "concordance.notes", notes=found[0].notes) if found else ""
        return self._links.anchor(label, relative(path_of_concordance(key), self._path)) if found else Markup()

    def leaves(self, file: Record[Source]) -> LeafTable | None:
        """Return which leaves of a file are known, as a picture and as rows; None if none is."""
        found = leaves_of(self._linked, file)
        if found is None:
            return None
        gaps = sum(stretch.is_gap for stretch in found.stretches)
        first, last = found.stretches[0].leaves.first, found.stretches[-1].leaves.last
        phrases = self._linked.phrases
        description = phrases(
            _DESCRIBED[self._linked.holdings.leaves_of(file.key).counted_in],
            n=gaps,
            first=first,
            last=last,
            documents=phrases("count.documents", n=found.documents),
            citations=phrases("count.citations", n=found.citations),
        )
        rows = [(str(s.leaves), self._lies_there(s, found), str(s.cites) if s.cites else "") for s in found.stretches]
        return LeafTable(Markup(draw(found.stretches, description)), rows)

    def _lies_there(self, stretch: Stretch, found: FileLeaves) -> Markup:
        phrases = self._linked.phrases
        if stretch.is_gap:
            return _emphasised(say(phrases, "leaves.nothing-known"))
        parts = [self._links.link("source", key) for key in stretch.items]
        unsure = found.cited_in(stretch)
        parts += [
            Markup(f"{self._links.link('source', key)} {_emphasised(say(phrases, 'leaves.extent-unknown'))}")
            for key in unsure
        ]
        both = Markup(f" {_emphasised(say(phrases, 'leaves.and'))} ")
        return both.join(parts) if parts else _emphasised(say(phrases, "leaves.not-described"))


def _emphasised(shown: Markup) -> Markup:
    return Markup(f"<em>{shown}</em>")
