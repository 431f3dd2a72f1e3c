"""The views of meetings and events."""

from __future__ import annotations

from collections.abc import Iterator

from ..edition.orders import by_date
from ..markup.tree import Inlines
from ..reading.corpus import Record
from ..reading.records import Event, Meeting
from .common_sections import (
    list_records,
    list_units,
    make_dates,
    make_disputes,
    make_fact,
    make_mentions,
    make_section,
    make_text,
    make_works_cited,
    tabulate,
)
from .record_context import RecordContext
from .view import ON_PAGES, Fact, Section


def facts_of_meeting(context: RecordContext, record: Record[Meeting]) -> Iterator[Fact]:
    model = record.model
    before, after = context.linked.meeting_links.neighbours(record)
    took_part = context.linked.corpus.vocabulary.is_present
    present = [part for part in model.participants if not part.organisation and took_part(part.attendance)]
    yield from make_dates(context, model)
    yield from make_fact(context, "place", context.link("place", model.place))
    yield from make_fact(context, "kind", context.say(f"meeting.kind.{model.kind}"))
    yield from make_fact(context, "host", context.link("organisation", model.host))
    # In a book the table of who was there stands on the same page.
    yield from make_fact(
        context,
        "present",
        context.participants(present),
        ON_PAGES,
    )
    yield from make_fact(context, "part-of", context.links("meeting", context.linked.chain(record)))
    yield from make_fact(context, "before", context.links("meeting", before))
    yield from make_fact(context, "after", context.links("meeting", after))
    yield from make_fact(context, "see-also", context.links("meeting", model.see_also))
    yield from make_fact(context, "also-called", context.semicolon.join(model.variants))


def sections_of_meeting(context: RecordContext, record: Record[Meeting]) -> Iterator[Section]:
    model, linked = record.model, context.linked
    yield from make_text("summary", context.prose("summary", level=0))
    yield from make_section(context, "what-happened", context.prose("account"))
    yield from make_section(context, "outcome", context.prose("outcome"))
    yield from make_disputes(context, model.disputes)
    yield from list_records(context, "its-parts", by_date(linked.parts_of(record)))
    yield from list_records(context, "events", linked.namings_in(record.page, "meetings", "event"))
    yield from list_units(context, "documents", linked.meeting_links.sources_of(record.key))
    rows = _participants(context, model)
    yield from make_section(
        context, "who-was-there", tabulate(context, ("name", "for", "part", "attendance"), rows, (5, 5, 6, 3))
    )
    yield from make_mentions(context)
    yield from make_works_cited(context)


def _participants(context: RecordContext, meeting: Meeting) -> Iterator[tuple[Inlines, ...]]:
    for index, part in enumerate(meeting.participants):
        attendance = (
            *context.line_of(context.say(f"attendance.{part.attendance}")),
            *context.calls("participants", index, "cite"),
        )
        yield context.participant(part), context.link("organisation", part.for_), context.line_of(part.role), attendance


def facts_of_event(context: RecordContext, record: Record[Event]) -> Iterator[Fact]:
    model = record.model
    yield from make_dates(context, model)
    yield from make_fact(context, "place", context.link("place", model.place))
    yield from make_fact(context, "kind", context.say(f"event.kind.{model.kind}"))
    yield from make_fact(context, "meetings", context.links("meeting", model.meetings))
    yield from make_fact(context, "also-called", context.semicolon.join(model.variants))


def sections_of_event(context: RecordContext, record: Record[Event]) -> Iterator[Section]:
    yield from make_text("account", context.prose("account", level=0))
    yield from make_disputes(context, record.model.disputes)
    yield from make_mentions(context)
    yield from make_works_cited(context)
