"""The corpus: all records of an edition as they were read, each value with its place."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Generic, TypeGuard, TypeVar

from ..values.citations import CITATION
from ..values.dates import Edtf
from ..values.findings import Span
from ..values.locators import NO_WORDS, OwnWords
from ..values.page_id import PageId
from .authority_records import Archive, Organisation, Place
from .bibliography import BibFile, Work
from .fields import KeyReference, Model, iter_references, iter_texts
from .kinds import KINDS
from .ledger import Ledger
from .mkdocs_pages import pictures_of
from .records import Document, Essay, Event, Meeting, Person
from .sentences import sentences_of
from .settings import Settings
from .source_records import Source
from .text_parsing import parse_text
from .texts import Markdown, Text
from .vocabulary import Vocabulary
from .worklist_records import WorklistFile
from .yamltree import Located
from .yamltree import Path as FieldPath

# In `Corpus.unread` it stands for every key of a kind.
ALL_KEYS = "*"


# For each field that may hold citations: its path, "prose" or "cites", and the parsed text.
FieldTexts = tuple[tuple[FieldPath, str, Text], ...]
# The sentence in which a citation or link stands, as plain text, by field and offset.
Sentences = Mapping[tuple[FieldPath, int], str]


# The type of a record's model. Covariant: a Record[Source] is also a Record[Model].
M_co = TypeVar("M_co", bound=Model, covariant=True)
M = TypeVar("M", bound=Model)


@dataclass(eq=False)
class Record(Generic[M_co]):
    """One record, and where its values stand. Nobody changes it. It keeps what it has once made of its texts."""

    kind: str
    key: str
    model: M_co
    located: Located = field(repr=False)
    base: FieldPath = ()
    body_span: Span | None = None
    # The keys that a page written for MkDocs alone may cite; None for all.
    citable: frozenset[str] | None = None
    # The words for places that archives have of their own, by the key of a source.
    own_words: Mapping[str, OwnWords] = field(default_factory=dict, repr=False)

    @property
    def page(self) -> PageId:
        """The page that shows the record."""
        return PageId(self.kind, self.key)

    @property
    def is_draft(self) -> bool:
        """Whether an import made the record and nobody has checked it."""
        return bool(getattr(self.model, "draft", False))

    @property
    def former_keys(self) -> tuple[str, ...]:
        """The keys that it had before, the oldest first."""
        return tuple(getattr(self.model, "formerly", ()))

    @property
    def oldest_key(self) -> str:
        """The key that it was published under first. Addresses are made of it, so that a new key changes none."""
        return (*self.former_keys, self.key)[0]

    @property
    def date(self) -> Edtf | None:
        """The value of the field "date", None if there is none."""
        date = getattr(self.model, "date", None)
        return date if isinstance(date, Edtf) else None

    def span(self, path: FieldPath = ()) -> Span:
        """Return the place of the value at `path`."""
        if self.base and not path:
            return self.located.key_span(self.base)  # in a list of many records: the key
        return self.located.span((*self.base, *path))

    def key_span(self) -> Span:
        """Return the place of the key: its line in an authority list, or the beginning of the record's file."""
        return self.located.key_span(self.base) if self.base else Span(self.located.path, 1, 1)

    def text_span(self, path: FieldPath, offset: int) -> Span:
        """Return the place of character `offset` of the text at `path`."""
        if path == ("body",) and self.body_span is not None:
            row = bisect_left(self._line_ends, offset)
            column = offset - (self._line_ends[row - 1] if row else -1)
            return Span(self.body_span.path, self.body_span.line + row, column)
        return self.located.span_within((*self.base, *path), offset)

    @cached_property
    def _line_ends(self) -> list[int]:
        return [match.start() for match in re.finditer("\n", getattr(self.model, "body", ""))]

    @cached_property
    def texts(self) -> FieldTexts:
        """The text of every field that may hold citations."""
        is_free = isinstance(self.model, Document)
        return tuple(
            (path, what, parse_text(text, is_free=is_free, citable=self.citable, own_of=self._own_words_of))
            for path, what, text in iter_texts(self.model)
        )

    def _own_words_of(self, key: str) -> OwnWords:
        return self.own_words.get(key, NO_WORDS)

    @cached_property
    def sentences(self) -> Sentences:
        """The sentences of the record's prose that rest on a citation or hold a link."""
        return find_sentences(self.texts)

    @cached_property
    def references(self) -> tuple[KeyReference, ...]:
        """The keys that stand in the record's fields (those in its prose are in `texts`)."""
        return tuple(iter_references(self.model))


def is_of(record: Record[Model], model: type[M]) -> TypeGuard[Record[M]]:
    """Say whether this is a record of a type, e.g. of `Source`."""
    return isinstance(record.model, model)


def _of_type(records: Mapping[str, Record[Model]], model: type[M]) -> Mapping[str, Record[M]]:
    return {key: record for key, record in records.items() if is_of(record, model)}


@dataclass(eq=False)
class Corpus:
    """All that an edition says. Nothing in it is derived from another record."""

    settings: Settings
    by_kind: Mapping[str, Mapping[str, Record[Model]]]
    bib_files: tuple[BibFile, ...]
    # Kind and key of records that exist but could not be read. A reference to one of them is not wrong.
    # The key is ALL_KEYS if a whole list or .bib file could not be read.
    unread: frozenset[tuple[str, str]] = frozenset()
    ledger: Ledger = field(default_factory=Ledger)
    own_words: Mapping[str, OwnWords] = field(default_factory=dict)
    worklists: tuple[WorklistFile, ...] = ()

    @property
    def vocabulary(self) -> Vocabulary:
        """The words for kinds, types and attendance, and the edition's own fields."""
        return self.settings.vocabulary

    @cached_property
    def meetings(self) -> Mapping[str, Record[Meeting]]:
        return _of_type(self.by_kind["meeting"], Meeting)

    @cached_property
    def events(self) -> Mapping[str, Record[Event]]:
        return _of_type(self.by_kind["event"], Event)

    @cached_property
    def persons(self) -> Mapping[str, Record[Person]]:
        return _of_type(self.by_kind["person"], Person)

    @cached_property
    def sources(self) -> Mapping[str, Record[Source]]:
        """The archival units by key; published works are in `works`."""
        return _of_type(self.by_kind["source"], Source)

    @cached_property
    def places(self) -> Mapping[str, Record[Place]]:
        return _of_type(self.by_kind["place"], Place)

    @cached_property
    def organisations(self) -> Mapping[str, Record[Organisation]]:
        return _of_type(self.by_kind["organisation"], Organisation)

    @cached_property
    def archives(self) -> Mapping[str, Record[Archive]]:
        return _of_type(self.by_kind["archive"], Archive)

    @cached_property
    def essays(self) -> Mapping[str, Record[Essay]]:
        """The chapters of the story by key."""
        return _of_type(self.by_kind["essay"], Essay)

    @cached_property
    def pages(self) -> Mapping[str, Record[Essay]]:
        """The other pages in prose by key."""
        return _of_type(self.by_kind["page"], Essay)

    @cached_property
    def works(self) -> Mapping[str, Work]:
        """The published works by key."""
        return {work.key: work for bib in self.bib_files for work in bib.works}

    def former_keys_of(self, page: PageId) -> tuple[str, ...]:
        """Return the keys that a record or work had before, the oldest first."""
        record = self.by_kind[page.kind].get(page.key)
        work = self.works.get(page.key) if page.kind == "source" else None
        return record.former_keys if record else work.former_keys if work else ()

    def oldest_key_of(self, page: PageId) -> str:
        """Return the key that a record or work was published under first, or the given one if there is neither."""
        return (*self.former_keys_of(page), page.key)[0]

    def source_called(self, key: str) -> str:
        """Return the key of today of a source or work that has this key, or had it before; "" if there is none."""
        if key in self.sources or key in self.works:
            return key
        sources: tuple[Record[Source] | Work, ...] = (*self.sources.values(), *self.works.values())
        return next((one.key for one in sources if key in one.former_keys), "")

    @cached_property
    def work_texts(self) -> Mapping[str, FieldTexts]:
        """The texts that editors write into entries of .bib files, by key: `via`, `variants` and `annotation`.

        Reference managers keep remarks in `annotation`, too. One that cites nothing is no text of the edition.
        """
        fields = (("via", "cites"), ("variants", "prose"), ("annotation", "prose"))

        def own_of(key: str) -> OwnWords:
            return self.own_words.get(key, NO_WORDS)

        return {
            key: tuple(
                ((name,), what, parse_text(work.fields[name], own_of=own_of))
                for name, what in fields
                if name in work.fields and (name != "annotation" or CITATION.search(work.fields[name]))
            )
            for key, work in self.works.items()
        }

    @cached_property
    def pictures(self) -> Mapping[str, Path]:
        """Pictures and other files that are copied unchanged, by their path below the pages."""
        return pictures_of(self.settings)

    @cached_property
    def drafts(self) -> tuple[PageId, ...]:
        """The pages of records and works that an import made and nobody has checked."""
        works = (PageId("source", key) for key, work in self.works.items() if work.is_draft)
        return (*(record.page for record in self.records() if record.is_draft), *works)

    def records(self) -> Iterator[Record[Model]]:
        """Yield every record, kind by kind, in the order of keys."""
        for kind in KINDS:
            yield from self.by_kind[kind].values()

    def keys_of(self, kind: str) -> list[str]:
        """Return all keys that a reference of `kind` may name."""
        keys = list(self.by_kind.get(kind, ()))
        return keys + list(self.works) if kind == "source" else keys

    def has(self, kind: str, key: str) -> bool:
        """Say whether there is something of `kind` with this key."""
        is_work = kind == "source" and key in self.works
        is_read = is_work or key in self.by_kind.get(kind, ())
        return is_read or not self.unread.isdisjoint({(kind, key), (kind, ALL_KEYS)})

    def page_of(self, reference: KeyReference) -> PageId:
        """Return the page of what a field names, of the first of its kinds that has the key."""
        found = (kind for kind in reference.kinds if self.has(kind, reference.key))
        return PageId(next(found, reference.kinds[0]), reference.key)

    def chain(self, record: Record[M]) -> tuple[Record[M], ...]:
        """Return what the record is part of, the nearest first. A cycle ends the chain."""
        chain: list[Record[M]] = []
        current = record
        while (key := getattr(current.model, "part_of", None)) is not None:
            parent = self.by_kind[record.kind].get(key)
            if parent is None or parent is record or parent in chain or not is_of(parent, type(record.model)):
                break
            chain.append(parent)
            current = parent
        return tuple(chain)


def find_sentences(texts: FieldTexts) -> Sentences:
    """Return the sentence of every citation, note call and link in the prose among `texts`."""
    return {
        (path, offset): sentence
        for path, what, text in texts
        if what == "prose"
        for block in text.blocks
        if any(not isinstance(piece, Markdown) for piece in block.pieces)
        for offset, sentence in sentences_of(block).items()
    }
