"""Reads an author's text as the tree.

`texts` has taken out what Markdown does not know (citations, links, notes). It is put back here, so that it is
parsed only once. Knows nothing of templates, books or wording.
"""

from __future__ import annotations

import re

from ..edition.links import LinkedCorpus
from ..reading.text_blocks import code_of
from ..reading.texts import Cited, Image, Link, Markdown, NoteCall, Piece, Text, TextBlock
from ..reading.yamltree import Path as FieldPath
from ..values import words
from ..values.page_id import PageId
from ..values.stand_ins import HELD_END, HELD_START
from ..values.words import Run, Words
from .headings import map_headings
from .markdown_tree import UNFIT, clean, parse_markdown
from .tree import (
    Blocks,
    Break,
    CiteWords,
    Definitions,
    Foot,
    Heading,
    Inline,
    Inlines,
    Items,
    Listing,
    NoteReference,
    Paragraph,
    Picture,
    Quotation,
    Reference,
    Table,
    feet_of,
)

_FENCE = re.compile(r" {0,3}(?:`{3,}|~{3,})[ ]*([\w+#.-]*)(?: hl_lines=\"([\d -]*)\")?")
# What no Markdown is in: letters first, single spaces. For speed: most labels of links are like this.
_PLAIN = re.compile(r"[^\W\d_](?:[^\W_]|[,.;()’“”–—-]| (?! |\Z))*\Z")
_CALLS = re.compile(f"(?<![ \\n])[ \\n]*((?:{HELD_START}c\\d+{HELD_END})+)([.,;:!?]+[”’\"')]*)?")


def read_prose(linked: LinkedCorpus, page: PageId, path: FieldPath, text: Text) -> Blocks:
    """Return the author's text at `path` of a record as blocks. Of hand-written notes only the calls are there.

    Headings begin at level 1 and skip none.
    """
    held: list[Inline | Listing] = []
    parts = [_hold(linked, page, path, block, held) for block in text.blocks if block.kind != "note"]
    blocks = _close_levels(parse_markdown("\n\n".join(parts), held, page, linked.phrases.marks))
    # Python-Markdown may take a call for a part of a broken link. No note is lost by that.
    called = feet_of(blocks)
    lost = tuple(node for node in held if isinstance(node, Foot) and node.label not in called)
    return (*blocks, Paragraph(lost)) if lost else blocks


def read_line(linked: LinkedCorpus, page: PageId, path: FieldPath, text: Text) -> Inlines:
    """Return the author's text as one line, for a table's cell or a note."""
    return join_lines(read_prose(linked, page, path, text))


def read_pieces(linked: LinkedCorpus, page: PageId, pieces: tuple[Piece, ...], path: FieldPath = ()) -> Inlines:
    """Return what an author wrote in a note, without the citations in it. `path`: of the text that calls the note."""
    held: list[Inline | Listing] = []
    text = hold_pieces(linked, page, path, pieces, held)
    # Markdown drops the spaces at both ends. Here the words of a source may stand beside them.
    line = join_lines(parse_markdown(text.strip(), held, page, linked.phrases.marks))
    ends = [Run(" ") if end.isspace() else None for end in (text[:1], text[-1:])]
    return tuple(inline for inline in (ends[0], *line, ends[1] if line else None) if inline is not None)


def join_lines(blocks: Blocks) -> Inlines:
    """Return the text of the blocks as one line."""
    lines: list[Inline] = []
    for block in blocks:
        lines += [Run(" ")] if lines else []
        if isinstance(block, Paragraph | Heading):
            lines += [Run(" ") if isinstance(inline, Break) else inline for inline in block.content]
        elif isinstance(block, Listing):
            lines.append(Run(clean(block.text), ("code",)))
        elif isinstance(block, Items):
            lines += join_lines(tuple(part for item in block.items for part in item))
        elif isinstance(block, Quotation):
            lines += join_lines(block.blocks)
        elif isinstance(block, Definitions):
            for terms, meanings in block.rows:
                paragraphs = (*map(Paragraph, terms), *(part for meaning in meanings for part in meaning))
                lines += join_lines(paragraphs)
        elif isinstance(block, Table):
            cells = (cell for row in (block.head, *block.rows) for cell in row)
            lines += join_lines(tuple(Paragraph((Run(cell),) if isinstance(cell, str) else cell) for cell in cells))
    return tuple(lines)


def _hold(linked: LinkedCorpus, page: PageId, path: FieldPath, block: TextBlock, held: list[Inline | Listing]) -> str:
    if block.kind == "code":
        return _keep(_read_code("".join(piece.text for piece in block.pieces if isinstance(piece, Markdown))), held)
    return hold_pieces(linked, page, path, block.pieces, held)


def hold_pieces(
    linked: LinkedCorpus,
    page: PageId,
    path: FieldPath,
    pieces: tuple[Piece | Run | CiteWords, ...],
    held: list[Inline | Listing],
) -> str:
    """Return pieces as Markdown in which signs stand for what is none, and add that to `held`."""
    parts: list[str] = []
    for index, piece in enumerate(pieces):
        if isinstance(piece, Markdown) and not piece.is_code:
            parts.append(UNFIT.sub("", piece.text).replace("\\@", "@"))
        elif isinstance(piece, Markdown):
            code = _read_fence(pieces, index, "".join(parts[-1:]))
            parts.append(_keep(code or Run(_bare_code(piece.text), ("code",)), held))
        elif isinstance(piece, Run | CiteWords):
            parts.append(_keep(piece, held))
        elif isinstance(piece, Cited | NoteCall):
            label = linked.note_index.labels_by_place.get((page, path, piece.offset))
            parts.append(_keep(Foot(label), held) if label else "")
        elif isinstance(piece, Image):
            parts.append(_keep(Picture(piece.file, clean(piece.alternative)), held))
        else:
            parts.append(_keep(_read_link(linked, page, piece), held))
    # Authors write the citation before the full stop. Print sets the number of the note after it.
    return _CALLS.sub(lambda match: (match[2] or "") + match[1], "".join(parts))


def _read_fence(pieces: tuple[Piece | Run | CiteWords, ...], index: int, before: str) -> Listing | None:
    """Return code within a paragraph if it is a fence in a list or quotation, else None.

    It stands alone on its lines, all of which begin as the first does: with blanks, or with the signs of a quotation.
    `before`: the text before it.
    """
    after = pieces[index + 1] if index + 1 < len(pieces) else Markdown("\n", 0)
    piece = pieces[index]
    if not (isinstance(piece, Markdown) and isinstance(after, Markdown) and after.text.startswith("\n")):
        return None
    start = before.rpartition("\n")[2]
    quoted, sign, blanks = start.rpartition(">")
    head, *lines = piece.text.split("\n")
    if not start or start.strip(" >") or not (sign or "\n" in before) or not lines:
        return None
    # The blank behind a sign of a quotation may be left out, and on a line without text all of them.
    line_start = re.compile(
        rf"(?: {{0,3}}>[ ]?){{{quoted.count('>')}}} {{0,3}}>(?:{blanks if len(blanks) > 1 else ' ?'}|[ ]*\Z)"
        if sign
        else rf"{blanks}|[ ]*\Z"
    )
    starts = [line_start.match(line) for line in lines]
    bare = [line[found.end() :] for found, line in zip(starts, lines, strict=True) if found]
    ticks = head[: len(head) - len(head.lstrip(head[:1]))]
    if not re.fullmatch(r"(?:`{3,}|~{3,})[ ]*[\w+#.-]*", head) or len(bare) < len(lines) or bare[-1] != ticks:
        return None
    return _read_code("\n".join([head, *bare]))


def _bare_code(text: str) -> str:
    """Return code within a paragraph without the signs around it, on one line."""
    return clean(text).strip("~" if text.startswith("~") else "`").strip()


def _read_code(text: str) -> Listing:
    language, marked = found.groups("") if (found := _FENCE.match(text)) else ("", "")
    return Listing(UNFIT.sub("", code_of(text)).expandtabs(4), language, marked)


def _keep(node: Inline | Listing, held: list[Inline | Listing]) -> str:
    held.append(node)
    return f"{HELD_START}{'c' if isinstance(node, Foot) else 'p'}{len(held) - 1}{HELD_END}"


def _read_label(linked: LinkedCorpus, text: str, page: PageId) -> Words:
    if _PLAIN.match(text):
        return (Run(text),)
    return tuple(
        run
        for run in join_lines(parse_markdown(UNFIT.sub("", text), [], page, linked.phrases.marks))
        if isinstance(run, Run)
    )


def _read_link(linked: LinkedCorpus, page: PageId, link: Link) -> Inline:
    label = _read_label(linked, link.label, page)
    if link.kind != "note":
        return Reference(label, PageId(link.kind, link.key))
    call = linked.note_index.find_call(page, link.key)
    return NoteReference(label, call.page, call.label) if call else Run(words.plain(label))


def _close_levels(blocks: Blocks) -> Blocks:
    """Return the blocks with headings that begin at level 1 and skip none, also within lists and quotations."""
    open_levels: list[int] = []

    def close(heading: Heading) -> Heading:
        while open_levels and open_levels[-1] >= heading.level:
            open_levels.pop()
        open_levels.append(heading.level)
        return Heading(len(open_levels), heading.content)

    return map_headings(blocks, close)
