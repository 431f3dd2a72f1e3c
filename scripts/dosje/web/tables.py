"""The lists of the edition as tables: the text of each cell, its link, and how it sorts.

One definition for the page and for the CSV file beside it.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ..edition.links import LinkedCorpus
from ..edition.orders import by_date, by_number
from ..edition.own_words import words_of_own
from ..edition.person_names import sort_name
from ..phrases.date_words import words_of_date
from ..phrases.phrases import Phrases
from ..phrases.place_words import say_level
from ..reading.authority_records import Organisation, Place
from ..reading.bibliography import Work
from ..reading.corpus import Record
from ..reading.fields import Model
from ..reading.kinds import KINDS
from ..reading.own_fields import OWN_FIELDS
from ..reading.records import Affiliation, Event, Meeting, Person
from ..reading.source_records import Source
from ..reading.vocabulary import OwnField
from ..values.collation import order_of
from ..values.dates import Edtf
from ..values.page_id import PageId
from ..values.stand_ins import ONE

TitleOf = Callable[[PageId], str]
# The lists that have a table. It also has places, files and series that nothing names, with zeros.
TABLES = tuple(kind.plural for kind in KINDS.values() if kind.has_table)


@dataclass(frozen=True)
class Cell:
    """A cell. `order` is the text by which it sorts if that is not the text shown, e.g. for a date."""

    text: str
    page: PageId | None = None
    order: str = ""


@dataclass(frozen=True)
class Column:
    """A column of a list: its key, what stands at its head, and whether it holds numbers."""

    key: str
    label: str
    is_numeric: bool

    def __str__(self) -> str:
        """Return its label, which is what columns were when the first editions wrote templates of their own."""
        return self.label


@dataclass(frozen=True)
class ListTable:
    """A list: its columns, and a row of cells for each record, by key."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]

    @property
    def numeric(self) -> tuple[Column, ...]:
        """The columns of numbers, for the same templates."""
        return tuple(column for column in self.columns if column.is_numeric)


def make_table(linked: LinkedCorpus, title_of: TitleOf, name: str, *, is_whole: bool = False) -> ListTable:
    """Return the table of a list, e.g. "meetings". Raises KeyError for one that has none.

    `is_whole`: with all of the edition's own fields; else with those that are facets, because a page is narrow.
    """
    keys, row_of = _LISTS[name]
    records = _records_of(linked, title_of, name)
    fields = [own for own in linked.corpus.vocabulary.fields_of(_KINDS[name]).values() if is_whole or own.is_facet]
    is_numbered = any(getattr(record.model, "number", "") for record in records)
    columns = [Column("number", linked.phrases("columns.number"), False)] if is_numbered else []
    columns += [Column(key, linked.phrases(f"columns.{key}"), key in _NUMERIC) for key in keys]
    columns += [Column(f"own-{own.name}", own.label, False) for own in fields]

    def complete(cells: Iterable[Cell], record: Record[Model] | None = None) -> tuple[Cell, ...]:
        first = [Cell(getattr(record.model, "number", "") if record else "")] if is_numbered else []
        return (*first, *cells, *_own_cells(linked, title_of, fields, record))

    rows = [(record.key, complete(row_of(linked, title_of, record), record)) for record in records]
    if name == "sources":
        rows += [(key, complete(cells)) for key, cells in _rows_of_works(linked, title_of)]
    drafts = {page.key for page in linked.corpus.drafts if page.kind == _KINDS[name]}
    if not drafts:
        return ListTable(name, tuple(columns), tuple(rows))
    marked = ((key, tuple(_mark_draft(linked, cell, drafts, _KINDS[name]) for cell in cells)) for key, cells in rows)
    if not is_whole:
        return ListTable(name, tuple(columns), tuple(marked))
    columns.append(Column("draft", linked.phrases("columns.draft"), False))
    whole = ((key, (*cells, Cell("true" if key in drafts else ""))) for key, cells in marked)
    return ListTable(name, tuple(columns), tuple(whole))


def _mark_draft(linked: LinkedCorpus, cell: Cell, drafts: Collection[str], kind: str) -> Cell:
    """Return the name of a draft with the words that mark it. It sorts, and stands in CSV, without them."""
    if cell.page is None or cell.page.kind != kind or cell.page.key not in drafts or cell.order:
        return cell
    before, _, behind = linked.phrases("draft.title", title=ONE).partition(ONE)
    name = cell.text.removeprefix(before).removesuffix(behind)
    return replace(cell, text=f"{before}{name}{behind}", order=name)


def _own_cells(
    linked: LinkedCorpus, title_of: TitleOf, fields: Sequence[OwnField], record: Record[Model] | None
) -> Iterator[Cell]:
    """Yield what a record says in these fields. A key is a link, and a date sorts as one."""
    said = {own.field.name: own for own in getattr(record.model, OWN_FIELDS, ())} if record else {}
    for field in fields:
        own = said.get(field.name)
        if own is None:
            yield Cell("")
        elif isinstance(own.value, Edtf):
            yield _date(linked, own.value)
        elif field.holds == "key":
            yield _ref(title_of, field.of, str(own.value))
        else:
            yield Cell(linked.phrases("value.semicolon").join(words_of_own(linked, own)))


def to_csv(table: ListTable, phrases: Phrases) -> str:
    """Return the table as CSV (RFC 4180) with the key of each record first."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow((phrases("columns.key"), *(defuse(column.label) for column in table.columns)))
    for key, cells in table.rows:
        # A date is written as the record has it: what a machine can read.
        writer.writerow((key, *(defuse(cell.order or cell.text) for cell in cells)))
    return file.getvalue()


def defuse(text: str) -> str:
    """Return the text in a form that no spreadsheet reads as a formula."""
    return f"'{text}" if re.match(r"[=+\-@\t\r]", text) else text


def _records_of(linked: LinkedCorpus, title_of: TitleOf, name: str) -> Sequence[Record[Model]]:
    records = list(linked.corpus.by_kind[_KINDS[name]].values())
    if name in ("meetings", "events"):
        return by_date(records)
    order = order_of(linked.corpus.settings.locale)
    named = sorted(records, key=lambda record: (order(_index_name(title_of, record)), record.key))
    return by_number(named)


def _index_name(title_of: TitleOf, record: Record[Model]) -> str:
    if isinstance(record.model, Person):
        return sort_name(record.model.name) or record.key
    return title_of(record.page)


def _name(title_of: TitleOf, record: Record[Model]) -> Cell:
    return Cell(_index_name(title_of, record), record.page)


def _ref(title_of: TitleOf, kind: str, key: str | None) -> Cell:
    return Cell(title_of(PageId(kind, key)), PageId(kind, key)) if key else Cell("")


def _date(linked: LinkedCorpus, date: Edtf | None) -> Cell:
    return Cell(words_of_date(date, linked.phrases), order=date.text) if date else Cell("")


def _count(number: int) -> Cell:
    return Cell(str(number))


def _named(linked: LinkedCorpus, record: Record[Model], kind: str, field: str = "") -> int:
    """Return how many records of a kind name this one, in a field or in any."""
    found = linked.namings.get(record.page, ())
    own = (page for page, path in found if page.kind == kind and path[0] != OWN_FIELDS and (not field or field in path))
    return len(set(own))


def _mentioned(linked: LinkedCorpus, record: Record[Model]) -> Cell:
    return _count(len({mention.page for mention in linked.mentions.get(record.page, ())}))


def _meeting(linked: LinkedCorpus, title_of: TitleOf, record: Record[Meeting]) -> Iterator[Cell]:
    model = record.model
    yield from (
        _date(linked, model.date),
        _name(title_of, record),
        _ref(title_of, "place", model.place),
        Cell(linked.phrases(f"meeting.kind.{model.kind}")),
    )
    yield _count(sum(linked.corpus.vocabulary.is_present(part.attendance) for part in model.participants))
    yield _count(_named(linked, record, "source"))
    yield _mentioned(linked, record)


def _event(linked: LinkedCorpus, title_of: TitleOf, record: Record[Event]) -> Iterator[Cell]:
    model = record.model
    yield from (
        _date(linked, model.date),
        _name(title_of, record),
        _ref(title_of, "place", model.place),
        Cell(linked.phrases(f"event.kind.{model.kind}")),
    )
    yield _mentioned(linked, record)


def _person(linked: LinkedCorpus, title_of: TitleOf, record: Record[Person]) -> Iterator[Cell]:
    model = record.model
    offices = dict.fromkeys(_office(linked, title_of, part) for part in model.affiliations)
    yield from (
        _name(title_of, record),
        Cell(linked.phrases("value.semicolon").join(offices)),
        _count(_named(linked, record, "meeting")),
    )
    yield _count(_named(linked, record, "source", "author"))
    yield _count(_named(linked, record, "source", "recipient"))
    yield _mentioned(linked, record)


def _office(linked: LinkedCorpus, title_of: TitleOf, held: Affiliation) -> str:
    """Return an office with its organisation, which is abbreviated if it has an abbreviation."""
    record = linked.corpus.organisations.get(held.organisation)
    short = record.model.abbreviation if record else ""
    name = short or title_of(PageId("organisation", held.organisation))
    return linked.phrases("value.comma").join(filter(None, (held.office, name)))


def _source(linked: LinkedCorpus, title_of: TitleOf, record: Record[Source]) -> Iterator[Cell]:
    model = record.model
    place = linked.holdings.reference_of(record)
    is_item = linked.holdings.role_of(record) == "item"
    kind = linked.phrases(f"source.type.{model.type}") if is_item else say_level(model.level, linked.phrases)
    yield from (_name(title_of, record), Cell(kind), _date(linked, model.date), Cell(place))
    yield _count(len(linked.support_of(record.key)))


def _place(linked: LinkedCorpus, title_of: TitleOf, record: Record[Place]) -> Iterator[Cell]:
    model = record.model
    yield from (_name(title_of, record), _ref(title_of, "place", model.part_of))
    yield from (_count(_named(linked, record, kind, "place")) for kind in ("meeting", "event", "source"))
    yield _mentioned(linked, record)


def _organisation(linked: LinkedCorpus, title_of: TitleOf, record: Record[Organisation]) -> Iterator[Cell]:
    model = record.model
    yield from (_name(title_of, record), Cell(model.abbreviation), _count(_named(linked, record, "person")))
    yield from (_count(_named(linked, record, "meeting")), _mentioned(linked, record))


def _rows_of_works(linked: LinkedCorpus, title_of: TitleOf) -> Iterator[tuple[str, tuple[Cell, ...]]]:
    order = order_of(linked.corpus.settings.locale)
    works: Mapping[str, Work] = linked.corpus.works
    for key in sorted(works, key=lambda one: (order(title_of(PageId("source", one))), one)):
        page = PageId("source", key)
        count = _count(len(linked.support_of(key)))
        yield (
            key,
            (
                Cell(title_of(page), page),
                Cell(linked.phrases("lists.published-work")),
                _date_of_work(linked, works[key]),
                Cell(""),
                count,
            ),
        )


def _date_of_work(linked: LinkedCorpus, work: Work) -> Cell:
    """Return when a work appeared: in the words of its entry, or of the edition's language. It sorts as a date."""
    date = work.date
    if date is None:
        return Cell("")
    order = date.edtf.text if date.edtf else ""
    shown = date.words or _date(linked, date.edtf).text
    return Cell(shown, order=order if order != shown else "")


_KINDS = {kind.plural: kind.name for kind in KINDS.values()}
_NUMERIC = {
    "present", "documents", "named-on", "meetings", "wrote", "received", "cited", "events", "written-here", "persons",
}  # fmt: skip
_LISTS: dict[str, tuple[tuple[str, ...], Callable[[LinkedCorpus, TitleOf, Record[Any]], Iterator[Cell]]]] = {
    "meetings": (("date", "meeting", "place", "kind", "present", "documents", "named-on"), _meeting),
    "events": (("date", "event", "place", "kind", "named-on"), _event),
    "persons": (("name", "offices", "meetings", "wrote", "received", "named-on"), _person),
    "sources": (("source", "kind", "date", "reference", "cited"), _source),
    "places": (("place", "part-of", "meetings", "events", "written-here", "named-on"), _place),
    "organisations": (("organisation", "abbreviation", "persons", "meetings", "named-on"), _organisation),
}
