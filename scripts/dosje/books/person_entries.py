"""Makes the entries of persons in a book."""

from __future__ import annotations

from collections.abc import Iterable

from ..markup.tree import Block, Table
from ..reading.corpus import Record
from ..reading.records import Person
from .entry_parts import EntryContext, line_of, make_disputes, make_facts, make_list, make_section


def make_person(context: EntryContext, record: Record[Person]) -> Iterable[Block]:
    m = record.model
    yield from make_facts(
        ("Native script", line_of(m.name.native)),
        ("Also written", line_of(", ".join(m.variants))),
        ("Born", line_of(context.date(m.born))),
        ("Died", line_of(context.date(m.died))),
    )
    offices = []
    for index, held in enumerate(m.affiliations):
        time = f", {context.date(held.from_)}–{context.date(held.to)}" if held.from_ or held.to else ""
        time = time or (f" (as of {context.date(held.date)})" if held.date else "")
        calls = context.calls("affiliations", index, "cite")
        offices.append(
            (*line_of(f"{held.office}, "), *context.link("organisation", held.organisation), *line_of(time), *calls)
        )
    yield from make_section("Offices", make_list(offices))
    yield from make_section("In this story", context.prose("biography", level=1))
    yield from make_disputes(context, m.disputes)
    rows = []
    for meeting in context.linked.meeting_links.of_person(context.page.key):
        model = meeting.model
        title = context.link("meeting", meeting.key, shows_page=True)
        for _, part in context.linked.meeting_links.parts_played(context.page, meeting):
            rows.append((line_of(context.date(model.date)), title, line_of(part.role), line_of(part.attendance)))
    if rows:
        yield from make_section(
            "Meetings", [Table(("Date", "Meeting", "Part", "Attendance"), tuple(rows), (4, 7, 6, 3))]
        )
    yield from make_section(
        "Wrote", make_list(context.source_line(r) for r in context.linked.units_naming(context.page, "author"))
    )
    yield from make_section(
        "Received", make_list(context.source_line(r) for r in context.linked.units_naming(context.page, "recipient"))
    )
