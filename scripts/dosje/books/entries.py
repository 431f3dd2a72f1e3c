"""Makes the entry of a record in a book or e-book: that face of its view, as one text.

Knows nothing of kinds, order, numbers and outputs.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from ..edition.links import LinkedCorpus
from ..markup.markdown_tree import clean
from ..markup.tree import Block, Blocks, CitedAt, Inline, Inlines, Items, PageNumber, Paragraph, Reference, map_lines
from ..reading.kinds import is_turned_to
from ..values.citations import place_key_of
from ..values.page_id import PageId
from ..values.typography import curl
from ..views.record_context import join_inlines
from ..views.view import Fact, View
from ..views.view_maker import ViewMaker


@dataclass(frozen=True)
class BookEntry:
    """A record as it stands in a book. `head`: its name and date, for the top of the page."""

    page: PageId
    title: str
    head: str
    blocks: Blocks
    depth: int = 0  # below another entry: the items of a file


@dataclass(frozen=True)
class EntryMaker:
    """Makes the entries of a book that holds `pages`. `face`: PRINT or EBOOK."""

    linked: LinkedCorpus
    views: ViewMaker
    pages: Collection[PageId]
    face: str

    def make(self, page: PageId, depth: int = 0) -> BookEntry:
        """Return the entry of the record, essay or published work."""
        view = self.views.view(page).of_face(self.face)
        title = curl(clean(view.title.text), view.title.marks)
        head = self.linked.phrases("value.comma").join(part for part in (title, view.when) if part)
        return BookEntry(page, title, head, self._show_first_pages(self._blocks(view), page), depth)

    def _blocks(self, view: View) -> Blocks:
        facts = (Fact(fact.key, fact.name, self._cited_here(fact.value), fact.faces) for fact in view.facts)
        sections = (replace(one, blocks=tuple(self._run_in(one.blocks))) for one in view.sections)
        shown = replace(
            view,
            facts=tuple(fact for fact in facts if fact.value),
            sections=tuple(section for section in sections if section.blocks),
        )
        return map_lines(shown.blocks, self._cited_here)

    def _run_in(self, blocks: Blocks) -> Iterator[Block]:
        """Yield the blocks, with lists of records that are to stand in a line cut to the records of this book."""
        for block in blocks:
            if isinstance(block, Items) and block.role == "run-in":
                lines = [part.content for item in block.items for part in item if isinstance(part, Paragraph)]
                if kept := [line for line in lines if self._holds(line)]:
                    yield Paragraph(join_inlines(kept, self.linked.phrases("value.semicolon")))
            else:
                yield block

    def _holds(self, line: Inlines) -> bool:
        return all(inline.page in self.pages for inline in line if isinstance(inline, Reference))

    def _cited_here(self, line: Inlines) -> Inlines:
        """Return a line in which only those places of a source are listed that this book cites."""
        if not any(isinstance(inline, CitedAt) for inline in line):
            return line
        changed: list[Inline] = []
        for inline in line:
            if isinstance(inline, CitedAt):
                of_source = self.linked.support_of if inline.in_support else self.linked.others_of
                here = {place_key_of(one.cite) for one in of_source(inline.key) if one.call.page in self.pages}
                places = tuple(place for place in inline.places if place[0] in here)
                changed += [replace(inline, places=places)] if here else []
            else:
                changed.append(inline)
        return tuple(changed)

    def _show_first_pages(self, blocks: Blocks, own: PageId) -> Blocks:
        """Return the blocks. In them the first link to each meeting, event and essay says on which page that is."""
        seen = {own}

        def change(line: Inlines) -> Inlines:
            seen.update(inline.page for inline in line if isinstance(inline, PageNumber))
            changed: list[Inline] = []
            for inline in line:
                is_first = isinstance(inline, Reference) and inline.page in self.pages and inline.page not in seen
                if isinstance(inline, Reference) and is_first and is_turned_to(inline.page):
                    seen.add(inline.page)
                    inline = replace(inline, shows_page=True)  # noqa: PLW2901
                changed.append(inline)
            return tuple(changed)

        return map_lines(blocks, change)
