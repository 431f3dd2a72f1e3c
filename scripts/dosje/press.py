"""Makes the pages that are asked for, and no more: drafted, their notes placed and worded, rendered.

A page shows the numbers of notes on other pages. To know these, such a page is drafted too, but
neither worded nor rendered; so the preview of one page never costs a build of all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import cast

from . import words
from .csl import Style, Variant, meta_of_bare
from .csl_json import meta_of_unit
from .date_words import words_of_date
from .draft import Draft, Drafter
from .export_formats import export_file, export_files, export_paths
from .folios import format_folios
from .history import Change
from .imprint import make_imprint
from .link import Call, LinkedCorpus
from .metadata import Meta
from .notes import Note, Wording, forms_of, place_notes
from .pages import PageId, path_of
from .pandoc import BARE, IBID, ONE, TWO, Form, ibid_of, read_works, sets_stops_in_quotes, word_forms
from .records import Source
from .render import marks_in, render_page
from .texts import Link
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
        self._locale, self._means = settings.locale, settings.means
        self._works: dict[str, Meta] = {}
        for bib in linked.corpus.bib_files:
            self._works |= read_works(bib, self._locale, self._means)
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

    def print_files(self) -> dict[str, str]:
        """Return all that lies beside the pages, by path."""
        return export_files(self._linked, self._works)

    def print_file(self, path: str) -> str | None:
        """Return the one file at `path` of those, None if there is none."""
        return export_file(self._linked, self._works, path)

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

    @property
    def style(self) -> Style:
        """The style in which sources are worded."""
        return self._style

    @property
    def works(self) -> Mapping[str, Meta]:
        """The CSL variables of the published works, by key."""
        return self._works

    def number_all_notes(self) -> dict[tuple[PageId, str], int]:
        """Return the number of every note of the edition on its page, by page and label."""
        return {
            (page, label): number
            for page in self._linked.calls_by_page
            for number, label in enumerate(self._labels(page), start=1)
        }

    def word_in_full(self, keys: Iterable[str]) -> dict[str, str]:
        """Return the full note of each source as text, as the style words it first and without a locator."""
        forms = {Form(key, "first") for key in keys}
        metas = metas_of(self._linked, self._works, forms)
        found = word_forms(forms, metas, self._style, self._locale, self._means)
        return {form.key: words.plain(words.capitalize(found[form] or self._describe(form, ()))) for form in forms}

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
        return self.word_forms(forms)

    def word_forms(self, forms: set[Form]) -> Wording:
        """Return the wording in which each form has words, whatever the style knows of it. Raises PandocError."""
        metas = metas_of(self._linked, self._works, forms)
        words_by_form = word_forms(forms, metas, self._style, self._locale, self._means)
        stops_in_quotes = sets_stops_in_quotes(self._style, self._locale, self._means)
        ibid = ibid_of(self._style, self._locale, self._means)
        for form in words_by_form:
            if form.within:
                words_by_form[form] = words.replace_text(words_by_form[form], IBID, ibid)
        for form in self._find_unworded(words_by_form):
            words_by_form[form] = self._describe(form, words_by_form[form])
        return Wording(self._style, words_by_form, stops_in_quotes)

    def _find_unworded(self, words_by_form: Mapping[Form, Words]) -> list[Form]:
        """Return the forms in notes that say nothing of their source, but for a locator perhaps."""
        locator = re.compile(rf"\W*(?:\w+\W+)?(?:{ONE}\W*(?:{TWO}\W*)?)?")
        said = {form: words.plain(text) for form, text in words_by_form.items() if form.position != "bibliography"}
        found = [f for f, text in said.items() if not text or (f.position == "first" and locator.fullmatch(text))]
        firsts = {Form(form.key, "first") for form in found}
        metas = metas_of(self._linked, self._works, firsts)
        worded = word_forms(firsts, metas, self._style, self._locale, self._means) if firsts else {}
        return [form for form in found if not worded[Form(form.key, "first")]]

    def _describe(self, form: Form, locator: Words) -> Words:
        """Return words for a source of a kind that the style does not know and prints nothing of."""
        record = self._linked.corpus.by_kind["source"].get(form.key)
        if record is None:
            return words.of_text(form.key)
        source, holding = cast(Source, record.model), self._linked.holding(record)
        place = (holding.abbreviation, holding.reference) if holding else ()
        folios = f"{self._style.folio_label} {format_folios(source.folios)}" if source.folios and not locator else ""
        date = words_of_date(source.date) if source.date else ""
        parts = (source.title, date, *place, folios, words.plain(locator).strip())
        return words.of_text(", ".join(part for part in parts if part))


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
            meta = meta_of_unit(linked, record, variant)
        metas[variant] = meta
    return metas
