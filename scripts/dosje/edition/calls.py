"""The calls of notes in an edition's texts, each with a label that stays the same, and the mentions of records.

Knows nothing of wording, Markdown output or files.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ..reading.corpus import Corpus, FieldTexts, Record, Sentences
from ..reading.fields import Model
from ..reading.records import Document
from ..reading.sentences import text_of_pieces
from ..reading.text_parsing import parse_text
from ..reading.texts import Cited, NoteCall, Piece, TextBlock
from ..reading.yamltree import Path as FieldPath
from ..values.citations import Citation, Cite
from ..values.locators import Locator
from ..values.page_id import PageId
from ..values.slugs import slug
from .person_names import display_name
from .stances import Stance

# How many pieces of a text we search for the words before a note.
_LOOKED_BACK = 50
# In a label: the sign before the place where the note stands, and the sign before the number that tells like notes
# apart. No slug has either.
PLACE_SIGN, NUMBER_SIGN = "_", "."


@dataclass(frozen=True)
class Call:
    """A place where a note is called: a citation, or a hand-written note.

    `label` names the note on its page by what it cites and where: "kapo-folio-40_in-bucharest". So a new note on the
    page does not change it, nor does a source or person that is renamed: it has the oldest key of each. The label of a
    hand-written note is "note-" and its name.
    `context` is the sentence that rests on the note, as plain text, or the paragraph where it `covers=paragraph`.
    """

    page: PageId
    path: FieldPath
    label: str
    pieces: tuple[Piece, ...]  # one Cited, or the text of a hand-written note
    context: str

    @property
    def name(self) -> str:
        """The part of the label that says what is cited, or the name of the hand-written note."""
        return re.split(f"[{PLACE_SIGN}{NUMBER_SIGN}]", self.label)[0].removeprefix("note-")

    @property
    def offset(self) -> int:
        """Its place in its text."""
        return self.pieces[0].offset

    @property
    def citations(self) -> tuple[tuple[Cite, ...], ...]:
        return tuple(piece.citation.cites for piece in self.pieces if isinstance(piece, Cited))

    @property
    def cites(self) -> tuple[Cite, ...]:
        return tuple(cite for cites in self.citations for cite in cites)


@dataclass(frozen=True)
class Backlink:
    """One cite of a source, seen from the source."""

    call: Call
    cite: Cite
    stance: Stance = "supports"


@dataclass(frozen=True)
class Mention:
    """A link to a record in somebody's prose, seen from the record."""

    page: PageId
    path: FieldPath
    context: str
    label: str  # of the first note called in the same paragraph, "" if none


def calls_in(
    corpus: Corpus,
    page: PageId,
    texts: FieldTexts,
    sentences: Sentences,
    record: Record[Model] | None,
) -> list[Call]:
    calls = []
    is_free = record is not None and isinstance(record.model, Document)
    for path, what, text in texts:
        notes = {block.note: block for block in text.blocks if block.note}
        named: set[str | int] = set()
        for block in text.blocks:
            if block.note:
                continue
            spoken: list[Piece] = []
            called = 0  # how much was spoken before the last note
            whole = ""
            for piece in block.pieces:
                if isinstance(piece, Cited):
                    if what == "prose":
                        context = sentences[path, piece.offset]
                        if piece.marks.covers:
                            whole = whole or text_of_pieces(block.pieces)
                            context = whole
                        elif len({cite.key for cite in piece.citation.cites}) > 1:
                            context = _whole_statement(spoken[called:], context)
                        place = _words_before(spoken)
                    else:
                        context, place = _describe_field(corpus, record, path)
                    label = _name(corpus, piece.citation) + (PLACE_SIGN + place if place else "")
                    pieces: tuple[Piece, ...] = (piece,)
                elif isinstance(piece, NoteCall) and piece.name in notes:
                    whole = whole or text_of_pieces(block.pieces)
                    for call, context in _notes_called(piece, whole, notes, named, is_free=is_free):
                        pieces = (call, *notes[call.name].pieces)
                        calls.append(Call(page, path, f"note-{slug(call.name)}", pieces, context))
                    continue
                else:
                    spoken.append(piece)
                    continue
                called = len(spoken)
                calls.append(Call(page, path, label, pieces, context))
    return _tell_apart(calls)


def _notes_called(
    call: NoteCall, context: str, notes: Mapping[str, TextBlock], named: set[str | int], *, is_free: bool
) -> Iterator[tuple[NoteCall, str]]:
    """Yield the call of a note with what rests on it, and those in the note right behind it, as Python-Markdown does.

    `named`: the notes that were yielded; it grows. For MkDocs a name is always the same note. With us each call has a
    note of its own, except one within a note that is called twice.
    """
    if is_free and call.name in named:
        return
    named.add(call.name)
    yield call, context
    pieces = notes[call.name].pieces
    for piece in pieces:
        if isinstance(piece, NoteCall) and piece.name in notes and piece.offset not in named:
            named.add(piece.offset)
            yield from _notes_called(piece, text_of_pieces(pieces) or context, notes, named, is_free=is_free)


def _tell_apart(calls: list[Call]) -> list[Call]:
    """Return the calls, each with its own label.

    If notes are alike, all but the last get a number. So a note that is added before them takes no name from them.
    """
    counts: Counter[str] = Counter()
    apart = []
    for call in reversed(calls):
        counts[call.label] += 1
        number = counts[call.label]
        apart.append(replace(call, label=f"{call.label}{NUMBER_SIGN}{number}") if number > 1 else call)
    return apart[::-1]


def _whole_statement(spoken: Sequence[Piece], sentence: str) -> str:
    """Return all that was said since the note before, up to the end of the sentence.

    A note of several sources at the end of a statement gives each the whole, because nobody can tell its parts from it.
    """
    text = text_of_pieces(tuple(spoken)).strip()
    # Where the sentence begins in what was said.
    at = next((at for at in range(len(text)) if sentence.startswith(text[at:])), -1)
    if at > 0:
        return text[:at].lstrip(" .,;:!?") + sentence
    return sentence


def _words_before(pieces: Sequence[Piece]) -> str:
    """Return the last two words of the pieces as part of an address."""
    spoken: tuple[Piece, ...] = ()
    # There may be many pieces without words: the spaces between citations.
    for piece in reversed(pieces[-_LOOKED_BACK:]):
        spoken = (piece, *spoken)
        words = _last_words(text_of_pieces(spoken))
        if "-" in words:
            return words
    return _last_words(text_of_pieces(spoken))


def _last_words(text: str) -> str:
    """Return the last two words of a text, or one if a sentence begins with it, as part of an address."""
    words = text.split()[-2:]
    if len(words) == 2 and words[0].endswith((".", "!", "?")):
        words = words[1:]
    return slug(" ".join(words))


def mentions_in(
    page: PageId, texts: FieldTexts, sentences: Sentences, calls: tuple[Call, ...]
) -> Iterator[tuple[PageId, Mention]]:
    label_at = {(call.path, call.offset): call.label for call in calls}
    for path, _, text in texts:
        for block in text.blocks:
            seen: set[PageId] = set()
            called = [p.offset for p in block.pieces if block.links and (path, p.offset) in label_at]
            for link in block.links:
                target = PageId(link.kind, link.key)
                if link.kind == "note" or target == page or target in seen:
                    continue
                seen.add(target)
                following = bisect_right(called, link.offset)
                label = label_at[path, called[following]] if following < len(called) else ""
                yield target, Mention(page, path, sentences[path, link.offset], label)


def _describe_field(corpus: Corpus, record: Record[Model] | None, path: FieldPath) -> tuple[str, str]:
    """Return in words what a citation outside of prose supports, and what distinguishes it from similar ones."""
    if path[-1] == "via":
        return corpus.settings.phrases("call.names" if path[0] == "via" else "call.names-copy"), str(path[0])
    if record is None:
        return "", ""
    part: object = record.model
    for step in path[:-1]:
        part = part[step] if isinstance(step, int) else getattr(part, str(step))  # type: ignore[index]
    words = [getattr(part, name, "") or "" for name in ("claim", "role", "office")]
    person = corpus.persons.get(getattr(part, "person", None) or "")
    organisation = corpus.organisations.get(getattr(part, "organisation", None) or "")
    name = display_name(person.model.name) if person else ""
    if not name and organisation is not None and hasattr(part, "attendance"):
        name = organisation.model.name
    attendance = getattr(part, "attendance", "")
    if attendance and not name:
        name = str(getattr(part, "name", ""))
    if words[0]:
        claim = " ".join(text_of_pieces(block.pieces) for block in parse_text(words[0]).blocks)
        return claim, _last_words(claim)
    attended = corpus.settings.phrases(f"attendance.{attendance}") if attendance else ""
    described = ", ".join(word for word in (name, attended, *words) if word)
    holder = person or organisation
    # A label is the same in every language.
    label = slug(holder.oldest_key) if holder else _last_words(", ".join(word for word in (name, *words) if word))
    return described[:1].upper() + described[1:], label


def _name(corpus: Corpus, citation: Citation) -> str:
    """Return the part of a label that says what is cited. A source goes by its oldest key, for ever."""
    parts = []
    for cite in citation.cites[:3]:
        key = corpus.oldest_key_of(PageId("source", cite.key))
        parts.append(slug(f"{key} {_locator_slug(cite.locator)}"))
    if len(citation.cites) > 3:
        parts.append("etc")
    return "--".join(parts)


def _locator_slug(locator: Locator | None) -> str:
    return f"{locator.label} {locator.whole}" if locator else ""
