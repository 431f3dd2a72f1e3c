"""The desk: what the template of one page can ask for.

Everything it gives is Markdown of ours, or text that is escaped when it is printed. It is bound to
one page, because links are relative to it.
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import cast

from markupsafe import Markup

from ..edition.backlinks import Sheet, cut_into_sheets
from ..edition.calls import Backlink, Mention
from ..edition.concordance import make_concordance
from ..edition.leaves import Stretch, cover, draw
from ..edition.links import LinkedCorpus
from ..edition.lookup_examples import examples_of
from ..edition.orders import by_folio
from ..edition.pages import INDEXES, path_of, relative
from ..edition.printed import InBook, booklet_of, has_downloads
from ..edition.source_lists import SourceLists
from ..edition.titles import Title, in_language, sort_text
from ..exporting import zotero
from ..exporting.coins import span_of
from ..exporting.csl_json import Item, item_of_source, print_titles
from ..exporting.export_links import ExportLink, PageExportLinks, export_links_of_source
from ..exporting.formats import DOWNLOADS, FORMATS
from ..reading.corpus import Record
from ..reading.fields import Model
from ..reading.records import Essay, Meeting, Participant, Source
from ..reading.settings import Concordance
from ..reading.texts import Text
from ..reading.yamltree import Path as FieldPath
from ..values import words
from ..values.citations import Cite, describe_place
from ..values.date_words import words_of_date
from ..values.folios import Folios, parse_folios
from ..values.page_id import PageId
from . import markdown
from .markdown import mark
from .tables import Table, make_table

_KIND_ORDER = ("essay", "meeting", "event", "person", "source", "organisation", "place", "archive", "page")


@dataclass(frozen=True)
class Wanted:
    """A page to be drafted: its path, its template without the ending, and the record or other thing it shows."""

    path: str
    template: str
    page: PageId | None
    subject: Concordance | Sheet | str | None = None


@dataclass(frozen=True)
class Leaves:
    """The leaves of a file: a picture, and rows of leaves, what lies there, and how often they are cited."""

    picture: Markup
    rows: list[tuple[str, Markup, str]]


class Desk:
    """What the template of one page can ask for. Bound to the page, as links are relative to it.

    `titles`: of every page of the edition, as text and escaped; made once, as most are asked for often.
    So is the `shelf`, the orders of the edition's sources. `in_book`: where pages stand in the offline book.
    """

    def __init__(
        self,
        linked: LinkedCorpus,
        shelf: SourceLists,
        titles: Mapping[PageId, Title],
        wanted: Wanted,
        offers: PageExportLinks,
        *,
        in_book: Mapping[PageId, InBook] = MappingProxyType({}),
    ) -> None:
        path, page = wanted.path, wanted.page
        self.linked = linked
        self.shelf = shelf
        self.works = shelf.works
        self.imprint = offers.imprint
        self._offers = offers
        self._in_book = in_book
        self.titles = titles
        self._ways: dict[PageId, str] = {}
        self.path = path
        self.page = page
        self.settings = linked.corpus.settings

    def reference(self, record: Record[Source]) -> str:
        """Return the reference code of an archival unit with its folios (ISAD(G) 3.1.1)."""
        return self.linked.holdings.reference_of(record)

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
        return Markup(markdown.write_blocks(self.linked, self.page, path, text.blocks))

    def document(self) -> Markup:
        """Return a page that was written for MkDocs alone, its bibliographies in the places of their commands."""
        text = markdown.write_document(self.linked, cast(PageId, self.page), ("body",), self._texts[("body",)].blocks)
        commands = self.settings.bib_commands
        # The longer first: one may begin with the other.
        for command, keys in (
            (commands.of_site, self.shelf.works_by_author),
            (commands.of_page, self._works_cited),
        ):
            if command in text:
                text = text.replace(command, self._bibliography(keys))
        return Markup(text)

    def _bibliography(self, keys: Iterable[str]) -> str:
        entries = "\n".join(f"- {self.linked_words(key, 'bibliography')}" for key in keys)
        return f'<div class="dosje-bibliography" markdown="1">\n\n{entries}\n\n</div>' if entries else ""

    def line(self, *path: str | int) -> Markup:
        """Return the text at `path` as one line, for a table's cell or a list's item."""
        return Markup(" ".join(self.prose(*path).split("\n")).replace("|", "&#124;"))

    def calls(self, *path: str | int) -> Markup:
        """Return the note calls of the citations at `path`, without any text."""
        text = self._texts.get(path)
        found = [piece for block in text.blocks for piece in block.citations] if text else []
        labels = (
            self.linked.note_index.labels_by_place[cast(PageId, self.page), path, piece.offset] for piece in found
        )
        return Markup("".join(mark("call", label) for label in labels))

    def evidence(self, *path: str | int) -> Markup:
        """Return the sources cited at `path` in short form, each a link with the place in it and a line of its own."""
        text = self._texts.get(path)
        pieces = [piece for block in text.blocks for piece in block.citations] if text else []
        found = []
        for cite in (cite for piece in pieces for cite in piece.citation.cites):
            place = f", {self.locator(cite)}" if cite.locator else ""
            found.append(f"<span>{self.linked_words(cite.key, 'subsequent')}{words.escape(place)}</span>")
        return Markup(" ".join(found))

    def present(self, meeting: Meeting) -> Markup:
        """Return the persons who are known to have been at a meeting, as links."""
        there = [part.person for part in meeting.participants if part.person and part.attendance == "present"]
        return self.persons(dict.fromkeys(there))

    def chapters(self) -> list[Record[Essay]]:
        """Return the essays in their order."""
        essays = self.linked.corpus.essays.values()
        return sorted(essays, key=lambda essay: essay.model.order)

    def neighbouring_chapters(self) -> tuple[Record[Essay] | None, Record[Essay] | None]:
        """Return the chapters before and after the one that this page shows."""
        chapters = self.chapters()
        at = [chapter.key for chapter in chapters].index(cast(PageId, self.page).key)
        return chapters[at - 1] if at else None, chapters[at + 1] if at + 1 < len(chapters) else None

    def title(self, kind: str, key: str) -> str:
        """Return the title of a page of this edition, as text."""
        found = self.titles.get(PageId(kind, key))
        return found.text if found else key

    def heading(self) -> Markup:
        """Return the title of this page, marked where it is in another language."""
        return Markup(self.titles[cast(PageId, self.page)].escaped)

    def in_own_language(self, language: str, text: str) -> Markup:
        """Return a record's text marked as of the record's language."""
        own = self.settings.locale.partition("-")[0]
        return Markup(in_language(words.escape(text), "" if language.partition("-")[0] == own else language))

    def original_title(self, record: Record[Source]) -> Markup:
        """Return the title that an archival unit bears, in its own language or that of its archive."""
        source = record.model
        holding = self.linked.holdings.holding_of(record)
        archive = self.titles.get(PageId("archive", holding.repository)) if holding else None
        language = source.language or (archive.language if archive else "")
        return Markup(in_language(words.escape(source.original_title), language if source.original_title else ""))

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
        if key_or_name in self.linked.corpus.persons:
            return self.link("person", key_or_name)
        return Markup(words.escape(key_or_name))

    def persons(self, keys: Iterable[str]) -> Markup:
        return Markup(", ").join(self.person(key) for key in keys)

    def links(self, kind: str, keys: Iterable[str]) -> Markup:
        # Not a comma: titles have commas of their own.
        return Markup("; ").join(self.link(kind, key) for key in keys)

    def trail(self, kind: str, whole: Iterable[Record[Model]]) -> Markup:
        """Return what a record is part of, the widest first, as a trail of links."""
        return Markup(" › ").join(self.link(kind, record.key) for record in reversed(list(whole)))

    def note_link(self, page: PageId, label: str) -> Markup:
        """Return a link to the very place where a note is called on another page, by its number."""
        target = self._way_to(page) if page != self.page else ""
        return Markup(f"[note {mark('number', page.kind, page.key, label)}]({target}#fnref:{label})")

    def words(self, key: str, form: str) -> Markup:
        """Return a source in the words of the edition's style: "first" or "bibliography"."""
        return Markup(mark("words", key, form))

    def linked_words(self, key: str, form: str) -> Markup:
        """Return the same, as a link to the source's page."""
        return Markup(mark("words", key, form, self._way_to(PageId("source", key))))

    def sheets(self, key: str) -> tuple[Sheet, ...]:
        """Return what rests on a source, by page: on its own, and on others where that is too much for one."""
        return cut_into_sheets(self.linked, key)

    def rows(self, sheet: Sheet) -> list[tuple[str, str, Markup]]:
        """Return the cites of a source on a page, in the order of the places cited: place, statement, where that is."""
        return [self._row_of(backlink) for backlink in sheet.backlinks]

    def span_of(self, sheet: Sheet) -> str:
        """Return which places of a source a page is about: "n. 1 to n. 22, and as a whole"."""
        places = [backlink.cite for backlink in sheet.backlinks if backlink.cite.locator is not None]
        ends = dict.fromkeys(self.locator(cite) for cite in (*places[:1], *places[-1:]))
        wholes = [self.locator(one.cite) for one in sheet.backlinks[-1:] if one.cite.locator is None]
        return ", and ".join([" to ".join(ends), *wholes] if ends else wholes)

    def way_to_sheet(self, sheet: Sheet) -> Markup:
        """Return a link to a page of what rests on a source; its name alone on the page itself."""
        span = words.escape(self.span_of(sheet))
        if sheet.path == self.path:
            return Markup(f"**{span}**")
        return Markup(f"[{span}]({relative(sheet.path, self.path)})")

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

    def namings(self, field: str, kind: str = "") -> tuple[Record[Model], ...]:
        """Return the records that name this one in a field, by date."""
        return self.linked.namings_in(cast(PageId, self.page), field, kind)

    def parts(self) -> tuple[Record[Model], ...]:
        return self.linked.parts.get(cast(PageId, self.page), ())

    def locator(self, cite: Cite) -> str:
        """Return the place in the source that a cite names, e.g. "fl. 9–20", or "as a whole"."""
        return describe_place(cite, self.settings.folio_label)

    def field_note(self, record: Record[Model], *path: str | int) -> Markup:
        """Return a link to the first note called at `path` of another record."""
        found = self.linked.note_index.first_calls.get((record.page, path))
        return self.note_link(record.page, found.label) if found else Markup()

    def file_neighbours(self, record: Record[Source]) -> tuple[Record[Source] | None, Record[Source] | None]:
        """Return the items before and after an item in its file, by folio."""
        parent = self.linked.corpus.sources.get(record.model.part_of or "")
        if parent is None or not record.model.folios:
            return None, None
        items = by_folio(sibling for sibling in self.linked.parts_of(parent) if sibling.model.folios)
        at = items.index(record)
        return items[at - 1] if at else None, items[at + 1] if at + 1 < len(items) else None

    def leaves(self, file: Record[Source]) -> Leaves | None:
        """Return which leaves of a file are known, as a picture and as rows; None if none is."""
        items = {part.key: part.model.folios or () for part in self.linked.parts_of(file)}
        cited = [(key, runs) for key in (file.key, *items) for runs in self._leaves_cited(key)]
        cites = [runs for _, runs in cited]
        # Of a document whose leaves are not known, those that are cited are some.
        some = [(key, run) for key, runs in cited for run in runs if key in items and not items[key]]
        stretches = cover(items.items(), cites, file.model.folios or ())
        if not stretches:
            return None
        gaps = sum(stretch.is_gap for stretch in stretches)
        first, last = stretches[0].leaves.first, stretches[-1].leaves.last
        known = f"{len([key for key, own in items.items() if own])} documents and {len(cites)} citations"
        description = (
            f"Leaves {first} to {last}: {known}, {gaps} {'gap' if gaps == 1 else 'gaps'}. The table has the same."
        )
        rows = [(str(s.leaves), self._lies_there(s, some), str(s.cites) if s.cites else "") for s in stretches]
        return Leaves(Markup(draw(stretches, description)), rows)

    def _leaves_cited(self, key: str) -> Iterator[tuple[Folios, ...]]:
        for backlink in self.linked.backlinks.get(key, ()):
            if backlink.cite.locator and backlink.cite.locator.label == "folio":
                yield parse_folios(backlink.cite.locator.value)

    def _lies_there(self, stretch: Stretch, some: Iterable[tuple[str, Folios]]) -> Markup:
        """Return what lies on leaves of a file; `some` are leaves cited of documents whose extent is not known."""
        if stretch.is_gap:
            return Markup("*nothing known*")
        parts = [self.link("source", key) for key in stretch.items]
        cited = dict.fromkeys(key for key, run in some if run.contains(stretch.leaves))
        parts += [Markup(f"{self.link('source', key)} *(how far it goes is not known)*") for key in cited]
        return Markup(" *and* ").join(parts) if parts else Markup("*not described*")

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

    def times_cited(self, record: Record[Source]) -> str:
        """Return how often a unit and what lies in it are cited, in words; "" if never."""
        count = self.linked.citations_below(record)
        return f"cited {count} times" if count > 1 else "cited once" if count else ""

    def delegates(self, meeting: Record[Meeting], organisation: str) -> Markup:
        """Return who was at the meeting for an organisation, as links; empty where no one is named."""
        parts = self.linked.meeting_links.parts_played(PageId("organisation", organisation), meeting)
        return self.persons(part.person for _, part in parts if part.for_ == organisation and part.person)

    def parts_played(self, meeting: Record[Meeting]) -> list[tuple[int, Participant]]:
        """Return the parts that the person of this page had in a meeting, each with its place in the list of all."""
        return self.linked.meeting_links.parts_played(cast(PageId, self.page), meeting)

    def first_source(self) -> str:
        """Return the key of some source, "" in an edition without one."""
        return next(iter([*self.linked.corpus.sources, *self.linked.corpus.works]), "")

    def lookup_examples(self) -> dict[str, str]:
        """Return footnotes to try on the page of the lookup, by kind."""
        return examples_of(self.linked, lambda key: self.title("source", key))

    def unit_tree(self, unit: Record[Source], depth: int) -> Markup:
        """Return what lies in an archival unit, as a nested list of links."""
        lines = []
        for part in by_folio(self.linked.parts_of(unit)):
            when = f", {words_of_date(part.date)}" if part.date else ""
            place = self._reference_below(part, self.reference(unit))
            rest = " · ".join(one for one in (words.escape(place), self.times_cited(part)) if one)
            rest = f"{when} · {rest}" if rest else when
            lines.append(f"{'    ' * depth}- {self.link('source', part.key)}{rest}")
            below = self.unit_tree(part, depth + 1)
            if below:
                lines.append(below)
        return Markup("\n".join(lines))

    def _reference_below(self, part: Record[Source], whole: str) -> str:
        """Return what a part's reference adds to that of the whole: "fl. 9–20" below its file."""
        reference = self.reference(part)
        rest = reference.removeprefix(whole).lstrip(", ")
        return rest if reference.startswith(f"{whole}, ") else "" if reference == whole else reference

    def works_cited(self) -> list[Markup]:
        """Return what this page cites: archival units by reference, then published works by author."""
        records = [record for key in self._cited if (record := self.linked.corpus.sources.get(key))]
        records.sort(key=lambda record: (sort_text(self.reference(record)), record.key))
        return [
            *map(self._unit_line, records),
            *(self.linked_words(key, "bibliography") for key in self._works_cited),
        ]

    @cached_property
    def _cited(self) -> set[str]:
        calls = self.linked.calls_by_page.get(cast(PageId, self.page), ())
        return {cite.key for call in calls for cite in call.cites}

    @property
    def _works_cited(self) -> list[str]:
        """The keys of the published works that the page cites, by author."""
        return sorted((key for key in self._cited if key in self.works), key=self.shelf.rank_by_author)

    def _unit_line(self, record: Record[Source]) -> Markup:
        reference = self.reference(record)
        return Markup(f"{self.link('source', record.key)}{' · ' if reference else ''}{words.escape(reference)}")

    def times_cited_work(self, key: str) -> str:
        count = len(self.linked.backlinks.get(key, ()))
        return f"cited {count} times" if count > 1 else "cited once" if count else ""

    def doi(self, doi: str) -> Markup:
        """Return a DOI as a link to its resolver."""
        address = words.escape_url(f"https://doi.org/{doi}")
        return Markup(f"[{words.escape(doi)}]({address})")

    def in_front_matter(self, text: str) -> Markup:
        """Return a text as a value of YAML; for a theme that is not ours with its signs of HTML written as such.

        The templates of a site made for MkDocs alone print a title as it is; ours escape (`theme_hooks`).
        """
        shown = html.escape(text) if self.settings.docs_dir else text
        return Markup(json.dumps(shown, ensure_ascii=False))

    def head(self, title: str) -> Markup:
        """Return the tags that describe the page to reference managers, one a line."""
        if self.page is not None and self.page.kind == "source":
            tags = zotero.tags_of_source(self._item(self.page.key), self.imprint.address_of(self.path))
        else:
            tags = zotero.tags_of_page(self.imprint, title, self.path)
        return Markup(zotero.format_tags(tags))

    def _item(self, key: str) -> Item:
        item = item_of_source(self.linked, self.works, key)
        work = self.linked.corpus.works.get(key)
        return print_titles(item, work) if work else item

    def coins(self, keys: Iterable[str]) -> Markup:
        """Return hidden spans that describe published works to reference managers."""
        return Markup("\n".join(span_of(self._item(key)) for key in keys))

    def page_citation(self, title: str) -> Markup:
        """Return the citation of this page of the edition, in the edition's style."""
        return Markup(words.to_markdown(self.imprint.cite_page(title, self.path)))

    def page_offers(self, title: str) -> list[ExportLink]:
        """Return entries for this page of the edition, for reference managers."""
        return self._offers.export_links_of(title, self.path)

    def source_offers(self, key: str) -> list[ExportLink]:
        """Return the files in which a source can be taken along."""
        return export_links_of_source(key, self.path)

    def downloads(self) -> Markup:
        """Return links to the files that hold all sources."""
        ways = ((form.label, relative(f"{DOWNLOADS}.{form.ending}", self.path)) for form in FORMATS.values())
        return Markup(" · ").join(Markup(f"[{label}]({way})") for label, way in ways)

    def offline_editions(self) -> Markup:
        """Return links to this page as a booklet and to the whole edition, where they were made."""
        key = self.page.key if self.page and self.page.kind in ("essay", "meeting") else ""
        booklet = booklet_of(self.settings, key) if key else ""
        links = (
            [f"[this page with its sources as PDF]({relative(f'downloads/{booklet}', self.path)})"] if booklet else []
        )
        if has_downloads(self.settings):
            whole = f"[the whole edition]({relative('downloads/index.md', self.path)})"
            if self.page and (place := self._in_book.get(self.page)):
                here = f"{relative(f'downloads/{place.file}', self.path)}#page={place.page}"
                whole += f" (this is on [{place.where}]({here}) of the book)"
            links.append(whole)
        return Markup("To read offline: " + ", ".join(links) + ".") if links else Markup()

    def table(self, name: str) -> Table:
        """Return the table of a list."""
        return make_table(self.linked, lambda page: self.title(*page), name)

    def lists(self) -> list[str]:
        """Return the lists that the site makes, without the search."""
        return [name for name in INDEXES if name != "search"]
