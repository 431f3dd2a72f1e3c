"""Makes the pages that are asked for, and no more: drafted, their notes placed and worded, rendered.

A page shows the numbers of notes on other pages. To know these, such a page is drafted too, but
neither worded nor rendered; so the preview of one page never costs a build of all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import cast

from . import words
from .citations import LABELS
from .csl import Meta, Style, Variant, meta_of_bare, meta_of_source
from .draft import Draft, Drafter
from .edtf import words_of
from .folios import format_folios
from .history import Change
from .link import Call, LinkedCorpus, PageId
from .notes import Note, Wording, forms_of, place_notes
from .pandoc import BARE, IBID, ONE, TWO, Form, ibid_of, read_works, sets_stops_in_quotes, word_forms
from .records import Source
from .render import marks_in, render_page
from .texts import Link
from .web import path_of
from .words import Words

# Of a page: the calls in its record, and the labels of its notes in the order in which it calls them.
Orders = dict[PageId, tuple[tuple[Call, ...], tuple[str, ...]]]


class Press:
    """The pages of one linked edition.

    `orders` is filled with the order of the notes of each page that was drafted. One that an
    earlier press filled, with the same templates, spares drafts: a page whose calls are the
    same has its notes in the same order.
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
        self._locale, self._cache_dir = settings.locale, settings.cache_dir
        self._works: dict[str, Meta] = {}
        for bib in linked.corpus.bib_files:
            self._works |= read_works(bib, self._cache_dir)
        self._drafter = Drafter(linked, self._works, changes)
        self._drafts: dict[str, Draft] = {}
        self._orders: Orders = {} if orders is None else orders
        self.paths = self._drafter.paths
        self.title_of = self._drafter.title_of

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
        calls = [self._linked.calls_by_label[page, label] for label in self._labels(page)]
        return place_notes(calls, self._linked.unit_of if self._archival_ibid else lambda key: None)

    def _number_notes(
        self, drafts: Iterable[Draft], notes: Mapping[PageId, tuple[Note, ...]]
    ) -> dict[tuple[PageId, str], int]:
        shown = {PageId(kind, key) for draft in drafts for kind, key, _ in marks_in(draft.text, "n")}
        for page, own in notes.items():
            links = (part for note in own for part in note.parts if isinstance(part, Link) and part.kind == "note")
            shown |= {call.page for link in links if (call := self._linked.find_call(page, link.key))}
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
        metas = metas_of(self._linked, self._works, forms)
        words_by_form = word_forms(forms, metas, self._style, self._locale, self._cache_dir)
        stops_in_quotes = sets_stops_in_quotes(self._style, self._locale, self._cache_dir)
        ibid = ibid_of(self._style, self._locale, self._cache_dir)
        for form, found in words_by_form.items():
            if form.within:
                words_by_form[form] = words.replace_text(found, IBID, ibid)
            elif not found and form.position != "bibliography":
                words_by_form[form] = self._describe(form)
        return Wording(self._style, words_by_form, stops_in_quotes)

    def _describe(self, form: Form) -> Words:
        """Return words for a source of a kind that the style does not know and prints nothing of."""
        record = self._linked.corpus.by_kind["source"].get(form.key)
        if record is None:
            return words.of_text(form.key)
        source, holding = cast(Source, record.model), self._linked.holding(record)
        place = (holding.abbreviation, holding.reference) if holding else ()
        folios = format_folios(source.folios) if source.folios and not form.label else ""
        number = f"{ONE}–{TWO}" if form.is_plural else ONE
        label = LABELS[form.label][0] if form.label else ""
        label = self._style.folio_label if form.label == "folio" or folios else label
        parts = (
            source.title,
            words_of(source.date) if source.date else "",
            *place,
            folios or (number if form.label else ""),
        )
        *others, last = (part for part in parts if part)
        return words.of_text(", ".join([*others, f"{label} {last}" if folios or form.label else last]))


def metas_of(linked: LinkedCorpus, works: Mapping[str, Meta], forms: Iterable[Form]) -> dict[Variant, Meta]:
    """Return the CSL variables of each source in each variant that `forms` have."""
    metas: dict[Variant, Meta] = {}
    for variant in {form.variant for form in forms}:
        record = linked.corpus.by_kind["source"].get(variant.key)
        if variant.key == BARE:
            meta = meta_of_bare(variant.within)
        elif record is None:
            meta = works[variant.key]
        else:
            source = cast(Source, record.model)
            authors = tuple(linked.name_of(name) for name in source.author)
            recipients = tuple(linked.name_of(name) for name in source.recipient)
            meta = meta_of_source(source, (authors, recipients), linked.holding(record), variant)
        metas[variant] = meta
    return metas
