"""Reads a finished page, Markdown headings and HTML that is complete, as Python-Markdown would convert it.

Python-Markdown copies a block of HTML as it is, but reads it sign by sign, which took half of a build. The headings
alone need it: they get addresses, and the contents are made of them. A page that has anything else is not finished,
and this module has nothing to say of it. Knows nothing of MkDocs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from markdown import Markdown

# These leave blocks of HTML as they are.
HARMLESS = frozenset(
    (
        "abbr", "admonition", "attr_list", "def_list", "dosje.site.cell_alignment", "fenced_code", "footnotes",
        "md_in_html", "pymdownx.superfences", "sane_lists", "smarty", "tables", "toc",
    )
)  # fmt: skip
_GAP = re.compile(r"\n{2,}")
_HEADING = re.compile(r"#{1,6} [^\n]*[^\n#]")
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)(?:[^<>\"]|\"[^\"]*\")*?(/?)>|<")
_VOID = frozenset(("area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"))
# In these "<" is no sign of HTML.
_TEXT = frozenset(("script", "style", "textarea", "title"))
# What Python-Markdown would not copy: a command to read on as Markdown, its own signs, tabs, lines of blanks.
_UNFIT = re.compile(r" markdown[ =>]|[\x02\x03\t\r]|\n *\n|\A <|&\Z")
_ID = re.compile(r'<[^<>]* id="([^"]*)"')


@dataclass(frozen=True)
class Finished:
    """A page as Python-Markdown would convert it. `opens`: whether it begins with its first heading."""

    html: str
    ids: frozenset[str]
    headings: int
    opens: bool


def read_finished(text: str, markdown: Markdown) -> Finished | None:
    """Return a finished page, None if it is not finished.

    `markdown`: as it is set up for other pages. It converts the headings alone, and then knows the contents.
    """
    blocks = _GAP.split(text.strip("\n"))
    headings = [block for block in blocks if block.startswith("#")]
    if not all(map(_HEADING.fullmatch, headings)):
        return None
    if not all(_is_whole(block, markdown) for block in blocks if not block.startswith("#")):
        return None
    made = markdown.reset().convert("\n\n".join(headings)).split("\n") if headings else []
    if len(made) != len(headings):
        return None
    rest = iter(made)
    # Python-Markdown ends a block of HTML with a line of its own.
    parts = [next(rest) if block.startswith("#") else f"{block}\n" for block in blocks]
    html = "\n".join(parts).strip()
    return Finished(html, frozenset(_ID.findall(html)), len(headings), blocks[0].startswith("#"))


def _is_whole(block: str, markdown: Markdown) -> bool:
    """Say whether a block is one element of HTML, and Python-Markdown copies it."""
    if _UNFIT.search(block):
        return False
    opened: list[str] = []
    position = 0
    for match in _TAG.finditer(block):
        closing, tag, void = match[1], (match[2] or "").lower(), match[3]
        if not opened and (position or match.start()):
            return False  # text beside the element, or a second one
        if opened and opened[-1] in _TEXT:
            if not (closing and tag == opened[-1]):
                continue
        elif not tag:
            return False
        if not position and not markdown.is_block_level(tag):
            return False
        position = match.end()
        if closing:
            if not opened or opened.pop() != tag:
                return False
        elif tag not in _VOID and not void:
            opened.append(tag)
    return bool(position) and position == len(block) and not opened
