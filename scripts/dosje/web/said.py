"""Puts phrases into pages: as text in Markdown, in HTML within it, or in an attribute, alike.

The words of a phrase are ours, but an edition may word it otherwise, so they are escaped too: only the signs that would
be markup, because the rest of a phrase should stand in a page as it stands in its file.
"""

from __future__ import annotations

import re

from markupsafe import Markup

from ..phrases.phrases import Phrases, Spoken
from ..values.words import escape

_MARKUP = re.compile(r'[\\`*_\[\]{}<>&"|~^$@]')


def say(phrases: Phrases, key: str, **values: object) -> Markup:
    """Return a phrase as Markdown. A value is text, which is escaped, unless it is Markdown already."""
    return Markup("").join(map(_print, phrases.pieces(key, **values)))


def _print(piece: object) -> Markup:
    if isinstance(piece, Markup):
        return piece
    if isinstance(piece, Spoken):
        return Markup(_MARKUP.sub(lambda match: f"&#{ord(match[0])};", piece))
    return Markup(escape(str(piece)))
