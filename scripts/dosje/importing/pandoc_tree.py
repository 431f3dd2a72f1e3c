"""Reads pandoc's blocks as our tree: paragraphs, headings, lists, tables, emphasis.

The call of a note stands in the tree as a `Foot` whose label is the number of the note. What the tree has no form for
keeps its words, and is told. Source: the types Block and Inline of pandoc-types 1.23.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from ..markup.prose import join_lines
from ..markup.tree import (
    Block,
    Blocks,
    Break,
    Definitions,
    Heading,
    Inline,
    Inlines,
    Items,
    Listing,
    Paragraph,
    Picture,
    Quotation,
    Rule,
    Table,
    feet_of,
    inlines_of,
    map_lines,
)
from ..values.characters import TURNING, drop_signs
from ..values.metadata import PandocNode
from ..values.words import Run
from .file_facts import write_count
from .lines import join_runs, trim

_STYLES = {"Emph": "em", "Underline": "em", "Strong": "strong"}
# What our Markdown has no form for. The words stay.
_PLAIN = {"Strikeout", "SmallCaps"}
_HIGH = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
_LOW = str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")
_COUNT = re.compile(r"[0-9+-]+")
_QUOTES = {"DoubleQuote": '"', "SingleQuote": "'"}
_WEB = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)
_SIDES = {"AlignLeft": "left", "AlignCenter": "center", "AlignRight": "right", "AlignDefault": ""}
# Numbers of lists, as pandoc and as word processors name them.
_DECIMAL = frozenset({"Decimal", "DefaultStyle", "Example"})
_FORMS = {"LowerRoman": "i", "UpperRoman": "I", "LowerAlpha": "a", "UpperAlpha": "A"}
_ENDS = {"OneParen": ("", ")"), "TwoParens": ("(", ")")}
# What a word processor makes of the headings: the table of contents, and of the captions.
_MADE = re.compile(r"(?:toc|contents) (?:\d|heading)|table of figures", re.IGNORECASE)
_TAGS = re.compile(r"<!--.*?-->|<(script|style)\b.*?</\1\s*>|<[^>]*>", re.IGNORECASE | re.DOTALL)
_CAPTION = re.compile(r"caption", re.IGNORECASE)
_COMMENTS = frozenset({"comment-start", "comment-end"})


@dataclass
class TreeReader:
    """Reads the blocks of one text.

    `read_note`: returns the call of a note, from its blocks. `read_cite`: returns what stands for a cite of a reference
    manager, from its node and its words. `read_picture`: returns a picture, from its address and what it shows.
    `tell`: is told what could not be kept as it stands. `paragraph`: the number of the one that is read, from 1.
    """

    read_note: Callable[[list[PandocNode]], Inlines]
    read_cite: Callable[[PandocNode, Inlines], Inlines]
    read_picture: Callable[[str, str], Inlines]
    tell: Callable[[str], None]
    paragraph: int = 0
    _merged: bool = False

    def blocks(self, nodes: list[PandocNode]) -> Blocks:
        """Return pandoc's blocks as ours."""
        found: list[Block] = []
        for node in nodes:
            own = tuple(self._block(node))
            if found and own and _CAPTION.search(style_of(node)):
                # A caption that only its style makes one says what the picture above it shows.
                words = _text(join_lines(own))
                found[-1:] = map_lines((found[-1],), lambda line, said=words: _describe_all(line, said))  # type: ignore[misc]
            found += own
        return tuple(found)

    def line(self, nodes: list[PandocNode], styles: tuple[str, ...] = (), url: str = "") -> Inlines:
        """Return pandoc's inlines as ours. Neighbours with the same style are joined."""
        return join_runs(inline for node in nodes for inline in self._inline(node, styles, url))

    def _block(self, node: PandocNode) -> Iterator[Block]:
        kind: str = node["t"]
        content: Any = node.get("c")
        if kind in ("Para", "Plain"):
            yield from self._paragraph(content)
        elif kind == "Header":
            self.paragraph += 1
            yield Heading(content[0], trim(self.line(content[2])))
        elif kind == "BlockQuote":
            yield from _unless_empty(Quotation(self.blocks(content)))
        elif kind == "BulletList":
            yield self._items(content, None)
        elif kind == "OrderedList":
            yield self._numbered(content[0], content[1])
        elif kind == "DefinitionList":
            yield Definitions(
                tuple(((trim(self.line(term)),), tuple(map(self.blocks, meanings))) for term, meanings in content)
            )
        elif kind == "CodeBlock":
            self.paragraph += 1
            yield Listing(drop_signs(content[1].replace("\t", "    ")))
        elif kind == "LineBlock":
            broken: list[PandocNode] = []
            for at, line in enumerate(content):
                broken += [{"t": "LineBreak"}, *line] if at else line
            yield from self._paragraph(broken)
        elif kind == "Div":
            if not _MADE.fullmatch(style_of(node)):
                yield from self.blocks(content[1])
        elif kind == "Figure":
            yield from self._figure(content)
        elif kind == "Table":
            yield from self._table(content)
        elif kind == "HorizontalRule":
            yield Rule()
        elif kind == "RawBlock":
            yield from self._paragraph([{"t": "RawInline", "c": content}])

    def _paragraph(self, nodes: list[PandocNode]) -> Iterator[Block]:
        self.paragraph += 1
        line = trim(self.line(nodes))
        if line:
            yield Paragraph(line)

    def _items(self, items: list[list[PandocNode]], start: int | None) -> Items:
        is_loose = any(block["t"] == "Para" for item in items for block in item)
        return Items(tuple(map(self.blocks, items)), start, is_loose)

    def _numbered(self, attributes: Any, items: list[list[PandocNode]]) -> Items:
        """Return a list with numbers. Numbers that our Markdown has not stand as words: "(c)", "iv.", "3.".

        A text may speak of them.
        """
        start, form, end = attributes
        if start == 1 and form["t"] in _DECIMAL:
            return self._items(items, 1)
        before, after = _ENDS.get(end["t"], ("", "."))
        found = self._items(items, None)
        counts = (
            f"{before}{write_count(at, _FORMS.get(form['t'], ''))}{after}" for at in range(start, start + len(items))
        )
        labelled = tuple(_label(item, count) for item, count in zip(found.items, counts, strict=True))
        return Items(labelled, None, found.is_loose)

    def _figure(self, content: Any) -> Iterator[Block]:
        """Yield a picture, and below it its caption, where that says more than the picture's own words."""
        shown = self.blocks(content[2])
        caption = self.blocks(content[1][1])
        words = _text(join_lines(caption))
        described = map_lines(shown, lambda line: _describe_all(line, words))
        yield from described
        pictures = (inline for line in inlines_of(described) for inline in line if isinstance(inline, Picture))
        has_same = any(picture.alternative == words for picture in pictures)
        if not has_same or feet_of(caption):
            yield from caption

    def _table(self, content: Any) -> Iterator[Block]:
        _, caption, columns, head, bodies, foot = content
        yield from self.blocks(caption[1])
        before, self._merged = self._merged, False
        heads = self._rows(head[1], len(columns))
        rows = [row for body in bodies for row in self._rows([*body[2], *body[3]], len(columns))]
        rows += self._rows(foot[1], len(columns))
        if self._merged:
            self.tell(
                "cells of a table that are merged, or hold several paragraphs, a list or a table, became one line"
            )
        self._merged = before
        empty: tuple[Inlines, ...] = ((),) * len(columns)
        first = heads[0] if heads else empty
        sides = tuple(_SIDES.get(column[0]["t"], "") for column in columns)
        yield Table(first, (*heads[1:], *rows), (1,) * len(columns), sides if any(sides) else ())

    def _rows(self, rows: list[Any], width: int) -> list[tuple[Inlines, ...]]:
        """Return the rows as lines of text. A cell that goes over several columns or rows stands in the first."""
        found = []
        covered: dict[int, int] = {}  # column -> how many rows below are still covered from above
        for _, cells in rows:
            line: list[Inlines] = []
            queue = list(cells)
            while len(line) < width:
                at = len(line)
                if covered.get(at):
                    covered[at] -= 1
                    line.append(())
                elif queue:
                    _, _, high, wide, blocks = queue.pop(0)
                    is_plain = len(blocks) <= 1 and all(one["t"] in ("Plain", "Para") for one in blocks)
                    self._merged |= high > 1 or wide > 1 or not is_plain
                    line.append(_on_one_line(join_lines(self.blocks(blocks))))
                    for column in range(at, at + wide):
                        covered[column] = high - 1
                    line += [()] * (min(wide, width - at) - 1)
                else:
                    line.append(())
            found.append(tuple(line))
        return found

    def _inline(self, node: PandocNode, styles: tuple[str, ...], url: str) -> Iterator[Inline]:
        kind: str = node["t"]
        content: Any = node.get("c")
        if kind == "Str":
            yield Run(self._clean(content), styles, url)
        elif kind in ("Space", "SoftBreak"):
            yield Run(" ", styles, url)
        elif kind == "LineBreak":
            yield Break()
        elif kind in _STYLES:
            style = _STYLES[kind]
            yield from self.line(content, styles if style in styles else (*styles, style), url)
        elif kind in _PLAIN:
            if kind == "Strikeout":
                self.tell("words that are struck out are kept without the line through them")
            yield from self.line(content, styles, url)
        elif kind in ("Superscript", "Subscript"):
            yield from _shift(self.line(content, styles, url), _HIGH if kind == "Superscript" else _LOW)
        elif kind == "Quoted":
            sign = _QUOTES[content[0]["t"]]
            yield Run(sign, styles, url)
            yield from self.line(content[1], styles, url)
            yield Run(sign, styles, url)
        elif kind == "Code":
            yield Run(self._clean(content[1]), (*styles, "code"))
        elif kind == "Math":
            self.tell("an equation is kept as its TeX")
            yield Run(self._clean(content[1]).strip(), (*styles, "code"))
        elif kind == "RawInline":
            yield from self._raw(content[0], content[1], styles)
        elif kind == "Link":
            address = content[2][0]
            yield from self.line(content[1], styles, address if _WEB.match(address) else url)
        elif kind == "Image":
            yield from self.read_picture(content[2][0], _text(self.line(content[1])) or content[2][1])
        elif kind == "Span":
            if not _COMMENTS.intersection(content[0][1]):
                yield from self.line(content[1], styles, url)
        elif kind == "Cite":
            yield from self.read_cite(node, self.line(content[1], styles, url))
        elif kind == "Note":
            yield from self.read_note(content)

    def _raw(self, language: str, text: str, styles: tuple[str, ...]) -> Iterator[Inline]:
        """Yield what an author wrote in another language: of HTML the words, of others all, as code."""
        if language != "html":
            self.tell(f"what is written in {language} is kept as it stands there")
            yield Run(self._clean(text), (*styles, "code"))
            return
        if "<!--" in text:
            self.tell("a comment of HTML is left out")
        yield Run(self._clean(html.unescape(_TAGS.sub("", text))), styles)

    def _clean(self, text: str) -> str:
        if TURNING.search(text):
            self.tell("signs that turn the direction of the text are left out; they cannot be seen")
            text = TURNING.sub("", text)
        # A place where a line may break is no part of a word.
        return drop_signs(text).replace("\u00ad", "")


def style_of(node: PandocNode) -> str:
    """Return the name of the style that a word processor gave to a block, "" if it has none."""
    return dict(node["c"][0][2]).get("custom-style", "") if node["t"] == "Div" else ""


def _label(item: Blocks, count: str) -> Blocks:
    """Return an item of a list with its number as words."""
    first = item[0] if item else None
    if isinstance(first, Paragraph):
        return (Paragraph(join_runs((Run(f"{count} "), *first.content)), first.role), *item[1:])
    return (Paragraph((Run(count),)), *item)


def _describe_all(line: Inlines, words: str) -> Inlines:
    """Return a line whose pictures say `words`, where they say nothing themselves."""
    return tuple(
        Picture(inline.path, inline.alternative or words) if isinstance(inline, Picture) else inline for inline in line
    )


def _text(line: Inlines) -> str:
    return " ".join("".join(inline.text if isinstance(inline, Run) else " " for inline in line).split())


def _unless_empty(block: Quotation) -> Iterator[Block]:
    if block.blocks:
        yield block


def _shift(line: Inlines, letters: dict[int, int]) -> Iterator[Inline]:
    """Yield a line set high or low: numbers in their own signs, as in km². Other words stay as they are."""
    for inline in line:
        is_count = isinstance(inline, Run) and _COUNT.fullmatch(inline.text)
        yield inline._replace(text=inline.text.translate(letters)) if isinstance(inline, Run) and is_count else inline


def _on_one_line(line: Inlines) -> Inlines:
    return trim(tuple(Run(" ") if isinstance(inline, Break) else inline for inline in line))
