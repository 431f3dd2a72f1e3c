"""Links a corpus: which record cites, names and contains which. Everything here is derived, nothing is stored.

Knows nothing of wording, Markdown output or files.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from ..phrases.phrases import Phrases
from ..reading.corpus import Corpus, FieldTexts, M, Record, Sentences, find_sentences, is_of
from ..reading.fields import Model
from ..reading.own_fields import OWN_FIELDS
from ..reading.source_records import Source
from ..reading.yamltree import Path as FieldPath
from ..values.metadata import Name
from ..values.page_id import PageId
from .calls import Backlink, Call, Mention, calls_in, mentions_in
from .holdings import Holdings
from .meeting_links import MeetingLinks
from .note_index import NoteIndex
from .orders import by_date
from .stances import stances_of
from .vias import Vias, join_vias

if TYPE_CHECKING:
    from .addresses import Addresses
    from .overview import EditionOverview


@dataclass(eq=False)
class LinkedCorpus:
    """The corpus, and everything that follows from how its records name one another."""

    corpus: Corpus
    calls_by_page: Mapping[PageId, tuple[Call, ...]]
    backlinks: Mapping[str, tuple[Backlink, ...]]  # by key of the source
    mentions: Mapping[PageId, tuple[Mention, ...]]
    namings: Mapping[PageId, tuple[tuple[PageId, FieldPath], ...]]  # fields that hold the record's key
    parts: Mapping[PageId, tuple[Record[Model], ...]]  # what says part_of

    @cached_property
    def phrases(self) -> Phrases:
        """Every word of ours that a reader sees, in the edition's language."""
        return self.corpus.settings.phrases

    @cached_property
    def note_index(self) -> NoteIndex:
        return NoteIndex(self.calls_by_page, self._former_labels)

    def _former_labels(self, page: PageId) -> Mapping[str, str]:
        if not self.corpus.ledger.entries:
            return {}
        return self.addresses.aliases_of(self.addresses.address_of(page))

    @cached_property
    def addresses(self) -> Addresses:
        """The addresses of its pages and notes, now and before."""
        from .addresses import Addresses  # which pages there are follows from the links

        return Addresses(self)

    @cached_property
    def overview(self) -> EditionOverview:
        """What is gathered from the whole edition, once."""
        from .overview import EditionOverview  # it asks what is linked

        return EditionOverview(self)

    @cached_property
    def lists(self) -> tuple[str, ...]:
        """The lists that its site has, by the names of their folders."""
        from .pages import lists_of  # which pages there are follows from the links

        return lists_of(self)

    @cached_property
    def holdings(self) -> Holdings:
        return Holdings(self.corpus)

    @cached_property
    def vias(self) -> Vias:
        return Vias(self.corpus)

    @cached_property
    def meeting_links(self) -> MeetingLinks:
        return MeetingLinks(self.corpus, self.namings)

    def record(self, page: PageId) -> Record[Model] | None:
        return self.corpus.by_kind[page.kind].get(page.key)

    def get(self, kind: str, key: str | None) -> Record[Model] | None:
        return self.corpus.by_kind[kind].get(key) if key else None

    def chain(self, record: Record[M]) -> tuple[Record[M], ...]:
        """Return what the record is part of, the nearest first."""
        return self.corpus.chain(record)

    def parts_of(self, record: Record[M]) -> tuple[Record[M], ...]:
        """Return the records that say that they are part of this one."""
        model = type(record.model)
        return tuple(part for part in self.parts.get(record.page, ()) if is_of(part, model))

    def parts_of_unit(self, key: str) -> tuple[Record[Source], ...]:
        """Return the units whose `part_of` is this key, even if there is no such unit."""
        return tuple(part for part in self.parts.get(PageId("source", key), ()) if is_of(part, Source))

    def namings_in(self, page: PageId, field: str, kind: str = "") -> tuple[Record[Model], ...]:
        """Return the records that name a page's record in a field, by date. `kind`: only records of this kind."""
        pages = {naming for naming, path in self.namings.get(page, ()) if field in path and path[0] != OWN_FIELDS}
        found = (self.record(naming) for naming in pages if not kind or naming.kind == kind)
        return by_date(record for record in found if record is not None)

    def units_naming(self, page: PageId, field: str) -> tuple[Record[Source], ...]:
        """Return the archival units that name a page's record in a field, by date."""
        return tuple(record for record in self.namings_in(page, field, "source") if is_of(record, Source))

    def name_of(self, key_or_name: str) -> Name:
        """Return a person's name in parts; of an organisation, or of what has no record, the whole name."""
        record = self.corpus.persons.get(key_or_name)
        if record is None:
            organisation = self.corpus.organisations.get(key_or_name)
            return Name(literal=organisation.model.name if organisation else key_or_name)
        name = record.model.name
        return Name(name.family, name.given, "" if name.given else name.family, name.family_first)

    def party_of(self, key_or_name: str) -> PageId | None:
        """Return the page of the person, or else the organisation, that an author or recipient is.

        None for a plain name.
        """
        pages = (PageId("person", key_or_name), PageId("organisation", key_or_name))
        return next((page for page in pages if self.record(page)), None)

    def support_of(self, key: str) -> tuple[Backlink, ...]:
        """Return the cites that rest on a source."""
        return tuple(one for one in self.backlinks.get(key, ()) if one.stance == "supports")

    def others_of(self, key: str) -> tuple[Backlink, ...]:
        """Return the cites that dispute a source or only mention it, in the order of the places cited."""
        return tuple(one for one in self.backlinks.get(key, ()) if one.stance != "supports")

    def citations_below(self, record: Record[Source]) -> int:
        """Return how many cites name the unit or a unit within it."""
        if record.key not in self._counts:
            own = len(self.support_of(record.key))
            self._counts[record.key] = own + sum(self.citations_below(part) for part in self.parts_of(record))
        return self._counts[record.key]

    @cached_property
    def _counts(self) -> dict[str, int]:
        return {}


def link_corpus(corpus: Corpus) -> LinkedCorpus:
    """Return the corpus with every link in it followed both ways."""
    calls, mentions = _read_texts(corpus)
    namings, parts = _read_fields(corpus)
    return LinkedCorpus(
        corpus=corpus,
        calls_by_page=calls,
        backlinks=_turn_round(calls, corpus.settings.phrases),
        mentions={key: tuple(found) for key, found in mentions.items()},
        namings={key: tuple(found) for key, found in namings.items()},
        parts={key: tuple(found) for key, found in parts.items()},
    )


def _read_texts(corpus: Corpus) -> tuple[dict[PageId, tuple[Call, ...]], dict[PageId, list[Mention]]]:
    """Return the notes that each page calls, and the mentions of each page on other pages."""
    calls: dict[PageId, tuple[Call, ...]] = {}
    mentions: dict[PageId, list[Mention]] = defaultdict(list)

    def read(page: PageId, texts: FieldTexts, sentences: Sentences, record: Record[Model] | None) -> None:
        texts = join_vias(texts)
        calls[page] = tuple(calls_in(corpus, page, texts, sentences, record))
        for target, mention in mentions_in(page, texts, sentences, calls[page]):
            mentions[target].append(mention)

    for record in corpus.records():
        read(record.page, record.texts, record.sentences, record)
    for key, texts in corpus.work_texts.items():
        read(PageId("source", key), texts, find_sentences(texts), None)
    return calls, mentions


def _read_fields(
    corpus: Corpus,
) -> tuple[dict[PageId, list[tuple[PageId, FieldPath]]], dict[PageId, list[Record[Model]]]]:
    """Return, for each page, the fields that hold the key of its record, and the records that are part of it."""
    namings: dict[PageId, list[tuple[PageId, FieldPath]]] = defaultdict(list)
    parts: dict[PageId, list[Record[Model]]] = defaultdict(list)
    for record in corpus.records():
        for reference in record.references:
            target = corpus.page_of(reference)
            if reference.path == ("part_of",):
                parts[target].append(record)
            else:
                namings[target].append((record.page, reference.path))
    return namings, parts


def _turn_round(calls_by_page: Mapping[PageId, tuple[Call, ...]], phrases: Phrases) -> dict[str, tuple[Backlink, ...]]:
    """Return the cites of each source, by its key, in the order of the places cited."""
    found: dict[str, list[Backlink]] = defaultdict(list)
    for calls in calls_by_page.values():
        for call in calls:
            for cites in call.citations:
                for cite, stance in zip(cites, stances_of(cites, phrases), strict=True):
                    found[cite.key].append(Backlink(call, cite, stance))
    return {key: tuple(sorted(links, key=_folio_order)) for key, links in found.items()}


def _folio_order(backlink: Backlink) -> tuple[object, ...]:
    locator = backlink.cite.locator
    digits = "".join(c if c.isdigit() else " " for c in locator.value).split() if locator else []
    numbers = tuple(int(d) for d in digits[:2])
    return locator is None, locator.label if locator else "", numbers, backlink.call.page, backlink.call.label
