"""Drafts every page from its Jinja2 template: all of it but note numbers and a style's words.

A template asks for texts, links and lists through `Desk`; whatever it prints that is not already
Markdown of ours is escaped, so a template cannot forget to.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any, cast

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PackageLoader, StrictUndefined
from markupsafe import Markup

from . import web, words
from .citations import Cite, format_locator
from .corpus import Essay, Record
from .csl import Meta
from .edtf import Edtf, words_of
from .folios import Folios, format_folios
from .link import Backlink, LinkedCorpus, Mention, PageId, by_date, display_name, sort_name
from .records import Meeting, Person, Source
from .texts import Text, plain_text
from .web import mark, path_of, relative
from .yamltree import Path as FieldPath

INDEXES = ("meetings", "persons", "sources", "places", "organisations", "archives", "essays")
_KIND_ORDER = ("essay", "meeting", "person", "source", "organisation", "place", "archive", "page")


@dataclass(frozen=True)
class Draft:
    """A page with marks in it. `page` is None for an index, which has no notes of its own."""

    path: str
    page: PageId | None
    text: str


@dataclass(frozen=True)
class Wanted:
    """A page to be drafted: its path, its template without the ending, and what it shows."""

    path: str
    template: str
    page: PageId | None


@dataclass(frozen=True)
class Title:
    """What a page is called."""

    text: str

    @cached_property
    def escaped(self) -> str:
        return words.escape(self.text)

    @cached_property
    def for_sorting(self) -> str:
        return sort_text(self.text)


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
        if record is None:
            return {("via",): self.linked.works_text[self.page.key]}
        return {path: text for path, _, text in record.texts}

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

    def web_address(self) -> str:
        """Return the page's address on the web, if the edition has one."""
        if not self.settings.site_url:
            return ""
        address = self.path.removesuffix(".md").removesuffix("index")
        return self.settings.site_url.rstrip("/") + "/" + (f"{address.rstrip('/')}/" if address else "")


def draft_pages(linked: LinkedCorpus, works: Mapping[str, Meta]) -> list[Draft]:
    """Return a draft of every page of the edition, in the order of paths."""
    environment = _environment(linked.corpus.settings.root)
    wanted = {"index.md": Wanted("index.md", "home", None)}
    wanted |= {f"{name}/index.md": Wanted(f"{name}/index.md", name, None) for name in INDEXES}
    titles = {}
    for record in linked.corpus.records():
        page = PageId(record.kind, record.key)
        template = "essay" if isinstance(record.model, Essay) else record.kind
        wanted[path_of(page)] = Wanted(path_of(page), template, page)
        titles[page] = Title(title_of(record))
    for key in linked.corpus.works:
        page = PageId("source", key)
        wanted[path_of(page)] = Wanted(path_of(page), "work", page)
        titles[page] = Title(work_title(works.get(key, {})) or key)
    return [_draft(environment, one.template, Desk(linked, works, titles, one)) for _, one in sorted(wanted.items())]


def _draft(environment: Environment, template: str, desk: Desk) -> Draft:
    linked, page = desk.linked, desk.page
    record = linked.record(page) if page else None
    values: dict[str, Any] = {"desk": desk, "page": page, "record": record, "m": record.model if record else None}
    if page and record is None:
        values["work"] = linked.corpus.works[page.key]
    text = environment.get_template(f"{template}.md.j2").render(values)
    return Draft(desk.path, page, text)


@cache
def _environment(root: Path) -> Environment:
    # An edition may put its own templates, of the same names, into templates/.
    loader = ChoiceLoader([FileSystemLoader(root / "templates"), PackageLoader("dosje")])
    environment = Environment(
        loader=loader,
        autoescape=True,
        finalize=_finalize,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        date=lambda value: words_of(value) if value else "",
        folios=lambda value: format_folios(value) if value else "",
        title=title_of,
        sort_title=sort_title_of,
        by_name=lambda records: sorted(records, key=lambda r: (sort_text(sort_title_of(r)), r.key)),
        by_date=by_date,
        by_folio=by_folio,
        yaml=lambda text: Markup(json.dumps(str(text), ensure_ascii=False)),
        plain=_plain,
        page_id=lambda record: PageId(record.kind, record.key),
        year=_year_of,
    )
    environment.globals.update(PageId=PageId)
    return environment


def by_folio(records: Iterable[Record]) -> list[Record]:
    """Return archival units in the order of the archive: by file number, first folio, date, key."""

    def sort_key(record: Record) -> tuple[Any, ...]:
        source = cast(Source, record.model)
        file = [int(n) for n in re.findall(r"\d+", source.file)]
        leaf = source.folios[0] if source.folios else None
        date = source.date.sort_key() if source.date else ()
        return source.year, file, source.file, leaf is None, leaf or Folios(1, 1), date, record.key

    return sorted(records, key=sort_key)


def _finalize(value: Any) -> Any:
    if value is None:
        return Markup()
    return value if isinstance(value, Markup) else Markup(words.escape(str(value)))


def _plain(text: Text) -> str:
    return " ".join(plain_text(block.pieces) for block in text.statements)


def _year_of(value: Edtf | None) -> str:
    return str(value.bounds()[0].year) if value else "undated"


def title_of(record: Record) -> str:
    """Return what the record is called on its page and in links."""
    model = record.model
    if isinstance(model, Person):
        return display_name(model.name) or record.key
    return str(getattr(model, "title", "") or getattr(model, "name", "") or record.key)


def sort_title_of(record: Record) -> str:
    """Return what the record is called in an index."""
    return sort_name(record.model.name) if isinstance(record.model, Person) else title_of(record)


def work_title(meta: Meta) -> str:
    """Return the title of a published work, as text."""
    title = meta.get("title")
    if not title:
        return ""
    return str(title["c"]) if title["t"] == "MetaString" else words.plain(words.read_pandoc(title["c"]))


def sort_text(text: str) -> str:
    """Return `text` so that letters with diacritics stand beside their plain letters."""
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()
