"""Renders a draft into a page: note calls, notes in order with their words, and numbers of notes elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from ..citing.forms import Form
from ..citing.joining import JoinedCite, NotePart, full_notes_of, join_in_full, join_note
from ..citing.notes import Note, Wording
from ..edition.links import LinkedCorpus
from ..edition.pages import path_of, relative
from ..values import words
from ..values.page_id import PageId
from ..values.words import Run
from .drafts import Draft
from .markdown import MARK, START, write_pieces

# The number of each note on its page.
Numbers = Mapping[tuple[PageId, str], int]

# Python-Markdown puts the list of notes where this stands, so that it has a heading of its own.
_NOTES_HERE = "## Notes\n\n///Footnotes Go Here///"


def marks_in(text: str, kind: str) -> list[list[str]]:
    """Return what the marks of one kind in a draft hold, in their order: the parts behind the kind."""
    found = (match[1].split(" ") for match in MARK.finditer(text))
    return [parts for first, *parts in found if first == kind]


def render_page(linked: LinkedCorpus, draft: Draft, notes: Sequence[Note], numbers: Numbers, wording: Wording) -> str:
    """Return the finished Markdown of a page: its draft with all marks filled, and its notes in order."""
    text = _fill(draft.text, numbers, wording)
    definitions = [_write_note(linked, draft.page, note, wording) for note in notes] if draft.page else []
    definitions = [_fill(definition, numbers, wording) for definition in definitions]
    heading = [_NOTES_HERE] if definitions else []
    return "\n\n".join([text.strip(), *heading, *definitions]) + "\n"


def _fill(text: str, numbers: Numbers, wording: Wording) -> str:
    if START not in text:
        return text
    parts = []
    position = 0
    for match in MARK.finditer(text):
        parts.append(text[position : match.start()])
        position = match.end()
        kind, *values = match[1].split(" ")
        if kind == "call":
            parts.append(f"[^{values[0]}]")
        elif kind == "number":
            # A template need not print every text of its record; then the note has no number.
            parts.append(str(numbers.get((PageId(values[0], values[1]), values[2]), "")))
        else:
            target = values[2] if len(values) > 2 else ""
            # Some styles leave manuscripts out of a bibliography. The page of a source names it nevertheless.
            found = wording.words_by_form[Form(values[0], values[1])] or wording.words_by_form[Form(values[0], "first")]
            sign = text[position : position + 1]
            found, rest = words.set_sign(words.capitalize(found), sign, wording.stops_in_quotes)
            parts.append(words.to_markdown(found, target))
            position += len(sign) - len(rest)
    parts.append(text[position:])
    return "".join(parts)


def _write_note(linked: LinkedCorpus, page: PageId, note: Note, wording: Wording) -> str:
    """Return the definition of a footnote on one line."""
    text = _write_parts(linked, page, join_note(note, wording), wording)
    text += _write_way_to_full(note)
    if full := join_in_full(note, wording):
        # A card shows the note apart from the list, so a note without words says this.
        text += f' <span class="dosje-full" hidden>{_write_parts(linked, page, full, wording)}</span>'
    # Not split(): what a style sets with a no-break space stays together.
    if any(blanks in text for blanks in ("  ", "\t", "\n")):  # for speed: few texts have any
        text = re.sub(r"[ \t\n]+", " ", text)
    line = text.strip()
    return f"[^{note.label}]: {line}"


def _write_way_to_full(note: Note) -> str:
    """Return links to the notes that give in full what this note shortens."""
    ways = [
        f'<a href="#fn:{label}" title="Note {number} has the full reference">n. {number}</a>'
        for number, label in full_notes_of(note).items()
    ]
    return f' <span class="dosje-first">Full: {", ".join(ways)}</span>' if ways else ""


def _write_parts(linked: LinkedCorpus, page: PageId, parts: Iterable[NotePart], wording: Wording) -> str:
    written = []
    for part in parts:
        if isinstance(part, Run):
            written.append(part.text)
        elif isinstance(part, JoinedCite):
            text = _write_room(part, _way_to_source(part.placed.cite.key, page), wording)
            for sign, value in part.values:
                text = text.replace(sign, _escape(value))
            written.append(text)
        else:
            written.append(write_pieces(linked, page, (), (part,)))
    return "".join(written)


def _write_room(cite: JoinedCite, target: str, wording: Wording) -> str:
    """Return the words of a cite as Markdown, with signs in the place of its values. Most stand in many notes."""
    key = (cite.shown, target)
    made = wording.printed.get(key)
    if made is None:
        made = wording.printed[key] = words.to_markdown(cite.room, target)
    return made


@lru_cache(maxsize=4096)
def _way_to_source(key: str, page: PageId) -> str:
    return relative(path_of(PageId("source", key)), path_of(page))


_escape = lru_cache(maxsize=1 << 14)(words.escape)
