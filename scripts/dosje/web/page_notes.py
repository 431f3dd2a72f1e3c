"""The notes of pages: placed, numbered, and the words of what they cite.

The view of a record says in which order its page calls its notes, so that no template runs for their numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..citing.alike import Apart, tell_apart
from ..citing.forms import Form
from ..citing.note_rules import rules_of_notes
from ..citing.notes import Note, Wording, forms_of, place_notes
from ..citing.styles import Style
from ..citing.wording import SourceWords
from ..edition.calls import Call
from ..edition.links import LinkedCorpus
from ..reading.texts import Link
from ..values.page_id import PageId
from ..views.view_maker import ViewMaker
from .drafts import Draft
from .rendering import Numbers, marks_in


class PageNotes:
    """The notes of the pages of one linked edition."""

    def __init__(self, linked: LinkedCorpus, style: Style, sources: SourceWords, views: ViewMaker) -> None:
        self._linked, self._style, self._sources, self._views = linked, style, sources, views
        self._apart: dict[PageId, Apart] = {}

    def labels(self, page: PageId) -> tuple[str, ...]:
        """Return the labels of the notes of a page, in the order in which it calls them."""
        return self._views.labels(page)

    def place(self, pages: Iterable[PageId]) -> dict[PageId, tuple[Note, ...]]:
        """Return the notes of pages in order, with the position of each cite. Raises PandocError."""
        calls = {page: self._calls(page) for page in pages}
        self._apart |= tell_apart({page: own for page, own in calls.items() if page not in self._apart}, self._sources)
        rules = rules_of_notes(self._linked)
        return {page: place_notes(own, *rules, self._apart[page].ways) for page, own in calls.items()}

    def _calls(self, page: PageId) -> list[Call]:
        return [self._linked.note_index.calls_by_label[page, label] for label in self.labels(page)]

    def number(self, pages: Iterable[PageId]) -> Numbers:
        """Return the numbers of all notes on pages."""
        return {(page, label): number for page in pages for number, label in enumerate(self.labels(page), start=1)}

    def number_all(self) -> Numbers:
        """Return the numbers of all notes of the edition."""
        return self.number(self._linked.calls_by_page)

    def number_shown(self, drafts: Iterable[Draft], notes: Mapping[PageId, tuple[Note, ...]]) -> Numbers:
        """Return the numbers of the notes on pages that are drafted, and on those whose numbers they show."""
        shown = {PageId(kind, key) for draft in drafts for kind, key, _ in marks_in(draft.text, "number")}
        for page, own in notes.items():
            links = (part for note in own for part in note.parts if isinstance(part, Link) and part.kind == "note")
            shown |= {call.page for link in links if (call := self._linked.note_index.find_call(page, link.key))}
        return self.number(shown | notes.keys())

    def word(self, drafts: Iterable[Draft], notes: Mapping[PageId, tuple[Note, ...]]) -> Wording:
        """Return the words of all that notes and drafts cite. Raises PandocError."""
        forms: set[Form] = set()
        for own in notes.values():
            forms |= forms_of(own, self._style)
        for draft in drafts:
            shown = marks_in(draft.text, "words")
            forms |= {Form(key, position) for key, form, *_ in shown for position in (form, "first")}
        return self._sources.word_forms(forms)
