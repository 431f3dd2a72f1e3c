"""Puts a book together for PDF and EPUB: which records it holds, in which order, with which notes.

A book is the whole edition, a volume of it, an essay, or a meeting with its persons and sources. Each is a set of
records, and its notes are placed anew. Knows nothing of outputs.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from ..citing.alike import tell_apart
from ..citing.forms import Form
from ..citing.note_rules import rules_of_notes
from ..citing.notes import forms_of
from ..citing.styles import Style
from ..citing.wording import SourceWords
from ..edition.links import LinkedCorpus
from ..edition.orders import by_date, in_list
from ..edition.pages import HOME, path_of
from ..edition.source_lists import SourceLists
from ..edition.titles import sort_text, sort_title_of
from ..exporting.imprint import Imprint, make_imprint
from ..markup.tree import Named, Picture, Reference, feet_of, inlines_of
from ..reading.corpus import Record
from ..reading.fields import Model
from ..reading.kinds import KINDS, is_indexed
from ..reading.settings import Settings
from ..reading.source_records import Source
from ..values.page_id import PageId
from ..values.typography import curl_words
from ..values.words import Words
from ..views.view import PRINT
from ..views.view_maker import ViewMaker
from .appendices import Appendix, make_appendices
from .entries import BookEntry, EntryMaker
from .footnotes import Footnote, NoteId, place_footnotes, placed_notes, word_footnotes

# The kinds that stand in the index of a book. Records of other kinds are found by their order.


@dataclass(frozen=True)
class Part:
    """A part of a book: a chapter of prose, or records in their order.

    `kind`: "chapter", "records" or "list". `new_pages`: each entry begins a page and numbers its notes anew.
    """

    title: str
    kind: str
    entries: tuple[BookEntry, ...]
    new_pages: bool = False
    key: str = ""  # of a part of records, what they are: "meetings"


@dataclass(frozen=True)
class IndexLine:
    """A line of the index: a name and its record. `see`: for a spelling, the name under which the record stands."""

    name: str
    page: PageId
    see: str = ""


@dataclass(frozen=True)
class Book:
    """All that an output needs: parts in their order, the notes by their calls, and the lists at the end."""

    key: str  # of the file: the name of the edition, or of the record that a booklet is about
    number: int  # of the volume, 0 where the work is one book
    title: str
    subtitle: str
    settings: Settings
    imprint: Imprint
    citation: Words  # how it is cited, in the edition's style
    parts: tuple[Part, ...]
    notes: Mapping[NoteId, Footnote]
    named: Mapping[tuple[str, str], Words]
    appendices: tuple[Appendix, ...]
    index: tuple[IndexLine, ...]

    @property
    def pages(self) -> frozenset[PageId]:
        return frozenset(entry.page for part in self.parts for entry in part.entries)

    @property
    def pictures(self) -> dict[Picture, Path]:
        """The pictures of the texts, and where their files lie."""
        blocks = (block for part in self.parts for entry in part.entries for block in entry.blocks)
        found = (inline for line in inlines_of(blocks) for inline in line if isinstance(inline, Picture))
        return {picture: self.settings.root / "content" / picture.path for picture in found}


class BookMaker:
    """Makes the books of an edition: the whole, its volumes, and booklets. What they share is found only once."""

    def __init__(self, linked: LinkedCorpus, style: Style) -> None:
        self._linked = linked
        self._sources = sources = SourceWords(linked, style)
        self._imprint = make_imprint(linked.corpus.settings, style)
        self._lists = SourceLists(linked, sources.works)
        self._views = ViewMaker(linked, sources.works, source_lists=self._lists)
        self._order = _order(linked, self._lists)
        # Of each record its part of the book, its place in that part, and its depth below another record.
        self._place_of = {
            page: (number, at, depth)
            for number, (*_, places) in enumerate(self._order)
            for at, (page, depth) in enumerate(places)
        }

    def make(
        self, cut: PageId | None = None, *, volume: Collection[PageId] = (), number: int = 0, face: str = PRINT
    ) -> Book:
        """Return the book of the whole edition or of a volume, or the booklet about the record `cut`.

        `number`: of the volume, 0 where the edition is one book. `face`: PRINT or EBOOK. Raises PandocError.
        """
        linked, imprint, titles = self._linked, self._imprint, self._views.titles
        wanted = frozenset(_cut(linked, cut) if cut else volume or self._place_of)
        maker = EntryMaker(linked, self._views, wanted, face)
        parts = tuple(self._parts(maker, wanted, cut))
        settings = linked.corpus.settings
        notes, named = _note(linked, self._sources, parts)
        return Book(
            key=cut.key if cut else f"edition-{number}" if number else "edition",
            number=number,
            title=titles[cut].shown if cut else settings.site_name,
            subtitle=_subtitle(settings, number, is_cut=cut is not None),
            settings=settings,
            imprint=imprint,
            citation=imprint.cite_page(titles[cut].text, path_of(cut)) if cut else _cite_whole(imprint, number),
            parts=parts,
            notes=notes,
            named=named,
            appendices=make_appendices(linked, wanted, is_whole=cut is None),
            index=tuple(_index(linked, wanted, parts)),
        )

    def _parts(self, maker: EntryMaker, wanted: Collection[PageId], cut: PageId | None) -> Iterable[Part]:
        place_of = self._place_of
        # The record that a booklet is about stands first in its part.
        found = sorted(
            (page for page in wanted if page in place_of),
            key=lambda page: (place_of[page][0], page != cut, place_of[page][1]),
        )
        for number, pages in groupby(found, key=lambda page: place_of[page][0]):
            key, title, kind, new_pages, _ = self._order[number]
            yield Part(title, kind, tuple(maker.make(page, place_of[page][2]) for page in pages), new_pages, key)

    @property
    def size(self) -> float:
        """About how many pages the whole edition has, without its index."""
        return sum(map(self._size_of, self._place_of))

    def _size_of(self, page: PageId) -> float:
        # Measured on the first editions: the space of an entry, of each of its notes, and of each line about what a
        # person took part in.
        lines = len(self._linked.meeting_links.of_person(page.key)) if page.kind == "person" else 0
        return 0.25 + 0.12 * len(self._linked.calls_by_page.get(page, ())) + 0.04 * lines

    def volumes(self, count: int) -> list[frozenset[PageId]]:
        """Return the records of each volume, in order. Volumes are of like size; an item stays with its file."""
        share = self.size / count
        volumes: list[list[PageId]] = [[]]
        filled = 0.0
        for page, (_, _, depth) in self._place_of.items():
            if filled >= share * len(volumes) and depth == 0:
                volumes.append([])
            volumes[-1].append(page)
            filled += self._size_of(page)
        return [frozenset(volume) for volume in volumes]


def _subtitle(settings: Settings, number: int, *, is_cut: bool) -> str:
    if is_cut:
        return settings.phrases("book.from", edition=settings.site_name)
    return settings.phrases("book.volume", number=number) if number else settings.description


def _cite_whole(imprint: Imprint, number: int) -> Words:
    title = imprint.phrases("book.title-volume", title=imprint.name, number=number) if number else imprint.name
    return imprint.cite_page(title, HOME)


def cuts_of(linked: LinkedCorpus) -> list[PageId]:
    """Return the records about which a booklet can be made: essays and meetings."""
    kinds = sorted((kind for kind in KINDS.values() if kind.has_booklet), key=lambda kind: kind.rank)
    return [PageId(kind.name, key) for kind in kinds for key in linked.corpus.by_kind[kind.name]]


_Places = list[tuple[PageId, int]]
_Order = list[tuple[str, str, str, bool, _Places]]


def _order(linked: LinkedCorpus, lists: SourceLists) -> _Order:
    """Return key, title, kind, whether entries begin a page, and the records with their depth, of every part.

    Pages stand before the essays. Those with an `order`, such as the imprint, are the last of the book.
    """
    corpus = linked.corpus
    prose = [r for r in corpus.pages.values() if r.key != "index"]
    first = [r for r in prose if not r.model.order]
    last = sorted((r for r in prose if r.model.order), key=lambda r: (r.model.order, r.key))
    essays = sorted(corpus.essays.values(), key=lambda r: (r.model.order, r.key))
    archives = _places(_by_name(corpus.archives.values()))
    for top in lists.top_units():
        _add_unit(linked, top, archives)
    parts = {}
    for kind in sorted(KINDS.values(), key=lambda kind: kind.rank):
        if kind.kept_in != "prose" and kind.name not in ("source", "archive"):
            records = corpus.by_kind[kind.name].values()
            parts[kind.plural] = _places(by_date(records) if kind.happens else _by_name(records))
    parts["sources"] = archives
    order: _Order = [("", r.model.title, "chapter", True, [(r.page, 0)]) for r in (*first, *essays)]
    for key, places in parts.items():
        order.append((key, linked.phrases(f"book.part-{key}"), "records", key == "meetings", places))
    for title, keys in lists.works_by_class():
        order.append(("", title, "list", False, [(PageId("source", key), 0) for key in keys]))
    return [*order, *(("", r.model.title, "chapter", True, [(r.page, 0)]) for r in last)]


def _add_unit(linked: LinkedCorpus, unit: Record[Source], places: _Places) -> None:
    """Add an archival unit and all in it: items below their file, in the order of folios."""
    parts = in_list(linked.parts_of(unit))
    role_of = linked.holdings.role_of
    is_item = role_of(unit) == "item"
    places.append((unit.page, 1 if is_item and linked.chain(unit) else 0))
    # Items come first. After a smaller unit they would seem to lie in it.
    for part in sorted(parts, key=lambda p: role_of(p) != "item"):
        _add_unit(linked, part, places)


def _by_name(found: Iterable[Record[Model]]) -> list[Record[Model]]:
    return sorted(found, key=lambda r: (sort_text(sort_title_of(r)), r.key))


def _places(found: Iterable[Record[Model]]) -> _Places:
    return [(record.page, 0) for record in found]


def _cut(linked: LinkedCorpus, page: PageId) -> frozenset[PageId]:
    """Return an essay or meeting and the sources it cites, and of a meeting also its parts, persons and documents."""
    pages = {page}
    if page.kind == "meeting":
        meeting = linked.corpus.meetings.get(page.key)
        for record in (meeting, *linked.parts_of(meeting)) if meeting else ():
            pages.add(record.page)
            pages |= {PageId("person", part.person) for part in record.model.participants if part.person}
            pages |= {source.page for source in linked.meeting_links.sources_of(record.key)}
    for told in [p for p in pages if p.kind in ("meeting", "essay")]:
        pages |= {PageId("source", cite.key) for call in linked.calls_by_page[told] for cite in call.cites}
    for source in [p for p in pages if p.kind == "source"]:
        unit = linked.corpus.sources.get(source.key)
        pages |= {whole.page for whole in linked.chain(unit)} if unit else set()
    return frozenset(pages)


def _note(
    linked: LinkedCorpus, sources: SourceWords, parts: Sequence[Part]
) -> tuple[dict[NoteId, Footnote], dict[tuple[str, str], Words]]:
    """Return the notes of the book, and the words of the sources that it names."""
    units, index = [], linked.note_index
    for part in parts:
        rows = [
            (
                entry.page,
                [index.calls_by_label[entry.page, x] for x in index.with_inner(entry.page, feet_of(entry.blocks))],
            )
            for entry in part.entries
        ]
        units += [[row] for row in rows] if part.new_pages else [rows]
    style = sources.style
    starts_anew = "first-reference-note-number" in style.xml
    notes = place_footnotes(
        units,
        rules_of_notes(linked),
        starts_anew=starts_anew,
        tell_apart=lambda parts: {at: apart.ways for at, apart in tell_apart(parts, sources).items()},
    )
    lines = (line for part in parts for entry in part.entries for line in inlines_of(entry.blocks))
    shown = {(inline.key, inline.form) for line in lines for inline in line if isinstance(inline, Named)}
    forms = forms_of(placed_notes(notes), style)
    forms |= {Form(key, position) for key, form in shown for position in (form, "first")}
    wording = sources.word_forms(forms)
    found = wording.words_by_form
    marks = linked.phrases.marks
    named = {(key, form): curl_words(found[Form(key, form)] or found[Form(key, "first")], marks) for key, form in shown}
    return word_footnotes(linked, notes, wording), named


def _index(linked: LinkedCorpus, pages: Collection[PageId], parts: Sequence[Part]) -> Iterable[IndexLine]:
    named = {page for page in pages if is_indexed(page)}
    for part in parts:
        for entry in part.entries:
            for line in inlines_of(entry.blocks):
                named |= {i.page for i in line if isinstance(i, Reference) and is_indexed(i.page)}
    lines = []
    for page in named:
        record = linked.record(page)
        if record is None:
            continue
        name = sort_title_of(record)
        lines.append(IndexLine(name, page))
        # A spelling is of no use if it stands beside the name itself.
        variants = {v for v in getattr(record.model, "variants", ()) if sort_text(v)[:4] != sort_text(name)[:4]}
        lines += [IndexLine(variant, page, see=name) for variant in variants if variant[:1].isascii()]
    return sorted(lines, key=lambda line: (sort_text(line.name), line.see, line.page))
