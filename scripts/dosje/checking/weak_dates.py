"""Dates on which an edition does not rest well: persons without any, and what is older than what it tells."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ..edition.calls import Call
from ..edition.links import LinkedCorpus
from ..phrases.date_words import words_of_date
from ..reading.corpus import Record
from ..reading.records import Meeting, Person
from ..values.dates import Edtf
from .weaknesses import Weakness

# What is said here of a meeting can be told by nothing older. An account also tells what came before.
_TOLD_AFTERWARDS = ("participants", "summary", "outcome")
# What is made at a meeting, or after it; a letter may come from a meeting to which it invited.
_MADE_AT_MEETINGS = ("minutes", "transcript", "protocol", "notes", "communique")


def find_undated(linked: LinkedCorpus) -> Iterator[Weakness]:
    """Yield the persons of whom neither birth nor death is dated."""
    for record in linked.corpus.persons.values():
        if record.model.born is None and record.model.died is None:
            yield Weakness("undated-person", record.span(), record.page)


def find_untimely(linked: LinkedCorpus) -> Iterator[Weakness]:
    """Yield what is told by an older source: the minutes of a meeting, who was there, who held an office since when."""
    for source in linked.corpus.sources.values():
        for number, key in enumerate(source.model.meetings if source.model.type in _MADE_AT_MEETINGS else ()):
            meeting = linked.corpus.meetings.get(key)
            if meeting is not None and _is_older(source.model.date, meeting.model.date):
                about = (_say(linked, source.model.date), meeting.page, _say(linked, meeting.model.date))
                yield Weakness("time", source.span(("meetings", number)), source.page, about)
    for record in linked.corpus.meetings.values():
        for call in linked.calls_by_page[record.page]:
            if call.path[0] in _TOLD_AFTERWARDS:
                yield from _told_before(linked, record, call, record.model.date)
    for person in linked.corpus.persons.values():
        for call in linked.calls_by_page[person.page]:
            if call.path[0] == "affiliations":
                held = person.model.affiliations[int(call.path[1])]
                yield from _told_before(linked, person, call, held.from_ or held.date)


def _told_before(
    linked: LinkedCorpus, record: Record[Meeting] | Record[Person], call: Call, when: Edtf | None
) -> Iterator[Weakness]:
    for key in dict.fromkeys(cite.key for cite in call.cites):
        source = linked.corpus.sources.get(key)
        if source is not None and when is not None and _is_older(source.model.date, when):
            about = (source.page, _say(linked, source.model.date), _say(linked, when))
            yield Weakness("time", record.text_span(call.path, call.offset), record.page, about)


def _is_older(one: Edtf | None, other: Edtf) -> bool:
    """Say whether a date surely lies before another one: its last possible day before the first of the other."""
    if one is None:
        return False
    last, first = one.bounds()[1], other.bounds()[0]
    return last < first and first != date.min


def _say(linked: LinkedCorpus, when: Edtf | None) -> str:
    return words_of_date(when, linked.phrases) if when else ""
