"""One record, with what its view asks of the edition: texts, links, dates, titles, as lines and blocks of the tree.

Knows nothing of the kinds of records.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from ..edition.links import LinkedCorpus
from ..edition.overview import EditionOverview
from ..edition.source_lists import SourceLists
from ..edition.titles import Title, sort_title_of
from ..edition.vias import join_vias
from ..markup.headings import map_headings
from ..markup.markdown_tree import clean
from ..markup.prose import read_line, read_prose
from ..markup.tree import (
    AuthorsText,
    Blocks,
    CallReference,
    Foot,
    Foreign,
    Heading,
    Inline,
    Inlines,
    PageNumber,
    Paragraph,
    Reference,
)
from ..phrases.date_words import words_of_date
from ..phrases.phrases import BORROWED_FROM, Borrowed, Lent
from ..phrases.place_words import describe_place
from ..reading.corpus import M, Record
from ..reading.fields import Model
from ..reading.records import Participant
from ..reading.source_records import Source
from ..reading.texts import Cited, NoteCall, Text
from ..reading.yamltree import Path as FieldPath
from ..values.citations import Cite
from ..values.collation import order_of
from ..values.dates import Edtf
from ..values.page_id import PageId
from ..values.typography import ENGLISH_MARKS, QuotationMarks, curl
from ..values.words import Run, of_text


@dataclass(eq=False)
class RecordContext:
    """What the view of one record asks. `only_calls`: of a text there are only its calls of notes; it is not parsed."""

    linked: LinkedCorpus
    titles: Mapping[PageId, Title]
    overview: EditionOverview
    source_lists: SourceLists
    page: PageId
    only_calls: bool = False

    def say(self, key: str, **values: object) -> str:
        """Return a phrase of the edition's language."""
        return self.linked.phrases(key, **values)

    @property
    def comma(self) -> str:
        """What stands between a thing and what is said of it."""
        return self.say("value.comma")

    @property
    def semicolon(self) -> str:
        """What stands between things that may have commas of their own."""
        return self.say("value.semicolon")

    @property
    def between(self) -> str:
        """What stands between names that are listed."""
        return self.linked.phrases.between

    def label(self, key: str) -> str:
        """Return a phrase as what follows it is introduced: "Before it: ", in French with a space before the colon."""
        return self.say("value.labelled", label=self.say(key))

    @cached_property
    def texts(self) -> Mapping[FieldPath, Text]:
        record = self.linked.record(self.page)
        texts = record.texts if record else self.linked.corpus.work_texts[self.page.key]
        return {path: text for path, _, text in join_vias(texts)}

    def prose(self, *path: str | int, level: int = 1, role: str = "") -> Blocks:
        """Return the text at `path`. `level`: of the heading above it, 0 for none."""
        text = self.texts.get(path)
        if text is None:
            return ()
        if self.only_calls:
            return (Paragraph(tuple(self._feet(path, text))),)
        read = read_prose(self.linked, self.page, path, text)
        placed = map_headings(read, lambda heading: Heading(heading.level + level, heading.content))
        blocks = tuple(Paragraph(b.content, role) if role and isinstance(b, Paragraph) else b for b in placed)
        return (AuthorsText(self.page, path, blocks),) if self.linked.corpus.settings.has_own_markdown else blocks

    def line(self, *path: str | int) -> Inlines:
        """Return the text at `path` as one line."""
        text = self.texts.get(path)
        if text is None:
            return ()
        return tuple(self._feet(path, text)) if self.only_calls else read_line(self.linked, self.page, path, text)

    def calls(self, *path: str | int) -> Inlines:
        """Return the calls of the notes at `path`, where only citations stand."""
        text = self.texts.get(path)
        return tuple(self._feet(path, text)) if text else ()

    def cites(self, *path: str | int) -> Iterator[Cite]:
        """Yield the cites at `path`, in order."""
        text = self.texts.get(path)
        for block in text.blocks if text else ():
            for piece in block.citations:
                yield from piece.citation.cites

    def _feet(self, path: FieldPath, text: Text) -> Iterator[Foot]:
        for block in text.blocks:
            for piece in block.pieces if block.kind != "note" else ():
                if isinstance(piece, Cited | NoteCall):
                    label = self.linked.note_index.labels_by_place.get((self.page, path, piece.offset))
                    if label:
                        yield Foot(label)

    def link(self, kind: str, key: str | None, label: str = "", *, is_strong: bool = False) -> Inlines:
        """Return a link to a record; `label`: its words, its title if there is none."""
        if not key:
            return ()
        page = PageId(kind, key)
        title = self.titles.get(page)
        shown = _shown(label or (title.text if title else key), self.linked.phrases.marks)
        language = title.language if title and not label else ""
        return (Reference((Run(shown, ("strong",) if is_strong else ()),), page, language=language),)

    def numbered(self, kind: str, key: str | None) -> Inlines:
        """Return a link to a record; in print, with the page on which it stands."""
        return (*self.link(kind, key), PageNumber(PageId(kind, key))) if key else ()

    def path_link(self, path: str, label: str) -> Inlines:
        """Return a link to a page of the site that shows no record."""
        return (Reference(tuple(of_text(curl(label, self.linked.phrases.marks))), PageId("path", path)),)

    def links(self, kind: str, records: Iterable[str | Record[Model]]) -> Inlines:
        """Return links to records, or to what has these keys."""
        keys = (one if isinstance(one, str) else one.key for one in records)
        # Not a comma: titles have commas of their own.
        return join_inlines([self.link(kind, key) for key in keys], self.semicolon)

    def trail(self, kind: str, chain: Sequence[Record[Model]]) -> Inlines:
        """Return what a record is part of, the widest first."""
        return join_inlines([self.link(kind, record.key) for record in reversed(chain)], " › ")

    def party(self, key_or_name: str) -> Inlines:
        """Return a link to a person or an organisation, or the plain name that the record gives."""
        page = self.linked.party_of(key_or_name)
        return self.link(*page) if page else self.line_of(key_or_name)

    def parties(self, keys_or_names: Iterable[str]) -> Inlines:
        return join_inlines([self.party(one) for one in keys_or_names], self.between)

    def participant(self, part: Participant) -> Inlines:
        """Return a link to who took part in a meeting, or the plain name that the record gives."""
        link = self.link("person", part.person) or self.link("organisation", part.organisation)
        return link or self.line_of(part.name)

    def participants(self, parts: Iterable[Participant]) -> Inlines:
        """Return who took part, each once."""
        return join_inlines(list(dict.fromkeys(self.participant(part) for part in parts)), self.between)

    def date(self, date: Edtf | None) -> str:
        """Return a date in words, "" for none."""
        return words_of_date(date, self.linked.phrases) if date else ""

    def span(self, start: Edtf | None, end: Edtf | None) -> str:
        """Return from when to when, in words; "" where neither is known."""
        if start and end:
            return f"{self.date(start)}–{self.date(end)}"
        if start:
            return self.say("date.from", date=self.date(start))
        return self.say("date.until", date=self.date(end)) if end else ""

    def dated(self, record: Record[Model]) -> Inlines:
        """Return a link to a record with its date; in print, with the page on which it stands."""
        when = f"{self.comma}{self.date(record.date)}" if record.date else ""
        return (*self.link(record.kind, record.key), *self.line_of(when), PageNumber(record.page))

    def source_line(self, record: Record[Source]) -> Inlines:
        """Return a link to an archival unit with its date and reference."""
        reference = self.linked.holdings.reference_of(record)
        return (*self.dated(record), *self.line_of(f" · {reference}" if reference else ""))

    def in_language(self, text: str, language: str, styles: tuple[str, ...] = ()) -> Inlines:
        """Return text in its language (BCP 47), marked where that is not the edition's."""
        own = self.linked.corpus.settings.locale.partition("-")[0]
        if not text:
            return ()
        if not language or language.partition("-")[0] == own:
            return (Run(clean(text), styles),)
        return (Foreign(clean(text), language, styles),)

    def with_values(self, key: str, **values: Inlines) -> Inlines:
        """Return a phrase with links or other lines as its values."""
        pieces = self.linked.phrases.pieces(key, **values)
        return tuple(one for piece in pieces for one in (self.line_of(piece) if isinstance(piece, str) else piece))  # type: ignore[attr-defined]

    def by_name(self, records: Iterable[Record[M]]) -> list[Record[M]]:
        """Return records in the alphabetical order of the edition's language."""
        order = order_of(self.linked.corpus.settings.locale)
        return sorted(records, key=lambda record: (order(sort_title_of(record)), record.key))

    def note(self, page: PageId, label: str, before: str = "", after: str = "") -> Inlines:
        """Return a link to where a note is called. `before`, `after`: what stands around it where there is one."""
        return (CallReference(page, label, before, after),) if label else ()

    def note_at(self, record: Record[Model], *path: str | int) -> Inlines:
        """Return, in brackets, a link to the first note called at `path` of another record."""
        found = self.linked.note_index.first_calls.get((record.page, path))
        return self.note(record.page, found.label, " (", ")") if found else ()

    def line_of(self, text: str) -> Inlines:
        """Return plain text as a line, with the quotation marks of the edition's language."""
        return line_of(text, self.linked.phrases.marks)

    def place_of(self, cite: Cite) -> str:
        """Return the place in the source that a cite names, in words."""
        return describe_place(cite, self.linked.holdings.leaves_of(cite.key), self.linked.phrases)


def line_of(text: str, marks: QuotationMarks = ENGLISH_MARKS) -> Inlines:
    """Return plain text as a line. Words of ours that are borrowed are marked with their language."""
    if isinstance(text, Borrowed):
        return (Foreign(_shown(text, ENGLISH_MARKS), BORROWED_FROM),)
    if isinstance(text, Lent):
        return tuple(one for part in text.pieces for one in (line_of(part, marks) if part.strip() else (Run(part),)))
    return _plain_line(text, marks)


@lru_cache(maxsize=1 << 14)
def _plain_line(text: str, marks: QuotationMarks) -> Inlines:
    shown = _shown(text, marks)
    return (Run(shown),) if shown.strip() else ()


@lru_cache(maxsize=1 << 14)
def _shown(text: str, marks: QuotationMarks) -> str:
    return curl(clean(text), marks)


def join_inlines(parts: Iterable[Inlines], sign: str) -> Inlines:
    """Return the parts that say anything as one line, with a sign between them."""
    line: list[Inline] = []
    for part in parts:
        line += [Run(sign)] if line and part else []
        line += part
    return tuple(line)
