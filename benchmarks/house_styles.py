"""Makes manuscripts of an edition: its essays, with notes as a house style prints them, and what each note cites.

A manuscript is Markdown for pandoc, which writes it as .docx. Nothing of the edition is in it but its words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pypandoc

from dosje.checking.edition import Checked, with_settings
from dosje.citing.joining import JoinedCite, NotePart, join_note
from dosje.citing.notes import Note, Wording
from dosje.citing.styles import load_style
from dosje.edition.links import LinkedCorpus
from dosje.reading.corpus import Record
from dosje.reading.records import Essay
from dosje.reading.sentences import text_of_pieces
from dosje.reading.texts import Cited, Image, Link, Markdown, NoteCall
from dosje.values.citations import Cite
from dosje.values.words import Run, plain
from dosje.web.page_maker import PageMaker

# Name, CSL style and language: three English habits, a German and a French historical journal.
HOUSES = {
    "Chicago": ("chicago-notes-bibliography", "en-US"),
    "MHRA": ("mhra-notes", "en-GB"),
    "OSCOLA": ("oscola", "en-GB"),
    "German journal": ("zeithistorische-forschungen", "de-DE"),
    "French journal": ("le-mouvement-social", "fr-FR"),
}
_SIGNS = re.compile(r"([\\`*_{}\[\]()#+\-.!<>~^$|@&\"':])")


@dataclass(frozen=True)
class HouseNote:
    """A note as a house prints it, and what it cites, in order, each with its words there."""

    number: int
    text: str
    cites: tuple[tuple[Cite, str], ...]


@dataclass(frozen=True)
class HouseManuscript:
    """An essay as a manuscript: Markdown for pandoc, its notes, and the words of its text without them."""

    name: str
    markdown: str
    notes: tuple[HouseNote, ...]
    words: tuple[str, ...]

    @classmethod
    def of_notes(cls, name: str, notes: Sequence[HouseNote]) -> HouseManuscript:
        """Return a manuscript of one sentence for each note."""
        body = "\n\n".join(f"This is said.[^{note.number}]" for note in notes)
        marks = "\n\n".join(f"[^{note.number}]: {_escape(note.text)}" for note in notes)
        return cls(name, f"# Notes\n\n{body}\n\n{marks}\n", tuple(notes), ())


def print_house(checked: Checked, house: str, every: int = 1) -> list[HouseManuscript]:
    """Return the essays of an edition, one in `every`, as manuscripts in the style of a house."""
    style_name, locale = HOUSES[house]
    linked = with_settings(checked, locale=locale).linked
    assert linked is not None
    settings = linked.corpus.settings
    maker = PageMaker(linked, load_style(style_name, settings.root, settings.folio_label))
    essays = sorted(linked.corpus.essays.values(), key=lambda record: (record.model.order, record.key))[::every]
    placed = maker.notes.place([record.page for record in essays])
    wording = maker.notes.word([], placed)
    return [_print_essay(linked, record, placed[record.page], wording) for record in essays]


def _print_essay(linked: LinkedCorpus, record: Record[Essay], own: Sequence[Note], wording: Wording) -> HouseManuscript:
    numbers = {note.label: number for number, note in enumerate(own, start=1)}
    notes = tuple(_print_note(note, wording, numbers) for note in own)
    body = _body(linked, record, numbers)
    marks = "\n\n".join(f"[^{note.number}]: {_escape(note.text)}" for note in notes)
    words = [
        text_of_pieces(block.pieces)
        for path, _, text in record.texts
        for block in (text.blocks if path == ("body",) else ())
        if not block.note
    ]
    markdown = f"# {_escape(record.model.title)}\n\n{body}\n\n{marks}\n"
    return HouseManuscript(record.key, markdown, notes, tuple(words_in(" ".join(words))))


def write_docx(manuscript: HouseManuscript, path: Path) -> None:
    """Write a manuscript as a file of Word."""
    reader = "markdown-citations-raw_html-raw_tex-smart"
    pypandoc.convert_text(manuscript.markdown, "docx", format=reader, outputfile=str(path))


def words_in(text: str) -> list[str]:
    """Return the words of a text, to count those that are lost."""
    return re.findall(r"\w+", text)


def _print_note(note: Note, wording: Wording, numbers: Mapping[str, int]) -> HouseNote:
    parts = join_note(note, wording)
    cites = tuple((part.placed.cite, plain(part.words)) for part in parts if isinstance(part, JoinedCite))
    text = " ".join("".join(_text_of(part, numbers) for part in parts).split())
    return HouseNote(numbers[note.label], text, cites)


def _text_of(part: NotePart, numbers: Mapping[str, int]) -> str:
    if isinstance(part, JoinedCite):
        return plain(part.words)
    if isinstance(part, Run):
        return plain((part,))
    if isinstance(part, Link) and part.kind == "note":
        return f"n. {numbers.get(part.key, 1)}"
    return "" if isinstance(part, Cited | NoteCall | Image) else _of_piece(part)


def _of_piece(part: Markdown | Link) -> str:
    # With the spaces around it, which text_of_pieces leaves out.
    text = part.text if isinstance(part, Markdown) else part.label
    inner = text_of_pieces((part,))
    return f"{' ' * text[:1].isspace()}{inner}{' ' * (len(text) > 1 and text[-1:].isspace())}"


def _body(linked: LinkedCorpus, record: Record[Essay], numbers: Mapping[str, int]) -> str:
    """Return the text of an essay with calls of notes in the place of citations."""
    labels = {(call.path, call.offset): call.label for call in linked.calls_by_page[record.page]}
    blocks = []
    for path, _, text in record.texts:
        for block in text.blocks if path == ("body",) else ():
            if not block.note:
                pieces = (_in_body(piece, labels.get((path, piece.offset), ""), numbers) for piece in block.pieces)
                blocks.append("".join(pieces))
    return "\n\n".join(blocks)


def _in_body(piece: object, label: str, numbers: Mapping[str, int]) -> str:
    if isinstance(piece, Cited | NoteCall):
        return f"[^{numbers[label]}]" if label in numbers else ""
    if isinstance(piece, Markdown):
        # A note is called right behind a word, and stands there in a file of Word.
        return piece.text
    return _escape(piece.label) if isinstance(piece, Link) else ""


def _escape(text: str) -> str:
    return _SIGNS.sub(r"\\\1", text)
