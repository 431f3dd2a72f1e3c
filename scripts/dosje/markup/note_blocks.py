"""Reads a note in its author's words as blocks: paragraphs, lists, quotations, code, and its cites in their places."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from ..citing.joining import JoinedCite, NotePart
from ..edition.links import LinkedCorpus
from ..reading.texts import Markdown, Piece
from ..reading.yamltree import Path as FieldPath
from ..values.page_id import PageId
from ..values.words import Run
from .headings import map_headings
from .markdown_tree import parse_markdown
from .prose import hold_pieces
from .tree import Block, Blocks, CiteWords, Heading, Inline, Listing, Paragraph

# The lines of a note are indented behind its first, which is no part of what they say.
_INDENT = re.compile(r"\n(?: {4}|\t)")


def read_note_blocks(
    linked: LinkedCorpus,
    page: PageId,
    path: FieldPath,
    parts: Iterable[NotePart],
    word: Callable[[JoinedCite], CiteWords],
) -> Blocks:
    """Return what a note of several blocks says. `path`: of the text that calls it. `word`: returns a cite's words."""
    held: list[Inline | Listing] = []
    pieces = tuple(_read_part(part, word) for part in parts)
    text = hold_pieces(linked, page, path, pieces, held)
    # A note has no headings: they would stand among those of the page.
    return map_headings(parse_markdown(text.strip(), held, page), _as_paragraph)


def _read_part(part: NotePart, word: Callable[[JoinedCite], CiteWords]) -> Piece | Run | CiteWords:
    if isinstance(part, JoinedCite):
        return word(part)
    return replace(part, text=_INDENT.sub("\n", part.text)) if isinstance(part, Markdown) else part


def _as_paragraph(heading: Heading) -> Block:
    strong = (_as_strong(inline) if isinstance(inline, Run) else inline for inline in heading.content)
    return Paragraph(tuple(strong))


def _as_strong(run: Run) -> Run:
    return run._replace(styles=("strong", *run.styles))
