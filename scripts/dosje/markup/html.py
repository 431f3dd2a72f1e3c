"""Writes the tree as HTML, for pages and e-books: paragraphs, lists, tables, emphasis, links.

Whatever an output says in its own way (where a record lies, the number of a note, how code is shown) it says itself.
What is written is XML as well, because an e-book is XHTML. No block holds an empty line, so that a finished block can
stand in Markdown.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby

from ..phrases.phrases import Borrowed, Lent
from ..values.words import Run, Words, encode_url, has_words, is_safe_url, mark_isolated, without_end
from .tree import (
    AuthorsText,
    Block,
    Blocks,
    Break,
    Definitions,
    Facts,
    Heading,
    Inline,
    Inlines,
    Items,
    Listing,
    Paragraph,
    Positions,
    Quotation,
    Rule,
    Table,
    line_of_phrase,
)

_TAGS = {"em": "em", "strong": "strong", "smallcaps": "small", "sup": "sup", "sub": "sub", "code": "code"}


def _escape(text: str) -> str:
    """Return `text` so that it is only text between the tags of HTML."""
    return html.escape(text, quote=False)


def _no_block(block: Block, level: int) -> str | None:
    return None


def _all_finished(blocks: Blocks) -> bool:
    return True


@dataclass(frozen=True)
class HtmlWriter:
    """Writes the tree for one output.

    `write_inline`: returns what only the output can say: a reference, a call, a picture. `write_block`: returns a
    block, below headings of a level, where the output has a form of its own for it, else None. `escape`: escapes text.
    `is_finished`: says if what stands in an element is HTML; where it is not, Markdown reads on in there.
    """

    write_inline: Callable[[Inline], str]
    write_block: Callable[[Block, int], str | None] = _no_block
    escape: Callable[[str], str] = _escape
    is_finished: Callable[[Blocks], bool] = _all_finished

    def blocks(self, blocks: Blocks, level: int) -> str:
        """Return the blocks, each on lines of its own. Headings begin at `level`."""
        return "\n".join(part for part in (self.block(block, level) for block in blocks) if part)

    def line(self, line: Inlines) -> str:
        """Return a line of text."""
        return "".join(map(self._inline, line))

    def phrase(self, text: str) -> str:
        """Return words of ours; those that are borrowed are marked with their language."""
        return self.line(line_of_phrase(text)) if isinstance(text, Borrowed | Lent) else self.escape(text)

    def runs(self, words: Words) -> str:
        """Return words, those with an address of their own as links."""
        return self.link(words, "")

    def link(self, words: Words, address: str) -> str:
        """Return words that lead to `address`, except those that have their own. A link cannot stand in a link."""
        parts = []
        for url, found in groupby(words, key=lambda run: _address_of(run.url) or address):
            runs = tuple(found)
            shown = "".join(map(self._run, runs))
            if url and has_words(runs):
                # The comma before a source's own address belongs to neither link.
                bare = without_end(shown)
                shown = f'<a href="{html.escape(url)}">{bare}</a>{shown[len(bare) :]}'
            parts.append(shown)
        return "".join(parts)

    def block(self, block: Block, level: int) -> str:
        """Return one block; "" for one that says nothing."""
        own = self.write_block(block, level)
        if own is not None:
            return own
        if isinstance(block, Paragraph):
            role = f' class="{block.role}"' if block.role else ""
            return f"<p{role}>{self.line(block.content)}</p>"
        if isinstance(block, Heading):
            depth = min(level + block.level - 1, 6)
            return f"<h{depth}>{self.line(block.content)}</h{depth}>"
        if isinstance(block, Facts):
            rows = ((self.phrase(name), self.line(value)) for name, value in block.rows)
            return _definitions(f"<dt>{name}</dt>\n<dd>{value}</dd>" for name, value in rows if value)
        if isinstance(block, Definitions):
            held = tuple(part for _, meanings in block.rows for meaning in meanings for part in meaning)
            return _definitions(
                (part for row in block.rows for part in self._definition(*row, level)), self._sign(held)
            )
        if isinstance(block, Table):
            return self._table(block)
        if isinstance(block, Items):
            return self._items(block, level)
        if isinstance(block, AuthorsText):
            return self.blocks(block.blocks, level)
        if isinstance(block, Quotation):
            return self._element("blockquote", block.blocks, f"\n{self.blocks(block.blocks, level)}\n", level)
        if isinstance(block, Listing):
            return f"<pre>{keep_lines(self.escape(block.text))}</pre>"
        if isinstance(block, Positions):
            claims = "".join(f"<li>{self.line(claim)}</li>\n" for claim in block.claims)
            return f'<ol class="positions" type="a">\n{claims}</ol>'
        return "<hr/>" if isinstance(block, Rule) else ""

    def _definition(self, terms: Iterable[Inlines], meanings: Iterable[Blocks], level: int) -> Iterable[str]:
        yield from (f"<dt>{self.line(term)}</dt>" for term in terms)
        yield from (self._item("dd", meaning, level, is_loose=False) for meaning in meanings)

    def _items(self, block: Items, level: int) -> str:
        tag = "ul" if block.start is None else "ol"
        start = f' start="{block.start}"' if block.start not in (None, 1) else ""
        items = (self._item("li", item, level, is_loose=block.is_loose) for item in block.items)
        sign = self._sign(tuple(part for item in block.items for part in item))
        return f"<{tag}{start}{sign}>\n" + "".join(f"{item}\n" for item in items) + f"</{tag}>"

    def _item(self, tag: str, item: Blocks, level: int, *, is_loose: bool) -> str:
        if is_loose or not item or not isinstance(item[0], Paragraph):
            return self._element(tag, item, self.blocks(item, level), level)
        rest = self.blocks(item[1:], level)
        return self._element(tag, item, self.line(item[0].content) + (f"\n{rest}" if rest else ""), level)

    def _element(self, tag: str, blocks: Blocks, inside: str, level: int) -> str:
        """Return an element. `inside`: the blocks in it as they stand in HTML; in Markdown each stands by itself."""
        sign = self._sign(blocks)
        if sign:
            parts = (self.block(block, level) for block in blocks)
            inside = "\n\n".join(["", *(part for part in parts if part), ""])
        return f"<{tag}{sign}>{inside}</{tag}>"

    def _sign(self, blocks: Blocks) -> str:
        """Return the attribute of an element in which Markdown reads on (the extension `md_in_html`)."""
        return "" if self.is_finished(blocks) else ' markdown="block"'

    def _table(self, table: Table) -> str:
        sides = [f' class="dosje-{side}"' if side else "" for side in table.sides] or [""] * len(table.head)
        cells = [self.phrase(cell) if isinstance(cell, str) else self.line(cell) for cell in table.head]
        head = "".join(
            f'<th scope="col"{side}>{cell}</th>' if cell else "<td></td>"
            for side, cell in zip(sides, cells, strict=True)
        )
        rows = "".join(
            "<tr>"
            + "".join(f"<td{side}>{self.line(cell)}</td>" for side, cell in zip(sides, row, strict=False))
            + "</tr>\n"
            for row in table.rows
        )
        return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>"

    def _inline(self, inline: Inline) -> str:
        if isinstance(inline, Run):
            return self.link((inline,), "") if inline.url else self._run(inline)
        if isinstance(inline, Break):
            return "<br/>"
        return self.write_inline(inline)

    def _run(self, run: Run) -> str:
        shown = mark_isolated(self.escape(run.text))
        for style in reversed(run.styles):
            shown = f"<{_TAGS[style]}>{shown}</{_TAGS[style]}>"
        return shown


def keep_lines(text: str) -> str:
    """Return HTML in which no line is empty: Markdown would end the block there, and take blanks from the line."""
    return re.sub(r"\n(?=[ \t]*(?:\n|\Z))", "&#10;", text.expandtabs(4)).replace("\n#", "\n&#35;")


def _definitions(parts: Iterable[str], sign: str = "") -> str:
    kept = "\n".join(parts)
    return f"<dl{sign}>\n{kept}\n</dl>" if kept else ""


def _address_of(url: str) -> str:
    """Return the address of words that have one of their own, "" if it is not of the web."""
    is_web = url and is_safe_url(url) and re.match(r"(?:https?|mailto|tel):", url, re.IGNORECASE)
    return encode_url(url) if is_web else ""
