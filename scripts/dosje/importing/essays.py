"""Makes essays of a manuscript whose notes were read: a note is a citation, or a footnote in its author's words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from ..checking.keys import explain_new_key
from ..reading.corpus import Corpus
from ..reading.note_marks import NoteMarks, format_marks
from ..values.citations import CITATION
from ..values.page_id import PageId
from ..values.slugs import slug
from .decisions import ReadNotes
from .incoming import IncomingRecord
from .manuscript import NOTE_CALL, Chapter, Manuscript, ManuscriptNote, name_note


def with_free_keys(corpus: Corpus, manuscript: Manuscript) -> Manuscript:
    """Return a manuscript whose chapters have keys that the edition has not given to something else.

    A chapter with the key and title of an essay is that essay: it was imported before.
    """
    taken: set[str] = set()
    chapters = []
    for chapter in manuscript.chapters:
        key = _free_key(corpus, manuscript, chapter, taken)
        taken.add(key)
        chapters.append(replace(chapter, key=key))
    return replace(manuscript, chapters=tuple(chapters))


def _free_key(corpus: Corpus, manuscript: Manuscript, chapter: Chapter, taken: set[str]) -> str:
    stem = slug(manuscript.path.rpartition(".")[0]) or "manuscript"
    longer = f"{stem}-{chapter.key}"
    for key in (chapter.key, longer, *(f"{longer}-{number}" for number in range(2, len(taken) + 1000))):
        essay = corpus.essays.get(key)
        is_own = essay is not None and " ".join(essay.model.title.split()) == " ".join(chapter.title.split())
        if key not in taken and (is_own or not explain_new_key(corpus, PageId("essay", key), key)):
            return key
    return chapter.key


def make_essays(manuscript: Manuscript, read: ReadNotes) -> tuple[IncomingRecord, ...]:
    """Return the essays of a manuscript, in order. No word of it is left out.

    What a note is printed as takes the place of its call; prose stands below the text, and its call is a footnote.
    """
    notes = {note.number: note for note in manuscript.notes}
    return tuple(_make_essay(manuscript, at, notes, read) for at in range(len(manuscript.chapters)))


def _make_essay(manuscript: Manuscript, at: int, notes: dict[int, ManuscriptNote], read: ReadNotes) -> IncomingRecord:
    chapter = manuscript.chapters[at]
    body = NOTE_CALL.sub(lambda match: _print(match, notes[int(match[1])], read), chapter.markdown)
    below = "".join(f"\n{text}\n" for number in chapter.called for text in define_note(notes[number], read))
    fields: dict[str, Any] = {"title": chapter.title, "author": list(manuscript.authors), "summary": chapter.summary}
    if len(manuscript.chapters) > 1:
        fields["order"] = at + 1
    fields["draft"] = True
    place = manuscript.path if len(manuscript.chapters) == 1 else f"{manuscript.path}, chapter {at + 1}"
    kept = {name: value for name, value in fields.items() if value}
    return IncomingRecord(PageId("essay", chapter.key), kept, place, body.rstrip("\n") + "\n" + below)


def _is_footnote(note: ManuscriptNote, read: ReadNotes) -> bool:
    """Say whether a note stands below the text: prose, but for what stood in the text itself."""
    return note.kind != "text" and (note.number in read.is_prose or note.number not in read.printed)


def _print(match: re.Match[str], note: ManuscriptNote, read: ReadNotes) -> str:
    """Return what stands where a note is called. A citation has a space before it, which no page prints."""
    text, before = print_call(note, read), match.string[: match.start()][-1:]
    return f" {text}" if is_cited_by(text) and before.strip() and note.kind != "text" else text


def print_call(note: ManuscriptNote, read: ReadNotes) -> str:
    """Return the call of a note, or its citation, with what it covers and, if it has no name, its number in braces."""
    if _is_footnote(note, read):
        return f"[^{name_note(note.number)}]{format_marks(NoteMarks(0, note.covers))}"
    text = read.printed.get(note.number, note.markdown)
    if is_citation(text):
        return f"{text}{format_marks(NoteMarks(note.number, note.covers))}"
    return _write_in_text(note, text) if note.kind == "text" else text


def is_cited_by(call: str) -> bool:
    """Say whether a note stands in the text as a citation, not as the call of a footnote."""
    return call.startswith("[") and not call.startswith("[^")


def _write_in_text(note: ManuscriptNote, text: str) -> str:
    """Return what stood in the text itself, with its parentheses, and the citations that are known in it."""
    if note.markdown and note.markdown in note.written:
        return note.written.replace(note.markdown, text, 1)
    return note.written if note.written and text == note.markdown else f"({text})" if note.written else text


def is_citation(text: str) -> bool:
    """Say whether what a note is printed as is one citation, and nothing else."""
    found = CITATION.match(text)
    return found is not None and found.end() == len(text)


def define_note(note: ManuscriptNote, read: ReadNotes) -> Iterator[str]:
    """Yield the text of a footnote, its blocks indented, if the note is one."""
    if _is_footnote(note, read):
        first, *more = read.printed.get(note.number, note.markdown).strip("\n").split("\n")
        lines = [f"    {line}" if line.strip() else "" for line in more]
        yield "\n".join([f"[^{name_note(note.number)}]: {first}", *lines])
