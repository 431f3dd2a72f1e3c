"""The parts of which the entries of a book are made: what one record says, as lines and blocks of the tree.

Knows nothing of the kinds of records.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from ..edition.links import LinkedCorpus
from ..edition.titles import Title, title_of
from ..markup.markdown_tree import clean
from ..markup.prose import read_line, read_prose
from ..markup.tree import (
    Block,
    Blocks,
    CitedAt,
    Facts,
    Foot,
    Heading,
    Inline,
    Inlines,
    Items,
    Paragraph,
    Reference,
    Table,
)
from ..phrases.date_words import words_of_date
from ..reading.corpus import Record
from ..reading.fields import Model
from ..reading.records import Dispute, Source
from ..reading.texts import Text
from ..reading.yamltree import Path as FieldPath
from ..values.citations import describe_place, format_locator
from ..values.dates import Edtf
from ..values.page_id import PageId
from ..values.words import Run, curl


class EntryContext:
    """One record, with what its entry asks of the edition: texts, links, titles, places that are cited."""

    def __init__(
        self, linked: LinkedCorpus, page: PageId, titles: Mapping[PageId, Title], pages: Collection[PageId]
    ) -> None:
        self.linked, self.page, self._titles, self._pages = linked, page, titles, pages
        self.phrases = linked.phrases
        self._record = record = linked.record(page)
        texts = record.texts if record else linked.corpus.work_texts[page.key]
        self._texts: Mapping[FieldPath, Text] = {path: text for path, _, text in texts}

    def date(self, date: Edtf | None) -> str:
        """Return a date in words, "" for none."""
        return words_of_date(date, self.phrases) if date else ""

    def prose(self, *path: str | int, level: int = 0, role: str = "") -> Blocks:
        text = self._texts.get(path)
        blocks = read_prose(self.linked, self.page, path, text) if text else ()
        return tuple(_place_block(block, level, role) for block in blocks)

    def line(self, *path: str | int) -> Inlines:
        text = self._texts.get(path)
        return read_line(self.linked, self.page, path, text) if text else ()

    def calls(self, *path: str | int) -> Inlines:
        text = self._texts.get(path)
        found = [piece for block in text.blocks for piece in block.citations] if text else []
        labels = (self.linked.note_index.labels_by_place.get((self.page, path, piece.offset)) for piece in found)
        return tuple(Foot(label) for label in labels if label)

    def link(self, kind: str, key: str | None, *, shows_page: bool = False) -> Inlines:
        """Return the title of a record as a link to its entry."""
        if not key:
            return ()
        page = PageId(kind, key)
        title = self._titles.get(page)
        return (Reference((Run(curl(clean(title.text)) if title else key),), page, shows_page),)

    def links(self, kind: str, keys: Iterable[str], *, shows_page: bool = False) -> Inlines:
        return join_inlines([self.link(kind, key, shows_page=shows_page) for key in keys], "; ")

    def person(self, key_or_name: str) -> Inlines:
        if key_or_name in self.linked.corpus.persons:
            return self.link("person", key_or_name)
        return line_of(key_or_name)

    def dated(self, record: Record[Model]) -> Inlines:
        """Return a record's title and date, with the page of its entry."""
        when = _runs(f", {self.date(record.date)}" if record.date else "")
        return (Reference((*_runs(title_of(record)), *when), record.page, True),)

    def source_line(self, record: Record[Source]) -> Inlines:
        reference = self.linked.holdings.reference_of(record)
        return (*self.dated(record), *line_of(f" · {reference}" if reference else ""))

    def cited(self) -> Inlines:
        """Return the places of a source that are cited, and on which pages."""
        found = [link for link in self.linked.backlinks.get(self.page.key, ()) if link.call.page in self._pages]
        if self._record is None:
            return (CitedAt(self.page.key),) if found else ()
        places = {
            place_key_of(link.cite): describe_place(link.cite, self.linked.corpus.settings.folio_label)
            for link in found
        }
        parts = [(Run(f"{clean(name)}: "), CitedAt(self.page.key, place)) for place, name in places.items()]
        return join_inlines(parts, "; ")


def place_key_of(cite: object) -> str:
    """Return the place in a source that a citation names, e.g. "fl. 9–20". All cites of a place have the same."""
    locator = getattr(cite, "locator", None)
    return format_locator(locator) if locator else "-"


def line_of(text: str) -> Inlines:
    """Return plain text as a line."""
    return _runs(text)


def _runs(text: str) -> tuple[Run, ...]:
    shown = curl(clean(text))
    return (Run(shown),) if shown.strip() else ()


def _place_block(block: Block, level: int, role: str) -> Block:
    if isinstance(block, Heading):
        return Heading(block.level + level, block.content)
    return Paragraph(block.content, role) if isinstance(block, Paragraph) and role else block


def join_inlines(parts: Sequence[Inlines], sign: str) -> Inlines:
    line: list[Inline] = []
    for part in parts:
        line += [Run(sign)] if line and part else []
        line += part
    return tuple(line)


def make_facts(*rows: tuple[str, Inlines]) -> Blocks:
    kept = tuple(row for row in rows if row[1])
    return (Facts(kept),) if kept else ()


def make_section(title: str, blocks: Iterable[Block], level: int = 1) -> Blocks:
    kept = tuple(blocks)
    return (Heading(level, line_of(title)), *kept) if kept else ()


def make_list(lines: Iterable[Inlines]) -> Blocks:
    items = tuple((Paragraph(line),) for line in lines if line)
    return (Items(items),) if items else ()


def make_disputes(context: EntryContext, disputes: Sequence[Dispute], level: int = 1) -> Iterable[Block]:
    if disputes:
        yield Heading(level, line_of("Where accounts differ"))
    for at, dispute in enumerate(disputes):
        yield Heading(level + 1, line_of(dispute.question))
        rows = []
        for index in range(len(dispute.positions)):
            path = ("disputes", at, "positions", index)
            claim = (*context.line(*path, "claim"), *context.calls(*path, "cite"))
            rows.append(((Run(chr(97 + index % 26)),), claim))
        yield Table(("", "What is said"), tuple(rows), (0, 1))
        yield from context.prose("disputes", at, "comment", role="small")
