"""Makes the pages that are asked for, and no more: drafted, their notes placed and worded, rendered.

A page shows the numbers of notes on other pages. To know these, such pages are drafted too, but neither worded nor
rendered. So the preview of one page never has to build all pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..citing.forms import Form
from ..citing.notes import Note, Wording, forms_of, place_notes
from ..citing.styles import Style
from ..citing.wording import SourceWords
from ..edition.calls import Call
from ..edition.history import Change
from ..edition.links import LinkedCorpus
from ..edition.pages import path_of
from ..exporting.formats import export_file, export_files, export_paths
from ..exporting.imprint import make_imprint
from ..reading.texts import Link
from ..values.page_id import PageId
from .drafts import Draft, Drafter
from .rendering import marks_in, render_page

# Of a page: the calls in its record, and the labels of its notes in the order in which it calls them.
Orders = dict[PageId, tuple[tuple[Call, ...], tuple[str, ...]]]


class PageMaker:
    """The pages of one linked edition.

    `orders` is filled with the order of the notes of each page that was drafted. Pass the orders of an earlier maker
    with the same templates: a page that has the same calls as then keeps its order, and need not be drafted again.
    """

    def __init__(
        self,
        linked: LinkedCorpus,
        style: Style,
        orders: Orders | None = None,
        changes: Mapping[str, Change] | None = None,
    ) -> None:
        settings = linked.corpus.settings
        self._linked = linked
        self._style = style
        self._archival_ibid = settings.archival_ibid
        self.sources = SourceWords(linked, style)
        self._works = self.sources.works
        self.imprint = make_imprint(settings, style)
        self._drafter = Drafter(linked, self._works, self.imprint, changes)
        self._drafts: dict[str, Draft] = {}
        self._orders: Orders = {} if orders is None else orders
        self.paths = self._drafter.paths
        self.title_of = self._drafter.title_of

    @property
    def files(self) -> list[str]:
        """The paths of what lies beside the pages: sources in the formats of reference managers."""
        return export_paths(self._linked)

    def make_files(self) -> dict[str, str]:
        """Return all that lies beside the pages, by path."""
        return export_files(self._linked, self._works)

    def make_file(self, path: str) -> str | None:
        """Return the one file at `path` of those, None if there is none."""
        return export_file(self._linked, self._works, path)

    def make_pages(self, paths: Iterable[str]) -> tuple[dict[str, str], int]:
        """Return the Markdown of the pages at `paths`, and the number of notes on them.

        Raises KeyError for a path of no page; PandocError.
        """
        drafts = [self._draft(path) for path in paths]
        notes = {draft.page: self._place(draft.page) for draft in drafts if draft.page}
        wording = self._word(drafts, notes)
        numbers = self._number_notes(drafts, notes)
        pages = {}
        for draft in drafts:
            own = notes[draft.page] if draft.page else ()
            pages[draft.path] = render_page(self._linked, draft, own, numbers, wording)
        return pages, sum(len(own) for own in notes.values())

    def number_all_notes(self) -> dict[tuple[PageId, str], int]:
        """Return the number of every note of the edition on its page, by page and label."""
        return {
            (page, label): number
            for page in self._linked.calls_by_page
            for number, label in enumerate(self._labels(page), start=1)
        }

    def _draft(self, path: str) -> Draft:
        if path not in self._drafts:
            draft = self._drafts[path] = self._drafter.draft(path)
            if draft.page is not None:
                calls = self._linked.calls_by_page[draft.page]
                labels = dict.fromkeys(label for label, *_ in marks_in(draft.text, "call"))
                self._orders[draft.page] = calls, tuple(labels)
        return self._drafts[path]

    def _labels(self, page: PageId) -> tuple[str, ...]:
        calls, labels = self._orders.get(page, (None, ()))
        if calls != self._linked.calls_by_page[page]:
            self._draft(path_of(page))
            labels = self._orders[page][1]
        return labels

    def _place(self, page: PageId) -> tuple[Note, ...]:
        calls = [self._linked.note_index.calls_by_label[page, label] for label in self._labels(page)]
        return place_notes(calls, self._linked.holdings.unit_of if self._archival_ibid else lambda key: None)

    def _number_notes(
        self, drafts: Iterable[Draft], notes: Mapping[PageId, tuple[Note, ...]]
    ) -> dict[tuple[PageId, str], int]:
        shown = {PageId(kind, key) for draft in drafts for kind, key, _ in marks_in(draft.text, "number")}
        for page, own in notes.items():
            links = (part for note in own for part in note.parts if isinstance(part, Link) and part.kind == "note")
            shown |= {call.page for link in links if (call := self._linked.note_index.find_call(page, link.key))}
        return {
            (page, label): number
            for page in shown | notes.keys()
            for number, label in enumerate(self._labels(page), start=1)
        }

    def _word(self, drafts: Iterable[Draft], notes: Mapping[PageId, tuple[Note, ...]]) -> Wording:
        forms: set[Form] = set()
        for own in notes.values():
            forms |= forms_of(own, self._style)
        for draft in drafts:
            shown = marks_in(draft.text, "words")
            forms |= {Form(key, position) for key, form, *_ in shown for position in (form, "first")}
        return self.sources.word_forms(forms)
