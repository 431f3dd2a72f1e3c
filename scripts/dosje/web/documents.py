"""Writes the pages of a site that was made for MkDocs alone as they are, but for citations, notes, links to records."""

from __future__ import annotations

import re

from ..edition.calls import Call
from ..edition.links import LinkedCorpus
from ..reading.texts import Cited, Image, Link, Markdown, NoteCall, Piece, TextBlock
from ..reading.yamltree import Path as FieldPath
from ..values.page_id import PageId
from .markdown import CONTROL, after_punctuation, mark, strip_end, write_pieces

# Such a page is one text.
_BODY: FieldPath = ("body",)
# mkdocs-bibtex replaces the key of a source by its words.
_BARE_KEY = re.compile(r"(?<![\\\[\w@])@(\w[\w:-]*)")


def write_document(linked: LinkedCorpus, page: PageId, blocks: tuple[TextBlock, ...]) -> str:
    """Return the text of a page. What stands between its blocks stays, and its hand-written notes are left out."""
    written = []
    for block in blocks:
        if block.kind == "note":
            written.append("\n")
            continue
        parts: list[str] = []
        for piece in block.pieces:
            if isinstance(piece, Cited | NoteCall):
                strip_end(parts)
            parts.append(write_document_piece(linked, page, piece))
        written.append(after_punctuation("".join(parts)) + block.gap)
    return "".join(written)


def write_document_piece(linked: LinkedCorpus, page: PageId, piece: Piece) -> str:
    """Return a piece of such a page, or of a note of it."""
    if isinstance(piece, Markdown):
        text = CONTROL.sub("", piece.text)
        if piece.is_code or piece.is_comment or not linked.corpus.settings.bib_commands.names_in_text:
            return text
        return _BARE_KEY.sub(lambda match: _write_bare_key(linked, match), text)
    if isinstance(piece, Link | Image):
        return write_pieces(linked, page, _BODY, (piece,))
    label = linked.note_index.labels_by_place.get((page, _BODY, piece.offset))
    if isinstance(piece, NoteCall) and not label:
        # Somewhere else on the page it is called for the first time; or it is no note.
        label = next((call.label for call in linked.calls_by_page[page] if _is_of(call, piece.name)), "")
        return mark("call", label) if label else f"[^{piece.name}]"
    return mark("call", label) if label else ""


def _is_of(call: Call, name: str) -> bool:
    return isinstance(call.pieces[0], NoteCall) and call.pieces[0].name == name


def _write_bare_key(linked: LinkedCorpus, match: re.Match[str]) -> str:
    for key in (match[1], match[1].rstrip(":-")):
        if key in linked.corpus.works:
            return f"{mark('words', key, 'first')}{match[1][len(key) :]}"
    return match[0]
