"""Makes the entries of meetings and events in a book."""

from __future__ import annotations

from collections.abc import Iterable

from ..edition.orders import by_date
from ..markup.tree import Block, Table
from ..reading.corpus import Record
from ..reading.records import Event, Meeting
from .entry_parts import EntryContext, line_of, make_disputes, make_facts, make_list, make_section


def make_meeting(context: EntryContext, record: Record[Meeting]) -> Iterable[Block]:
    m = record.model
    before, after = context.linked.meeting_links.neighbours(record)
    yield from make_facts(
        ("Date", line_of(context.date(m.date))),
        ("Place", context.link("place", m.place)),
        ("Kind", line_of(m.kind)),
        ("Host", context.link("organisation", m.host)),
        ("Part of", context.links("meeting", (r.key for r in context.linked.chain(record)), shows_page=True)),
        ("Before it", context.links("meeting", (r.key for r in before), shows_page=True)),
        ("After it", context.links("meeting", (r.key for r in after), shows_page=True)),
        ("See also", context.links("meeting", m.see_also, shows_page=True)),
        ("Also called", line_of("; ".join(m.variants))),
    )
    yield from context.prose("summary", level=1)
    rows = []
    for index, part in enumerate(m.participants):
        name = context.person(part.person) if part.person else context.link("organisation", part.organisation)
        calls = context.calls("participants", index, "cite")
        for_ = context.link("organisation", part.for_)
        rows.append((name, for_, line_of(part.role), (*line_of(part.attendance), *calls)))
    if rows:
        yield from make_section(
            "Who was there", [Table(("Name", "For", "Part", "Attendance"), tuple(rows), (5, 5, 6, 3))]
        )
    yield from make_section("What happened", context.prose("account", level=1))
    yield from make_section("Outcome", context.prose("outcome", level=1))
    yield from make_disputes(context, m.disputes)
    yield from make_section("Its parts", make_list(context.dated(r) for r in by_date(context.linked.parts_of(record))))
    yield from make_section(
        "Events", make_list(context.dated(r) for r in context.linked.namings_in(context.page, "meetings", "event"))
    )
    documents = context.linked.meeting_links.sources_of(context.page.key)
    yield from make_section("Documents", make_list(context.source_line(r) for r in documents))


def make_event(context: EntryContext, record: Record[Event]) -> Iterable[Block]:
    m = record.model
    yield from make_facts(
        ("Date", line_of(context.date(m.date))),
        ("Place", context.link("place", m.place)),
        ("Kind", line_of(m.kind)),
        ("Meetings", context.links("meeting", m.meetings, shows_page=True)),
        ("Also called", line_of("; ".join(m.variants))),
    )
    yield from context.prose("account", level=1)
    yield from make_disputes(context, m.disputes)
