"""The desk: what the template of one page can ask for.

Everything it gives is Markdown of ours, or text that is escaped when it is printed. It is bound to
one page, because links are relative to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

from markupsafe import Markup

from . import web, words
from .citations import Cite, format_locator
from .corpus import Record
from .csl import Meta
from .downloads import booklet_of, has_downloads
from .edtf import words_of
from .folios import format_folios
from .link import Backlink, LinkedCorpus, Mention, PageId, by_date
from .records import Event, Meeting, Source
from .texts import Text
from .titles import Title, by_folio, sort_text
from .web import mark, path_of, relative
from .yamltree import Path as FieldPath

_KIND_ORDER = ("essay", "meeting", "event", "person", "source", "organisation", "place", "archive", "page")


@dataclass(frozen=True)
class Wanted:
    """A page to be drafted: its path, its template without the ending, and what it shows."""

    path: str
    template: str
    page: PageId | None


@dataclass(frozen=True)
class Group:
    """Things seen from one page: its title and link, and the rows."""

    page: PageId
    rows: tuple[Any, ...]


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

    def backlinks(self, key: str) -> tuple[Backlink, ...]:
        return self.linked.backlinks.get(key, ())

    def mentions(self) -> tuple[Group, ...]:
        """Return what is said elsewhere of this page's record, by page."""
        found = self.linked.mentions.get(cast(PageId, self.page), ())
        return self._group(found, lambda mention: cast(Mention, mention).page)

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
            rest = f"{when} · {words.escape(place)}" if place else when
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

    def _group(self, rows: Iterable[Any], page_of: Callable[[Any], PageId]) -> tuple[Group, ...]:
        by_page: dict[PageId, list[Any]] = {}
        for row in rows:
            by_page.setdefault(page_of(row), []).append(row)
        order = sorted(by_page, key=lambda page: (_KIND_ORDER.index(page.kind), self.titles[page].for_sorting))
        return tuple(Group(page, tuple(by_page[page])) for page in order)

    def downloads(self) -> Markup:
        """Return links to this page as a booklet and to the whole edition, where they were made."""
        key = self.page.key if self.page and self.page.kind in ("essay", "meeting") else ""
        booklet = booklet_of(self.settings, key) if key else ""
        links = (
            [f"[this page with its sources as PDF]({relative(f'downloads/{booklet}', self.path)})"] if booklet else []
        )
        if has_downloads(self.settings):
            links.append(f"[the whole edition]({relative('downloads/index.md', self.path)})")
        return Markup("To read offline: " + ", ".join(links) + ".") if links else Markup()

    def web_address(self) -> str:
        """Return the page's address on the web, if the edition has one."""
        if not self.settings.site_url:
            return ""
        address = self.path.removesuffix(".md").removesuffix("index")
        return self.settings.site_url.rstrip("/") + "/" + (f"{address.rstrip('/')}/" if address else "")
