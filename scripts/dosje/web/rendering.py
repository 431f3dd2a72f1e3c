"""Renders a draft into a page: note calls, notes in order with their words, and numbers of notes elsewhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from markupsafe import Markup

from ..citing.forms import Form
from ..citing.joining import JoinedCite, NotePart, full_notes_of, join_in_full, join_note
from ..citing.notes import Note, Wording
from ..edition.links import LinkedCorpus
from ..edition.pages import path_of
from ..markup.note_blocks import read_note_blocks
from ..markup.prose import read_pieces
from ..markup.tree import CiteWords
from ..phrases.phrases import Phrases
from ..reading.records import Document
from ..reading.texts import Markdown
from ..reading.yamltree import Path as FieldPath
from ..values import words
from ..values.page_id import PageId
from ..values.typography import curl_words, hold_together
from ..values.words import Run, Words
from .documents import write_document_piece
from .drafts import Draft
from .markdown import MARK, START
from .note_aliases import NO_ALIASES, NoteAliases, find_note_aliases
from .page_html import PageHtml
from .said import say

# The number of each note on its page.
Numbers = Mapping[tuple[PageId, str], int]

# What is no Markdown at all.
_PLAIN = re.compile(r"(?:[^\W_]|[,.;()’“”–— -])*\Z")
# Python-Markdown puts the list of notes where this stands, so that it has a heading of its own.
_NOTES_HERE = "///Footnotes Go Here///"


def marks_in(text: str, kind: str) -> list[list[str]]:
    """Return what the marks of one kind in a draft hold, in their order: the parts behind the kind."""
    found = (match[1].split(" ") for match in MARK.finditer(text))
    return [parts for first, *parts in found if first == kind]


def render_page(linked: LinkedCorpus, draft: Draft, notes: Sequence[Note], numbers: Numbers, wording: Wording) -> str:
    """Return the finished page: its draft with all marks filled, and its notes in order."""
    if draft.page is None:
        return _Renderer(linked, draft.path, numbers, wording).fill(draft.text, None).strip() + "\n"
    record = linked.record(draft.page)
    is_document = record is not None and isinstance(record.model, Document)
    aliases = find_note_aliases(linked, draft.page)
    renderer = _Renderer(linked, draft.path, numbers, wording, aliases, is_document=is_document)
    text = renderer.fill(draft.text, draft.page).strip()
    return "\n\n".join([text, *renderer.notes(draft.page, notes)]) + "\n"


class _Renderer:
    """Renders one page. `is_document`: it was written for MkDocs alone, and Python-Markdown numbers its notes."""

    def __init__(
        self,
        linked: LinkedCorpus,
        path: str,
        numbers: Numbers,
        wording: Wording,
        aliases: NoteAliases = NO_ALIASES,
        *,
        is_document: bool = False,
    ) -> None:
        self._linked = linked
        self._aliases = aliases
        self._numbers = numbers
        self._wording = wording
        self._html = PageHtml(linked, path)
        self._is_document = is_document
        self._called: Counter[str] = Counter()

    def fill(self, text: str, page: PageId | None) -> str:
        """Return a text with its marks filled."""
        if START not in text:
            return text
        parts = []
        position = 0
        for match in MARK.finditer(text):
            parts.append(text[position : match.start()])
            position = match.end()
            kind, *values = match[1].split(" ")
            if kind == "call":
                parts.append(self._call(page, values[0]) if page else "")
            elif kind == "number":
                # A template need not print every text of its record; then the note has no number.
                parts.append(str(self._numbers.get((PageId(values[0], values[1]), values[2]), "")))
            else:
                target = values[2] if len(values) > 2 else ""
                sign = text[position : position + 1]
                found, rest = self._words(values[0], values[1], sign)
                parts.append(self._html.linked(found, target))
                position += len(sign) - len(rest)
        parts.append(text[position:])
        return "".join(parts)

    def _words(self, key: str, form: str, sign: str) -> tuple[Words, str]:
        by_form = self._wording.words_by_form
        # Some styles leave manuscripts out of a bibliography. The page of a source names it nevertheless.
        found = by_form[Form(key, form)] or by_form[Form(key, "first")]
        return words.set_sign(words.capitalize(found), sign, self._wording.stops_in_quotes)

    def _call(self, page: PageId, label: str) -> str:
        self._called[label] += 1
        targets = self._aliases.of_call(label) if self._called[label] == 1 else ""
        if self._is_document:
            return f"{targets}[^{label}]"
        name = _name_of_call(label, self._called[label])
        number = self._numbers[page, label]
        return f'{targets}<sup id="{name}"><a class="footnote-ref" href="#fn:{label}">{number}</a></sup>'

    def notes(self, page: PageId, notes: Sequence[Note]) -> list[str]:
        """Return the list of notes below its heading: as HTML, as Python-Markdown writes it."""
        moved = self._aliases.lines(self._linked.phrases, self._html)
        if not notes:
            return moved
        write = self._document_note if self._is_document else self._note
        written = ((note, self.fill(write(page, note), page)) for note in notes)
        lines = [(note, self._with_targets(note, line)) for note, line in written]
        if self._is_document:
            return [
                f"## {self._linked.phrases('note.all')}\n\n{_NOTES_HERE}",
                *moved,
                *(f"[^{note.label}]: {line}" for note, line in lines),
            ]
        items = "\n".join(
            f'<li id="fn:{note.label}">\n{_with_ways(note, line, self._ways_back(note))}\n</li>' for note, line in lines
        )
        return [
            self._html.heading(self._linked.phrases("note.all"), 2, "notes"),
            *moved,
            f'<div class="footnote">\n<hr/>\n<ol>\n{items}\n</ol>\n</div>',
        ]

    def _with_targets(self, note: Note, text: str) -> str:
        targets = self._targets_of(note)
        is_block = targets and note.has_blocks and not self._is_document
        return f"<p>{targets}</p>\n{text}" if is_block else f"{targets}{text}"

    def _targets_of(self, note: Note) -> str:
        is_missing = not self._called[note.label] and not self._is_document
        return self._aliases.of_note(note.label) + (self._aliases.of_uncalled(note.label) if is_missing else "")

    def _ways_back(self, note: Note) -> str:
        title = say(self._linked.phrases, "note.back", number=note.number)
        calls = (_name_of_call(note.label, count) for count in range(1, self._called[note.label] + 1))
        return " ".join(f'<a class="footnote-backref" href="#{call}" title="{title}">&#8617;</a>' for call in calls)

    def _note(self, page: PageId, note: Note) -> str:
        """Return what a note says: on one line, or as blocks where its author wrote several."""
        if note.has_blocks:
            return self._note_of_blocks(page, note)
        text = self._parts(page, join_note(note, self._wording), note.path)
        return self._one_line(f"{text}{self._behind(page, note)}")

    def _note_of_blocks(self, page: PageId, note: Note) -> str:
        blocks = read_note_blocks(self._linked, page, note.path, join_note(note, self._wording), self._word_cite)
        behind = self._one_line(self._behind(page, note))
        return self._html.finished(blocks) + (f"\n<p>{behind}</p>" if behind else "")

    def _word_cite(self, cite: JoinedCite) -> CiteWords:
        return CiteWords(curl_words(cite.words, self._linked.phrases.marks), cite.placed.cite.key, "")

    def _behind(self, page: PageId, note: Note) -> str:
        """Return what stands behind the words of a note: the ways to what it shortens, and that in full."""
        text = _write_way_to_full(note, self._linked.phrases)
        if full := join_in_full(note, self._wording):
            # A card shows the note apart from the list, so a note without words says this.
            text += f' <span class="dosje-full" hidden>{self._parts(page, full)}</span>'
        return text

    def _one_line(self, text: str) -> str:
        # Not split(): what a style sets with a no-break space stays together.
        if any(blanks in text for blanks in ("  ", "\t", "\n")):  # for speed: few texts have any
            text = re.sub(r"[ \t\n]+", " ", text)
        return text.strip()

    def _document_note(self, page: PageId, note: Note) -> str:
        """Return a note of a page that was written for MkDocs alone: one that its author wrote stays Markdown."""
        if not note.is_handwritten:
            return self._note(page, note)
        parts = join_note(note, self._wording)
        text = "".join(
            self._parts(page, (part,))
            if isinstance(part, Run | JoinedCite)
            else write_document_piece(self._linked, page, part)
            for part in parts
        ).rstrip()
        way = _write_way_to_full(note, self._linked.phrases).strip()
        # It must not become a part of a list or of code at the end of the note.
        return f"{text}\n\n    {way}" if way and "\n\n" in text else f"{text} {way}".rstrip()

    def _parts(self, page: PageId, parts: Iterable[NotePart], path: FieldPath = ()) -> str:
        written = []
        for part in parts:
            if isinstance(part, Run):
                written.append(words.escape(part.text))
            elif isinstance(part, JoinedCite):
                text = self._room(part)
                for sign, value in part.values:
                    text = text.replace(sign, _escape(value))
                written.append(text)
            elif isinstance(part, Markdown) and not part.is_code and _PLAIN.match(part.text):
                written.append(_escape(hold_together(part.text)))
            else:
                written.append(self._html.line(read_pieces(self._linked, page, (part,), path)))
        return "".join(written)

    def _room(self, cite: JoinedCite) -> str:
        """Return the words of a cite, with signs in the place of its values. Most stand in many notes."""
        path = path_of(PageId("source", cite.placed.cite.key))
        key = (cite.shown, self._html.address(path))
        made = self._wording.printed.get(key)
        if made is None:
            made = self._wording.printed[key] = self._html.linked(cite.room, path)
        return made


def _with_ways(note: Note, text: str, ways: str) -> str:
    """Return a note with the ways back to its calls at its end: in its last paragraph, as Python-Markdown has it."""
    if not note.has_blocks:
        return f"<p>{text}&#160;{ways}</p>"
    body = text.removesuffix("</p>")
    return f"{body}&#160;{ways}</p>" if body != text else f"{text}\n<p>{ways}</p>"


def _name_of_call(label: str, count: int) -> str:
    """Return the address of the first or a later call of a note, as Python-Markdown names them."""
    return f"fnref{count if count > 1 else ''}:{label}"


def _write_way_to_full(note: Note, phrases: Phrases) -> str:
    """Return links to the notes that give in full what this note shortens."""
    ways = [
        f'<a href="#fn:{label}" title="{say(phrases, "note.has-full", number=number)}">'
        f"{say(phrases, 'note.short', number=number)}</a>"
        for number, label in full_notes_of(note).items()
    ]
    if not ways:
        return ""
    return f' <span class="dosje-first">{say(phrases, "note.full", notes=Markup(phrases.between.join(ways)))}</span>'


_escape = lru_cache(maxsize=1 << 14)(words.escape)
