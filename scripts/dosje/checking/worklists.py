"""Checks the worklists of imported manuscripts: what waits for an answer, and that no note is lost."""

from __future__ import annotations

from collections.abc import Iterator

from ..edition.manuscript_notes import essays_of, notes_there
from ..reading.corpus import ALL_KEYS, Corpus
from ..reading.worklist_records import WorklistEntry, WorklistFile
from ..reading.yamltree import Path as FieldPath
from ..values.findings import Finding, did_you_mean

_LONGEST = 60  # letters of a note that tell which one it is


def check_worklists(corpus: Corpus) -> Iterator[Finding]:
    """Yield what is open in each worklist, answers that mean nothing, and notes that stand in none of its essays."""
    for worklist in corpus.worklists:
        for at, entry in enumerate(worklist.model.sources):
            yield from _check_answer(corpus, worklist, ("sources", at), entry)
        known = {page.key for page in essays_of(corpus, worklist.model)}
        called = {*known, *(old for key in known for old in corpus.essays[key].former_keys)}
        unknown = [(at, key) for at, key in enumerate(worklist.model.essays) if key not in called]
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
    if entry.answer == "other" and entry.key and not _is_source(corpus, entry.key):
        message, known = f'no source has the key "{entry.key}"', corpus.keys_of("source")
        yield Finding(worklist.located.span((*path, "key")), "unknown-source", message, did_you_mean(entry.key, known))


def _is_source(corpus: Corpus, key: str) -> bool:
    """Say whether there is a source with this key, of today or of before; one that could not be read is there too."""
    return corpus.has("source", key) or bool(corpus.source_called(key))


def _check_notes(corpus: Corpus, worklist: WorklistFile) -> Iterator[Finding]:
    there = notes_there(corpus, worklist.model)
    texts = {note: entry.text for entry in reversed(worklist.model.sources) for note in entry.notes}
    for number in range(1, worklist.model.notes + 1):
        if number not in there:
            message = f"note {number} of {worklist.model.manuscript} stands in none of its essays"
            said = f': it says "{_shorten(texts[number])}"' if texts.get(number) else ""
            hint = f"put {{note={number}}} behind its citation, or {number} into left_out{said}"
            yield Finding(worklist.located.span(("notes",)), "lost-note", message, hint)


def _shorten(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rsplit(' ', 1)[0]} …"


def _count(notes: tuple[int, ...]) -> str:
    return f"note {notes[0]}" if len(notes) == 1 else f"{len(notes)} notes"
