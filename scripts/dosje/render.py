"""Renders drafts into pages: note calls, notes in order with their words, and numbers of notes elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from . import words
from .csl import Meta, Style, meta_of_source
from .draft import Draft
from .link import LinkedCorpus, PageId
from .notes import Note, PlacedCitation, PlacedCite, forms_of, place_notes, words_of
from .pandoc import Form
from .records import Source
from .web import MARK, neutralise, path_of, relative, write_pieces
from .words import Words


# Python-Markdown puts the list of notes where this stands, so that it has a heading of its own.
_NOTES_HERE = "## Notes\n\n///Footnotes Go Here///"


@dataclass(frozen=True)
class Placed:
    """All drafts with the notes of each in the order of their calls."""

    drafts: Sequence[Draft]
    notes: Mapping[PageId, tuple[Note, ...]]

    def forms(self, style: Style) -> set[Form]:
        """Return every form of a source that stands on some page."""
        forms: set[Form] = set()
        for notes in self.notes.values():
            forms |= forms_of(notes, style)
        for draft in self.drafts:
            forms |= {Form(m[1], m[2]) for m in _marks(draft.text, "w")}
        return forms


def place_all(linked: LinkedCorpus, drafts: Sequence[Draft]) -> Placed:
    """Return the drafts with their notes placed in the order in which each page calls them."""
    notes = {}
    for draft in drafts:
        if draft.page is not None:
            labels = dict.fromkeys(m[1] for m in _marks(draft.text, "c"))
            notes[draft.page] = place_notes([linked.calls_by_label[draft.page, label] for label in labels])
    return Placed(drafts, notes)


def metas_of(linked: LinkedCorpus, works: Mapping[str, Meta], keys: Iterable[str]) -> dict[tuple[str, bool], Meta]:
    """Return the CSL variables of sources by key and whether they are cited without a locator."""
    metas: dict[tuple[str, bool], Meta] = {}
    for key in keys:
        record = linked.corpus.by_kind["source"].get(key)
        for has_no_locator in (True, False):
            if record is None:
                metas[key, has_no_locator] = works[key]
                continue
            assert isinstance(record.model, Source)
            authors = tuple(linked.name_of(name) for name in record.model.author)
            recipients = tuple(linked.name_of(name) for name in record.model.recipient)
            holding = linked.holding(record)
            metas[key, has_no_locator] = meta_of_source(record.model, authors, recipients, holding, has_no_locator)
    return metas


def render_pages(
    linked: LinkedCorpus, placed: Placed, style: Style, words_by_form: Mapping[Form, Words]
) -> dict[str, str]:
    """Return the finished Markdown of every page by path."""
    numbers = {(page, note.label): note.number for page, notes in placed.notes.items() for note in notes}
    pages = {}
    for draft in placed.drafts:
        text = _fill(draft.text, numbers, words_by_form)
        definitions = [
            _write_note(linked, page, note, style, words_by_form)
            for page in (draft.page,)
            if page is not None
            for note in placed.notes[page]
        ]
        heading = [_NOTES_HERE] if definitions else []
        pages[draft.path] = "\n\n".join([text.strip(), *heading, *definitions]) + "\n"
    return pages


def _marks(text: str, kind: str) -> list[list[str]]:
    found = (match[1].split(" ") for match in MARK.finditer(text))
    return [parts for parts in found if parts[0] == kind]


def _fill(text: str, numbers: Mapping[tuple[PageId, str], int], words_by_form: Mapping[Form, Words]) -> str:
    parts = []
    position = 0
    for match in MARK.finditer(text):
        parts.append(text[position : match.start()])
        position = match.end()
        kind, *values = match[1].split(" ")
        if kind == "c":
            parts.append(f"[^{values[0]}]")
        elif kind == "n":
            # A template need not print every text of its record; then the note has no number.
            parts.append(str(numbers.get((PageId(values[0], values[1]), values[2]), "")))
        else:
            target = values[2] if len(values) > 2 else ""
            parts.append(words.to_markdown(words.capitalize(words_by_form[Form(values[0], values[1])]), target))
    parts.append(text[position:])
    return "".join(parts)


def _write_note(
    linked: LinkedCorpus, page: PageId, note: Note, style: Style, words_by_form: Mapping[Form, Words]
) -> str:
    """Return the definition of a footnote, on one line."""
    written = []
    full: list[str] = []
    for index, part in enumerate(note.parts):
        if isinstance(part, PlacedCitation):
            cites = [
                _write_cite(page, placed, style, words_by_form, index + n == 0) for n, placed in enumerate(part.cites)
            ]
            written.append(style.delimiter.join(cites))
            full += [_write_full(page, placed, style, words_by_form) for placed in part.cites if _is_short(placed)]
        else:
            written.append(write_pieces(linked, page, (), (part,)))
    text = "".join(written)
    if not note.is_handwritten and not text.rstrip("*_)]").endswith((".", "?", "!")):
        text += style.suffix
    if full:
        # Shown in place of nothing: on a card that is read apart from the list of notes.
        text += f' <span class="dosje-full">{"; ".join(full)}.</span>'
    return f"[^{note.label}]: {' '.join(text.split())}"


def _is_short(placed: PlacedCite) -> bool:
    return placed.position != "first"


def _write_cite(
    page: PageId, placed: PlacedCite, style: Style, words_by_form: Mapping[Form, Words], is_first: bool
) -> str:
    cite = placed.cite
    text = words_of(cite, placed.position, style, words_by_form)
    prefix = neutralise(cite.prefix)
    if is_first and not prefix:
        text = words.capitalize(text)
    elif is_first:
        prefix = prefix[:1].upper() + prefix[1:]
    target = relative(path_of(PageId("source", cite.key)), path_of(page))
    suffix = neutralise(cite.suffix)
    parts = [prefix + " " if prefix else "", words.to_markdown(text, target)]
    parts.append(suffix if suffix.startswith((",", ".", ";", ":")) or not suffix else f" {suffix}")
    return "".join(parts)


def _write_full(page: PageId, placed: PlacedCite, style: Style, words_by_form: Mapping[Form, Words]) -> str:
    text = words.capitalize(words_of(placed.cite, "first", style, words_by_form))
    return words.to_markdown(text, relative(path_of(PageId("source", placed.cite.key)), path_of(page)))
