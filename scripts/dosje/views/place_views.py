"""The views of places, organisations and archives."""

from __future__ import annotations

from collections.abc import Iterator

from ..edition.archival_files import reference_below
from ..edition.orders import by_folio
from ..markup.tree import Block, Blocks, Inlines, Items, Paragraph
from ..phrases.place_words import say_country
from ..reading.authority_records import Archive, Organisation, Place
from ..reading.corpus import Record, is_of
from ..reading.records import Meeting, Person
from ..reading.source_records import Source
from ..values.words import Run
from .common_sections import (
    list_records,
    list_units,
    make_disputes,
    make_fact,
    make_list,
    make_mentions,
    make_same_as,
    make_section,
    make_text,
    tabulate,
)
from .record_context import RecordContext, join_inlines
from .view import IN_BOOKS, ON_PAGES, Fact, Section


def facts_of_place(context: RecordContext, record: Record[Place]) -> Iterator[Fact]:
    model = record.model
    yield from make_fact(context, "also-written", context.between.join(model.variants))
    yield from make_fact(context, "kind", model.kind or "")
    yield from make_fact(context, "part-of", context.links("place", context.linked.chain(record)))
    yield from make_fact(context, "contains", context.links("place", context.by_name(context.linked.parts_of(record))))
    yield from make_fact(context, "coordinates", model.coordinates or "")
    yield from make_same_as(context, model.same_as)


def sections_of_place(context: RecordContext, record: Record[Place]) -> Iterator[Section]:
    linked, page = context.linked, record.page
    yield from make_text("description", context.prose("description", level=0))
    yield from list_records(context, "meetings-here", linked.namings_in(page, "place", "meeting"))
    yield from list_records(context, "events-here", linked.namings_in(page, "place", "event"))
    yield from list_units(context, "written-here", linked.units_naming(page, "place"))
    for key, kind in (("organisations-here", "organisation"), ("archives-here", "archive")):
        found = context.by_name(linked.namings_in(page, "place", kind))
        yield from make_section(context, key, make_list(context.numbered(kind, one.key) for one in found))
    yield from make_mentions(context)


def facts_of_organisation(context: RecordContext, record: Record[Organisation]) -> Iterator[Fact]:
    model = record.model
    whole, parts = context.linked.chain(record), context.by_name(context.linked.parts_of(record))
    yield from make_fact(context, "abbreviation", model.abbreviation)
    yield from make_fact(context, "seat", context.link("place", model.place))
    yield from make_fact(context, "also-written", context.between.join(model.variants))
    yield from make_fact(context, "part-of", context.links("organisation", whole))
    yield from make_fact(context, "contains", context.links("organisation", parts))
    yield from make_same_as(context, model.same_as)


def sections_of_organisation(context: RecordContext, record: Record[Organisation]) -> Iterator[Section]:
    linked, page = context.linked, record.page
    yield from make_text("description", context.prose("description", level=0))
    yield from _members(context, record)
    yield from list_units(context, "wrote", context.linked.units_naming(record.page, "author"))
    yield from list_units(context, "received", context.linked.units_naming(record.page, "recipient"))
    yield from list_records(context, "host-of", linked.namings_in(page, "host", "meeting"))
    yield from _attended(context, record)
    yield from make_mentions(context)


def _members(context: RecordContext, record: Record[Organisation]) -> Iterator[Section]:
    """Yield who held which office: a table on pages, a list in books, where most organisations have few persons."""
    rows: list[tuple[str, Inlines]] = []
    for person in context.by_name(context.linked.namings_in(record.page, "affiliations", "person")):
        for index, held in enumerate(person.model.affiliations) if is_of(person, Person) else ():
            if held.organisation == record.key:
                note = context.note_at(person, "affiliations", index, "cite")
                rows.append((person.key, (*context.line_of(held.office), *note)))
    table = [(context.link("person", key), office) for key, office in rows]
    yield from make_section(context, "persons", tabulate(context, ("name", "office"), table, (1, 2)), ON_PAGES)
    lines = (join_inlines([context.numbered("person", key), office], ", ") for key, office in rows)
    yield from make_section(context, "persons", make_list(lines), IN_BOOKS)


def _attended(context: RecordContext, record: Record[Organisation]) -> Iterator[Section]:
    """Yield the meetings in which it took part, and who came for it."""
    links = context.linked.meeting_links
    rows: list[tuple[Record[Meeting], Inlines]] = []
    for named in context.linked.namings_in(record.page, "participants", "meeting"):
        meeting = context.linked.corpus.meetings[named.key]
        parts = [part for _, part in links.parts_played(record.page, meeting)]
        rows.append((meeting, context.participants(p for p in parts if p.for_ == record.key and not p.organisation)))
    table = [
        (context.line_of(context.date(meeting.model.date)), context.link("meeting", meeting.key), delegates)
        for meeting, delegates in rows
    ]
    columns = ("date", "meeting", "represented-by")
    yield from make_section(context, "took-part-in", tabulate(context, columns, table, (3, 5, 5)), ON_PAGES)
    lines = (join_inlines([context.dated(meeting), delegates], ": ") for meeting, delegates in rows)
    yield from make_section(context, "took-part-in", make_list(lines), IN_BOOKS)


def facts_of_archive(context: RecordContext, record: Record[Archive]) -> Iterator[Fact]:
    model = record.model
    yield from make_fact(context, "in-english", model.english)
    yield from make_fact(context, "abbreviation", model.abbreviation)
    former = (context.line_of(_with_dates(one.name, context.span(one.from_, one.to))) for one in model.names)
    yield from make_fact(context, "former-names", join_inlines(former, context.semicolon))
    yield from make_fact(context, "place", context.link("place", model.place))
    yield from make_fact(context, "country", say_country(model.country, context.linked.phrases))
    yield from make_fact(context, "isil", model.isil or "")
    yield from make_fact(context, "website", (Run(model.url, (), model.url),) if model.url else ())
    yield from make_fact(context, "also-written", context.between.join(model.variants))
    if model.leaves != "folios":
        yield from make_fact(context, "counted-in", context.say(f"leaves.counted-in.{model.leaves}"))
    yield from make_same_as(context, model.same_as)


def _with_dates(text: str, dates: str) -> str:
    return f"{text} ({dates})" if dates else text


def sections_of_archive(context: RecordContext, record: Record[Archive]) -> Iterator[Section]:
    model = record.model
    yield from make_text("description", context.prose("description", level=0))
    signs = (
        (context.line_of(one.sign), context.in_language(one.term, model.language), context.line_of(one.meaning))
        for one in model.abbreviations
    )
    table = tabulate(context, ("sign", "stands-for", "meaning"), signs, (1, 3, 3))
    yield from make_section(context, "how-its-references-are-read", table)
    yield from make_disputes(context, model.disputes)
    units = context.linked.units_naming(record.page, "repository")
    yield from make_section(context, "what-we-cite-from-it", _unit_tree(context, units), ON_PAGES)
    # In a book the files and documents of an archive stand below it.
    yield from make_section(
        context, "what-we-cite-from-it", make_list(_unit_line(context, unit, "") for unit in units), IN_BOOKS
    )
    yield from make_mentions(context)


def _unit_tree(
    context: RecordContext, units: list[Record[Source]] | tuple[Record[Source], ...], whole: str = ""
) -> Blocks:
    """Return archival units and what lies in them as nested lists."""
    items: list[tuple[Block, ...]] = []
    for unit in units if not context.only_calls else ():
        below = _unit_tree(context, by_folio(context.linked.parts_of(unit)), context.linked.holdings.reference_of(unit))
        items.append((Paragraph(_unit_line(context, unit, whole)), *below))
    return (Items(tuple(items)),) if items else ()


def _unit_line(context: RecordContext, unit: Record[Source], whole: str) -> Inlines:
    """Return a unit with what its reference adds to that of the whole, and how often it is cited."""
    reference = context.linked.holdings.reference_of(unit)
    place = reference_below(reference, whole) if whole else reference
    count = context.linked.citations_below(unit) if whole else 0
    cited = context.say("sources.cited", n=count) if count else ""
    return join_inlines([context.dated(unit), context.line_of(place), context.line_of(cited)], " · ")
