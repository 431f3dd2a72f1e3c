"""Makes the entries of organisations, places, archives and essays in a book."""

from __future__ import annotations

from collections.abc import Iterable

from ..markup.tree import Block, Paragraph
from ..reading.corpus import Record
from ..reading.records import Archive, Essay, Organisation, Place
from .entry_parts import EntryContext, line_of, make_facts


def make_organisation(context: EntryContext, record: Record[Organisation]) -> Iterable[Block]:
    m = record.model
    whole = context.linked.chain(record)
    yield from make_facts(
        ("Abbreviation", line_of(m.abbreviation)),
        ("Seat", context.link("place", m.place)),
        ("Also written", line_of(", ".join(m.variants))),
        ("Part of", context.links("organisation", (r.key for r in whole))),
    )
    yield from context.prose("description", level=1)


def make_place(context: EntryContext, record: Record[Place]) -> Iterable[Block]:
    m = record.model
    yield from make_facts(
        ("Also written", line_of(", ".join(m.variants))),
        ("Part of", context.links("place", (r.key for r in context.linked.chain(record)))),
    )
    yield from context.prose("description", level=1)


def make_archive(context: EntryContext, record: Record[Archive]) -> Iterable[Block]:
    m = record.model
    yield from make_facts(
        ("In English", line_of(m.english)),
        ("Abbreviation", line_of(m.abbreviation)),
        ("Place", context.link("place", m.place)),
        ("Also written", line_of(", ".join(m.variants))),
    )
    yield from context.prose("description", level=1)


def make_essay(context: EntryContext, record: Record[Essay]) -> Iterable[Block]:
    m = record.model
    if m.summary and context.page.kind == "essay":
        yield Paragraph(line_of(m.summary), "lead")
    yield from context.prose("body")
