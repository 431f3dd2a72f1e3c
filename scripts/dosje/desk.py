"""The desk: what the template of one page can ask for.

Everything it gives is Markdown of ours, or text that is escaped when it is printed. It is bound to
one page, because links are relative to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import cast

from markupsafe import Markup

from . import web, words
from .citations import Cite, format_locator
from .concordance import make_concordance
from .corpus import INDEXES, Record
from .coverage import Stretch, cover, draw
from .csl import Meta
from .edtf import words_of
from .folios import format_folios, parse_folios
from .link import Backlink, LinkedCorpus, Mention, PageId, by_date
from .records import Event, Meeting, Source
from .settings import Concordance
from .tables import Table, make_table
from .texts import Text
from .titles import Title, by_folio, sort_text
from .web import address_of, mark, path_of, relative
from .yamltree import Path as FieldPath

_KIND_ORDER = ("essay", "meeting", "event", "person", "source", "organisation", "place", "archive", "page")


@dataclass(frozen=True)
class Wanted:
    """A page to be drafted: its path, its template without the ending, and the record or other thing it shows."""

    path: str
    template: str
    page: PageId | None
    subject: Concordance | None = None


@dataclass(frozen=True)
class Leaves:
    """The leaves of a file: a picture, and rows of leaves, what lies there, and how often they are cited."""

    picture: Markup
    rows: list[tuple[str, Markup, str]]


class Desk:
    """What the template of one page can ask for. Bound to the page, as links are relative to it.

    `titles`: of every page of the edition, as text and escaped; made once, as most are asked for often.
    """

    def __init__(
        self, linked: LinkedCorpus, works: Mapping[str, Meta], titles: Mapping[PageId, Title], wanted: Wanted
    ) -> None:
        path, page = wanted.path, wanted.page
        self.linked = linked
        self.works = works
        self.titles = titles
        self._ways: dict[PageId, str] = {}
        self.path = path
        self.page = page
        self.settings = linked.corpus.settings

    @cached_property
    def _texts(self) -> Mapping[FieldPath, Text]:
        assert self.page is not None
        record = self.linked.record(self.page)
        texts = record.texts if record else self.linked.corpus.work_texts[self.page.key]
        return {path: text for path, _, text in texts}

    def prose(self, *path: str | int) -> Markup:
        """Return the text at `path` of this page's record as Markdown."""
        text = self._texts.get(path)
        if text is None or self.page is None:
            return Markup()
        return Markup(web.write_blocks(self.linked, self.page, path, text.blocks))

    def line(self, *path: str | int) -> Markup:
        """Return the text at `path` as one line, for a table's cell or a list's item."""
        return Markup(" ".join(self.prose(*path).split("\n")).replace("|", "&#124;"))

    def calls(self, *path: str | int) -> Markup:
        """Return the note calls of the citations at `path`, without any text."""
        text = self._texts.get(path)
        found = [piece for block in text.blocks for piece in block.citations] if text else []
        labels = (self.linked.labels_by_place[cast(PageId, self.page), path, piece.offset] for piece in found)
        return Markup("".join(mark("c", label) for label in labels))

    def title(self, kind: str, key: str) -> str:
        """Return the title of a page of this edition, as text."""
        found = self.titles.get(PageId(kind, key))
        return found.text if found else key

    def link(self, kind: str, key: str | None, label: str = "") -> Markup:
        """Return a link to a page of this edition; the label is its title if none is given."""
        if not key:
            return Markup()
        page = PageId(kind, key)
        found = self.titles.get(page)
        shown = words.escape(label or key) if label or found is None else found.escaped
        return Markup(f"[{shown}]({self._way_to(page)})")

    def _way_to(self, page: PageId) -> str:
        found = self._ways.get(page)
        if found is None:
            found = self._ways[page] = relative(path_of(page), self.path)
        return found

    def index(self, name: str, label: str) -> Markup:
        """Return a link to an index, e.g. "meetings"."""
        return Markup(f"[{words.escape(label)}]({relative(f'{name}/index.md', self.path)})")

    def person(self, key_or_name: str) -> Markup:
        """Return a link to a person, or the plain name that stands in a record."""
        if self.linked.get("person", key_or_name):
            return self.link("person", key_or_name)
        return Markup(words.escape(key_or_name))

    def persons(self, keys: Iterable[str]) -> Markup:
        return Markup(", ").join(self.person(key) for key in keys)

    def links(self, kind: str, keys: Iterable[str]) -> Markup:
        return Markup(", ").join(self.link(kind, key) for key in keys)

    def trail(self, kind: str, whole: Iterable[Record]) -> Markup:
        """Return what a record is part of, the widest first, as a trail of links."""
        return Markup(" › ").join(self.link(kind, record.key) for record in reversed(list(whole)))

    def note_link(self, page: PageId, label: str) -> Markup:
        """Return a link to the very place where a note is called on another page, by its number."""
        target = self._way_to(page) if page != self.page else ""
        return Markup(f"[note {mark('n', page.kind, page.key, label)}]({target}#fnref:{label})")

    def words(self, key: str, form: str) -> Markup:
        """Return a source in the words of the edition's style: "first" or "bibliography"."""
        return Markup(mark("w", key, form))

    def linked_words(self, key: str, form: str) -> Markup:
        """Return the same, as a link to the source's page."""
        return Markup(mark("w", key, form, self._way_to(PageId("source", key))))

    def reference(self, record: Record) -> str:
        """Return the reference code of an archival unit with its folios (ISAD(G) 3.1.1)."""
        holding = self.linked.holding(record)
        if holding is None:
            return ""
        folios = record.model.folios if isinstance(record.model, Source) else None
        ending = f"{holding.folio_label} {format_folios(folios)}" if folios else ""
        return ", ".join(part for part in (holding.abbreviation, holding.reference, ending) if part)

    def citations(self, key: str) -> list[tuple[str, str, Markup]]:
        """Return the cites of a source in the order of the places cited: place, statement, and where that is."""
        return [self._row_of(backlink) for backlink in self.linked.backlinks.get(key, ())]

    def _row_of(self, backlink: Backlink) -> tuple[str, str, Markup]:
        call = backlink.call
        where = self.link(call.page.kind, call.page.key) if call.page != self.page else "this page"
        return self.locator(backlink.cite), call.context, Markup(f"{where}, {self.note_link(call.page, call.label)}")

    def mentions(self) -> list[tuple[Markup, list[Markup]]]:
        """Return what is said elsewhere of this page's record: by page, its link and the sentences."""
        by_page: dict[PageId, list[Mention]] = {}
        for mention in self.linked.mentions.get(cast(PageId, self.page), ()):
            by_page.setdefault(mention.page, []).append(mention)
        order = sorted(by_page, key=lambda page: (_KIND_ORDER.index(page.kind), self.titles[page].for_sorting))
        return [(self.link(*page), [self._line_of(mention) for mention in by_page[page]]) for page in order]

    def _line_of(self, mention: Mention) -> Markup:
        note = f" · {self.note_link(mention.page, mention.label)}" if mention.label else ""
        return Markup(words.escape(mention.context) + note)

    def namings(self, field: str, kind: str = "") -> tuple[Record, ...]:
        """Return the records that name this one in a field, by date."""
        pages = {p for p, path in self.linked.namings.get(cast(PageId, self.page), ()) if field in path}
        found = (self.linked.record(page) for page in pages if not kind or page.kind == kind)
        return by_date(record for record in found if record is not None)

    def parts(self) -> tuple[Record, ...]:
        return self.linked.parts.get(cast(PageId, self.page), ())

    def locator(self, cite: Cite) -> str:
        """Return the place in the source that a cite names, e.g. "fl. 9–20", or "as a whole"."""
        if cite.locator is None:
            return "as a whole"
        if cite.locator.label == "folio":
            return f"{self.settings.folio_label} {cite.locator.value}"
        return f"p. {cite.locator.value}" if cite.locator.label == "page" else format_locator(cite.locator)

    def field_note(self, record: Record, *path: str | int) -> Markup:
        """Return a link to the first note called at `path` of another record."""
        page = PageId(record.kind, record.key)
        found = [call for call in self.linked.calls_by_page[page] if call.path == path]
        return self.note_link(page, found[0].label) if found else Markup()

    def file_neighbours(self, record: Record) -> tuple[Record | None, Record | None]:
        """Return the items before and after an item in its file, by folio."""
        parent = self.linked.get("source", cast(Source, record.model).part_of)
        if parent is None or not cast(Source, record.model).folios:
            return None, None
        siblings = self.linked.parts.get(PageId("source", parent.key), ())
        items = by_folio(sibling for sibling in siblings if cast(Source, sibling.model).folios)
        at = items.index(record)
        return items[at - 1] if at else None, items[at + 1] if at + 1 < len(items) else None

    def leaves(self, file: Record) -> Leaves | None:
        """Return which leaves of a file are known, as a picture and as rows; None if none is."""
        items = {part.key: cast(Source, part.model).folios or () for part in self.parts()}
        cites = [
            parse_folios(backlink.cite.locator.value)
            for key in (file.key, *items)
            for backlink in self.linked.backlinks.get(key, ())
            if backlink.cite.locator and backlink.cite.locator.label == "folio"
        ]
        stretches = cover(items.items(), cites, cast(Source, file.model).folios or ())
        if not stretches:
            return None
        gaps = sum(stretch.is_gap for stretch in stretches)
        first, last = stretches[0].leaves.first, stretches[-1].leaves.last
        known = f"{len([key for key, own in items.items() if own])} documents and {len(cites)} citations"
        description = (
            f"Leaves {first} to {last}: {known}, {gaps} {'gap' if gaps == 1 else 'gaps'}. The table has the same."
        )
        rows = [(str(s.leaves), self._lies_there(s), str(s.cites) if s.cites else "") for s in stretches]
        return Leaves(Markup(draw(stretches, description)), rows)

    def _lies_there(self, stretch: Stretch) -> Markup:
        if stretch.is_gap:
            return Markup("*nothing known*")
        if not stretch.items:
            return Markup("*not described*")
        together = " *and* " if len(stretch.items) > 1 else ""
        return Markup(together.join(self.link("source", key) for key in stretch.items))

    def concordance(self, wanted: Concordance) -> list[tuple[int, Markup, Markup]]:
        """Return for each note of a work: its number, the sources known through it, and what cites it."""
        rows = []
        for row in make_concordance(self.linked, wanted.work, wanted.notes):
            sources = Markup("; ").join(self.linked_words(page.key, "subsequent") for page in row.sources)
            calls = (Markup(f"{self.link(*call.page)}, {self.note_link(call.page, call.label)}") for call in row.calls)
            rows.append((row.note, sources, Markup("; ").join(calls)))
        return rows

    def concordance_of(self, key: str) -> Markup:
        """Return a link to the concordance of a work's notes, if the edition has one."""
        found = [wanted for wanted in self.settings.concordances if wanted.work == key]
        label = f"notes 1 to {found[0].notes}, and what rests on each" if found else ""
        return Markup(f"[{label}]({relative(f'concordance/{key}.md', self.path)})") if found else Markup()

    def times_cited(self, record: Record) -> str:
        """Return how often a unit and what lies in it are cited, in words; "" if never."""
        count = self.linked.citations_below(record)
        return f"cited {count} times" if count > 1 else "cited once" if count else ""

    def delegates(self, meeting: Record, organisation: str) -> Markup:
        """Return who was at the meeting for an organisation, as links; empty where no one is named."""
        parts = cast(Meeting, meeting.model).participants
        return self.persons(part.person for part in parts if part.for_ == organisation and part.person)

    def years(self) -> list[tuple[str, list[Record]]]:
        """Return meetings and events by date, under the year in which each began."""
        by_kind = self.linked.corpus.by_kind
        by_year: dict[str, list[Record]] = {}
        for record in by_date([*by_kind["meeting"].values(), *by_kind["event"].values()]):
            start = cast("Meeting | Event", record.model).date.start
            moment = start or cast("Meeting | Event", record.model).date.end
            by_year.setdefault(moment.year if moment else "Date unknown", []).append(record)
        return list(by_year.items())

    def top_units(self) -> list[Record]:
        """Return the archival units that are part of none, by reference."""
        units = self.linked.corpus.by_kind["source"].values()
        tops = [unit for unit in units if not self.linked.chain(unit)]
        return sorted(tops, key=lambda unit: (sort_text(self.reference(unit)), unit.key))

    def unit_tree(self, unit: Record, depth: int) -> Markup:
        """Return what lies in an archival unit, as a nested list of links."""
        lines = []
        for part in by_folio(self.linked.parts.get(PageId(unit.kind, unit.key), ())):
            date = getattr(part.model, "date", None)
            when = f", {words_of(date)}" if date else ""
            place = self._reference_below(part, self.reference(unit))
            rest = " · ".join(one for one in (words.escape(place), self.times_cited(part)) if one)
            rest = f"{when} · {rest}" if rest else when
            lines.append(f"{'    ' * depth}- {self.link('source', part.key)}{rest}")
            below = self.unit_tree(part, depth + 1)
            if below:
                lines.append(below)
        return Markup("\n".join(lines))

    def _reference_below(self, part: Record, whole: str) -> str:
        """Return what a part's reference adds to that of the whole: "fl. 9–20" below its file."""
        reference = self.reference(part)
        rest = reference.removeprefix(whole).lstrip(", ")
        return rest if reference.startswith(f"{whole}, ") else "" if reference == whole else reference

    def units_by_archive(self) -> list[tuple[str, list[Record]]]:
        """Return the archival units that are part of none under the name of their repository, by reference."""
        by_archive: dict[str, list[Record]] = {}
        for unit in self.top_units():
            holding = self.linked.holding(unit)
            by_archive.setdefault(
                self.title("archive", holding.repository) if holding else "In no known repository", []
            ).append(unit)
        return sorted(by_archive.items(), key=lambda pair: sort_text(pair[0]))

    def works_by_class(self) -> list[tuple[str, list[str]]]:
        """Return the published works by author: printed sources, which have the keyword "source", and literature."""
        keys = self.works_by_author()
        works = self.linked.corpus.works
        printed = [key for key in keys if "source" in re.split(r"\s*[,;]\s*", works[key].fields.get("keywords", ""))]
        literature = [key for key in keys if key not in set(printed)]
        return [pair for pair in (("Printed sources", printed), ("Literature", literature)) if pair[1]]

    def times_cited_work(self, key: str) -> str:
        count = len(self.linked.backlinks.get(key, ()))
        return f"cited {count} times" if count > 1 else "cited once" if count else ""

    def works_by_author(self) -> list[str]:
        """Return the keys of the published works as a bibliography has them."""

        def sort_key(key: str) -> tuple[str, str, str]:
            meta = self.works[key]
            names = meta.get("author") or meta.get("editor") or {"c": []}
            first = names["c"][0]["c"] if names["c"] else {}
            name = first.get("family") or first.get("literal") or {"c": ""}
            return sort_text(str(name["c"])), str(meta.get("issued", {}).get("c", "")), key

        return sorted(self.linked.corpus.works, key=sort_key)

    def doi(self, doi: str) -> Markup:
        """Return a DOI as a link to its resolver."""
        return Markup(f"[{words.escape(doi)}](https://doi.org/{words.escape_url(doi)})")

    def web_address(self) -> str:
        """Return the page's address on the web, if the edition has one."""
        return address_of(self.settings.site_url, self.path)

    def table(self, name: str) -> Table:
        """Return the table of a list."""
        return make_table(self.linked, lambda page: self.title(*page), name)

    def lists(self) -> list[str]:
        """Return the lists that the site makes, without the search."""
        return [name for name in INDEXES if name != "search"]
