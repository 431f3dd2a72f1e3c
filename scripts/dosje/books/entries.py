"""Makes the entry of a record in a book or e-book: what its web page says, as a tree.

What only the web has (cards, lists of all statements that cite a source) is left out. What only print needs (pages
on which a source is cited) is asked for. Knows nothing of order, numbers and outputs.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ..edition.links import LinkedCorpus
from ..edition.titles import Title, title_of, title_of_work
from ..markup.markdown_tree import clean
from ..markup.tree import Block, Blocks, Inline, Inlines, Reference, map_lines
from ..reading.corpus import Record
from ..values.metadata import Meta
from ..values.page_id import PageId
from ..values.words import curl
from .entry_parts import EntryContext
from .meeting_entries import make_event, make_meeting
from .other_entries import make_archive, make_essay, make_organisation, make_place
from .person_entries import make_person
from .source_entries import make_source, make_work

# The kinds whose page is named in the text, because a reader may want to turn to it. The others have an index.
_SHOWN = frozenset({"meeting", "event", "essay"})


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
    """Makes the entries of a book that holds `pages`. No entry points to a record outside the book."""

    linked: LinkedCorpus
    titles: Mapping[PageId, Title]
    pages: Collection[PageId]

    def make(self, page: PageId, depth: int = 0) -> BookEntry:
        """Return the entry of the record, essay or published work."""
        context = EntryContext(self.linked, page, self.titles, self.pages)
        record = self.linked.record(page)
        title = curl(clean(self.titles[page].text))
        if record is None:
            return BookEntry(page, title, title, tuple(make_work(context)), depth)
        blocks = _show_first_pages(tuple(_MAKERS[page.kind](context, record)), page, self.pages)
        head = ", ".join(part for part in (title, context.date(record.date)) if part)
        return BookEntry(page, title, head, blocks, depth)


def titles_in_book(linked: LinkedCorpus, works: Mapping[str, Meta]) -> dict[PageId, Title]:
    """Return what every record and published work is called."""
    titles = {record.page: Title(title_of(record)) for record in linked.corpus.records()}
    for key, work in linked.corpus.works.items():
        titles[PageId("source", key)] = Title(title_of_work(work, works.get(key, {})))
    return titles


def _show_first_pages(blocks: Blocks, own: PageId, pages: Collection[PageId]) -> Blocks:
    """Return the blocks. In them the first link to each meeting, event and essay says on which page that is."""
    seen = {own}

    def change(line: Inlines) -> Inlines:
        changed: list[Inline] = []
        for inline in line:
            is_first = isinstance(inline, Reference) and inline.page in pages and inline.page not in seen
            if isinstance(inline, Reference) and is_first and inline.page.kind in _SHOWN:
                seen.add(inline.page)
                inline = Reference(inline.words, inline.page, True)  # noqa: PLW2901
            changed.append(inline)
        return tuple(changed)

    return map_lines(blocks, change)


_MAKERS: dict[str, Callable[[EntryContext, Record[Any]], Iterable[Block]]] = {
    "meeting": make_meeting, "event": make_event, "person": make_person, "source": make_source,
    "organisation": make_organisation, "place": make_place, "archive": make_archive, "essay": make_essay,
    "page": make_essay,
}  # fmt: skip
