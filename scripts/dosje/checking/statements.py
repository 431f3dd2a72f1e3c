"""The statements of records: paragraphs that need a source, and the sources on which each rests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..edition.stances import stances_of
from ..phrases.phrases import Phrases
from ..reading.corpus import Record
from ..reading.fields import Model
from ..reading.kinds import KINDS
from ..reading.sentences import text_of_pieces
from ..reading.texts import Cited, NoteCall, Piece, Text, TextBlock
from ..reading.yamltree import Path as FieldPath
from ..values.findings import Span

# The citation of a position is in `cite`, and why a date was supplied may need none.
_CITED_ELSEWHERE = ("claim", "supplied", "date_supplied")


@dataclass(frozen=True)
class Statement:
    """A paragraph of a record that needs a source.

    `sources`: the keys of what it rests on, each once, in their order. What it disputes or only mentions is none.
    `has_note`: it has a citation or a hand-written note.
    """

    record: Record[Model]
    path: FieldPath
    offset: int
    words: str
    sources: tuple[str, ...]
    has_note: bool

    @property
    def span(self) -> Span:
        return self.record.text_span(self.path, self.offset)


def needs_source(record: Record[Model], path: FieldPath, block: TextBlock) -> bool:
    """Say whether a block of a text is a statement, which needs a source with it."""
    return block.kind == "statement" and KINDS[record.kind].needs_cites and path[-1] not in _CITED_ELSEWHERE


def has_note(block: TextBlock) -> bool:
    """Say whether a block has a citation, or calls a hand-written note."""
    return any(isinstance(piece, Cited | NoteCall) for piece in block.pieces)


def statements_of(record: Record[Model], phrases: Phrases) -> Iterator[Statement]:
    """Yield the statements of a record, in the order of its fields."""
    for path, what, text in record.texts if KINDS[record.kind].needs_cites else ():
        if what != "prose" or path[-1] in _CITED_ELSEWHERE:
            continue
        notes = {block.note: block.pieces for block in text.blocks if block.note}
        for block in text.statements:
            if not block.note:
                sources = tuple(dict.fromkeys(_rests_on(_with_notes(block.pieces, notes), phrases)))
                words = text_of_pieces(block.pieces)
                yield Statement(record, path, block.offset, words, sources, has_note(block))


def sources_of_text(text: Text, phrases: Phrases) -> tuple[str, ...]:
    """Return the keys of what a text rests on, each once, in their order."""
    return tuple(dict.fromkeys(key for block in text.blocks for key in _rests_on(block.pieces, phrases)))


def _with_notes(pieces: Iterable[Piece], notes: dict[str, tuple[Piece, ...]]) -> Iterator[Piece]:
    for piece in pieces:
        yield piece
        if isinstance(piece, NoteCall):
            yield from notes.get(piece.name, ())


def _rests_on(pieces: Iterable[Piece], phrases: Phrases) -> Iterator[str]:
    for piece in pieces:
        if isinstance(piece, Cited):
            cites = piece.citation.cites
            for cite, stance in zip(cites, stances_of(cites, phrases), strict=True):
                if stance == "supports":
                    yield cite.key
