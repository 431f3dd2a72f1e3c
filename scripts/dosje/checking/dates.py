"""Checks whether the dates of a record agree with those of the records that it names."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ..phrases.date_words import words_of_date
from ..phrases.phrases import Phrases
from ..reading.corpus import Corpus, Record
from ..reading.fields import Model
from ..reading.records import Meeting, Person
from ..reading.source_records import Source
from ..values.dates import Edtf
from ..values.findings import Finding, Span


def check_dates(corpus: Corpus, record: Record[Model]) -> Iterator[Finding]:
    model = record.model
    when = getattr(model, "date", None)
    if not isinstance(model, Meeting | Source) or when is None:
        return
    for parent in corpus.chain(record)[:1]:
        whole = getattr(parent.model, "date", None)
        if whole is not None and not _can_lie_within(when, whole):
            said = [words_of_date(date, corpus.settings.phrases) for date in (when, whole)]
            message = f"{said[0]} lies outside {parent.key}, {said[1]}"
            hint = "mend one of the dates, or say how they belong together with follows: or see_also:"
            yield Finding(record.span(("date",)), "date-outside-parent", message, hint)
    if isinstance(model, Meeting):
        people: list[tuple[tuple[str | int, ...], str | None]] = [
            (("participants", n, "person"), part.person) for n, part in enumerate(model.participants)
        ]
    else:
        fields = (("author", model.author), ("recipient", model.recipient))
        people = [((name, n), key) for name, keys in fields for n, key in enumerate(keys)]
    for path, key in people:
        person = corpus.persons.get(key or "")
        if person is not None and isinstance(person.model, Person):
            yield from _check_lifetime(record.span(path), person, when, corpus.settings.phrases)


def _check_lifetime(span: Span, record: Record[Person], when: Edtf, phrases: Phrases) -> Iterator[Finding]:
    person, said = record.model, words_of_date(when, phrases)
    first, last = when.bounds()
    born = person.born.bounds()[0] if person.born and _is_certain(person.born) else date.min
    died = person.died.bounds()[1] if person.died and _is_certain(person.died) else date.max
    if last < born:
        message = f"{said} is before {record.key} was born ({person.born})"
    elif first > died:
        message = f"{said} is after {record.key} died ({person.died})"
    else:
        return
    yield Finding(span, "outside-lifetime", message, "another person of that name, or another date?")


def _is_certain(value: Edtf) -> bool:
    moments = [moment for moment in (value.start, value.end) if moment is not None]
    return not value.choices and not any(moment.is_uncertain or moment.is_approximate for moment in moments)


def _can_lie_within(part: Edtf, whole: Edtf) -> bool:
    """Say whether the part can have happened within the whole. An inexact date needs to overlap it only."""
    if not _is_certain(whole):
        return True  # nobody knows how far "about 1960" reaches
    first, last = part.bounds()
    begin, end = whole.bounds()
    has_days = all(moment is not None and moment.day for moment in (part.start, part.end))
    is_exact = has_days and _is_certain(part)
    return (begin <= first and last <= end) if is_exact else (first <= end and begin <= last)
