"""Makes the entry of a record in a book or e-book: what its web page says, as a tree.

What only the web has (cards, lists of all statements that rest on a source) is left out; what only
print needs (pages on which a source is cited) is asked for. Knows nothing of order, numbers and outputs.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..edition.links import LinkedCorpus
from ..edition.orders import by_date, by_folio
from ..edition.titles import Title, title_of, title_of_work
from ..markup.prose import clean, read_line, read_prose
from ..markup.tree import (
    Block,
    Blocks,
    CitedAt,
    Facts,
    Foot,
    Foreign,
    Heading,
    Inline,
    Inlines,
    Items,
    Named,
    Paragraph,
    Reference,
    Table,
    map_lines,
)
from ..reading.corpus import Essay, Record
from ..reading.records import Archive, Dispute, Event, Meeting, Model, Organisation, Person, Place, Source
from ..reading.texts import Text
from ..reading.yamltree import Path as FieldPath
from ..values.citations import describe_place, format_locator
from ..values.date_words import words_of_date
from ..values.dates import Edtf
from ..values.folios import format_folios
from ..values.metadata import Meta
from ..values.page_id import PageId
from ..values.words import Run, curl

# The languages of titles as records name them, by their BCP 47 tags; a tag stands for itself.
_LANGUAGES = {
    "albanian": "sq", "russian": "ru", "chinese": "zh", "german": "de", "french": "fr", "english": "en",
    "romanian": "ro", "italian": "it", "polish": "pl", "serbian": "sr", "bulgarian": "bg",
}  # fmt: skip

# What a reader of print may want to turn to in the middle of a sentence; the rest has an index.
_SHOWN = frozenset({"meeting", "event", "essay"})


@dataclass(frozen=True)
class Entry:
    """A record as it stands in a book. `head`: its name and date, for the top of the page."""

    page: PageId
    title: str
    head: str
    blocks: Blocks
    depth: int = 0  # below another entry: the items of a file


@dataclass(frozen=True)
class EntryMaker:
    """Makes the entries of a book that holds `pages`; what lies outside of it is not pointed to."""

    linked: LinkedCorpus
    titles: Mapping[PageId, Title]
    pages: Collection[PageId]

    def make(self, page: PageId, depth: int = 0) -> Entry:
        """Return the entry of the record, essay or published work."""
        leaf = _Leaf(self, page)
        record = self.linked.record(page)
        title = curl(clean(self.titles[page].text))
        if record is None:
            return Entry(page, title, title, tuple(_work(leaf)), depth)
        blocks = _show_first_pages(tuple(_MAKERS[page.kind](leaf, record)), page, self.pages)
        head = ", ".join(part for part in (title, _date(record.date)) if part)
        return Entry(page, title, head, blocks, depth)


def titles_of(linked: LinkedCorpus, works: Mapping[str, Meta]) -> dict[PageId, Title]:
    """Return what every record and published work is called."""
    titles = {record.page: Title(title_of(record)) for record in linked.corpus.records()}
    for key, work in linked.corpus.works.items():
        titles[PageId("source", key)] = Title(title_of_work(work, works.get(key, {})))
    return titles


def _show_first_pages(blocks: Blocks, own: PageId, pages: Collection[PageId]) -> Blocks:
    """Return the blocks in which the first link to each meeting, event and essay says on which page that is."""
    seen = {own}

    def change(line: Inlines) -> Inlines:
        changed: list[Inline] = []
        for inline in line:
            is_first = isinstance(inline, Reference) and inline.page in pages and inline.page not in seen
            if isinstance(inline, Reference) and is_first and inline.page.kind in _SHOWN:
                seen.add(inline.page)
                inline = Reference(inline.words, inline.page, True)  # noqa: PLW2901
            changed.append(inline)
        return tuple(changed)

    return map_lines(blocks, change)


class _Leaf:
    """One record, and the small questions that its entry asks of the edition."""

    def __init__(self, maker: EntryMaker, page: PageId) -> None:
        self.linked, self.page, self._maker = maker.linked, page, maker
        self._record = record = maker.linked.record(page)
        texts = record.texts if record else maker.linked.corpus.work_texts[page.key]
        self._texts: Mapping[FieldPath, Text] = {path: text for path, _, text in texts}

    def prose(self, *path: str | int, level: int = 0, role: str = "") -> Blocks:
        text = self._texts.get(path)
        blocks = read_prose(self.linked, self.page, path, text) if text else ()
        return tuple(_place_block(block, level, role) for block in blocks)

    def line(self, *path: str | int) -> Inlines:
        text = self._texts.get(path)
        return read_line(self.linked, self.page, path, text) if text else ()

    def calls(self, *path: str | int) -> Inlines:
        text = self._texts.get(path)
        found = [piece for block in text.blocks for piece in block.citations] if text else []
        labels = (self.linked.note_index.labels_by_place.get((self.page, path, piece.offset)) for piece in found)
        return tuple(Foot(label) for label in labels if label)

    def link(self, kind: str, key: str | None, *, shows_page: bool = False) -> Inlines:
        """Return the title of a record, leading to its entry."""
        if not key:
            return ()
        page = PageId(kind, key)
        title = self._maker.titles.get(page)
        return (Reference((Run(curl(clean(title.text)) if title else key),), page, shows_page),)

    def links(self, kind: str, keys: Iterable[str], *, shows_page: bool = False) -> Inlines:
        return _separate([self.link(kind, key, shows_page=shows_page) for key in keys], "; ")

    def person(self, key_or_name: str) -> Inlines:
        if key_or_name in self.linked.corpus.persons:
            return self.link("person", key_or_name)
        return of_text(key_or_name)

    def dated(self, record: Record[Model]) -> Inlines:
        """Return a record's title and date, with the page of its entry."""
        when = _runs(f", {words_of_date(record.date)}" if record.date else "")
        return (Reference((*_runs(title_of(record)), *when), record.page, True),)

    def source_line(self, record: Record[Source]) -> Inlines:
        reference = self.linked.holdings.reference_of(record)
        return (*self.dated(record), *of_text(f" · {reference}" if reference else ""))

    def cited(self) -> Inlines:
        """Return the places of a source that are cited, and on which pages."""
        found = [link for link in self.linked.backlinks.get(self.page.key, ()) if link.call.page in self._maker.pages]
        if self._record is None:
            return (CitedAt(self.page.key),) if found else ()
        places = {
            place_of(link.cite): describe_place(link.cite, self.linked.corpus.settings.folio_label) for link in found
        }
        parts = [(Run(f"{clean(name)}: "), CitedAt(self.page.key, place)) for place, name in places.items()]
        return _separate(parts, "; ")


def place_of(cite: object) -> str:
    """Return by what the cites of one place in a source are known, e.g. "fl. 9–20"; "" as a whole."""
    locator = getattr(cite, "locator", None)
    return format_locator(locator) if locator else "-"


def of_text(text: str) -> Inlines:
    """Return plain text as a line."""
    return _runs(text)


def _runs(text: str) -> tuple[Run, ...]:
    shown = curl(clean(text))
    return (Run(shown),) if shown.strip() else ()


def _place_block(block: Block, level: int, role: str) -> Block:
    if isinstance(block, Heading):
        return Heading(block.level + level, block.content)
    return Paragraph(block.content, role) if isinstance(block, Paragraph) and role else block


def _separate(parts: Sequence[Inlines], sign: str) -> Inlines:
    line: list[Inline] = []
    for part in parts:
        line += [Run(sign)] if line and part else []
        line += part
    return tuple(line)


def _date(date: Edtf | None) -> str:
    return words_of_date(date) if date else ""


def _facts(*rows: tuple[str, Inlines]) -> Blocks:
    kept = tuple(row for row in rows if row[1])
    return (Facts(kept),) if kept else ()


def _section(title: str, blocks: Iterable[Block], level: int = 1) -> Blocks:
    kept = tuple(blocks)
    return (Heading(level, of_text(title)), *kept) if kept else ()


def _list(lines: Iterable[Inlines]) -> Blocks:
    items = tuple((Paragraph(line),) for line in lines if line)
    return (Items(items),) if items else ()


def _disputes(leaf: _Leaf, disputes: Sequence[Dispute], level: int = 1) -> Iterable[Block]:
    if disputes:
        yield Heading(level, of_text("Where accounts differ"))
    for at, dispute in enumerate(disputes):
        yield Heading(level + 1, of_text(dispute.question))
        rows = []
        for index in range(len(dispute.positions)):
            path = ("disputes", at, "positions", index)
            rows.append(((Run(f"{chr(97 + index % 26)}"),), (*leaf.line(*path, "claim"), *leaf.calls(*path, "cite"))))
        yield Table(("", "What is said"), tuple(rows), (0, 1))
        yield from leaf.prose("disputes", at, "comment", role="small")


def _meeting(leaf: _Leaf, record: Record[Meeting]) -> Iterable[Block]:
    m = record.model
    before, after = leaf.linked.meeting_links.neighbours(record)
    yield from _facts(
        ("Date", of_text(_date(m.date))),
        ("Place", leaf.link("place", m.place)),
        ("Kind", of_text(m.kind)),
        ("Host", leaf.link("organisation", m.host)),
        ("Part of", leaf.links("meeting", (r.key for r in leaf.linked.chain(record)), shows_page=True)),
        ("Before it", leaf.links("meeting", (r.key for r in before), shows_page=True)),
        ("After it", leaf.links("meeting", (r.key for r in after), shows_page=True)),
        ("See also", leaf.links("meeting", m.see_also, shows_page=True)),
        ("Also called", of_text("; ".join(m.variants))),
    )
    yield from leaf.prose("summary", level=1)
    rows = []
    for index, part in enumerate(m.participants):
        name = leaf.person(part.person) if part.person else leaf.link("organisation", part.organisation)
        calls = leaf.calls("participants", index, "cite")
        for_ = leaf.link("organisation", part.for_)
        rows.append((name, for_, of_text(part.role), (*of_text(part.attendance), *calls)))
    if rows:
        yield from _section("Who was there", [Table(("Name", "For", "Part", "Attendance"), tuple(rows), (5, 5, 6, 3))])
    yield from _section("What happened", leaf.prose("account", level=1))
    yield from _section("Outcome", leaf.prose("outcome", level=1))
    yield from _disputes(leaf, m.disputes)
    yield from _section("Its parts", _list(leaf.dated(r) for r in by_date(leaf.linked.parts_of(record))))
    yield from _section("Events", _list(leaf.dated(r) for r in leaf.linked.namings_in(leaf.page, "meetings", "event")))
    documents = leaf.linked.meeting_links.sources_of(leaf.page.key)
    yield from _section("Documents", _list(leaf.source_line(r) for r in documents))


def _event(leaf: _Leaf, record: Record[Event]) -> Iterable[Block]:
    m = record.model
    yield from _facts(
        ("Date", of_text(_date(m.date))),
        ("Place", leaf.link("place", m.place)),
        ("Kind", of_text(m.kind)),
        ("Meetings", leaf.links("meeting", m.meetings, shows_page=True)),
        ("Also called", of_text("; ".join(m.variants))),
    )
    yield from leaf.prose("account", level=1)
    yield from _disputes(leaf, m.disputes)


def _person(leaf: _Leaf, record: Record[Person]) -> Iterable[Block]:
    m = record.model
    yield from _facts(
        ("Native script", of_text(m.name.native)),
        ("Also written", of_text(", ".join(m.variants))),
        ("Born", of_text(_date(m.born))),
        ("Died", of_text(_date(m.died))),
    )
    offices = []
    for index, held in enumerate(m.affiliations):
        time = f", {_date(held.from_)}–{_date(held.to)}" if held.from_ or held.to else ""
        time = time or (f" (as of {_date(held.date)})" if held.date else "")
        calls = leaf.calls("affiliations", index, "cite")
        offices.append(
            (*of_text(f"{held.office}, "), *leaf.link("organisation", held.organisation), *of_text(time), *calls)
        )
    yield from _section("Offices", _list(offices))
    yield from _section("In this story", leaf.prose("biography", level=1))
    yield from _disputes(leaf, m.disputes)
    rows = []
    for meeting in leaf.linked.meeting_links.of_person(leaf.page.key):
        model = meeting.model
        title = leaf.link("meeting", meeting.key, shows_page=True)
        for _, part in leaf.linked.meeting_links.parts_played(leaf.page, meeting):
            rows.append((of_text(_date(model.date)), title, of_text(part.role), of_text(part.attendance)))
    if rows:
        yield from _section("Meetings", [Table(("Date", "Meeting", "Part", "Attendance"), tuple(rows), (4, 7, 6, 3))])
    yield from _section("Wrote", _list(leaf.source_line(r) for r in leaf.linked.units_naming(leaf.page, "author")))
    yield from _section(
        "Received", _list(leaf.source_line(r) for r in leaf.linked.units_naming(leaf.page, "recipient"))
    )


def _source(leaf: _Leaf, record: Record[Source]) -> Iterable[Block]:
    m = record.model
    holding = leaf.linked.holdings.holding_of(record)
    folio = holding.folio_label if holding else ""
    if m.level == "item":
        yield Paragraph((Named(leaf.page.key, "first"), Run(".")), "reference")
    language = _LANGUAGES.get(m.language.lower(), m.language)
    kind = m.type if m.level in ("item", m.type) else f"{m.type} ({m.level})"
    yield from _facts(
        ("Original title", (Foreign(clean(m.original_title), language, ("em",)),) if m.original_title else ()),
        ("Reference", of_text(leaf.linked.holdings.reference_of(record)) if m.level != "item" else ()),
        ("Type", of_text(kind) if m.level == "item" else ()),
        ("Author", _separate([leaf.person(name) for name in m.author], ", ")),
        ("Recipient", _separate([leaf.person(name) for name in m.recipient], ", ")),
        ("Date", of_text(_date(m.date))),
        ("Place", leaf.link("place", m.place)),
        ("Language", of_text(m.language)),
        ("Meetings", leaf.links("meeting", m.meetings, shows_page=True)),
        ("Also described as", of_text("; ".join(m.variants))),
        ("Seen", _seen(leaf, m.seen)),
        ("Cited", leaf.cited()),
    )
    yield from leaf.prose("description", level=1)
    copies = []
    for index, witness in enumerate(m.witnesses):
        folios = f"{folio} {format_folios(witness.folios)}" if witness.folios else ""
        parts: list[Inlines] = [
            of_text(f"{witness.kind}: {witness.description}" if witness.description else witness.kind),
            leaf.link("source", witness.part_of, shows_page=True),
            of_text(folios),
            leaf.link("source", witness.published_in),
            of_text(witness.pages),
        ]
        copies.append((*_separate(parts, ", "), *leaf.calls("witnesses", index, "via")))
    yield from _section("Other copies and editions", _list(copies))
    yield from _disputes(leaf, m.disputes)
    contents = by_folio(leaf.linked.parts_of(record))
    if m.level != "item" and contents:
        yield from _section("What is in it", [_contents(leaf, record, contents, folio)])


def _contents(leaf: _Leaf, unit: Record[Source], parts: Sequence[Record[Source]], folio: str) -> Table:
    rows = []
    whole = leaf.linked.holdings.reference_of(unit)
    for part in parts:
        source = part.model
        place = f"{folio} {format_folios(source.folios)}" if source.folios else ""
        if not place and source.level != "item":
            place = leaf.linked.holdings.reference_of(part).removeprefix(whole).lstrip(", ")  # what the part adds to it
        place = place or "–"
        rows.append((of_text(place), leaf.dated(part)))
    return Table(("Place", "Document"), tuple(rows), (1, 4))


def _seen(leaf: _Leaf, how: str) -> Inlines:
    if how == "via":
        return (*of_text("not by us; known through the work in the note"), *leaf.calls("via"))
    return of_text(f"by us, in the {how}")


def _work(leaf: _Leaf) -> Iterable[Block]:
    work = leaf.linked.corpus.works[leaf.page.key]
    yield Paragraph((Named(leaf.page.key, "bibliography"), *_via(leaf, work.seen), *_cited_in_print(leaf)), "entry")
    yield from leaf.prose("annotation", level=1, role="annotation")


def _via(leaf: _Leaf, how: str) -> Inlines:
    return (*of_text(" Not seen by us."), *leaf.calls("via")) if how == "via" else ()


def _cited_in_print(leaf: _Leaf) -> Inlines:
    found = leaf.cited()
    return (Run(" — Cited: "), *found) if found else ()


def _organisation(leaf: _Leaf, record: Record[Organisation]) -> Iterable[Block]:
    m = record.model
    whole = leaf.linked.chain(record)
    yield from _facts(
        ("Abbreviation", of_text(m.abbreviation)),
        ("Seat", leaf.link("place", m.place)),
        ("Also written", of_text(", ".join(m.variants))),
        ("Part of", leaf.links("organisation", (r.key for r in whole))),
    )
    yield from leaf.prose("description", level=1)


def _place(leaf: _Leaf, record: Record[Place]) -> Iterable[Block]:
    m = record.model
    yield from _facts(
        ("Also written", of_text(", ".join(m.variants))),
        ("Part of", leaf.links("place", (r.key for r in leaf.linked.chain(record)))),
    )
    yield from leaf.prose("description", level=1)


def _archive(leaf: _Leaf, record: Record[Archive]) -> Iterable[Block]:
    m = record.model
    yield from _facts(
        ("In English", of_text(m.english)),
        ("Abbreviation", of_text(m.abbreviation)),
        ("Place", leaf.link("place", m.place)),
        ("Also written", of_text(", ".join(m.variants))),
    )
    yield from leaf.prose("description", level=1)


def _essay(leaf: _Leaf, record: Record[Essay]) -> Iterable[Block]:
    m = record.model
    if m.summary and leaf.page.kind == "essay":
        yield Paragraph(of_text(m.summary), "lead")
    yield from leaf.prose("body")


_MAKERS: dict[str, Callable[[_Leaf, Record[Any]], Iterable[Block]]] = {
    "meeting": _meeting, "event": _event, "person": _person, "source": _source, "organisation": _organisation,
    "place": _place, "archive": _archive, "essay": _essay, "page": _essay,
}  # fmt: skip
