"""Writes trees as the HTML of one page: blocks between Markdown headings, lines within a template's own HTML.

Every address is that of a file below the pages folder, as in Markdown. What makes the site (MkDocs with our hook,
Zensical) turns it into an address of the site. What is written can also stand within Markdown, as inline HTML.
"""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from itertools import groupby
from urllib.parse import quote

from markdown.extensions.toc import slugify
from markupsafe import Markup

from ..edition.links import LinkedCorpus
from ..edition.pages import path_of, relative, site_address
from ..edition.titles import in_language
from ..markup.headings import headings_in
from ..markup.html import HtmlWriter
from ..markup.tree import (
    AuthorsText,
    Block,
    Blocks,
    CallReference,
    CitedAt,
    CiteWords,
    Drawing,
    Facts,
    Foot,
    Foreign,
    Heading,
    Inline,
    Inlines,
    Items,
    Listing,
    Named,
    NoteReference,
    PageNumber,
    Paragraph,
    Picture,
    Positions,
    Reference,
    Room,
    text_of,
)
from ..values import words
from ..values.page_id import PageId
from ..values.typography import curl_words
from ..values.words import Run, Words
from .code_colours import colour_code
from .markdown import mark, write_blocks
from .said import say


class PageHtml:
    """The emitter of one page. In a template: `context.html`."""

    def __init__(self, linked: LinkedCorpus, path: str) -> None:
        self._own = linked.corpus.settings.locale.partition("-")[0]
        self._path = path
        self._phrases = linked.phrases
        self._linked = linked
        # A heading needs an address and a place in the contents, which only Markdown gives it.
        self._writer = HtmlWriter(self._inline, self._block, words.escape, lambda blocks: not any(headings_in(blocks)))

    def blocks(self, blocks: Blocks, level: int = 2) -> Markup:
        """Return blocks for the page: headings, which begin at `level`, as Markdown, all else as finished HTML."""
        return Markup("\n\n".join(part for part in (self._part(block, level) for block in blocks) if part))

    def finished(self, blocks: Blocks) -> str:
        """Return blocks as HTML alone, without an empty line; none of them is a heading."""
        return self._writer.blocks(blocks, 2)

    def parted(self, blocks: Blocks, level: int = 2) -> list[tuple[str, Markup]]:
        """Return blocks for the page, parted at the rooms in them: the key of a room, or "" and the blocks between."""
        parts: list[tuple[str, Markup]] = []
        for is_room, found in groupby(blocks, key=lambda block: isinstance(block, Room)):
            if is_room:
                parts += [(block.key, Markup()) for block in found if isinstance(block, Room)]
            else:
                parts.append(("", self.blocks(tuple(found), level)))
        return parts

    def line(self, line: Inlines) -> Markup:
        """Return a line of text as inline HTML."""
        return Markup(self._writer.line(line))

    def heading(self, title: Inlines | str, level: int = 2, key: str = "") -> Markup:
        """Return a heading as Markdown. `key`: its address, where that is not made of its words."""
        line = self._writer.phrase(title) if isinstance(title, str) else self._writer.line(title)
        text = title if isinstance(title, str) else text_of(title)
        made = slugify(text, "-")
        has_call = not isinstance(title, str) and any(isinstance(inline, Foot) for inline in title)
        # Without these the number of a note would be a part of the heading's address, and of the contents.
        wanted = f' {{: #{key or made} data-toc-label="{words.escape(text)}" }}' if has_call else ""
        wanted = wanted or (f" {{: #{key} }}" if key and key != made else "")
        # A site made for MkDocs alone need not know attributes, and its own pages may have such text.
        return Markup(f"{'#' * min(level, 6)} {line}{'' if self._linked.corpus.settings.docs_dir else wanted}")

    def linked(self, found: Words, path: str = "") -> Markup:
        """Return words with typographic quotation marks; those without a link of their own lead to `path`."""
        return Markup(self._writer.link(curl_words(found, self._phrases.marks), self.address(path) if path else ""))

    def link(self, label: str, path: str) -> Markup:
        """Return a link to a file below the pages folder. `label`: HTML."""
        return Markup(f'<a href="{html.escape(self.address(path))}">{label}</a>')

    def address(self, path: str) -> str:
        """Return the way to a file below the pages folder; what stands behind the path ("#notes") is left as it is."""
        way, sign, rest = re.split(r"([?#]|\Z)", path, maxsplit=1)
        end = "/" if way.endswith("/") else ""
        return _encode_path(relative(way.rstrip("/"), self._path) + end) + sign + rest

    @cached_property
    def _targets(self) -> Mapping[str, Sequence[str]]:
        """Empty targets for the addresses that headings of the page had before, by the address that these have now."""
        if not self._linked.corpus.ledger.entries:
            return {}
        targets: dict[str, list[str]] = defaultdict(list)
        for old, new in self._linked.addresses.heading_aliases_of(site_address(self._path)).items():
            targets[new].append(f'<p class="dosje-alias" id="{html.escape(old)}"></p>')
        return targets

    def _part(self, block: Block, level: int) -> str:
        if isinstance(block, Heading):
            return self._heading(block, level)
        if isinstance(block, AuthorsText):
            record = self._linked.record(block.page)
            texts = record.texts if record else self._linked.corpus.work_texts[block.page.key]
            text = next(text for field, _, text in texts if field == block.field)
            return write_blocks(self._linked, block.page, block.field, text.blocks)
        return self._writer.block(block, level)

    def _heading(self, block: Heading, level: int) -> str:
        targets = self._targets.get(slugify(text_of(block.content), "-"), ())
        return "\n\n".join([*targets, self.heading(block.content, level + block.level - 1)])

    def _block(self, block: Block, level: int) -> str | None:
        if isinstance(block, Heading):
            return self._heading(block, level)
        if isinstance(block, Facts):
            rows = (
                f"<dt>{self._writer.phrase(name)}</dt>\n<dd>{self.line(value)}</dd>"
                for name, value in block.rows
                if value
            )
            inside = "\n".join(rows)
            return f'<div class="dosje-facts">\n<dl>\n{inside}\n</dl>\n</div>' if inside else ""
        if isinstance(block, Listing):
            return f'<div class="highlight"><pre><span></span><code>{colour_code(block)}</code></pre></div>'
        if isinstance(block, Paragraph) and block.role:
            # The comment on a dispute is set small only in books.
            role = f' class="dosje-{block.role}"' if block.role in ("lead", "reference", "draft") else ""
            return f"<p{role}>{self.line(block.content)}</p>"
        if isinstance(block, Positions):
            items = "".join(f"<li>{self._position(block, at)}</li>\n" for at in range(len(block.claims)))
            return f'<div class="dosje-positions dosje-wide">\n<ul>\n{items}</ul>\n</div>'
        if isinstance(block, Items) and block.role:
            return f'<div class="dosje-{block.role}">\n{self._writer.block(replace(block, role=""), level)}\n</div>'
        if isinstance(block, Drawing):
            raise TypeError("a drawing for a book stands on no page")
        return None

    def _inline(self, inline: Inline) -> str:
        if isinstance(inline, Foot):
            return mark("call", inline.label)
        if isinstance(inline, Reference):
            return in_language(self._reference(inline), inline.language)
        if isinstance(inline, CallReference):
            return self._call_reference(inline)
        if isinstance(inline, CiteWords):
            return self._writer.link(inline.words, self.address(path_of(PageId("source", inline.key))))
        if isinstance(inline, NoteReference):
            return self._note_reference(inline)
        if isinstance(inline, Named):
            way = [path_of(PageId("source", inline.key))] if inline.is_link else []
            return mark("words", inline.key, inline.form, *way)
        if isinstance(inline, Foreign):
            shown = self._writer.line((Run(inline.text, inline.styles),))
            return in_language(shown, "" if inline.language.partition("-")[0] == self._own else inline.language)
        if isinstance(inline, Picture):
            return f'<img alt="{words.escape(inline.alternative)}" src="{html.escape(self.address(inline.path))}"/>'
        assert isinstance(inline, CitedAt | PageNumber)
        return ""  # only a book has pages

    def _reference(self, reference: Reference) -> str:
        target = reference.page
        path = target.key if target.kind == "path" else path_of(target)
        if path.startswith("/"):
            return self._writer.link(reference.words, quote(path) + reference.rest)
        is_here = path == self._path and reference.rest
        return self._writer.link(reference.words, reference.rest if is_here else self.address(path + reference.rest))

    def _position(self, block: Positions, at: int) -> str:
        """Return the claim of a position, and its sources beside it, which its notes name too."""
        sources = " ".join(f"<span>{self.line(source)}</span>" for source in block.evidence[at] if block.evidence)
        return f'{self.line(block.claims[at])} <span class="dosje-evidence">{sources}</span>'

    def _call_reference(self, called: CallReference) -> str:
        path = path_of(called.page)
        way = f"{'' if path == self._path else self.address(path)}#fnref:{called.label}"
        number = mark("number", called.page.kind, called.page.key, called.label)
        link = f'<a href="{html.escape(way)}">{say(self._phrases, "note.number", number=Markup(number))}</a>'
        return f"{words.escape(called.before)}{link}{words.escape(called.after)}"

    def _note_reference(self, reference: NoteReference) -> str:
        path = path_of(reference.page)
        way = f"{'' if path == self._path else self.address(path)}#fn:{reference.label}"
        before = f"{self._writer.line(reference.words)}, " if reference.words else ""
        number = mark("number", reference.page.kind, reference.page.key, reference.label)
        return f'<a href="{html.escape(way)}">{before}{say(self._phrases, "note.short", number=Markup(number))}</a>'


@lru_cache(maxsize=1 << 14)
def _encode_path(way: str) -> str:
    return quote(way, safe="/:@!$&'()*+,;=-._~")
