"""What is special about a text that was written for MkDocs alone: comments of HTML, and citations that were let pass.

mkdocs-bibtex leaves out what it does not know, with a warning. So do we, and a build does not end by it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace

from ..values.citations import Citation, OwnWordsOf, no_own_words, parse_loosely
from ..values.findings import did_you_mean
from .texts import Cited, Markdown, Piece, Problem, TextBlock

LOOSE = "loose-citation"
# Code is taken first: what looks like a comment in it is none.
_COMMENT = re.compile(
    r"^[ ]{0,3}(?P<fence>`{3,}|~{3,})[^\n]*\n.*?(?:^[ ]*(?P=fence)[`~]*[ \t]*$|\Z)"
    r"|(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`)"
    r"|(?P<comment><!--.*?-->)",
    re.DOTALL | re.MULTILINE,
)


def hide_comments(source: str) -> tuple[str, list[tuple[int, int]]]:
    """Return a text of the same length in which comments are a word, and where these begin and end."""
    spans = [match.span() for match in _COMMENT.finditer(source) if match["comment"]] if "<!--" in source else []
    for start, end in spans:
        source = f"{source[:start]}{'x' * (end - start)}{source[end:]}"
    return source, spans


def show_comments(block: TextBlock, source: str, spans: list[tuple[int, int]]) -> TextBlock:
    """Return a block of the text that `hide_comments` returned with its comments, each a piece of its own."""
    pieces = (part for piece in block.pieces for part in _show(piece, source, spans))
    return replace(block, pieces=tuple(pieces))


def _show(piece: Piece, source: str, spans: list[tuple[int, int]]) -> Iterator[Piece]:
    position, last = piece.offset, piece.offset + len(getattr(piece, "text", ""))
    within = [(start, end) for start, end in spans if position <= start and end <= last]
    if not isinstance(piece, Markdown) or not within:
        yield piece
        return
    for start, end in within if not piece.is_code else ():
        if position < start:
            yield Markdown(source[position:start], position)
        yield Markdown(source[start:end], start, is_comment=True)
        position = end
    if position < last:
        yield Markdown(source[position:last], position, piece.is_code)


def read_citation(
    text: str,
    at: int,
    citable: Collection[str] | None,
    problems: list[Problem],
    own_of: OwnWordsOf = no_own_words,
) -> Cited | None:
    """Return the known sources that "[...]" at `at` cites; None if it cites none, and stays as it is.

    `citable`: the keys that are known, None if a file of them could not be read.
    """
    cites, errors = parse_loosely(text, lambda key: citable is None or key in citable, own_of)
    for error in errors:
        hint = error.hint
        if found := re.fullmatch(r'no source has the key "(.*)"', str(error)):
            hint = did_you_mean(found[1], citable or ()) or hint
        problems.append(Problem(at + error.offset, LOOSE, str(error), hint))
    return Cited(Citation(text, cites), at) if cites else None
