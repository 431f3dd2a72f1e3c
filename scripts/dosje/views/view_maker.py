"""Makes the views of an edition's records, and says in which order each calls its notes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from ..edition.links import LinkedCorpus
from ..edition.overview import EditionOverview
from ..edition.source_lists import SourceLists
from ..edition.titles import Title, titles_of_pages
from ..markup.tree import Room
from ..reading.authority_records import Archive
from ..reading.corpus import Record
from ..reading.records import Essay
from ..reading.source_records import Source
from ..values.metadata import Meta
from ..values.page_id import PageId
from .common_sections import make_draft_mark
from .essay_views import neighbours_of_essay, opening_of_essay, sections_of_essay
from .meeting_views import facts_of_event, facts_of_meeting, sections_of_event, sections_of_meeting
from .own_views import own_facts, with_own_sections
from .person_views import facts_of_person, opening_of_person, sections_of_person
from .place_views import (
    facts_of_archive,
    facts_of_organisation,
    facts_of_place,
    sections_of_archive,
    sections_of_organisation,
    sections_of_place,
)
from .record_context import RecordContext
from .source_views import (
    facts_of_source,
    facts_of_work,
    opening_of_source,
    opening_of_work,
    sections_of_source,
    sections_of_work,
)
from .view import ON_PAGES, PAGE, Fact, Section, View


class _Kind(NamedTuple):
    """What says the view of a kind of record: its facts, its sections, and what stands before both."""

    facts: Callable[[RecordContext, Record[Any]], Iterable[Fact]]
    sections: Callable[[RecordContext, Record[Any]], Iterable[Section]]
    opening: Callable[[RecordContext, Record[Any]], Iterable[Section]]


def _nothing(context: RecordContext, record: Record[Any]) -> tuple[()]:
    return ()


_KINDS = {
    "meeting": _Kind(facts_of_meeting, sections_of_meeting, _nothing),
    "event": _Kind(facts_of_event, sections_of_event, _nothing),
    "person": _Kind(facts_of_person, sections_of_person, opening_of_person),
    "source": _Kind(facts_of_source, sections_of_source, opening_of_source),
    "organisation": _Kind(facts_of_organisation, sections_of_organisation, _nothing),
    "place": _Kind(facts_of_place, sections_of_place, _nothing),
    "archive": _Kind(facts_of_archive, sections_of_archive, _nothing),
    "essay": _Kind(_nothing, sections_of_essay, opening_of_essay),
    "page": _Kind(_nothing, sections_of_essay, opening_of_essay),
}


class ViewMaker:
    """The views of one edition. `works`: the CSL variables of its published works, by key."""

    def __init__(
        self,
        linked: LinkedCorpus,
        works: Mapping[str, Meta],
        *,
        overview: EditionOverview | None = None,
        source_lists: SourceLists | None = None,
    ) -> None:
        self._linked = linked
        self._overview = overview or EditionOverview(linked)
        self._source_lists = source_lists or SourceLists(linked, works)
        self._labels: dict[PageId, tuple[str, ...]] = {}
        self.titles: Mapping[PageId, Title] = titles_of_pages(linked, works)

    def view(self, page: PageId) -> View:
        """Return the view of a record, essay or published work. Raises KeyError if the edition has none."""
        made = self._make(self.context_of(page))
        if page not in self._labels:
            self._labels[page] = self._linked.note_index.with_inner(page, made.of_face(PAGE).labels)
        return made

    def labels(self, page: PageId) -> tuple[str, ...]:
        """Return the notes of a page, by label, in the order in which its view calls them. Parses no text."""
        found = self._labels.get(page)
        if found is None:
            found = self._labels[page] = self._find_labels(page)
        return found

    def context_of(self, page: PageId, *, only_calls: bool = False) -> RecordContext:
        """Return what the view of a record asks of the edition."""
        return RecordContext(self._linked, self.titles, self._overview, self._source_lists, page, only_calls)

    def _find_labels(self, page: PageId) -> tuple[str, ...]:
        calls = self._linked.calls_by_page.get(page, ())
        record = self._linked.record(page)
        # What its author wrote as one text is called in its order.
        if len(calls) < 2 or (record and isinstance(record.model, Essay)):
            return tuple(dict.fromkeys(call.label for call in calls))
        labels = self._make(self.context_of(page, only_calls=True)).of_face(PAGE).labels
        return self._linked.note_index.with_inner(page, labels)

    def _make(self, context: RecordContext) -> View:
        page, linked = context.page, self._linked
        title, record = self.titles[page], linked.record(page)
        cite = Section("cite-this-page", context.say("sections.cite-this-page"), (Room("cite"),), ON_PAGES)
        if record is None:
            sections = (*sections_of_work(context), cite)
            return View(page, title, "", "", tuple(opening_of_work(context)), tuple(facts_of_work(context)), sections)
        kind = _KINDS[page.kind]
        return View(
            page,
            title,
            context.date(record.date),
            _summary(context, record),
            (*(make_draft_mark(context) if record.is_draft else ()), *kind.opening(context, record)),
            (*kind.facts(context, record), *own_facts(context, record)),
            (*with_own_sections(context, record, kind.sections(context, record)), cite),
            neighbours_of_essay(context, page),
        )


def _summary(context: RecordContext, record: Record[Any]) -> str:
    """Return what a record is, on one line, for machines."""
    model = record.model
    if isinstance(model, Essay):
        return model.summary
    if isinstance(model, Archive):
        return model.english
    if isinstance(model, Source):
        return context.linked.holdings.reference_of(record)
    return context.date(record.date)
