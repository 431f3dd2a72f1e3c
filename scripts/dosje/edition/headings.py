"""The addresses of headings that an editor wrote: in essays and pages, and the questions of disputes.

Those of the program's own sections are made of keys that do not change. A page that was written for MkDocs alone has
its headings from MkDocs, as its editor has set that up, and none here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import cache

from markdown import Markdown as Parser
from markdown.extensions.toc import slugify, unique

from ..reading.corpus import Record
from ..reading.fields import Model
from ..reading.records import Document
from ..reading.sentences import text_of_pieces
from ..reading.texts import Image, Link, Markdown, TextBlock
from ..values.characters import drop_signs
from ..values.typography import ENGLISH_MARKS, QuotationMarks, curl

_HEADINGS = frozenset(f"h{level}" for level in range(1, 7))
# A heading that may stand in a paragraph as `texts` cuts them: in a list or quotation, or underlined.
_WITHIN = re.compile(r"^[ \t>]*(?:(?:[-*+:]|\d+\.)[ \t]+[> \t]*)*(?:#|[=-]+[ \t]*$)", re.MULTILINE)


def headings_of(record: Record[Model], marks: QuotationMarks = ENGLISH_MARKS) -> tuple[str, ...]:
    """Return the anchors of the headings that a record's page has from its editor, in their order.

    `marks`: what straight quotes become. They are no part of an anchor, but the spaces of French ones may be.
    """
    if isinstance(record.model, Document):
        return ()
    titles = [*_titles_in_body(record), *(dispute.question for dispute in getattr(record.model, "disputes", ()))]
    # As Python-Markdown names headings, those that are alike told apart by number.
    used: set[str] = set()
    return tuple(unique(made, used) for title in titles if (made := slugify(curl(drop_signs(title), marks), "-")))


def _titles_in_body(record: Record[Model]) -> Iterator[str]:
    blocks = [block for path, _, text in record.texts if path == ("body",) for block in text.blocks]
    written = [(block, _markdown_of(block)) for block in blocks if block.kind not in ("code", "note")]
    if not any(block.kind != "heading" and _WITHIN.search(text) for block, text in written):
        yield from (text_of_pieces(block.pieces).rstrip(" #") for block in blocks if block.kind == "heading")
        return
    root = _parser().parser.parseDocument("\n\n".join(text for _, text in written).split("\n")).getroot()
    for element in root.iter() if root is not None else ():
        if element.tag in _HEADINGS:
            yield text_of_pieces((Markdown("".join(element.itertext()), 0),))


def _markdown_of(block: TextBlock) -> str:
    """Return what a block says as Markdown, without its citations, and with the labels of its links."""
    parts = []
    for piece in block.pieces:
        if isinstance(piece, Markdown):
            # A fence within a list: nothing in it is a heading.
            parts.append("code" if piece.is_code and "\n" in piece.text else piece.text)
        elif isinstance(piece, Link | Image):
            parts.append(piece.label if isinstance(piece, Link) else piece.alternative)
    return "".join(parts).expandtabs(4)


@cache
def _parser() -> Parser:
    return Parser(extensions=["def_list", "tables"])


def match_headings(published: Sequence[str], standing: Sequence[str]) -> dict[str, str]:
    """Return for headings that were published, and are no more, those that stand in their places.

    Between two headings that stayed, as many must be new as were lost; they are the same in their order.
    """
    found: dict[str, str] = {}
    known = set(published)
    matcher = SequenceMatcher(None, published, standing, autojunk=False)
    for kind, start, end, from_, to in matcher.get_opcodes():
        lost, new = published[start:end], [heading for heading in standing[from_:to] if heading not in known]
        if kind == "replace" and len(lost) == len(new) == to - from_ and not set(lost) & set(standing):
            found |= zip(lost, new, strict=True)
    return found
