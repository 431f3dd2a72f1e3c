"""Reads a finished page, Markdown headings and HTML that is complete, as Python-Markdown would convert it.

Python-Markdown copies a block of HTML as it is, but reads it sign by sign, which took half of a build. The headings
alone need it: they get addresses, and the contents are made of them. A page that has anything else is not finished,
and this module has nothing to say of it. Knows nothing of MkDocs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from markdown import Markdown
from markdown.extensions.toc import nest_toc_tokens

# These leave blocks of HTML as they are.
HARMLESS = frozenset(
    (
        "abbr", "admonition", "attr_list", "def_list", "dosje.site.cell_alignment", "fenced_code", "footnotes",
        "md_in_html", "pymdownx.superfences", "sane_lists", "smarty", "tables", "toc",
    )
)  # fmt: skip
_GAP = re.compile(r"\n{2,}")
_HEADING = re.compile(r"#{1,6} [^\n]*[^\n#]")
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)([^<>]*)>")
_VOID = frozenset(("area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"))
# What Python-Markdown would not copy: a command to read on as Markdown, its own signs, tabs.
_UNFIT = (" markdown", "\x02", "\x03", "\t", "\r")
_BLANK_LINE = re.compile(r"\n +\n")
_ID = re.compile(r' id="([^"]*)"')


@dataclass(frozen=True)
class Finished:
    """A page as Python-Markdown would convert it. `contents`: its headings, nested, as the extension `toc` has them.

    `title`: the heading of level 1 that it begins with, as `title_of` has it; None if it begins otherwise.
    """

    html: str
    ids: frozenset[str]
    contents: list[Any]
    title: str | None


class _Heading(NamedTuple):
    html: str
    token: Mapping[str, Any]
    title: str | None


class FinishedPages:
    """Reads finished pages. `markdown`: as it is set up for all pages of the site.

    `title_of` returns the title in what Python-Markdown has just converted, if that begins with a heading of level 1.
    """

    def __init__(self, markdown: Markdown, title_of: Callable[[], str | None] = lambda: None) -> None:
        self._markdown = markdown
        self._title_of = title_of
        self._headings: dict[str, _Heading | None] = {}

    def read(self, text: str) -> Finished | None:
        """Return a finished page, None if it is not finished."""
        blocks = _GAP.split(text.strip("\n"))
        lines = [block for block in blocks if block.startswith("#")]
        if any(sign in text for sign in _UNFIT) or _BLANK_LINE.search(text) or not all(map(_HEADING.fullmatch, lines)):
            return None
        if not all(_is_whole(block, self._markdown) for block in blocks if not block.startswith("#")):
            return None
        headings = self._convert(lines)
        if headings is None:
            return None
        rest = iter(headings)
        # Python-Markdown ends a block of HTML with a line of its own.
        html = "\n".join(next(rest).html if block.startswith("#") else f"{block}\n" for block in blocks).strip()
        title = headings[0].title if lines and blocks[0] is lines[0] else None
        contents = nest_toc_tokens([_alone(heading.token) for heading in headings])
        return Finished(html, frozenset(_ID.findall(html)), contents, title)

    def _convert(self, lines: list[str]) -> list[_Heading] | None:
        """Return headings, converted each by itself: most stand on many pages. None if they are no headings."""
        found = [self._headings[line] if line in self._headings else self._convert_one(line) for line in lines]
        headings = [heading for heading in found if heading]
        if len(headings) < len(lines):
            return None
        # On one page no address stands twice.
        return headings if len({one.token["id"] for one in headings}) == len(lines) else self._convert_all(lines)

    def _convert_one(self, line: str) -> _Heading | None:
        html = self._markdown.reset().convert(line)
        tokens = self._tokens()
        is_heading = len(tokens) == 1 and "\n" not in html
        made = self._headings[line] = _Heading(html, tokens[0], self._title_of()) if is_heading else None
        return made

    def _convert_all(self, lines: list[str]) -> list[_Heading] | None:
        made = self._markdown.reset().convert("\n\n".join(lines)).split("\n")
        tokens, title = self._tokens(), self._title_of()
        if not len(made) == len(tokens) == len(lines):
            return None
        return [_Heading(html, token, title) for html, token in zip(made, tokens, strict=True)]

    def _tokens(self) -> list[Mapping[str, Any]]:
        """Return the headings that were converted last, in order, without those within them."""
        return list(_flat(getattr(self._markdown, "toc_tokens", [])))


def _alone(token: Mapping[str, Any]) -> Any:
    """Return a heading of the contents without those within it, for `toc` to nest anew."""
    return {**token, "children": []}


def _flat(tokens: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for token in tokens:
        yield token
        yield from _flat(token["children"])


def _is_whole(block: str, markdown: Markdown) -> bool:
    """Say whether a block is one element of HTML, and Python-Markdown copies it."""
    tags = _TAG.findall(block)
    if not tags or block[0] != "<" or block[-1] != ">" or block.count("<") != len(tags):
        return False
    if tags[0][0] or not markdown.is_block_level(tags[0][1].lower()):
        return False
    opened: list[str] = []
    last = len(tags) - 1
    for index, (closing, tag, rest) in enumerate(tags):
        if closing:
            if not opened or opened.pop() != tag:
                return False
        elif tag not in _VOID and not rest.endswith("/"):
            opened.append(tag)
        if not opened and index < last:
            return False  # a second element, or text beside it
    return not opened
