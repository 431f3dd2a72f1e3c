"""Checks the worklists of imported manuscripts: what waits for an answer, and that no note is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..reading.corpus import ALL_KEYS, Corpus
from ..reading.texts import Cited, NoteCall
from ..reading.worklist_records import WorklistEntry, WorklistFile
from ..reading.yamltree import Path as FieldPath
from ..values.findings import Finding, did_you_mean

# The name of a note in its author's own words, by its number in the manuscript: "[^n12]".
_NAME = re.compile(r"n([1-9][0-9]*)")
_LONGEST = 60  # letters of a note that tell which one it is


def check_worklists(corpus: Corpus) -> Iterator[Finding]:
    """Yield what is open in each worklist, answers that mean nothing, and notes that stand in none of its essays."""
    for worklist in corpus.worklists:
        for at, entry in enumerate(worklist.model.sources):
            yield from _check_answer(corpus, worklist, ("sources", at), entry)
        unknown = [(at, key) for at, key in enumerate(worklist.model.essays) if not _essays_called(corpus, key)]
        for at, key in unknown:
            span, hint = worklist.located.span(("essays", at)), did_you_mean(key, corpus.essays)
            yield Finding(span, "unknown-essay", f'no essay has the key "{key}"', hint or "take it out of the list")
        if not unknown and ("essay", ALL_KEYS) not in corpus.unread:
            yield from _check_notes(corpus, worklist)


def _check_answer(corpus: Corpus, worklist: WorklistFile, path: FieldPath, entry: WorklistEntry) -> Iterator[Finding]:
    span = worklist.located.span(path)
    if entry.is_open:
        message = f'{entry.became}: "{_shorten(entry.text or entry.source)}", {_count(entry.notes)}'
        yield Finding(span, "open-note", message, "answer: take, correct, other or leave; then import it again")
    is_ambiguous = entry.answer == "take" and not entry.key and not entry.record and len(entry.candidates) != 1
    if (entry.answer in ("correct", "other") or is_ambiguous) and not entry.key:
        message = f"answer: {entry.answer} does not say which record is meant"
        hint = f"key: {entry.candidates[0] if entry.candidates else 'owl-1950'}"
        yield Finding(worklist.located.span((*path, "answer")), "missing-field", message, hint)
    # Of "take" and "correct" the import may be yet to come that makes the record.
    if entry.answer == "other" and entry.key and not corpus.has("source", entry.key):
        message, known = f'no source has the key "{entry.key}"', corpus.keys_of("source")
        yield Finding(worklist.located.span((*path, "key")), "unknown-source", message, did_you_mean(entry.key, known))


def _check_notes(corpus: Corpus, worklist: WorklistFile) -> Iterator[Finding]:
    found = {*worklist.model.left_out, *worklist.model.in_words}
    for key in worklist.model.essays:
        found |= {number for one in _essays_called(corpus, key) for number in notes_in_essay(corpus, one)}
    texts = {note: entry.text for entry in reversed(worklist.model.sources) for note in entry.notes}
    for number in range(1, worklist.model.notes + 1):
        if number not in found:
            message = f"note {number} of {worklist.model.manuscript} stands in none of its essays"
            said = f': it says "{_shorten(texts[number])}"' if texts.get(number) else ""
            hint = f"put {{note={number}}} behind its citation, or {number} into left_out{said}"
            yield Finding(worklist.located.span(("notes",)), "lost-note", message, hint)


def notes_in_essay(corpus: Corpus, key: str) -> Iterator[int]:
    """Yield the notes of a manuscript that stand in an essay, by their numbers."""
    for path, _, text in corpus.essays[key].texts:
        for piece in (piece for block in text.blocks for piece in block.pieces if path):
            if isinstance(piece, Cited | NoteCall) and piece.marks.note:
                yield piece.marks.note
            elif isinstance(piece, NoteCall) and (named := _NAME.fullmatch(piece.name)):
                yield int(named[1])


def _essays_called(corpus: Corpus, key: str) -> list[str]:
    """Return the essay that has a key, or had it before, in a list; none if there is none."""
    if key in corpus.essays:
        return [key]
    return [essay.key for essay in corpus.essays.values() if key in essay.former_keys]


def _shorten(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rsplit(' ', 1)[0]} …"


def _count(notes: tuple[int, ...]) -> str:
    return f"note {notes[0]}" if len(notes) == 1 else f"{len(notes)} notes"
