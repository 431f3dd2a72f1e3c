"""Puts phrases into pages: as text in Markdown, in HTML within it, or in an attribute, alike.

The words of a phrase are ours, but an edition may word it otherwise, so they are escaped too: only the signs that would
be markup, because the rest of a phrase should stand in a page as it stands in its file. Words that the
edition's language borrows are marked with theirs, so that screen readers say them rightly (WCAG 3.1.2).
"""

from __future__ import annotations

import re

from markupsafe import Markup

from ..phrases.phrases import BORROWED_FROM, Borrowed, Lent, Phrases, Spoken, parts_of
from ..values.words import escape

_BORROWED = f'<span lang="{BORROWED_FROM}" dir="ltr">'
# A borrowed word where no element can stand: in an attribute, or in the name of an option.
_UNFIT = re.compile(rf'((?:="[^"<>]*|<option[^<>]*>[^<>]*)){_BORROWED}([^<>]*)</span>')
_MARKUP = re.compile(r'[\\`*_\[\]{}<>&"|~^$@]')


def say(phrases: Phrases, key: str, **values: object) -> Markup:
    """Return a phrase as Markdown. A value is text, which is escaped, unless it is Markdown already."""
    return Markup("").join(map(_print, phrases.pieces(key, **values)))


def print_phrase(text: str) -> Markup:
    """Return a phrase that was put together as text, as Markdown."""
    return Markup("").join(map(_print, parts_of(text)))


def unmark_attributes(page: str) -> str:
    """Return a page without marks of languages where none can stand: in attributes and options."""
    while _BORROWED in page:
        page, times = _UNFIT.subn(r"\1\2", page)
        if not times:
            break
    return page


def _print(piece: object) -> Markup:
    if isinstance(piece, Markup):
        return piece
    if isinstance(piece, Lent):
        return print_phrase(piece)
    if isinstance(piece, Borrowed):
        return Markup(f"{_BORROWED}{_print(Spoken(piece))}</span>")
    if isinstance(piece, Spoken):
        return Markup(_MARKUP.sub(lambda match: f"&#{ord(match[0])};", piece))
    return Markup(escape(str(piece)))
