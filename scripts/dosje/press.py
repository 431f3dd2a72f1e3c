"""Makes the pages that are asked for, and no more: drafted, their notes placed and worded, rendered.

A page shows the numbers of notes on other pages. To know these, such a page is drafted too, but
neither worded nor rendered; so the preview of one page never costs a build of all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from .csl import Meta, Style, meta_of_source
from .draft import Draft, Drafter
from .link import Call, LinkedCorpus, PageId
from .notes import Note, Wording, forms_of, place_notes
from .pandoc import Form, read_works, sets_stops_in_quotes, word_forms
from .records import Source
from .render import marks_in, render_page
from .web import path_of

# Of a page: the calls in its record, and the labels of its notes in the order in which it calls them.
Orders = dict[PageId, tuple[tuple[Call, ...], tuple[str, ...]]]


class Press:
    """The pages of one linked edition.

    `orders` is filled with the order of the notes of each page that was drafted. One that an
    earlier press filled, with the same templates, spares drafts: a page whose calls are the
    same has its notes in the same order.
    """

    def __init__(self, linked: LinkedCorpus, style: Style, orders: Orders | None = None) -> None:
        settings = linked.corpus.settings
        self._linked = linked
        self._style = style
        self._locale, self._cache_dir = settings.locale, settings.cache_dir
        self._works: dict[str, Meta] = {}
        for bib in linked.corpus.bib_files:
            self._works |= read_works(bib, self._cache_dir)
        self._drafter = Drafter(linked, self._works)
        self._drafts: dict[str, Draft] = {}
        self._orders: Orders = {} if orders is None else orders
        self.paths = self._drafter.paths

    def print_pages(self, paths: Iterable[str]) -> tuple[dict[str, str], int]:
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

    def _draft(self, path: str) -> Draft:
        if path not in self._drafts:
            draft = self._drafts[path] = self._drafter.draft(path)
            if draft.page is not None:
                calls = self._linked.calls_by_page[draft.page]
                labels = dict.fromkeys(label for label, *_ in marks_in(draft.text, "c"))
                self._orders[draft.page] = calls, tuple(labels)
        return self._drafts[path]

    def _labels(self, page: PageId) -> tuple[str, ...]:
        calls, labels = self._orders.get(page, (None, ()))
        if calls != self._linked.calls_by_page[page]:
            self._draft(path_of(page))
            labels = self._orders[page][1]
        return labels

    def _place(self, page: PageId) -> tuple[Note, ...]:
        return place_notes([self._linked.calls_by_label[page, label] for label in self._labels(page)])

    def _number_notes(
        self, drafts: Iterable[Draft], notes: Mapping[PageId, tuple[Note, ...]]
    ) -> dict[tuple[PageId, str], int]:
        shown = {PageId(kind, key) for draft in drafts for kind, key, _ in marks_in(draft.text, "n")}
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
            shown = marks_in(draft.text, "w")
            forms |= {Form(key, position) for key, form, *_ in shown for position in (form, "first")}
        metas = metas_of(self._linked, self._works, {form.key for form in forms})
        words_by_form = word_forms(forms, metas, self._style, self._locale, self._cache_dir)
        stops_in_quotes = sets_stops_in_quotes(self._style, self._locale, self._cache_dir)
        return Wording(self._style, words_by_form, stops_in_quotes)


def metas_of(linked: LinkedCorpus, works: Mapping[str, Meta], keys: Iterable[str]) -> dict[tuple[str, bool], Meta]:
    """Return the CSL variables of sources by key and whether they are cited without a locator."""
    metas: dict[tuple[str, bool], Meta] = {}
    for key in keys:
        record = linked.corpus.by_kind["source"].get(key)
        for has_no_locator in (True, False):
            if record is None:
                metas[key, has_no_locator] = works[key]
                continue
            assert isinstance(record.model, Source)
            authors = tuple(linked.name_of(name) for name in record.model.author)
            recipients = tuple(linked.name_of(name) for name in record.model.recipient)
            holding = linked.holding(record)
            metas[key, has_no_locator] = meta_of_source(record.model, authors, recipients, holding, has_no_locator)
    return metas
