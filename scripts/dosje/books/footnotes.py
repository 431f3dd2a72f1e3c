"""Makes the notes of a book: puts them in its order, numbers them, and words them as trees.

They are the notes of the web pages in another order. Knows nothing of outputs.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from ..citing.joining import JoinedCite, join_note
from ..citing.note_rules import NoteRules
from ..citing.notes import Note, PlacedCitation, PlacedCite, Wording, place_notes
from ..edition.calls import Call
from ..edition.links import LinkedCorpus
from ..markup.note_blocks import read_note_blocks
from ..markup.prose import read_pieces
from ..markup.tree import Blocks, CiteWords, Inline, Inlines
from ..reading.texts import Markdown, Piece
from ..values.citations import place_key_of
from ..values.page_id import PageId
from ..values.typography import QuotationMarks, curl_words
from ..values.words import Run

# What names a note in a book: its record, and its label there.
NoteId = tuple[PageId, str]
_BREAK = Call(PageId("", ""), (), "", (Markdown("", 0),), "")


@dataclass(frozen=True)
class Footnote:
    """A note of a book: its number, which counts from 1 in each chapter, and its cites in order.

    `content`: what it says, as one line or, where its author wrote more than one paragraph, in `blocks`.
    """

    number: int
    placed: Note
    content: Inlines = ()
    blocks: Blocks = ()


def place_footnotes(
    units: Sequence[Sequence[tuple[PageId, Sequence[Call]]]],
    rules: NoteRules,
    *,
    starts_anew: bool,
    tell_apart: Callable[[Mapping[int, Sequence[Call]]], Mapping[int, Mapping[str, str]]],
) -> dict[NoteId, Footnote]:
    """Return the notes of a book by record and label. `units`: chapters of records, with their calls in order.

    `rules`: as for `place_notes`. No ibid. refers to another record.
    `starts_anew`: every chapter gives its sources in full again, because the style
    prints the number of the first note, and numbers are only clear within a chapter.
    `tell_apart`: returns how sources that look alike are told apart, for the calls of each part that stands for itself.
    """
    orders: list[list[tuple[NoteId, int, Call]]] = [[]]
    for unit in units:
        number = 0
        if starts_anew:
            orders.append([])
        for page, calls in unit:
            for call in calls:
                number += 1
                orders[-1].append(((page, call.label), number, replace(call, label=_name(page, call.label))))
            orders[-1].append(((page, ""), 0, _BREAK))
    found: dict[NoteId, Footnote] = {}
    ways = tell_apart({at: [call for *_, call in order] for at, order in enumerate(orders)})
    for at, order in enumerate(orders):
        notes = place_notes([call for *_, call in order], *rules, ways[at])
        numbers = {call.label: number for _, number, call in order}
        for (where, number, call), note in zip(order, notes, strict=True):
            if call is not _BREAK:
                found[where] = Footnote(number, _renumber(note, number, numbers))
    return found


def word_footnotes(linked: LinkedCorpus, notes: Mapping[NoteId, Footnote], wording: Wording) -> dict[NoteId, Footnote]:
    """Return the notes with their words."""
    others = _others_by_note(linked)
    return {
        where: _word(linked, where[0], note, wording, partial(_word_cite, linked.phrases.marks, others.get(where, ())))
        for where, note in notes.items()
    }


def _others_by_note(linked: LinkedCorpus) -> dict[NoteId, set[tuple[str, str]]]:
    """Return of each note the sources and their places that it only disputes or mentions."""
    found: dict[NoteId, set[tuple[str, str]]] = {}
    for key in linked.backlinks:
        places = {(one.call.page, one.call.label, place_key_of(one.cite)) for one in linked.support_of(key)}
        for one in linked.others_of(key):
            page, label, place = one.call.page, one.call.label, place_key_of(one.cite)
            if (page, label, place) not in places:
                found.setdefault((page, label), set()).add((key, place))
    return found


def _word(
    linked: LinkedCorpus, page: PageId, note: Footnote, wording: Wording, word: Callable[[JoinedCite], CiteWords]
) -> Footnote:
    placed = note.placed
    if not placed.has_blocks:
        return replace(note, content=_write(linked, page, placed, wording, word))
    return replace(note, blocks=read_note_blocks(linked, page, placed.path, join_note(placed, wording), word))


def _word_cite(marks: QuotationMarks, others: Collection[tuple[str, str]], cite: JoinedCite) -> CiteWords:
    first = cite.placed.cites[0]  # a joined cite leads to its first place
    place = place_key_of(first)
    return CiteWords(curl_words(cite.words, marks), first.key, place, (first.key, place) not in others)


def placed_notes(notes: Mapping[NoteId, Footnote]) -> Iterable[Note]:
    """Return the notes as values of the module `notes`."""
    return (note.placed for note in notes.values())


def _name(page: PageId, label: str) -> str:
    return f"{page.kind}/{page.key}#{label}"


def _renumber(note: Note, number: int, numbers: Mapping[str, int]) -> Note:
    parts: list[PlacedCitation | Piece] = []
    for part in note.parts:
        if isinstance(part, PlacedCitation):
            cites = tuple(_renumber_cite(placed, numbers) for placed in part.cites)
            vias = tuple(replace(via, placed=_renumber_cite(via.placed, numbers)) for via in part.vias)
            parts.append(PlacedCitation(cites, vias))
        else:
            parts.append(part)
    return replace(note, number=number, parts=tuple(parts))


def _renumber_cite(placed: PlacedCite, numbers: Mapping[str, int]) -> PlacedCite:
    return replace(placed, full_number=numbers.get(placed.full_label, 0))


def _write(
    linked: LinkedCorpus, page: PageId, note: Note, wording: Wording, word: Callable[[JoinedCite], CiteWords]
) -> Inlines:
    line: list[Inline] = []
    for part in join_note(note, wording):
        if isinstance(part, JoinedCite):
            line.append(word(part))
        else:
            line += (part,) if isinstance(part, Run) else read_pieces(linked, page, (part,), note.path)
    return tuple(line)
