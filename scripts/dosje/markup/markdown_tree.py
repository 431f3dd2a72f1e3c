"""Parses Markdown into the tree, with the parser that makes the web pages.

What is not Markdown stands in the text as numbers between two signs, and is put back from a list. Knows nothing of
records or of what an author may write.
"""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import unquote

from markdown import Markdown as Parser
from markdown.util import HTML_PLACEHOLDER_RE

from ..edition.pages import path_of
from ..values.page_id import PageId
from ..values.stand_ins import CLOSING, HELD_END, HELD_START, INNER_CLOSING, INNER_OPENING, OPENING
from ..values.typography import ENGLISH_MARKS, QuotationMarks, hold_together, join_lines_of, set_marks
from ..values.words import Run, Words
from .tree import (
    Block,
    Blocks,
    Break,
    Definitions,
    Heading,
    Inline,
    Inlines,
    Items,
    Listing,
    NoteReference,
    Paragraph,
    Quotation,
    Reference,
    Rule,
    Table,
)

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


_HELD = re.compile(f"{HELD_START}[cp](\\d+){HELD_END}")
UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff]")
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_SIDE = re.compile(r"text-align: (left|center|right)")
_STYLES = {"em": "em", "strong": "strong", "code": "code", "sup": "sup", "sub": "sub"}
# What `smarty` makes of straight quotes. Which marks these are is a matter of the edition's language.
_QUOTES = {
    "left-double-quote": OPENING, "right-double-quote": CLOSING,
    "left-single-quote": INNER_OPENING, "right-single-quote": INNER_CLOSING,
}  # fmt: skip
_STRUCTURES = frozenset({"p", "ul", "ol", "dl", "blockquote", "pre", "table", "hr", *_HEADINGS})


def clean(text: str) -> str:
    """Return the text on one line, without control signs and noncharacters."""
    return re.sub(r"[\s\u2028\u2029]+", " ", UNFIT.sub("", text)) if text else ""


@cache
def _parser() -> Parser:
    # The extensions of the site's mkdocs.yml, without those that turn an author's signs into HTML.
    parser = Parser(
        extensions=["def_list", "tables", "smarty"],
        extension_configs={"smarty": {"smart_dashes": False, "smart_ellipses": False, "substitutions": dict(_QUOTES)}},
    )
    parser.preprocessors.deregister("html_block")
    parser.inlinePatterns.deregister("html")
    parser.inlinePatterns.deregister("automail")
    return parser


def parse_markdown(
    source: str, held: list[Inline | Listing], page: PageId, marks: QuotationMarks = ENGLISH_MARKS
) -> Blocks:
    """Return Markdown as blocks. `held`: what stands at the signs in it. `page`: the record from which links count.

    `marks`: what straight quotes become.
    """
    parser = _parser()
    parser.reset()
    lines = source.split("\n")
    for preprocessor in parser.preprocessors:
        lines = preprocessor.run(lines)
    root = parser.parser.parseDocument(lines).getroot()
    assert root is not None
    for processor in parser.treeprocessors:
        replaced = processor.run(root)
        root = root if replaced is None else replaced
    return tuple(_Walk(held, parser.htmlStash.rawHtmlBlocks, page, marks).blocks(root))


class _Walk:
    """One walk over Markdown's elements. `held` is what was kept out of the Markdown."""

    def __init__(
        self, held: list[Inline | Listing], stash: Sequence[object], page: PageId, marks: QuotationMarks
    ) -> None:
        self._held = held
        self._stash = stash
        self._page = page
        self._marks = marks

    def blocks(self, parent: Element) -> Iterator[Block]:
        loose: list[Inline] = self._text(parent.text, (), "")
        for child in parent:
            if child.tag not in _STRUCTURES:
                loose += self._element(child, (), "")
                loose += self._text(child.tail, (), "")
                continue
            yield from self._paragraphs(loose)
            yield from self._block(child)
            loose = self._text(child.tail, (), "")
        yield from self._paragraphs(loose)

    def _block(self, element: Element) -> Iterator[Block]:
        tag = element.tag
        if tag == "p":
            yield from self._paragraphs(self._line(element))
        elif tag in _HEADINGS:
            yield Heading(_HEADINGS[tag], tuple(self._line(element)))
        elif tag == "pre":
            yield Listing(html.unescape(self._plain("".join(element.itertext()))).rstrip("\n"))
        elif tag == "blockquote":
            yield Quotation(tuple(self.blocks(element)))
        elif tag in ("ul", "ol"):
            start = int(element.get("start", "1")) if tag == "ol" else None
            is_loose = any(part.tag == "p" for item in element for part in item)
            yield Items(tuple(tuple(self.blocks(item)) for item in element), start, is_loose)
        elif tag == "dl":
            yield from self._definitions(element)
        elif tag == "table":
            yield self._table(element)
        else:
            yield Rule()

    def _definitions(self, element: Element) -> Iterator[Block]:
        """Yield the terms with their meanings; first, as plain text, a meaning that has no term."""
        rows: list[tuple[list[Inlines], list[Blocks]]] = []
        for part in element:
            if part.tag == "dt":
                if not rows or rows[-1][1]:
                    rows.append(([], []))
                rows[-1][0].append(self._cell(part))
            elif rows:
                rows[-1][1].append(tuple(self.blocks(part)))
            else:
                yield from self.blocks(part)
        if rows:
            yield Definitions(tuple((tuple(terms), tuple(meanings)) for terms, meanings in rows))

    def _table(self, element: Element) -> Table:
        rows = [tuple(self._cell(cell) for cell in row) for row in element.iter("tr")]
        sides = [_SIDE.search(cell.get("style", "")) for cell in next(element.iter("tr"))]
        aligned = tuple(side[1] if side else "" for side in sides) if any(sides) else ()
        return Table(rows[0], tuple(rows[1:]), (1,) * len(rows[0]), aligned)

    def _cell(self, element: Element) -> Inlines:
        """Return a line that stands for itself; it holds no code of several lines."""
        return tuple(
            Run(clean(inline.text), ("code",)) if isinstance(inline, Listing) else inline
            for inline in self._line(element)
        )

    def _paragraphs(self, line: list[Inline | Listing] | list[Inline]) -> Iterator[Block]:
        content: list[Inline] = []
        for inline in line:
            if isinstance(inline, Listing):
                yield from self._paragraphs(content)
                content = []
                yield inline
            else:
                content.append(inline)
        content = _trim(content)
        if content:
            yield Paragraph(tuple(content))

    def _line(self, element: Element, styles: tuple[str, ...] = (), url: str = "") -> list[Inline]:
        line = self._text(element.text, styles, url)
        for child in element:
            line += self._element(child, styles, url)
            line += self._text(child.tail, styles, url)
        return line

    def _element(self, child: Element, styles: tuple[str, ...], url: str) -> list[Inline]:
        if child.tag == "img":
            # A picture in any other notation than that of `Image` is not one of the edition's pictures.
            return [Run(clean(self._plain(child.get("alt", ""))), styles)]
        if child.tag == "br":
            return [Break()]
        if child.tag == "a":
            return self._link(child, styles)
        if child.tag == "code":
            return [Run(clean(html.unescape(self._plain("".join(child.itertext())))), (*styles, "code"), url)]
        style = _STYLES.get(child.tag)
        return self._line(child, (*styles, style) if style and style not in styles else styles, url)

    def _link(self, child: Element, styles: tuple[str, ...]) -> list[Inline]:
        given = self._plain(child.get("href", ""))
        url = UNFIT.sub("", _HELD.sub("", given))
        # A call that was taken for a part of the address or of the title stands behind the link.
        lost = [self._held[int(match[1])] for match in _HELD.finditer(given + self._plain(child.get("title", "")))]
        within = [inline for inline in lost if not isinstance(inline, Run | Listing)]
        if re.match(r"(?:https?|mailto|tel):", url, re.IGNORECASE):
            return [*self._line(child, styles, url), *within]
        # A path to a file of the site leads to the record whose page it is, if it is one.
        own = path_of(self._page)
        way = re.split(r"(?=[?#])", url, maxsplit=1)
        target = posixpath.normpath(posixpath.join(posixpath.dirname(own), unquote(way[0]))) if way[0] else own
        target += "/" if way[0].endswith("/") and not target.endswith("/") else ""
        line, rest = self._line(child, styles), "".join(way[1:])
        runs = tuple(run for run in line if isinstance(run, Run))
        # What is no text, such as the call of a note, cannot stand in a link. It stands behind it.
        others = [inline for inline in line if not isinstance(inline, Run | Break)]
        return [Reference(runs, PageId("path", target), rest=rest), *others, *within]

    def _text(self, text: str | None, styles: tuple[str, ...], url: str) -> list[Inline]:
        line: list[Inline] = []
        position = 0
        for match in _HELD.finditer(text or ""):
            line += self._run(text or "", position, match.start(), styles, url)
            line.append(_style(self._held[int(match[1])], styles))  # type: ignore[arg-type]
            position = match.end()
        return line + self._run(text or "", position, len(text or ""), styles, url)

    def _run(self, text: str, start: int, end: int, styles: tuple[str, ...], url: str) -> list[Inline]:
        part = hold_together(clean(set_marks(self._plain(text[start:end]), self._marks)))
        part = join_lines_of(part, self._marks)
        return [Run(part, styles, url)] if part else []

    def _plain(self, text: str) -> str:
        return HTML_PLACEHOLDER_RE.sub(lambda match: html.unescape(str(self._stash[int(match[1])])), text)


def _style(inline: Inline, styles: tuple[str, ...]) -> Inline:
    if isinstance(inline, Run):
        return Run(inline.text, (*styles, *(s for s in inline.styles if s not in styles)), inline.url)
    if isinstance(inline, Reference):
        return Reference(_restyle(inline.words, styles), inline.page, inline.shows_page, inline.rest)
    if isinstance(inline, NoteReference):
        return NoteReference(_restyle(inline.words, styles), inline.page, inline.label)
    return inline


def _restyle(found: Words, styles: tuple[str, ...]) -> Words:
    return tuple(Run(run.text, (*styles, *(s for s in run.styles if s not in styles)), run.url) for run in found)


def _trim(line: list[Inline]) -> list[Inline]:
    """Return the line without spaces at its ends."""
    line = list(line)
    while line and isinstance(line[0], Run) and not line[0].text.lstrip(" "):
        line.pop(0)
    while line and isinstance(line[-1], Run) and not line[-1].text.rstrip(" "):
        line.pop()
    if line and isinstance(line[0], Run):
        line[0] = Run(line[0].text.lstrip(" "), line[0].styles, line[0].url)
    if line and isinstance(line[-1], Run):
        line[-1] = Run(line[-1].text.rstrip(" "), line[-1].styles, line[-1].url)
    return line
