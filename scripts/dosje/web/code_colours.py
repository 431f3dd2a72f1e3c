"""Colours code on pages, as `pymdownx.superfences` does: spans with classes, whose colours Material has."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from pygments import highlight
from pygments.formatters.html import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

from ..markup.html import keep_lines
from ..markup.tree import Listing

_LINES = re.compile(r"(\d{1,6})(?:-(\d{1,6}))?")


def colour_code(listing: Listing) -> str:
    """Return code as HTML, each word of a known language in a span with the class of its kind; no line is empty."""
    lexer = _lexer_of(listing.language)
    if lexer is None and not listing.marked:
        return keep_lines(html.escape(listing.text, quote=False)) + "\n"
    marked = list(_read_lines(listing.marked, listing.text.count("\n") + 1))
    formatter = HtmlFormatter(nowrap=True, hl_lines=marked)
    coloured: str = highlight(listing.text, lexer or get_lexer_by_name("text"), formatter)
    lines = coloured.removesuffix("\n")
    return keep_lines(lines) + coloured[len(lines) :]


def _lexer_of(language: str) -> Lexer | None:
    try:
        return get_lexer_by_name(language) if language else None
    except ClassNotFound:
        return None


def _read_lines(text: str, last: int) -> Iterator[int]:
    """Yield the numbers of lines in "1 3-5", from 1 to `last`."""
    for first, end in _LINES.findall(text):
        yield from range(int(first), min(int(end or first), last) + 1)
