"""The words of an edition's sources, as its style has them. Knows nothing of pages or books."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from ..edition.links import LinkedCorpus
from ..phrases.date_words import words_of_date
from ..reading.corpus import Record
from ..reading.source_records import Source
from ..values import words
from ..values.metadata import Meta
from ..values.stand_ins import IBID, ONE, TWO
from ..values.words import Words
from .archival_works import as_cited
from .csl import Variant, bracketed_title, meta_of_bare, meta_of_source
from .form_words import ibid_of, sets_stops_in_quotes, word_forms
from .forms import BARE, Form
from .notes import Wording
from .styles import Style
from .works import read_all_works


class SourceWords:
    """The words of the sources of one linked edition in one style.

    `works`: the CSL variables of the published works, by key.
    """

    def __init__(self, linked: LinkedCorpus, style: Style) -> None:
        settings = linked.corpus.settings
        self._linked = linked
        self.style = style
        self._locale, self._means = settings.locale, settings.means
        self.works: Mapping[str, Meta] = read_all_works(
            linked.corpus.bib_files, self._locale, self._means, linked.phrases
        )

    def word_in_full(self, keys: Iterable[str]) -> dict[str, str]:
        """Return the full note of each source as text: a first note without a locator."""
        forms = {Form(key, "first") for key in keys}
        metas = metas_of(self._linked, self.works, forms)
        found = word_forms(forms, metas, self.style, self._locale, self._means)
        return {form.key: words.plain(words.capitalize(found[form] or self._describe(form, ()))) for form in forms}

    def word_forms(self, forms: set[Form]) -> Wording:
        """Return the wording. Each form has words in it, even where the style prints nothing. Raises PandocError."""
        metas = metas_of(self._linked, self.works, forms)
        words_by_form = word_forms(forms, metas, self.style, self._locale, self._means)
        stops_in_quotes = sets_stops_in_quotes(self.style, self._locale, self._means)
        ibid = ibid_of(self.style, self._locale, self._means)
        for form in words_by_form:
            if form.within:
                words_by_form[form] = words.replace_text(words_by_form[form], IBID, ibid)
        for form in self._find_unworded(words_by_form):
            words_by_form[form] = self._describe(form, words_by_form[form])
        before, _, behind = self._linked.phrases("note.cited-in", work=ONE).partition(ONE)
        return Wording(self.style, words_by_form, stops_in_quotes, ibid.casefold().rstrip("."), (before, behind))

    def _find_unworded(self, words_by_form: Mapping[Form, Words]) -> list[Form]:
        """Return the forms in notes whose words say nothing of the source. They may say a locator."""
        locator = re.compile(rf"\W*(?:\w+\W+)?(?:{ONE}\W*(?:{TWO}\W*)?)?")
        said = {form: words.plain(text) for form, text in words_by_form.items() if form.position != "bibliography"}
        found = [f for f, text in said.items() if not text or (f.position == "first" and locator.fullmatch(text))]
        firsts = {Form(form.key, "first") for form in found}
        metas = metas_of(self._linked, self.works, firsts)
        worded = word_forms(firsts, metas, self.style, self._locale, self._means) if firsts else {}
        return [form for form in found if not worded[Form(form.key, "first")]]

    def _describe(self, form: Form, locator: Words) -> Words:
        """Return words for a source of which the style prints nothing."""
        record = self._linked.corpus.sources.get(form.key)
        if record is None:
            return words.of_text(form.key)
        source, holding = record.model, self._linked.holdings.holding_of(record)
        place = (holding.abbreviation, holding.reference) if holding else ()
        leaves = holding.leaves if holding else self._linked.holdings.leaves_of(form.key)
        folios = leaves.print_runs(source.folios or ()) if not locator else ""
        date = words_of_date(source.date, self._linked.phrases) if source.date else ""
        parts = (bracketed_title(source), date, *place, folios, words.plain(locator).strip())
        return words.of_text(", ".join(part for part in parts if part))


def metas_of(linked: LinkedCorpus, works: Mapping[str, Meta], forms: Iterable[Form]) -> dict[Variant, Meta]:
    """Return the CSL variables of each source in each variant that `forms` have."""
    metas: dict[Variant, Meta] = {}
    for variant in {form.variant for form in forms}:
        record = linked.corpus.sources.get(variant.key)
        if variant.key == BARE:
            meta = meta_of_bare(variant.within)
        elif record is None:
            meta = as_cited(works[variant.key])
        else:
            meta = meta_of_unit(linked, record, variant)
        metas[variant] = meta
    return metas


def meta_of_unit(linked: LinkedCorpus, record: Record[Source], variant: Variant) -> Meta:
    """Return the CSL variables of an archival unit in one variant."""
    source = record.model
    authors = tuple(linked.name_of(name) for name in source.author)
    recipients = tuple(linked.name_of(name) for name in source.recipient)
    holding, vocabulary = linked.holdings.holding_of(record), linked.corpus.vocabulary
    place = linked.corpus.places.get(source.place or "")
    return meta_of_source(
        source,
        (authors, recipients),
        holding,
        variant,
        linked.phrases,
        vocabulary=vocabulary,
        written_at=place.model.name if place else "",
    )
