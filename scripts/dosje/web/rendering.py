"""Renders a draft into a page: note calls, notes in order with their words, and numbers of notes elsewhere."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from ..citing.forms import Form
from ..citing.notes import Note, PlacedCitation, PlacedCite, Template, Wording, full_template_of, template_of
from ..edition.links import LinkedCorpus
from ..edition.pages import path_of, relative
from ..values import words
from ..values.page_id import PageId
from .drafts import Draft
from .markdown import MARK, START, neutralise, write_pieces

# The number of each note on its page.
Numbers = Mapping[tuple[PageId, str], int]


# A part of a note: an author's text as Markdown, or words and where they link to.
class _Shown(NamedTuple):
    template: Template
    is_capital: bool  # it begins the note
    target: str


_Segment = str | _Shown
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
    style = wording.style
    segments: list[_Segment] = []
    full: list[_Segment] = []
    for part in note.parts:
        if isinstance(part, PlacedCitation):
            for index, placed in enumerate(part.cites):
                segments += [style.delimiter] if index else []
                segments += _segments_of(page, placed, wording, is_first=not segments)
                if placed.position != "first" or placed.within is not None:
                    full += [style.delimiter] if full else []
                    full.append(_Shown(full_template_of(placed, wording), True, _way_to_source(placed.cite.key, page)))
        else:
            segments.append(write_pieces(linked, page, (), (part,)))
    if not note.is_handwritten:
        segments = [style.prefix, *segments, _end_of(segments, style.suffix)]
    text = _join(segments, wording)
    text += _write_way_to_full(note)
    if full:
        # A card shows the note apart from the list, so a note without words says this.
        text += f' <span class="dosje-full" hidden>{_join([*full, style.suffix], wording)}</span>'
    # Not split(): what a style sets with a no-break space stays together.
    if any(blanks in text for blanks in ("  ", "\t", "\n")):  # for speed: few texts have any
        text = re.sub(r"[ \t\n]+", " ", text)
    line = text.strip()
    return f"[^{note.label}]: {line}"


def _write_way_to_full(note: Note) -> str:
    """Return links to the notes that give in full what this note shortens."""
    cites = (placed for part in note.parts if isinstance(part, PlacedCitation) for placed in part.cites)
    found = {placed.full_number: placed.full_label for placed in cites if placed.full_number != note.number}
    ways = [
        f'<a href="#fn:{label}" title="Note {number} has the full reference">n. {number}</a>'
        for number, label in sorted(found.items())
    ]
    return f' <span class="dosje-first">Full: {", ".join(ways)}</span>' if ways else ""


def _segments_of(page: PageId, placed: PlacedCite, wording: Wording, *, is_first: bool) -> list[_Segment]:
    """Return a cite with what its author wrote before and after it."""
    prefix, suffix = placed.cite.prefix, placed.cite.suffix
    target = _way_to_source(placed.cite.key, page)
    segments: list[_Segment] = [_Shown(template_of(placed, wording), is_first and not prefix, target)]
    if prefix:
        segments.insert(0, neutralise(_capitalize(prefix) if is_first else prefix) + " ")
    if suffix:
        segments.append(neutralise(suffix if suffix.startswith((",", ".", ";", ":")) else f" {suffix}"))
    return segments


@lru_cache(maxsize=4096)
def _way_to_source(key: str, page: PageId) -> str:
    return relative(path_of(PageId("source", key)), path_of(page))


def _join(segments: Sequence[_Segment], wording: Wording) -> str:
    """Return the segments as Markdown, with no full stop doubled where words meet one."""
    parts = []
    taken = 0
    for segment, following in zip(segments, (*segments[1:], ""), strict=False):  # a note may have no words
        if isinstance(segment, str):
            parts.append(segment[taken:])
            # The author ended a cite, and now the sentence.
            taken = int(isinstance(following, str) and following.startswith(".") and _is_ended(segment))
        else:
            text, taken = _print(segment, following[:1] if isinstance(following, str) else "", wording)
            for room, value in segment.template.values:
                text = text.replace(room, _escape(value))
            parts.append(text)
    return "".join(parts)


def _print(shown: _Shown, sign: str, wording: Wording) -> tuple[str, int]:
    """Return words as Markdown, with room for their values, and how much of the sign behind them they have taken."""
    key = (shown.template.form, shown.is_capital, shown.target, sign)
    made = wording.printed.get(key)
    if made is None:
        found = wording.words_by_form[shown.template.form]
        found = words.capitalize(found) if shown.is_capital else found
        found, rest = words.set_sign(found, sign, wording.stops_in_quotes)
        made = wording.printed[key] = (words.to_markdown(found, shown.target), len(sign) - len(rest))
    return made


_escape = lru_cache(maxsize=1 << 14)(words.escape)


def _end_of(segments: Sequence[_Segment], suffix: str) -> str:
    """Return what ends a note: nothing where its author did."""
    last = segments[-1]
    return suffix.removeprefix(".") if isinstance(last, str) and _is_ended(last) else suffix


def _is_ended(text: str) -> bool:
    return text.rstrip("*_)]”’\"'").endswith((".", "?", "!"))


def _capitalize(text: str) -> str:
    return re.sub(r"\A[\W_]*\w", lambda match: match[0].upper(), text)
