"""The words of an edition's sources, as its style has them. Knows nothing of pages or books."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..edition.links import LinkedCorpus
from ..reading.corpus import Record
from ..reading.source_records import Source
from ..values import words
from ..values.metadata import Meta
from ..values.stand_ins import IBID, ONE
from ..values.words import Words
from .archival_works import as_cited
from .csl import Variant, meta_apart, meta_of_bare, meta_of_ours, meta_of_source
from .form_words import ibid_of, sets_stops_in_quotes, word_forms
from .forms import BARE, Form
from .needs import Needs, needs_of
from .notes import Wording
from .styles import Style
from .works import read_all_works


class SourceWords:
    """The words of the sources of one linked edition in one style.

    `works`: the CSL variables of the published works, by key.
    """

    def __init__(self, linked: LinkedCorpus, style: Style) -> None:
        settings = linked.corpus.settings
        self.linked = linked
        self._needs: dict[str, Needs] = {}
        self.style = style
        self._locale, self._means = settings.locale, settings.means
        self.works: Mapping[str, Meta] = read_all_works(
            linked.corpus.bib_files, self._locale, self._means, linked.phrases
        )

    def word_in_full(self, keys: Iterable[str]) -> dict[str, str]:
        """Return the full note of each source as text: a first note without a locator."""
        forms = {Form(key, "first") for key in keys}
        metas = metas_of(self.linked, self.works, forms)
        found = word_forms(forms, metas, self.style, self._locale, self._means)
        return {form.key: words.plain(words.capitalize(found[form])) for form in forms}

    def needs_of(self, key: str) -> Needs:
        """Return what the words of a source must say."""
        if key not in self._needs:
            form = Form(key, "subsequent")
            self._needs[key] = needs_of(metas_of(self.linked, self.works, [form])[form.variant])
        return self._needs[key]

    def word_shorts(self, forms: set[Form]) -> dict[Form, Words]:
        """Return the words of forms that are no part of notes yet."""
        metas = metas_of(self.linked, self.works, forms)
        return word_forms(forms, metas, self.style, self._locale, self._means) if forms else {}

    def word_forms(self, forms: set[Form]) -> Wording:
        """Return the wording. Each form has words in it, even where the style prints nothing. Raises PandocError."""
        metas = metas_of(self.linked, self.works, forms)
        words_by_form = word_forms(forms, metas, self.style, self._locale, self._means)
        stops_in_quotes = sets_stops_in_quotes(self.style, self._locale, self._means)
        ibid = ibid_of(self.style, self._locale, self._means)
        for form in words_by_form:
            if form.within:
                words_by_form[form] = words.replace_text(words_by_form[form], IBID, ibid)
        cited_in, quoted_in = (
            (before, behind)
            for name in ("note.cited-in", "note.quoted-in")
            for before, _, behind in (self.linked.phrases(name, work=ONE).partition(ONE),)
        )
        ibid = ibid.casefold().rstrip(".")
        drafts = frozenset(page.key for page in self.linked.corpus.drafts if page.kind == "source")
        mark = self.linked.phrases("draft.mark")
        return Wording(self.style, words_by_form, stops_in_quotes, ibid, cited_in, quoted_in, drafts, mark)


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
        metas[variant] = meta_apart(meta, variant.apart) if variant.apart else meta
    return metas


def meta_of_unit(linked: LinkedCorpus, record: Record[Source], variant: Variant) -> Meta:
    """Return the CSL variables of an archival unit in one variant."""
    source = record.model
    authors = tuple(linked.name_of(name) for name in source.author)
    recipients = tuple(linked.name_of(name) for name in source.recipient)
    holding, vocabulary = linked.holdings.holding_of(record), linked.corpus.vocabulary
    place = linked.corpus.places.get(source.place or "")
    meta = meta_of_source(
        source,
        (authors, recipients),
        holding,
        variant,
        linked.phrases,
        vocabulary=vocabulary,
        written_at=place.model.name if place else "",
    )
    return meta if variant.is_entry else {**meta, **meta_of_ours(source, meta, linked.phrases)}
