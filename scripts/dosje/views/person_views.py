"""The view of a person."""

from __future__ import annotations

from collections.abc import Iterator

from ..drawing.scenes import times_of
from ..edition.attendance import Pair
from ..edition.pages import path_of_list
from ..markup.tree import Block, Inlines, Paragraph
from ..reading.corpus import Record
from ..reading.records import Affiliation, Person
from ..values.words import Run
from .common_sections import (
    list_units,
    make_disputes,
    make_fact,
    make_list,
    make_mentions,
    make_room,
    make_same_as,
    make_section,
    make_works_cited,
    tabulate,
)
from .record_context import RecordContext, join_inlines
from .view import IN_BOOKS, ON_PAGES, Fact, Section


def opening_of_person(context: RecordContext, record: Record[Person]) -> Iterator[Section]:
    # Who took part in what, drawn on a line of time. A book has one such line for all.
    yield from make_room("timeline")


def facts_of_person(context: RecordContext, record: Record[Person]) -> Iterator[Fact]:
    model = record.model
    yield from make_fact(context, "native-script", model.name.native)
    yield from make_fact(context, "also-written", context.between.join(model.variants))
    yield from make_fact(context, "born", context.date(model.born))
    yield from make_fact(context, "died", context.date(model.died))
    yield from make_same_as(context, model.same_as)


def sections_of_person(context: RecordContext, record: Record[Person]) -> Iterator[Section]:
    model = record.model
    offices = (_office(context, index, held) for index, held in enumerate(model.affiliations))
    yield from make_section(context, "offices", make_list(offices))
    yield from make_section(context, "in-this-story", context.prose("biography"))
    yield from make_disputes(context, model.disputes)
    rows = _meetings(context, record)
    yield from make_section(
        context, "meetings", tabulate(context, ("date", "meeting", "part", "attendance"), rows, (4, 7, 6, 3))
    )
    yield from _companions(context, record)
    yield from list_units(context, "wrote", context.linked.units_naming(record.page, "author"))
    yield from list_units(context, "received", context.linked.units_naming(record.page, "recipient"))
    yield from make_mentions(context)
    yield from make_works_cited(context)


def _office(context: RecordContext, index: int, held: Affiliation) -> Inlines:
    time = f", {context.date(held.from_)}–{context.date(held.to)}" if held.from_ or held.to else ""
    if held.date and not time:
        time = " " + context.say("person.as-of", date=context.date(held.date))
    organisation = context.link("organisation", held.organisation)
    calls = context.calls("affiliations", index, "cite")
    return (*context.line_of(f"{held.office}{context.comma}"), *organisation, *context.line_of(time), *calls)


def _meetings(context: RecordContext, record: Record[Person]) -> Iterator[tuple[Inlines, ...]]:
    links = context.linked.meeting_links
    for meeting in links.of_person(record.key):
        for index, part in links.parts_played(record.page, meeting):
            note = context.note_at(meeting, "participants", index, "cite")
            date, title = context.line_of(context.date(meeting.model.date)), context.numbered("meeting", meeting.key)
            yield (
                date,
                title,
                context.line_of(part.role),
                (*context.line_of(context.say(f"attendance.{part.attendance}")), *note),
            )


def _companions(context: RecordContext, record: Record[Person]) -> Iterator[Section]:
    """Yield with whom a person was in a room: those met more often than once first.

    A book leaves out when, and who was met only once: the tables of the meetings have both.
    """
    if context.only_calls:
        return
    pairs = context.overview.attendance.pairs_of.get(record.key, ())
    often = [pair for pair in pairs if len(pair.together) > 1]
    others = [pair for pair in pairs if len(pair.together) < 2]
    rows = [
        (
            _other(context, record, pair),
            context.line_of(times_of(pair, context.linked.phrases)),
            _occasions(context, pair),
        )
        for pair in often
    ]
    blocks: list[Block] = [*tabulate(context, ("with", "how-often", "when"), rows, (4, 3, 5))]
    if others:
        known = "met.once" if often else "met.as-far"
        names = join_inlines([_other(context, record, pair, unsure=True) for pair in others], context.between)
        blocks.append(Paragraph((*context.line_of(context.label(known)), *names, Run("."))))
    if blocks:
        way = context.path_link(path_of_list("attendance"), context.say("met.table"))
        blocks.append(Paragraph(context.with_values("met.how-counted", table=way)))
    yield from make_section(context, "met-whom", blocks, ON_PAGES)
    yield from make_section(context, "met-whom", _in_short(context, record, often, others), IN_BOOKS)


def _in_short(context: RecordContext, record: Record[Person], often: list[Pair], others: list[Pair]) -> Iterator[Block]:
    if often:
        named = [
            (*_other(context, record, pair), *context.line_of(f" ({times_of(pair, context.linked.phrases)})"))
            for pair in often
        ]
        yield Paragraph((*join_inlines(named, context.between), Run(".")))
    if others and often:
        yield Paragraph(context.line_of(context.say("met.others-once", n=len(others))), "small")
    elif others:
        names = join_inlines([_other(context, record, pair, unsure=True) for pair in others], context.between)
        yield Paragraph((*context.line_of(context.label("met.as-far")), *names, Run(".")))


def _other(context: RecordContext, record: Record[Person], pair: Pair, *, unsure: bool = False) -> Inlines:
    doubt = f" ({times_of(pair, context.linked.phrases)})" if unsure and pair.unsure else ""
    return (*context.party(pair.other(record.key)), *context.line_of(doubt))


def _occasions(context: RecordContext, pair: Pair) -> Inlines:
    meetings = [context.linked.corpus.meetings[key] for key in pair.together]
    return join_inlines([context.link("meeting", m.key, context.date(m.model.date)) for m in meetings], "; ")
